//! The store on a `PostgreSQL` server, for several processes that share one state.
//!
//! One task writes, as one thread does with `SQLite`, and takes what waits into one transaction;
//! a few connections read. They live on a thread of their own with a runtime of its own, so that
//! queued writes outlive the caller's runtime and opening needs none. Connections that break are
//! made anew; what met a restarting server is tried again for two seconds, and what met another
//! transaction for longer, and then it is an error that says so.
//!
//! Only SQL that `PostgreSQL`-compatible databases share: no advisory locks, no notifications, no
//! procedures. What the order of locks and the isolation must be is said in [`batch`]; how two
//! processes are kept from playing the same games, in [`lease`], and from connecting at the same
//! moment, in [`turns`].

mod address;
pub(super) mod asked;
mod batch;
pub(crate) mod connection;
pub(super) mod daily;
pub(super) mod error;
pub(super) mod forget;
pub(super) mod games;
mod held;
mod lease;
mod migrations;
pub(super) mod packs;
mod plan;
pub(super) mod questions;
mod readers;
pub(super) mod rebuild;
pub(super) mod record;
pub(super) mod reports;
mod retry;
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
use error::Fault;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use heat_core::shard::ShardRange;
use held::Held;
use readers::Readers;
use retry::Backoff;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot, watch};
use writer::{Job, Reply, Writer};

/// How long a process that gives no sign of life keeps its shards. It gives one four times in that
/// time, so what keeps it from two in a row, such as a disk of the server that stalls or packets
/// that are lost, costs it nothing; and nobody waits much longer for its games when it dies.
const LEASE: Duration = Duration::from_secs(6);

/// Which try's answer is right, where it is not known whether an earlier one was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// The last one's, for it tells what is there now.
    ByLast,
    /// The first one's, for it tells whether there was anything to change. By the last try there is
    /// not, if that was made.
    ByFirst,
}

/// A handle on the connections to one database. See [`super::Store`] for what its methods promise.
#[derive(Debug, Clone)]
pub(super) struct Postgres {
    jobs: mpsc::Sender<Job>,
    readers: Arc<Readers>,
    lost: watch::Receiver<bool>,
    held: Arc<Held>,
    /// One asks the server at a time, and all who doubt the lease have the answer.
    asking: Arc<tokio::sync::Mutex<()>>,
    /// One deletes at a time: two who leave the same games would only undo each other's work.
    deleting: Arc<tokio::sync::Mutex<()>>,
    meter: Arc<StoreMeter>,
    /// This process's row in `writers`.
    id: i64,
}

impl Postgres {
    pub(super) fn open(url: &str) -> Result<Postgres, OpenError> {
        Self::open_for(url, LEASE)
    }

    /// As [`Postgres::open`], with another time after which it counts as dead.
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
        let readers = Arc::new(Readers::new(Arc::clone(&address), runtime.handle().clone()));
        let (jobs, queue) = mpsc::channel(writer::QUEUE_MAX);
        let (lost_sender, lost) = watch::channel(false);
        let (ready, opened) = std::sync::mpsc::channel();
        let meter = Arc::<StoreMeter>::default();
        let held = Arc::<Held>::default();
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
            // Closed before it was lost, so that it never will be.
            std::future::pending::<()>().await;
        }
    }

    pub(super) fn is_replaced(&self) -> bool {
        *self.lost.borrow()
    }

    /// Makes sure that the lease still runs: by the clock, or else by renewing it.
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

    /// As after a long pause.
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

    /// Reads on a connection of its own; again, on another if need be, when the server has restarted
    /// or two transactions have met.
    pub(crate) async fn read<T>(
        &self,
        query: impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>,
    ) -> Result<T, StoreError> {
        self.readers.run(Backoff::new(), query).await
    }

    /// Makes a change that is about no game, in a transaction of its own beside the writer. A
    /// process that was shut out makes none.
    ///
    /// Tried again as a read is. Only the last word of a try may leave it open whether the change
    /// was made; then it is made once more, which must come to the same, and `told` says which try's
    /// answer is right.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        told: Told,
        change: impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>
        + Send
        + Sync
        + 'static,
    ) -> Result<T, StoreError> {
        self.change_within(Backoff::new(), told, change).await
    }

    /// As [`Postgres::change`], for a change of many rows, which meets others again and again, and
    /// for which somebody waits who has time. The last try's answer counts.
    pub(crate) async fn change_much<T: Send + 'static>(
        &self,
        change: impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>
        + Send
        + Sync
        + 'static,
    ) -> Result<T, StoreError> {
        let _turn = self.deleting.lock().await;
        let backoff = Backoff::patient();
        self.change_within(backoff, Told::ByLast, change).await
    }

    async fn change_within<T: Send + 'static>(
        &self,
        backoff: Backoff,
        told: Told,
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
        Ok(match told {
            Told::ByFirst => first.unwrap_or(made),
            Told::ByLast => made,
        })
    }

    /// Gives the writer a job and waits for its answer.
    async fn ask(&self, job: impl FnOnce(Reply) -> Job) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        let sent = self.jobs.send(job(reply)).await;
        sent.map_err(|_| StoreError::Closed)?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }
}

/// Connects, brings the schema up to date and makes the process known.
async fn start(
    address: Arc<Address>,
    lease: Duration,
    lost: watch::Sender<bool>,
    held: Arc<Held>,
    meter: Arc<StoreMeter>,
) -> Result<Writer, OpenError> {
    let connected = |result: Result<Connection, tokio_postgres::Error>| {
        result.map_err(|fault| error::opening(&address.name, &fault))
    };
    // The tables that the writer's statements are about may not be there yet.
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
        // The transaction may be over already.
        let _ = conn.run("ROLLBACK").await;
        if !backoff.wait(&fault).await {
            return Err(engine_error(fault));
        }
    };
    Ok(Writer::new(address, conn, id, lease, lost, held, meter))
}
