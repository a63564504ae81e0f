//! Requests that Discord did not send, or not in this form: all are refused, cost little, and
//! reveal nothing.

use super::forger::{Target, seconds};
use crate::common::DEADLINE;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const PING: &str = r#"{"id":"1","application_id":"1","type":1,"token":"t","version":1}"#;

fn help(target: &Target) -> Value {
    let seat = target.seat("Foley", "trivia");
    let data = json!({ "id": "1", "name": "help", "type": 1 });
    target.interaction(2, &seat, &data)
}

#[tokio::test(flavor = "multi_thread")]
async fn only_requests_that_discord_signed_recently_are_answered() {
    let target = Target::start().await;
    let body = || PING.as_bytes().to_vec();
    let now = seconds(0);
    assert_eq!(
        target.post(body(), now.clone()).await.body,
        json!({ "type": 1 })
    );
    // Some seconds of difference between two clocks are fine.
    for ago in [-30, 200] {
        assert_eq!(target.post(body(), seconds(ago)).await.status, 200);
    }
    for ago in [-120, 400, 1_000_000] {
        assert_eq!(target.post(body(), seconds(ago)).await.status, 401, "{ago}");
    }
    let good = target.sandbox.sign(&now, PING.as_bytes());
    let other_body = target.sandbox.sign(&now, b"{}");
    // One second before the signed time, not before the current time.
    let before = now.parse::<i64>().unwrap() - 1;
    let other_time = target.sandbox.sign(&before.to_string(), PING.as_bytes());
    let flipped = good.replace(&good[..1], if good.starts_with('0') { "1" } else { "0" });
    for signature in [
        &*other_body,
        &*other_time,
        &*flipped,
        "",
        "zz",
        &*"0".repeat(128),
    ] {
        let headers = [
            ("x-signature-ed25519", signature),
            ("x-signature-timestamp", &*now),
        ];
        let answer = target.post_with(body(), &headers).await;
        assert_eq!(
            (answer.status, answer.body),
            (401, Value::Null),
            "{signature}"
        );
    }
    for headers in [
        &[][..],
        &[("x-signature-ed25519", &*good)],
        &[("x-signature-timestamp", &*now)],
        &[
            ("x-signature-ed25519", &*good),
            ("x-signature-timestamp", "soon"),
        ],
        &[
            ("x-signature-ed25519", &*good),
            ("x-signature-ed25519", &*other_body),
            ("x-signature-timestamp", &*now),
        ],
    ] {
        assert_eq!(
            target.post_with(body(), headers).await.status,
            401,
            "{headers:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_is_not_answered_twice() {
    let target = Target::start().await;
    let body = help(&target).to_string().into_bytes();
    let first = target.post(body.clone(), seconds(0)).await;
    assert_eq!((first.status, &first.body["type"]), (200, &json!(4)));
    // The same request again, and the same interaction signed anew.
    for ago in [0, 1] {
        let again = target.post(body.clone(), seconds(ago)).await;
        assert_eq!((again.status, again.body), (409, Value::Null));
    }
    assert_eq!(target.send(&help(&target)).await.status, 200, "a new one");
}

#[tokio::test(flavor = "multi_thread")]
async fn anything_but_an_interaction_is_refused() {
    let target = Target::start().await;
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let deep_field = format!(r#"{{"type":2,"data":{deep}}}"#);
    let mut half = help(&target);
    half.as_object_mut().unwrap().remove("token");
    let mut unknown = help(&target);
    unknown["type"] = json!(99);
    for body in [
        &b""[..],
        b"null",
        b"\xff\xfe{}",
        b"{\"type\":2,\"data\":\"\xc3\x28\"}",
        b"{\"type\":1e400}",
        b"{\"type\":-1}",
        deep.as_bytes(),
        deep_field.as_bytes(),
        half.to_string().as_bytes(),
        unknown.to_string().as_bytes(),
        &PING.as_bytes()[..PING.len() - 1],
    ] {
        let answer = target.post(body.to_vec(), seconds(0)).await;
        assert_eq!((answer.status, answer.body), (400, Value::Null));
    }
    // One byte more than it accepts, signed; and one that only claims to be long.
    let long = vec![b' '; 256 * 1024 + 1];
    assert_eq!(target.post(long, seconds(0)).await.status, 413);
    assert_eq!(target.send(&help(&target)).await.status, 200, "it goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_one_method_and_one_path() {
    let target = Target::start().await;
    let http = reqwest::Client::new();
    for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "BREW"] {
        let method = method.parse().unwrap();
        let response = http.request(method, target.url()).send().await.unwrap();
        assert_eq!(response.status(), 405);
        assert_eq!(response.headers()["allow"], "POST");
    }
    for path in [
        "/",
        "/interactions/",
        "/Interactions",
        "/metrics",
        "/interactions/..",
    ] {
        let url = format!("http://{}{path}", target.address);
        assert_eq!(http.post(url).send().await.unwrap().status(), 404, "{path}");
    }
    let not_http = exchange(
        &target,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    )
    .await;
    assert!(
        not_http.starts_with("HTTP/1.1 400") || not_http.is_empty(),
        "{not_http}"
    );
    let long_head = format!(
        "POST /interactions HTTP/1.1\r\nx: {}\r\n\r\n",
        "y".repeat(64 * 1024)
    );
    let refused = exchange(&target, long_head.as_bytes()).await;
    assert!(
        refused.starts_with("HTTP/1.1 431") || refused.is_empty(),
        "{refused}"
    );
}

/// Sends bytes and reads until the bot closes the connection.
async fn exchange(target: &Target, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(target.address).await.unwrap();
    // It may hang up before it has read all of them.
    let _ = stream.write_all(bytes).await;
    let mut read = Vec::new();
    let whole = tokio::time::timeout(DEADLINE, stream.read_to_end(&mut read)).await;
    let _ = whole.expect("the connection is closed");
    String::from_utf8_lossy(&read).into_owned()
}

/// A slow sender is cut off, and delays no one else meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn slow_requests_are_cut_off() {
    let target = Target::start().await;
    let head = "POST /interactions HTTP/1.1\r\nhost: h\r\n";
    let timestamp = seconds(0);
    let body = format!(
        "{head}content-length: 100\r\nx-signature-timestamp: {timestamp}\r\nx-signature-ed25519: {}\r\n\r\n{{",
        "0".repeat(128)
    );
    let chunked = body.replace("content-length: 100", "transfer-encoding: chunked");
    let dripping = chunked.replace("\r\n\r\n{", "\r\n\r\n1\r\n{\r\n");
    let began = Instant::now();
    let slow = ["", head, &*body, &*dripping].map(async |start| {
        let answer = exchange(&target, start.as_bytes()).await;
        (answer, began.elapsed())
    });
    let quick = async {
        let answer = target.send(&help(&target)).await;
        (answer.status, began.elapsed())
    };
    // Well-behaved clients are served while the slow ones are still sending.
    let (slow, (status, answered)) = tokio::join!(futures_util::future::join_all(slow), quick);
    let (slow, cut_off): (Vec<String>, Vec<Duration>) = slow.into_iter().unzip();
    assert_eq!(status, 200);
    let is_before = cut_off.iter().all(|cut_off| answered < *cut_off);
    assert!(is_before, "{answered:?}, {cut_off:?}");
    let is_soon = |cut_off: &Duration| *cut_off < Duration::from_secs(25);
    assert!(cut_off.iter().all(is_soon), "{cut_off:?}");
    for answer in &slow[2..] {
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
    assert!(slow[0].is_empty(), "{slow:?}");
}

/// More silent connections than it serves at once: the first ones are closed, and then Discord is
/// served.
#[tokio::test(flavor = "multi_thread")]
async fn silent_connections_do_not_take_all_places() {
    let target = Target::start().await;
    let mut silent = Vec::new();
    for _ in 0..600 {
        silent.push(TcpStream::connect(target.address).await.unwrap());
    }
    let asked = Instant::now();
    assert_eq!(target.send(&help(&target)).await.status, 200);
    assert!(
        asked.elapsed() < Duration::from_secs(25),
        "{:?}",
        asked.elapsed()
    );
}

/// Work in progress when the bot is told to stop is stored and answered; later requests find no one
/// listening.
#[tokio::test(flavor = "multi_thread")]
async fn stopping_waits_for_work_in_progress() {
    let mut target = Target::start().await;
    let seat = target.seat("Foley", "trivia");
    let rounds = json!([{ "name": "rounds", "type": 4, "value": 5 }]);
    let data = json!({ "id": "1", "name": "quiz", "type": 1, "options": rounds });
    let quiz = target.interaction(2, &seat, &data);
    let database = rusqlite::Connection::open(target.home.database()).unwrap();
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (body, timestamp) = (quiz.to_string().into_bytes(), seconds(0));
    let signature = target.sandbox.sign(&timestamp, &body);
    let request = reqwest::Client::new().post(target.url()).body(body);
    let request = request
        .header("x-signature-ed25519", signature)
        .header("x-signature-timestamp", timestamp)
        .send();
    let in_work = tokio::spawn(request);
    // A lookup is private while a game runs in its channel, which has to be read from the store.
    let name = json!({ "type": 3, "name": "name", "value": "Hanna" });
    let lookup = json!({ "id": "1", "name": "cast", "type": 1, "options": [name] });
    let waits = async {
        loop {
            let cast = target.interaction(2, &seat, &lookup);
            if target.send(&cast).await.body["data"]["flags"] == 64 {
                return;
            }
        }
    };
    tokio::time::timeout(DEADLINE, waits)
        .await
        .expect("the game is claimed");
    let stopped = target.stop();
    assert!(!in_work.is_finished(), "the store is locked");
    database.execute_batch("ROLLBACK").unwrap();
    let response = in_work.await.unwrap().expect("a response");
    assert_eq!(response.status(), 200);
    let answer: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    // At once, or by a deferral if the lock took long.
    assert!(answer["type"] == 4 || answer["type"] == 5, "{answer}");
    stopped.await;
    let late = TcpStream::connect(target.address).await;
    late.expect_err("nobody is there any more");
    let games: i64 = database
        .query_row("SELECT count(*) FROM games WHERE ended = 0", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(games, 1, "the game is stored");
}
