//! The schedule with the real program on the simulated Discord: an entry added by a manager runs
//! once, however often the program is killed.
//!
//! The seed is printed; `HEAT_CHECK_SEED` sets it.

use crate::common::message::{description, title};
use crate::common::postgres;
use crate::common::process::{Home, Process};
use crate::common::stage::{self, Stage};
use crate::common::tables::seed;
use crate::common::{DEADLINE, Discord, Member, State, component, text};
use discord_sandbox::Options;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::fmt::Debug;
use std::time::{Duration, Instant};

/// The number of kills.
const KILLS: u32 = 6;

/// `/schedule add` with its options.
fn add(what: &str, options: &Value) -> Value {
    let options: Vec<Value> = options
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    json!([{ "name": "add", "options": [{ "name": what, "options": options }] }])
}

/// Moves the time of every entry to this many minutes ago, while no program runs. Like all times,
/// it is a whole minute.
fn make_due(home: &Home, minutes: u32) {
    let conn = rusqlite::Connection::open(home.database()).unwrap();
    let sql = "UPDATE schedule SET next_at_ms = (unixepoch() / 60 - ?1) * 60000";
    assert!(conn.execute(sql, [minutes]).unwrap() > 0);
}

/// How many of its times are settled, and how many are only started.
fn runs(home: &Home) -> (u32, u32) {
    let conn = rusqlite::Connection::open(home.database()).unwrap();
    let sql = "SELECT count(ended_at_ms), count(*) - count(ended_at_ms) FROM schedule_runs";
    conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
}

/// The bot's public messages in a channel that match.
fn said(discord: &Discord, channel: &str, fits: impl Fn(&Value) -> bool) -> usize {
    let seen = discord.state();
    let messages = seen.messages_in(channel);
    let public = messages.iter().filter(|m| m["visible_to"].is_null());
    public.filter(|m| fits(m)).count()
}

fn is_daily(message: &Value) -> bool {
    title(message) == "Today's puzzles"
}

#[tokio::test(flavor = "multi_thread")]
async fn a_managers_entry_runs_and_everyone_can_join() {
    let stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    let discord = &stage.discord;
    let [gaffer, foley] = ["Gaffer", "Foley"].map(|name| discord.member(name));
    let hidden = foley.try_slash(
        "general",
        "schedule",
        add("daily", &json!({"time": "9:00"})),
    );
    let hidden = hidden.await.unwrap_err();
    assert!(hidden.contains("may not use /schedule"), "{hidden}");
    for (what, options) in [
        (
            "daily",
            json!({"time": "9:00", "time-zone": "Europe/Berlin"}),
        ),
        (
            "quiz",
            json!({"time": "8:30 pm", "days": "mon, thu", "rounds": 3}),
        ),
    ] {
        let asked = gaffer
            .slash("general", "schedule", add(what, &options))
            .await;
        let planned = gaffer.answer("general", &asked).await;
        assert_eq!(planned["visible_to"], gaffer.user_id.as_str());
        assert_eq!(title(&planned), "Scheduled", "{planned:#}");
    }
    assert_eq!(said(discord, "general", |m| m["author"]["bot"] == true), 0);
    stage.kill(&mut bot).await;
    make_due(&stage.home, 1);
    let mut bot = stage.start(&[]).await;
    let puzzles = discord
        .wait_for_message("general", "the puzzles", is_daily)
        .await;
    let is_quiz = |m: &Value| text(m, "content").starts_with("The quiz begins");
    let quiz = discord
        .wait_for_message("general", "the quiz", is_quiz)
        .await;
    assert!(title(&quiz).starts_with("Quiz: "), "{quiz:#}");
    // Everyone can start from there, each privately.
    for button in ["Five questions", "🎬 Film of the day"] {
        assert!(component(&puzzles, button).is_some(), "{puzzles:#}");
        let pressed = foley.click(&puzzles, button).await;
        let shown = foley.answer("general", &pressed).await;
        assert_eq!(shown["visible_to"], foley.user_id.as_str());
    }
    discord.assert_no_rejections().await;
    stage.kill(&mut bot).await;
}

/// Reads until the value is the expected one. What the test sees of Discord comes a moment after what
/// the database says.
async fn becomes<T: PartialEq + Debug>(home: &Home, wanted: T, read: impl Fn() -> T) {
    let begin = Instant::now();
    while read() != wanted {
        assert!(begin.elapsed() < DEADLINE, "{:?}\n{}", read(), home.log());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until this many times are settled and none is open.
async fn settled(home: &Home, times: u32) {
    becomes(home, (times, 0), || runs(home)).await;
}

/// Waits until both processes are connected.
async fn both_online(stage: &Stage) {
    becomes(&stage.home, 2, || stage.sandbox.shards_online().len()).await;
    stage.discord.wait_for_command("schedule").await;
}

/// Two processes on one database both see the schedule, and each time happens once, though both are
/// killed.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_on_one_database_one_posts() {
    let server = postgres::shared();
    let options = Options {
        shards: 2,
        ..stage::options()
    };
    let stage = Stage::with(Home::on(server), options).await;
    let discord = &stage.discord;
    let gaffer = discord.member("Gaffer");
    let start = |shards| stage.spawn(&stage.home, &[("SHARDS", shards)]);
    let mut bots = ["0-0/2", "1-1/2"].map(start);
    both_online(&stage).await;
    for what in ["daily", "quiz"] {
        let told = schedule(&gaffer, add(what, &json!({"time": "9:00"}))).await;
        assert!(told.contains("Scheduled"), "{told}");
    }
    has_events(discord, 1).await;
    bots.iter_mut().for_each(Process::kill);
    discord.wait_until_gone().await;
    let url = stage.home.url();
    let due =
        "UPDATE schedule SET next_at_ms = (extract(epoch FROM now())::bigint / 60 - 1) * 60000";
    server.sql(&url, due);

    let mut bots = ["0-0/2", "1-1/2"].map(start);
    both_online(&stage).await;
    let runs = "SELECT count(ended_at_ms), count(*) - count(ended_at_ms) FROM schedule_runs";
    becomes(&stage.home, "2|0".to_owned(), || server.sql(&url, runs)).await;
    becomes(&stage.home, 1, || said(discord, "general", is_daily)).await;
    let is_quiz = |m: &Value| text(m, "content").starts_with("The quiz begins");
    becomes(&stage.home, 1, || said(discord, "general", is_quiz)).await;
    discord.assert_no_rejections().await;
    assert_eq!(said(discord, "general", is_daily), 1);
    assert_eq!(said(discord, "general", is_quiz), 1);
    bots.iter_mut().for_each(Process::kill);
}

/// SIGKILL at any instant of a post: the next program finishes it, and posts it once.
#[ignore = "kills real processes"]
#[tokio::test(flavor = "multi_thread")]
async fn killed_while_it_posts_it_posts_once() {
    let mut luck = ChaCha8Rng::seed_from_u64(seed());
    let stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    let discord = &stage.discord;
    let gaffer = discord.member("Gaffer");
    let daily = add("daily", &json!({"time": "9:00"}));
    let asked = gaffer.slash("general", "schedule", daily).await;
    gaffer.answer("general", &asked).await;
    stage.kill(&mut bot).await;
    posts_once_under_kills(&stage, &mut luck, is_daily, async |_| {}).await;
}

/// Kills the program while it posts what is due, again and again: each time is posted once. While
/// the next program still runs, `check` is told how many were posted.
async fn posts_once_under_kills(
    stage: &Stage,
    luck: &mut ChaCha8Rng,
    is_post: fn(&Value) -> bool,
    check: impl AsyncFn(usize),
) {
    for kill in 1..=KILLS {
        // A later time on each round, but none too late.
        make_due(&stage.home, 20 - kill);
        // Without waiting: the program may be killed before it is ready, or after everything is
        // done.
        let mut bot = stage.spawn(&stage.home, &[]);
        let lives_ms = luck.random_range(0..2_500);
        tokio::time::sleep(Duration::from_millis(lives_ms)).await;
        bot.kill();
        let posted = said(&stage.discord, "general", is_post);
        println!("{kill}: killed after {lives_ms} ms, {posted} posted");
        let mut bot = stage.start(&[]).await;
        settled(&stage.home, kill).await;
        let posted = || said(&stage.discord, "general", is_post);
        becomes(&stage.home, kill as usize, posted).await;
        check(kill as usize).await;
        assert_eq!(said(&stage.discord, "general", is_post), kill as usize);
        stage.kill(&mut bot).await;
    }
}

/// Create Events.
const CREATE_EVENTS: u64 = 1 << 44;

/// The events of the server with #general.
fn events(state: &State) -> Vec<Value> {
    let server = state.server("general");
    server["events"].as_array().cloned().unwrap_or_default()
}

/// Waits until the server has this many events.
async fn has_events(discord: &Discord, count: usize) -> Vec<Value> {
    let are_so_many = |state: &State| Some(events(state)).filter(|found| found.len() == count);
    let what = format!("{count} events");
    discord.wait_for(&what, are_so_many).await
}

async fn act(discord: &Discord, act: &Value) {
    let (status, answer) = discord.post("/sandbox/act", act).await;
    assert_eq!(status, 200, "{answer}");
}

/// The private reply to `/schedule`.
async fn schedule(who: &Member<'_>, options: Value) -> String {
    who.ask("general", "schedule", options).await.to_string()
}

/// Waits until `/schedule list` says this: the bot knows a moment after Discord.
async fn lists(who: &Member<'_>, what: &str) {
    let begin = Instant::now();
    loop {
        let told = schedule(who, json!([{ "name": "list" }])).await;
        if told.contains(what) {
            return;
        }
        assert!(begin.elapsed() < DEADLINE, "{told}");
    }
}

/// Removes the only entry.
async fn remove(home: &Home, who: &Member<'_>) {
    let conn = rusqlite::Connection::open(home.database()).unwrap();
    let entry: i64 = conn
        .query_row("SELECT id FROM schedule", [], |row| row.get(0))
        .unwrap();
    let entry = entry.cast_unsigned().to_string();
    let options = json!([{ "name": "remove", "options": [{ "name": "entry", "value": entry }] }]);
    let told = schedule(who, options).await;
    assert!(told.contains("Removed"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planned_quiz_is_an_event_of_the_server_where_that_is_allowed() {
    let mut stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    stage.discord.allow_rejections();
    let discord = &stage.discord;
    let gaffer = discord.member("Gaffer");
    let guild_id = discord.look(|state| state.server("general")["id"].clone());
    let quiz = add("quiz", &json!({"time": "9:00", "rounds": 3}));
    let list = json!([{ "name": "list" }]);
    let check = json!([{ "name": "check" }]);

    let told = schedule(&gaffer, quiz.clone()).await;
    assert!(told.contains("in this server's list of events"), "{told}");
    let event = has_events(discord, 1).await.remove(0);
    let general = discord.look(|state| state.channel("general")).unwrap();
    assert_eq!(
        event["entity_metadata"]["location"],
        format!("<#{general}>")
    );
    assert!(text(&event, "description").starts_with("Film questions for everyone"));
    lists(&gaffer, "in the server's events").await;
    remove(&stage.home, &gaffer).await;
    has_events(discord, 0).await;
    assert_eq!(discord.rejections().await.len(), 0);

    // Without the permission nothing fails, and `/schedule list` says what is missing. The event is
    // created once the bot has the permission.
    let grant = |permissions: u64| json!({ "do": "grant_bot", "guild_id": guild_id, "permissions": permissions.to_string() });
    act(discord, &grant(0)).await;
    let told = schedule(&gaffer, quiz).await;
    assert!(
        told.contains("I need the permission *Create Events*"),
        "{told}"
    );
    let checked = gaffer.ask("general", "settings", check).await.to_string();
    assert!(
        checked.contains("❌ **Create Events** is missing"),
        "{checked}"
    );
    let begin = Instant::now();
    while discord.rejections().await.is_empty() {
        assert!(begin.elapsed() < DEADLINE, "{}", stage.home.log());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    lists(&gaffer, "I need the permission *Create Events*").await;
    // The server's language in Discord has changed since the quiz was planned.
    let german = json!({ "do": "set_guild_locale", "guild_id": guild_id, "locale": "de" });
    act(discord, &german).await;
    act(discord, &grant(CREATE_EVENTS)).await;
    schedule(&gaffer, list).await;
    let event = has_events(discord, 1).await.remove(0);
    assert!(
        text(&event, "description").starts_with("Filmfragen"),
        "{event:#}"
    );
    assert_eq!(discord.rejections().await.len(), 1, "one refusal, no more");

    // What it posts is in German, too.
    stage.kill(&mut bot).await;
    make_due(&stage.home, 1);
    let mut bot = stage.start(&[]).await;
    let is_german = |m: &Value| text(m, "content").starts_with("In einer Minute");
    discord
        .wait_for_message("general", "the quiz", is_german)
        .await;
    stage.kill(&mut bot).await;
}

/// Waits for the thread made from a message, and checks that there is only one.
async fn thread_of(discord: &Discord, message: &Value) -> String {
    let find = |state: &State| {
        let server = state.server("general");
        let channels = server["channels"].as_array()?.iter();
        let mut threads = channels
            .filter_map(|channel| channel["threads"].as_array())
            .flatten();
        let found = threads.find(|thread| thread["id"] == message["id"])?;
        Some(text(found, "id"))
    };
    discord.wait_for("the thread", find).await
}

/// Has each quiz of the server played in a thread.
async fn with_threads(who: &Member<'_>) {
    let on = json!([{ "name": "set", "options": [{ "name": "threads", "value": "on" }] }]);
    who.ask("general", "settings", on).await;
}

fn is_hosted(message: &Value) -> bool {
    text(message, "content").contains("hosts a quiz here")
}

/// A planned evening: it waits in its thread for its host, who is mentioned and opens the first
/// question.
#[tokio::test(flavor = "multi_thread")]
async fn a_planned_quiz_waits_for_its_host_in_a_thread() {
    let mut stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    stage.discord.allow_rejections();
    let discord = &stage.discord;
    let [gaffer, foley, clapper] = ["Gaffer", "Foley", "Clapper"].map(|name| discord.member(name));
    with_threads(&gaffer).await;
    let options = json!({"time": "9:00", "rounds": 1, "host": foley.user_id});
    let told = schedule(&gaffer, add("quiz", &options)).await;
    let hosted = format!("hosted by <@{}> · in a thread", foley.user_id);
    assert!(told.contains(&hosted), "{told}");
    stage.kill(&mut bot).await;
    make_due(&stage.home, 1);
    let mut bot = stage.start(&[]).await;
    let start = discord
        .wait_for_message("general", "the quiz", is_hosted)
        .await;
    assert!(
        description(&start).contains("in the thread below"),
        "{start:#}"
    );
    let thread = thread_of(discord, &start).await;
    // The program is killed while it waits, and still has one message and one thread.
    stage.kill(&mut bot).await;
    let mut bot = stage.start(&[]).await;
    settled(&stage.home, 1).await;
    clapper.press(&start, "First question").await;
    clapper.told("general", "who hosts this game").await;
    foley.press(&start, "First question").await;
    discord.question(&thread, 1).await;
    let of_bot = |m: &Value| m["author"]["bot"] == true && m["visible_to"].is_null();
    assert_eq!(said(discord, "general", of_bot), 1);
    // A thread that the killed program had just made is asked for again.
    let refused = discord.rejections().await;
    assert!(
        refused.iter().all(|one| one["code"] == 160_004),
        "{refused:#?}"
    );
    stage.kill(&mut bot).await;
}

/// SIGKILL at any instant of announcing it: one message, and one thread made from it.
#[ignore = "kills real processes"]
#[tokio::test(flavor = "multi_thread")]
async fn killed_while_it_announces_a_hosted_quiz_it_has_one_thread() {
    let mut luck = ChaCha8Rng::seed_from_u64(seed());
    let mut stage = Stage::new().await;
    stage.discord.allow_rejections();
    let mut bot = stage.start(&[]).await;
    let discord = &stage.discord;
    let [gaffer, foley] = ["Gaffer", "Foley"].map(|name| discord.member(name));
    with_threads(&gaffer).await;
    let options = json!({"time": "9:00", "rounds": 1, "host": foley.user_id});
    schedule(&gaffer, add("quiz", &options)).await;
    stage.kill(&mut bot).await;
    let check = async |posted| {
        let seen = discord.state();
        for start in seen.messages_in("general").iter().filter(|m| is_hosted(m)) {
            thread_of(discord, start).await;
        }
        let of_bot = |m: &Value| m["author"]["bot"] == true;
        assert_eq!(said(discord, "general", of_bot), posted);
    };
    posts_once_under_kills(&stage, &mut luck, is_hosted, check).await;
    // A program killed before it knew of its thread makes the next one ask for it again.
    for refused in discord.rejections().await {
        assert_eq!(refused["code"], 160_004, "{refused:#}");
    }
}

/// How many events are recorded as created, and how many others are recorded.
fn recorded(home: &Home) -> (u32, u32) {
    let conn = rusqlite::Connection::open(home.database()).unwrap();
    let sql = "SELECT count(event), count(*) - count(event) FROM planned_events";
    conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
}

/// Waits until an event is recorded as asked for.
async fn is_asked_for(home: &Home) {
    let conn = rusqlite::Connection::open(home.database()).unwrap();
    let sql = "SELECT count(asked_at_ms) FROM planned_events";
    let begin = Instant::now();
    while conn.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap() == 0 {
        assert!(begin.elapsed() < DEADLINE, "{}", home.log());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// How many events there are in all servers, without waiting for the page to hear of it.
fn there_are(stage: &Stage) -> usize {
    let seen = stage.sandbox.snapshot();
    let servers = seen["guilds"].as_array().unwrap().iter();
    let events = servers.filter_map(|server| server["events"].as_array());
    events.map(Vec::len).sum()
}

/// SIGKILL at any instant of creating and deleting an event: there is one, and then there is none.
#[ignore = "kills real processes"]
#[tokio::test(flavor = "multi_thread")]
async fn killed_while_it_keeps_an_event_there_is_exactly_one() {
    let mut luck = ChaCha8Rng::seed_from_u64(seed());
    let stage = Stage::new().await;
    let discord = &stage.discord;
    let gaffer = discord.member("Gaffer");
    for kill in 1..=KILLS {
        for count in [1, 0] {
            let mut bot = stage.start(&[]).await;
            if count == 1 {
                schedule(&gaffer, add("quiz", &json!({"time": "9:00"}))).await;
            } else {
                remove(&stage.home, &gaffer).await;
            }
            let lives_ms = if count == 1 {
                // It is killed around the request.
                is_asked_for(&stage.home).await;
                luck.random_range(0..9)
            } else {
                // What is to be done is read every five seconds.
                luck.random_range(0..5_500)
            };
            tokio::time::sleep(Duration::from_millis(lives_ms)).await;
            stage.kill(&mut bot).await;
            let there = there_are(&stage);
            println!("{kill}: killed after {lives_ms} ms, {there} there, {count} wanted");
            let mut bot = stage.start(&[]).await;
            becomes(&stage.home, (count, 0), || recorded(&stage.home)).await;
            assert_eq!(there_are(&stage), count as usize);
            stage.kill(&mut bot).await;
        }
    }
    discord.assert_no_rejections().await;
}
