//! The packs of single servers, read when a server first needs them and kept for a while.

use heat_core::facts::{Pack, parse_pack};
use heat_core::library::{Library, OwnPacks, Shelf};
use heat_store::{Store, StoreError, StoredPack};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How long a server's packs are taken as they were read: another process may have changed them.
const FRESH_MS: i64 = 60_000;
/// Servers kept at once. Most have no pack, and then keep nothing but their number.
const KEPT_MAX: usize = 10_000;

/// What servers have of their own.
#[derive(Default)]
pub struct GuildPacks {
    known: Mutex<HashMap<u64, Known>>,
}

struct Known {
    own: Arc<OwnPacks>,
    /// What was stored, by id and time: as long as it is the same, nothing is made anew.
    stamp: Vec<(String, i64)>,
    /// With which library they were checked.
    library: Arc<Library>,
    read_at_ms: i64,
}

impl GuildPacks {
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
        let stamp = stamp(&stored);
        let own = match self.unchanged(guild, &library, &stamp) {
            Some(own) => own,
            None if stored.is_empty() => Arc::default(),
            None => {
                let library = Arc::clone(&library);
                let built = tokio::task::spawn_blocking(move || build(guild, &library, &stored));
                Arc::new(built.await.map_err(|_| StoreError::Closed)?)
            }
        };
        let known = Known {
            own: Arc::clone(&own),
            stamp,
            library: Arc::clone(&library),
            read_at_ms: now_ms,
        };
        self.keep(guild, known);
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

    fn unchanged(
        &self,
        guild: u64,
        library: &Arc<Library>,
        stamp: &[(String, i64)],
    ) -> Option<Arc<OwnPacks>> {
        let known = self.lock();
        let known = known.get(&guild)?;
        let is_same = known.stamp == stamp && Arc::ptr_eq(&known.library, library);
        is_same.then(|| Arc::clone(&known.own))
    }

    fn keep(&self, guild: u64, new: Known) {
        let now_ms = new.read_at_ms;
        let mut known = self.lock();
        if known.len() >= KEPT_MAX {
            known.retain(|_, known| now_ms - known.read_at_ms < FRESH_MS);
        }
        if known.len() >= KEPT_MAX {
            known.clear();
        }
        known.insert(guild, new);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stamp(stored: &[StoredPack]) -> Vec<(String, i64)> {
    let packs = stored.iter();
    packs
        .map(|pack| (pack.id.clone(), pack.added_at_ms))
        .collect()
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
