//! The daily puzzle: its questions, the result of each answer, the final result, and sharing it.
//!
//! No message before a question is answered depends on which choice is right, and a shared result
//! says nothing about the questions.

pub mod archive;
mod board;
pub mod film;
#[cfg(test)]
mod tests;

pub use board::{PERIOD, board};

use super::custom_id::DailyButton;
use super::escape::escape;
use super::message::{Button, Embed, Field, Message, Row, Style, Tone};
use super::phrases;
use super::quiz::{choice_label, choice_list, has_long_choices, letter};
use super::reveal::why;
use heat_core::bank::Round;
use heat_core::daily::{Attempt, AttemptAnswer, Day, QUESTIONS, Streak};
use heat_core::id::UserId;
use heat_core::lang::Lang;

/// A right answer. The two emoji differ in shape as much as in colour, and screen readers call them
/// "fire" and "ice".
const RIGHT: &str = "🔥";
/// A wrong one.
const MISSED: &str = "🧊";

/// "Heat Check daily #325".
fn name(day: Day) -> String {
    format!("Heat Check daily #{}", day.number())
}

/// The next question of an attempt, if there is one.
#[must_use]
pub fn question(day: Day, rounds: &[Round], attempt: &Attempt) -> Message {
    let position = attempt.next().unwrap_or(QUESTIONS);
    let Some(round) = rounds.get(usize::from(position)) else {
        return Message::sentence("That puzzle has no more questions.");
    };
    let asked = &round.question;
    let mut description = String::new();
    if position == 0 {
        description.push_str(&rules(day));
    }
    description.extend(["**", &escape(&asked.prompt), "**"]);
    if has_long_choices(round) {
        description.push_str("\n\n");
        description.push_str(&choice_list(round));
    }
    let difficulty = phrases::difficulty(Lang::English, asked.difficulty);
    description.extend(["\n\n", &difficulty, " · take your time"]);
    let choices = (0..4).filter_map(|choice| choice_button(day, round, position, choice));
    Message {
        embeds: vec![Embed {
            title: question_title(day, position),
            description,
            tone: Tone::Open,
            footer: so_far(attempt),
            ..Embed::default()
        }],
        rows: vec![
            Row::Buttons(choices.collect()),
            Row::Buttons(vec![film::offer(Lang::English)]),
        ],
        ..Message::default()
    }
}

fn rules(day: Day) -> String {
    format!(
        "Five questions, the same for everyone, from easy to hard. One attempt, no clock, and only you see it. The next puzzle comes {}, at midnight UTC.\n\n",
        next_puzzle(day)
    )
}

/// "in 3 hours", counted by the client.
fn next_puzzle(day: Day) -> String {
    phrases::relative_time(day.next().starts_at_ms())
}

fn question_title(day: Day, position: u8) -> String {
    format!("{} · question {} of {QUESTIONS}", name(day), position + 1)
}

fn so_far(attempt: &Attempt) -> String {
    if attempt.answers.is_empty() {
        return "The first answer to each question counts.".to_owned();
    }
    let given = attempt.answers.len();
    format!("{} · {} of {given} right", grid(attempt), attempt.score())
}

fn choice_button(day: Day, round: &Round, position: u8, choice: u8) -> Option<Button> {
    let press = DailyButton::Answer {
        day,
        position,
        choice,
    };
    let label = choice_label(round, choice)?;
    Some(Button::new(press.to_string(), label, Style::Secondary))
}

/// The result of an answer: right or wrong, why, and how to go on. `pressed` is the choice of this
/// click, which does not count if the question was answered before.
#[must_use]
pub fn outcome(
    day: Day,
    rounds: &[Round],
    attempt: &Attempt,
    position: u8,
    pressed: u8,
) -> Message {
    let at = usize::from(position);
    let (Some(round), Some(given)) = (rounds.get(at), attempt.answers.get(at)) else {
        return question(day, rounds, attempt);
    };
    let asked = &round.question;
    let mut description = format!("**{}**\n\n", escape(&asked.prompt));
    if given.choice != pressed {
        description.push_str("You already answered this one; your first answer counts.\n");
    }
    description.push_str(&verdict(round, *given));
    let next = if attempt.next().is_some() {
        "Next question"
    } else {
        "Your result"
    };
    Message {
        embeds: vec![Embed {
            title: question_title(day, position),
            description,
            tone: if given.correct { Tone::Good } else { Tone::Bad },
            fields: vec![why(Lang::English, asked)],
            footer: so_far(attempt),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![Button::new(
            DailyButton::Next { day }.to_string(),
            next,
            Style::Primary,
        )])],
        ..Message::default()
    }
}

fn verdict(round: &Round, given: AttemptAnswer) -> String {
    let line = |choice: u8| {
        let text = round.choice(choice).map_or("", |choice| &choice.text);
        format!("**{} · {}**", letter(choice), escape(text))
    };
    if given.correct {
        return format!("{RIGHT} Right: {}", line(given.choice));
    }
    let (said, right) = (line(given.choice), line(round.correct()));
    format!("{MISSED} Wrong: {said}\n✅ It is {right}")
}

/// A finished attempt. `streak` is the member's, as stored with it; `today` decides whether it is
/// still alive; `has_others` says whether there is anyone to share it with.
#[must_use]
pub fn result(
    lang: Lang,
    day: Day,
    attempt: &Attempt,
    streak: Option<Streak>,
    today: Day,
    has_others: bool,
) -> Message {
    let marks = (1..).zip(&attempt.answers);
    let marks = marks.map(|(number, given): (u8, _)| format!("{number} {}", word(*given)));
    let mut description = format!(
        "{}\n{}\n",
        grid(attempt),
        marks.collect::<Vec<_>>().join(" · ")
    );
    let running = streak.map_or(0, |streak| streak.current_on(today));
    if let Some(streak) = streak {
        let days = |days: u32| {
            phrases::count(
                lang,
                usize::try_from(days).unwrap_or(0),
                phrases::Counted::Days,
            )
        };
        let (now, best) = (days(running), days(streak.best));
        description.extend(["\nStreak: **", &now, "** · longest ", &best, "\n"]);
    }
    if today > day {
        description.push_str("Today's puzzle is out: `/daily`.");
    } else {
        let next = next_puzzle(day);
        description.extend(["The next puzzle comes ", &next, ", at midnight UTC."]);
    }
    let copy = format!("```\n{}\n```", shared_text(day, attempt));
    let mut buttons = Vec::with_capacity(3);
    if has_others {
        buttons.push(Button::new(
            DailyButton::Share { day }.to_string(),
            "Share here",
            Style::Primary,
        ));
    }
    buttons.push(Button::new(
        DailyButton::Open { day }.to_string(),
        "Who did best",
        Style::Secondary,
    ));
    buttons.push(film::offer(Lang::English));
    Message {
        embeds: vec![Embed {
            title: format!("{}: {} of {QUESTIONS}", name(day), attempt.score()),
            description,
            tone: Tone::Plain,
            fields: vec![Field {
                name: "To copy".to_owned(),
                value: copy,
                inline: false,
            }],
            footer: "Sharing shows your score, but no questions.".to_owned(),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(buttons)],
        ..Message::default()
    }
}

fn word(given: AttemptAnswer) -> &'static str {
    if given.correct { "right" } else { "missed" }
}

/// One emoji per answer.
fn grid(attempt: &Attempt) -> String {
    let signs = attempt.answers.iter();
    signs
        .map(|given| if given.correct { RIGHT } else { MISSED })
        .collect()
}

/// The result in two lines, in emoji and in words for screen readers.
fn shared_text(day: Day, attempt: &Attempt) -> String {
    let missed = (1..)
        .zip(&attempt.answers)
        .filter(|(_, given)| !given.correct);
    let missed: Vec<String> = missed
        .map(|(number, _): (u8, _)| number.to_string())
        .collect();
    let words = match missed.len() {
        0 => "all right".to_owned(),
        _ if attempt.score() == 0 => "missed all".to_owned(),
        _ => format!("missed {}", missed.join(", ")),
    };
    format!(
        "{}: {} of {QUESTIONS}\n{} {words}",
        name(day),
        attempt.score(),
        grid(attempt)
    )
}

/// A result for the whole channel.
#[must_use]
pub fn shared(day: Day, user: UserId, attempt: &Attempt, streak: Option<Streak>) -> Message {
    let on_end = match streak {
        Some(streak) if streak.last == day && streak.current > 1 => {
            format!(" · {} days in a row", streak.current)
        }
        _ => String::new(),
    };
    let text = format!("<@{user}>{on_end}\n{}", shared_text(day, attempt));
    let play = DailyButton::Play {}.to_string();
    let play = Button::new(play, "Play today's", Style::Primary);
    Message {
        rows: vec![Row::Buttons(vec![play])],
        ..Message::sentence(text)
    }
}

/// The result was already shared in this channel.
#[must_use]
pub fn shared_before() -> Message {
    Message::sentence("You have already shared this one here.")
}

/// A button of a puzzle whose day is over.
#[must_use]
pub fn over() -> Message {
    Message::sentence(
        "That puzzle is closed. A new one starts at midnight UTC; `/daily` has today's.",
    )
}

/// A button of a puzzle that the member has not started, or not reached.
#[must_use]
pub fn not_there_yet() -> Message {
    Message::sentence("You have not reached that question yet. `/daily` takes you to yours.")
}

/// Sharing before the end.
#[must_use]
pub fn not_finished() -> Message {
    Message::sentence("Answer all five first: `/daily` takes you to the next one.")
}
