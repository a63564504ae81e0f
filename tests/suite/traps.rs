//! The traps of serenity 0.12.5 and of a faulty network, each with a test that would fall into it.
//! Faults are injected into the simulated Discord.

use crate::common::evening::{Bot, Evening};
use crate::common::message::{choice, title};
use crate::common::stage::{Stage, TOKEN};
use axum::{Json, Router, http::StatusCode, routing::get};
use heat_check::bot;
use serde_json::json;
use std::net::Ipv4Addr;
use tokio::net::TcpListener;

/// serenity requests the gateway's address itself, and if that fails connects to Discord's own. The
/// bot must stay with the address it was given first.
#[tokio::test(flavor = "multi_thread")]
async fn a_failing_gateway_address_does_not_lead_to_discord() {
    let Stage {
        sandbox,
        mut discord,
        ..
    } = Stage::new().await;
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
    let _bot = Bot::run(bot::Options {
        api_url: Some(url),
        ..bot::Options::new(TOKEN, "sqlite::memory:")
    });
    discord.wait_until_online().await;
}

/// Every way a REST call may fail and be retried during a game: nothing is posted twice, and the
/// game finishes.
#[tokio::test(flavor = "multi_thread")]
async fn a_game_survives_a_faulty_rest_interface() {
    let mut evening = Evening::begin().await;
    // An answer whose acknowledgement was lost is sent again, and refused as a repeat.
    evening.discord.allow_rejections();
    let discord = &evening.discord;
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
    let gaffer = evening.member("Gaffer");
    gaffer.slash("trivia", "quiz", options).await;
    for number in 1..=2 {
        let question = discord.question("trivia", number).await;
        gaffer.press(&question, &choice(&question, 0)).await;
        discord.reveal(&question).await;
    }
    discord.scoreboard("trivia").await;
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
        let begin = format!("Question {number} of 2");
        let shown = state.messages_in("trivia").iter();
        let posted = shown.filter(|m| title(m).starts_with(&begin)).count();
        assert_eq!(posted, 1, "{}", state.dump());
    }
}

/// Dropped sockets, reconnect requests and lost sessions between and within rounds; the clicks
/// that Discord sends twice count once.
#[tokio::test(flavor = "multi_thread")]
async fn a_game_survives_a_faulty_gateway() {
    let evening = Evening::begin().await;
    let discord = &evening.discord;
    let options = json!({ "rounds": 3, "seconds": 10 });
    let gaffer = evening.member("Gaffer");
    gaffer.quiz("trivia", options).await;
    for (number, fault) in (1..=3).zip(["drop", "reconnect", "invalid_session"]) {
        let question = discord.question("trivia", number).await;
        discord.inject(&json!({ "gateway": fault })).await;
        discord.wait_until_online().await;
        if fault == "invalid_session" {
            // Clicks made while a lost session is replaced never reach the bot; the game still
            // continues by its own clock.
            let _ = gaffer.try_click(&question, "Skip").await;
        } else {
            discord.inject(&json!({ "duplicate_dispatches": 1 })).await;
            gaffer.press(&question, &choice(&question, 0)).await;
        }
        discord.reveal(&question).await;
    }
    let scoreboard = discord.scoreboard("trivia").await;
    assert!(
        scoreboard.to_string().contains("of 2 right"),
        "{scoreboard:#}"
    );
}
