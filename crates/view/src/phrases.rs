//! Short phrases that several messages share.

use super::catalogue::text;
use heat_core::facts::Difficulty;
use heat_core::game::Pace;
use heat_core::lang::Lang;

/// Before the row of the member who asked for a board. Everyone may read it, so it does not say
/// "you".
pub const ASKED_BY: &str = "➤ ";
/// The letters of the choices, left to right.
pub const LETTERS: [char; 4] = ['A', 'B', 'C', 'D'];

/// The fewest right answers in a row worth mentioning: two are not a streak yet.
pub const STREAK_MIN: u16 = 3;

/// A thing that is counted in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Answers.
    Answers,
    /// Clues.
    Clues,
    /// Days.
    Days,
    /// Faults of a pack.
    Faults,
    /// Films.
    Films,
    /// Members.
    Members,
    /// Minutes.
    Minutes,
    /// Players.
    Players,
    /// Questions.
    Questions,
    /// Seasons.
    Seasons,
    /// Seconds.
    Seconds,
    /// Suggested questions.
    Suggestions,
}

/// "1 question", "10 questions".
#[must_use]
pub fn count(lang: Lang, n: usize, thing: Counted) -> String {
    match thing {
        Counted::Answers => text!(lang, "phrases-count-answers", n = n),
        Counted::Clues => text!(lang, "phrases-count-clues", n = n),
        Counted::Days => text!(lang, "phrases-count-days", n = n),
        Counted::Faults => text!(lang, "phrases-count-faults", n = n),
        Counted::Films => text!(lang, "phrases-count-films", n = n),
        Counted::Members => text!(lang, "phrases-count-members", n = n),
        Counted::Minutes => text!(lang, "phrases-count-minutes", n = n),
        Counted::Players => text!(lang, "phrases-count-players", n = n),
        Counted::Questions => text!(lang, "phrases-count-questions", n = n),
        Counted::Seasons => text!(lang, "phrases-count-seasons", n = n),
        Counted::Seconds => text!(lang, "phrases-count-seconds", n = n),
        Counted::Suggestions => text!(lang, "phrases-count-suggestions", n = n),
    }
}

/// "a, b and c".
#[must_use]
pub fn listed(lang: Lang, things: &[&str]) -> String {
    match things {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => {
            text!(
                lang,
                "phrases-and",
                others = others.join(", "),
                last = *last
            )
        }
    }
}

/// “Heat”, in the language's own quotation marks.
#[must_use]
pub fn quoted(lang: Lang, text: &str) -> String {
    text!(lang, "phrases-quoted", text = text)
}

/// The longest bar.
const BAR_LENGTH: usize = 12;

/// "████ 4", in proportion to the longest of several; "–" for none.
#[must_use]
pub fn bar(count: usize, most: usize) -> String {
    if count == 0 {
        return "–".to_owned();
    }
    let length = count
        .saturating_mul(BAR_LENGTH)
        .div_ceil(most.max(BAR_LENGTH));
    format!("{} {count}", "█".repeat(length))
}

/// "12,345".
#[must_use]
pub fn thousands(lang: Lang, n: u64) -> String {
    let digits = n.to_string();
    let separator = text!(lang, "phrases-thousands-separator");
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push_str(&separator);
        }
        out.push(digit);
    }
    out
}

/// "**1,234** points".
#[must_use]
pub fn points(lang: Lang, points: u32) -> String {
    let points = thousands(lang, u64::from(points));
    text!(lang, "phrases-points", points = points)
}

/// "3.2 s", to a tenth.
#[must_use]
pub fn seconds(lang: Lang, ms: u32) -> String {
    let point = text!(lang, "phrases-decimal-point");
    let seconds = format!("{}{point}{}", ms / 1000, ms % 1000 / 100);
    text!(lang, "phrases-seconds", seconds = seconds)
}

/// "20 seconds each", or "30 seconds each (extended time, 1.5×)".
#[must_use]
pub fn time_to_answer(lang: Lang, seconds: u16, pace: Pace) -> String {
    let stretched = stretched(lang, seconds, pace);
    if pace.is_usual() {
        return text!(lang, "phrases-each", seconds = stretched);
    }
    let pace = self::pace(lang, pace);
    text!(
        lang,
        "phrases-each-extended",
        seconds = stretched,
        pace = pace
    )
}

/// This many seconds at this pace: "30", "7.5".
#[must_use]
pub fn stretched(lang: Lang, seconds: u16, pace: Pace) -> String {
    let ms = pace.stretch(u32::from(seconds) * 1000);
    // Half seconds are the smallest step: 5 seconds, one and a half times.
    if ms.is_multiple_of(1000) {
        return (ms / 1000).to_string();
    }
    format!("{}{}5", ms / 1000, text!(lang, "phrases-decimal-point"))
}

/// The factor for the time: "1.5×".
#[must_use]
pub fn pace(lang: Lang, pace: Pace) -> String {
    match pace {
        Pace::Usual => "1×".to_owned(),
        Pace::OneAndAHalf => format!("1{}5×", text!(lang, "phrases-decimal-point")),
        Pace::Double => "2×".to_owned(),
        Pace::Triple => "3×".to_owned(),
    }
}

/// A medal for the first three if they have points, otherwise the number.
#[must_use]
pub fn medal(rank: usize, points: u64) -> String {
    match rank {
        1 if points > 0 => "🥇".to_owned(),
        2 if points > 0 => "🥈".to_owned(),
        3 if points > 0 => "🥉".to_owned(),
        n => format!("**{n}.**"),
    }
}

/// How hard a question is, in a word.
#[must_use]
pub fn difficulty(lang: Lang, difficulty: Difficulty) -> String {
    match difficulty {
        Difficulty::Easy => text!(lang, "phrases-easy"),
        Difficulty::Medium => text!(lang, "phrases-medium"),
        Difficulty::Hard => text!(lang, "phrases-hard"),
    }
}

/// A time that the client counts down by itself ("in 12 seconds"):
/// <https://discord.com/developers/docs/reference#message-formatting-timestamp-styles>.
///
/// Rounded up to the next second, so that a countdown never ends before the question does.
#[must_use]
pub fn relative_time(unix_ms: i64) -> String {
    format!("<t:{}:R>", (unix_ms + 999).div_euclid(1000))
}

/// Lives left and lost, as hearts: "❤️❤️🖤".
#[must_use]
pub fn hearts(left: u8, all: u8) -> String {
    let lost = usize::from(all.saturating_sub(left));
    "❤️".repeat(usize::from(left)) + &"🖤".repeat(lost)
}

/// "1st", "2nd", "3rd", "11th".
#[must_use]
pub fn ordinal(lang: Lang, n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, tens) if tens != 11 => "first",
        (2, tens) if tens != 12 => "second",
        (3, tens) if tens != 13 => "third",
        _ => "other",
    };
    text!(lang, "phrases-ordinal", ending = ending, n = n.to_string())
}

/// "3 lives left", "1 life left", "out".
#[must_use]
pub fn lives(lang: Lang, lives: u8) -> String {
    match lives {
        0 => text!(lang, "phrases-out"),
        n => text!(lang, "phrases-lives-left", n = n),
    }
}
