//! Questions written in Discord with the real program: mistakes are shown at their field, valid
//! questions can be played, and a kill loses nothing that was typed and stores nothing twice.

use crate::common::message::title;
use crate::common::stage::Stage;
use crate::common::{Discord, Member, text};
use crate::languages::{speaks, speaks_here};
use serde_json::{Value, json};

/// The answer to a form, or to a button whose answer is a new message.
async fn answer(discord: &Discord, interaction: &str) -> Value {
    discord
        .wait_for("an answer", |state| {
            let mut all = state.messages.values().flatten();
            let is_it = |m: &&Value| {
                m["interaction_metadata"]["id"] == interaction && m["thinking"] != true
            };
            all.find(is_it).cloned()
        })
        .await
}

/// The message once its title has changed.
async fn becomes(discord: &Discord, message: &Value, wanted: &str) -> Value {
    discord
        .wait_for(wanted, |state| {
            let mut all = state.messages.values().flatten();
            let now = all.find(|m| m["id"] == message["id"])?;
            let says = format!("{}{}", title(now), text(now, "content"));
            says.contains(wanted).then(|| now.clone())
        })
        .await
}

async fn sub(member: &Member<'_>, name: &str, options: Value) -> String {
    let options = json!([{ "name": name, "options": options }]);
    member.slash("general", "packs", options).await
}

fn typed(question: &str, answer: &str, wrong: &str) -> Value {
    json!({ "question": question, "answer": answer, "wrong": wrong, "reason": "So it was." })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_written_corrected_despite_a_kill_changed_and_played() {
    let stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    let discord = &stage.discord;
    let gaffer = discord.member("Gaffer");
    let opened = sub(
        &gaffer,
        "write",
        json!([{ "name": "pack", "value": "Pub night" }]),
    )
    .await;
    let wrong = typed("Who brought the cake?", "Robin", "Kim\nrobin\nToni");
    let sent = gaffer.submit_modal(&opened, &wrong).await.unwrap();
    let refused = answer(discord, &sent).await;
    assert_eq!(title(&refused), "Not stored yet", "{refused:#}");
    assert_eq!(refused["visible_to"], gaffer.user_id.as_str());
    let fields = refused["embeds"][0]["fields"].as_array().unwrap();
    assert!(
        text(&fields[2], "value").contains("is the right answer"),
        "{refused:#}"
    );
    assert!(!text(&fields[0], "value").contains("⚠️"));

    stage.kill(&mut bot).await;
    let mut bot = stage.start(&[]).await;
    let again = gaffer.click(&refused, "Fix it").await;
    let form = discord
        .wait_for("the form", |state| {
            let mut modals = state.modals.iter();
            modals
                .find(|modal| modal["interaction_id"] == again.as_str())
                .cloned()
        })
        .await;
    assert!(
        form.to_string().contains("Who brought the cake?"),
        "{form:#}"
    );
    let right = typed("Who brought the cake?", "Robin", "Kim\nSascha\nToni");
    gaffer.submit_modal(&again, &right).await.unwrap();
    let stored = becomes(discord, &refused, "Stored").await;

    // The same question through another form is not stored a second time.
    let another = gaffer.click(&stored, "Add another").await;
    gaffer.submit_modal(&another, &right).await.unwrap();
    let twin = becomes(discord, &stored, "Not stored yet").await;
    assert!(twin.to_string().contains("asks the same as"), "{twin:#}");
    stage.kill(&mut bot).await;
    let _bot = stage.start(&[]).await;

    let asked = sub(
        &gaffer,
        "questions",
        json!([{ "name": "pack", "value": "pub-night" }]),
    )
    .await;
    let page = answer(discord, &asked).await;
    assert!(
        page.to_string().contains("1 question written by hand"),
        "{page:#}"
    );
    let play = gaffer.click(&page, "Play now").await;
    let begun = answer(discord, &play).await;
    assert!(
        begun["visible_to"].is_null() && title(&begun).starts_with("Quiz"),
        "{begun:#}"
    );
    discord.question("general", 1).await;
    discord.assert_no_rejections().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_reads_their_mistakes_in_german_and_the_pack_is_named_for_the_server() {
    let stage = Stage::new().await;
    let _bot = stage.start(&[]).await;
    let discord = &stage.discord;
    let gaffer = discord.member("Gaffer");
    speaks(&gaffer, discord, "de").await;
    speaks_here(discord, "general", "de").await;
    let opened = sub(&gaffer, "write", json!([])).await;
    let wrong = typed("Wer hat den Kuchen gebacken?", "Robin", "Kim\nrobin");
    let sent = gaffer.submit_modal(&opened, &wrong).await.unwrap();
    let refused = answer(discord, &sent).await;
    for says in [
        "2 falsche Antworten reichen nicht; schreib mindestens 3",
        "„robin“ ist die richtige Antwort; ersetz sie durch eine falsche",
    ] {
        assert!(refused.to_string().contains(says), "{refused:#}");
    }
    let again = gaffer.click(&refused, "Noch einmal").await;
    let right = json!({ "question": "Wer hat den Kuchen gebacken?", "answer": "Robin",
        "wrong": "Kim\nSascha\nToni" });
    gaffer.submit_modal(&again, &right).await.unwrap();
    let stored = becomes(discord, &refused, "Gespeichert").await;
    for says in ["Unsere Fragen", "Die Antwort ist Robin."] {
        assert!(stored.to_string().contains(says), "{stored:#}");
    }
    let opened = sub(&discord.member("Grip"), "list", json!([])).await;
    let listed = answer(discord, &opened).await;
    assert!(listed.to_string().contains("our-questions"), "{listed:#}");
    discord.assert_no_rejections().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suggestion_is_accepted_once_and_a_removed_pack_comes_back() {
    let stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    let discord = &stage.discord;
    let [gaffer, foley] = ["Gaffer", "Foley"].map(|name| discord.member(name));
    for (question, answers) in [("Who was late?", "Bo"), ("Who was early?", "Cy")] {
        let opened = sub(&foley, "suggest", json!([])).await;
        let sent = typed(question, answers, "Kim\nSascha\nToni");
        let sent = foley.submit_modal(&opened, &sent).await.unwrap();
        let thanks = answer(discord, &sent).await;
        assert_eq!(title(&thanks), "Thank you!", "{thanks:#}");
    }
    let refused = sub(&foley, "suggestions", json!([])).await;
    let refused = answer(discord, &refused).await;
    assert!(
        text(&refused, "content").contains("manage this server"),
        "{refused:#}"
    );

    let asked = sub(&gaffer, "suggestions", json!([])).await;
    let first = answer(discord, &asked).await;
    assert!(first.to_string().contains("Who was late?"), "{first:#}");
    // Killed as the button is pressed: nothing is stored twice.
    gaffer.click(&first, "Accept").await;
    stage.kill(&mut bot).await;
    let _bot = stage.start(&[]).await;
    let conn = rusqlite::Connection::open(stage.home.database()).unwrap();
    let count = |sql: &str| -> u32 { conn.query_row(sql, [], |row| row.get(0)).unwrap() };
    let written = "SELECT coalesce(sum(json_array_length(body, '$.questions')), 0) FROM packs WHERE removed_at_ms IS NULL";
    let suggested = "SELECT count(*) FROM drafts WHERE suggested = 1";
    assert_eq!(
        count(written) + count(suggested),
        2,
        "each is one or the other"
    );
    let asked = sub(&gaffer, "suggestions", json!([])).await;
    let mut shown = answer(discord, &asked).await;
    while count(suggested) > 1 {
        gaffer.click(&shown, "Accept").await;
        shown = discord
            .wait_for("the next", |state| {
                let mut all = state.messages.values().flatten();
                let now = all.find(|m| m["id"] == shown["id"])?;
                (*now != shown).then(|| now.clone())
            })
            .await;
    }
    gaffer.click(&shown, "Decline").await;
    becomes(discord, &shown, "No suggestions are waiting").await;
    assert_eq!((count(written), count(suggested)), (1, 0));

    let pack = json!([{ "name": "pack", "value": "our-questions" }]);
    let asked = sub(&gaffer, "remove", pack.clone()).await;
    let asks = answer(discord, &asked).await;
    assert_eq!(
        (title(&asks).as_ref(), count(written)),
        ("Remove this pack?", 1)
    );
    gaffer.click(&asks, "Remove it").await;
    becomes(discord, &asks, "is removed").await;
    assert_eq!(count(written), 0);
    let back = sub(&gaffer, "restore", pack).await;
    let back = answer(discord, &back).await;
    assert!(text(&back, "content").contains("It is back"), "{back:#}");
    assert_eq!(count(written), 1);
    discord.assert_no_rejections().await;
}
