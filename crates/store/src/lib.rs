//! Durable state: games and their events, the ledger of answers, the leaderboards derived from it,
//! and the questions asked in each place.
//!
//! [`Store::commit`] returns only when its write has reached the disk, so an answer acknowledged
//! after it is never lost. Waiting writes share one transaction and one sync. Reads and the writer
//! do not wait for each other.
//!
//! Two databases implement the one interface: [`sqlite`] is a file for one process, [`postgres`] a
//! server for several, each of which [claims](Store::claim) the shards it plays. They share the
//! arithmetic of [`boards`], [`tally`] and [`period`], and one test suite checks both.
//!
//! What is absent: rules of the game (points are given, not computed), clocks (times are given;
//! only leases use the database's clock), anything of Discord except its ids, and calls that block
//! the async runtime, except [`Store::open`]. A leaderboard never counts an answer before its round
//! was revealed. An error of the disk, server or network never panics and never ends the writer.

mod audit;
mod backup;
mod board_key;
mod boards;
mod chain;
mod daily;
mod daily_film;
mod drafts;
mod error;
mod examine;
mod forget;
mod inspect;
mod members;
mod meter;
mod model;
mod packs;
mod period;
mod planned_events;
mod postgres;
mod questions;
mod record;
mod reports;
mod results;
mod schedule;
mod season;
mod sqlite;
mod starts;
mod tally;
#[cfg(test)]
mod tests;
mod topics;

pub use audit::Audit;
pub use backup::{Copied, backup, restore};
pub use chain::{LongestChain, StoredChain};
pub use daily::{DailyAnswer, DailyKind};
pub use daily_film::DailyFilmGuess;
pub use drafts::{Draft, PackEdit};
pub use error::{BackupError, OpenError, StoreError};
pub use examine::{Disk, Examined};
pub use forget::{Anonymise, Anonymised, Forgotten, MemberRows};
pub use inspect::{examine, read_ended_games, read_question_counts};
pub use members::PastGames;
pub use meter::StoreMeter;
pub use model::{AnswerRow, NewGame, StoredGame, WRITE_BYTES_MAX, WRITE_ROWS_MAX, Write};
pub use packs::{REMOVED_KEPT_MS, StoredPack};
pub use planned_events::PlannedEvent;
pub use questions::QuestionCount;
pub use reports::{REPORTED_PAGE_ROWS, Report, ReportPage, ReportedQuestion};
pub use results::{SendState, UnsentResult, UnsentResults};
pub use schedule::{LastRun, NewEntry, Settled, StoredEntry};
pub use season::{NewSeason, RefusedRole, RoleStep, SeasonBoard, SeasonEnd, StoredSeason};
pub use starts::{LatestStarts, StartsOf};

use postgres::Postgres;
use sqlite::Sqlite;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The longest a commit may take, including its time in the queue. Meanwhile members see that the
/// bot is thinking.
const COMMIT_MAX: Duration = Duration::from_secs(10);
/// The longest [`Store::probe`] may take.
const PROBE_MAX: Duration = Duration::from_secs(2);

/// A handle on the database. Cheap to clone; all clones share one writer.
///
/// Writes still queued when the last clone is dropped are finished in the background.
#[derive(Debug, Clone)]
pub struct Store(Backend);

#[derive(Debug, Clone)]
enum Backend {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Store {
    /// Opens the database at `url` and migrates it if it is old.
    ///
    /// `sqlite://heat-check.db` (relative), `sqlite:///var/lib/heat-check.db` (absolute), or
    /// `sqlite::memory:`, which ends with the store. Creates the file if it does not exist, but no
    /// folders.
    ///
    /// `postgres://user:password@host:5432/database` (or `postgresql://`), with libpq's options
    /// after a `?`: `sslmode` (`disable`, `prefer`, `require`, `verify-full`), `sslrootcert`,
    /// `connect_timeout`, `host=/folder/of/the/socket` and more. The database must exist; our
    /// tables are created in it.
    ///
    /// Blocks for a few milliseconds, or some seconds if a server does not answer. Needs no
    /// runtime.
    ///
    /// # Errors
    /// [`OpenError`], which says what is wrong. No thread is left running.
    pub fn open(url: &str) -> Result<Store, OpenError> {
        if postgres::is_address(url) {
            return Ok(Store(Backend::Postgres(Postgres::open(url)?)));
        }
        Ok(Store(Backend::Sqlite(Sqlite::open(url)?)))
    }

    /// Makes `write` durable: all of it or nothing.
    ///
    /// If the future is dropped, the write may still happen. Waits while the queue is full.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] and [`StoreError::Invalid`] concern this write alone; after any
    /// other error nothing of it was stored and you may try again. (One exception: if it takes
    /// longer than ten seconds, because a disk or server falls silent between receiving a commit
    /// and confirming it, the outcome is unknown, which is [`StoreError::Unavailable`] too. Trying
    /// again shows it: events already stored are a conflict.)
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

    /// Makes a write that changes nothing, to test whether commits would succeed now.
    ///
    /// # Errors
    /// The error a commit would have failed with.
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

    /// Stops accepting work, finishes every queued write, and releases the database or the claimed
    /// shards. Other clones fail with [`StoreError::Closed`] from then on.
    ///
    /// # Errors
    /// If it could not close cleanly. Nothing is lost: the next start recovers.
    pub async fn close(self) -> Result<(), StoreError> {
        match self.0 {
            Backend::Sqlite(db) => db.close().await,
            Backend::Postgres(db) => db.close().await,
        }
    }
}

/// The result of `work`, or an error if it took too long.
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
