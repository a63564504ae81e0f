//! The Discord shell, and the only place that names serenity.
//!
//! An interaction goes one way: [`incoming`] takes it once, whether over the gateway or the HTTP
//! endpoint; the [`router`] finds the file in [`commands`] that turns it into a [`Reply`], or, for a
//! button, [`components`]; [`outgoing`] sends that to Discord, as it does with a game's own
//! messages. What the commands work with is in [`app`].
//!
//! Nothing here decides a rule of the game, words a message, or keeps state that is not about
//! the connection itself.

mod app;
mod checkup;
mod commands;
mod components;
mod incoming;
mod meters;
mod outgoing;
mod router;
mod snowflake;
#[cfg(test)]
mod tests;

pub use app::App;
pub use app::attachment::Fetcher;
pub use app::easel::Easel;
pub use app::puzzles::Puzzles;
pub use app::server_settings::KnownSettings;
pub use app::shelves::Shelves;
pub use app::told::Tellers;
pub use app::uploads::Uploads;
pub use checkup::{Checkup, CheckupError, GuildFound, checkup, invite};
pub use incoming::connect::{ConnectError, Connection, Gateway, connect, find_gateway};
pub use incoming::endpoint::{Bound, EndpointError};
pub use incoming::gateway::{GatewayError, run};
pub use meters::{GatewayMeter, Interactions, Meters, RestMeter, Shard};
pub use outgoing::rest::Rest;
pub use outgoing::stage::ChannelStage;

use heat_view::message::{Message, Modal, Suggestion};

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
