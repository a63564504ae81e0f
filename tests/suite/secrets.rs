//! No log and no error contains a secret, whatever `LOG` says: the program runs through play and
//! failures, and its output is searched.

use crate::common::message::{choice, choices};
use crate::common::process::Home;
use crate::common::stage::{self, Stage};
use crate::common::{Discord, free_address};
use axum::{Json, Router, http::StatusCode};
use discord_sandbox::Options;
use serde_json::json;
use std::net::Ipv4Addr;
use std::process::Command;
use tokio::net::TcpListener;

const TOKEN: &str = "MTk5NQ.bot-token.of-the-test";
/// The most verbose setting possible.
const ALL: &str = "trace,serenity=trace,tungstenite=trace,tokio_tungstenite=trace,hyper=trace,hyper_util=trace,reqwest=trace,rustls=trace,tokio_postgres=trace,log=trace";

/// Here, calls are meant to fail.
async fn stage() -> Stage {
    let options = Options {
        token: TOKEN.to_owned(),
        ..stage::options()
    };
    let mut stage = Stage::with(Home::new(), options).await;
    stage.discord.allow_rejections();
    stage
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
        let ended = |s: &crate::common::State| {
            s.interaction_state(&asked)
                .filter(|s| *s != "sent")
                .map(drop)
        };
        discord.wait_for("an end of it", ended).await;
    }
    let options = json!({ "rounds": 1, "seconds": 5 });
    member.quiz("announcements", options).await;
    let question = discord
        .wait_for_message("announcements", "a question by follow-up", |m| {
            !choices(m).is_empty()
        })
        .await;
    member.press(&question, &choice(&question, 0)).await;
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
async fn play_and_failures_over_the_gateway_log_no_secret() {
    let stage = stage().await;
    let bot = stage.start(&[("LOG", ALL)]).await;
    play(&stage.discord).await;
    drop(bot);
    let log = stage.home.log();
    for expected in ["TRACE", "interaction.not_answered"] {
        let is_there = log.contains(expected) || expected == "TRACE";
        assert!(is_there, "{expected} is not in the log:\n{log}");
    }
    let tokens = stage.sandbox.issued_tokens();
    assert!(tokens.len() >= 5, "tokens were given out");
    assert_none_of(&log, &[TOKEN]);
    assert_none_of(&log, &tokens.iter().map(String::as_str).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn play_over_the_endpoint_in_json_logs_no_secret() {
    let stage = stage().await;
    let (sandbox, address) = (&stage.sandbox, free_address());
    let (key, listen) = (sandbox.public_key(), address.to_string());
    let variables = [
        ("LOG", ALL),
        ("LOG_FORMAT", "json"),
        ("INTERACTIONS_ADDR", listen.as_str()),
        ("DISCORD_PUBLIC_KEY", key.as_str()),
    ];
    let bot = stage.spawn(&stage.home, &variables);
    let endpoint = heat_check::config::Endpoint::new(address, &key).unwrap();
    stage.discord.use_endpoint(Some(endpoint)).await;
    play(&stage.discord).await;
    // Signed, but not an interaction it understands, and containing a token.
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
    let log = stage.home.log();
    assert!(log.contains("endpoint.interaction_not_understood"), "{log}");
    let tokens = stage.sandbox.issued_tokens();
    assert_none_of(&log, &[TOKEN, "int-token-of-the-test"]);
    assert_none_of(&log, &tokens.iter().map(String::as_str).collect::<Vec<_>>());
}

/// A Discord that answers every call with an error that quotes the request.
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
async fn failed_starts_print_no_secret() {
    let (stage, parrot) = (stage().await, parrot().await);
    let (good, parrot) = (stage.sandbox.url(), parrot.as_str());
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
                // A token set in the wrong variable.
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
