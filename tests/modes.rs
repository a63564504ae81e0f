//! Every mode played to its end by several members: the real bot on the simulated Discord, which
//! refuses what Discord would. A refused request fails a test.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod common;

use common::{Discord, Member, component, components, text};
use heat_check::bank::{Bank, Question};
use heat_check::bot;
use heat_check::library::Library;
use heat_check::sandbox::{Options, Sandbox};
use heat_check::view::escape::escape;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::LazyLock;
use std::time::Duration;

static BANK: LazyLock<Bank> = LazyLock::new(|| Library::build(&[]).unwrap().bank);

/// A sandbox with the bot in it; the bot ends with the test's runtime.
struct Stage {
    _sandbox: Sandbox,
    discord: Discord,
}

impl Stage {
    async fn begin() -> Self {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut options = Options::new(address, "test-token");
        options.identify_interval = Duration::ZERO;
        let sandbox = Sandbox::start(options).await.unwrap();
        let discord = Discord::connect(&sandbox.url()).await;
        let options = bot::Options {
            api_url: Some(sandbox.url()),
            endpoint: common::endpoint(&sandbox),
            ..bot::Options::new("test-token", "sqlite::memory:")
        };
        let endpoint = options.endpoint;
        tokio::spawn(bot::run(options, std::future::pending()));
        discord.use_endpoint(endpoint).await;
        discord.wait_for_command("quiz").await;
        Self {
            _sandbox: sandbox,
            discord,
        }
    }

    fn member(&self, name: &str) -> Member<'_> {
        self.discord.member(name)
    }

    async fn quiz(&self, who: &Member<'_>, channel: &str, options: Value) {
        let asked = who.slash(channel, "quiz", options).await;
        self.discord.wait_for_answer(&asked).await;
    }

    /// Presses a button and waits until that is answered.
    async fn press(&self, who: &Member<'_>, message: &Value, button: &str) {
        let pressed = who.click(message, button).await;
        self.discord.wait_for_answer(&pressed).await;
    }

    /// The newest message in which the condition holds.
    async fn shown(&self, channel: &str, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        self.discord.wait_for_message(channel, what, fits).await
    }

    /// The newest message with this button.
    async fn with_button(&self, channel: &str, button: &str) -> Value {
        self.shown(channel, button, |m| component(m, button).is_some())
            .await
    }

    /// The open question with this number.
    async fn question(&self, channel: &str, number: usize) -> Value {
        let title = format!("Question {number} of ");
        self.shown(channel, &title, |m| {
            text(&m["embeds"][0], "title").starts_with(&title) && component(m, "Skip").is_some()
        })
        .await
    }

    /// The same message once its round is over.
    async fn reveal(&self, channel: &str, question: &Value) -> Value {
        self.shown(channel, "the reveal", |m| {
            m["id"] == question["id"] && m.to_string().contains('✅')
        })
        .await
    }

    /// Waits until a member has privately read this.
    async fn told(&self, channel: &str, who: &Member<'_>, what: &str) -> Value {
        self.shown(channel, what, |m| {
            m["visible_to"] == who.user_id.as_str() && m.to_string().contains(what)
        })
        .await
    }

    /// Types an answer into the box that the question's button opens.
    async fn type_answer(&self, who: &Member<'_>, question: &Value, answer: &str) {
        let opened = who.click(question, "Answer").await;
        let sent = who.submit_modal(&opened, &json!({ "text": answer })).await;
        self.discord.wait_for_answer(&sent.unwrap()).await;
    }
}

/// What a posted question asks.
fn asked(question: &Value) -> Question {
    let shown = text(&question["embeds"][0], "description");
    let fits = |q: &Question| shown.starts_with(&format!("**{}**", escape(&q.prompt)));
    let mut found = BANK.questions().filter(fits);
    found.next().expect("a question of the bank")
}

/// The `custom_id` of the right choice, or of a wrong one.
fn choice(question: &Value, right: bool) -> String {
    let answer = asked(question).answer.text.clone();
    let choices = components(question).filter(|c| text(c, "custom_id").starts_with("q:"));
    let mut fitting =
        choices.filter(|c| text(c, "label").ends_with(&format!(" · {answer}")) == right);
    text(fitting.next().expect("four choices"), "custom_id")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_race_goes_to_the_first_right_answer() {
    let stage = Stage::begin().await;
    let (foley, grip, clapper) = (
        stage.member("Foley"),
        stage.member("Grip"),
        stage.member("Clapper"),
    );
    let options = json!({ "mode": "race", "rounds": 2, "seconds": 60 });
    stage.quiz(&foley, "trivia", options).await;
    for number in 1..=2 {
        let question = stage.question("trivia", number).await;
        stage
            .press(&clapper, &question, &choice(&question, false))
            .await;
        let first = grip.click(&question, &choice(&question, true)).await;
        let second = foley.click(&question, &choice(&question, true)).await;
        stage.discord.wait_for_answer(&first).await;
        stage.discord.wait_for_answer(&second).await;
        stage.told("trivia", &foley, "Locked in").await;
        let reveal = stage.reveal("trivia", &question).await;
        assert!(text(&reveal["embeds"][0], "title").ends_with("taken"));
        let fields = reveal["embeds"][0]["fields"].to_string();
        assert!(
            fields.contains(&format!("<@{}> +", grip.user_id)),
            "{fields}"
        );
        assert!(fields.contains(&format!("<@{}> right, but not first", foley.user_id)));
    }
    let scoreboard = stage.with_button("trivia", "Play again").await;
    let lines = text(&scoreboard["embeds"][0], "description");
    assert!(
        lines.starts_with(&format!("🥇 <@{}>", grip.user_id)),
        "{lines}"
    );
    stage.press(&clapper, &scoreboard, "My misses").await;
    stage.told("trivia", &clapper, "Your misses: 2").await;
    stage.press(&grip, &scoreboard, "My misses").await;
    stage.told("trivia", &grip, "You missed nothing").await;
    stage.discord.assert_no_rejections().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn elimination_ends_with_the_last_one_standing() {
    let stage = Stage::begin().await;
    let (gaffer, foley, grip, clapper) = (
        stage.member("Gaffer"),
        stage.member("Foley"),
        stage.member("Grip"),
        stage.member("Clapper"),
    );
    let options = json!({ "mode": "elimination", "rounds": 5, "seconds": 5 });
    stage.quiz(&foley, "trivia", options).await;
    let lobby = stage.with_button("trivia", "Join").await;
    stage.press(&grip, &lobby, "Join").await;
    stage.press(&clapper, &lobby, "Join").await;
    stage.press(&clapper, &lobby, "Leave").await;
    let fields = |m: &Value| m["embeds"][0]["fields"].to_string();
    let lobby = stage
        .shown("trivia", "two in the lobby", |m| {
            fields(m).contains("Playing: 2")
        })
        .await;
    assert!(fields(&lobby).contains(&grip.user_id));
    stage.press(&grip, &lobby, "Begin").await;
    stage.told("trivia", &grip, "who opened this lobby").await;
    stage.press(&foley, &lobby, "Begin").await;
    for number in 1..=3 {
        let question = stage.question("trivia", number).await;
        if number == 1 {
            stage
                .press(&gaffer, &question, &choice(&question, true))
                .await;
            stage
                .told("trivia", &gaffer, "You are not in this game")
                .await;
            stage.press(&foley, &question, "Skip").await;
            stage.told("trivia", &foley, "1 of 2").await;
        }
        stage
            .press(&foley, &question, &choice(&question, true))
            .await;
        if number < 3 {
            stage
                .press(&grip, &question, &choice(&question, false))
                .await;
        }
        // The third time silence costs the life.
        let reveal = stage.reveal("trivia", &question).await;
        let lost = ["2 lives left", "1 life left", "out"][number - 1];
        let lost = format!("<@{}> {lost}", grip.user_id);
        assert!(fields(&reveal).contains(&lost), "{reveal:#}");
    }
    let scoreboard = stage.with_button("trivia", "Play again").await;
    assert_eq!(
        text(&scoreboard["embeds"][0], "title"),
        "One is left standing"
    );
    stage.press(&grip, &scoreboard, "My misses").await;
    stage.told("trivia", &grip, "Your misses: 3").await;
    stage.discord.assert_no_rejections().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duel_is_accepted_played_and_asked_for_again() {
    let stage = Stage::begin().await;
    let (gaffer, foley, grip) = (
        stage.member("Gaffer"),
        stage.member("Foley"),
        stage.member("Grip"),
    );
    let bot_id = text(&stage.discord.state().bot, "id");
    for (opponent, answer) in [(&foley.user_id, "yourself"), (&bot_id, "Bots do not play")] {
        let options = json!({ "mode": "duel", "opponent": opponent });
        stage.quiz(&foley, "trivia", options).await;
        stage.told("trivia", &foley, answer).await;
    }
    stage
        .quiz(&foley, "trivia", json!({ "mode": "duel" }))
        .await;
    stage
        .told("trivia", &foley, "Name whom you challenge")
        .await;

    let options = json!({ "opponent": grip.user_id, "rounds": 1, "seconds": 30 });
    stage.quiz(&foley, "trivia", options).await;
    let challenge = stage.with_button("trivia", "Accept").await;
    for (who, button) in [
        (&gaffer, "Accept"),
        (&foley, "Accept"),
        (&gaffer, "Decline"),
    ] {
        stage.press(who, &challenge, button).await;
        stage
            .told("trivia", who, "can accept or decline this challenge")
            .await;
    }
    stage.press(&grip, &challenge, "Accept").await;
    let question = stage.question("trivia", 1).await;
    stage
        .press(&gaffer, &question, &choice(&question, true))
        .await;
    stage
        .told("trivia", &gaffer, "You are not in this game")
        .await;
    stage
        .press(&foley, &question, &choice(&question, false))
        .await;
    stage
        .press(&grip, &question, &choice(&question, true))
        .await;
    stage.reveal("trivia", &question).await;
    let scoreboard = stage.with_button("trivia", "Play again").await;
    let lines = text(&scoreboard["embeds"][0], "description");
    assert!(lines.starts_with(&format!("**<@{}> wins the duel.**", grip.user_id)));

    stage.press(&gaffer, &scoreboard, "Play again").await;
    stage
        .told("trivia", &gaffer, "Only the two who played")
        .await;
    stage.press(&grip, &scoreboard, "Play again").await;
    let challenge = stage.with_button("trivia", "Decline").await;
    let shown = text(&challenge["embeds"][0], "description");
    let challenged = format!("<@{}> challenges <@{}>", grip.user_id, foley.user_id);
    assert!(shown.starts_with(&challenged), "{shown}");
    stage.press(&foley, &challenge, "Decline").await;
    let declined = format!("<@{}> declined.", foley.user_id);
    stage
        .shown("trivia", "the refusal", |m| {
            m["id"] == challenge["id"] && text(&m["embeds"][0], "description") == declined
        })
        .await;
    let options = json!({ "opponent": foley.user_id });
    stage.quiz(&gaffer, "trivia", options).await;
    let challenge = stage.with_button("trivia", "Withdraw").await;
    stage.press(&gaffer, &challenge, "Withdraw").await;
    stage
        .shown("trivia", "the withdrawal", |m| {
            m["id"] == challenge["id"] && m.to_string().contains("was withdrawn")
        })
        .await;
    // The channel is free again.
    stage.quiz(&gaffer, "trivia", json!({ "rounds": 1 })).await;
    stage.question("trivia", 1).await;
    stage.discord.assert_no_rejections().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_answers_are_taken_in_secret_and_shown_at_the_reveal() {
    let stage = Stage::begin().await;
    let (foley, grip, clapper) = (
        stage.member("Foley"),
        stage.member("Grip"),
        stage.member("Clapper"),
    );
    let options = json!({ "answers": "typed", "rounds": 2, "seconds": 5 });
    stage.quiz(&foley, "trivia", options).await;
    let question = stage.question("trivia", 1).await;
    assert_eq!(components(&question).count(), 5, "no choices to tap");
    let right = asked(&question).answer.text.clone();
    let typed = right.to_uppercase();
    stage.type_answer(&foley, &question, &typed).await;
    stage.told("trivia", &foley, "Locked in: “").await;
    stage
        .type_answer(&grip, &question, "nobody in particular")
        .await;
    stage
        .told("trivia", &grip, "Locked in: “nobody in particular”")
        .await;
    stage.press(&grip, &question, "Answer").await;
    stage
        .told("trivia", &grip, "Your first answer counts")
        .await;
    stage.press(&clapper, &question, "Hint").await;
    let offer = stage.told("trivia", &clapper, "costs half").await;
    stage
        .press(&clapper, &offer, "Take the hint for half the points")
        .await;
    stage
        .told("trivia", &clapper, "The answer looks like this")
        .await;
    let reveal = stage.reveal("trivia", &question).await;
    let fields = reveal["embeds"][0]["fields"].to_string();
    assert!(
        fields.contains(&format!("<@{}> +", foley.user_id)),
        "{fields}"
    );
    assert!(fields.contains("Not this time: 1") && !fields.contains("particular"));
    let second = stage.question("trivia", 2).await;
    stage.reveal("trivia", &second).await;
    let scoreboard = stage.with_button("trivia", "My misses").await;
    stage.press(&grip, &scoreboard, "My misses").await;
    stage
        .told("trivia", &grip, "You typed: nobody in particular")
        .await;
    stage.discord.assert_no_rejections().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hints_are_private_and_a_pause_holds_the_game() {
    let stage = Stage::begin().await;
    // Grip may manage messages; Clapper may not.
    let (foley, grip, clapper) = (
        stage.member("Foley"),
        stage.member("Grip"),
        stage.member("Clapper"),
    );
    let options = json!({ "rounds": 2, "seconds": 5 });
    stage.quiz(&foley, "trivia", options).await;
    let question = stage.question("trivia", 1).await;
    stage.press(&grip, &question, "Hint").await;
    let offer = stage.told("trivia", &grip, "costs half").await;
    stage
        .press(&grip, &offer, "Take the hint for half the points")
        .await;
    let hint = stage.told("trivia", &grip, "It is one of these two").await;
    let right = escape(&asked(&question).answer.text);
    assert!(
        text(&hint, "content").contains(&right),
        "the right one is left"
    );
    stage
        .press(&grip, &question, &choice(&question, true))
        .await;
    stage.press(&clapper, &question, "Pause").await;
    stage
        .told("trivia", &clapper, "who started this game")
        .await;
    stage.press(&foley, &question, "Pause").await;
    stage
        .told("trivia", &foley, "pauses when this question has closed")
        .await;
    let paused = stage.with_button("trivia", "Resume").await;
    assert!(
        paused["embeds"][0]["fields"]
            .to_string()
            .contains("with a hint")
    );
    stage.press(&clapper, &paused, "Resume").await;
    stage
        .told("trivia", &clapper, "who started this game")
        .await;
    stage.press(&grip, &paused, "Resume").await;
    stage.told("trivia", &grip, "On we go").await;
    let last = stage.question("trivia", 2).await;
    assert!(component(&last, "Pause").is_none(), "nothing to pause for");
    stage.press(&foley, &last, "Stop").await;
    stage.with_button("trivia", "Play again").await;
    stage.discord.assert_no_rejections().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_direct_message_one_can_play_what_makes_sense() {
    let stage = Stage::begin().await;
    let clapper = stage.member("Clapper");
    let dm = clapper.dm_id.clone();
    stage.quiz(&clapper, "dm", json!({ "mode": "race" })).await;
    stage.told(&dm, &clapper, "somebody to race against").await;
    stage.quiz(&clapper, "dm", json!({ "mode": "duel" })).await;
    stage.told(&dm, &clapper, "A duel takes two").await;
    let options = json!({ "mode": "elimination", "rounds": 4, "seconds": 20 });
    stage.quiz(&clapper, "dm", options).await;
    for number in 1..=3 {
        let question = stage.question(&dm, number).await;
        stage
            .press(&clapper, &question, &choice(&question, false))
            .await;
        stage.reveal(&dm, &question).await;
    }
    let scoreboard = stage.with_button(&dm, "Play again").await;
    assert_eq!(
        text(&scoreboard["embeds"][0], "title"),
        "Nobody is left standing"
    );
    stage.discord.assert_no_rejections().await;
}
