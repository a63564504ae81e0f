//! `/cast`: who plays whom, looked up by character, actor or film.

use super::options;
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, FocusedOption, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, chosen, text};
use crate::discord::reply::Reply;
use heat_view::custom_id::CastButton;
use heat_view::message::Suggestion;
use serenity::all::{CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand};

/// The command.
pub const COMMAND: Command = Command {
    name: "cast",
    scope: Scope::Anywhere,
    audience: Audience::MemberDuringGames,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: Some(|langs, app, typing, typed| Box::pin(complete(langs, app, typing, typed))),
};

fn describe(command: CreateCommand) -> CreateCommand {
    let name = options::option(CommandOptionType::String, "name")
        .required(true)
        .set_autocomplete(true)
        .min_length(1)
        .max_length(100);
    command.add_option(name)
}

/// Names that match what has been typed so far.
async fn complete(
    langs: Langs,
    app: &App,
    typing: &CommandInteraction,
    typed: FocusedOption<'_>,
) -> Result<Vec<Suggestion>, HandlerError> {
    let facts = app.facts(Origin::from(typing).guild).await?;
    let (index, base) = (facts.cast(), facts.base());
    Ok(heat_view::cast::suggestions(
        langs.member,
        index,
        base,
        typed.text,
    ))
}

/// The reply to `/cast`.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let typed = text(command, "name").unwrap_or_default();
    let facts = app.facts(Origin::from(command).guild).await?;
    let (index, base) = (facts.cast(), facts.base());
    Ok(langs.found(|lang| heat_view::cast::lookup(lang, index, base, typed)))
}

/// The reply to a button or menu of a lookup, or to "Look it up" under a reveal.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: CastButton,
) -> Result<Reply, HandlerError> {
    let facts = app.facts(Origin::from(press).guild).await?;
    let (index, base) = (facts.cast(), facts.base());
    Ok(match button {
        CastButton::Show { entity } => {
            Reply::Show(heat_view::cast::show(langs.reply, index, base, &entity, 1))
        }
        CastButton::Turn { entity, page } => Reply::Show(heat_view::cast::show(
            langs.reply,
            index,
            base,
            &entity,
            page,
        )),
        CastButton::Pick {} => match chosen(press) {
            Some(name) => langs.found(|lang| heat_view::cast::lookup(lang, index, base, name)),
            None => Reply::Aside(heat_view::reply::unknown_interaction(langs.member)),
        },
    })
}
