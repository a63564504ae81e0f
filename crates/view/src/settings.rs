//! The replies to `/settings`: the settings, the changes, and the refusals.

use super::catalogue::text;
use super::escape::{clip, escape, escape_clipped};
use super::limits::FIELD_VALUE_MAX;
use super::message::{Embed, Field, Message, Suggestion, Tone};
use super::modes;
use super::phrases;
use heat_core::bank::Subject;
use heat_core::facts::PackId;
use heat_core::facts::limits::length;
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
    let mut fields = fields(lang, text!(lang, "settings-for-a-quiz"), quiz);
    fields.extend(self::fields(lang, text!(lang, "settings-for-all"), server));
    Message {
        embeds: vec![Embed {
            title: text!(lang, "settings-title"),
            tone: Tone::Plain,
            fields,
            footer:
                "/settings set · /settings channels · /settings starters · /settings check · /settings reset"
                    .to_owned(),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// The lines in a field with this name, or in more if they are too long for one.
fn fields(lang: Lang, name: String, lines: &[Line]) -> Vec<Field> {
    let field = |name| Field {
        name,
        value: String::new(),
        inline: false,
    };
    let mut fields = vec![field(name)];
    for line in lines {
        let line = line.text(lang);
        let last = fields.last().map_or("", |field| field.value.as_str());
        if length(last) + 1 + length(&line) > FIELD_VALUE_MAX {
            // An invisible name: the lines continue.
            fields.push(field("\u{200b}".to_owned()));
        }
        if let Some(field) = fields.last_mut() {
            if !field.value.is_empty() {
                field.value.push('\n');
            }
            field.value.push_str(&line);
        }
    }
    fields
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
        .map(|(old, new)| {
            text!(
                lang,
                "settings-change",
                name = new.name.as_str(),
                before = old.value.as_str(),
                after = new.value.as_str(),
            )
        })
        .collect();
    if changes.is_empty() {
        return Message::sentence(text!(lang, "settings-unchanged"));
    }
    Message {
        embeds: vec![Embed {
            title: text!(lang, "settings-changed"),
            description: clip(&changes.join("\n"), 4096),
            tone: Tone::Good,
            footer: text!(lang, "settings-running-games"),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// What has changed. For a channel where quizzes are now played, also what the bot needs there, if
/// it lacks that or if Discord does not say (`may_post` is `None`).
#[must_use]
pub fn with_rights(
    lang: Lang,
    changed: Message,
    channel: ChannelId,
    may_post: Option<bool>,
) -> Message {
    let channel = format!("<#{channel}>");
    let word = match may_post {
        Some(true) => return changed,
        Some(false) => text!(lang, "settings-rights-missing", channel = channel),
        None => text!(lang, "settings-rights-unknown", channel = channel),
    };
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
    name: String,
    value: String,
}

impl Line {
    fn text(&self, lang: Lang) -> String {
        let (name, value) = (self.name.as_str(), self.value.as_str());
        text!(lang, "settings-line", name = name, value = value)
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
        Some(title) => escape_clipped(&title, 100),
        None => text!(lang, "settings-pack-gone", pack = id.as_str()),
    });
    clip(&titles.collect::<Vec<_>>().join(" + "), TITLES_CHARS_MAX)
}

/// Every setting, the defaults for a quiz first.
fn lines(lang: Lang, settings: &ServerSettings, around: &SettingsContext<'_>) -> Vec<Line> {
    let line = |name, value| Line { name, value };
    let packs = if settings.packs.is_all() {
        super::quiz::all_packs_title(lang)
    } else {
        let is_gone = |id: &PackId| (around.pack_title)(id).is_none();
        let titles = titles(lang, settings.packs.ids(), around);
        if settings.packs.ids().iter().all(is_gone) {
            text!(lang, "settings-packs-all-gone", packs = titles)
        } else {
            titles
        }
    };
    let off = if settings.packs_off.is_empty() {
        text!(lang, "settings-packs-off-none")
    } else {
        titles(lang, &settings.packs_off, around)
    };
    let about = match &settings.about {
        None => text!(lang, "settings-about-anything"),
        Some(subject) => match (around.about_title)(subject) {
            Some(title) => escape_clipped(&title, 100),
            None => text!(
                lang,
                "settings-about-too-few",
                subject = escape_clipped(&subject.to_string(), 100)
            ),
        },
    };
    let difficulty = match settings.difficulty {
        None => text!(lang, "settings-difficulty-any"),
        Some(difficulty) => phrases::difficulty(lang, difficulty),
    };
    let answers = match settings.answers {
        AnswerStyle::Buttons => text!(lang, "settings-answers-buttons"),
        AnswerStyle::Typed => text!(lang, "settings-answers-typed"),
    };
    let mode = modes::name_in_sentence(lang, settings.mode);
    let reports = settings.reports_hide_after();
    vec![
        line(text!(lang, "settings-packs"), packs),
        line(text!(lang, "settings-about"), about),
        line(
            text!(lang, "settings-rounds"),
            settings.rounds().to_string(),
        ),
        line(
            text!(lang, "settings-seconds"),
            settings.seconds().to_string(),
        ),
        line(text!(lang, "settings-difficulty"), difficulty),
        line(text!(lang, "settings-answers"), answers),
        line(text!(lang, "settings-mode"), mode),
        line(text!(lang, "settings-packs-off"), off),
        line(
            text!(lang, "settings-channels"),
            channels(lang, &settings.channels),
        ),
        line(
            text!(lang, "settings-threads"),
            threads(lang, settings.threads),
        ),
        line(
            text!(lang, "settings-starters"),
            starters(lang, &settings.starters),
        ),
        line(text!(lang, "settings-pause"), cooldown(lang, settings)),
        line(
            text!(lang, "settings-zone"),
            zone(lang, settings.zone, around.now_ms),
        ),
        line(
            text!(lang, "settings-language"),
            language(lang, settings.language),
        ),
        line(
            text!(lang, "settings-steering"),
            steering(lang, settings.steering),
        ),
        line(
            text!(lang, "settings-extended-time"),
            extended_time(lang, settings),
        ),
        line(
            text!(lang, "settings-reports"),
            text!(lang, "settings-reports-members", n = reports),
        ),
        line(
            text!(lang, "settings-typed"),
            typed_answers(lang, settings.hides_typed),
        ),
    ]
}

fn typed_answers(lang: Lang, hidden: bool) -> String {
    if hidden {
        text!(lang, "settings-typed-hidden")
    } else {
        text!(lang, "settings-typed-shown")
    }
}

fn channels(lang: Lang, channels: &BTreeSet<ChannelId>) -> String {
    if channels.is_empty() {
        text!(lang, "settings-channels-all")
    } else {
        named(lang, channels)
    }
}

/// "<#1>, <#2> and 3 more".
fn named(lang: Lang, channels: &BTreeSet<ChannelId>) -> String {
    let first = channels.iter().take(CHANNELS_NAMED);
    let named = first
        .map(|channel| format!("<#{channel}>"))
        .collect::<Vec<_>>()
        .join(", ");
    match channels.len().saturating_sub(CHANNELS_NAMED) {
        0 => named,
        more => text!(lang, "settings-channels-more", named = named, more = more),
    }
}

fn threads(lang: Lang, on: bool) -> String {
    if on {
        text!(lang, "settings-threads-on")
    } else {
        text!(lang, "settings-threads-off")
    }
}

fn starters(lang: Lang, roles: &BTreeSet<RoleId>) -> String {
    if roles.is_empty() {
        text!(lang, "settings-starters-all")
    } else {
        let roles = any_of(lang, roles);
        text!(lang, "settings-starters-roles", roles = roles)
    }
}

/// "<@&1>, <@&2> or <@&3>".
fn any_of(lang: Lang, roles: &BTreeSet<RoleId>) -> String {
    let names: Vec<String> = roles.iter().map(|role| format!("<@&{role}>")).collect();
    match &names[..] {
        [others @ .., last] if !others.is_empty() => {
            let others = others.join(", ");
            text!(
                lang,
                "settings-roles-or",
                others = others,
                last = last.as_str()
            )
        }
        _ => names.concat(),
    }
}

fn cooldown(lang: Lang, settings: &ServerSettings) -> String {
    let (member, channel) = (settings.member_cooldown_s, settings.channel_cooldown_s);
    let mut pauses = Vec::new();
    if member > 0 {
        let time = duration(lang, member);
        pauses.push(text!(lang, "settings-pause-member", time = time));
    }
    if channel > 0 {
        let time = duration(lang, channel);
        pauses.push(text!(lang, "settings-pause-channel", time = time));
    }
    if pauses.is_empty() {
        text!(lang, "settings-pause-none")
    } else {
        pauses.join(", ")
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
        offset(zone.ahead_min(now_ms))
    } else {
        escape(zone.name())
    };
    let time = clock(zone, now_ms);
    text!(lang, "settings-zone-now", zone = name, time = time)
}

fn language(lang: Lang, chosen: Option<Lang>) -> String {
    match chosen {
        Some(chosen) => chosen.name().to_owned(),
        None => text!(lang, "settings-language-discord"),
    }
}

/// "14:05".
fn clock(zone: Zone, now_ms: i64) -> String {
    let now = zone.civil(now_ms);
    format!("{:02}:{:02}", now.hour(), now.minute())
}

fn steering(lang: Lang, steering: ControlPolicy) -> String {
    match steering {
        ControlPolicy::Starter => text!(lang, "settings-steering-starter"),
        ControlPolicy::Players => text!(lang, "settings-steering-players"),
        ControlPolicy::Moderators => text!(lang, "settings-steering-moderators"),
    }
}

fn extended_time(lang: Lang, settings: &ServerSettings) -> String {
    if settings.pace.is_usual() {
        return text!(lang, "settings-extended-time-none");
    }
    text!(
        lang,
        "settings-extended-time-factor",
        factor = phrases::pace(lang, settings.pace),
        seconds = settings.seconds(),
        stretched = phrases::stretched(lang, settings.seconds(), settings.pace),
    )
}

/// A quiz is requested in a channel where the server does not allow them.
#[must_use]
pub fn not_here(lang: Lang, allowed: &BTreeSet<ChannelId>) -> Message {
    let channels = named(lang, allowed);
    Message::sentence(text!(lang, "settings-not-here", channels = channels))
}

/// A quiz is asked for by a member who may not start one.
#[must_use]
pub fn not_a_starter(lang: Lang, roles: &BTreeSet<RoleId>) -> Message {
    let roles = any_of(lang, roles);
    Message::sentence(text!(lang, "settings-not-a-starter", roles = roles))
}

/// A quiz is asked for too soon after another one.
#[must_use]
pub fn too_soon(lang: Lang, whose: Cooldown, until_ms: i64) -> Message {
    let then = phrases::relative_time(until_ms);
    Message::sentence(match whose {
        Cooldown::Member => text!(lang, "settings-too-soon-member", then = then),
        Cooldown::Channel => text!(lang, "settings-too-soon-channel", then = then),
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

/// No more roles can be added.
#[must_use]
pub fn too_many_starters(lang: Lang, max: usize) -> Message {
    Message::sentence(text!(lang, "settings-too-many-starters", max = max))
}

/// A role to be removed is not among those that start quizzes.
#[must_use]
pub fn not_named(lang: Lang, role: RoleId) -> Message {
    Message::sentence(text!(
        lang,
        "settings-not-named",
        role = format!("<@&{role}>")
    ))
}

/// Removing the last role that may start quizzes would let everybody start them.
#[must_use]
pub fn last_starter(lang: Lang) -> Message {
    Message::sentence(text!(lang, "settings-last-starter"))
}

/// The chosen role is *@everyone*, which every member has.
#[must_use]
pub fn everyone_is_no_role(lang: Lang) -> Message {
    Message::sentence(text!(lang, "settings-everyone-is-no-role"))
}

/// A pause out of range.
#[must_use]
pub fn bad_cooldown(lang: Lang, max_s: u32) -> Message {
    Message::sentence(text!(lang, "settings-bad-pause", max = max_s))
}

/// The list of channels is full.
#[must_use]
pub fn too_many_channels(lang: Lang, max: usize) -> Message {
    Message::sentence(text!(lang, "settings-too-many-channels", max = max))
}

/// A channel cannot be forbidden while all are allowed.
#[must_use]
pub fn all_are_allowed(lang: Lang) -> Message {
    Message::sentence(text!(lang, "settings-all-allowed"))
}

/// Forbidding the last allowed channel would allow all.
#[must_use]
pub fn last_channel(lang: Lang) -> Message {
    Message::sentence(text!(lang, "settings-last-channel"))
}

/// A number of reports out of range.
#[must_use]
pub fn bad_reports(lang: Lang, max: u32) -> Message {
    Message::sentence(text!(lang, "settings-bad-reports", max = max))
}

/// `/settings set` without an option.
#[must_use]
pub fn nothing_named(lang: Lang) -> Message {
    Message::sentence(text!(lang, "settings-nothing-named"))
}

/// An unknown time zone.
#[must_use]
pub fn unknown_zone(lang: Lang, typed: &str, now_ms: i64) -> Message {
    let fitting: Vec<&str> = suggested(typed, now_ms)
        .into_iter()
        .map(Zone::name)
        .take(ZONES_NAMED)
        .collect();
    let like = if fitting.is_empty() {
        "Europe/Berlin".to_owned()
    } else {
        escape(&fitting.join(", "))
    };
    Message::sentence(text!(
        lang,
        "settings-unknown-zone",
        typed = escape_clipped(typed, 60),
        like = like,
    ))
}

/// The member may not change settings.
#[must_use]
pub fn not_allowed(lang: Lang) -> Message {
    Message::sentence(text!(lang, "settings-not-allowed"))
}

/// A direct message has no settings.
#[must_use]
pub fn only_in_servers(lang: Lang) -> Message {
    Message::sentence(text!(lang, "settings-only-in-servers"))
}

/// Zones whose name contains the typed text, cities that begin with it first; or zones with the UTC
/// offset that it names.
#[must_use]
pub fn suggest_zones(lang: Lang, typed: &str, now_ms: i64) -> Vec<Suggestion> {
    let suggestion = |zone: Zone| Suggestion {
        name: text!(
            lang,
            "settings-zone-suggested",
            zone = zone.name(),
            offset = offset(zone.ahead_min(now_ms)),
            time = clock(zone, now_ms),
        ),
        value: zone.name().to_owned(),
    };
    suggested(typed, now_ms)
        .into_iter()
        .take(ZONES_SUGGESTED)
        .map(suggestion)
        .collect()
}

fn suggested(typed: &str, now_ms: i64) -> Vec<Zone> {
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
fn offset(ahead_min: i32) -> String {
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

    #[test]
    fn the_longest_settings_fit() {
        let mut longest = ServerSettings::default();
        longest.packs = (0..25).map(|n| format!("{n}-{}", "p".repeat(60))).collect();
        longest.packs_off = longest.packs.ids().iter().cloned().collect();
        longest.channels = (0..50).map(|n| ChannelId(u64::MAX - n)).collect();
        longest.starters = (0..10).map(|n| RoleId(u64::MAX - n)).collect();
        longest.member_cooldown_s = 3_599;
        longest.channel_cooldown_s = 3_599;
        longest.reports_hide_after = Some(100);
        let around = SettingsContext {
            pack_title: &|id| Some(format!("{id}*")),
            about_title: &|_| None,
            now_ms: NOON_MS,
        };
        for lang in Lang::ALL {
            let shown = show(lang, &longest, &around);
            assert_eq!(limits::check(&shown), Ok(()), "{lang:?}");
            let changed = changed(lang, &ServerSettings::default(), &longest, &around);
            assert_eq!(limits::check(&changed), Ok(()), "{lang:?}");
        }
    }

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
