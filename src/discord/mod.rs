//! The Discord shell, and the only place that names serenity.
//!
//! An interaction comes in ([`gateway`]), the [`router`] turns it into a [`Reply`], and the reply
//! goes out. The router does not know by which way the interaction came. A game's own messages
//! go out through [`stage`].
//!
//! Nothing here decides a rule of the game, words a message, or keeps state that is not about
//! the connection itself.

mod answer;
mod commands;
mod components;
pub mod connect;
mod gateway;
mod register;
mod rest;
mod router;
mod snowflake;
mod stage;
mod watchdog;
mod wire;

pub use connect::{ConnectError, Connection, connect};
pub use gateway::{GatewayError, run};
pub use stage::ChannelStage;

use crate::bank::Bank;
use crate::cast::CastIndex;
use crate::facts::FactBase;
use crate::host::{Clock, Host};
use crate::store::Store;
use crate::view::message::{Message, Modal, Suggestion};
use crate::view::quiz::ALL_PACKS_TITLE;

/// Everything the commands work with. Built once, read by all.
pub struct App {
    /// The facts.
    pub facts: FactBase,
    /// The questions made from them.
    pub bank: Bank,
    /// The casting index over them.
    pub cast: CastIndex,
    /// The index over what the news speaks of.
    pub news: CastIndex,
    /// Durable state.
    pub store: Store,
    /// Live games.
    pub host: Host<ChannelStage>,
    /// The time.
    pub clock: Clock,
}

impl App {
    /// The title of a pack, or of all packs together.
    #[must_use]
    pub fn pack_title(&self, pack: Option<&str>) -> String {
        let known = pack.and_then(|id| self.facts.packs().iter().find(|p| p.id == id));
        known.map_or_else(|| ALL_PACKS_TITLE.to_owned(), |p| p.title.clone())
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
