//! Shared by the measurements of large packs.
#![allow(dead_code, reason = "each bench uses a part of it")]

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

/// The sizes that most benches measure.
pub const SIZES: &str = "1000,10000,100000,1000000";

/// The result of a bench.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Runs `measure` once for each of these sizes in a separate process, so that each starts with
/// fresh memory. `SIZES=1000,100000` measures only these.
pub fn each_size(usual: &str, measure: impl Fn(usize) -> Outcome<()>) -> Outcome<()> {
    if let Ok(size) = std::env::var("MEASURE_SIZE") {
        return measure(size.parse()?);
    }
    let sizes = std::env::var("SIZES").unwrap_or(usual.to_owned());
    for size in sizes.split(',') {
        let mut child = std::process::Command::new(std::env::current_exe()?);
        let status = child.env("MEASURE_SIZE", size).status()?;
        if !status.success() {
            return Err(format!("size {size}: {status}").into());
        }
    }
    Ok(())
}

/// Bytes of memory in use now, and the peak so far; 0 where there is no `/proc`.
pub fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    let kibibytes = |name| field(name).unwrap_or(0) << 10;
    (kibibytes("VmRSS:"), kibibytes("VmHWM:"))
}

/// Processor time of this process so far; `None` where there is no `/proc`.
fn cpu_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    // Linux counts in hundredths of a second here.
    Some(Duration::from_millis((ticks()? + ticks()?) * 10))
}

/// Runs something long; returns how long it took and how much CPU time it used, which is the better
/// measure on a shared machine.
pub fn watched<T>(work: impl FnOnce() -> T) -> (T, String) {
    let before = cpu_time();
    let (made, time) = timed(work);
    let cpu = before
        .zip(cpu_time())
        .map(|(before, after)| after.saturating_sub(before));
    (
        made,
        format!("{time:.1?} (cpu {:.2?})", cpu.unwrap_or_default()),
    )
}

/// Runs and times.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let made = work();
    (made, begin.elapsed())
}

/// How long three runs of some work took.
pub struct Times(pub [Duration; 3]);

/// Times work three times: the first shows what a member experiences, the shortest what the work
/// itself costs on a shared machine.
pub fn thrice<T>(work: impl Fn() -> T) -> Times {
    Times(std::array::from_fn(|_| timed(|| drop(work())).1))
}

/// Prints the median, the 99th percentile and the maximum of the first times, and in brackets those
/// of the shortest of three.
pub fn report(what: &str, times: &[Times]) {
    let mut first: Vec<_> = times.iter().map(|Times(three)| three[0]).collect();
    let mut least: Vec<_> = times
        .iter()
        .filter_map(|Times(three)| three.iter().min())
        .copied()
        .collect();
    first.sort_unstable();
    least.sort_unstable();
    let column = |percent: usize| {
        let at = (times.len() - 1) * percent / 100;
        format!("{:>8.1?} ({:>8.1?})", first[at], least[at])
    };
    println!(
        "  {what:<32} p50 {}  p99 {}  max {}",
        column(50),
        column(99),
        column(100)
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

/// One of a list; the first ones are far likelier, as with people's names.
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
