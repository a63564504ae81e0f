//! When the shards of a process may identify, beside those of other processes.
//!
//! Discord parts the shards into as many buckets as its `max_concurrency` says, by their number
//! modulo that, and lets one shard of each bucket identify every five seconds. Whoever is earlier
//! gets an invalid session, and has used up one of the sessions that may be started in a day
//! (<https://discord.com/developers/docs/events/gateway#rate-limiting>).
//!
//! A process connects one shard of each bucket at once, and the others of a bucket one after the
//! other, so it needs a moment from which none of them conflicts. It plans a [`Turn`] for each
//! shard; the plans of all processes are stored in one place, which is not this module's concern.
//! All times are milliseconds of one clock.

use super::ShardRange;

/// What must be between two identifies of a bucket. serenity keeps the shards of a manager as far
/// apart (`gateway/bridge/shard_queuer.rs`), and each bucket has a manager of its own.
pub const INTERVAL_MS: i64 = 5_000;
/// How much later than planned an identify may reach Discord: the connection has to be made first.
/// serenity counts the interval from when the last shard was connected, so every further shard of a
/// bucket may be later by as much again.
pub const LATE_MS: i64 = 1_000;

/// When a shard identifies: at a time from `earliest_ms` to `latest_ms`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The shard.
    pub shard: u32,
    /// Not before this.
    pub earliest_ms: i64,
    /// Not after this.
    pub latest_ms: i64,
}

/// A turn that some process took before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// What was planned.
    pub turn: Turn,
    /// Whether that process is still there to do it.
    pub is_alive: bool,
}

/// The turns of a process whose first shards begin to connect at `begin_ms`: one of each bucket at
/// once, and the others of a bucket one after the other.
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

/// The earliest time, not before `now_ms`, at which a process may begin to connect its shards, so
/// that none of them identifies too near to another one of its bucket.
///
/// Whoever plans for shards anew has given up what was planned for them before, as the process
/// that died and starts again has.
///
/// A `max_concurrency` of 0 means nothing and counts as 1.
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
        // They are sorted, so one that bars times after this one only is followed by no other kind.
        if after < begin {
            begin.max(until)
        } else {
            begin
        }
    })
}

/// What is left of a turn that was taken: none of it, if it was still to come and its process will
/// not do it. When such a process has identified is not known, but it was not after now.
fn standing(taken: Taken, shards: ShardRange, now_ms: i64) -> Option<Turn> {
    let Taken { mut turn, is_alive } = taken;
    if !is_alive || shards.has(turn.shard) {
        turn.latest_ms = turn.latest_ms.min(now_ms);
    }
    (turn.earliest_ms <= turn.latest_ms).then_some(turn)
}

/// Between which beginnings, both not included, a shard's turn would be too near to another's, if
/// it is `own` with a beginning at 0.
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

    /// What a living process planned.
    fn planned(range: &str, max_concurrency: u32, begin_ms: i64) -> Vec<Taken> {
        turns(shards(range), max_concurrency, begin_ms)
            .map(|turn| Taken {
                turn,
                is_alive: true,
            })
            .collect()
    }

    #[test]
    fn whoever_is_alone_begins_at_once() {
        assert_eq!(begin(shards("0-63/64"), 1, 7_000, &[]), 7_000);
    }

    #[test]
    fn processes_come_one_after_the_other() {
        let first = planned("0-3/8", 1, 0);
        let last = first.last().expect("four").turn;
        assert_eq!((last.earliest_ms, last.latest_ms), (15_000, 19_000));
        assert_eq!(begin(shards("4-7/8"), 1, 0, &first), 24_000);
        // In buckets of their own nobody is in the way.
        assert_eq!(begin(shards("4-7/8"), 8, 0, &first), 0);
        // Nor is there a gap of five seconds in which they could come before, if not long before.
        let later = planned("0-3/8", 1, 10_000);
        assert_eq!(begin(shards("4-4/8"), 1, 0, &later), 0);
        assert_eq!(begin(shards("4-5/8"), 1, 0, &later), 34_000);
    }

    /// Sixteen at once, and nobody waits longer than for the sixteen before.
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
    fn an_earlier_plan_of_its_own_is_void_but_not_what_is_done() {
        let own = planned("0-3/8", 1, 0);
        // Shard 1 may have identified just now, shard 2 has not.
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
    fn who_lives_may_still_be_on_the_way() {
        let other = [taken(1, 0, 1_000)];
        assert_eq!(begin(shards("0-0/2"), 1, 200, &other), 6_000);
    }

    const TOTAL: u32 = 12;

    fn range() -> impl Strategy<Value = ShardRange> {
        (0..TOTAL, 0..TOTAL).prop_map(|(a, b)| {
            ShardRange::new(a.min(b), a.max(b), TOTAL).expect("a part of the total")
        })
    }

    /// Multiples of 100 ms, as all that is worked out from them then is.
    fn any_taken() -> impl Strategy<Value = Taken> {
        (0..TOTAL, -200_i64..600, 0_i64..60, any::<bool>()).prop_map(
            |(shard, at, late, is_alive)| Taken {
                is_alive,
                ..taken(shard, at * 100, (at + late) * 100)
            },
        )
    }

    /// A process starts so long after the one before it, and either waits for its turns or dies
    /// so long after its start.
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

    /// Each process that lives does all that it planned, each that died what came before that;
    /// at any time within their turns. Whose shards another starts is dead.
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
            // Each is as late as those of its bucket before it, and late itself.
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
        fn no_two_identifies_of_a_bucket_are_too_near(
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
        fn what_is_not_to_be_done_any_more_is_in_nobodys_way(
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
