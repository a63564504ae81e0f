//! `/privacy`: members download or delete their own data. Always private, and always about the
//! member who asks.

use crate::discord::app::App;
use crate::discord::command::{Audience, Command, Scope};
use crate::discord::commands::{export, options};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::Origin;
use crate::discord::reply::Reply;
use crate::discord::snowflake;
use crate::host::anonymise;
use heat_core::id::{GameId, UserId};
use heat_store::Forgotten;
use heat_view::custom_id::PrivacyButton;
use heat_view::privacy::CONFIRM_MS;
use serenity::all::{
    CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand, ResolvedValue,
};
use tokio::sync::Semaphore;

/// The command.
pub const COMMAND: Command = Command {
    name: "privacy",
    scope: Scope::Anywhere,
    audience: Audience::Member,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: None,
};

/// Limits how many files are made at once: each may be many megabytes.
static TURNS: Semaphore = Semaphore::const_new(2);

fn describe(command: CreateCommand) -> CreateCommand {
    let shown = options::option(CommandOptionType::Boolean, "shown").required(true);
    command
        .add_option(options::subcommand("export"))
        .add_option(options::subcommand("delete"))
        .add_option(options::subcommand("typed").add_sub_option(shown))
}

/// The reply to `/privacy`.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let member = Origin::from(command).user;
    let options = command.data.options();
    let asked = options.first().map(|option| (option.name, &option.value));
    Ok(Reply::Show(match asked {
        Some(("export", ResolvedValue::SubCommand(_))) => file(langs, app, member, None).await?,
        Some(("delete", ResolvedValue::SubCommand(_))) => {
            heat_view::privacy::confirm(langs.reply, member)
        }
        Some(("typed", ResolvedValue::SubCommand(options))) => {
            let shown = options.iter().find_map(|option| match option.value {
                ResolvedValue::Boolean(shown) => Some(shown),
                _ => None,
            });
            match shown {
                Some(shown) => {
                    let since_ms = (!shown).then(|| (app.clock)());
                    app.store.hide_typed(member, since_ms).await?;
                    heat_view::privacy::typed(langs.reply, shown)
                }
                None => heat_view::reply::unknown_interaction(langs.reply),
            }
        }
        _ => heat_view::reply::unknown_interaction(langs.reply),
    }))
}

/// The reply to a button about a member's data.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: PrivacyButton,
) -> Result<Reply, HandlerError> {
    let member = Origin::from(press).user;
    let (PrivacyButton::Delete { member: whose }
    | PrivacyButton::Keep { member: whose }
    | PrivacyButton::Older { member: whose, .. }) = button;
    if whose != member {
        return Ok(Reply::Aside(heat_view::privacy::not_yours(langs.member)));
    }
    match button {
        PrivacyButton::Older { before, .. } => {
            let file = file(langs, app, member, Some(before)).await?;
            Ok(Reply::Show(file))
        }
        PrivacyButton::Keep { .. } => Ok(Reply::Show(heat_view::privacy::kept(langs.reply))),
        PrivacyButton::Delete { .. } => {
            let asked_at_ms = snowflake::made_at_ms(press.message.id);
            let pressed_at_ms = snowflake::made_at_ms(press.id);
            if pressed_at_ms - asked_at_ms > CONFIRM_MS {
                return Ok(Reply::Show(heat_view::privacy::expired(langs.reply)));
            }
            delete(langs, app, member).await.map(Reply::Show)
        }
    }
}

async fn file(
    langs: Langs,
    app: &App,
    member: UserId,
    before: Option<GameId>,
) -> Result<heat_view::message::Message, HandlerError> {
    let _turn = TURNS.acquire().await?;
    let export = export::file(langs.reply, app, member, before).await?;
    Ok(heat_view::privacy::exported(langs.reply, &export))
}

/// Logs only that a member was deleted, not which one.
async fn delete(
    langs: Langs,
    app: &App,
    member: UserId,
) -> Result<heat_view::message::Message, HandlerError> {
    Ok(match app.store.forget(member, anonymise).await? {
        Forgotten::Done => {
            tracing::info!("member.deleted");
            heat_view::privacy::deleted(langs.reply)
        }
        Forgotten::Playing { channels } => {
            heat_view::privacy::playing(langs.reply, member, &channels)
        }
    })
}
