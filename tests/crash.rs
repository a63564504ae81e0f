//! Exactly once, whatever happens: the real program is killed at random instants, or its network,
//! gateway and disk fail, while tables of members go on playing. At the end what members were
//! promised, what the channels show and what the database holds must be the same.
//!
//! The seed is printed. `HEAT_CHECK_SEED` sets it, `HEAT_CHECK_KILLS` the number of kills. A
//! thousand kills, about three quarters of an hour:
//!
//! ```sh
//! HEAT_CHECK_KILLS=1000 cargo test --test crash killed_at_random -- --nocapture
//! ```

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod common;

use common::crowd::{Crowd, live_game};
use common::process::{Home, Process};
use common::{Discord, Member, ledger};
use heat_check::sandbox::{Options, Sandbox};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

/// Kills of a run where none are asked for.
const KILLS: u32 = 8;
/// Where they play: a server's channels, another server's, and one that the bot reaches by
/// token only is left out, because follow-ups know no nonce.
const CHANNELS: [&str; 5] = ["trivia", "general", "stage-1", "stage-2", "quiz"];
/// Members of each table.
const SEATS: usize = 4;
/// How soon after READY every game must go on.
const GOES_ON: Duration = Duration::from_secs(2);
/// How long the last games may take to end.
const LAST_GAMES: Duration = Duration::from_secs(120);

const TOKEN: &str = "the-bot-token";

fn number_from(name: &str, otherwise: u64) -> u64 {
    match std::env::var(name) {
        Ok(value) => value
            .parse()
            .unwrap_or_else(|_| panic!("{name} is {value:?}; expected a number")),
        Err(_) => otherwise,
    }
}

/// The seed of this run, printed so that it can be played again.
fn seed() -> u64 {
    let seed = number_from("HEAT_CHECK_SEED", rand::make_rng::<ChaCha8Rng>().random());
    println!("HEAT_CHECK_SEED={seed}");
    seed
}

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

/// Four members for the table of this number; every member sits at one table only.
fn seats(discord: &Discord, table: usize) -> Vec<Member<'_>> {
    let names = ["Gaffer", "Foley", "Grip", "Clapper"].map(str::to_owned);
    let names: Vec<String> = names
        .into_iter()
        .chain((1..=16).map(|n| format!("Extra {n}")))
        .collect();
    let seats = names.into_iter().skip(table * SEATS).take(SEATS);
    seats.map(|name| discord.member(&name)).collect()
}

/// Plays at every table until the crowd closes and all games are over, while `trouble` happens.
/// Closes the crowd when the trouble is over.
async fn play<T>(
    discord: &Discord,
    crowd: &Crowd,
    seed: u64,
    options: &Value,
    trouble: impl Future<Output = T>,
) -> T {
    let tables: Vec<_> = (0..CHANNELS.len()).map(|at| seats(discord, at)).collect();
    let games = tables.iter().zip(CHANNELS).zip(0..).map(|((members, channel), at)| {
        crowd.play(discord, channel, members, seed ^ at, options.clone())
    });
    let games = futures_util::future::join_all(games);
    let over = async {
        let result = trouble.await;
        crowd.close();
        (result, Instant::now())
    };
    tokio::pin!(games);
    tokio::pin!(over);
    let (result, closed_at) = tokio::select! {
        result = &mut over => result,
        _ = &mut games => unreachable!("tables play until the crowd closes"),
    };
    let left = tokio::time::timeout(LAST_GAMES, games).await;
    assert!(left.is_ok(), "a game has not ended:\n{}", discord.state().dump());
    println!("the last game ended {:.1} s later", closed_at.elapsed().as_secs_f64());
    result
}

/// The ids of the channels where a game has asked a question and is not over.
fn live_channels(discord: &Discord) -> Vec<String> {
    discord.look(|state| {
        let ids = CHANNELS.iter().filter_map(|name| state.channel(name));
        ids.filter(|id| live_game(state, id).is_some()).collect()
    })
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
    kills: u32,
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
    while run.kills < kills {
        let pause_ms = luck.random_range(0..3_000);
        tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        assert!(bot.ended().is_none(), "the bot ended by itself:\n{}", home.log());
        bot.kill();
        run.kills += 1;
        discord
            .wait_for("the bot to be gone", |s| (s.bot["online"] == false).then_some(()))
            .await;
        let live = live_channels(discord);
        let started = Instant::now();
        bot = home.start(&sandbox.url(), TOKEN, &[]);
        // Every third kill comes whether the bot is ready or not.
        if luck.random_range(0..3) > 0 {
            let after = gone_on(discord, &live, started).await;
            run.watched += 1;
            run.games_watched += live.len();
            run.slowest = run.slowest.max(after);
            assert!(after <= GOES_ON, "a game went on only {after:?} after READY");
        }
        if run.kills.is_multiple_of(50) {
            println!("{run:?}");
        }
    }
    (bot, run)
}

/// What must be true after everything: each channel is free, and everything compares.
async fn settle(home: &Home, discord: &Discord, crowd: &Crowd, mut bot: Process) {
    let member = discord.member("Gaffer");
    let asked = member.slash("general", "leaderboard", json!({ "period": "all" })).await;
    discord.wait_for_answer(&asked).await;
    let answers_it = |m: &Value| m["interaction_metadata"]["id"] == asked.as_str();
    let board = discord.wait_for_message("general", "the board", answers_it).await;
    bot.kill();
    let state = discord.state();
    let figures = ledger::compare(&state, &crowd.promises(&state), &home.database()).await;
    println!("{figures:?}, {} clicks: {:?}", crowd.clicks(), crowd.sentences(&state));
    assert!(figures.promises > 0, "nothing was played");
    let log = home.log();
    assert!(!log.contains("panicked"), "{log}");
    let totals = ledger::totals(&home.database());
    let shown = ledger::shown_points(&board);
    assert!(!shown.is_empty(), "{board:#}");
    for (user, points) in shown {
        assert_eq!(points, totals[&user], "user {user} on {board:#}");
    }
}

/// SIGKILL at random instants.
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random() {
    let seed = seed();
    let kills = number_from("HEAT_CHECK_KILLS", KILLS.into());
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let sandbox = sandbox(seed).await;
    let mut discord = Discord::connect(&sandbox.url()).await;
    // An answer whose acknowledgement was lost may be sent again, and refused as sent twice.
    discord.allow_rejections();
    let home = Home::new();
    let crowd = Crowd::default();
    let options = json!({ "rounds": 2, "seconds": 5 });
    let trouble = kill_and_start(&home, &sandbox, &discord, &mut luck, kills.try_into().unwrap());
    let (bot, run) = play(&discord, &crowd, seed, &options, trouble).await;
    println!("{run:?}");
    settle(&home, &discord, &crowd, bot).await;
    for rejection in discord.rejections().await {
        assert_eq!(rejection["code"], 40_060, "{rejection:#}");
    }
}
