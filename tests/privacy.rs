//! What members may say of the questions, and what they may take back of their own: the real bot on
//! the simulated Discord. A refused request fails a test.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod common;

use common::{Discord, Member, component, components, text};
use heat_check::bot;
use heat_check::sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// Two questions, so that it shows when one of them rests.
const PACK: &str = r#"{"id":"pair","title":"A pair","description":"Two.","questions":[
 {"id":"pair-1","prompt":"Which is the first?","answer":"One","distractors":["Two","Three","Four"],"reason":"It is."},
 {"id":"pair-2","prompt":"Which is the second?","answer":"Zwei","distractors":["Eins","Drei","Vier"],"reason":"So."}]}"#;

/// A sandbox with the bot in it, which ends with the test's runtime.
struct Stage {
    _sandbox: Sandbox,
    discord: Discord,
    folder: tempfile::TempDir,
}

impl Stage {
    async fn begin() -> Self {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut options = Options::new(address, "test-token");
        options.identify_interval = Duration::ZERO;
        options.extra_channels = 5;
        let sandbox = Sandbox::start(options).await.unwrap();
        let discord = Discord::connect(&sandbox.url()).await;
        let folder = tempfile::tempdir().unwrap();
        let packs = folder.path().join("packs");
        std::fs::create_dir(&packs).unwrap();
        std::fs::write(packs.join("pair.json"), PACK).unwrap();
        let database = folder.path().join("members.db");
        let database = format!("sqlite://{}", database.display());
        let options = bot::Options {
            api_url: Some(sandbox.url()),
            pack_dir: Some(packs),
            ..bot::Options::new("test-token", database)
        };
        tokio::spawn(bot::run(options, std::future::pending()));
        discord.wait_for_command("quiz").await;
        Self {
            _sandbox: sandbox,
            discord,
            folder,
        }
    }

    fn member(&self, name: &str) -> Member<'_> {
        self.discord.member(name)
    }

    /// Presses a button, or chooses a line of a menu, and waits until that is answered.
    async fn press(&self, who: &Member<'_>, message: &Value, button: &str, values: &[&str]) {
        let pressed = who.select(message, button, values).await.unwrap();
        self.discord.wait_for_answer(&pressed).await;
    }

    /// The newest message in a channel that only this member sees.
    fn private(&self, channel: &str, who: &Member<'_>) -> Value {
        let newest = self.discord.state().newest(channel, |m| {
            m["visible_to"] == who.user_id.as_str() && m["thinking"] != true
        });
        newest.expect("a private answer")
    }

    /// Runs a command and gives its private answer.
    async fn ask(&self, who: &Member<'_>, channel: &str, name: &str, options: Value) -> Value {
        let asked = who.slash(channel, name, options).await;
        self.discord.wait_for_answer(&asked).await;
        self.private(channel, who)
    }

    /// Waits until a member has privately read this.
    async fn told(&self, channel: &str, who: &Member<'_>, what: &str) -> Value {
        let fits =
            |m: &Value| m["visible_to"] == who.user_id.as_str() && m.to_string().contains(what);
        self.discord.wait_for_message(channel, what, fits).await
    }

    /// Starts a quiz and says how many questions it will ask.
    async fn offered(&self, who: &Member<'_>, channel: &str, options: Value) -> usize {
        let asked = who.slash(channel, "quiz", options).await;
        self.discord.wait_for_answer(&asked).await;
        let started = self.discord.state().newest(channel, |_| true).unwrap();
        let count = description(&started)
            .split_once(" question")
            .map(|(count, _)| count.to_owned())
            .unwrap();
        count.parse().unwrap()
    }

    /// Plays a quiz of the pair to its end, everybody choosing A: what was asked, in order, and the
    /// reveals.
    async fn play(&self, channel: &str, by: &[&Member<'_>], options: Value) -> Vec<Value> {
        let asked = by[0].slash(channel, "quiz", options).await;
        self.discord.wait_for_answer(&asked).await;
        let start = self.discord.state().newest(channel, |_| true).unwrap();
        let newer = |m: &Value| text(m, "id") > text(&start, "id") && m["visible_to"].is_null();
        let mut reveals = Vec::new();
        loop {
            let question = self
                .discord
                .wait_for_message(channel, "a question or the end", |m| {
                    newer(m)
                        && (component(m, "Skip").is_some() || component(m, "Play again").is_some())
                })
                .await;
            if component(&question, "Play again").is_some() {
                return reveals;
            }
            let choice = components(&question)
                .find(|c| text(c, "custom_id").starts_with("q:"))
                .unwrap();
            for member in by {
                let custom_id = text(choice, "custom_id");
                self.press(member, &question, &custom_id, &[]).await;
            }
            let reveal = self
                .discord
                .wait_for_message(channel, "the reveal", |m| {
                    m["id"] == question["id"] && m.to_string().contains('✅')
                })
                .await;
            reveals.push(reveal);
        }
    }

    /// The file that came with a member's newest private message there.
    async fn file(&self, channel: &str, who: &Member<'_>) -> Value {
        let message = self.private(channel, who);
        let url = text(&message["attachments"][0], "url");
        let content = reqwest::get(url).await.unwrap().text().await.unwrap();
        serde_json::from_str(&content).unwrap()
    }

    /// Asks for everything to be deleted until it is: a game may take a moment to end.
    async fn deleted(&self, who: &Member<'_>) {
        loop {
            let sure = self.ask(who, "general", "privacy", of("delete")).await;
            self.press(who, &sure, "Delete everything", &[]).await;
            let said = |m: &Value| m["id"] == sure["id"] && component(m, "Keep it").is_none();
            let answer = self.discord.wait_for_message("general", "an answer", said);
            if text(&answer.await, "content").starts_with("Done") {
                return;
            }
        }
    }

    /// The leaderboard, as text.
    async fn board(&self, who: &Member<'_>) -> String {
        let asked = who.slash("general", "leaderboard", json!({})).await;
        self.discord.wait_for_answer(&asked).await;
        let board = self
            .discord
            .state()
            .newest("general", |m| m["visible_to"].is_null());
        description(&board.unwrap())
    }

    /// Where a member's id is found: in which columns of which tables, and in which files.
    fn traces(&self, id: &str) -> Vec<String> {
        let file = self.folder.path().join("members.db");
        let conn = rusqlite::Connection::open(&file).unwrap();
        let list = |sql: &str| -> Vec<String> {
            let mut statement = conn.prepare(sql).unwrap();
            let rows = statement.query_map([], |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        let bytes = format!("{:016x}", id.parse::<u64>().unwrap());
        let mut found = Vec::new();
        for table in list("SELECT name FROM sqlite_master WHERE type = 'table'") {
            for column in list(&format!("SELECT name FROM pragma_table_info('{table}')")) {
                let values = format!(
                    "SELECT CASE typeof({column}) WHEN 'blob' THEN lower(hex({column}))
                         ELSE coalesce(CAST({column} AS TEXT), '') END FROM {table}"
                );
                let has = |value: &String| value.contains(id) || value.contains(&bytes);
                if list(&values).iter().any(has) {
                    found.push(format!("{table}.{column}"));
                }
            }
        }
        let number = id.parse::<u64>().unwrap().to_be_bytes();
        for ending in ["", "-wal"] {
            let bytes = std::fs::read(format!("{}{ending}", file.display())).unwrap_or_default();
            let has = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
            if has(id.as_bytes()) || has(&number) {
                found.push(format!("the file{ending}"));
            }
        }
        found
    }

    /// Reports the question of a reveal.
    async fn report(&self, who: &Member<'_>, reveal: &Value, reason: &str) -> Value {
        self.press(who, reveal, "Report", &[]).await;
        let menu = self.private("trivia", who);
        let menu_id = text(components(&menu).next().unwrap(), "custom_id");
        self.press(who, &menu, &menu_id, &[reason]).await;
        let noted = self.private("trivia", who);
        assert!(text(&noted, "content").starts_with("Noted"), "{noted:#}");
        noted
    }
}

fn description(message: &Value) -> String {
    text(&message["embeds"][0], "description")
}

fn pair() -> Value {
    json!({ "pack": "pair", "rounds": 2, "seconds": 5 })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_three_members_report_rests_until_a_manager_dismisses_it() {
    let stage = Stage::begin().await;
    let [gaffer, foley, grip, clapper] =
        ["Gaffer", "Foley", "Grip", "Clapper"].map(|name| stage.member(name));
    let reveals = stage.play("trivia", &[&foley], pair()).await;
    assert_eq!(reveals.len(), 2);
    let code = text(&reveals[0]["embeds"][0]["footer"], "text");
    let code = code.rsplit(' ').next().unwrap();

    // One member reports as often as they like, and it is one report; a note comes with it.
    stage.report(&grip, &reveals[0], "unclear").await;
    let noted = stage.report(&grip, &reveals[0], "wrong").await;
    let opened = grip.click(&noted, "Add a note").await;
    let note = json!({ "text": "See **page 3** @everyone" });
    let sent = grip.submit_modal(&opened, &note).await.unwrap();
    stage.discord.wait_for_answer(&sent).await;
    let told = text(&stage.private("trivia", &grip), "content");
    assert!(told.contains(r"See \*\*page 3\*\*"), "{told}");
    stage.report(&clapper, &reveals[0], "two-right").await;
    assert_eq!(stage.offered(&foley, "stage-1", pair()).await, 2);

    // With the third it rests; but not in another server, and not where a share code brings it.
    stage.report(&gaffer, &reveals[0], "other").await;
    assert_eq!(stage.offered(&foley, "stage-2", pair()).await, 1);
    assert_eq!(stage.offered(&foley, "quiz", pair()).await, 2);
    let as_given = json!({ "code": code });
    assert_eq!(stage.offered(&foley, "stage-3", as_given).await, 2);
    for member in [&foley, &clapper, &gaffer] {
        stage.report(member, &reveals[1], "wrong").await;
    }
    let told = text(
        &stage.ask(&foley, "trivia", "quiz", pair()).await,
        "content",
    );
    assert!(told.contains("rests here"), "{told}");

    // Only who may manage the server sees and dismisses them.
    let refused = grip.try_slash("trivia", "reports", json!({})).await;
    refused.expect_err("the client hides the command");
    let list = stage.ask(&gaffer, "trivia", "reports", json!({})).await;
    let shown = list.to_string();
    for expected in [
        "2 reported questions",
        "**rests**",
        "3 members",
        "page 3",
        "A pair",
    ] {
        assert!(shown.contains(expected), "{expected}: {list:#}");
    }
    let fields = list["embeds"][0]["fields"].to_string();
    assert!(!fields.contains(&grip.user_id), "names are kept: {fields}");
    stage.press(&gaffer, &list, "Dismiss 1", &[]).await;
    let list = stage.told("trivia", &gaffer, "1 reported question\"").await;
    assert_eq!(stage.offered(&foley, "stage-4", pair()).await, 1);
    stage.press(&gaffer, &list, "Dismiss 1", &[]).await;
    stage
        .told("trivia", &gaffer, "No question is reported here")
        .await;
    assert_eq!(stage.offered(&foley, "stage-5", pair()).await, 2);
    stage.discord.assert_no_rejections().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_direct_message_has_no_report_button() {
    let stage = Stage::begin().await;
    let foley = stage.member("Foley");
    let reveals = stage.play(&foley.dm_id, &[&foley], pair()).await;
    assert_eq!(reveals.len(), 2);
    for reveal in &reveals {
        assert!(component(reveal, "Report").is_none(), "{reveal:#}");
    }
    let refused = foley.try_slash("dm", "reports", json!({})).await;
    refused.expect_err("the command is of servers");
    stage.discord.assert_no_rejections().await;
}

fn of(name: &str) -> Value {
    json!([{ "name": name, "type": 1, "options": [] }])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_takes_their_data_along_and_then_there_is_none() {
    let stage = Stage::begin().await;
    let [gaffer, foley, grip] = ["Gaffer", "Foley", "Grip"].map(|name| stage.member(name));
    let reveals = stage.play("trivia", &[&foley, &grip], pair()).await;
    stage.play(&foley.dm_id, &[&foley], pair()).await;
    stage.report(&foley, &reveals[0], "unclear").await;
    let code = text(&reveals[0]["embeds"][0]["footer"], "text");
    let code = code.rsplit(' ').next().unwrap();

    // Everything as a file, and nothing of others.
    stage.ask(&foley, "general", "privacy", of("export")).await;
    let file = stage.file("general", &foley).await;
    let games = file["games"].as_array().unwrap();
    assert_eq!(games.len(), 2, "{file:#}");
    assert!(games[0]["server"].is_null() && games[1]["server"].is_string());
    for game in games {
        let answers = game["answers"].as_array().unwrap();
        assert_eq!(answers.len(), 2);
        for answer in answers {
            for told in [
                "question",
                "asked",
                "answered",
                "right_answer",
                "at",
                "topic",
            ] {
                assert!(answer[told].is_string(), "{told}: {answer:#}");
            }
            assert_eq!(
                answer["right"],
                answer["answered"] == answer["right_answer"]
            );
            assert_eq!(answer["right"] == true, answer["points"] != 0);
        }
    }
    assert_eq!(games[1]["share_code"], code);
    assert_eq!(games[1]["started_by_you"], true);
    assert_eq!(file["reports"][0]["reason"], "unclear");
    assert_eq!(file["standings"][0]["answered"], 4);
    assert!(!file.to_string().contains(&grip.user_id), "{file:#}");

    // While they play nothing is told of the open question, and nothing deleted.
    let options = json!({ "pack": "pair", "rounds": 2, "seconds": 60 });
    let asked = gaffer.slash("stage-1", "quiz", options).await;
    stage.discord.wait_for_answer(&asked).await;
    let question = stage
        .discord
        .wait_for_message("stage-1", "a question", |m| component(m, "Skip").is_some())
        .await;
    let choice = components(&question).next().unwrap();
    stage
        .press(&foley, &question, &text(choice, "custom_id"), &[])
        .await;
    stage.ask(&foley, "general", "privacy", of("export")).await;
    let file = stage.file("general", &foley).await;
    let open = &file["games"][0]["answers"][0];
    assert!(open["answered"].is_string(), "{open:#}");
    for secret in ["right", "right_answer", "points"] {
        assert!(open[secret].is_null(), "{open:#}");
    }
    let sure = stage.ask(&foley, "general", "privacy", of("delete")).await;
    stage.press(&foley, &sure, "Delete everything", &[]).await;
    stage.told("general", &foley, "still on").await;
    assert!(!stage.traces(&foley.user_id).is_empty());
    stage.press(&gaffer, &question, "Stop", &[]).await;
    let over = |m: &Value| component(m, "Play again").is_some();
    stage
        .discord
        .wait_for_message("stage-1", "the end", over)
        .await;

    let sure = stage.ask(&foley, "general", "privacy", of("delete")).await;
    stage.press(&foley, &sure, "Keep it", &[]).await;
    stage.told("general", &foley, "Nothing was deleted.").await;
    stage.deleted(&foley).await;
    assert_eq!(stage.traces(&foley.user_id), [""; 0]);

    // The other's are as they were; the code still plays the same; who comes back is new.
    assert!(!stage.traces(&grip.user_id).is_empty());
    let board = stage.board(&grip).await;
    assert!(
        board.contains(&grip.user_id) && !board.contains(&foley.user_id),
        "{board}"
    );
    assert_eq!(
        stage
            .offered(&grip, "stage-2", json!({ "code": code }))
            .await,
        2
    );
    stage.ask(&foley, "general", "privacy", of("export")).await;
    let file = stage.file("general", &foley).await;
    assert_eq!(file["games"], json!([]), "{file:#}");
    assert_eq!(file["standings"], json!([]));
    stage.play("stage-3", &[&foley], pair()).await;
    stage.ask(&foley, "general", "privacy", of("export")).await;
    let file = stage.file("general", &foley).await;
    assert_eq!(file["standings"][0]["answered"], 2);
    stage.discord.assert_no_rejections().await;
}
