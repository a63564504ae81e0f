//! `/help`: how to play, privately.

use crate::discord::command::{Audience, Command, Scope};
use crate::discord::reply::Reply;
use serenity::all::CreateCommand;

/// The command.
pub const COMMAND: Command = Command {
    name: "help",
    scope: Scope::Anywhere,
    audience: Audience::Member,
    describe,
    run: |_, _| Box::pin(async { Ok(Reply::Show(heat_view::help::help())) }),
    complete: None,
};

fn describe(command: CreateCommand) -> CreateCommand {
    command.description("How to play, how points work, where the facts come from")
}
