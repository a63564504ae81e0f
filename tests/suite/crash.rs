//! Exactly once, whatever happens: the real program is killed at random moments, or its network,
//! gateway and disk fail, while tables of members keep playing. At the end, what members were
//! promised, what the channels show and what the database holds must agree.
//!
//! The seed is printed. `HEAT_CHECK_SEED` sets it, `HEAT_CHECK_KILLS` the number of kills. A
//! thousand kills take about an hour:
//!
//! ```sh
//! HEAT_CHECK_KILLS=1000 cargo test --test suite crash:: killed_at_random -- --exact --nocapture
//! ```
//!
//! `killed_at_random_on_a_server` does the same on `PostgreSQL`, about ten seconds a kill.

use crate::common::crowd::Crowd;
use crate::common::given::number_from;
use crate::common::process::{Home, Process};
use crate::common::stage::{self, Stage};
use crate::common::tables::{gone_on, live_channels, play, seed, settle, some_game};
use crate::common::{Discord, State, postgres};
use discord_sandbox::Options;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use std::time::{Duration, Instant};

/// The default number of kills.
const KILLS: u64 = 8;
/// The same if each start takes some seconds.
const KILLS_ON_A_SERVER: u64 = 3;
/// The default number of faults in a rough evening.
const TROUBLES: u64 = 25;
/// Where they play: two servers' channels. A channel that the bot reaches only by token is left
/// out, because follow-ups have no nonce.
const CHANNELS: [&str; 5] = ["trivia", "general", "stage-1", "stage-2", "quiz"];
/// How soon after READY every game must continue.
const GOES_ON: Duration = Duration::from_secs(2);

/// The stage. An answer whose acknowledgement was lost may be sent again, and is then refused as a
/// repeat.
async fn stage(home: Home, seed: u64) -> Stage {
    let options = Options {
        seed,
        extra_members: 16,
        extra_channels: 2,
        ..stage::options()
    };
    let mut stage = Stage::with(home, options).await;
    stage.discord.allow_rejections();
    stage
}

/// What a run of kills measured.
#[derive(Debug, Default)]
struct Kills {
    done: u64,
    /// Kills after which the time until every game continued was measured.
    watched: u32,
    games_watched: usize,
    slowest: Duration,
}

async fn kill_and_start(stage: &Stage, luck: &mut ChaCha8Rng, kills: u64) -> (Process, Kills) {
    let Stage { discord, home, .. } = stage;
    let mut bot = stage.start(&[]).await;
    let mut run = Kills::default();
    // Kills where no game runs prove nothing, so they go on until one has been watched.
    while run.done < kills || run.games_watched == 0 {
        // Frequent kills leave no question time to close, because an open question starts over each
        // time. So every third kill comes later, to let rounds be revealed and games end in
        // between.
        let longest = if luck.random_range(0..3) > 0 {
            3_000
        } else {
            12_000
        };
        let pause_ms = luck.random_range(0..longest);
        tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        assert!(
            bot.ended().is_none(),
            "the bot ended by itself:\n{}",
            home.log()
        );
        stage.kill(&mut bot).await;
        run.done += 1;
        let live = live_channels(discord, &CHANNELS);
        let started = Instant::now();
        bot = stage.spawn(home, &[]);
        // Every third kill comes whether or not the bot is ready.
        if luck.random_range(0..3) > 0 {
            discord.wait_until_online().await;
            let ready = Instant::now();
            gone_on(discord, &live, started).await;
            let after = ready.elapsed();
            run.watched += 1;
            run.games_watched += live.len();
            run.slowest = run.slowest.max(after);
            assert!(
                after <= GOES_ON,
                "a game went on only {after:?} after READY"
            );
        }
        if run.done.is_multiple_of(50) {
            println!("{run:?}");
        }
    }
    (bot, run)
}

/// SIGKILL at random instants.
#[ignore = "kills and disturbs the real program for minutes"]
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random() {
    killed(Home::new(), KILLS).await;
}

/// The same on a `PostgreSQL` server, where the next process waits for the dead one's lease.
#[ignore = "kills and disturbs the real program for minutes"]
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_on_a_server() {
    killed(Home::on(postgres::shared()), KILLS_ON_A_SERVER).await;
}

async fn killed(home: Home, kills: u64) {
    let seed = seed();
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let stage = stage(home, seed).await;
    let crowd = Crowd::default();
    let options = json!({ "rounds": 2, "seconds": 5 });
    let kills = number_from("HEAT_CHECK_KILLS", kills);
    let trouble = kill_and_start(&stage, &mut luck, kills);
    let (bot, run) = play(&stage.discord, &crowd, &CHANNELS, seed, &options, trouble).await;
    println!("{run:?}");
    settle(&stage, &crowd, vec![bot]).await;
    for rejection in stage.discord.rejections().await {
        assert_eq!(rejection["code"], 40_060, "{rejection:#}");
    }
}

/// Injects one fault after the other: the gateway breaks, dispatches are repeated and out of order,
/// REST calls are refused, fail, hang and lose their responses.
async fn rough_weather(discord: &Discord, luck: &mut ChaCha8Rng, troubles: u64) {
    for _ in 0..troubles {
        let route = [
            "/callback",
            "POST /api/v10/channels",
            "PATCH /api/v10/channels",
        ];
        let route = route[luck.random_range(0..route.len())];
        let ms = luck.random_range(200..2_000);
        let rest = |fault: &str, ms: u64| json!({ "rest": [{ "fault": fault, "ms": ms, "times": 2, "route": route }] });
        let trouble = match luck.random_range(0..11) {
            0 => json!({ "gateway": "drop" }),
            1 => json!({ "gateway": "reconnect" }),
            2 => json!({ "gateway": "invalid_session" }),
            3 => json!({ "duplicate_dispatches": 5 }),
            4 => json!({ "delay_dispatches": 3, "delay_ms": ms }),
            5 => rest("rate_limited", ms),
            6 => rest("internal_error", 0),
            7 => rest("bad_gateway", 0),
            8 => rest("delay", if ms < 400 { 9_000 } else { ms }),
            9 => rest("drop_before", 0),
            _ => rest("drop_after", 0),
        };
        discord.inject(&trouble).await;
        tokio::time::sleep(Duration::from_millis(luck.random_range(100..900))).await;
    }
    discord.inject(&json!({ "clear": true })).await;
}

/// Dropped sockets, lost sessions, repeated and out-of-order dispatches, refused, slow and lost
/// calls.
#[ignore = "kills and disturbs the real program for minutes"]
#[tokio::test(flavor = "multi_thread")]
async fn a_rough_network_loses_and_repeats_nothing() {
    let seed = seed();
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let stage = stage(Home::new(), seed).await;
    let discord = &stage.discord;
    let crowd = Crowd::default();
    let options = json!({ "rounds": 2, "seconds": 5 });
    let bot = stage.start(&[]).await;
    let troubles = number_from("HEAT_CHECK_TROUBLES", TROUBLES);
    let trouble = rough_weather(discord, &mut luck, troubles);
    play(discord, &crowd, &CHANNELS, seed, &options, trouble).await;
    settle(&stage, &crowd, vec![bot]).await;
}

/// How often members were told that a click did not work.
fn refusals(state: &State) -> usize {
    let told = state.told.values();
    told.filter(|told| told.contains("did not work")).count()
}

/// Waits until that happens once more.
async fn refused_in_words(discord: &Discord, since: usize) {
    let is_told = |state: &State| (refusals(state) > since).then_some(());
    let what = "a plain sentence that it did not work";
    discord.wait_for(what, is_told).await;
}

/// Another program locks the database for longer than the bot waits.
#[ignore = "kills and disturbs the real program for minutes"]
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_loses_nothing() {
    let seed = seed();
    let stage = stage(Home::new(), seed).await;
    let discord = &stage.discord;
    let crowd = Crowd::default();
    let options = json!({ "rounds": 2, "seconds": 10 });
    let bot = stage.start(&[]).await;
    let trouble = async {
        for _ in 0..2 {
            some_game(discord, &CHANNELS).await;
            let before = discord.look(refusals);
            let other = rusqlite::Connection::open(stage.home.database()).unwrap();
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            let promised = crowd.promises(&discord.state());
            refused_in_words(discord, before).await;
            // The response to a commit made before the lock may still have been in flight.
            let meanwhile = crowd.promises(&discord.state());
            other.execute_batch("ROLLBACK").unwrap();
            println!(
                "{} promises before, {} after",
                promised.len(),
                meanwhile.len()
            );
        }
    };
    play(discord, &crowd, &CHANNELS, seed, &options, trouble).await;
    settle(&stage, &crowd, vec![bot]).await;
}

/// Limits the size of files the process may write; none: no limit. False if that is not possible.
fn limit_files(process: u32, bytes: Option<u32>) -> bool {
    let soft = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
    let set = std::process::Command::new("prlimit")
        .args([
            "--pid",
            &process.to_string(),
            &format!("--fsize={soft}:unlimited"),
        ])
        .status();
    set.is_ok_and(|status| status.success())
}

/// The disk is full, and later has space again. A limit on file size stands in for it: it fails the
/// same writes and needs no device.
#[ignore = "kills and disturbs the real program for minutes"]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_loses_nothing() {
    let seed = seed();
    let stage = stage(Home::new(), seed).await;
    let discord = &stage.discord;
    let crowd = Crowd::default();
    let options = json!({ "rounds": 2, "seconds": 10 });
    // Writing past the limit raises a signal that would end the process; a full disk does not.
    let wrapper = ["/bin/sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];
    let sandbox = &stage.sandbox;
    let bot = stage
        .home
        .start(&sandbox.url(), sandbox.token(), &wrapper, &[]);
    discord.wait_for_command("quiz").await;
    if !limit_files(bot.id(), None) {
        println!(
            "SKIPPED a_full_disk_loses_nothing: prlimit is missing or may not set limits here"
        );
        return;
    }
    let trouble = async {
        for _ in 0..2 {
            some_game(discord, &CHANNELS).await;
            let before = discord.look(refusals);
            assert!(limit_files(bot.id(), Some(4_096)));
            refused_in_words(discord, before).await;
            tokio::time::sleep(Duration::from_secs(2)).await;
            assert!(limit_files(bot.id(), None));
        }
    };
    play(discord, &crowd, &CHANNELS, seed, &options, trouble).await;
    settle(&stage, &crowd, vec![bot]).await;
}
