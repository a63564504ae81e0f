//! Durable state: games and their events, the ledger of answers, the leaderboards derived from
//! it, and which questions a place was asked.
//!
//! [`Store::commit`] returns only when its write has reached the disk, so whoever acknowledges
//! after it never loses an acknowledged answer. Writes that wait are stored together, in one
//! transaction with one sync. Reads neither wait for the writer nor hold it up.
//!
//! Two databases stand behind the one interface, which names neither. [`sqlite`] is a file for one
//! process; [`postgres`] is a server for several, each of which [claims](Store::claim) the shards
//! whose games it plays. What both share is the arithmetic of [`boards`], [`tally`] and
//! [`period`], and the promises, which one suite of tests holds both to.
//!
//! What never happens here: no rule of the game (points come in, they are not worked out), no
//! clock (times come in; only leases go by the database's), nothing of Discord but its ids as
//! numbers, and no blocking of the async runtime but in [`Store::open`]. A leaderboard never
//! counts an answer before its round was revealed. No error of the disk, the server or the network
//! is a panic, and none ends the writer.

mod audit;
mod backup;
mod boards;
mod daily;
mod error;
mod examine;
mod forget;
mod games;
mod lease;
mod meter;
mod model;
mod packs;
mod period;
mod postgres;
mod questions;
mod record;
mod reports;
mod settings;
mod sqlite;
mod standings;
mod tally;
#[cfg(test)]
mod tests;

pub use audit::Audit;
pub use backup::{BackupError, Copied, backup, restore};
pub use daily::DailyAnswer;
pub use error::{OpenError, StoreError};
pub use examine::{Examined, examine};
pub use forget::{Anonymise, Anonymised, Forgotten, MemberRows};
pub use meter::StoreMeter;
pub use model::{AnswerRow, NewGame, StoredGame, WRITE_BYTES_MAX, WRITE_ROWS_MAX, Write};
pub use packs::StoredPack;
pub use questions::{QuestionCount, read_question_counts};
pub use reports::{REPORTED_PAGE_ROWS, Report, ReportPage, ReportedQuestion};

use postgres::Postgres;
use sqlite::Sqlite;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a commit may take, its wait in the queue included. Members see that the bot is thinking
/// meanwhile.
const COMMIT_MAX: Duration = Duration::from_secs(10);
/// How long the answer to [`Store::probe`] may take.
const PROBE_MAX: Duration = Duration::from_secs(2);

/// A handle on the database. Cheap to clone; all clones share one writer.
///
/// When the last clone is dropped, writes already queued are still made, in the background.
#[derive(Debug, Clone)]
pub struct Store(Backend);

#[derive(Debug, Clone)]
enum Backend {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Store {
    /// Opens the database that `url` names, bringing an older one up to date.
    ///
    /// `sqlite://heat-check.db` (relative), `sqlite:///var/lib/heat-check.db` (absolute), or
    /// `sqlite::memory:`, which is gone with the store. The file is created if there is none;
    /// missing folders are not.
    ///
    /// `postgres://user:password@host:5432/database` (or `postgresql://`), with the options that
    /// libpq knows for them behind a `?`: `sslmode` (`disable`, `prefer`, `require`,
    /// `verify-full`), `sslrootcert`, `connect_timeout`, `host=/folder/of/the/socket` and more.
    /// The database must be there; our tables are created in it.
    ///
    /// Blocks: for a few milliseconds, or for some seconds if a server does not answer. Needs no
    /// runtime.
    ///
    /// # Errors
    /// One sentence in [`OpenError`] for whatever stands in the way. Nothing is left running.
    pub fn open(url: &str) -> Result<Store, OpenError> {
        if postgres::is_address(url) {
            return Ok(Store(Backend::Postgres(Postgres::open(url)?)));
        }
        Ok(Store(Backend::Sqlite(Sqlite::open(url)?)))
    }

    /// Makes `write` durable: all of it or nothing.
    ///
    /// If the future is dropped the write may still be made. Waits while the queue is full.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] or [`StoreError::Invalid`] concern this write alone; with any
    /// other error nothing of it was stored, and it may be tried again. (One exception: if it takes
    /// longer than ten seconds, as when a disk or a server falls silent between receiving a commit
    /// and confirming it, nobody can know, and that is [`StoreError::Unavailable`] too. Events
    /// tell: those that were stored are a conflict when they come again.)
    pub async fn commit(&self, write: Write) -> Result<(), StoreError> {
        write.check()?;
        let began = Instant::now();
        let committing = async {
            match &self.0 {
                Backend::Sqlite(db) => db.commit(write).await,
                Backend::Postgres(db) => db.commit(write).await,
            }
        };
        let result = within(COMMIT_MAX, committing).await;
        let meter = self.meter();
        meter.commit.observe(began.elapsed().as_secs_f64());
        if result.is_err() {
            meter.failed.inc();
        }
        result
    }

    /// Writes something that changes nothing, and so tells whether commits would succeed now.
    ///
    /// # Errors
    /// What a commit would have failed with.
    pub async fn probe(&self) -> Result<(), StoreError> {
        within(PROBE_MAX, async {
            match &self.0 {
                Backend::Sqlite(db) => db.probe().await,
                Backend::Postgres(db) => db.probe().await,
            }
        })
        .await
    }

    /// What this store counts about itself.
    #[must_use]
    pub fn meter(&self) -> &Arc<StoreMeter> {
        match &self.0 {
            Backend::Sqlite(store) => store.meter(),
            Backend::Postgres(store) => store.meter(),
        }
    }

    /// Stops taking work, makes every write that was queued, and gives the database, or the
    /// claimed shards, free. Other clones answer [`StoreError::Closed`] from now on.
    ///
    /// # Errors
    /// If the end could not be made tidy. Nothing is lost: the next start sees to it.
    pub async fn close(self) -> Result<(), StoreError> {
        match self.0 {
            Backend::Sqlite(db) => db.close().await,
            Backend::Postgres(db) => db.close().await,
        }
    }
}

/// What `work` comes to, or that it took too long.
async fn within(
    limit: Duration,
    work: impl Future<Output = Result<(), StoreError>>,
) -> Result<(), StoreError> {
    let done = tokio::time::timeout(limit, work).await;
    done.unwrap_or_else(|_| {
        Err(StoreError::Unavailable {
            reason: format!("it has not answered for {} s", limit.as_secs()),
        })
    })
}
