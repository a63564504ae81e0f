//! Which language members read: their own in private, the server's in public.

use crate::common::evening::Evening;
use crate::common::message::{choice, choices, component, description, footer, title};
use crate::common::{Discord, Member, Transport, over_both_transports, text};
use heat_core::lang::Lang;
use serde_json::{Value, json};

over_both_transports!(everyone_reads_their_language, a_server_has_one_language);

/// Sets the language of a member's client.
pub async fn speaks(member: &Member<'_>, discord: &Discord, locale: &str) {
    let act = json!({ "do": "set_locale", "user_id": member.user_id, "locale": locale });
    let (status, answer) = discord.post("/sandbox/act", &act).await;
    assert_eq!(status, 200, "{answer}");
}

/// Sets the language of the server with this channel.
pub async fn speaks_here(discord: &Discord, channel: &str, locale: &str) {
    let state = discord.state();
    let id = state.channel(channel).expect("a channel");
    let has_it = |guild: &&Value| guild["channels"].to_string().contains(&id);
    let guild = state.guilds.iter().find(has_it).expect("a server");
    let act = json!({ "do": "set_guild_locale", "guild_id": guild["id"], "locale": locale });
    let (status, answer) = discord.post("/sandbox/act", &act).await;
    assert_eq!(status, 200, "{answer}");
}

fn help_title(lang: Lang) -> String {
    heat_view::help::help(lang).embeds[0].title.clone()
}

/// A public message with an open question.
async fn question(discord: &Discord, channel: &str, number: usize) -> Value {
    let number = number.to_string();
    let is_it = |m: &Value| choices(m).len() == 4 && title(m).contains(&number);
    let question = discord.wait_for_message(channel, "a question", is_it).await;
    assert!(question["visible_to"].is_null());
    question
}

/// The private answer to a press on the first choice.
async fn answer(member: &Member<'_>, question: &Value) -> Value {
    let pressed = member.click(question, &choice(question, 0)).await;
    let answer = member.answer(&text(question, "channel_id"), &pressed).await;
    assert_eq!(answer["visible_to"], member.user_id.as_str());
    answer
}

async fn everyone_reads_their_language(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let discord = &evening.discord;
    let [foley, grip] = evening.members(["Foley", "Grip"]);
    speaks(&foley, discord, "de").await;

    let help = foley.ask("trivia", "help", json!({})).await;
    assert_eq!(title(&help), help_title(Lang::German));
    let help = grip.ask("trivia", "help", json!({})).await;
    assert_eq!(title(&help), help_title(Lang::English));
    let help = foley.ask("dm", "help", json!({})).await;
    assert_eq!(title(&help), help_title(Lang::German));

    // A German's quiz in an English server is for everyone, and so in English.
    let quiz = json!({ "rounds": 1, "seconds": 20, "pack": "heat-1995" });
    foley.quiz("trivia", quiz.clone()).await;
    let asked = question(discord, "trivia", 1).await;
    assert!(description(&asked).contains("Closes"), "{asked:#}");
    let locked = answer(&foley, &asked).await;
    assert!(
        text(&locked, "content").starts_with("Eingeloggt"),
        "{locked:#}"
    );
    let refused = foley.ask("trivia", "quiz", quiz).await;
    assert_eq!(refused["visible_to"], foley.user_id.as_str());

    // What everyone in a direct message reads is the member's.
    foley
        .quiz(
            "dm",
            json!({ "rounds": 1, "seconds": 20, "pack": "heat-1995" }),
        )
        .await;
    let asked = question(discord, &foley.dm_id, 1).await;
    assert!(!description(&asked).contains("Closes"), "{asked:#}");
    evening.end().await;
}

async fn a_server_has_one_language(transport: Transport) {
    let mut evening = Evening::begin_over(transport).await;
    speaks_here(&evening.discord, "trivia", "de").await;
    {
        let grip = evening.member("Grip");
        grip.quiz(
            "trivia",
            json!({ "rounds": 2, "seconds": 20, "pack": "heat-1995" }),
        )
        .await;
        let asked = question(&evening.discord, "trivia", 1).await;
        assert!(!description(&asked).contains("Closes"), "{asked:#}");
        let locked = answer(&grip, &asked).await;
        assert!(
            text(&locked, "content").starts_with("Locked in"),
            "{locked:#}"
        );
    }

    // A game keeps its language, whatever the server's becomes while it is interrupted.
    evening.stop_bot().await;
    speaks_here(&evening.discord, "trivia", "en-US").await;
    evening.start_bot().await;
    let discord = &evening.discord;
    let asked = question(discord, "trivia", 2).await;
    assert!(!description(&asked).contains("Closes"), "{asked:#}");
    let grip = evening.member("Grip");
    grip.press(&asked, &choice(&asked, 0)).await;

    // A server may choose another language than it has in Discord.
    let gaffer = evening.member("Gaffer");
    let set =
        |code: &str| json!([{ "name": "set", "options": [{ "name": "language", "value": code }] }]);
    let shown = gaffer.ask("general", "settings", set("de")).await;
    assert_eq!(shown["visible_to"], gaffer.user_id.as_str());
    grip.quiz(
        "general",
        json!({ "rounds": 1, "seconds": 20, "pack": "heat-1995" }),
    )
    .await;
    let asked = question(discord, "general", 1).await;
    assert!(!footer(&asked).is_empty() && component(&asked, "Skip").is_none());
    evening.end().await;
}
