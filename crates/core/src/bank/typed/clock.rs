//! Times of day: "7:30 pm", "19:30" and "half past seven" are the same.

use super::number;
use super::scan::{Kind, scan};

/// A time of day in minutes since midnight; in twelve hours if it does not say which half of the
/// day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    minutes: u16,
    is_whole_day: bool,
}

const HALF_DAY: u16 = 12 * 60;

impl Time {
    pub fn is(self, other: Self) -> bool {
        let both = self.is_whole_day && other.is_whole_day;
        let day = if both { 2 * HALF_DAY } else { HALF_DAY };
        self.minutes % day == other.minutes % day
    }
}

/// The time that a text names, if a mark or a word shows that it is one.
pub(super) fn time(text: &str) -> Option<Time> {
    let pieces = scan(text);
    let words: Vec<String> = pieces.iter().map(|p| p.text.to_lowercase()).collect();
    // "7.30"
    let words = words.iter().flat_map(|word| word.split('.'));
    let mut words: Vec<&str> = words.collect();
    let says_nothing = |word: &str| matches!(word, "at" | "its" | "it" | "is" | "about");
    while words.first().is_some_and(|word| says_nothing(word)) {
        words.remove(0);
    }
    let half = half_of_day(&mut words);
    let is_marked = text.contains(':') && pieces.iter().all(|p| p.kind != Kind::Unit);
    let (hour, minute, is_told) = match words.as_slice() {
        [hour, "oclock"] | [hour, "o", "clock"] => (count(hour)?, 0, true),
        ["half", "past", hour] => (count(hour)?, 30, true),
        ["quarter", "past" | "after", hour] => (count(hour)?, 15, true),
        ["quarter", "to" | "of", hour] => (count(hour)?.checked_add(23)?, 45, true),
        [minute, "past", hour] => (count(hour)?, count(minute)?, true),
        [minute, "to", hour] => (
            count(hour)?.checked_add(23)?,
            60_u16.checked_sub(count(minute)?)?,
            true,
        ),
        [hour, minute] => (count(hour)?, count(minute)?, is_marked || half.is_some()),
        [hour] => (count(hour)?, 0, half.is_some()),
        _ => return None,
    };
    let is_time = is_told && hour < 48 && minute < 60;
    is_time.then(|| {
        let minutes = (hour % 24) * 60 + minute;
        match half {
            Some(half) => Time {
                minutes: minutes % HALF_DAY + half,
                is_whole_day: true,
            },
            None => Time {
                minutes,
                is_whole_day: is_marked && minutes >= HALF_DAY + 60,
            },
        }
    })
}

/// Takes "am", "p.m." or "in the evening" from the end of the words.
fn half_of_day(words: &mut Vec<&str>) -> Option<u16> {
    const ENDS: [(&[&str], u16); 7] = [
        (&["am"], 0),
        (&["a", "m"], 0),
        (&["in", "the", "morning"], 0),
        (&["pm"], HALF_DAY),
        (&["p", "m"], HALF_DAY),
        (&["in", "the", "afternoon"], HALF_DAY),
        (&["in", "the", "evening"], HALF_DAY),
    ];
    let (end, half) = ENDS.iter().find(|(end, _)| words.ends_with(end))?;
    words.truncate(words.len() - end.len());
    Some(*half)
}

fn count(word: &str) -> Option<u16> {
    match word.parse() {
        Ok(count) => Some(count),
        Err(_) => number::in_words(&[word])?
            .0
            .value
            .to_whole()?
            .try_into()
            .ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn one_time_is_written_in_many_ways() {
        let is = |a: &str, b: &str| matches!((time(a), time(b)), (Some(a), Some(b)) if a.is(b));
        for text in [
            "19:30",
            "half past seven",
            "7.30pm",
            "7:30",
            "seven thirty p.m.",
        ] {
            assert!(is("7:30 pm", text), "{text}");
        }
        for text in ["7:30 am", "8:30 pm", "730", "half past eight"] {
            assert!(!is("7:30 pm", text), "{text}");
        }
        assert!(is("Quarter to eight", "7:45"));
        assert!(is("9 p.m.", "9 o'clock"));
        assert!(time("3-0").is_none() && time("12").is_none() && time("24").is_none());
    }
}
