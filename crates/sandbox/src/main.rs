//! `discord-sandbox`: a standalone simulated Discord for bots in any language.

use std::{
    net::{Ipv4Addr, SocketAddr},
    process::ExitCode,
    time::Duration,
};

use clap::Parser;
use discord_sandbox::{CROWD_MAX, Options, Sandbox};

/// How often to retry setting the endpoint while the bot is not up yet.
const TRY_EVERY: Duration = Duration::from_millis(500);

/// A simulated Discord on this computer, and a page to play in.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Arguments {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8420)]
    port: u16,
    /// The bot token to accept. It is not a secret: make one up.
    #[arg(long, default_value = "test")]
    token: String,
    /// The bot's name on the page.
    #[arg(long, default_value = "Your Bot")]
    name: String,
    /// How many simulated members press buttons by themselves; you can change it on the page.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=i64::from(CROWD_MAX)))]
    crowd: u16,
    /// How many shards to recommend; each has at least one server.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    shards: u16,
    /// Discord's `max_concurrency`: how many shards may identify at once.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=64))]
    max_concurrency: u32,
    /// Send interactions to this address, such as `http://127.0.0.1:8421/interactions`, instead of
    /// over the gateway.
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// Enforce no rate limits.
    #[arg(long)]
    no_rate_limits: bool,
    /// Seed for ids, tokens and faults; the same seed gives the same ones.
    #[arg(long, default_value_t = 1995)]
    seed: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .without_time()
        .with_target(false)
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let options = Options {
        bot_name: arguments.name,
        seed: arguments.seed,
        rate_limits: !arguments.no_rate_limits,
        shards: arguments.shards,
        max_concurrency: arguments.max_concurrency,
        ..Options::new(address, arguments.token)
    };
    let sandbox = Sandbox::start(options)
        .await
        .map_err(|error| error.to_string())?;
    sandbox.set_crowd(arguments.crowd)?;
    println!("Page          {}/", sandbox.url());
    println!("REST          {}/api/v10", sandbox.url());
    println!("Token         {}", sandbox.token());
    println!("Application   {}", sandbox.application_id());
    println!("Public key    {}", sandbox.public_key());
    println!("Ctrl-C stops it.");
    tokio::select! {
        () = keep_endpoint(&sandbox, arguments.endpoint) => {}
        stop = tokio::signal::ctrl_c() => {
            stop.map_err(|error| format!("cannot wait for Ctrl-C: {error}"))?;
        }
    }
    sandbox.stop().await;
    Ok(())
}

/// Sets the endpoint, as you would in Discord's portal, retrying until the bot is up.
async fn keep_endpoint(sandbox: &Sandbox, url: Option<String>) {
    if let Some(url) = url {
        let mut previous = String::new();
        while let Err(sentence) = sandbox.set_endpoint(Some(url.clone())).await {
            if previous != sentence {
                println!("{url} cannot be the endpoint yet. {sentence}");
                previous = sentence;
            }
            tokio::time::sleep(TRY_EVERY).await;
        }
        println!("Interactions are sent to {url} now.");
    }
    std::future::pending::<()>().await;
}
