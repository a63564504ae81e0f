//! A process cut off from its database: replaced because it seemed dead, or waiting for a server
//! that is down.

use crate::common::message::{choice, choices, text};
use crate::common::process::{Home, Process};
use crate::common::stage::{self, Stage};
use crate::common::{free_address, postgres};
use discord_sandbox::Options;
use heat_check::config::Endpoint;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long members click after the old process has come back.
const CLICKING: Duration = Duration::from_secs(3);

#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_process_says_nothing() {
    let server = postgres::shared();
    let mut stage = Stage::with(Home::on(server), stage::options()).await;
    // A click that two processes answer: the second is told that it is too late.
    stage.discord.allow_rejections();
    let discord = &stage.discord;
    let mut old = stage.start(&[("SHARDS", "0-0/1")]).await;
    let foley = discord.member("Foley");
    let channels = ["trivia", "general"];
    let short = json!({ "rounds": 1, "seconds": 5 });
    foley.quiz(channels[0], short).await;
    let long = json!({ "rounds": 3, "seconds": 120 });
    foley.quiz(channels[1], long).await;
    for channel in channels {
        discord.question(channel, 1).await;
    }

    old.signal("STOP");
    let home = stage.home.beside();
    let _new = stage.spawn(&home, &[("SHARDS", "0-0/1")]);
    discord.scoreboard(channels[0]).await;
    let question = discord
        .wait_for_message(channels[1], "a question that goes on", |message| {
            text(&message["embeds"][0], "title").starts_with("Question 1 of ")
                && home.log().contains("gateway.ready")
        })
        .await;
    let before = discord.look(|state| state.messages_in(channels[0]).to_vec());

    old.signal("CONT");
    let begin = Instant::now();
    let mut clicks = Vec::new();
    let members = ["Grip", "Gaffer", "Clapper"].map(|name| discord.member(name));
    while begin.elapsed() < CLICKING {
        for member in &members {
            clicks.push(member.click(&question, &choice(&question, 0)).await);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let status = old.wait(crate::common::DEADLINE).await;
    assert!(!status.success(), "{}", stage.home.log());
    let after = discord.look(|state| state.messages_in(channels[0]).to_vec());
    assert_eq!(after, before, "it spoke of a game that is over");
    for click in clicks {
        discord.wait_for_answer(&click).await;
        let told = discord
            .wait_for("what the member was told", |state| {
                state.told.get(&click).cloned()
            })
            .await;
        let is_taken = told.starts_with("Locked in") || told.starts_with("Your first answer");
        assert!(is_taken, "{told}\n{}", stage.home.log());
    }
}

/// Where Discord accepts no deferral, a refusal must come before the database responds.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_typed_answer_is_refused_in_time_while_the_server_is_down() {
    let mut server = postgres::Server::start();
    let url = server.schema("read committed");
    let stage = Stage::new().await;
    let _bot = stage.start(&[("DATABASE_URL", &url)]).await;
    let foley = stage.discord.member("Foley");
    let options = json!({ "rounds": 2, "seconds": 120, "answers": "typed" });
    foley.quiz("trivia", options).await;
    let question = stage.discord.question("trivia", 1).await;
    server.order("stop");
    // At once, and after the lease has expired.
    for _ in 0..3 {
        let opened = foley.click(&question, "Answer").await;
        stage.discord.wait_for_answer(&opened).await;
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    server.order("start");
    let came_back = async {
        while stage.discord.look(|state| state.modals.is_empty()) {
            let opened = foley.click(&question, "Answer").await;
            stage.discord.wait_for_answer(&opened).await;
        }
    };
    tokio::time::timeout(crate::common::DEADLINE, came_back)
        .await
        .unwrap();
}

/// A process that serves some shards' servers and receives interactions over HTTP.
async fn serve(stage: &Stage, home: &Home, shards: &str) -> (Process, Endpoint) {
    let key = stage.sandbox.public_key();
    let endpoint = Endpoint::new(free_address(), &key).unwrap();
    let address = endpoint.address.to_string();
    let process = stage.spawn(
        home,
        &[
            ("SHARDS", shards),
            ("INTERACTIONS_ADDR", &address),
            ("DISCORD_PUBLIC_KEY", &key),
        ],
    );
    stage.discord.use_endpoint(Some(endpoint)).await;
    (process, endpoint)
}

/// Two processes behind one address, each for its own servers: a click may reach the other one, before
/// or after it counted.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn the_process_without_a_game_does_not_call_it_over() {
    let options = Options {
        shards: 2,
        ..stage::options()
    };
    let stage = Stage::with(Home::on(postgres::shared()), options).await;
    let beside = stage.home.beside();
    let (_other, without) = serve(&stage, &beside, "1-1/2").await;
    let (_own, with) = serve(&stage, &stage.home, "0-0/2").await;
    let discord = &stage.discord;
    discord.wait_for_command("quiz").await;
    let [foley, grip, clapper] = ["Foley", "Grip", "Clapper"].map(|name| discord.member(name));
    let options = json!({ "rounds": 2, "seconds": 120 });
    foley.quiz("trivia", options).await;
    let question = discord.question("trivia", 1).await;
    let told = async |press: &str| {
        discord.wait_for_answer(press).await;
        let said = |state: &crate::common::State| state.told.get(press).cloned();
        discord.wait_for("what the member was told", said).await
    };
    let first = grip.click(&question, &choice(&question, 0)).await;
    assert!(told(&first).await.starts_with("Locked in: **A**"));

    discord.use_endpoint(Some(without)).await;
    let buttons = choices(&question).into_iter();
    let buttons = buttons.map(|button: &Value| text(button, "custom_id"));
    for button in buttons.chain(["Hint −50 %", "Skip", "Pause", "Stop"].map(str::to_owned)) {
        for member in [&grip, &clapper] {
            let press = member.click(&question, &button).await;
            let told = told(&press).await;
            assert!(told.contains("Another part of me"), "{button}: {told}");
        }
    }

    discord.use_endpoint(Some(with)).await;
    let again = grip.click(&question, &choice(&question, 1)).await;
    let counts = told(&again).await;
    assert!(
        counts.starts_with("Your first answer counts: **A**"),
        "{counts}"
    );
    let late = clapper.click(&question, &choice(&question, 2)).await;
    assert!(told(&late).await.starts_with("Locked in: **C**"));
    discord.assert_no_rejections().await;
}
