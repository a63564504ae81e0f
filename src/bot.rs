//! Assembles and runs the bot: facts, store, host, Discord.

use crate::compiled_packs::CompiledPacks;
use crate::config::{Endpoint, ResultsWebhook};
use crate::discord::{
    self, App, AttachmentFetcher, Bound, COMMAND_NAMES, ChainEnds, ConnectError, DiscordMessenger,
    EndpointError, Gateway, GatewayError, Meters, PlannedEvents, Scheduler, SeasonEnds, Services,
};
use crate::host::{Clock, Host};
use crate::metrics::{self, MetricsError, Monitored};
use crate::pack_dir::{self, Listing};
use crate::webhook::{ResultSender, WebhookError, WebhookMeter};
use heat_core::facts::Fault;
use heat_core::game::Tempo;
use heat_core::id::{GuildId, UserId};
use heat_core::lang::Lang;
use heat_core::library::Library;
use heat_core::shard::ShardRange;
use heat_store::{OpenError, Store, StoreError};
use heat_view::faults;
use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::{JoinError, JoinHandle};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// The bot's options.
#[derive(Clone)]
pub struct Options {
    /// The bot token.
    pub token: String,
    /// The database address.
    pub database_url: String,
    /// A Discord-compatible REST endpoint to use instead of Discord's.
    pub api_url: Option<String>,
    /// Register commands in this server only.
    pub guild: Option<GuildId>,
    /// The shards of this process, if several share the database; `None` for all servers, on as
    /// many shards as Discord recommends.
    pub shards: Option<ShardRange>,
    /// The folder of the operator's own packs.
    pub pack_dir: Option<PathBuf>,
    /// Where the monitoring pages are served, if anywhere.
    pub metrics_addr: Option<SocketAddr>,
    /// Serve Discord's HTTP interactions endpoint instead of the gateway; with `shards`, in
    /// addition to it.
    pub endpoint: Option<Endpoint>,
    /// Where results of games are sent, if anywhere.
    pub results: Option<ResultsWebhook>,
    /// How long the work on an interaction may take before it is deferred. Zero defers everything
    /// that can be.
    pub defer_after: Duration,
    /// The waits in all games.
    pub tempo: Tempo,
}

impl Options {
    /// All servers, on Discord itself, with the bundled packs.
    pub fn new(token: impl Into<String>, database_url: impl Into<String>) -> Self {
        Self {
            token: token.into(),
            database_url: database_url.into(),
            api_url: None,
            guild: None,
            shards: None,
            pack_dir: None,
            metrics_addr: None,
            endpoint: None,
            results: None,
            defer_after: discord::DEFER_AFTER,
            tempo: Tempo::default(),
        }
    }
}

/// How often the operator's folder is checked for changes.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// The most faults of one reload that are logged one by one.
const FAULTS_LOGGED_MAX: usize = 50;

/// All faults of the packs.
#[derive(Debug)]
pub struct PackFaults(pub Vec<Fault>);

impl From<Vec<Fault>> for PackFaults {
    fn from(faults: Vec<Fault>) -> Self {
        Self(faults)
    }
}

impl std::error::Error for PackFaults {}

impl fmt::Display for PackFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        let word = if count == 1 { "fault" } else { "faults" };
        write!(f, "the packs have {count} {word}, so nothing was started:")?;
        let mut says = self
            .0
            .iter()
            .map(|fault| faults::fault(Lang::English, fault));
        says.try_for_each(|says| write!(f, "\n  {says}"))
    }
}

/// Why the bot did not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// A pack has faults.
    #[error(transparent)]
    Packs(#[from] PackFaults),
    /// Reading the bundled packs was aborted.
    #[error("the bundled packs cannot be read: {0}; please report this as a bug")]
    Reading(JoinError),
    /// The address for the monitoring pages is not available.
    #[error(transparent)]
    Metrics(#[from] MetricsError),
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Another process owns this database's games, or has taken them over.
    #[error(transparent)]
    NotOurs(StoreError),
    /// The live games cannot be read.
    #[error("the stored games cannot be read: {0}")]
    Recover(#[from] StoreError),
    /// Discord cannot be reached, or refuses the token.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The client that fetches attachments cannot be created.
    #[error("attachments cannot be fetched: {0}; check this machine's TLS certificates")]
    Fetcher(#[from] reqwest::Error),
    /// Results cannot be sent.
    #[error(transparent)]
    Webhook(#[from] WebhookError),
    /// The HTTP endpoint cannot be served.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// The connection ended.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
}

/// Runs the bot until `stop` resolves. It checks everything that can be checked before it starts
/// anything.
///
/// # Errors
/// [`BotError`], each with a sentence on what is wrong.
pub async fn run(options: Options, stop: impl Future<Output = ()>) -> Result<(), BotError> {
    let compiled = CompiledPacks::beside(&options.database_url);
    let packs = Loading::begin(options.pack_dir.as_deref(), &compiled)?;
    let pages = match options.metrics_addr {
        Some(address) => Some(metrics::listen(address).await?),
        None => None,
    };
    let store = Store::open(&options.database_url)?;
    // A process that lost its games to another stops as cleanly as on a signal: it can store
    // nothing more, but tells members who click and closes its shards. The games continue in the
    // other process, so no channel is told of a restart.
    let lost = AtomicBool::new(false);
    let stop = async {
        tokio::select! {
            () = stop => {}
            () = store.lease_lost() => lost.store(true, Ordering::Relaxed),
        }
        !lost.load(Ordering::Relaxed)
    };
    let ended = run_with(&options, packs, pages, store.clone(), stop).await;
    let outcome = match ended {
        Ok(()) if lost.load(Ordering::Relaxed) => Err(BotError::NotOurs(StoreError::LeaseLost)),
        ended => ended,
    };
    if let Err(error) = store.close().await {
        tracing::error!(%error, "store.not_closed");
    }
    outcome
}

async fn run_with(
    options: &Options,
    packs: Loading,
    pages: Option<metrics::Listener>,
    store: Store,
    stop: impl Future<Output = bool>,
) -> Result<(), BotError> {
    // Without `SHARDS` the process serves every game, on however many shards.
    let games = options.shards.unwrap_or(ShardRange::WHOLE);
    store.claim(games).await.map_err(BotError::NotOurs)?;
    let api_url = options.api_url.as_deref();
    let endpoint = match options.endpoint {
        Some(Endpoint { address, key }) => Some(Bound::new(address, key).await?),
        None => None,
    };
    let meters = Arc::new(Meters::new(&COMMAND_NAMES));
    let counted = Arc::clone(&meters.rest);
    let connection = discord::connect(&options.token, api_url, counted).await?;
    connection.rest.speak_for(&store);
    if let Some(endpoint) = &endpoint {
        endpoint.check_key(connection.verify_key.as_deref())?;
    }
    // With an endpoint Discord sends nothing over the gateway, so it is opened only on request.
    let gateway = if endpoint.is_none() || options.shards.is_some() {
        let rest = &connection.rest;
        Some(discord::find_gateway(rest, api_url, options.shards).await?)
    } else {
        None
    };
    if let Some(gateway) = &gateway {
        let range = gateway.shards;
        meters.gateway.expect(range.first()..=range.last());
    }
    let discord_clock = Arc::clone(connection.rest.clock());
    let clock: Clock = discord_clock.reader();
    // Packs removed long ago are deleted, even if nobody removes any more.
    if let Err(error) = store.purge_packs(clock()).await {
        tracing::warn!(%error, "packs.not_purged");
    }
    let messenger = DiscordMessenger::new(connection.rest.clone());
    let host = Host::at_tempo(store.clone(), messenger, Arc::clone(&clock), options.tempo);
    let meter = Arc::new(WebhookMeter::default());
    let sender = options.results.as_ref().map(|webhook| {
        let (clock, meter) = (Arc::clone(&clock), Arc::clone(&meter));
        ResultSender::new(store.clone(), games, clock, webhook, meter)
    });
    let sender = sender.transpose()?;
    let watched = Arc::new(Monitored::new(
        store.clone(),
        host.clone(),
        Arc::clone(&meters),
        discord_clock,
        Arc::clone(&meter),
    ));
    let _pages = pages.map(|pages| {
        let serving = tokio::spawn(pages.serve(Arc::clone(&watched)));
        AbortOnDropHandle::new(serving)
    });
    let attachments = AttachmentFetcher::new(api_url)?;
    let work = Arc::clone(&meters.work);
    let app = Arc::new(App::new(
        store,
        host,
        clock,
        attachments,
        &connection.rest,
        games,
        work,
    ));
    let recovered = app
        .host
        .recover(games, |lang, packs| app.pack_title(lang, packs))
        .await?;
    tracing::info!(games = recovered, part = %games, "bot.starting");
    let host = app.host.clone();
    let stop = async move {
        let stopped = host.stop(stop.await).await;
        let (games, notified) = (stopped.games, stopped.notified);
        tracing::info!(games, notified, "shutdown.games_stopped");
    };
    let me = connection.rest.application();
    let me = UserId(me.map_or(0, u64::from));
    let announcer = DiscordMessenger::new(connection.rest.clone());
    let chain_ends = ChainEnds::new(Arc::clone(&app), announcer.clone());
    let season_ends = SeasonEnds::new(Arc::clone(&app), announcer.clone());
    let scheduler = Scheduler::new(Arc::clone(&app), announcer, me);
    let planned_events = PlannedEvents::new(Arc::clone(&app));
    let services = Services {
        app: Arc::clone(&app),
        rest: connection.rest,
        meters,
        defer_after: options.defer_after,
    };
    let running = listen(&services, options, gateway, endpoint, stop);
    tokio::select! {
        ended = running => ended,
        failed = keep_packs(&app, packs, options, &watched) => match failed? {},
        never = scheduler.run() => match never {},
        never = planned_events.run() => match never {},
        never = chain_ends.run() => match never {},
        never = season_ends.run() => match never {},
        never = send_results(sender.as_ref()) => match never {},
    }
}

/// Sends results, if a webhook is set.
async fn send_results(sender: Option<&ResultSender>) -> Infallible {
    match sender {
        Some(sender) => sender.run().await,
        None => std::future::pending().await,
    }
}

/// Gives the app its packs, and updates them whenever the folder changes. Ends only if loading them
/// fails.
async fn keep_packs(
    app: &App,
    packs: Loading,
    options: &Options,
    watched: &Monitored,
) -> Result<Infallible, BotError> {
    let (library, listing) = packs.end().await?;
    let (packs, questions) = (library.facts.packs().len(), library.bank.questions().len());
    app.load(library);
    // Games were resumed before; without packs nobody would get an answer.
    watched.set_recovered();
    tracing::info!(packs, questions, "packs.loaded");
    match options.pack_dir.clone() {
        Some(folder) => {
            let compiled = CompiledPacks::beside(&options.database_url);
            Ok(reload(app, folder, compiled, listing).await)
        }
        None => Ok(std::future::pending().await),
    }
}

/// Receives interactions over each given transport until `stop`, or until one of them fails, which
/// stops the other cleanly.
async fn listen(
    services: &Services,
    options: &Options,
    gateway: Option<Gateway>,
    endpoint: Option<Bound>,
    stop: impl Future<Output = ()>,
) -> Result<(), BotError> {
    let stopping = CancellationToken::new();
    let guild = options.guild;
    let by_gateway = async {
        let Some(gateway) = gateway else {
            return Ok(());
        };
        let until = stopping.cancelled();
        let ended = discord::run(services.clone(), gateway, guild, until).await;
        stopping.cancel();
        ended.map_err(BotError::from)
    };
    let by_endpoint = async {
        let Some(endpoint) = endpoint else {
            return Ok(());
        };
        let until = stopping.cancelled();
        let ended = endpoint.serve(services.clone(), guild, until).await;
        stopping.cancel();
        ended.map_err(BotError::from)
    };
    let stopped = async {
        tokio::select! {
            () = stop => stopping.cancel(),
            () = stopping.cancelled() => {}
        }
    };
    let (gateway, endpoint, ()) = tokio::join!(by_gateway, by_endpoint, stopped);
    gateway.and(endpoint)
}

/// Counts the packs and questions that a bot with this database would load. Writes nothing.
///
/// # Errors
/// Every fault of the packs.
pub fn check_packs(
    folder: Option<&Path>,
    database_url: Option<&str>,
) -> Result<(usize, usize), PackFaults> {
    let compiled = database_url.map(CompiledPacks::beside).unwrap_or_default();
    let files = match folder {
        Some(folder) => pack_dir::read(&listed(folder)?)?,
        None => Vec::new(),
    };
    let library = compiled.look(&files)?;
    Ok((library.facts.packs().len(), library.bank.questions().len()))
}

/// The packs being loaded.
enum Loading {
    /// The operator's, with the bundled ones, and the listing of their folder: read before anything
    /// else, because a fault in them must stop the start.
    Read(Arc<Library>, Listing),
    /// The bundled ones alone, which have no faults: read while Discord is being reached.
    Bundled(JoinHandle<Result<Arc<Library>, Vec<Fault>>>),
}

impl Loading {
    fn begin(folder: Option<&Path>, compiled: &CompiledPacks) -> Result<Self, PackFaults> {
        if folder.is_none() {
            let compiled = compiled.clone();
            let read = move || Library::bundled_by(|| compiled.load(&[]));
            return Ok(Self::Bundled(tokio::task::spawn_blocking(read)));
        }
        let (library, listing) = load(folder, compiled)?;
        Ok(Self::Read(library, listing))
    }

    async fn end(self) -> Result<(Arc<Library>, Listing), BotError> {
        match self {
            Self::Read(library, listing) => Ok((library, listing)),
            Self::Bundled(reading) => {
                let library = reading.await.map_err(BotError::Reading)?;
                Ok((library.map_err(PackFaults)?, Listing::new()))
            }
        }
    }
}

/// The library including the operator's packs, and the listing of their folder.
fn load(
    folder: Option<&Path>,
    compiled: &CompiledPacks,
) -> Result<(Arc<Library>, Listing), PackFaults> {
    let Some(folder) = folder else {
        let library = Library::bundled_by(|| compiled.load(&[]))?;
        return Ok((library, Listing::new()));
    };
    let listing = listed(folder)?;
    let library = compiled.load(&pack_dir::read(&listing)?)?;
    Ok((Arc::new(library), listing))
}

/// The listing of a folder, or the fault that it cannot be listed.
fn listed(folder: &Path) -> Result<Listing, Vec<Fault>> {
    pack_dir::list(folder).map_err(|error| vec![pack_dir::unlisted(folder, &error)])
}

/// Reloads the packs whenever their folder has changed and settled. Running games hold their
/// questions and notice nothing; faulty packs are refused and the old ones stay.
async fn reload(
    app: &App,
    folder: PathBuf,
    compiled: CompiledPacks,
    loaded: Listing,
) -> Infallible {
    let mut watched = pack_dir::PackDirWatch::new(loaded);
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let looked = folder.clone();
        let Ok(Ok(listing)) = tokio::task::spawn_blocking(move || pack_dir::list(&looked)).await
        else {
            // The folder may be missing for a moment while it is being replaced.
            continue;
        };
        if !watched.is_due(&listing) {
            continue;
        }
        let compiled = compiled.clone();
        let build = move || compiled.load(&pack_dir::read(&listing)?);
        match tokio::task::spawn_blocking(build).await {
            Ok(Ok(library)) => {
                let (packs, questions) =
                    (library.facts.packs().len(), library.bank.questions().len());
                app.load(Arc::new(library));
                tracing::info!(packs, questions, "packs.reloaded");
            }
            Ok(Err(found)) => {
                for fault in found.iter().take(FAULTS_LOGGED_MAX) {
                    let fault = faults::fault(Lang::English, fault);
                    tracing::error!(%fault, "packs.fault");
                }
                tracing::error!(
                    faults = found.len(),
                    "packs.not_reloaded: the packs loaded before stay in use until these are fixed"
                );
            }
            Err(error) => tracing::error!(%error, "packs.not_reloaded"),
        }
    }
}
