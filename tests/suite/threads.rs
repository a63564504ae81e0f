//! A thread for each game, where the server wants it and the bot may open one.

use crate::common::evening::Evening;
use crate::common::message::{choice, description};
use crate::common::stage::Stage;
use crate::common::{Discord, Member, State, component, text};
use serde_json::{Value, json};

/// Create Public Threads.
const CREATE_PUBLIC_THREADS: u64 = 1 << 35;

/// Has each quiz of the server played in a thread.
async fn switch_on(discord: &Discord) {
    let on = json!([{ "name": "set", "options": [{ "name": "threads", "value": "on" }] }]);
    let told = discord
        .member("Gaffer")
        .ask("general", "settings", on)
        .await;
    assert!(told.to_string().contains("one for each quiz"), "{told:#}");
}

/// The threads of #trivia, including archived ones, oldest first.
fn threads(state: &State) -> Vec<Value> {
    let guilds = state.guilds.iter();
    let channels = guilds.filter_map(|guild| guild["channels"].as_array());
    let of_trivia = channels.flatten().filter(|c| c["name"] == "trivia");
    let threads = of_trivia.filter_map(|channel| channel["threads"].as_array());
    threads.flatten().cloned().collect()
}

/// The thread of a game that this member starts in #trivia.
async fn start(discord: &Discord, who: &Member<'_>) -> String {
    let asked = who
        .slash("trivia", "quiz", json!({ "rounds": 1, "seconds": 60 }))
        .await;
    let card = who.answer("trivia", &asked).await;
    assert!(
        description(&card).contains("in the thread below"),
        "{card:#}"
    );
    thread_of(discord, &text(&card, "id")).await
}

/// The thread of a message, which has its id.
async fn thread_of(discord: &Discord, card: &str) -> String {
    let find = |state: &State| {
        let found = threads(state)
            .into_iter()
            .find(|thread| thread["id"] == card);
        found.map(|thread| text(&thread, "id"))
    };
    discord.wait_for("the thread", find).await
}

/// Answers the one question, votes to skip the rest of its time, and waits until the thread is
/// closed: its name, and the line in the channel.
async fn play(discord: &Discord, thread: &str, who: &Member<'_>) -> (String, Value) {
    let question = discord.question(thread, 1).await;
    who.press(&question, &choice(&question, 0)).await;
    who.press(&question, "Skip").await;
    discord.scoreboard(thread).await;
    end(discord, thread).await
}

async fn end(discord: &Discord, thread: &str) -> (String, Value) {
    let closed = |state: &State| {
        let mut all = threads(state).into_iter();
        let closed = all.find(|one| one["id"] == thread && one["archived"] == true);
        closed.map(|thread| text(&thread, "name"))
    };
    let name = discord.wait_for("the end of the thread", closed).await;
    let is_line = |m: &Value| m["id"] == thread && component(m, "My misses").is_some();
    let line = discord
        .wait_for_message("trivia", "the line", is_line)
        .await;
    (name, line)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_game_has_a_thread_and_they_run_beside_each_other() {
    let evening = Evening::begin().await;
    let discord = &evening.discord;
    switch_on(discord).await;
    let [foley, grip] = evening.members(["Foley", "Grip"]);
    let [first, second] = [start(discord, &foley).await, start(discord, &grip).await];
    assert_ne!(first, second);
    // In its thread a game is alone.
    foley.quiz(&first, json!({ "rounds": 1 })).await;
    foley.told(&first, "A game is running").await;
    let (name, line) = play(discord, &second, &grip).await;
    assert!(name.contains("Quiz: All packs"), "{name}");
    assert!(
        text(&line, "content").starts_with("**Quiz: All packs** · "),
        "{line:#}"
    );
    assert_eq!(line["embeds"], json!([]), "{line:#}");
    let (_, line) = play(discord, &first, &foley).await;
    let of_games = |m: &&Value| m["id"] == *first || m["id"] == *second;
    let lines = discord.look(|state| state.messages_in("trivia").iter().filter(of_games).count());
    assert_eq!(lines, 2, "one line for each game");

    // The channel has the scoreboard's buttons too, so that nobody has to open a thread.
    foley.press(&line, "My misses").await;
    let again = foley.click(&line, "Play again").await;
    let card = foley.answer("trivia", &again).await;
    let third = thread_of(discord, &text(&card, "id")).await;
    let question = discord.question(&third, 1).await;
    grip.press(&question, &choice(&question, 0)).await;
    play(discord, &third, &foley).await;
    assert_eq!(discord.look(threads).len(), 3);
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lobby_stands_in_the_channel_and_its_game_in_a_thread() {
    let evening = Evening::begin().await;
    let discord = &evening.discord;
    switch_on(discord).await;
    let [foley, grip] = evening.members(["Foley", "Grip"]);
    let options = json!({ "mode": "elimination", "rounds": 1, "seconds": 10 });
    let asked = foley.slash("trivia", "quiz", options).await;
    let lobby = foley.answer("trivia", &asked).await;
    assert!(discord.look(threads).is_empty(), "nobody has joined yet");
    grip.press(&lobby, "Join").await;
    foley.press(&lobby, "Begin").await;
    let thread = thread_of(discord, &text(&lobby, "id")).await;
    play(discord, &thread, &grip).await;
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_thread_may_be_opened_the_game_is_played_in_the_channel() {
    let evening = Evening::begin().await;
    let discord = &evening.discord;
    switch_on(discord).await;
    let trivia = discord.look(|state| state.channel("trivia")).unwrap();
    let deny = json!({ "do": "deny_bot", "channel_id": trivia,
        "permissions": CREATE_PUBLIC_THREADS.to_string() });
    let (status, answer) = discord.post("/sandbox/act", &deny).await;
    assert_eq!(status, 200, "{answer}");
    let foley = discord.member("Foley");
    let asked = foley
        .slash("trivia", "quiz", json!({ "rounds": 1, "seconds": 60 }))
        .await;
    let card = foley.answer("trivia", &asked).await;
    assert!(
        description(&card).contains("I may not open a thread here"),
        "{card:#}"
    );
    let question = discord.question("trivia", 1).await;
    foley.press(&question, &choice(&question, 0)).await;
    discord.scoreboard("trivia").await;
    assert!(discord.look(threads).is_empty());
    evening.end().await;
}

/// If a permission is taken away after the start, the bot learns of it from Discord's refusal.
#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_is_refused_leaves_the_game_in_the_channel() {
    let mut evening = Evening::begin().await;
    evening.discord.allow_rejections();
    let discord = &evening.discord;
    switch_on(discord).await;
    discord
        .inject(
            &json!({ "rest": [{ "fault": "internal_error", "times": 9, "route": "/threads" }] }),
        )
        .await;
    let foley = discord.member("Foley");
    let asked = foley
        .slash("trivia", "quiz", json!({ "rounds": 1, "seconds": 60 }))
        .await;
    let card = foley.answer("trivia", &asked).await;
    let is_told = |m: &Value| m["id"] == card["id"] && description(m).contains("I may not open");
    let question = discord.question("trivia", 1).await;
    discord
        .wait_for_message("trivia", "the word on it", is_told)
        .await;
    foley.press(&question, &choice(&question, 0)).await;
    discord.scoreboard("trivia").await;
    assert!(discord.look(threads).is_empty());
}

/// Discord's answer to a repeated request for a thread, as after a kill.
const THREAD_EXISTS: u64 = 160_004;
/// Discord's answer to a change of a message in a thread that has been archived.
const ARCHIVED: u64 = 50_083;

/// SIGKILL at each step of making a thread: before the request, during it, and after it succeeded
/// but the response was lost. There is one thread, and the game continues in it.
#[ignore = "kills real processes"]
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_step_there_is_one_thread_and_the_game_is_in_it() {
    let mut stage = Stage::new().await;
    stage.discord.allow_rejections();
    let discord = &stage.discord;
    let foley = discord.member("Foley");
    let mut bot = stage.start(&[]).await;
    switch_on(discord).await;
    let steps = [
        // Killed before it finds the message.
        json!({ "fault": "delay", "ms": 5_000, "route": "GET /webhooks" }),
        // Killed after asking for the thread, before it is made.
        json!({ "fault": "delay", "ms": 5_000, "route": "/threads" }),
        // The thread is made, but the response is lost, and so is every response that says it
        // exists.
        json!({ "fault": "drop_after", "times": 100, "route": "/threads" }),
        // All goes well until the kill.
        json!({ "fault": "delay", "ms": 1, "route": "/threads" }),
    ];
    for (at, step) in steps.iter().enumerate() {
        discord
            .inject(&json!({ "clear": true, "rest": [step] }))
            .await;
        let asked = foley
            .slash("trivia", "quiz", json!({ "rounds": 1, "seconds": 60 }))
            .await;
        let card = text(&foley.answer("trivia", &asked).await, "id");
        if at >= 2 {
            thread_of(discord, &card).await;
        }
        stage.kill(&mut bot).await;
        discord.inject(&json!({ "clear": true })).await;
        bot = stage.start(&[]).await;
        let thread = thread_of(discord, &card).await;
        play(discord, &thread, &foley).await;
        assert_eq!(discord.look(threads).len(), at + 1, "{step}");
    }
    // And while it is closed.
    let thread = start(discord, &foley).await;
    discord
        .inject(&json!({ "clear": true, "rest": [{ "fault": "drop_after", "times": 100, "route": "PATCH /channels" }] }))
        .await;
    let question = discord.question(&thread, 1).await;
    foley.press(&question, &choice(&question, 0)).await;
    discord.scoreboard(&thread).await;
    stage.kill(&mut bot).await;
    discord.inject(&json!({ "clear": true })).await;
    bot = stage.start(&[]).await;
    end(discord, &thread).await;
    let refused = stage.discord.rejections().await;
    // The reply to the thread's closing was lost, so an edit may come after it.
    let is_late_edit =
        |refused: &Value| refused["code"] == ARCHIVED && refused["method"] == "PATCH";
    let is_expected = |refused: &Value| refused["code"] == THREAD_EXISTS || is_late_edit(refused);
    assert!(refused.iter().all(is_expected), "{refused:#?}");
    stage.kill(&mut bot).await;
}
