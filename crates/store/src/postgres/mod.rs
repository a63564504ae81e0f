//! The store on a `PostgreSQL` server, for several processes that share one state.
//!
//! One task writes, as one thread does with `SQLite`, and takes what waits into one transaction;
//! a few connections read. They live on a thread of their own with a runtime of its own, so that
//! queued writes outlive the caller's runtime and opening needs none. Connections that break are
//! made anew; what met another process's transaction or a restarting server is tried again for two
//! seconds, and then it is an error that says so.
//!
//! Only SQL that `PostgreSQL`-compatible databases share: no advisory locks, no notifications, no
//! procedures. What the order of locks and the isolation must be is said in [`batch`]; how two
//! processes are kept from playing the same games, in [`lease`], and from connecting at the same
//! moment, in [`turns`].

mod address;
mod asked;
mod batch;
pub(crate) mod connection;
mod daily;
mod error;
mod forget;
mod games;
mod lease;
mod migrations;
mod packs;
mod plan;
mod readers;
mod rebuild;
mod record;
mod reports;
mod retry;
mod settings;
mod standings;
mod tls;
pub(super) mod transfer;
mod turns;
mod writer;

pub(super) use address::is_address;

use super::forget::{Anonymise, MemberRows, Step};
use super::{
    Audit, DailyAnswer, OpenError, Report, ReportPage, StoreError, StoreMeter, StoredGame,
    StoredPack, Write,
};
use address::Address;
use connection::Connection;
use error::Fault;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use heat_core::asked::Asked;
use heat_core::daily::{Attempt, Day, Page, Placing, Streak};
use heat_core::shard::ShardRange;
use heat_core::standing::{Board, BoardPage, Record, Standing};
use readers::Readers;
use retry::Backoff;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot, watch};
use writer::{Job, Reply, Writer};

/// How long a process that gives no sign of life keeps its shards. It gives one four times in that
/// time, so what keeps it from two in a row, such as a disk of the server that stalls or packets
/// that are lost, costs it nothing; and nobody waits much longer for its games when it dies.
const LEASE: Duration = Duration::from_secs(6);

/// A handle on the connections to one database. See [`super::Store`] for what its methods promise.
#[derive(Debug, Clone)]
pub(super) struct Postgres {
    jobs: mpsc::Sender<Job>,
    readers: Arc<Readers>,
    lost: watch::Receiver<bool>,
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
        let of_thread = (Arc::clone(&address), Arc::clone(&meter));
        let work = move |runtime: Runtime| {
            runtime.block_on(async {
                let (address, meter) = of_thread;
                match start(address, lease, lost_sender, meter).await {
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
        self.readers
            .read(move |conn| turns::take(conn, id, shards, max_concurrency).boxed())
            .await
    }

    pub(super) async fn lease_lost(&self) {
        let mut lost = self.lost.clone();
        if lost.wait_for(|lost| *lost).await.is_err() {
            // Closed before it was lost, so that it never will be.
            std::future::pending::<()>().await;
        }
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

    pub(super) async fn live_games(
        &self,
        shards: ShardRange,
    ) -> Result<Vec<StoredGame>, StoreError> {
        self.readers
            .read(move |conn| games::live(conn, shards).boxed())
            .await
    }

    pub(super) async fn game(&self, id: u64) -> Result<Option<StoredGame>, StoreError> {
        self.readers
            .read(move |conn| games::by_id(conn, id).boxed())
            .await
    }

    pub(super) async fn game_by_code(&self, code: &str) -> Result<Option<StoredGame>, StoreError> {
        let code: Arc<str> = code.into();
        self.readers
            .read(move |conn| games::by_code(conn, Arc::clone(&code)).boxed())
            .await
    }

    pub(super) async fn asked(&self, place: u64) -> Result<Asked, StoreError> {
        self.readers
            .read(move |conn| asked::all(conn, place).boxed())
            .await
    }

    pub(super) async fn leaderboard(
        &self,
        board: Board,
        page: u32,
    ) -> Result<BoardPage, StoreError> {
        self.readers
            .read(move |conn| standings::page(conn, board, page).boxed())
            .await
    }

    pub(super) async fn standing(
        &self,
        board: Board,
        user: u64,
    ) -> Result<Option<Standing>, StoreError> {
        self.readers
            .read(move |conn| standings::of(conn, board, user).boxed())
            .await
    }

    pub(super) async fn record(&self, user: u64) -> Result<Option<Record>, StoreError> {
        self.readers
            .read(move |conn| record::of(conn, user).boxed())
            .await
    }

    pub(super) async fn packs(&self, guild: u64) -> Result<Vec<StoredPack>, StoreError> {
        self.readers
            .read(move |conn| packs::all(conn, guild).boxed())
            .await
    }

    pub(super) async fn put_pack(&self, guild: u64, pack: StoredPack) -> Result<(), StoreError> {
        let pack = Arc::new(pack);
        self.change(move |conn| packs::put(conn, guild, Arc::clone(&pack)).boxed())
            .await
    }

    pub(super) async fn remove_pack(&self, guild: u64, id: &str) -> Result<bool, StoreError> {
        let id: Arc<str> = id.into();
        self.change(move |conn| packs::remove(conn, guild, Arc::clone(&id)).boxed())
            .await
    }

    pub(super) async fn daily_puzzle(&self, day: Day) -> Result<Option<String>, StoreError> {
        self.readers
            .read(move |conn| daily::puzzle(conn, day).boxed())
            .await
    }

    pub(super) async fn keep_daily_puzzle(
        &self,
        day: Day,
        body: &str,
    ) -> Result<String, StoreError> {
        let body: Arc<str> = body.into();
        self.readers
            .read(move |conn| daily::keep_puzzle(conn, day, Arc::clone(&body)).boxed())
            .await
    }

    pub(super) async fn daily_attempt(
        &self,
        day: Day,
        user: u64,
    ) -> Result<Option<Attempt>, StoreError> {
        self.readers
            .read(move |conn| daily::attempt(conn, day, user).boxed())
            .await
    }

    pub(super) async fn begin_daily(
        &self,
        day: Day,
        user: u64,
        at_ms: i64,
    ) -> Result<(), StoreError> {
        self.readers
            .read(move |conn| daily::begin(conn, day, user, at_ms).boxed())
            .await
    }

    pub(super) async fn answer_daily(
        &self,
        answer: DailyAnswer,
    ) -> Result<Option<Attempt>, StoreError> {
        self.readers
            .read(move |conn| daily::answer(conn, answer).boxed())
            .await
    }

    pub(super) async fn daily_streak(&self, user: u64) -> Result<Option<Streak>, StoreError> {
        self.readers
            .read(move |conn| daily::streak(conn, user).boxed())
            .await
    }

    pub(super) async fn share_daily(
        &self,
        day: Day,
        user: u64,
        channel: u64,
    ) -> Result<bool, StoreError> {
        self.readers
            .read(move |conn| daily::share(conn, day, user, channel).boxed())
            .await
    }

    pub(super) async fn daily_board(
        &self,
        day: Day,
        guild: Option<u64>,
        page: u32,
    ) -> Result<Page, StoreError> {
        self.readers
            .read(move |conn| daily::page(conn, day, guild, page).boxed())
            .await
    }

    pub(super) async fn daily_placing(
        &self,
        day: Day,
        guild: Option<u64>,
        user: u64,
    ) -> Result<Option<Placing>, StoreError> {
        self.readers
            .read(move |conn| daily::placing(conn, day, guild, user).boxed())
            .await
    }

    pub(super) async fn put_report(&self, report: Report) -> Result<(), StoreError> {
        let report = Arc::new(report);
        self.change(move |conn| reports::put(conn, Arc::clone(&report)).boxed())
            .await
    }

    pub(super) async fn dismiss_reports(
        &self,
        guild: u64,
        question: &str,
        until_ms: i64,
    ) -> Result<bool, StoreError> {
        let question: Arc<str> = question.into();
        self.change(move |conn| {
            reports::dismiss(conn, guild, Arc::clone(&question), until_ms).boxed()
        })
        .await
    }

    pub(super) async fn reports(&self, guild: u64, page: u32) -> Result<ReportPage, StoreError> {
        self.readers
            .read(move |conn| reports::page(conn, guild, page).boxed())
            .await
    }

    pub(super) async fn reported_questions(&self, guild: u64) -> Result<Vec<String>, StoreError> {
        self.readers
            .read(move |conn| reports::reported(conn, guild).boxed())
            .await
    }

    pub(super) async fn resting(
        &self,
        guild: u64,
        among: Vec<String>,
        members: u32,
    ) -> Result<BTreeSet<String>, StoreError> {
        let among = Arc::new(among);
        self.readers
            .read(move |conn| reports::resting(conn, guild, Arc::clone(&among), members).boxed())
            .await
    }

    pub(super) async fn settings(&self, guild: u64) -> Result<Option<String>, StoreError> {
        self.readers
            .read(move |conn| settings::of(conn, guild).boxed())
            .await
    }

    pub(super) async fn put_settings(&self, guild: u64, body: &str) -> Result<(), StoreError> {
        let body: Arc<str> = body.into();
        self.change(move |conn| settings::put(conn, guild, Arc::clone(&body)).boxed())
            .await
    }

    pub(super) async fn member_games(
        &self,
        member: u64,
        before: Option<u64>,
        count: u32,
    ) -> Result<Vec<StoredGame>, StoreError> {
        self.readers
            .read(move |conn| forget::games(conn, member, before, count).boxed())
            .await
    }

    pub(super) async fn member_rows(&self, member: u64) -> Result<MemberRows, StoreError> {
        self.readers
            .read(move |conn| forget::rows(conn, member).boxed())
            .await
    }

    pub(super) async fn forget_step(
        &self,
        member: u64,
        first: bool,
        anonymise: Anonymise,
    ) -> Result<Step, StoreError> {
        self.change(move |conn| forget::step(conn, member, first, anonymise).boxed())
            .await
    }

    pub(super) async fn rebuild_standings(&self) -> Result<(), StoreError> {
        self.ask(Job::Rebuild).await
    }

    pub(super) async fn verify_standings(&self) -> Result<Audit, StoreError> {
        self.readers
            .read(move |conn| rebuild::audit(conn).boxed())
            .await
    }

    pub(super) async fn close(self) -> Result<(), StoreError> {
        self.readers.close();
        self.ask(Job::Close).await
    }

    /// Makes a change that is about no game, beside the writer. A process that was shut out makes
    /// none. Tried again as a read is, so the same change twice must be the change once.
    async fn change<T: Send + 'static>(
        &self,
        change: impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>
        + Send
        + Sync
        + 'static,
    ) -> Result<T, StoreError> {
        let (id, change) = (self.id, Arc::new(change));
        self.readers
            .read(move |conn| lease::guard(conn, id, Arc::clone(&change)).boxed())
            .await
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
        if !(fault.passes() && backoff.wait().await) {
            return Err(engine_error(fault));
        }
    };
    Ok(Writer::new(address, conn, id, lease, lost, meter))
}
