//! The writing thread and its group commit: all waiting writes share one transaction and one sync.

use super::file_identity::Place;
use super::reader_pool::Task;
use super::transaction::Transaction;
use super::{apply, standings};
use crate::{StoreError, StoreMeter, Write};
use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::ffi::c_int;
use std::fs::File;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tokio::sync::{mpsc, oneshot};

/// Jobs that may queue before callers have to wait.
const QUEUE_MAX: usize = 1024;
/// The most writes in one transaction, so that the first in a long queue does not wait for the
/// last.
const BATCH_MAX: usize = 256;

type Reply = oneshot::Sender<Result<(), StoreError>>;

/// A job for the writer.
pub(super) enum Job {
    /// Store this, then reply.
    Write(Box<Write>, Reply),
    /// Other work that needs the writer's connection.
    Task(Task),
    /// Finish the queue, then stop.
    Close(Reply),
}

/// What a database file needs besides its writer.
#[derive(Debug, Default)]
pub(super) struct WriterResources {
    pub(super) place: Option<Arc<Place>>,
    /// The lock on it.
    pub(super) owner: Option<File>,
    pub(super) readers: Vec<JoinHandle<()>>,
    pub(super) checkpoints: Option<JoinHandle<()>>,
}

/// Starts the writer. It stops on [`Job::Close`] or when the last sender is dropped: it waits for
/// the readers, closes the database, waits for checkpoints and only then releases the lock.
pub(super) fn start(
    conn: Connection,
    beside: WriterResources,
    meter: Arc<StoreMeter>,
) -> std::io::Result<mpsc::Sender<Job>> {
    let (sender, jobs) = mpsc::channel(QUEUE_MAX);
    thread::Builder::new()
        .name("store-writer".to_owned())
        .spawn(move || {
            let place = beside.place.as_deref();
            let mut writer = Writer { conn, place, meter };
            let closing = writer.work(jobs);
            for reader in beside.readers {
                // A reader that panicked has told its caller; there is nothing to save.
                let _ = reader.join();
            }
            let closed = writer.shut(beside.checkpoints);
            drop(beside.owner);
            match (closing, closed) {
                (Some(reply), closed) => drop(reply.send(closed)),
                (None, Err(error)) => tracing::warn!(%error, "store.close"),
                (None, Ok(())) => {}
            }
        })?;
    Ok(sender)
}

struct Writer<'a> {
    conn: Connection,
    place: Option<&'a Place>,
    meter: Arc<StoreMeter>,
}

impl Writer<'_> {
    /// Works until it is told to stop. Returns the sender to reply to, if any.
    fn work(&mut self, mut jobs: mpsc::Receiver<Job>) -> Option<Reply> {
        let mut closing = None;
        let mut batch = Vec::new();
        while let Some(first) = jobs.blocking_recv() {
            let mut next = Some(first);
            while let Some(job) = next {
                match job {
                    Job::Write(write, reply) => batch.push((write, reply)),
                    Job::Task(task) => {
                        self.store(&mut batch);
                        task(&mut self.conn);
                    }
                    Job::Close(reply) => {
                        jobs.close();
                        closing = Some(reply);
                    }
                }
                next = if batch.len() < BATCH_MAX {
                    jobs.try_recv().ok()
                } else {
                    None
                };
            }
            self.store(&mut batch);
        }
        closing
    }

    /// Stores a batch and replies to all its callers. Leaves it empty.
    fn store(&mut self, batch: &mut Vec<(Box<Write>, Reply)>) {
        if batch.is_empty() {
            return;
        }
        self.meter
            .batch
            .observe(f64::from(u32::try_from(batch.len()).unwrap_or(u32::MAX)));
        let (writes, replies): (Vec<_>, Vec<_>) = batch.drain(..).unzip();
        let results = self
            .commit(&writes)
            .unwrap_or_else(|error| vec![Err(error); writes.len()]);
        for (reply, result) in replies.into_iter().zip(results) {
            // A caller that has gone away does not matter: the write was made.
            let _ = reply.send(result);
        }
    }

    fn commit(&mut self, writes: &[Box<Write>]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        self.check()?;
        let results = commit(&mut self.conn, writes)?;
        self.check()?;
        Ok(results)
    }

    fn check(&self) -> Result<(), StoreError> {
        self.place.map_or(Ok(()), Place::check)
    }

    /// Closes the database. If its file is gone, it is not closed: SQLite would clean up files by
    /// name, which may now be another program's.
    fn shut(self, checkpoints: Option<JoinHandle<()>>) -> Result<(), StoreError> {
        let here = self.check();
        let mut conn = self.conn;
        // Without the hook the thread has no sender left, and ends.
        conn.wal_hook(None::<fn(&mut Wal, c_int) -> rusqlite::Result<()>>)?;
        if let Some(checkpoints) = checkpoints {
            // If it panicked, it has copied less, but the log is still emptied below.
            let _ = checkpoints.join();
        }
        if here.is_err() {
            std::mem::forget(conn);
            return here;
        }
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        conn.close().map_err(|(_, error)| StoreError::from(error))
    }
}

/// One transaction for all. A refused write does not affect the others; if the whole transaction
/// fails, nothing is stored and all get the error.
pub(crate) fn commit(
    conn: &mut Connection,
    writes: &[Box<Write>],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    if together(conn, writes)? {
        return Ok(vec![Ok(()); writes.len()]);
    }
    one_by_one(conn, writes)
}

/// Stores all of them, or nothing if one is refused. That is rare, so answers do not pay for
/// savepoints.
fn together(conn: &mut Connection, writes: &[Box<Write>]) -> Result<bool, StoreError> {
    let tx = Transaction::begin(conn)?;
    let mut counted = Vec::new();
    for write in writes {
        match apply::apply(&tx, write) {
            Ok(answers) => counted.extend(answers),
            // On a full or failing disk SQLite may have rolled back the whole transaction.
            Err(error) if tx.is_autocommit() => return Err(error),
            Err(_refused) => return Ok(false),
        }
    }
    standings::add(&tx, &counted)?;
    tx.commit()?;
    Ok(true)
}

/// Each in its own savepoint, to find out which are refused.
fn one_by_one(
    conn: &mut Connection,
    writes: &[Box<Write>],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let tx = Transaction::begin(conn)?;
    let run = |sql: &str| tx.prepare_cached(sql)?.execute([]).map(drop);
    let mut results = Vec::with_capacity(writes.len());
    let mut counted = Vec::new();
    for write in writes {
        run("SAVEPOINT one_write")?;
        match apply::apply(&tx, write) {
            Ok(answers) => {
                counted.extend(answers);
                results.push(Ok(()));
            }
            Err(error) if tx.is_autocommit() => return Err(error),
            Err(error) => {
                run("ROLLBACK TO one_write")?;
                results.push(Err(error));
            }
        }
        run("RELEASE one_write")?;
    }
    standings::add(&tx, &counted)?;
    tx.commit()?;
    Ok(results)
}
