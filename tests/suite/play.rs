//! Evenings of play: the real bot, connected over real sockets to the simulated Discord, and
//! members who play quizzes as people do. Any refused request fails a test.

use crate::common::evening::Evening;
use crate::common::message::{choice, choices, description, embed, fields, footer, points, title};
use crate::common::process::Home;
use crate::common::{Transport, over_both_transports};
use crate::common::{postgres, text};
use serde_json::{Value, json};
use std::collections::BTreeMap;

over_both_transports!(
    a_whole_quiz_with_three_members,
    a_leaderboard_waits_for_the_reveal,
    the_first_click_counts_and_a_code_plays_the_same_questions,
    where_the_bot_may_not_post_it_answers_by_follow_ups,
    who_may_skip_and_stop,
    a_game_goes_on_after_a_restart,
);

/// The position of the choice that a reveal marks as right.
fn right_choice(message: &Value) -> Option<usize> {
    choices(message)
        .iter()
        .position(|c| text(c, "label").starts_with('✓'))
}

/// A question must look the same whichever choice is right: fails if anything except the choices'
/// texts could give it away.
fn assert_tells_nothing(question: &Value) {
    let buttons = choices(question);
    assert_eq!(buttons.len(), 4, "{question:#}");
    let game = text(buttons[0], "custom_id");
    let game = game.rsplit_once(':').unwrap().0.to_owned();
    // Choices too long for a button are listed in the question, and every button has only its
    // letter.
    let letters_alone = text(buttons[0], "label") == "A";
    for (at, button) in buttons.iter().enumerate() {
        assert_eq!(text(button, "custom_id"), format!("{game}:{at}"));
        assert_eq!(button["style"], 2);
        assert_ne!(button["disabled"], true);
        let (letter, label) = (["A", "B", "C", "D"][at], text(button, "label"));
        if letters_alone {
            assert_eq!(label, letter);
        } else {
            assert!(label.starts_with(&format!("{letter} · ")), "{button}");
        }
    }
    let shown = embed(question).to_string();
    // As a field's name, because a question may begin with the word.
    for secret in ["\"Why\"", "Source: ", "✓", "✅"] {
        assert!(!shown.contains(secret), "{shown}");
    }
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

async fn a_whole_quiz_with_three_members(transport: Transport) {
    a_whole_quiz(Home::new(), transport).await;
}

#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_whole_quiz_on_a_server() {
    a_whole_quiz(Home::on(postgres::shared()), Transport::Gateway).await;
}

async fn a_whole_quiz(home: Home, transport: Transport) {
    let evening = Evening::begin_at(home, transport).await;
    let [foley, grip, clapper] = evening.members(["Foley", "Grip", "Clapper"]);
    let options = json!({ "rounds": 4, "seconds": 5, "pack": "heat-2" });
    foley.quiz("trivia", options).await;

    let mut totals: BTreeMap<String, u64> = BTreeMap::new();
    for number in 1..=4 {
        let question = evening.discord.question("trivia", number).await;
        assert_tells_nothing(&question);
        for (member, at) in [(&foley, 0), (&grip, 1), (&clapper, 2)] {
            let click = member.click(&question, &choice(&question, at)).await;
            let told = member.answer("trivia", &click).await;
            let locked_in = format!("Locked in: **{}**", ["A", "B", "C"][at]);
            assert!(text(&told, "content").starts_with(&locked_in), "{told:#}");
        }
        let reveal = evening.discord.reveal(&question).await;
        let right = right_choice(&reveal).unwrap();
        let won = won(&reveal);
        for (member, at) in [(&foley, 0), (&grip, 1), (&clapper, 2)] {
            let is_right = won.contains_key(&member.user_id);
            assert_eq!(is_right, at == right, "{reveal:#}");
        }
        for (user, points) in won {
            *totals.entry(user).or_default() += points;
        }
        let why = embed(&reveal)["fields"][0].clone();
        assert_eq!(why["name"], "Why");
        assert!(text(&why, "value").contains("Source: "), "{why}");
    }

    let scoreboard = evening.discord.scoreboard("trivia").await;
    let scores = points(&scoreboard);
    assert_eq!(scores.len(), 3, "{scoreboard:#}");
    for (user, points) in &scores {
        assert_eq!(
            totals.get(user).copied().unwrap_or(0),
            *points,
            "{scoreboard:#}"
        );
    }
    // The leaderboard agrees, for the server and globally, today and for all time.
    for options in [
        json!({}),
        json!({"period": "today"}),
        json!({"scope": "global", "period": "week"}),
    ] {
        let board = grip.ask("general", "leaderboard", options).await;
        assert_eq!(points(&board), scores, "{board:#}");
    }
    evening.end().await;
}

async fn a_leaderboard_waits_for_the_reveal(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let members = evening.members(["Foley", "Grip", "Clapper", "Gaffer"]);
    members[3]
        .quiz("quiz", json!({ "rounds": 1, "seconds": 5 }))
        .await;
    let question = evening.discord.question("quiz", 1).await;
    // All four choices are taken, and the starter answers last, so one of them is right.
    for (member, at) in members.iter().zip(0..4) {
        if at == 3 {
            let board = members[0].ask("quiz", "leaderboard", json!({})).await;
            assert_eq!(
                points(&board),
                BTreeMap::new(),
                "nothing before the reveal: {board:#}"
            );
        }
        member.press(&question, &choice(&question, at)).await;
    }
    evening.discord.reveal(&question).await;
    let scoreboard = evening.discord.scoreboard("quiz").await;
    assert_eq!(
        points(&scoreboard).values().filter(|p| **p > 0).count(),
        1,
        "{scoreboard:#}"
    );
    let press = members[1].click(&scoreboard, "Leaderboard").await;
    let private = members[1].answer("quiz", &press).await;
    assert_eq!(private["visible_to"], members[1].user_id.as_str());
    assert_eq!(points(&private), points(&scoreboard));
    evening.end().await;
}

async fn the_first_click_counts_and_a_code_plays_the_same_questions(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let foley = evening.member("Foley");
    foley
        .quiz(
            "dm",
            json!({ "rounds": 2, "seconds": 5, "difficulty": "easy" }),
        )
        .await;
    let channel = foley.dm_id.clone();
    let mut first_game = Vec::new();
    for number in 1..=2 {
        let question = evening.discord.question(&channel, number).await;
        foley.press(&question, &choice(&question, 1)).await;
        foley.told(&channel, "Locked in: **B**").await;
        evening.discord.reveal(&question).await;
        first_game.push(asked(&question));
    }
    let scoreboard = evening.discord.scoreboard(&channel).await;
    let code = footer(&scoreboard);
    let code = code.rsplit_once("code:").unwrap().1.to_owned();

    let grip = evening.member("Grip");
    let typed = format!("{}-{}", code[..4].to_lowercase(), &code[4..]);
    grip.quiz("general", json!({ "code": typed, "seconds": 5 }))
        .await;
    for (number, expected) in (1..=2).zip(first_game) {
        let question = evening.discord.question("general", number).await;
        assert_eq!(asked(&question), expected);
        grip.press(&question, &choice(&question, 0)).await;
        if number == 1 {
            grip.press(&question, &choice(&question, 2)).await;
            grip.told("general", "Your first answer counts: **A**")
                .await;
        }
        evening.discord.reveal(&question).await;
    }
    evening.discord.scoreboard("general").await;
    evening.end().await;
}

/// The prompt and the choices of a question, without what differs between two games.
fn asked(question: &Value) -> (String, Vec<String>) {
    let description = description(question);
    let prompt = description.lines().next().unwrap().to_owned();
    (
        prompt,
        choices(question).iter().map(|c| text(c, "label")).collect(),
    )
}

async fn where_the_bot_may_not_post_it_answers_by_follow_ups(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let foley = evening.member("Foley");
    foley
        .quiz("announcements", json!({ "rounds": 2, "seconds": 5 }))
        .await;
    for number in 1..=2 {
        let question = evening.discord.question("announcements", number).await;
        foley.press(&question, &choice(&question, 0)).await;
        evening.discord.reveal(&question).await;
    }
    evening.discord.scoreboard("announcements").await;
    evening.end().await;
}

async fn who_may_skip_and_stop(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let [foley, grip, clapper] = evening.members(["Foley", "Grip", "Clapper"]);
    foley
        .quiz("trivia", json!({ "rounds": 3, "seconds": 30 }))
        .await;
    let question = evening.discord.question("trivia", 1).await;
    clapper.press(&question, "Skip").await;
    clapper.told("trivia", "Answer a question first").await;
    clapper.press(&question, "Stop").await;
    clapper.told("trivia", "Only <@").await;
    clapper.quiz("trivia", json!({})).await;
    clapper
        .told("trivia", "A game is running in this channel")
        .await;
    foley.press(&question, "Skip").await;
    foley.told("trivia", "Skipped").await;
    let reveal = evening.discord.reveal(&question).await;
    assert!(title(&reveal).ends_with("skipped"), "{reveal:#}");

    let second = evening.discord.question("trivia", 2).await;
    grip.press(&second, "Stop").await;
    let asked = grip.told("trivia", "Stop the game for everyone").await;
    grip.press(&asked, "Stop the game").await;
    grip.told("trivia", "Stopped").await;
    let scoreboard = evening.discord.scoreboard("trivia").await;
    assert!(title(&scoreboard).starts_with("Stopped"), "{scoreboard:#}");
    // The channel is free again.
    clapper.press(&scoreboard, "Play again").await;
    evening
        .discord
        .wait_for_message("trivia", "a new first question", |m| {
            m["id"] != question["id"] && title(m) == "Question 1 of 3"
        })
        .await;
    evening.end().await;
}

async fn a_game_goes_on_after_a_restart(transport: Transport) {
    a_restart(Home::new(), transport).await;
}

#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_game_continues_after_a_restart_on_a_server() {
    a_restart(Home::on(postgres::shared()), Transport::Gateway).await;
}

async fn a_restart(home: Home, transport: Transport) {
    let mut evening = Evening::begin_at(home, transport).await;
    let [foley, grip] = evening.members(["Foley", "Grip"]);
    let options = json!({ "rounds": 2, "seconds": 5 });
    foley.quiz("trivia", options).await;
    let foley = foley.user_id;
    let question = evening.discord.question("trivia", 1).await;
    grip.press(&question, &choice(&question, 0)).await;
    evening.stop_bot().await;
    evening.start_bot().await;

    let reveal = evening.discord.reveal(&question).await;
    let grip = evening.member("Grip");
    let shown = fields(&reveal);
    assert!(
        shown.contains(&grip.user_id),
        "the answer was kept: {shown}"
    );
    assert!(!shown.contains(&foley));
    let second = evening.discord.question("trivia", 2).await;
    grip.press(&second, &choice(&second, 0)).await;
    let scoreboard = evening.discord.scoreboard("trivia").await;
    let board = grip.ask("general", "leaderboard", json!({})).await;
    assert_eq!(
        points(&board),
        points(&scoreboard),
        "counted once: {board:#}"
    );
    let state = evening.discord.state();
    let posted = state.messages_in("trivia").iter();
    let first = posted
        .filter(|m| title(m).starts_with("Question 1 of"))
        .count();
    assert_eq!(first, 1, "no question is posted twice");
    evening.end().await;
}
