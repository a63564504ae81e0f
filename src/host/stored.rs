//! Converts games to and from their stored form: events, routes and members as JSON and numbers.

use super::route::Route;
use heat_core::game::{Event, Game, GameId, Phase, UserId};
use heat_core::id::ChannelId;
use heat_core::results::{GameResult, Played};
use heat_store::{Anonymised, StoredGame, Write};
use heat_view::message::Message;
use heat_view::quiz::Frame;
use heat_view::{start, thread};
use std::collections::BTreeMap;

/// Why a stored game cannot be resumed.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// It was stored without a route.
    #[error("the stored game has no route to its channel")]
    NoRoute,
    /// A stored text is not the JSON it should be.
    #[error("the stored game cannot be read: {0}")]
    Json(serde_json::Error),
    /// The events do not form a game.
    #[error(transparent)]
    Replay(#[from] heat_core::game::ReplayError),
    /// Its channel has another game.
    #[error("its channel has another live game")]
    Busy,
}

/// The game made from stored events, and how many events there are.
pub(super) fn replay(parsed: Vec<Event>) -> Result<(Game, u32), RecoverError> {
    let count = u32::try_from(parsed.len()).unwrap_or(u32::MAX);
    Ok((Game::replay(parsed)?, count))
}

pub(super) fn parse(events: &[String]) -> Result<Vec<Event>, RecoverError> {
    let parsed = events.iter().map(|event| serde_json::from_str(event));
    parsed.collect::<Result<_, _>>().map_err(RecoverError::Json)
}

/// All members that events name.
pub(super) fn members(events: &[Event]) -> Vec<UserId> {
    events.iter().flat_map(Event::members).collect()
}

/// Removes a member from an ended game's events, for [`heat_store::Store::forget`]; the game can
/// still be read and replayed.
///
/// # Errors
/// A message if an event is not one of ours.
pub fn anonymise(events: &[(u32, String)], member: UserId) -> Result<Anonymised, String> {
    let anonymised = heat_core::game::anonymise(events, member);
    let (events, stand_in) = anonymised.map_err(|error| RecoverError::Json(error).to_string())?;
    Ok(Anonymised { events, stand_in })
}

/// The write that marks a game as over.
pub(super) fn over(game: GameId) -> Write {
    Write {
        game,
        ended: true,
        ..Write::default()
    }
}

/// Our own types as JSON. They contain nothing that JSON cannot represent.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The stored game, to play it again.
///
/// # Errors
/// [`RecoverError`] if the stored events do not form a game.
pub fn game_of(stored: &StoredGame) -> Result<Game, RecoverError> {
    replay(parse(&stored.events)?).map(|(game, _)| game)
}

/// The events of a stored game.
///
/// # Errors
/// [`RecoverError::Json`] if a stored event is not one.
pub fn events_of(stored: &StoredGame) -> Result<Vec<Event>, RecoverError> {
    parse(&stored.events)
}

/// The thread that a stored game has or had to itself.
#[must_use]
pub fn thread_of(stored: &StoredGame) -> Option<ChannelId> {
    route_of(stored)?.open_thread()
}

/// The title of a stored game's pack when the game began; `None` for all packs together, or if an
/// earlier version stored the game.
#[must_use]
pub fn pack_title_of(stored: &StoredGame) -> Option<String> {
    route_of(stored)?.pack_title
}

/// The message that announces a stored game as it is now; `None` if an earlier version stored it.
///
/// # Errors
/// [`RecoverError`] if the stored events do not form a game.
pub fn start_of(stored: &StoredGame) -> Result<Option<Message>, RecoverError> {
    let Some((route, pack_title)) = route_of(stored).and_then(|route| {
        let title = route.pack_title.clone()?;
        Some((route, title))
    }) else {
        return Ok(None);
    };
    let frame = Frame {
        lang: route.lang,
        game: stored.id,
        code: stored.meta.code.clone(),
        pack_title,
        known: BTreeMap::new(),
    };
    let start = start::started(&frame, &game_of(stored)?);
    Ok(Some(thread::placed(frame.lang, start, route.venue())))
}

/// Whether a stored game waits for its first question, and no message has announced it, as far as is
/// known.
#[must_use]
pub fn awaits_announcement(stored: &StoredGame) -> bool {
    let is_unannounced = route_of(stored).is_some_and(|route| !route.has_start());
    let is_before_first = |game: Game| {
        let phase = game.phase();
        matches!(
            phase,
            Phase::Waiting { next: 0, .. } | Phase::Held { next: 0, .. }
        )
    };
    !stored.ended && is_unannounced && game_of(stored).is_ok_and(is_before_first)
}

fn route_of(stored: &StoredGame) -> Option<Route> {
    serde_json::from_str(stored.route.as_deref()?).ok()
}

/// The result of a stored game, if it is over.
#[must_use]
pub fn result_of(stored: &StoredGame) -> Option<GameResult> {
    let played = Played {
        game: stored.id,
        server: stored.meta.guild,
        channel: stored.meta.channel,
        started_at_ms: stored.meta.started_at_ms,
        code: &stored.meta.code,
    };
    GameResult::of(played, &game_of(stored).ok()?)
}
