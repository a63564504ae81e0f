//! `/help`: how to play, shown privately, and its buttons.

use super::daily;
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::Origin;
use crate::discord::reply::Reply;
use heat_view::custom_id::HelpButton;
use serenity::all::ComponentInteraction;

/// The command.
pub const COMMAND: Command = Command {
    name: "help",
    scope: Scope::Anywhere,
    audience: Audience::Member,
    describe: |command| command,
    run: |langs, _, _| Box::pin(async move { Ok(Reply::Show(heat_view::help::help(langs.reply))) }),
    complete: None,
};

/// The reply to a button of the help.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: HelpButton,
) -> Result<Reply, HandlerError> {
    Ok(Reply::Show(match button {
        HelpButton::Daily {} => daily::open(langs, app, Origin::from(press)).await?,
        HelpButton::Points {} => heat_view::help::points(langs.reply),
        HelpButton::Modes {} => heat_view::help::modes(langs.reply),
        HelpButton::Privacy {} => heat_view::help::privacy(langs.reply),
    }))
}
