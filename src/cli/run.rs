//! `heat-check run`: the bot on Discord.

use anyhow::Context;
use heat_check::bot::{self, Options};
use heat_check::config::{Config, VARIABLES};
use std::num::NonZero;
use std::process::ExitCode;

pub fn main() -> anyhow::Result<ExitCode> {
    super::logging::start()?;
    let config = match Config::read(|name| std::env::var(name).ok()) {
        Ok(config) => config,
        Err(faults) => {
            for fault in faults {
                eprintln!("heat-check: {fault}");
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let options = Options {
        api_url: config.api_url,
        guild: config.guild,
        shards: config.shards,
        pack_dir: config.pack_dir,
        metrics_addr: config.metrics_addr,
        endpoint: config.endpoint,
        results: config.results,
        ..Options::new(config.token.expose(), config.database_url)
    };
    until_done(async {
        Box::pin(bot::run(options, stop_signal()?)).await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Runs a command to its end on the bot's runtime.
///
/// It does not wait for work that is still running on another thread, such as loading the packs of a
/// bot that refused to start: nothing needs its result, and the database is closed by then.
pub fn until_done<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = runtime()?;
    let outcome = runtime.block_on(work);
    runtime.shutdown_background();
    outcome
}

/// The environment variables, for `--help`.
pub fn variables() -> String {
    let lines = VARIABLES.map(|(name, about)| format!("  {name:<24} {about}\n"));
    format!(
        "Environment variables (.env.example explains each):\n{}",
        lines.concat()
    )
}

/// The bot's runtime.
///
/// Leaves one core, if there are several, to the store's thread: every answer goes there and back,
/// and on two cores two workers would spend their time waking each other. Slow work has its own
/// threads.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads((processors - 1).max(1))
        .enable_all()
        .build()
        .context("the async runtime could not be started")
}

/// Resolves at the first SIGINT or SIGTERM; the second ends the process at once.
pub fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).context("signals cannot be received")?;
    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be received")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("shutdown.begins");
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            std::process::exit(130);
        });
    })
}
