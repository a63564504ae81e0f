//! The packs of single servers, read when first needed and cached for a while.

use super::guild_cache::GuildCache;
use heat_core::facts::{Pack, parse_pack};
use heat_core::id::GuildId;
use heat_core::lang::Lang;
use heat_core::library::{GuildLibrary, Library, OwnPacks};
use heat_store::{Store, StoreError, StoredPack};
use std::sync::Arc;

/// For how many servers they are cached. Most have no pack, so only their id is stored.
const KEPT_MAX: usize = 10_000;

/// The packs of servers.
pub struct GuildPacks(GuildCache<Checked>);

/// A server's packs as they were read, checked together with a library.
struct Checked {
    own: Arc<OwnPacks>,
    /// The stored packs, by id and time: while they are unchanged, nothing is rebuilt.
    stamp: Vec<(String, i64)>,
    library: Arc<Library>,
}

impl Default for GuildPacks {
    fn default() -> Self {
        Self(GuildCache::new(KEPT_MAX))
    }
}

impl GuildPacks {
    /// The library together with a server's packs.
    ///
    /// # Errors
    /// If the packs cannot be read.
    pub async fn of(
        &self,
        store: &Store,
        library: Arc<Library>,
        guild: Option<GuildId>,
        now_ms: i64,
    ) -> Result<GuildLibrary, StoreError> {
        let Some(guild) = guild else {
            return Ok(GuildLibrary {
                shared: library,
                own: Arc::default(),
                off: Arc::default(),
            });
        };
        let is_current = |known: &Checked| Arc::ptr_eq(&known.library, &library);
        let read = async |last| read(store, &library, guild, last).await;
        let checked = self.0.get(guild, now_ms, is_current, read).await?;
        Ok(GuildLibrary {
            shared: library,
            own: Arc::clone(&checked.own),
            off: Arc::default(),
        })
    }

    /// Records that a server's packs have changed.
    pub fn changed(&self, guild: GuildId) {
        self.0.changed(guild);
    }
}

async fn read(
    store: &Store,
    library: &Arc<Library>,
    guild: GuildId,
    last: Option<Arc<Checked>>,
) -> Result<Arc<Checked>, StoreError> {
    let stored = store.packs(guild).await?;
    let stamp = stamp(&stored);
    let is_same = |last: &Checked| last.stamp == stamp && Arc::ptr_eq(&last.library, library);
    if let Some(last) = last.filter(|last| is_same(last)) {
        return Ok(last);
    }
    let own = if stored.is_empty() {
        Arc::default()
    } else {
        let library = Arc::clone(library);
        let built = tokio::task::spawn_blocking(move || build(guild, &library, &stored));
        Arc::new(built.await.map_err(|_| StoreError::Closed)?)
    };
    let library = Arc::clone(library);
    Ok(Arc::new(Checked {
        own,
        stamp,
        library,
    }))
}

fn stamp(stored: &[StoredPack]) -> Vec<(String, i64)> {
    let packs = stored.iter();
    packs
        .map(|pack| (pack.id.clone(), pack.added_at_ms))
        .collect()
}

/// The stored packs of a server that fit with the current library.
fn build(guild: GuildId, library: &Library, stored: &[StoredPack]) -> OwnPacks {
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
        let fault = heat_view::faults::fault(Lang::English, fault);
        tracing::warn!(guild_id = guild.0, faults = faults.len(), %fault, "packs.own_left_out");
    }
    own
}
