//! The message that announces a game, in every mode: brought up to date once the game has begun, and
//! left without a countdown or a button when it is over, however it ended.

use crate::common::evening::Evening;
use crate::common::message::{component, components, text, title};
use crate::common::process::Home;
use crate::common::stage;
use crate::common::{Discord, Member, Transport};
use crate::modes::pack;
use discord_sandbox::Options;
use serde_json::{Value, json};

/// A game from its command to its first question.
struct Opening {
    channel: &'static str,
    options: Value,
    /// Who presses what before it begins.
    presses: &'static [(&'static str, &'static str)],
}

impl Opening {
    async fn begin(&self, evening: &Evening) -> Value {
        let mut options = self.options.clone();
        options["seconds"] = json!(60);
        if options["mode"] != "ladder" {
            options["pack"] = json!("known");
        }
        let foley = evening.member("Foley");
        let card = foley.ask(self.channel, "quiz", options).await;
        for (who, button) in self.presses {
            evening.member(who).press(&card, button).await;
        }
        card
    }
}

/// Waits until a message has nothing that time makes wrong.
async fn settles(discord: &Discord, channel: &str, card: &Value) {
    let is_it = |m: &Value| {
        let is_timeless = !m.to_string().contains("<t:");
        m["id"] == card["id"] && is_timeless && components(m).next().is_none()
    };
    let what = format!("the start in {channel} to settle");
    discord.wait_for_message(channel, &what, is_it).await;
}

/// Stops the game of an open question.
async fn stop(discord: &Discord, channel: &str, member: &Member<'_>, question: &Value) {
    member.press(question, "Stop").await;
    let is_over = |m: &Value| component(m, "My misses").is_some();
    let asks = |m: &Value| component(m, "Stop the game").is_some();
    let next = discord
        .wait_for_message(channel, "the end, or a question about it", |m| {
            is_over(m) || asks(m)
        })
        .await;
    if asks(&next) {
        member.press(&next, "Stop the game").await;
    }
    discord.scoreboard(channel).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_start_keeps_a_countdown_or_a_button() {
    let options = Options {
        extra_channels: 6,
        ..stage::options()
    };
    let home = Home::untouched().with_pack(&pack());
    let evening = Evening::begin_with(home, options, Transport::Gateway).await;
    let discord = &evening.discord;
    let grip = evening.member("Grip").user_id;
    let openings = [
        ("trivia", json!({}), &[][..]),
        ("stage-1", json!({ "mode": "race" }), &[]),
        ("stage-2", json!({ "mode": "ladder" }), &[]),
        (
            "stage-3",
            json!({ "mode": "elimination" }),
            &[("Grip", "Join"), ("Foley", "Begin")],
        ),
        (
            "stage-4",
            json!({ "mode": "teams" }),
            &[
                ("Foley", "🎥 Camera"),
                ("Grip", "🍩 Catering"),
                ("Foley", "Begin"),
            ],
        ),
        (
            "stage-5",
            json!({ "opponent": grip }),
            &[("Grip", "Accept")],
        ),
        ("dm", json!({}), &[]),
    ];
    let play = async |(channel, options, presses)| {
        let opening = Opening {
            channel,
            options,
            presses,
        };
        let card = opening.begin(&evening).await;
        let foley = evening.member("Foley");
        let place = match channel {
            "dm" => foley.dm_id.clone(),
            channel => channel.to_owned(),
        };
        let question = discord.question(&place, 1).await;
        settles(discord, &place, &card).await;
        stop(discord, &place, &foley, &question).await;
        settles(discord, &place, &card).await;
    };
    futures_util::future::join_all(openings.map(play)).await;
    // Starts that never became a game.
    for (options, who, button) in [
        (json!({ "mode": "elimination" }), "Foley", "Stop"),
        (json!({ "mode": "teams" }), "Foley", "Stop"),
        (json!({ "opponent": grip }), "Grip", "Decline"),
        (json!({ "opponent": grip }), "Foley", "Withdraw"),
    ] {
        let opening = Opening {
            channel: "stage-6",
            options,
            presses: &[],
        };
        let card = opening.begin(&evening).await;
        evening.member(who).press(&card, button).await;
        settles(discord, "stage-6", &card).await;
    }
    evening.end().await;
}

/// The process stops between the first question and the edit; the next one makes up for it.
#[tokio::test(flavor = "multi_thread")]
async fn the_next_process_brings_it_up_to_date() {
    let mut evening = Evening::begin().await;
    let late = json!({ "fault": "delay", "ms": 60_000, "route": "@original", "times": 1 });
    let foley = evening.member("Foley");
    let asked = json!({ "rounds": 2, "seconds": 60 });
    let card = foley.ask("trivia", "quiz", asked).await;
    assert!(card.to_string().contains("<t:"), "{card:#}");
    evening.discord.inject(&json!({ "rest": [late] })).await;
    evening.discord.question("trivia", 1).await;
    evening.stop_bot().await;
    evening.discord.inject(&json!({ "clear": true })).await;
    evening.start_bot().await;
    settles(&evening.discord, "trivia", &card).await;
    evening.end().await;
}

/// A scheduled quiz has no command to reply to: its message is one of the bot's own.
#[ignore = "waits a minute, as a scheduled quiz does for its players"]
#[tokio::test(flavor = "multi_thread")]
async fn the_start_of_a_scheduled_quiz_is_brought_up_to_date() {
    let mut evening = Evening::begin().await;
    let gaffer = evening.member("Gaffer");
    let planned = json!([{ "name": "add", "options": [{ "name": "quiz", "options": [
        { "name": "time", "value": "8:30 pm" }, { "name": "rounds", "value": 1 },
    ] }] }]);
    gaffer.ask("general", "schedule", planned).await;
    evening.stop_bot().await;
    let conn = rusqlite::Connection::open(evening.home.database()).unwrap();
    let now = "UPDATE schedule SET next_at_ms = (unixepoch() / 60) * 60000";
    assert_eq!(conn.execute(now, []).unwrap(), 1);
    evening.start_bot().await;
    let is_card = |m: &Value| text(m, "content").starts_with("The quiz begins");
    let card = evening
        .discord
        .wait_for_message("general", "the quiz", is_card)
        .await;
    assert!(title(&card).starts_with("Quiz: "), "{card:#}");
    // It knows its message after a restart, too.
    evening.stop_bot().await;
    evening.start_bot().await;
    evening.discord.question("general", 1).await;
    settles(&evening.discord, "general", &card).await;
    evening.end().await;
}
