//! The store on `SQLite`: one file, one process.
//!
//! One thread writes: it stores all waiting writes in one transaction with one sync. Only if one of
//! them is refused does each get a savepoint of its own. Reads run on their own threads; they and
//! the writer do not wait for each other. A lock on a file beside the database keeps out a second
//! process, so the process that opened it owns every game in it.

pub(super) mod apply;
pub(super) mod asked_history;
pub(super) mod audit;
pub(super) mod chain;
mod checkpoint;
pub(super) mod daily;
pub(super) mod daily_film;
pub(super) mod drafts;
mod error;
mod file_identity;
pub(super) mod forget;
pub(super) mod games;
pub(super) mod members;
pub(super) mod migrations;
pub(super) mod open;
pub(super) mod packs;
pub(super) mod planned_events;
pub(super) mod questions;
mod reader_pool;
pub(super) mod record;
pub(super) mod reports;
pub(super) mod results;
pub(super) mod schedule;
pub(super) mod season;
pub(super) mod settings;
pub(super) mod standings;
mod tally;
mod transaction;
pub(super) mod writer;

use super::{OpenError, StoreError, StoreMeter, Write};
use file_identity::Place;
use reader_pool::Task;
use rusqlite::Connection;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use writer::Job;

/// A handle on the threads of one database. [`super::Store`] documents its methods.
#[derive(Debug, Clone)]
pub(super) struct Sqlite {
    jobs: mpsc::Sender<Job>,
    /// None for an in-memory database, which only its writer can see.
    readers: Option<reader_pool::ReaderPool>,
    /// None for an in-memory database.
    place: Option<Arc<Place>>,
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

    /// Writes the schema's version unchanged, which exercises the lock, the log and the disk like
    /// any write.
    pub(super) async fn probe(&self) -> Result<(), StoreError> {
        self.write(|conn| {
            let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
            conn.pragma_update(None, "user_version", version)
        })
        .await
    }

    pub(super) fn meter(&self) -> &Arc<StoreMeter> {
        &self.meter
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

    /// Runs `query` on a consistent snapshot of the database.
    pub(crate) async fn read<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let Some(readers) = &self.readers else {
            return self.write(move |conn| query(&*conn)).await;
        };
        let (task, answer) = task(move |conn| query(&*conn.transaction()?));
        readers.send(task).await?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Runs `work` on the writer's connection, between two batches.
    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        E: Into<StoreError>,
        F: FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    {
        let place = self.place.clone();
        let check = move || place.as_ref().map_or(Ok(()), |place| place.check());
        let (task, answer) = task(move |conn| {
            check()?;
            let done = work(conn).map_err(Into::into)?;
            check()?;
            Ok::<T, StoreError>(done)
        });
        self.send(Job::Task(task)).await?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }
}

type Answer<T> = oneshot::Receiver<Result<T, StoreError>>;

/// Wraps `work` to send back its result, even if the caller no longer waits.
fn task<T, E, F>(work: F) -> (Task, Answer<T>)
where
    T: Send + 'static,
    E: Into<StoreError>,
    F: FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let task: Task = Box::new(move |conn| drop(reply.send(work(conn).map_err(Into::into))));
    (task, answer)
}
