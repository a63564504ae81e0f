//! Time zones: when a server's day begins and ends.
//!
//! Zones and their rules come from the IANA database compiled into the program, never from the
//! machine, so that every process counts alike. Countries do change their rules: after an update of
//! the program, the affected standings can be rebuilt from the ledger.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::{LazyLock, OnceLock};

/// A time zone by its IANA name, such as `Europe/Berlin`.
#[derive(Clone, Copy, Default)]
pub struct Zone(
    /// `None` is UTC, whatever name the database uses for it.
    Option<&'static Entry>,
);

/// A zone of the database; its rules are loaded on first use.
struct Entry {
    name: String,
    rules: OnceLock<TimeZone>,
}

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Every zone but UTC, sorted by lower-case name.
static ZONES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut zones: Vec<Entry> = DATABASE
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| !is_utc(name))
        .map(|name| Entry {
            name,
            rules: OnceLock::new(),
        })
        .collect();
    zones.sort_by(|a, b| lower_case(&a.name).cmp(lower_case(&b.name)));
    zones
});

fn lower_case(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|byte| byte.to_ascii_lowercase())
}

/// The database's names for UTC.
fn is_utc(name: &str) -> bool {
    ["UTC", "Etc/UTC"]
        .iter()
        .any(|utc| name.eq_ignore_ascii_case(utc))
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(None);

    /// The zone with this name, ignoring case; `None` if the database does not have it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if is_utc(name) {
            return Some(Self::UTC);
        }
        let found = ZONES.binary_search_by(|zone| lower_case(&zone.name).cmp(lower_case(name)));
        found.ok().map(|at| Self(Some(&ZONES[at])))
    }

    /// The zone that a person means: by its name, by its last part (`Berlin`, `new york`) if that
    /// is unique, or by its whole hours ahead of UTC (`GMT+2`).
    ///
    /// People write hours to the east with a plus. The database has similar names, `Etc/GMT+2`, for
    /// hours to the *west*, as in POSIX.
    #[must_use]
    pub fn meant(typed: &str) -> Option<Self> {
        if let Some(ahead_min) = offset_meant(typed) {
            return Self::fixed(ahead_min);
        }
        let typed = typed.trim().replace(' ', "_");
        let is_last = |zone: &Self| {
            let last = zone.name().rsplit('/').next();
            last.is_some_and(|last| last.eq_ignore_ascii_case(&typed))
        };
        Self::parse(&typed).or_else(|| {
            let mut fitting = Self::all().filter(is_last);
            let first = fitting.next()?;
            fitting.next().is_none().then_some(first)
        })
    }

    /// The zone with this fixed distance from UTC; `None` unless the database has it, as it does
    /// for whole hours.
    fn fixed(ahead_min: i32) -> Option<Self> {
        if ahead_min == 0 {
            return Some(Self::UTC);
        }
        let sign = if ahead_min > 0 { '-' } else { '+' };
        let whole = ahead_min % 60 == 0;
        let hours = ahead_min.abs() / 60;
        whole.then(|| Self::parse(&format!("Etc/GMT{sign}{hours}")))?
    }

    /// Every zone: UTC, then the others by name.
    pub fn all() -> impl Iterator<Item = Self> {
        let others = ZONES.iter().map(|zone| Self(Some(zone)));
        std::iter::once(Self::UTC).chain(others)
    }

    /// Its IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.map_or("UTC", |zone| &zone.name)
    }

    /// The date in this zone.
    ///
    /// Defined for every `at_ms`: outside the years 1970 to 9999 the nearest valid time is used.
    #[must_use]
    pub fn date(self, at_ms: i64) -> Date {
        self.civil(at_ms).date()
    }

    /// The date and time of day in this zone, within the same limits as [`Self::date`].
    #[must_use]
    pub fn civil(self, at_ms: i64) -> DateTime {
        self.rules().to_datetime(timestamp(at_ms))
    }

    /// When the clocks of this zone show a date and time, in Unix milliseconds.
    ///
    /// A skipped time counts as much later as the clocks jump; of a repeated time the first counts.
    /// At the ends of time the nearest valid time is used.
    #[must_use]
    pub fn moment(self, shown: DateTime) -> i64 {
        let moment = self.rules().to_ambiguous_timestamp(shown).compatible();
        moment.unwrap_or(Timestamp::MAX).as_millisecond()
    }

    /// How far the zone is ahead of UTC at that time, in minutes.
    #[must_use]
    pub fn ahead_min(self, at_ms: i64) -> i32 {
        self.rules().to_offset(timestamp(at_ms)).seconds() / 60
    }

    fn rules(self) -> &'static TimeZone {
        static UTC: TimeZone = TimeZone::fixed(Offset::UTC);
        let Some(zone) = self.0 else { return &UTC };
        // The name comes from the database itself, so it exists.
        zone.rules
            .get_or_init(|| DATABASE.get(&zone.name).unwrap_or(TimeZone::UTC))
    }
}

/// The minutes ahead of UTC meant by `GMT+2`, `UTC-3:30` or `+02:00`; `None` for anything else.
#[must_use]
pub fn offset_meant(typed: &str) -> Option<i32> {
    let text: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.to_ascii_uppercase().replace('−', "-");
    let text = ["UTC", "GMT"]
        .iter()
        .find_map(|name| text.strip_prefix(name))
        .unwrap_or(&text);
    let (sign, rest) = if let Some(rest) = text.strip_prefix('+') {
        (1, rest)
    } else {
        (-1, text.strip_prefix('-')?)
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "0"),
    };
    let number = |text: &str, most: i32| -> Option<i32> {
        let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let number = is_short.then(|| text.parse().ok())??;
        (number <= most).then_some(number)
    };
    Some(sign * (number(hours, 14)? * 60 + number(minutes, 59)?))
}

fn timestamp(at_ms: i64) -> Timestamp {
    // Times before 1970 are already excluded, so only one after 9999 is refused.
    Timestamp::from_millisecond(at_ms.max(0)).unwrap_or(Timestamp::MAX)
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl std::fmt::Debug for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::parse(&name).ok_or_else(|| serde::de::Error::custom("no time zone has this name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zones_are_found_by_name_in_any_case_and_written_as_the_database_does() {
        for (typed, name) in [
            ("utc", "UTC"),
            ("Etc/UTC", "UTC"),
            ("europe/berlin", "Europe/Berlin"),
            (
                "America/Argentina/Buenos_Aires",
                "America/Argentina/Buenos_Aires",
            ),
            ("ASIA/KOLKATA", "Asia/Kolkata"),
        ] {
            let zone = Zone::parse(typed).expect(typed);
            assert_eq!(zone.name(), name);
            assert_eq!(Zone::parse(zone.name()), Some(zone));
        }
        for typed in [
            "",
            "Berlin",
            "Europe/Gotham",
            "UTC+2",
            "../etc/passwd",
            "\0",
        ] {
            assert_eq!(Zone::parse(typed), None, "{typed}");
        }
        assert!(Zone::all().count() > 400);
        assert!(Zone::all().all(|zone| Zone::parse(zone.name()) == Some(zone)));
    }

    #[test]
    fn plus_means_east() {
        for typed in ["GMT+2", "UTC+02:00", "+2", "gmt + 2", "+0200"] {
            assert_eq!(offset_meant(typed), Some(120), "{typed}");
            let zone = Zone::meant(typed).expect(typed);
            assert_eq!(zone.ahead_min(0), 120, "{typed}");
        }
        assert_eq!(offset_meant("UTC-3:30"), Some(-210));
        for typed in [
            "", "2", "Berlin", "GMT", "+", "GMT+2h", "+99", "+1:75", "é+2",
        ] {
            assert_eq!(offset_meant(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_city_is_enough_if_its_name_is_unique() {
        for (typed, name) in [
            (" Berlin ", Some("Europe/Berlin")),
            ("new york", Some("America/New_York")),
            ("america/new york", Some("America/New_York")),
            ("UTC", Some("UTC")),
            ("Gotham", None),
            ("", None),
            // East is plus, whatever the database calls it.
            ("GMT+2", Some("Etc/GMT-2")),
            ("utc +2", Some("Etc/GMT-2")),
            ("UTC−03:00", Some("Etc/GMT+3")),
            ("+0530", None),
            ("GMT+5:30", None),
            ("GMT+0", Some("UTC")),
            ("GMT-12", Some("Etc/GMT+12")),
            ("GMT+15", None),
            ("GMT+14", Some("Etc/GMT-14")),
            ("GMT-13", None),
            ("UTC+5:45", None),
            ("utc-02", Some("Etc/GMT+2")),
            ("GMT+0:30", None),
            ("GMT 2", None),
            ("Z", None),
            ("GMT", Some("GMT")),
            ("Etc/GMT+2", Some("Etc/GMT+2")),
            // In Canada, and the same zone under its older name.
            ("Eastern", None),
        ] {
            assert_eq!(Zone::meant(typed).map(Zone::name), name, "{typed}");
        }
    }

    #[test]
    fn a_day_may_have_23_or_25_hours() {
        let berlin = Zone::parse("Europe/Berlin").expect("a zone");
        let hours = |day: &str| {
            let day: Date = day.parse().expect("a date");
            let start = day.to_zoned(berlin.rules().clone()).expect("a midnight");
            let first = start.timestamp().as_millisecond();
            (0..30)
                .filter(|hour| berlin.date(first + hour * 3_600_000) == day)
                .count()
        };
        assert_eq!(hours("2026-03-29"), 23);
        assert_eq!(hours("2026-07-01"), 24);
        assert_eq!(hours("2026-10-25"), 25);
    }

    proptest! {
        /// Computed another way by jiff: with the zone looked up by name.
        #[test]
        fn dates_are_those_of_the_zone(
            at_ms in 0..4_102_444_800_000_i64,
            pick in any::<prop::sample::Index>(),
        ) {
            let zones: Vec<Zone> = Zone::all().collect();
            let zone = *pick.get(&zones);
            let zoned = Timestamp::from_millisecond(at_ms)
                .and_then(|at| Ok(at.to_zoned(TimeZoneDatabase::bundled().get(zone.name())?)))
                .expect("a time in a known zone");
            prop_assert_eq!(zone.date(at_ms), zoned.date());
            prop_assert_eq!(zone.ahead_min(at_ms), zoned.offset().seconds() / 60);
        }
    }
}
