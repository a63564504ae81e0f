//! A crowd that clicks as fast as it can while nothing fails. Marked ignored, because it takes all
//! processors from tests that depend on time.

use crate::common::crowd::Crowd;
use crate::common::process::Home;
use crate::common::stage::{self, Stage};
use crate::common::tables::{play, seed, settle};
use discord_sandbox::Options;
use serde_json::{Value, json};
use std::time::Duration;

/// The least number of clicks on choices.
const CLICKS: usize = 800;

/// Two hundred members click in ten channels at once: no message of the bot is refused, and no
/// answer is lost or counted twice.
#[ignore = "leaves no processor to others"]
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_members_in_ten_channels() {
    let seed = seed();
    let options = Options {
        seed,
        extra_members: 196,
        extra_channels: 7,
        ..stage::options()
    };
    let stage = Stage::with(Home::new(), options).await;
    let discord = &stage.discord;
    let crowd = Crowd::default();
    let options = json!({ "rounds": 3, "seconds": 5 });
    let bot = stage.start(&[]).await;
    let channels: Vec<String> = ["trivia", "general", "quiz"]
        .map(str::to_owned)
        .into_iter()
        .chain((1..=7).map(|n| format!("stage-{n}")))
        .collect();
    let channels: Vec<&str> = channels.iter().map(String::as_str).collect();
    let enough = async {
        while crowd.clicks() < CLICKS {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let enough = tokio::time::timeout(Duration::from_secs(120), enough);
    let clicked = play(discord, &crowd, &channels, seed, &options, enough).await;
    assert!(clicked.is_ok(), "only {} clicks were made", crowd.clicks());
    settle(&stage, &crowd, vec![bot]).await;
    assert_eq!(discord.rejections().await, Vec::<Value>::new());
}
