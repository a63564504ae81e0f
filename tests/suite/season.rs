//! A season on the simulated Discord: opened, played and closed. Its winners are announced once,
//! however the program is killed, and are in the hall of fame.

use crate::common::evening::Evening;
use crate::common::message::{description, title};
use crate::common::process::Home;
use crate::common::stage::{self, Stage};
use crate::common::tables::seed;
use crate::common::{Discord, Member, State, Transport, component, over_both_transports, text};
use crate::modes::{choice, pack};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::time::Duration;

over_both_transports!(a_season_is_opened_played_and_closed);

/// Kills of a run.
const KILLS: u32 = 6;

/// `/season` with its options.
fn sub(what: &str, options: &Value) -> Value {
    let options = options.as_object().unwrap().iter();
    let options: Vec<Value> = options
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    json!([{ "name": what, "options": options }])
}

fn open(name: &str) -> Value {
    sub("open", &json!({ "name": name }))
}

/// A game of one question: the first answers right, the second wrong.
async fn play(discord: &Discord, [right, wrong]: [&Member<'_>; 2]) {
    let options = json!({ "pack": "known", "rounds": 1, "seconds": 60 });
    right.quiz_when_free("trivia", options).await;
    let question = discord.question("trivia", 1).await;
    wrong.press(&question, &choice(&question, false)).await;
    right.press(&question, &choice(&question, true)).await;
    discord.reveal(&question).await;
}

/// The announcement of a season's end, once it appears.
async fn announced(discord: &Discord, channel: &str, name: &str) -> Value {
    let wanted = format!("Season {name} is over");
    let is_it = |m: &Value| title(m) == wanted;
    discord.wait_for_message(channel, &wanted, is_it).await
}

async fn a_season_is_opened_played_and_closed(transport: Transport) {
    let evening = Evening::begin_at(Home::new().with_pack(&pack()), transport).await;
    let discord = &evening.discord;
    let [gaffer, foley, grip] = evening.members(["Gaffer", "Foley", "Grip"]);
    for what in [open("Autumn"), sub("close", &json!({}))] {
        let refused = foley.ask("general", "season", what).await;
        assert!(
            text(&refused, "content").contains("manage the server"),
            "{refused:#}"
        );
        assert_eq!(refused["visible_to"], foley.user_id.as_str());
    }
    let none = foley
        .ask("general", "season", sub("show", &json!({})))
        .await;
    assert!(text(&none, "content").contains("no season yet"), "{none:#}");
    // What was played before does not count.
    play(discord, [&grip, &foley]).await;
    let opened = gaffer
        .ask("general", "season", open(" Autumn  2026 "))
        .await;
    assert_eq!(title(&opened), "Season Autumn 2026 is open");
    assert!(opened["visible_to"].is_null(), "{opened:#}");
    let again = gaffer.ask("general", "season", open("Winter")).await;
    assert!(
        text(&again, "content").contains("**Autumn 2026** has been open"),
        "{again:#}"
    );
    play(discord, [&foley, &grip]).await;
    let board = grip
        .ask("general", "leaderboard", json!({ "period": "season" }))
        .await;
    let first = format!("🥇 <@{}>", foley.user_id);
    assert_eq!(title(&board), "Season Autumn 2026");
    assert!(description(&board).contains(&first), "{board:#}");
    let all_time = grip
        .select(&board, "board-menu", &["board:server:all:0"])
        .await;
    discord.wait_for_answer(&all_time.unwrap()).await;

    let closed = gaffer
        .ask("general", "season", sub("close", &json!({})))
        .await;
    assert_eq!(closed["visible_to"], gaffer.user_id.as_str());
    let over = announced(discord, "general", "Autumn 2026").await;
    assert!(description(&over).contains(&first), "{over:#}");
    let alt = text(&over["attachments"][0], "description");
    assert!(
        alt.contains("Season Autumn 2026: Final standings"),
        "{over:#}"
    );
    let twice = gaffer
        .ask("general", "season", sub("close", &json!({})))
        .await;
    assert!(text(&twice, "content").contains("No season is open"));
    // What is played afterwards does not count, and every command shows the same standing.
    play(discord, [&grip, &foley]).await;
    let pressed = grip.click(&over, "Final standings").await;
    let standing = grip.answer("general", &pressed).await;
    assert_eq!(standing["visible_to"], grip.user_id.as_str());
    let named = sub("show", &json!({ "season": "autumn 2026" }));
    let shown = foley.ask("general", "season", named).await;
    let hall = foley
        .ask("general", "season", sub("hall", &json!({})))
        .await;
    for found in [&standing, &shown, &hall] {
        assert!(description(found).contains(&first), "{found:#}");
    }
    assert!(description(&hall).contains("**Autumn 2026**"), "{hall:#}");
    assert!(component(&over, "Final standings").is_some());
    evening.end().await;
}

fn role<'a>(state: &'a State, name: &str) -> &'a Value {
    let mut roles = state.server("general")["roles"].as_array().unwrap().iter();
    roles.find(|role| role["name"] == name).unwrap()
}

/// Who holds a role.
fn holders(state: &State, name: &str) -> Vec<String> {
    let members = role(state, name)["members"].as_array().unwrap();
    members
        .iter()
        .map(|id| id.as_str().unwrap().to_owned())
        .collect()
}

/// `/season open` with a role for the winners.
fn open_for(discord: &Discord, name: &str, winners: &str) -> Value {
    let id = discord.look(|state| role(state, winners)["id"].clone());
    sub("open", &json!({ "name": name, "role": id }))
}

/// Waits until one member holds the role, and nobody else.
async fn held_by(discord: &Discord, role: &str, member: &Member<'_>) {
    let what = format!("{role} held by one member");
    let held = |state: &State| (holders(state, role) == [member.user_id.clone()]).then_some(());
    discord.wait_for(&what, held).await;
}

/// The bot's own role grants these permissions, and no others.
async fn grant(discord: &Discord, permissions: u64) {
    let guild = discord.look(|state| state.server("general")["id"].clone());
    let body = json!({
        "do": "grant_bot", "guild_id": guild, "permissions": permissions.to_string(),
    });
    let (status, answer) = discord.post("/sandbox/act", &body).await;
    assert_eq!(status, 200, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_role_goes_from_winner_to_winner() {
    let evening = Evening::begin_at(Home::new().with_pack(&pack()), Transport::Gateway).await;
    let discord = &evening.discord;
    let [gaffer, foley, grip] = evening.members(["Gaffer", "Foley", "Grip"]);
    for (name, winner, other) in [
        ("One", &foley, &grip),
        ("Two", &foley, &grip),
        ("Three", &grip, &foley),
    ] {
        let open = open_for(discord, name, "Regulars");
        let opened = gaffer.ask("general", "season", open).await;
        assert!(description(&opened).contains("<@&"), "{opened:#}");
        play(discord, [winner, other]).await;
        let closing = sub("close", &json!({}));
        gaffer.ask("general", "season", closing).await;
        let over = announced(discord, "general", name).await;
        let goes = format!("goes to <@{}>", winner.user_id);
        assert!(description(&over).contains(&goes), "{over:#}");
        held_by(discord, "Regulars", winner).await;
    }
    // Without a winner nobody has it.
    gaffer.ask("general", "season", open("Four")).await;
    gaffer
        .ask("general", "season", sub("close", &json!({})))
        .await;
    let nobody = |state: &State| holders(state, "Regulars").is_empty().then_some(());
    discord.wait_for("nobody has the role", nobody).await;
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_the_bot_may_not_give_is_refused_in_words() {
    let mut evening = Evening::begin_at(Home::new().with_pack(&pack()), Transport::Gateway).await;
    evening.discord.allow_rejections();
    let discord = &evening.discord;
    let [gaffer, foley, grip] = evening.members(["Gaffer", "Foley", "Grip"]);
    let above = open_for(discord, "One", "Stage manager");
    let refused = gaffer.ask("general", "season", above).await;
    assert!(
        text(&refused, "content").contains("above my own role"),
        "{refused:#}"
    );
    grant(discord, 0).await;
    let open = open_for(discord, "One", "Regulars");
    let refused = gaffer.ask("general", "season", open.clone()).await;
    assert!(
        text(&refused, "content").contains("*Manage Roles*"),
        "{refused:#}"
    );
    assert_eq!(discord.rejections().await.len(), 0);
    // Allowed when it opened, and no longer when it closes.
    grant(discord, 1 << 28).await;
    gaffer.ask("general", "season", open).await;
    play(discord, [&foley, &grip]).await;
    grant(discord, 0).await;
    gaffer
        .ask("general", "season", sub("close", &json!({})))
        .await;
    announced(discord, "general", "One").await;
    let is_it = |m: &Value| title(m) == "About the winners' role";
    let said = discord
        .wait_for_message("general", "the refusal", is_it)
        .await;
    assert!(description(&said).contains("does not get"), "{said:#}");
    assert!(discord.look(|state| holders(state, "Regulars").is_empty()));
    evening.stop_bot().await;
}

/// How often the end of a season was announced.
fn announcements(discord: &Discord, name: &str) -> usize {
    let wanted = format!("Season {name} is over");
    discord.look(|state| {
        let all = state.messages_in("general").iter();
        all.filter(|m| title(m) == wanted).count()
    })
}

/// SIGKILL at any instant after the closing: the role goes from the last winner to the new one, and
/// nobody else has it.
#[ignore = "kills real processes"]
#[tokio::test(flavor = "multi_thread")]
async fn killed_while_the_role_changes_hands_it_ends_with_the_winner() {
    let mut luck = ChaCha8Rng::seed_from_u64(seed());
    let stage = Stage::with(Home::new().with_pack(&pack()), stage::options()).await;
    let packs = stage.home.packs().unwrap();
    let with_packs = [("PACK_DIR", packs.to_str().unwrap())];
    let discord = &stage.discord;
    let [gaffer, foley, grip] = ["Gaffer", "Foley", "Grip"].map(|name| discord.member(name));
    let mut players = [&foley, &grip];
    for kill in 1..=KILLS {
        let mut bot = stage.start(&with_packs).await;
        let name = format!("Number {kill}");
        let open = open_for(discord, &name, "Regulars");
        gaffer.ask("general", "season", open).await;
        play(discord, players).await;
        let closing = sub("close", &json!({}));
        gaffer.slash("general", "season", closing.clone()).await;
        let lives_ms = luck.random_range(0..1_500);
        tokio::time::sleep(Duration::from_millis(lives_ms)).await;
        stage.kill(&mut bot).await;
        let mut bot = stage.start(&with_packs).await;
        // Killed before it was closed, it is closed now.
        gaffer.ask("general", "season", closing).await;
        println!("{kill}: killed after {lives_ms} ms");
        held_by(discord, "Regulars", players[0]).await;
        announced(discord, "general", &name).await;
        assert_eq!(announcements(discord, &name), 1, "{name}");
        stage.kill(&mut bot).await;
        players.reverse();
    }
    discord.assert_no_rejections().await;
}

/// SIGKILL at any instant after the closing: the next program announces the end exactly once.
#[ignore = "kills real processes"]
#[tokio::test(flavor = "multi_thread")]
async fn killed_while_it_closes_it_announces_once() {
    let mut luck = ChaCha8Rng::seed_from_u64(seed());
    let stage = Stage::new().await;
    let discord = &stage.discord;
    let gaffer = discord.member("Gaffer");
    for kill in 1..=KILLS {
        let mut bot = stage.start(&[]).await;
        let name = format!("Number {kill}");
        gaffer.ask("general", "season", open(&name)).await;
        let closing = sub("close", &json!({}));
        gaffer.slash("general", "season", closing.clone()).await;
        let lives_ms = luck.random_range(0..2_500);
        tokio::time::sleep(Duration::from_millis(lives_ms)).await;
        stage.kill(&mut bot).await;
        let mut bot = stage.start(&[]).await;
        // Killed before it was closed, it is closed now.
        gaffer.ask("general", "season", closing).await;
        announced(discord, "general", &name).await;
        // Settled, so nothing more can come.
        gaffer
            .ask("general", "season", open(&format!("After {kill}")))
            .await;
        gaffer
            .ask("general", "season", sub("close", &json!({})))
            .await;
        announced(discord, "general", &format!("After {kill}")).await;
        println!("{kill}: killed after {lives_ms} ms");
        assert_eq!(announcements(discord, &name), 1, "{name}");
        stage.kill(&mut bot).await;
    }
}
