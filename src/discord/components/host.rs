//! The buttons and menus of a game's host.

use super::game::{named, rights, send, sender};
use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, chosen};
use crate::discord::reply::Reply;
use crate::host::{InputContext, Receipt};
use futures_util::future::join_all;
use heat_core::game::{ControlRights, Input, UserId};
use heat_core::id::{GameId, GuildId};
use heat_view::custom_id::HostButton;
use heat_view::quiz::PlayerInfo;
use serenity::all::ComponentInteraction;
use std::time::Duration;

/// The reply to a button or menu of the host.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: HostButton,
) -> Result<Reply, HandlerError> {
    let origin = Origin::from(press);
    let rights = rights(app, press).await?;
    let user = origin.user;
    let Some((game, input)) = input(button, (origin.user, rights), chosen(press)) else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    Ok(
        match send(
            langs,
            app,
            game,
            input,
            (origin.channel, sender(langs, press)),
        )
        .await?
        {
            Ok(Receipt::Update(message)) => Reply::Show(message),
            Ok(Receipt::BonusPanel { panel, unnamed }) => {
                let others = names(app, origin.guild, unnamed).await;
                if others.is_empty() {
                    return Ok(Reply::Show(panel));
                }
                let sent = InputContext {
                    others,
                    ..sender(langs, press)
                };
                let again = Input::MayGive { user, rights };
                let named = send(langs, app, game, again, (origin.channel, sent)).await?;
                Reply::Show(match named {
                    Ok(Receipt::BonusPanel { panel, .. }) => panel,
                    _ => panel,
                })
            }
            // No button of a host leads here.
            Ok(_) => Reply::Aside(heat_view::reply::unknown_interaction(langs.member)),
            Err(refused) => Reply::Aside(refused),
        },
    )
}

/// How long the names of players may keep the host waiting.
const NAMES_WAIT: Duration = Duration::from_secs(2);
/// How many names are looked up at once: those of the first menu.
const NAMES_MAX: usize = 25;

/// The names of players that Discord tells in time.
async fn names(
    app: &App,
    guild: Option<GuildId>,
    unnamed: Vec<UserId>,
) -> Vec<(UserId, PlayerInfo)> {
    let Some(guild) = guild else {
        return Vec::new();
    };
    let asked = unnamed.into_iter().take(NAMES_MAX).map(|user| {
        let asked = app.members.name(guild, user);
        tokio::time::timeout(NAMES_WAIT, asked)
    });
    let answers = join_all(asked).await.into_iter();
    // A member who has left the server is shown by their number.
    let members = answers.filter_map(|answer| answer.ok()?.ok());
    members
        .map(|member| (member.user, named(&member.name, &member.username, None)))
        .collect()
}

/// What the button asks, and of which game; `None` if a menu's line is not one of ours.
fn input(
    button: HostButton,
    (user, rights): (UserId, ControlRights),
    chosen: Option<&str>,
) -> Option<(GameId, Input)> {
    Some(match button {
        HostButton::Next { game, next } => (game, Input::Next { user, rights, next }),
        HostButton::Break { game, next } => (game, Input::Break { user, rights, next }),
        HostButton::LastRound { game, next } => (game, Input::LastRound { user, rights, next }),
        HostButton::Judge { game, round } => (
            game,
            Input::MayJudge {
                user,
                rights,
                round,
            },
        ),
        HostButton::Right { game, round, .. } | HostButton::Wrong { game, round } => {
            let input = Input::Judge {
                user,
                rights,
                round,
                at: chosen?.parse().ok()?,
                right: matches!(button, HostButton::Right { .. }),
            };
            (game, input)
        }
        HostButton::Bonus { game } => (game, Input::MayGive { user, rights }),
        HostButton::Give {
            game, nth, points, ..
        } => {
            let input = Input::Bonus {
                user,
                rights,
                to: UserId(chosen?.parse().ok()?),
                nth,
                points,
            };
            (game, input)
        }
        HostButton::Undo { game, nth } => (game, Input::UndoBonus { user, rights, nth }),
    })
}
