//! A bot as a separate process, and the kernel's figures about it.

use super::{Outcome, TOKEN};
use discord_sandbox::Sandbox;
use std::fmt;
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a bot may take to become ready, or to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// This program itself, which answers everything with a constant.
    Constant,
    /// The bot that is measured.
    HeatCheck,
    /// The same, over Discord's HTTP interactions endpoint instead of the gateway.
    Endpoint,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Constant => "constant",
            Self::HeatCheck => "Heat Check",
            Self::Endpoint => "endpoint",
        })
    }
}

/// A bot's database and log: on a real disk, so that syncs count.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Outcome<Self> {
        Ok(Self(tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?))
    }

    fn database(&self) -> PathBuf {
        self.0.path().join("heat.db")
    }

    /// Waits until the bot has left its compiled packs beside its database for the next start.
    pub async fn packs_compiled(&self) -> Outcome<()> {
        let asked = Instant::now();
        while !self.database().with_extension("db.packs").try_exists()? {
            if asked.elapsed() > PATIENCE {
                return Err("the packs are not compiled".into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }
}

/// A running bot, killed when dropped.
pub struct Bot {
    process: Child,
    /// Deleted with the bot, if only this bot uses it.
    home: Option<Home>,
}

impl Bot {
    pub async fn start(kind: Kind, sandbox: &Sandbox) -> Outcome<Self> {
        let home = Home::new()?;
        let address = (kind == Kind::Endpoint).then(free_address).transpose()?;
        let mut bot = Self::start_in(kind, &home, sandbox, address)?;
        bot.home = Some(home);
        if let Some(address) = address {
            bot.hear_from(sandbox, address).await?;
        }
        Ok(bot)
    }

    /// Makes the sandbox send interactions to the bot's endpoint, once that is up.
    async fn hear_from(&self, sandbox: &Sandbox, address: SocketAddr) -> Outcome<()> {
        let asked = Instant::now();
        let url = format!("http://{address}/interactions");
        while let Err(sentence) = sandbox.set_endpoint(Some(url.clone())).await {
            if asked.elapsed() > PATIENCE {
                return Err(sentence.into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    fn start_in(
        kind: Kind,
        home: &Home,
        sandbox: &Sandbox,
        endpoint: Option<SocketAddr>,
    ) -> Outcome<Self> {
        let mut command = match kind {
            Kind::Constant => {
                let mut command = Command::new(std::env::current_exe()?);
                command.env_clear().env("BENCH_ROLE", "constant");
                command
            }
            Kind::HeatCheck | Kind::Endpoint => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_heat-check"));
                command.env_clear().arg("run");
                command
            }
        };
        if let Some(address) = endpoint {
            command.env("INTERACTIONS_ADDR", address.to_string());
            command.env("DISCORD_PUBLIC_KEY", sandbox.public_key());
        }
        let process = command
            .env("DISCORD_TOKEN", TOKEN)
            .env("DISCORD_API_URL", sandbox.url())
            .env(
                "DATABASE_URL",
                format!("sqlite://{}", home.database().display()),
            )
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(home.0.path().join("log"))?)
            .spawn()?;
        Ok(Self {
            process,
            home: None,
        })
    }

    /// Processor time of all its threads so far, including the kernel's for it.
    pub fn cpu(&self) -> Option<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).ok()?;
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let mut ticks = || fields.next()?.parse::<u64>().ok();
        // Linux counts in hundredths of a second here.
        Some(Duration::from_millis((ticks()? + ticks()?) * 10))
    }

    /// Its resident memory.
    pub fn memory(&self) -> Option<Memory> {
        let rollup =
            fs::read_to_string(format!("/proc/{}/smaps_rollup", self.process.id())).ok()?;
        let kib = |name: &str| {
            let line = rollup.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        };
        Some(Memory {
            resident_kib: kib("Rss:")?,
            anonymous_kib: kib("Anonymous:")?,
        })
    }

    /// Asks it to end, and waits until it has.
    pub async fn stop(mut self) -> Outcome<()> {
        let pid = self.process.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status()?;
        let asked = Instant::now();
        while self.process.try_wait()?.is_none() {
            if asked.elapsed() > PATIENCE {
                return Err("the bot does not end".into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(())
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // It may have ended on its own.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An address on loopback that was free a moment ago.
fn free_address() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// Resident memory.
pub struct Memory {
    resident_kib: u64,
    anonymous_kib: u64,
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
        let mib = |kib: u64| kib as f64 / 1024.0;
        write!(
            f,
            "{:.1} MiB resident: {:.1} its own, {:.1} of files",
            mib(self.resident_kib),
            mib(self.anonymous_kib),
            mib(self.resident_kib - self.anonymous_kib)
        )
    }
}

/// Starts a bot and waits until the sandbox has sent it READY.
pub async fn time_to_ready(kind: Kind, home: &Home, sandbox: &Sandbox) -> Outcome<(Duration, Bot)> {
    let mut events = sandbox.events();
    let begin = Instant::now();
    let bot = Bot::start_in(kind, home, sandbox, None)?;
    let ready = async {
        loop {
            let event: serde_json::Value = serde_json::from_str(&events.recv().await?)?;
            if event["type"] == "bot" && event["online"] == true {
                return Outcome::Ok(begin.elapsed());
            }
        }
    };
    let time = tokio::time::timeout(PATIENCE, ready).await??;
    Ok((time, bot))
}
