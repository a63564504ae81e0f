//! The Discord shell, and the only place that names serenity.
//!
//! An interaction comes in over the [`gateway`] or the HTTP [`endpoint`], the [`intake`] takes it
//! once, the [`router`] turns it into a [`Reply`], and the reply goes out. The router does not know
//! by which way the interaction came. A game's own messages go out through [`stage`].
//!
//! Nothing here decides a rule of the game, words a message, or keeps state that is not about
//! the connection itself.

mod answer;
mod attachment;
mod checkup;
mod commands;
mod components;
pub mod connect;
#[cfg(test)]
mod daily_tests;
mod easel;
mod endpoint;
mod export;
mod gateway;
mod intake;
mod meters;
#[cfg(test)]
mod packs_tests;
mod puzzles;
mod register;
mod rest;
mod router;
mod seen;
mod server_settings;
#[cfg(test)]
mod settings_tests;
mod shelves;
mod snowflake;
mod stage;
#[cfg(test)]
mod stand;
mod told;
mod uploads;
mod watchdog;
mod wire;

pub use attachment::Fetcher;
pub use checkup::{Checkup, CheckupError, GuildFound, checkup, invite};
pub use connect::{ConnectError, Connection, Gateway, connect, find_gateway};
pub use easel::Easel;
pub use endpoint::{Bound, EndpointError};
pub use gateway::{GatewayError, run};
pub use meters::{GatewayMeter, Interactions, Meters, RestMeter, Shard};
pub use puzzles::Puzzles;
pub use rest::Rest;
pub use server_settings::KnownSettings;
pub use shelves::Shelves;
pub use stage::ChannelStage;
pub use told::Tellers;
pub use uploads::Uploads;

use crate::host::{Clock, Host};
use crate::library::{Library, Shelf};
use crate::settings::ServerSettings;
use crate::shard::ShardRange;
use crate::store::{Store, StoreError};
use crate::view::message::{Message, Modal, Suggestion};
use crate::view::quiz::ALL_PACKS_TITLE;
use arc_swap::ArcSwap;
use std::sync::Arc;

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
    async fn facts(&self, guild: Option<u64>) -> Result<told::Facts, StoreError> {
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

/// What an interaction is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// A new message.
    Say {
        /// What it says.
        message: Message,
        /// Whether only the member sees it.
        private: bool,
    },
    /// The message whose button was pressed, changed.
    Update(Message),
    /// Suggestions for the option being typed, at most 25.
    Suggest(Vec<Suggestion>),
    /// A box that asks for a line of text.
    Ask(Modal),
}

impl Reply {
    /// A message that only the member sees.
    #[must_use]
    pub fn private(message: Message) -> Self {
        Self::Say {
            message,
            private: true,
        }
    }

    /// A message that the whole channel sees.
    #[must_use]
    pub fn public(message: Message) -> Self {
        Self::Say {
            message,
            private: false,
        }
    }
}
