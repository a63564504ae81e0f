//! Where only a member has the app: in a server without the bot, and in conversations between
//! others. Everything works there in private, nothing is posted unless it is shared, and nothing
//! about the place is stored.

use crate::common::evening::Evening;
use crate::common::message::{choice, title};
use crate::common::process::Home;
use crate::common::stage::{self, Stage};
use crate::common::{
    DEADLINE, Discord, Member, Transport, component, components, over_both_transports, text,
};
use discord_sandbox::Options;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

over_both_transports!(
    each_command_stays_with_its_member,
    deferred_answers_stay_with_their_member,
    a_whole_quiz_is_one_message,
    a_whole_quiz_is_one_message_even_if_answers_are_deferred,
    nothing_of_the_place_is_stored,
);

/// A channel of a server without the bot, a conversation of two, and one of three.
fn places(discord: &Discord) -> [String; 3] {
    let state = discord.state();
    let lounge = state.channel("lounge").expect("a server without the bot");
    let talks: Vec<String> = state.privates.iter().map(|one| text(one, "id")).collect();
    let [two, three] = talks.try_into().expect("two conversations");
    [lounge, two, three]
}

/// A private answer to a command.
async fn ask(who: &Member<'_>, place: &str, name: &str, options: Value) -> Value {
    let answer = who.ask(place, name, options).await;
    assert_eq!(answer["visible_to"], who.user_id.as_str(), "{answer:#}");
    answer
}

/// The answer to a click.
async fn press(who: &Member<'_>, on: &Value, button: &str) -> Value {
    let clicked = who.click(on, button).await;
    who.answer(&text(on, "channel_id"), &clicked).await
}

/// The messages that everybody sees.
fn public(discord: &Discord, place: &str) -> Vec<Value> {
    let state = discord.state();
    let all = state.messages_in(place).iter();
    all.filter(|m| m["visible_to"].is_null()).cloned().collect()
}

/// Shares a private message: everybody sees the same, and nobody is notified.
async fn share(who: &Member<'_>, message: &Value) {
    let shared = press(who, message, "Share").await;
    assert!(shared["visible_to"].is_null(), "{shared:#}");
    assert_eq!(title(&shared), title(message));
    assert_eq!(shared["components"], json!([]));
    assert_eq!(shared["pinged"], json!([]));
}

async fn each_command_stays_with_its_member(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    all_commands(&evening).await;
    evening.end().await;
}

async fn deferred_answers_stay_with_their_member(transport: Transport) {
    let evening = Evening::begin_deferring(transport, Duration::ZERO).await;
    all_commands(&evening).await;
    evening.end().await;
}

async fn all_commands(evening: &Evening) {
    let discord = &evening.discord;
    let [foley, grip] = evening.members(["Foley", "Grip"]);
    for place in places(discord) {
        let found = ask(&foley, &place, "cast", json!({ "name": "Vincent Hanna" })).await;
        share(&foley, &found).await;
        let news = ask(&foley, &place, "news", json!({})).await;
        let menu = components(&news).find(|c| c["type"] == 3).expect("a menu");
        let menu = text(menu, "custom_id");
        let turned = foley.select(&news, &menu, &["casting"]).await.unwrap();
        discord.wait_for_answer(&turned).await;
        let is_turned = |m: &Value| m["id"] == news["id"] && m["embeds"] != news["embeds"];
        let turned = discord
            .wait_for_message(&place, "the topic", is_turned)
            .await;
        share(&foley, &turned).await;
        ask(&foley, &place, "help", json!({})).await;
        let export = json!([{ "name": "export", "options": [] }]);
        ask(&foley, &place, "privacy", export).await;
        ask(&foley, &place, "stats", json!({})).await;
        for name in ["leaderboard", "settings", "packs", "schedule"] {
            let refused = foley.try_slash(&place, name, json!({})).await;
            refused.expect_err("only where the bot is");
        }
        assert_eq!(public(discord, &place).len(), 2, "what was shared");
    }

    let [lounge, ..] = places(discord);
    let result = daily(discord, &foley, &lounge).await;
    let shared = press(&foley, &result, "Share here").await;
    assert!(shared["visible_to"].is_null(), "{shared:#}");
    let again = press(&foley, &result, "Share here").await;
    assert_eq!(again["visible_to"], foley.user_id.as_str());
    // Members who have not installed anything play from there, each for themselves.
    let puzzle = press(&grip, &shared, "Play today's").await;
    assert_eq!(puzzle["visible_to"], grip.user_id.as_str());
}

/// The result of the five questions.
async fn daily(discord: &Discord, who: &Member<'_>, place: &str) -> Value {
    let mut puzzle = ask(who, place, "daily", json!({})).await;
    while component(&puzzle, "Share here").is_none() {
        let first = components(&puzzle).next().expect("a way on");
        who.press(&puzzle, &text(first, "custom_id")).await;
        let before = puzzle.clone();
        let is_next = move |m: &Value| m["id"] == before["id"] && *m != before;
        puzzle = discord
            .wait_for_message(place, "what is next", is_next)
            .await;
    }
    puzzle
}

fn three_rounds() -> Value {
    json!({ "rounds": 3, "seconds": 5, "pack": "heat-1995" })
}

/// The game's one message once it shows this question.
async fn shows(discord: &Discord, game: &Value, number: usize) -> Value {
    let place = text(game, "channel_id");
    let begin = format!("Question {number} of ");
    let is_it = |m: &Value| {
        m["id"] == game["id"] && title(m).starts_with(&begin) && component(m, "Skip").is_some()
    };
    let what = format!("question {number} in place");
    discord.wait_for_message(&place, &what, is_it).await
}

/// The game's one message once it shows the scores.
async fn scores(discord: &Discord, game: &Value) -> Value {
    let place = text(game, "channel_id");
    let is_it = |m: &Value| m["id"] == game["id"] && component(m, "My misses").is_some();
    discord.wait_for_message(&place, "the scores", is_it).await
}

/// A quiz of three questions from beginning to end.
async fn a_quiz(discord: &Discord, foley: &Member<'_>, place: &str) {
    let before = public(discord, place).len();
    let game = ask(foley, place, "quiz", three_rounds()).await;
    let question = shows(discord, &game, 1).await;
    press(foley, &question, "Hint −50 %").await;
    let pausing = press(foley, &question, "Pause").await;
    assert_eq!(pausing["visible_to"], foley.user_id.as_str());
    foley.press(&question, &choice(&question, 0)).await;
    let paused = discord.reveal(&game).await;
    foley.press(&paused, "Resume").await;
    // Nobody answers the second question.
    shows(discord, &game, 2).await;
    let last = shows(discord, &game, 3).await;
    foley.press(&last, "Skip").await;
    let end = scores(discord, &game).await;
    let misses = press(foley, &end, "My misses").await;
    assert_eq!(misses["visible_to"], foley.user_id.as_str());
    let board = press(foley, &end, "Leaderboard").await;
    assert_eq!(board["visible_to"], foley.user_id.as_str());
    assert_eq!(public(discord, place).len(), before);
    share(foley, &end).await;
}

async fn a_whole_quiz_is_one_message(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let discord = &evening.discord;
    let [foley, clapper] = evening.members(["Foley", "Clapper"]);
    for place in places(discord) {
        a_quiz(discord, &foley, &place).await;
    }

    // Two members in one channel do not disturb each other.
    let [lounge, ..] = places(discord);
    let typed = json!({ "rounds": 1, "seconds": 30, "answers": "typed", "pack": "heat-1995" });
    let game = ask(&foley, &lounge, "quiz", typed).await;
    let other = ask(&clapper, &lounge, "quiz", three_rounds()).await;
    let question = shows(discord, &game, 1).await;
    shows(discord, &other, 1).await;
    foley.type_answer(&question, "nobody").await;
    discord.reveal(&game).await;
    scores(discord, &game).await;

    let refused = ask(&clapper, &lounge, "quiz", three_rounds()).await;
    clapper.press(&refused, "Stop that one").await;
    let end = scores(discord, &other).await;
    let again = press(&clapper, &end, "Play again").await;
    assert_eq!(again["visible_to"], clapper.user_id.as_str());
    let question = shows(discord, &again, 1).await;
    let sure = press(&clapper, &question, "Stop").await;
    clapper.press(&sure, "Stop the game").await;
    scores(discord, &again).await;

    let help = ask(&clapper, &lounge, "help", json!({})).await;
    let panel = press(&clapper, &help, "Play").await;
    let game = press(&clapper, &panel, "Start now").await;
    assert_eq!(game["visible_to"], clapper.user_id.as_str());
    shows(discord, &game, 1).await;
    evening.end().await;
}

async fn a_whole_quiz_is_one_message_even_if_answers_are_deferred(transport: Transport) {
    let evening = Evening::begin_deferring(transport, Duration::ZERO).await;
    let foley = evening.member("Foley");
    for place in places(&evening.discord) {
        a_quiz(&evening.discord, &foley, &place).await;
    }
    evening.end().await;
}

async fn nothing_of_the_place_is_stored(transport: Transport) {
    let mut evening = Evening::begin_over(transport).await;
    let discord = &evening.discord;
    let foley = evening.member("Foley");
    let [lounge, ..] = places(discord);
    let one = json!({ "rounds": 1, "seconds": 5, "pack": "heat-1995" });
    let game = ask(&foley, &lounge, "quiz", one).await;
    let question = shows(discord, &game, 1).await;
    foley.press(&question, &choice(&question, 0)).await;
    scores(discord, &game).await;
    daily(discord, &foley, &lounge).await;
    let record = ask(&foley, &lounge, "stats", json!({})).await;
    assert_eq!(title(&record), "Stats of Foley");

    let guild = discord.look(|state| text(state.server(&lounge), "id"));
    discord.assert_no_rejections().await;
    evening.stop_bot().await;
    let found = cells_with(&evening.home, &[guild, lounge]);
    assert_eq!(found, Vec::<String>::new());
}

/// Where in the database one of these ids occurs.
fn cells_with(home: &Home, ids: &[String]) -> Vec<String> {
    let db = Connection::open_with_flags(home.database(), OpenFlags::SQLITE_OPEN_READ_ONLY);
    let db = db.unwrap();
    let mut tables = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .unwrap();
    let tables = tables.query_map([], |row| row.get(0)).unwrap();
    let tables: Vec<String> = tables.map(Result::unwrap).collect();
    let mut found = Vec::new();
    for table in tables {
        let mut all = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (at, column) in columns.iter().enumerate() {
                let cell = match row.get(at).unwrap() {
                    Cell::Integer(number) => number.to_string(),
                    Cell::Text(text) => text,
                    _ => continue,
                };
                if ids.iter().any(|id| cell.contains(id)) {
                    found.push(format!("{table}.{column}: {cell}"));
                }
            }
        }
    }
    found
}

/// The real program is killed while a question is open: the game goes on in its message, with the
/// token of the last click.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_quiz_goes_on_in_its_message() {
    let stage = Stage::new().await;
    let discord = &stage.discord;
    let mut bot = stage.start(&[]).await;
    let foley = discord.member("Foley");
    let [lounge, ..] = places(discord);
    let options = json!({ "rounds": 2, "seconds": 60, "pack": "heat-1995" });
    let game = ask(&foley, &lounge, "quiz", options).await;
    for number in [1, 2] {
        let question = shows(discord, &game, number).await;
        stage.kill(&mut bot).await;
        bot = stage.start(&[]).await;
        // A new countdown, which may be for the same second.
        let is_renewed = |m: &Value| {
            m["id"] == game["id"] && m["edited_timestamp"] != question["edited_timestamp"]
        };
        let question = discord
            .wait_for_message(&lounge, "the question again", is_renewed)
            .await;
        foley.press(&question, &choice(&question, 0)).await;
        discord.reveal(&game).await;
    }
    scores(discord, &game).await;
    assert!(public(discord, &lounge).is_empty());
    discord.assert_no_rejections().await;
}

/// The program is killed after an answer is stored and before it is acknowledged: its token never
/// works, and the one before it is used.
#[tokio::test(flavor = "multi_thread")]
async fn a_click_that_was_never_answered_does_not_end_the_quiz() {
    killed_before_the_acknowledgement(&[]).await;
}

/// The same with a click that comes before the bot knows that its question is shown.
#[tokio::test(flavor = "multi_thread")]
async fn an_early_click_that_was_never_answered_does_not_end_the_quiz() {
    let unknown = json!({ "fault": "drop_after", "times": 9, "route": "@original" });
    killed_before_the_acknowledgement(&[unknown]).await;
}

async fn killed_before_the_acknowledgement(faults: &[Value]) {
    let mut stage = Stage::new().await;
    stage.discord.allow_rejections();
    let discord = &stage.discord;
    let mut bot = stage.start(&[]).await;
    let foley = discord.member("Foley");
    let [lounge, ..] = places(discord);
    let options = json!({ "rounds": 2, "seconds": 60, "pack": "heat-1995" });
    let game = ask(&foley, &lounge, "quiz", options).await;
    let late = json!({ "fault": "delay", "ms": 60_000, "times": 9, "route": "/callback" });
    let faults: Vec<Value> = faults.iter().cloned().chain([late]).collect();
    discord.inject(&json!({ "rest": faults })).await;
    let question = shows(discord, &game, 1).await;
    foley.click(&question, &choice(&question, 0)).await;
    let began = Instant::now();
    while cells_with(&stage.home, &["\"answered\"".to_owned()]).is_empty() {
        assert!(began.elapsed() < DEADLINE, "the answer was never stored");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stage.kill(&mut bot).await;
    discord.inject(&json!({ "clear": true })).await;
    let _bot = stage.start(&[]).await;
    discord.reveal(&game).await;
    let question = shows(discord, &game, 2).await;
    foley.press(&question, &choice(&question, 0)).await;
    scores(discord, &game).await;
    let refused = discord.rejections().await;
    let is_expected = |refused: &Value| refused["code"] == UNKNOWN_WEBHOOK;
    assert!(refused.iter().all(is_expected), "{refused:#?}");
    assert!(!refused.is_empty(), "the newest token was tried first");
}

/// Discord's code for a token whose interaction was never answered.
const UNKNOWN_WEBHOOK: u64 = 10_015;

/// Use External Apps.
const EXTERNAL_APPS: u64 = 1 << 50;

#[tokio::test(flavor = "multi_thread")]
async fn where_sharing_is_not_allowed_the_member_is_told() {
    let evening = Evening::begin().await;
    let discord = &evening.discord;
    let foley = evening.member("Foley");
    let [lounge, ..] = places(discord);
    let guild = discord.look(|state| text(state.server(&lounge), "id"));
    let everyone = (1_u64 << 10 | 1 << 11 | 1 << 31) & !EXTERNAL_APPS;
    let act = json!({ "do": "grant_everyone", "guild_id": guild, "permissions": everyone });
    let (status, said) = discord.post("/sandbox/act", &act).await;
    assert_eq!(status, 200, "{said}");
    let news = ask(&foley, &lounge, "news", json!({})).await;
    let told = press(&foley, &news, "Share").await;
    assert!(
        told.to_string().contains("keeps my answers private"),
        "{told:#}"
    );
    evening.end().await;
}

/// Without *User Install* the bot asks Discord for nothing that it would refuse.
#[tokio::test(flavor = "multi_thread")]
async fn an_app_for_servers_only_has_commands_for_servers_only() {
    let options = Options {
        user_install: false,
        ..stage::options()
    };
    let evening = Evening::begin_with(Home::new(), options, Transport::Gateway).await;
    let commands = evening.discord.state().commands;
    let for_servers = |command: &Value| command["integration_types"] == json!([0]);
    assert!(commands.iter().all(for_servers), "{commands:#?}");
    evening.end().await;
}

/// A member who does not come back within the lifetime of the tokens leaves a game that ends.
#[tokio::test(flavor = "multi_thread")]
async fn a_quiz_that_can_no_longer_be_shown_ends() {
    let options = Options {
        token_lifetime: Duration::from_secs(6),
        ..stage::options()
    };
    let mut evening = Evening::begin_with(Home::new(), options, Transport::Gateway).await;
    evening.discord.allow_rejections();
    let discord = &evening.discord;
    let foley = discord.member("Foley");
    let [lounge, ..] = places(discord);
    let game = ask(&foley, &lounge, "quiz", three_rounds()).await;
    shows(discord, &game, 1).await;
    discord
        .wait_for("an edit that comes too late", |state| {
            let is_late = |r: &Value| r["code"] == 50_027;
            state.rejections.iter().any(is_late).then_some(())
        })
        .await;
    let began = Instant::now();
    loop {
        let answer = ask(&foley, &lounge, "quiz", three_rounds()).await;
        if component(&answer, "Stop that one").is_none() {
            break;
        }
        assert!(began.elapsed() < DEADLINE, "the game never ended");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    evening.stop_bot().await;
}
