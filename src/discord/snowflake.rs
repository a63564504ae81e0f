//! The time inside a Discord id:
//! <https://discord.com/developers/docs/reference#snowflakes>.

/// The first millisecond of 2015, from which snowflakes count.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// When Discord made the thing with this id, in Unix milliseconds.
#[must_use]
pub fn made_at_ms(id: impl Into<u64>) -> i64 {
    // The upper 42 bits always fit.
    i64::try_from(id.into() >> 22).unwrap_or(0) + DISCORD_EPOCH_MS
}

/// The id of something made at that time, the `number`-th of its millisecond (its lowest 22 bits
/// count).
#[must_use]
pub fn at<Id: From<u64>>(made_at_ms: i64, number: u64) -> Id {
    let since_epoch_ms = made_at_ms.saturating_sub(DISCORD_EPOCH_MS).max(0);
    Id::from((since_epoch_ms.cast_unsigned() << 22) | (number & ((1 << 22) - 1)))
}

#[cfg(test)]
mod tests {
    use super::{at, made_at_ms};

    #[test]
    fn an_id_holds_its_time() {
        for number in [0, 5, u64::MAX] {
            assert_eq!(
                made_at_ms(at::<u64>(1_795_305_600_123, number)),
                1_795_305_600_123
            );
        }
        assert_eq!(made_at_ms(at::<u64>(0, 1)), super::DISCORD_EPOCH_MS);
    }

    /// The example of Discord's own documentation.
    #[test]
    fn the_documented_example() {
        assert_eq!(made_at_ms(175_928_847_299_117_063_u64), 1_462_015_105_796);
    }
}
