//! The daily puzzle with the real program on the simulated Discord: what members see of it and of
//! each other, and what survives a kill in the middle.
//!
//! The seed is printed; `HEAT_CHECK_SEED` sets it.

use crate::common::message::{description, title};
use crate::common::process::Home;
use crate::common::stage::Stage;
use crate::common::tables::seed;
use crate::common::{Discord, Member, component, components, text};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// The number of kills.
const KILLS: u32 = 10;

/// The private answer to an interaction.
async fn private(member: &Member<'_>, channel: &str, asked: &str) -> Value {
    let message = member.answer(channel, asked).await;
    assert_eq!(message["visible_to"], member.user_id.as_str());
    message
}

/// The private reply to `/daily`.
async fn daily(member: &Member<'_>, channel: &str) -> Value {
    let asked = member.slash(channel, "daily", json!({})).await;
    private(member, channel, &asked).await
}

/// The message once it has a button to continue.
async fn answered(discord: &Discord, message: &Value) -> Value {
    let is_it = |m: &Value| m["id"] == message["id"] && way_on(m).is_some();
    let channel = text(message, "channel_id");
    let what = "a button that leads on";
    discord.wait_for_message(&channel, what, is_it).await
}

/// Answers every remaining question with the first button; returns the result.
async fn finish(discord: &Discord, member: &Member<'_>, mut message: Value) -> Value {
    let channel = text(&message, "channel_id");
    while let Some(first) = choices(&message).first() {
        member.press(&message, &first.0).await;
        let told = answered(discord, &message).await;
        member.press(&told, &way_on(&told).unwrap()).await;
        let is_next = |m: &Value| m["id"] == told["id"] && way_on(m).is_none();
        message = discord
            .wait_for_message(&channel, "what is next", is_next)
            .await;
    }
    message
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

/// A question's prompt and its choices.
fn asked(message: &Value) -> (String, Vec<String>) {
    let description = description(message);
    let prompt = description.lines().find(|line| line.starts_with("**"));
    let labels = choices(message).into_iter().map(|(_, label)| label);
    (prompt.unwrap().to_owned(), labels.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_puzzle_the_same_for_all_with_a_result_to_share() {
    let stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    let discord = &stage.discord;
    let [gaffer, foley] = ["Gaffer", "Foley"].map(|name| discord.member(name));
    let first = daily(&gaffer, "general").await;
    assert!(title(&first).ends_with("question 1 of 5"), "{first:#}");
    let of_foley = daily(&foley, "dm").await;
    assert_eq!(asked(&of_foley), asked(&first));

    // Two clicks at once: the message shows what one of them chose, and the store has that one.
    let ids = choices(&first);
    let clicks = tokio::join!(
        gaffer.try_click(&first, &ids[0].0),
        gaffer.try_click(&first, &ids[1].0)
    );
    // The second comes too late for the client if the first is answered before it.
    let clicks = [clicks.0, clicks.1].into_iter().flatten();
    let clicks: Vec<String> = clicks.collect();
    assert!(!clicks.is_empty(), "{first:#}");
    for click in &clicks {
        discord.wait_for_answer(click).await;
    }
    answered(discord, &first).await;

    // The program dies, the client is closed: `/daily` continues where it was, in another channel.
    stage.kill(&mut bot).await;
    let mut bot = stage.start(&[]).await;
    let second = daily(&gaffer, "quiz").await;
    assert!(title(&second).ends_with("question 2 of 5"), "{second:#}");
    let mut told = vec![asked(&first), asked(&second)];
    let result = finish(discord, &gaffer, second).await;
    assert!(title(&result).contains(" of 5"), "{result:#}");
    let again = daily(&gaffer, "dm").await;
    assert_eq!(again["embeds"], result["embeds"], "one attempt");
    assert!(component(&again, "Share here").is_none(), "nobody is there");

    // So far no one else has seen anything.
    let is_public = |m: &&Value| m["visible_to"].is_null() && m["author"]["bot"] == true;
    let public = |channel: &str| -> Vec<Value> {
        let seen = discord.state();
        seen.messages_in(channel)
            .iter()
            .filter(is_public)
            .cloned()
            .collect()
    };
    assert_eq!((public("quiz"), public("general")), (vec![], vec![]));
    gaffer.press(&result, "Share here").await;
    let shared = discord
        .wait_for_message("quiz", "the shared result", |m| is_public(&m))
        .await;
    told.push(asked(&of_foley));
    let said = shared.to_string();
    assert_eq!(shared["embeds"], json!([]), "{said}");
    // Before it is the member's mention, which holds many digits. "Heat" and "2" are choices on some
    // days.
    let content = text(&shared, "content");
    let shared_text = content.split_once("Heat Check daily #");
    let (_, shared_text) = shared_text.expect("the shared result");
    let is_count = |text: &str| text.len() < 4 && text.bytes().all(|b| b.is_ascii_digit());
    for (prompt, labels) in told {
        assert!(!said.contains(&prompt), "{said}");
        // Long choices are in the question, and their buttons have the letters only.
        let texts = labels.iter().filter_map(|label| label.split_once(" · "));
        for (_, text) in texts.filter(|(_, text)| !is_count(text)) {
            assert!(!shared_text.contains(text), "{text} in {said}");
        }
    }
    let share = gaffer.click(&result, "Share here").await;
    let refused = private(&gaffer, "quiz", &share).await;
    assert!(text(&refused, "content").starts_with("You have already shared"));
    assert_eq!(public("quiz").len(), 1);

    // Foley plays in a direct message, so it counts only on the global board.
    finish(discord, &foley, of_foley).await;
    let open = gaffer.click(&result, "Who did best").await;
    let board = private(&gaffer, "quiz", &open).await;
    let on = |board: &Value, member: &Member<'_>| description(board).contains(&member.user_id);
    assert!(on(&board, &gaffer) && !on(&board, &foley), "{board:#}");
    gaffer.press(&board, "All servers").await;
    let is_global = |m: &Value| m["id"] == board["id"] && title(m).ends_with("all servers");
    let global = discord
        .wait_for_message("quiz", "everybody's board", is_global)
        .await;
    assert!(on(&global, &gaffer) && on(&global, &foley), "{global:#}");
    discord.assert_no_rejections().await;
    stage.kill(&mut bot).await;
}

/// The film of the day as the database has it: its id, its title, and its clues.
fn film(home: &Home) -> (String, String, Vec<String>) {
    let conn = rusqlite::Connection::open(home.database()).unwrap();
    let read = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
    let body = conn.query_row("SELECT body FROM daily_films", [], read);
    let puzzle: Value = serde_json::from_str(&body.unwrap()).unwrap();
    let clues = puzzle["clues"].as_array().unwrap().iter();
    let clues = clues.map(|clue| clue.as_str().unwrap().to_owned());
    let id = format!("work:{}", text(&puzzle, "film"));
    (id, text(&puzzle, "title"), clues.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_guessed_clue_by_clue_and_shared_without_giving_it_away() {
    let stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    let discord = &stage.discord;
    let [gaffer, foley] = ["Gaffer", "Foley"].map(|name| discord.member(name));
    let guess = async |title: &str| {
        let asked = gaffer
            .slash("general", "daily", json!({ "guess": title }))
            .await;
        private(&gaffer, "general", &asked).await
    };
    let questions = daily(&gaffer, "general").await;
    let open = gaffer.click(&questions, "🎬 Film of the day").await;
    let first = private(&gaffer, "general", &open).await;
    assert!(title(&first).ends_with("clue 1 of 6"), "{first:#}");
    let (id, name, clues) = film(&stage.home);

    // A title that no film has costs nothing; another film's opens the next clue, once.
    let unknown = guess("Zorro Quixote and the Gaffers").await;
    assert!(text(&unknown, "content").contains("cost you nothing"));
    let typing = json!({ "guess": "the " });
    let offered = gaffer
        .autocomplete("general", "daily", "guess", typing)
        .await;
    let offered = offered.unwrap();
    let values = offered.iter().map(|choice| text(choice, "value"));
    let values: Vec<String> = values.collect();
    assert!(
        values.iter().all(|value| value.starts_with("work:")),
        "{offered:?}"
    );
    let other = values.into_iter().find(|value| *value != id).unwrap();
    let missed = guess(&other).await;
    assert!(title(&missed).ends_with("clue 2 of 6"), "{missed:#}");
    stage.kill(&mut bot).await;
    let mut bot = stage.start(&[]).await;
    let again = guess(&other).await;
    assert!(title(&again).ends_with("clue 2 of 6"), "{again:#}");
    for (at, clue) in clues.iter().enumerate() {
        let says = description(&again).contains(&heat_view::escape::escape(clue));
        assert_eq!(says, at < 2, "{again:#}");
    }

    // Two clicks at once open one clue. The second may find the button gone with the first.
    let clicks = tokio::join!(
        gaffer.click(&again, "Next clue"),
        gaffer.try_click(&again, "Next clue")
    );
    discord.wait_for_answer(&clicks.0).await;
    if let Ok(second) = clicks.1 {
        discord.wait_for_answer(&second).await;
    }
    let is_third = |m: &Value| m["id"] == again["id"] && title(m).ends_with("clue 3 of 6");
    discord
        .wait_for_message(&text(&again, "channel_id"), "the third clue", is_third)
        .await;
    let found = guess(&name.to_lowercase()).await;
    assert!(title(&found).ends_with("3 of 6"), "{found:#}");
    assert!(description(&found).contains("⬛⬛🟩⬜⬜⬜"), "{found:#}");

    // What the channel sees reveals neither the film nor a clue, and has a button for others to
    // play.
    gaffer.press(&found, "Share here").await;
    let is_public = |m: &Value| m["visible_to"].is_null() && m["author"]["bot"] == true;
    let shared = discord
        .wait_for_message("general", "the shared result", is_public)
        .await;
    let said = shared.to_string();
    assert!(said.contains("⬛⬛🟩⬜⬜⬜"), "{said}");
    assert!(!text(&shared, "content").contains(&name), "{said}");
    assert!(clues.iter().all(|clue| !said.contains(clue)), "{said}");
    let share = gaffer.click(&found, "Share here").await;
    let refused = private(&gaffer, "general", &share).await;
    assert!(text(&refused, "content").starts_with("You have already shared"));
    let play = foley.click(&shared, "Play today's").await;
    let of_foley = private(&foley, "general", &play).await;
    assert_eq!(of_foley["embeds"], first["embeds"], "the same for everyone");
    discord.assert_no_rejections().await;
    stage.kill(&mut bot).await;
    let conn = rusqlite::Connection::open(stage.home.database()).unwrap();
    let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM daily_film_guesses"), 3);
    assert_eq!(count("SELECT sum(score) FROM daily_film_attempts"), 4);
}

/// What a member was told about an answer.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    choice: u8,
    correct: bool,
}

/// The stored answers of a member, by position.
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
/// shown, and every attempt is finished once.
#[tokio::test(flavor = "multi_thread")]
async fn killed_between_a_click_and_its_answer() {
    let mut luck = ChaCha8Rng::seed_from_u64(seed());
    let mut stage = Stage::new().await;
    // An answer whose acknowledgement was lost may be sent again, and is then refused as a repeat.
    stage.discord.allow_rejections();
    let discord = &stage.discord;
    let names = ["Gaffer", "Foley", "Grip"];
    let mut told: BTreeMap<String, BTreeMap<u8, Told>> = BTreeMap::new();
    let mut bot = stage.start(&[]).await;
    for kill in 0..KILLS {
        let member = discord.member(names[kill as usize % names.len()]);
        let known = told.entry(member.user_id.clone()).or_default();
        let message = daily(&member, "general").await;
        let choices = choices(&message);
        let position = u8::try_from(stored(&stage.home, &member.user_id).len()).unwrap();
        assert!(title(&message).ends_with(&format!("question {} of 5", position + 1)));
        let choice = luck.random_range(0..4_u8);
        let click = member
            .click(&message, &choices[usize::from(choice)].0)
            .await;
        tokio::time::sleep(Duration::from_micros(luck.random_range(0..15_000))).await;
        stage.kill(&mut bot).await;
        let seen = discord.state();
        let shown = seen
            .newest("general", |m| m["id"] == message["id"])
            .unwrap();
        if way_on(&shown).is_some() {
            let said = description(&shown);
            let correct = said.contains("Right: ");
            known.insert(position, Told { choice, correct });
        }
        println!("{kill}: {:?}", seen.interaction_state(&click));
        bot = stage.start(&[]).await;
    }
    for name in names {
        let member = discord.member(name);
        let message = daily(&member, "general").await;
        let result = finish(discord, &member, message).await;
        let stored = stored(&stage.home, &member.user_id);
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
    stage.kill(&mut bot).await;
    let conn = rusqlite::Connection::open(stage.home.database()).unwrap();
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
    let log = stage.home.log();
    assert!(!log.contains("panicked"), "{log}");
    for rejection in discord.rejections().await {
        assert_eq!(rejection["code"], 40_060, "{rejection:#}");
    }
}
