//! The store on a `PostgreSQL` server, shared by several processes.
//!
//! One task writes, as one thread does with `SQLite`, and stores what waits in one transaction; a
//! few connections read. They run on their own thread and runtime, so that queued writes outlive
//! the caller's runtime and opening needs none. Broken connections are replaced; work that hit a
//! restarting server is retried for two seconds, work that conflicted with another transaction for
//! longer, and then it fails with an explanation.
//!
//! It uses only SQL that `PostgreSQL`-compatible databases share: no advisory locks, notifications
//! or procedures. [`batch`] explains the order of locks and the isolation; [`lease`] how two
//! processes are kept from playing the same games; [`turns`] how they are kept from connecting at
//! the same moment.

mod address;
pub(super) mod asked_history;
mod batch;
pub(super) mod chain;
pub(crate) mod connection;
mod connection_pool;
pub(super) mod daily;
pub(super) mod daily_film;
pub(super) mod drafts;
pub(super) mod error;
pub(super) mod forget;
pub(super) mod games;
mod lease;
mod lease_expiry;
pub(super) mod members;
mod migrations;
pub(super) mod packs;
mod plan;
pub(super) mod planned_events;
pub(super) mod questions;
pub(super) mod rebuild;
pub(super) mod record;
pub(super) mod reports;
pub(super) mod results;
mod retry;
pub(super) mod schedule;
pub(super) mod season;
pub(super) mod settings;
pub(super) mod standings;
mod tls;
pub(super) mod transfer;
mod turns;
mod writer;

pub(super) use address::is_address;

use super::{OpenError, StoreError, StoreMeter, Write};
use address::Address;
use connection::Connection;
use connection_pool::ConnectionPool;
use error::Fault;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use heat_core::shard::ShardRange;
use lease_expiry::LeaseExpiry;
use retry::Backoff;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot, watch};
use writer::{Job, Reply, Writer};

/// How long a silent process keeps its shards. It renews four times in that time, so missing two in
/// a row, because the server's disk stalls or packets are lost, does not cost it the lease; and its
/// games do not wait much longer if it dies.
const LEASE: Duration = Duration::from_secs(6);

/// Which try's result to return if it is unknown whether an earlier one succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryResult {
    /// The last one's: it describes the state now.
    OfLast,
    /// The first one's: it says whether there was anything to change. If the first succeeded, the
    /// last finds nothing to change.
    OfFirst,
}

/// A handle on the connections to one database. [`super::Store`] documents its methods.
#[derive(Debug, Clone)]
pub(super) struct Postgres {
    jobs: mpsc::Sender<Job>,
    readers: Arc<ConnectionPool>,
    lost: watch::Receiver<bool>,
    held: Arc<LeaseExpiry>,
    /// One caller asks the server at a time, and all who doubt the lease share the answer.
    asking: Arc<tokio::sync::Mutex<()>>,
    /// One deletion at a time: two in the same games would only undo each other's work.
    deleting: Arc<tokio::sync::Mutex<()>>,
    meter: Arc<StoreMeter>,
    /// This process's row in `writers`.
    id: i64,
}

impl Postgres {
    pub(super) fn open(url: &str) -> Result<Postgres, OpenError> {
        Self::open_for(url, LEASE)
    }

    /// Like [`Postgres::open`], with another lease time.
    pub(super) fn open_for(url: &str, lease: Duration) -> Result<Postgres, OpenError> {
        let address = Arc::new(Address::read(url)?);
        let engine_error = |error: std::io::Error| OpenError::Engine {
            name: address.name.clone(),
            reason: error.to_string(),
        };
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(engine_error)?;
        let readers = Arc::new(ConnectionPool::new(
            Arc::clone(&address),
            runtime.handle().clone(),
        ));
        let (jobs, queue) = mpsc::channel(writer::QUEUE_MAX);
        let (lost_sender, lost) = watch::channel(false);
        let (ready, opened) = std::sync::mpsc::channel();
        let meter = Arc::<StoreMeter>::default();
        let held = Arc::<LeaseExpiry>::default();
        let of_thread = (Arc::clone(&address), Arc::clone(&meter), Arc::clone(&held));
        let work = move |runtime: Runtime| {
            runtime.block_on(async {
                let (address, meter, held) = of_thread;
                match start(address, lease, lost_sender, held, meter).await {
                    Ok(writer) => {
                        let _ = ready.send(Ok(writer.id()));
                        writer.work(queue).await;
                    }
                    Err(error) => drop(ready.send(Err(error))),
                }
            });
        };
        std::thread::Builder::new()
            .name("store-postgres".to_owned())
            .spawn(move || work(runtime))
            .map_err(engine_error)?;
        let id = opened.recv().unwrap_or_else(|_| {
            Err(OpenError::Engine {
                name: address.name.clone(),
                reason: "its thread ended at once".to_owned(),
            })
        })?;
        Ok(Postgres {
            jobs,
            readers,
            lost,
            held,
            asking: Arc::default(),
            deleting: Arc::default(),
            meter,
            id,
        })
    }

    pub(super) async fn claim(&self, shards: ShardRange) -> Result<(), StoreError> {
        self.ask(|reply| Job::Claim(shards, reply)).await
    }

    pub(super) async fn take_turns(
        &self,
        shards: ShardRange,
        max_concurrency: u32,
    ) -> Result<Instant, StoreError> {
        let id = self.id;
        self.read(move |conn| turns::take(conn, id, shards, max_concurrency).boxed())
            .await
    }

    pub(super) async fn lease_lost(&self) {
        let mut lost = self.lost.clone();
        if lost.wait_for(|lost| *lost).await.is_err() {
            // Closed before it was lost, so it never will be.
            std::future::pending::<()>().await;
        }
    }

    pub(super) fn is_replaced(&self) -> bool {
        *self.lost.borrow()
    }

    /// Checks that the lease is still valid: by the clock, or else by renewing it.
    pub(super) async fn hold(&self) -> Result<(), StoreError> {
        loop {
            if self.is_replaced() {
                return Err(StoreError::LeaseLost);
            }
            if self.held.is_sure() {
                return Ok(());
            }
            let _turn = self.asking.lock().await;
            if self.held.is_sure() || self.is_replaced() {
                continue;
            }
            self.ask(Job::Probe).await?;
        }
    }

    /// Simulates a long pause.
    #[cfg(test)]
    pub(super) fn doubt_lease(&self) {
        self.held.doubt();
    }

    pub(super) async fn commit(&self, write: Write) -> Result<(), StoreError> {
        self.ask(|reply| Job::Write(Box::new(write), reply)).await
    }

    /// Renews the lease, which is a write.
    pub(super) async fn probe(&self) -> Result<(), StoreError> {
        self.ask(Job::Probe).await
    }

    pub(super) fn meter(&self) -> &Arc<StoreMeter> {
        &self.meter
    }

    pub(super) async fn rebuild_standings(&self) -> Result<(), StoreError> {
        self.ask(Job::Rebuild).await
    }

    pub(super) async fn close(self) -> Result<(), StoreError> {
        self.readers.close();
        self.ask(Job::Close).await
    }

    /// Reads on a separate connection, and retries on another if the server restarted or
    /// transactions conflicted.
    pub(crate) async fn read<T>(
        &self,
        query: impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>,
    ) -> Result<T, StoreError> {
        self.readers.run(Backoff::new(), query).await
    }

    /// Makes a change that concerns no game, in its own transaction beside the writer. Fails if
    /// this process was shut out.
    ///
    /// Retried like a read. If the outcome of the last try is unknown, the change is made once
    /// more, which must have the same effect; `told` says which try's result to return.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        retry_result: RetryResult,
        change: impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>
        + Send
        + Sync
        + 'static,
    ) -> Result<T, StoreError> {
        self.change_within(Backoff::new(), retry_result, change)
            .await
    }

    /// Like [`Postgres::change`], for a change of many rows, which conflicts often and whose caller
    /// can wait. Returns the last try's result.
    pub(crate) async fn change_much<T: Send + 'static>(
        &self,
        change: impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>
        + Send
        + Sync
        + 'static,
    ) -> Result<T, StoreError> {
        let _turn = self.deleting.lock().await;
        let backoff = Backoff::patient();
        self.change_within(backoff, RetryResult::OfLast, change)
            .await
    }

    async fn change_within<T: Send + 'static>(
        &self,
        backoff: Backoff,
        retry_result: RetryResult,
        change: impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>
        + Send
        + Sync
        + 'static,
    ) -> Result<T, StoreError> {
        let (id, change) = (self.id, Arc::new(change));
        let unsure = Arc::new(Mutex::new(None));
        let slot = Arc::clone(&unsure);
        let made = self
            .readers
            .run(backoff, move |conn| {
                lease::guard(conn, id, Arc::clone(&change), Arc::clone(&slot)).boxed()
            })
            .await?;
        let first = unsure.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(match retry_result {
            RetryResult::OfFirst => first.unwrap_or(made),
            RetryResult::OfLast => made,
        })
    }

    /// Sends the writer a job and waits for its reply.
    async fn ask(&self, job: impl FnOnce(Reply) -> Job) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        let sent = self.jobs.send(job(reply)).await;
        sent.map_err(|_| StoreError::Closed)?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }
}

/// Connects, migrates the schema and registers the process.
async fn start(
    address: Arc<Address>,
    lease: Duration,
    lost: watch::Sender<bool>,
    held: Arc<LeaseExpiry>,
    meter: Arc<StoreMeter>,
) -> Result<Writer, OpenError> {
    let connected = |result: Result<Connection, tokio_postgres::Error>| {
        result.map_err(|fault| error::opening(&address.name, &fault))
    };
    // The tables in the writer's statements may not exist yet.
    let conn = connected(Connection::open(&address, &[]).await)?;
    migrations::apply(&conn, &address.name).await?;
    drop(conn);
    let conn = connected(Connection::open(&address, &writer::statements()).await)?;
    let engine_error = |fault: error::Fault| OpenError::Engine {
        name: address.name.clone(),
        reason: StoreError::from(fault).to_string(),
    };
    let lease_ms = i64::try_from(lease.as_millis()).unwrap_or(i64::MAX);
    let mut backoff = Backoff::new();
    let id = loop {
        let fault = match lease::enter(&conn, lease_ms).await {
            Ok(id) => break id,
            Err(fault) => fault,
        };
        // The transaction may have ended already.
        let _ = conn.run("ROLLBACK").await;
        if !backoff.wait(&fault).await {
            return Err(engine_error(fault));
        }
    };
    Ok(Writer::new(address, conn, id, lease, lost, held, meter))
}
