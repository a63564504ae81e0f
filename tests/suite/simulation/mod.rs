//! The host and the game under a simulated clock, store and Discord, with faults, crashes and
//! members all drawn from one seed; what must always be true is checked at every step.
//!
//! A process is a single-threaded runtime whose clock jumps to the next event; a crash drops it
//! with everything in it, and the next process starts from what is stored. A failing run prints its
//! seed and its last steps. To run that seed alone, or any number of them:
//!
//! ```sh
//! HEAT_CHECK_SEED=7 HEAT_CHECK_RUNS=1 cargo test --test suite swarm -- --nocapture
//! HEAT_CHECK_RUNS=10000 cargo test --test suite swarm -- --nocapture
//! ```

mod budget;
mod clocks;
mod members;
mod outside;
mod stuck;
mod world;

use crate::common::given::number_from;
use heat_check::clock::DiscordClock;
use heat_check::host::{Clock, Host};
use heat_core::asked_history::AskedHistory;
use heat_core::bank::{Bank, QuestionQuery, Round};
use heat_core::facts::FactBase;
use heat_core::shard::ShardRange;
use outside::{SimJournal, SimStage};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::{Arc, LazyLock, Once};
use std::time::{Duration, Instant};
use tokio::runtime::Builder;
use world::{Rates, Shared, Table};

type SimHost = Host<SimStage, SimJournal>;

/// The default number of runs.
const RUNS: u64 = 150;
/// How long everything may take to settle once faults stop: more than a host who never comes back
/// plus a lobby.
const CALM_MAX: Duration = Duration::from_secs(60 * 60);

/// Fifty questions of the bundled packs.
static QUESTIONS: LazyLock<Vec<Round>> = LazyLock::new(|| {
    let packs = heat_core::library::bundled().expect("the packs are whole");
    let bank = Bank::build(&FactBase::build(packs).expect("the packs fit together"));
    let query = QuestionQuery {
        packs: heat_core::bank::PackList::default(),
        off: std::collections::BTreeSet::new(),
        about: None,
        rounds: 50,
        difficulty: None,
        typed: true,
    };
    let chosen = bank.choose(&query, &AskedHistory::default(), &BTreeSet::new(), 1995);
    chosen.expect("there are fifty questions")
});

/// Some questions from the pool, starting at a given place.
fn questions(from: u64, count: u64) -> Vec<Round> {
    let pool = QUESTIONS.iter().cycle();
    let chosen = pool.skip(usize::try_from(from).unwrap());
    chosen
        .take(usize::try_from(count).unwrap())
        .cloned()
        .collect()
}

thread_local! {
    /// Panics of this thread, counted here because the runtime catches those of its tasks.
    static PANICS: Cell<u32> = const { Cell::new(0) };
}

/// Counts panics from now on.
fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            PANICS.set(PANICS.get() + 1);
            before(info);
        }));
    });
}

/// The result of one seed.
struct Run {
    trace: Vec<String>,
    games: usize,
}

/// The faults of this seed's run.
struct Plan {
    rates: Rates,
    /// How long each process lives before it crashes, in milliseconds, and how long until the next
    /// starts.
    crashes: Vec<(u64, i64)>,
}

fn plan(luck: &mut ChaCha8Rng) -> Plan {
    // Each kind of fault is absent, rare or common, independently.
    let mut rate = |most: u32| match luck.random_range(0..4) {
        0 | 1 => 0,
        2 => most / 10,
        _ => most,
    };
    let rates = Rates {
        commit_fails: rate(200),
        commit_lies: rate(100),
        store_slow: rate(100),
        read_fails: rate(300),
        stage_fails: rate(300),
        stage_loses_answer: rate(200),
        stage_slow: rate(200),
        stage_hangs: rate(60),
        channel_closes: rate(10),
        click_late: rate(200),
        click_twice: rate(300),
        clock_jumps: rate(300),
    };
    let crashes = (0..luck.random_range(0..8_u32))
        .map(|_| {
            let longest = [300, 3_000, 30_000][luck.random_range(0..3)];
            let away = [500, 5_000, 60_000][luck.random_range(0..3)];
            (luck.random_range(0..longest), luck.random_range(100..away))
        })
        .collect();
    Plan { rates, crashes }
}

/// Runs processes as the seed says until everything has settled. A last process lives through
/// faults for a while, then all is calm.
fn run(seed: u64, world: &Shared) -> Run {
    count_panics();
    let panics = PANICS.get();
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let plan = plan(&mut luck);
    let channels = 1 + luck.random_range(0..3_u64);
    {
        let mut world = world.lock();
        world.rates = plan.rates;
        for channel in 1..=channels {
            let table = Table {
                games_left: luck.random_range(1..4),
                may_post: luck.random_range(0..4) > 0,
                newest: None,
            };
            world.tables.insert(channel, table);
        }
    }
    for (lives_ms, away_ms) in plan.crashes {
        process(world, Some(lives_ms));
        world.lock().end_process(away_ms);
    }
    // A last process lives through faults for a while, and then all is calm.
    process(world, None);
    assert_eq!(PANICS.get(), panics, "a task panicked");
    let world = world.lock();
    world.check_end();
    Run {
        trace: world.trace.clone(),
        games: world.games(),
    }
}

/// The clock of a process that starts now. It uses the runtime's time, which never jumps, and the
/// host's, which does, and receives Discord's.
fn hear_discord(world: &Shared) -> Clock {
    let began = tokio::time::Instant::now();
    let steady = move || i64::try_from(began.elapsed().as_millis()).unwrap();
    let host = {
        let world = world.clone();
        move || world.lock().host_ms()
    };
    let clock = Arc::new(DiscordClock::new(steady, host));
    let reader = clock.reader();
    let now_ms = world.lock().now_ms();
    // Like the response to a process's first request.
    clock.heard_date(now_ms.div_euclid(1_000) * 1_000);
    world.lock().discord_clock = Some(clock);
    reader
}

/// One process, from its start to its crash or until there is nothing more to do.
fn process(world: &Shared, lives_ms: Option<u64>) {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        world.lock().start_process();
        let clock = hear_discord(world);
        let journal = SimJournal(world.clone());
        let host = Host::new(journal, SimStage(world.clone()), clock);
        let life = async {
            // A process that cannot read its games ends, and its supervisor starts it again.
            while host
                .recover(ShardRange::WHOLE, |_, _| "All packs".to_owned())
                .await
                .is_err()
            {}
            let channels: Vec<u64> = world.lock().tables.keys().copied().collect();
            let tables: Vec<_> = channels
                .into_iter()
                .map(|channel| tokio::spawn(members::table(world.clone(), host.clone(), channel)))
                .collect();
            if lives_ms.is_some() {
                return std::future::pending().await;
            }
            tokio::time::sleep(Duration::from_secs(60)).await;
            world.lock().rates = Rates::default();
            world.lock().note("world", "calms down");
            let rest = async {
                for table in tables {
                    table.await.expect("a table does not panic");
                }
                // A refused start is undone after its channel is free.
                let stored = || world.lock().live_games().len();
                while host.live_games() > 0 || stored() > 0 {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            };
            let rested = tokio::time::timeout(CALM_MAX, rest).await;
            assert!(
                rested.is_ok(),
                "stuck: {} games, {} in the store",
                host.live_games(),
                world.lock().live_games().len()
            );
        };
        match lives_ms {
            Some(ms) => {
                let crash = tokio::time::sleep(Duration::from_millis(ms));
                tokio::select! {
                    biased;
                    () = life => unreachable!("a process lives until it crashes"),
                    () = crash => {}
                }
            }
            None => life.await,
        }
        // From here on time stands still, even for what is dropped with the runtime.
        world.lock().end_process(0);
    });
}

/// Many seeds, each with another mix of faults.
#[test]
fn swarm() {
    let first = number_from(
        "HEAT_CHECK_SEED",
        rand::make_rng::<ChaCha8Rng>().random_range(0..1 << 40),
    );
    let runs = number_from("HEAT_CHECK_RUNS", RUNS);
    println!("HEAT_CHECK_SEED={first} HEAT_CHECK_RUNS={runs}");
    let _ = questions(0, 1);
    let began = Instant::now();
    let (mut games, mut steps) = (0, 0);
    for seed in first..first + runs {
        let world = Shared::new(seed);
        let Ok(run) = catch_unwind(AssertUnwindSafe(|| run(seed, &world))) else {
            let trace = world.lock().trace.clone();
            let last = trace.len().saturating_sub(60);
            panic!(
                "failed; again with HEAT_CHECK_SEED={seed} HEAT_CHECK_RUNS=1\n{}",
                trace[last..].join("\n")
            );
        };
        games += run.games;
        steps += run.trace.len();
    }
    let minutes = began.elapsed().as_secs_f64() / 60.0;
    #[expect(clippy::cast_precision_loss, reason = "a figure to read")]
    let rate = games as f64 / minutes;
    println!("{games} games in {steps} steps, {rate:.0} games a minute");
}

/// The same seed gives the same steps, exactly.
#[test]
fn a_seed_replays_exactly() {
    for seed in 0..10 {
        let first = run(seed, &Shared::new(seed)).trace;
        let again = run(seed, &Shared::new(seed)).trace;
        assert!(first.len() > 20, "seed {seed} leads to nothing");
        for (at, (one, two)) in first.iter().zip(&again).enumerate() {
            let before = first[at.saturating_sub(12)..at].join("\n");
            assert_eq!(
                one, two,
                "seed {seed} differs at step {at}, after\n{before}"
            );
        }
        assert_eq!(first.len(), again.len());
    }
}
