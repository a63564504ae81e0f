//! Announces in its channel who won a closed season, takes the role from the earlier winners, and
//! gives it to the new ones.
//!
//! The command stores the closing, the final standing and all role changes at once. Each step after
//! that is recorded when it is done; unrecorded steps are repeated at the next check or start, however
//! late. Giving or taking a role twice is the same as once. A message has a nonce, for which Discord
//! creates only one message "within a few minutes"
//! (<https://discord.com/developers/docs/resources/message#create-message>). So an end is announced
//! twice only if the process is killed between Discord's response and the record, and restarts
//! later than that.
//!
//! Only the process that plays a server's games handles its seasons.

use crate::discord::app::App;
use crate::discord::app::guild_members::RoleError;
use crate::discord::error::HandlerError;
use crate::host::{Messenger, MessengerError, Route};
use futures_util::future::try_join_all;
use futures_util::{StreamExt as _, stream};
use heat_core::id::{GuildId, UserId};
use heat_core::lang::Lang;
use heat_core::season::WhyNot;
use heat_core::standing::BoardPage;
use heat_store::StoredSeason;
use heat_view::final_card::{FinalSheet, with_card};
use heat_view::message::Message;
use heat_view::season::{self as view, NotChanged};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often to look for closed seasons.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How many servers' seasons are handled at once.
const AT_ONCE: usize = 8;
/// How long the announcement waits for its card. Nobody is waiting for the announcement, so a busy
/// machine has time to draw.
const CARD_MAX: Duration = Duration::from_secs(20);
/// A user on no board: the page is wanted without a member's own row.
const NOBODY: UserId = UserId(0);

/// Handles the closed seasons of this process's servers.
pub struct SeasonEnds<M> {
    app: Arc<App>,
    messenger: M,
}

impl<M: Messenger> SeasonEnds<M> {
    /// Announces ends through `messenger`.
    #[must_use]
    pub fn new(app: Arc<App>, messenger: M) -> Self {
        Self { app, messenger }
    }

    /// Runs until it is dropped.
    pub async fn run(&self) -> Infallible {
        loop {
            self.look().await;
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Does everything that is due. Failures are retried at the next check.
    pub async fn look(&self) {
        let seasons = match self.app.store.unsettled_seasons(self.app.part).await {
            Ok(seasons) => seasons,
            Err(error) => return tracing::warn!(%error, "season.unread"),
        };
        // A server's seasons in sequence, so that a role is never taken after it was given again.
        let mut servers: BTreeMap<GuildId, Vec<StoredSeason>> = BTreeMap::new();
        for season in seasons {
            servers.entry(season.guild).or_default().push(season);
        }
        let end = async |(guild, seasons): (GuildId, Vec<StoredSeason>)| {
            for season in seasons {
                if let Err(error) = self.end(&season).await {
                    let season_id = season.season.id.0;
                    tracing::warn!(season_id, guild_id = guild.0, %error, "season.not_settled");
                }
            }
        };
        stream::iter(servers)
            .for_each_concurrent(AT_ONCE, end)
            .await;
    }

    async fn end(&self, closed: &StoredSeason) -> Result<(), HandlerError> {
        let store = &self.app.store;
        let id = closed.season.id;
        let mut is_announced = closed.is_announced;
        if !is_announced && self.announce(closed).await? {
            store.mark_season_announced(id).await?;
            is_announced = true;
        }
        let is_done = self.change_roles(closed.guild).await?;
        if !is_announced || !is_done || !self.say_what_was_refused(closed).await? {
            return Ok(());
        }
        store.mark_season_settled(id).await?;
        let (season_id, guild_id) = (id.0, closed.guild.0);
        tracing::info!(season_id, guild_id, "season.settled");
        Ok(())
    }

    /// Makes a server's pending role changes. Returns whether all were made or refused.
    async fn change_roles(&self, guild: GuildId) -> Result<bool, HandlerError> {
        let store = &self.app.store;
        for step in store.role_steps(guild).await? {
            let set = self
                .app
                .members
                .set_role(guild, step.user, step.role, step.gives);
            let refused = match set.await {
                Ok(()) => None,
                Err(RoleError::Refused(code)) => Some(code),
                Err(RoleError::Failed(error)) => {
                    let (season_id, guild_id) = (step.season.0, guild.0);
                    tracing::warn!(season_id, guild_id, %error, "season.role_not_changed");
                    return Ok(false);
                }
            };
            let is_gone = |code: &i64| WhyNot::of_code(*code).is_as_good_as_taken();
            let refused = refused.filter(|code| step.gives || !is_gone(code));
            store.role_step_done(step, refused).await?;
            let (season_id, user_id, gives) = (step.season.0, step.user.0, step.gives);
            tracing::info!(season_id, user_id, gives, refused, "season.role_changed");
        }
        Ok(store.role_steps(guild).await?.is_empty())
    }

    /// Announces which roles could not be changed, and how to fix that. Returns whether it did.
    async fn say_what_was_refused(&self, closed: &StoredSeason) -> Result<bool, HandlerError> {
        let id = closed.season.id;
        let refused = self.app.store.refused_roles(closed.guild, id).await?;
        let refused: Vec<NotChanged> = refused
            .into_iter()
            .map(|refused| NotChanged {
                user: refused.user,
                role: refused.role,
                gives: refused.gives,
                why: WhyNot::of_code(refused.why),
            })
            .collect();
        if refused.is_empty() {
            return Ok(true);
        }
        let message = view::roles_refused(lang_of(closed), &refused);
        Ok(self.say(closed, &message, &format!("r{:x}", id.0)).await)
    }

    /// Whether the end was announced, or never can be.
    async fn announce(&self, closed: &StoredSeason) -> Result<bool, HandlerError> {
        let board = self.app.store.season_board(closed, 0, NOBODY).await?;
        let words = view::announcement(lang_of(closed), &closed.season, &board.page);
        let nonce = format!("e{:x}", closed.season.id.0);
        let Some(route) = route(closed).filter(|route| route.may_attach) else {
            return Ok(self.say(closed, &words, &nonce).await);
        };
        let drawing = tokio::time::timeout(CARD_MAX, self.card(closed, &board.page));
        if let Ok(Some((sheet, card))) = drawing.await {
            let message = with_card(lang_of(closed), words.clone(), &sheet, card);
            match self.messenger.post(&route, &message, &nonce).await {
                // The channel may no longer allow files. Discord posted nothing, so nothing is
                // announced twice.
                Err(MessengerError::Gone(error)) => {
                    tracing::info!(
                        season_id = closed.season.id.0,
                        error,
                        "season.card_not_taken"
                    );
                }
                Err(MessengerError::Failed(error)) => {
                    tracing::warn!(season_id = closed.season.id.0, error, "season.not_said");
                    return Ok(false);
                }
                Ok(_) | Err(MessengerError::NoMessage(_)) => return Ok(true),
            }
        }
        Ok(self.say(closed, &words, &nonce).await)
    }

    /// The drawn card, if all its names are known.
    async fn card(&self, closed: &StoredSeason, page: &BoardPage) -> Option<(FinalSheet, Vec<u8>)> {
        let asking = view::on_card(page).map(|row| self.app.members.name(closed.guild, row.user));
        let names = try_join_all(asking).await;
        let names = names
            .inspect_err(|error| tracing::info!(%error, "season.names_unknown"))
            .ok()?;
        let lang = lang_of(closed);
        let sheet = view::sheet(lang, &closed.season, page, &names)?;
        let card = self.app.cards.draw(lang, sheet.clone()).await?;
        Some((sheet, card))
    }

    /// Posts a message where the season was closed. Returns whether it did, or never can.
    async fn say(&self, closed: &StoredSeason, message: &Message, nonce: &str) -> bool {
        let season_id = closed.season.id.0;
        let Some(route) = route(closed) else {
            tracing::warn!(season_id, "season.route_unreadable");
            return true;
        };
        match self.messenger.post(&route, message, nonce).await {
            Ok(_) => true,
            Err(MessengerError::Failed(error)) => {
                tracing::warn!(season_id, error, "season.not_said");
                false
            }
            Err(error @ (MessengerError::Gone(_) | MessengerError::NoMessage(_))) => {
                tracing::info!(season_id, %error, "season.unreachable");
                true
            }
        }
    }
}

/// The language in which it was closed.
fn lang_of(closed: &StoredSeason) -> Lang {
    route(closed).map_or(Lang::English, |route| route.lang)
}

/// The route to the channel where it was closed.
fn route(closed: &StoredSeason) -> Option<Route> {
    let stored = closed.route.as_deref()?;
    serde_json::from_str(stored).ok()
}
