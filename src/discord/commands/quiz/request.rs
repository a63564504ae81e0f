//! Reads what the options of `/quiz` ask for.

use super::place::Place;
use crate::discord::commands::options;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{is_on, number, text, user};
use heat_core::bank::{PackList, Subject};
use heat_core::game::{Mode, Players, Settings, UserId};
use heat_core::library::{GuildLibrary, SubjectRequest};
use heat_view::custom_id::GameRequest;
use heat_view::message::Message;
use heat_view::reply::NoOpponent;
use serenity::all::CommandInteraction;

/// The requested settings, with the server's defaults for the rest; or what is wrong with them.
pub(super) fn settings(
    langs: Langs,
    library: &GuildLibrary,
    command: &CommandInteraction,
    place: &Place,
) -> Result<Settings, Message> {
    let server = &place.server;
    let (mode, opponent) = mode(langs, command, place)?;
    let rounds = match number(command, "rounds") {
        Some(rounds) => Settings::check_rounds(rounds)
            .map_err(|error| heat_view::reply::bad_setting(langs.member, error))?,
        None => server.rounds(),
    };
    let seconds = match number(command, "seconds") {
        Some(seconds) => Settings::check_seconds(seconds)
            .map_err(|error| heat_view::reply::bad_setting(langs.member, error))?,
        None => server.seconds().max(mode.rules().seconds_min),
    };
    let hosted = is_on(command, "host");
    if hosted {
        may_be_hosted(langs, place, mode)?;
    }
    let (packs, about) = questions(langs, library, command, place)?;
    let difficulty =
        text(command, "difficulty").map(|value| options::read_difficulty(langs, value));
    let answers = text(command, "answers").map(|value| options::read_answers(langs, value));
    Ok(Settings {
        packs,
        about,
        rounds,
        seconds,
        difficulty: difficulty.unwrap_or(Ok(server.difficulty))?,
        starter: place.user,
        solo: place.guild.is_none(),
        mode,
        answers: answers.unwrap_or(Ok(server.answers))?,
        pace: server.pace,
        opponent,
        rematch: false,
        finale: true,
        hosted,
    })
}

/// What is wrong with having a host here, if anything. A game that waits for a host may outlive every
/// interaction, so the bot must be able to post on its own.
fn may_be_hosted(langs: Langs, place: &Place, mode: Mode) -> Result<(), Message> {
    if place.guild.is_none() {
        Err(heat_view::host::not_alone(langs.member))
    } else if !mode.rules().can_be_hosted {
        Err(heat_view::host::not_in_mode(langs.member, mode))
    } else if place.route.may_post {
        Ok(())
    } else {
        Err(heat_view::host::not_where_mute(langs.member))
    }
}

/// The requested packs and subject. The server's defaults apply only if neither is given, and only
/// while they can be played.
fn questions(
    langs: Langs,
    library: &GuildLibrary,
    command: &CommandInteraction,
    place: &Place,
) -> Result<(PackList, Option<Subject>), Message> {
    let packs = text(command, "pack").map(|typed| options::pack_list(library, typed));
    let about = text(command, "about").map(|typed| options::read_about(langs, library, typed));
    Ok(match (packs, about.transpose()?) {
        (None, None) => of_server(library, place),
        (_, Some(Some(SubjectRequest::Packs(packs)))) => (packs, None),
        (packs, Some(Some(SubjectRequest::About(subject)))) => {
            (packs.unwrap_or_default(), Some(subject))
        }
        (packs, _) => (packs.unwrap_or_default(), None),
    })
}

/// The server's default packs and subject, as far as they can be played.
pub(super) fn of_server(library: &GuildLibrary, place: &Place) -> (PackList, Option<Subject>) {
    let packs = place.server.packs.clone();
    let about = place.server.about.clone();
    (
        packs.retained(|id| library.playable_packs().any(|pack| pack.id == id)),
        about.filter(|subject| library.is_playable(subject)),
    )
}

/// The settings chosen on the panel, with the server's defaults for the rest; or what is wrong with
/// them.
pub(super) fn from_panel(
    langs: Langs,
    library: &GuildLibrary,
    place: &Place,
    request: &GameRequest,
    hosted: bool,
) -> Result<Settings, Message> {
    let server = &place.server;
    let rules = request.mode.rules();
    if rules.players == Players::Invited {
        return Err(heat_view::reply::duel_needs_opponent(langs.member));
    }
    if place.guild.is_none() && !rules.alone {
        return Err(heat_view::reply::not_alone(langs.member, request.mode));
    }
    if hosted {
        may_be_hosted(langs, place, request.mode)?;
    }
    let (packs, about) = match options::read_about(langs, library, &request.about)? {
        None => (PackList::default(), None),
        Some(SubjectRequest::Packs(packs)) => (packs, None),
        Some(SubjectRequest::About(subject)) => (PackList::default(), Some(subject)),
    };
    Ok(Settings {
        packs,
        about,
        rounds: request.rounds,
        seconds: server.seconds().max(rules.seconds_min),
        difficulty: server.difficulty,
        starter: place.user,
        solo: place.guild.is_none(),
        mode: request.mode,
        answers: server.answers,
        pace: server.pace,
        opponent: None,
        rematch: false,
        finale: true,
        hosted,
    })
}

/// The title of a value of `about`, if it exists.
pub(super) fn title(langs: Langs, library: &GuildLibrary, about: &str) -> Option<String> {
    match options::read_about(langs, library, about).ok()?? {
        SubjectRequest::Packs(packs) => library.title_of(&packs),
        SubjectRequest::About(subject) => library.name_of(&subject),
    }
}

/// The mode and, in a duel, the opponent; or what is wrong with them. An opponent without a mode
/// means a duel.
fn mode(
    langs: Langs,
    command: &CommandInteraction,
    place: &Place,
) -> Result<(Mode, Option<UserId>), Message> {
    let named = user(command, "opponent");
    let mode = match text(command, "mode") {
        Some(mode) => options::read_mode(langs, mode)?,
        None if named.is_some() => Mode::Duel,
        None => place.server.mode,
    };
    if place.guild.is_none() && !mode.rules().alone {
        return Err(heat_view::reply::not_alone(langs.member, mode));
    }
    match (mode, named) {
        (Mode::Duel, Some((opponent, member))) => {
            let unfit = if UserId(opponent.id.get()) == place.user {
                Some(NoOpponent::Yourself)
            } else if opponent.bot {
                Some(NoOpponent::Bot)
            } else if member.is_none() {
                Some(NoOpponent::Elsewhere)
            } else {
                None
            };
            match unfit {
                Some(why) => Err(heat_view::reply::no_opponent(langs.member, why)),
                None => Ok((mode, Some(UserId(opponent.id.get())))),
            }
        }
        (Mode::Duel, None) => Err(heat_view::reply::duel_needs_opponent(langs.member)),
        (_, Some(_)) => Err(heat_view::reply::opponent_without_duel(langs.member)),
        (_, None) => Ok((mode, None)),
    }
}
