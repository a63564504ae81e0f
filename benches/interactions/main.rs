//! The cost of an interaction, from Discord's dispatch to the acknowledgement, compared with a bot
//! that only answers with a constant: `cargo bench --bench interactions`.
//!
//! Both bots are separate processes with the same gateway client and the same REST client, on the
//! sandbox in this process. Members act at fixed times, whether or not answers keep up. An answer's
//! time counts from when its member was due to act, so a bot that falls behind cannot hide it. A
//! second measurement keeps a fixed number of interactions in flight and counts the throughput; the
//! sandbox then takes the same share of the machine from both bots.
//!
//! `ONLY=answers,start` measures only those parts: `answers` (each stored before it is
//! acknowledged), `endpoint` (the same answers over the HTTP endpoint), `commands`, `start`,
//! `games`. `RATE` sets the fixed rate (1,000 a second), `RUNS` how often each bot is measured (3):
//! on a shared machine the best run shows what the work itself costs.

mod bot;
mod constant;
mod games;
mod load;

use bot::{Bot, Kind};
use discord_sandbox::{Options, Sandbox};
use load::{Figures, StaffAction, Stage};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const TOKEN: &str = "bench-token";
/// Games that members answer in, each with one question open all the time.
const TABLES: u16 = 100;
/// Members who answer, each once per table.
const MEMBERS: u16 = 300;
/// How long members act at the fixed rate.
const FIXED: Duration = Duration::from_secs(10);
/// Interactions in flight when the bot is saturated, and how many in all.
const IN_FLIGHT: usize = 128;
const SATURATING: usize = 15_000;
/// How often each bot is started.
const STARTS: usize = 20;

fn main() -> Outcome<()> {
    match std::env::var("BENCH_ROLE").as_deref() {
        Ok("constant") => return constant::main(),
        Ok("games") => return games::main(),
        _ => {}
    }
    let only = std::env::var("ONLY").unwrap_or_default();
    let wanted = |part: &str| only.is_empty() || only.split(',').any(|wanted| wanted == part);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime
        .block_on(async {
            if wanted("answers") {
                compare("answers, each stored", &StaffAction::Answer, PAIR).await?;
            }
            if wanted("endpoint") {
                let pair = [Kind::HeatCheck, Kind::Endpoint];
                compare(
                    "answers, each stored, over HTTP",
                    &StaffAction::Answer,
                    pair,
                )
                .await?;
            }
            if wanted("commands") {
                compare("/help", &StaffAction::Command("help", None), PAIR).await?;
                compare(
                    "/cast Vincent Hanna",
                    &StaffAction::Command("cast", Some(("name", "Vincent Hanna"))),
                    PAIR,
                )
                .await?;
                compare(
                    "/leaderboard",
                    &StaffAction::Command("leaderboard", None),
                    PAIR,
                )
                .await?;
            }
            if wanted("start") {
                start().await?;
            }
            Ok(())
        })
        .and_then(|()| {
            if wanted("games") {
                games::measure()
            } else {
                Ok(())
            }
        })
}

async fn sandbox() -> Outcome<Sandbox> {
    let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Ok(Sandbox::start(Options {
        extra_members: MEMBERS,
        extra_channels: TABLES,
        identify_interval: Duration::ZERO,
        ..Options::new(any_port, TOKEN)
    })
    .await?)
}

/// What nearly everything compares.
const PAIR: [Kind; 2] = [Kind::Constant, Kind::HeatCheck];

/// Compares both bots on one kind of interaction, in turns.
async fn compare(what: &str, act: &StaffAction, [one, other]: [Kind; 2]) -> Outcome<()> {
    let rate: u32 = std::env::var("RATE").map_or(Ok(1_000), |rate| rate.parse())?;
    let runs: usize = std::env::var("RUNS").map_or(Ok(3), |runs| runs.parse())?;
    println!("{what}");
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        ones.push(measure(one, act, rate).await?);
        others.push(measure(other, act, rate).await?);
    }
    let ones = report(one, &ones, rate);
    let others = report(other, &others, rate);
    println!(
        "  {other} / {one}: p99 {:.2}, throughput {:.2}, CPU {:.2}, saturated {:.2}",
        others.p99_ms / ones.p99_ms,
        others.throughput / ones.throughput,
        others.cpu_s / ones.cpu_s,
        others.saturated_cpu_s / ones.saturated_cpu_s
    );
    Ok(())
}

/// Prints the least processor time of the reveals, if the bot has any.
fn reveals(kind: Kind, runs: &[Run]) {
    if let Some(least) = runs.iter().filter_map(|run| run.reveals).reduce(f64::min) {
        println!("  {kind:<11} revealing them: CPU {least:.2} s per 10,000");
    }
}

/// The best figures of several runs.
struct Best {
    p99_ms: f64,
    throughput: f64,
    cpu_s: f64,
    saturated_cpu_s: f64,
}

/// The figures of one run.
struct Run {
    fixed: Figures,
    saturated: Figures,
    /// Processor time of revealing 10,000 answers, in seconds.
    reveals: Option<f64>,
}

async fn measure(kind: Kind, act: &StaffAction, rate: u32) -> Outcome<Run> {
    let sandbox = sandbox().await?;
    let bot = Bot::start(kind, &sandbox).await?;
    let mut stage = Stage::new(&sandbox).await?;
    if matches!(act, StaffAction::Answer) {
        stage.open_tables().await?;
    }
    // Caches, connections and allocators warm up before anything counts.
    stage.at_rate(&bot, act, rate, rate as usize).await?;
    let count = rate as usize * usize::try_from(FIXED.as_secs())?;
    let fixed = stage.at_rate(&bot, act, rate, count).await?;
    let saturated = stage.saturated(&bot, act, IN_FLIGHT, SATURATING).await?;
    let reveals = match act {
        StaffAction::Answer if kind != Kind::Constant => Some(stage.close_tables(&bot).await?),
        _ => None,
    };
    let refused = sandbox.rejections().into_iter();
    let refused: Vec<_> = refused.filter(|refused| refused["status"] != 429).collect();
    if let Some(first) = refused.first() {
        return Err(format!("{} refused, such as {first}", refused.len()).into());
    }
    drop(bot);
    sandbox.stop().await;
    Ok(Run {
        fixed,
        saturated,
        reveals,
    })
}

fn report(kind: Kind, runs: &[Run], rate: u32) -> Best {
    let least = |of: fn(&Run) -> f64| runs.iter().map(of).fold(f64::INFINITY, f64::min);
    let best = Best {
        p99_ms: least(|run| run.fixed.p99_ms),
        throughput: -least(|run| -run.saturated.per_second),
        cpu_s: least(|run| run.fixed.cpu_s_per_10_000),
        saturated_cpu_s: least(|run| run.saturated.cpu_s_per_10_000),
    };
    println!(
        "  {kind:<11} at {rate}/s: p50 {:.2} ms, p99 {:.2} ms, CPU {:.2} s per 10,000",
        least(|run| run.fixed.p50_ms),
        best.p99_ms,
        best.cpu_s
    );
    let cpu = best.saturated_cpu_s;
    println!(
        "  {kind:<11} saturated: {:.0}/s, CPU {cpu:.2} s per 10,000: {:.0}/s per core",
        best.throughput,
        10_000.0 / cpu
    );
    reveals(kind, runs);
    best
}

/// The time from the start of the process to READY, with an existing database, and the resident
/// memory a while later.
async fn start() -> Outcome<()> {
    println!("start to READY, {STARTS} times each");
    for kind in [Kind::Constant, Kind::HeatCheck] {
        let sandbox = sandbox().await?;
        let home = bot::Home::new()?;
        let mut times = Vec::new();
        let mut rest = None;
        for _ in 0..=STARTS {
            let (time, bot) = bot::time_to_ready(kind, &home, &sandbox).await?;
            if times.is_empty() && kind == Kind::HeatCheck {
                home.packs_compiled().await?;
            }
            times.push(time);
            tokio::time::sleep(Duration::from_millis(300)).await;
            if times.len() > STARTS {
                tokio::time::sleep(Duration::from_secs(3)).await;
                rest = bot.memory();
            }
            bot.stop().await?;
        }
        // The first start created the database and compiled the packs.
        let mut times = times.split_off(1);
        times.sort_unstable();
        println!(
            "  {kind:<11} least {:.1?}, median {:.1?}, most {:.1?}",
            times[0],
            times[times.len() / 2],
            times[times.len() - 1]
        );
        if let Some(memory) = rest {
            println!("  {kind:<11} at rest: {memory}");
        }
        sandbox.stop().await;
    }
    Ok(())
}
