//! `/season`: managers open and close seasons; the board and the hall of fame are for everybody.
//!
//! Everybody sees the command, so opening and closing check the permission themselves.
//! `season_ends.rs` announces the end and changes the roles.

use super::options;
use super::quiz;
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, FocusedOption, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, may_manage_server};
use crate::discord::reply::Reply;
use crate::discord::snowflake;
use crate::host::Route;
use heat_core::id::{GuildId, InteractionId, RoleId, SeasonId};
use heat_core::season::{self, NAME_MAX, ROLE_HOLDERS_MAX, SEASONS_MAX, Season, WINNERS_MAX};
use heat_store::{NewSeason, SeasonEnd, StoredSeason};
use heat_view::message::{Message, Suggestion};
use heat_view::season as view;
use serenity::all::{
    CommandInteraction, CommandOptionType, CreateCommand, ResolvedOption, ResolvedValue, Role,
};

/// The command.
pub const COMMAND: Command = Command {
    name: "season",
    scope: Scope::Servers,
    audience: Audience::Everyone,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: Some(|langs, app, typing, typed| Box::pin(complete(langs, app, typing, typed))),
};

fn describe(command: CreateCommand) -> CreateCommand {
    let text = |name: &str| {
        options::option(CommandOptionType::String, name)
            .min_length(1)
            .max_length(NAME_MAX)
    };
    let open = options::subcommand("open").add_sub_option(text("name").required(true));
    let role = options::option(CommandOptionType::Role, "role");
    let winners = options::option(CommandOptionType::Integer, "winners")
        .min_int_value(1)
        .max_int_value(u64::from(WINNERS_MAX));
    let open = open.add_sub_option(role).add_sub_option(winners);
    let show = options::subcommand("show").add_sub_option(text("season").set_autocomplete(true));
    command
        .add_option(open)
        .add_option(options::subcommand("close"))
        .add_option(show)
        .add_option(options::subcommand("hall"))
}

/// The seasons that fit what is typed so far.
async fn complete(
    langs: Langs,
    app: &App,
    typing: &CommandInteraction,
    typed: FocusedOption<'_>,
) -> Result<Vec<Suggestion>, HandlerError> {
    let Some(guild) = Origin::from(typing).guild else {
        return Ok(Vec::new());
    };
    let wanted = typed.text.trim().to_lowercase();
    let seasons = app.store.seasons(guild).await?;
    let offers = seasons
        .iter()
        .map(|stored| view::suggest(langs.reply, &stored.season));
    Ok(offers
        .filter(|offer| offer.name.to_lowercase().contains(&wanted))
        .collect())
}

/// The reply to `/season`.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let origin = Origin::from(command);
    let Some(guild) = origin.guild else {
        return Ok(Reply::Aside(view::only_in_servers(langs.member)));
    };
    let used = command.data.options();
    let Some((what, options)) = used.first().and_then(|option| match &option.value {
        ResolvedValue::SubCommand(options) => Some((option.name, options.as_slice())),
        _ => None,
    }) else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    let is_managed = matches!(what, "open" | "close");
    if is_managed && !may_manage_server(command.member.as_deref()) {
        return Ok(Reply::Aside(view::not_allowed(langs.member)));
    }
    match what {
        "open" => open(langs, app, command, guild, options).await,
        "close" => close(langs, app, command, guild).await,
        "show" => show(langs, app, origin, guild, text(options, "season")).await,
        "hall" => hall(langs, app, guild).await,
        _ => Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        ))),
    }
}

async fn open(
    langs: Langs,
    app: &App,
    command: &CommandInteraction,
    guild: GuildId,
    options: &[ResolvedOption<'_>],
) -> Result<Reply, HandlerError> {
    let Some(name) = season::name(text(options, "name").unwrap_or_default()) else {
        return Ok(Reply::Aside(view::bad_name(langs.member)));
    };
    let role = match role(langs, app, command, guild, options).await? {
        Ok(role) => role,
        Err(refusal) => return Ok(Reply::Aside(refusal)),
    };
    let id = SeasonId(command.id.get());
    let new = NewSeason {
        id,
        guild,
        name: name.into(),
        role,
        winners: winners(options),
        opened_at_ms: snowflake::made_at_ms(id),
        seasons_max: SEASONS_MAX,
    };
    match app.store.open_season(new).await? {
        Some(running) if running.season.id == id => {
            let user_id = Origin::from(command).user.0;
            tracing::info!(
                guild_id = guild.0,
                user_id,
                season_id = id.0,
                "season.opened"
            );
            Ok(Reply::Show(view::opened(langs.reply, &running.season)))
        }
        Some(running) => Ok(Reply::Aside(view::already_open(
            langs.member,
            &running.season,
        ))),
        None => Ok(Reply::Aside(view::none_open(langs.member))),
    }
}

/// The role for the winners, or why they cannot get it.
async fn role(
    langs: Langs,
    app: &App,
    command: &CommandInteraction,
    guild: GuildId,
    options: &[ResolvedOption<'_>],
) -> Result<Result<Option<RoleId>, Message>, HandlerError> {
    let role: Option<&Role> = options.iter().find_map(|option| match option.value {
        ResolvedValue::Role(role) => Some(role),
        _ => None,
    });
    let (Some(role), Some(member)) = (role, command.member.as_deref()) else {
        return Ok(Ok(None));
    };
    let held = command.app_permissions;
    let request = app.members.role_request(guild, role, member, held).await?;
    let refusal = season::may_be_given(&request).err();
    Ok(match refusal {
        Some(refusal) => Err(view::role_refused(langs.member, request.id, refusal)),
        None => Ok(Some(request.id)),
    })
}

/// The last rank that wins. A forged number counts as the nearest that is allowed.
fn winners(options: &[ResolvedOption<'_>]) -> u8 {
    let wanted = options.iter().find_map(|option| match option.value {
        ResolvedValue::Integer(winners) if option.name == "winners" => Some(winners),
        _ => None,
    });
    let wanted = wanted.unwrap_or(1).clamp(1, i64::from(WINNERS_MAX));
    u8::try_from(wanted).unwrap_or(1)
}

async fn close(
    langs: Langs,
    app: &App,
    command: &CommandInteraction,
    guild: GuildId,
) -> Result<Reply, HandlerError> {
    let route = Route {
        started_with: None,
        ..quiz::route_of(langs.reply, command)
    };
    let id = command.id.get();
    let end = SeasonEnd {
        guild,
        by: InteractionId(id),
        at_ms: snowflake::made_at_ms(id),
        route: serde_json::to_string(&route).unwrap_or_default().into(),
        holders_max: ROLE_HOLDERS_MAX,
    };
    let Some(closed) = app.store.close_season(end).await? else {
        return Ok(Reply::Aside(view::none_open(langs.member)));
    };
    let (user_id, season_id) = (Origin::from(command).user.0, closed.season.id.0);
    tracing::info!(guild_id = guild.0, user_id, season_id, "season.closed");
    Ok(Reply::Aside(view::closing(langs.member, &closed.season)))
}

async fn show(
    langs: Langs,
    app: &App,
    origin: Origin,
    guild: GuildId,
    wanted: Option<&str>,
) -> Result<Reply, HandlerError> {
    let seasons = app.store.seasons(guild).await?;
    let found = match wanted {
        None => seasons.first(),
        Some(wanted) => meant(&seasons, wanted),
    };
    match (found, wanted) {
        (Some(found), _) => {
            let message = board(langs, app, origin, &seasons, found, 0).await?;
            Ok(Reply::Show(message))
        }
        (None, Some(wanted)) => Ok(Reply::Aside(view::unknown(langs.member, wanted))),
        (None, None) => Ok(Reply::Aside(view::none_yet(langs.member))),
    }
}

/// The season with this id, or else the newest with this name.
fn meant<'a>(seasons: &'a [StoredSeason], wanted: &str) -> Option<&'a StoredSeason> {
    let is_id = |found: &&StoredSeason| found.season.id.to_string() == wanted.trim();
    let name = season::name(wanted)?.to_lowercase();
    let is_name = |found: &&StoredSeason| found.season.name.to_lowercase() == name;
    let by_id = seasons.iter().find(is_id);
    by_id.or_else(|| seasons.iter().find(is_name))
}

async fn hall(langs: Langs, app: &App, guild: GuildId) -> Result<Reply, HandlerError> {
    let seasons = app.store.seasons(guild).await?;
    let seasons: Vec<Season> = seasons.into_iter().map(|stored| stored.season).collect();
    let best = app.store.hall_of_fame(guild).await?;
    Ok(Reply::Show(view::hall(langs.reply, &seasons, &best)))
}

/// The board of this server's running season, for `/leaderboard`.
pub async fn running(langs: Langs, app: &App, asked_by: Origin) -> Result<Reply, HandlerError> {
    let Some(guild) = asked_by.guild else {
        return Ok(Reply::Aside(view::only_in_servers(langs.member)));
    };
    let seasons = app.store.seasons(guild).await?;
    let is_running = |stored: &&StoredSeason| stored.season.closed_at_ms.is_none();
    let Some(running) = seasons.iter().find(is_running) else {
        return Ok(Reply::Aside(view::none_open(langs.member)));
    };
    let message = board(langs, app, asked_by, &seasons, running, 0).await?;
    Ok(Reply::Show(message))
}

/// Another page of a season's board. The season of a forged button may be another server's.
pub async fn turned(
    langs: Langs,
    app: &App,
    asked_by: Origin,
    season: SeasonId,
    page: u32,
) -> Result<Reply, HandlerError> {
    let Some(guild) = asked_by.guild else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    let seasons = app.store.seasons(guild).await?;
    let Some(found) = seasons.iter().find(|found| found.season.id == season) else {
        return Ok(Reply::Aside(view::gone(langs.member)));
    };
    let message = board(langs, app, asked_by, &seasons, found, page).await?;
    Ok(Reply::Show(message))
}

/// A server's running season.
pub fn running_of(seasons: &[StoredSeason]) -> Option<&Season> {
    let mut seasons = seasons.iter().map(|stored| &stored.season);
    seasons.find(|season| season.closed_at_ms.is_none())
}

async fn board(
    langs: Langs,
    app: &App,
    asked_by: Origin,
    seasons: &[StoredSeason],
    shown: &StoredSeason,
    page: u32,
) -> Result<Message, HandlerError> {
    let user = asked_by.user;
    let found = app.store.season_board(shown, page, user).await?;
    Ok(view::board(
        langs.reply,
        &shown.season,
        &found.page,
        user,
        found.own.as_ref(),
        running_of(seasons),
    ))
}

fn text<'a>(options: &'a [ResolvedOption<'_>], name: &str) -> Option<&'a str> {
    options.iter().find_map(|option| match option.value {
        ResolvedValue::String(text) if option.name == name => Some(text),
        _ => None,
    })
}
