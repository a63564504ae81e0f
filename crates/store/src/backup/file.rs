//! Backups as files: made beside their place, checked, and only then given their name.

use super::{BackupError, Copied};
use crate::sqlite::migrations;
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Names that are tried for a file in the system's folder, where others may have taken some.
const NAMES_MAX: u32 = 100;

/// A file that is being made. Gone with this value unless it is kept.
#[derive(Debug)]
pub(crate) struct Part(PathBuf);

impl Part {
    /// Makes an empty one beside `place`, for its owner's eyes only.
    pub(crate) fn beside(place: &Path) -> Result<Self, BackupError> {
        let mut name = place.as_os_str().to_owned();
        name.push(format!(".part-{}", std::process::id()));
        Self::at(PathBuf::from(name))
    }

    /// Makes an empty one in the system's folder for such.
    pub(super) fn somewhere() -> Result<Self, BackupError> {
        let folder = std::env::temp_dir();
        let mut made = Self::at(folder.join("heat-check-restore-0"));
        for number in 1..NAMES_MAX {
            let Err(BackupError::File { cause, .. }) = &made else {
                break;
            };
            if cause.kind() != io::ErrorKind::AlreadyExists {
                break;
            }
            made = Self::at(folder.join(format!("heat-check-restore-{number}")));
        }
        made
    }

    fn at(path: PathBuf) -> Result<Self, BackupError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(_) => Ok(Self(path)),
            Err(cause) => Err(BackupError::File { path, cause }),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Gives it its name, once it is on the disk as a whole.
    pub(super) fn keep(self, place: &Path, replace: bool) -> Result<(), BackupError> {
        let fault = |cause| BackupError::File {
            path: place.to_owned(),
            cause,
        };
        File::open(&self.0)
            .and_then(|file| file.sync_all())
            .map_err(fault)?;
        if !replace && place.exists() {
            return Err(BackupError::Exists {
                path: place.to_owned(),
            });
        }
        fs::rename(&self.0, place).map_err(fault)?;
        let folder = match place.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        // So that the name, too, outlives a power cut.
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(fault)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        for suffix in ["", "-journal", "-wal", "-shm"] {
            let mut name = self.0.as_os_str().to_owned();
            name.push(suffix);
            // Most of them are not there, and the first not any more if it was kept.
            let _ = fs::remove_file(name);
        }
    }
}

/// An empty database of the newest version in an empty file.
pub(super) fn create(path: &Path) -> Result<Connection, BackupError> {
    let mut conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    migrations::apply(&mut conn, path)?;
    Ok(conn)
}

/// Copies a database, as it is at this moment, into an empty file.
pub(super) fn copy(source: &Connection, to: &Path) -> Result<(), BackupError> {
    let name = to.to_str().ok_or_else(|| BackupError::File {
        path: to.to_owned(),
        cause: io::Error::new(io::ErrorKind::InvalidInput, "the name is not UTF-8"),
    })?;
    source.execute("VACUUM INTO ?1", [name])?;
    Ok(())
}

/// A copy of a backup, brought up to date and checked. The backup itself is left as it is.
pub(super) fn staged(from: &Path, to: &Path) -> Result<(Connection, Copied), BackupError> {
    copy(&read_only(from)?, to)?;
    let mut conn = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    migrations::apply(&mut conn, to)?;
    Ok((conn, check(to)?))
}

/// Reads a backup through and through.
pub(super) fn check(path: &Path) -> Result<Copied, BackupError> {
    let unsound = |reason: String| BackupError::Unsound {
        path: path.to_owned(),
        reason,
    };
    let conn = read_only(path)?;
    let read = || -> rusqlite::Result<_> {
        let ours = migrations::is_ours(&conn)?;
        if !ours {
            return Ok((ours, String::new(), 0, 0, 0));
        }
        let number = |sql: &str| {
            let count = conn.query_row(sql, [], |row| row.get::<_, i64>(0))?;
            Ok::<u64, rusqlite::Error>(count.unsigned_abs())
        };
        let verdict: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        let orphans = number("SELECT count(*) FROM pragma_foreign_key_check")?;
        let games = number("SELECT count(*) FROM games")?;
        let events = number("SELECT count(*) FROM events")?;
        Ok((ours, verdict, orphans, games, events))
    };
    let (ours, verdict, orphans, games, events) =
        read().map_err(|error| unsound(error.to_string()))?;
    if !ours {
        return Err(unsound("it is a database of another program".to_owned()));
    }
    if verdict != "ok" || orphans > 0 {
        return Err(unsound(format!(
            "its check says {verdict:?}, and {orphans} rows belong to nothing"
        )));
    }
    let bytes = fs::metadata(path).map_err(|cause| BackupError::File {
        path: path.to_owned(),
        cause,
    })?;
    Ok(Copied {
        games,
        events,
        bytes: bytes.len(),
    })
}

fn read_only(path: &Path) -> Result<Connection, BackupError> {
    // In the system's words, which are clearer than the engine's.
    File::open(path).map_err(|cause| BackupError::File {
        path: path.to_owned(),
        cause,
    })?;
    Ok(Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY,
    )?)
}
