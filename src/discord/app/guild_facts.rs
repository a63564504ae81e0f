//! The facts for one place: the library's alone, or joined with a server's own packs. Joined when a
//! member there first looks something up.

use super::guild_cache::GuildCache;
use heat_core::cast::CastIndex;
use heat_core::facts::FactBase;
use heat_core::id::GuildId;
use heat_core::library::{CombinedFacts, GuildLibrary, Library, OwnPacks};
use std::sync::Arc;

/// For how many servers joined facts are cached. Each takes a megabyte or two, and some tens of
/// milliseconds to rebuild.
const KEPT_MAX: usize = 16;

/// The facts for lookups.
pub struct Facts {
    /// Opened for one answer.
    base: FactBase,
    whose: Whose,
}

enum Whose {
    /// The shared facts.
    Shared(Arc<Library>),
    /// Those and a server's own.
    Own(Arc<CombinedFacts>),
}

impl Facts {
    /// The facts that every server has.
    pub fn shared(library: Arc<Library>) -> Self {
        Self {
            base: library.facts.open(),
            whose: Whose::Shared(library),
        }
    }

    fn own(combined: Arc<CombinedFacts>) -> Self {
        Self {
            base: combined.facts.open(),
            whose: Whose::Own(combined),
        }
    }

    /// The facts themselves.
    pub fn base(&self) -> &FactBase {
        &self.base
    }

    /// The index of names.
    pub fn cast(&self) -> &CastIndex {
        match &self.whose {
            Whose::Shared(library) => &library.cast,
            Whose::Own(combined) => &combined.cast,
        }
    }

    /// The index of everything in the news.
    pub fn news(&self) -> &CastIndex {
        match &self.whose {
            Whose::Shared(library) => &library.news,
            Whose::Own(combined) => &combined.news,
        }
    }
}

/// The joined facts of the servers that looked something up most recently.
pub struct GuildFacts {
    ready: GuildCache<Joined>,
    /// Locked during a join: a member who types asks again with every letter.
    making: tokio::sync::Mutex<()>,
}

/// The shared facts joined with a server's own packs.
struct Joined {
    own: Arc<OwnPacks>,
    combined: Arc<CombinedFacts>,
}

impl Default for GuildFacts {
    fn default() -> Self {
        Self {
            ready: GuildCache::new(KEPT_MAX),
            making: tokio::sync::Mutex::default(),
        }
    }
}

impl GuildFacts {
    /// The facts for a server with these packs.
    pub async fn of(&self, guild: GuildId, library: &GuildLibrary, now_ms: i64) -> Facts {
        if !library.own.states_facts() {
            return Facts::shared(Arc::clone(&library.shared));
        }
        // Changed packs are a new value, so outdated facts are never shown.
        let is_current = |joined: &Joined| Arc::ptr_eq(&joined.own, &library.own);
        let read = async |last: Option<Arc<Joined>>| match last {
            Some(last) if is_current(&last) => Ok(last),
            _ => {
                let _turn = self.making.lock().await;
                join(library).await.map(Arc::new).ok_or(NotJoined)
            }
        };
        match self.ready.get(guild, now_ms, is_current, read).await {
            Ok(joined) => Facts::own(Arc::clone(&joined.combined)),
            Err(NotJoined) => Facts::shared(Arc::clone(&library.shared)),
        }
    }
}

/// The packs conflict with the shared facts; the log says so.
struct NotJoined;

async fn join(library: &GuildLibrary) -> Option<Joined> {
    let GuildLibrary { shared, own, .. } = library.clone();
    let making = {
        let own = Arc::clone(&own);
        tokio::task::spawn_blocking(move || CombinedFacts::join(&shared, own.packs()))
    };
    let Ok(Some(combined)) = making.await else {
        tracing::warn!("packs.own_conflicting: a server's packs conflict with the shared facts");
        return None;
    };
    let combined = Arc::new(combined);
    Some(Joined { own, combined })
}
