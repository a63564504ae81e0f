//! What is found in a database that is checked.

use std::fs;
use std::path::Path;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The version of its tables, or none if the first start has yet to create them.
    pub version: Option<i64>,
    /// The newest version that this program knows.
    pub known: i64,
    /// What the database's own integrity check complains about.
    pub damage: Option<String>,
    /// The disk with the database's file; none for a server, which looks after its own, or if the
    /// system does not say.
    pub disk: Option<Disk>,
}

/// The room on a disk, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disk {
    /// How much the database takes.
    pub taken: u64,
    /// How much more this process may write.
    pub free: u64,
}

impl Disk {
    /// The disk with this file, which need not exist yet.
    pub(crate) fn with(path: &Path) -> Option<Self> {
        let folder = path.parent()?;
        let room = rustix::fs::statvfs(folder).ok()?;
        Some(Self {
            taken: fs::metadata(path).map_or(0, |file| file.len()),
            free: room.f_bavail.saturating_mul(room.f_frsize),
        })
    }
}
