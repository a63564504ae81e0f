//! A game's messages up to the reveal: each question. What comes before is in `start` and `lobby`, what
//! follows in `reveal` and `scoreboard`.
//!
//! Nothing here depends on which choice is right until a round has closed.

use super::catalogue::text;
use super::custom_id::GameButton;
use super::escape::{clip, escape, escape_clipped, plain};
use super::message::{Button, Embed, Field, Message, Modal, ReadOnlyText, Row, Style, Tone};
use super::modes;
use super::phrases::{self, LETTERS};
use heat_core::bank::Round;
use heat_core::game::{AnswerStyle, Asks, Game, GameId, Mode, Phase, UserId, score};
use heat_core::lang::Lang;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Clients truncate longer labels, in characters. If choices are too long, the text lists them and
/// the buttons have only the letters.
const LABEL_READABLE: usize = 34;
/// The most players whose lives an open question lists; the others are counted.
const STILL_IN_MAX: usize = 12;
/// The most characters of a question that the form shows: more than any question has.
const TO_READ_MAX: usize = 1_000;
/// The most players of a game whose names are kept.
const KNOWN_MAX: usize = 200;
/// The longest clue, in characters.
const CLUE_MAX: usize = 300;
/// The longest answer that can be typed, in characters.
pub const TYPED_MAX: u16 = 100;

/// The title of all packs together.
#[must_use]
pub fn all_packs_title(lang: Lang) -> String {
    text!(lang, "quiz-all-packs")
}

/// The title of removed packs whose titles are unknown.
#[must_use]
pub fn removed_pack_title(lang: Lang) -> String {
    text!(lang, "quiz-removed-pack")
}

/// What the messages of one game need besides its state.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language of its messages: the place's.
    pub lang: Lang,
    /// The game's id, for its buttons.
    pub game: GameId,
    /// The code that replays the same questions.
    pub code: String,
    /// The title of the pack, or of all packs together.
    pub pack_title: String,
    /// The known players; only in memory, and lost in a crash.
    pub known: BTreeMap<UserId, PlayerInfo>,
}

/// A player's details besides their id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerInfo {
    /// Their display name here.
    pub name: Box<str>,
    /// Their username, whose letters every font has.
    pub username: Box<str>,
    /// Whether they and their server allow their wrong typed answers at the reveal; `None` if they
    /// were not asked yet.
    pub may_be_quoted: Option<bool>,
}

impl Frame {
    /// Remembers a player, up to the limit.
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

    /// Whether a wrong answer that this player typed may be shown. Not if the player is unknown.
    pub(super) fn may_quote(&self, user: UserId) -> bool {
        self.known
            .get(&user)
            .is_some_and(|known| known.may_be_quoted == Some(true))
    }
}

/// "Race"; the usual mode is just "Quiz".
pub(super) fn mode_title(lang: Lang, mode: Mode) -> String {
    match mode {
        Mode::Classic => text!(lang, "quiz-classic"),
        other => modes::name(lang, other),
    }
}

/// "10 questions · 20 seconds each · any difficulty".
pub(super) fn outline(lang: Lang, game: &Game) -> String {
    let settings = game.settings();
    let asked = match settings.rules().asks {
        Asks::Questions => phrases::Counted::Questions,
        Asks::Films => phrases::Counted::Films,
    };
    let difficulty = settings.difficulty.map_or_else(
        || text!(lang, "quiz-any-difficulty"),
        |difficulty| phrases::difficulty(lang, difficulty),
    );
    let mut parts = vec![
        phrases::count(lang, game.rounds().len(), asked),
        phrases::time_to_answer(lang, settings.seconds, settings.pace),
        difficulty,
    ];
    if settings.answers == AnswerStyle::Typed {
        parts.push(text!(lang, "quiz-typed-answers"));
    }
    parts.join(" · ")
}

/// An open question. `closes_at_ms` drives the client's own countdown.
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
    let closes = text!(frame.lang, "quiz-closes", when = closes);
    let difficulty = phrases::difficulty(frame.lang, asked.difficulty);
    let parts: Vec<String> = [closes, difficulty]
        .into_iter()
        .chain(worth_now(frame.lang, game, round_index))
        .chain(answered(frame.lang, game, round_index))
        .collect();
    description.extend(["\n\n", &parts.join(" · ")]);
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
            title: open_title(frame.lang, game, round_index),
            description,
            tone: Tone::Open,
            fields: still_in(frame.lang, game).into_iter().collect(),
            footer: footer(frame),
            ..Embed::default()
        }],
        rows: rows.map(Row::Buttons).into(),
        ..Message::default()
    }
}

/// The open clues, from hard to easy.
pub(super) fn clue_list(round: &Round, open: usize) -> Option<String> {
    let clues = round.clues.iter().take(open).enumerate();
    let lines = clues.map(|(at, clue)| {
        let clue = escape_clipped(clue, CLUE_MAX);
        format!("**{}** · {clue}", at + 1)
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| format!("\n\n{}", lines.join("\n")))
}

/// The points for an answer with the open clues.
fn worth_now(lang: Lang, game: &Game, round_index: u16) -> Option<String> {
    let round = game.rounds().get(usize::from(round_index))?;
    let (open, all) = (game.clues_open(round_index), round.clues.len());
    let times = if game.is_finale(round_index) {
        score::FINALE
    } else {
        1
    };
    let worth = times * score::with_clues(open, all, 1);
    (all > 0).then(|| text!(lang, "quiz-clues", open = open, all = all, points = worth))
}

/// A question as the form shows it, with the open clues.
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

/// How many have answered; not who, and not what.
fn answered(lang: Lang, game: &Game, round_index: u16) -> Option<String> {
    let is_open = matches!(game.phase(), Phase::Open { round, .. } if round == round_index);
    let count = game.answers().len();
    (is_open && count > 0 && !game.settings().solo).then(|| text!(lang, "quiz-answered", n = count))
}

/// Who has how many lives, in modes with lives.
fn still_in(lang: Lang, game: &Game) -> Option<Field> {
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
            name: text!(lang, "quiz-lives"),
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
        lines.push(text!(lang, "quiz-and-more", n = count - STILL_IN_MAX));
    }
    (count > 0).then(|| Field {
        name: text!(lang, "quiz-still-in", n = count),
        value: lines.join("\n"),
        inline: false,
    })
}

pub(super) fn footer(frame: &Frame) -> String {
    clip(&frame.pack_title, 2048)
}

/// The button that opens the form for an answer.
fn answer_button(frame: &Frame, round: u16) -> Button {
    let game = frame.game;
    Button::new(
        GameButton::Type { game, round }.to_string(),
        text!(frame.lang, "quiz-answer"),
        Style::Primary,
    )
}

/// The form for an answer.
#[must_use]
pub fn answer_box(lang: Lang, game: GameId, round: u16, prompt: &str) -> Modal {
    Modal {
        custom_id: GameButton::Type { game, round }.to_string(),
        title: text!(lang, "quiz-form-title", number = u32::from(round) + 1),
        label: text!(lang, "quiz-form-answer"),
        placeholder: String::new(),
        length_max: TYPED_MAX,
        // The form covers the question, and a placeholder disappears with the first letter.
        to_read: Some(ReadOnlyText {
            label: text!(lang, "quiz-form-question"),
            text: clip(&plain(prompt), TO_READ_MAX),
        }),
    }
}

/// The buttons that help with the question.
fn helps(frame: &Frame, round: u16) -> Vec<Button> {
    let game = frame.game;
    vec![
        Button::new(
            GameButton::Hint { game, round }.to_string(),
            text!(frame.lang, "quiz-hint"),
            Style::Secondary,
        ),
        Button::new(
            GameButton::Skip { game, round }.to_string(),
            text!(frame.lang, "quiz-skip"),
            Style::Secondary,
        ),
    ]
}

/// The buttons that control the game, away from the answers.
fn steering(frame: &Frame, game: &Game, round: u16) -> Vec<Button> {
    let mut controls = Vec::with_capacity(2);
    // A hosted game waits for its host after each question anyway.
    let pauses = game.host().is_none() && usize::from(round) + 1 < game.rounds().len();
    if pauses {
        controls.push(pause_button(frame));
    }
    controls.push(stop_button(frame));
    controls
}

/// A question that was posted just as its game ended.
#[must_use]
pub fn withdrawn(lang: Lang) -> Message {
    Message {
        embeds: vec![Embed {
            description: text!(lang, "quiz-withdrawn"),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// The bot restarts in the middle of a game.
#[must_use]
pub fn restarting(lang: Lang) -> Message {
    Message {
        embeds: vec![Embed {
            description: text!(lang, "quiz-restarting"),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

fn open_title(lang: Lang, game: &Game, round_index: u16) -> String {
    let (number, all) = (usize::from(round_index) + 1, game.rounds().len());
    if game.is_finale(round_index) {
        text!(lang, "quiz-question-finale", number = number, all = all)
    } else if number == all && number > 1 {
        text!(lang, "quiz-question-last", number = number, all = all)
    } else {
        question_title(lang, game, round_index)
    }
}

pub(super) fn question_title(lang: Lang, game: &Game, round_index: u16) -> String {
    let (number, all) = (usize::from(round_index) + 1, game.rounds().len());
    text!(lang, "quiz-question", number = number, all = all)
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

/// The label of a choice's button.
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

pub(super) fn pause_button(frame: &Frame) -> Button {
    Button::new(
        GameButton::Pause { game: frame.game }.to_string(),
        text!(frame.lang, "quiz-pause"),
        Style::Secondary,
    )
}

pub(super) fn stop_button(frame: &Frame) -> Button {
    Button::new(
        GameButton::Stop { game: frame.game }.to_string(),
        text!(frame.lang, "quiz-stop"),
        Style::Danger,
    )
}
