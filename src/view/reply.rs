//! The bot's private answers to clicks and to wrong input: one plain sentence each.

use super::escape::{clip, escape};
use super::message::{Embed, Message, Tone};
use super::phrases::LETTERS;
use crate::bank::ChooseError;
use crate::game::{Refusal, SettingsError};

/// A short private answer.
fn sentence(text: impl Into<String>) -> Message {
    Message {
        content: clip(&text.into(), 2000),
        ..Message::default()
    }
}

/// The choice a member made is stored.
#[must_use]
pub fn locked_in(choice: u8, text: &str) -> Message {
    sentence(format!(
        "Locked in: **{}** · {}",
        letter(choice),
        escape(text)
    ))
}

/// A vote to skip is counted.
#[must_use]
pub fn voted(votes: u16, needed: u16, skipped: bool) -> Message {
    if skipped {
        sentence("Skipped. On to the next one.")
    } else {
        sentence(format!("Your vote to skip counts: {votes} of {needed}."))
    }
}

/// The game is stopped.
#[must_use]
pub fn stopped() -> Message {
    sentence("Stopped. The scores so far count.")
}

/// The coming questions wait for this member.
#[must_use]
pub fn joined() -> Message {
    sentence("You are in: the next questions wait for your answer.")
}

/// Why a click changed nothing. `given` is the text of the choice that counts.
#[must_use]
pub fn refused(refusal: Refusal, given: Option<&str>) -> Message {
    match refusal {
        Refusal::AlreadyAnswered { choice } => {
            let text = given
                .map(|t| format!(" · {}", escape(t)))
                .unwrap_or_default();
            sentence(format!(
                "Your first answer counts: **{}**{text}.",
                letter(choice)
            ))
        }
        Refusal::TooLate => sentence("Too late: this question is closed."),
        Refusal::GameOver => game_over(),
        Refusal::NoSuchChoice => sentence("There is no such choice."),
        Refusal::AlreadyVoted { votes, needed } => sentence(format!(
            "Your vote counts already: {votes} of {needed} to skip."
        )),
        Refusal::AlreadyIn => sentence("You are in already: the next questions wait for you."),
        Refusal::NotPlaying => sentence("Answer a question first; then your vote to skip counts."),
        Refusal::NotYours { starter } => sentence(format!(
            "Only <@{starter}>, who started this game, or a member who may manage messages can stop it."
        )),
        Refusal::Stale => sentence("That has been done already."),
    }
}

/// A button of a game that is no more.
#[must_use]
pub fn game_over() -> Message {
    sentence("This game is over. `/quiz` starts another.")
}

/// There is a game in this channel.
#[must_use]
pub fn channel_busy() -> Message {
    sentence("A game is on in this channel. Join in, or stop it first.")
}

/// The process is stopping or has as many games as it may hold.
#[must_use]
pub fn no_room() -> Message {
    sentence("I cannot take another game right now. Please try again in a few minutes.")
}

/// A number option out of range.
#[must_use]
pub fn bad_setting(error: SettingsError) -> Message {
    let text = error.to_string();
    let mut chars = text.chars();
    let capital: String = chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default();
    sentence(format!("{capital}."))
}

/// No questions can be chosen.
#[must_use]
pub fn no_questions(error: &ChooseError) -> Message {
    match error {
        ChooseError::UnknownPack(pack) => sentence(format!(
            "I know no pack called “{}”. Pick one from the list that appears as you type.",
            escape(&clip(pack, 80))
        )),
        ChooseError::NoQuestion => {
            sentence("No questions fit that choice. Try another pack or difficulty.")
        }
    }
}

/// A share code that no game has.
#[must_use]
pub fn unknown_code(code: &str) -> Message {
    sentence(format!(
        "No game has the code “{}”. Codes stand under every question, like K7TQ2M4X.",
        escape(&clip(code, 40))
    ))
}

/// A word that is not among an option's choices.
#[must_use]
pub fn unknown_choice(option: &str, value: &str) -> Message {
    sentence(format!(
        "“{}” is no {}. Pick one from the list.",
        escape(&clip(value, 80)),
        escape(option)
    ))
}

/// A command or button that this version does not know.
#[must_use]
pub fn unknown_interaction() -> Message {
    sentence("I do not know that one any more. `/help` lists what I can do.")
}

/// Something went wrong that the member cannot mend. `incident` finds it in the log.
#[must_use]
pub fn broken(incident: &str) -> Message {
    Message {
        embeds: vec![Embed {
            title: "That did not work".to_owned(),
            description: format!(
                "Something went wrong on my side. Nothing you were told is lost. Please try again; if it stays, tell whoever runs this bot the code `{}`.",
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
