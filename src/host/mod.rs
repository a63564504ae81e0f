//! Live games: one task per game, each with a mailbox.
//!
//! The task is the only writer of its game. It takes everything waiting in its mailbox, applies it
//! to the game, commits the events in one transaction, and only then replies: an acknowledged
//! answer is stored, whatever crashes. If the commit fails, nobody is told "locked in", and the
//! game is reloaded from the store.
//!
//! Before the reply, the answer's event is durable, including its points. Its row in the ledger
//! follows at the reveal, in one transaction with the standings, where it starts to count; where a
//! host may still judge it, once it is final. If the
//! game is resumed in between, its events have everything needed for that.
//!
//! No game gets stuck: everything it waits for has a deadline, every messenger call has a time-out,
//! a failing store is retried until it works, and a task that panics ends its own game and frees
//! its channel.
//!
//! Rules are in `game` and texts in `view`. Nothing here knows Discord: channels are reached
//! through a [`Messenger`].

mod actor;
mod journal;
mod mailbox;
mod messenger;
mod protocol;
mod questions;
mod recover;
mod route;
mod start;
mod stop;
mod stored;

pub use journal::Journal;
pub use messenger::{Messenger, MessengerError, Posted};
pub use protocol::{Answer, HostError, InputContext, Receipt};
pub use route::{GameThread, InteractionToken, Route};
pub use start::{StartError, StartRequest, Started};
pub use stop::Stopped;
pub use stored::{
    RecoverError, anonymise, awaits_announcement, events_of, game_of, pack_title_of, result_of,
    start_of, thread_of,
};

use crate::card::CardRenderer;
use futures_util::FutureExt as _;
use futures_util::future::OptionFuture;
use heat_core::game::{Input, Tempo};
use heat_core::id::{ChannelId, GameId, MessageId};
use heat_store::{Store, StoreError};
use mailbox::Sender;
use protocol::{ActorMessage, Request};
use questions::Questions;
use std::any::Any;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use stored::over;
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

/// How many games may be live at once.
const GAMES_MAX: usize = 200_000;
/// How often storing the end of a game is tried, and the first pause between tries; it doubles with
/// each.
const END_TRIES: u32 = 10;
const END_PAUSE: Duration = Duration::from_millis(250);

/// The time in Unix milliseconds. Passed in, so that tests can use their own.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// All live games of this process. Cheap to clone.
pub struct Host<S: Messenger, J: Journal = Store> {
    shared: Arc<Shared<S, J>>,
}

impl<S: Messenger, J: Journal> Clone for Host<S, J> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

struct Shared<S, J> {
    journal: J,
    messenger: S,
    clock: Clock,
    tempo: Tempo,
    live: Mutex<Live>,
    /// The tasks of all games.
    tasks: TaskTracker,
    questions: Questions,
    cards: CardRenderer,
}

/// The running games. Locked only briefly, never across an await.
#[derive(Default)]
struct Live {
    /// Each until all is said of it.
    games: HashMap<GameId, Seat>,
    /// The game of each channel or thread. A channel is free once its game is over, even if the
    /// scores are still to come.
    by_channel: HashMap<ChannelId, GameId>,
    /// The process is stopping and accepts no more games.
    stopping: bool,
}

/// A live game, and where it is reached.
struct Seat {
    mailbox: Sender<ActorMessage>,
    /// The channel where it was started.
    home: ChannelId,
    /// Its own thread, once it exists.
    thread: Option<ChannelId>,
}

/// Whether a game is new, goes on, or is over and only has its last messages to send.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Claim {
    New,
    Resumed,
    Over,
}

impl<S: Messenger, J: Journal> Host<S, J> {
    /// A host without games.
    pub fn new(journal: J, messenger: S, clock: Clock) -> Self {
        Self::at_tempo(journal, messenger, clock, Tempo::default())
    }

    /// A host without games, which plays all of them at this tempo.
    pub fn at_tempo(journal: J, messenger: S, clock: Clock, tempo: Tempo) -> Self {
        Self {
            shared: Arc::new(Shared {
                journal,
                messenger,
                clock,
                tempo,
                live: Mutex::default(),
                tasks: TaskTracker::new(),
                questions: Questions::default(),
                cards: CardRenderer::default(),
            }),
        }
    }

    /// The renderer of the cards.
    #[must_use]
    pub fn cards(&self) -> &CardRenderer {
        &self.shared.cards
    }

    /// Reserves a channel for a game, before anything about it is stored. One that is over, or waits
    /// for its thread, reserves none.
    fn claim(
        &self,
        game: GameId,
        route: &Route,
        claim: Claim,
        mailbox: Sender<ActorMessage>,
    ) -> Result<(), StartError> {
        let channel = route.channel;
        let mut live = self.shared.live();
        if live.stopping {
            return Err(StartError::Stopping);
        }
        let is_apart = matches!(route.thread, Some(GameThread::Wanted { .. }));
        let reserves = claim != Claim::Over && !is_apart;
        // Another game may have started in the channel before the thread was refused. Both go on.
        let is_second = claim == Claim::Resumed && route.thread == Some(GameThread::Refused);
        if reserves && !is_second && live.by_channel.contains_key(&channel) {
            return Err(StartError::Busy);
        }
        if live.games.len() >= GAMES_MAX {
            return Err(StartError::Full);
        }
        if reserves {
            live.by_channel.entry(channel).or_insert(game);
        }
        let seat = Seat {
            mailbox,
            home: route.home(),
            thread: route.open_thread(),
        };
        live.games.insert(game, seat);
        Ok(())
    }

    /// Sends an input to the live game of a channel and waits for the result. `from` is the sender,
    /// with the interaction's token, which the game may use for follow-ups from now on.
    ///
    /// Games are named by their buttons, which any member may forge. So a game accepts nothing from
    /// outside its own channel and thread: no answer, no moderator's rights, and no token that would
    /// redirect its messages.
    ///
    /// # Errors
    /// [`HostError::NoSuchGame`] if no such game is live in this channel, or
    /// [`HostError::Stopping`] if that may be because the process is stopping;
    /// [`HostError::NotStored`] if the store failed, in which case nothing has changed.
    pub async fn send(
        &self,
        game: GameId,
        channel: ChannelId,
        input: Input,
        from: impl Into<InputContext>,
    ) -> Result<Answer, HostError> {
        let mailbox = self.shared.mailbox(game, channel)?;
        let (reply, answer) = oneshot::channel();
        let request = Box::new(Request {
            input,
            from: Some(from.into()),
            reply: Some(reply),
        });
        mailbox
            .send(ActorMessage::Request(request))
            .await
            .map_err(|_| self.shared.not_here())?;
        answer.await.map_err(|_| self.shared.not_here())?
    }

    /// Tells a game which message of the bot announced it, so that the game keeps it up to date.
    /// Does nothing if the game is not live any more.
    pub async fn announced(&self, game: GameId, message: MessageId) {
        let mailbox = {
            let live = self.shared.live();
            live.games.get(&game).map(|seat| seat.mailbox.clone())
        };
        if let Some(mailbox) = mailbox {
            // The game may end at this moment.
            let _ = mailbox.send(ActorMessage::Announced(message)).await;
        }
    }

    /// Runs a game's task and frees its channel when it ends for any reason. A task that panics
    /// would panic again on every start, so its game is over.
    fn look_after(
        &self,
        game: GameId,
        channel: ChannelId,
        play: impl Future<Output = ()> + Send + 'static,
    ) {
        let shared = Arc::clone(&self.shared);
        // What a panic leaves half done is dropped with the task; shared data is always consistent.
        // Built here and not awaited in an inner block, which would reserve twice the game's space.
        let looked_after = AssertUnwindSafe(play).catch_unwind().then(move |played| {
            shared.release(game, channel);
            let panicked = played.err().map(|panic| {
                tracing::error!(game_id = %game, error = sentence(&*panic), "game.panicked");
                // Boxed, so that game tasks, which rarely need it, have no space for it.
                Box::pin(async move { shared.end(game).await })
            });
            OptionFuture::from(panicked).map(|_| ())
        });
        self.shared.tasks.spawn(looked_after);
    }

    /// Whether a game is live in this channel.
    #[must_use]
    pub fn is_playing(&self, channel: ChannelId) -> bool {
        self.shared.live().by_channel.contains_key(&channel)
    }

    /// The game that is live in this channel.
    #[must_use]
    pub fn game_in(&self, channel: ChannelId) -> Option<GameId> {
        self.shared.live().by_channel.get(&channel).copied()
    }

    /// How many games are live.
    #[must_use]
    pub fn live_games(&self) -> usize {
        self.shared.live().games.len()
    }
}

impl<S: Messenger, J: Journal> Shared<S, J> {
    /// Stores the end of a game that no task runs any more: its start was refused by the store, or
    /// stored without confirmation, or its task panicked. Otherwise the next process would resume
    /// it.
    async fn end(&self, game: GameId) {
        let mut pause = END_PAUSE;
        for _ in 0..END_TRIES {
            match self.journal.commit(over(game)).await {
                Ok(()) | Err(StoreError::Conflict { .. } | StoreError::Closed) => return,
                Err(_) => tokio::time::sleep(pause).await,
            }
            pause *= 2;
        }
        tracing::error!(game_id = %game, "game.end_not_stored");
    }

    /// The mailbox of a game that is played in this channel.
    fn mailbox(&self, game: GameId, channel: ChannelId) -> Result<Sender<ActorMessage>, HostError> {
        let mailbox = {
            let live = self.live();
            let seat = live.games.get(&game);
            let is_here = |seat: &&Seat| seat.home == channel || seat.thread == Some(channel);
            seat.filter(is_here).map(|seat| seat.mailbox.clone())
        };
        mailbox.ok_or_else(|| self.not_here())
    }

    /// A game is played in its own thread from now on.
    fn moved(&self, game: GameId, thread: ChannelId) {
        let mut live = self.live();
        if let Some(seat) = live.games.get_mut(&game) {
            seat.thread = Some(thread);
            live.by_channel.insert(thread, game);
        }
    }

    /// A game that was to have a thread is played in the channel of its start.
    fn stays(&self, game: GameId, channel: ChannelId) {
        let mut live = self.live();
        if live.games.contains_key(&game) {
            live.by_channel.entry(channel).or_insert(game);
        }
    }

    /// Why a game cannot be reached.
    fn not_here(&self) -> HostError {
        if self.live().stopping {
            HostError::Stopping
        } else {
            HostError::NoSuchGame
        }
    }

    fn live(&self) -> MutexGuard<'_, Live> {
        // The maps are consistent at every moment, so a panic elsewhere does no harm.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn release(&self, game: GameId, channel: ChannelId) {
        let seat = self.live().games.remove(&game);
        self.free(game, channel);
        if let Some(thread) = seat.and_then(|seat| seat.thread) {
            self.free(game, thread);
        }
    }

    /// Lets another game start in a channel.
    fn free(&self, game: GameId, channel: ChannelId) {
        let mut live = self.live();
        if live.by_channel.get(&channel) == Some(&game) {
            live.by_channel.remove(&channel);
        }
    }
}

/// A panic's message.
fn sentence(panic: &(dyn Any + Send)) -> &str {
    let literal = panic.downcast_ref::<&str>().copied();
    let made = || panic.downcast_ref::<String>().map(String::as_str);
    literal.or_else(made).unwrap_or("it does not say why")
}
