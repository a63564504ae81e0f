//! Starting a game.

use super::actor::Actor;
use super::journal::Journal;
use super::mailbox::mailbox;
use super::messenger::Messenger;
use super::route::Route;
use super::stored::{members, to_json};
use super::{Claim, GAMES_MAX, Host};
use heat_core::bank::Round;
use heat_core::game::{Game, HOST_WAIT_MS, Players, Settings};
use heat_core::id::{GameId, GuildId, PlaceId};
use heat_core::standing::Zone;
use heat_store::{NewGame, StoreError, Write};
use heat_view::message::Message;
use heat_view::quiz::Frame;
use heat_view::{start, thread};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How long a lobby waits for members.
const LOBBY_MS: i64 = 60_000;
/// How long a challenge waits for the opponent.
const INVITATION_MS: i64 = 120_000;

/// A `/quiz` request, checked, with its questions chosen.
#[derive(Debug, Clone)]
pub struct StartRequest {
    /// The snowflake of the interaction that starts it.
    pub id: GameId,
    /// The server, if any.
    pub guild: Option<GuildId>,
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
    /// The secret seed of the hints.
    pub seed: u64,
    /// The zone whose days, weeks and months its answers count in, on the server's leaderboards.
    pub zone: Zone,
}

/// Why a game was not started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The process is stopping.
    #[error("the bot is being restarted")]
    Stopping,
    /// The channel already has a game.
    #[error("a game is already running in this channel")]
    Busy,
    /// This process has reached its limit of games.
    #[error("this process already has {GAMES_MAX} games")]
    Full,
    /// The store failed.
    #[error("the game could not be stored: {0}")]
    Store(#[from] StoreError),
}

/// A started game, for the reply to `/quiz`.
#[derive(Debug, Clone)]
pub struct Started {
    /// The game's first message.
    pub message: Message,
}

impl<S: Messenger, J: Journal> Host<S, J> {
    /// Starts a game. It is durable when this returns.
    ///
    /// # Errors
    /// [`StartError`] if the channel has a game, the process is full, or the store fails.
    pub async fn start(&self, request: StartRequest) -> Result<Started, StartError> {
        self.start_in(request, self.shared.tempo.get_ready_ms).await
    }

    /// The same, with this much time until the first question, unless the game has a lobby.
    ///
    /// # Errors
    /// As for [`Self::start`].
    pub async fn start_in(
        &self,
        request: StartRequest,
        ready_ms: i64,
    ) -> Result<Started, StartError> {
        let channel = request.route.channel;
        let route = Route {
            pack_title: Some(request.pack_title.clone()),
            ..request.route
        };
        let (mailbox, inbox) = mailbox();
        self.claim(request.id, &route, Claim::New, mailbox)?;
        let first_at_ms = (self.shared.clock)() + first_wait_ms(&request.settings, ready_ms);
        let rounds = self.shared.questions.share(request.rounds);
        let game = Game::new(
            request.settings.clone(),
            rounds.clone(),
            first_at_ms,
            request.seed,
        )
        .at_tempo(self.shared.tempo);
        let started = Game::started(request.settings, rounds, first_at_ms, request.seed);
        let write = Write {
            game: request.id,
            create: Some(NewGame {
                guild: request.guild,
                place: PlaceId(request.guild.map_or(channel.0, |guild| guild.0)),
                channel,
                starter: game.settings().starter,
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
            // If the id is already taken, the stored game is a different one and must not be ended
            // here.
            if !matches!(error, StoreError::Conflict { .. }) {
                let shared = Arc::clone(&self.shared);
                // Among the games' tasks, so that a stop waits for it.
                let undoing = async move { shared.end(request.id).await };
                self.shared.tasks.spawn(undoing);
            }
            return Err(error.into());
        }
        let frame = Frame {
            lang: route.lang,
            game: request.id,
            code: request.code,
            pack_title: request.pack_title,
            known: BTreeMap::new(),
        };
        let message = thread::placed(frame.lang, start::started(&frame, &game), route.venue());
        let actor = Actor::new(Arc::clone(&self.shared), frame, game, 1, route);
        self.look_after(request.id, channel, Box::new(actor).run(inbox));
        tracing::info!(game_id = %request.id, guild_id = request.guild.map(|guild| guild.0), "game.started");
        Ok(Started { message })
    }
}

/// How long after the start the first question comes, or the lobby closes. A hosted game waits for its
/// host, and ends then.
fn first_wait_ms(settings: &Settings, ready_ms: i64) -> i64 {
    match settings.rules().players {
        _ if settings.hosted => HOST_WAIT_MS,
        _ if !settings.gathers() => ready_ms,
        Players::Invited => INVITATION_MS,
        _ => LOBBY_MS,
    }
}
