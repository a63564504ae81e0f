//! A game's messages up to the reveal: each question. What comes before is in `start` and `lobby`, what
//! follows in `reveal` and `scoreboard`.
//!
//! Before a round has closed nothing rendered here depends on which choice is right.

use super::custom_id::GameButton;
use super::escape::{clip, escape, plain};
use super::message::{Button, Embed, Field, Message, Modal, ReadOnlyText, Row, Style, Tone};
use super::phrases::{self, LETTERS};
use heat_core::bank::Round;
use heat_core::game::{AnswerStyle, Asks, Game, GameId, Phase, UserId, score};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Clients cut longer labels, in characters. Choices that would not fit stand in the text, and
/// their buttons bear the letters alone.
const LABEL_READABLE: usize = 34;
/// Players whose lives an open question lists; the others are counted.
const STILL_IN_MAX: usize = 12;
/// How much of a question the box shows, in characters: more than any question has.
const TO_READ_MAX: usize = 1_000;
/// Players of a game whose names are kept.
const KNOWN_MAX: usize = 200;
/// The longest clue, in characters.
const CLUE_MAX: usize = 300;
/// The longest answer that can be typed, in characters.
pub const TYPED_MAX: u16 = 100;

/// What all packs together are called.
pub const ALL_PACKS_TITLE: &str = "All packs";

/// What the messages of one game need to know besides its state.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The game's id, for its buttons.
    pub game: GameId,
    /// The code that plays the same questions again.
    pub code: String,
    /// The title of the pack, or of all packs together.
    pub pack_title: String,
    /// Those who play, as far as they are known: in memory alone, and lost in a crash.
    pub known: BTreeMap<UserId, PlayerInfo>,
}

/// What is known of a player besides their id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerInfo {
    /// What they are called here.
    pub name: Box<str>,
    /// Their username, whose letters every font has.
    pub username: Box<str>,
    /// Whether they and their server let a wrong answer that they typed be shown at the reveal;
    /// none if they were not asked yet.
    pub may_be_quoted: Option<bool>,
}

impl Frame {
    /// Takes note of a player, unless so many are known already.
    pub fn meet(&mut self, user: UserId, known: PlayerInfo) {
        let before = self.known.get(&user);
        if before.is_none() && self.known.len() >= KNOWN_MAX {
            return;
        }
        let asked_before = before.and_then(|before| before.may_be_quoted);
        let may_be_quoted = known.may_be_quoted.or(asked_before);
        let known = PlayerInfo {
            may_be_quoted,
            ..known
        };
        self.known.insert(user, known);
    }

    /// Whether a wrong answer that this player typed may be shown. Of whom nothing is known it may
    /// not.
    pub(super) fn may_quote(&self, user: UserId) -> bool {
        self.known
            .get(&user)
            .is_some_and(|known| known.may_be_quoted == Some(true))
    }
}

/// "10 questions · 20 seconds each · any difficulty".
pub(super) fn outline(game: &Game) -> String {
    let settings = game.settings();
    let typed = match settings.answers {
        AnswerStyle::Buttons => "",
        AnswerStyle::Typed => " · answers are typed",
    };
    format!(
        "{} · {} · {}{typed}",
        phrases::count(
            game.rounds().len(),
            match settings.rules().asks {
                Asks::Questions => "question",
                Asks::Films => "film",
            }
        ),
        phrases::time_to_answer(settings.seconds, settings.pace),
        settings
            .difficulty
            .map_or("any difficulty", phrases::difficulty),
    )
}

/// An open question. `closes_at_ms` feeds the client's own countdown.
#[must_use]
pub fn question(frame: &Frame, game: &Game, round_index: u16, closes_at_ms: i64) -> Message {
    let Some(round) = game.rounds().get(usize::from(round_index)) else {
        return Message::default();
    };
    let asked = &round.question;
    let mut description = format!("**{}**", escape(&asked.prompt));
    let open = game.clues_open(round_index);
    description.extend(clue_list(round, open));
    let typed = game.is_typed(round_index);
    if !typed && has_long_choices(round) {
        description.push_str("\n\n");
        description.push_str(&choice_list(round));
    }
    let closes = phrases::relative_time(closes_at_ms);
    let difficulty = phrases::difficulty(asked.difficulty);
    description.extend(["\n\n", "Closes ", &closes, " · ", difficulty]);
    description.extend(worth_now(game, round_index));
    description.extend(answered(game, round_index));
    let answers = if typed {
        vec![answer_button(frame, round_index)]
    } else {
        let choices = (0..4).filter_map(|i| choice_button(frame, round, round_index, i));
        choices.collect()
    };
    let rows = [
        answers,
        helps(frame, round_index),
        steering(frame, game, round_index),
    ];
    Message {
        embeds: vec![Embed {
            title: open_title(game, round_index),
            description,
            tone: Tone::Open,
            fields: still_in(game).into_iter().collect(),
            footer: footer(frame),
            ..Embed::default()
        }],
        rows: rows.map(Row::Buttons).into(),
        ..Message::default()
    }
}

/// The clues that are open, from hard to easy.
pub(super) fn clue_list(round: &Round, open: usize) -> Option<String> {
    let clues = round.clues.iter().take(open).enumerate();
    let lines = clues.map(|(at, clue)| {
        let clue = escape(&clip(clue, CLUE_MAX));
        format!("**{}** · {clue}", at + 1)
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| format!("\n\n{}", lines.join("\n")))
}

/// What an answer brings with the clues that are open.
fn worth_now(game: &Game, round_index: u16) -> Option<String> {
    let round = game.rounds().get(usize::from(round_index))?;
    let (open, all) = (game.clues_open(round_index), round.clues.len());
    let times = if game.is_finale(round_index) {
        score::FINALE
    } else {
        1
    };
    let worth = times * score::with_clues(open, all, 1);
    (all > 0).then(|| format!(" · clue {open} of {all} · **{worth} points** now"))
}

/// A question as its box shows it: with the clues that are open.
#[must_use]
pub fn to_read(game: &Game, round_index: u16) -> String {
    let Some(round) = game.rounds().get(usize::from(round_index)) else {
        return String::new();
    };
    let clues = round.clues.iter().take(game.clues_open(round_index));
    let texts: Vec<&str> = std::iter::once(&round.question.prompt)
        .chain(clues)
        .map(String::as_str)
        .collect();
    texts.join(" · ")
}

/// How many have answered: not who, and not what.
fn answered(game: &Game, round_index: u16) -> Option<String> {
    let is_open = matches!(game.phase(), Phase::Open { round, .. } if round == round_index);
    let count = game.answers().len();
    (is_open && count > 0 && !game.settings().solo).then(|| format!(" · **{count} answered**"))
}

/// Where there are lives, who has how many.
fn still_in(game: &Game) -> Option<Field> {
    let all = game.settings().rules().lives?;
    let mut seats: Vec<_> = game
        .seats()
        .iter()
        .filter_map(|(user, seat)| Some((seat.lives?, *user)))
        .filter(|(lives, _)| *lives > 0)
        .collect();
    seats.sort_by_key(|(lives, user)| (Reverse(*lives), *user));
    let count = seats.len();
    if let ([(lives, _)], true) = (&seats[..], game.settings().solo) {
        return Some(Field {
            name: "Lives".to_owned(),
            value: phrases::hearts(*lives, all),
            inline: false,
        });
    }
    let mut lines: Vec<String> = seats
        .into_iter()
        .take(STILL_IN_MAX)
        .map(|(lives, user)| format!("{} <@{user}>", phrases::hearts(lives, all)))
        .collect();
    if count > STILL_IN_MAX {
        lines.push(format!("… and {} more", count - STILL_IN_MAX));
    }
    (count > 0).then(|| Field {
        name: format!("Still in: {count}"),
        value: lines.join("\n"),
        inline: false,
    })
}

pub(super) fn footer(frame: &Frame) -> String {
    clip(&frame.pack_title, 2048)
}

/// Opens the box in which an answer is typed.
fn answer_button(frame: &Frame, round: u16) -> Button {
    let game = frame.game;
    Button::new(
        GameButton::Type { game, round }.to_string(),
        "Answer",
        Style::Primary,
    )
}

/// The box in which an answer is typed.
#[must_use]
pub fn answer_box(game: GameId, round: u16, prompt: &str) -> Modal {
    Modal {
        custom_id: GameButton::Type { game, round }.to_string(),
        title: format!("Question {}", u32::from(round) + 1),
        label: "Your answer: the first one counts".to_owned(),
        placeholder: String::new(),
        length_max: TYPED_MAX,
        // The box covers the question, and a placeholder goes with the first letter.
        to_read: Some(ReadOnlyText {
            label: "The question".to_owned(),
            text: clip(&plain(prompt), TO_READ_MAX),
        }),
    }
}

/// What helps with the question.
fn helps(frame: &Frame, round: u16) -> Vec<Button> {
    let game = frame.game;
    vec![
        Button::new(
            GameButton::Hint { game, round }.to_string(),
            "Hint −50 %",
            Style::Secondary,
        ),
        Button::new(
            GameButton::Skip { game, round }.to_string(),
            "Skip",
            Style::Secondary,
        ),
    ]
}

/// What steers the game, out of reach of a finger that answers.
fn steering(frame: &Frame, game: &Game, round: u16) -> Vec<Button> {
    let id = frame.game;
    let mut controls = Vec::with_capacity(2);
    if usize::from(round) + 1 < game.rounds().len() {
        controls.push(Button::new(
            GameButton::Pause { game: id }.to_string(),
            "Pause",
            Style::Secondary,
        ));
    }
    controls.push(stop_button(frame));
    controls
}

/// A question that was posted just as its game ended.
#[must_use]
pub fn withdrawn() -> Message {
    Message {
        embeds: vec![Embed {
            description: "This question was taken back: the game has ended.".to_owned(),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// The bot is being restarted in the middle of a game.
#[must_use]
pub fn restarting() -> Message {
    Message {
        embeds: vec![Embed {
            description: "I am being restarted and back in a moment. The game then goes on where it is, with every answer that was locked in.".to_owned(),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

fn open_title(game: &Game, round_index: u16) -> String {
    let title = question_title(game, round_index);
    let last = usize::from(round_index) + 1 == game.rounds().len() && round_index > 0;
    if game.is_finale(round_index) {
        format!("{title} · the last one, worth double")
    } else if last {
        format!("{title} · the last one")
    } else {
        title
    }
}

pub(super) fn question_title(game: &Game, round_index: u16) -> String {
    format!("Question {} of {}", round_index + 1, game.rounds().len())
}

pub(super) fn letter(choice: u8) -> char {
    LETTERS.get(usize::from(choice)).copied().unwrap_or('?')
}

pub(super) fn has_long_choices(round: &Round) -> bool {
    let labels = (0..4).filter_map(|choice| full_label(round, choice));
    labels
        .into_iter()
        .any(|label| label.chars().count() > LABEL_READABLE)
}

fn full_label(round: &Round, choice: u8) -> Option<String> {
    let text = &round.choice(choice)?.text;
    Some(format!("{} · {text}", letter(choice)))
}

/// What stands on the button of a choice.
pub(super) fn choice_label(round: &Round, choice: u8) -> Option<String> {
    if has_long_choices(round) {
        round.choice(choice).map(|_| letter(choice).to_string())
    } else {
        full_label(round, choice)
    }
}

pub(super) fn choice_list(round: &Round) -> String {
    (0..4)
        .filter_map(|i| {
            Some(format!(
                "**{}** · {}",
                letter(i),
                escape(&round.choice(i)?.text)
            ))
        })
        .collect::<Vec<_>>()
        .join("\n")
}

pub(super) fn choice_button(
    frame: &Frame,
    round: &Round,
    round_index: u16,
    choice: u8,
) -> Option<Button> {
    let press = GameButton::Answer {
        game: frame.game,
        round: round_index,
        choice,
    };
    let label = choice_label(round, choice)?;
    Some(Button::new(press.to_string(), label, Style::Secondary))
}

pub(super) fn stop_button(frame: &Frame) -> Button {
    Button::new(
        GameButton::Stop { game: frame.game }.to_string(),
        "Stop",
        Style::Danger,
    )
}
