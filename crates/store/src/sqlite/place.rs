//! Whether the database's files are still where they were opened.
//!
//! The system lets an open file be deleted or replaced, and the engine goes on writing into one that
//! nobody will ever find again. So it is looked before and after each write: what was stored where
//! it cannot be found is not called stored.

use crate::StoreError;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where a database is, and which files are there.
#[derive(Debug)]
pub(super) struct Place {
    database: PathBuf,
    database_id: Option<FileId>,
    log: PathBuf,
    /// The engine makes its write-ahead log when it is first needed.
    log_id: OnceLock<FileId>,
    told: AtomicBool,
}

/// What tells a file from every other that exists at the same time.
type FileId = (u64, u64);

impl Place {
    /// Remembers the file that is there now.
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

    /// An error unless the files are those that were opened.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.log_id.get().is_none()
            && let Some(found) = id(&self.log)
        {
            // Whoever is first; all have found the same.
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
             stored; put that file back, or restart the bot to use what is there now"
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

/// Elsewhere the system itself keeps files that are open.
#[cfg(not(unix))]
fn id(_: &Path) -> Option<FileId> {
    None
}
