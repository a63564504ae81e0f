//! A server's schedule: its entries, and what is posted at their times.

use super::catalogue::text;
use super::custom_id::DailyButton;
use super::escape::{clip, escape, escape_clipped, plain};
use super::limits::OPTION_MAX;
use super::message::{Button, Embed, Message, Row, Style, Suggestion, Tone};
use super::settings::SettingsContext;
use super::{daily, modes, phrases};
use heat_core::daily::Day;
use heat_core::id::{RoleId, UserId};
use heat_core::lang::Lang;
use heat_core::schedule::{
    Days, ENTRIES_MAX, Entry, EventState, LATE_MAX_MS, Outcome, Quiz, What, WhyNoEvent, days,
};
use heat_core::standing::BoardPage;
use jiff::civil::Weekday;

/// The most characters of an event's name:
/// <https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-object>.
const EVENT_NAME_MAX: usize = 100;
/// How many characters of a typed text are repeated.
const TYPED_MAX: usize = 60;
/// The most players on the week's board.
const WEEK_ROWS: usize = 10;

/// An entry in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedEntry {
    /// The entry; `None` if it cannot be read.
    pub entry: Option<Entry>,
    /// Who hosts its quiz.
    pub host: Option<UserId>,
    /// Whether its quiz is played in a thread.
    pub in_thread: bool,
    /// How far the event in Discord for its next time has got, if it has one.
    pub event: Option<EventState>,
    /// When it is due next, in Unix milliseconds.
    pub next_ms: i64,
    /// When it was last due, and the outcome.
    pub last: Option<(i64, Outcome)>,
}

/// An entry was added.
#[must_use]
pub fn added(lang: Lang, added: &ListedEntry, around: &SettingsContext<'_>) -> Message {
    let mut lines = vec![
        described(lang, added, around),
        text!(lang, "schedule-next", moment = moment(added.next_ms)),
    ];
    if added
        .entry
        .as_ref()
        .is_some_and(|entry| entry.role.is_some())
    {
        lines.push(text!(lang, "schedule-role-hint"));
    }
    lines.extend(match added.event {
        Some(EventState::Coming) => Some(text!(lang, "schedule-event-coming")),
        Some(EventState::Refused(why)) => Some(no_event(lang, why)),
        Some(EventState::There) | None => None,
    });
    let title = text!(lang, "schedule-planned");
    Message::framed(&title, lines.join("\n"), Tone::Good)
}

/// All entries of a server.
#[must_use]
pub fn list(lang: Lang, entries: &[ListedEntry], around: &SettingsContext<'_>) -> Message {
    if entries.is_empty() {
        return Message::sentence(text!(lang, "schedule-none"));
    }
    let refused = [WhyNoEvent::NotAllowed, WhyNoEvent::Full, WhyNoEvent::Other];
    let is_met = |why: &WhyNoEvent| {
        let mut entries = entries.iter();
        entries.any(|listed| listed.event == Some(EventState::Refused(*why)))
    };
    let refused = refused.into_iter().filter(is_met);
    let warnings = refused.map(|why| no_event(lang, why));
    let lines = entries.iter().map(|listed| {
        let mut lines = vec![
            described(lang, listed, around),
            text!(lang, "schedule-next", moment = moment(listed.next_ms)),
        ];
        lines.extend(
            listed
                .last
                .map(|(at_ms, outcome)| last(lang, at_ms, outcome)),
        );
        lines.join("\n")
    });
    let lines: Vec<String> = warnings.chain(lines).collect();
    Message {
        embeds: vec![Embed {
            title: text!(lang, "schedule-title"),
            description: clip(&lines.join("\n\n"), super::limits::DESCRIPTION_MAX),
            tone: Tone::Plain,
            footer: text!(
                lang,
                "schedule-footer",
                n = entries.len(),
                max = ENTRIES_MAX
            ),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// An entry was removed.
#[must_use]
pub fn removed(lang: Lang) -> Message {
    Message::sentence(text!(lang, "schedule-removed"))
}

/// There is no such entry.
#[must_use]
pub fn unknown_entry(lang: Lang) -> Message {
    Message::sentence(text!(lang, "schedule-unknown-entry"))
}

/// The server has reached its limit of entries.
#[must_use]
pub fn full(lang: Lang) -> Message {
    Message::sentence(text!(lang, "schedule-full", max = ENTRIES_MAX))
}

/// The member may not change the schedule.
#[must_use]
pub fn not_allowed(lang: Lang) -> Message {
    Message::sentence(text!(lang, "schedule-not-allowed"))
}

/// A direct message has no schedule.
#[must_use]
pub fn only_in_servers(lang: Lang) -> Message {
    Message::sentence(text!(lang, "schedule-only-in-servers"))
}

/// Not a time of day.
#[must_use]
pub fn bad_time(lang: Lang, typed: &str) -> Message {
    Message::sentence(text!(lang, "schedule-bad-time", typed = said(typed)))
}

/// Not days of the week.
#[must_use]
pub fn bad_days(lang: Lang, typed: &str) -> Message {
    Message::sentence(text!(lang, "schedule-bad-days", typed = said(typed)))
}

/// A mode with a lobby.
#[must_use]
pub fn needs_lobby(lang: Lang) -> Message {
    Message::sentence(text!(lang, "schedule-needs-lobby"))
}

/// A role that the member may not mention themselves.
#[must_use]
pub fn role_is_closed(lang: Lang, role: RoleId) -> Message {
    Message::sentence(text!(
        lang,
        "schedule-role-is-closed",
        role = format!("<@&{role}>")
    ))
}

/// `@everyone` as the role.
#[must_use]
pub fn not_everyone(lang: Lang) -> Message {
    Message::sentence(text!(lang, "schedule-not-everyone"))
}

/// The bot may not post in the channel.
#[must_use]
pub fn cannot_post(lang: Lang) -> Message {
    Message::sentence(text!(lang, "schedule-cannot-post"))
}

/// The days that match what has been typed so far.
#[must_use]
pub fn suggest_days(lang: Lang, typed: &str) -> Vec<Suggestion> {
    let suggestion = |name: String, days: Days| Suggestion {
        name,
        value: days.to_string(),
    };
    let groups = [
        suggestion(text!(lang, "schedule-suggest-every-day"), Days::ALL),
        suggestion(text!(lang, "schedule-suggest-weekdays"), Days::WEEKDAYS),
        suggestion(text!(lang, "schedule-suggest-weekend"), Days::WEEKEND),
    ];
    let single = days::WEEK.map(|day| suggestion(day_named(lang, day), Days::one(day)));
    let lower = typed.trim().to_lowercase();
    let fits = |text: &str| text.to_lowercase().starts_with(&lower);
    let known = groups.into_iter().chain(single);
    let fitting = known.filter(|days| fits(&days.name) || fits(&days.value));
    let mut found: Vec<Suggestion> = fitting.collect();
    if let Some(meant) = Days::meant(typed) {
        let meant = suggestion(days_named(lang, meant), meant);
        if found.iter().all(|days| days.value != meant.value) {
            found.insert(0, meant);
        }
    }
    found
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
        None => text!(lang, "schedule-suggest-unreadable", id = id.to_string()),
    };
    Suggestion {
        name: clip(&name, OPTION_MAX),
        value: id.to_string(),
    }
}

/// A bot as the host.
#[must_use]
pub fn host_is_bot(lang: Lang) -> Message {
    Message::sentence(text!(lang, "schedule-host-is-bot"))
}

/// A host who is not in the server.
#[must_use]
pub fn host_is_elsewhere(lang: Lang) -> Message {
    Message::sentence(text!(lang, "schedule-host-is-elsewhere"))
}

/// A quiz begins: its own message, with a mention of the role. A host is called, because the quiz
/// waits for them.
#[must_use]
pub fn quiz_begins(
    lang: Lang,
    started: Message,
    role: Option<RoleId>,
    host: Option<UserId>,
) -> Message {
    let greeting = match host {
        Some(host) => text!(lang, "schedule-quiz-hosted", host = format!("<@{host}>")),
        None => text!(lang, "schedule-quiz-begins"),
    };
    Message {
        notifies: host,
        ..called(&greeting, role, started)
    }
}

/// The server event that announces a quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventWords {
    /// What it is called.
    pub name: String,
    /// What it says.
    pub description: String,
    /// Where it says that it takes place.
    pub place: String,
}

/// What the event of an entry says. Clients show the mention of a channel there as a link.
#[must_use]
pub fn event(
    lang: Lang,
    entry: &Entry,
    host: Option<UserId>,
    around: &SettingsContext<'_>,
) -> EventWords {
    let place = format!("<#{}>", entry.channel);
    let description = if host.is_some() {
        text!(lang, "schedule-event-hosted", channel = place.clone())
    } else {
        text!(lang, "schedule-event", channel = place.clone())
    };
    EventWords {
        name: clip(&plain(&what(lang, &entry.what, around)), EVENT_NAME_MAX),
        description,
        place,
    }
}

/// Why scheduled quizzes have no events, and how to fix it.
fn no_event(lang: Lang, why: WhyNoEvent) -> String {
    match why {
        WhyNoEvent::NotAllowed => text!(lang, "schedule-event-not-allowed"),
        WhyNoEvent::Full => text!(lang, "schedule-event-full"),
        WhyNoEvent::Other => text!(lang, "schedule-event-refused"),
    }
}

/// What the post about the daily puzzles begins with, another text each day of the week: a server may
/// see it every morning.
fn greeting(lang: Lang, day: Day) -> String {
    match day.0.rem_euclid(7) {
        0 => text!(lang, "schedule-greeting-1"),
        1 => text!(lang, "schedule-greeting-2"),
        2 => text!(lang, "schedule-greeting-3"),
        3 => text!(lang, "schedule-greeting-4"),
        4 => text!(lang, "schedule-greeting-5"),
        5 => text!(lang, "schedule-greeting-6"),
        _ => text!(lang, "schedule-greeting-7"),
    }
}

/// The buttons for the puzzles of this day.
#[must_use]
pub fn daily_puzzles(lang: Lang, day: Day, role: Option<RoleId>) -> Message {
    let play = DailyButton::Play {};
    let buttons = vec![
        Button::new(
            play.to_string(),
            text!(lang, "schedule-five-questions"),
            Style::Primary,
        ),
        daily::film::offer(lang),
    ];
    let message = Message {
        embeds: vec![Embed {
            title: text!(lang, "schedule-daily-title"),
            description: text!(lang, "schedule-daily"),
            tone: Tone::Open,
            footer: text!(lang, "schedule-daily-footer"),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(buttons)],
        ..Message::default()
    };
    called(&greeting(lang, day), role, message)
}

/// The week's leaderboard.
#[must_use]
pub fn week(lang: Lang, page: &BoardPage, role: Option<RoleId>) -> Message {
    let line = |rank: u64, user: UserId, points: u64| {
        let rank = usize::try_from(rank).unwrap_or(usize::MAX);
        text!(
            lang,
            "schedule-week-row",
            rank = phrases::medal(rank, points),
            member = format!("<@{user}>"),
            points = phrases::thousands(lang, points),
        )
    };
    let rows = page.rows.iter().take(WEEK_ROWS);
    let lines: Vec<String> = rows
        .map(|row| line(row.rank, row.user, row.points))
        .collect();
    let description = if lines.is_empty() {
        text!(lang, "schedule-week-empty")
    } else {
        lines.join("\n")
    };
    let players = usize::try_from(page.players).unwrap_or(usize::MAX);
    let message = Message {
        embeds: vec![Embed {
            title: text!(lang, "schedule-week-title"),
            description,
            tone: Tone::Plain,
            footer: phrases::count(lang, players, phrases::Counted::Players),
            ..Embed::default()
        }],
        ..Message::default()
    };
    called(&text!(lang, "schedule-week-was"), role, message)
}

/// An entry did not take place.
#[must_use]
pub fn missed(lang: Lang, entry: &Entry, due_ms: i64, next_ms: i64, why: Outcome) -> Message {
    let why = match why {
        Outcome::Busy => text!(lang, "schedule-why-busy"),
        Outcome::NoQuestions => text!(lang, "schedule-why-no-questions"),
        _ => text!(lang, "schedule-why-offline"),
    };
    let due = format!("<t:{}:f>", due_ms / 1_000);
    let next = moment(next_ms);
    Message::sentence(match entry.what {
        What::Quiz(_) => text!(
            lang,
            "schedule-missed-quiz",
            due = due,
            why = why,
            moment = next
        ),
        What::Daily => text!(
            lang,
            "schedule-missed-daily",
            due = due,
            why = why,
            moment = next
        ),
        What::Weekly => text!(
            lang,
            "schedule-missed-weekly",
            due = due,
            why = why,
            moment = next
        ),
    })
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

/// "**Quiz** in <#5>", and below it "Monday at 20:30, Europe/Berlin · hosted by <@8> · pings <@&7>".
fn described(lang: Lang, listed: &ListedEntry, around: &SettingsContext<'_>) -> String {
    let Some(entry) = &listed.entry else {
        return text!(lang, "schedule-unreadable");
    };
    let what = text!(
        lang,
        "schedule-entry",
        what = escape(&what(lang, &entry.what, around)),
        channel = format!("<#{}>", entry.channel),
    );
    let role = entry.role.map(|role| format!("<@&{role}>"));
    let pings = role.map(|role| text!(lang, "schedule-pings", role = role));
    let host = listed.host.map(|host| format!("<@{host}>"));
    let hosted = host.map(|host| text!(lang, "schedule-hosted", host = host));
    let thread = listed.in_thread.then(|| text!(lang, "schedule-in-thread"));
    let has_event = listed.event == Some(EventState::There);
    let event = has_event.then(|| text!(lang, "schedule-has-event"));
    let below: Vec<String> = [Some(times(lang, entry)), hosted, thread, pings, event]
        .into_iter()
        .flatten()
        .collect();
    format!("{what}\n{}", below.join(" · "))
}

/// "Every day at 20:30, Europe/Berlin".
fn times(lang: Lang, entry: &Entry) -> String {
    let when = &entry.when;
    text!(
        lang,
        "schedule-times",
        days = days_named(lang, when.days),
        time = when.time.to_string(),
        zone = when.zone.name(),
    )
}

fn days_named(lang: Lang, days: Days) -> String {
    match days {
        Days::ALL => text!(lang, "schedule-every-day"),
        Days::WEEKDAYS => text!(lang, "schedule-weekdays"),
        Days::WEEKEND => text!(lang, "schedule-weekend"),
        some => {
            let names: Vec<String> = some.iter().map(|day| day_named(lang, day)).collect();
            names.join(", ")
        }
    }
}

fn day_named(lang: Lang, day: Weekday) -> String {
    match day {
        Weekday::Monday => text!(lang, "schedule-monday"),
        Weekday::Tuesday => text!(lang, "schedule-tuesday"),
        Weekday::Wednesday => text!(lang, "schedule-wednesday"),
        Weekday::Thursday => text!(lang, "schedule-thursday"),
        Weekday::Friday => text!(lang, "schedule-friday"),
        Weekday::Saturday => text!(lang, "schedule-saturday"),
        Weekday::Sunday => text!(lang, "schedule-sunday"),
    }
}

/// "Quiz: Al Pacino, 10 questions, race", as plain text.
fn what(lang: Lang, what: &What, around: &SettingsContext<'_>) -> String {
    match what {
        What::Daily => text!(lang, "schedule-daily-puzzles"),
        What::Weekly => text!(lang, "schedule-weeks-board"),
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
    let mode = quiz.mode.map(|mode| modes::name_in_sentence(lang, mode));
    let parts: Vec<String> = [about, pack, rounds, mode].into_iter().flatten().collect();
    if parts.is_empty() {
        text!(lang, "schedule-quiz")
    } else {
        text!(lang, "schedule-quiz-of", details = parts.join(", "))
    }
}

/// When an entry was last due, and what became of it.
fn last(lang: Lang, at_ms: i64, outcome: Outcome) -> String {
    let day = format!("<t:{}:d>", at_ms / 1_000);
    let minutes = LATE_MAX_MS / 60_000;
    match outcome {
        Outcome::Done => text!(lang, "schedule-last-done", day = day),
        Outcome::Missed => text!(lang, "schedule-last-missed", day = day, minutes = minutes),
        Outcome::Busy => text!(lang, "schedule-last-busy", day = day),
        Outcome::NoQuestions => text!(lang, "schedule-last-no-questions", day = day),
        Outcome::NotAllowed => text!(lang, "schedule-last-not-allowed", day = day),
        Outcome::Unreachable => text!(lang, "schedule-last-unreachable", day = day),
        Outcome::Interrupted => text!(lang, "schedule-last-interrupted", day = day),
    }
}

/// "<t:…:F> (<t:…:R>)": in the reader's own time zone.
fn moment(at_ms: i64) -> String {
    let at = at_ms / 1_000;
    format!("<t:{at}:F> (<t:{at}:R>)")
}

fn said(typed: &str) -> String {
    escape_clipped(typed.trim(), TYPED_MAX)
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;
