//! Checks that the database's files are still where they were opened.
//!
//! An open file can be deleted or replaced, and SQLite would go on writing into one that no program
//! can find again. So the files are checked before and after each write: what went into a lost file
//! is not reported as stored.

use crate::StoreError;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// A database's path, and the identity of its files.
#[derive(Debug)]
pub(super) struct Place {
    database: PathBuf,
    database_id: Option<FileId>,
    log: PathBuf,
    /// SQLite creates its write-ahead log on first use.
    log_id: OnceLock<FileId>,
    told: AtomicBool,
}

/// What distinguishes a file from every other that exists at the same time.
type FileId = (u64, u64);

impl Place {
    /// Remembers the file that exists now.
    pub(super) fn of(database: &Path) -> Self {
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        Self {
            database: database.to_owned(),
            database_id: id(database),
            log: PathBuf::from(log),
            log_id: OnceLock::new(),
            told: AtomicBool::new(false),
        }
    }

    /// Fails unless the files are those that were opened.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.log_id.get().is_none()
            && let Some(found) = id(&self.log)
        {
            // The first caller sets it; all found the same.
            let _ = self.log_id.set(found);
        }
        let expected = [
            (&self.database, self.database_id),
            (&self.log, self.log_id.get().copied()),
        ];
        let missed = expected
            .into_iter()
            .find(|(path, expected)| expected.is_some() && id(path) != *expected);
        let Some((path, _)) = missed else {
            self.told.store(false, Ordering::Relaxed);
            return Ok(());
        };
        let path = path.display();
        let reason = format!(
            "its file {path} was deleted or replaced while the bot uses it, so nothing can be \
             stored; put that file back, or restart the bot to use the one there now"
        );
        if !self.told.swap(true, Ordering::Relaxed) {
            tracing::error!(%reason, "store.file_gone");
        }
        Err(StoreError::Unavailable { reason })
    }
}

#[cfg(unix)]
fn id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    let found = fs::metadata(path).ok()?;
    Some((found.dev(), found.ino()))
}

/// Other systems do not let open files be removed.
#[cfg(not(unix))]
fn id(_: &Path) -> Option<FileId> {
    None
}
