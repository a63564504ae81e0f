//! The film of the day: its open clues, the result, and sharing it.
//!
//! No message before the end contains the title or a clue that is not open yet, and what is shared
//! contains no clue at all.

use super::{days_in_a_row, next_puzzle};
use crate::catalogue::text;
use crate::custom_id::DailyButton;
use crate::escape::{clip, escape, escape_clipped, plain};
use crate::message::{Button, Embed, Field, Message, Modal, ReadOnlyText, Row, Style, Tone};
use crate::{phrases, words};
use heat_core::bank::film::FilmPuzzle;
use heat_core::daily::film::{CLUES, FilmAttempt, FilmPlacing, Play};
use heat_core::daily::{Day, Streak};
use heat_core::id::UserId;
use heat_core::lang::Lang;

/// The guess that found the film. The three squares differ in lightness as much as in colour.
const FOUND: &str = "🟩";
/// A miss.
const MISSED: &str = "⬛";
/// A clue that was not needed.
const UNOPENED: &str = "⬜";
/// How many characters of a typed title are repeated.
const TITLE_MAX: usize = 100;
/// The longest title that the form accepts, in characters.
pub const TYPED_MAX: u16 = 100;
/// The longest text that a form can show next to its field, in characters.
const TO_READ_MAX: usize = 4_000;

/// What a message with open clues replies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The member opened the puzzle.
    State,
    /// A guess that counted.
    Guessed,
    /// A repeated guess.
    Repeated,
}

/// What to show with a member's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The streak, including this one.
    pub streak: Option<Streak>,
    /// Decides whether the streak is still alive.
    pub today: Day,
    /// The rank among the members here.
    pub placing: Option<FilmPlacing>,
    /// Whether there is anyone to share it with.
    pub has_others: bool,
    /// Whether an attempt would count now. Results from the archive are private.
    pub play: Play,
}

/// The button that opens today's film from another page.
pub(super) fn todays(lang: Lang) -> Button {
    open(text!(lang, "daily-film-todays"), Style::Secondary)
}

/// The button in the messages of the five questions.
#[must_use]
pub fn offer(lang: Lang) -> Button {
    open(text!(lang, "daily-film-offer"), Style::Secondary)
}

fn open(label: String, style: Style) -> Button {
    Button::new(DailyButton::Film {}.to_string(), label, style)
}

/// The button to the archive.
fn past_films(lang: Lang) -> Button {
    let press = DailyButton::PastFilms { page: 0 };
    Button::new(
        press.to_string(),
        text!(lang, "daily-film-past"),
        Style::Secondary,
    )
}

/// "21 November 2026".
pub(super) fn date(lang: Lang, day: Day) -> String {
    let date = heat_core::standing::Zone::UTC.date(day.starts_at_ms());
    words::date(lang, &date.to_string())
}

/// "Film of the day #325".
fn name(lang: Lang, day: Day) -> String {
    text!(lang, "daily-film-name", number = day.number())
}

/// The clues that an attempt has opened. `missed` are the titles of its misses, `None` where a clue
/// was opened without a guess.
#[must_use]
pub fn clues(
    lang: Lang,
    day: Day,
    puzzle: &FilmPuzzle,
    attempt: &FilmAttempt,
    missed: &[Option<String>],
    progress: Progress,
    play: Play,
) -> Message {
    let opened = usize::from(attempt.opened());
    let mut lines = Vec::with_capacity(opened + 4);
    match (progress, missed.last()) {
        (Progress::Guessed, Some(Some(title))) => {
            let title = escape(title);
            lines.push(text!(lang, "daily-film-not", title = title));
        }
        (Progress::Repeated, _) => {
            lines.push(text!(lang, "daily-film-repeated"));
        }
        _ if attempt.guesses.is_empty() => lines.push(rules(lang, day, play)),
        _ => {}
    }
    lines.push(listed(puzzle, opened));
    lines.push(tried(lang, missed));
    lines.push(match play {
        Play::Counted => text!(lang, "daily-film-how-to-guess"),
        Play::ForFun => text!(lang, "daily-film-how-to-guess-for-fun"),
    });
    lines.retain(|line| !line.is_empty());
    let press = DailyButton::GuessFilm { day }.to_string();
    let guess = Button::new(press, text!(lang, "daily-film-guess"), Style::Primary);
    let next = attempt.next().map(|position| {
        let label = if position + 1 == CLUES {
            text!(lang, "daily-film-give-up")
        } else {
            text!(lang, "daily-film-next-clue")
        };
        let press = DailyButton::NextClue { day, position };
        Button::new(press.to_string(), label, Style::Secondary)
    });
    let footer = if attempt.opened() == CLUES {
        text!(lang, "daily-film-private-last")
    } else {
        text!(lang, "daily-film-private")
    };
    Message {
        embeds: vec![Embed {
            title: format!(
                "{} · {}",
                name(lang, day),
                text!(lang, "daily-film-clue-of", clue = opened, clues = CLUES)
            ),
            description: lines.join("\n\n"),
            tone: Tone::Open,
            footer,
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(
            [guess]
                .into_iter()
                .chain(next)
                .chain([past_films(lang)])
                .collect(),
        )],
        ..Message::default()
    }
}

/// The form for a guess. It covers the message, so it repeats the open clues.
#[must_use]
pub fn guess_box(lang: Lang, day: Day, puzzle: &FilmPuzzle, attempt: &FilmAttempt) -> Modal {
    let open = (1..).zip(&puzzle.clues).take(attempt.opened().into());
    let clues = open.map(|(number, clue): (u8, _)| format!("{number}. {}", plain(clue)));
    let clues = clues.collect::<Vec<_>>().join("\n");
    Modal {
        custom_id: DailyButton::GuessFilm { day }.to_string(),
        title: name(lang, day),
        label: text!(lang, "daily-film-box-label"),
        placeholder: text!(lang, "daily-film-box-title"),
        length_max: TYPED_MAX,
        to_read: Some(ReadOnlyText {
            label: text!(lang, "daily-film-box-clues"),
            text: clip(&clues, TO_READ_MAX),
        }),
    }
}

fn rules(lang: Lang, day: Day, play: Play) -> String {
    if play == Play::ForFun {
        return text!(lang, "daily-film-rules-past", date = date(lang, day));
    }
    text!(lang, "daily-film-rules", when = next_puzzle(day))
}

fn listed(puzzle: &FilmPuzzle, opened: usize) -> String {
    let clues = (1..).zip(&puzzle.clues).take(opened);
    let lines = clues.map(|(number, clue): (u8, _)| format!("**{number}.** {}", escape(clue)));
    lines.collect::<Vec<_>>().join("\n")
}

/// "⬛ Alien (1979) · Heat"; empty if no title was tried.
fn tried(lang: Lang, missed: &[Option<String>]) -> String {
    let titles: Vec<String> = missed.iter().flatten().map(|title| escape(title)).collect();
    if titles.is_empty() {
        return String::new();
    }
    let titles = text!(lang, "daily-film-tried", titles = titles.join(" · "));
    format!("{MISSED} {titles}")
}

/// A finished attempt.
#[must_use]
pub fn result(
    lang: Lang,
    day: Day,
    puzzle: &FilmPuzzle,
    attempt: &FilmAttempt,
    missed: &[Option<String>],
    standing: &Standing,
) -> Message {
    let film = format!("**{}** ({})", escape(&puzzle.title), puzzle.year);
    let verdict = match attempt.opened() {
        _ if !attempt.is_found() => text!(lang, "daily-film-it-was", film = film),
        1 => text!(lang, "daily-film-first-clue", film = film),
        clue => text!(lang, "daily-film-found", film = film, clue = clue),
    };
    let mut lines = vec![
        verdict,
        squares(attempt),
        listed(puzzle, usize::from(CLUES)),
        tried(lang, missed),
    ];
    let is_counted = standing.play == Play::Counted;
    if is_counted {
        lines.push(standings(lang, standing));
    }
    if standing.today == day {
        lines.push(text!(lang, "daily-film-next", when = next_puzzle(day)));
    }
    lines.retain(|line| !line.is_empty());
    let mut buttons = Vec::with_capacity(3);
    if standing.has_others && is_counted {
        let press = DailyButton::ShareFilm { day };
        let share = Button::new(
            press.to_string(),
            text!(lang, "daily-film-share"),
            Style::Primary,
        );
        buttons.push(share);
    }
    if standing.today > day {
        buttons.push(open(text!(lang, "daily-film-play"), Style::Secondary));
    }
    buttons.push(past_films(lang));
    let tone = if attempt.is_found() {
        Tone::Good
    } else {
        Tone::Bad
    };
    Message {
        embeds: vec![Embed {
            title: format!("{}: {}", name(lang, day), score(lang, attempt)),
            description: lines.join("\n\n"),
            tone,
            fields: others(lang, standing)
                .filter(|_| is_counted)
                .into_iter()
                .collect(),
            footer: if is_counted {
                text!(lang, "daily-film-sharing")
            } else {
                text!(lang, "daily-film-for-fun")
            },
            ..Embed::default()
        }],
        rows: Row::of(buttons).into_iter().collect(),
        ..Message::default()
    }
}

/// "2nd of 5 here · 3 days in a row", if there is anything to say.
fn standings(lang: Lang, standing: &Standing) -> String {
    let mut parts = Vec::with_capacity(2);
    if let Some(placing) = standing.placing.filter(|placing| placing.players() > 1) {
        parts.push(text!(
            lang,
            "daily-film-rank",
            rank = placing.rank,
            players = placing.players()
        ));
    }
    let days = standing.streak.map_or(0, |s| s.current_on(standing.today));
    if days > 1 {
        parts.push(text!(lang, "daily-film-days-bold", days = days));
    }
    parts.join(" · ")
}

/// How many here found it with which clue, as bars, once somebody else has finished.
fn others(lang: Lang, standing: &Standing) -> Option<Field> {
    let placing = standing.placing.filter(|placing| placing.players() > 1)?;
    let most = placing.with_score.into_iter().max().unwrap_or(0);
    let scores = (0..=CLUES).zip(placing.with_score).rev();
    let lines = scores.filter(|(_, players)| *players > 0);
    let lines = lines.map(|(score, players): (u8, u64)| {
        let what = match score {
            0 => format!("{MISSED} {}", text!(lang, "daily-film-not-found")),
            score => {
                let clue = CLUES + 1 - score;
                format!("{FOUND} {}", text!(lang, "daily-film-clue", clue = clue))
            }
        };
        let (players, most) = (to_usize(players), to_usize(most));
        format!("{what} {}", phrases::bar(players, most))
    });
    Some(Field {
        name: text!(lang, "daily-film-how-it-went"),
        value: lines.collect::<Vec<_>>().join("\n"),
        inline: false,
    })
}

fn to_usize(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// "3 of 6", or "not found".
pub(super) fn score(lang: Lang, attempt: &FilmAttempt) -> String {
    if attempt.is_found() {
        let clue = attempt.opened();
        text!(lang, "daily-film-score", clue = clue, clues = CLUES)
    } else {
        text!(lang, "daily-film-not-found")
    }
}

/// One square per clue.
fn squares(attempt: &FilmAttempt) -> String {
    let given = attempt.guesses.iter();
    let given = given.map(|guess| if guess.correct { FOUND } else { MISSED });
    let rest = usize::from(CLUES).saturating_sub(attempt.guesses.len());
    given.chain(std::iter::repeat_n(UNOPENED, rest)).collect()
}

/// A result for the whole channel, in squares and in words for screen readers.
#[must_use]
pub fn shared(
    lang: Lang,
    day: Day,
    user: UserId,
    attempt: &FilmAttempt,
    streak: Option<Streak>,
) -> Message {
    let who = format!("<@{user}>");
    let found = if attempt.is_found() {
        text!(lang, "daily-film-found-it", who = who, n = attempt.opened())
    } else {
        text!(lang, "daily-film-not-found-it", who = who)
    };
    let streak = days_in_a_row(lang, day, streak);
    let text = format!(
        "{found}{streak}\n{}: {}\n{}",
        name(lang, day),
        score(lang, attempt),
        squares(attempt)
    );
    Message {
        rows: vec![Row::Buttons(vec![open(
            text!(lang, "daily-film-play"),
            Style::Primary,
        )])],
        ..Message::sentence(text)
    }
}

/// Sharing before the end.
#[must_use]
pub fn not_finished(lang: Lang) -> Message {
    Message::sentence(text!(lang, "daily-film-not-finished"))
}

/// No work has this title.
#[must_use]
pub fn unknown(lang: Lang, title: &str) -> Message {
    let title = escape_clipped(title.trim(), TITLE_MAX);
    Message::sentence(text!(lang, "daily-film-unknown", title = title))
}

#[cfg(test)]
#[path = "film_tests.rs"]
mod tests;
