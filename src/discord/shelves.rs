//! The packs of single servers, read when a server first needs them and kept for a while.

use crate::facts::{Pack, parse_pack};
use crate::library::{Library, OwnPacks, Shelf};
use crate::store::{Store, StoreError, StoredPack};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How long a server's packs are taken as they were read: another process may have changed them.
const FRESH_MS: i64 = 60_000;
/// Servers kept at once. Most have no pack, and then keep nothing but their number.
const KEPT_MAX: usize = 10_000;

/// What servers have of their own.
#[derive(Default)]
pub struct Shelves {
    known: Mutex<HashMap<u64, Known>>,
}

struct Known {
    own: Arc<OwnPacks>,
    /// With which library they were checked.
    library: Arc<Library>,
    read_at_ms: i64,
}

impl Shelves {
    /// The library with a server's packs beside it.
    ///
    /// # Errors
    /// If the packs cannot be read.
    pub async fn shelf(
        &self,
        store: &Store,
        library: Arc<Library>,
        guild: Option<u64>,
        now_ms: i64,
    ) -> Result<Shelf, StoreError> {
        let Some(guild) = guild else {
            let own = Arc::default();
            return Ok(Shelf { library, own });
        };
        if let Some(own) = self.fresh(guild, &library, now_ms) {
            return Ok(Shelf { library, own });
        }
        let stored = store.packs(guild).await?;
        let own = if stored.is_empty() {
            Arc::default()
        } else {
            let library = Arc::clone(&library);
            let built = tokio::task::spawn_blocking(move || build(guild, &library, &stored));
            Arc::new(built.await.map_err(|_| StoreError::Closed)?)
        };
        self.keep(guild, Arc::clone(&own), Arc::clone(&library), now_ms);
        Ok(Shelf { library, own })
    }

    /// Lets go of what is known of a server, because it has changed.
    pub fn forget(&self, guild: u64) {
        self.lock().remove(&guild);
    }

    fn fresh(&self, guild: u64, library: &Arc<Library>, now_ms: i64) -> Option<Arc<OwnPacks>> {
        let known = self.lock();
        let known = known.get(&guild)?;
        let is_fresh = now_ms - known.read_at_ms < FRESH_MS;
        let is_current = Arc::ptr_eq(&known.library, library);
        (is_fresh && is_current).then(|| Arc::clone(&known.own))
    }

    fn keep(&self, guild: u64, own: Arc<OwnPacks>, library: Arc<Library>, now_ms: i64) {
        let mut known = self.lock();
        if known.len() >= KEPT_MAX {
            known.retain(|_, known| now_ms - known.read_at_ms < FRESH_MS);
        }
        if known.len() >= KEPT_MAX {
            known.clear();
        }
        let read_at_ms = now_ms;
        known.insert(
            guild,
            Known {
                own,
                library,
                read_at_ms,
            },
        );
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What of a server's stored packs goes with the library as it is now.
fn build(guild: u64, library: &Library, stored: &[StoredPack]) -> OwnPacks {
    let mut packs: Vec<Pack> = Vec::with_capacity(stored.len());
    let mut faults = Vec::new();
    for pack in stored {
        match parse_pack(&pack.id, &pack.body) {
            Ok(pack) => packs.push(pack),
            Err(found) => faults.extend(found),
        }
    }
    let (own, unfit) = OwnPacks::build(library, packs);
    faults.extend(unfit);
    if let Some(fault) = faults.first() {
        tracing::warn!(guild_id = guild, faults = faults.len(), %fault, "packs.own_left_out");
    }
    own
}
