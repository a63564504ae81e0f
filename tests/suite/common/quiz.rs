//! Members' actions in a quiz, and what they see of it.

use serde_json::{Value, json};
use std::time::{Duration, Instant};

use super::DEADLINE;
use super::discord::Discord;
use super::member::Member;
use super::message::{component, text, title};

impl Discord {
    /// The newest message of a channel with this button.
    pub async fn with_button(&self, channel: &str, button: &str) -> Value {
        let has_it = |m: &Value| component(m, button).is_some();
        let what = format!("the button {button:?}");
        self.wait_for_message(channel, &what, has_it).await
    }

    /// The open question with this number.
    pub async fn question(&self, channel: &str, number: usize) -> Value {
        let begin = format!("Question {number} of ");
        let is_it = |m: &Value| title(m).starts_with(&begin) && component(m, "Skip").is_some();
        let what = format!("question {number}");
        self.wait_for_message(channel, &what, is_it).await
    }

    /// The message of a question once its round is over.
    pub async fn reveal(&self, question: &Value) -> Value {
        let channel = text(question, "channel_id");
        let is_it = |m: &Value| m["id"] == question["id"] && m.to_string().contains('✅');
        self.wait_for_message(&channel, "the reveal", is_it).await
    }

    /// The newest scoreboard of a channel.
    pub async fn scoreboard(&self, channel: &str) -> Value {
        self.with_button(channel, "My misses").await
    }
}

impl Member<'_> {
    /// Uses a command and waits for its answer, however slow.
    pub async fn ask(&self, channel: &str, name: &str, options: Value) -> Value {
        let asked = self.slash(channel, name, options).await;
        self.answer(channel, &asked).await
    }

    /// The message that answers an interaction of this member in a channel (name, id, or `dm`).
    pub async fn answer(&self, channel: &str, interaction: &str) -> Value {
        let channel = self.channel(channel);
        let is_it =
            |m: &Value| m["interaction_metadata"]["id"] == interaction && m["thinking"] != true;
        self.discord
            .wait_for_message(&channel, "an answer", is_it)
            .await
    }

    /// Starts a quiz as soon as the previous one has freed the channel.
    pub async fn quiz_when_free(&self, channel: &str, options: Value) {
        let began = Instant::now();
        loop {
            let answer = self.ask(channel, "quiz", options.clone()).await;
            if !answer.to_string().contains("A game is running") {
                return;
            }
            assert!(began.elapsed() < DEADLINE, "the game never ended");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Asks for a quiz and waits until that is answered.
    pub async fn quiz(&self, channel: &str, options: Value) {
        let asked = self.slash(channel, "quiz", options).await;
        self.discord.wait_for_answer(&asked).await;
    }

    /// Sends the modal that an interaction opens, and waits until that is answered.
    pub async fn send(&self, opened: &str, values: &Value) {
        let sent = self.submit_modal(opened, values).await.unwrap();
        self.discord.wait_for_answer(&sent).await;
    }

    /// Types an answer into the form that the question's button opens.
    pub async fn type_answer(&self, question: &Value, answer: &str) {
        let opened = self.press(question, "Answer").await;
        self.send(&opened, &json!({ "text": answer })).await;
    }

    /// Presses the button with this label or custom id, and waits until that is answered; again while
    /// the bot does not know its question yet, which may be seen before. Returns the interaction.
    pub async fn press(&self, message: &Value, label_or_id: &str) -> String {
        loop {
            let pressed = self.click(message, label_or_id).await;
            self.discord.wait_for_answer(&pressed).await;
            let is_early = |m: &Value| {
                let content = m["content"].as_str().unwrap_or_default();
                m["interaction_metadata"]["id"] == pressed && content.starts_with("One moment")
            };
            let early = self
                .discord
                .look(|state| state.messages.values().flatten().any(is_early));
            if !early {
                return pressed;
            }
        }
    }

    /// Waits until this member has a private reply that contains this: the newest one.
    pub async fn told(&self, channel: &str, what: &str) -> Value {
        let is_it =
            |m: &Value| m["visible_to"] == self.user_id.as_str() && m.to_string().contains(what);
        let channel = self.channel(channel);
        self.discord.wait_for_message(&channel, what, is_it).await
    }
}
