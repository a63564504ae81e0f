//! Puts the bot together from its parts and runs it: the facts, the store, the host, Discord.

use crate::bank::Bank;
use crate::cast::CastIndex;
use crate::discord::{self, App, ChannelStage, ConnectError, GatewayError};
use crate::facts::{self, FactBase, Fault};
use crate::host::{Clock, Host};
use crate::store::{OpenError, Store, StoreError};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// What the bot is started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The bot token.
    pub token: String,
    /// Where the state is kept.
    pub database_url: String,
    /// A Discord-compatible REST endpoint in place of Discord's own.
    pub api_url: Option<String>,
    /// Register commands in this server only.
    pub guild: Option<u64>,
}

/// Why the bot did not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// A bundled pack is broken: a fault of this build.
    #[error("a bundled pack is broken: {0}")]
    Pack(Fault),
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The live games cannot be read.
    #[error("the stored games cannot be read: {0}")]
    Recover(#[from] StoreError),
    /// Discord cannot be reached, or refuses the token.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The connection ended.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
}

/// Runs the bot until `stop` resolves. Nothing is started before everything that can be checked
/// has been.
///
/// # Errors
/// [`BotError`], each with a sentence on what is wrong.
pub async fn run(options: Options, stop: impl Future<Output = ()>) -> Result<(), BotError> {
    let facts = bundled_facts().map_err(|faults| BotError::Pack(first(faults)))?;
    let store = Store::open(&options.database_url)?;
    let outcome = run_with(&options, facts, store.clone(), stop).await;
    if let Err(error) = store.close().await {
        tracing::error!(%error, "store.not_closed");
    }
    outcome
}

async fn run_with(
    options: &Options,
    facts: FactBase,
    store: Store,
    stop: impl Future<Output = ()>,
) -> Result<(), BotError> {
    let api_url = options.api_url.as_deref();
    let connection = discord::connect(&options.token, api_url).await?;
    let clock: Clock = Arc::new(now_ms);
    let stage = ChannelStage::new(connection.rest.clone());
    let host = Host::new(store.clone(), stage, Arc::clone(&clock));
    let bank = Bank::build(&facts);
    let questions = bank.questions().len();
    let app = Arc::new(App {
        cast: CastIndex::build(&facts),
        news: CastIndex::of_news(&facts),
        bank,
        facts,
        store,
        host,
        clock,
    });
    let recovered = app.host.recover(|pack| app.pack_title(pack)).await?;
    tracing::info!(questions, games = recovered, "bot.starting");
    let running = discord::run(
        app,
        connection,
        &options.token,
        options.guild,
        api_url,
        stop,
    );
    running.await.map_err(BotError::from)
}

/// The facts of the bundled packs.
///
/// # Errors
/// Every fault of every pack; a released build has none.
pub fn bundled_facts() -> Result<FactBase, Vec<Fault>> {
    let parsed: Vec<_> = facts::bundled()
        .into_iter()
        .map(|(name, text)| facts::parse_pack(name, text))
        .collect();
    let mut packs = Vec::with_capacity(parsed.len());
    let mut faults = Vec::new();
    for result in parsed {
        match result {
            Ok(pack) => packs.push(pack),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() {
        FactBase::build(packs)
    } else {
        Err(faults)
    }
}

fn first(faults: Vec<Fault>) -> Fault {
    faults.into_iter().next().unwrap_or_else(|| Fault {
        file: String::new(),
        path: String::new(),
        what: "it cannot be read".to_owned(),
        mend: "install a released build".to_owned(),
    })
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
}
