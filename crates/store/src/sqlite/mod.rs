//! The store on `SQLite`: one file, one process.
//!
//! One thread writes; it takes all writes that wait, stores them in one transaction, and pays for
//! one sync. Only where one of them is refused does each get a savepoint of its own. Reads run on threads of their own and neither wait for the
//! writer nor hold it up. A lock on a file beside the database keeps a second process out, so that
//! whoever has opened it owns every game in it.

pub(super) mod apply;
mod asked;
mod audit;
mod checkpoint;
pub(super) mod daily;
mod error;
mod forget;
pub(super) mod games;
pub(super) mod migrations;
pub(super) mod open;
mod packs;
mod readers;
pub(super) mod record;
mod reports;
mod settings;
pub(super) mod standings;
mod tally;
mod transaction;
pub(super) mod writer;

use super::forget::{Anonymise, MemberRows, Step};
use super::{
    Audit, DailyAnswer, OpenError, Report, ReportPage, StoreError, StoreMeter, StoredGame,
    StoredPack, Write,
};
use heat_core::asked::Asked;
use heat_core::daily::{Attempt, Day, Page, Placing, Streak};
use heat_core::shard::ShardRange;
use heat_core::standing::{Board, BoardPage, Record, Standing};
use readers::Task;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use writer::Job;

/// A handle on the threads of one database. See [`super::Store`] for what its methods promise.
#[derive(Debug, Clone)]
pub(super) struct Sqlite {
    jobs: mpsc::Sender<Job>,
    /// None for a database in memory, which only its writer can see.
    readers: Option<readers::Readers>,
    meter: Arc<StoreMeter>,
}

impl Sqlite {
    pub(super) fn open(url: &str) -> Result<Sqlite, OpenError> {
        open::open(url)
    }

    pub(super) async fn commit(&self, write: Write) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Write(Box::new(write), reply)).await?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Writes the schema's version as it is, which takes the lock, the log and the disk like any
    /// write.
    pub(super) async fn probe(&self) -> Result<(), StoreError> {
        self.on_writer(|conn| {
            let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
            Ok(conn.pragma_update(None, "user_version", version)?)
        })
        .await
    }

    pub(super) fn meter(&self) -> &Arc<StoreMeter> {
        &self.meter
    }

    pub(super) async fn live_games(
        &self,
        shards: ShardRange,
    ) -> Result<Vec<StoredGame>, StoreError> {
        self.read(move |conn| games::live(conn, shards)).await
    }

    pub(super) async fn game(&self, id: u64) -> Result<Option<StoredGame>, StoreError> {
        self.read(move |conn| games::by_id(conn, id)).await
    }

    pub(super) async fn game_by_code(&self, code: &str) -> Result<Option<StoredGame>, StoreError> {
        let code = code.to_owned();
        self.read(move |conn| games::by_code(conn, &code)).await
    }

    pub(super) async fn asked(&self, place: u64) -> Result<Asked, StoreError> {
        self.read(move |conn| asked::all(conn, place)).await
    }

    pub(super) async fn leaderboard(
        &self,
        board: Board,
        page: u32,
    ) -> Result<BoardPage, StoreError> {
        self.read(move |conn| standings::page(conn, board, page))
            .await
    }

    pub(super) async fn standing(
        &self,
        board: Board,
        user: u64,
    ) -> Result<Option<Standing>, StoreError> {
        self.read(move |conn| standings::of(conn, board, user))
            .await
    }

    pub(super) async fn record(&self, user: u64) -> Result<Option<Record>, StoreError> {
        self.read(move |conn| record::of(conn, user)).await
    }

    pub(super) async fn packs(&self, guild: u64) -> Result<Vec<StoredPack>, StoreError> {
        self.read(move |conn| packs::all(conn, guild)).await
    }

    pub(super) async fn put_pack(&self, guild: u64, pack: StoredPack) -> Result<(), StoreError> {
        self.on_writer(move |conn| Ok(packs::put(conn, guild, &pack)?))
            .await
    }

    pub(super) async fn remove_pack(&self, guild: u64, id: &str) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.on_writer(move |conn| Ok(packs::remove(conn, guild, &id)?))
            .await
    }

    pub(super) async fn daily_puzzle(&self, day: Day) -> Result<Option<String>, StoreError> {
        self.read(move |conn| daily::puzzle(conn, day)).await
    }

    pub(super) async fn keep_daily_puzzle(
        &self,
        day: Day,
        body: &str,
    ) -> Result<String, StoreError> {
        let body = body.to_owned();
        self.on_writer(move |conn| Ok(daily::keep_puzzle(conn, day, &body)?))
            .await
    }

    pub(super) async fn daily_attempt(
        &self,
        day: Day,
        user: u64,
    ) -> Result<Option<Attempt>, StoreError> {
        self.read(move |conn| daily::attempt(conn, day, user)).await
    }

    pub(super) async fn begin_daily(
        &self,
        day: Day,
        user: u64,
        at_ms: i64,
    ) -> Result<(), StoreError> {
        self.on_writer(move |conn| Ok(daily::begin(conn, day, user, at_ms)?))
            .await
    }

    pub(super) async fn answer_daily(
        &self,
        answer: DailyAnswer,
    ) -> Result<Option<Attempt>, StoreError> {
        self.on_writer(move |conn| {
            let tx = conn.transaction()?;
            let attempt = daily::answer(&tx, &answer)?;
            tx.commit()?;
            Ok(attempt)
        })
        .await
    }

    pub(super) async fn daily_streak(&self, user: u64) -> Result<Option<Streak>, StoreError> {
        self.read(move |conn| daily::streak(conn, user)).await
    }

    pub(super) async fn share_daily(
        &self,
        day: Day,
        user: u64,
        channel: u64,
    ) -> Result<bool, StoreError> {
        self.on_writer(move |conn| Ok(daily::share(conn, day, user, channel)?))
            .await
    }

    pub(super) async fn daily_board(
        &self,
        day: Day,
        guild: Option<u64>,
        page: u32,
    ) -> Result<Page, StoreError> {
        self.read(move |conn| daily::page(conn, day, guild, page))
            .await
    }

    pub(super) async fn daily_placing(
        &self,
        day: Day,
        guild: Option<u64>,
        user: u64,
    ) -> Result<Option<Placing>, StoreError> {
        self.read(move |conn| daily::placing(conn, day, guild, user))
            .await
    }

    pub(super) async fn put_report(&self, report: Report) -> Result<(), StoreError> {
        self.on_writer(move |conn| Ok(reports::put(conn, &report)?))
            .await
    }

    pub(super) async fn dismiss_reports(
        &self,
        guild: u64,
        question: &str,
        until_ms: i64,
    ) -> Result<bool, StoreError> {
        let question = question.to_owned();
        self.on_writer(move |conn| Ok(reports::dismiss(conn, guild, &question, until_ms)?))
            .await
    }

    pub(super) async fn reports(&self, guild: u64, page: u32) -> Result<ReportPage, StoreError> {
        self.read(move |conn| reports::page(conn, guild, page))
            .await
    }

    pub(super) async fn reported_questions(&self, guild: u64) -> Result<Vec<String>, StoreError> {
        self.read(move |conn| reports::reported(conn, guild)).await
    }

    pub(super) async fn resting(
        &self,
        guild: u64,
        among: Vec<String>,
        members: u32,
    ) -> Result<BTreeSet<String>, StoreError> {
        self.read(move |conn| reports::resting(conn, guild, among, members))
            .await
    }

    pub(super) async fn settings(&self, guild: u64) -> Result<Option<String>, StoreError> {
        self.read(move |conn| settings::of(conn, guild)).await
    }

    pub(super) async fn put_settings(&self, guild: u64, body: &str) -> Result<(), StoreError> {
        let body = body.to_owned();
        self.on_writer(move |conn| Ok(settings::put(conn, guild, &body)?))
            .await
    }

    pub(super) async fn member_games(
        &self,
        member: u64,
        before: Option<u64>,
        count: u32,
    ) -> Result<Vec<StoredGame>, StoreError> {
        self.read(move |conn| forget::games(conn, member, before, count))
            .await
    }

    pub(super) async fn member_rows(&self, member: u64) -> Result<MemberRows, StoreError> {
        self.read(move |conn| forget::rows(conn, member)).await
    }

    pub(super) async fn forget_step(
        &self,
        member: u64,
        first: bool,
        anonymise: Anonymise,
    ) -> Result<Step, StoreError> {
        self.on_writer(move |conn| forget::step(conn, member, first, anonymise))
            .await
    }

    pub(super) async fn rebuild_standings(&self) -> Result<(), StoreError> {
        self.on_writer(|conn| {
            let tx = conn.transaction()?;
            standings::rebuild(&tx)?;
            Ok(tx.commit()?)
        })
        .await
    }

    pub(super) async fn verify_standings(&self) -> Result<Audit, StoreError> {
        self.read(audit::standings).await
    }

    pub(super) async fn close(self) -> Result<(), StoreError> {
        if let Some(readers) = &self.readers {
            readers.stop().await;
        }
        let (reply, answer) = oneshot::channel();
        self.send(Job::Close(reply)).await?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    async fn send(&self, job: Job) -> Result<(), StoreError> {
        self.jobs.send(job).await.map_err(|_| StoreError::Closed)
    }

    /// Runs `query` on one consistent view of the database.
    async fn read<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let Some(readers) = &self.readers else {
            return self.on_writer(move |conn| Ok(query(conn)?)).await;
        };
        let (task, answer) = task(move |conn| Ok(query(&*conn.transaction()?)?));
        readers.send(task).await?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Runs `work` on the writer's own connection, between two batches.
    pub(super) async fn on_writer<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (task, answer) = task(work);
        self.send(Job::Task(task)).await?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }
}

type Answer<T> = oneshot::Receiver<Result<T, StoreError>>;

/// Wraps `work` so that its result finds its way back; whether anybody still waits is no matter.
fn task<T, F>(work: F) -> (Task, Answer<T>)
where
    T: Send + 'static,
    F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let task: Task = Box::new(move |conn| drop(reply.send(work(conn))));
    (task, answer)
}
