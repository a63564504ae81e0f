//! The film of the day: its open clues, the result, and sharing it.
//!
//! No message before the end contains the title or a clue that is not open yet, and what is shared
//! contains no clue at all.

use super::next_puzzle;
use crate::custom_id::DailyButton;
use crate::escape::{clip, escape, plain};
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
    open("Today's film", Style::Secondary)
}

/// The button in the messages of the five questions.
#[must_use]
pub fn offer(lang: Lang) -> Button {
    open("🎬 Film of the day", Style::Secondary)
}

fn open(label: &str, style: Style) -> Button {
    Button::new(DailyButton::Film {}.to_string(), label, style)
}

/// The button to the archive.
fn past_films(lang: Lang) -> Button {
    let press = DailyButton::PastFilms { page: 0 };
    Button::new(press.to_string(), "Past films", Style::Secondary)
}

/// "21 November 2026".
pub(super) fn date(lang: Lang, day: Day) -> String {
    let date = heat_core::standing::Zone::UTC.date(day.starts_at_ms());
    words::date(lang, &date.to_string())
}

/// "Film of the day #325".
fn name(lang: Lang, day: Day) -> String {
    format!("Film of the day #{}", day.number())
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
    told: Progress,
    play: Play,
) -> Message {
    let opened = usize::from(attempt.opened());
    let mut lines = Vec::with_capacity(opened + 4);
    match (told, missed.last()) {
        (Progress::Guessed, Some(Some(title))) => {
            lines.push(format!("Not **{}**. Here is another clue:", escape(title)));
        }
        (Progress::Repeated, _) => {
            lines.push("You tried that one already, so it costs nothing.".to_owned());
        }
        _ if attempt.guesses.is_empty() => lines.push(rules(lang, day, play)),
        _ => {}
    }
    lines.push(listed(puzzle, opened));
    lines.push(tried(lang, missed));
    lines.push(match play {
        Play::Counted => {
            "Press **Guess**, or use `/daily guess:`, which lists titles as you type.".to_owned()
        }
        Play::ForFun => "Press **Guess** when you know.".to_owned(),
    });
    lines.retain(|line| !line.is_empty());
    let press = DailyButton::GuessFilm { day }.to_string();
    let guess = Button::new(press, "Guess", Style::Primary);
    let next = attempt.next().map(|position| {
        let label = if position + 1 == CLUES {
            "Give up"
        } else {
            "Next clue"
        };
        let press = DailyButton::NextClue { day, position };
        Button::new(press.to_string(), label, Style::Secondary)
    });
    let last = if attempt.opened() == CLUES {
        " · the last guess"
    } else {
        ""
    };
    Message {
        embeds: vec![Embed {
            title: format!("{} · clue {opened} of {CLUES}", name(lang, day)),
            description: lines.join("\n\n"),
            tone: Tone::Open,
            footer: format!("Only you see this{last}"),
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
        label: "Which film is it?".to_owned(),
        placeholder: "Its title".to_owned(),
        length_max: TYPED_MAX,
        to_read: Some(ReadOnlyText {
            label: "The clues so far".to_owned(),
            text: clip(&clues, TO_READ_MAX),
        }),
    }
}

fn rules(lang: Lang, day: Day, play: Play) -> String {
    if play == Play::ForFun {
        return format!(
            "The film of {}. Six clues, from hard to easy, and a miss opens the next one. Past films are just for fun: no rank, no streak.",
            date(lang, day)
        );
    }
    format!(
        "Six clues to one film, from hard to easy. A miss opens the next one. The next film comes {}.",
        next_puzzle(day)
    )
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
    format!("{MISSED} Not {}", titles.join(" · "))
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
        _ if !attempt.is_found() => format!("It was {film}."),
        1 => format!("{film}, with the very first clue!"),
        clue => format!("{film}! You got it on clue {clue}."),
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
        lines.push(format!("The next film comes {}.", next_puzzle(day)));
    }
    lines.retain(|line| !line.is_empty());
    let mut buttons = Vec::with_capacity(3);
    if standing.has_others && is_counted {
        let press = DailyButton::ShareFilm { day };
        let share = Button::new(press.to_string(), "Share here", Style::Primary);
        buttons.push(share);
    }
    if standing.today > day {
        buttons.push(open("Play today's", Style::Secondary));
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
                "Sharing reveals neither the film nor any clue.".to_owned()
            } else {
                "A past film, just for fun: no rank, no streak.".to_owned()
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
        let (rank, players) = (placing.rank, placing.players());
        parts.push(format!("Rank **{rank}** of {players} here today"));
    }
    let days = standing.streak.map_or(0, |s| s.current_on(standing.today));
    if days > 1 {
        parts.push(format!("**{days}** days in a row"));
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
            0 => format!("{MISSED} not found"),
            score => format!("{FOUND} clue {}", CLUES + 1 - score),
        };
        let (players, most) = (to_usize(players), to_usize(most));
        format!("{what} {}", phrases::bar(players, most))
    });
    Some(Field {
        name: "How it went here".to_owned(),
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
        format!("{} of {CLUES}", attempt.opened())
    } else {
        "not found".to_owned()
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
    let on_end = match streak {
        Some(streak) if streak.last == day && streak.current > 1 => {
            format!(" · {} days in a row", streak.current)
        }
        _ => String::new(),
    };
    let words = if attempt.is_found() {
        let needed = phrases::count(lang, usize::from(attempt.opened()), phrases::Counted::Clues);
        format!("found it with {needed}")
    } else {
        "did not find it".to_owned()
    };
    let text = format!(
        "<@{user}> {words}{on_end}\n{}: {}\n{}",
        name(lang, day),
        score(lang, attempt),
        squares(attempt)
    );
    Message {
        rows: vec![Row::Buttons(vec![open("Play today's", Style::Primary)])],
        ..Message::sentence(text)
    }
}

/// Sharing before the end.
#[must_use]
pub fn not_finished(lang: Lang) -> Message {
    Message::sentence("Finish first: find the film, or use up the clues. Then you can share it.")
}

/// No work has this title.
#[must_use]
pub fn unknown(lang: Lang, title: &str) -> Message {
    let title = escape(&clip(title.trim(), TITLE_MAX));
    Message::sentence(format!(
        "I know no film called “{title}”, so that cost you nothing. `/daily guess:` lists titles as you type."
    ))
}

#[cfg(test)]
#[path = "film_tests.rs"]
mod tests;
