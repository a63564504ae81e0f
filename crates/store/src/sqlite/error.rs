//! Converts SQLite's errors to ours.

use crate::{OpenError, StoreError};
use rusqlite::ErrorCode;
use std::path::Path;

/// Describes SQLite's error on this file.
pub(super) fn opening(path: &Path, error: &rusqlite::Error) -> OpenError {
    let name = path.display().to_string();
    let path = path.to_owned();
    let reason = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::Locked { path },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            OpenError::Foreign { name, reason }
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            OpenError::Access { path, reason }
        }
        _ => OpenError::Engine { name, reason },
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let reason = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => "the disk is full; free some space".to_owned(),
            Some(ErrorCode::ReadOnly) => "it is read-only; fix its permissions".to_owned(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                "another program has locked it; close that program".to_owned()
            }
            _ => error.to_string(),
        };
        match error.sqlite_error_code() {
            Some(
                ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::OutOfMemory
                | ErrorCode::OperationInterrupted
                | ErrorCode::FileLockingProtocolFailed,
            ) => StoreError::Unavailable { reason },
            _ => StoreError::Damaged { reason },
        }
    }
}
