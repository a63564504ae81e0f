//! `/leaderboard`: who leads, here or everywhere, with menus and buttons to turn the board.

use super::{daily, text};
use crate::discord::Reply;
use crate::discord::app::App;
use crate::discord::components::{chosen, is_own};
use crate::discord::router::Trouble;
use heat_core::standing::{Board, Scope};
use heat_view::leaderboard::{MENU_ID, OPEN_ID, Wish};
use serenity::all::{
    CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand,
    CreateCommandOption, GuildId, UserId,
};

/// The command's name.
pub const NAME: &str = "leaderboard";

/// As registered with Discord.
pub fn registration() -> CreateCommand {
    let period = CreateCommandOption::new(
        CommandOptionType::String,
        "period",
        "Over which time (all time if left out)",
    )
    .add_string_choice("today", "today")
    .add_string_choice("this week", "week")
    .add_string_choice("this month", "month")
    .add_string_choice("all time", "all")
    .add_string_choice("today's daily puzzle", heat_view::daily::PERIOD);
    let scope = CreateCommandOption::new(
        CommandOptionType::String,
        "scope",
        "This server (if left out) or all servers",
    )
    .add_string_choice("this server", "server")
    .add_string_choice("all servers", "global");
    CreateCommand::new(NAME)
        .description("Who leads")
        .add_option(period)
        .add_option(scope)
}

/// The reply to `/leaderboard`.
pub async fn run(app: &App, command: &CommandInteraction) -> Result<Reply, Trouble> {
    let in_guild = command.guild_id.is_some();
    let mut wish = Wish::first(in_guild);
    if text(command, "period") == Some(heat_view::daily::PERIOD) {
        return daily::today(app, command).await;
    }
    if let Some(period) = text(command, "period") {
        match heat_view::leaderboard::parse_period(period) {
            Some(period) => wish.period = period,
            None => {
                return Ok(Reply::private(heat_view::reply::unknown_choice(
                    "period", period,
                )));
            }
        }
    }
    match text(command, "scope") {
        None => {}
        Some("global") => wish.global = true,
        // In a direct message there is no server to have a board of.
        Some("server") => wish.global = !in_guild,
        Some(other) => {
            return Ok(Reply::private(heat_view::reply::unknown_choice(
                "scope", other,
            )));
        }
    }
    let message = page(app, wish, command.guild_id, command.user.id).await?;
    Ok(Reply::public(message))
}

/// What a press on a board's buttons or menu, or on a scoreboard's button, asks for.
pub fn wish(press: &ComponentInteraction) -> Option<Wish> {
    let in_guild = press.guild_id.is_some();
    if press.data.custom_id == MENU_ID {
        return Wish::parse(chosen(press)?, in_guild);
    }
    Wish::parse(&press.data.custom_id, in_guild)
}

/// Whether a press with this `custom_id` turns the board it stands on.
pub fn updates(custom_id: &str) -> bool {
    custom_id == MENU_ID || custom_id.starts_with("board:")
}

/// The board turned, or opened privately from a scoreboard.
pub async fn turn(app: &App, press: &ComponentInteraction, wish: Wish) -> Result<Reply, Trouble> {
    let message = page(app, wish, press.guild_id, press.user.id).await?;
    if press.data.custom_id != OPEN_ID && is_own(press) {
        return Ok(Reply::Update(message));
    }
    Ok(Reply::private(message))
}

async fn page(
    app: &App,
    wish: Wish,
    guild: Option<GuildId>,
    caller: UserId,
) -> Result<heat_view::message::Message, Trouble> {
    let scope = match guild {
        Some(guild) if !wish.global => Scope::Guild(guild.get()),
        _ => Scope::Global,
    };
    let board = Board {
        scope,
        period: wish.period,
        now_ms: (app.clock)(),
        zone: app.settings(guild.map(GuildId::get)).await?.zone,
    };
    let mut page = app.store.leaderboard(board, wish.page).await?;
    // A button of yesterday's board may ask for a page that today's does not have.
    if page.rows.is_empty() && page.pages > 0 {
        page = app.store.leaderboard(board, page.pages - 1).await?;
    }
    let own = app.store.standing(board, caller.get()).await?;
    let in_guild = guild.is_some();
    Ok(heat_view::leaderboard::board(
        wish,
        in_guild,
        board.zone,
        &page,
        caller.get(),
        own.as_ref(),
    ))
}
