//! A time of day, as people write it.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A time of day, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct TimeOfDay {
    hour: i8,
    minute: i8,
}

impl TimeOfDay {
    /// The time that a typed text means: `20:30`, `8:30 pm`, `9am`, `21`, `20h30`, `20 Uhr`.
    /// `None` for anything else.
    #[must_use]
    pub fn meant(typed: &str) -> Option<Self> {
        let text: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let text = text
            .to_ascii_lowercase()
            .replace("a.m.", "am")
            .replace("p.m.", "pm");
        let (text, noon) = if let Some(rest) = text.strip_suffix("am") {
            (rest, Some(0))
        } else if let Some(rest) = text.strip_suffix("pm") {
            (rest, Some(12))
        } else {
            (text.strip_suffix("uhr").unwrap_or(&text), None)
        };
        let (hour, minute) = text.split_once([':', '.', 'h']).unwrap_or((text, "00"));
        let hour = number(hour, 1)?;
        let minute = number(if minute.is_empty() { "00" } else { minute }, 2)?;
        let hour = match noon {
            None => hour,
            // 12 am is midnight, 12 pm is noon.
            Some(noon) => (1..=12).contains(&hour).then(|| hour % 12 + noon)?,
        };
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }
}

/// A number of one or two digits, with at least `digits_min`.
fn number(text: &str, digits_min: usize) -> Option<i8> {
    let is_short = (digits_min..=2).contains(&text.len());
    let is_number = is_short && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// "20:30".
impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl From<TimeOfDay> for Time {
    fn from(time: TimeOfDay) -> Self {
        // Both are within range.
        Time::new(time.hour, time.minute, 0, 0).unwrap_or_default()
    }
}

impl From<TimeOfDay> for u16 {
    fn from(time: TimeOfDay) -> Self {
        u16::from(time.hour.unsigned_abs()) * 60 + u16::from(time.minute.unsigned_abs())
    }
}

impl TryFrom<u16> for TimeOfDay {
    type Error = &'static str;

    fn try_from(minutes: u16) -> Result<Self, Self::Error> {
        let part = |part: u16| i8::try_from(part).map_err(|_| "not a time of day");
        if minutes >= 24 * 60 {
            return Err("not a time of day");
        }
        Ok(Self {
            hour: part(minutes / 60)?,
            minute: part(minutes % 60)?,
        })
    }
}
