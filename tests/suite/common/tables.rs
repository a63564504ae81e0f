//! Tables of members who play in a sandbox's channels, and the final check.

use std::time::{Duration, Instant};

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::crowd::{Crowd, live_game};
use super::given::number_from;
use super::process::Process;
use super::stage::Stage;
use super::{Discord, Member, State, ledger};

/// How long the last games may take to end.
const LAST_GAMES: Duration = Duration::from_secs(120);

/// The seed of this run, printed so that it can be played again.
pub fn seed() -> u64 {
    let seed = number_from("HEAT_CHECK_SEED", rand::make_rng::<ChaCha8Rng>().random());
    println!("HEAT_CHECK_SEED={seed}");
    seed
}

/// Everyone in the sandbox, at this many tables of equal size; each member sits at one table.
fn seat(discord: &Discord, tables: usize) -> Vec<Vec<Member<'_>>> {
    let people = discord.look(|state| state.users.len());
    let names = ["Gaffer", "Foley", "Grip", "Clapper"].map(str::to_owned);
    let extras = (1..=people - names.len()).map(|n| format!("Extra {n}"));
    let names: Vec<String> = names.into_iter().chain(extras).collect();
    let tables = names.chunks(people / tables).take(tables);
    tables
        .map(|names| names.iter().map(|name| discord.member(name)).collect())
        .collect()
}

/// Plays at every table until the crowd closes and all games are over, while `trouble` happens.
/// Closes the crowd when the trouble is over.
pub async fn play<T>(
    discord: &Discord,
    crowd: &Crowd,
    channels: &[&str],
    seed: u64,
    options: &Value,
    trouble: impl Future<Output = T>,
) -> T {
    let tables = seat(discord, channels.len());
    let games = tables
        .iter()
        .zip(channels)
        .zip(0..)
        .map(|((members, channel), at)| {
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
    assert!(
        left.is_ok(),
        "a game has not ended:\n{}",
        discord.state().dump()
    );
    println!(
        "the last game ended {:.1} s later",
        closed_at.elapsed().as_secs_f64()
    );
    result
}

/// The ids of the channels where a game has asked a question and is not over.
pub fn live_channels(discord: &Discord, channels: &[&str]) -> Vec<String> {
    discord.look(|state| {
        let ids = channels.iter().filter_map(|name| state.channel(name));
        ids.filter(|id| live_game(state, id).is_some()).collect()
    })
}

/// Waits until a game is running in one of the channels.
pub async fn some_game(discord: &Discord, channels: &[&str]) {
    let is_on = |state: &State| {
        let mut games = channels.iter().map(|name| live_game(state, name));
        games.any(|game| game.is_some()).then_some(())
    };
    discord.wait_for("a game", is_on).await;
}

/// Waits until the game in each of these channels (ids) has shown life since then.
pub async fn gone_on(discord: &Discord, channels: &[String], since: Instant) {
    let seen = |state: &State| {
        let touched = channels.iter().map(|id| state.touched.get(id));
        let mut later = touched.map(|at| at.is_some_and(|at| *at > since));
        later.all(|is_later| is_later).then_some(())
    };
    discord.wait_for("every game to go on", seen).await;
}

/// Kills the bots and checks the final conditions: every channel is free, and all records agree.
pub async fn settle(stage: &Stage, crowd: &Crowd, bots: Vec<Process>) {
    let Stage { discord, home, .. } = stage;
    let member = discord.member("Gaffer");
    let all = json!({ "period": "all" });
    let board = member.ask("general", "leaderboard", all).await;
    drop(bots);
    let seen = discord.state();
    let figures = ledger::compare(&seen, &crowd.promises(&seen), home).await;
    let sentences = crowd.sentences(&seen);
    println!("{figures:?}, {} clicks: {sentences:?}", crowd.clicks());
    assert!(
        !sentences.contains_key("This game is over"),
        "a game was lost on the way"
    );
    assert!(figures.promises > 0, "nothing was played");
    let log = home.log();
    assert!(!log.contains("panicked"), "{log}");
    let totals = ledger::totals(home);
    let shown = ledger::shown_points(&board);
    assert!(!shown.is_empty(), "{board:#}");
    for (user, points) in shown {
        assert_eq!(points, totals[&user], "user {user} on {board:#}");
    }
}
