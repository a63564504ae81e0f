//! `heat-check sandbox`: the bot on a simulated Discord, in the browser.

use anyhow::Context;
use discord_sandbox::Sandbox;
use heat_check::bot;
use heat_check::config::{self, Endpoint};
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// The made-up token that the sandbox accepts.
const TOKEN: &str = "sandbox-token";
/// How often to try setting the endpoint, and after how many tries to report a failure.
const TRY_EVERY: Duration = Duration::from_millis(100);
const PATIENCE: u32 = 50;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The port of the page on 127.0.0.1.
    #[arg(long, default_value_t = 8420)]
    port: u16,
    /// The database for games and scores. Default: in memory, lost when the sandbox stops.
    #[arg(long, value_name = "URL", default_value = "sqlite::memory:")]
    database: String,
    /// A folder of your own packs: every *.json in it is loaded, and reloaded when it changes.
    #[arg(long, value_name = "FOLDER", env = "PACK_DIR")]
    packs: Option<PathBuf>,
    /// How many shards to recommend to the bot; each has at least one server. They connect five
    /// seconds apart, as on Discord.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    shards: u16,
    /// Serve the bot's monitoring pages at this address. Default: `METRICS_ADDR`.
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// Send interactions to the bot's HTTP endpoint at this address of this machine, for instance
    /// 127.0.0.1:8421, instead of over the gateway.
    #[arg(long, value_name = "ADDRESS")]
    endpoint: Option<SocketAddr>,
    /// How many simulated members play along; you can change it on the page.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=i64::from(discord_sandbox::CROWD_MAX)))]
    crowd: u16,
    /// Start only the simulated Discord, without the bot.
    #[arg(long)]
    no_bot: bool,
}

pub fn main(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    super::logging::start()?;
    let database_url = config::database_url("--database", Some(arguments.database.clone()))?;
    // Read here, not by clap, which would blame the option for the variable.
    let metrics_addr = match arguments.metrics {
        Some(address) => Some(address),
        None => config::metrics_addr(std::env::var("METRICS_ADDR").ok())?,
    };
    super::run::until_done(async {
        let stop = super::run::stop_signal()?;
        let sandbox = start(arguments).await?;
        println!("Open {}/ in your browser. Ctrl-C stops it.", sandbox.url());
        tokio::select! {
            ended = play(arguments, &sandbox, (database_url, metrics_addr), stop) => ended?,
            never = keep_endpoint(arguments, &sandbox) => match never {},
        }
        sandbox.stop().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Runs the bot in the sandbox, or prints how to connect one, until `stop`.
async fn play(
    arguments: &Arguments,
    sandbox: &Sandbox,
    (database_url, metrics_addr): (String, Option<SocketAddr>),
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let (url, key) = (sandbox.url(), sandbox.public_key());
    if arguments.no_bot {
        println!("For a bot: DISCORD_API_URL={url} DISCORD_TOKEN={TOKEN}");
        if let Some(address) = arguments.endpoint {
            println!("           INTERACTIONS_ADDR={address} DISCORD_PUBLIC_KEY={key}");
        }
        stop.await;
        return Ok(());
    }
    let endpoint = arguments
        .endpoint
        .map(|address| Endpoint::new(address, &key));
    let options = bot::Options {
        api_url: Some(url),
        pack_dir: arguments.packs.clone(),
        metrics_addr,
        endpoint: endpoint.transpose()?,
        ..bot::Options::new(TOKEN, database_url)
    };
    Ok(bot::run(options, stop).await?)
}

/// Sets the endpoint, as you would in Discord's portal, retrying until the bot is up.
async fn keep_endpoint(arguments: &Arguments, sandbox: &Sandbox) -> Infallible {
    if let Some(address) = arguments.endpoint {
        let url = format!("http://{address}/interactions");
        let mut tried = 0;
        while let Err(sentence) = sandbox.set_endpoint(Some(url.clone())).await {
            tried += 1;
            if tried == PATIENCE {
                println!("{url} cannot be the endpoint yet. {sentence}");
            }
            tokio::time::sleep(TRY_EVERY).await;
        }
        println!("Interactions are sent to {url} now.");
    }
    std::future::pending().await
}

async fn start(arguments: &Arguments) -> anyhow::Result<Sandbox> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let options = discord_sandbox::Options {
        shards: arguments.shards,
        bot_name: "Heat Check".to_owned(),
        coach: Some(super::coach::coach()),
        ..discord_sandbox::Options::new(address, TOKEN)
    };
    let sandbox = Sandbox::start(options)
        .await
        .context("the sandbox could not be started")?;
    sandbox
        .set_crowd(arguments.crowd)
        .map_err(anyhow::Error::msg)?;
    Ok(sandbox)
}
