//! Backups as files: made beside their place, checked, and only then given their name.

use super::{BackupError, Copied};
use crate::sqlite::migrations;
use rusqlite::{Connection, OpenFlags};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// What the names of parts have in them. A killed process leaves its part behind, and the next one
/// knows it by this.
const MARK: &str = ".heat-check-part-";
/// The same in the names of earlier versions, which others use too.
const OLD_MARK: &str = ".part-";
/// What the engine adds to a file's name for its own files beside it.
const BESIDE: [&str; 4] = ["", "-journal", "-wal", "-shm"];

/// A file that is being made. Gone with this value unless it is kept.
#[derive(Debug)]
pub(crate) struct Part {
    path: PathBuf,
    /// Locked as long as its process lives, wherever and under whatever number that runs.
    _alive: File,
}

impl Part {
    /// Makes an empty one beside `place`, for its owner's eyes only, once those that killed
    /// processes have left there are gone.
    pub(crate) fn beside(place: &Path) -> Result<Self, BackupError> {
        tidy(folder_of(place), place.file_name());
        Self::named(place.as_os_str().to_owned())
    }

    /// Makes an empty one in the system's folder for such.
    pub(super) fn somewhere() -> Result<Self, BackupError> {
        // Several may be made in one process at once.
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
                // Nobody else knows the file yet, so it fails only where files cannot be locked.
                let _ = file.try_lock();
                Ok(Self { path, _alive: file })
            }
            Err(cause) => Err(BackupError::File { path, cause }),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, once it is on the disk as a whole.
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
        // So that the name, too, outlives a power cut.
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

/// Removes a part and what the engine left beside it. Most of that is not there, and the part itself
/// not any more if it was kept.
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

/// Removes the parts of processes that were killed: those whose lock nobody holds any more. Of the
/// names that earlier versions gave, only those for this very `backup`. What cannot be removed is in
/// nobody's way.
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
