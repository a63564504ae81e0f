//! The traps of serenity 0.12.5 and of a faulty network, each with a test that falls into it if
//! the bot ever does again. Faults are injected into the simulated Discord.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod common;

use axum::{Json, Router, http::StatusCode, routing::get};
use common::{Discord, component, components, text};
use heat_check::bot;
use heat_check::sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::net::TcpListener;

async fn sandbox() -> Sandbox {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let mut options = Options::new(address, "the-bot-token");
    options.identify_interval = Duration::ZERO;
    Sandbox::start(options).await.unwrap()
}

/// Starts the bot in this process; it ends with the test's runtime.
fn start_bot(api_url: String) {
    let options = bot::Options {
        api_url: Some(api_url),
        ..bot::Options::new("the-bot-token", "sqlite::memory:")
    };
    tokio::spawn(bot::run(options, std::future::pending()));
}

async fn question(discord: &Discord, number: usize) -> Value {
    let title = format!("Question {number} of ");
    let what = format!("question {number}");
    discord
        .wait_for_message("trivia", &what, |m| {
            let shown = text(&m["embeds"][0], "title");
            shown.starts_with(&title)
                && components(m)
                    .any(|c| c["disabled"] != true && text(c, "custom_id").starts_with("q:"))
        })
        .await
}

async fn answer(discord: &Discord, question: &Value) {
    let first = components(question).next().unwrap();
    let member = discord.member("Gaffer");
    let click = member.click(question, &text(first, "custom_id")).await;
    discord.wait_for_answer(&click).await;
}

async fn revealed(discord: &Discord, question: &Value) {
    discord
        .wait_for_message("trivia", "the reveal", |m| {
            m["id"] == question["id"] && component(m, "Skip").is_none()
        })
        .await;
}

/// serenity asks for the gateway by itself, and when that fails goes to Discord's own. The bot
/// must stay with the address that it was given first.
#[tokio::test(flavor = "multi_thread")]
async fn a_failing_gateway_address_does_not_lead_to_discord() {
    let sandbox = sandbox().await;
    let mut discord = Discord::connect(&sandbox.url()).await;
    discord.allow_rejections();
    let gateway = format!("{}/gateway", sandbox.url().replacen("http", "ws", 1));
    let bot_gateway = json!({
        "url": gateway, "shards": 1,
        "session_start_limit": {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1},
    });
    let front = Router::new()
        .route("/api/v10/gateway/bot", get(async move || Json(bot_gateway)))
        .route(
            "/api/v10/gateway",
            get(async || StatusCode::INTERNAL_SERVER_ERROR),
        );
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, front).await });
    start_bot(url);
    discord
        .wait_for("the bot on the simulated gateway", |state| {
            (state.bot["online"] == true).then_some(())
        })
        .await;
}

/// Every way in which a REST call may fail and be tried again, while a game goes on: nothing is
/// posted twice, and the game comes to its end.
#[tokio::test(flavor = "multi_thread")]
async fn a_game_survives_a_faulty_rest_interface() {
    let sandbox = sandbox().await;
    let mut discord = Discord::connect(&sandbox.url()).await;
    // An answer whose acknowledgement was lost is sent again, and refused as sent twice.
    discord.allow_rejections();
    start_bot(sandbox.url());
    discord.wait_for_command("quiz").await;
    discord
        .inject(&json!({ "rest": [
            { "fault": "rate_limited", "times": 1, "route": "POST /api/v10/channels" },
            { "fault": "internal_error", "times": 1, "route": "POST /api/v10/channels" },
            { "fault": "drop_after", "times": 1, "route": "POST /api/v10/channels" },
            { "fault": "bad_gateway", "times": 1, "route": "PATCH /api/v10/channels" },
            { "fault": "drop_before", "times": 1, "route": "PATCH /api/v10/channels" },
            { "fault": "internal_error", "times": 1, "route": "/callback" },
            { "fault": "drop_after", "times": 1, "route": "/callback" },
        ]}))
        .await;
    let options = json!({ "rounds": 2, "seconds": 5 });
    discord
        .member("Gaffer")
        .slash("trivia", "quiz", options)
        .await;
    for number in 1..=2 {
        let question = question(&discord, number).await;
        answer(&discord, &question).await;
        revealed(&discord, &question).await;
    }
    discord
        .wait_for_message("trivia", "the scoreboard", |m| {
            component(m, "Play again").is_some()
        })
        .await;
    for rejection in discord.rejections().await {
        assert_eq!(rejection["code"], 40_060, "{rejection:#}");
    }
    let state = discord.state();
    assert!(
        state.dump().contains("of 2 right"),
        "both answers count: {}",
        state.dump()
    );
    for number in 1..=2 {
        let title = format!("Question {number} of 2");
        let shown = state.messages_in("trivia").iter();
        let posted = shown
            .filter(|m| text(&m["embeds"][0], "title").starts_with(&title))
            .count();
        assert_eq!(posted, 1, "{}", state.dump());
    }
}

/// Dropped sockets, reconnect requests and lost sessions between and within rounds; the clicks
/// that Discord sends twice count once.
#[tokio::test(flavor = "multi_thread")]
async fn a_game_survives_a_faulty_gateway() {
    let sandbox = sandbox().await;
    let discord = Discord::connect(&sandbox.url()).await;
    start_bot(sandbox.url());
    discord.wait_for_command("quiz").await;
    let options = json!({ "rounds": 3, "seconds": 10 });
    discord
        .member("Gaffer")
        .slash("trivia", "quiz", options)
        .await;
    for (number, fault) in (1..=3).zip(["drop", "reconnect", "invalid_session"]) {
        let question = question(&discord, number).await;
        discord.inject(&json!({ "gateway": fault })).await;
        discord
            .wait_for("the bot to come back", |state| {
                (state.bot["online"] == true).then_some(())
            })
            .await;
        if fault != "invalid_session" {
            discord.inject(&json!({ "duplicate_dispatches": 1 })).await;
            answer(&discord, &question).await;
        }
        let skip = discord.member("Gaffer");
        if fault == "invalid_session" {
            // What is clicked while a lost session is made anew never reaches the bot; the game
            // goes on by its own clock all the same.
            let _ = skip.try_click(&question, "Skip").await;
        }
        discord
            .wait_for_message("trivia", "the reveal", |m| {
                m["id"] == question["id"] && component(m, "Skip").is_none()
            })
            .await;
    }
    let scoreboard = discord
        .wait_for_message("trivia", "the scoreboard", |m| {
            component(m, "Play again").is_some()
        })
        .await;
    assert!(
        scoreboard.to_string().contains("of 2 right"),
        "{scoreboard:#}"
    );
}
