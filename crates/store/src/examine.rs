//! Looks at a database without playing on it and without changing it, also while a bot runs on it.

use super::{BackupError, postgres, sqlite};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The version of its tables; none if there are none yet, and the first start makes them.
    pub version: Option<i64>,
    /// The newest version that this program knows.
    pub known: i64,
    /// What its own check says that is not well.
    pub damage: Option<String>,
}

/// Looks at the database at `url`: is it there, is it ours, can it be written, is it sound?
///
/// # Errors
/// [`BackupError`] with what stands in the way.
pub async fn examine(url: &str) -> Result<Examined, BackupError> {
    if postgres::is_address(url) {
        postgres::transfer::examine(url).await
    } else {
        sqlite::open::examine(url)
    }
}
