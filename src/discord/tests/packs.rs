//! `/packs` from interaction to reply, as Discord sends and takes them, with files from a server
//! on this machine.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::discord::tests::test_bot::{
    Answer, COMMAND, MANAGER, MEMBER, MODERATOR, PRESS, Sender, TYPING, TestBot as Commands, said,
};
use crate::discord::wire;
use axum::Router;
use axum::routing::get;
use heat_core::asked_history::AskedHistory;
use heat_core::bank::{Levels, PackList, PlaceContext, QuestionQuery};
use heat_core::facts::parse_pack;
use heat_core::id::GuildId;
use heat_view::message::{File, Message, Row};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const HERE: u64 = 500;
const ELSEWHERE: u64 = 501;
const ANN: u64 = 7;
const BO: u64 = 8;

const PACK: &str = r#"{"id":"our-quiz","title":"Our **quiz**","description":"D.","questions":[
 {"id":"our-1","prompt":"Who runs this server?","answer":"Ann","distractors":["Bo","Cy","Di"],"reason":"She does."},
 {"id":"our-2","prompt":"Since which year?","answer":"2019","distractors":["2018","2020","2021"],"reason":"So.","difficulty":"hard"}]}"#;

/// The contents of a file.
fn held(file: &File) -> String {
    String::from_utf8(file.content.clone()).unwrap()
}

/// <https://discord.com/developers/docs/resources/message#message-object-message-flags>.
const EPHEMERAL: u64 = 1 << 6;

struct TestBot {
    commands: Commands,
    origin: String,
}

impl TestBot {
    async fn up() -> Self {
        let files = Router::new()
            .route("/pack.json", get(|| async { PACK }))
            .route(
                "/broken.json",
                get(|| async { PACK.replace("\"Bo\"", "\"Ann\"").replace("D.", " ") }),
            )
            .route(
                "/clash.json",
                get(|| async { PACK.replace("our-quiz", "heat-2") }),
            )
            .route(
                "/films.csv",
                get(|| async {
                    "question,answer,wrong1,wrong2,wrong3\nWhich one?,A,B,C,D\nBad?,A,B\n"
                }),
            );
        let files = files.route(
            "/ansi.csv",
            get(|| async { b"Wer ist das M\xe4dchen?;Am\xe9lie;Bo;Cy;Di\n".to_vec() }),
        );
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, files).await });
        let commands = Commands::on(&origin);
        Self { commands, origin }
    }

    /// Whether nothing is stored for this server.
    async fn has_no_packs(&self) -> bool {
        let stored = self.commands.app.store.packs(GuildId(HERE)).await.unwrap();
        stored.is_empty()
    }

    async fn send(
        &self,
        kind: u8,
        guild: u64,
        user: u64,
        permissions: &'static str,
        data: Value,
    ) -> Answer {
        let by = Sender {
            guild,
            channel: 600,
            thread_of: None,
            user,
            permissions,
        };
        // The buttons are under private previews.
        self.commands.send_from(kind, by, EPHEMERAL, data).await
    }

    async fn packs(
        &self,
        guild: u64,
        permissions: &'static str,
        sub: &str,
        options: Value,
        resolved: Value,
    ) -> Message {
        let data = json!({"id": "800", "name": "packs", "type": 1, "resolved": resolved,
            "options": [{"name": sub, "type": 1, "options": options}]});
        match self.send(COMMAND, guild, ANN, permissions, data).await {
            Answer::Say {
                message,
                private: true,
            } => message,
            other => panic!("not private: {other:?}"),
        }
    }

    async fn add(&self, permissions: &'static str, name: &str, bytes: usize) -> Message {
        let options = json!([{"name": "file", "type": 11, "value": "900"}]);
        let file = json!({"id": "900", "filename": name, "size": bytes, "url": format!("{}/{name}", self.origin),
            "proxy_url": format!("{}/{name}", self.origin), "content_type": "text/plain", "ephemeral": true});
        self.packs(
            HERE,
            permissions,
            "add",
            options,
            json!({"attachments": {"900": file}}),
        )
        .await
    }

    async fn named(&self, permissions: &'static str, sub: &str, pack: &str) -> Message {
        let options = json!([{"name": "pack", "type": 3, "value": pack}]);
        self.packs(HERE, permissions, sub, options, json!({})).await
    }

    async fn list(&self, guild: u64) -> String {
        let message = self
            .packs(guild, MEMBER, "list", json!([]), json!({}))
            .await;
        message.embeds[0].description.clone()
    }

    async fn press(
        &self,
        guild: u64,
        user: u64,
        permissions: &'static str,
        custom_id: &str,
    ) -> Answer {
        let data = json!({"custom_id": custom_id, "component_type": 2});
        self.send(PRESS, guild, user, permissions, data).await
    }

    async fn suggested(&self, guild: u64, command: &str) -> String {
        let pack = json!({"name": "pack", "type": 3, "value": "our", "focused": true});
        let options = if command == "quiz" {
            json!([pack])
        } else {
            json!([{"name": "remove", "type": 1, "options": [pack]}])
        };
        let data = json!({"id": "800", "name": command, "type": 1, "options": options});
        match self.send(TYPING, guild, ANN, MANAGER, data).await {
            Answer::Suggest(suggestions) => suggestions
                .into_iter()
                .map(|s| s.value)
                .collect::<Vec<_>>()
                .join(" "),
            other => panic!("no suggestions: {other:?}"),
        }
    }
}

fn buttons(message: &Message) -> Vec<String> {
    let Some(Row::Buttons(buttons)) = message.rows.first() else {
        return Vec::new();
    };
    buttons
        .iter()
        .map(|button| button.custom_id.clone())
        .collect()
}

fn updated(reply: Answer) -> Message {
    match reply {
        Answer::Update(message) => message,
        other => panic!("no update: {other:?}"),
    }
}

#[tokio::test]
async fn a_servers_pack_from_upload_to_removal() {
    let bot = TestBot::up().await;
    for (sub, message) in [
        ("add", bot.add(MEMBER, "pack.json", 100).await),
        ("remove", bot.named(MEMBER, "remove", "our-quiz").await),
        ("export", bot.named(MEMBER, "export", "our-quiz").await),
    ] {
        assert!(
            said(&message).contains("manage this server"),
            "{sub}: {message:?}"
        );
    }

    let preview = bot.add(MANAGER, "pack.json", PACK.len()).await;
    assert!(
        preview.embeds[0].title.contains("Our \\*\\*quiz\\*\\*"),
        "{preview:?}"
    );
    assert!(
        said(&preview).contains("2 questions: 0 easy, 1 medium, 1 hard"),
        "{preview:?}"
    );
    assert!(bot.has_no_packs().await);
    let ids = buttons(&preview);

    let by_another = updated(bot.press(HERE, BO, MANAGER, &ids[0]).await);
    assert!(said(&by_another).contains("add the file again"));
    let elsewhere = updated(bot.press(ELSEWHERE, ANN, MANAGER, &ids[0]).await);
    assert!(said(&elsewhere).contains("add the file again"));
    let demoted = bot.press(HERE, ANN, MEMBER, &ids[0]).await;
    assert!(
        matches!(demoted, Answer::Say { message, .. } if said(&message).contains("manage this server"))
    );
    assert!(bot.has_no_packs().await);

    let stored = updated(bot.press(HERE, ANN, MANAGER, &ids[0]).await);
    assert!(
        said(&stored).contains("2 questions can be played"),
        "{stored:?}"
    );
    assert!(
        said(&updated(bot.press(HERE, ANN, MANAGER, &ids[0]).await)).contains("add the file again")
    );
    assert!(
        bot.list(HERE)
            .await
            .contains("`our-quiz`) · 2 questions · this server's own")
    );
    assert!(!bot.list(ELSEWHERE).await.contains("our-quiz"));
    assert_eq!(bot.suggested(HERE, "quiz").await, "our-quiz");
    assert_eq!(bot.suggested(HERE, "packs").await, "our-quiz");
    assert_eq!(bot.suggested(ELSEWHERE, "quiz").await, "");
    assert!(said(&bot.add(MANAGER, "pack.json", 100).await).contains("replaces"));

    let exported = bot.named(MANAGER, "export", "our-quiz").await;
    let file = exported.file.unwrap();
    assert_eq!(file.name, "our-quiz.json");
    assert_eq!(parse_pack("x", &held(&file)), parse_pack("x", PACK));
    let asks = bot.named(MANAGER, "remove", "our-quiz").await;
    assert!(said(&asks).contains("with 2 questions"), "{asks:?}");
    assert!(bot.list(HERE).await.contains("our-quiz"));
    let ids = buttons(&asks);
    let removed = updated(bot.press(HERE, ANN, MANAGER, &ids[0]).await);
    assert!(said(&removed).contains("is removed"));
    let undo = &buttons(&removed)[0];
    updated(bot.press(HERE, ANN, MANAGER, undo).await);
    assert!(bot.list(HERE).await.contains("our-quiz"));
    updated(bot.press(HERE, ANN, MANAGER, &ids[0]).await);
    assert!(said(&bot.named(MANAGER, "remove", "our-quiz").await).contains("no pack of its own"));
    assert!(!bot.list(HERE).await.contains("our-quiz"));
}

#[tokio::test]
async fn a_pack_that_is_switched_off_is_not_asked_and_several_are_played_at_once() {
    let bot = TestBot::up().await;
    let preview = bot.add(MANAGER, "pack.json", 100).await;
    bot.press(HERE, ANN, MANAGER, &buttons(&preview)[0]).await;
    let refused = bot.named(MEMBER, "off", "michael-mann").await;
    assert!(said(&refused).contains("manage this server"), "{refused:?}");
    let off = bot.named(MANAGER, "off", "michael-mann").await;
    assert!(said(&off).contains("is switched off"), "{off:?}");
    assert!(bot.list(HERE).await.contains("(`michael-mann`)"));
    assert_eq!(bot.list(HERE).await.matches("switched off").count(), 1);
    assert!(!bot.list(ELSEWHERE).await.contains("switched off"));

    let quiz = async |pack: &str| {
        let data = json!({"id": "800", "name": "quiz", "type": 1, "options": [
            {"name": "pack", "type": 3, "value": pack}, {"name": "rounds", "type": 4, "value": 50}]});
        match bot.send(COMMAND, HERE, ANN, MEMBER, data).await {
            Answer::Say { message, .. } => said(&message),
            other => panic!("no message: {other:?}"),
        }
    };
    let refused = quiz("our-quiz, michael-mann").await;
    assert!(
        refused.contains("is switched off in this server"),
        "{refused}"
    );
    let app = &bot.commands.app;
    let library = app.guild_library(Some(GuildId(HERE))).await.unwrap();
    let asked = |packs: PackList| {
        let query = QuestionQuery {
            packs,
            rounds: 2_000,
            ..QuestionQuery::default()
        };
        let context = PlaceContext {
            asked: &AskedHistory::default(),
            hidden: &BTreeSet::new(),
            levels: &Levels::default(),
        };
        let rounds = library.choose(&query, context, 7).unwrap();
        rounds
            .iter()
            .map(|round| round.question.pack.clone())
            .collect::<BTreeSet<_>>()
    };
    let anything = asked(PackList::default());
    assert!(
        !anything.contains("michael-mann") && anything.contains("our-quiz"),
        "{anything:?}"
    );
    let both = ["heat-1995", "our-quiz"];
    assert!(
        asked(PackList::from_iter(both)).iter().eq(&both),
        "both, and nothing else"
    );

    let on = bot.named(MANAGER, "on", "michael-mann").await;
    assert!(said(&on).contains("is switched on"), "{on:?}");
    let started = quiz("Our **quiz**, michael-mann").await;
    assert!(started.contains("Our \\*\\*quiz\\*\\* + "), "{started}");
}

#[tokio::test]
async fn a_share_code_keeps_a_servers_own_questions_at_home() {
    let bot = TestBot::up().await;
    let preview = bot.add(MANAGER, "pack.json", 100).await;
    bot.press(HERE, ANN, MANAGER, &buttons(&preview)[0]).await;
    let quiz = async |guild: u64, option: &str, value: &str| {
        let data = json!({"id": "800", "name": "quiz", "type": 1,
            "options": [{"name": option, "type": 3, "value": value}]});
        match bot.send(COMMAND, guild, ANN, MEMBER, data).await {
            Answer::Say { message, .. } => message,
            other => panic!("no message: {other:?}"),
        }
    };
    assert!(said(&quiz(ELSEWHERE, "pack", "our-quiz").await).contains("no pack called"));
    let started = quiz(HERE, "pack", "our-quiz").await;
    let footer = started.embeds[0].footer.clone();
    let code = footer.rsplit(' ').next().unwrap();
    assert!(said(&quiz(ELSEWHERE, "code", code).await).contains("No game has the code"));
    // At home the code is valid: only the channel is busy.
    assert!(said(&quiz(HERE, "code", code).await).contains("A game is running"));
}

/// The questions of a code outlive their pack, and so does its title.
#[tokio::test]
async fn the_share_code_of_a_removed_pack_shows_what_it_was_called() {
    let bot = TestBot::up().await;
    let preview = bot.add(MANAGER, "pack.json", 100).await;
    bot.press(HERE, ANN, MANAGER, &buttons(&preview)[0]).await;
    let quiz = async |option: &str, value: &str| {
        let data = json!({"id": "800", "name": "quiz", "type": 1,
            "options": [{"name": option, "type": 3, "value": value}]});
        let answer = bot.send(COMMAND, HERE, ANN, MEMBER, data).await;
        let game = bot.commands.last_id();
        bot.press(HERE, ANN, MODERATOR, &format!("halt:{game}"))
            .await;
        match answer {
            Answer::Say { message, .. } => message.embeds[0].clone(),
            other => panic!("no message: {other:?}"),
        }
    };
    let started = quiz("pack", "our-quiz").await;
    let code = started.footer.rsplit(' ').next().unwrap().to_owned();
    let asks = bot.named(MANAGER, "remove", "our-quiz").await;
    bot.press(HERE, ANN, MANAGER, &buttons(&asks)[0]).await;
    assert!(!bot.list(HERE).await.contains("our-quiz"));
    // The second time the title comes from a game whose pack was gone already.
    for _ in 0..2 {
        let again = quiz("code", &code).await;
        assert_eq!(again.title, started.title);
        assert_eq!(again.title, "Quiz: Our \\*\\*quiz\\*\\*");
    }
}

#[tokio::test]
async fn a_spreadsheet_is_accepted_as_it_was_saved() {
    let bot = TestBot::up().await;
    let preview = bot.add(MANAGER, "ansi.csv", 100).await;
    assert!(
        said(&preview).contains("I read it as windows-1252"),
        "{preview:?}"
    );
    assert_eq!(preview.embeds[0].fields[0].name, "Wer ist das Mädchen?");
    let template = bot
        .packs(HERE, MEMBER, "template", json!([]), json!({}))
        .await;
    assert!(held(&template.file.unwrap()).contains("question,answer,wrong1"));
}

#[tokio::test]
async fn packs_that_cannot_be_stored_say_why() {
    let bot = TestBot::up().await;
    let broken = bot.add(MANAGER, "broken.json", 100).await;
    let file = broken.file.clone().unwrap();
    for says in [
        "questions[0].distractors[0]: \"Ann\" is the right answer",
        "description: the text",
    ] {
        assert!(held(&file).contains(says), "{says}: {}", held(&file));
    }
    assert!(buttons(&broken).is_empty());
    assert_eq!(
        serde_json::to_value(wire::message(&broken)).unwrap()["attachments"],
        json!([{"id": 0, "filename": "faults.txt"}])
    );
    let clash = bot.add(MANAGER, "clash.json", 100).await;
    assert!(
        said(&clash).contains("the id \"heat-2\" is taken")
            || held(&clash.file.unwrap()).contains("heat-2")
    );
    assert!(said(&bot.add(MANAGER, "pack.json", 2 << 20).await).contains("1024 KiB"));
    assert!(said(&bot.add(MANAGER, "missing.json", 100).await).contains("404"));
    let table = bot.add(MANAGER, "films.csv", 100).await;
    let left_out = held(table.file.as_ref().unwrap());
    assert!(left_out.contains("films.csv: line 3"), "{left_out}");
    assert_eq!(buttons(&table).len(), 2);
    let dropped = updated(bot.press(HERE, ANN, MANAGER, &buttons(&table)[1]).await);
    assert!(said(&dropped).contains("Nothing was stored"));
}
