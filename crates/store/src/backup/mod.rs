//! Backups: one file, whatever database it was taken from and whichever it is restored to.
//!
//! A backup is a database file of `SQLite` with this program's own tables: it can be checked, it
//! knows its version, an old one is brought up to date on its way back, and the bot could even play
//! on it. So state moves from a file to a server and back as well.
//!
//! Taking one disturbs nobody: it sees the database as of one moment, and writes go on meanwhile.
//! Restoring wants the database for itself, all at once or not at all.

mod file;
mod tables;

pub(super) use file::Part;
pub(super) use tables::{DERIVED, Table, tables};

use super::{OpenError, StoreError, postgres, sqlite};
use std::io;
use std::path::{Path, PathBuf};

/// Why a backup was not taken or not restored. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something in the place of the backup.
    #[error("{} is there already; name a new file", path.display())]
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
    /// The file is no backup, or is damaged.
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
         throw away what is there"
    )]
    NotEmpty {
        /// The database.
        name: String,
    },
    /// The database is only in memory.
    #[error("a database in memory goes with its process; name a file or a server in DATABASE_URL")]
    InMemory,
    /// The tables on the server are of another version.
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
    /// The database cannot be opened, or is in use.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed, or another process plays on it.
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
    /// Games, live and ended.
    pub games: u64,
    /// What happened in them, answers among it.
    pub events: u64,
    /// The size of the backup in bytes.
    pub bytes: u64,
}

/// Copies the database at `url` into a new file, while whoever uses it goes on.
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

/// Puts a backup in place of the empty database at `url`, or of any if `replace` says so. The bot
/// must not run on it.
///
/// # Errors
/// [`BackupError`]; the database is as it was.
pub async fn restore(url: &str, from: &Path, replace: bool) -> Result<Copied, BackupError> {
    // Checked before anything is touched, and checked again as a copy of the newest version.
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
