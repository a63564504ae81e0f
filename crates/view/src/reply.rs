//! The bot's private replies to clicks and to wrong input: one plain sentence each.

use super::catalogue::text;
use super::custom_id::GameButton;
use super::escape::{escape, escape_clipped};
use super::message::{Button, Message, Row, Style, Tone};
use super::phrases::{self, LETTERS};
use heat_core::bank::ChooseError;
use heat_core::game::{
    BONUS_TOTAL_MAX, ControlPolicy, GameId, Mode, Refusal, Response, Settings, SettingsError,
    UserId,
};
use heat_core::lang::Lang;

/// The answer is stored: the choice's letter and text, or what was typed. It does not say whether
/// that is right.
#[must_use]
pub fn locked_in(lang: Lang, choice: Option<u8>, text: &str) -> Message {
    Message::sentence(match choice {
        Some(choice) => text!(
            lang,
            "reply-locked-in-choice",
            letter = letter(choice),
            answer = escape(text)
        ),
        None => text!(lang, "reply-locked-in-typed", answer = typed(text)),
    })
}

fn first_answer(lang: Lang, response: &Response, text: &str) -> String {
    match response {
        Response::Choice { choice } => text!(
            lang,
            "reply-first-answer-choice",
            letter = letter(*choice),
            answer = escape(text)
        ),
        Response::Typed { .. } => text!(lang, "reply-first-answer-typed", answer = typed(text)),
    }
}

fn typed(text: &str) -> String {
    escape_clipped(text, 100)
}

fn letter(choice: u8) -> String {
    let letter = LETTERS.get(usize::from(choice));
    letter.map_or_else(|| "?".to_owned(), char::to_string)
}

/// A pause has been asked for, or has begun.
#[must_use]
pub fn paused(lang: Lang, begun: bool) -> Message {
    Message::sentence(if begun {
        text!(lang, "reply-paused")
    } else {
        text!(lang, "reply-pause-comes")
    })
}

/// The game continues.
#[must_use]
pub fn resumed(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-resumed"))
}

/// A race, duel or team game in a direct message.
#[must_use]
pub fn not_alone(lang: Lang, mode: Mode) -> Message {
    let alone = Mode::ALL.into_iter().filter(|mode| mode.rules().alone);
    let alone: Vec<String> = alone.map(|mode| format!("`{}`", mode.name())).collect();
    let alone: Vec<&str> = alone.iter().map(String::as_str).collect();
    let modes = phrases::listed(lang, &alone);
    Message::sentence(match mode {
        Mode::Duel => text!(lang, "reply-alone-duel"),
        Mode::Race => text!(lang, "reply-alone-race", modes = modes),
        _ => text!(lang, "reply-alone-teams", modes = modes),
    })
}

/// A duel without an opponent, or an opponent without a duel.
#[must_use]
pub fn duel_needs_opponent(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-duel-needs-opponent"))
}

/// `opponent` given for another mode.
#[must_use]
pub fn opponent_without_duel(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-opponent-without-duel"))
}

/// Someone who cannot be an opponent.
#[must_use]
pub fn no_opponent(lang: Lang, why: NoOpponent) -> Message {
    Message::sentence(match why {
        NoOpponent::Yourself => text!(lang, "reply-opponent-yourself"),
        NoOpponent::Bot => text!(lang, "reply-opponent-bot"),
        NoOpponent::Elsewhere => text!(lang, "reply-opponent-elsewhere"),
    })
}

/// Why someone cannot be challenged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoOpponent {
    /// It is the starter.
    Yourself,
    /// It is a bot.
    Bot,
    /// They are not a member of the server.
    Elsewhere,
}

/// A rematch requested by someone who was not in the duel.
#[must_use]
pub fn not_your_duel(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-not-your-duel"))
}

/// A rematch with someone whose data was deleted.
#[must_use]
pub fn opponent_gone(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-opponent-gone"))
}

/// A vote to skip is counted.
#[must_use]
pub fn voted(lang: Lang, votes: u16, needed: u16, skipped: bool) -> Message {
    Message::sentence(if skipped {
        text!(lang, "reply-skipped")
    } else {
        text!(lang, "reply-voted", votes = votes, needed = needed)
    })
}

/// A member wants to stop a game that has begun: one for everyone, or their own.
#[must_use]
pub fn sure_to_stop(lang: Lang, game: GameId, solo: bool) -> Message {
    let asked = if solo {
        text!(lang, "reply-sure-to-stop-alone")
    } else {
        text!(lang, "reply-sure-to-stop")
    };
    Message {
        content: asked,
        rows: vec![Row::Buttons(vec![Button::new(
            GameButton::Halt { game }.to_string(),
            text!(lang, "reply-button-stop"),
            Style::Danger,
        )])],
        ..Message::default()
    }
}

/// The game is stopped.
#[must_use]
pub fn stopped(lang: Lang, solo: bool) -> Message {
    Message::sentence(if solo {
        text!(lang, "reply-stopped-alone")
    } else {
        text!(lang, "reply-stopped")
    })
}

/// A button of an earlier version, which let questions wait for a member.
#[must_use]
pub fn just_answer(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-just-answer"))
}

/// Why a click changed nothing. `given` is the text of the choice that counts.
#[must_use]
pub fn refused(lang: Lang, refusal: &Refusal, given: Option<&str>) -> Message {
    let mention = |user: UserId| format!("<@{user}>");
    Message::sentence(match *refusal {
        Refusal::AlreadyAnswered { ref response } => {
            first_answer(lang, response, given.unwrap_or_default())
        }
        Refusal::TooLate => text!(lang, "reply-too-late"),
        Refusal::NotOpenYet => text!(lang, "reply-not-open-yet"),
        Refusal::GameOver => text!(lang, "reply-game-over"),
        Refusal::NoSuchChoice => text!(lang, "reply-no-such-choice"),
        Refusal::AlreadyVoted { votes, needed } => {
            text!(lang, "reply-voted-already", votes = votes, needed = needed)
        }
        Refusal::AlreadyIn => text!(lang, "reply-already-in"),
        Refusal::NotPlaying => text!(lang, "reply-not-playing"),
        Refusal::NotSeated => text!(lang, "reply-not-seated"),
        Refusal::Out => text!(lang, "reply-out"),
        Refusal::LobbyFull => text!(lang, "reply-lobby-full"),
        Refusal::Full => text!(lang, "reply-full"),
        Refusal::OneTeam => text!(lang, "reply-one-team"),
        Refusal::StarterStays => text!(lang, "reply-starter-stays"),
        Refusal::BegunAlready => text!(lang, "reply-begun-already"),
        Refusal::NotInvited { opponent } => {
            text!(lang, "reply-not-invited", opponent = mention(opponent))
        }
        Refusal::NotYourLobby { starter } => {
            text!(lang, "reply-not-your-lobby", starter = mention(starter))
        }
        Refusal::NothingTyped => text!(lang, "reply-nothing-typed"),
        Refusal::PausedAlready => text!(lang, "reply-paused-already"),
        Refusal::NotPaused => text!(lang, "reply-not-paused"),
        Refusal::LastQuestion => text!(lang, "reply-last-question"),
        Refusal::NotYours { starter } => {
            text!(lang, "reply-not-yours", starter = mention(starter))
        }
        Refusal::PlayersOnly => text!(lang, "reply-players-only"),
        Refusal::ModeratorsOnly => text!(lang, "reply-moderators-only"),
        Refusal::HostDoesNotPlay => text!(lang, "reply-host-does-not-play"),
        Refusal::NotTheHost { host } => text!(lang, "reply-not-the-host", host = mention(host)),
        Refusal::Confirmed => text!(lang, "reply-confirmed"),
        Refusal::NotBetweenQuestions => text!(lang, "reply-not-between-questions"),
        Refusal::GivenAlready => text!(lang, "reply-bonus-given-already"),
        Refusal::NoSuchPlayer => text!(lang, "reply-no-such-player"),
        Refusal::BonusSpent { left } => {
            text!(
                lang,
                "reply-bonus-spent",
                max = BONUS_TOTAL_MAX,
                left = left
            )
        }
        Refusal::Stale => text!(lang, "reply-stale"),
    })
}

/// A button of a running game that this process cannot reach: another one is just taking it over.
#[must_use]
pub fn game_elsewhere(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-game-elsewhere"))
}

/// A button of a game that no longer exists.
#[must_use]
pub fn game_over(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-game-over"))
}

/// A server whose games another process plays, which this one cannot reach.
#[must_use]
pub fn other_part(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-other-part"))
}

/// The channel has a game. Says who can stop it; `None` in a direct message, where only the member
/// plays.
#[must_use]
pub fn channel_busy(lang: Lang, steering: Option<ControlPolicy>) -> Message {
    Message::sentence(match steering {
        None => text!(lang, "reply-busy-alone"),
        Some(ControlPolicy::Starter) => text!(lang, "reply-busy-starter"),
        Some(ControlPolicy::Players) => text!(lang, "reply-busy-players"),
        Some(ControlPolicy::Moderators) => text!(lang, "reply-busy-moderators"),
    })
}

/// The member already plays a private quiz. Its message may be gone, so this can stop it too.
#[must_use]
pub fn already_playing(lang: Lang, game: Option<GameId>) -> Message {
    let stop = game.map(|game| GameButton::Halt { game }.to_string());
    let label = text!(lang, "reply-button-stop-other");
    let stop = stop.map(|stop| Button::new(stop, label, Style::Danger));
    Message {
        rows: Row::of(stop.into_iter().collect()).into_iter().collect(),
        ..Message::sentence(text!(lang, "reply-already-playing"))
    }
}

/// A command that works only where the bot itself is.
#[must_use]
pub fn not_without_bot(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-not-without-bot"))
}

/// A private quiz would not survive a restart here.
#[must_use]
pub fn no_private_quiz(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-no-private-quiz"))
}

/// The process is stopping, and another replaces it.
#[must_use]
pub fn restarting(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-restarting"))
}

/// The database refuses a write.
#[must_use]
pub fn not_stored(lang: Lang, incident: &str) -> Message {
    let text = text!(lang, "reply-not-stored", incident = escape(incident));
    Message::framed(&text!(lang, "reply-failed"), text, Tone::Bad)
}

/// The process has reached its limit of games.
#[must_use]
pub fn no_room(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-no-room"))
}

/// A number option out of range.
#[must_use]
pub fn bad_setting(lang: Lang, error: SettingsError) -> Message {
    Message::sentence(match error {
        SettingsError::Rounds(given) => {
            text!(
                lang,
                "reply-bad-rounds",
                max = Settings::ROUNDS_MAX,
                given = given
            )
        }
        SettingsError::Seconds(given) => text!(
            lang,
            "reply-bad-seconds",
            min = Settings::SECONDS_MIN,
            max = Settings::SECONDS_MAX,
            given = given
        ),
    })
}

/// No questions can be chosen.
#[must_use]
pub fn no_questions(lang: Lang, error: &ChooseError) -> Message {
    let name = |pack: &str| escape_clipped(pack, 80);
    Message::sentence(match error {
        ChooseError::UnknownPack(pack) => text!(lang, "reply-unknown-pack", pack = name(pack)),
        ChooseError::SwitchedOff(pack) => text!(lang, "reply-pack-off", pack = name(pack)),
        ChooseError::NoQuestion => text!(lang, "reply-no-question"),
        ChooseError::AllHidden => text!(lang, "reply-all-rest"),
    })
}

/// A share code that no game has.
#[must_use]
pub fn unknown_code(lang: Lang, code: &str) -> Message {
    let code = escape_clipped(code, 40);
    Message::sentence(text!(lang, "reply-unknown-code", code = code))
}

/// A word that is not among the choices of an option: its name, or "default-mode".
#[must_use]
pub fn unknown_choice(lang: Lang, option: &str, value: &str) -> Message {
    Message::sentence(text!(
        lang,
        "reply-unknown-choice",
        value = escape_clipped(value, 80),
        option = option
    ))
}

/// A command or button that this version does not know.
#[must_use]
pub fn unknown_interaction(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reply-unknown-interaction"))
}

/// Something went wrong that the member cannot fix. `incident` finds it in the log.
#[must_use]
pub fn broken(lang: Lang, incident: &str) -> Message {
    let text = text!(lang, "reply-broken", incident = escape(incident));
    Message::framed(&text!(lang, "reply-failed"), text, Tone::Bad)
}
