//! Live games: one task for each, with one mailbox.
//!
//! The task is the only writer of its game. It takes everything that waits in its mailbox,
//! applies it to the game, commits the events in one transaction, and only then answers: so an
//! answer that was acknowledged is stored, whatever crashes. If the commit fails nobody is told
//! "locked in", and the game is read again from the store.
//!
//! No game is ever stuck: whatever the game waits for has a deadline, every call of the stage is
//! bounded, a store that fails is tried again for as long as it takes, and a task that panics ends
//! its own game and frees its channel.
//!
//! Nothing here decides a rule (that is `game`), words a message (`view`) or knows Discord: it
//! reaches the channel through a [`Stage`].

mod actor;
mod journal;
mod letters;
mod mailbox;
mod questions;
mod route;
mod stage;
mod stop;

pub use journal::Journal;
pub use letters::{Answer, HostError, Receipt};
pub use route::{InteractionToken, Route};
pub use stage::{Posted, Stage, StageError};
pub use stop::Stopped;

use crate::bank::Round;
use crate::game::{Event, Game, GameId, Input, Players, Settings, UserId};
use crate::shard::ShardRange;
use crate::standing::Zone;
use crate::store::{Anonymised, NewGame, Store, StoreError, StoredGame, Write};
use crate::view::message::Message;
use crate::view::quiz::{self, Frame};
use actor::Actor;
use futures_util::FutureExt as _;
use futures_util::future::OptionFuture;
use letters::{Letter, Mail};
use mailbox::{Sender, mailbox};
use questions::Questions;
use std::any::Any;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

/// Games that may be live at once.
const GAMES_MAX: usize = 200_000;
/// The pause between the answer to `/quiz` and the first question.
const GET_READY_MS: i64 = 3_000;
/// How often it is tried to store that a game is over, and the first pause between two tries; it
/// doubles with each.
const END_TRIES: u32 = 10;
const END_PAUSE: Duration = Duration::from_millis(250);
/// How long a lobby waits for members.
const LOBBY_MS: i64 = 60_000;
/// How long a challenge waits for the opponent.
const INVITATION_MS: i64 = 120_000;

/// The time in Unix milliseconds. Passed in, so that tests may bring their own.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// All live games of this process. Cheap to clone.
pub struct Host<S: Stage, J: Journal = Store> {
    shared: Arc<Shared<S, J>>,
}

impl<S: Stage, J: Journal> Clone for Host<S, J> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

struct Shared<S, J> {
    journal: J,
    stage: S,
    clock: Clock,
    live: Mutex<Live>,
    /// The tasks of all games.
    tasks: TaskTracker,
    questions: Questions,
}

/// Which games run, by id and by channel. Held for moments only, never across an await.
#[derive(Default)]
struct Live {
    mailboxes: HashMap<GameId, Sender<Mail>>,
    by_channel: HashMap<u64, GameId>,
    /// The process stops: no game is taken any more.
    stopping: bool,
}

/// What `/quiz` asks for, everything checked and chosen.
#[derive(Debug, Clone)]
pub struct StartRequest {
    /// The snowflake of the interaction that starts it.
    pub id: GameId,
    /// The server, if any.
    pub guild: Option<u64>,
    /// Where its messages go.
    pub route: Route,
    /// The settings.
    pub settings: Settings,
    /// The questions.
    pub rounds: Vec<Round>,
    /// The share code.
    pub code: String,
    /// The title of the pack, or of all packs together.
    pub pack_title: String,
    /// A secret number from which the hints' luck is drawn.
    pub seed: u64,
    /// Whose days, weeks and months its answers count in on the server's leaderboards.
    pub zone: Zone,
}

/// Why a game was not started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The process stops.
    #[error("the bot is being restarted")]
    Stopping,
    /// There is a game in that channel.
    #[error("a game is on in this channel")]
    Busy,
    /// This process holds as many games as it may.
    #[error("this process holds {GAMES_MAX} games already")]
    Full,
    /// The store did not take it.
    #[error("the game could not be stored: {0}")]
    Store(#[from] StoreError),
}

/// A started game, for the answer to `/quiz`.
#[derive(Debug, Clone)]
pub struct Started {
    /// What the channel sees of it.
    pub message: Message,
}

impl<S: Stage, J: Journal> Host<S, J> {
    /// A host without games.
    pub fn new(journal: J, stage: S, clock: Clock) -> Self {
        Self {
            shared: Arc::new(Shared {
                journal,
                stage,
                clock,
                live: Mutex::default(),
                tasks: TaskTracker::new(),
                questions: Questions::default(),
            }),
        }
    }

    /// Starts a game. It is durable when this returns.
    ///
    /// # Errors
    /// [`StartError`] if the channel has a game, the process is full, or the store fails.
    pub async fn start(&self, request: StartRequest) -> Result<Started, StartError> {
        let channel = request.route.channel;
        let route = Route {
            pack_title: Some(request.pack_title.clone()),
            ..request.route
        };
        let (mailbox, letters) = mailbox();
        self.claim(request.id, channel, mailbox)?;
        let first_at_ms = (self.shared.clock)() + first_wait_ms(&request.settings);
        let rounds = self.shared.questions.share(request.rounds);
        let game = Game::new(
            request.settings.clone(),
            rounds.clone(),
            first_at_ms,
            request.seed,
        );
        let started = Game::started(request.settings, rounds, first_at_ms, request.seed);
        let write = Write {
            game: request.id.0,
            create: Some(NewGame {
                guild: request.guild,
                place: request.guild.unwrap_or(channel),
                channel,
                starter: game.settings().starter.0,
                code: request.code.clone(),
                started_at_ms: (self.shared.clock)(),
                zone: request.zone,
            }),
            events: vec![to_json(&started)],
            members: members(std::slice::from_ref(&started)),
            route: Some(to_json(&route)),
            ..Write::default()
        };
        if let Err(error) = self.shared.journal.commit(write).await {
            self.shared.release(request.id, channel);
            let shared = Arc::clone(&self.shared);
            tokio::spawn(async move { shared.end(request.id).await });
            return Err(error.into());
        }
        let frame = Frame {
            game: request.id,
            code: request.code,
            pack_title: request.pack_title,
        };
        let message = quiz::started(&frame, &game);
        let actor = Actor::new(Arc::clone(&self.shared), frame, game, 1, route);
        self.look_after(request.id, channel, Box::new(actor).run(letters));
        tracing::info!(game_id = %request.id, guild_id = request.guild, "game.started");
        Ok(Started { message })
    }

    fn claim(&self, game: GameId, channel: u64, mailbox: Sender<Mail>) -> Result<(), StartError> {
        let mut live = self.shared.live();
        if live.stopping {
            return Err(StartError::Stopping);
        }
        if live.by_channel.contains_key(&channel) {
            return Err(StartError::Busy);
        }
        if live.mailboxes.len() >= GAMES_MAX {
            return Err(StartError::Full);
        }
        live.by_channel.insert(channel, game);
        live.mailboxes.insert(game, mailbox);
        Ok(())
    }

    /// Hands an input to the live game of a channel and waits for what came of it. `token` is the
    /// interaction's, with which the game may post follow-ups from now on.
    ///
    /// Games are named by their buttons, which anybody may forge; in another channel than its own a
    /// game takes nothing: neither an answer, nor a word of who is a moderator there, nor a token
    /// that would carry its messages away.
    ///
    /// # Errors
    /// [`HostError::NoSuchGame`] if no such game is live in this channel, or [`HostError::Stopping`] if that
    /// may be because the process stops; [`HostError::NotStored`] if the store failed, and then
    /// nothing has changed.
    pub async fn send(
        &self,
        game: GameId,
        channel: u64,
        input: Input,
        token: InteractionToken,
    ) -> Result<Answer, HostError> {
        if self.shared.live().by_channel.get(&channel) != Some(&game) {
            return Err(self.shared.not_here());
        }
        let mailbox = self.shared.mailbox(game)?;
        let (reply, answer) = oneshot::channel();
        let letter = Box::new(Letter {
            input,
            token: Some(token),
            reply: Some(reply),
        });
        mailbox
            .send(Mail::Letter(letter))
            .await
            .map_err(|_| self.shared.not_here())?;
        answer.await.map_err(|_| self.shared.not_here())?
    }

    /// Takes up every game of these shards that was live when the process which played it ended.
    /// Returns how many.
    ///
    /// # Errors
    /// A [`StoreError`] if the games cannot be read. A single unreadable game is
    /// logged and left aside.
    pub async fn recover(
        &self,
        shards: ShardRange,
        pack_title: impl Fn(Option<&str>) -> String,
    ) -> Result<usize, StoreError> {
        let mut recovered = 0;
        // The newest first: should a channel have two, an older one is a start that was refused and
        // could not be undone.
        let stored = self.shared.journal.live_games(shards).await?;
        for stored in stored.into_iter().rev() {
            let game_id = GameId(stored.id);
            match self.take_up(stored, &pack_title) {
                Ok(()) => recovered += 1,
                // Nobody can reach it, and it would stay for ever.
                Err(error @ TakeUpError::Busy) => {
                    tracing::error!(%game_id, %error, "game.ended_as_second");
                    self.shared.journal.commit(over(game_id)).await?;
                }
                Err(error) => tracing::error!(%game_id, %error, "game.unreadable"),
            }
        }
        Ok(recovered)
    }

    fn take_up(
        &self,
        stored: StoredGame,
        pack_title: &impl Fn(Option<&str>) -> String,
    ) -> Result<(), TakeUpError> {
        let id = GameId(stored.id);
        let route = stored.route.as_deref().ok_or(TakeUpError::NoRoute)?;
        let route: Route = serde_json::from_str(route).map_err(TakeUpError::Json)?;
        let (game, events) = self.shared.replay(&stored.events)?;
        let (mailbox, letters) = mailbox();
        let channel = route.channel;
        self.claim(id, channel, mailbox)
            .map_err(|_| TakeUpError::Busy)?;
        let frame = Frame {
            game: id,
            code: stored.meta.code,
            pack_title: match &route.pack_title {
                Some(title) => title.clone(),
                // A game of an earlier version.
                None => pack_title(game.settings().pack.as_deref()),
            },
        };
        let actor = Actor::new(Arc::clone(&self.shared), frame, game, events, route);
        self.look_after(id, channel, Box::new(actor).resume(letters));
        tracing::info!(game_id = %id, guild_id = stored.meta.guild, "game.recovered");
        Ok(())
    }

    /// Runs a game's task and frees its channel when it ends, however it ends. A task that panics
    /// would do so again on every start, so its game is over.
    fn look_after(
        &self,
        game: GameId,
        channel: u64,
        play: impl Future<Output = ()> + Send + 'static,
    ) {
        let shared = Arc::clone(&self.shared);
        // What a panic leaves half done goes with the task; others share only what is whole at
        // every instant. Put together and not awaited in a block of its own, which would have room
        // twice for the game's part.
        let looked_after = AssertUnwindSafe(play).catch_unwind().then(move |played| {
            shared.release(game, channel);
            let panicked = played.err().map(|panic| {
                tracing::error!(game_id = %game, error = sentence(&*panic), "game.panicked");
                // Boxed, so that no game's task has room for it that never needs it.
                Box::pin(async move { shared.end(game).await })
            });
            OptionFuture::from(panicked).map(|_| ())
        });
        self.shared.tasks.spawn(looked_after);
    }

    /// Whether a game is live in this channel.
    #[must_use]
    pub fn is_playing(&self, channel: u64) -> bool {
        self.shared.live().by_channel.contains_key(&channel)
    }

    /// How many games are live.
    #[must_use]
    pub fn live_games(&self) -> usize {
        self.shared.live().mailboxes.len()
    }

    /// The game that was stored, for playing it again.
    ///
    /// # Errors
    /// [`TakeUpError`] if the stored events are no game.
    pub fn read(stored: &StoredGame) -> Result<Game, TakeUpError> {
        replay(parse(&stored.events)?).map(|(game, _)| game)
    }

    /// What happened in a game that was stored.
    ///
    /// # Errors
    /// [`TakeUpError::Json`] if a stored event is none.
    pub fn events(stored: &StoredGame) -> Result<Vec<Event>, TakeUpError> {
        parse(&stored.events)
    }
}

/// How long after the start the first question comes, or gathering ends.
fn first_wait_ms(settings: &Settings) -> i64 {
    match settings.rules().players {
        _ if !settings.gathers() => GET_READY_MS,
        Players::Invited => INVITATION_MS,
        _ => LOBBY_MS,
    }
}

/// Why a stored game cannot be taken up.
#[derive(Debug, thiserror::Error)]
pub enum TakeUpError {
    /// It was stored without a route.
    #[error("the stored game has no route to its channel")]
    NoRoute,
    /// A stored text is not the JSON it should be.
    #[error("the stored game cannot be read: {0}")]
    Json(serde_json::Error),
    /// The events are no game.
    #[error(transparent)]
    Replay(#[from] crate::game::ReplayError),
    /// Its channel has another game.
    #[error("its channel has another live game")]
    Busy,
}

/// The game that stored events make, and how many they are.
fn replay(parsed: Vec<Event>) -> Result<(Game, u32), TakeUpError> {
    let count = u32::try_from(parsed.len()).unwrap_or(u32::MAX);
    Ok((Game::replay(parsed)?, count))
}

fn parse(events: &[String]) -> Result<Vec<Event>, TakeUpError> {
    let parsed = events.iter().map(|event| serde_json::from_str(event));
    parsed.collect::<Result<_, _>>().map_err(TakeUpError::Json)
}

/// Everybody whom events name.
fn members(events: &[Event]) -> Vec<u64> {
    let named = events.iter().flat_map(Event::members);
    named.map(|member| member.0).collect()
}

/// Takes a member out of an ended game's events, for [`Store::forget`]: whoever reads or plays the
/// game again finds it whole.
///
/// # Errors
/// A sentence if an event is none of ours.
pub fn anonymise(events: &[(u32, String)], member: u64) -> Result<Anonymised, String> {
    let unreadable = |error| TakeUpError::Json(error).to_string();
    let mut parsed = Vec::with_capacity(events.len());
    for (seq, body) in events {
        let event: Event = serde_json::from_str(body).map_err(unreadable)?;
        parsed.push((*seq, event));
    }
    let stand_in = crate::game::forget(&mut parsed, UserId(member));
    let events = parsed.iter().map(|(seq, event)| (*seq, to_json(event)));
    Ok(Anonymised {
        events: events.collect(),
        stand_in: stand_in.0,
    })
}

/// What a panic says.
fn sentence(panic: &(dyn Any + Send)) -> &str {
    let literal = panic.downcast_ref::<&str>().copied();
    let made = || panic.downcast_ref::<String>().map(String::as_str);
    literal.or_else(made).unwrap_or("it does not say why")
}

/// The write that says that a game is over.
fn over(game: GameId) -> Write {
    Write {
        game: game.0,
        ended: true,
        ..Write::default()
    }
}

/// Our own types as JSON. They hold nothing that JSON cannot.
fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl<S: Stage, J: Journal> Shared<S, J> {
    /// The live game that stored events make, and how many they are.
    fn replay(&self, events: &[String]) -> Result<(Game, u32), TakeUpError> {
        let mut events = parse(events)?;
        if let Some(Event::Started { rounds, .. }) = events.first_mut() {
            *rounds = self.questions.share(std::mem::take(rounds));
        }
        replay(events)
    }

    /// Stores that a game is over which nobody runs any more: a start that the store refused, or
    /// stored and could not say so, and a task that panicked. Else it would come alive with the
    /// next process.
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

    fn mailbox(&self, game: GameId) -> Result<Sender<Mail>, HostError> {
        let mailbox = self.live().mailboxes.get(&game).cloned();
        mailbox.ok_or_else(|| self.not_here())
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
        // The maps are whole at every instant, so a panic elsewhere does not spoil them.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn release(&self, game: GameId, channel: u64) {
        let mut live = self.live();
        live.mailboxes.remove(&game);
        if live.by_channel.get(&channel) == Some(&game) {
            live.by_channel.remove(&channel);
        }
    }
}
