//! The buttons of a game.

use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, is_of, typed_text};
use crate::discord::reply::Reply;
use crate::discord::snowflake;
use crate::host::{
    Answer, HostError, InputContext, InteractionToken, Receipt, events_of, game_of, thread_of,
};
use heat_core::game::{self, ControlRights, Input, Response};
use heat_core::id::{ChannelId, GameId, InteractionId, MessageId};
use heat_store::StoredGame;
use heat_view::custom_id::GameButton;
use heat_view::escape::plain;
use heat_view::message::Message;
use heat_view::quiz::PlayerInfo;
use heat_view::revenge::Revenge;
use serenity::all::{ComponentInteraction, ModalInteraction, Permissions, User};

/// How many characters of a name are kept; Discord's limit is 32.
const NAME_MAX: usize = 40;

/// Whether a click on a game's button is answered by the game's own message: where only the member
/// has the app, the game has just one, which they alone see.
pub fn is_shown_in_place(button: GameButton, by: Origin) -> bool {
    let is_progress = matches!(
        button,
        GameButton::Answer { .. } | GameButton::Skip { .. } | GameButton::Resume { .. }
    );
    by.is_by_member() && is_progress
}

/// The reply to a button of a running game.
pub async fn press(
    langs: Langs,
    app: &App,
    interaction: &ComponentInteraction,
    button: GameButton,
) -> Result<Reply, HandlerError> {
    let origin = Origin::from(interaction);
    let user = origin.user;
    let (game, input) = match button {
        GameButton::Answer {
            game,
            round,
            choice,
        } => {
            let response = Response::Choice { choice };
            let message = MessageId(interaction.message.id.get());
            let ids = (message, InteractionId(interaction.id.get()));
            (game, answer(origin, round, response, ids))
        }
        GameButton::Type { game, round } => (game, Input::MayAnswer { round, user }),
        GameButton::Hint { game, round } | GameButton::TakeHint { game, round } => {
            (game, Input::Hint { round, user })
        }
        GameButton::Skip { game, round } => (game, Input::Skip { round, user }),
        GameButton::Pause { game } => {
            let rights = rights(app, interaction).await?;
            (game, Input::Pause { user, rights })
        }
        GameButton::Resume { game } => {
            let rights = rights(app, interaction).await?;
            (game, Input::Unpause { user, rights })
        }
        GameButton::Stop { game } | GameButton::Halt { game } => {
            let rights = rights(app, interaction).await?;
            let sure = matches!(button, GameButton::Halt { .. });
            (game, Input::Stop { user, rights, sure })
        }
        // From an earlier version's message.
        GameButton::Join { .. } => {
            return Ok(Reply::Aside(heat_view::reply::just_answer(langs.member)));
        }
        GameButton::Enter { game } => (game, Input::Enter { user }),
        GameButton::Team { game, team } => (game, Input::EnterTeam { user, team }),
        GameButton::Leave { game } => (game, Input::Leave { user }),
        GameButton::Begin { game } => (game, Input::Begin { user }),
        GameButton::Accept { game } => (game, Input::Accept { user }),
        GameButton::Decline { game } => (game, Input::Decline { user }),
    };
    let shows_game = is_shown_in_place(button, origin);
    let sent = InputContext {
        shows_game,
        ..sender(langs, interaction)
    };
    match send(langs, app, game, input, (origin.channel, sent)).await? {
        Ok(_) if shows_game => Ok(Reply::Accept),
        Ok(receipt) => Ok(done(langs, button, receipt, origin.guild.is_none())),
        Err(refused) => Ok(Reply::Aside(refused)),
    }
}

/// The reply to an answer from the form.
pub async fn typed(
    langs: Langs,
    app: &App,
    filled: &ModalInteraction,
    game: GameId,
    round: u16,
) -> Result<Reply, HandlerError> {
    // A form opened by a button comes back with the button's message.
    let Some(message) = filled.message.as_ref().map(|m| MessageId(m.id.get())) else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    let origin = Origin::from(filled);
    let response = Response::Typed {
        text: typed_text(filled, heat_view::quiz::TYPED_MAX),
    };
    let ids = (message, InteractionId(filled.id.get()));
    let input = answer(origin, round, response, ids);
    let nick = filled.member.as_ref().and_then(|m| m.nick.as_deref());
    let may_be_quoted = may_be_quoted(app, origin).await?;
    let sent = InputContext {
        token: InteractionToken(filled.token.as_str().into()),
        shows_game: origin.is_by_member(),
        lang: langs.member,
        by: Some((origin.user, known(&filled.user, nick, Some(may_be_quoted)))),
        others: Vec::new(),
    };
    let button = GameButton::Type { game, round };
    match send(langs, app, game, input, (origin.channel, sent)).await? {
        Ok(_) if origin.is_by_member() => Ok(Reply::Accept),
        Ok(receipt) => Ok(done(langs, button, receipt, origin.guild.is_none())),
        Err(refused) => Ok(Reply::Aside(refused)),
    }
}

/// Who pressed a button, for the game.
pub(super) fn sender(langs: Langs, press: &ComponentInteraction) -> InputContext {
    let nick = press.member.as_ref().and_then(|m| m.nick.as_deref());
    InputContext {
        token: InteractionToken(press.token.as_str().into()),
        shows_game: false,
        lang: langs.member,
        by: Some((Origin::from(press).user, known(&press.user, nick, None))),
        others: Vec::new(),
    }
}

/// An answer given by an interaction on a message, with the ids of the message and the interaction.
fn answer(
    by: Origin,
    round: u16,
    response: Response,
    (message, interaction): (MessageId, InteractionId),
) -> Input {
    let clicked_at_ms = snowflake::made_at_ms(interaction);
    Input::Answer {
        round,
        user: by.user,
        response,
        message,
        // A message that shows one question after another is older than the question. The time
        // counts only if the click is faster than Discord's confirmation of the question.
        posted_at_ms: if by.is_by_member() {
            clicked_at_ms
        } else {
            snowflake::made_at_ms(message)
        },
        clicked_at_ms,
    }
}

/// What a game keeps about a player besides their id, only in memory.
fn known(user: &User, nick: Option<&str>, may_be_quoted: Option<bool>) -> PlayerInfo {
    let name = nick.or(user.global_name.as_deref()).unwrap_or(&user.name);
    named(name, &user.name, may_be_quoted)
}

/// A player of these names.
pub(super) fn named(name: &str, username: &str, may_be_quoted: Option<bool>) -> PlayerInfo {
    let kept = |name: &str| plain(name).chars().take(NAME_MAX).collect::<String>();
    PlayerInfo {
        name: kept(name).into(),
        username: kept(username).into(),
        may_be_quoted,
    }
}

/// Whether a wrong typed answer of this member may be shown to others at the reveal.
async fn may_be_quoted(app: &App, origin: Origin) -> Result<bool, HandlerError> {
    let server = app.settings(origin.guild).await?;
    Ok(!server.hides_typed && !app.store.hides_typed(origin.user).await?)
}

/// Sends an input to its game. Returns the result, or a message saying why nothing happened.
pub(super) async fn send(
    langs: Langs,
    app: &App,
    game: GameId,
    input: Input,
    (channel, sent): (ChannelId, InputContext),
) -> Result<Result<Receipt, Message>, HandlerError> {
    match app.host.send(game, channel, input, sent).await {
        Ok(Answer::Done(receipt)) => Ok(Ok(receipt)),
        Ok(Answer::Refused { refusal, given }) => Ok(Err(heat_view::reply::refused(
            langs.member,
            &refusal,
            given.as_deref(),
        ))),
        // Not in this process; the store knows whether it is over.
        Err(HostError::NoSuchGame) => Ok(Err(if is_live(app, game, channel).await? {
            heat_view::reply::game_elsewhere(langs.member)
        } else {
            heat_view::reply::game_over(langs.member)
        })),
        Err(HostError::Stopping) => Ok(Err(heat_view::reply::restarting(langs.member))),
        Err(error) => Err(error.into()),
    }
}

/// Whether a game is on in this channel or thread, in any process.
async fn is_live(app: &App, game: GameId, channel: ChannelId) -> Result<bool, HandlerError> {
    if app.store.is_live(game, channel).await? {
        return Ok(true);
    }
    let stored = app.store.game(game).await?;
    let is_on = |stored: &StoredGame| !stored.ended && thread_of(stored) == Some(channel);
    Ok(stored.as_ref().is_some_and(is_on))
}

fn done(langs: Langs, button: GameButton, receipt: Receipt, solo: bool) -> Reply {
    Reply::Show(match (button, receipt) {
        (GameButton::Type { game, round }, Receipt::MayAnswer { prompt }) => {
            return Reply::Ask(heat_view::quiz::answer_box(
                langs.reply,
                game,
                round,
                &prompt,
            ));
        }
        (_, Receipt::Update(message) | Receipt::BonusPanel { panel: message, .. }) => message,
        (_, Receipt::Locked { choice, text }) => {
            heat_view::reply::locked_in(langs.reply, choice, &text)
        }
        (
            _,
            Receipt::Voted {
                votes,
                needed,
                skipped,
            },
        ) => heat_view::reply::voted(langs.reply, votes, needed, skipped),
        (_, Receipt::Paused { begun }) => heat_view::reply::paused(langs.reply, begun),
        (GameButton::Stop { game }, Receipt::SureToStop) => {
            heat_view::reply::sure_to_stop(langs.reply, game, solo)
        }
        (_, Receipt::Unpaused) => heat_view::reply::resumed(langs.reply),
        (_, Receipt::Stopped) => heat_view::reply::stopped(langs.reply, solo),
        // No button leads here.
        (_, Receipt::SureToStop | Receipt::Noted | Receipt::MayAnswer { .. }) => {
            heat_view::reply::unknown_interaction(langs.reply)
        }
    })
}

/// The questions of a game that this member missed.
pub async fn misses(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    game: GameId,
    page: u16,
) -> Result<Reply, HandlerError> {
    let stored = app.store.game(game).await?;
    let Some(stored) = stored.filter(|stored| is_of(stored, press)) else {
        return Ok(Reply::Aside(heat_view::reply::game_over(langs.member)));
    };
    let events = events_of(&stored)?;
    let played = game_of(&stored)?;
    let missed = game::misses(&events, Origin::from(press).user);
    let message =
        heat_view::misses::misses(langs.reply, game, played.rounds(), missed.as_deref(), page);
    Ok(Reply::Show(message))
}

/// One of the member's misses, asked again: the question, or the result of their choice.
pub async fn revenge(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    game: GameId,
    (at, right): (u16, u16),
    choice: Option<u8>,
) -> Result<Reply, HandlerError> {
    let stored = app.store.game(game).await?;
    let Some(stored) = stored.filter(|stored| is_of(stored, press)) else {
        return Ok(Reply::Aside(heat_view::reply::game_over(langs.member)));
    };
    let played = game_of(&stored)?;
    let missed = game::misses(&events_of(&stored)?, Origin::from(press).user);
    let revenge = Revenge {
        game,
        rounds: played.rounds(),
        misses: missed.as_deref().unwrap_or_default(),
        right,
    };
    Ok(Reply::Show(match choice {
        None => revenge.question(langs.reply, at),
        Some(choice) => revenge.answered(langs.reply, at, choice),
    }))
}

/// The member's rights over a game: Discord's permissions, and the server's settings.
pub(super) async fn rights(
    app: &App,
    press: &ComponentInteraction,
) -> Result<ControlRights, HandlerError> {
    let permissions = press.member.as_ref().and_then(|m| m.permissions);
    let settings = app.settings(Origin::from(press).guild).await?;
    Ok(ControlRights {
        may_manage: permissions
            .is_some_and(|p| p.contains(Permissions::MANAGE_MESSAGES) || p.administrator()),
        steering: settings.steering,
    })
}
