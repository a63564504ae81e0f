//! Which process plays which server's games.
//!
//! Discord divides an application's servers into shards and delivers a server's events on its shard
//! alone: `(guild_id >> 22) % total`, and direct messages on shard 0
//! (<https://discord.com/developers/docs/events/gateway#sharding>). Games are divided by the same
//! rule, so that the process that receives a click owns its game.
//!
//! [`turns`] decides when a process may connect its shards.
//!
//! Pure: numbers in, numbers out.

pub mod turns;

use crate::id::GuildId;
use std::fmt;
use std::str::FromStr;

/// More shards than even the largest bots run.
pub const SHARDS_MAX: u32 = 65_536;

/// The shard of a server among `total` shards; `None` means direct messages.
///
/// A `total` of 0 counts as 1.
#[must_use]
pub fn shard_of(guild: Option<GuildId>, total: u32) -> u32 {
    let shard = guild.map_or(0, |guild| guild.0) >> 22;
    // Below `total`, so it fits.
    u32::try_from(shard % u64::from(total.max(1))).unwrap_or(0)
}

/// Consecutive shards run by one process, written as `0-3/16`.
///
/// Both ends are included. Always `first <= last < total <= SHARDS_MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShardRange {
    first: u32,
    last: u32,
    total: u32,
}

impl ShardRange {
    /// All shards, however many: for a process that runs alone.
    pub const WHOLE: Self = Self {
        first: 0,
        last: 0,
        total: 1,
    };

    /// The shards from `first` to `last`, both included, of `total`.
    ///
    /// # Errors
    /// If that is not a part of `total` shards.
    pub fn new(first: u32, last: u32, total: u32) -> Result<Self, ShardRangeError> {
        if total == 0 || total > SHARDS_MAX {
            return Err(ShardRangeError::Total(total));
        }
        if first > last || last >= total {
            return Err(ShardRangeError::Part { first, last, total });
        }
        Ok(Self { first, last, total })
    }

    /// All shards of a `total`, which is clamped to the valid range.
    #[must_use]
    pub fn all_of(total: u32) -> Self {
        let total = total.clamp(1, SHARDS_MAX);
        Self {
            first: 0,
            last: total - 1,
            total,
        }
    }

    /// The first shard.
    #[must_use]
    pub const fn first(self) -> u32 {
        self.first
    }

    /// The last shard, included in the range.
    #[must_use]
    pub const fn last(self) -> u32 {
        self.last
    }

    /// How many shards there are in total, over all processes.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.total
    }

    /// Whether these are all shards.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.first == 0 && self.last + 1 == self.total
    }

    /// How many shards these are; at least 1.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a range is never empty")]
    pub const fn len(self) -> u32 {
        self.last - self.first + 1
    }

    /// Whether a server (or direct messages) belongs to this range.
    #[must_use]
    pub fn owns(self, guild: Option<GuildId>) -> bool {
        self.has(shard_of(guild, self.total))
    }

    /// Whether a shard is one of these.
    #[must_use]
    pub const fn has(self, shard: u32) -> bool {
        self.first <= shard && shard <= self.last
    }
}

impl fmt::Display for ShardRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}/{}", self.first, self.last, self.total)
    }
}

/// Why a text or three numbers do not form a [`ShardRange`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShardRangeError {
    /// The form is wrong.
    #[error("expected first-last/total with shards counted from 0, for instance 0-1/4")]
    Form,
    /// The total is out of range.
    #[error("the total is {0} shards; expected 1 to {SHARDS_MAX}")]
    Total(u32),
    /// Not a part of the total.
    #[error(
        "shards {first} to {last} are not within {total}, which are numbered from 0 to {}",
        total - 1
    )]
    Part {
        /// The first.
        first: u32,
        /// The last.
        last: u32,
        /// The total; at least 1.
        total: u32,
    },
}

impl FromStr for ShardRange {
    type Err = ShardRangeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // `parse` would also accept a sign.
        let number = |text: &str| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse().ok()).flatten()
        };
        let parts = text.split_once('/').and_then(|(part, total)| {
            let (first, last) = part.split_once('-')?;
            Some((number(first)?, number(last)?, number(total)?))
        });
        let (first, last, total) = parts.ok_or(ShardRangeError::Form)?;
        Self::new(first, last, total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn servers_and_direct_messages_have_the_shard_that_discord_assigns() {
        // (197038439483310086 >> 22) is 46,977,624,770.
        for (guild, total, shard) in [
            (Some(197_038_439_483_310_086), 1, 0),
            (Some(197_038_439_483_310_086), 4, 2),
            (Some(197_038_439_483_310_086), 1_000, 770),
            (Some((1 << 22) - 1), 2, 0),
            (Some(1 << 22), 2, 1),
            (
                Some(u64::MAX),
                7,
                u32::try_from((u64::MAX >> 22) % 7).unwrap_or(0),
            ),
            (None, 7, 0),
        ] {
            assert_eq!(
                shard_of(guild.map(GuildId), total),
                shard,
                "{guild:?} of {total}"
            );
        }
    }

    #[test]
    fn a_range_is_read_as_it_is_written() {
        for text in ["0-0/1", "0-0/2", "1-1/2", "3-5/6", "0-65535/65536"] {
            let range: ShardRange = text.parse().expect(text);
            assert_eq!(range.to_string(), text);
        }
        assert_eq!("00-001/4".parse(), ShardRange::new(0, 1, 4));
    }

    #[test]
    fn invalid_ranges_are_refused_with_a_reason() {
        for text in [
            "",
            "1",
            "0/1",
            "0-1",
            "0-/2",
            "-1-0/2",
            "+0-1/2",
            "0 - 1 / 2",
            "a-b/c",
            "0-1/2/3",
            "0-1/99999999999",
            "0–1/2",
        ] {
            assert_eq!(
                text.parse::<ShardRange>(),
                Err(ShardRangeError::Form),
                "{text}"
            );
        }
        for (text, word) in [
            ("0-0/0", "1 to 65536"),
            ("0-0/65537", "1 to 65536"),
            ("0-2/2", "from 0 to 1"),
            ("1-0/2", "not within 2"),
        ] {
            let error = text.parse::<ShardRange>().expect_err(text);
            assert!(error.to_string().contains(word), "{error}");
        }
    }

    proptest! {
        /// However the shards are divided, every server has exactly one owner.
        #[test]
        fn every_server_has_one_owner(
            guild in proptest::option::of(any::<u64>()),
            total in 2..=SHARDS_MAX,
            cut in any::<proptest::sample::Index>(),
        ) {
            let cut = u32::try_from(cut.index(total as usize - 1)).expect("below the total");
            let low = ShardRange::new(0, cut, total).expect("the lower part");
            let high = ShardRange::new(cut + 1, total - 1, total).expect("the upper part");
            prop_assert!(low.owns(guild.map(GuildId)) != high.owns(guild.map(GuildId)));
            prop_assert!(ShardRange::WHOLE.owns(guild.map(GuildId)));
            prop_assert_eq!(low.len() + high.len(), total);
            prop_assert!(!low.is_whole() && !high.is_whole() && ShardRange::WHOLE.is_whole());
        }
    }
}
