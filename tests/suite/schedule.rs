//! The schedule with the real program on the simulated Discord: an entry added by a manager runs
//! once, however often the program is killed.
//!
//! The seed is printed; `HEAT_CHECK_SEED` sets it.

use crate::common::message::title;
use crate::common::process::Home;
use crate::common::stage::Stage;
use crate::common::tables::seed;
use crate::common::{DEADLINE, Discord, component, text};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
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

/// Waits until this many times are settled and none is open.
async fn settled(home: &Home, times: u32) {
    let begin = Instant::now();
    while runs(home) != (times, 0) {
        assert!(
            begin.elapsed() < DEADLINE,
            "{:?}\n{}",
            runs(home),
            home.log()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
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
    for kill in 1..=KILLS {
        // A later time on each round, but none too late.
        make_due(&stage.home, 20 - kill);
        // It does not wait: the program may be killed before it is ready, or after everything is
        // done.
        let mut bot = stage.spawn(&stage.home, &[]);
        let lives_ms = luck.random_range(0..2_500);
        tokio::time::sleep(Duration::from_millis(lives_ms)).await;
        bot.kill();
        let mut bot = stage.start(&[]).await;
        let posted = said(discord, "general", is_daily);
        println!("{kill}: killed after {lives_ms} ms, {posted} posted");
        settled(&stage.home, kill).await;
        assert_eq!(said(discord, "general", is_daily), kill as usize);
        stage.kill(&mut bot).await;
    }
}
