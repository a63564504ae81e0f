//! What one member does.

use serde_json::{Value, json};

use super::discord::Discord;
use super::message::{component, text};

/// What one member does.
pub struct Member<'a> {
    pub(super) discord: &'a Discord,
    pub user_id: String,
    /// The channel of the conversation with the bot.
    pub dm_id: String,
}

impl Member<'_> {
    /// Uses a slash command in a channel (name, id, or `dm`), and returns the interaction's id.
    ///
    /// Options are an object of names and values, or an array in Discord's own nested shape.
    pub async fn slash(&self, channel: &str, name: &str, options: Value) -> String {
        self.try_slash(channel, name, options)
            .await
            .unwrap_or_else(|error| panic!("/{name} was refused: {error}"))
    }

    /// The same, but returns the client's refusal as a sentence.
    pub async fn try_slash(
        &self,
        channel: &str,
        name: &str,
        options: Value,
    ) -> Result<String, String> {
        let body = self.command(channel, name, options);
        self.begin("/sandbox/command", &body).await
    }

    /// Types into an option (its value in `options`, named by `focused`): the offered choices.
    pub async fn autocomplete(
        &self,
        channel: &str,
        name: &str,
        focused: &str,
        options: Value,
    ) -> Result<Vec<Value>, String> {
        let mut body = self.command(channel, name, options);
        for option in body["options"].as_array_mut().into_iter().flatten() {
            if option["name"] == focused {
                option["focused"] = json!(true);
            }
        }
        let (status, answer) = self.discord.post("/sandbox/autocomplete", &body).await;
        if status == 200 {
            Ok(answer["choices"].as_array().cloned().unwrap_or_default())
        } else {
            Err(text(&answer, "error"))
        }
    }

    /// Clicks the button with this label or custom id; returns the interaction's id.
    pub async fn click(&self, message: &Value, label_or_id: &str) -> String {
        self.try_click(message, label_or_id)
            .await
            .unwrap_or_else(|error| {
                panic!("{label_or_id:?} cannot be clicked: {error}\n{message:#}")
            })
    }

    /// The same, but returns the client's refusal as a sentence.
    pub async fn try_click(&self, message: &Value, label_or_id: &str) -> Result<String, String> {
        self.use_component(message, label_or_id, &[]).await
    }

    /// Selects values of the select with this custom id.
    pub async fn select(
        &self,
        message: &Value,
        custom_id: &str,
        values: &[&str],
    ) -> Result<String, String> {
        self.use_component(message, custom_id, values).await
    }

    async fn use_component(
        &self,
        message: &Value,
        label_or_id: &str,
        values: &[&str],
    ) -> Result<String, String> {
        let found = component(message, label_or_id).ok_or("the message has no such component")?;
        let body = json!({
            "user_id": self.user_id,
            "channel_id": message["channel_id"],
            "message_id": message["id"],
            "custom_id": found["custom_id"],
            "values": values,
        });
        self.begin("/sandbox/component", &body).await
    }

    /// Waits for the modal that an interaction opens, and sends it with these values.
    pub async fn submit_modal(
        &self,
        interaction_id: &str,
        values: &Value,
    ) -> Result<String, String> {
        self.discord
            .wait_for("a modal", |state| {
                let is_it = |modal: &&Value| modal["interaction_id"] == interaction_id;
                state.modals.iter().find(is_it).cloned()
            })
            .await;
        let body = json!({
            "user_id": self.user_id, "interaction_id": interaction_id, "values": values,
        });
        self.begin("/sandbox/modal", &body).await
    }

    /// Uploads a file for an option of a command: its id, or the client's refusal.
    pub async fn upload(&self, filename: &str, bytes: &[u8]) -> Result<String, String> {
        let discord = self.discord;
        let url = format!(
            "{}/sandbox/upload?user_id={}&filename={filename}",
            discord.url, self.user_id
        );
        let response = discord.http.post(url).body(bytes.to_vec()).send().await;
        let response = response.expect("the page API answers");
        let is_taken = response.status().is_success();
        let body = response.text().await.expect("the answer is whole");
        let answer: Value = serde_json::from_str(&body).expect("the answer is JSON");
        if is_taken {
            Ok(text(&answer, "id"))
        } else {
            Err(text(&answer, "error"))
        }
    }

    /// Posts a plain message.
    pub async fn say(&self, channel: &str, content: &str) {
        let body = json!({
            "user_id": self.user_id, "channel_id": self.channel(channel), "content": content,
        });
        let (status, answer) = self.discord.post("/sandbox/message", &body).await;
        assert_eq!(status, 200, "{answer}");
    }

    /// The id of a channel by its name, its id, or `dm`.
    pub(super) fn channel(&self, name: &str) -> String {
        if name == "dm" {
            return self.dm_id.clone();
        }
        let state = self.discord.state();
        state.channel(name).unwrap_or_else(|| name.to_owned())
    }

    fn command(&self, channel: &str, name: &str, options: Value) -> Value {
        let options = match options {
            Value::Object(map) => map
                .into_iter()
                .map(|(name, value)| json!({ "name": name, "value": value }))
                .collect(),
            other => other,
        };
        json!({
            "user_id": self.user_id,
            "channel_id": self.channel(channel),
            "name": name,
            "options": if options.is_null() { json!([]) } else { options },
        })
    }

    async fn begin(&self, path: &str, body: &Value) -> Result<String, String> {
        let (status, answer) = self.discord.post(path, body).await;
        if status == 200 {
            Ok(text(&answer, "interaction_id"))
        } else {
            Err(text(&answer, "error"))
        }
    }
}
