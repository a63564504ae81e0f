//! The time inside a Discord id:
//! <https://discord.com/developers/docs/reference#snowflakes>.

/// The first millisecond of 2015, from which snowflakes count.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// When Discord made the thing with this id, in Unix milliseconds.
#[must_use]
pub fn made_at_ms(id: u64) -> i64 {
    // The upper 42 bits always fit.
    i64::try_from(id >> 22).unwrap_or(0) + DISCORD_EPOCH_MS
}

#[cfg(test)]
mod tests {
    use super::made_at_ms;

    /// The example of Discord's own documentation.
    #[test]
    fn the_documented_example() {
        assert_eq!(made_at_ms(175_928_847_299_117_063), 1_462_015_105_796);
    }
}
