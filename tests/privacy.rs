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
    _folder: tempfile::TempDir,
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
            _folder: folder,
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
