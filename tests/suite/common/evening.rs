//! A simulated Discord with the bot on it, in the test's own process.

use discord_sandbox::{Options, Sandbox};
use heat_check::bot;
use heat_check::discord::DEFER_AFTER;
use heat_core::game::Tempo;
use heat_core::library::Library;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OnceCell, oneshot};
use tokio::task::JoinHandle;

use super::discord::Discord;
use super::member::Member;
use super::process::Home;
use super::stage::{self, Stage};
use super::{DEADLINE, Transport};

/// Shorter waits between questions than members have. While a question is open, long enough for
/// three to answer on a busy machine.
const BRISK: Tempo = Tempo {
    get_ready_ms: 1_000,
    intermission_ms: 1_500,
    round_min_ms: 4_000,
    race_settle_ms: 4_000,
};

/// How long Discord waits for a first response here: a busy machine may stall for its three seconds.
/// The bot defers by its own clock.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// A running bot; it stops when this is dropped.
pub struct Bot {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), bot::BotError>>,
}

impl Bot {
    /// Starts it without waiting until it is connected.
    pub fn run(options: bot::Options) -> Self {
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            keep_packs().await;
            let stop = async {
                let _ = stopped.await;
            };
            Box::pin(bot::run(options, stop)).await
        });
        Self { stop, task }
    }

    /// Tells it to stop, and returns a future that waits until it has.
    pub fn stop(self) -> impl Future<Output = ()> {
        self.stop.send(()).unwrap();
        async move {
            let ended = tokio::time::timeout(DEADLINE, self.task).await;
            ended.expect("it stops").unwrap().unwrap();
        }
    }
}

/// Keeps the bundled packs in memory for all bots of this process: a bot that has to read them
/// answers late, and so defers where it otherwise would not.
async fn keep_packs() {
    static PACKS: OnceCell<Arc<Library>> = OnceCell::const_new();
    let read = || async {
        let reading = tokio::task::spawn_blocking(Library::bundled);
        reading.await.unwrap().unwrap()
    };
    PACKS.get_or_init(read).await;
}

pub struct Evening {
    pub sandbox: Sandbox,
    pub discord: Discord,
    pub home: Home,
    transport: Transport,
    defer_after: Duration,
    bot: Option<Bot>,
}

impl Evening {
    pub async fn begin() -> Self {
        Self::begin_over(Transport::Gateway).await
    }

    pub async fn begin_over(transport: Transport) -> Self {
        Self::begin_at(Home::new(), transport).await
    }

    pub async fn begin_at(home: Home, transport: Transport) -> Self {
        Self::begin_with(home, stage::options(), transport).await
    }

    /// Starts a bot that defers an answer after this long; at once if it is zero.
    pub async fn begin_deferring(transport: Transport, defer_after: Duration) -> Self {
        let options = Options {
            extra_channels: 2,
            ..stage::options()
        };
        Self::on(Home::new(), options, transport, defer_after).await
    }

    pub async fn begin_with(home: Home, options: Options, transport: Transport) -> Self {
        Self::on(home, options, transport, DEFER_AFTER).await
    }

    async fn on(home: Home, options: Options, transport: Transport, defer_after: Duration) -> Self {
        let options = Options {
            answer_limit: ANSWER_LIMIT,
            ..options
        };
        let Stage {
            sandbox,
            discord,
            home,
        } = Stage::with(home, options).await;
        let mut evening = Self {
            sandbox,
            discord,
            home,
            transport,
            defer_after,
            bot: None,
        };
        evening.start_bot().await;
        evening
    }

    /// Starts the bot and waits until it is connected.
    pub async fn start_bot(&mut self) {
        // The bundled packs alone are kept in memory.
        if self.home.packs().is_some() {
            self.home.leave_compiled_packs();
        }
        let endpoint = self.transport.endpoint(&self.sandbox);
        self.bot = Some(Bot::run(bot::Options {
            api_url: Some(self.sandbox.url()),
            pack_dir: self.home.packs(),
            endpoint,
            defer_after: self.defer_after,
            tempo: BRISK,
            ..bot::Options::new(self.sandbox.token(), self.home.url())
        }));
        self.discord.use_endpoint(endpoint).await;
        self.discord.wait_for_command("quiz").await;
    }

    /// Stops the bot cleanly, and waits until Discord has seen it go.
    pub async fn stop_bot(&mut self) {
        self.bot.take().unwrap().stop().await;
        self.discord.use_endpoint(None).await;
        self.discord.wait_until_gone().await;
    }

    pub fn member(&self, name: &str) -> Member<'_> {
        self.discord.member(name)
    }

    /// Several members by their shown names.
    pub fn members<const N: usize>(&self, names: [&str; N]) -> [Member<'_>; N] {
        names.map(|name| self.discord.member(name))
    }

    /// Ends the evening: checks that nothing was refused, and stops the bot cleanly.
    pub async fn end(mut self) {
        self.discord.assert_no_rejections().await;
        self.stop_bot().await;
    }
}
