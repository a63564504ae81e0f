//! The languages of servers in Discord, for posts that no interaction asked for.

use crate::discord::rest::{Repeat, Rest, RestError};
use heat_core::id::GuildId;
use heat_core::lang::Lang;
use serde::Deserialize;
use serenity::all::{LightMethod, Route};

/// Asks Discord for servers' languages.
pub struct GuildLocales {
    rest: Rest,
}

/// The needed part of Discord's guild object.
#[derive(Deserialize)]
struct Guild {
    preferred_locale: String,
}

impl GuildLocales {
    /// Asks through `rest`.
    #[must_use]
    pub fn new(rest: Rest) -> Self {
        Self { rest }
    }

    /// The language that a server has in Discord now. Tried only once, because a post should not
    /// wait for it.
    ///
    /// # Errors
    /// If Discord cannot be asked, or the bot is not in the server.
    pub async fn of(&self, guild: GuildId) -> Result<Lang, RestError> {
        let route = Route::Guild {
            guild_id: serenity::all::GuildId::new(guild.0.max(1)),
        };
        let call = self
            .rest
            .call(LightMethod::Get, route, None, Repeat::Safe, 1);
        let answer = call.await?;
        let guild: Guild = serde_json::from_slice(&answer)
            .map_err(|error| RestError::Unreadable(error.to_string()))?;
        Ok(Lang::of_locale(&guild.preferred_locale))
    }
}
