//! When the shards of a process may identify, alongside those of other processes.
//!
//! Discord divides shards into `max_concurrency` buckets, by their number modulo that, and lets one
//! shard of each bucket identify every five seconds. An earlier attempt gets an invalid session and
//! uses up one of the day's session starts
//! (<https://discord.com/developers/docs/events/gateway#rate-limiting>).
//!
//! A process connects one shard of each bucket at once, and the others of a bucket one after
//! another, so it needs a start time at which none of them conflicts. It plans a [`Turn`] for each
//! shard. The plans of all processes are stored in one shared place, which is not this module's
//! concern. All times are milliseconds of one clock.

use super::ShardRange;

/// The time between two identifies of a bucket. serenity spaces the shards of a manager the same
/// way (`gateway/bridge/shard_queuer.rs`), and each bucket has its own manager.
pub const INTERVAL_MS: i64 = 5_000;
/// How much later than planned an identify may reach Discord, because the connection has to be made
/// first. serenity counts the interval from the last shard's connection, so every further shard of
/// a bucket may be that much later again.
pub const LATE_MS: i64 = 1_000;

/// When a shard identifies: at a time from `earliest_ms` to `latest_ms`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The shard.
    pub shard: u32,
    /// The earliest time.
    pub earliest_ms: i64,
    /// The latest time.
    pub latest_ms: i64,
}

/// A turn that a process has already taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// What was planned.
    pub turn: Turn,
    /// Whether that process is still alive to use it.
    pub is_alive: bool,
}

/// The turns of a process whose first shards begin to connect at `begin_ms`: one of each bucket at
/// once, the others of a bucket one after another.
pub fn turns(
    shards: ShardRange,
    max_concurrency: u32,
    begin_ms: i64,
) -> impl Iterator<Item = Turn> {
    (shards.first()..=shards.last()).map(move |shard| {
        let before = i64::from((shard - shards.first()) / max_concurrency.max(1));
        let earliest_ms = begin_ms + before * INTERVAL_MS;
        Turn {
            shard,
            earliest_ms,
            latest_ms: earliest_ms + (before + 1) * LATE_MS,
        }
    })
}

/// The earliest time, not before `now_ms`, at which a process may begin to connect its shards so
/// that none identifies too close to another one of its bucket.
///
/// A process that plans for shards replaces their earlier plans, as after a crash and restart.
///
/// A `max_concurrency` of 0 is meaningless and counts as 1.
#[must_use]
pub fn begin(shards: ShardRange, max_concurrency: u32, now_ms: i64, taken: &[Taken]) -> i64 {
    let bucket = |shard: u32| shard % max_concurrency.max(1);
    let standing: Vec<Turn> = taken
        .iter()
        .filter_map(|taken| standing(*taken, shards, now_ms))
        .collect();
    let mut barred: Vec<(i64, i64)> = turns(shards, max_concurrency, 0)
        .flat_map(|own| {
            let theirs = standing.iter();
            theirs
                .filter(move |turn| bucket(turn.shard) == bucket(own.shard))
                .map(move |turn| barred_by(own, *turn))
        })
        .collect();
    barred.sort_unstable();
    barred.into_iter().fold(now_ms, |begin, (after, until)| {
        // They are sorted, so once one blocks only later times, all the following do too.
        if after < begin {
            begin.max(until)
        } else {
            begin
        }
    })
}

/// The part of a taken turn that still matters: none if it was in the future and its process will
/// not use it. When a dead process identified is unknown, but it was not later than now.
fn standing(taken: Taken, shards: ShardRange, now_ms: i64) -> Option<Turn> {
    let Taken { mut turn, is_alive } = taken;
    if !is_alive || shards.has(turn.shard) {
        turn.latest_ms = turn.latest_ms.min(now_ms);
    }
    (turn.earliest_ms <= turn.latest_ms).then_some(turn)
}

/// The start times, both ends excluded, at which a shard's turn would be too close to another's.
/// `own` is its turn for a start at 0.
fn barred_by(own: Turn, other: Turn) -> (i64, i64) {
    (
        other.earliest_ms - INTERVAL_MS - own.latest_ms,
        other.latest_ms + INTERVAL_MS - own.earliest_ms,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shards(text: &str) -> ShardRange {
        text.parse().expect(text)
    }

    fn taken(shard: u32, earliest_ms: i64, latest_ms: i64) -> Taken {
        Taken {
            turn: Turn {
                shard,
                earliest_ms,
                latest_ms,
            },
            is_alive: true,
        }
    }

    /// The turns planned by a living process.
    fn planned(range: &str, max_concurrency: u32, begin_ms: i64) -> Vec<Taken> {
        turns(shards(range), max_concurrency, begin_ms)
            .map(|turn| Taken {
                turn,
                is_alive: true,
            })
            .collect()
    }

    #[test]
    fn a_single_process_begins_at_once() {
        assert_eq!(begin(shards("0-63/64"), 1, 7_000, &[]), 7_000);
    }

    #[test]
    fn processes_take_turns() {
        let first = planned("0-3/8", 1, 0);
        let last = first.last().expect("four").turn;
        assert_eq!((last.earliest_ms, last.latest_ms), (15_000, 19_000));
        assert_eq!(begin(shards("4-7/8"), 1, 0, &first), 24_000);
        // Other buckets do not conflict.
        assert_eq!(begin(shards("4-7/8"), 8, 0, &first), 0);
        // A gap of five seconds before them is not enough, but a long one is.
        let later = planned("0-3/8", 1, 10_000);
        assert_eq!(begin(shards("4-4/8"), 1, 0, &later), 0);
        assert_eq!(begin(shards("4-5/8"), 1, 0, &later), 34_000);
    }

    /// Sixteen at once, so each waits only for the sixteen before it.
    #[test]
    fn many_buckets_are_used_side_by_side() {
        let first = planned("0-15/32", 16, 0);
        assert!(first.iter().all(|taken| taken.turn.earliest_ms == 0));
        let second = begin(shards("16-31/32"), 16, 0, &first);
        assert_eq!(second, LATE_MS + INTERVAL_MS);
        let all = planned("0-31/32", 16, 0);
        let last = all.last().expect("32").turn;
        assert_eq!((last.earliest_ms, last.latest_ms), (5_000, 7_000));
    }

    #[test]
    fn its_own_earlier_plan_is_void_but_not_past_identifies() {
        let own = planned("0-3/8", 1, 0);
        // Shard 1 may just have identified; shard 2 has not.
        assert_eq!(begin(shards("0-3/8"), 1, 6_000, &own), 11_000);
        assert_eq!(begin(shards("0-3/8"), 1, 9_900, &own), 12_000);
        assert_eq!(begin(shards("0-3/8"), 1, 30_000, &own), 30_000);
        let of_the_dead: Vec<Taken> = own
            .iter()
            .map(|taken| Taken {
                is_alive: false,
                ..*taken
            })
            .collect();
        assert_eq!(begin(shards("4-7/8"), 1, 6_000, &of_the_dead), 11_000);
        assert_eq!(begin(shards("4-7/8"), 1, -1, &of_the_dead), -1);
    }

    #[test]
    fn a_living_process_may_still_be_connecting() {
        let other = [taken(1, 0, 1_000)];
        assert_eq!(begin(shards("0-0/2"), 1, 200, &other), 6_000);
    }

    const TOTAL: u32 = 12;

    fn range() -> impl Strategy<Value = ShardRange> {
        (0..TOTAL, 0..TOTAL).prop_map(|(a, b)| {
            ShardRange::new(a.min(b), a.max(b), TOTAL).expect("a part of the total")
        })
    }

    /// Multiples of 100 ms, so that everything computed from them is one too.
    fn any_taken() -> impl Strategy<Value = Taken> {
        (0..TOTAL, -200_i64..600, 0_i64..60, any::<bool>()).prop_map(
            |(shard, at, late, is_alive)| Taken {
                is_alive,
                ..taken(shard, at * 100, (at + late) * 100)
            },
        )
    }

    /// A process starts some time after the one before it. It then either waits for its turns, or
    /// dies some time after its start.
    #[derive(Debug, Clone)]
    struct Start {
        shards: ShardRange,
        after_ms: i64,
        lives_ms: Option<i64>,
        lateness: Vec<i64>,
    }

    fn start() -> impl Strategy<Value = Start> {
        let lateness = proptest::collection::vec(0..=LATE_MS, TOTAL as usize);
        let lives_ms = proptest::option::of(0_i64..60_000);
        (range(), 0_i64..20_000, lives_ms, lateness).prop_map(
            |(shards, after_ms, lives_ms, lateness)| Start {
                shards,
                after_ms,
                lives_ms,
                lateness,
            },
        )
    }

    /// Each living process identifies as planned; a dead one only did so before it died. All
    /// identify at any time within their turns. A process whose shards are started again is dead.
    fn identifies(starts: &[Start], max_concurrency: u32) -> Vec<(u32, i64)> {
        let mut now_ms = 0;
        let mut plans: Vec<(Vec<(Turn, i64)>, i64)> = Vec::new();
        for start in starts {
            now_ms += start.after_ms;
            for (plan, end_ms) in &mut plans {
                if plan.iter().any(|(turn, _)| start.shards.has(turn.shard)) {
                    *end_ms = now_ms.min(*end_ms);
                }
            }
            let known: Vec<Taken> = plans
                .iter()
                .flat_map(|(plan, end_ms)| {
                    let is_alive = *end_ms > now_ms;
                    plan.iter().map(move |(turn, _)| Taken {
                        turn: *turn,
                        is_alive,
                    })
                })
                .collect();
            let begin = begin(start.shards, max_concurrency, now_ms, &known);
            // Each identify is as late as those of its bucket before it, plus its own delay.
            let mut late_ms = vec![0; max_concurrency as usize];
            let plan = turns(start.shards, max_concurrency, begin)
                .zip(&start.lateness)
                .map(|(turn, late)| {
                    let of_bucket = &mut late_ms[(turn.shard % max_concurrency) as usize];
                    *of_bucket += late;
                    (turn, turn.earliest_ms + *of_bucket)
                });
            let end_ms = start.lives_ms.map_or(i64::MAX, |lives| now_ms + lives);
            plans.push((plan.collect(), end_ms));
        }
        let done = plans.into_iter().flat_map(|(plan, end_ms)| {
            plan.into_iter()
                .filter(move |(_, at_ms)| *at_ms < end_ms)
                .map(|(turn, at_ms)| (turn.shard, at_ms))
        });
        done.collect()
    }

    proptest! {
        #[test]
        fn no_two_identifies_of_a_bucket_are_too_close(
            starts in proptest::collection::vec(start(), 1..8),
            max_concurrency in 1..=TOTAL,
        ) {
            let mut done = identifies(&starts, max_concurrency);
            done.sort_by_key(|(shard, at_ms)| (shard % max_concurrency, *at_ms));
            for pair in done.windows(2) {
                let [(one, at_ms), (other, then_ms)] = [pair[0], pair[1]];
                prop_assert!(
                    one % max_concurrency != other % max_concurrency
                        || then_ms - at_ms >= INTERVAL_MS,
                    "{one} at {at_ms}, {other} at {then_ms}"
                );
            }
        }

        #[test]
        fn nobody_waits_longer_than_needed(
            shards in range(),
            max_concurrency in 1..=TOTAL,
            taken in proptest::collection::vec(any_taken(), 0..8),
        ) {
            let begin = begin(shards, max_concurrency, 0, &taken);
            let is_free = |begin_ms: i64| {
                turns(shards, max_concurrency, begin_ms).all(|own| {
                    taken.iter().filter_map(|t| standing(*t, shards, 0)).all(|other| {
                        own.shard % max_concurrency != other.shard % max_concurrency
                            || own.earliest_ms - other.latest_ms >= INTERVAL_MS
                            || other.earliest_ms - own.latest_ms >= INTERVAL_MS
                    })
                })
            };
            prop_assert!(begin >= 0 && is_free(begin), "{begin}");
            let first = (0..=begin).step_by(100).find(|at| is_free(*at));
            prop_assert_eq!(first, Some(begin));
        }

        #[test]
        fn abandoned_plans_block_nobody(
            shards in range(),
            max_concurrency in 1..=TOTAL,
            taken in proptest::collection::vec(any_taken(), 0..8),
        ) {
            let is_void = |taken: &Taken| {
                let is_own = shards.has(taken.turn.shard);
                taken.turn.earliest_ms > 0 && (is_own || !taken.is_alive)
            };
            let rest: Vec<Taken> = taken.iter().filter(|t| !is_void(t)).copied().collect();
            prop_assert_eq!(
                begin(shards, max_concurrency, 0, &taken),
                begin(shards, max_concurrency, 0, &rest)
            );
        }
    }
}
