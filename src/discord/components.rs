//! Buttons and menus: each `custom_id` says by itself what it asks for, so a press is answered
//! whatever has been restarted since.

use super::commands::{cast, leaderboard, news, quiz};
use super::router::Trouble;
use super::{App, Reply, snowflake};
use crate::game::{Input, MessageId, UserId};
use crate::host::{Answer, HostError, InteractionToken, Receipt};
use crate::view;
use crate::view::press::Press;
use serenity::all::{ComponentInteraction, ComponentInteractionDataKind, Permissions};

/// The reply to a pressed button or a chosen line of a menu.
///
/// # Errors
/// [`Trouble`] if the bot, and not the member, is at fault.
pub async fn reply(app: &App, press: &ComponentInteraction) -> Result<Reply, Trouble> {
    let custom_id = press.data.custom_id.as_str();
    if let Some(game_press) = Press::parse(custom_id) {
        return match game_press {
            Press::Again { game } => quiz::again(app, press, game).await,
            other => in_game(app, press, other).await,
        };
    }
    if let Some(wish) = leaderboard::wish(press) {
        return leaderboard::turn(app, press, wish).await;
    }
    if let Some(reply) = cast::press(app, press) {
        return Ok(reply);
    }
    if let Some(reply) = news::press(app, press) {
        return Ok(reply);
    }
    Ok(Reply::private(view::reply::unknown_interaction()))
}

/// Whether a press with this `custom_id` changes the message it stands on.
#[must_use]
pub fn updates(custom_id: &str) -> bool {
    leaderboard::updates(custom_id) || news::updates(custom_id) || cast::updates(custom_id)
}

/// The value chosen in a menu, if the press was one.
#[must_use]
pub fn chosen(press: &ComponentInteraction) -> Option<&str> {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}

/// Whether the message is one that this member asked for. Pages of another member's message are
/// turned in a private copy, so that nobody's message changes under them.
#[must_use]
pub fn is_own(press: &ComponentInteraction) -> bool {
    use serenity::all::MessageInteractionMetadata as By;
    let asked_for_by = match press.message.interaction_metadata.as_deref() {
        Some(By::Command(by)) => by.user.id,
        Some(By::Component(by)) => by.user.id,
        Some(By::ModalSubmit(by)) => by.user.id,
        _ => return false,
    };
    asked_for_by == press.user.id
}

async fn in_game(
    app: &App,
    interaction: &ComponentInteraction,
    press: Press,
) -> Result<Reply, Trouble> {
    let user = UserId(interaction.user.id.get());
    let (game, input) = match press {
        Press::Answer {
            game,
            round,
            choice,
        } => {
            let message = interaction.message.id.get();
            let input = Input::Answer {
                round,
                user,
                choice,
                message: MessageId(message),
                posted_at_ms: snowflake::made_at_ms(message),
                clicked_at_ms: snowflake::made_at_ms(interaction.id.get()),
            };
            (game, input)
        }
        Press::Skip { game, round } => (game, Input::Skip { round, user }),
        Press::Join { game } => (game, Input::Join { user }),
        Press::Stop { game } => {
            let may_manage = may_manage_messages(interaction);
            (game, Input::Stop { user, may_manage })
        }
        Press::Again { .. } => return Ok(Reply::private(view::reply::unknown_interaction())),
    };
    let token = InteractionToken(interaction.token.clone());
    let message = match app.host.send(game, input, token).await {
        Ok(Answer::Done(receipt)) => done(&receipt),
        Ok(Answer::Refused { refusal, given }) => view::reply::refused(refusal, given.as_deref()),
        Err(HostError::NoSuchGame) => view::reply::game_over(),
        Err(error) => return Err(error.into()),
    };
    Ok(Reply::private(message))
}

fn done(receipt: &Receipt) -> view::message::Message {
    match receipt {
        Receipt::Locked { choice, text } => view::reply::locked_in(*choice, text),
        Receipt::Voted {
            votes,
            needed,
            skipped,
        } => view::reply::voted(*votes, *needed, *skipped),
        Receipt::Joined => view::reply::joined(),
        Receipt::Stopped | Receipt::Noted => view::reply::stopped(),
    }
}

/// Whether the member may manage messages here, by the permissions that Discord computed.
fn may_manage_messages(interaction: &ComponentInteraction) -> bool {
    let permissions = interaction.member.as_ref().and_then(|m| m.permissions);
    permissions.is_some_and(|p| p.contains(Permissions::MANAGE_MESSAGES) || p.administrator())
}
