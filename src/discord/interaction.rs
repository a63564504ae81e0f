//! Reads commands and clicks from interactions.

use crate::discord::reply::{Placement, Reply, Visibility};
use crate::discord::wire::INPUT_ID;
use crate::host::thread_of;
use heat_core::id::{ChannelId, GuildId, UserId};
use heat_core::lang::Lang;
use heat_store::StoredGame;
use heat_view::message::Message;
use serenity::all::{
    ActionRowComponent, AuthorizingIntegrationOwners, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, Interaction, InteractionContext, Member, MessageFlags,
    ModalInteraction, PartialMember, Permissions, ResolvedOption, ResolvedValue, User,
};

/// Whose installation brings the app to a place:
/// <https://discord.com/developers/docs/resources/application#installation-context>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installed {
    /// The bot itself is there: in a server that added it, or in its own direct messages.
    Here,
    /// Only a member has it: to a server without the bot, or a conversation between others. The
    /// bot can read and post nothing there, and replies with the interaction's token only.
    ByMember,
}

impl Installed {
    /// A server's installation, or the direct message with the bot, counts before a member's own. No
    /// owner at all means an interaction from before Discord named them, when there were only
    /// servers' installations:
    /// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object>.
    fn of(owners: &AuthorizingIntegrationOwners, context: Option<InteractionContext>) -> Self {
        use serenity::all::AuthorizingIntegrationOwner as By;
        let owners = &owners.0;
        let by_server = owners.iter().any(|by| matches!(by, By::GuildInstall(_)));
        let by_member = owners.iter().any(|by| matches!(by, By::UserInstall(_)));
        match context {
            Some(InteractionContext::BotDm) => Self::Here,
            Some(InteractionContext::PrivateChannel) => Self::ByMember,
            _ if by_member && !by_server => Self::ByMember,
            _ => Self::Here,
        }
    }

    /// serenity reads neither owners nor context of a form. A form is opened from a message, which has
    /// the same owners. Only in a direct message with the bot may it use emoji from elsewhere:
    /// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object>.
    fn of_form(filled: &ModalInteraction) -> Self {
        use serenity::all::MessageInteractionMetadata as By;
        let message = filled.message.as_deref();
        let owners = match message.and_then(|message| message.interaction_metadata.as_deref()) {
            Some(By::Command(by)) => &by.authorizing_integration_owners,
            Some(By::Component(by)) => &by.authorizing_integration_owners,
            Some(By::ModalSubmit(by)) => &by.authorizing_integration_owners,
            _ => return Self::Here,
        };
        let held = filled.app_permissions.unwrap_or_default();
        let with_bot = filled.guild_id.is_none() && held.contains(Permissions::USE_EXTERNAL_EMOJIS);
        Self::of(owners, with_bot.then_some(InteractionContext::BotDm))
    }
}

/// Who did something, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The server that added the bot; `None` in a direct message, and where only the member has
    /// the app: nothing of such a server is looked up or stored.
    pub guild: Option<GuildId>,
    /// The channel. Where only the member has the app, everything is private to them, so it counts
    /// as their own place, the same everywhere, under their own id.
    pub channel: ChannelId,
    /// The member.
    pub user: UserId,
    /// Whose installation it is.
    pub installed: Installed,
}

impl Origin {
    fn new(
        installed: Installed,
        guild: Option<serenity::all::GuildId>,
        channel: serenity::all::ChannelId,
        user: &User,
    ) -> Self {
        let user = user.id.get();
        let (guild, channel) = match installed {
            Installed::Here => (guild.map(|id| GuildId(id.get())), channel.get()),
            Installed::ByMember => (None, user),
        };
        Self {
            guild,
            channel: ChannelId(channel),
            user: UserId(user),
            installed,
        }
    }

    /// Whether there may be others here to share something with.
    #[must_use]
    pub fn has_others(&self) -> bool {
        self.guild.is_some() || self.is_by_member()
    }

    /// Whether only the member has the app here.
    #[must_use]
    pub fn is_by_member(&self) -> bool {
        self.installed == Installed::ByMember
    }
}

macro_rules! origins {
    ($($interaction:ty),*) => {
        $(impl From<&$interaction> for Origin {
            fn from(of: &$interaction) -> Self {
                let installed = Installed::of(&of.authorizing_integration_owners, of.context);
                Self::new(installed, of.guild_id, of.channel_id, &of.user)
            }
        })*
    };
}

origins!(CommandInteraction, ComponentInteraction);

impl From<&ModalInteraction> for Origin {
    fn from(of: &ModalInteraction) -> Self {
        let installed = Installed::of_form(of);
        Self::new(installed, of.guild_id, of.channel_id, &of.user)
    }
}

/// The languages of one interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Langs {
    /// Of the reply, where it is placed: the place's if everyone sees it, otherwise the member's.
    pub reply: Lang,
    /// The member's own, for what only they see.
    pub member: Lang,
    /// The place's, for what everyone there sees: the server's, or in a direct message the member's.
    pub place: Lang,
}

impl Langs {
    /// The languages of an interaction whose reply goes there, by Discord's settings of the member and
    /// the server:
    /// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-structure>.
    /// `chosen` is the server's own setting, if it has one.
    #[must_use]
    pub fn of(interaction: &Interaction, placement: Placement, chosen: Option<Lang>) -> Self {
        let (locale, guild_locale, is_public_message) = match interaction {
            Interaction::Command(of) | Interaction::Autocomplete(of) => {
                (of.locale.as_str(), of.guild_locale.as_deref(), false)
            }
            Interaction::Component(of) => {
                let is_public = !is_ephemeral(of.message.flags);
                (of.locale.as_str(), of.guild_locale.as_deref(), is_public)
            }
            Interaction::Modal(of) => {
                let flags = of.message.as_ref().and_then(|message| message.flags);
                (
                    of.locale.as_str(),
                    of.guild_locale.as_deref(),
                    !is_ephemeral(flags),
                )
            }
            _ => ("", None, false),
        };
        let member = Lang::of_locale(locale);
        let is_by_member = origin(interaction).is_some_and(|origin| origin.is_by_member());
        let guild_locale = guild_locale.filter(|_| !is_by_member);
        let place = chosen.or_else(|| guild_locale.map(Lang::of_locale));
        let place = place.unwrap_or(member);
        let is_public = match placement {
            Placement::Message(Visibility::Everyone) => true,
            Placement::Update => is_public_message,
            Placement::Message(Visibility::Member) | Placement::Modal | Placement::Suggestions => {
                false
            }
        };
        Self {
            reply: if is_public { place } else { member },
            member,
            place,
        }
    }

    /// What was found, as a reply in its language; a note that nothing was found is for the member
    /// only.
    pub fn found(self, look_up: impl Fn(Lang) -> Result<Message, Message>) -> Reply {
        let found = look_up(self.reply).or_else(|_| look_up(self.member));
        found.map_or_else(Reply::Aside, Reply::Show)
    }
}

/// Whether an answer may be shown to everybody where only this member has the app. Without *Use
/// External Apps* in a server Discord itself keeps it private:
/// <https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags>.
#[must_use]
pub fn may_share(press: &ComponentInteraction) -> bool {
    let held = press.member.as_ref().and_then(|member| member.permissions);
    held.is_none_or(|held| held.administrator() || held.contains(Permissions::USE_EXTERNAL_APPS))
}

/// The server whose shard receives an interaction, whether or not the bot is in it:
/// <https://discord.com/developers/docs/events/gateway#sharding>.
#[must_use]
pub fn server_of(interaction: &Interaction) -> Option<GuildId> {
    let guild = match interaction {
        Interaction::Command(of) | Interaction::Autocomplete(of) => of.guild_id,
        Interaction::Component(of) => of.guild_id,
        Interaction::Modal(of) => of.guild_id,
        _ => None,
    };
    guild.map(|id| GuildId(id.get()))
}

/// Where an interaction comes from; `None` for Discord's check whether the bot is alive.
#[must_use]
pub fn origin(interaction: &Interaction) -> Option<Origin> {
    match interaction {
        Interaction::Command(of) | Interaction::Autocomplete(of) => Some(of.into()),
        Interaction::Component(of) => Some(of.into()),
        Interaction::Modal(of) => Some(of.into()),
        _ => None,
    }
}

/// Whether the member may manage the server, by the permissions that Discord computed.
#[must_use]
pub fn may_manage_server(member: Option<&Member>) -> bool {
    let permissions = member.and_then(|member| member.permissions);
    permissions.is_some_and(|p| p.contains(Permissions::MANAGE_GUILD) || p.administrator())
}

/// The text of an option, if it was given.
#[must_use]
pub fn text<'a>(command: &'a CommandInteraction, name: &str) -> Option<&'a str> {
    command.data.options().into_iter().find_map(|option| {
        match (option.name == name, option.value) {
            (true, ResolvedValue::String(text)) => Some(text),
            _ => None,
        }
    })
}

/// The number of an option, if it was given.
#[must_use]
pub fn number(command: &CommandInteraction, name: &str) -> Option<i64> {
    command.data.options().into_iter().find_map(|option| {
        match (option.name == name, option.value) {
            (true, ResolvedValue::Integer(number)) => Some(number),
            _ => None,
        }
    })
}

/// Whether a yes-or-no option was given as yes.
#[must_use]
pub fn is_on(command: &CommandInteraction, name: &str) -> bool {
    let options = command.data.options();
    let is_it = |option: &ResolvedOption<'_>| {
        option.name == name && matches!(option.value, ResolvedValue::Boolean(true))
    };
    options.iter().any(is_it)
}

/// The member of an option, if it was given: the user, and their server membership if they have
/// one.
#[must_use]
pub fn user<'a>(
    command: &'a CommandInteraction,
    name: &str,
) -> Option<(&'a User, Option<&'a PartialMember>)> {
    command.data.options().into_iter().find_map(|option| {
        match (option.name == name, option.value) {
            (true, ResolvedValue::User(user, member)) => Some((user, member)),
            _ => None,
        }
    })
}

/// The value chosen in a menu, if the click was on one.
#[must_use]
pub fn chosen(press: &ComponentInteraction) -> Option<&str> {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}

/// The text of a form's field, limited to the field's length.
#[must_use]
pub fn typed_into(filled: &ModalInteraction, id: &str, length_max: u16) -> String {
    let rows = filled.data.components.iter();
    let mut inputs = rows.flat_map(|row| &row.components);
    let text = inputs.find_map(|input| match input {
        ActionRowComponent::InputText(input) if input.custom_id == id => input.value.as_deref(),
        _ => None,
    });
    let text = text.unwrap_or_default().trim();
    text.chars().take(usize::from(length_max)).collect()
}

/// The text of a form, limited to the field's length: a forged one may be longer.
#[must_use]
pub fn typed_text(filled: &ModalInteraction, length_max: u16) -> String {
    let inputs = filled
        .data
        .components
        .iter()
        .flat_map(|row| &row.components);
    let text = inputs.into_iter().find_map(|input| match input {
        ActionRowComponent::InputText(input) if input.custom_id == INPUT_ID => {
            input.value.as_deref()
        }
        _ => None,
    });
    let text = text.unwrap_or_default().trim();
    text.chars().take(usize::from(length_max)).collect()
}

/// Whether a message with these flags is seen by one member only.
#[must_use]
pub fn is_ephemeral(flags: Option<MessageFlags>) -> bool {
    flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}

/// Whether this member asked for the message.
#[must_use]
pub fn is_own(press: &ComponentInteraction) -> bool {
    use serenity::all::MessageInteractionMetadata as By;
    let asked_for_by = match press.message.interaction_metadata.as_deref() {
        Some(By::Command(by)) => by.user.id,
        Some(By::Component(by)) => by.user.id,
        Some(By::ModalSubmit(by)) => by.user.id,
        _ => return false,
    };
    asked_for_by == press.user.id
}

/// Whether a stored game was played where this click comes from. The game's id may be forged.
#[must_use]
pub fn is_of(stored: &StoredGame, press: &ComponentInteraction) -> bool {
    let origin = Origin::from(press);
    let is_here = stored.meta.channel == origin.channel
        || thread_of(stored).is_some_and(|thread| thread == origin.channel);
    is_here && stored.meta.guild == origin.guild
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn user() -> Value {
        json!({ "id": "7", "username": "u", "discriminator": "0", "avatar": null, "global_name": null })
    }

    /// A message of the bot that answers a command used by these installations.
    fn answer(owners: &Value) -> Value {
        json!({
            "id": "700", "channel_id": "600", "author": user(), "content": "", "timestamp": "2020-01-01T00:00:00Z",
            "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
            "attachments": [], "embeds": [], "pinned": false, "type": 20, "flags": 64,
            "interaction_metadata": {
                "id": "1", "type": 2, "user": user(), "authorizing_integration_owners": owners,
            },
        })
    }

    /// The origin of a click, and of a form that another click opened, in a server or elsewhere.
    fn origins(owners: &Value, context: u8, app_permissions: u64) -> [Origin; 2] {
        let (click, form) = (
            json!({ "custom_id": "x", "component_type": 2 }),
            json!({ "custom_id": "x", "components": [] }),
        );
        [(3, click), (5, form)].map(|(kind, data)| {
            let mut body = json!({
                "id": "9", "application_id": "11", "type": kind, "version": 1, "token": "t", "channel_id": "600",
                "locale": "en-GB", "entitlements": [], "app_permissions": app_permissions.to_string(),
                "attachment_size_limit": 1, "context": context, "authorizing_integration_owners": owners,
                "data": data, "message": answer(owners),
            });
            if context == 0 {
                body["guild_id"] = json!("500");
                body["member"] = json!({
                    "user": user(), "roles": [], "joined_at": "2020-01-01T00:00:00Z", "deaf": false, "mute": false,
                    "flags": 0, "avatar": null, "nick": null, "pending": false, "permissions": "0",
                    "premium_since": null,
                });
            } else {
                body["user"] = user();
            }
            let interaction: Interaction = serde_json::from_value(body).unwrap();
            origin(&interaction).unwrap()
        })
    }

    #[test]
    fn a_place_is_the_members_own_only_where_the_bot_is_not() {
        // What Discord says about the app's permissions in direct messages with it, and in others.
        const WITH_BOT: u64 = 442_368;
        const OTHERS: u64 = 180_224;
        let (server, member) = (json!({ "0": "500" }), json!({ "1": "7" }));
        let both = json!({ "0": "500", "1": "7" });
        let direct = json!({ "0": "0", "1": "7" });
        let here = |guild: Option<u64>| (guild.map(GuildId), ChannelId(600), Installed::Here);
        let own = (None, ChannelId(7), Installed::ByMember);
        for (owners, context, held, expected) in [
            (&server, 0, 0, here(Some(500))),
            (&both, 0, 0, here(Some(500))),
            (&json!({}), 0, 0, here(Some(500))),
            (&member, 0, WITH_BOT, own),
            (&direct, 1, WITH_BOT, here(None)),
            (&member, 1, WITH_BOT, here(None)),
            (&member, 2, OTHERS, own),
        ] {
            for found in origins(owners, context, held) {
                let found = (found.guild, found.channel, found.installed);
                assert_eq!(found, expected, "{owners} {context}");
            }
        }
    }
}
