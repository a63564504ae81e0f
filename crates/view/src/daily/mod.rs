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

use super::catalogue::text;
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
fn name(lang: Lang, day: Day) -> String {
    text!(lang, "daily-name", number = day.number())
}

/// The next question of an attempt, if there is one.
#[must_use]
pub fn question(lang: Lang, day: Day, rounds: &[Round], attempt: &Attempt) -> Message {
    let position = attempt.next().unwrap_or(QUESTIONS);
    let Some(round) = rounds.get(usize::from(position)) else {
        return Message::sentence(text!(lang, "daily-no-more"));
    };
    let asked = &round.question;
    let mut description = String::new();
    if position == 0 {
        description.push_str(&text!(lang, "daily-rules", when = next_puzzle(day)));
        description.push_str("\n\n");
    }
    description.extend(["**", &escape(&asked.prompt), "**"]);
    if has_long_choices(round) {
        description.push_str("\n\n");
        description.push_str(&choice_list(round));
    }
    let difficulty = phrases::difficulty(lang, asked.difficulty);
    let take_your_time = text!(lang, "daily-take-your-time");
    description.extend(["\n\n", &difficulty, " · ", &take_your_time]);
    let choices = (0..4).filter_map(|choice| choice_button(day, round, position, choice));
    Message {
        embeds: vec![Embed {
            title: question_title(lang, day, position),
            description,
            tone: Tone::Open,
            footer: so_far(lang, attempt),
            ..Embed::default()
        }],
        rows: vec![
            Row::Buttons(choices.collect()),
            Row::Buttons(vec![film::offer(lang)]),
        ],
        ..Message::default()
    }
}

/// "in 3 hours", counted by the client.
fn next_puzzle(day: Day) -> String {
    phrases::relative_time(day.next().starts_at_ms())
}

fn question_title(lang: Lang, day: Day, position: u8) -> String {
    let number = position + 1;
    let question = text!(lang, "daily-question", number = number, all = QUESTIONS);
    format!("{} · {question}", name(lang, day))
}

fn so_far(lang: Lang, attempt: &Attempt) -> String {
    if attempt.answers.is_empty() {
        return text!(lang, "daily-first-answer-counts");
    }
    let (right, given) = (attempt.score(), attempt.answers.len());
    let right = text!(lang, "daily-so-far", right = right, given = given);
    format!("{} · {right}", grid(attempt))
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
    lang: Lang,
    day: Day,
    rounds: &[Round],
    attempt: &Attempt,
    position: u8,
    pressed: u8,
) -> Message {
    let at = usize::from(position);
    let (Some(round), Some(given)) = (rounds.get(at), attempt.answers.get(at)) else {
        return question(lang, day, rounds, attempt);
    };
    let asked = &round.question;
    let mut description = format!("**{}**\n\n", escape(&asked.prompt));
    if given.choice != pressed {
        description.push_str(&text!(lang, "daily-answered-before"));
        description.push('\n');
    }
    description.push_str(&verdict(lang, round, *given));
    let next = if attempt.next().is_some() {
        text!(lang, "daily-next-question")
    } else {
        text!(lang, "daily-your-result")
    };
    Message {
        embeds: vec![Embed {
            title: question_title(lang, day, position),
            description,
            tone: if given.correct { Tone::Good } else { Tone::Bad },
            fields: vec![why(lang, asked)],
            footer: so_far(lang, attempt),
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

fn verdict(lang: Lang, round: &Round, given: AttemptAnswer) -> String {
    let line = |choice: u8| {
        let text = round.choice(choice).map_or("", |choice| &choice.text);
        format!("**{} · {}**", letter(choice), escape(text))
    };
    if given.correct {
        let right = text!(lang, "daily-right", answer = line(given.choice));
        return format!("{RIGHT} {right}");
    }
    let said = text!(lang, "daily-wrong", answer = line(given.choice));
    let right = text!(lang, "daily-it-is", answer = line(round.correct()));
    format!("{MISSED} {said}\n✅ {right}")
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
    let marks = marks.map(|(number, given): (u8, _)| {
        if given.correct {
            text!(lang, "daily-mark-right", number = number)
        } else {
            text!(lang, "daily-mark-missed", number = number)
        }
    });
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
        let streak = text!(lang, "daily-streak", now = now, best = best);
        description.extend(["\n", &streak, "\n"]);
    }
    description.push_str(&if today > day {
        text!(lang, "daily-today-is-out")
    } else {
        text!(lang, "daily-next-puzzle", when = next_puzzle(day))
    });
    let copy = format!("```\n{}\n```", shared_text(lang, day, attempt));
    let mut buttons = Vec::with_capacity(3);
    if has_others {
        buttons.push(Button::new(
            DailyButton::Share { day }.to_string(),
            text!(lang, "daily-share"),
            Style::Primary,
        ));
    }
    buttons.push(Button::new(
        DailyButton::Open { day }.to_string(),
        text!(lang, "daily-who-did-best"),
        Style::Secondary,
    ));
    buttons.push(film::offer(lang));
    Message {
        embeds: vec![Embed {
            title: headline(lang, day, attempt),
            description,
            tone: Tone::Plain,
            fields: vec![Field {
                name: text!(lang, "daily-to-copy"),
                value: copy,
                inline: false,
            }],
            footer: text!(lang, "daily-sharing"),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(buttons)],
        ..Message::default()
    }
}

/// "Heat Check daily #325: 4 of 5".
fn headline(lang: Lang, day: Day, attempt: &Attempt) -> String {
    let score = attempt.score();
    let score = text!(lang, "daily-score", score = score, all = QUESTIONS);
    format!("{}: {score}", name(lang, day))
}

/// One emoji per answer.
fn grid(attempt: &Attempt) -> String {
    let signs = attempt.answers.iter();
    signs
        .map(|given| if given.correct { RIGHT } else { MISSED })
        .collect()
}

/// The result in two lines, in emoji and in words for screen readers.
fn shared_text(lang: Lang, day: Day, attempt: &Attempt) -> String {
    let missed = (1..)
        .zip(&attempt.answers)
        .filter(|(_, given)| !given.correct);
    let missed: Vec<String> = missed
        .map(|(number, _): (u8, _)| number.to_string())
        .collect();
    let words = match missed.len() {
        0 => text!(lang, "daily-all-right"),
        _ if attempt.score() == 0 => text!(lang, "daily-missed-all"),
        _ => text!(lang, "daily-missed", numbers = missed.join(", ")),
    };
    let headline = headline(lang, day, attempt);
    format!("{headline}\n{} {words}", grid(attempt))
}

/// A result for the whole channel.
#[must_use]
pub fn shared(
    lang: Lang,
    day: Day,
    user: UserId,
    attempt: &Attempt,
    streak: Option<Streak>,
) -> Message {
    let streak = days_in_a_row(lang, day, streak);
    let text = format!("<@{user}>{streak}\n{}", shared_text(lang, day, attempt));
    let play = DailyButton::Play {}.to_string();
    let play = Button::new(play, text!(lang, "daily-play"), Style::Primary);
    Message {
        rows: vec![Row::Buttons(vec![play])],
        ..Message::sentence(text)
    }
}

/// " · 3 days in a row", if this day's puzzle has prolonged a streak.
fn days_in_a_row(lang: Lang, day: Day, streak: Option<Streak>) -> String {
    let streak = streak.filter(|streak| streak.last == day && streak.current > 1);
    streak.map_or_else(String::new, |streak| {
        format!(" · {}", text!(lang, "daily-days", days = streak.current))
    })
}

/// The result was already shared in this channel.
#[must_use]
pub fn shared_before(lang: Lang) -> Message {
    Message::sentence(text!(lang, "daily-shared-before"))
}

/// A button of a puzzle whose day is over.
#[must_use]
pub fn over(lang: Lang) -> Message {
    Message::sentence(text!(lang, "daily-over"))
}

/// A button of a puzzle that the member has not started, or not reached.
#[must_use]
pub fn not_there_yet(lang: Lang) -> Message {
    Message::sentence(text!(lang, "daily-not-there-yet"))
}

/// Sharing before the end.
#[must_use]
pub fn not_finished(lang: Lang) -> Message {
    Message::sentence(text!(lang, "daily-not-finished"))
}
