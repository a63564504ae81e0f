//! `/help`: how to play, privately.

use crate::discord::Reply;
use serenity::all::CreateCommand;

/// The command's name.
pub const NAME: &str = "help";

/// As registered with Discord.
pub fn registration() -> CreateCommand {
    CreateCommand::new(NAME).description("How to play, how points work, where the facts come from")
}

/// The reply to `/help`.
pub fn run() -> Reply {
    Reply::private(heat_view::help::help())
}
