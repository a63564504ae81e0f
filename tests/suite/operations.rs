//! What an operator does: watching and stopping the real program on the simulated Discord.

use crate::common::message::choice;
use crate::common::process::Home;
use crate::common::stage::{self, Stage, TOKEN};
use crate::common::{DEADLINE, State, component, free_address};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

/// How long a stop may take: the operator documentation's promise, and a margin.
const STOP_MAX: Duration = Duration::from_secs(15);

/// Starts a quiz in a channel and waits for its first question.
async fn quiz(stage: &Stage, channel: &str, options: Value) -> Value {
    let member = stage.discord.member("Gaffer");
    member.quiz(channel, options).await;
    stage.discord.question(channel, 1).await
}

async fn answer(stage: &Stage, question: &Value) {
    let member = stage.discord.member("Gaffer");
    member.press(question, &choice(question, 0)).await;
}

/// Waits for the end of a game that may have to repeat questions.
async fn wait_for_the_end(stage: &Stage, channel: &str) {
    let is_board = |m: &Value| component(m, "Play again").is_some();
    let what = format!("the end of the game in #{channel}");
    let board = |state: &State| state.newest(channel, is_board);
    stage
        .discord
        .wait_within(Duration::from_secs(60), &what, board)
        .await;
}

fn says_restart(message: &Value) -> bool {
    message.to_string().contains("I am restarting")
}

/// Status, content type and body of a page.
async fn page(address: SocketAddr, path: &str) -> (u16, String, String) {
    let response = reqwest::get(format!("http://{address}{path}")).await;
    let response = response.expect("the page answers");
    let status = response.status().as_u16();
    let kind = response.headers()["content-type"].to_str().unwrap();
    (status, kind.to_owned(), response.text().await.unwrap())
}

/// The value of a sample, by its name and labels as written.
fn sample(text: &str, name: &str) -> f64 {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let value = line.unwrap_or_else(|| panic!("{name} is not in\n{text}"));
    value.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_monitor_sees_how_the_bot_is() {
    let mut stage = Stage::with(Home::untouched(), stage::options()).await;
    stage.discord.allow_rejections();
    let address = free_address();
    let addr = address.to_string();
    let variables = [("METRICS_ADDR", addr.as_str()), ("LOG_FORMAT", "json")];
    let mut bot = stage.start(&variables).await;

    let question = quiz(&stage, "general", json!({ "rounds": 1, "seconds": 5 })).await;
    answer(&stage, &question).await;
    // An interaction is counted a moment after Discord receives its answer.
    let click =
        r#"heat_check_interactions_total{kind="component",name="answer",outcome="answered"}"#;
    let counted = tokio::time::timeout(DEADLINE, async {
        loop {
            let (status, kind, text) = page(address, "/metrics").await;
            if text.contains(&format!("{click} 1")) {
                return (status, kind, text);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let (status, kind, text) = counted.await.expect("the click is counted");
    assert_eq!(status, 200);
    assert_eq!(
        kind,
        "application/openmetrics-text; version=1.0.0; charset=utf-8"
    );
    assert!(text.ends_with("# EOF\n"), "{text}");
    let quiz = r#"heat_check_interactions_total{kind="command",name="quiz",outcome="answered"}"#;
    assert!((sample(&text, quiz) - 1.0).abs() < f64::EPSILON);
    assert!((sample(&text, click) - 1.0).abs() < f64::EPSILON);
    assert!((sample(&text, "heat_check_live_games") - 1.0).abs() < f64::EPSILON);
    let skew = sample(&text, "heat_check_clock_skew_seconds");
    assert!(
        skew.abs() < 2.0,
        "the sandbox goes by this machine's clock: {skew}"
    );
    assert!((sample(&text, "heat_check_acknowledgement_seconds_count") - 2.0).abs() < f64::EPSILON);
    let all = r#"heat_check_acknowledgement_seconds_bucket{le="+Inf"}"#;
    assert!((sample(&text, all) - 2.0).abs() < f64::EPSILON);
    assert!(sample(&text, "heat_check_store_commit_seconds_count") >= 3.0);
    assert!(sample(&text, r#"heat_check_shard_connected{shard="0"}"#) > 0.0);
    let post = r#"heat_check_rest_requests_total{route="message_post",status="2xx"}"#;
    assert!(sample(&text, post) >= 1.0);
    for id in [&question["id"], &question["channel_id"]] {
        assert!(!text.contains(id.as_str().unwrap()), "{text}");
    }
    assert_eq!(page(address, "/readyz").await.0, 200);
    let (status, kind, body) = page(address, "/healthz").await;
    assert_eq!((status, kind.as_str()), (200, "application/json"), "{body}");

    // Idle connections delay a monitor by seconds at most.
    let mut idle = Vec::new();
    for _ in 0..40 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream
            .write_all(b"GET /metrics HTTP/1.1\r\nX: ")
            .await
            .unwrap();
        idle.push(stream);
    }
    let asked = Instant::now();
    assert_eq!(page(address, "/healthz").await.0, 200);
    assert!(
        asked.elapsed() < Duration::from_secs(12),
        "{:?}",
        asked.elapsed()
    );
    drop(idle);
    let refused = reqwest::Client::new().post(format!("http://{addr}/metrics"));
    assert_eq!(refused.send().await.unwrap().status().as_u16(), 405);
    assert_eq!(page(address, "/secrets").await.0, 404);

    // Without Discord it is unhealthy, and says why.
    let Stage { sandbox, home, .. } = stage;
    sandbox.stop().await;
    let ill = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            let (status, _, body) = page(address, "/healthz").await;
            if status == 503 {
                return body;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let ill: Value = serde_json::from_str(&ill.await.unwrap()).unwrap();
    assert_eq!(ill["gateway"]["not_connected"], json!([0]), "{ill}");
    assert_eq!(ill["store"]["ok"], true, "{ill}");
    bot.kill();
    for line in home.log().lines() {
        let line: Value = serde_json::from_str(line).expect("every line of the log is JSON");
        assert!(
            line["level"].is_string() && line["timestamp"].is_string(),
            "{line}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_is_orderly() {
    let stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    let options = json!({ "rounds": 2, "seconds": 5 });
    let question = quiz(&stage, "general", options.clone()).await;
    answer(&stage, &question).await;
    quiz(&stage, "trivia", options).await;
    bot.signal("TERM");
    assert!(bot.wait(STOP_MAX).await.success(), "{}", stage.home.log());
    assert!(!stage.home.log().contains("WARN"), "{}", stage.home.log());
    let said = |channel: &str| {
        stage.discord.look(|state| {
            let messages = state.messages_in(channel).iter();
            messages.filter(|message| says_restart(message)).count()
        })
    };
    assert_eq!(
        (said("general"), said("trivia")),
        (1, 1),
        "{}",
        stage.home.log()
    );

    let _again = stage.start(&[]).await;
    for channel in ["general", "trivia"] {
        wait_for_the_end(&stage, channel).await;
    }
    assert_eq!((said("general"), said("trivia")), (1, 1));
    stage.discord.assert_no_rejections().await;
    assert!(!stage.home.log().contains("ERROR"), "{}", stage.home.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_it_at_once() {
    let mut stage = Stage::new().await;
    stage.discord.allow_rejections();
    let mut bot = stage.start(&[]).await;
    quiz(&stage, "general", json!({ "rounds": 1, "seconds": 60 })).await;
    // The restart messages hang, so that stopping takes as long as it can.
    let slow = json!({ "fault": "delay", "ms": 30_000, "route": "/messages", "times": 9 });
    stage.discord.inject(&json!({ "rest": [slow] })).await;
    bot.signal("TERM");
    let member = stage.discord.member("Foley");
    let told = tokio::time::timeout(Duration::from_secs(4), async {
        loop {
            let asked = member.slash("trivia", "quiz", json!({ "rounds": 5 })).await;
            stage.discord.wait_for_answer(&asked).await;
            let told = stage.discord.look(|state| state.told.get(&asked).cloned());
            if let Some(told) = told.filter(|told| told.contains("restarting")) {
                return told;
            }
            // The signal has not arrived yet, so this game started; it is left running.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    assert!(told.await.unwrap().contains("try again"));
    assert!(bot.ended().is_none(), "{}", stage.home.log());
    bot.signal("INT");
    let status = bot.wait(Duration::from_secs(2)).await;
    assert_eq!(status.code(), Some(130), "{}", stage.home.log());
}

#[test]
fn an_address_in_use_is_reported_at_once() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_heat-check"))
        .env_clear()
        .env("DISCORD_TOKEN", "t")
        .env("METRICS_ADDR", &address)
        .env("DATABASE_URL", "sqlite::memory:")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{said}");
    let sentence =
        format!("heat-check: METRICS_ADDR (in the sandbox --metrics): cannot listen on {address}");
    assert!(said.contains(&sentence), "{said}");
}

/// Runs a command of the program on a database.
fn command(words: &[&str], database: &str) -> (bool, String) {
    command_with(words, &[("DATABASE_URL", database)])
}

/// Runs a command of the program with these variables.
fn command_with(words: &[&str], variables: &[(&str, &str)]) -> (bool, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_heat-check"))
        .args(words)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_running_bot_is_restored_and_played_on() {
    let stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    let question = quiz(&stage, "general", json!({ "rounds": 1, "seconds": 10 })).await;
    answer(&stage, &question).await;
    let database = stage.home.database();
    let url = format!("sqlite://{}", database.display());
    let file = database.with_file_name("backup");
    let file = file.to_str().unwrap();
    let (went_well, said) = command(&["backup", file], &url);
    assert!(went_well, "{said}");
    let (_, held) = said.split_once("Backed up ").expect(&said);
    let (held, _) = held.split_once(" (").expect(&said);
    let (went_well, told) = command(&["restore", file, "--replace"], &url);
    assert!(
        !went_well && told.contains("in use by another running bot"),
        "{told}"
    );
    let (went_well, told) = command(&["backup", file], &url);
    assert!(!went_well && told.contains("already exists"), "{told}");

    bot.kill();
    for suffix in ["", "-wal", "-shm"] {
        let name = format!("{}{suffix}", database.display());
        let _ = std::fs::remove_file(name);
    }
    let (went_well, told) = command(&["restore", file], &url);
    assert!(went_well && told.contains(held), "{told}, {held} before");
    let restored = Connection::open(&database).unwrap();
    let answers = "SELECT count(*) FROM events WHERE body ->> 'event' = 'answered'";
    let answers: u32 = restored.query_row(answers, [], |row| row.get(0)).unwrap();
    assert_eq!(answers, 1);
    let events = "SELECT count(*) FROM events";
    let events: u32 = restored.query_row(events, [], |row| row.get(0)).unwrap();
    assert_eq!(held, format!("1 games of {events} events"));
    drop(restored);
    let _again = stage.start(&[]).await;
    wait_for_the_end(&stage, "general").await;
    stage.discord.assert_no_rejections().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_says_what_is_wrong() {
    let mut stage = Stage::new().await;
    stage.discord.allow_rejections();
    stage.home.leave_compiled_packs();
    let address = free_address().to_string();
    let url = stage.sandbox.url();
    let database = format!("sqlite://{}", stage.home.database().display());
    let sound = [
        ("DISCORD_TOKEN", TOKEN),
        ("DISCORD_API_URL", url.as_str()),
        ("DATABASE_URL", database.as_str()),
        ("METRICS_ADDR", address.as_str()),
    ];
    let ask = |changed: &[(&'static str, &str)]| {
        let mut variables: Vec<(&str, &str)> = sound.to_vec();
        variables.extend(changed);
        tokio::task::block_in_place(|| command_with(&["doctor"], &variables))
    };
    let (is_well, said) = ask(&[]);
    assert!(is_well && !said.contains("fault "), "{said}");
    for part in [
        "Variables",
        "Token",
        "Intents",
        "Installation",
        "Clock",
        "Gateway",
        "Servers",
        "Database",
        "Disk",
        "Packs",
    ] {
        let is_ok = |line: &str| line.starts_with("ok ") && line.contains(part);
        assert!(said.lines().any(is_ok), "{part}: {said}");
    }
    assert!(!stage.home.database().exists(), "it makes nothing");
    // Without a token it looks at what it can, and names what it cannot.
    let (is_well, said) = tokio::task::block_in_place(|| command_with(&["doctor"], &sound[1..]));
    for line in [
        "fault    Variables    DISCORD_TOKEN is not set",
        "ok       Discord",
        "left out Token        needs DISCORD_TOKEN: whether",
        "ok       Clock        it agrees",
        "ok       Database",
        "left out Leaderboards",
        "ok       Packs",
    ] {
        assert!(!is_well && said.contains(line), "{line}: {said}");
    }
    let (is_well, _) = command_with(&["healthcheck"], &sound);
    assert!(!is_well, "nothing runs there");

    // Nothing is wrong while the bot runs, either.
    let _bot = stage.start(&[("METRICS_ADDR", &address)]).await;
    let (is_well, said) = ask(&[]);
    assert!(is_well && said.contains("sound and writable"), "{said}");
    let (is_well, said) = command_with(&["healthcheck"], &sound);
    assert!(is_well && said.contains("\"ok\":true"), "{said}");

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.json"), "{").unwrap();
    let packs = folder.path().to_str().unwrap().to_owned();
    let poem = folder.path().join("poem.db");
    std::fs::write(&poem, "Roses are red.".repeat(500)).unwrap();
    let poem = format!("sqlite://{}", poem.display());
    for (changed, part, sentence) in [
        (
            ("DISCORD_TOKEN", "s3cret"),
            "Token",
            "copy it again from the Bot page",
        ),
        (
            ("DISCORD_API_URL", "http://127.0.0.1:9"),
            "Discord",
            "check the network",
        ),
        (
            ("DATABASE_URL", poem.as_str()),
            "Database",
            "not a database",
        ),
        (
            ("DATABASE_URL", "sqlite:///no/such/heat.db"),
            "Database",
            "create it first",
        ),
        (("PACK_DIR", packs.as_str()), "Packs", "this is not JSON"),
        (
            ("METRICS_ADDR", "192.0.2.1:1"),
            "METRICS_ADDR",
            "of this machine",
        ),
        (("SHARDS", "x"), "Variables", "SHARDS is \"x\""),
    ] {
        let (is_well, said) = ask(&[changed]);
        assert!(!is_well && said.contains(sentence), "{changed:?}: {said}");
        let line = said.lines().find(|line| line.starts_with("fault "));
        assert!(line.unwrap().contains(part), "{changed:?}: {said}");
        assert!(!said.contains("s3cret") && !said.contains(TOKEN), "{said}");
    }
}
