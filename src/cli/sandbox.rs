//! `heat-check sandbox`: the bot and a simulated Discord, to be tried in the browser.

use anyhow::Context;
use heat_check::bot;
use heat_check::sandbox::{self, Sandbox};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

/// The made-up token that the sandbox accepts.
const TOKEN: &str = "sandbox-token";

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The port of the page on 127.0.0.1.
    #[arg(long, default_value_t = 8420)]
    port: u16,
    /// Where games and scores are kept; by default in memory, gone when the sandbox stops.
    #[arg(long, value_name = "URL", default_value = "sqlite::memory:")]
    database: String,
    /// A folder of packs of your own: every *.json in it is loaded, and loaded again when it
    /// changes.
    #[arg(long, value_name = "FOLDER", env = "PACK_DIR")]
    packs: Option<PathBuf>,
    /// How many shards to recommend to the bot; each has at least one server. They connect five
    /// seconds apart, as on Discord.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    shards: u16,
    /// Serve the bot's pages for a monitor here.
    #[arg(long, value_name = "ADDRESS", env = "METRICS_ADDR")]
    metrics: Option<SocketAddr>,
    /// Start the simulated Discord alone, without the bot in it.
    #[arg(long)]
    no_bot: bool,
}

pub fn main(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    super::start_logging()?;
    let database_url = heat_check::config::database_url(Some(arguments.database.clone()))?;
    super::run::runtime()?.block_on(async {
        let stop = super::run::stop_signal()?;
        let sandbox = start(arguments).await?;
        println!("Open {}/ in your browser. Ctrl-C stops it.", sandbox.url());
        if arguments.no_bot {
            println!(
                "For a bot: DISCORD_API_URL={} DISCORD_TOKEN={TOKEN}",
                sandbox.url()
            );
            stop.await;
        } else {
            let options = bot::Options {
                api_url: Some(sandbox.url()),
                pack_dir: arguments.packs.clone(),
                metrics_addr: arguments.metrics,
                ..bot::Options::new(TOKEN, database_url)
            };
            bot::run(options, stop).await?;
        }
        sandbox.stop().await;
        Ok(ExitCode::SUCCESS)
    })
}

async fn start(arguments: &Arguments) -> anyhow::Result<Sandbox> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let options = sandbox::Options {
        shards: arguments.shards,
        ..sandbox::Options::new(address, TOKEN)
    };
    Sandbox::start(options)
        .await
        .context("the sandbox could not be started")
}
