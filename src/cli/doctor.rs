//! `heat-check doctor` and `heat-check healthcheck`.

use anyhow::{Context, bail};
use heat_check::config::{self, PartialConfig};
use heat_check::doctor::{self, Level};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

/// How long the running bot may take to answer.
const ANSWER_MAX: Duration = Duration::from_secs(5);

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Also compare the leaderboards with the ledger of answers, which takes a while.
    #[arg(long)]
    standings: bool,
}

pub fn main(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let found = PartialConfig::read(|name| std::env::var(name).ok());
    let examining = doctor::examine(&found, arguments.standings);
    let findings = super::run::runtime()?.block_on(examining);
    for finding in &findings {
        println!("{finding}");
    }
    let is_ill = findings.iter().any(|found| found.level == Level::Fault);
    Ok(if is_ill {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Requests `/healthz` from the bot running with the same environment.
pub fn healthcheck() -> anyhow::Result<ExitCode> {
    let Some(address) = config::metrics_addr(std::env::var("METRICS_ADDR").ok())? else {
        bail!(
            "METRICS_ADDR is not set, so there is no page to ask; set it for the bot and for this command"
        );
    };
    let url = format!("http://{}/healthz", reachable(address));
    let asking = async {
        let client = reqwest::Client::builder()
            .no_proxy()
            .timeout(ANSWER_MAX)
            .build()?;
        let answer = client.get(&url).send().await?;
        Ok::<_, reqwest::Error>((answer.status().is_success(), answer.text().await?))
    };
    let asked = super::run::runtime()?.block_on(asking);
    let (is_well, says) = asked.with_context(|| format!("{url} does not answer"))?;
    print!("{says}");
    Ok(if is_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The address at which to reach a listener on all addresses.
fn reachable(listening: SocketAddr) -> SocketAddr {
    let ip = match listening.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listening.port())
}
