//! Servers' own question packs.

use heat_core::id::UserId;

/// How long a removed pack can be restored: a week.
pub const REMOVED_KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// A server's own question pack. The store does not read its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPack {
    /// Its id, unique within the server.
    pub id: String,
    /// The pack as JSON.
    pub body: String,
    /// Who added it.
    pub added_by: UserId,
    /// Milliseconds since 1970, UTC.
    pub added_at_ms: i64,
}
