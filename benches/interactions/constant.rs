//! The baseline bot: it answers each kind of interaction with a constant of the same size as ours,
//! and does nothing else. It uses the same runtime, gateway client, HTTP client and one task per
//! interaction.

use super::Outcome;
use serde_json::{Value, json};
use serenity::all::{
    ClientBuilder, Context, EventHandler, GatewayIntents, Http, HttpBuilder, Interaction,
    LightMethod, Ready, Request, Route,
};
use std::sync::Arc;
use std::time::Duration;

pub fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run())
}

async fn run() -> Outcome<()> {
    let token = std::env::var("DISCORD_TOKEN")?;
    let url = std::env::var("DISCORD_API_URL")?;
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(8))
        .connect_timeout(Duration::from_secs(4))
        .build()?;
    let http = HttpBuilder::new(&token)
        .client(client)
        .ratelimiter_disabled(true)
        .proxy(&url)
        .build();
    let handler = Handler {
        http: Arc::new(http),
        answers: Arc::new(Answers::new()),
    };
    let http = HttpBuilder::new(&token)
        .ratelimiter_disabled(true)
        .proxy(&url);
    let client = ClientBuilder::new_with_http(http.build(), GatewayIntents::empty());
    let mut client = client.event_handler(handler).await?;
    tokio::select! {
        ended = client.start_shards(1) => Ok(ended?),
        _ = terminated() => Ok(()),
    }
}

async fn terminated() -> Option<()> {
    use tokio::signal::unix::{SignalKind, signal};
    signal(SignalKind::terminate()).ok()?.recv().await
}

/// Its answers, as text ready to be sent.
struct Answers {
    command: String,
    component: String,
    other: String,
}

impl Answers {
    fn new() -> Self {
        let message = |content: &str, embeds: Value, components: Value, flags: u32| {
            let data = json!({
                "content": content, "embeds": embeds, "components": components, "flags": flags,
                "allowed_mentions": { "parse": [] }, "attachments": [],
            });
            json!({ "type": 4, "data": data }).to_string()
        };
        let none = || json!([]);
        Self {
            command: message("", question(), buttons(), 0),
            component: message("Locked in: **B** · Choice number 1", none(), none(), 64),
            other: json!({ "type": 8, "data": { "choices": [] } }).to_string(),
        }
    }
}

/// As long as ours: every click carries the whole message.
fn question() -> Value {
    json!([{
        "title": "Question 1 of 1",
        "description": "**Which of these is the constant that stands here in place of a question?**\n\nCloses <t:1700000020:R> · medium",
        "footer": { "text": "All packs · share code ABCDEFGH" },
        "color": 15_105_570,
    }])
}

fn buttons() -> Value {
    let button = |label: String, id: String| json!({ "type": 2, "style": 2, "label": label, "custom_id": id, "disabled": false });
    let choice = |n: u32| {
        let letter = ["A", "B", "C", "D"][n as usize];
        let id = format!("q:1700000000000000000:0:{n}");
        button(format!("{letter} · Choice number {n}"), id)
    };
    let control = |name: &str| button(name.to_owned(), format!("{name}:1700000000000000000:0"));
    let rows = [
        (0..4).map(choice).collect::<Vec<_>>(),
        ["hint", "skip", "pause", "stop"].map(control).to_vec(),
    ];
    let rows = rows.map(|row| json!({ "type": 1, "components": row }));
    json!(rows)
}

struct Handler {
    http: Arc<Http>,
    answers: Arc<Answers>,
}

#[serenity::async_trait]
impl EventHandler for Handler {
    async fn ready(&self, _: Context, ready: Ready) {
        self.http.set_application_id(ready.application.id);
        let text = |name: &str| json!({ "type": 3, "name": name, "description": "Anything." });
        let number = |name: &str| json!({ "type": 4, "name": name, "description": "Anything." });
        let command = |name: &str, options: Vec<Value>| json!({ "name": name, "description": "A command.", "options": options });
        let commands = json!([
            command("quiz", vec![number("rounds"), number("seconds")]),
            command("help", vec![]),
            command("cast", vec![text("name")]),
            command("leaderboard", vec![]),
        ]);
        if let Err(error) = self.http.create_global_commands(&commands).await {
            eprintln!("the commands were not registered: {error}");
        }
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let (http, answers) = (Arc::clone(&self.http), Arc::clone(&self.answers));
        tokio::spawn(async move {
            let body = match &interaction {
                Interaction::Command(_) => &answers.command,
                Interaction::Component(_) => &answers.component,
                _ => &answers.other,
            };
            let route = Route::InteractionResponse {
                interaction_id: interaction.id(),
                token: interaction.token(),
            };
            let request = Request::new(route, LightMethod::Post);
            let body = Some(body.clone().into_bytes());
            if let Err(error) = http.request(request.body(body)).await {
                eprintln!("not answered: {error}");
            }
        });
    }
}
