//! Does what follows from the closing of a season: says in its channel who won.
//!
//! The closing and the final standing are stored at once, by the command. What is said after that
//! is noted when it was said; what is not noted is said at the next look or the next start, however
//! late. The message carries a nonce, of which Discord makes one message "within a few minutes"
//! (<https://discord.com/developers/docs/resources/message#create-message>): it is said twice only
//! if the process is killed between Discord's answer and the note, and starts again later.
//!
//! Only the process that plays a server's games looks after its seasons.

use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::host::{Messenger, MessengerError, Route};
use futures_util::{StreamExt as _, stream};
use heat_core::id::UserId;
use heat_store::StoredSeason;
use heat_view::season as view;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often closed seasons are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Seasons looked after at once.
const AT_ONCE: usize = 8;
/// Stands on no board.
const NOBODY: UserId = UserId(0);

/// Looks after the closed seasons of this process's servers.
pub struct SeasonEnds<M> {
    app: Arc<App>,
    messenger: M,
}

impl<M: Messenger> SeasonEnds<M> {
    /// Says ends through `messenger`.
    #[must_use]
    pub fn new(app: Arc<App>, messenger: M) -> Self {
        Self { app, messenger }
    }

    /// Looks after the seasons until it is dropped.
    pub async fn run(&self) -> Infallible {
        loop {
            self.look().await;
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Does all that is due. What does not work now is tried again at the next look.
    pub async fn look(&self) {
        let seasons = match self.app.store.unsettled_seasons(self.app.part).await {
            Ok(seasons) => seasons,
            Err(error) => return tracing::warn!(%error, "season.unread"),
        };
        let end = async |season: StoredSeason| {
            let (season_id, guild_id) = (season.season.id.0, season.guild.0);
            if let Err(error) = self.end(&season).await {
                tracing::warn!(season_id, guild_id, %error, "season.not_settled");
            }
        };
        stream::iter(seasons)
            .for_each_concurrent(AT_ONCE, end)
            .await;
    }

    async fn end(&self, closed: &StoredSeason) -> Result<(), HandlerError> {
        let store = &self.app.store;
        if !closed.is_told {
            if !self.announce(closed).await? {
                return Ok(());
            }
            store.season_told(closed.season.id).await?;
        }
        store.season_settled(closed.season.id).await?;
        let (season_id, guild_id) = (closed.season.id.0, closed.guild.0);
        tracing::info!(season_id, guild_id, "season.settled");
        Ok(())
    }

    /// Whether the end was announced, or never can be.
    async fn announce(&self, closed: &StoredSeason) -> Result<bool, HandlerError> {
        let board = self.app.store.season_board(closed, 0, NOBODY).await?;
        let message = view::announcement(&closed.season, &board.page);
        let season_id = closed.season.id.0;
        let Some(route) = route(closed) else {
            tracing::warn!(season_id, "season.route_unreadable");
            return Ok(true);
        };
        let nonce = format!("e{season_id:x}");
        match self.messenger.post(&route, &message, &nonce).await {
            Ok(_) => Ok(true),
            Err(MessengerError::Failed(error)) => {
                tracing::warn!(season_id, error, "season.not_announced");
                Ok(false)
            }
            Err(error @ (MessengerError::Gone(_) | MessengerError::NoMessage(_))) => {
                tracing::info!(season_id, %error, "season.unreachable");
                Ok(true)
            }
        }
    }
}

/// The way into the channel where it was closed.
fn route(closed: &StoredSeason) -> Option<Route> {
    let stored = closed.route.as_deref()?;
    serde_json::from_str(stored).ok()
}
