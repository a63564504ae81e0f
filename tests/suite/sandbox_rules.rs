//! The sandbox must not be kinder than Discord: its rules, over plain HTTP and WebSocket.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use crate::common::{
    Discord, component,
    raw::{Api, Gateway, Received, identify},
    text,
};
use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use discord_sandbox::{Options, Sandbox, SandboxError};
use ed25519_dalek::{Signature, VerifyingKey};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpListener;

fn options() -> Options {
    Options {
        rate_limits: false,
        identify_interval: Duration::ZERO,
        ..Options::new(SocketAddr::from(([127, 0, 0, 1], 0)), "a.token-for.tests")
    }
}

/// A sandbox with a bot made of plain sockets, and a page.
struct Stage {
    sandbox: Sandbox,
    api: Api,
    gateway: Gateway,
    discord: Discord,
}

impl Stage {
    async fn new(options: Options) -> Self {
        let sandbox = Sandbox::start(options).await.unwrap();
        let api = Api::new(&sandbox);
        let gateway = Gateway::ready(&sandbox).await;
        let mut discord = Discord::connect(&sandbox.url()).await;
        discord.allow_rejections();
        let commands = json!([
            { "name": "play", "description": "Play", "options": [
                { "type": 4, "name": "rounds", "description": "How many", "min_value": 1, "max_value": 9 },
                { "type": 3, "name": "pack", "description": "Which", "autocomplete": true },
                { "type": 6, "name": "rival", "description": "Against whom" },
                { "type": 7, "name": "hall", "description": "Where", "channel_types": [0, 5] },
                { "type": 7, "name": "voice", "description": "Where", "channel_types": [2] },
                { "type": 11, "name": "deck", "description": "Of which file" },
            ] },
            { "name": "admin", "description": "Manage", "default_member_permissions": "32", "contexts": [0] },
        ]);
        let path = format!("/applications/{}/commands", sandbox.application_id());
        let answer = api.call(Method::PUT, &path, &commands).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        discord.wait_for_command("admin").await;
        Self {
            sandbox,
            api,
            gateway,
            discord,
        }
    }

    fn channel(&self, name: &str) -> String {
        self.discord.state().channel(name).unwrap()
    }

    /// Foley uses `/play` and the bot hears of it.
    async fn play(&mut self) -> Value {
        self.discord
            .member("Foley")
            .slash("trivia", "play", json!({}))
            .await;
        self.gateway.interaction().await
    }

    async fn answer(&self, interaction: &Value, kind: i64, data: Value) {
        let answer = self
            .api
            .callback(interaction, json!({ "type": kind, "data": data }))
            .await;
        assert_eq!(answer.status, 204, "{:?}", answer.body);
    }
}

fn button(custom_id: &str) -> Value {
    json!({ "type": 2, "style": 1, "label": custom_id.to_uppercase(), "custom_id": custom_id })
}

fn row(children: &Value) -> Value {
    json!([{ "type": 1, "components": children }])
}

#[tokio::test]
async fn it_starts_only_on_loopback() {
    let open = Options {
        addr: SocketAddr::from(([0, 0, 0, 0], 0)),
        ..options()
    };
    assert!(matches!(
        Sandbox::start(open).await,
        Err(SandboxError::NotLoopback(_))
    ));
    let first = Sandbox::start(options()).await.unwrap();
    let same = Options {
        addr: first.address(),
        ..options()
    };
    assert!(matches!(
        Sandbox::start(same.clone()).await,
        Err(SandboxError::Listen { .. })
    ));
    first.stop().await;
    Sandbox::start(same)
        .await
        .expect("a stopped sandbox frees its port")
        .stop()
        .await;
}

#[tokio::test]
async fn only_the_bot_gets_in_and_only_from_here() {
    let stage = Stage::new(options()).await;
    let mut stranger = Api::new(&stage.sandbox);
    "wrong".clone_into(&mut stranger.token);
    let refused = stranger.get("/users/@me").await;
    assert_eq!(refused.refusal(), (401, 0));
    assert_eq!(refused.body["message"], "401: Unauthorized");
    assert_eq!(stage.api.get("/users/@me").await.status, 200);
    assert_eq!(stage.api.get("/nowhere").await.refusal(), (404, 0));

    let http = reqwest::Client::new();
    let page = format!("{}/sandbox/rejections", stage.sandbox.url());
    for (header, value) in [("host", "evil.example"), ("origin", "http://evil.example")] {
        let answer = http.get(&page).header(header, value).send().await.unwrap();
        assert_eq!(answer.status(), 403, "{header}: {value}");
    }
    let seen = http.get(&page).send().await.unwrap().text().await.unwrap();
    assert!(seen.contains("401: Unauthorized"), "{seen}");
}

#[tokio::test]
async fn an_interaction_is_answered_once_and_in_time() {
    let mut stage = Stage::new(Options {
        answer_limit: Duration::from_millis(1500),
        ..options()
    })
    .await;
    let interaction = stage.play().await;
    let hello = json!({ "type": 4, "data": { "content": "Hello" } });

    let mut forged = interaction.clone();
    forged["token"] = json!("0".repeat(64));
    assert_eq!(
        stage.api.callback(&forged, hello.clone()).await.refusal(),
        (404, 10062)
    );
    // A refused answer leaves the interaction open.
    let too_long = json!({ "type": 4, "data": { "content": "x".repeat(2001) } });
    let refused = stage.api.callback(&interaction, too_long).await;
    assert_eq!(refused.refusal(), (400, 50035));
    assert_eq!(
        refused.body["errors"]["data"]["content"]["_errors"][0]["code"],
        "BASE_TYPE_MAX_LENGTH"
    );
    for kind in [1, 2, 6, 7, 8, 10] {
        let wrong = stage
            .api
            .callback(&interaction, json!({ "type": kind, "data": {} }))
            .await;
        assert_eq!(wrong.refusal(), (400, 50035), "type {kind}");
    }
    let webhook = Api::webhook(&interaction);
    let early = stage
        .api
        .post(&webhook, json!({ "content": "too early" }))
        .await;
    assert_eq!(early.refusal(), (404, 10015));
    let forged = stage
        .api
        .post(&Api::webhook(&forged), json!({ "content": "forged" }))
        .await;
    assert_eq!(forged.refusal(), (401, 50027));

    assert_eq!(
        stage.api.callback(&interaction, hello.clone()).await.status,
        204
    );
    stage
        .discord
        .wait_for_answer(&text(&interaction, "id"))
        .await;
    assert_eq!(
        stage
            .api
            .callback(&interaction, hello.clone())
            .await
            .refusal(),
        (400, 40060)
    );

    let late = stage.play().await;
    let id = text(&late, "id");
    let failed =
        |state: &crate::common::State| (state.interaction_state(&id)? == "failed").then_some(());
    stage
        .discord
        .wait_for("the interaction to fail", failed)
        .await;
    assert_eq!(
        stage.api.callback(&late, hello).await.refusal(),
        (404, 10062)
    );

    // Rejections show no token.
    let shown = json!(stage.discord.rejections().await).to_string();
    assert!(!shown.contains(&text(&late, "token")), "{shown}");
}

#[tokio::test]
async fn a_token_dies_after_its_time() {
    let mut stage = Stage::new(Options {
        token_lifetime: Duration::from_millis(200),
        ..options()
    })
    .await;
    let interaction = stage.play().await;
    stage
        .answer(&interaction, 4, json!({ "content": "Hello" }))
        .await;
    let original = format!("{}/messages/@original", Api::webhook(&interaction));
    let dead = tokio::time::timeout(crate::common::DEADLINE, async {
        loop {
            let answer = stage.api.get(&original).await;
            if answer.status != 200 {
                return answer.refusal();
            }
        }
    });
    assert_eq!(dead.await.unwrap(), (401, 50027));
}

#[tokio::test]
async fn a_deferred_answer_is_filled_and_keeps_its_privacy() {
    let mut stage = Stage::new(options()).await;
    let interaction = stage.play().await;
    stage.answer(&interaction, 5, json!({ "flags": 64 })).await;
    let thinking = stage
        .discord
        .wait_for_message("trivia", "a deferred answer", |message| {
            message["thinking"] == true
        })
        .await;
    let foley = stage.discord.member("Foley").user_id;
    assert_eq!(thinking["visible_to"], foley.as_str());

    // The first follow-up fills the deferred answer, and its flags cannot open it to others.
    let webhook = Api::webhook(&interaction);
    let filled = stage.api.post(&webhook, json!({ "content": "Done" })).await;
    assert_eq!(filled.status, 200);
    assert_eq!(filled.body["id"], thinking["id"]);
    assert_eq!(filled.body["flags"], 64);
    let second = stage
        .api
        .post(&webhook, json!({ "content": "More", "flags": 64 }))
        .await;
    assert_ne!(second.body["id"], thinking["id"]);

    // An ephemeral message does not exist for the channel's endpoints.
    let path = format!("/channels/{}/messages", stage.channel("trivia"));
    let one = format!("{path}/{}", text(&second.body, "id"));
    assert_eq!(stage.api.get(&one).await.refusal(), (404, 10008));
    assert_eq!(
        stage
            .api
            .patch(&one, json!({ "content": "x" }))
            .await
            .refusal(),
        (404, 10008)
    );
    assert_eq!(stage.api.get(&path).await.body, json!([]));
    let by_token = format!("{webhook}/messages/{}", text(&second.body, "id"));
    assert_eq!(
        stage
            .api
            .patch(&by_token, json!({ "content": "Less" }))
            .await
            .status,
        200
    );
    let empty = json!({ "content": "", "embeds": [], "components": [] });
    assert_eq!(
        stage.api.patch(&by_token, empty).await.refusal(),
        (400, 50006)
    );
    let gone = stage
        .api
        .call(Method::DELETE, &by_token, &Value::Null)
        .await;
    assert_eq!(gone.status, 204);
    assert_eq!(stage.api.get(&by_token).await.refusal(), (404, 10008));
}

#[tokio::test]
async fn members_use_only_what_they_see() {
    let mut stage = Stage::new(options()).await;
    let (foley, grip) = (stage.discord.member("Foley"), stage.discord.member("Grip"));

    let refusals = [
        foley
            .try_slash("trivia", "play", json!({ "rounds": 10 }))
            .await,
        foley
            .try_slash("trivia", "play", json!({ "rounds": "5" }))
            .await,
        foley
            .try_slash("trivia", "play", json!({ "nobody": 1 }))
            .await,
        foley
            .try_slash("trivia", "play", json!({ "rival": "1" }))
            .await,
        foley.try_slash("trivia", "admin", json!({})).await,
        grip.try_slash("trivia", "admin", json!({})).await,
        stage
            .discord
            .member("Gaffer")
            .try_slash("dm", "admin", json!({}))
            .await,
        foley.try_slash(&grip.dm_id, "play", json!({})).await,
        foley.try_slash("trivia", "unknown", json!({})).await,
    ];
    for refusal in refusals {
        refusal.unwrap_err();
    }
    // A channel of a type that the option does not accept is never offered.
    let trivia = stage.channel("trivia");
    let voice = json!({ "voice": trivia });
    let refusal = foley.try_slash("trivia", "play", voice).await;
    assert!(refusal.unwrap_err().contains("another type"));
    let hall = json!({ "hall": trivia });
    foley.slash("trivia", "play", hall).await;
    let interaction = stage.gateway.interaction().await;
    let resolved = &interaction["data"]["resolved"]["channels"][&trivia];
    assert_eq!(
        (&resolved["name"], &resolved["type"]),
        (&json!("trivia"), &json!(0))
    );
    let interaction = {
        let rival = json!({ "rival": grip.user_id, "rounds": 9 });
        foley.slash("trivia", "play", rival).await;
        stage.gateway.interaction().await
    };
    let rival = &interaction["data"]["resolved"]["members"][&grip.user_id];
    assert_eq!(
        rival["permissions"],
        // The permissions of @everyone; a stage manager may also manage others' messages and
        // threads.
        (0x0004_0058_8005_CC40_u64 | 1 << 13 | 1 << 34).to_string(),
        "{rival}"
    );

    let off =
        json!({ "type": 2, "style": 2, "label": "Off", "custom_id": "off", "disabled": true });
    let data =
        json!({ "content": "Choose", "flags": 64, "components": row(&json!([button("a"), off])) });
    stage.answer(&interaction, 4, data).await;
    let message = stage
        .discord
        .wait_for_message("trivia", "the choice", |message| {
            component(message, "a").is_some()
        })
        .await;
    foley.try_click(&message, "off").await.unwrap_err();
    grip.try_click(&message, "a").await.unwrap_err();
    foley.click(&message, "A").await;
    let click = stage.gateway.interaction().await;
    assert_eq!(click["message"]["id"], message["id"]);
    assert_eq!(click["data"]["component_type"], 2);

    // An update removes the buttons; then they cannot be clicked.
    let update = json!({ "type": 7, "data": { "content": "Chosen", "components": [] } });
    assert_eq!(stage.api.callback(&click, update).await.status, 204);
    stage
        .discord
        .wait_for_message("trivia", "the update", |message| {
            message["content"] == "Chosen"
        })
        .await;
    foley.try_click(&message, "a").await.unwrap_err();
}

#[tokio::test]
async fn a_modal_comes_back_with_its_values() {
    let mut stage = Stage::new(options()).await;
    let interaction = stage.play().await;
    let input =
        json!({ "type": 4, "custom_id": "who", "label": "Who?", "style": 1, "max_length": 5 });
    let mut modal =
        json!({ "custom_id": "m", "title": "t".repeat(46), "components": row(&json!([input])) });
    let refused = stage
        .api
        .callback(&interaction, json!({ "type": 9, "data": modal }))
        .await;
    assert_eq!(refused.refusal(), (400, 50035));
    modal["title"] = json!("Your answer");
    stage.answer(&interaction, 9, modal).await;

    let id = text(&interaction, "id");
    let foley = stage.discord.member("Foley");
    foley
        .submit_modal(&id, &json!({ "who": "too long" }))
        .await
        .unwrap_err();
    foley.submit_modal(&id, &json!({})).await.unwrap_err();
    foley
        .submit_modal(&id, &json!({ "who": "Hanna" }))
        .await
        .unwrap();
    let submit = stage.gateway.interaction().await;
    assert_eq!(submit["type"], 5);
    assert_eq!(
        submit["data"]["components"][0]["components"][0]["value"],
        "Hanna"
    );
    let again = stage
        .api
        .callback(&submit, json!({ "type": 9, "data": {} }))
        .await;
    assert_eq!(again.refusal(), (400, 50035));
}

#[tokio::test]
async fn autocomplete_offers_at_most_25_choices() {
    let mut stage = Stage::new(options()).await;
    let foley = stage.discord.member("Foley");
    let typing = foley.autocomplete("trivia", "play", "pack", json!({ "pack": "he" }));
    let bot = async {
        let interaction = stage.gateway.interaction().await;
        assert_eq!(interaction["type"], 4);
        let choice =
            |n: usize| json!({ "name": format!("Heat {n}"), "value": format!("heat-{n}") });
        let many: Vec<Value> = (0..26).map(choice).collect();
        let refused = stage
            .api
            .callback(
                &interaction,
                json!({ "type": 8, "data": { "choices": many } }),
            )
            .await;
        assert_eq!(refused.refusal(), (400, 50035));
        let few = json!({ "type": 8, "data": { "choices": many[..2] } });
        assert_eq!(stage.api.callback(&interaction, few).await.status, 204);
    };
    let (choices, ()) = tokio::join!(typing, bot);
    assert_eq!(choices.unwrap()[1]["value"], "heat-1");
}

#[tokio::test]
async fn channels_have_permissions_and_nonces() {
    let stage = Stage::new(options()).await;
    let path = |name: &str| format!("/channels/{}/messages", stage.channel(name));
    let silent = stage
        .api
        .post(&path("announcements"), json!({ "content": "x" }))
        .await;
    assert_eq!(silent.refusal(), (403, 50013));
    assert_eq!(stage.api.get("/channels/1").await.refusal(), (404, 10003));
    let post = |content: &str| json!({ "content": content, "nonce": "n1", "enforce_nonce": true });
    let first = stage.api.post(&path("trivia"), post("once")).await;
    let second = stage.api.post(&path("trivia"), post("twice")).await;
    assert_eq!((first.status, second.status), (200, 200));
    assert_eq!(first.body["id"], second.body["id"]);
    assert_eq!(second.body["content"], "once");

    stage.discord.member("Foley").say("general", "Hello").await;
    let said = stage
        .discord
        .wait_for_message("general", "Foley's message", |message| {
            message["content"] == "Hello"
        })
        .await;
    let one = format!("{}/{}", path("general"), text(&said, "id"));
    assert_eq!(
        stage
            .api
            .patch(&one, json!({ "content": "x" }))
            .await
            .refusal(),
        (403, 50005)
    );
    let delete = stage.api.call(Method::DELETE, &one, &Value::Null).await;
    assert_eq!(delete.refusal(), (403, 50013));
    let reply = json!({ "content": "x", "message_reference": { "message_id": "1" } });
    assert_eq!(
        stage.api.post(&path("general"), reply).await.refusal(),
        (400, 50035)
    );
}

/// The routes of threads, roles and events; their rules have unit tests.
#[tokio::test]
async fn threads_roles_and_events_have_their_routes() {
    let mut stage = Stage::new(options()).await;
    let trivia = stage.channel("trivia");
    let new = json!({ "name": "Game one", "type": 11, "auto_archive_duration": 60 });
    let path = format!("/channels/{trivia}/threads");
    let made = stage.api.post(&path, new).await;
    assert_eq!((made.status, &made.body["type"]), (201, &json!(11)));
    let thread = format!("/channels/{}", text(&made.body, "id"));
    let said = stage
        .api
        .post(&format!("{thread}/messages"), json!({ "content": "x" }))
        .await;
    assert_eq!(said.status, 200);
    let message = format!("{thread}/messages/{}", text(&said.body, "id"));
    let shut = stage.api.patch(&thread, json!({ "archived": true })).await;
    assert_eq!(shut.body["thread_metadata"]["archived"], true);
    let edit = json!({ "content": "y" });
    assert_eq!(
        stage.api.patch(&message, edit).await.refusal(),
        (403, 50083)
    );
    let locked = stage.api.patch(&thread, json!({ "locked": true })).await;
    assert_eq!(locked.refusal(), (403, 50083));

    // A member's command in the thread reports its place.
    let id = text(&made.body, "id");
    stage
        .discord
        .member("Foley")
        .slash(&id, "play", json!({}))
        .await;
    let heard = stage.gateway.interaction().await;
    assert_eq!(heard["channel"]["parent_id"], trivia.as_str());

    let guild = text(&heard, "guild_id");
    let roles = stage.api.get(&format!("/guilds/{guild}/roles")).await.body;
    let role = |name: &str| {
        let mut all = roles.as_array().unwrap().iter();
        text(all.find(|role| role["name"] == name).unwrap(), "id")
    };
    let foley = stage.discord.member("Foley").user_id;
    let held = |name: &str| format!("/guilds/{guild}/members/{foley}/roles/{}", role(name));
    let none = Value::Null;
    for (method, name, status) in [
        (Method::PUT, "Regulars", 204),
        (Method::DELETE, "Regulars", 204),
        (Method::PUT, "Stage manager", 403),
    ] {
        let answer = stage.api.call(method, &held(name), &none).await;
        assert_eq!(answer.status, status, "{name}");
    }
    let events = format!("/guilds/{guild}/scheduled-events");
    let empty = stage.api.post(&events, json!({})).await;
    assert_eq!(empty.refusal(), (400, 50035));
    assert_eq!(stage.api.get(&events).await.body, json!([]));
}

/// A required wait is in the header and the body, on every route alike.
#[tokio::test]
async fn a_rate_limit_tells_its_wait_on_token_routes_too() {
    let mut stage = Stage::new(options()).await;
    let interaction = stage.play().await;
    let rule = json!({ "rest": [
        { "fault": "rate_limited", "ms": 4_200, "route": "/callback" },
        { "fault": "rate_limited", "ms": 4_200, "route": "/webhooks/" },
    ] });
    stage.discord.inject(&rule).await;
    let hello = json!({ "type": 4, "data": { "content": "Hello" } });
    let limited = stage.api.callback(&interaction, hello.clone()).await;
    assert_eq!(stage.api.callback(&interaction, hello).await.status, 204);
    let webhook = Api::webhook(&interaction);
    let also = stage.api.post(&webhook, json!({ "content": "x" })).await;
    for answer in [limited, also] {
        assert_eq!(answer.status, 429);
        assert_eq!(answer.headers["retry-after"], "5");
        assert_eq!(answer.body["retry_after"], 4.2);
    }
}

/// Staff actions, through the page's own API.
#[tokio::test]
async fn members_act_within_their_permissions() {
    let stage = Stage::new(options()).await;
    let trivia = stage.channel("trivia");
    let path = format!("/channels/{trivia}/messages");
    let said = stage.api.post(&path, json!({ "content": "x" })).await.body;
    let by = |name: &str| {
        json!({ "do": "delete_message", "channel_id": trivia, "message_id": said["id"],
            "by": stage.discord.member(name).user_id })
    };
    let act = "/sandbox/act";
    assert_eq!(stage.discord.post(act, &by("Foley")).await.0, 400);
    assert_eq!(stage.discord.post(act, &by("Grip")).await.0, 200);
    let one = format!("{path}/{}", text(&said, "id"));
    assert_eq!(stage.api.get(&one).await.refusal(), (404, 10008));
    let unknown = json!({ "do": "paint_it_red" });
    assert_eq!(stage.discord.post(act, &unknown).await.0, 400);
}

#[tokio::test]
async fn the_crowd_presses_buttons() {
    let mut stage = Stage::new(Options {
        coach: Some(Arc::new(|_| Some("c".to_owned()))),
        ..options()
    })
    .await;
    stage.sandbox.set_crowd(41).unwrap_err();
    stage.sandbox.set_crowd(6).unwrap();
    let path = format!("/channels/{}/messages", stage.channel("trivia"));
    let choices = ["a", "b", "c"].map(button);
    let question = json!({ "content": "?", "components": row(&json!(choices)) });
    stage.api.post(&path, question).await;
    let press = stage.gateway.interaction().await;
    let name = text(&press["member"]["user"], "global_name");
    assert!(name.ends_with("(sim)"), "{name}");
    let pressed = text(&press["data"], "custom_id");
    assert!(["a", "b", "c"].contains(&pressed.as_str()), "{pressed}");
}

/// A browser ignores a source it cannot parse, and logs that in its console.
#[tokio::test]
async fn the_page_says_where_it_may_connect_in_words_that_browsers_know() {
    let sandbox = Sandbox::start(options()).await.unwrap();
    let page = reqwest::get(sandbox.url()).await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("connect-src 'self'"), "{policy}");
    assert!(!policy.contains('['), "{policy}");
}

#[tokio::test]
async fn the_sixth_message_in_five_seconds_has_to_wait() {
    let stage = Stage::new(Options {
        rate_limits: true,
        ..options()
    })
    .await;
    let path = format!("/channels/{}/messages", stage.channel("trivia"));
    for left in (0..5).rev() {
        let answer = stage.api.post(&path, json!({ "content": "x" })).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.headers["x-ratelimit-remaining"],
            left.to_string().as_str()
        );
    }
    let refused = stage.api.post(&path, json!({ "content": "x" })).await;
    assert_eq!(refused.refusal(), (429, 0));
    let wait = refused.body["retry_after"].as_f64().unwrap();
    assert!(0.0 < wait && wait <= 5.0, "{wait}");
    assert_eq!(refused.body["global"], false);
    assert!(refused.headers.contains_key("retry-after"));
    // Another channel has its own limit.
    let other = format!("/channels/{}/messages", stage.channel("general"));
    assert_eq!(
        stage
            .api
            .post(&other, json!({ "content": "x" }))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn the_gateway_closes_with_its_codes() {
    let sandbox = Sandbox::start(options()).await.unwrap();
    let good = identify(sandbox.token(), &json!([0, 1]));
    let mut privileged = good.clone();
    privileged["d"]["intents"] = json!(1 << 15);
    let cases = [
        (json!({ "op": 3, "d": {} }), 4003),
        (json!({ "op": 99, "d": null }), 4001),
        (json!("no object"), 4002),
        (json!({ "op": 1, "d": "x".repeat(5000) }), 4002),
        (identify("wrong", &json!([0, 1])), 4004),
        (identify(sandbox.token(), &json!([2, 2])), 4010),
        (privileged, 4014),
    ];
    for (payload, code) in cases {
        let mut gateway = Gateway::connect(&sandbox).await;
        gateway.send(payload.clone()).await;
        assert_eq!(gateway.receive().await, Received::Closed(code), "{payload}");
    }
    let mut gateway = Gateway::ready(&sandbox).await;
    gateway.send(json!({ "op": 1, "d": gateway.seq })).await;
    assert_eq!(gateway.payload().await["op"], 11);
    gateway.send(good).await;
    assert_eq!(gateway.receive().await, Received::Closed(4005));
}

#[tokio::test]
async fn a_dropped_session_resumes_and_misses_nothing() {
    let mut stage = Stage::new(options()).await;
    let (session, seq) = (stage.gateway.session_id.clone(), stage.gateway.seq);
    stage.discord.inject(&json!({ "gateway": "drop" })).await;
    assert_eq!(stage.gateway.receive().await, Received::Dropped);
    let offline = |state: &crate::common::State| (state.bot["online"] == false).then_some(());
    stage
        .discord
        .wait_for("the bot to be offline", offline)
        .await;
    let id = stage
        .discord
        .member("Foley")
        .slash("trivia", "play", json!({}))
        .await;

    let resume = |seq: u64, session: &str| {
        json!({ "op": 6, "d": {
            "token": stage.sandbox.token(), "session_id": session, "seq": seq,
        }})
    };
    let mut back = Gateway::connect(&stage.sandbox).await;
    back.send(resume(seq, &session)).await;
    assert_eq!(back.interaction().await["id"], id.as_str());
    back.dispatch("RESUMED").await;

    let mut ahead = Gateway::connect(&stage.sandbox).await;
    ahead.send(resume(back.seq + 1, &session)).await;
    assert_eq!(ahead.receive().await, Received::Closed(4007));
    let mut unknown = Gateway::connect(&stage.sandbox).await;
    unknown.send(resume(0, "nobody")).await;
    assert_eq!(
        unknown.payload().await,
        json!({ "op": 9, "t": null, "s": null, "d": false })
    );

    stage
        .discord
        .inject(&json!({ "gateway": "reconnect" }))
        .await;
    assert_eq!(back.payload().await["op"], 7);
    stage
        .discord
        .inject(&json!({ "gateway": "invalid_session" }))
        .await;
    assert_eq!(back.payload().await["op"], 9);
    let mut too_late = Gateway::connect(&stage.sandbox).await;
    too_late.send(resume(back.seq, &session)).await;
    assert_eq!(too_late.payload().await["op"], 9);
}

#[tokio::test]
async fn each_server_has_its_shard() {
    let sandbox = Sandbox::start(options()).await.unwrap();
    let mut seen = Vec::new();
    for shard in 0..2 {
        let mut gateway = Gateway::connect(&sandbox).await;
        gateway
            .send(identify(sandbox.token(), &json!([shard, 2])))
            .await;
        let ready = gateway.dispatch("READY").await;
        for guild in ready["guilds"].as_array().unwrap() {
            let id: u64 = text(guild, "id").parse().unwrap();
            assert_eq!((id >> 22) % 2, shard);
            seen.push(id);
        }
    }
    assert_eq!(seen.len(), 2, "one server each: {seen:?}");
}

#[tokio::test]
async fn identifies_keep_their_distance() {
    let sandbox = Sandbox::start(Options {
        identify_interval: Duration::from_secs(60),
        ..options()
    })
    .await
    .unwrap();
    let _first = Gateway::ready(&sandbox).await;
    let mut second = Gateway::connect(&sandbox).await;
    second.send(identify(sandbox.token(), &json!([0, 1]))).await;
    assert_eq!(second.payload().await["op"], 9);
}

/// A bucket is a shard's number modulo `max_concurrency`.
#[tokio::test]
async fn identifies_of_different_buckets_need_no_distance() {
    let sandbox = Sandbox::start(Options {
        identify_interval: Duration::from_secs(60),
        max_concurrency: 2,
        shards: 4,
        ..options()
    })
    .await
    .unwrap();
    let about = Api::new(&sandbox).get("/gateway/bot").await.body;
    assert_eq!(about["shards"], 4);
    assert_eq!(about["session_start_limit"]["max_concurrency"], 2);
    for (shard, answer) in [(0, 0), (1, 0), (2, 9), (3, 9)] {
        let mut gateway = Gateway::connect(&sandbox).await;
        gateway
            .send(identify(sandbox.token(), &json!([shard, 4])))
            .await;
        assert_eq!(gateway.payload().await["op"], answer, "shard {shard}");
    }
    let accepted: Vec<_> = sandbox.identifies().iter().map(|i| i.accepted).collect();
    assert_eq!(accepted, [true, true, false, false]);
}

#[tokio::test]
async fn a_shard_has_only_so_many_servers() {
    let sandbox = Sandbox::start(Options {
        guilds_per_shard: 1,
        shards: 3,
        ..options()
    })
    .await
    .unwrap();
    for (shard, total, outcome) in [(0, 1, 4011), (1, 2, 0), (0, 2, 4011), (2, 3, 0)] {
        let mut gateway = Gateway::connect(&sandbox).await;
        gateway
            .send(identify(sandbox.token(), &json!([shard, total])))
            .await;
        match gateway.receive().await {
            Received::Closed(code) => assert_eq!(code, outcome, "{shard} of {total}"),
            Received::Payload(ready) => {
                assert_eq!((&ready["t"], outcome), (&json!("READY"), 0));
                assert_eq!(ready["d"]["guilds"].as_array().unwrap().len(), 1);
                assert_eq!(ready["d"]["shard"], json!([shard, total]));
            }
            Received::Dropped => panic!("dropped"),
        }
    }
}

#[tokio::test]
async fn starting_too_many_sessions_resets_the_token() {
    let sandbox = Sandbox::start(Options {
        session_starts: 2,
        ..options()
    })
    .await
    .unwrap();
    let api = Api::new(&sandbox);
    let remaining = async || {
        let about = api.get("/gateway/bot").await;
        about.body["session_start_limit"]["remaining"].clone()
    };
    assert_eq!(remaining().await, 2);
    let mut first = Gateway::ready(&sandbox).await;
    let _second = Gateway::ready(&sandbox).await;
    assert_eq!(remaining().await, 0);
    let mut third = Gateway::connect(&sandbox).await;
    third.send(identify(sandbox.token(), &json!([0, 1]))).await;
    assert_eq!(third.receive().await, Received::Closed(4004));
    assert_eq!(first.receive().await, Received::Closed(4004));
    assert_eq!(api.get("/gateway/bot").await.status, 401);
}

#[tokio::test]
async fn events_and_faults_go_to_their_shard() {
    let mut stage = Stage::new(Options {
        shards: 3,
        ..options()
    })
    .await;
    let mut shards = Vec::new();
    for shard in 0..3 {
        let mut gateway = Gateway::connect(&stage.sandbox).await;
        let shard = json!([shard, 3]);
        gateway.send(identify(stage.sandbox.token(), &shard)).await;
        gateway.dispatch("READY").await;
        shards.push(gateway);
    }
    let foley = stage.discord.member("Foley");
    for channel in ["trivia", "quiz", "lot-1", "dm"] {
        foley.slash(channel, "play", json!({})).await;
        let interaction = stage.gateway.interaction().await;
        let guild = text(&interaction, "guild_id").parse().unwrap_or(0_u64);
        let shard = usize::try_from((guild >> 22) % 3).unwrap();
        let received = shards[shard].interaction().await;
        assert_eq!(received["id"], interaction["id"], "{channel}");
    }
    let fault = json!({ "gateway": "reconnect", "shard": 1 });
    stage.discord.inject(&fault).await;
    assert_eq!(shards[1].payload().await["op"], 7);
    for other in [0, 2] {
        // The next message is the response, not the fault.
        shards[other].send(json!({ "op": 1, "d": null })).await;
        assert_eq!(shards[other].payload().await["op"], 11);
    }
}

#[tokio::test]
async fn faults_affect_the_next_calls() {
    let mut stage = Stage::new(options()).await;
    let path = format!("/channels/{}/messages", stage.channel("trivia"));
    let rules = json!({ "rest": [
        { "fault": "rate_limited", "ms": 20 },
        { "fault": "bad_gateway" },
        { "fault": "drop_before", "route": "/messages" },
        { "fault": "drop_after", "route": "/messages" },
    ] });
    stage.discord.inject(&rules).await;
    let say = |content: &str| json!({ "content": content });
    assert_eq!(stage.api.post(&path, say("1")).await.status, 429);
    assert_eq!(stage.api.post(&path, say("2")).await.status, 502);
    stage
        .api
        .try_call(Method::POST, &path, &say("3"))
        .await
        .unwrap_err();
    stage
        .api
        .try_call(Method::POST, &path, &say("4"))
        .await
        .unwrap_err();
    let there = stage.api.get(&path).await;
    // Of the four, only the last was carried out, although its response was lost.
    let contents: Vec<&Value> = there
        .body
        .as_array()
        .unwrap()
        .iter()
        .map(|m| &m["content"])
        .collect();
    assert_eq!(contents, ["4"]);

    stage
        .discord
        .inject(&json!({ "duplicate_dispatches": 1 }))
        .await;
    let first = stage.play().await;
    let second = stage.gateway.interaction().await;
    assert_eq!(first["id"], second["id"]);
    stage.discord.assert_no_rejections().await;
}

#[tokio::test]
async fn a_picture_of_an_embed_is_an_uploaded_file() {
    let stage = Stage::new(options()).await;
    let payload = json!({
        "embeds": [{ "title": "Board", "image": { "url": "attachment://b.png" } }],
        "attachments": [{ "id": 0, "description": "A board of three players" }],
    });
    let body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{payload}\r\n--B\r\n\
         Content-Disposition: form-data; name=\"files[0]\"; filename=\"b.png\"\r\n\
         Content-Type: image/png\r\n\r\nPNG\r\n--B--\r\n"
    );
    let url = format!(
        "{}/api/v10/channels/{}/messages",
        stage.sandbox.url(),
        stage.channel("trivia")
    );
    let http = reqwest::Client::new();
    let send = |media_type: &'static str| {
        let request = http
            .post(&url)
            .header("authorization", format!("Bot {}", stage.api.token));
        request
            .header("content-type", media_type)
            .body(body.clone())
            .send()
    };
    assert_eq!(send("text/plain").await.unwrap().status(), 400);
    let answer = send("multipart/form-data; boundary=B").await.unwrap();
    let message: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    let image = &message["embeds"][0]["image"];
    assert_eq!(
        image["description"], "A board of three players",
        "{message}"
    );
    assert_eq!(image["url"], message["attachments"][0]["url"]);
    let file = http.get(text(image, "url")).send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "image/png");
    assert_eq!(file.text().await.unwrap(), "PNG");
}

/// An endpoint that answers everything the same way, or correctly answers a forged signature with
/// 401.
async fn serve(key: Option<String>, response: (u16, Value)) -> String {
    let answer = move |headers: HeaderMap, body: String| async move {
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        assert!(header("user-agent").starts_with("Discord-Interactions/1.0"));
        let (status, body) = match key {
            Some(key) if !is_signed(&key, &headers, &body) => (401, json!({})),
            _ if body.contains(r#""type":1,"#) => (200, json!({ "type": 1 })),
            _ => response,
        };
        (StatusCode::from_u16(status).unwrap(), Json(body))
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/here", listener.local_addr().unwrap());
    let router = Router::new().route("/here", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

fn is_signed(key: &str, headers: &HeaderMap, body: &str) -> bool {
    let bytes = |hex: &str| -> Vec<u8> {
        let pairs = hex.as_bytes().chunks(2);
        let pairs = pairs.map(|pair| std::str::from_utf8(pair).unwrap());
        pairs
            .map(|pair| u8::from_str_radix(pair, 16).unwrap())
            .collect()
    };
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let key = VerifyingKey::from_bytes(&bytes(key).try_into().unwrap()).unwrap();
    let signature = bytes(&header("x-signature-ed25519"));
    let signature = Signature::from_slice(&signature).unwrap();
    let message = header("x-signature-timestamp") + body;
    key.verify_strict(message.as_bytes(), &signature).is_ok()
}

#[tokio::test]
async fn an_endpoint_must_answer_a_ping_and_refuse_a_forged_one() {
    let stage = Stage::new(options()).await;
    let key = stage.sandbox.public_key();
    let set = async |url: &str| stage.sandbox.set_endpoint(Some(url.to_owned())).await;
    let deaf = serve(None, (200, json!({}))).await;
    let refused = set(&deaf).await.unwrap_err();
    assert!(refused.contains("a forged signature with 200"), "{refused}");
    let strict = serve(Some("0".repeat(64).replace("00", "d7")), (200, json!({}))).await;
    set(&strict)
        .await
        .expect_err("it takes nobody's signatures");
    let gone = "http://127.0.0.1:1/here";
    set(gone).await.expect_err("nobody is there");
    for elsewhere in [
        "http://192.0.2.1/",
        "https://127.0.0.1:1/",
        "http://localhost:1/",
    ] {
        let refused = set(elsewhere).await.unwrap_err();
        assert!(refused.contains("loopback only"), "{refused}");
    }
    let good = serve(Some(key.clone()), (200, json!({}))).await;
    set(&good).await.expect("as Discord wants it");
    let about = stage.api.get("/applications/@me").await.body;
    assert_eq!(about["interactions_endpoint_url"], good.as_str());
    assert_eq!(about["verify_key"], key.as_str());
}

#[tokio::test]
async fn the_response_of_an_endpoint_is_held_to_the_same_rules() {
    let mut stage = Stage::new(options()).await;
    let key = stage.sandbox.public_key();
    let member = stage.discord.member("Foley");
    let long = json!({ "type": 4, "data": { "content": "x".repeat(2001) } });
    for (response, state, code) in [
        (
            (200, json!({ "type": 4, "data": { "content": "Hi" } })),
            "acknowledged",
            None,
        ),
        ((200, long), "failed", Some(50_035)),
        ((200, json!({ "type": 1 })), "failed", Some(50_035)),
        (
            (500, json!({ "type": 4, "data": { "content": "Hi" } })),
            "failed",
            Some(0),
        ),
        ((200, json!("x".repeat(200_000))), "failed", Some(0)),
    ] {
        let url = serve(Some(key.clone()), response).await;
        stage.sandbox.set_endpoint(Some(url)).await.unwrap();
        let before = stage.discord.rejections().await.len();
        let asked = member.slash("trivia", "play", json!({})).await;
        let ended = |s: &crate::common::State| {
            let ended = s.interaction_state(&asked)?.to_owned();
            (ended != "sent").then_some(ended)
        };
        let ended = stage.discord.wait_for("an end of it", ended).await;
        assert_eq!(ended, state);
        let refused = stage.discord.rejections().await.split_off(before);
        let codes: Vec<u64> = refused
            .iter()
            .map(|r| r["code"].as_u64().unwrap())
            .collect();
        assert_eq!(codes, Vec::from_iter(code), "{refused:#?}");
    }
    // One transport at a time: with an endpoint nothing comes over the gateway, and without it
    // everything does.
    stage.sandbox.set_endpoint(None).await.unwrap();
    let interaction = stage.play().await;
    stage
        .answer(&interaction, 4, json!({ "content": "Hi" }))
        .await;
}

#[tokio::test]
async fn a_commands_file_is_uploaded_first_and_belongs_to_its_member() {
    let mut stage = Stage::new(options()).await;
    let [foley, grip] = ["Foley", "Grip"].map(|name| stage.discord.member(name));
    let empty = foley.upload("deck.json", b"").await.unwrap_err();
    assert!(empty.contains("empty"), "{empty}");
    let large = foley.upload("deck.json", &vec![b'x'; (10 << 20) + 1]).await;
    assert!(large.unwrap_err().contains("at most 10 MiB"));
    let id = foley.upload("my%20deck%C3%A9.json", b"{}").await.unwrap();
    let deck = json!({ "deck": id });
    let forged = grip.try_slash("trivia", "play", deck.clone()).await;
    assert!(forged.unwrap_err().contains("this member has uploaded"));
    let unknown = foley
        .try_slash("trivia", "play", json!({ "deck": "1" }))
        .await;
    unknown.expect_err("nobody uploaded that");

    foley.slash("trivia", "play", deck).await;
    drop((foley, grip));
    let interaction = stage.gateway.interaction().await;
    assert_eq!(interaction["data"]["options"][0]["value"], id.as_str());
    let file = &interaction["data"]["resolved"]["attachments"][&id];
    assert_eq!(file["filename"], "my_deck_.json");
    assert_eq!(
        (&file["size"], &file["ephemeral"]),
        (&json!(2), &json!(true))
    );
    let url = text(file, "url");
    assert!(url.ends_with(&format!("/{id}/my_deck_.json")), "{url}");
    let got = reqwest::get(&url).await.unwrap();
    assert_eq!(got.headers()["content-type"], "application/octet-stream");
    assert_eq!(got.text().await.unwrap(), "{}");
    let other = reqwest::get(url.replace("my_deck_", "deck")).await.unwrap();
    assert_eq!(other.status(), 404);
}
