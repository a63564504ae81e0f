//! Evenings of play: the real bot, connected over real sockets to the simulated Discord, and
//! members who use it as people do. Every request that the simulated Discord refuses fails a test.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod common;

use common::process::Home;
use common::{Discord, Member, component, components, postgres, text};
use heat_check::bot;
use heat_check::sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A sandbox with the bot in it.
struct Evening {
    sandbox: Sandbox,
    discord: Discord,
    home: Home,
    bot: Option<Bot>,
}

struct Bot {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), bot::BotError>>,
}

impl Evening {
    async fn begin() -> Self {
        Self::begin_at(Home::new()).await
    }

    async fn begin_at(home: Home) -> Self {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut options = Options::new(address, "test-token");
        // A bot that is started again at once would have to wait.
        options.identify_interval = Duration::ZERO;
        let sandbox = Sandbox::start(options).await.unwrap();
        let discord = Discord::connect(&sandbox.url()).await;
        let mut evening = Self {
            sandbox,
            discord,
            home,
            bot: None,
        };
        evening.start_bot().await;
        evening
    }

    async fn start_bot(&mut self) {
        let (stop, stopped) = oneshot::channel();
        let options = bot::Options {
            api_url: Some(self.sandbox.url()),
            endpoint: common::endpoint(&self.sandbox),
            ..bot::Options::new(self.sandbox.token(), self.home.url())
        };
        let endpoint = options.endpoint;
        let task = tokio::spawn(bot::run(options, async {
            let _ = stopped.await;
        }));
        self.bot = Some(Bot { stop, task });
        self.discord.use_endpoint(endpoint).await;
        self.discord.wait_for_command("quiz").await;
    }

    async fn stop_bot(&mut self) {
        let bot = self.bot.take().unwrap();
        bot.stop.send(()).unwrap();
        bot.task.await.unwrap().unwrap();
        self.discord.use_endpoint(None).await;
        let gone = |state: &common::State| (state.bot["online"] == false).then_some(());
        self.discord.wait_for("the bot to leave", gone).await;
    }

    /// Ends the evening: nothing was refused, and the bot stops in good order.
    async fn end(mut self) {
        self.discord.assert_no_rejections().await;
        self.stop_bot().await;
    }

    /// Uses a command and waits until it is answered, however slow that may be.
    async fn ask(&self, member: &Member<'_>, channel: &str, name: &str, options: Value) -> Value {
        let id = member.slash(channel, name, options).await;
        self.discord
            .wait_for_message(channel, &format!("the answer to /{name}"), |m| {
                m["interaction_metadata"]["id"] == id.as_str() && m["thinking"] != true
            })
            .await
    }

    /// The open question with this number.
    async fn question(&self, channel: &str, number: usize) -> Value {
        let what = format!("question {number}");
        let title = format!("Question {number} of ");
        self.discord
            .wait_for_message(channel, &what, |m| {
                embed(m)["title"]
                    .as_str()
                    .is_some_and(|t| t.starts_with(&title))
            })
            .await
    }

    /// The same message once its round is over.
    async fn reveal(&self, channel: &str, question: &Value) -> Value {
        self.discord
            .wait_for_message(channel, "the reveal", |m| {
                m["id"] == question["id"] && right_choice(m).is_some()
            })
            .await
    }

    async fn scoreboard(&self, channel: &str) -> Value {
        self.discord
            .wait_for_message(channel, "the scoreboard", |m| {
                component(m, "Play again").is_some()
            })
            .await
    }

    /// What a member was told privately, newest last.
    fn told(&self, channel: &str, member: &Member<'_>) -> Vec<String> {
        let state = self.discord.state();
        let mine = |m: &&Value| m["visible_to"] == member.user_id.as_str();
        let messages = state.messages_in(channel).iter().filter(mine);
        messages.map(|m| text(m, "content")).collect()
    }

    async fn wait_until_told(&self, channel: &str, member: &Member<'_>, what: &str) {
        let user = member.user_id.clone();
        self.discord
            .wait_for_message(channel, what, |m| {
                m["visible_to"] == user.as_str() && text(m, "content").contains(what)
            })
            .await;
    }
}

fn embed(message: &Value) -> &Value {
    &message["embeds"][0]
}

fn choices(message: &Value) -> Vec<&Value> {
    let is_choice = |c: &&Value| text(c, "custom_id").starts_with("q:");
    components(message).filter(is_choice).collect()
}

/// The position of the choice that a reveal marks as right.
fn right_choice(message: &Value) -> Option<usize> {
    choices(message)
        .iter()
        .position(|c| text(c, "label").starts_with('✓'))
}

/// Everything a question says must be the same whichever choice is right: fails if anything but
/// the texts of the choices could tell.
fn assert_tells_nothing(question: &Value) {
    let buttons = choices(question);
    assert_eq!(buttons.len(), 4, "{question:#}");
    let game = text(buttons[0], "custom_id");
    let game = game.rsplit_once(':').unwrap().0.to_owned();
    for (at, button) in buttons.iter().enumerate() {
        assert_eq!(text(button, "custom_id"), format!("{game}:{at}"));
        assert_eq!(button["style"], 2);
        assert_ne!(button["disabled"], true);
        let letter = ["A · ", "B · ", "C · ", "D · "][at];
        assert!(text(button, "label").starts_with(letter), "{button}");
    }
    let shown = embed(question).to_string();
    // As a field's name: a question may begin with the word.
    for secret in ["\"Why\"", "Source: ", "✓", "✅"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

/// The points that a scoreboard or leaderboard gives to each member.
fn points(message: &Value) -> BTreeMap<String, u64> {
    let description = text(embed(message), "description");
    description
        .lines()
        .filter_map(|line| {
            let (_, rest) = line.split_once("<@")?;
            let (user, rest) = rest.split_once('>')?;
            let (_, rest) = rest.split_once("**")?;
            let (points, _) = rest.split_once("**")?;
            Some((user.to_owned(), points.replace(',', "").parse().unwrap()))
        })
        .collect()
}

/// The points that a reveal gives to each member.
fn won(reveal: &Value) -> BTreeMap<String, u64> {
    let fields = embed(reveal)["fields"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let right = fields.iter().find(|f| text(f, "name").starts_with("Right"));
    let lines = right.map(|f| text(f, "value")).unwrap_or_default();
    lines
        .lines()
        .filter_map(|line| {
            let (user, rest) = line.strip_prefix("<@")?.split_once('>')?;
            let points = rest.trim().strip_prefix('+')?.split(' ').next()?;
            Some((user.to_owned(), points.parse().unwrap()))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_quiz_with_three_members() {
    a_whole_quiz(Home::new()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_quiz_on_a_server() {
    if let Some(server) = postgres::shared() {
        a_whole_quiz(Home::on(server)).await;
    }
}

async fn a_whole_quiz(home: Home) {
    let evening = Evening::begin_at(home).await;
    let [foley, grip, clapper] = ["Foley", "Grip", "Clapper"].map(|n| evening.discord.member(n));
    let options = json!({ "rounds": 4, "seconds": 5, "pack": "heat-2" });
    let started = foley.slash("trivia", "quiz", options).await;
    evening.discord.wait_for_answer(&started).await;

    let mut totals: BTreeMap<String, u64> = BTreeMap::new();
    for number in 1..=4 {
        let question = evening.question("trivia", number).await;
        assert_tells_nothing(&question);
        for (member, choice) in [(&foley, 0), (&grip, 1), (&clapper, 2)] {
            let custom_id = text(choices(&question)[choice], "custom_id");
            let click = member.click(&question, &custom_id).await;
            evening.discord.wait_for_answer(&click).await;
            let letter = ["A", "B", "C"][choice];
            let told = evening.told("trivia", member);
            assert!(
                told.last()
                    .unwrap()
                    .starts_with(&format!("Locked in: **{letter}**")),
                "{told:?}"
            );
        }
        let reveal = evening.reveal("trivia", &question).await;
        let right = right_choice(&reveal).unwrap();
        let won = won(&reveal);
        for (member, choice) in [(&foley, 0), (&grip, 1), (&clapper, 2)] {
            assert_eq!(
                won.contains_key(&member.user_id),
                choice == right,
                "{reveal:#}"
            );
        }
        for (user, points) in won {
            *totals.entry(user).or_default() += points;
        }
        let why = embed(&reveal)["fields"][0].clone();
        assert_eq!(why["name"], "Why");
        assert!(text(&why, "value").contains("Source: "), "{why}");
    }

    let scoreboard = evening.scoreboard("trivia").await;
    let scores = points(&scoreboard);
    assert_eq!(scores.len(), 3, "{scoreboard:#}");
    for (user, points) in &scores {
        assert_eq!(
            totals.get(user).copied().unwrap_or(0),
            *points,
            "{scoreboard:#}"
        );
    }
    // The leaderboard says the same, here and everywhere, today and for all time.
    for options in [
        json!({}),
        json!({"period": "today"}),
        json!({"scope": "global", "period": "week"}),
    ] {
        let asked = grip.slash("general", "leaderboard", options).await;
        evening.discord.wait_for_answer(&asked).await;
        let board = evening.discord.state().newest("general", |_| true).unwrap();
        assert_eq!(points(&board), scores, "{board:#}");
    }
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaderboard_waits_for_the_reveal() {
    let evening = Evening::begin().await;
    let members = ["Foley", "Grip", "Clapper", "Gaffer"].map(|n| evening.discord.member(n));
    let starter = &members[3];
    starter
        .slash("quiz", "quiz", json!({ "rounds": 1, "seconds": 5 }))
        .await;
    let question = evening.question("quiz", 1).await;
    // All four choices are taken, and the starter answers last, so one of them is right.
    for (member, choice) in members.iter().zip(0..4) {
        if choice == 3 {
            let asked = members[0].slash("quiz", "leaderboard", json!({})).await;
            evening.discord.wait_for_answer(&asked).await;
            let board = evening
                .discord
                .state()
                .newest("quiz", |m| m["visible_to"].is_null())
                .unwrap();
            assert_eq!(
                points(&board),
                BTreeMap::new(),
                "nothing before the reveal: {board:#}"
            );
        }
        let custom_id = text(choices(&question)[choice], "custom_id");
        let click = member.click(&question, &custom_id).await;
        evening.discord.wait_for_answer(&click).await;
    }
    evening.reveal("quiz", &question).await;
    let scoreboard = evening.scoreboard("quiz").await;
    assert_eq!(
        points(&scoreboard).values().filter(|p| **p > 0).count(),
        1,
        "{scoreboard:#}"
    );
    let press = members[1].click(&scoreboard, "Leaderboard").await;
    evening.discord.wait_for_answer(&press).await;
    let private = evening.discord.state().newest("quiz", |_| true).unwrap();
    assert_eq!(private["visible_to"], members[1].user_id.as_str());
    assert_eq!(points(&private), points(&scoreboard));
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_click_counts_and_a_code_plays_the_same_questions() {
    let evening = Evening::begin().await;
    let foley = evening.discord.member("Foley");
    foley
        .slash(
            "dm",
            "quiz",
            json!({ "rounds": 2, "seconds": 5, "difficulty": "easy" }),
        )
        .await;
    let channel = foley.dm_id.clone();
    let mut first_game = Vec::new();
    for number in 1..=2 {
        let question = evening.question(&channel, number).await;
        let ids: Vec<String> = choices(&question)
            .iter()
            .map(|c| text(c, "custom_id"))
            .collect();
        foley.click(&question, &ids[1]).await;
        evening
            .wait_until_told(&channel, &foley, "Locked in: **B**")
            .await;
        evening.reveal(&channel, &question).await;
        first_game.push(asked(&question));
    }
    let scoreboard = evening.scoreboard(&channel).await;
    let code = text(&embed(&scoreboard)["footer"], "text");
    let code = code.rsplit_once("code:").unwrap().1.to_owned();

    let grip = evening.discord.member("Grip");
    let typed = format!("{}-{}", code[..4].to_lowercase(), &code[4..]);
    grip.slash("general", "quiz", json!({ "code": typed, "seconds": 5 }))
        .await;
    for (number, expected) in (1..=2).zip(first_game) {
        let question = evening.question("general", number).await;
        assert_eq!(asked(&question), expected);
        let ids: Vec<String> = choices(&question)
            .iter()
            .map(|c| text(c, "custom_id"))
            .collect();
        let first = grip.click(&question, &ids[0]).await;
        evening.discord.wait_for_answer(&first).await;
        if number == 1 {
            grip.click(&question, &ids[2]).await;
            evening
                .wait_until_told("general", &grip, "Your first answer counts: **A**")
                .await;
        }
        evening.reveal("general", &question).await;
    }
    evening.scoreboard("general").await;
    evening.end().await;
}

/// The prompt and the choices of a question, without what differs between two games.
fn asked(question: &Value) -> (String, Vec<String>) {
    let description = text(embed(question), "description");
    let prompt = description.lines().next().unwrap().to_owned();
    (
        prompt,
        choices(question).iter().map(|c| text(c, "label")).collect(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_bot_may_not_post_it_answers_by_follow_ups() {
    let evening = Evening::begin().await;
    let foley = evening.discord.member("Foley");
    let started = foley
        .slash(
            "announcements",
            "quiz",
            json!({ "rounds": 2, "seconds": 5 }),
        )
        .await;
    evening.discord.wait_for_answer(&started).await;
    for number in 1..=2 {
        let question = evening.question("announcements", number).await;
        let id = text(choices(&question)[0], "custom_id");
        let click = foley.click(&question, &id).await;
        evening.discord.wait_for_answer(&click).await;
        evening.reveal("announcements", &question).await;
    }
    evening.scoreboard("announcements").await;
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_skip_and_stop() {
    let evening = Evening::begin().await;
    let [foley, grip, clapper] = ["Foley", "Grip", "Clapper"].map(|n| evening.discord.member(n));
    foley
        .slash("trivia", "quiz", json!({ "rounds": 3, "seconds": 30 }))
        .await;
    let question = evening.question("trivia", 1).await;
    clapper.click(&question, "Skip").await;
    evening
        .wait_until_told("trivia", &clapper, "Answer a question first")
        .await;
    clapper.click(&question, "Stop").await;
    evening.wait_until_told("trivia", &clapper, "Only <@").await;
    clapper.slash("trivia", "quiz", json!({})).await;
    evening
        .wait_until_told("trivia", &clapper, "A game is on in this channel")
        .await;
    foley.click(&question, "Skip").await;
    evening.wait_until_told("trivia", &foley, "Skipped").await;
    let reveal = evening.reveal("trivia", &question).await;
    assert!(
        text(embed(&reveal), "title").ends_with("skipped"),
        "{reveal:#}"
    );

    let second = evening.question("trivia", 2).await;
    grip.click(&second, "Stop").await;
    evening.wait_until_told("trivia", &grip, "Stopped").await;
    let scoreboard = evening.scoreboard("trivia").await;
    assert!(
        text(embed(&scoreboard), "title").starts_with("Stopped"),
        "{scoreboard:#}"
    );
    // The channel is free again.
    let again = clapper.click(&scoreboard, "Play again").await;
    evening.discord.wait_for_answer(&again).await;
    evening
        .discord
        .wait_for_message("trivia", "a new first question", |m| {
            m["id"] != question["id"] && text(embed(m), "title") == "Question 1 of 3"
        })
        .await;
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_game_goes_on_after_a_restart() {
    a_restart(Home::new()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_game_goes_on_after_a_restart_on_a_server() {
    if let Some(server) = postgres::shared() {
        a_restart(Home::on(server)).await;
    }
}

async fn a_restart(home: Home) {
    let mut evening = Evening::begin_at(home).await;
    let user = evening.discord.member("Foley").user_id;
    evening
        .discord
        .member("Foley")
        .slash("trivia", "quiz", json!({ "rounds": 2, "seconds": 5 }))
        .await;
    let question = evening.question("trivia", 1).await;
    let id = text(choices(&question)[0], "custom_id");
    let grip = evening.discord.member("Grip");
    let click = grip.click(&question, &id).await;
    evening.discord.wait_for_answer(&click).await;
    drop(grip);
    evening.stop_bot().await;
    evening.start_bot().await;

    let reveal = evening.reveal("trivia", &question).await;
    let grip = evening.discord.member("Grip");
    let shown = embed(&reveal)["fields"].to_string();
    assert!(
        shown.contains(&grip.user_id),
        "the answer was kept: {shown}"
    );
    assert!(!shown.contains(&user));
    let second = evening.question("trivia", 2).await;
    let ids: Vec<String> = choices(&second)
        .iter()
        .map(|c| text(c, "custom_id"))
        .collect();
    let click = grip.click(&second, &ids[0]).await;
    evening.discord.wait_for_answer(&click).await;
    let scoreboard = evening.scoreboard("trivia").await;
    let asked = grip.slash("general", "leaderboard", json!({})).await;
    evening.discord.wait_for_answer(&asked).await;
    let board = evening.discord.state().newest("general", |_| true).unwrap();
    assert_eq!(
        points(&board),
        points(&scoreboard),
        "counted once: {board:#}"
    );
    let state = evening.discord.state();
    let posted = state.messages_in("trivia").iter();
    let first = posted
        .filter(|m| text(embed(m), "title").starts_with("Question 1 of"))
        .count();
    assert_eq!(first, 1, "no question is posted twice");
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lookups_news_and_help() {
    let evening = Evening::begin().await;
    let foley = evening.discord.member("Foley");
    let answer = async |name: &str, options: Value| {
        let asked = foley.slash("general", name, options).await;
        evening.discord.wait_for_answer(&asked).await;
        evening.discord.state().newest("general", |_| true).unwrap()
    };
    let hanna = answer("cast", json!({ "name": "Vincent Hanna" })).await;
    let shown = hanna.to_string();
    for expected in [
        "Al Pacino",
        "Christian Bale",
        "Scott Plank",
        "Heat",
        "Heat 2",
        "1995",
        "1989",
        "confirmed",
        "reported",
        "final",
    ] {
        assert!(
            shown.contains(expected),
            "{expected} is missing in {hanna:#}"
        );
    }
    let typo = answer("cast", json!({ "name": "vincent hana" })).await;
    assert!(typo.to_string().contains("Vincent Hanna"), "{typo:#}");
    let nobody = answer("cast", json!({ "name": "Zorro Quixote" })).await;
    assert!(nobody["embeds"][0]["description"].is_string(), "{nobody:#}");

    let offered = foley
        .autocomplete("general", "cast", "name", json!({ "name": "hann" }))
        .await
        .unwrap();
    assert!(
        offered
            .iter()
            .any(|c| text(c, "name").contains("Vincent Hanna")),
        "{offered:?}"
    );
    let picked = answer("cast", json!({ "name": offered[0]["value"] })).await;
    assert!(embed(&picked)["title"].is_string(), "{picked:#}");

    for topic in [
        "headlines",
        "casting",
        "production",
        "novel",
        "studio",
        "analysis",
    ] {
        let news = answer("news", json!({ "topic": topic })).await;
        assert!(
            news.to_string().contains('¶'),
            "a line without its place: {news:#}"
        );
    }
    let casting = answer("news", json!({ "topic": "casting" }))
        .await
        .to_string();
    assert!(
        casting.contains("TheWrap") && casting.contains("Graham"),
        "{casting}"
    );
    let help = answer("help", json!({})).await;
    assert_eq!(help["visible_to"], foley.user_id.as_str());
    assert!(help.to_string().contains("100 points"), "{help:#}");
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_input_gets_a_private_sentence() {
    let evening = Evening::begin().await;
    let foley = evening.discord.member("Foley");
    let wrong = [
        (
            "quiz",
            json!({ "pack": "the-godfather" }),
            "I know no pack called “the-godfather”",
        ),
        (
            "quiz",
            json!({ "pack": "**@everyone**" }),
            "I know no pack called",
        ),
        (
            "quiz",
            json!({ "code": "ABCD2345" }),
            "No game has the code “ABCD2345”",
        ),
        (
            "quiz",
            json!({ "code": "what?" }),
            "No game has the code “what?”",
        ),
    ];
    for (command, options, sentence) in wrong {
        foley.slash("trivia", command, options).await;
        evening.wait_until_told("trivia", &foley, sentence).await;
    }
    // What the client itself would not send is refused before it reaches the bot.
    let refused = foley
        .try_slash("trivia", "quiz", json!({ "rounds": 51 }))
        .await;
    refused.expect_err("Discord checks the range");
    evening.end().await;
}

/// `/settings set` with these options.
async fn set(evening: &Evening, who: &Member<'_>, options: Value) -> String {
    let options = options.as_object().unwrap().iter();
    let options = options.map(|(name, value)| json!({ "name": name, "value": value }));
    let options: Vec<_> = options.collect();
    settings(evening, who, json!([{ "name": "set", "options": options }])).await
}

/// `/settings` with a subcommand, and what it said.
async fn settings(evening: &Evening, who: &Member<'_>, options: Value) -> String {
    let asked = who.slash("general", "settings", options).await;
    evening.discord.wait_for_answer(&asked).await;
    let answer = evening
        .discord
        .wait_for_message("general", "what /settings says", |m| {
            m["interaction_metadata"]["id"] == asked.as_str()
        })
        .await;
    assert_eq!(answer["visible_to"], who.user_id.as_str(), "{answer:#}");
    text(&answer, "content") + &embed(&answer).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_has_its_quizzes_as_it_likes() {
    let evening = Evening::begin().await;
    let [gaffer, grip, clapper] = ["Gaffer", "Grip", "Clapper"].map(|n| evening.discord.member(n));
    // The client shows the command to who manages the server only.
    let show = json!([{ "name": "show" }]);
    let hidden = clapper.try_slash("general", "settings", show.clone()).await;
    let hidden = hidden.unwrap_err();
    assert!(hidden.contains("may not use /settings"), "{hidden}");
    let shown = settings(&evening, &gaffer, show.clone()).await;
    assert!(shown.contains("**Channels**: everywhere"), "{shown}");

    // Discord's client names the zone by one of the suggestions.
    let typing = json!([{ "name": "set", "options": [
        { "name": "time-zone", "value": "kirit", "focused": true },
    ]}]);
    let zones = gaffer.autocomplete("general", "settings", "", typing).await;
    let zone = zones.unwrap()[0]["value"].clone();
    assert_eq!(zone, "Pacific/Kiritimati");
    let wish = json!({ "rounds": 1, "seconds": 5, "pack": "heat-1995", "extended-time": "2",
        "stop": "moderators", "time-zone": zone });
    let told = set(&evening, &gaffer, wish).await;
    for says in ["**Rounds**: 10 → 1", "5 seconds become 10", "Kiritimati"] {
        assert!(told.contains(says), "{told}");
    }
    let trivia = evening.discord.state().channel("trivia").unwrap();
    let allow = json!([{ "name": "channels", "options": [{ "name": "allow", "options": [
        { "name": "channel", "value": trivia },
    ]}]}]);
    let told = settings(&evening, &gaffer, allow).await;
    assert!(
        told.contains(&format!("everywhere → <#{trivia}>")),
        "{told}"
    );

    clapper.slash("general", "quiz", json!({})).await;
    let not_here = format!("Quizzes are not played in this channel. Start one in <#{trivia}>.");
    evening
        .wait_until_told("general", &clapper, &not_here)
        .await;
    let started = clapper.slash("trivia", "quiz", json!({})).await;
    evening.discord.wait_for_answer(&started).await;
    let start = evening
        .discord
        .wait_for_message("trivia", "the start", |m| {
            text(embed(m), "title").starts_with("Quiz: ")
        })
        .await;
    let said = text(embed(&start), "description");
    assert!(
        said.contains("1 question · 10 seconds each (extended time, 2×)"),
        "{said}"
    );
    let question = evening.question("trivia", 1).await;
    clapper.click(&question, "Stop").await;
    evening
        .wait_until_told("trivia", &clapper, "only members who may manage messages")
        .await;
    let custom_id = text(choices(&question)[0], "custom_id");
    let click = clapper.click(&question, &custom_id).await;
    evening.discord.wait_for_answer(&click).await;
    // A change holds for the game that is on.
    set(&evening, &gaffer, json!({ "stop": "players" })).await;
    clapper.click(&question, "Stop").await;
    evening.wait_until_told("trivia", &clapper, "Stopped").await;
    let scoreboard = evening.scoreboard("trivia").await;
    assert!(points(&scoreboard).contains_key(&clapper.user_id));

    // The day of the board is the server's, and the answer counts in it.
    grip.slash("trivia", "leaderboard", json!({ "period": "today" }))
        .await;
    let board = evening
        .discord
        .wait_for_message("trivia", "the board", |m| {
            text(embed(m), "title").starts_with("Leaderboard of this server · today")
        })
        .await;
    let footer = text(&embed(&board)["footer"], "text");
    assert!(footer.ends_with("time zone Pacific/Kiritimati"), "{footer}");
    assert!(points(&board).contains_key(&clapper.user_id), "{board:#}");

    let everywhere = json!([{ "name": "reset" }]);
    let told = settings(&evening, &gaffer, everywhere).await;
    assert!(told.contains("**Rounds**: 1 → 10"), "{told}");
    let asked = clapper.slash("general", "quiz", json!({})).await;
    evening.discord.wait_for_answer(&asked).await;
    evening.question("general", 1).await;
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stats_come_in_words_and_as_a_card() {
    let evening = Evening::begin().await;
    let [foley, grip] = ["Foley", "Grip"].map(|n| evening.discord.member(n));
    let stats = async |asked: Value| evening.ask(&foley, "general", "stats", asked).await;
    let none = stats(json!({})).await;
    assert_eq!(none["visible_to"], foley.user_id.as_str());
    assert!(text(&none, "content").contains("no stats yet"), "{none:#}");

    let options = json!({ "rounds": 2, "seconds": 5, "pack": "heat-2" });
    foley.slash("trivia", "quiz", options).await;
    for number in 1..=2 {
        let question = evening.question("trivia", number).await;
        let click = grip
            .click(&question, &text(choices(&question)[0], "custom_id"))
            .await;
        evening.discord.wait_for_answer(&click).await;
        if number == 1 {
            let hidden = stats(json!({ "member": grip.user_id })).await;
            let said = text(&hidden, "content");
            assert!(
                said.contains("has not answered"),
                "before the reveal: {hidden:#}"
            );
        }
        evening.reveal("trivia", &question).await;
    }
    let scoreboard = evening.scoreboard("trivia").await;
    let shown = stats(json!({ "member": grip.user_id })).await;
    assert!(shown["visible_to"].is_null(), "{shown:#}");
    let embed = embed(&shown);
    let points = points(&scoreboard)[&grip.user_id];
    let description = text(embed, "description");
    assert!(
        description.contains(&format!("**{points}** points")),
        "{shown:#}"
    );
    assert!(description.contains("rank 1 of 1 here"), "{shown:#}");
    assert!(
        embed["fields"].to_string().contains("2 answers"),
        "{shown:#}"
    );

    let card = &shown["attachments"][0];
    assert_eq!(card["url"], embed["image"]["url"], "{shown:#}");
    assert_eq!(
        (&card["width"], &card["content_type"]),
        (&json!(1000), &json!("image/png"))
    );
    let alt = text(card, "description");
    assert!(alt.starts_with("Stats card of Grip: "), "{alt}");
    assert_eq!(embed["image"]["description"], alt);
    let png = reqwest::get(text(card, "url")).await.unwrap();
    assert_eq!(png.headers()["content-type"], "image/png");
    assert!(png.bytes().await.unwrap().starts_with(b"\x89PNG"));

    let bot = stats(json!({ "member": evening.sandbox.application_id().to_string() })).await;
    assert!(
        text(&bot, "content").contains("Bots do not play"),
        "{bot:#}"
    );
    let other = json!({ "member": grip.user_id });
    let told = evening.ask(&foley, &foley.dm_id, "stats", other).await;
    assert!(
        text(&told, "content").contains("your own stats"),
        "{told:#}"
    );
    evening.end().await;
}

/// A pack that states a fact of its own, about people whom nobody else knows.
const OWN_PACK: &str = r#"{
 "id": "our-film", "title": "Our film", "description": "What we shot ourselves.",
 "sources": [{ "id": "notes", "title": "Our notes" }],
 "people": [{ "id": "zora-quill", "name": "Zora Quill" }],
 "characters": [{ "id": "the-usher", "name": "The Usher" }],
 "works": [{ "id": "backlot-blues", "name": "Backlot Blues", "form": "film" }],
 "facts": [{ "id": "zora-usher", "kind": "cast", "person": "zora-quill",
   "character": "the-usher", "work": "backlot-blues", "status": "confirmed", "topic": "cast",
   "difficulty": "easy", "cites": [{ "source": "notes" }],
   "summary": "Zora Quill plays the usher in Backlot Blues." }],
 "questions": [{ "id": "our-film-1", "prompt": "Where did we shoot our film?",
   "answer": "Behind the cinema", "distractors": ["On the roof", "In the park", "At the harbour"],
   "reason": "Nobody minded us there." }]}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_is_uploaded_looked_up_and_played_over_a_restart() {
    let mut evening = Evening::begin().await;
    let gaffer = evening.discord.member("Gaffer");
    let add = async |name: &str, bytes: &[u8]| {
        let file = gaffer.upload(name, bytes).await.unwrap();
        let options = json!([{ "name": "file", "value": file }]);
        let sub = json!([{ "name": "add", "options": options }]);
        evening.ask(&gaffer, "trivia", "packs", sub).await
    };
    let broken = add(
        "broken.json",
        OWN_PACK
            .replace("On the roof", "Behind the cinema")
            .as_bytes(),
    )
    .await;
    assert_eq!(
        text(embed(&broken), "title"),
        "This pack cannot be stored",
        "{broken:#}"
    );
    let faults = reqwest::get(text(&broken["attachments"][0], "url"))
        .await
        .unwrap();
    let faults = faults.text().await.unwrap();
    assert!(faults.contains("questions[0].distractors[0]"), "{faults}");

    let preview = add("our-film.json", OWN_PACK.as_bytes()).await;
    gaffer.click(&preview, "Store it").await;
    let is_stored = |m: &Value| m["id"] == preview["id"] && embed(m)["title"] == "Stored";
    evening
        .discord
        .wait_for_message("trivia", "the pack to be stored", is_stored)
        .await;

    let cast = async |channel: &str| {
        let name = json!({ "name": "zora quill" });
        let answer = evening.ask(&gaffer, channel, "cast", name).await;
        embed(&answer).to_string()
    };
    assert!(cast("trivia").await.contains("The Usher"));
    assert!(!cast("quiz").await.contains("The Usher"), "another server");

    let options = json!({ "rounds": 1, "seconds": 20, "pack": "our-film" });
    gaffer.slash("trivia", "quiz", options).await;
    let question = evening.question("trivia", 1).await;
    let id = text(choices(&question)[0], "custom_id");
    drop(gaffer);
    evening.stop_bot().await;
    evening.start_bot().await;
    let gaffer = evening.discord.member("Gaffer");
    let click = gaffer.click(&question, &id).await;
    evening.discord.wait_for_answer(&click).await;
    let reveal = evening.reveal("trivia", &question).await;
    let footer = text(&embed(&reveal)["footer"], "text");
    assert!(footer.starts_with("Our film"), "{footer}");
    evening.end().await;
}
