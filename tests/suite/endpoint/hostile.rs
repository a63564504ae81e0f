//! Members who forge what a client sends: buttons that their messages do not have, of games and
//! servers that are not theirs, with numbers and texts of any size. Each request is signed by
//! Discord.

use super::forger::{Seat, Target};
use crate::common::component;
use crate::common::crowd::question_of;
use crate::common::message::choice;
use serde_json::{Value, json};

/// Manage Messages and Manage Server, the rights of a server's owner there.
const OWNER: u64 = (1 << 13) | (1 << 5);

/// A member with all rights in a server of their own, where no one else is.
fn stranger(target: &Target) -> Seat {
    Seat {
        user: "424242424242424242".to_owned(),
        guild: Some("515151515151515151".to_owned()),
        channel: "616161616161616161".to_owned(),
        permissions: OWNER,
    }
    .checked(target)
}

impl Seat {
    /// The simulated Discord must not know it.
    fn checked(self, target: &Target) -> Self {
        let known = target.discord.state().channel(&self.channel);
        assert_eq!(known, None);
        self
    }
}

/// A game on its first question in `trivia`.
async fn open_question(target: &Target) -> Value {
    let foley = target.discord.member("Foley");
    let options = json!({ "rounds": 2, "seconds": 30 });
    foley.quiz("trivia", options).await;
    target.discord.question("trivia", 1).await
}

fn game_of(question: &Value) -> String {
    let (game, _) = question_of(question).expect("a question");
    game.to_string()
}

fn now(target: &Target, question: &Value) -> Value {
    let same = |m: &Value| m["id"] == question["id"];
    target.discord.state().newest("trivia", same).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_game_accepts_nothing_from_elsewhere() {
    let target = Target::start().await;
    let question = open_question(&target).await;
    let game = game_of(&question);
    let before = now(&target, &question);
    let elsewhere = stranger(&target);
    let mut same_server = target.seat("Grip", "general");
    same_server.permissions = OWNER;
    // Both have every right where they are, and the message may even be the right one.
    for seat in [&elsewhere, &same_server] {
        for verb in [
            "q:G:0:0",
            "type:G:0",
            "hint:G:0",
            "take:G:0",
            "skip:G:0",
            "pause:G",
            "go:G",
            "stop:G",
            "halt:G",
            "enter:G",
            "leave:G",
            "begin:G",
            "accept:G",
            "decline:G",
            "miss:G:0",
            "again:G",
        ] {
            let press = target.press(seat, &verb.replace('G', &game), &question);
            let told = target.send(&press).await.private();
            assert!(told.starts_with("This game is over"), "{verb}: {told}");
        }
        let told = target
            .send(&target.press(seat, &format!("report:{game}:0"), &question))
            .await
            .private();
        assert!(!told.contains('?'), "the question is not told: {told}");
        // An old *Count me in* button changes nothing, and says so anywhere.
        let join = target.press(seat, &format!("join:{game}"), &question);
        let told = target.send(&join).await.private();
        assert!(told.starts_with("No need to sign up"), "{told}");
    }
    assert_eq!(now(&target, &question), before, "the question is as it was");
    // The game goes on for its players.
    let foley = target.discord.member("Foley");
    foley.press(&question, &choice(&question, 0)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_are_those_of_the_member_who_presses() {
    let mut target = Target::start().await;
    target.discord.allow_rejections();
    let question = open_question(&target).await;
    let game = game_of(&question);
    let grip = target.seat("Grip", "trivia");
    for verb in ["stop", "pause", "go"] {
        let press = target.press(&grip, &format!("{verb}:{game}"), &question);
        let told = target.send(&press).await.private();
        let refused = told.starts_with("Only <@") || told.starts_with("The game is not paused");
        assert!(refused, "{verb}: {told}");
    }
    // A hint is private, and never replaces the public question.
    let take = target.press(&grip, &format!("take:{game}:0"), &question);
    target.send(&take).await.private();
    assert!(component(&now(&target, &question), "Skip").is_some());
    // Rounds and choices that do not exist, and one answer per member however often it comes.
    for id in ["q:G:0:4", "q:G:0:255", "q:G:1:0", "q:G:65535:0", "hint:G:1"] {
        let press = target.press(&grip, &id.replace('G', &game), &question);
        let told = target.send(&press).await.private();
        assert!(!told.starts_with("Locked in"), "{id}: {told}");
    }
    let told = [0, 1, 2].map(|choice| format!("q:{game}:0:{choice}"));
    let mut heard = Vec::new();
    for id in &told {
        let press = target.press(&grip, id, &question);
        heard.push(target.send(&press).await.private());
    }
    assert!(heard[0].starts_with("Locked in: **A**"), "{heard:?}");
    for again in &heard[1..] {
        assert!(
            again.starts_with("Your first answer counts: **A**"),
            "{again}"
        );
    }
    // A moderator's rights are those that Discord computed for this channel.
    let mut moderator = target.seat("Clapper", "trivia");
    moderator.permissions = 1 << 13;
    let stop = target.press(&moderator, &format!("stop:{game}"), &question);
    let told = target.send(&stop).await.private();
    assert!(told.starts_with("Stop the game for everyone"), "{told}");
    let halt = target.press(&moderator, &format!("halt:{game}"), &question);
    let told = target.send(&halt).await.private();
    assert!(told.starts_with("Stopped"), "{told}");
    // The only refusal: the result that replaces "Locked in" needs the token of a real interaction.
    target
        .discord
        .wait_for("the refused result", |state| {
            state.rejections.first().cloned()
        })
        .await;
    let refused = target.discord.rejections().await;
    let expected = json!([[50_027, "PATCH"]]);
    let refused = refused
        .iter()
        .map(|call| json!([call["code"], call["method"]]));
    assert_eq!(refused.collect::<Value>(), expected);
}

/// Everything reserved for members who manage the server, requested by a member who does not, and
/// with someone else's button.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_managers_is_refused_to_others() {
    let target = Target::start().await;
    let grip = target.seat("Grip", "trivia");
    let message = json!({ "id": target.id(), "flags": 64 });
    let message = whole(&target, &grip, &message);
    let sub = |name: &str, options: Value| json!([{ "type": 1, "name": name, "options": options }]);
    let string = |name: &str, value: &str| json!([{ "type": 3, "name": name, "value": value }]);
    for (command, options) in [
        ("packs", sub("remove", string("pack", "heat-2"))),
        ("packs", sub("export", string("pack", "heat-2"))),
        ("packs", sub("add", json!([]))),
        ("packs", sub("write", json!([]))),
        ("packs", sub("questions", string("pack", "heat-2"))),
        ("packs", sub("suggestions", json!([]))),
        ("packs", sub("restore", string("pack", "heat-2"))),
        ("settings", sub("reset", json!([]))),
        ("settings", sub("set", string("mode", "race"))),
        ("reports", json!([])),
        ("schedule", sub("list", json!([]))),
        ("schedule", sub("remove", string("entry", "1"))),
        ("season", sub("open", string("name", "Autumn"))),
        ("season", sub("close", json!([]))),
    ] {
        let data = json!({ "id": "1", "name": command, "type": 1, "options": options });
        let told = target
            .send(&target.interaction(2, &grip, &data))
            .await
            .private();
        assert!(is_refusal(&told), "{command}: {told}");
    }
    // Managers, but of another server than that of the upload or list.
    let mut manager = grip.clone();
    manager.permissions = 1 << 5;
    for id in buttons_of_managers() {
        let told = target
            .send(&target.press(&grip, id, &message))
            .await
            .private();
        assert!(is_refusal(&told), "{id}: {told}");
        let answer = target.send(&target.press(&manager, id, &message)).await;
        assert_eq!(answer.status, 200);
        assert!(
            !answer.body.to_string().contains("did not work"),
            "{answer:?}"
        );
    }
}

fn is_refusal(told: &str) -> bool {
    told.contains("manage this server") || told.contains("to manage the server")
}

/// Buttons under previews of packs and lists of reports.
fn buttons_of_managers() -> [&'static str; 15] {
    [
        "packs:store:1",
        "packs:drop:1",
        "packs:remove:heat-2",
        "packs:keep",
        "packs:restore:heat-2",
        "write:accept:1",
        "write:decline:1",
        "write:page:heat-2:0",
        "write:show:heat-2:1",
        "write:edit:heat-2:1",
        "write:delete:heat-2:1",
        "write:erase:heat-2:1",
        "reports:page:0",
        "reports:page:4294967295",
        "reports:dismiss:1:1:0",
    ]
}

/// A message as a press carries it.
fn whole(target: &Target, seat: &Seat, with: &Value) -> Value {
    let mut message = json!({
        "id": "1", "channel_id": seat.channel, "content": "", "tts": false,
        "author": { "id": target.sandbox.application_id().to_string(), "username": "b",
            "discriminator": "0", "avatar": null, "bot": true },
        "timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": null,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
        "embeds": [], "pinned": false, "type": 0, "flags": 0, "components": [],
    });
    for (key, value) in with.as_object().unwrap() {
        message[key] = value.clone();
    }
    message
}

/// Texts and numbers that no client allows: each gets a plain private answer that does not ping,
/// link or break out, and the bot goes on.
#[tokio::test(flavor = "multi_thread")]
async fn oversized_and_odd_input_gets_a_plain_answer() {
    let target = Target::start().await;
    let grip = target.seat("Grip", "trivia");
    let message = whole(&target, &grip, &json!({}));
    let odd = [
        "x".repeat(60_000),
        "\u{202e}\u{2066}@everyone <@&1> <#1>".to_owned(),
        "[free](https://evil.example) ||x|| ```".to_owned(),
        "\0\u{7}\n\r\n# big\n> quote".to_owned(),
        "😀".repeat(9_000),
        "🏳️‍🌈".repeat(500),
    ];
    for value in &odd {
        for (command, option) in [
            ("quiz", "pack"),
            ("quiz", "code"),
            ("quiz", "difficulty"),
            ("quiz", "mode"),
            ("quiz", "answers"),
            ("cast", "name"),
            ("news", "topic"),
            ("news", "about"),
            ("leaderboard", "period"),
            ("leaderboard", "scope"),
        ] {
            let option = json!([{ "type": 3, "name": option, "value": value }]);
            let data = json!({ "id": "1", "name": command, "type": 1, "options": option });
            let answer = target.send(&target.interaction(2, &grip, &data)).await;
            assert_harmless(&answer.body, value);
            // The same while it is being typed.
            let mut typing = option;
            typing[0]["focused"] = json!(true);
            let data = json!({ "id": "1", "name": command, "type": 1, "options": typing });
            let answer = target.send(&target.interaction(4, &grip, &data)).await;
            assert_eq!(answer.body["type"], 8, "{answer:?}");
        }
        for id in [
            value.clone(),
            format!("q:{value}"),
            format!("board:{value}"),
            format!("cast:{value}"),
            format!("news:{value}"),
        ] {
            let answer = target.send(&target.press(&grip, &id, &message)).await;
            assert_harmless(&answer.body, value);
            let input = json!({ "type": 4, "custom_id": "text", "value": value });
            let rows = json!([{ "type": 1, "components": [input] }]);
            let mut form =
                target.interaction(5, &grip, &json!({ "custom_id": id, "components": rows }));
            form["message"] = message.clone();
            assert_harmless(&target.send(&form).await.body, value);
        }
    }
    for number in [i64::MIN, -1, 0, 121, i64::MAX] {
        for option in ["rounds", "seconds"] {
            let option = json!([{ "type": 4, "name": option, "value": number }]);
            let data = json!({ "id": "1", "name": "quiz", "type": 1, "options": option });
            target
                .send(&target.interaction(2, &grip, &data))
                .await
                .private();
        }
    }
    let data = json!({ "id": "1", "name": "drop-tables", "type": 1 });
    let told = target
        .send(&target.interaction(2, &grip, &data))
        .await
        .private();
    assert!(told.contains("/help"), "{told}");
}

/// An answer within Discord's limits that pings no one and shows no markup from the text.
fn assert_harmless(body: &Value, value: &str) {
    let shown = &value.chars().take(40).collect::<String>();
    assert_eq!(body["type"], 4, "{shown:?}: {body}");
    let data = &body["data"];
    assert_eq!(data["allowed_mentions"], json!({ "parse": [] }));
    let mut texts = vec![crate::common::text(data, "content")];
    for embed in data["embeds"].as_array().into_iter().flatten() {
        texts.extend(["title", "description"].map(|name| crate::common::text(embed, name)));
    }
    for text in &texts {
        assert!(text.chars().count() <= 4_096);
        for raw in [
            "](https://evil",
            "@everyone",
            "||x||",
            "```",
            "\u{202e}",
            "\n# big",
            "\n> quote",
        ] {
            assert!(!text.contains(raw), "{raw:?} in {text:?}");
        }
    }
}
