//! A game's messages: the start, each question, its reveal. The lobby is in `lobby`, the last
//! message in `scoreboard`.
//!
//! Before a round has closed nothing rendered here depends on which choice is right.

use super::escape::{clip, escape, link, plain};
use super::lobby;
use super::message::{Button, Embed, Field, Message, Modal, Row, Style, Tone};
use super::phrases::{self, LETTERS};
use super::press::Press;
use crate::bank::{Question, Round};
use crate::facts::fold;
use crate::game::{
    AnswerStyle, CloseReason, Game, GameId, Given, Mode, Phase, Players, Response, UserId,
};

/// Choices up to this many characters stand on their buttons alone; longer ones are listed above
/// too, because phones cut long labels.
const LABEL_READABLE: usize = 34;
/// Discord's limit for a button label.
const LABEL_MAX: usize = 80;
/// Players listed by name under a reveal; the others are counted.
const REVEAL_PLAYERS: usize = 10;
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
}

/// The answer to `/quiz`: the lobby or the challenge while members gather, else what is about to
/// happen.
#[must_use]
pub fn started(frame: &Frame, game: &Game) -> Message {
    if !game.has_begun() {
        return lobby::open(frame, game);
    }
    let settings = game.settings();
    let mut description = outline(game);
    if settings.mode != Mode::Classic {
        description = format!("{}\n{description}", phrases::mode_rule(settings.mode));
    }
    if let Phase::Waiting { next: 0, until_ms } = game.phase() {
        let first = phrases::relative_time(until_ms);
        description.extend(["\nFirst question ", &first, "."]);
    }
    description.push_str(" Only you see what you answer.");
    if game.rounds().len() < usize::from(settings.rounds) {
        description.push_str("\nThat is every question there is for this choice.");
    }
    let title = match settings.mode {
        Mode::Classic => "Quiz",
        other => phrases::mode(other),
    };
    let fields = if game.seats().is_empty() {
        Vec::new()
    } else {
        vec![lobby::seated(game)]
    };
    Message {
        embeds: vec![Embed {
            title: clip(&format!("{title}: {}", escape(&frame.pack_title)), 256),
            description,
            tone: Tone::Open,
            fields,
            footer: format!("Share code {}", frame.code),
        }],
        ..Message::default()
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
        "{} · {} seconds each · {}{typed}",
        phrases::count(game.rounds().len(), "question"),
        settings.seconds,
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
    let typed = game.is_typed(round_index);
    if !typed && has_long_choices(round) {
        description.push_str("\n\n");
        description.push_str(&choice_list(round));
    }
    let closes = phrases::relative_time(closes_at_ms);
    let difficulty = phrases::difficulty(asked.difficulty);
    description.extend(["\n\n", "Closes ", &closes, " · ", difficulty]);
    let mut rows = Vec::with_capacity(2);
    let mut controls = Vec::with_capacity(5);
    if typed {
        controls.push(answer_button(frame, round_index));
    } else {
        let choices = (0..4).filter_map(|i| choice_button(frame, round, round_index, i));
        rows.push(Row::Buttons(choices.collect()));
    }
    controls.extend(controls_of(frame, game, round_index));
    rows.push(Row::Buttons(controls));
    Message {
        embeds: vec![Embed {
            title: question_title(game, round_index),
            description,
            tone: Tone::Open,
            footer: footer(frame),
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    }
}

fn footer(frame: &Frame) -> String {
    clip(
        &format!("{} · share code {}", frame.pack_title, frame.code),
        2048,
    )
}

/// Opens the box in which an answer is typed.
fn answer_button(frame: &Frame, round: u16) -> Button {
    let game = frame.game;
    button(Press::Type { game, round }, "Answer", Style::Primary)
}

/// The box in which an answer is typed.
#[must_use]
pub fn answer_box(game: GameId, round: u16, prompt: &str) -> Modal {
    Modal {
        custom_id: Press::Type { game, round }.custom_id(),
        title: format!("Question {}", u32::from(round) + 1),
        label: "Your answer: the first one counts".to_owned(),
        placeholder: clip(&plain(prompt), 100),
        length_max: TYPED_MAX,
    }
}

fn controls_of(frame: &Frame, game: &Game, round: u16) -> Vec<Button> {
    let id = frame.game;
    let mut controls = vec![
        button(Press::Hint { game: id, round }, "Hint", Style::Secondary),
        button(Press::Skip { game: id, round }, "Skip", Style::Secondary),
    ];
    if usize::from(round) + 1 < game.rounds().len() {
        controls.push(button(Press::Pause { game: id }, "Pause", Style::Secondary));
    }
    controls.push(stop_button(frame));
    controls
}

fn button(press: Press, label: &str, style: Style) -> Button {
    Button {
        custom_id: press.custom_id(),
        label: label.to_owned(),
        style,
        disabled: false,
    }
}

/// The question after it closed: the right choice, who had it, and why it is right.
///
/// Renders the round that closed last; none if none has.
#[must_use]
pub fn reveal(frame: &Frame, game: &Game) -> Option<Message> {
    let (round_index, _, reason) = game.last_closed()?;
    let round = game.rounds().get(usize::from(round_index))?;
    let asked = &round.question;
    let typed = game.is_typed(round_index);
    let mut description = format!(
        "**{}**\n\n✅ **{}{}**",
        escape(&asked.prompt),
        if typed {
            String::new()
        } else {
            format!("{} · ", letter(round.correct()))
        },
        escape(&asked.answer.text),
    );
    if let Phase::Paused { until_ms, by, .. } = game.phase() {
        description.push_str(&format!(
            "\n\n⏸️ Paused by <@{by}>. The game ends {} unless somebody who may resumes it.",
            phrases::relative_time(until_ms)
        ));
    }
    let mut fields = vec![why(asked)];
    fields.extend(outcome(game, round));
    fields.extend(lives_lost(game, round_index, reason));
    let mut rows = Vec::with_capacity(2);
    if !typed {
        let choices = (0..4)
            .filter_map(|i| choice_button(frame, round, round_index, i))
            .enumerate()
            .map(|(i, button)| revealed(button, i == usize::from(round.correct())));
        rows.push(Row::Buttons(choices.collect()));
    }
    let follow_ups = follow_up_buttons(frame, game, asked);
    if !follow_ups.is_empty() {
        rows.push(Row::Buttons(follow_ups));
    }
    Some(Message {
        embeds: vec![Embed {
            title: format!(
                "{} · {}",
                question_title(game, round_index),
                closed_because(reason)
            ),
            description,
            tone: Tone::Good,
            fields,
            footer: footer(frame),
        }],
        rows,
        ..Message::default()
    })
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

fn question_title(game: &Game, round_index: u16) -> String {
    format!("Question {} of {}", round_index + 1, game.rounds().len())
}

fn letter(choice: u8) -> char {
    LETTERS.get(usize::from(choice)).copied().unwrap_or('?')
}

fn has_long_choices(round: &Round) -> bool {
    (0..4)
        .filter_map(|i| round.choice(i))
        .any(|c| c.text.chars().count() > LABEL_READABLE)
}

fn choice_list(round: &Round) -> String {
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

fn choice_button(frame: &Frame, round: &Round, round_index: u16, choice: u8) -> Option<Button> {
    let text = &round.choice(choice)?.text;
    Some(Button {
        custom_id: Press::Answer {
            game: frame.game,
            round: round_index,
            choice,
        }
        .custom_id(),
        label: clip(&format!("{} · {text}", letter(choice)), LABEL_MAX),
        style: Style::Secondary,
        disabled: false,
    })
}

fn revealed(button: Button, right: bool) -> Button {
    Button {
        label: if right {
            clip(&format!("✓ {}", button.label), LABEL_MAX)
        } else {
            button.label
        },
        style: if right {
            Style::Success
        } else {
            Style::Secondary
        },
        disabled: true,
        ..button
    }
}

fn stop_button(frame: &Frame) -> Button {
    button(Press::Stop { game: frame.game }, "Stop", Style::Danger)
}

fn follow_up_buttons(frame: &Frame, game: &Game, asked: &Question) -> Vec<Button> {
    let id = frame.game;
    let mut buttons = Vec::with_capacity(4);
    if let Some(custom_id) = asked.lookup.as_ref().and_then(super::cast::custom_id) {
        buttons.push(Button {
            custom_id,
            label: "Look it up".to_owned(),
            style: Style::Secondary,
            disabled: false,
        });
    }
    let (next, paused) = match game.phase() {
        Phase::Waiting { next, .. } => (next, false),
        Phase::Paused { next, .. } => (next, true),
        _ => return buttons,
    };
    if usize::from(next) >= game.rounds().len() {
        return buttons;
    }
    let anyone_may_join = game.settings().rules().players == Players::Anyone;
    if anyone_may_join && !game.settings().solo {
        buttons.push(button(
            Press::Join { game: id },
            "Count me in",
            Style::Secondary,
        ));
    }
    if paused {
        buttons.push(button(Press::Resume { game: id }, "Resume", Style::Primary));
        buttons.push(stop_button(frame));
    } else {
        buttons.push(button(Press::Pause { game: id }, "Pause", Style::Secondary));
    }
    buttons
}

fn why(asked: &Question) -> Field {
    Field {
        name: "Why".to_owned(),
        value: why_text(asked, 1024),
        inline: false,
    }
}

/// Why the answer is right and where that is stated, in at most `room` characters.
pub(super) fn why_text(asked: &Question, room: usize) -> String {
    let linked = asked
        .url
        .as_deref()
        .and_then(|url| link(&asked.citation, url));
    let source = linked.unwrap_or_else(|| escape(&asked.citation));
    let source = if asked.citation.is_empty() {
        String::new()
    } else {
        format!("\nSource: {source}")
    };
    let room = room.saturating_sub(source.encode_utf16().count());
    format!("{}{source}", clip(&escape(&asked.reason), room))
}

/// Who was right, who was not.
fn outcome(game: &Game, round: &Round) -> Vec<Field> {
    let mut right: Vec<_> = game.answers().iter().filter(|(_, g)| g.correct).collect();
    right.sort_by_key(|(user, g)| (g.elapsed_ms, **user));
    let wrong: Vec<_> = game.answers().iter().filter(|(_, g)| !g.correct).collect();
    if game.answers().is_empty() {
        return vec![Field {
            name: "Nobody answered".to_owned(),
            value: "The next one is yours.".to_owned(),
            inline: false,
        }];
    }
    let mut fields = Vec::new();
    if !right.is_empty() {
        let mut lines: Vec<String> = right
            .iter()
            .take(REVEAL_PLAYERS)
            .map(|(user, given)| right_line(game, **user, given, round))
            .collect();
        push_rest(&mut lines, right.len());
        fields.push(Field {
            name: format!("Right: {}", right.len()),
            value: lines.join("\n"),
            inline: true,
        });
    }
    if !wrong.is_empty() {
        let mut lines: Vec<String> = wrong
            .iter()
            .take(REVEAL_PLAYERS)
            .map(|(user, given)| wrong_line(**user, given, round))
            .collect();
        push_rest(&mut lines, wrong.len());
        fields.push(Field {
            name: format!("Not this time: {}", wrong.len()),
            value: lines.join("\n"),
            inline: true,
        });
    }
    fields
}

/// What a right answer was typed as, where that is not just how it is written here.
fn typed_as<'a>(given: &'a Given, round: &Round) -> Option<&'a str> {
    match &given.response {
        Response::Typed { text } if fold(text) != fold(&round.question.answer.text) => Some(text),
        _ => None,
    }
}

fn right_line(game: &Game, user: UserId, given: &Given, round: &Round) -> String {
    let mut line = format!("<@{user}> ");
    if game.settings().rules().first_right_takes_it && given.points == 0 {
        line.push_str("right, but not first");
    } else {
        line.push_str(&format!("+{}", given.points));
    }
    line.extend([" · ", &phrases::seconds(given.elapsed_ms)]);
    if given.streak > 1 {
        line.push_str(&format!(" · {} in a row", given.streak));
    }
    if game.hint(user).is_some() {
        line.push_str(" · with a hint");
    }
    if let Some(text) = typed_as(given, round) {
        let (typed, right) = (escape(&clip(text, 40)), escape(&round.question.answer.text));
        line.push_str(&format!(" · “{typed}” accepted as {right}"));
    }
    line
}

/// What others typed is not shown: it may be anything.
fn wrong_line(user: UserId, given: &Given, round: &Round) -> String {
    match given.response {
        Response::Choice { choice } => {
            let text = round.choice(choice).map_or("", |c| c.text.as_str());
            format!("<@{user}> {} · {}", letter(choice), escape(&clip(text, 40)))
        }
        Response::Typed { .. } => format!("<@{user}>"),
    }
}

/// Who lost a life over this round.
fn lives_lost(game: &Game, round: u16, reason: CloseReason) -> Option<Field> {
    if matches!(reason, CloseReason::Skipped | CloseReason::Stopped) {
        return None;
    }
    let was_right = |user| game.answers().get(user).is_some_and(|given| given.correct);
    let mut lines: Vec<String> = game
        .seats()
        .iter()
        .filter(|(user, seat)| {
            let played = seat.lives != Some(0) || seat.fell_in == Some(round);
            played && !was_right(user)
        })
        .filter_map(|(user, seat)| Some(format!("<@{user}> {}", phrases::lives(seat.lives?))))
        .collect();
    let all = lines.len();
    lines.truncate(REVEAL_PLAYERS);
    push_rest(&mut lines, all);
    (all > 0).then(|| Field {
        name: "Lost a life".to_owned(),
        value: lines.join("\n"),
        inline: true,
    })
}

fn push_rest(lines: &mut Vec<String>, all: usize) {
    if all > REVEAL_PLAYERS {
        lines.push(format!("… and {} more", all - REVEAL_PLAYERS));
    }
}

fn closed_because(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::TimeUp => "time is up",
        CloseReason::Everyone => "all answers are in",
        CloseReason::Taken => "taken",
        CloseReason::Skipped => "skipped",
        CloseReason::Stopped => "stopped",
    }
}
