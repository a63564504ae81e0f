//! `/chain` from interaction to reply, by the times in the interactions' ids.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::discord::tests::test_bot::{Answer, COMMAND, MEMBER, Sender, TYPING, TestBot, said};
use heat_core::id::GuildId;
use serde_json::{Value, json};

const ANN: u64 = 7;
const BO: u64 = 8;
const CY: u64 = 9;

async fn name(stand: &TestBot, user: u64, film: &str, opponent: Option<u64>) -> (bool, String) {
    let by = Sender {
        guild: 500,
        channel: 600,
        thread_of: None,
        user,
        permissions: MEMBER,
    };
    let mut options = vec![json!({"name": "film", "type": 3, "value": film})];
    let mut resolved = json!({});
    if let Some(opponent) = opponent {
        let id = opponent.to_string();
        options.push(json!({"name": "opponent", "type": 6, "value": id}));
        let user = json!({"id": id, "username": "o", "discriminator": "0", "avatar": null, "global_name": null});
        let member = json!({"roles": [], "joined_at": "2020-01-01T00:00:00Z", "flags": 0, "avatar": null, "nick": null,
            "pending": false, "permissions": "2048", "premium_since": null});
        resolved = json!({"users": {(&id): user}, "members": {(&id): member}});
    }
    let data: Value =
        json!({"id": "800", "name": "chain", "type": 1, "options": options, "resolved": resolved});
    match stand.send(COMMAND, by, data).await {
        Answer::Say { message, private } => (private, said(&message)),
        other => panic!("no message: {other:?}"),
    }
}

#[track_caller]
fn assert_told(told: &(bool, String), private: bool, what: &str) {
    assert_eq!(told.0, private, "{told:?}");
    assert!(told.1.contains(what), "{told:?}");
}

#[tokio::test]
async fn a_chain_goes_from_film_to_film_until_twenty_seconds_pass() {
    let stand = TestBot::on("http://127.0.0.1:9");
    let begun = name(&stand, ANN, "work:heat-1995", None).await;
    assert_told(&begun, false, "begins with **Heat (1995)**");
    let again = name(&stand, ANN, "work:the-insider", None).await;
    assert_told(&again, true, "somebody else's turn");
    let unknown = name(&stand, BO, "No such film at all", None).await;
    assert_told(&unknown, true, "I know no film called");
    let not_a_film = name(&stand, BO, "work:heat-2-novel", None).await;
    assert_told(&not_a_film, true, "I know no film called");
    let apart = name(&stand, BO, "work:jaws-1975", None).await;
    assert_told(&apart, true, "I know of no actor in both");
    // A refusal costs nothing but time.
    stand.pass_ms(19_000);
    let linked = name(&stand, BO, "The Insider", None).await;
    assert_told(&linked, false, "by Al Pacino");
    assert_told(&linked, false, "**2 films** · the longest here so far");
    let named = name(&stand, ANN, "work:heat-1995", None).await;
    assert_told(&named, true, "in this chain already");
    stand.pass_ms(21_000);
    let late = name(&stand, ANN, "work:heat-1995", None).await;
    assert_told(&late, false, "broke after 2 films");
    assert_told(&late, false, "longest chain here has 2 films");
    assert_eq!(
        stand.app.store.longest_chain(GuildId(500)).await.unwrap(),
        2
    );
}

#[tokio::test]
async fn a_duel_is_for_two() {
    let stand = TestBot::on("http://127.0.0.1:9");
    let own = name(&stand, ANN, "work:heat-1995", Some(ANN)).await;
    assert_told(&own, true, "another member of this server");
    let begun = name(&stand, ANN, "work:heat-1995", Some(BO)).await;
    assert_told(&begun, false, "Next: <@8>");
    let third = name(&stand, CY, "work:the-insider", None).await;
    assert_told(&third, true, "This chain is a duel");
    let other = name(&stand, CY, "work:the-insider", Some(ANN)).await;
    assert_told(&other, true, "A duel is on here");
    let linked = name(&stand, BO, "work:the-insider", None).await;
    assert_told(&linked, false, "Next: <@7>");
}

#[tokio::test]
async fn titles_are_offered_as_they_are_typed() {
    let stand = TestBot::on("http://127.0.0.1:9");
    let by = Sender {
        guild: 500,
        channel: 600,
        thread_of: None,
        user: ANN,
        permissions: MEMBER,
    };
    let film = json!({"name": "film", "type": 3, "value": "the insid", "focused": true});
    let data = json!({"id": "800", "name": "chain", "type": 1, "options": [film]});
    let Answer::Suggest(offers) = stand.send(TYPING, by, data).await else {
        panic!("no suggestions");
    };
    assert!(offers.iter().any(|offer| offer.value == "work:the-insider"));
}
