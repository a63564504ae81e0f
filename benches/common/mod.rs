//! What the measurements of great packs share.
#![allow(dead_code, reason = "each bench uses a part of it")]

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

/// How a bench ends.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Runs `measure` once for each size in a process of its own, so that each starts with fresh
/// memory. `SIZES=1000,100000` measures these alone.
pub fn each_size(measure: impl Fn(usize) -> Outcome<()>) -> Outcome<()> {
    if let Ok(size) = std::env::var("MEASURE_SIZE") {
        return measure(size.parse()?);
    }
    let sizes = std::env::var("SIZES").unwrap_or("1000,10000,100000,1000000".to_owned());
    for size in sizes.split(',') {
        let mut child = std::process::Command::new(std::env::current_exe()?);
        let status = child.env("MEASURE_SIZE", size).status()?;
        if !status.success() {
            return Err(format!("size {size}: {status}").into());
        }
    }
    Ok(())
}

/// Bytes of memory in use now, and at most so far; 0 where there is no `/proc`.
pub fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    let kibibytes = |name| field(name).unwrap_or(0) << 10;
    (kibibytes("VmRSS:"), kibibytes("VmHWM:"))
}

/// Runs and times.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let made = work();
    (made, begin.elapsed())
}

/// Prints how long something took: half of the time at most, 99 of 100 times, always.
pub fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!(
        "  {what:<34} p50 {:>9.1?}  p99 {:>9.1?}  max {:>9.1?}  ({} times)",
        at(50),
        at(99),
        at(100),
        times.len()
    );
}

/// A made-up word of two to four syllables, capitalised.
pub fn word(random: &mut ChaCha8Rng) -> String {
    const FIRST: [&str; 20] = [
        "b", "br", "c", "ch", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "st",
        "t", "v", "w",
    ];
    const MIDDLE: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ee", "ou"];
    const LAST: [&str; 8] = ["", "", "l", "n", "r", "s", "t", "nd"];
    let mut word = String::new();
    for _ in 0..random.random_range(2..5) {
        for part in [&FIRST[..], &MIDDLE[..], &LAST[..]] {
            word.push_str(part[random.random_range(0..part.len())]);
        }
    }
    word[..1].to_uppercase() + &word[1..]
}

/// One of a list, the first ones far likelier, as with people's names.
pub fn likely<'a>(words: &'a [String], random: &mut ChaCha8Rng) -> &'a str {
    let share: f64 = random.random();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "between 0 and the number of words"
    )]
    let at = (share.powi(3) * words.len() as f64) as usize;
    &words[at.min(words.len() - 1)]
}
