//! `heat-check doctor`: checks a setup before the bot is started, and says what is wrong and how to
//! fix it.
//!
//! It changes nothing and may run while the bot runs. It prints no secret.

use crate::bot;
use crate::clock::{SKEW_MAX_MS, host_ms};
use crate::config::address::is_public;
use crate::config::{PartialConfig, ResultsWebhook};
use crate::discord::{self, Checkup, CheckupError, RestError};
use heat_core::shard::ShardRange;
use heat_store::{Audit, BackupError, Disk, Examined, OpenError, Store};
use std::fmt;
use std::net::{SocketAddr, TcpListener};

/// With fewer sessions left than this, a day of restarts may run out.
const SESSIONS_FEW: u32 = 20;
/// The most servers listed by name.
const GUILDS_NAMED: usize = 5;

/// How well a part works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing to do.
    Ok,
    /// It could not be looked at, or was not asked for.
    LeftOut,
    /// It works, but not as well as it could.
    Warning,
    /// It does not work.
    Fault,
}

/// The finding about one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its state.
    pub level: Level,
    /// Which part.
    pub part: &'static str,
    /// What was found, and how to fix it.
    pub says: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Ok => "ok",
            Level::LeftOut => "left out",
            Level::Warning => "warning",
            Level::Fault => "fault",
        };
        write!(f, "{level:<8} {:<12} {}", self.part, self.says)
    }
}

fn finding(level: Level, part: &'static str, says: impl Into<String>) -> Finding {
    Finding {
        level,
        part,
        says: says.into(),
    }
}

/// With less free space than this, the disk may be full within days.
const FREE_FEW: u64 = 256 << 20;
/// With less free space than this, the bot will soon refuse to store anything.
const FREE_NONE: u64 = 16 << 20;
const MIB: u64 = 1 << 20;

/// Checks every part for which the environment has enough information. With `standings` it also
/// compares the leaderboards with the ledger; if the database is a file, no bot may be using it
/// then.
pub async fn examine(found: &PartialConfig, standings: bool) -> Vec<Finding> {
    let mut findings = about_variables(found);
    if let (Some(token), Some(api_url)) = (&found.token, &found.api_url) {
        let api_url = api_url.as_deref();
        let checkup = discord::checkup(token.expose(), api_url, host_ms).await;
        let serves = found.endpoint.is_some();
        findings.extend(about_discord(checkup, api_url, found.shards, serves));
    } else {
        findings.extend(about_discord_without_token(found.api_url.as_ref()).await);
    }
    if let Some(url) = &found.database_url {
        findings.extend(about_database(heat_store::examine(url).await));
        findings.push(if standings {
            about_standings(audit(url).await)
        } else {
            let says =
                "pass --standings to check them; if the database is a file, stop the bot first";
            finding(Level::LeftOut, "Leaderboards", says)
        });
    } else {
        let says = "DATABASE_URL is wrong, see above; left out with it: disk and leaderboards";
        findings.push(finding(Level::LeftOut, "Database", says));
    }
    let checked = bot::check_packs(found.pack_dir.as_deref(), found.database_url.as_deref());
    findings.push(match checked {
        Ok((packs, questions)) => finding(
            Level::Ok,
            "Packs",
            format!("{packs} packs with {questions} questions"),
        ),
        Err(faults) => finding(Level::Fault, "Packs", faults.to_string()),
    });
    if let Some(webhook) = &found.results {
        findings.push(about_webhook(webhook).await);
    }
    if let Some(address) = found.metrics_addr {
        findings.push(about_address("METRICS_ADDR", address));
    }
    if let Some(endpoint) = found.endpoint {
        findings.push(about_address("INTERACTIONS_ADDR", endpoint.address));
    }
    findings
}

fn about_variables(found: &PartialConfig) -> Vec<Finding> {
    if found.faults.is_empty() {
        return vec![finding(Level::Ok, "Variables", "none is wrong")];
    }
    let faults = found.faults.iter();
    faults
        .map(|fault| finding(Level::Fault, "Variables", fault.to_string()))
        .collect()
}

/// What Discord says without a token: that it can be reached, and the time.
async fn about_discord_without_token(api_url: Option<&Option<String>>) -> Vec<Finding> {
    let left_out = "needs DISCORD_TOKEN: whether the token is right, intents, where interactions go, sessions, servers and their permissions";
    let left_out = finding(Level::LeftOut, "Token", left_out);
    let Some(api_url) = api_url else {
        let says = "DISCORD_API_URL is wrong, see above; the clock is left out with it";
        return vec![finding(Level::LeftOut, "Discord", says), left_out];
    };
    let api_url = api_url.as_deref();
    let place = api_url.unwrap_or("Discord");
    match discord::clock_ahead_ms(api_url, host_ms).await {
        Ok(ahead_ms) => vec![
            finding(Level::Ok, "Discord", format!("{place} answers")),
            left_out,
            about_clock(ahead_ms),
        ],
        Err(error) => vec![unreachable(api_url, &error), left_out],
    }
}

fn unreachable(api_url: Option<&str>, error: &RestError) -> Finding {
    let (place, hint) = match api_url {
        Some(url) => (url, " and DISCORD_API_URL"),
        None => ("Discord", ""),
    };
    let says = format!(
        "{place} does not respond: {error}; check the network{hint}; the clock is left out with it"
    );
    finding(Level::Fault, "Discord", says)
}

fn about_discord(
    found: Result<Checkup, CheckupError>,
    api_url: Option<&str>,
    shards: Option<ShardRange>,
    serves_endpoint: bool,
) -> Vec<Finding> {
    let place = api_url.unwrap_or("Discord");
    let found = match found {
        Ok(found) => found,
        Err(CheckupError::BadToken) => {
            return vec![finding(
                Level::Fault,
                "Token",
                format!(
                    "{place} does not accept it; copy it again from the Bot page of your application at https://discord.com/developers/applications and set DISCORD_TOKEN"
                ),
            )];
        }
        Err(CheckupError::Rest(error)) => return vec![unreachable(api_url, &error)],
    };
    vec![
        finding(Level::Ok, "Discord", format!("{place} answers")),
        about_token(&found),
        about_intents(&found),
        about_installs(&found),
        about_endpoint(found.endpoint.as_deref(), serves_endpoint),
        about_sessions(&found, shards),
        about_guilds(&found),
        about_clock(found.clock_ahead_ms),
    ]
}

fn about_token(found: &Checkup) -> Finding {
    match &found.bot {
        Some(name) => {
            let says = format!(
                "it belongs to the bot {name:?}, application {}",
                found.application
            );
            finding(Level::Ok, "Token", says)
        }
        None => finding(
            Level::Fault,
            "Token",
            "it belongs to a person; use the one from the Bot page of your application",
        ),
    }
}

fn about_intents(found: &Checkup) -> Finding {
    if found.privileged.is_empty() {
        return finding(
            Level::Ok,
            "Intents",
            "no privileged intent is on, and none is needed",
        );
    }
    let says = format!(
        "{} on, but not needed; switch it off on the Bot page unless another program needs it",
        found.privileged.join(", ")
    );
    finding(Level::Warning, "Intents", says)
}

fn about_installs(found: &Checkup) -> Finding {
    let part = "Installation";
    if found.for_members {
        let install = discord::install(found.application);
        let says = format!("members may also install the app for themselves, with {install}");
        return finding(Level::Ok, part, says);
    }
    let says = "only servers may add the app; to let members use it in any server, tick User Install on the Installation page of your application, and restart the bot";
    finding(Level::Ok, part, says)
}

fn about_endpoint(url: Option<&str>, serves: bool) -> Finding {
    let part = "Interactions";
    match (url, serves) {
        (None, false) => finding(Level::Ok, part, "they arrive over the gateway"),
        (Some(url), true) => finding(Level::Ok, part, format!("they are sent to {url:?}")),
        (Some(url), false) => finding(
            Level::Fault,
            part,
            format!(
                "Discord sends them to {url:?} instead of the gateway; clear the Interactions Endpoint URL of your application, or serve it with INTERACTIONS_ADDR and DISCORD_PUBLIC_KEY"
            ),
        ),
        (None, true) => finding(
            Level::Warning,
            part,
            "INTERACTIONS_ADDR is set, and Discord sends none there; while the bot runs, save its public address as the Interactions Endpoint URL of your application",
        ),
    }
}

fn about_sessions(found: &Checkup, shards: Option<ShardRange>) -> Finding {
    let (remaining, total) = found.sessions;
    let here = shards.map_or(found.shards, ShardRange::len);
    let says = format!(
        "{here} shards here, {} recommended in total; {remaining} of {total} new sessions left",
        found.shards
    );
    if remaining < here {
        let says = format!("{says}; start the bot when there are more");
        return finding(Level::Fault, "Gateway", says);
    }
    if shards.is_some_and(|shards| shards.total() < found.shards) {
        let says = format!("{says}; raise the total in SHARDS");
        return finding(Level::Warning, "Gateway", says);
    }
    if remaining < SESSIONS_FEW.saturating_mul(here) {
        let says = format!("{says}; something has restarted very often");
        return finding(Level::Warning, "Gateway", says);
    }
    finding(Level::Ok, "Gateway", says)
}

fn about_guilds(found: &Checkup) -> Finding {
    let invite = discord::invite(found.application);
    if found.guilds.is_empty() {
        let says = format!("the bot is in no server yet; add it with {invite}");
        return finding(Level::Warning, "Servers", says);
    }
    let short: Vec<String> = found
        .guilds
        .iter()
        .filter(|guild| !guild.missing.is_empty())
        .map(|guild| format!("{:?} (no {})", guild.name, guild.missing.join(", ")))
        .collect();
    if short.is_empty() {
        let says = format!(
            "{} seen, with all permissions; add more with {invite}",
            found.guilds.len()
        );
        return finding(Level::Ok, "Servers", says);
    }
    let named = short[..short.len().min(GUILDS_NAMED)].join(", ");
    let says = format!(
        "{} of {} lack a permission: {named}; docs/permissions.md says what each is for; invite the bot again with {invite}",
        short.len(),
        found.guilds.len()
    );
    finding(Level::Warning, "Servers", says)
}

fn about_clock(ahead_ms: Option<i64>) -> Finding {
    let Some(ahead_ms) = ahead_ms else {
        let says = "Discord's response has no date, so it could not be compared";
        return finding(Level::Warning, "Clock", says);
    };
    let (off_ms, way) = (
        ahead_ms.unsigned_abs(),
        if ahead_ms > 0 { "ahead of" } else { "behind" },
    );
    if off_ms <= SKEW_MAX_MS {
        return finding(Level::Ok, "Clock", "it agrees with Discord's");
    }
    let says = format!(
        "{} s {way} Discord's; games, days and boards use Discord's time, but logs and backups have the wrong time; set it with NTP (timedatectl set-ntp true)",
        off_ms / 1_000
    );
    finding(Level::Warning, "Clock", says)
}

fn about_database(examined: Result<Examined, BackupError>) -> Vec<Finding> {
    let examined = match examined {
        Ok(examined) => examined,
        Err(BackupError::InMemory) => {
            let says = "it is in memory: everything is lost when the process ends";
            return vec![finding(Level::Warning, "Database", says)];
        }
        Err(error) => {
            let says = format!("{error}; the disk is left out with it");
            return vec![finding(Level::Fault, "Database", says)];
        }
    };
    let disk = match examined.disk {
        Some(disk) => about_disk(disk),
        None => finding(
            Level::LeftOut,
            "Disk",
            "it is on the database server; check there",
        ),
    };
    vec![about_tables(&examined), disk]
}

fn about_tables(examined: &Examined) -> Finding {
    let part = "Database";
    let known = examined.known;
    if let Some(damage) = &examined.damage {
        let says = format!("damaged: {damage}; stop the bot and restore a backup");
        return finding(Level::Fault, part, says);
    }
    match examined.version {
        None => finding(
            Level::Ok,
            part,
            "it is empty: the first start creates its tables",
        ),
        Some(found) if found > known => finding(
            Level::Fault,
            part,
            format!(
                "it has version {found}, but this program only knows versions up to {known}; start a newer heat-check"
            ),
        ),
        Some(found) if found < known => finding(
            Level::Ok,
            part,
            format!(
                "version {found}, writable; the next start upgrades it to {known}, so back it up first"
            ),
        ),
        Some(found) => finding(
            Level::Ok,
            part,
            format!("version {found}, sound and writable"),
        ),
    }
}

/// A backup beside the database takes as much again as the database itself.
fn about_disk(disk: Disk) -> Finding {
    let says = format!(
        "{} MiB free, the database takes {} MiB",
        disk.free / MIB,
        disk.taken / MIB
    );
    if disk.free < FREE_NONE {
        let says = format!("{says}; free some space now, or the bot will refuse every answer");
        return finding(Level::Fault, "Disk", says);
    }
    if disk.free < disk.taken.saturating_add(FREE_FEW) {
        let says = format!("{says}; free some space: a backup next to it would fill the disk");
        return finding(Level::Warning, "Disk", says);
    }
    finding(Level::Ok, "Disk", says)
}

async fn audit(url: &str) -> Result<Audit, String> {
    let store = Store::open(url).map_err(|error| match error {
        OpenError::InUse { .. } => format!("{error} (stop the bot for this check)"),
        error => error.to_string(),
    })?;
    let audit = store.verify_standings().await;
    let closed = store.close().await;
    let audit = audit.map_err(|error| error.to_string())?;
    closed.map_err(|error| error.to_string())?;
    Ok(audit)
}

fn about_standings(audit: Result<Audit, String>) -> Finding {
    match audit {
        Ok(audit) if audit.faults == 0 => finding(
            Level::Ok,
            "Leaderboards",
            "they agree with the ledger of answers",
        ),
        Ok(audit) => {
            let says = format!(
                "{} rows disagree with the ledger: {:?}",
                audit.faults, audit.examples
            );
            finding(Level::Fault, "Leaderboards", says)
        }
        Err(error) => finding(Level::Fault, "Leaderboards", error),
    }
}

/// Whether its name resolves. Nothing is sent, because the receiver would take it for a result.
async fn about_webhook(webhook: &ResultsWebhook) -> Finding {
    let part = "Webhook";
    let host = webhook.url.host_str().unwrap_or_default();
    let at_port = webhook.url.port_or_known_default().unwrap_or_default();
    let bare = host.trim_matches(['[', ']']);
    let found: Vec<SocketAddr> = match tokio::net::lookup_host((bare, at_port)).await {
        Ok(found) => found.collect(),
        Err(error) => {
            let says = format!("{host} cannot be found: {error}; check RESULTS_WEBHOOK_URL");
            return finding(Level::Fault, part, says);
        }
    };
    if !webhook.allows_private && !found.iter().any(|at| is_public(at.ip())) {
        let says = format!(
            "{host} has no public address; if it is in your own network, set RESULTS_WEBHOOK_PRIVATE=true"
        );
        return finding(Level::Fault, part, says);
    }
    let says = format!("{host} is found; left out: whether it accepts results");
    finding(Level::Ok, part, says)
}

fn about_address(name: &'static str, address: SocketAddr) -> Finding {
    match TcpListener::bind(address) {
        Ok(_) => finding(Level::Ok, name, format!("{address} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => finding(
            Level::Warning,
            name,
            format!("{address} is in use; if not by the running bot, choose another port"),
        ),
        Err(error) => {
            let says =
                format!("cannot listen on {address}: {error}; choose an address of this machine");
            finding(Level::Fault, name, says)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::GuildFound;
    use serenity::all::ApplicationId;

    fn checkup() -> Checkup {
        Checkup {
            bot: Some("Heat Check".to_owned()),
            application: ApplicationId::new(7),
            privileged: Vec::new(),
            endpoint: None,
            for_members: true,
            shards: 2,
            sessions: (990, 1_000),
            guilds: vec![GuildFound {
                name: "Home".to_owned(),
                missing: Vec::new(),
            }],
            clock_ahead_ms: Some(-900),
        }
    }

    /// The worst level, and the message about that part.
    fn judged(found: Checkup, shards: Option<ShardRange>, part: &str) -> (Level, String) {
        let findings = about_discord(Ok(found), None, shards, false);
        let found = findings.iter().find(|finding| finding.part == part);
        let found = found.expect("the part is looked at");
        (found.level, found.says.clone())
    }

    #[test]
    fn a_sound_setup_has_no_warnings() {
        let findings = about_discord(Ok(checkup()), None, None, false);
        assert!(
            findings.iter().all(|f| f.level == Level::Ok),
            "{findings:#?}"
        );
        assert_eq!(findings.len(), 8);
    }

    #[test]
    fn a_disk_is_full_before_nothing_is_left() {
        for (free, taken, level) in [
            (300 * MIB, 0, Level::Ok),
            (300 * MIB, 45 * MIB, Level::Warning),
            (u64::MAX, u64::MAX - 1, Level::Ok),
            (15 * MIB, 0, Level::Fault),
        ] {
            let found = about_disk(Disk { taken, free });
            assert_eq!(found.level, level, "{free} {taken}: {found}");
        }
    }

    #[test]
    fn each_problem_is_reported_with_its_fix() {
        let cases: [(Checkup, &str, Level, &str); 8] = [
            (
                Checkup {
                    bot: None,
                    ..checkup()
                },
                "Token",
                Level::Fault,
                "Bot page",
            ),
            (
                Checkup {
                    privileged: vec!["Message Content"],
                    ..checkup()
                },
                "Intents",
                Level::Warning,
                "Message Content on, but not needed",
            ),
            (
                Checkup {
                    endpoint: Some("https://x/".to_owned()),
                    ..checkup()
                },
                "Interactions",
                Level::Fault,
                "Interactions Endpoint URL",
            ),
            (
                Checkup {
                    sessions: (1, 1_000),
                    ..checkup()
                },
                "Gateway",
                Level::Fault,
                "start the bot when",
            ),
            (
                Checkup {
                    sessions: (9, 1_000),
                    ..checkup()
                },
                "Gateway",
                Level::Warning,
                "very often",
            ),
            (
                Checkup {
                    guilds: Vec::new(),
                    ..checkup()
                },
                "Servers",
                Level::Warning,
                "client_id=7",
            ),
            (
                Checkup {
                    clock_ahead_ms: Some(8_000),
                    ..checkup()
                },
                "Clock",
                Level::Warning,
                "8 s ahead of",
            ),
            (
                Checkup {
                    clock_ahead_ms: Some(-90_000),
                    ..checkup()
                },
                "Clock",
                Level::Warning,
                "90 s behind",
            ),
        ];
        for (found, part, level, says) in cases {
            let (judged, said) = judged(found, None, part);
            assert_eq!(judged, level, "{said}");
            assert!(said.contains(says), "{said}");
        }
        let few = ShardRange::new(0, 0, 1).expect("a range");
        let (level, said) = judged(checkup(), Some(few), "Gateway");
        assert_eq!(level, Level::Warning, "{said}");
        assert!(said.contains("raise the total"), "{said}");
    }
}
