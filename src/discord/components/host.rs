//! The buttons and menus of a game's host.

use super::game::{rights, send, sender};
use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, chosen};
use crate::discord::reply::Reply;
use crate::host::Receipt;
use heat_core::game::{ControlRights, Input, UserId};
use heat_core::id::GameId;
use heat_view::custom_id::HostButton;
use serenity::all::ComponentInteraction;

/// The reply to a button or menu of the host.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: HostButton,
) -> Result<Reply, HandlerError> {
    let origin = Origin::from(press);
    let rights = rights(app, press).await?;
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
            // No button of a host leads here.
            Ok(_) => Reply::Aside(heat_view::reply::unknown_interaction(langs.member)),
            Err(refused) => Reply::Aside(refused),
        },
    )
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
