//! The replies to `/settings`: the settings, the changes, and the refusals.

use super::escape::{clip, escape};
use super::message::{Embed, Field, Message, Suggestion, Tone};
use super::phrases;
use heat_core::bank::Subject;
use heat_core::facts::PackId;
use heat_core::game::{AnswerStyle, ControlPolicy};
use heat_core::id::{ChannelId, RoleId};
use heat_core::lang::Lang;
use heat_core::settings::ServerSettings;
use heat_core::standing::{Zone, offset_meant};
use std::collections::BTreeSet;

/// The most channels named in one sentence.
const CHANNELS_NAMED: usize = 15;
/// The most suggestions for a time zone.
const ZONES_SUGGESTED: usize = 25;
/// How many similar time zones are named if one is unknown.
const ZONES_NAMED: usize = 3;
/// Suggested before anything is typed: one for most offsets, where many people live.
const WELL_KNOWN: [&str; 24] = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Athens",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Jakarta",
    "Asia/Manila",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Halifax",
    "America/Sao_Paulo",
    "Africa/Lagos",
];

/// What the texts need besides the settings.
pub struct SettingsContext<'a> {
    /// The title of a playable pack, by its id.
    pub pack_title: &'a dyn Fn(&str) -> Option<String>,
    /// The title of a subject with enough questions here.
    pub about_title: &'a dyn Fn(&Subject) -> Option<String>,
    /// The time, in Unix milliseconds.
    pub now_ms: i64,
}

/// All settings of a server.
#[must_use]
pub fn show(lang: Lang, settings: &ServerSettings, around: &SettingsContext<'_>) -> Message {
    let lines = lines(lang, settings, around);
    let (quiz, server) = lines.split_at(QUIZ_LINES);
    let field = |name: &str, lines: &[Line]| Field {
        name: name.to_owned(),
        value: lines.iter().map(Line::text).collect::<Vec<_>>().join("\n"),
        inline: false,
    };
    Message {
        embeds: vec![Embed {
            title: "Settings of this server".to_owned(),
            tone: Tone::Plain,
            fields: vec![
                field("A quiz, unless its starter says otherwise", quiz),
                field("Every quiz here", server),
            ],
            footer:
                "/settings set · /settings channels · /settings starters · /settings check · /settings reset"
                    .to_owned(),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// The changed settings, each with its old value.
#[must_use]
pub fn changed(
    lang: Lang,
    before: &ServerSettings,
    after: &ServerSettings,
    around: &SettingsContext<'_>,
) -> Message {
    let (old, new) = (lines(lang, before, around), lines(lang, after, around));
    let changes: Vec<String> = old
        .iter()
        .zip(&new)
        .filter(|(old, new)| old.value != new.value)
        .map(|(old, new)| format!("**{}**: {} → {}", new.name, old.value, new.value))
        .collect();
    if changes.is_empty() {
        return Message::sentence("No change: it was already set that way.");
    }
    Message {
        embeds: vec![Embed {
            title: "Settings changed".to_owned(),
            description: clip(&changes.join("\n"), 4096),
            tone: Tone::Good,
            footer: "Running games keep their questions and their time.".to_owned(),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// What has changed, with what the bot needs in a channel where quizzes are played now: a word only if
/// it lacks that, or if Discord does not tell (`may_post` is none).
#[must_use]
pub fn with_rights(
    lang: Lang,
    changed: Message,
    channel: ChannelId,
    may_post: Option<bool>,
) -> Message {
    let word = match may_post {
        Some(true) => return changed,
        Some(false) => format!("⚠️ I may not post in <#{channel}> yet. There I need"),
        None => format!("I cannot see from here whether I may post in <#{channel}>. There I need"),
    };
    let word = format!(
        "{word} *View Channel*, *Send Messages* (in a thread *Send Messages in Threads*) and *Embed Links*."
    );
    let mut changed = changed;
    let said = match changed.embeds.first_mut() {
        Some(embed) => &mut embed.description,
        None => &mut changed.content,
    };
    *said = clip(&format!("{said}\n\n{word}"), 4096);
    changed
}

/// One setting in words.
struct Line {
    name: &'static str,
    value: String,
}

impl Line {
    fn text(&self) -> String {
        format!("**{}**: {}", self.name, self.value)
    }
}

/// How many of [`lines`] are defaults for a quiz.
const QUIZ_LINES: usize = 7;

/// The longest list of packs in one line, in characters.
const TITLES_CHARS_MAX: usize = 300;

/// The titles of packs, as many as fit in a line.
fn titles<'a>(
    lang: Lang,
    ids: impl IntoIterator<Item = &'a PackId>,
    around: &SettingsContext<'_>,
) -> String {
    let titles = ids.into_iter().map(|id| match (around.pack_title)(id) {
        Some(title) => escape(&clip(&title, 100)),
        None => format!("`{id}`, which is no longer here"),
    });
    clip(&titles.collect::<Vec<_>>().join(" + "), TITLES_CHARS_MAX)
}

/// Every setting, the defaults for a quiz first.
fn lines(lang: Lang, settings: &ServerSettings, around: &SettingsContext<'_>) -> Vec<Line> {
    let line = |name, value| Line { name, value };
    let packs = if settings.packs.is_all() {
        super::quiz::ALL_PACKS_TITLE.to_owned()
    } else {
        let is_gone = |id: &PackId| (around.pack_title)(id).is_none();
        let instead = if settings.packs.ids().iter().all(is_gone) {
            ", so all packs"
        } else {
            ""
        };
        titles(lang, settings.packs.ids(), around) + instead
    };
    let off = if settings.packs_off.is_empty() {
        "none".to_owned()
    } else {
        titles(lang, &settings.packs_off, around)
    };
    let about = match &settings.about {
        None => "anything".to_owned(),
        Some(subject) => match (around.about_title)(subject) {
            Some(title) => escape(&clip(&title, 100)),
            None => format!(
                "{}, which has too few questions now, so anything",
                escape(&clip(&subject.to_string(), 100))
            ),
        },
    };
    let difficulty = settings.difficulty.map_or("any".to_owned(), |difficulty| {
        phrases::difficulty(lang, difficulty)
    });
    let answers = match settings.answers {
        AnswerStyle::Buttons => "buttons",
        AnswerStyle::Typed => "typed",
    };
    vec![
        line("Packs", packs),
        line("About", about),
        line("Rounds", settings.rounds().to_string()),
        line("Seconds", settings.seconds().to_string()),
        line("Difficulty", difficulty),
        line("Answers", answers.to_owned()),
        line("Mode", phrases::mode(lang, settings.mode).to_lowercase()),
        line("Packs switched off", off),
        line("Channels", channels(lang, &settings.channels)),
        line("Threads", threads(lang, settings.threads).to_owned()),
        line("Started by", starters(lang, &settings.starters)),
        line("Pause between two quizzes", cooldown(lang, settings)),
        line("Time zone", zone(lang, settings.zone, around.now_ms)),
        line(
            "Pause and stop",
            steering(lang, settings.steering).to_owned(),
        ),
        line("Extended time", extended_time(lang, settings)),
        line(
            "Hide a question after",
            reports(lang, settings.reports_rest_after()),
        ),
        line(
            "Wrong typed answers",
            typed_answers(lang, settings.hides_typed).to_owned(),
        ),
    ]
}

fn typed_answers(lang: Lang, hidden: bool) -> &'static str {
    if hidden {
        "never shown to others"
    } else {
        "shown at the reveal, except for members who opted out (`/privacy typed`)"
    }
}

fn reports(lang: Lang, members: u32) -> String {
    match members {
        1 => "1 member's report".to_owned(),
        n => format!("the reports of {n} members"),
    }
}

fn channels(lang: Lang, channels: &BTreeSet<ChannelId>) -> String {
    if channels.is_empty() {
        "everywhere".to_owned()
    } else {
        named(lang, channels)
    }
}

/// "<#1>, <#2> and 3 more".
fn named(lang: Lang, channels: &BTreeSet<ChannelId>) -> String {
    let names = channels.iter().take(CHANNELS_NAMED);
    let mut text = names
        .map(|channel| format!("<#{channel}>"))
        .collect::<Vec<_>>()
        .join(", ");
    if channels.len() > CHANNELS_NAMED {
        let more = (channels.len() - CHANNELS_NAMED).to_string();
        text.extend([" and ", &more, " more"]);
    }
    text
}

fn threads(lang: Lang, on: bool) -> &'static str {
    if on {
        "each quiz in one of its own"
    } else {
        "off, so a quiz is played in its channel"
    }
}

fn starters(lang: Lang, roles: &BTreeSet<RoleId>) -> String {
    if roles.is_empty() {
        "everyone".to_owned()
    } else {
        format!("{}, and managers", roles_named(roles, "or"))
    }
}

/// "<@&1>, <@&2> or <@&3>".
fn roles_named(roles: &BTreeSet<RoleId>, conjunction: &str) -> String {
    let names: Vec<String> = roles.iter().map(|role| format!("<@&{role}>")).collect();
    match &names[..] {
        [others @ .., last] if !others.is_empty() => {
            format!("{} {conjunction} {last}", others.join(", "))
        }
        _ => names.concat(),
    }
}

fn cooldown(lang: Lang, settings: &ServerSettings) -> String {
    let each = [
        (settings.member_cooldown_s, "member"),
        (settings.channel_cooldown_s, "channel"),
    ];
    let named = each.into_iter().filter(|(seconds, _)| *seconds > 0);
    let named: Vec<String> = named
        .map(|(seconds, whose)| format!("{} for each {whose}", duration(lang, seconds)))
        .collect();
    if named.is_empty() {
        "none".to_owned()
    } else {
        named.join(", ")
    }
}

/// "90 seconds", "5 minutes".
fn duration(lang: Lang, seconds: u32) -> String {
    let count = |n: u32, unit| phrases::count(lang, usize::try_from(n).unwrap_or(usize::MAX), unit);
    if seconds.is_multiple_of(60) {
        count(seconds / 60, phrases::Counted::Minutes)
    } else {
        count(seconds, phrases::Counted::Seconds)
    }
}

fn zone(lang: Lang, zone: Zone, now_ms: i64) -> String {
    // Names of zones consist of letters, digits and `/_+-`.
    let name = if zone.name().starts_with("Etc/") {
        // These names count hours with the opposite sign.
        offset(lang, zone.ahead_min(now_ms))
    } else {
        escape(zone.name())
    };
    format!("{name}, {} now", clock(zone, now_ms))
}

/// "14:05".
fn clock(zone: Zone, now_ms: i64) -> String {
    let now = zone.civil(now_ms);
    format!("{:02}:{:02}", now.hour(), now.minute())
}

fn steering(lang: Lang, steering: ControlPolicy) -> &'static str {
    match steering {
        ControlPolicy::Starter => "the starter, and members who can manage messages",
        ControlPolicy::Players => "any player, and members who can manage messages",
        ControlPolicy::Moderators => "only members who can manage messages",
    }
}

fn extended_time(lang: Lang, settings: &ServerSettings) -> String {
    if settings.pace.is_usual() {
        return "none".to_owned();
    }
    let example = phrases::stretched(lang, settings.seconds(), settings.pace);
    format!(
        "{}, so that {} seconds become {example}",
        phrases::pace(lang, settings.pace),
        settings.seconds(),
    )
}

/// A quiz is requested in a channel where the server does not allow them.
#[must_use]
pub fn not_here(lang: Lang, allowed: &BTreeSet<ChannelId>) -> Message {
    Message::sentence(format!(
        "Quizzes are not allowed in this channel. Start one in {}.",
        named(lang, allowed)
    ))
}

/// A quiz is asked for by a member who may not start one.
#[must_use]
pub fn not_a_starter(lang: Lang, roles: &BTreeSet<RoleId>) -> Message {
    Message::sentence(format!(
        "Only managers and members with {} start quizzes here. Ask one of them; everybody may play.",
        roles_named(roles, "or")
    ))
}

/// A quiz is asked for too soon after another one.
#[must_use]
pub fn too_soon(lang: Lang, whose: Cooldown, until_ms: i64) -> Message {
    let then = phrases::relative_time(until_ms);
    Message::sentence(match whose {
        Cooldown::Member => {
            format!("You started a quiz here not long ago. You can start the next one {then}.")
        }
        Cooldown::Channel => {
            format!("This channel had a quiz not long ago. The next one can start {then}.")
        }
    })
}

/// Whose pause between two quizzes is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cooldown {
    /// The member's.
    Member,
    /// The channel's.
    Channel,
}

/// No role more can be named.
#[must_use]
pub fn too_many_starters(lang: Lang, max: usize) -> Message {
    Message::sentence(format!(
        "{max} roles are named already, and that is the most. `/settings starters everyone` lets everybody start quizzes."
    ))
}

/// A role is to be taken off the list of those who start quizzes, and is not on it.
#[must_use]
pub fn not_named(lang: Lang, role: RoleId) -> Message {
    Message::sentence(format!(
        "<@&{role}> is not among the roles that start quizzes: `/settings show` lists them."
    ))
}

/// The last role that may start quizzes is to be taken off, which would let everybody.
#[must_use]
pub fn last_starter(lang: Lang) -> Message {
    Message::sentence(
        "That is the only role that starts quizzes. Add another first, or let everybody with `/settings starters everyone`.",
    )
}

/// The role that everybody has is to be named.
#[must_use]
pub fn everyone_is_no_role(lang: Lang) -> Message {
    Message::sentence("Everybody has that role: use `/settings starters everyone`.")
}

/// A pause out of range.
#[must_use]
pub fn bad_cooldown(lang: Lang, max_s: u32) -> Message {
    Message::sentence(format!(
        "The pause between two quizzes is 0 to {max_s} seconds."
    ))
}

/// The list of channels is full.
#[must_use]
pub fn too_many_channels(lang: Lang, max: usize) -> Message {
    Message::sentence(format!(
        "The list is full with {max} channels. `/settings channels everywhere` allows all of them."
    ))
}

/// A channel is to be forbidden while all are allowed.
#[must_use]
pub fn all_are_allowed(lang: Lang) -> Message {
    Message::sentence(
        "Quizzes are allowed everywhere. Use `/settings channels allow` to choose channels; quizzes are then forbidden in all others.",
    )
}

/// The last allowed channel is to be forbidden, which would allow all.
#[must_use]
pub fn last_channel(lang: Lang) -> Message {
    Message::sentence(
        "That is the only channel where quizzes are allowed. Allow another first, or `/settings channels everywhere`. To forbid quizzes entirely, disable `/quiz` under Server Settings → Integrations.",
    )
}

/// A number of reports out of range.
#[must_use]
pub fn bad_reports(lang: Lang, max: u32) -> Message {
    Message::sentence(format!("Choose a number from 1 to {max} members."))
}

/// `/settings set` without an option.
#[must_use]
pub fn nothing_named(lang: Lang) -> Message {
    Message::sentence(
        "Choose at least one option to change, for example `/settings set rounds:15`.",
    )
}

/// An unknown time zone.
#[must_use]
pub fn unknown_zone(lang: Lang, typed: &str, now_ms: i64) -> Message {
    let fitting: Vec<&str> = suggested(lang, typed, now_ms)
        .into_iter()
        .map(Zone::name)
        .take(ZONES_NAMED)
        .collect();
    let like = if fitting.is_empty() {
        "Europe/Berlin".to_owned()
    } else {
        escape(&fitting.join(", "))
    };
    Message::sentence(format!(
        "I know no time zone called “{}”. Pick one from the list that appears as you type, like {like}.",
        escape(&clip(typed, 60))
    ))
}

/// The member may not change settings.
#[must_use]
pub fn not_allowed(lang: Lang) -> Message {
    Message::sentence("You need the permission to manage the server to change settings.")
}

/// A direct message has no settings.
#[must_use]
pub fn only_in_servers(lang: Lang) -> Message {
    Message::sentence("Settings belong to a server: use this command in one.")
}

/// Zones whose name contains the typed text, best those of a city that begins with it; or zones as
/// far ahead of UTC as it says.
#[must_use]
pub fn suggest_zones(lang: Lang, typed: &str, now_ms: i64) -> Vec<Suggestion> {
    let suggestion = |zone: Zone| Suggestion {
        name: format!(
            "{} · {} · {} now",
            zone.name(),
            offset(lang, zone.ahead_min(now_ms)),
            clock(zone, now_ms)
        ),
        value: zone.name().to_owned(),
    };
    suggested(lang, typed, now_ms)
        .into_iter()
        .take(ZONES_SUGGESTED)
        .map(suggestion)
        .collect()
}

fn suggested(lang: Lang, typed: &str, now_ms: i64) -> Vec<Zone> {
    let well_known = || WELL_KNOWN.into_iter().filter_map(Zone::parse);
    if let Some(ahead_min) = offset_meant(typed) {
        // Places where people live come first: their clocks may change, unlike a fixed offset.
        let is_so_far = |zone: &Zone| zone.ahead_min(now_ms) == ahead_min;
        let known: Vec<Zone> = well_known().filter(is_so_far).collect();
        let others = Zone::all().filter(is_so_far);
        let others: Vec<Zone> = others.filter(|zone| !known.contains(zone)).collect();
        let fixed = Zone::meant(typed).into_iter();
        let rest = others
            .into_iter()
            .filter(|zone| !zone.name().starts_with("Etc/"));
        return known.into_iter().chain(fixed).chain(rest).collect();
    }
    let typed = typed.trim().to_lowercase().replace(' ', "_");
    if typed.is_empty() {
        return well_known().collect();
    }
    let mut found: Vec<_> = Zone::all()
        .filter_map(|zone| Some((fit(zone.name(), &typed)?, zone)))
        .collect();
    found.sort_by_key(|(fit, zone)| (*fit, zone.name()));
    found.into_iter().map(|(_, zone)| zone).collect()
}

/// How well a zone matches: 0 is best.
fn fit(name: &str, typed: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let city = name.rsplit('/').next().unwrap_or_default();
    if city.starts_with(typed) {
        // "Europe/London" before a country's own alias for it.
        Some(u8::from(!name.contains('/')))
    } else if name.starts_with(typed) {
        Some(2)
    } else {
        name.contains(typed).then_some(3)
    }
}

/// "UTC+2", "UTC−3:30".
pub(super) fn offset(lang: Lang, ahead_min: i32) -> String {
    if ahead_min == 0 {
        return "UTC".to_owned();
    }
    let sign = if ahead_min < 0 { '−' } else { '+' };
    let (hours, minutes) = (ahead_min.abs() / 60, ahead_min.abs() % 60);
    match minutes {
        0 => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    const NOON_MS: i64 = 1_784_116_800_000; // 2026-07-15T12:00:00Z

    fn names(typed: &str) -> Vec<String> {
        let suggestions = suggest_zones(Lang::English, typed, NOON_MS);
        suggestions.into_iter().map(|s| s.name).collect()
    }

    #[test]
    fn zones_are_found_by_city_area_or_any_part_with_their_time() {
        assert_eq!(names("berl")[0], "Europe/Berlin · UTC+2 · 14:00 now");
        assert_eq!(names("new y")[0], "America/New_York · UTC−4 · 08:00 now");
        assert_eq!(
            names("St Johns")[0],
            "America/St_Johns · UTC−2:30 · 09:30 now"
        );
        assert_eq!(names("kolk")[0], "Asia/Kolkata · UTC+5:30 · 17:30 now");
        assert_eq!(names("utc")[0], "UTC · UTC · 12:00 now");
        assert!(names("europe/")[0].starts_with("Europe/"));
        assert_eq!(names("europe").len(), ZONES_SUGGESTED);
        assert_eq!(
            names(""),
            suggest_zones(Lang::English, " ", NOON_MS)
                .into_iter()
                .map(|s| s.name)
                .collect::<Vec<_>>()
        );
        assert_eq!(names("").len(), WELL_KNOWN.len(), "each is in the database");
        assert!(names("gotham").is_empty());
        assert_eq!(names("GMT+2")[0], "Europe/Berlin · UTC+2 · 14:00 now");
        assert!(names("gmt+2").contains(&"Etc/GMT-2 · UTC+2 · 14:00 now".to_owned()));
        assert!(names("gmt+2").iter().all(|name| name.contains("· UTC+2 ·")));
        let unknown = unknown_zone(Lang::English, "GMT+5:30", NOON_MS).content;
        assert!(unknown.contains("like Asia/Kolkata"), "{unknown}");
        let east = Zone::meant("GMT+2").expect("a zone");
        assert_eq!(zone(Lang::English, east, NOON_MS), "UTC+2, 14:00 now");
        for suggestion in suggest_zones(Lang::English, "a", NOON_MS) {
            assert!(Zone::parse(&suggestion.value).is_some(), "{suggestion:?}");
            assert!(suggestion.name.chars().count() <= limits::OPTION_MAX);
        }
    }
}
