//! Inspects the database at a URL without changing it, even while a bot uses it.

use super::{BackupError, Examined, QuestionCount, StoredGame, postgres, sqlite};
use heat_core::id::GuildId;

/// Checks the database at `url`: does it exist, is it ours, can it be written, is it sound?
///
/// # Errors
/// [`BackupError`] if it cannot be used.
pub async fn examine(url: &str) -> Result<Examined, BackupError> {
    if postgres::is_address(url) {
        postgres::transfer::examine(url).await
    } else {
        sqlite::open::examine(url)
    }
}

/// How often the questions in the database at `url` were answered, in order of their ids. Only
/// reads, so a bot may be running on it.
///
/// # Errors
/// [`BackupError`] if the database cannot be read, or does not have this version's tables.
pub async fn read_question_counts(url: &str) -> Result<Vec<QuestionCount>, BackupError> {
    if postgres::is_address(url) {
        return postgres::transfer::question_counts(url).await;
    }
    let conn = sqlite::open::existing(url)?;
    Ok(sqlite::questions::counts(&conn, 1)?)
}

/// Passes each finished game in a server to `take`, newest first: those that started at `since_ms`
/// or later, of one server or of all. A bot may use the database meanwhile.
///
/// # Errors
/// [`BackupError`] if the database cannot be read, or does not have this version's tables.
pub async fn read_ended_games(
    url: &str,
    guild: Option<GuildId>,
    since_ms: i64,
    mut take: impl FnMut(StoredGame),
) -> Result<(), BackupError> {
    if postgres::is_address(url) {
        return postgres::transfer::ended_games(url, guild, since_ms, &mut take).await;
    }
    let conn = sqlite::open::existing(url)?;
    for id in sqlite::results::ended(&conn, guild, since_ms, u32::MAX)? {
        if let Some(game) = sqlite::games::by_id(&conn, id)? {
            take(game);
        }
    }
    Ok(())
}
