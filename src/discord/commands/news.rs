//! `/news`: what is known about the planned film, line by line with its source.

use super::options;
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, FocusedOption, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, chosen, text};
use crate::discord::reply::Reply;
use heat_core::news::Topic;
use heat_view::custom_id::NewsButton;
use heat_view::message::Suggestion;
use serenity::all::{CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand};

/// The command.
pub const COMMAND: Command = Command {
    name: "news",
    scope: Scope::Anywhere,
    audience: Audience::MemberDuringGames,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: Some(|langs, app, typing, typed| Box::pin(complete(langs, app, typing, typed))),
};

fn describe(command: CreateCommand) -> CreateCommand {
    let topic = options::choice("topic", &Topic::ALL.map(Topic::name));
    let about = options::option(CommandOptionType::String, "about")
        .set_autocomplete(true)
        .max_length(100);
    command.add_option(topic).add_option(about)
}

/// Names in the news that match what has been typed so far.
async fn complete(
    langs: Langs,
    app: &App,
    typing: &CommandInteraction,
    typed: FocusedOption<'_>,
) -> Result<Vec<Suggestion>, HandlerError> {
    let facts = app.facts(Origin::from(typing).guild).await?;
    let (index, base) = (facts.news(), facts.base());
    Ok(heat_view::news::suggestions(
        langs.member,
        index,
        base,
        typed.text,
    ))
}

/// The reply to `/news`.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let topic = match text(command, "topic") {
        None => Topic::Headlines,
        Some(name) => match Topic::named(name) {
            Some(topic) => topic,
            None => {
                return Ok(Reply::Aside(heat_view::reply::unknown_choice(
                    langs.member,
                    "topic",
                    name,
                )));
            }
        },
    };
    let about = text(command, "about");
    let facts = app.facts(Origin::from(command).guild).await?;
    let (index, base) = (facts.news(), facts.base());
    Ok(langs.found(|lang| heat_view::news::lookup(lang, index, base, topic, about)))
}

/// The reply to a button or menu of the news.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: NewsButton,
) -> Result<Reply, HandlerError> {
    let facts = app.facts(Origin::from(press).guild).await?;
    let (topic, about, page) = match button {
        NewsButton::Turn { topic, about, page } => (topic, about, page),
        NewsButton::Switch { about } => match chosen(press).and_then(Topic::named) {
            Some(topic) => (topic, about, 1),
            None => {
                return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
                    langs.member,
                )));
            }
        },
    };
    let message = heat_view::news::show(langs.reply, facts.base(), topic, about.as_ref(), page);
    Ok(Reply::Show(message))
}
