//! Backups: one file, whatever kind of database it comes from or goes to.
//!
//! A backup is a `SQLite` database with this program's own tables, so it can be checked, knows its
//! version, and is migrated when restored if it is old. That is also how to move from `SQLite` to a
//! server and back.
//!
//! A backup is a consistent snapshot, taken while the bot keeps writing. A restore needs exclusive
//! use of the database and happens completely or not at all.

pub(super) mod file;
pub(super) mod tables;

pub use file::Copied;

use super::{BackupError, postgres, sqlite};
use std::path::Path;

/// Copies the database at `url` into a new file. A bot may keep using the database.
///
/// # Errors
/// [`BackupError`]; no file is left behind.
pub async fn backup(url: &str, to: &Path) -> Result<Copied, BackupError> {
    let part = file::Part::beside(to)?;
    if postgres::is_address(url) {
        let mut conn = file::create(part.path())?;
        postgres::transfer::dump(url, &mut conn).await?;
        conn.close().map_err(|(_, error)| error)?;
    } else {
        let source = sqlite::open::existing(url)?;
        file::copy(&source, part.path())?;
    }
    let copied = file::check(part.path())?;
    part.keep(to, false)?;
    Ok(copied)
}

/// Restores a backup into the database at `url`, which must be empty unless `replace` is set. The
/// bot must not be running on it.
///
/// # Errors
/// [`BackupError`]; the database is unchanged.
pub async fn restore(url: &str, from: &Path, replace: bool) -> Result<Copied, BackupError> {
    // Checked before anything is touched, and once more as a migrated copy.
    file::check(from)?;
    if postgres::is_address(url) {
        let part = file::Part::somewhere()?;
        let (conn, copied) = file::staged(from, part.path())?;
        postgres::transfer::load(url, &conn, replace).await?;
        return Ok(copied);
    }
    let target = sqlite::open::Target::lock(url)?;
    if !replace && !target.is_empty()? {
        return Err(BackupError::NotEmpty {
            name: target.path().display().to_string(),
        });
    }
    let part = file::Part::beside(target.path())?;
    let (conn, copied) = file::staged(from, part.path())?;
    conn.close().map_err(|(_, error)| error)?;
    target.tidy()?;
    part.keep(target.path(), true)?;
    Ok(copied)
}
