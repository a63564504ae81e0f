//! Every mode played to its end by several members: the real bot on the simulated Discord, which
//! refuses what Discord would. A refused request fails a test.

use crate::common::Discord;
use crate::common::Member;
use crate::common::evening::Evening;
use crate::common::message::{choices, description, fields, title};
use crate::common::process::Home;
use crate::common::{Transport, over_both_transports};
use crate::common::{component, components, text};
use serde_json::{Value, json};

over_both_transports!(
    a_race_goes_to_the_first_right_answer,
    a_ladder_opens_clue_by_clue_and_goes_on_after_a_restart,
    elimination_ends_with_the_last_one_standing,
    sudden_death_spares_those_who_all_miss,
    teams_choose_sides_and_the_fastest_of_each_counts,
    a_duel_is_accepted_played_and_asked_for_again,
    a_channel_is_free_as_soon_as_its_game_is_over,
    typed_answers_are_taken_in_secret_and_shown_at_the_reveal,
    hints_are_private_and_a_pause_holds_the_game,
    a_hint_is_shown_again_and_costs_once,
    in_a_direct_message_one_can_play_what_makes_sense,
);

/// A pack of ten questions with known answers.
pub fn pack() -> String {
    let questions: Vec<Value> = (1..=10)
        .map(|n| {
            json!({
                "id": format!("known-{n}"),
                "prompt": format!("What is on reel {n} of ten?"),
                "answer": right(n),
                "distractors": [format!("Chase {n}"), format!("Kiss {n}"), format!("Duel {n}")],
                "reason": "So it says on the can.",
            })
        })
        .collect();
    json!({"id": "known", "title": "Known", "description": "Ten reels.", "questions": questions})
        .to_string()
}

fn right(reel: usize) -> String {
    format!("Heist {reel}")
}

async fn begin(transport: Transport) -> Evening {
    Evening::begin_at(Home::new().with_pack(&pack()), transport).await
}

/// The right answer to a posted question.
pub fn answer(question: &Value) -> String {
    let shown = description(question);
    let asks = |reel: &usize| shown.contains(&format!("on reel {reel} of"));
    right((1..=10).find(asks).expect("a question of the pack"))
}

/// The `custom_id` of the right choice, or of a wrong one.
pub fn choice(question: &Value, right: bool) -> String {
    let answer = answer(question);
    let is_it = |c: &&Value| text(c, "label").ends_with(&format!(" · {answer}")) == right;
    let mut fitting = choices(question).into_iter().filter(is_it);
    text(fitting.next().expect("four choices"), "custom_id")
}

async fn a_race_goes_to_the_first_right_answer(transport: Transport) {
    let evening = begin(transport).await;
    let discord = &evening.discord;
    let [foley, grip, clapper] = evening.members(["Foley", "Grip", "Clapper"]);
    let options = json!({ "pack": "known", "mode": "race", "rounds": 2, "seconds": 60 });
    foley.quiz("trivia", options).await;
    for number in 1..=2 {
        let question = discord.question("trivia", number).await;
        clapper.press(&question, &choice(&question, false)).await;
        // One after the other: two clicks in the same millisecond would both be first.
        grip.press(&question, &choice(&question, true)).await;
        foley.press(&question, &choice(&question, true)).await;
        foley.told("trivia", "Locked in").await;
        let reveal = discord.reveal(&question).await;
        assert!(title(&reveal).ends_with("taken"));
        let fields = fields(&reveal);
        assert!(
            fields.contains(&format!("<@{}> +", grip.user_id)),
            "{fields}"
        );
        assert!(fields.contains(&format!("<@{}> right, but not first", foley.user_id)));
    }
    let scoreboard = discord.scoreboard("trivia").await;
    let lines = description(&scoreboard);
    assert!(
        lines.starts_with(&format!("🥇 <@{}>", grip.user_id)),
        "{lines}"
    );
    clapper.press(&scoreboard, "My misses").await;
    let misses = clapper.told("trivia", "Your misses: 2").await;
    revenge(discord, &clapper, &misses).await;
    grip.press(&scoreboard, "My misses").await;
    grip.told("trivia", "You missed nothing").await;
    evening.end().await;
}

async fn a_ladder_opens_clue_by_clue_and_goes_on_after_a_restart(transport: Transport) {
    let mut evening = Evening::begin_over(transport).await;
    let options = json!({ "mode": "ladder", "rounds": 1, "seconds": 30 });
    evening.member("Foley").quiz("trivia", options).await;
    let question = evening.discord.question("trivia", 1).await;
    assert_eq!(clues(&question), 1, "{question:#}");
    with_clue(&evening, &question, 2).await;
    evening.stop_bot().await;
    evening.start_bot().await;
    let question = with_clue(&evening, &question, 3).await;
    // Foley, who started it, is expected to answer: with their answer the question may close.
    let members = evening.members(["Gaffer", "Grip", "Clapper", "Foley"]);
    let choices = choices(&question);
    for (member, choice) in members.iter().zip(&choices) {
        member.press(&question, &text(choice, "custom_id")).await;
    }
    let reveal = evening.discord.reveal(&question).await;
    assert_eq!(clues(&reveal), 6, "{reveal:#}");
    let won = fields(&reveal);
    assert!(won.contains("Right: 1") && won.contains("What everyone picked"));
    // Depends on the open clue: how far the ladder had come depends on the machine.
    let worth = ["+250", "+200", "+150", "+100", "+50"];
    assert!(worth.iter().any(|points| won.contains(points)), "{won}");
    evening.discord.scoreboard("trivia").await;
    evening.end().await;
}

/// How many clues a message shows.
fn clues(message: &Value) -> usize {
    let shown = description(message);
    (1..=6)
        .filter(|n| shown.contains(&format!("**{n}** · ")))
        .count()
}

async fn with_clue(evening: &Evening, question: &Value, clue: usize) -> Value {
    let shown = |m: &Value| m["id"] == question["id"] && clues(m) >= clue;
    let what = format!("clue {clue}");
    evening
        .discord
        .wait_for_message("trivia", &what, shown)
        .await
}

/// The first miss is missed again, the second is not; then both are right.
async fn revenge(discord: &Discord, clapper: &Member<'_>, misses: &Value) {
    clapper.press(misses, "Play these again").await;
    for (round, right) in [(1, [false, true]), (2, [true, true])] {
        for (number, right) in right.into_iter().enumerate() {
            let begin = format!("Revenge · {} of 2", number + 1);
            let asked = discord
                .wait_for_message("trivia", "a miss, asked again", |m| {
                    let is_open = !components(m).any(|c| c["disabled"] == true);
                    m["id"] == misses["id"] && title(m) == begin && is_open
                })
                .await;
            assert_eq!(asked["visible_to"], clapper.user_id.as_str());
            clapper.press(&asked, &revenge_choice(&asked, right)).await;
            let told = if right { "got it this time" } else { "It was" };
            let told = clapper.told("trivia", told).await;
            if number == 0 {
                clapper.press(&told, "Next").await;
            } else if round == 1 {
                assert!(fields(&told).contains("1 of 2 this time"));
                clapper.press(&told, "Once more").await;
            } else {
                assert!(fields(&told).contains("revenge is yours"));
            }
        }
    }
}

fn revenge_choice(question: &Value, right: bool) -> String {
    let answer = answer(question);
    let is_it = |c: &&Value| text(c, "label").ends_with(&format!(" · {answer}")) == right;
    let choice = components(question).find(is_it).expect("four choices");
    text(choice, "custom_id")
}

async fn elimination_ends_with_the_last_one_standing(transport: Transport) {
    let evening = begin(transport).await;
    let discord = &evening.discord;
    let [gaffer, foley, grip, clapper] = evening.members(["Gaffer", "Foley", "Grip", "Clapper"]);
    let options = json!({ "pack": "known", "mode": "elimination", "rounds": 5, "seconds": 10 });
    foley.quiz("trivia", options).await;
    let lobby = discord.with_button("trivia", "Join").await;
    grip.press(&lobby, "Join").await;
    clapper.press(&lobby, "Join").await;
    clapper.press(&lobby, "Leave").await;
    let lobby = discord
        .wait_for_message("trivia", "two in the lobby", |m| {
            fields(m).contains("Playing: 2")
        })
        .await;
    assert!(fields(&lobby).contains(&grip.user_id));
    grip.press(&lobby, "Begin").await;
    grip.told("trivia", "who opened this lobby").await;
    foley.press(&lobby, "Begin").await;
    for number in 1..=3 {
        let question = discord.question("trivia", number).await;
        if number == 1 {
            gaffer.press(&question, &choice(&question, true)).await;
            gaffer.told("trivia", "You are not in this game").await;
            foley.press(&question, "Skip").await;
            foley.told("trivia", "1 of 2").await;
        }
        foley.press(&question, &choice(&question, true)).await;
        if number < 3 {
            grip.press(&question, &choice(&question, false)).await;
        }
        // The third time, not answering costs the life.
        let reveal = discord.reveal(&question).await;
        let lost = ["2 lives left", "1 life left", "out"][number - 1];
        let lost = format!("<@{}> {lost}", grip.user_id);
        assert!(fields(&reveal).contains(&lost), "{reveal:#}");
    }
    let scoreboard = discord.scoreboard("trivia").await;
    assert_eq!(title(&scoreboard), "One is left standing");
    grip.press(&scoreboard, "My misses").await;
    grip.told("trivia", "Your misses: 3").await;
    evening.end().await;
}

async fn sudden_death_spares_those_who_all_miss(transport: Transport) {
    let evening = begin(transport).await;
    let discord = &evening.discord;
    let [foley, grip] = evening.members(["Foley", "Grip"]);
    let options = json!({ "pack": "known", "mode": "sudden-death", "rounds": 5, "seconds": 10 });
    foley.quiz("trivia", options).await;
    let lobby = discord.with_button("trivia", "Join").await;
    grip.press(&lobby, "Join").await;
    foley.press(&lobby, "Begin").await;
    for number in 1..=2 {
        let question = discord.question("trivia", number).await;
        let is_spared = number == 1;
        foley.press(&question, &choice(&question, !is_spared)).await;
        grip.press(&question, &choice(&question, false)).await;
        let reveal = discord.reveal(&question).await;
        let out = format!("<@{}> out", grip.user_id);
        let says = if is_spared { "Nobody is out" } else { &out };
        assert!(fields(&reveal).contains(says), "{reveal:#}");
    }
    let scoreboard = discord.scoreboard("trivia").await;
    assert_eq!(title(&scoreboard), "One is left standing");
    evening.end().await;
}

async fn teams_choose_sides_and_the_fastest_of_each_counts(transport: Transport) {
    let evening = begin(transport).await;
    let discord = &evening.discord;
    let [gaffer, foley, grip, clapper] = evening.members(["Gaffer", "Foley", "Grip", "Clapper"]);
    let options = json!({ "pack": "known", "mode": "teams", "rounds": 2, "seconds": 60 });
    foley.quiz("trivia", options).await;
    let lobby = discord.with_button("trivia", "🎥 Camera").await;
    foley.press(&lobby, "Begin").await;
    foley.told("trivia", "Everyone is on one team").await;
    gaffer.press(&lobby, "🎥 Camera").await;
    // Two for Camera, and two for Catering: Clapper changes their mind.
    grip.press(&lobby, "🍩 Catering").await;
    clapper.press(&lobby, "🎥 Camera").await;
    clapper.press(&lobby, "🍩 Catering").await;
    discord
        .wait_for_message("trivia", "two teams of two", |m| {
            let shown = fields(m);
            shown.contains("🎥 Camera: 2") && shown.contains("🍩 Catering: 2")
        })
        .await;
    foley.press(&lobby, "Begin").await;
    for number in 1..=2 {
        let question = discord.question("trivia", number).await;
        gaffer.press(&question, &choice(&question, false)).await;
        foley.press(&question, &choice(&question, true)).await;
        grip.press(&question, &choice(&question, true)).await;
        clapper.press(&question, &choice(&question, true)).await;
        let reveal = discord.reveal(&question).await;
        let shown = fields(&reveal);
        let won = |member: &Member<'_>| format!("<@{}> 🍩 Catering +", member.user_id);
        assert!(shown.contains(&won(&grip)), "{shown}");
        assert!(shown.contains(&format!("<@{}> 🎥 Camera +", foley.user_id)));
        assert!(!shown.contains(&won(&clapper)), "a team scores once");
        clapper.told("trivia", "a team-mate was faster").await;
    }
    let scoreboard = discord.scoreboard("trivia").await;
    let board = description(&scoreboard);
    assert!(
        board.contains(" wins, ") || board.contains("Even at "),
        "{board}"
    );
    assert!(
        board.contains(&format!("<@{}> 0", clapper.user_id)),
        "{board}"
    );
    evening.end().await;
}

async fn a_duel_is_accepted_played_and_asked_for_again(transport: Transport) {
    let evening = begin(transport).await;
    let discord = &evening.discord;
    let [gaffer, foley, grip] = evening.members(["Gaffer", "Foley", "Grip"]);
    let bot_id = text(&discord.state().bot, "id");
    for (opponent, answer) in [(&foley.user_id, "yourself"), (&bot_id, "Bots do not play")] {
        let options = json!({ "pack": "known", "mode": "duel", "opponent": opponent });
        foley.quiz("trivia", options).await;
        foley.told("trivia", answer).await;
    }
    foley
        .quiz("trivia", json!({ "pack": "known", "mode": "duel" }))
        .await;
    foley.told("trivia", "Choose whom to challenge").await;

    let options = json!({ "pack": "known", "opponent": grip.user_id, "rounds": 1, "seconds": 30 });
    foley.quiz("trivia", options).await;
    let challenge = discord.with_button("trivia", "Accept").await;
    for (who, button) in [
        (&gaffer, "Accept"),
        (&foley, "Accept"),
        (&gaffer, "Decline"),
    ] {
        who.press(&challenge, button).await;
        who.told("trivia", "can accept or decline this challenge")
            .await;
    }
    grip.press(&challenge, "Accept").await;
    let question = discord.question("trivia", 1).await;
    gaffer.press(&question, &choice(&question, true)).await;
    gaffer.told("trivia", "You are not in this game").await;
    foley.press(&question, &choice(&question, false)).await;
    grip.press(&question, &choice(&question, true)).await;
    discord.reveal(&question).await;
    let scoreboard = discord.scoreboard("trivia").await;
    let lines = description(&scoreboard);
    let (winner, loser) = (&grip.user_id, &foley.user_id);
    assert!(
        lines.starts_with(&format!("**<@{winner}> beats <@{loser}> 1:0**")),
        "{lines}"
    );

    gaffer.press(&scoreboard, "Rematch").await;
    gaffer.told("trivia", "Only the two players").await;
    grip.press(&scoreboard, "Rematch").await;
    let challenge = discord.with_button("trivia", "Decline").await;
    let shown = description(&challenge);
    let asked = format!("<@{}> wants a rematch, <@{}>!", grip.user_id, foley.user_id);
    assert!(shown.starts_with(&asked), "{shown}");
    foley.press(&challenge, "Decline").await;
    let declined = format!("<@{}> declined.", foley.user_id);
    discord
        .wait_for_message("trivia", "the refusal", |m| {
            m["id"] == challenge["id"] && description(m) == declined
        })
        .await;
    let options = json!({ "pack": "known", "opponent": foley.user_id });
    gaffer.quiz("trivia", options).await;
    let challenge = discord.with_button("trivia", "Withdraw").await;
    gaffer.press(&challenge, "Withdraw").await;
    discord
        .wait_for_message("trivia", "the withdrawal", |m| {
            m["id"] == challenge["id"] && m.to_string().contains("was withdrawn")
        })
        .await;
    // The channel is free again.
    gaffer
        .quiz("trivia", json!({ "pack": "known", "rounds": 1 }))
        .await;
    discord.question("trivia", 1).await;
    evening.end().await;
}

async fn a_channel_is_free_as_soon_as_its_game_is_over(transport: Transport) {
    let evening = begin(transport).await;
    let discord = &evening.discord;
    let [gaffer, foley] = evening.members(["Gaffer", "Foley"]);
    let start = async |options: Value| {
        let answer = gaffer.ask("trivia", "quiz", options).await;
        assert!(
            !answer.to_string().contains("A game is running"),
            "{answer:#}"
        );
        answer
    };
    // The last messages of a finished game arrive late.
    discord
        .inject(&json!({ "rest": [
            { "fault": "delay", "ms": 4_000, "route": "@original", "times": 20 },
        ] }))
        .await;
    let duel = json!({ "pack": "known", "opponent": foley.user_id });
    let challenge = start(duel.clone()).await;
    foley.press(&challenge, "Decline").await;
    let challenge = start(duel).await;
    gaffer.press(&challenge, "Withdraw").await;
    let lobby = start(json!({ "pack": "known", "mode": "elimination" })).await;
    gaffer.press(&lobby, "Stop").await;
    start(json!({ "pack": "known", "seconds": 60 })).await;
    let question = discord.question("trivia", 1).await;
    discord
        .inject(&json!({ "rest": [
            { "fault": "delay", "ms": 4_000, "route": "/messages", "times": 20 },
        ] }))
        .await;
    gaffer.press(&question, "Stop").await;
    let asked = gaffer.told("trivia", "Stop the game").await;
    gaffer.press(&asked, "Stop the game").await;
    start(json!({ "pack": "known", "rounds": 1 })).await;
    discord.inject(&json!({ "clear": true })).await;
    // The scores do arrive, and the next game goes on.
    discord.scoreboard("trivia").await;
    let is_next = |m: &Value| title(m).starts_with("Question 1 of 1");
    discord
        .wait_for_message("trivia", "the next game", is_next)
        .await;
    evening.end().await;
}

async fn typed_answers_are_taken_in_secret_and_shown_at_the_reveal(transport: Transport) {
    let evening = begin(transport).await;
    let discord = &evening.discord;
    let [foley, grip, clapper] = evening.members(["Foley", "Grip", "Clapper"]);
    let options = json!({ "pack": "known", "answers": "typed", "rounds": 2, "seconds": 10 });
    foley.quiz("trivia", options).await;
    let question = discord.question("trivia", 1).await;
    assert_eq!(components(&question).count(), 5, "no choices to tap");
    let right = answer(&question);
    let typed = right.to_uppercase();
    foley.type_answer(&question, &typed).await;
    foley.told("trivia", "Locked in: “").await;
    grip.type_answer(&question, "nobody in particular").await;
    grip.told("trivia", "Locked in: “nobody in particular”")
        .await;
    grip.press(&question, "Answer").await;
    grip.told("trivia", "Your first answer counts").await;
    clapper.press(&question, "Hint −50 %").await;
    clapper.told("trivia", "the answer looks like this").await;
    let reveal = discord.reveal(&question).await;
    let fields = fields(&reveal);
    assert!(
        fields.contains(&format!("<@{}> +", foley.user_id)),
        "{fields}"
    );
    let quoted = "Missed it: 1";
    assert!(fields.contains(quoted), "{fields}");
    assert!(fields.contains("“nobody in particular”"), "{fields}");
    let second = discord.question("trivia", 2).await;
    discord.reveal(&second).await;
    let scoreboard = discord.with_button("trivia", "My misses").await;
    grip.press(&scoreboard, "My misses").await;
    grip.told("trivia", "You typed: nobody in particular").await;
    evening.end().await;
}

async fn hints_are_private_and_a_pause_holds_the_game(transport: Transport) {
    let evening = begin(transport).await;
    let discord = &evening.discord;
    // Grip may manage messages; Clapper may not.
    let [foley, grip, clapper] = evening.members(["Foley", "Grip", "Clapper"]);
    let options = json!({ "pack": "known", "rounds": 2, "seconds": 15 });
    foley.quiz("trivia", options).await;
    let question = discord.question("trivia", 1).await;
    grip.press(&question, "Hint −50 %").await;
    let hint = grip.told("trivia", "It is one of these two").await;
    let right = answer(&question);
    assert!(
        text(&hint, "content").contains(&right),
        "the right one is left"
    );
    grip.press(&question, &choice(&question, true)).await;
    clapper.press(&question, "Pause").await;
    clapper.told("trivia", "who started this game").await;
    foley.press(&question, "Pause").await;
    foley
        .told("trivia", "pauses when this question has closed")
        .await;
    let paused = discord.with_button("trivia", "Resume").await;
    assert!(fields(&paused).contains("with a hint"));
    clapper.press(&paused, "Resume").await;
    clapper.told("trivia", "who started this game").await;
    grip.press(&paused, "Resume").await;
    grip.told("trivia", "On we go").await;
    let last = discord.question("trivia", 2).await;
    assert!(component(&last, "Pause").is_none(), "nothing to pause for");
    foley.press(&last, "Stop").await;
    let asked = foley.told("trivia", "Stop the game for everyone").await;
    foley.press(&asked, "Stop the game").await;
    let scoreboard = discord.scoreboard("trivia").await;
    let stopped_by = format!("Stopped by <@{}>", foley.user_id);
    assert!(
        description(&scoreboard).contains(&stopped_by),
        "{scoreboard:#}"
    );
    evening.end().await;
}

async fn a_hint_is_shown_again_and_costs_once(transport: Transport) {
    let evening = begin(transport).await;
    let discord = &evening.discord;
    let [foley, grip] = evening.members(["Foley", "Grip"]);
    for (answers, channel) in [("buttons", "quiz"), ("typed", "trivia")] {
        let options = json!({ "pack": "known", "rounds": 1, "seconds": 120, "answers": answers });
        foley.quiz(channel, options).await;
        let question = discord.question(channel, 1).await;
        let mut hints = Vec::new();
        for _ in 0..3 {
            let pressed = grip.press(&question, "Hint −50 %").await;
            let hint = grip.answer(channel, &pressed).await;
            assert_eq!(hint["visible_to"], grip.user_id.as_str());
            assert_eq!(components(&hint).count(), 0, "nothing to take again");
            hints.push(text(&hint, "content"));
        }
        assert!(hints[0].contains("looks like this") || hints[0].contains("one of these two"));
        assert!(hints.iter().all(|hint| *hint == hints[0]), "{hints:#?}");
        let (right, typed) = (answer(&question), answers == "typed");
        for member in [&foley, &grip] {
            if typed {
                member.type_answer(&question, &right).await;
            } else {
                member.press(&question, &choice(&question, true)).await;
            }
        }
        let shown = fields(&discord.reveal(&question).await);
        let points = |member: &Member<'_>| -> u32 {
            let (_, rest) = shown
                .split_once(&format!("<@{}> +", member.user_id))
                .unwrap();
            let digits = rest.chars().take_while(char::is_ascii_digit);
            digits.collect::<String>().parse().unwrap()
        };
        // The speed bonus is half of the base at most, so a second charge would show.
        let (without, with) = (points(&foley), points(&grip));
        assert!(with * 3 > without && with < without, "{with} and {without}");
    }
    evening.end().await;
}

async fn in_a_direct_message_one_can_play_what_makes_sense(transport: Transport) {
    let evening = begin(transport).await;
    let discord = &evening.discord;
    let clapper = evening.member("Clapper");
    let dm = clapper.dm_id.clone();
    clapper
        .quiz("dm", json!({ "pack": "known", "mode": "race" }))
        .await;
    clapper.told(&dm, "someone to race against").await;
    clapper
        .quiz("dm", json!({ "pack": "known", "mode": "duel" }))
        .await;
    clapper.told(&dm, "A duel takes two").await;
    let options = json!({ "pack": "known", "mode": "elimination", "rounds": 4, "seconds": 20 });
    clapper.quiz("dm", options).await;
    for number in 1..=3 {
        let question = discord.question(&dm, number).await;
        clapper.press(&question, &choice(&question, false)).await;
        discord.reveal(&question).await;
    }
    let scoreboard = discord.scoreboard(&dm).await;
    assert_eq!(title(&scoreboard), "Out of lives");
    evening.end().await;
}
