//! Reads commands and clicks from interactions.

use crate::discord::wire::INPUT_ID;
use crate::host::thread_of;
use heat_core::id::{ChannelId, GuildId, UserId};
use heat_store::StoredGame;
use serenity::all::{
    ActionRowComponent, CommandInteraction, ComponentInteraction, ComponentInteractionDataKind,
    Interaction, Member, MessageFlags, ModalInteraction, PartialMember, Permissions,
    ResolvedOption, ResolvedValue, User,
};

/// Who did something, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The server; `None` in a direct message.
    pub guild: Option<GuildId>,
    /// The channel.
    pub channel: ChannelId,
    /// The member.
    pub user: UserId,
}

macro_rules! origins {
    ($($interaction:ty),*) => {
        $(impl From<&$interaction> for Origin {
            fn from(of: &$interaction) -> Self {
                Self {
                    guild: of.guild_id.map(|id| GuildId(id.get())),
                    channel: ChannelId(of.channel_id.get()),
                    user: UserId(of.user.id.get()),
                }
            }
        })*
    };
}

origins!(CommandInteraction, ComponentInteraction, ModalInteraction);

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
