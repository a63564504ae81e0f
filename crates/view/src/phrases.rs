//! Short phrases that several messages share.

use heat_core::facts::Difficulty;
use heat_core::game::{Mode, Pace};

/// Before the row of the member who asked for a board. Everyone may read it, so it does not say
/// "you".
pub const ASKED_BY: &str = "➤ ";
/// The letters of the choices, left to right.
pub const LETTERS: [char; 4] = ['A', 'B', 'C', 'D'];

/// The fewest right answers in a row worth mentioning: two are not a streak yet.
pub const STREAK_MIN: u16 = 3;

/// "1 question", "10 questions".
#[must_use]
pub fn count(n: usize, thing: &str) -> String {
    if n == 1 {
        format!("1 {thing}")
    } else {
        format!("{n} {thing}s")
    }
}

/// "a, b and c".
#[must_use]
pub fn listed(things: &[&str]) -> String {
    match things {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
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
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "3.2 s", to a tenth.
#[must_use]
pub fn seconds(ms: u32) -> String {
    format!("{}.{} s", ms / 1000, ms % 1000 / 100)
}

/// "20 seconds each", or "30 seconds each (extended time, 1.5×)".
#[must_use]
pub fn time_to_answer(seconds: u16, pace: Pace) -> String {
    if pace.is_usual() {
        return format!("{seconds} seconds each");
    }
    let (stretched, times) = (stretched(seconds, pace), self::pace(pace));
    format!("{stretched} seconds each (extended time, {times})")
}

/// This many seconds at this pace: "30", "7.5".
#[must_use]
pub fn stretched(seconds: u16, pace: Pace) -> String {
    let ms = pace.stretch(u32::from(seconds) * 1000);
    // Half seconds are the smallest step: 5 seconds, one and a half times.
    let half = if ms.is_multiple_of(1000) { "" } else { ".5" };
    format!("{}{half}", ms / 1000)
}

/// The factor for the time: "1.5×".
#[must_use]
pub fn pace(pace: Pace) -> &'static str {
    match pace {
        Pace::Usual => "1×",
        Pace::OneAndAHalf => "1.5×",
        Pace::Double => "2×",
        Pace::Triple => "3×",
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
pub fn difficulty(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Easy => "easy",
        Difficulty::Medium => "medium",
        Difficulty::Hard => "hard",
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

/// The name of a mode.
#[must_use]
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Classic => "Classic",
        Mode::Race => "Race",
        Mode::Elimination => "Elimination",
        Mode::Duel => "Duel",
        Mode::Ladder => "Clue ladder",
        Mode::Teams => "Teams",
    }
}

/// How to win a mode, in a few words.
#[must_use]
pub fn mode_in_short(mode: Mode) -> &'static str {
    match mode {
        Mode::Classic => "points for correct and fast answers",
        Mode::Race => "the first right answer wins it",
        Mode::Elimination => "three lives",
        Mode::Duel => "you against one opponent",
        Mode::Ladder => "guess the film, clue by clue",
        Mode::Teams => "two to eight, the fastest right answer of each",
    }
}

/// How to win a mode, in a sentence: for everyone, or for a lone player.
#[must_use]
pub fn mode_rule(mode: Mode, solo: bool) -> &'static str {
    match mode {
        Mode::Elimination if solo => {
            "You have three lives; a wrong or missing answer costs one. How far do you get?"
        }
        Mode::Classic => "Everyone answers in secret; points for correct and fast answers.",
        Mode::Race => {
            "The first right answer wins the question, by Discord's own clock. One try each."
        }
        Mode::Elimination => {
            "Three lives each; a wrong or missing answer costs one. The last one standing wins. If several are left, lives decide, then points."
        }
        Mode::Duel => "One against one; most points win.",
        Mode::Teams => {
            "Two to eight teams; the fastest right answer of each scores. Every team has as many tries as the smallest has members, so a bigger team has no head start."
        }
        Mode::Ladder => {
            "One film per question, six clues from hard to easy: 300 points on the first, 50 fewer with each new one. One try each: dare early, or wait."
        }
    }
}

/// Lives left and lost, as hearts: "❤️❤️🖤".
#[must_use]
pub fn hearts(left: u8, all: u8) -> String {
    let lost = usize::from(all.saturating_sub(left));
    "❤️".repeat(usize::from(left)) + &"🖤".repeat(lost)
}

/// "1st", "2nd", "3rd", "11th".
#[must_use]
pub fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// "3 lives", "1 life", "out".
#[must_use]
pub fn lives(lives: u8) -> String {
    match lives {
        0 => "out".to_owned(),
        1 => "1 life left".to_owned(),
        n => format!("{n} lives left"),
    }
}
