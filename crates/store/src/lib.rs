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
mod meter;
mod model;
mod period;
mod postgres;
mod record;
mod reports;
mod sqlite;
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
pub use model::{
    AnswerRow, NewGame, StoredGame, StoredPack, WRITE_BYTES_MAX, WRITE_ROWS_MAX, Write,
};
pub use reports::{REPORTED_PAGE_ROWS, Report, ReportPage, ReportedQuestion};

use forget::Step;
use heat_core::asked::Asked;
use heat_core::daily::{Attempt, Day, Page, Placing, Streak};
use heat_core::shard::ShardRange;
use heat_core::standing::{Board, BoardPage, Record, Standing};
use postgres::Postgres;
use sqlite::Sqlite;
use std::collections::BTreeSet;
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

/// Calls the same method of whichever backend there is.
macro_rules! backend {
    ($store:expr, $name:ident($($argument:expr),*)) => {
        match $store {
            Backend::Sqlite(store) => store.$name($($argument),*).await,
            Backend::Postgres(store) => store.$name($($argument),*).await,
        }
    };
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

    /// Makes the games of `shards` this store's own until it is closed. To be called once, before
    /// [`Store::live_games`] is asked for them.
    ///
    /// No two live processes own a shard at once. A process that died without closing keeps its
    /// shards for some ten seconds more, and this waits for them. A process that was merely cut
    /// off or paused so long that its shards were claimed by another can store nothing more: each
    /// of its writes fails with [`StoreError::LeaseLost`].
    ///
    /// A `SQLite` file belongs to one process as a whole, so there this always succeeds. A store
    /// that claims nothing may write all the same, for tools and tests that play no games.
    ///
    /// # Errors
    /// [`StoreError::ShardsTaken`] if another live process has one of them, or parts the games
    /// into another total; otherwise if the database cannot be used.
    pub async fn claim(&self, shards: ShardRange) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(_) => Ok(()),
            Backend::Postgres(store) => store.claim(shards).await,
        }
    }

    /// Takes turns for `shards` to identify to Discord, so that none of them is too near to one of
    /// another process, and returns when the first of them may begin to connect; none if there is
    /// nobody to wait for. The others follow five seconds apart, as [`heat_core::shard::turns`] says.
    ///
    /// To be called after [`Store::claim`] and just before connecting. Turns that were taken for
    /// these shards before, and are still to come, are given up; so are those of a process that
    /// has died or was closed. `max_concurrency` is what Discord tells.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] if the shards were claimed by another process; otherwise if the
    /// database cannot be written.
    pub async fn take_turns(
        &self,
        shards: ShardRange,
        max_concurrency: u32,
    ) -> Result<Option<Instant>, StoreError> {
        match &self.0 {
            // A file belongs to one process.
            Backend::Sqlite(_) => Ok(None),
            Backend::Postgres(store) => store.take_turns(shards, max_concurrency).await.map(Some),
        }
    }

    /// Waits until what was claimed is lost to another process, which is for ever in most lives.
    /// There is nothing left to do then but to stop.
    pub async fn lease_lost(&self) {
        match &self.0 {
            Backend::Sqlite(_) => std::future::pending().await,
            Backend::Postgres(store) => store.lease_lost().await,
        }
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
        let committing = async { backend!(&self.0, commit(write)) };
        let result = within(COMMIT_MAX, committing).await;
        let meter = self.meter();
        meter.commit.observe_time(began.elapsed());
        if result.is_err() {
            meter.failed.add_one();
        }
        result
    }

    /// Writes something that changes nothing, and so tells whether commits would succeed now.
    ///
    /// # Errors
    /// What a commit would have failed with.
    pub async fn probe(&self) -> Result<(), StoreError> {
        within(PROBE_MAX, async { backend!(&self.0, probe()) }).await
    }

    /// What this store counts about itself.
    #[must_use]
    pub fn meter(&self) -> &Arc<StoreMeter> {
        match &self.0 {
            Backend::Sqlite(store) => store.meter(),
            Backend::Postgres(store) => store.meter(),
        }
    }

    /// Every game of these shards that has not ended, by id, with its events in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn live_games(&self, shards: ShardRange) -> Result<Vec<StoredGame>, StoreError> {
        backend!(&self.0, live_games(shards))
    }

    /// One game, live or ended, with its events in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn game(&self, id: u64) -> Result<Option<StoredGame>, StoreError> {
        backend!(&self.0, game(id))
    }

    /// The first game that was started under this share code.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn game_by_code(&self, code: &str) -> Result<Option<StoredGame>, StoreError> {
        backend!(&self.0, game_by_code(code))
    }

    /// Every question that `place` was asked.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn asked(&self, place: u64) -> Result<Asked, StoreError> {
        backend!(&self.0, asked(place))
    }

    /// One page of a board, counted from 0, [`heat_core::standing::PAGE_ROWS`] players each. A page
    /// past the end is empty.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn leaderboard(&self, board: Board, page: u32) -> Result<BoardPage, StoreError> {
        backend!(&self.0, leaderboard(board, page))
    }

    /// A player's place on a board, or none if no answer of theirs counts there.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn standing(&self, board: Board, user: u64) -> Result<Option<Standing>, StoreError> {
        backend!(&self.0, standing(board, user))
    }

    /// What a player did in all their games, or none if no answer of theirs counts yet.
    ///
    /// Reads every answer of theirs, which is quick as long as there are not millions.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn record(&self, user: u64) -> Result<Option<Record>, StoreError> {
        backend!(&self.0, record(user))
    }

    /// A server's own packs, in the order they were added.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn packs(&self, guild: u64) -> Result<Vec<StoredPack>, StoreError> {
        backend!(&self.0, packs(guild))
    }

    /// Stores a server's pack, in place of an earlier one of the same id.
    ///
    /// # Errors
    /// If the database cannot be written; the earlier one stays.
    pub async fn put_pack(&self, guild: u64, pack: StoredPack) -> Result<(), StoreError> {
        backend!(&self.0, put_pack(guild, pack))
    }

    /// Removes a server's pack. Tells whether it was there.
    ///
    /// # Errors
    /// If the database cannot be written; the pack stays.
    pub async fn remove_pack(&self, guild: u64, id: &str) -> Result<bool, StoreError> {
        backend!(&self.0, remove_pack(guild, id))
    }

    /// The questions of a day's puzzle, if they were stored.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_puzzle(&self, day: Day) -> Result<Option<String>, StoreError> {
        backend!(&self.0, daily_puzzle(day))
    }

    /// Stores the questions of a day's puzzle unless some are stored, and returns those that are:
    /// whoever comes first decides for all processes and releases.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn keep_daily_puzzle(&self, day: Day, body: &str) -> Result<String, StoreError> {
        backend!(&self.0, keep_daily_puzzle(day, body))
    }

    /// What a member has made of a day's puzzle; none who has not begun it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_attempt(&self, day: Day, user: u64) -> Result<Option<Attempt>, StoreError> {
        backend!(&self.0, daily_attempt(day, user))
    }

    /// Notes that a member has begun a day's puzzle; again changes nothing.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn begin_daily(&self, day: Day, user: u64, at_ms: i64) -> Result<(), StoreError> {
        backend!(&self.0, begin_daily(day, user, at_ms))
    }

    /// Makes an answer durable if it is to the question that comes next in its member's attempt;
    /// any other changes nothing. Returns the attempt as it is then, so that an answer sent twice
    /// is told the same twice; none if the member has not begun.
    ///
    /// With the last answer the attempt enters its boards and its member's streak, all or nothing.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn answer_daily(&self, answer: DailyAnswer) -> Result<Option<Attempt>, StoreError> {
        backend!(&self.0, answer_daily(answer))
    }

    /// A member's days on end; none before the first puzzle was finished.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_streak(&self, user: u64) -> Result<Option<Streak>, StoreError> {
        backend!(&self.0, daily_streak(user))
    }

    /// Notes that a member shows a day's result in a channel. Tells whether it is the first time.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn share_daily(&self, day: Day, user: u64, channel: u64) -> Result<bool, StoreError> {
        backend!(&self.0, share_daily(day, user, channel))
    }

    /// One page of a day's board, of one server or of all, counted from 0,
    /// [`heat_core::standing::PAGE_ROWS`] members each. A page past the end is empty.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_board(
        &self,
        day: Day,
        guild: Option<u64>,
        page: u32,
    ) -> Result<Page, StoreError> {
        backend!(&self.0, daily_board(day, guild, page))
    }

    /// A member's place on a day's board, of one server or of all; none who has not finished
    /// there.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_placing(
        &self,
        day: Day,
        guild: Option<u64>,
        user: u64,
    ) -> Result<Option<Placing>, StoreError> {
        backend!(&self.0, daily_placing(day, guild, user))
    }

    /// Stores a member's report of a question, in place of an earlier one by the same member.
    ///
    /// # Errors
    /// If the database cannot be written; the earlier one stays.
    pub async fn put_report(&self, report: Report) -> Result<(), StoreError> {
        backend!(&self.0, put_report(report))
    }

    /// Forgets the reports of a question in a server that came until `until_ms`, so that none goes
    /// unseen that came later. Tells whether there were any.
    ///
    /// # Errors
    /// If the database cannot be written; the reports stay.
    pub async fn dismiss_reports(
        &self,
        guild: u64,
        question: &str,
        until_ms: i64,
    ) -> Result<bool, StoreError> {
        backend!(&self.0, dismiss_reports(guild, question, until_ms))
    }

    /// One page of a server's reported questions, counted from 0, [`REPORTED_PAGE_ROWS`] each. A
    /// page past the end is empty.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn reports(&self, guild: u64, page: u32) -> Result<ReportPage, StoreError> {
        backend!(&self.0, reports(guild, page))
    }

    /// The ids of a server's reported questions, in order; no more than ten thousand.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn reported_questions(&self, guild: u64) -> Result<Vec<String>, StoreError> {
        backend!(&self.0, reported_questions(guild))
    }

    /// Those of these questions that at least so many members of a server report.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn resting(
        &self,
        guild: u64,
        among: Vec<String>,
        members: u32,
    ) -> Result<BTreeSet<String>, StoreError> {
        backend!(&self.0, resting(guild, among, members))
    }

    /// What a server has settled, as it was last put; none if it never was. The store does not
    /// read it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn settings(&self, guild: u64) -> Result<Option<String>, StoreError> {
        backend!(&self.0, settings(guild))
    }

    /// Stores what a server has settled, in place of what was there.
    ///
    /// # Errors
    /// If the database cannot be written; what was there stays.
    pub async fn put_settings(&self, guild: u64, body: &str) -> Result<(), StoreError> {
        backend!(&self.0, put_settings(guild, body))
    }

    /// The games that a member took part in, newest first, those before `before` if it is given.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn member_games(
        &self,
        member: u64,
        before: Option<u64>,
        count: u32,
    ) -> Result<Vec<StoredGame>, StoreError> {
        backend!(&self.0, member_games(member, before, count))
    }

    /// Rows that are a member's own and of no game.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn member_rows(&self, member: u64) -> Result<MemberRows, StoreError> {
        backend!(&self.0, member_rows(member))
    }

    /// Deletes what there is of a member: their answers and places on the boards, and rows of
    /// their own. What others need, the games they played in and packs they added, stays without
    /// their id; `anonymise` takes it out of a game's events. Refused, and nothing done, while they
    /// take part in a live game.
    ///
    /// Done in several transactions, each of which leaves everything sound; one that did not get
    /// done, because the process died or the database failed, is done when this is called again.
    ///
    /// # Errors
    /// If the database cannot be written; a part may have been done.
    pub async fn forget(&self, member: u64, anonymise: Anonymise) -> Result<Forgotten, StoreError> {
        let mut first = true;
        loop {
            match backend!(&self.0, forget_step(member, first, anonymise))? {
                Step::More => first = false,
                Step::Ended(forgotten) => return Ok(forgotten),
            }
        }
    }

    /// Throws the leaderboards away and derives them from the ledger again. Writes of every
    /// process wait meanwhile, or fail as [`StoreError::Unavailable`] if it takes long; reads see
    /// the old ones until it is done.
    ///
    /// # Errors
    /// If the database cannot be written; the old leaderboards stay.
    pub async fn rebuild_standings(&self) -> Result<(), StoreError> {
        backend!(&self.0, rebuild_standings())
    }

    /// Compares the leaderboards with the ledger. Holds all of both in memory for the while.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn verify_standings(&self) -> Result<Audit, StoreError> {
        backend!(&self.0, verify_standings())
    }

    /// Stops taking work, makes every write that was queued, and gives the database, or the
    /// claimed shards, free. Other clones answer [`StoreError::Closed`] from now on.
    ///
    /// # Errors
    /// If the end could not be made tidy. Nothing is lost: the next start sees to it.
    pub async fn close(self) -> Result<(), StoreError> {
        backend!(self.0, close())
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
