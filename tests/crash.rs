//! Exactly once, whatever happens: the real program is killed at random instants, or its network,
//! gateway and disk fail, while tables of members go on playing. At the end what members were
//! promised, what the channels show and what the database holds must be the same.
//!
//! The seed is printed. `HEAT_CHECK_SEED` sets it, `HEAT_CHECK_KILLS` the number of kills. A
//! thousand kills, about an hour:
//!
//! ```sh
//! HEAT_CHECK_KILLS=1000 cargo test --test crash killed_at_random -- --exact --nocapture
//! ```
//!
//! `killed_at_random_on_a_server` does it on `PostgreSQL`, about ten seconds a kill.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod common;

use common::crowd::{Crowd, live_game};
use common::process::{Home, Process};
use common::tables::{TOKEN, live_channels, number_from, play, seed, settle};
use common::{Discord, State, postgres};
use heat_check::sandbox::{Options, Sandbox};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

/// Kills of a run where none are asked for.
const KILLS: u32 = 8;
/// The same where each start takes some seconds.
const KILLS_ON_A_SERVER: u32 = 3;
/// Troubles of a rough evening where no number is asked for.
const TROUBLES: u64 = 25;
/// Where they play: a server's channels, another server's, and one that the bot reaches by
/// token only is left out, because follow-ups know no nonce.
const CHANNELS: [&str; 5] = ["trivia", "general", "stage-1", "stage-2", "quiz"];
/// How soon after READY every game must go on.
const GOES_ON: Duration = Duration::from_secs(2);

async fn sandbox(seed: u64) -> Sandbox {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let options = Options {
        seed,
        // A bot that is started again at once would have to wait.
        identify_interval: Duration::ZERO,
        extra_members: 16,
        extra_channels: 2,
        ..Options::new(address, TOKEN)
    };
    Sandbox::start(options).await.unwrap()
}

/// Waits until something was seen of each of these games since the process was started; how long
/// after READY the last one was.
async fn gone_on(discord: &Discord, channels: &[String], started: Instant) -> Duration {
    let ready = discord.wait_for("READY", |s| (s.bot["online"] == true).then(Instant::now));
    let ready = ready.await;
    let seen = discord.wait_for("every game to go on", |state| {
        let touched = channels.iter().map(|c| state.touched.get(c).copied());
        touched
            .map(|at| at.filter(|at| *at > started))
            .collect::<Option<Vec<_>>>()
    });
    seen.await;
    ready.elapsed()
}

/// What a run of kills measured.
#[derive(Debug, Default)]
struct Kills {
    done: u32,
    /// Kills after which it was seen how soon every game went on.
    watched: u32,
    games_watched: usize,
    slowest: Duration,
}

async fn kill_and_start(
    home: &Home,
    sandbox: &Sandbox,
    discord: &Discord,
    luck: &mut ChaCha8Rng,
    kills: u32,
) -> (Process, Kills) {
    let mut bot = home.start(&sandbox.url(), TOKEN, &[]);
    discord.wait_for_command("quiz").await;
    let mut run = Kills::default();
    while run.done < kills {
        // Thick kills leave no question the time to close: the open one begins anew each time. So
        // every third waits longer, and rounds are revealed and games end in between.
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
        bot.kill();
        run.done += 1;
        discord
            .wait_for("the bot to be gone", |s| {
                (s.bot["online"] == false).then_some(())
            })
            .await;
        let live = live_channels(discord, &CHANNELS);
        let started = Instant::now();
        bot = home.start(&sandbox.url(), TOKEN, &[]);
        // Every third kill comes whether the bot is ready or not.
        if luck.random_range(0..3) > 0 {
            let after = gone_on(discord, &live, started).await;
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
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random() {
    killed(&Home::new(), KILLS).await;
}

/// The same with the state on a `PostgreSQL` server, where whoever comes next waits for the lease
/// of the dead.
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_on_a_server() {
    if let Some(server) = postgres::shared() {
        killed(&Home::on(server), KILLS_ON_A_SERVER).await;
    }
}

async fn killed(home: &Home, kills: u32) {
    let seed = seed();
    let kills = number_from("HEAT_CHECK_KILLS", kills.into());
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let sandbox = sandbox(seed).await;
    let mut discord = Discord::connect(&sandbox.url()).await;
    // An answer whose acknowledgement was lost may be sent again, and refused as sent twice.
    discord.allow_rejections();
    let crowd = Crowd::default();
    let options = json!({ "rounds": 2, "seconds": 5 });
    let trouble = kill_and_start(
        home,
        &sandbox,
        &discord,
        &mut luck,
        kills.try_into().unwrap(),
    );
    let (bot, run) = play(&discord, &crowd, &CHANNELS, seed, &options, trouble).await;
    println!("{run:?}");
    settle(home, &discord, &crowd, vec![bot]).await;
    for rejection in discord.rejections().await {
        assert_eq!(rejection["code"], 40_060, "{rejection:#}");
    }
}

/// Injects one trouble after the other: the gateway breaks, dispatches come twice and out of
/// order, REST calls are refused, fail, hang and lose their answers.
async fn rough_weather(discord: &Discord, luck: &mut ChaCha8Rng, troubles: u32) {
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

/// Dropped sockets, lost sessions, dispatches twice and out of order, refused, slow and lost calls.
#[tokio::test(flavor = "multi_thread")]
async fn rough_network() {
    let seed = seed();
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let sandbox = sandbox(seed).await;
    let mut discord = Discord::connect(&sandbox.url()).await;
    discord.allow_rejections();
    let home = Home::new();
    let crowd = Crowd::default();
    let options = json!({ "rounds": 2, "seconds": 5 });
    let bot = home.start(&sandbox.url(), TOKEN, &[]);
    discord.wait_for_command("quiz").await;
    let troubles = number_from("HEAT_CHECK_TROUBLES", TROUBLES);
    let trouble = rough_weather(&discord, &mut luck, troubles.try_into().unwrap());
    play(&discord, &crowd, &CHANNELS, seed, &options, trouble).await;
    settle(&home, &discord, &crowd, vec![bot]).await;
}

/// Waits until somebody was told that a click did not work, and nobody that it did meanwhile.
async fn refused_in_words(discord: &Discord, since: usize) {
    discord
        .wait_for("a plain sentence that it did not work", |state| {
            let told = state
                .told
                .values()
                .filter(|told| told.contains("did not work"));
            (told.count() > since).then_some(())
        })
        .await;
}

fn refusals(discord: &Discord) -> usize {
    discord.look(|s| {
        s.told
            .values()
            .filter(|told| told.contains("did not work"))
            .count()
    })
}

/// Another program holds the database locked for longer than the bot waits for it.
#[tokio::test(flavor = "multi_thread")]
async fn locked_database() {
    let seed = seed();
    let sandbox = sandbox(seed).await;
    let mut discord = Discord::connect(&sandbox.url()).await;
    discord.allow_rejections();
    let home = Home::new();
    let crowd = Crowd::default();
    let options = json!({ "rounds": 2, "seconds": 10 });
    let bot = home.start(&sandbox.url(), TOKEN, &[]);
    discord.wait_for_command("quiz").await;
    let trouble = async {
        for _ in 0..2 {
            let live = |s: &State| {
                CHANNELS
                    .iter()
                    .any(|c| live_game(s, c).is_some())
                    .then_some(())
            };
            discord.wait_for("a question", live).await;
            let before = refusals(&discord);
            let other = rusqlite::Connection::open(home.database()).unwrap();
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            let promised = crowd.promises(&discord.state());
            refused_in_words(&discord, before).await;
            // What was committed before the lock may still have been on its way to be told.
            let meanwhile = crowd.promises(&discord.state());
            other.execute_batch("ROLLBACK").unwrap();
            println!(
                "{} promises before, {} after",
                promised.len(),
                meanwhile.len()
            );
        }
    };
    play(&discord, &crowd, &CHANNELS, seed, &options, trouble).await;
    settle(&home, &discord, &crowd, vec![bot]).await;
}

/// Sets how large a file the process may write; none: any. False where that cannot be done.
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

/// The disk takes no more, and later does again. Stands for a full disk: a limit on file size
/// fails the same writes, and needs no device of its own.
#[tokio::test(flavor = "multi_thread")]
async fn full_disk() {
    let seed = seed();
    let sandbox = sandbox(seed).await;
    let mut discord = Discord::connect(&sandbox.url()).await;
    discord.allow_rejections();
    let home = Home::new();
    let crowd = Crowd::default();
    let options = json!({ "rounds": 2, "seconds": 10 });
    // Writing past the limit raises a signal that would end the process; a full disk does not.
    let wrapper = ["/bin/sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];
    let bot = home.start(&sandbox.url(), TOKEN, &wrapper);
    discord.wait_for_command("quiz").await;
    if !limit_files(bot.id(), None) {
        println!("SKIPPED full_disk: prlimit is missing or may not set limits here");
        return;
    }
    let trouble = async {
        for _ in 0..2 {
            let live = |s: &State| {
                CHANNELS
                    .iter()
                    .any(|c| live_game(s, c).is_some())
                    .then_some(())
            };
            discord.wait_for("a question", live).await;
            let before = refusals(&discord);
            assert!(limit_files(bot.id(), Some(4_096)));
            refused_in_words(&discord, before).await;
            tokio::time::sleep(Duration::from_secs(2)).await;
            assert!(limit_files(bot.id(), None));
        }
    };
    play(&discord, &crowd, &CHANNELS, seed, &options, trouble).await;
    settle(&home, &discord, &crowd, vec![bot]).await;
}
