//! Backup files: written under a temporary name, checked, and only then given their final name.

use crate::BackupError;
use crate::sqlite::migrations;
use rusqlite::{Connection, OpenFlags};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Part of every temporary file's name. A killed process leaves its file behind, and the next one
/// recognises it by this.
const MARK: &str = ".heat-check-part-";
/// The same for earlier versions; other programs use this one too.
const OLD_MARK: &str = ".part-";
/// The suffixes of SQLite's own files beside the database.
const BESIDE: [&str; 4] = ["", "-journal", "-wal", "-shm"];

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

/// A file being written. Deleted when this value is dropped, unless it is kept.
#[derive(Debug)]
pub(crate) struct Part {
    path: PathBuf,
    /// Locked for as long as its process lives, on any machine and under any process id.
    _alive: File,
}

impl Part {
    /// Creates an empty one beside `place`, readable only by its owner, after removing those that
    /// killed processes left behind.
    pub(crate) fn beside(place: &Path) -> Result<Self, BackupError> {
        tidy(folder_of(place), place.file_name());
        Self::named(place.as_os_str().to_owned())
    }

    /// Creates an empty one in the system's temporary folder.
    pub(super) fn somewhere() -> Result<Self, BackupError> {
        // One process may create several at once.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let folder = std::env::temp_dir();
        tidy(&folder, None);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self::named(folder.join(format!("restore-{number}")).into_os_string())
    }

    fn named(mut name: OsString) -> Result<Self, BackupError> {
        name.push(format!("{MARK}{}", std::process::id()));
        let path = PathBuf::from(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(file) => {
                // No other process knows the file yet, so this fails only where files cannot be
                // locked.
                let _ = file.try_lock();
                Ok(Self { path, _alive: file })
            }
            Err(cause) => Err(BackupError::File { path, cause }),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Syncs it to disk, then gives it its final name.
    pub(super) fn keep(self, place: &Path, replace: bool) -> Result<(), BackupError> {
        let fault = |cause| BackupError::File {
            path: place.to_owned(),
            cause,
        };
        File::open(&self.path)
            .and_then(|file| file.sync_all())
            .map_err(fault)?;
        if !replace && place.exists() {
            return Err(BackupError::Exists {
                path: place.to_owned(),
            });
        }
        fs::rename(&self.path, place).map_err(fault)?;
        // So that the name survives a power cut too.
        File::open(folder_of(place))
            .and_then(|folder| folder.sync_all())
            .map_err(fault)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// Removes a temporary file and SQLite's files beside it, most of which do not exist; nor does the
/// file itself if it was kept.
fn remove(part: &Path) {
    for suffix in BESIDE {
        let mut name = part.as_os_str().to_owned();
        name.push(suffix);
        let _ = fs::remove_file(name);
    }
}

fn folder_of(place: &Path) -> &Path {
    match place.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Removes the temporary files of killed processes, which are those no process has locked. Of the
/// names that earlier versions used, it touches only those of this very `backup`. Files that cannot
/// be removed do no harm.
fn tidy(folder: &Path, backup: Option<&OsStr>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_file = entry.file_type().is_ok_and(|found| found.is_file());
        if is_file && is_part(&name, backup) && is_abandoned(&entry.path()) {
            tracing::info!(file = %entry.path().display(), "backup.part_removed");
            remove(&entry.path());
        }
    }
}

fn is_part(name: &OsStr, backup: Option<&OsStr>) -> bool {
    let Some(name) = name.to_str() else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some((_, process)) = name.rsplit_once(MARK) {
        return is_number(process);
    }
    let of_backup = backup
        .and_then(OsStr::to_str)
        .and_then(|backup| name.strip_prefix(backup));
    of_backup
        .and_then(|rest| rest.strip_prefix(OLD_MARK))
        .is_some_and(is_number)
}

fn is_abandoned(part: &Path) -> bool {
    File::open(part).is_ok_and(|file| file.try_lock().is_ok())
}

/// Creates an empty database of the newest version in an empty file.
pub(super) fn create(path: &Path) -> Result<Connection, BackupError> {
    let mut conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    migrations::apply(&mut conn, path)?;
    Ok(conn)
}

/// Copies a snapshot of a database into an empty file.
pub(super) fn copy(source: &Connection, to: &Path) -> Result<(), BackupError> {
    let name = to.to_str().ok_or_else(|| BackupError::File {
        path: to.to_owned(),
        cause: io::Error::new(io::ErrorKind::InvalidInput, "the name is not UTF-8"),
    })?;
    source.execute("VACUUM INTO ?1", [name])?;
    Ok(())
}

/// Returns a copy of a backup, migrated and checked. The backup itself is not changed.
pub(super) fn staged(from: &Path, to: &Path) -> Result<(Connection, Copied), BackupError> {
    copy(&read_only(from)?, to)?;
    let mut conn = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    migrations::apply(&mut conn, to)?;
    Ok((conn, check(to)?))
}

/// Checks a whole backup.
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
        return Err(unsound("it is another program's database".to_owned()));
    }
    if verdict != "ok" || orphans > 0 {
        return Err(unsound(format!(
            "its check says {verdict:?}, and {orphans} rows have no parent"
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
    // Uses the system's message, which is clearer than SQLite's.
    File::open(path).map_err(|cause| BackupError::File {
        path: path.to_owned(),
        cause,
    })?;
    Ok(Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY,
    )?)
}
