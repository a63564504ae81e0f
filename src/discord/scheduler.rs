//! Runs the entries of servers' schedules when they are due.
//!
//! Each time of an entry happens once, no matter which process dies and when. The store records its
//! start before anything is posted, and its outcome afterwards. The steps in between can be
//! repeated after a crash: a quiz is a game whose id follows from the entry and the time, so it is
//! stored once; messages have a nonce, for which Discord creates only one message within a few
//! minutes. A message that may have been posted longer ago is not repeated, but recorded as
//! interrupted.
//!
//! Only the process that plays a server's games runs its schedule.

use crate::discord::app::App;
use crate::discord::commands::quiz::{self, DueQuiz, LaunchOutcome};
use crate::discord::error::HandlerError;
use crate::discord::snowflake;
use crate::host::{Messenger, MessengerError, Route, awaits_announcement, start_of};
use futures_util::{StreamExt as _, stream};
use heat_core::daily::Day;
use heat_core::id::{EntryId, GameId, GuildId, MessageId, UserId};
use heat_core::lang::Lang;
use heat_core::schedule::{Due, Entry, Outcome, Quiz, What};
use heat_core::standing::{Board, Period, Scope};
use heat_store::{Settled, StoredEntry};
use heat_view::message::Message;
use heat_view::schedule as view;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often the schedules are checked: an entry can start this late.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How many entries run at once.
const AT_ONCE: usize = 8;
/// How long after its first try a message may be repeated: Discord remembers nonces "for a few
/// minutes" (<https://discord.com/developers/docs/resources/message#create-message>).
const REPEATABLE_MS: i64 = 2 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The stored outcome of an entry that cannot be read.
const UNREADABLE: &str = "unreadable";

/// Runs the schedules of this process's servers.
pub struct Scheduler<M> {
    app: Arc<App>,
    messenger: M,
    /// The bot itself, which starts the quizzes.
    me: UserId,
}

/// A started time of an entry.
struct Turn<'a> {
    /// The language of its messages.
    lang: Lang,
    id: u64,
    guild: GuildId,
    entry: &'a Entry,
    /// Who hosts its quiz.
    host: Option<UserId>,
    due: Due,
    /// Whether this is the first try.
    is_first: bool,
    /// Whether a message that may already have been posted can be repeated.
    is_repeatable: bool,
}

impl Turn<'_> {
    /// When the entry is next due. `i64::MAX`: never again.
    fn next_ms(&self) -> i64 {
        self.due.next_ms.unwrap_or(i64::MAX)
    }
}

impl<M: Messenger> Scheduler<M> {
    /// A scheduler that posts through `messenger`, and starts quizzes as `me`.
    #[must_use]
    pub fn new(app: Arc<App>, messenger: M, me: UserId) -> Self {
        Self { app, messenger, me }
    }

    /// Runs until it is dropped, once packs are loaded.
    pub async fn run(&self) -> Infallible {
        self.app.loaded().await;
        loop {
            self.look().await;
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Runs everything that is due. Failures are retried at the next check.
    pub async fn look(&self) {
        let now_ms = (self.app.clock)();
        let due = match self.app.store.due_entries(self.app.part, now_ms).await {
            Ok(due) => due,
            Err(error) => return tracing::warn!(%error, "schedule.unread"),
        };
        let carry_out = async |stored: StoredEntry| {
            let (entry_id, guild_id) = (stored.id.0, stored.guild.0);
            if let Err(error) = self.carry_out(&stored).await {
                tracing::warn!(entry_id, guild_id, %error, "schedule.failed");
            }
        };
        let all = stream::iter(due).for_each_concurrent(AT_ONCE, carry_out);
        all.await;
    }

    async fn carry_out(&self, stored: &StoredEntry) -> Result<(), HandlerError> {
        let now_ms = (self.app.clock)();
        let entry = match Entry::read(&stored.body) {
            Ok(entry) => entry,
            Err(error) => {
                tracing::warn!(entry_id = stored.id.0, guild_id = stored.guild.0, %error, "schedule.unreadable");
                return self.put_off(stored, now_ms).await;
            }
        };
        let due = entry.when.due(stored.next_at_ms, now_ms);
        let begun = self.app.store.begin_run(stored.id, due.at_ms, now_ms);
        let Some(began_ms) = begun.await? else {
            return Ok(());
        };
        let turn = Turn {
            id: stored.id.0,
            guild: GuildId(stored.guild.0),
            lang: self.app.lang_now(stored.guild, entry.lang).await?,
            entry: &entry,
            host: stored.host,
            due,
            is_first: began_ms == now_ms,
            is_repeatable: now_ms.saturating_sub(began_ms) <= REPEATABLE_MS,
        };
        let outcome = match &entry.what {
            What::Quiz(quiz) => self.play(&turn, quiz).await?,
            What::Daily | What::Weekly => self.post(&turn).await?,
        };
        match outcome {
            Some(outcome) => self.settle(&turn, outcome).await,
            None => Ok(()),
        }
    }

    async fn settle(&self, turn: &Turn<'_>, outcome: Outcome) -> Result<(), HandlerError> {
        let settled = Settled {
            id: EntryId(turn.id),
            due_at_ms: turn.due.at_ms,
            outcome: outcome.key().into(),
            next_at_ms: turn.next_ms(),
            took_place: outcome == Outcome::Done,
            has_event: turn.entry.has_event() && turn.due.next_ms.is_some(),
            at_ms: (self.app.clock)(),
        };
        self.app.store.settle_run(settled).await?;
        let late_ms = (self.app.clock)() - turn.due.at_ms;
        self.app.work.settled(&turn.entry.what, outcome, late_ms);
        let (entry_id, guild_id) = (turn.id, turn.guild.0);
        tracing::info!(
            entry_id,
            guild_id,
            outcome = outcome.key(),
            late_ms,
            "schedule.settled"
        );
        Ok(())
    }

    /// Checks an unreadable entry only once a day: a newer version may come back.
    async fn put_off(&self, stored: &StoredEntry, now_ms: i64) -> Result<(), HandlerError> {
        let due_at_ms = stored.next_at_ms;
        let begun = self.app.store.begin_run(stored.id, due_at_ms, now_ms);
        if begun.await?.is_some() {
            let settled = Settled {
                id: stored.id,
                due_at_ms,
                outcome: UNREADABLE.into(),
                next_at_ms: now_ms.saturating_add(DAY_MS),
                took_place: false,
                has_event: false,
                at_ms: now_ms,
            };
            self.app.store.settle_run(settled).await?;
        }
        Ok(())
    }

    /// Starts a quiz, unless an earlier try has done so.
    async fn play(&self, turn: &Turn<'_>, quiz: &Quiz) -> Result<Option<Outcome>, HandlerError> {
        let id = game_of(turn.id, turn.due.at_ms);
        if let Some(stored) = self.app.store.game(id).await? {
            // Without its message a host cannot open the first question.
            let is_stuck = turn.host.is_some() && awaits_announcement(&stored);
            if !turn.is_repeatable && !is_stuck {
                return Ok(Some(Outcome::Done));
            }
            let start = start_of(&stored)?.unwrap_or_default();
            return Ok(self.announce(turn, id, start).await);
        }
        if turn.due.is_too_late {
            let why = if turn.is_first {
                Outcome::Missed
            } else {
                Outcome::Busy
            };
            return Ok(self.say_missed(turn, why).await);
        }
        let planned = DueQuiz {
            id,
            guild: turn.guild,
            entry: turn.entry,
            lang: turn.lang,
            quiz,
            host: turn.host,
            me: self.me,
        };
        Ok(match quiz::launch(&self.app, planned).await? {
            LaunchOutcome::Started(message) => self.announce(turn, id, message).await,
            LaunchOutcome::Later => None,
            LaunchOutcome::Not(Outcome::NoQuestions) => {
                self.say_missed(turn, Outcome::NoQuestions).await
            }
            LaunchOutcome::Not(outcome) => Some(outcome),
        })
    }

    /// Posts the day's puzzles or the week's board.
    async fn post(&self, turn: &Turn<'_>) -> Result<Option<Outcome>, HandlerError> {
        if !turn.is_repeatable {
            return Ok(Some(Outcome::Interrupted));
        }
        if turn.due.is_too_late {
            return Ok(self.say_missed(turn, Outcome::Missed).await);
        }
        let role = turn.entry.role;
        let message = match turn.entry.what {
            What::Weekly => {
                let board = Board {
                    scope: Scope::Guild(turn.guild),
                    period: Period::Week,
                    // On Mondays the week that has just ended, on other days the current one.
                    now_ms: turn.due.at_ms.saturating_sub(DAY_MS),
                    zone: self.app.settings(Some(turn.guild)).await?.zone,
                };
                view::week(
                    turn.lang,
                    &self.app.store.leaderboard(board, 0).await?,
                    role,
                )
            }
            What::Daily | What::Quiz(_) => {
                view::daily_puzzles(turn.lang, Day::of(turn.due.at_ms), role)
            }
        };
        Ok(self.say(turn, &message, Outcome::Done).await)
    }

    async fn say_missed(&self, turn: &Turn<'_>, why: Outcome) -> Option<Outcome> {
        let message = view::missed(turn.lang, turn.entry, turn.due.at_ms, turn.next_ms(), why);
        self.say(turn, &message, why).await
    }

    /// Posts the message that announces a game, which the game then keeps up to date.
    async fn announce(&self, turn: &Turn<'_>, game: GameId, start: Message) -> Option<Outcome> {
        let message = view::quiz_begins(turn.lang, start, turn.entry.role, turn.host);
        let (outcome, posted) = self.post_once(turn, &message, Outcome::Done).await;
        if let Some(posted) = posted {
            self.app.host.announced(game, posted).await;
        }
        outcome
    }

    /// Posts a message. Returns the outcome if that worked or never will.
    async fn say(&self, turn: &Turn<'_>, message: &Message, done: Outcome) -> Option<Outcome> {
        self.post_once(turn, message, done).await.0
    }

    /// Like `say`, and also returns the message's id if it was posted.
    async fn post_once(
        &self,
        turn: &Turn<'_>,
        message: &Message,
        done: Outcome,
    ) -> (Option<Outcome>, Option<MessageId>) {
        let nonce = nonce(turn.id, turn.due.at_ms);
        let route = Route {
            lang: turn.lang,
            ..Route::to_channel(turn.entry.channel)
        };
        match self.messenger.post(&route, message, &nonce).await {
            Ok(posted) => (Some(done), Some(posted.id)),
            Err(MessengerError::Failed(error)) => {
                tracing::warn!(entry_id = turn.id, error, "schedule.not_said");
                (None, None)
            }
            Err(error @ (MessengerError::Gone(_) | MessengerError::NoMessage(_))) => {
                let (entry_id, guild_id) = (turn.id, turn.guild.0);
                tracing::warn!(entry_id, guild_id, %error, "schedule.unreachable");
                (Some(Outcome::Unreachable), None)
            }
        }
    }
}

/// The id of the game that an entry plays at a time: an id that Discord could have made some
/// seconds earlier, so that games stay in the order of their starts. Which of the 84 billion ids of
/// those seconds is used follows from the entry, so ids of one minute all differ.
fn game_of(entry: u64, due_ms: i64) -> GameId {
    let mixed = mix(entry ^ due_ms.cast_unsigned().rotate_left(32));
    let before_ms = i64::try_from(mixed % 20_000).unwrap_or(0);
    snowflake::at(due_ms - before_ms, mixed >> 42)
}

/// The finalizer of `SplitMix64`, which spreads every bit over all others:
/// <https://doi.org/10.1145/2660193.2660195>.
fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The nonce is the same for each try of one time, and different for every other time, because
/// times are whole minutes.
fn nonce(entry: u64, due_ms: i64) -> String {
    format!("s{entry:x}{:x}", due_ms / 60_000)
}
