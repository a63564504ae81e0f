//! Durable state: games and their events, the ledger of answers, the leaderboards derived from
//! it, and which questions a place was asked.
//!
//! [`Store::commit`] returns only when its write has reached the disk, so whoever acknowledges
//! after it never loses an acknowledged answer. One thread writes; it takes all writes that wait,
//! puts each into a savepoint of one transaction, and pays for one sync. Reads run on threads of
//! their own and neither wait for the writer nor hold it up.
//!
//! What never happens here: no rule of the game (points come in, they are not worked out), no
//! clock (times come in), nothing of Discord but its ids as numbers, and no blocking of the async
//! runtime. A leaderboard never counts an answer before its round was revealed. No error of the
//! disk is a panic, and none ends the writer.
//!
//! The interface names no database, so that another one can stand behind it.

mod apply;
mod audit;
mod error;
mod games;
mod migrations;
mod model;
mod open;
mod packs;
mod period;
mod readers;
mod standings;
mod tally;
#[cfg(test)]
mod tests;
mod writer;

pub use audit::Audit;
pub use error::{OpenError, StoreError};
pub use model::{AnswerRow, NewGame, StoredGame, WRITE_BYTES_MAX, Write};
pub use packs::StoredPack;

use crate::standing::{Board, BoardPage, Standing};
use readers::Task;
use rusqlite::Connection;
use std::collections::BTreeMap;
use tokio::sync::{mpsc, oneshot};
use writer::Job;

/// A handle on the database. Cheap to clone; all clones share one writer.
///
/// When the last clone is dropped, writes already queued are still made, in the background.
#[derive(Debug, Clone)]
pub struct Store {
    jobs: mpsc::Sender<Job>,
    /// None for a database in memory, which only its writer can see.
    readers: Option<readers::Readers>,
}

impl Store {
    /// Opens the database that `url` names, creating the file if there is none and bringing an
    /// older one up to date.
    ///
    /// `sqlite://heat-check.db` (relative), `sqlite:///var/lib/heat-check.db` (absolute), or
    /// `sqlite::memory:`, which is gone with the store. Missing folders are not created. Blocks
    /// for a few milliseconds; needs no runtime.
    ///
    /// # Errors
    /// One sentence in [`OpenError`] for whatever stands in the way. Nothing is left running.
    pub fn open(url: &str) -> Result<Store, OpenError> {
        open::open(url)
    }

    /// Makes `write` durable: all of it or nothing.
    ///
    /// If the future is dropped the write may still be made. Waits while the queue is full.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] or [`StoreError::Invalid`] concern this write alone; with any
    /// other error nothing of it was stored, and it may be tried again.
    pub async fn commit(&self, write: Write) -> Result<(), StoreError> {
        write.check()?;
        let (reply, answer) = oneshot::channel();
        self.send(Job::Write(Box::new(write), reply)).await?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Every game that has not ended, by id, with its events in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn live_games(&self) -> Result<Vec<StoredGame>, StoreError> {
        self.read(games::live).await
    }

    /// One game, live or ended, with its events in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn game(&self, id: u64) -> Result<Option<StoredGame>, StoreError> {
        self.read(move |conn| games::by_id(conn, id)).await
    }

    /// The first game that was started under this share code.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn game_by_code(&self, code: &str) -> Result<Option<StoredGame>, StoreError> {
        let code = code.to_owned();
        self.read(move |conn| games::by_code(conn, &code)).await
    }

    /// When each question was last asked at `place`: a greater number is later.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn asked(&self, place: u64) -> Result<BTreeMap<String, u64>, StoreError> {
        self.read(move |conn| games::asked(conn, place)).await
    }

    /// One page of a board, counted from 0, [`crate::standing::PAGE_ROWS`] players each. A page
    /// past the end is empty.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn leaderboard(&self, board: Board, page: u32) -> Result<BoardPage, StoreError> {
        self.read(move |conn| standings::page(conn, board, page))
            .await
    }

    /// A player's place on a board, or none if no answer of theirs counts there.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn standing(&self, board: Board, user: u64) -> Result<Option<Standing>, StoreError> {
        self.read(move |conn| standings::of(conn, board, user))
            .await
    }

    /// Throws the leaderboards away and derives them from the ledger again. Writes wait meanwhile;
    /// reads see the old ones until it is done.
    ///
    /// # Errors
    /// If the database cannot be written; the old leaderboards stay.
    pub async fn rebuild_standings(&self) -> Result<(), StoreError> {
        self.on_writer(|conn| {
            let tx = conn.transaction()?;
            standings::rebuild(&tx)?;
            Ok(tx.commit()?)
        })
        .await
    }

    /// Compares the leaderboards with the ledger. Holds all of both in memory for the while.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn verify_standings(&self) -> Result<Audit, StoreError> {
        self.read(audit::standings).await
    }

    /// Stops taking work, makes every write that was queued, folds the journal into the database
    /// file and gives it free. Other clones answer [`StoreError::Closed`] from now on.
    ///
    /// # Errors
    /// If the journal could not be folded in. Nothing is lost: the next start does it.
    pub async fn close(self) -> Result<(), StoreError> {
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
    async fn on_writer<T, F>(&self, work: F) -> Result<T, StoreError>
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
