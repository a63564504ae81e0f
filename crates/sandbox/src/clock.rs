//! The sandbox's clock, and times as Discord writes them.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since the Unix epoch.
pub fn now_ms() -> u64 {
    let elapsed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
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
    #[test]
    fn a_time_has_microseconds() {
        let text = super::timestamp(1_700_000_000_123);
        assert_eq!(text, "2023-11-14T22:13:20.123000+00:00");
    }
}
