//! Days of the week, as people name them.

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One or more days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Days(
    /// A bit for each day, Monday's the lowest; never zero.
    u8,
);

/// Monday to Sunday.
pub const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The fewest letters that identify a day.
const LETTERS_MIN: usize = 2;

impl Days {
    /// Every day.
    pub const ALL: Self = Self(0b111_1111);
    /// Monday to Friday.
    pub const WEEKDAYS: Self = Self(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: Self = Self(0b110_0000);

    /// A single day.
    #[must_use]
    pub fn one(day: Weekday) -> Self {
        Self(bit(day))
    }

    /// The days that a typed text means: `every day`, `weekdays`, `weekend`, or names, full or
    /// shortened: `Mon, Thu`. In English or German, whatever language its writer reads. `None` if any
    /// word is not a day.
    #[must_use]
    pub fn meant(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_lowercase();
        match typed.as_str() {
            "every day" | "everyday" | "daily" | "all" | "jeden tag" | "täglich" | "alle" => {
                return Some(Self::ALL);
            }
            "weekdays" | "weekday" | "workdays" | "werktags" | "werktage" => {
                return Some(Self::WEEKDAYS);
            }
            "weekend" | "weekends" | "am wochenende" | "wochenende" => {
                return Some(Self::WEEKEND);
            }
            _ => {}
        }
        let words = typed
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '+' | '&'))
            .filter(|word| !matches!(*word, "" | "and" | "und"));
        let mut days = 0;
        for word in words {
            days |= bit(day(word)?);
        }
        (days != 0).then_some(Self(days))
    }

    /// Whether it includes this day.
    #[must_use]
    pub fn has(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// The days, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter().filter(move |day| self.has(*day))
    }
}

/// As [`Days::meant`] reads it, whatever the language: `every day`, `Monday, Thursday`.
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::ALL => f.write_str("every day"),
            Self::WEEKDAYS => f.write_str("weekdays"),
            Self::WEEKEND => f.write_str("weekend"),
            some => {
                let names: Vec<&str> = some.iter().map(|day| names(day)[0]).collect();
                f.write_str(&names.join(", "))
            }
        }
    }
}

/// The day's names: English, German.
fn names(day: Weekday) -> [&'static str; 2] {
    match day {
        Weekday::Monday => ["Monday", "Montag"],
        Weekday::Tuesday => ["Tuesday", "Dienstag"],
        Weekday::Wednesday => ["Wednesday", "Mittwoch"],
        Weekday::Thursday => ["Thursday", "Donnerstag"],
        Weekday::Friday => ["Friday", "Freitag"],
        Weekday::Saturday => ["Saturday", "Samstag"],
        Weekday::Sunday => ["Sunday", "Sonntag"],
    }
}

fn day(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches(['.', 's']);
    let begins = |day: &Weekday| {
        let names = names(*day).map(str::to_lowercase);
        names.iter().any(|name| name.starts_with(word))
    };
    // "thur" and "tues" must not lose their last letter as a plural would.
    (word.len() >= LETTERS_MIN).then(|| WEEK.into_iter().find(begins))?
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

impl From<Days> for u8 {
    fn from(days: Days) -> Self {
        days.0
    }
}

impl TryFrom<u8> for Days {
    type Error = &'static str;

    fn try_from(bits: u8) -> Result<Self, Self::Error> {
        if bits == 0 || bits > Self::ALL.0 {
            return Err("no days of the week");
        }
        Ok(Self(bits))
    }
}
