//! Checks a database without changing it, also while a bot uses it.

use super::{BackupError, postgres, sqlite};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The version of its tables, or none if the first start has yet to create them.
    pub version: Option<i64>,
    /// The newest version that this program knows.
    pub known: i64,
    /// What the database's own integrity check complains about.
    pub damage: Option<String>,
}

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
