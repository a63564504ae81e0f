//! Games as the store has them: events, routes and members as JSON and numbers, and back.

use super::route::Route;
use heat_core::game::{Event, Game, GameId, UserId};
use heat_core::id::ChannelId;
use heat_store::{Anonymised, StoredGame, Write};

/// Why a stored game cannot be taken up.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// It was stored without a route.
    #[error("the stored game has no route to its channel")]
    NoRoute,
    /// A stored text is not the JSON it should be.
    #[error("the stored game cannot be read: {0}")]
    Json(serde_json::Error),
    /// The events are no game.
    #[error(transparent)]
    Replay(#[from] heat_core::game::ReplayError),
    /// Its channel has another game.
    #[error("its channel has another live game")]
    Busy,
}

/// The game that stored events make, and how many they are.
pub(super) fn replay(parsed: Vec<Event>) -> Result<(Game, u32), RecoverError> {
    let count = u32::try_from(parsed.len()).unwrap_or(u32::MAX);
    Ok((Game::replay(parsed)?, count))
}

pub(super) fn parse(events: &[String]) -> Result<Vec<Event>, RecoverError> {
    let parsed = events.iter().map(|event| serde_json::from_str(event));
    parsed.collect::<Result<_, _>>().map_err(RecoverError::Json)
}

/// All members whom events name.
pub(super) fn members(events: &[Event]) -> Vec<UserId> {
    events.iter().flat_map(Event::members).collect()
}

/// Removes a member from an ended game's events, for [`heat_store::Store::forget`]; the game can
/// still be read and replayed.
///
/// # Errors
/// A sentence if an event is none of ours.
pub fn anonymise(events: &[(u32, String)], member: UserId) -> Result<Anonymised, String> {
    let anonymised = heat_core::game::anonymise(events, member);
    let (events, stand_in) = anonymised.map_err(|error| RecoverError::Json(error).to_string())?;
    Ok(Anonymised { events, stand_in })
}

/// The write that says that a game is over.
pub(super) fn over(game: GameId) -> Write {
    Write {
        game,
        ended: true,
        ..Write::default()
    }
}

/// Our own types as JSON. They hold nothing that JSON cannot.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The game that was stored, for playing it again.
///
/// # Errors
/// [`RecoverError`] if the stored events are no game.
pub fn game_of(stored: &StoredGame) -> Result<Game, RecoverError> {
    replay(parse(&stored.events)?).map(|(game, _)| game)
}

/// What happened in a game that was stored.
///
/// # Errors
/// [`RecoverError::Json`] if a stored event is none.
pub fn events_of(stored: &StoredGame) -> Result<Vec<Event>, RecoverError> {
    parse(&stored.events)
}

/// The thread that a stored game has or had to itself.
#[must_use]
pub fn thread_of(stored: &StoredGame) -> Option<ChannelId> {
    let route: Route = serde_json::from_str(stored.route.as_deref()?).ok()?;
    route.open_thread()
}

/// What the pack of a stored game was called when the game began; none for all packs together, or
/// if an earlier version stored the game.
#[must_use]
pub fn pack_title_of(stored: &StoredGame) -> Option<String> {
    let route: Route = serde_json::from_str(stored.route.as_deref()?).ok()?;
    route.pack_title
}
