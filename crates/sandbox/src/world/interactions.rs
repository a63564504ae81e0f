//! Interactions: their dispatch, their one response within three seconds, and what the token may do
//! in the following fifteen minutes.

use serde_json::{Value, json};

use super::{
    EditAs, Event, INTERACTIONS_MAX, World, messages::NewMessage, places::Context,
    shape::ATTACHMENT_BYTES_MAX, thread_rules::ThreadAction,
};
use crate::{
    error::ApiError,
    id::{ChannelId, GuildId, InteractionId, MessageId, UserId},
    permissions::Permissions,
    validate::{
        form::{Fields, FormErrors},
        message::{self, Draft, File, MessageFlags, Use},
        modal, option,
    },
};

/// A slash command's response.
const KIND_COMMAND: u8 = 20;
/// A message in reply to another.
const KIND_REPLY: u8 = 19;
/// Every type of response that is simulated.
const CALLBACK_TYPES: &[i64] = &[1, 4, 5, 6, 7, 8, 9];

/// What a member did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Used a slash command.
    Command,
    /// Used a button or a select.
    Component,
    /// Types an option.
    Autocomplete,
    /// Sent a modal.
    Modal,
}

impl Kind {
    const fn number(self) -> u8 {
        match self {
            Self::Command => 2,
            Self::Component => 3,
            Self::Autocomplete => 4,
            Self::Modal => 5,
        }
    }
}

/// The state of an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Sent,
    Acknowledged,
    Failed,
}

/// One interaction.
#[derive(Debug, Clone)]
pub struct Interaction {
    pub kind: Kind,
    pub token: String,
    pub user_id: UserId,
    pub channel_id: ChannelId,
    pub guild_id: Option<GuildId>,
    /// `authorizing_integration_owners`: the installations by which it may be used.
    pub owners: Value,
    /// Messages sent after the first response.
    pub follow_ups: u32,
    pub created_ms: u64,
    pub name: Option<String>,
    pub custom_id: Option<String>,
    /// The type of the option that is being typed.
    pub focused_kind: i64,
    /// The message with the component, also for a modal that a component opened.
    pub source: Option<MessageId>,
    /// The modal that answered it, until it is submitted.
    pub modal: Option<Value>,
    /// Metadata of the interaction that opened the modal.
    pub triggering: Option<Value>,
    pub state: State,
    /// The message that `@original` means.
    pub original: Option<MessageId>,
}

impl Interaction {
    /// Whether only the member's own installation allows it: the bot itself may not be there.
    pub fn is_user_install_only(&self) -> bool {
        self.owners.get("0").is_none()
    }
}

/// A member's action, on its way to the bot.
pub(super) struct Begin {
    pub kind: Kind,
    pub user_id: UserId,
    pub channel_id: ChannelId,
    pub owners: Value,
    pub data: Value,
    pub name: Option<String>,
    pub custom_id: Option<String>,
    pub focused_kind: i64,
    pub source: Option<MessageId>,
    pub triggering: Option<Value>,
}

impl World {
    pub(super) fn interaction(&self, id: InteractionId) -> Option<&Interaction> {
        self.interactions.get(&id)
    }

    /// Creates an interaction, dispatches it and tells the page.
    pub(super) fn begin(&mut self, begin: Begin, now_ms: u64) -> InteractionId {
        self.forget_old_interactions(now_ms);
        let id = self.ids.next(now_ms);
        let token = self.secret();
        let guild_id = self
            .channels
            .get(&begin.channel_id)
            .and_then(|channel| channel.guild_id);
        let interaction = Interaction {
            kind: begin.kind,
            token: token.clone(),
            user_id: begin.user_id,
            channel_id: begin.channel_id,
            guild_id,
            owners: begin.owners,
            follow_ups: 0,
            created_ms: now_ms,
            name: begin.name,
            custom_id: begin.custom_id,
            focused_kind: begin.focused_kind,
            source: begin.source,
            modal: None,
            triggering: begin.triggering,
            state: State::Sent,
            original: None,
        };
        let data = self.interaction_json(id, &interaction, &begin.data);
        self.tokens.insert(token, id);
        self.outbox.push(Event::Dispatch {
            guild_id,
            name: "INTERACTION_CREATE",
            data,
        });
        self.interactions.insert(id, interaction);
        self.tell_interaction(id);
        id
    }

    fn forget_old_interactions(&mut self, now_ms: u64) {
        let oldest_ms = now_ms.saturating_sub(self.limits.token_ms.saturating_mul(2));
        // The order of ids is the order of time.
        while let Some((_, oldest)) = self.interactions.first_key_value() {
            let is_full = self.interactions.len() >= INTERACTIONS_MAX;
            if oldest.created_ms >= oldest_ms && !is_full {
                break;
            }
            if let Some((_, forgotten)) = self.interactions.pop_first() {
                self.tokens.remove(&forgotten.token);
            }
        }
    }

    fn tell_interaction(&mut self, id: InteractionId) {
        let Some(interaction) = self.interactions.get(&id) else {
            return;
        };
        if interaction.kind == Kind::Autocomplete {
            return;
        }
        let state = match interaction.state {
            State::Sent => "sent",
            State::Acknowledged => "acknowledged",
            State::Failed => "failed",
        };
        let event = json!({
            "type": "interaction",
            "id": id,
            "user_id": interaction.user_id,
            "channel_id": interaction.channel_id,
            "message_id": interaction.source,
            "custom_id": interaction.custom_id,
            "name": interaction.name,
            "state": state,
        });
        self.tell_page(event);
    }

    fn interaction_json(
        &self,
        id: InteractionId,
        interaction: &Interaction,
        data: &Value,
    ) -> Value {
        let mut body = json!({
            "id": id,
            "application_id": self.application_id,
            "type": interaction.kind.number(),
            "data": data,
            "channel_id": interaction.channel_id,
            "token": interaction.token,
            "version": 1,
            "locale": self.users.get(&interaction.user_id).map(|user| &user.locale),
            "entitlements": [],
            "authorizing_integration_owners": interaction.owners,
            "attachment_size_limit": ATTACHMENT_BYTES_MAX,
        });
        if let Some(channel) = self.channels.get(&interaction.channel_id) {
            body["channel"] = self.interaction_channel_json(channel, interaction.user_id);
            body["app_permissions"] = json!(self.app_permissions(channel));
            body["context"] = json!(channel.context().number());
        }
        if let Some(guild) = interaction.guild_id.and_then(|id| self.guilds.get(&id)) {
            body["guild_id"] = json!(guild.id);
            body["guild_locale"] = json!(guild.locale);
            body["guild"] = json!({
                "id": guild.id, "locale": guild.locale, "features": [],
            });
            let mut member = self
                .member_json(guild, interaction.user_id)
                .unwrap_or_default();
            let held = self.member_permissions(guild.id, interaction.user_id);
            member["permissions"] = json!(held);
            body["member"] = member;
        } else {
            body["user"] = json!(self.users.get(&interaction.user_id).map(super::User::json));
        }
        let source = interaction
            .source
            .and_then(|id| self.find_message(interaction.channel_id, id));
        if let Some(source) = source {
            body["message"] = self.message_json(source);
        }
        body
    }

    /// The metadata of an interaction's messages.
    fn metadata_json(&self, id: InteractionId, interaction: &Interaction) -> Value {
        let mut body = json!({
            "id": id,
            "type": interaction.kind.number(),
            "user": self.users.get(&interaction.user_id).map(super::User::json),
            "authorizing_integration_owners": interaction.owners,
        });
        match interaction.kind {
            Kind::Component => {
                body["interacted_message_id"] = json!(interaction.source);
            }
            Kind::Modal => body["triggering_interaction_metadata"] = json!(interaction.triggering),
            Kind::Command | Kind::Autocomplete => {
                // Not documented, but sent: the command's name.
                body["name"] = json!(interaction.name);
                body["command_type"] = json!(1);
            }
        }
        body
    }

    pub(super) fn triggering_json(&self, id: InteractionId) -> Option<Value> {
        let interaction = self.interactions.get(&id)?;
        Some(self.metadata_json(id, interaction))
    }

    /// Marks an interaction as failed if it was not answered in time.
    pub fn expire(&mut self, id: InteractionId) {
        if let Some(interaction) = self.interactions.get_mut(&id)
            && interaction.state == State::Sent
        {
            interaction.state = State::Failed;
            self.tell_interaction(id);
        }
    }

    /// The first response to an interaction; returns the body for `with_response=true`.
    ///
    /// # Errors
    /// 10062 when it is unknown or too old, 40060 when it was answered, 50035 and 50006 for what
    /// is wrong with the answer. A refused answer leaves the interaction open.
    pub fn callback(
        &mut self,
        id: InteractionId,
        token: &str,
        body: &Value,
        files: &[File],
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let interaction = self
            .interactions
            .get(&id)
            .filter(|interaction| interaction.token == token)
            .ok_or_else(ApiError::unknown_interaction)?
            .clone();
        if interaction.state == State::Acknowledged {
            return Err(ApiError::already_acknowledged());
        }
        let age_ms = now_ms.saturating_sub(interaction.created_ms);
        if interaction.state == State::Failed || age_ms > self.limits.answer_ms {
            return Err(ApiError::unknown_interaction());
        }
        let kind = read_callback_type(body, &interaction)?;
        let data = body.get("data").filter(|data| !data.is_null());
        let message_id = self.answer(id, &interaction, kind, data, files, now_ms)?;
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.state = State::Acknowledged;
            interaction.original = message_id;
        }
        self.tell_interaction(id);
        Ok(self.callback_response(id, &interaction, kind, message_id))
    }

    /// Carries out a callback and returns the message that `@original` means from now on.
    fn answer(
        &mut self,
        id: InteractionId,
        interaction: &Interaction,
        kind: i64,
        data: Option<&Value>,
        files: &[File],
        now_ms: u64,
    ) -> Result<Option<MessageId>, ApiError> {
        let empty = json!({});
        let payload = data.unwrap_or(&empty);
        let channel_id = interaction.channel_id;
        match kind {
            4 => {
                require_data(data)?;
                let draft = message::read(payload, "data", Use::Interaction, files)?;
                Ok(Some(self.respond(id, interaction, draft, files, now_ms)?))
            }
            5 => {
                let flags = read_deferral_flags(payload)?;
                let draft = Draft {
                    flags: Some(flags | MessageFlags::LOADING),
                    ..Draft::default()
                };
                Ok(Some(self.respond(id, interaction, draft, &[], now_ms)?))
            }
            6 => Ok(interaction.source),
            7 => {
                require_data(data)?;
                let source = interaction.source.ok_or_else(ApiError::unknown_message)?;
                let draft = message::read(payload, "data", Use::Edit, files)?;
                self.edit(
                    channel_id,
                    source,
                    EditAs::Interaction(id),
                    draft,
                    files,
                    now_ms,
                )?;
                Ok(Some(source))
            }
            8 => {
                let choices = read_choices(payload, interaction.focused_kind)?;
                self.outbox.push(Event::Choices {
                    interaction_id: id,
                    choices,
                });
                Ok(None)
            }
            _ => {
                require_data(data)?;
                let modal = modal::read(payload)?;
                let event = json!({
                    "type": "modal",
                    "interaction_id": id,
                    "user_id": interaction.user_id,
                    "channel_id": channel_id,
                    "modal": modal,
                });
                if let Some(open) = self.interactions.get_mut(&id) {
                    open.modal = Some(modal);
                }
                self.tell_page(event);
                Ok(None)
            }
        }
    }

    /// Posts a response or follow-up. It needs no permission to post, but the channel must exist,
    /// and a thread must be open.
    ///
    /// # Errors
    /// 10003, 50083 or 160005.
    pub(super) fn respond(
        &mut self,
        id: InteractionId,
        interaction: &Interaction,
        draft: Draft,
        files: &[File],
        now_ms: u64,
    ) -> Result<MessageId, ApiError> {
        let channel = self
            .channels
            .get(&interaction.channel_id)
            .ok_or_else(ApiError::unknown_channel)?;
        Self::check_thread(channel, self.bot_permissions(channel), ThreadAction::Send)?;
        let mut flags = draft.flags.unwrap_or_default();
        if self.must_be_private(interaction) {
            flags |= MessageFlags::EPHEMERAL;
        }
        let reply_to = interaction
            .original
            .or(interaction.source)
            .filter(|message_id| {
                // A public message never refers to one that others cannot see.
                self.find_message(interaction.channel_id, *message_id)
                    .is_some_and(|message| {
                        message.visible_to.is_none() || flags.contains(MessageFlags::EPHEMERAL)
                    })
            });
        let is_first_of_command =
            interaction.kind == Kind::Command && interaction.original.is_none();
        let kind = match reply_to {
            _ if is_first_of_command => KIND_COMMAND,
            Some(_) => KIND_REPLY,
            None => 0,
        };
        let new = NewMessage {
            author_id: self.bot_id(),
            kind,
            flags,
            reply_to,
            interaction_id: Some(id),
            interaction_metadata: Some(self.metadata_json(id, interaction)),
            visible_to: Self::audience(flags, interaction.user_id),
        };
        Ok(self.insert_message(interaction.channel_id, new, draft, files, now_ms))
    }

    /// If only the user has installed the app, responses are private unless the user may use
    /// external apps publicly:
    /// <https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags>.
    fn must_be_private(&self, interaction: &Interaction) -> bool {
        let Some(guild_id) = interaction.guild_id else {
            return false;
        };
        let held = self.member_permissions(guild_id, interaction.user_id);
        interaction.is_user_install_only() && !held.covers(Permissions::USE_EXTERNAL_APPS)
    }

    fn callback_response(
        &self,
        id: InteractionId,
        interaction: &Interaction,
        kind: i64,
        message_id: Option<MessageId>,
    ) -> Value {
        let mut body = json!({
            "interaction": { "id": id, "type": interaction.kind.number() },
            "resource": { "type": kind },
        });
        if let Some(message_id) = message_id
            && let Some(message) = self.find_message(interaction.channel_id, message_id)
        {
            let about = &mut body["interaction"];
            about["response_message_id"] = json!(message_id);
            about["response_message_loading"] =
                json!(message.flags.contains(MessageFlags::LOADING));
            about["response_message_ephemeral"] =
                json!(message.flags.contains(MessageFlags::EPHEMERAL));
            about["channel_id"] = json!(interaction.channel_id);
            about["guild_id"] = json!(interaction.guild_id);
            if matches!(kind, 4 | 7) {
                body["resource"]["message"] = self.message_json(message);
            }
        }
        body
    }
}

/// Whether this type of response fits this type of interaction.
fn read_callback_type(body: &Value, interaction: &Interaction) -> Result<i64, ApiError> {
    let mut errors = FormErrors::default();
    let kind = Fields::of(body, "", &mut errors)
        .and_then(|fields| fields.choice("type", CALLBACK_TYPES, &mut errors));
    let Some(kind) = kind else {
        errors.finish()?;
        return Err(ApiError::invalid_json());
    };
    let fits = match (interaction.kind, kind) {
        (_, 1) => false,
        (Kind::Autocomplete, kind) => kind == 8,
        (_, 8) | (Kind::Modal, 9) | (Kind::Command, 6 | 7) => false,
        // A modal not opened by a component has no message to update.
        (Kind::Modal, 6 | 7) => interaction.source.is_some(),
        _ => true,
    };
    if !fits {
        errors.add(
            "type",
            "INTERACTION_RESPONSE_TYPE_INVALID",
            format!(
                "A response of type {kind} does not fit an interaction of type {}.",
                interaction.kind.number()
            ),
        );
        errors.finish()?;
    }
    Ok(kind)
}

fn require_data(data: Option<&Value>) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    if data.is_none() {
        errors.required("data");
    }
    errors.finish()
}

fn read_deferral_flags(data: &Value) -> Result<MessageFlags, ApiError> {
    let mut errors = FormErrors::default();
    let flags = Fields::of(data, "data", &mut errors).and_then(|fields| {
        let flags = MessageFlags::read(&fields, &mut errors)?;
        if !MessageFlags::EPHEMERAL.contains(flags) {
            errors.add(
                &fields.path("flags"),
                "BITFIELD_TYPE_CONVERT",
                "A deferred answer takes the ephemeral flag alone.",
            );
        }
        Some(flags)
    });
    errors.finish()?;
    Ok(flags.unwrap_or_default())
}

fn read_choices(data: &Value, kind: i64) -> Result<Vec<Value>, ApiError> {
    let mut errors = FormErrors::default();
    let mut choices = Vec::new();
    if let Some(fields) = Fields::of(data, "data", &mut errors) {
        if fields.get("choices").is_none() {
            errors.required(&fields.path("choices"));
        }
        let list = fields
            .list("choices", 0, 25, &mut errors)
            .unwrap_or_default();
        for (index, value) in list.iter().enumerate() {
            let path = fields.path(&format!("choices.{index}"));
            choices.extend(option::read_choice(value, &path, kind, &mut errors));
        }
    }
    errors.finish()?;
    Ok(choices)
}

impl World {
    /// Whether the bot can receive an interaction in this channel: it sees the channel, or the
    /// member's own installation brings it there.
    pub(super) fn bot_hears(&self, channel_id: ChannelId, owners: &Value) -> bool {
        self.channels.get(&channel_id).is_some_and(|channel| {
            let is_user_installed = owners.get("1").is_some();
            match channel.context() {
                Context::BotDm => true,
                Context::PrivateChannel => is_user_installed,
                Context::Guild => is_user_installed || self.bot_sees(channel),
            }
        })
    }
}
