//! The commands: one file each, with its registration and its handler.

pub mod cast;
pub mod daily;
mod export;
pub mod help;
pub mod leaderboard;
pub mod news;
mod options;
pub mod packs;
pub mod privacy;
pub mod quiz;
pub mod reports;
pub mod settings;
pub mod stats;

use serenity::all::{CommandInteraction, Member, PartialMember, Permissions, ResolvedValue, User};

/// Whether the member may manage the server, by the permissions that Discord computed.
fn may_manage_server(member: Option<&Member>) -> bool {
    let permissions = member.and_then(|member| member.permissions);
    permissions.is_some_and(|p| p.contains(Permissions::MANAGE_GUILD) || p.administrator())
}

/// The names of all of them.
pub const NAMES: &[&str] = &[
    quiz::NAME,
    cast::NAME,
    news::NAME,
    leaderboard::NAME,
    daily::NAME,
    stats::NAME,
    packs::NAME,
    reports::NAME,
    settings::NAME,
    privacy::NAME,
    help::NAME,
];

/// The text of an option, if it was given one.
fn text<'a>(command: &'a CommandInteraction, name: &str) -> Option<&'a str> {
    command.data.options().into_iter().find_map(|option| {
        match (option.name == name, option.value) {
            (true, ResolvedValue::String(text)) => Some(text),
            _ => None,
        }
    })
}

/// The number of an option, if it was given one.
fn number(command: &CommandInteraction, name: &str) -> Option<i64> {
    command.data.options().into_iter().find_map(|option| {
        match (option.name == name, option.value) {
            (true, ResolvedValue::Integer(number)) => Some(number),
            _ => None,
        }
    })
}

/// The member of an option, if it was given one: the user, and their membership of the server if
/// they have one.
fn user<'a>(
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
