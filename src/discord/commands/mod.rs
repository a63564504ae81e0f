//! The slash commands: one file each, and the table of all of them.

pub mod cast;
pub mod chain;
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
mod schedule;
mod season;
mod settings;
mod stats;
pub mod write;

use crate::discord::command::Command;

/// Every command, in the order of registration.
pub const COMMANDS: &[&Command] = &[
    &quiz::COMMAND,
    &cast::COMMAND,
    &news::COMMAND,
    &chain::COMMAND,
    &leaderboard::COMMAND,
    &daily::COMMAND,
    &stats::COMMAND,
    &packs::COMMAND,
    &reports::COMMAND,
    &schedule::COMMAND,
    &season::COMMAND,
    &settings::COMMAND,
    &privacy::COMMAND,
    &help::COMMAND,
];

/// The command with this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Command> {
    let mut commands = COMMANDS.iter().copied();
    commands.find(|command| command.name == name)
}

/// The names of all commands, for the metrics.
pub const NAMES: [&str; COMMANDS.len()] = {
    let mut names = [""; COMMANDS.len()];
    let mut at = 0;
    while at < COMMANDS.len() {
        names[at] = COMMANDS[at].name;
        at += 1;
    }
    names
};
