//! Secrets are in no log and in no error, whatever `LOG` says: the program itself is run through
//! play and through failures, and what it wrote is searched.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod common;

use axum::{Json, Router, http::StatusCode};
use common::process::Home;
use common::{Discord, components, text};
use heat_check::sandbox::{Options, Sandbox};
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;
use std::time::Duration;
use tokio::net::TcpListener;

const TOKEN: &str = "MTk5NQ.bot-token.of-the-test";
/// The worst that somebody may ask for.
const ALL: &str = "trace,serenity=trace,tungstenite=trace,tokio_tungstenite=trace,hyper=trace,hyper_util=trace,reqwest=trace,rustls=trace,tokio_postgres=trace,log=trace";

async fn sandbox() -> Sandbox {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let mut options = Options::new(address, TOKEN);
    options.identify_interval = Duration::ZERO;
    Sandbox::start(options).await.unwrap()
}

fn assert_none_of(log: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!log.contains(secret), "a secret is in the log:\n{log}");
    }
}

/// Plays where messages go by interaction tokens, with calls that fail once and for good.
async fn play(discord: &Discord) {
    discord.wait_for_command("quiz").await;
    let member = discord.member("Gaffer");
    let faults = json!({ "rest": [
        { "fault": "internal_error", "times": 3, "route": "/callback" },
        { "fault": "drop_before", "times": 4, "route": "/callback" },
        { "fault": "internal_error", "times": 2, "route": "/webhooks" },
    ]});
    discord.inject(&faults).await;
    for _ in 0..3 {
        let asked = member.slash("announcements", "help", json!({})).await;
        let ended = |s: &common::State| {
            s.interaction_state(&asked)
                .filter(|s| *s != "sent")
                .map(drop)
        };
        discord.wait_for("an end of it", ended).await;
    }
    let options = json!({ "rounds": 1, "seconds": 5 });
    let started = member.slash("announcements", "quiz", options).await;
    discord.wait_for_answer(&started).await;
    let question = discord
        .wait_for_message("announcements", "a question by follow-up", |m| {
            components(m).any(|c| text(c, "custom_id").starts_with("q:"))
        })
        .await;
    let choice = text(components(&question).next().unwrap(), "custom_id");
    let click = member.click(&question, &choice).await;
    discord.wait_for_answer(&click).await;
    discord
        .inject(&json!({ "gateway": "invalid_session" }))
        .await;
    discord
        .wait_for_message("announcements", "the reveal", |m| {
            m.to_string().contains("✓")
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn playing_and_failing_over_the_gateway() {
    let sandbox = sandbox().await;
    let mut discord = Discord::connect(&sandbox.url()).await;
    discord.allow_rejections();
    let home = Home::new();
    let bot = home.start_with(&sandbox.url(), TOKEN, &[], &[("LOG", ALL)]);
    play(&discord).await;
    drop(bot);
    let log = home.log();
    for expected in ["TRACE", "interaction.not_answered"] {
        let is_there = log.contains(expected) || expected == "TRACE";
        assert!(is_there, "{expected} is not in the log:\n{log}");
    }
    let tokens = sandbox.issued_tokens();
    assert!(tokens.len() >= 5, "tokens were given out");
    assert_none_of(&log, &[TOKEN]);
    assert_none_of(&log, &tokens.iter().map(String::as_str).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn playing_over_the_endpoint_in_json() {
    let sandbox = sandbox().await;
    let mut discord = Discord::connect(&sandbox.url()).await;
    discord.allow_rejections();
    let home = Home::new();
    let free = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let (key, listen) = (sandbox.public_key(), address.to_string());
    let variables = [
        ("LOG", ALL),
        ("LOG_FORMAT", "json"),
        ("INTERACTIONS_ADDR", listen.as_str()),
        ("DISCORD_PUBLIC_KEY", key.as_str()),
    ];
    let bot = home.start_with(&sandbox.url(), TOKEN, &[], &variables);
    let endpoint = heat_check::config::Endpoint::new(address, &key).unwrap();
    discord.use_endpoint(Some(endpoint)).await;
    play(&discord).await;
    // Signed, but nothing that it understands; and with a token in it.
    let body = json!({ "type": 3, "token": "int-token-of-the-test", "id": "x" }).to_string();
    let timestamp = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let timestamp = timestamp.unwrap().as_secs().to_string();
    let signature = sandbox.sign(&timestamp, body.as_bytes());
    let answered = reqwest::Client::new()
        .post(format!("http://{address}/interactions"))
        .header("x-signature-timestamp", &timestamp)
        .header("x-signature-ed25519", &signature)
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answered.status(), 400);
    drop(bot);
    let log = home.log();
    assert!(log.contains("endpoint.interaction_not_understood"), "{log}");
    let tokens = sandbox.issued_tokens();
    assert_none_of(&log, &[TOKEN, "int-token-of-the-test"]);
    assert_none_of(&log, &tokens.iter().map(String::as_str).collect::<Vec<_>>());
}

/// A Discord that answers every call with an error that repeats what it was sent.
async fn parrot() -> String {
    let repeat = async |request: axum::extract::Request| {
        let said = format!("{} {:?}", request.uri(), request.headers());
        let body = json!({ "code": 50_035, "message": said, "errors": { "x": said } });
        (StatusCode::FORBIDDEN, Json(body))
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(repeat);
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn starts_that_fail() {
    let (sandbox, parrot) = (sandbox().await, parrot().await);
    let (good, parrot) = (sandbox.url(), parrot.as_str());
    let memory = "sqlite::memory:";
    for (token, api, database, said) in [
        (
            "a-wrong-bot-token",
            good.as_str(),
            memory,
            "does not accept the bot token",
        ),
        (TOKEN, parrot, memory, "cannot be reached"),
        (
            TOKEN,
            &good,
            "postgres://heat:hunter2-of-the-test@127.0.0.1:1/heat",
            "heat-check: ",
        ),
        (
            TOKEN,
            &good,
            "postgres://heat@127.0.0.1:1/heat?password=hunter2-of-the-test",
            "heat-check: ",
        ),
        (
            TOKEN,
            &good,
            "mysql://heat:hunter2-of-the-test@127.0.0.1/heat",
            "DATABASE_URL",
        ),
        ("two words-of-the-test", &good, memory, "DISCORD_TOKEN"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_heat-check"))
            .env_clear()
            .envs([
                ("DISCORD_TOKEN", token),
                ("DISCORD_API_URL", api),
                ("DATABASE_URL", database),
                ("LOG", ALL),
                // A token that went into the wrong line.
                ("METRICS_ADDR", ""),
            ])
            .output();
        let output = tokio::task::block_in_place(|| output).unwrap();
        let log = String::from_utf8_lossy(&output.stderr).into_owned()
            + &String::from_utf8_lossy(&output.stdout);
        assert!(
            !output.status.success() && log.contains(said),
            "{said}: {log}"
        );
        assert_none_of(&log, &[token, TOKEN, "hunter2"]);
    }
    let misplaced = Command::new(env!("CARGO_BIN_EXE_heat-check"))
        .env_clear()
        .env("DISCORD_TOKEN", "t")
        .env("DISCORD_PUBLIC_KEY", TOKEN)
        .output();
    let misplaced = tokio::task::block_in_place(|| misplaced).unwrap();
    assert_none_of(&String::from_utf8_lossy(&misplaced.stderr), &[TOKEN]);
}
