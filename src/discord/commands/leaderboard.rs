//! `/leaderboard`: who leads, here or everywhere, with menus and buttons to turn the board.

use super::{daily, season};
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::{Origin, chosen, text};
use crate::discord::reply::Reply;
use heat_core::standing::{Board, Period, Scope as BoardScope};
use heat_view::custom_id::{BoardButton, BoardQuery, CustomId};
use serenity::all::{
    CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand, CreateCommandOption,
};

/// The command.
pub const COMMAND: Command = Command {
    name: "leaderboard",
    scope: Scope::Anywhere,
    audience: Audience::Everyone,
    describe,
    run: |app, command| Box::pin(run(app, command)),
    complete: None,
};

fn describe(command: CreateCommand) -> CreateCommand {
    let period = CreateCommandOption::new(
        CommandOptionType::String,
        "period",
        "Over which time (all time if left out)",
    )
    .add_string_choice("today", "today")
    .add_string_choice("this week", "week")
    .add_string_choice("this month", "month")
    .add_string_choice("all time", "all")
    .add_string_choice("this season", heat_view::season::PERIOD)
    .add_string_choice("today's daily puzzle", heat_view::daily::PERIOD);
    let scope = CreateCommandOption::new(
        CommandOptionType::String,
        "scope",
        "This server (if left out) or all servers",
    )
    .add_string_choice("this server", "server")
    .add_string_choice("all servers", "global");
    command
        .description("Who leads")
        .add_option(period)
        .add_option(scope)
}

/// The reply to `/leaderboard`.
async fn run(app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let in_guild = command.guild_id.is_some();
    let mut query = BoardQuery::first(in_guild);
    if text(command, "period") == Some(heat_view::daily::PERIOD) {
        return daily::today(app, command).await;
    }
    if text(command, "period") == Some(heat_view::season::PERIOD) {
        return season::running(app, Origin::from(command)).await;
    }
    if let Some(period) = text(command, "period") {
        match Period::named(period) {
            Some(period) => query.period = period,
            None => {
                return Ok(Reply::Aside(heat_view::reply::unknown_choice(
                    "period", period,
                )));
            }
        }
    }
    match text(command, "scope") {
        None => {}
        Some("global") => query.global = true,
        // In a direct message there is no server to have a board of.
        Some("server") => query.global = !in_guild,
        Some(other) => {
            return Ok(Reply::Aside(heat_view::reply::unknown_choice(
                "scope", other,
            )));
        }
    }
    let message = page(app, query, Origin::from(command)).await?;
    Ok(Reply::Show(message))
}

/// The board turned, or opened privately from a scoreboard.
pub async fn press(
    app: &App,
    press: &ComponentInteraction,
    button: BoardButton,
) -> Result<Reply, HandlerError> {
    let asked_for = match button {
        BoardButton::Open {} => Some(BoardQuery::first(press.guild_id.is_some())),
        BoardButton::Turn { query } => Some(query),
        BoardButton::Season { season, page } => {
            return season::turned(app, Origin::from(press), season, page).await;
        }
        BoardButton::Menu {} => match chosen(press).and_then(CustomId::parse) {
            Some(CustomId::Board(BoardButton::Turn { query })) => Some(query),
            Some(CustomId::Board(BoardButton::Season { season, page })) => {
                return season::turned(app, Origin::from(press), season, page).await;
            }
            _ => None,
        },
    };
    let Some(query) = asked_for else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction()));
    };
    let message = page(app, query, Origin::from(press)).await?;
    Ok(Reply::Show(message))
}

async fn page(
    app: &App,
    query: BoardQuery,
    asked_by: Origin,
) -> Result<heat_view::message::Message, HandlerError> {
    let (guild, caller) = (asked_by.guild, asked_by.user);
    let scope = match guild {
        Some(guild) if !query.global => BoardScope::Guild(guild),
        _ => BoardScope::Global,
    };
    let board = Board {
        scope,
        period: query.period,
        now_ms: (app.clock)(),
        zone: app.settings(guild).await?.zone,
    };
    let mut page = app.store.leaderboard(board, query.page).await?;
    // A button of yesterday's board may ask for a page that today's does not have.
    if page.rows.is_empty() && page.pages > 0 {
        page = app.store.leaderboard(board, page.pages - 1).await?;
    }
    let own = app.store.standing(board, caller).await?;
    let in_guild = guild.is_some();
    let running = match guild {
        Some(guild) => season::running_of(&app.store.seasons(guild).await?).cloned(),
        None => None,
    };
    Ok(heat_view::leaderboard::board(
        query,
        in_guild,
        board.zone,
        &page,
        caller,
        own.as_ref(),
        running.as_ref(),
    ))
}
