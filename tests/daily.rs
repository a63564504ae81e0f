//! The daily puzzle with the real program on the simulated Discord: what members see of it and of
//! each other, and what is left of it when the program is killed in the middle.
//!
//! The seed is printed; `HEAT_CHECK_SEED` sets it.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod common;

use common::process::{Home, Process};
use common::{Discord, Member, component, components, text};
use heat_check::sandbox::{Options, Sandbox};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

const TOKEN: &str = "the-bot-token";
/// Kills of a run.
const KILLS: u32 = 10;

struct Evening {
    sandbox: Sandbox,
    discord: Discord,
    home: Home,
}

impl Evening {
    async fn begin() -> Self {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut options = Options::new(address, TOKEN);
        // A bot that is started again at once would have to wait.
        options.identify_interval = Duration::ZERO;
        let sandbox = Sandbox::start(options).await.unwrap();
        let discord = Discord::connect(&sandbox.url()).await;
        Self {
            sandbox,
            discord,
            home: Home::new(),
        }
    }

    async fn start(&self) -> Process {
        let bot = self.home.start(&self.sandbox.url(), TOKEN, &[]);
        self.discord.wait_for_command("daily").await;
        bot
    }

    async fn kill(&self, bot: &mut Process) {
        bot.kill();
        let gone = |state: &common::State| (state.bot["online"] == false).then_some(());
        self.discord.wait_for("the bot to be gone", gone).await;
    }

    /// The private answer to `/daily`.
    async fn daily(&self, member: &Member<'_>, channel: &str) -> Value {
        let asked = member.slash(channel, "daily", json!({})).await;
        self.answer_to(member, channel, &asked).await
    }

    /// The message that answers an interaction, for nobody but its member.
    async fn answer_to(&self, member: &Member<'_>, channel: &str, asked: &str) -> Value {
        self.discord.wait_for_answer(asked).await;
        let channel = place(member, channel);
        let is_it = |m: &Value| m["interaction_metadata"]["id"] == asked && m["thinking"] != true;
        let message = self
            .discord
            .wait_for_message(&channel, "the answer", is_it)
            .await;
        assert_eq!(message["visible_to"], member.user_id.as_str());
        message
    }

    /// Presses a button and waits until its message has this other one.
    async fn press(&self, member: &Member<'_>, message: &Value, button: &str, then: &str) -> Value {
        let press = member.click(message, button).await;
        self.discord.wait_for_answer(&press).await;
        self.changed(message, then).await
    }

    async fn changed(&self, message: &Value, button: &str) -> Value {
        let channel = text(message, "channel_id");
        self.discord
            .wait_for_message(&channel, &format!("the button {button:?}"), |m| {
                m["id"] == message["id"] && way_on(m).is_some_and(|found| found.contains(button))
            })
            .await
    }

    /// Answers every question that is left, by the first button; the result.
    async fn finish(&self, member: &Member<'_>, mut message: Value) -> Value {
        while let Some(first) = choices(&message).first() {
            let told = self.press(member, &message, &first.0, "").await;
            let on = way_on(&told).unwrap();
            let press = member.click(&told, &on).await;
            self.discord.wait_for_answer(&press).await;
            let (channel, id) = (text(&message, "channel_id"), message["id"].clone());
            message = self
                .discord
                .wait_for_message(&channel, "what is next", |m| {
                    m["id"] == id && way_on(m).is_none()
                })
                .await;
        }
        message
    }
}

fn place(member: &Member<'_>, channel: &str) -> String {
    match channel {
        "dm" => member.dm_id.clone(),
        other => other.to_owned(),
    }
}

fn title(message: &Value) -> String {
    text(&message["embeds"][0], "title")
}

/// The button under an answered question.
fn way_on(message: &Value) -> Option<String> {
    let names = ["Next question", "Your result"];
    let found = names
        .into_iter()
        .find(|name| component(message, name).is_some());
    found.map(str::to_owned)
}

/// The `custom_id`s and labels of the choices.
fn choices(message: &Value) -> Vec<(String, String)> {
    let is_choice = |c: &&Value| text(c, "custom_id").starts_with("daily:a:");
    let found = components(message).filter(is_choice);
    found
        .map(|c| (text(c, "custom_id"), text(c, "label")))
        .collect()
}

/// The prompt of a question and its choices.
fn asked(message: &Value) -> (String, Vec<String>) {
    let description = text(&message["embeds"][0], "description");
    let prompt = description.lines().find(|line| line.starts_with("**"));
    let labels = choices(message).into_iter().map(|(_, label)| label);
    (prompt.unwrap().to_owned(), labels.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_puzzle_the_same_for_all_with_a_result_to_share() {
    let evening = Evening::begin().await;
    let mut bot = evening.start().await;
    let [gaffer, foley] = ["Gaffer", "Foley"].map(|name| evening.discord.member(name));
    let first = evening.daily(&gaffer, "general").await;
    assert!(title(&first).ends_with("question 1 of 5"), "{first:#}");
    let of_foley = evening.daily(&foley, "dm").await;
    assert_eq!(asked(&of_foley), asked(&first));

    // Two clicks at once: the message shows what one of them chose, and the store has that one.
    let ids = choices(&first);
    let clicks = tokio::join!(
        gaffer.click(&first, &ids[0].0),
        gaffer.click(&first, &ids[1].0)
    );
    evening.discord.wait_for_answer(&clicks.0).await;
    evening.discord.wait_for_answer(&clicks.1).await;
    evening.changed(&first, "Next question").await;

    // The program dies, the client is closed: `/daily` goes on where it was, in another channel.
    evening.kill(&mut bot).await;
    let mut bot = evening.start().await;
    let second = evening.daily(&gaffer, "quiz").await;
    assert!(title(&second).ends_with("question 2 of 5"), "{second:#}");
    let mut told = vec![asked(&first), asked(&second)];
    let result = evening.finish(&gaffer, second).await;
    assert!(title(&result).contains(" of 5"), "{result:#}");
    let again = evening.daily(&gaffer, "dm").await;
    assert_eq!(again["embeds"], result["embeds"], "one attempt");
    assert!(component(&again, "Share here").is_none(), "nobody is there");

    // Until now nobody else has seen anything.
    let is_public = |m: &&Value| m["visible_to"].is_null() && m["author"]["bot"] == true;
    let public = |channel: &str| -> Vec<Value> {
        let state = evening.discord.state();
        state
            .messages_in(channel)
            .iter()
            .filter(is_public)
            .cloned()
            .collect()
    };
    assert_eq!((public("quiz"), public("general")), (vec![], vec![]));
    let share = gaffer.click(&result, "Share here").await;
    evening.discord.wait_for_answer(&share).await;
    let shared = evening
        .discord
        .wait_for_message("quiz", "the shared result", |m| is_public(&m))
        .await;
    told.push(asked(&of_foley));
    let said = shared.to_string();
    assert!(
        text(&shared, "content").contains("Heat Check daily #"),
        "{said}"
    );
    for (prompt, labels) in told {
        assert!(!said.contains(&prompt), "{said}");
        let texts = labels.iter().map(|label| &label["A · ".len()..]);
        assert!(texts.into_iter().all(|text| !said.contains(text)), "{said}");
    }
    let share = gaffer.click(&result, "Share here").await;
    let refused = evening.answer_to(&gaffer, "quiz", &share).await;
    assert!(text(&refused, "content").starts_with("You have shared"));
    assert_eq!(public("quiz").len(), 1);

    // Foley plays in a direct message, and so counts on everybody's board only.
    evening.finish(&foley, of_foley).await;
    let open = gaffer.click(&result, "Who did best").await;
    let board = evening.answer_to(&gaffer, "quiz", &open).await;
    let on = |board: &Value, member: &Member<'_>| {
        text(&board["embeds"][0], "description").contains(&member.user_id)
    };
    assert!(on(&board, &gaffer) && !on(&board, &foley), "{board:#}");
    let turn = gaffer.click(&board, "All servers").await;
    evening.discord.wait_for_answer(&turn).await;
    let is_global = |m: &Value| m["id"] == board["id"] && title(m).ends_with("all servers");
    let global = evening
        .discord
        .wait_for_message("quiz", "everybody's board", is_global)
        .await;
    assert!(on(&global, &gaffer) && on(&global, &foley), "{global:#}");
    evening.discord.assert_no_rejections().await;
    evening.kill(&mut bot).await;
}

/// What a member was told of an answer.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    choice: u8,
    correct: bool,
}

/// What the database holds of a member's answers, by position.
fn stored(home: &Home, user: &str) -> BTreeMap<u8, Told> {
    let conn = rusqlite::Connection::open(home.database()).unwrap();
    let mut statement = conn
        .prepare("SELECT position, choice, correct FROM daily_answers WHERE user = ?1")
        .unwrap();
    let user: i64 = user.parse().unwrap();
    let rows = statement.query_map([user], |row| {
        let (choice, correct) = (row.get(1)?, row.get(2)?);
        Ok((row.get(0)?, Told { choice, correct }))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// SIGKILL between a click and its answer: what a member was told is stored, what is stored is
/// told, and every attempt comes to its end once.
#[tokio::test(flavor = "multi_thread")]
async fn killed_between_a_click_and_its_answer() {
    let given = std::env::var("HEAT_CHECK_SEED").ok();
    let seed = given.map_or_else(
        || rand::make_rng::<ChaCha8Rng>().random(),
        |s| s.parse().unwrap(),
    );
    println!("HEAT_CHECK_SEED={seed}");
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let mut evening = Evening::begin().await;
    // An answer whose acknowledgement was lost may be sent again, and refused as sent twice.
    evening.discord.allow_rejections();
    let names = ["Gaffer", "Foley", "Grip"];
    let mut told: BTreeMap<String, BTreeMap<u8, Told>> = BTreeMap::new();
    let mut bot = evening.start().await;
    for kill in 0..KILLS {
        let member = evening.discord.member(names[kill as usize % names.len()]);
        let known = told.entry(member.user_id.clone()).or_default();
        let message = evening.daily(&member, "general").await;
        let choices = choices(&message);
        let position = u8::try_from(stored(&evening.home, &member.user_id).len()).unwrap();
        assert!(title(&message).ends_with(&format!("question {} of 5", position + 1)));
        let choice = luck.random_range(0..4_u8);
        let click = member
            .click(&message, &choices[usize::from(choice)].0)
            .await;
        tokio::time::sleep(Duration::from_micros(luck.random_range(0..15_000))).await;
        evening.kill(&mut bot).await;
        let state = evening.discord.state();
        let shown = state
            .newest("general", |m| m["id"] == message["id"])
            .unwrap();
        if way_on(&shown).is_some() {
            let said = text(&shown["embeds"][0], "description");
            let correct = said.contains("Right: ");
            known.insert(position, Told { choice, correct });
        }
        println!("{kill}: {:?}", state.interaction_state(&click));
        bot = evening.start().await;
    }
    for name in names {
        let member = evening.discord.member(name);
        let message = evening.daily(&member, "general").await;
        let result = evening.finish(&member, message).await;
        let stored = stored(&evening.home, &member.user_id);
        assert!(stored.keys().copied().eq(0..5), "{name}: {stored:?}");
        for (position, told) in &told[&member.user_id] {
            assert_eq!(stored[position], *told, "{name}, question {position}");
        }
        let right = stored.values().filter(|told| told.correct).count();
        assert!(
            title(&result).ends_with(&format!("{right} of 5")),
            "{result:#}"
        );
    }
    evening.kill(&mut bot).await;
    let conn = rusqlite::Connection::open(evening.home.database()).unwrap();
    let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(
        count("SELECT count(*) FROM daily_attempts WHERE score IS NOT NULL"),
        3
    );
    assert_eq!(
        count("SELECT sum(players) FROM daily_tallies WHERE scope = 0"),
        3
    );
    assert_eq!(
        count("SELECT sum(players) FROM daily_tallies WHERE scope <> 0"),
        3
    );
    assert_eq!(count("SELECT sum(days) FROM daily_streaks"), 3);
    let log = evening.home.log();
    assert!(!log.contains("panicked"), "{log}");
    for rejection in evening.discord.rejections().await {
        assert_eq!(rejection["code"], 40_060, "{rejection:#}");
    }
}
