//! Results of games outside Discord: sent to the operator's webhook, signed and at least once even
//! if the bot is killed; as a table on the command line; and as a table for managers of the server.

use crate::common::message::choice;
use crate::common::stage::Stage;
use crate::common::{Member, component, text};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const KEY: &[u8] = b"a key of thirty-two bytes, no less";
/// How long a try may take to arrive: the second one waits five seconds.
const WAIT_MAX: Duration = Duration::from_secs(60);

/// A try that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Delivery {
    id: String,
    body: String,
    is_signed: bool,
}

#[derive(Clone)]
struct Receiver {
    takes: Arc<AtomicBool>,
    deliveries: UnboundedSender<Delivery>,
}

async fn hear(State(receiver): State<Receiver>, head: HeaderMap, body: String) -> StatusCode {
    let header = |name: &str| head[name].to_str().unwrap().to_owned();
    let (id, at) = (header("webhook-id"), header("webhook-timestamp"));
    let mut mac = Hmac::<Sha256>::new_from_slice(KEY).unwrap();
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let is_signed = header("webhook-signature") == format!("v1,{signature}");
    let delivery = Delivery {
        id,
        body,
        is_signed,
    };
    receiver.deliveries.send(delivery).unwrap();
    if receiver.takes.load(Ordering::Relaxed) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

/// A webhook on this machine, and what it receives.
async fn listen(takes: &Arc<AtomicBool>) -> (String, UnboundedReceiver<Delivery>) {
    let (deliveries, heard) = unbounded_channel();
    let takes = Arc::clone(takes);
    let app = axum::Router::new()
        .route("/results", post(hear))
        .with_state(Receiver { takes, deliveries });
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await;
    let listener = listener.unwrap();
    let url = format!("http://{}/results", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, heard)
}

async fn next(heard: &mut UnboundedReceiver<Delivery>) -> Delivery {
    let delivery = tokio::time::timeout(WAIT_MAX, heard.recv()).await;
    delivery.expect("a result is sent").unwrap()
}

/// The file attached to a message.
async fn file(message: &Value) -> String {
    let url = text(&message["attachments"][0], "url");
    reqwest::get(url).await.unwrap().text().await.unwrap()
}

async fn press(who: &Member<'_>, message: &Value, button: &str) -> Value {
    let pressed = who.click(message, button).await;
    who.answer("general", &pressed).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_is_told_over_a_kill_and_given_as_a_table() {
    let stage = Stage::new().await;
    let takes = Arc::new(AtomicBool::new(false));
    let (url, mut heard) = listen(&takes).await;
    let secret = format!("whsec_{}", STANDARD.encode(KEY));
    let variables = [
        ("RESULTS_WEBHOOK_URL", url.as_str()),
        ("RESULTS_WEBHOOK_SECRET", &secret),
        ("RESULTS_WEBHOOK_PRIVATE", "true"),
    ];
    let mut bot = stage.start(&variables).await;
    let discord = &stage.discord;
    let [gaffer, foley] = ["Gaffer", "Foley"].map(|name| discord.member(name));
    gaffer
        .quiz("general", json!({ "rounds": 1, "seconds": 5 }))
        .await;
    let question = discord.question("general", 1).await;
    gaffer.press(&question, &choice(&question, 0)).await;
    discord.scoreboard("general").await;

    // Rejected, then killed: the next process sends it again with the same id.
    let first = next(&mut heard).await;
    assert!(first.is_signed, "{first:?}");
    stage.kill(&mut bot).await;
    while heard.try_recv().is_ok() {}
    takes.store(true, Ordering::Relaxed);
    let _bot = stage.start(&variables).await;
    assert_eq!(next(&mut heard).await, first);
    let body: Value = serde_json::from_str(&first.body).unwrap();
    assert_eq!(
        (&body["type"], &body["schema"]),
        (&json!("game.ended"), &json!(1))
    );
    let data = &body["data"];
    assert_eq!(first.id, format!("game-{}", data["game"].as_str().unwrap()));
    assert_eq!(data["players"][0]["member"], gaffer.user_id.as_str());
    assert_eq!(data["ended"], "finished");
    assert!(!stage.home.log().contains(&url), "an address may be secret");

    // The operator's table, while the bot runs.
    let guild = data["server"].as_str().unwrap();
    let read = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_heat-check"))
            .args(words)
            .env_clear()
            .env("DATABASE_URL", stage.home.url())
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let table = read(&[
        "results",
        "--csv",
        "--guild",
        guild,
        "--since",
        "2020-01-01",
    ]);
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("game,server,channel"), "{table}");
    assert!(
        lines.len() == 2 && lines[1].contains(&gaffer.user_id),
        "{table}"
    );
    assert_eq!(read(&["results", "--guild", "1"]), "");
    let documents = read(&["results"]);
    assert_eq!(documents.trim_end(), first.body);

    // A manager's tables are private.
    let board = gaffer.ask("general", "leaderboard", json!({})).await;
    let given = press(&gaffer, &board, "Save as CSV").await;
    assert_eq!(given["visible_to"], gaffer.user_id.as_str());
    let saved = file(&given).await;
    assert!(
        saved.starts_with("place,member,points,right,answered\r\n1,"),
        "{saved}"
    );
    let games = press(&gaffer, &given, "Games as CSV").await;
    assert_eq!(file(&games).await, table);
    let refused = press(&foley, &board, "Save as CSV").await;
    assert!(refused["attachments"].as_array().is_none_or(Vec::is_empty));
    assert!(
        text(&refused, "content").contains("manage this server"),
        "{refused:#}"
    );
    let theirs = foley.ask("general", "leaderboard", json!({})).await;
    assert!(component(&theirs, "Save as CSV").is_none());
    discord.assert_no_rejections().await;
}
