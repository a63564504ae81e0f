//! `/help`: how to play, how points work, where the facts come from.

use super::message::{Embed, Field, Message, Tone};
use super::phrases;
use heat_core::facts::Difficulty;
use heat_core::game::{Mode, score};

/// The whole help, in one private message.
#[must_use]
pub fn help() -> Message {
    Message {
        embeds: vec![Embed {
            title: "Heat Check: film trivia with its sources".to_owned(),
            description: "Questions on *Heat* (1995), the novel *Heat 2* and the planned film. Every answer comes with the place it is stated, and nothing uncertain is told as certain.".to_owned(),
            tone: Tone::Plain,
            fields: vec![
                field("Commands", COMMANDS),
                field("How a quiz goes", PLAYING),
                field("The daily puzzle", DAILY),
                field("Modes", &modes()),
                field("Typed answers", TYPED),
                field("Who may do what", CONTROL),
                field("Points", &points()),
                field("Where facts come from", FACTS),
            ],
            footer: "I read no messages: only commands, buttons and what you type into my boxes reach me.".to_owned(),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

const COMMANDS: &str = "`/quiz` starts a game here. `pack`, `rounds`, `seconds` and `difficulty` shape it; `mode` says how it is won, `answers` whether you tap or type, `opponent` whom you challenge; `code` plays the questions of an earlier game again.
`/cast` looks up a character, an actor or a film.
`/news` sums up what is known about the planned film, line by line with its source.
`/leaderboard` shows who leads, here or everywhere; `/stats` is what you, or another member, did in all games, with a card to share.
`/daily` asks you five questions a day, the same everywhere.
`/packs` lists the question packs here; who manages the server adds its own.
`/privacy` gives you all I have stored about you, or deletes it.
`/reports` shows who manages the server which questions members report.
`/settings` is for who manages the server: defaults, channels, time zone, extended time.";

const PLAYING: &str = "Everybody answers in secret; your first answer counts. A question closes when its time is up, or when all who play have answered and it has stood for eight seconds, so that anybody can join in at any question. At the end, **My misses** shows you alone what you got wrong, and why. **Report** under an answer tells those who manage the server what is wrong with a question; one that three members report rests here.";

const DAILY: &str = "Five questions, from easy to hard, chosen by the date alone, so that everybody has the same. You play alone and unseen: one attempt, no clock. The day changes at midnight UTC; what you began before you may finish within the hour. Finishing on consecutive days makes a streak. It brings no points: it has a board of its own, `/leaderboard` `period:today's daily puzzle`.";

const TYPED: &str = "Capitals, accents, punctuation, articles and small typos do not matter; a surname is enough where only one person has it; Heat II is Heat 2. Numbers are exact, and two names are no answer. What was accepted is shown when the question closes.";

const CONTROL: &str = "**Hint**: whoever may answer. **Skip**: more than half of the players; in classic and race also the starter alone. **Pause**, **Resume**, **Stop**: the starter, or a member who may manage messages, unless this server has settled it otherwise. A pause begins after the open question and ends the game after ten minutes. A lobby is begun early by who opened it; a challenge is accepted or declined by the one who was challenged.";

fn modes() -> String {
    let line = |mode: Mode| format!("**{}**: {}", phrases::mode(mode), phrases::mode_rule(mode));
    let alone = Mode::ALL.into_iter().filter(|mode| mode.rules().alone);
    let alone: Vec<&str> = alone.map(Mode::name).collect();
    format!(
        "{}\nIn a direct message you play alone: {}.",
        Mode::ALL.map(line).join("\n"),
        phrases::listed(&alone),
    )
}

const FACTS: &str = "From one supplied article on *Heat 2* and from pages checked against each other. What is only reported, in talks or rumoured says so; opinions are the writer's and never asked.";

fn points() -> String {
    format!(
        "A right answer brings {} points if it is easy, {} if medium, {} if hard; up to half as much again for speed, by Discord's own clock; and {} more for each right answer in a row before it, at most {}. A hint halves what your answer brings. A wrong answer costs no points. In a race only the first right answer brings any.",
        score::base(Difficulty::Easy),
        score::base(Difficulty::Medium),
        score::base(Difficulty::Hard),
        score::STREAK_STEP,
        score::STREAK_STEP * u32::from(score::STREAK_CAP - 1),
    )
}

fn field(name: &str, value: &str) -> Field {
    Field {
        name: name.to_owned(),
        value: value.to_owned(),
        inline: false,
    }
}
