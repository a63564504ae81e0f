//! What is told in one place: by the library, or by the library together with a server's own
//! packs, made when somebody there first looks something up.

use heat_core::cast::CastIndex;
use heat_core::facts::FactBase;
use heat_core::library::{Library, OwnPacks, Shelf, Told};
use std::sync::{Arc, Mutex, PoisonError};

/// Servers whose own facts are kept ready. Each costs a megabyte or two, and takes some tens of
/// milliseconds to be made again.
const KEPT_MAX: usize = 16;

/// The facts to look something up in.
pub enum Facts {
    /// Those that everybody is told.
    Shared(Arc<Library>),
    /// Those and a server's own.
    Own(Arc<Told>),
}

impl Facts {
    /// The facts themselves.
    pub fn base(&self) -> &FactBase {
        match self {
            Self::Shared(library) => &library.facts,
            Self::Own(told) => &told.facts,
        }
    }

    /// The index of names.
    pub fn cast(&self) -> &CastIndex {
        match self {
            Self::Shared(library) => &library.cast,
            Self::Own(told) => &told.cast,
        }
    }

    /// The index of what the news speaks of.
    pub fn news(&self) -> &CastIndex {
        match self {
            Self::Shared(library) => &library.news,
            Self::Own(told) => &told.news,
        }
    }
}

/// The joined facts of the servers that looked something up last, the latest at the end.
#[derive(Default)]
pub struct GuildFacts {
    ready: Mutex<Vec<(Arc<OwnPacks>, Arc<Told>)>>,
    /// Held while one is made: somebody who types asks again with every letter.
    making: tokio::sync::Mutex<()>,
}

impl GuildFacts {
    /// What is told to whoever sees this shelf.
    pub async fn of(&self, here: &Shelf) -> Facts {
        if !here.own.states_facts() {
            return Facts::Shared(Arc::clone(&here.library));
        }
        if let Some(told) = self.ready(&here.own) {
            return Facts::Own(told);
        }
        let _turn = self.making.lock().await;
        if let Some(told) = self.ready(&here.own) {
            return Facts::Own(told);
        }
        let Shelf { library, own } = here.clone();
        let making = tokio::task::spawn_blocking(move || Told::join(&library, own.packs()));
        let Ok(Some(told)) = making.await else {
            tracing::warn!("packs.own_not_told: they do not go with what everybody is told");
            return Facts::Shared(Arc::clone(&here.library));
        };
        let told = Arc::new(told);
        let mut ready = self.lock();
        if ready.len() >= KEPT_MAX {
            ready.remove(0);
        }
        ready.push((Arc::clone(&here.own), Arc::clone(&told)));
        Facts::Own(told)
    }

    /// Packs that have changed are others, so that nothing old is ever told.
    fn ready(&self, own: &Arc<OwnPacks>) -> Option<Arc<Told>> {
        let mut ready = self.lock();
        let at = ready
            .iter()
            .position(|(known, _)| Arc::ptr_eq(known, own))?;
        let latest = ready.remove(at);
        let told = Arc::clone(&latest.1);
        ready.push(latest);
        Some(told)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(Arc<OwnPacks>, Arc<Told>)>> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
