//! Discord's ids: 42 bits of milliseconds since 2015, worker and process, and a counter.

use serde_json::Value;

/// Milliseconds from the Unix epoch to the first second of 2015, where Discord's ids begin.
pub const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// Makes increasing ids that encode their creation time.
#[derive(Debug, Default)]
pub struct Snowflakes {
    last: u64,
}

impl Snowflakes {
    /// The next id; later calls return larger ids, whatever the clock does.
    pub fn next(&mut self, now_ms: u64) -> u64 {
        self.last = at(now_ms).max(self.last + 1);
        self.last
    }
}

/// The smallest id of a given time.
pub fn at(unix_ms: u64) -> u64 {
    unix_ms.saturating_sub(DISCORD_EPOCH_MS) << 22
}

/// The time encoded in an id, in Unix milliseconds.
pub fn time_ms(id: u64) -> u64 {
    (id >> 22) + DISCORD_EPOCH_MS
}

/// An id from a path or a JSON string or number; `None` when it is not one.
pub fn parse(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.len() <= 20 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// An id from JSON; Discord accepts strings and integers.
pub fn from_json(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => parse(text),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// A time in Discord's format: RFC 3339 in UTC with microseconds.
pub fn timestamp(unix_ms: u64) -> String {
    let ms = i64::try_from(unix_ms).unwrap_or(i64::MAX);
    jiff::Timestamp::from_millisecond(ms).map_or_else(
        |_| "1970-01-01T00:00:00.000000+00:00".to_owned(),
        |moment| moment.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_carry_their_time() {
        let mut ids = Snowflakes::default();
        let first = ids.next(1_700_000_000_123);
        let second = ids.next(1_700_000_000_123);
        let back = ids.next(1_600_000_000_000);
        assert!(first < second && second < back, "{first} {second} {back}");
        assert_eq!(time_ms(second), 1_700_000_000_123);
        assert_eq!(
            timestamp(1_700_000_000_123),
            "2023-11-14T22:13:20.123000+00:00"
        );
        assert_eq!(parse("12a"), None);
        assert_eq!(parse(""), None);
    }
}
