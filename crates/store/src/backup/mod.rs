//! Backups: one file, whatever kind of database it comes from or goes to.
//!
//! A backup is a `SQLite` database with this program's own tables, so it can be checked, knows its
//! version, and is migrated when restored if it is old. That is also how to move from `SQLite` to a
//! server and back.
//!
//! A backup is a consistent snapshot, taken while the bot keeps writing. A restore needs exclusive
//! use of the database and happens completely or not at all.

mod file;
mod tables;

pub(super) use file::Part;
pub(super) use tables::{DERIVED, Table, tables};

use super::{OpenError, StoreError, postgres, sqlite};
use std::io;
use std::path::{Path, PathBuf};

/// Why a backup was not taken or not restored. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The target file exists.
    #[error("{} already exists; name a new file", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The file is not a backup, or is damaged.
    #[error("{} is not a sound backup of Heat Check: {reason}", path.display())]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The database would be overwritten.
    #[error(
        "{name} holds games or packs already; restore into an empty database, or say --replace to \
         discard its contents"
    )]
    NotEmpty {
        /// The database.
        name: String,
    },
    /// The database is only in memory.
    #[error("an in-memory database ends with its process; name a file or a server in DATABASE_URL")]
    InMemory,
    /// The server's tables have another version.
    #[error(
        "{name} has version {found} and this program version {known}: use the heat-check that it \
         is of, or start this one on it once, which brings it up to date"
    )]
    OtherVersion {
        /// The database and its server.
        name: String,
        /// Its version.
        found: i64,
        /// This program's.
        known: i64,
    },
    /// The database cannot be opened or is in use.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed, or another process is using it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// Games, both live and ended.
    pub games: u64,
    /// Their events, answers included.
    pub events: u64,
    /// The size of the backup in bytes.
    pub bytes: u64,
}

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
