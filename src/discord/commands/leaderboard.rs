//! `/leaderboard`: who leads, here or everywhere, with menus and buttons to browse.

use super::options;
use super::{daily, season};
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, chosen, may_manage_server, text};
use crate::discord::reply::Reply;
use crate::host::result_of;
use heat_core::id::GuildId;
use heat_core::results::{csv_head, csv_lines, csv_rows};
use heat_core::standing::{Board, Period, Scope as BoardScope};
use heat_view::custom_id::{BoardButton, BoardQuery, CustomId};
use heat_view::leaderboard::Place;
use serenity::all::{CommandInteraction, ComponentInteraction, CreateCommand};

/// The most pages of a board in a file: a thousand places.
const TABLE_PAGES_MAX: u32 = 100;
/// The most games in a file.
const GAMES_MAX: u32 = 200;

/// The command.
pub const COMMAND: Command = Command {
    name: "leaderboard",
    scope: Scope::WithBot,
    audience: Audience::Everyone,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: None,
};

fn describe(command: CreateCommand) -> CreateCommand {
    let (season, daily) = (heat_view::season::PERIOD, heat_view::daily::PERIOD);
    let period = options::choice("period", &["today", "week", "month", "all", season, daily]);
    let scope = options::choice("scope", &["server", "global"]);
    command.add_option(period).add_option(scope)
}

/// The reply to `/leaderboard`.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let in_guild = Origin::from(command).guild.is_some();
    let mut query = BoardQuery::first(in_guild);
    if text(command, "period") == Some(heat_view::daily::PERIOD) {
        return daily::today(langs, app, command).await;
    }
    if text(command, "period") == Some(heat_view::season::PERIOD) {
        return season::running(langs, app, Origin::from(command)).await;
    }
    if let Some(period) = text(command, "period") {
        match Period::named(period) {
            Some(period) => query.period = period,
            None => {
                return Ok(Reply::Aside(heat_view::reply::unknown_choice(
                    langs.member,
                    "period",
                    period,
                )));
            }
        }
    }
    match text(command, "scope") {
        None => {}
        Some("global") => query.global = true,
        // A direct message has no server with a board.
        Some("server") => query.global = !in_guild,
        Some(other) => {
            return Ok(Reply::Aside(heat_view::reply::unknown_choice(
                langs.member,
                "scope",
                other,
            )));
        }
    }
    let is_manager = may_manage_server(command.member.as_deref());
    let message = page(langs, app, query, Origin::from(command), is_manager).await?;
    Ok(Reply::Show(message))
}

/// Another page or period of the board, or the board opened privately from a scoreboard.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: BoardButton,
) -> Result<Reply, HandlerError> {
    let is_manager = may_manage_server(press.member.as_ref());
    let asked_for = match button {
        BoardButton::Table { .. } | BoardButton::Games {} => {
            let guild = Origin::from(press).guild.filter(|_| is_manager);
            let Some(guild) = guild else {
                return Ok(Reply::Aside(heat_view::leaderboard::not_a_manager(
                    langs.member,
                )));
            };
            let message = match button {
                BoardButton::Table { query } => table(langs, app, query, guild).await?,
                _ => games(langs, app, guild).await?,
            };
            return Ok(Reply::Show(message));
        }
        BoardButton::Open {} => Some(BoardQuery::first(Origin::from(press).guild.is_some())),
        BoardButton::Turn { query } => Some(query),
        BoardButton::Season { season, page } => {
            return season::turned(langs, app, Origin::from(press), season, page).await;
        }
        BoardButton::Menu {} => match chosen(press).and_then(CustomId::parse) {
            Some(CustomId::Board(BoardButton::Turn { query })) => Some(query),
            Some(CustomId::Board(BoardButton::Season { season, page })) => {
                return season::turned(langs, app, Origin::from(press), season, page).await;
            }
            _ => None,
        },
    };
    let Some(query) = asked_for else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    let message = page(langs, app, query, Origin::from(press), is_manager).await?;
    Ok(Reply::Show(message))
}

async fn page(
    langs: Langs,
    app: &App,
    query: BoardQuery,
    asked_by: Origin,
    is_manager: bool,
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
    let place = Place {
        in_guild,
        zone: board.zone,
        season: running.as_ref(),
    };
    let board =
        heat_view::leaderboard::board(langs.reply, query, place, &page, caller, own.as_ref());
    Ok(
        if is_manager && in_guild && !query.global && !page.rows.is_empty() {
            heat_view::leaderboard::with_table(langs.reply, board, BoardQuery { page: 0, ..query })
        } else {
            board
        },
    )
}

/// A server's board as a file.
async fn table(
    langs: Langs,
    app: &App,
    query: BoardQuery,
    guild: GuildId,
) -> Result<heat_view::message::Message, HandlerError> {
    let board = Board {
        scope: BoardScope::Guild(guild),
        period: query.period,
        now_ms: (app.clock)(),
        zone: app.settings(Some(guild)).await?.zone,
    };
    let columns = heat_view::leaderboard::columns(langs.reply);
    let mut csv = csv_lines(std::iter::once(columns));
    for at in 0..TABLE_PAGES_MAX {
        let page = app.store.leaderboard(board, at).await?;
        csv += &csv_lines(page.rows.iter().map(|standing| {
            [
                standing.rank.to_string(),
                standing.user.to_string(),
                standing.points.to_string(),
                standing.correct.to_string(),
                standing.answered.to_string(),
            ]
        }));
        if at + 1 >= page.pages {
            break;
        }
    }
    Ok(heat_view::leaderboard::table(langs.reply, query, csv))
}

/// A server's newest games as a file.
async fn games(
    langs: Langs,
    app: &App,
    guild: GuildId,
) -> Result<heat_view::message::Message, HandlerError> {
    let mut csv = csv_head();
    for id in app.store.ended_games(guild, GAMES_MAX).await? {
        let stored = app.store.game(id).await?;
        if let Some(result) = stored.as_ref().and_then(result_of) {
            csv += &csv_rows(&result);
        }
    }
    Ok(heat_view::leaderboard::games_table(langs.reply, csv))
}
