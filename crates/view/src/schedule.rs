//! A server's schedule: its entries, and what is posted at their times.

use super::custom_id::DailyButton;
use super::escape::{clip, escape, plain};
use super::limits::OPTION_MAX;
use super::message::{Button, Embed, Message, Row, Style, Suggestion, Tone};
use super::settings::SettingsContext;
use super::{daily, phrases};
use heat_core::daily::Day;
use heat_core::id::{RoleId, UserId};
use heat_core::lang::Lang;
use heat_core::schedule::{Days, ENTRIES_MAX, Entry, LATE_MAX_MS, Outcome, Quiz, What, days};
use heat_core::standing::BoardPage;

/// How many characters of a typed text are repeated.
const TYPED_MAX: usize = 60;
/// The most players on the week's board.
const WEEK_ROWS: usize = 10;

/// An entry in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedEntry {
    /// The entry; `None` if it cannot be read.
    pub entry: Option<Entry>,
    /// When it is due next, in Unix milliseconds.
    pub next_ms: i64,
    /// When it was last due, and the outcome.
    pub last: Option<(i64, Outcome)>,
}

/// An entry was added.
#[must_use]
pub fn added(lang: Lang, entry: &Entry, next_ms: i64, around: &SettingsContext<'_>) -> Message {
    let role = if entry.role.is_some() {
        "\nThe role is pinged if I may mention it: it is open to all mentions, or I have the permission *Mention Everyone*."
    } else {
        ""
    };
    Message::framed(
        "Planned",
        format!(
            "{}\nNext: {}{role}",
            described(lang, entry, around),
            moment(next_ms)
        ),
        Tone::Good,
    )
}

/// All entries of a server.
#[must_use]
pub fn list(lang: Lang, entries: &[ListedEntry], around: &SettingsContext<'_>) -> Message {
    if entries.is_empty() {
        return Message::sentence(
            "Nothing is scheduled here yet. `/schedule add` schedules a quiz, the daily puzzles or the week's board.",
        );
    }
    let lines: Vec<String> = entries
        .iter()
        .map(|listed| {
            let what = match &listed.entry {
                Some(entry) => described(lang, entry, around),
                None => "An entry that this version of mine cannot read".to_owned(),
            };
            let last = listed.last.map_or_else(String::new, |(at_ms, outcome)| {
                format!(
                    "\nLast time, <t:{}:d>: {}",
                    at_ms / 1_000,
                    result(lang, outcome)
                )
            });
            format!("{what}\nNext: {}{last}", moment(listed.next_ms))
        })
        .collect();
    Message {
        embeds: vec![Embed {
            title: "This server's schedule".to_owned(),
            description: clip(&lines.join("\n\n"), super::limits::DESCRIPTION_MAX),
            tone: Tone::Plain,
            footer: format!(
                "{} of {ENTRIES_MAX} · /schedule remove deletes one",
                entries.len()
            ),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// An entry was removed.
#[must_use]
pub fn removed(lang: Lang) -> Message {
    Message::sentence("Removed from the schedule.")
}

/// There is no such entry.
#[must_use]
pub fn unknown_entry(lang: Lang) -> Message {
    Message::sentence("There is no such entry. Pick one from the list as you type.")
}

/// The server has reached its limit of entries.
#[must_use]
pub fn full(lang: Lang) -> Message {
    Message::sentence(format!(
        "The schedule is full with {ENTRIES_MAX} entries. Make room with `/schedule remove`."
    ))
}

/// The member may not change the schedule.
#[must_use]
pub fn not_allowed(lang: Lang) -> Message {
    Message::sentence("You need the permission to manage the server for that.")
}

/// A direct message has no schedule.
#[must_use]
pub fn only_in_servers(lang: Lang) -> Message {
    Message::sentence("A schedule belongs to a server: use this command in one.")
}

/// Not a time of day.
#[must_use]
pub fn bad_time(lang: Lang, typed: &str) -> Message {
    Message::sentence(format!(
        "“{}” is not a time I understand. Write it like `20:30` or `8:30 pm`.",
        said(typed)
    ))
}

/// Not days of the week.
#[must_use]
pub fn bad_days(lang: Lang, typed: &str) -> Message {
    Message::sentence(format!(
        "“{}” are not days I understand. Write them like `Monday`, `mon, thu`, `weekdays` or `every day`.",
        said(typed)
    ))
}

/// A mode with a lobby.
#[must_use]
pub fn needs_lobby(lang: Lang) -> Message {
    Message::sentence(
        "That mode needs a lobby, and nobody is there to open it. Pick another one for a scheduled quiz.",
    )
}

/// A role that the member may not mention themselves.
#[must_use]
pub fn role_is_closed(lang: Lang, role: RoleId) -> Message {
    Message::sentence(format!(
        "<@&{role}> can only be pinged by members with the permission *Mention Everyone*, so I will not do it for you."
    ))
}

/// `@everyone` as the role.
#[must_use]
pub fn not_everyone(lang: Lang) -> Message {
    Message::sentence("I ping a role, but never everyone.")
}

/// The bot may not post in the channel.
#[must_use]
pub fn cannot_post(lang: Lang) -> Message {
    Message::sentence(
        "I may not post there. Give me *View Channel*, *Send Messages* (in a thread *Send Messages in Threads*) and *Embed Links*, then schedule it again.",
    )
}

/// The days that match what has been typed so far.
#[must_use]
pub fn suggest_days(lang: Lang, typed: &str) -> Vec<Suggestion> {
    let known = ["every day", "weekdays", "weekend"].map(str::to_owned);
    let known = known
        .into_iter()
        .chain(days::WEEK.map(|day| days::name(day).to_owned()));
    let lower = typed.trim().to_lowercase();
    let fitting = known.filter(|name| name.to_lowercase().starts_with(&lower));
    let mut names: Vec<String> = fitting.collect();
    if let Some(meant) = Days::meant(typed) {
        let meant = days_named(lang, meant);
        if !names.iter().any(|name| name.eq_ignore_ascii_case(&meant)) {
            names.insert(0, meant);
        }
    }
    let suggestion = |name: String| Suggestion {
        value: name.clone(),
        name,
    };
    names.into_iter().map(suggestion).collect()
}

/// An entry as a suggestion.
#[must_use]
pub fn suggest_entry(
    lang: Lang,
    id: u64,
    entry: Option<&Entry>,
    around: &SettingsContext<'_>,
) -> Suggestion {
    let name = match entry {
        Some(entry) => {
            let what = what(lang, &entry.what, around);
            format!("{} · {}", plain(&what), times(lang, entry))
        }
        None => format!("An entry that cannot be read ({id})"),
    };
    Suggestion {
        name: clip(&name, OPTION_MAX),
        value: id.to_string(),
    }
}

/// A quiz begins: its own message, with a mention of the role.
#[must_use]
pub fn quiz_begins(lang: Lang, started: Message, role: Option<RoleId>) -> Message {
    called("The quiz begins in a minute!", role, started)
}

/// What the post about the daily puzzles begins with, one each day: a server may see it every morning.
const GREETINGS: [&str; 7] = [
    "Good day, film people!",
    "Lights, camera, questions!",
    "Places, everybody: new puzzles are up.",
    "The projector is warm. Who goes first?",
    "Fresh reels are in!",
    "Popcorn for breakfast, anyone?",
    "Roll the opening titles!",
];

/// The buttons for the puzzles of this day.
#[must_use]
pub fn daily_puzzles(lang: Lang, day: Day, role: Option<RoleId>) -> Message {
    let play = DailyButton::Play {};
    let buttons = vec![
        Button::new(play.to_string(), "Five questions", Style::Primary),
        daily::film::offer(lang),
    ];
    let message = Message {
        embeds: vec![Embed {
            title: "Today's puzzles".to_owned(),
            description: "**Five questions**, from easy to hard, and the **film of the day**: six clues to one film. The same for everybody, and only you see how you do.".to_owned(),
            tone: Tone::Open,
            footer: "New ones come at midnight UTC".to_owned(),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(buttons)],
        ..Message::default()
    };
    let days = i32::try_from(GREETINGS.len()).unwrap_or(1);
    let at = usize::try_from(day.0.rem_euclid(days)).unwrap_or(0);
    let greeting = GREETINGS.get(at).copied().unwrap_or_default();
    called(greeting, role, message)
}

/// The week's leaderboard.
#[must_use]
pub fn week(lang: Lang, page: &BoardPage, role: Option<RoleId>) -> Message {
    let line = |rank: u64, user: UserId, points: u64| {
        let rank = usize::try_from(rank).unwrap_or(usize::MAX);
        let rank = phrases::medal(rank, points);
        format!(
            "{rank} <@{user}> · **{}** points",
            phrases::thousands(lang, points)
        )
    };
    let rows = page.rows.iter().take(WEEK_ROWS);
    let lines: Vec<String> = rows
        .map(|row| line(row.rank, row.user, row.points))
        .collect();
    let description = if lines.is_empty() {
        "Nobody has scored this week. `/quiz` starts the next one.".to_owned()
    } else {
        lines.join("\n")
    };
    let players = usize::try_from(page.players).unwrap_or(usize::MAX);
    let message = Message {
        embeds: vec![Embed {
            title: "The week's board".to_owned(),
            description,
            tone: Tone::Plain,
            footer: phrases::count(lang, players, phrases::Counted::Players),
            ..Embed::default()
        }],
        ..Message::default()
    };
    called("This was the week:", role, message)
}

/// An entry did not take place.
#[must_use]
pub fn missed(lang: Lang, entry: &Entry, due_ms: i64, next_ms: i64, why: Outcome) -> Message {
    let name = match entry.what {
        What::Quiz(_) => "The quiz",
        What::Daily => "The post about the daily puzzles",
        What::Weekly => "The week's board",
    };
    let why = match why {
        Outcome::Busy => "another game was running in this channel",
        Outcome::NoQuestions => "there are no questions for it any more",
        _ => "I was offline",
    };
    Message::sentence(format!(
        "{name} scheduled for <t:{}:f> did not take place: {why}. Next: {}",
        due_ms / 1_000,
        moment(next_ms)
    ))
}

/// A message that mentions a role, or a greeting if there is none.
fn called(greeting: &str, role: Option<RoleId>, message: Message) -> Message {
    Message {
        content: match role {
            Some(role) => format!("<@&{role}> {greeting}"),
            None => greeting.to_owned(),
        },
        calls: role,
        ..message
    }
}

/// "**Quiz** in <#5>", and below it "Monday at 20:30, Europe/Berlin · pings <@&7>".
fn described(lang: Lang, entry: &Entry, around: &SettingsContext<'_>) -> String {
    let role = entry
        .role
        .map_or_else(String::new, |role| format!(" · pings <@&{role}>"));
    format!(
        "**{}** in <#{}>\n{}{role}",
        escape(&what(lang, &entry.what, around)),
        entry.channel,
        times(lang, entry)
    )
}

/// "Every day at 20:30, Europe/Berlin".
fn times(lang: Lang, entry: &Entry) -> String {
    let when = &entry.when;
    let zone = when.zone.name();
    format!("{} at {}, {zone}", days_named(lang, when.days), when.time)
}

fn days_named(lang: Lang, days: Days) -> String {
    if days == Days::ALL {
        return "Every day".to_owned();
    }
    if days == Days::WEEKDAYS {
        return "Weekdays".to_owned();
    }
    if days == Days::WEEKEND {
        return "Weekend".to_owned();
    }
    days.iter().map(days::name).collect::<Vec<_>>().join(", ")
}

/// "Quiz: Al Pacino, 10 questions, race", as plain text.
fn what(lang: Lang, what: &What, around: &SettingsContext<'_>) -> String {
    match what {
        What::Daily => "Daily puzzles".to_owned(),
        What::Weekly => "Week's board".to_owned(),
        What::Quiz(quiz) => quiz_named(lang, quiz, around),
    }
}

fn quiz_named(lang: Lang, quiz: &Quiz, around: &SettingsContext<'_>) -> String {
    let about = quiz.about.as_ref();
    let about = about.map(|subject| {
        let name = (around.about_title)(subject);
        name.unwrap_or_else(|| subject.to_string())
    });
    let packs = quiz.packs.ids().iter();
    let packs = packs.map(|id| (around.pack_title)(id).unwrap_or_else(|| id.clone()));
    let packs: Vec<String> = packs.collect();
    let pack = (!packs.is_empty()).then(|| packs.join(" + "));
    let rounds = quiz.rounds;
    let rounds =
        rounds.map(|rounds| phrases::count(lang, usize::from(rounds), phrases::Counted::Questions));
    let mode = quiz
        .mode
        .map(|mode| phrases::mode(lang, mode).to_lowercase());
    let parts: Vec<String> = [about, pack, rounds, mode].into_iter().flatten().collect();
    if parts.is_empty() {
        "Quiz".to_owned()
    } else {
        format!("Quiz: {}", parts.join(", "))
    }
}

fn result(lang: Lang, outcome: Outcome) -> String {
    match outcome {
        Outcome::Done => "it took place.".to_owned(),
        Outcome::Missed => format!(
            "skipped, because I was more than {} minutes late.",
            LATE_MAX_MS / 60_000
        ),
        Outcome::Busy => "skipped, because a game was running in the channel.".to_owned(),
        Outcome::NoQuestions => "skipped, because there are no questions for it.".to_owned(),
        Outcome::NotAllowed => "skipped: `/settings` allows no quizzes in that channel.".to_owned(),
        Outcome::Unreachable => "**I could not post there.** Check my permissions.".to_owned(),
        Outcome::Interrupted => "I was restarted in the middle, so it may be missing.".to_owned(),
    }
}

/// "<t:…:F> (<t:…:R>)": in the reader's own time zone.
fn moment(at_ms: i64) -> String {
    let at = at_ms / 1_000;
    format!("<t:{at}:F> (<t:{at}:R>)")
}

fn said(typed: &str) -> String {
    escape(&clip(typed.trim(), TYPED_MAX))
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;
