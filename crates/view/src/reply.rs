//! The bot's private replies to clicks and to wrong input: one plain sentence each.

use super::custom_id::GameButton;
use super::escape::{clip, escape};
use super::message::{Button, Embed, Message, Row, Style, Tone};
use super::phrases::{self, LETTERS};
use heat_core::bank::ChooseError;
use heat_core::game::{
    BONUS_TOTAL_MAX, ControlPolicy, GameId, Mode, Refusal, Response, SettingsError,
};
use heat_core::lang::Lang;

/// The answer is stored: the choice's letter and text, or what was typed. It does not say whether
/// that is right.
#[must_use]
pub fn locked_in(lang: Lang, choice: Option<u8>, text: &str) -> Message {
    Message::sentence(format!("Locked in: {}", answer(choice, text)))
}

fn answer(choice: Option<u8>, text: &str) -> String {
    match choice {
        Some(choice) => format!("**{}** · {}", letter(choice), escape(text)),
        None => format!("“{}”", escape(&clip(text, 100))),
    }
}

/// A pause has been asked for, or has begun.
#[must_use]
pub fn paused(lang: Lang, begun: bool) -> Message {
    if begun {
        Message::sentence(
            "Paused. **Resume** is under the last question; after ten minutes the game ends.",
        )
    } else {
        Message::sentence("The game pauses when this question has closed.")
    }
}

/// The game continues.
#[must_use]
pub fn resumed(lang: Lang) -> Message {
    Message::sentence("On we go: the next question comes in a moment.")
}

/// A race, duel or team game in a direct message.
#[must_use]
pub fn not_alone(lang: Lang, mode: Mode) -> Message {
    let alone = Mode::ALL.into_iter().filter(|mode| mode.rules().alone);
    let alone: Vec<String> = alone.map(|mode| format!("`{}`", mode.name())).collect();
    let alone: Vec<&str> = alone.iter().map(String::as_str).collect();
    Message::sentence(match mode {
        Mode::Duel => {
            "A duel takes two. Start it in a server that has me, with `opponent`.".to_owned()
        }
        Mode::Race => format!(
            "A race takes someone to race against. Start it in a server that has me; here, {} work.",
            phrases::listed(lang, &alone)
        ),
        _ => format!(
            "That takes company. Start it in a server that has me; here, {} work.",
            phrases::listed(lang, &alone)
        ),
    })
}

/// A duel without an opponent, or an opponent without a duel.
#[must_use]
pub fn duel_needs_opponent(lang: Lang) -> Message {
    Message::sentence("Choose whom to challenge with `opponent`.")
}

/// `opponent` given for another mode.
#[must_use]
pub fn opponent_without_duel(lang: Lang) -> Message {
    Message::sentence("`opponent` is for duels only. Leave it out, or choose the mode `duel`.")
}

/// Someone who cannot be an opponent.
#[must_use]
pub fn no_opponent(lang: Lang, why: NoOpponent) -> Message {
    Message::sentence(match why {
        NoOpponent::Yourself => {
            "You cannot duel yourself. `/quiz` in a direct message with me is for practising."
        }
        NoOpponent::Bot => "Bots do not play: challenge a person.",
        NoOpponent::Elsewhere => "That person is not in this server.",
    })
}

/// Why someone cannot be challenged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoOpponent {
    /// It is the starter.
    Yourself,
    /// It is a bot.
    Bot,
    /// It is no member of the server.
    Elsewhere,
}

/// A rematch requested by someone who was not in the duel.
#[must_use]
pub fn not_your_duel(lang: Lang) -> Message {
    Message::sentence(
        "Only the two players can ask for a rematch. Start your own duel with `/quiz mode:duel`.",
    )
}

/// A rematch with someone whose data was deleted.
#[must_use]
pub fn opponent_gone(lang: Lang) -> Message {
    Message::sentence(
        "I no longer know who your opponent was: their data was deleted. Start a new duel with `/quiz mode:duel`.",
    )
}

/// A vote to skip is counted.
#[must_use]
pub fn voted(lang: Lang, votes: u16, needed: u16, skipped: bool) -> Message {
    if skipped {
        Message::sentence("Skipped. On to the next one.")
    } else {
        Message::sentence(format!("Your vote to skip counts: {votes} of {needed}."))
    }
}

/// A member wants to stop a game that has begun: one for everyone, or their own.
#[must_use]
pub fn sure_to_stop(lang: Lang, game: GameId, solo: bool) -> Message {
    let asked = if solo {
        "Stop here? Your points so far count."
    } else {
        "Stop the game for everyone? The scores so far count."
    };
    Message {
        content: asked.to_owned(),
        rows: vec![Row::Buttons(vec![Button::new(
            GameButton::Halt { game }.to_string(),
            "Stop the game",
            Style::Danger,
        )])],
        ..Message::default()
    }
}

/// The game is stopped.
#[must_use]
pub fn stopped(lang: Lang, solo: bool) -> Message {
    Message::sentence(if solo {
        "Stopped. Your points so far count."
    } else {
        "Stopped. The scores so far count."
    })
}

/// A button of an earlier version, which let questions wait for a member.
#[must_use]
pub fn just_answer(lang: Lang) -> Message {
    Message::sentence("No need to sign up: just answer the next question.")
}

/// Why a click changed nothing. `given` is the text of the choice that counts.
#[must_use]
pub fn refused(lang: Lang, refusal: &Refusal, given: Option<&str>) -> Message {
    match *refusal {
        Refusal::AlreadyAnswered { ref response } => {
            let choice = match *response {
                Response::Choice { choice } => Some(choice),
                Response::Typed { .. } => None,
            };
            Message::sentence(format!(
                "Your first answer counts: {}.",
                answer(choice, given.unwrap_or_default())
            ))
        }
        Refusal::TooLate => Message::sentence("Too late: this question is closed."),
        Refusal::NotOpenYet => {
            Message::sentence("One moment, that question has only just arrived. Try again.")
        }
        Refusal::GameOver => game_over(lang),
        Refusal::NoSuchChoice => Message::sentence("There is no such choice."),
        Refusal::AlreadyVoted { votes, needed } => Message::sentence(format!(
            "You have already voted: {votes} of {needed} to skip."
        )),
        Refusal::AlreadyIn => {
            Message::sentence("You are already in. Changed your mind? Press **Leave**.")
        }
        Refusal::NotPlaying => {
            Message::sentence("Answer a question first; then your vote to skip counts.")
        }
        Refusal::NotSeated => Message::sentence(
            "You are not in this game: it is for those who joined before it began.",
        ),
        Refusal::Out => Message::sentence("You have no lives left. Enjoy the show!"),
        Refusal::LobbyFull => Message::sentence("This lobby is full."),
        Refusal::Full => {
            Message::sentence("This game has as many players as it can hold. Catch the next one!")
        }
        Refusal::OneTeam => Message::sentence(
            "Everyone is on one team. Someone has to switch before you can begin.",
        ),
        Refusal::StarterStays => Message::sentence("You opened this lobby; **Stop** closes it."),
        Refusal::BegunAlready => Message::sentence("The game has already begun."),
        Refusal::NotInvited { opponent } => Message::sentence(format!(
            "Only <@{opponent}> can accept or decline this challenge."
        )),
        Refusal::NotYourLobby { starter } => Message::sentence(format!(
            "Only <@{starter}>, who opened this lobby, can begin before its time is up."
        )),
        Refusal::NothingTyped => Message::sentence("Type at least one letter or digit."),
        Refusal::PausedAlready => {
            Message::sentence("The game is already paused, or will be after this question.")
        }
        Refusal::NotPaused => Message::sentence("The game is not paused."),
        Refusal::LastQuestion => Message::sentence("No need to pause: this is the last question."),
        Refusal::NotYours { starter } => Message::sentence(format!(
            "Only <@{starter}>, who started this game, or a member who can manage messages can do that."
        )),
        Refusal::PlayersOnly => Message::sentence(
            "In this server only players and members who can manage messages can do that. Answer a question first.",
        ),
        Refusal::ModeratorsOnly => {
            Message::sentence("In this server only members who can manage messages can do that.")
        }
        Refusal::HostDoesNotPlay => Message::sentence(
            "You are the host tonight, and know too much: the host does not play.",
        ),
        Refusal::NotTheHost { host } => Message::sentence(format!(
            "Only <@{host}>, who hosts this game, or a member who can manage messages can do that."
        )),
        Refusal::Confirmed => {
            Message::sentence("The game has gone on: the answers to that question are final.")
        }
        Refusal::NotBetweenQuestions => Message::sentence(
            "Bonus points are given between two questions, once the first has closed.",
        ),
        Refusal::GivenAlready => {
            Message::sentence("That bonus is already given. Press **Bonus** again to give another.")
        }
        Refusal::NoSuchPlayer => Message::sentence("That member has not played in this game."),
        Refusal::BonusSpent { left } => Message::sentence(format!(
            "A game has {BONUS_TOTAL_MAX} bonus points at most, and {left} are left."
        )),
        Refusal::Stale => Message::sentence("That is already done."),
    }
}

/// A button of a running game that this process cannot reach: another one is just taking it over.
#[must_use]
pub fn game_elsewhere(lang: Lang) -> Message {
    Message::sentence("I cannot reach this game right now. Please try again in a moment.")
}

/// A button of a game that no longer exists.
#[must_use]
pub fn game_over(lang: Lang) -> Message {
    Message::sentence("This game is over. Start another with `/quiz`.")
}

/// A server whose games another process plays, which this one cannot reach.
#[must_use]
pub fn other_part(lang: Lang) -> Message {
    Message::sentence(
        "Another part of me handles this server, and I cannot reach it from here. The bot's operator has to fix that.",
    )
}

/// The channel has a game. Says who can stop it; `None` in a direct message, where only the member
/// plays.
#[must_use]
pub fn channel_busy(lang: Lang, steering: Option<ControlPolicy>) -> Message {
    let Some(steering) = steering else {
        return Message::sentence(
            "You are in the middle of a game here. Finish it, or press **Stop** under its question.",
        );
    };
    let who = match steering {
        ControlPolicy::Starter => "its starter or a moderator",
        ControlPolicy::Players => "any player or a moderator",
        ControlPolicy::Moderators => "a moderator",
    };
    Message::sentence(format!(
        "A game is running in this channel; start another when it is over. If it was forgotten, {who} can stop it."
    ))
}

/// The member already plays a private quiz. Its message may be gone, so this can stop it too.
#[must_use]
pub fn already_playing(lang: Lang, game: Option<GameId>) -> Message {
    let stop = game.map(|game| GameButton::Halt { game }.to_string());
    let stop = stop.map(|stop| Button::new(stop, "Stop that one", Style::Danger));
    Message {
        rows: Row::of(stop.into_iter().collect()).into_iter().collect(),
        ..Message::sentence(
            "You are already playing a quiz that only you see. Finish it, or stop it here.",
        )
    }
}

/// A command that works only where the bot itself is.
#[must_use]
pub fn not_without_bot(lang: Lang) -> Message {
    Message::sentence(
        "That works only in servers that have added me. Wherever you take me: `/quiz`, `/daily`, `/cast`, `/news`, `/stats`.",
    )
}

/// A private quiz would not survive a restart here.
#[must_use]
pub fn no_private_quiz(lang: Lang) -> Message {
    Message::sentence(
        "I cannot run a quiz here. Send me a direct message and use `/quiz` there; everything else works here.",
    )
}

/// The process is stopping, and another replaces it.
#[must_use]
pub fn restarting(lang: Lang) -> Message {
    Message::sentence(
        "I am restarting. Please try again in a minute; running games continue on their own.",
    )
}

/// The database refuses a write.
#[must_use]
pub fn not_stored(lang: Lang, incident: &str) -> Message {
    Message {
        embeds: vec![Embed {
            title: "That did not work".to_owned(),
            description: format!(
                "I could not save that, so it did not count. Please try again in a moment; if it keeps happening, give the bot's operator the code `{}`.",
                escape(incident)
            ),
            tone: Tone::Bad,
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// The process has reached its limit of games.
#[must_use]
pub fn no_room(lang: Lang) -> Message {
    Message::sentence("I cannot take another game right now. Please try again in a few minutes.")
}

/// A number option out of range.
#[must_use]
pub fn bad_setting(lang: Lang, error: SettingsError) -> Message {
    let text = error.to_string();
    let mut chars = text.chars();
    let capital: String = chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default();
    Message::sentence(format!("{capital}."))
}

/// No questions can be chosen.
#[must_use]
pub fn no_questions(lang: Lang, error: &ChooseError) -> Message {
    match error {
        ChooseError::UnknownPack(pack) => Message::sentence(format!(
            "I know no pack called “{}”. Pick one from the list that appears as you type.",
            escape(&clip(pack, 80))
        )),
        ChooseError::SwitchedOff(pack) => Message::sentence(format!(
            "The pack “{}” is switched off in this server. A manager can switch it on with `/packs on`.",
            escape(&clip(pack, 80))
        )),
        ChooseError::NoQuestion => {
            Message::sentence("No questions fit that choice. Try another pack or difficulty.")
        }
        ChooseError::AllRest => Message::sentence(
            "Every question that fits is hidden here, because members reported it. Try another pack or difficulty. Managers can see the reports with `/reports`.",
        ),
    }
}

/// A share code that no game has.
#[must_use]
pub fn unknown_code(lang: Lang, code: &str) -> Message {
    Message::sentence(format!(
        "No game has the code “{}”. Codes look like K7TQ2M4X; you find them at the start and end of every game.",
        escape(&clip(code, 40))
    ))
}

/// A word that is not among an option's choices.
#[must_use]
pub fn unknown_choice(lang: Lang, option: &str, value: &str) -> Message {
    Message::sentence(format!(
        "“{}” is not a valid {}. Pick one from the list.",
        escape(&clip(value, 80)),
        escape(option)
    ))
}

/// A command or button that this version does not know.
#[must_use]
pub fn unknown_interaction(lang: Lang) -> Message {
    Message::sentence("I do not know that one. `/help` shows what I can do.")
}

/// Something went wrong that the member cannot fix. `incident` finds it in the log.
#[must_use]
pub fn broken(lang: Lang, incident: &str) -> Message {
    Message {
        embeds: vec![Embed {
            title: "That did not work".to_owned(),
            description: format!(
                "Something went wrong on my side. Nothing confirmed is lost. Please try again; if it keeps happening, give the bot's operator the code `{}`.",
                escape(incident)
            ),
            tone: Tone::Bad,
            ..Embed::default()
        }],
        ..Message::default()
    }
}

fn letter(choice: u8) -> char {
    LETTERS.get(usize::from(choice)).copied().unwrap_or('?')
}
