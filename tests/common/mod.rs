//! The driver of integration tests: members who play through the sandbox's page API.
//!
//! It mirrors what a page sees and waits for conditions, never for time. A condition that does not
//! come true in [`DEADLINE`] fails the test with a readable dump of the mirrored state.

#![allow(
    dead_code,
    reason = "each test file compiles its own copy and uses a part of it"
)]
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

pub mod crowd;
pub mod ledger;
pub mod postgres;
pub mod process;
pub mod raw;
pub mod tables;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use futures_util::StreamExt as _;
use heat_check::config::Endpoint;
use heat_check::sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::{sync::watch, task::JoinHandle};

/// By which way interactions get to the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Gateway,
    Endpoint,
}

/// The way of this test program: `tests/endpoint.rs` holds the same evenings of play as
/// `tests/play.rs` and `tests/modes.rs`, and sends them to the HTTP endpoint.
pub fn way() -> Way {
    if env!("CARGO_CRATE_NAME") == "endpoint" {
        Way::Endpoint
    } else {
        Way::Gateway
    }
}

/// The endpoint that a bot is to serve: none over the gateway, else one on a free port.
pub fn endpoint(sandbox: &Sandbox) -> Option<Endpoint> {
    if way() == Way::Gateway {
        return None;
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    Some(Endpoint::new(address, &sandbox.public_key()).unwrap())
}

/// How long a condition may take to come true.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// What a page sees.
#[derive(Debug, Default, Clone)]
pub struct State {
    pub bot: Value,
    pub guilds: Vec<Value>,
    pub dms: Vec<Value>,
    pub users: Vec<Value>,
    pub commands: Vec<Value>,
    /// By channel id, oldest first.
    pub messages: BTreeMap<String, Vec<Value>>,
    /// The newest event of each interaction, by its id.
    pub interactions: BTreeMap<String, Value>,
    /// Open modals, oldest first.
    pub modals: Vec<Value>,
    pub rejections: Vec<Value>,
    /// What the newest private answer to each interaction says, by the interaction's id.
    pub told: BTreeMap<String, String>,
    /// When something was last seen of the bot's games in each channel, by its id: a message or
    /// an edit for all, or an answer that was taken.
    pub touched: BTreeMap<String, Instant>,
}

impl State {
    fn note(&mut self, message: &Value) {
        let (content, is_private) = (text(message, "content"), !message["visible_to"].is_null());
        if !is_private || content.starts_with("Locked in") {
            self.touched
                .insert(text(message, "channel_id"), Instant::now());
        }
        if is_private && message["thinking"] != true {
            let said = content + &text(&message["embeds"][0], "title");
            let interaction = text(&message["interaction_metadata"], "id");
            self.told.insert(interaction, said);
        }
    }

    fn apply(&mut self, event: &Value) {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        match event["type"].as_str().unwrap_or_default() {
            "snapshot" => {
                self.bot = event["bot"].clone();
                self.guilds = list(&event["guilds"]);
                self.dms = list(&event["dms"]);
                self.users = list(&event["users"]);
                self.commands = list(&event["commands"]);
                self.rejections = list(&event["rejections"]);
                let channels = event["messages"].as_object().cloned().unwrap_or_default();
                self.messages = channels
                    .iter()
                    .map(|(id, all)| (id.clone(), list(all)))
                    .collect();
            }
            "message_create" => {
                let message = event["message"].clone();
                self.note(&message);
                self.messages
                    .entry(text(&message, "channel_id"))
                    .or_default()
                    .push(message);
            }
            "message_update" => {
                let message = &event["message"];
                self.note(message);
                for old in self
                    .messages
                    .entry(text(message, "channel_id"))
                    .or_default()
                {
                    if old["id"] == message["id"] {
                        *old = message.clone();
                    }
                }
            }
            "message_delete" => {
                let channel = self.messages.entry(text(event, "channel_id")).or_default();
                channel.retain(|message| message["id"] != event["id"]);
            }
            "commands" => self.commands = list(&event["commands"]),
            "bot" => self.bot["online"] = event["online"].clone(),
            "interaction" => {
                self.interactions.insert(text(event, "id"), event.clone());
            }
            "modal" => self.modals.push(event.clone()),
            "rejection" => self.rejections.push(event["rejection"].clone()),
            other => panic!("the page socket sent an event of unknown type {other:?}: {event}"),
        }
    }

    /// The id of a server's channel by its name.
    pub fn channel(&self, name: &str) -> Option<String> {
        self.guilds
            .iter()
            .filter_map(|guild| guild["channels"].as_array())
            .flatten()
            .find(|channel| channel["name"] == name || channel["id"] == name)
            .map(|channel| text(channel, "id"))
    }

    /// The messages of a channel (name or id), oldest first.
    pub fn messages_in(&self, channel: &str) -> &[Value] {
        let id = self.channel(channel).unwrap_or_else(|| channel.to_owned());
        self.messages.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The newest message of a channel that fulfils the condition.
    pub fn newest(&self, channel: &str, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        self.messages_in(channel)
            .iter()
            .rev()
            .find(|message| fits(message))
            .cloned()
    }

    /// Where an interaction stands: `sent`, `acknowledged` or `failed`.
    pub fn interaction_state(&self, id: &str) -> Option<&str> {
        self.interactions.get(id)?["state"].as_str()
    }

    /// What a reader of a failed test needs to know, message by message.
    pub fn dump(&self) -> String {
        let mut out = format!("bot online: {}\ncommands:", self.bot["online"]);
        for command in &self.commands {
            let _ = write!(out, " /{}", text(command, "name"));
        }
        for (channel, messages) in &self.messages {
            for message in messages {
                let _ = write!(
                    out,
                    "\n[{channel}] {} by {}{}{}: {:?}",
                    text(message, "id"),
                    text(&message["author"], "username"),
                    if message["visible_to"].is_null() {
                        ""
                    } else {
                        " (private)"
                    },
                    if message["thinking"] == true {
                        " (thinking)"
                    } else {
                        ""
                    },
                    text(message, "content"),
                );
                for embed in message["embeds"].as_array().into_iter().flatten() {
                    let _ = write!(out, "\n    embed {embed}");
                }
                for component in components(message) {
                    let _ = write!(out, "\n    component {component}");
                }
            }
        }
        for interaction in self.interactions.values() {
            let _ = write!(out, "\ninteraction {interaction}");
        }
        for rejection in &self.rejections {
            let _ = write!(out, "\nrejected {rejection}");
        }
        out
    }
}

/// A field as text; empty when it is none.
pub fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}

/// Every button and select of a message.
pub fn components(message: &Value) -> impl Iterator<Item = &Value> {
    let rows = message["components"].as_array().into_iter().flatten();
    rows.filter_map(|row| row["components"].as_array())
        .flatten()
}

/// The component with this custom id or label.
pub fn component<'a>(message: &'a Value, label_or_id: &str) -> Option<&'a Value> {
    components(message).find(|component| {
        component["custom_id"] == label_or_id || component["label"] == label_or_id
    })
}

/// A connection to the page API.
pub struct Discord {
    http: reqwest::Client,
    url: String,
    state: Arc<Mutex<State>>,
    changed: watch::Receiver<u64>,
    reader: JoinHandle<()>,
    rejections_allowed: bool,
}

impl Discord {
    /// Opens the page socket of a sandbox (`http://127.0.0.1:PORT`) and waits for its snapshot.
    pub async fn connect(url: &str) -> Self {
        let socket = format!("{}/sandbox/socket", url.replacen("http", "ws", 1));
        let (mut stream, _) = tokio_tungstenite::connect_async(socket)
            .await
            .expect("the page socket opens");
        let state = Arc::new(Mutex::new(State::default()));
        let (counter, mut changed) = watch::channel(0);
        let mirrored = Arc::clone(&state);
        let reader = tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                let Ok(body) = message.to_text() else {
                    continue;
                };
                let Ok(event) = serde_json::from_str::<Value>(body) else {
                    continue;
                };
                lock(&mirrored).apply(&event);
                counter.send_modify(|count| *count += 1);
            }
        });
        tokio::time::timeout(DEADLINE, changed.changed())
            .await
            .expect("the snapshot comes in time")
            .expect("the page socket stays open");
        Self {
            http: reqwest::Client::new(),
            url: url.to_owned(),
            state,
            changed,
            reader,
            rejections_allowed: false,
        }
    }

    /// Lets requests be refused: for tests that mean to break the rules.
    pub fn allow_rejections(&mut self) {
        self.rejections_allowed = true;
    }

    /// A copy of what a page sees now.
    pub fn state(&self) -> State {
        lock(&self.state).clone()
    }

    /// Looks at what a page sees now, without copying it.
    pub fn look<T>(&self, at: impl FnOnce(&State) -> T) -> T {
        at(&lock(&self.state))
    }

    /// Waits until `find` finds something; fails with a dump when it does not in time.
    pub async fn wait_for<T>(&self, what: &str, find: impl Fn(&State) -> Option<T>) -> T {
        self.wait_within(DEADLINE, what, find).await
    }

    /// The same with a limit of its own.
    pub async fn wait_within<T>(
        &self,
        limit: Duration,
        what: &str,
        find: impl Fn(&State) -> Option<T>,
    ) -> T {
        let mut changed = self.changed.clone();
        let wait = async {
            loop {
                changed.mark_unchanged();
                if let Some(found) = find(&lock(&self.state)) {
                    return Some(found);
                }
                if changed.changed().await.is_err() {
                    return None;
                }
            }
        };
        let found = tokio::time::timeout(limit, wait).await.ok().flatten();
        found.unwrap_or_else(|| {
            // The socket closed, or the deadline passed.
            panic!("waited in vain for {what}\n{}", self.state().dump())
        })
    }

    /// Waits until the bot is connected and has registered a command of this name.
    pub async fn wait_for_command(&self, name: &str) {
        self.wait_for(&format!("the command /{name}"), |state| {
            let registered = state.commands.iter().any(|command| command["name"] == name);
            (state.bot["online"] == true && registered).then_some(())
        })
        .await;
    }

    /// Waits for the newest message of a channel (name or id) that fulfils the condition.
    pub async fn wait_for_message(
        &self,
        channel: &str,
        what: &str,
        fits: impl Fn(&Value) -> bool,
    ) -> Value {
        self.wait_for(what, |state| state.newest(channel, &fits))
            .await
    }

    /// Waits until an interaction was answered; fails when the bot was too late.
    pub async fn wait_for_answer(&self, interaction_id: &str) {
        let what = format!("an answer to the interaction {interaction_id}");
        let state = self
            .wait_for(&what, |state| {
                match state.interaction_state(interaction_id) {
                    Some(answered @ ("acknowledged" | "failed")) => Some(answered.to_owned()),
                    _ => None,
                }
            })
            .await;
        assert_eq!(state, "acknowledged", "{}", self.state().dump());
    }

    /// A member by its shown name.
    pub fn member(&self, name: &str) -> Member<'_> {
        let state = self.state();
        let user = state
            .users
            .iter()
            .find(|user| user["global_name"] == name)
            .unwrap_or_else(|| panic!("there is no member {name:?}: {:?}", state.users));
        let user_id = text(user, "id");
        let dm = state
            .dms
            .iter()
            .find(|dm| dm["user_id"] == user_id.as_str());
        Member {
            discord: self,
            dm_id: dm
                .map(|dm| text(dm, "id"))
                .expect("every member has a conversation"),
            user_id,
        }
    }

    /// Posts to the page API: the status and the answer.
    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let response = self
            .http
            .post(format!("{}{path}", self.url))
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .expect("the page API answers");
        let status = response.status().as_u16();
        let body = response.text().await.expect("the answer is whole");
        (
            status,
            serde_json::from_str(&body).unwrap_or(Value::String(body)),
        )
    }

    /// Has interactions sent to the bot's endpoint, as one does in Discord's portal, as soon as the
    /// bot is there to be asked; without an endpoint they go over the gateway.
    pub async fn use_endpoint(&self, endpoint: Option<Endpoint>) {
        let url = endpoint.map(|endpoint| format!("http://{}/interactions", endpoint.address));
        let began = Instant::now();
        loop {
            let (status, answer) = self.post("/sandbox/endpoint", &json!({ "url": url })).await;
            if status == 200 {
                return;
            }
            assert!(began.elapsed() < DEADLINE, "{answer}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Injects faults, as `POST /sandbox/faults` takes them.
    pub async fn inject(&self, faults: &Value) {
        let (status, body) = self.post("/sandbox/faults", faults).await;
        assert_eq!(status, 200, "{faults}: {body}");
    }

    /// Every refused request, asked for anew. Rate limits are not among them: a client may meet
    /// one without having done wrong.
    pub async fn rejections(&self) -> Vec<Value> {
        let response = self
            .http
            .get(format!("{}/sandbox/rejections", self.url))
            .send()
            .await;
        let body = response
            .expect("the page API answers")
            .text()
            .await
            .expect("the answer is whole");
        let body: Value = serde_json::from_str(&body).expect("the answer is JSON");
        let all = body["rejections"].as_array().cloned().unwrap_or_default();
        all.into_iter()
            .filter(|rejection| rejection["status"] != 429)
            .collect()
    }

    /// Fails when any request of the bot was refused.
    pub async fn assert_no_rejections(&self) {
        let rejections = self.rejections().await;
        assert!(
            rejections.is_empty(),
            "refused requests:\n{rejections:#?}\n{}",
            self.state().dump()
        );
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.reader.abort();
        if self.rejections_allowed || std::thread::panicking() {
            return;
        }
        let state = self.state();
        let refused = state
            .rejections
            .iter()
            .any(|rejection| rejection["status"] != 429);
        assert!(
            !refused,
            "a request of the bot was refused\n{}",
            state.dump()
        );
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What one member does.
pub struct Member<'a> {
    discord: &'a Discord,
    pub user_id: String,
    /// The channel of the conversation with the bot.
    pub dm_id: String,
}

impl Member<'_> {
    /// Uses a slash command in a channel (name, id, or `dm`), and gives the interaction's id.
    ///
    /// Options are an object of names and values, or an array in Discord's own nested shape.
    pub async fn slash(&self, channel: &str, name: &str, options: Value) -> String {
        self.try_slash(channel, name, options)
            .await
            .unwrap_or_else(|error| panic!("/{name} was refused: {error}"))
    }

    /// The same; a refusal of the client is the sentence that it shows.
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

    /// Clicks the button with this label or custom id; gives the interaction's id.
    pub async fn click(&self, message: &Value, label_or_id: &str) -> String {
        self.try_click(message, label_or_id)
            .await
            .unwrap_or_else(|error| {
                panic!("{label_or_id:?} cannot be clicked: {error}\n{message:#}")
            })
    }

    /// The same; a refusal of the client is the sentence that it shows.
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

    /// Uploads a file for an option of a command: its id, or what the client says against it.
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

    fn channel(&self, name: &str) -> String {
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
