//! What the commands work with: the packs, what servers have of their own, the store, the games.
//!
//! Nothing here knows an interaction or a reply.

pub mod attachment;
pub mod easel;
pub mod puzzles;
pub mod server_settings;
pub mod shelves;
pub mod told;
pub mod uploads;

use crate::discord::outgoing::stage::ChannelStage;
use crate::host::{Clock, Host};
use arc_swap::ArcSwap;
use attachment::Fetcher;
use easel::Easel;
use heat_core::library::{Library, Shelf};
use heat_core::settings::ServerSettings;
use heat_core::shard::ShardRange;
use heat_store::{Store, StoreError};
use heat_view::quiz::ALL_PACKS_TITLE;
use puzzles::Puzzles;
use server_settings::KnownSettings;
use shelves::Shelves;
use std::sync::Arc;
use told::Tellers;
use uploads::Uploads;

/// Everything the commands work with.
pub struct App {
    /// The packs that everybody sees. Swapped as a whole when they change.
    pub library: ArcSwap<Library>,
    /// The packs that single servers have beside them.
    pub shelves: Shelves,
    /// What single servers have settled.
    pub settings: KnownSettings,
    /// The questions of the daily puzzles at hand.
    pub puzzles: Puzzles,
    /// What servers with facts of their own are told.
    pub tellers: Tellers,
    /// Packs that were uploaded and wait for their member's word.
    pub uploads: Uploads,
    /// Fetches what members attach.
    pub fetcher: Fetcher,
    /// Draws cards.
    pub easel: Easel,
    /// Durable state.
    pub store: Store,
    /// Live games.
    pub host: Host<ChannelStage>,
    /// The time.
    pub clock: Clock,
    /// The servers whose games are played here.
    pub part: ShardRange,
}

impl App {
    /// The library as it is now: taken once for each interaction, so that an answer never mixes
    /// two states of it.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        self.library.load_full()
    }

    /// The library together with the packs of a server; of none in a direct message.
    ///
    /// # Errors
    /// If the server's packs cannot be read.
    pub async fn shelf(&self, guild: Option<u64>) -> Result<Shelf, StoreError> {
        let now_ms = (self.clock)();
        self.shelves
            .shelf(&self.store, self.library(), guild, now_ms)
            .await
    }

    /// What a server has settled; nothing in a direct message.
    ///
    /// # Errors
    /// If it cannot be read.
    pub async fn settings(&self, guild: Option<u64>) -> Result<Arc<ServerSettings>, StoreError> {
        let now_ms = (self.clock)();
        self.settings.of(&self.store, guild, now_ms).await
    }

    /// What is told in a server, its own facts among them.
    ///
    /// # Errors
    /// If the server's packs cannot be read.
    pub async fn facts(&self, guild: Option<u64>) -> Result<told::Facts, StoreError> {
        let here = self.shelf(guild).await?;
        Ok(self.tellers.facts(&here).await)
    }

    /// The title of a pack that everybody sees, or of all packs together. A pack that is not
    /// there any more, or is a server's own, goes by its id.
    #[must_use]
    pub fn pack_title(&self, pack: Option<&str>) -> String {
        let library = self.library();
        let title = pack.map(|id| library.title(id).unwrap_or(id));
        title.unwrap_or(ALL_PACKS_TITLE).to_owned()
    }
}
