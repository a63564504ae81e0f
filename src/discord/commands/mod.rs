//! The commands: one file each, with its registration and its handler.

pub mod cast;
pub mod help;
pub mod leaderboard;
pub mod news;

pub mod packs;
pub mod quiz;

use serenity::all::{CommandInteraction, PartialMember, ResolvedValue, User};

/// The names of all of them.
pub const NAMES: &[&str] = &[
    quiz::NAME,
    cast::NAME,
    news::NAME,
    leaderboard::NAME,
    packs::NAME,
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
