//! A connection to the page API, which waits for what a page should see.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use heat_check::config::Endpoint;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::DEADLINE;
use super::member::Member;
use super::message::text;
use super::state::State;

/// A connection to the page API.
pub struct Discord {
    pub(super) http: reqwest::Client,
    pub(super) url: String,
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

    /// Allows refused requests, for tests that break the rules on purpose.
    pub fn allow_rejections(&mut self) {
        self.rejections_allowed = true;
    }

    /// A copy of what a page sees now.
    pub fn state(&self) -> State {
        lock(&self.state).clone()
    }

    /// Inspects what a page sees now, without copying it.
    pub fn look<T>(&self, at: impl FnOnce(&State) -> T) -> T {
        at(&lock(&self.state))
    }

    /// Waits until `find` finds something; on time-out fails with a dump.
    pub async fn wait_for<T>(&self, what: &str, find: impl Fn(&State) -> Option<T>) -> T {
        self.wait_within(DEADLINE, what, find).await
    }

    /// The same with its own limit.
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

    /// Waits until the bot is connected.
    pub async fn wait_until_online(&self) {
        let is_there = |state: &State| (state.bot["online"] == true).then_some(());
        self.wait_for("the bot to be there", is_there).await;
    }

    /// Waits until the bot's last connection is gone.
    pub async fn wait_until_gone(&self) {
        let is_gone = |state: &State| (state.bot["online"] == false).then_some(());
        self.wait_for("the bot to be gone", is_gone).await;
    }

    /// Waits for the newest message of a channel (name or id) that matches the condition.
    pub async fn wait_for_message(
        &self,
        channel: &str,
        what: &str,
        fits: impl Fn(&Value) -> bool,
    ) -> Value {
        self.wait_for(what, |state| state.newest(channel, &fits))
            .await
    }

    /// Waits until an interaction was answered; fails if the bot was too late.
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

    /// Sets the bot's interactions endpoint, as in Discord's portal, once the bot is up; without
    /// one, interactions use the gateway.
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

    /// Fetches every refused request except rate limits: a client may hit those without doing
    /// wrong.
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
