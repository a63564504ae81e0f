//! What an interaction's token allows after the first response: follow-ups, and edits of the
//! responses.

use serde_json::Value;

use super::{
    EditAs, Message, World,
    interactions::{Interaction, State},
};
use crate::{
    error::ApiError,
    id::{ApplicationId, InteractionId},
    validate::message::{self, File, MessageFlags, Use},
};

/// The most follow-ups if only the user's own installation allows the interaction:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message>.
const FOLLOW_UPS_MAX: u32 = 5;

impl World {
    /// The interaction that a webhook token belongs to.
    ///
    /// # Errors
    /// 10015 while the interaction was not answered; 50027 for a token that nobody was given, and
    /// after fifteen minutes.
    fn token_owner(
        &self,
        app_id: ApplicationId,
        token: &str,
        now_ms: u64,
    ) -> Result<(InteractionId, Interaction), ApiError> {
        let id = *self
            .tokens
            .get(token)
            .ok_or_else(ApiError::invalid_webhook_token)?;
        let interaction = self
            .interactions
            .get(&id)
            .ok_or_else(ApiError::unknown_webhook)?;
        if app_id != self.application_id {
            return Err(ApiError::unknown_webhook());
        }
        if now_ms.saturating_sub(interaction.created_ms) > self.limits.token_ms {
            return Err(ApiError::invalid_webhook_token());
        }
        if interaction.state != State::Acknowledged || self.lost_its_bot(interaction) {
            return Err(ApiError::unknown_webhook());
        }
        Ok((id, interaction.clone()))
    }

    /// Whether the bot has been removed from the server: its tokens there no longer work.
    fn lost_its_bot(&self, interaction: &Interaction) -> bool {
        interaction.guild_id.is_some_and(|guild_id| {
            !interaction.is_user_install_only() && !self.bot_is_in_guild(guild_id)
        })
    }

    /// The message that a token and a path segment (`@original` or an id) mean.
    fn token_message(
        &self,
        id: InteractionId,
        interaction: &Interaction,
        which: &str,
    ) -> Result<&Message, ApiError> {
        let message_id = if which == "@original" {
            interaction.original
        } else {
            which.parse().ok()
        };
        message_id
            .and_then(|message_id| self.find_message(interaction.channel_id, message_id))
            .filter(|message| {
                interaction.original == Some(message.id) || message.interaction_id == Some(id)
            })
            .ok_or_else(ApiError::unknown_message)
    }

    /// `GET /webhooks/{app}/{token}/messages/{which}`.
    ///
    /// # Errors
    /// 10015, 50027 or 10008.
    pub fn token_get(
        &self,
        app_id: ApplicationId,
        token: &str,
        which: &str,
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let (id, interaction) = self.token_owner(app_id, token, now_ms)?;
        let message = self.token_message(id, &interaction, which)?;
        Ok(self.message_json(message))
    }

    /// `PATCH /webhooks/{app}/{token}/messages/{which}`.
    ///
    /// # Errors
    /// 10015, 50027, 10008, 50083, 160005, 50035 or 50006.
    pub fn token_edit(
        &mut self,
        (app_id, token, which): (ApplicationId, &str, &str),
        body: &Value,
        files: &[File],
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let (id, interaction) = self.token_owner(app_id, token, now_ms)?;
        let message_id = self.token_message(id, &interaction, which)?.id;
        let draft = message::read(body, "", Use::Edit, files)?;
        let editor = EditAs::Interaction(id);
        self.edit(
            interaction.channel_id,
            message_id,
            editor,
            draft,
            files,
            now_ms,
        )
    }

    /// `DELETE /webhooks/{app}/{token}/messages/{which}`.
    ///
    /// # Errors
    /// 10015, 50027 or 10008.
    pub fn token_delete(
        &mut self,
        app_id: ApplicationId,
        token: &str,
        which: &str,
        now_ms: u64,
    ) -> Result<(), ApiError> {
        let (id, interaction) = self.token_owner(app_id, token, now_ms)?;
        let message_id = self.token_message(id, &interaction, which)?.id;
        self.remove_message(interaction.channel_id, message_id);
        Ok(())
    }

    /// `POST /webhooks/{app}/{token}`: a follow-up.
    ///
    /// Right after a deferral it replaces the deferred response instead, as Discord's page on
    /// create follow-up message says; the deferral's flags are kept.
    ///
    /// # Errors
    /// 10015, 50027, 10003, 50083, 160005, 40094, 50035 or 50006.
    pub fn token_post(
        &mut self,
        app_id: ApplicationId,
        token: &str,
        body: &Value,
        files: &[File],
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let (id, interaction) = self.token_owner(app_id, token, now_ms)?;
        let draft = message::read(body, "", Use::Interaction, files)?;
        let channel_id = interaction.channel_id;
        let loading = interaction.original.filter(|message_id| {
            self.find_message(channel_id, *message_id)
                .is_some_and(|message| message.flags.contains(MessageFlags::LOADING))
        });
        if let Some(message_id) = loading {
            return self.edit(
                channel_id,
                message_id,
                EditAs::Interaction(id),
                draft,
                files,
                now_ms,
            );
        }
        // Where the bot itself is not, the number of follow-ups is limited.
        if interaction.is_user_install_only() && interaction.follow_ups >= FOLLOW_UPS_MAX {
            return Err(ApiError::too_many_followups());
        }
        let message_id = self.respond(id, &interaction, draft, files, now_ms)?;
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.follow_ups += 1;
        }
        Ok(self.message_value(channel_id, message_id))
    }
}
