//! A simulated Discord with a page on it, and a home for the bot.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use discord_sandbox::{Options, Sandbox};

use super::discord::Discord;
use super::process::{Home, Process};

/// The token that these sandboxes accept.
pub const TOKEN: &str = "the-bot-token";

/// A sandbox on a free port, without identify spacing: a restarted bot would otherwise have to
/// wait.
pub fn options() -> Options {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Options {
        identify_interval: Duration::ZERO,
        ..Options::new(address, TOKEN)
    }
}

pub struct Stage {
    pub sandbox: Sandbox,
    pub discord: Discord,
    pub home: Home,
}

impl Stage {
    pub async fn new() -> Self {
        Self::with(Home::new(), options()).await
    }

    pub async fn with(home: Home, options: Options) -> Self {
        let sandbox = Sandbox::start(options).await.unwrap();
        let discord = Discord::connect(&sandbox.url()).await;
        Self {
            sandbox,
            discord,
            home,
        }
    }

    /// Starts the program and waits until it is connected.
    pub async fn start(&self, variables: &[(&str, &str)]) -> Process {
        let bot = self.spawn(&self.home, variables);
        self.discord.wait_for_command("quiz").await;
        bot
    }

    /// Starts the program at a home, which may not be the stage's own.
    pub fn spawn(&self, home: &Home, variables: &[(&str, &str)]) -> Process {
        home.start(&self.sandbox.url(), self.sandbox.token(), &[], variables)
    }

    /// SIGKILL; waits until Discord has seen it go.
    pub async fn kill(&self, bot: &mut Process) {
        bot.kill();
        self.discord.wait_until_gone().await;
    }
}
