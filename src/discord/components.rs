//! Buttons and menus: each `custom_id` says by itself what it asks for, so a press is answered
//! whatever has been restarted since.

use crate::discord::Reply;
use crate::discord::app::App;
use crate::discord::commands::{cast, daily, leaderboard, news, packs, privacy, quiz, reports};
use crate::discord::router::Trouble;
use crate::discord::snowflake;
use crate::host::{Answer, HostError, InteractionToken, Receipt, events_of, game_of};
use heat_core::game::{self, GameId, Input, MessageId, Response, Rights, UserId};
use heat_core::meter::OTHER;
use heat_store::StoredGame;
use heat_view::message::Message;
use heat_view::press::Press;
use serenity::all::{
    ActionRowComponent, ComponentInteraction, ComponentInteractionDataKind, GuildId, MessageFlags,
    ModalInteraction, Permissions,
};

/// The reply to a pressed button or a chosen line of a menu.
///
/// # Errors
/// [`Trouble`] if the bot, and not the member, is at fault.
pub async fn reply(app: &App, press: &ComponentInteraction) -> Result<Reply, Trouble> {
    let reply = answer(app, press).await?;
    let shows = press.message.flags;
    Ok(kept_private(reply, &press.data.custom_id, shows))
}

/// A change of a private message, told privately where it would change one that all can see: the
/// button of one may be forged on the other.
fn kept_private(reply: Reply, custom_id: &str, flags: Option<MessageFlags>) -> Reply {
    let is_private = flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    let is_meant_so = heat_view::packs::Press::parse(custom_id).is_some()
        || heat_view::reports::Press::parse(custom_id).is_some()
        || matches!(
            Press::parse(custom_id),
            Some(Press::TakeHint { .. } | Press::Misses { .. })
        );
    match reply {
        Reply::Update(message) if is_meant_so && !is_private => Reply::private(message),
        reply => reply,
    }
}

async fn answer(app: &App, press: &ComponentInteraction) -> Result<Reply, Trouble> {
    let custom_id = press.data.custom_id.as_str();
    if let Some(game_press) = Press::parse(custom_id) {
        return match game_press {
            Press::Again { game } => quiz::again(app, press, game).await,
            Press::Misses { game, page } => misses(app, press, game, page).await,
            Press::Report { game, round } => reports::open(app, press, game, round).await,
            other => in_game(app, press, other).await,
        };
    }
    if let Some(wish) = heat_view::daily::Press::parse(custom_id) {
        return daily::press(app, press, wish).await;
    }
    if let Some(wish) = leaderboard::wish(press) {
        return leaderboard::turn(app, press, wish).await;
    }
    if let Some(wish) = heat_view::packs::Press::parse(custom_id) {
        return packs::press(app, press, wish).await;
    }
    if let Some(wish) = heat_view::reports::Press::parse(custom_id) {
        return reports::press(app, press, wish).await;
    }
    if let Some(wish) = heat_view::privacy::Press::parse(custom_id) {
        return privacy::press(app, press, wish).await;
    }
    let facts = app.facts(press.guild_id.map(GuildId::get)).await?;
    if let Some(reply) = cast::press(&facts, press) {
        return Ok(reply);
    }
    if let Some(reply) = news::press(&facts, press) {
        return Ok(reply);
    }
    Ok(Reply::private(heat_view::reply::unknown_interaction()))
}

/// The kinds that [`kind`] tells apart.
pub const KINDS: &[&str] = &[
    "answer",
    "game",
    "daily",
    "leaderboard",
    "packs",
    "reports",
    "privacy",
    "cast",
    "news",
];

/// What a `custom_id` is about, for counting.
#[must_use]
pub fn kind(custom_id: &str) -> &'static str {
    match Press::parse(custom_id) {
        Some(Press::Answer { .. } | Press::Type { .. }) => "answer",
        Some(_) => "game",
        None if heat_view::packs::Press::parse(custom_id).is_some() => "packs",
        None if heat_view::reports::Press::parse(custom_id).is_some() => "reports",
        None if heat_view::daily::Press::parse(custom_id).is_some() => "daily",
        None if heat_view::privacy::Press::parse(custom_id).is_some() => "privacy",
        None if leaderboard::updates(custom_id) => "leaderboard",
        None if news::updates(custom_id) => "news",
        None if heat_view::cast::parse_custom_id(custom_id).is_some() => "cast",
        None => OTHER,
    }
}

/// Whether a press with this `custom_id` changes the message it stands on.
#[must_use]
pub fn updates(custom_id: &str) -> bool {
    heat_view::packs::Press::parse(custom_id).is_some()
        || heat_view::reports::Press::parse(custom_id).is_some_and(|press| !press.asks())
        || heat_view::daily::Press::parse(custom_id).is_some_and(heat_view::daily::Press::updates)
        || heat_view::privacy::Press::parse(custom_id)
            .is_some_and(heat_view::privacy::Press::updates)
        || leaderboard::updates(custom_id)
        || news::updates(custom_id)
        || cast::updates(custom_id)
        || Press::parse(custom_id).is_some_and(Press::updates)
}

/// Whether a press with this `custom_id` opens a box to type in.
#[must_use]
pub fn asks(custom_id: &str) -> bool {
    matches!(Press::parse(custom_id), Some(Press::Type { .. }))
        || heat_view::reports::Press::parse(custom_id).is_some_and(heat_view::reports::Press::asks)
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
                response: Response::Choice { choice },
                message: MessageId(message),
                posted_at_ms: snowflake::made_at_ms(message),
                clicked_at_ms: snowflake::made_at_ms(interaction.id.get()),
            };
            (game, input)
        }
        Press::Type { game, round } | Press::Hint { game, round } => {
            (game, Input::MayAnswer { round, user })
        }
        Press::TakeHint { game, round } => (game, Input::Hint { round, user }),
        Press::Skip { game, round } => (game, Input::Skip { round, user }),
        Press::Pause { game } => {
            let rights = rights(app, interaction).await?;
            (game, Input::Pause { user, rights })
        }
        Press::Resume { game } => {
            let rights = rights(app, interaction).await?;
            (game, Input::Unpause { user, rights })
        }
        Press::Stop { game } => {
            let rights = rights(app, interaction).await?;
            (game, Input::Stop { user, rights })
        }
        Press::Join { game } => (game, Input::Join { user }),
        Press::Enter { game } => (game, Input::Enter { user }),
        Press::Leave { game } => (game, Input::Leave { user }),
        Press::Begin { game } => (game, Input::Begin { user }),
        Press::Accept { game } => (game, Input::Accept { user }),
        Press::Decline { game } => (game, Input::Decline { user }),
        Press::Again { .. } | Press::Misses { .. } | Press::Report { .. } => {
            return Ok(Reply::private(heat_view::reply::unknown_interaction()));
        }
    };
    let from = (interaction.channel_id.get(), interaction.token.as_str());
    match send(app, game, input, from).await? {
        Ok(receipt) => Ok(done(press, receipt)),
        Err(refused) => Ok(Reply::private(refused)),
    }
}

/// A box that was filled in comes back.
///
/// # Errors
/// [`Trouble`] if the bot, and not the member, is at fault.
pub async fn filled_in(app: &App, filled: &ModalInteraction) -> Result<Reply, Trouble> {
    if let Some(wish) = heat_view::reports::Press::parse(&filled.data.custom_id) {
        let reply = reports::filled_in(app, filled, wish).await?;
        let shows = filled.message.as_ref().and_then(|message| message.flags);
        return Ok(kept_private(reply, &filled.data.custom_id, shows));
    }
    let Some(press @ Press::Type { game, round }) = Press::parse(&filled.data.custom_id) else {
        return Ok(Reply::private(heat_view::reply::unknown_interaction()));
    };
    // A box opened by a button comes back with the button's message.
    let Some(message) = filled.message.as_ref().map(|m| m.id.get()) else {
        return Ok(Reply::private(heat_view::reply::unknown_interaction()));
    };
    let input = Input::Answer {
        round,
        user: UserId(filled.user.id.get()),
        response: Response::Typed {
            text: typed_text(filled, heat_view::quiz::TYPED_MAX),
        },
        message: MessageId(message),
        posted_at_ms: snowflake::made_at_ms(message),
        clicked_at_ms: snowflake::made_at_ms(filled.id.get()),
    };
    let from = (filled.channel_id.get(), filled.token.as_str());
    match send(app, game, input, from).await? {
        Ok(receipt) => Ok(done(press, receipt)),
        Err(refused) => Ok(Reply::private(refused)),
    }
}

/// What stands in the box's first line, no longer than the box allows: a forged answer may be.
pub fn typed_text(filled: &ModalInteraction, length_max: u16) -> String {
    let inputs = filled
        .data
        .components
        .iter()
        .flat_map(|row| &row.components);
    let text = inputs.into_iter().find_map(|input| match input {
        ActionRowComponent::InputText(input) => input.value.as_deref(),
        _ => None,
    });
    let text = text.unwrap_or_default().trim();
    text.chars().take(usize::from(length_max)).collect()
}

/// Hands an input to its game: what came of it, or the sentence that says why nothing did.
async fn send(
    app: &App,
    game: GameId,
    input: Input,
    (channel, token): (u64, &str),
) -> Result<Result<Receipt, Message>, Trouble> {
    let token = InteractionToken(token.into());
    match app.host.send(game, channel, input, token).await {
        Ok(Answer::Done(receipt)) => Ok(Ok(receipt)),
        Ok(Answer::Refused { refusal, given }) => {
            Ok(Err(heat_view::reply::refused(&refusal, given.as_deref())))
        }
        Err(HostError::NoSuchGame) => Ok(Err(heat_view::reply::game_over())),
        Err(HostError::Stopping) => Ok(Err(heat_view::reply::restarting())),
        Err(error) => Err(error.into()),
    }
}

fn done(press: Press, receipt: Receipt) -> Reply {
    let message = match (press, receipt) {
        (Press::Type { game, round }, Receipt::MayAnswer { prompt, .. }) => {
            return Reply::Ask(heat_view::quiz::answer_box(game, round, &prompt));
        }
        (Press::Hint { game, round }, Receipt::MayAnswer { typed, .. }) => {
            heat_view::hint::offer(game, round, typed)
        }
        (_, Receipt::Update(message)) => return Reply::Update(message),
        (_, Receipt::Locked { choice, text }) => heat_view::reply::locked_in(choice, &text),
        (
            _,
            Receipt::Voted {
                votes,
                needed,
                skipped,
            },
        ) => heat_view::reply::voted(votes, needed, skipped),
        (_, Receipt::Joined) => heat_view::reply::joined(),
        (_, Receipt::Paused { begun }) => heat_view::reply::paused(begun),
        (_, Receipt::Unpaused) => heat_view::reply::resumed(),
        (_, Receipt::Stopped | Receipt::Noted | Receipt::MayAnswer { .. }) => {
            heat_view::reply::stopped()
        }
    };
    Reply::private(message)
}

/// Whether a stored game was played where this press comes from. The number of a game may be forged.
#[must_use]
pub fn is_of(stored: &StoredGame, press: &ComponentInteraction) -> bool {
    let guild = press.guild_id.map(GuildId::get);
    (stored.meta.guild, stored.meta.channel) == (guild, press.channel_id.get())
}

/// The questions of a game that this member got wrong.
async fn misses(
    app: &App,
    press: &ComponentInteraction,
    game: GameId,
    page: u16,
) -> Result<Reply, Trouble> {
    let stored = app.store.game(game.0).await?;
    let Some(stored) = stored.filter(|stored| is_of(stored, press)) else {
        return Ok(Reply::private(heat_view::reply::game_over()));
    };
    let events = events_of(&stored)?;
    let played = game_of(&stored)?;
    let missed = game::misses(&events, UserId(press.user.id.get()));
    let message = heat_view::misses::misses(game, played.rounds(), missed.as_deref(), page);
    Ok(if page == 0 {
        Reply::private(message)
    } else {
        Reply::Update(message)
    })
}

/// By what right the member would steer a game: the permissions that Discord computed, and what
/// the server has settled.
async fn rights(app: &App, press: &ComponentInteraction) -> Result<Rights, Trouble> {
    let permissions = press.member.as_ref().and_then(|m| m.permissions);
    let settings = app.settings(press.guild_id.map(GuildId::get)).await?;
    Ok(Rights {
        may_manage: permissions
            .is_some_and(|p| p.contains(Permissions::MANAGE_MESSAGES) || p.administrator()),
        steering: settings.steering,
    })
}
