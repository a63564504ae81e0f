//! A game's messages: the start, each question, its reveal, the scoreboard.
//!
//! Before a round has closed nothing rendered here depends on which choice is right.

use super::escape::{clip, escape, link};
use super::message::{Button, Embed, Field, Message, Row, Style, Tone};
use super::phrases::{self, LETTERS};
use super::press::Press;
use crate::bank::{Question, Round};
use crate::game::{CloseReason, EndReason, Game, GameId, Phase, Settings, UserId};

/// Choices up to this many characters stand on their buttons alone; longer ones are listed above
/// too, because phones cut long labels.
const LABEL_READABLE: usize = 34;
/// Discord's limit for a button label.
const LABEL_MAX: usize = 80;
/// Players listed by name under a reveal; the others are counted.
const REVEAL_PLAYERS: usize = 10;
/// Players listed on a scoreboard; the others are counted.
const SCOREBOARD_PLAYERS: usize = 20;

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

/// The answer to `/quiz`: what is about to happen.
#[must_use]
pub fn started(frame: &Frame, settings: &Settings, rounds: usize, first_at_ms: i64) -> Message {
    let questions = phrases::count(rounds, "question");
    let mut description = format!(
        "{questions} · {} seconds each · {}\nFirst question {}. Tap your answer: only you see what you chose.",
        settings.seconds,
        settings
            .difficulty
            .map_or("any difficulty", phrases::difficulty),
        phrases::relative_time(first_at_ms),
    );
    if rounds < usize::from(settings.rounds) {
        description.push_str("\nThat is every question there is for this choice.");
    }
    Message {
        embeds: vec![Embed {
            title: clip(&format!("Quiz: {}", escape(&frame.pack_title)), 256),
            description,
            tone: Tone::Open,
            footer: format!("Share code {}", frame.code),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// An open question. `closes_at_ms` feeds the client's own countdown.
#[must_use]
pub fn question(frame: &Frame, game: &Game, round_index: u16, closes_at_ms: i64) -> Message {
    let Some(round) = game.rounds().get(usize::from(round_index)) else {
        return Message::default();
    };
    let asked = &round.question;
    let mut description = format!("**{}**", escape(&asked.prompt));
    if has_long_choices(round) {
        description.push_str("\n\n");
        description.push_str(&choice_list(round));
    }
    let closes = phrases::relative_time(closes_at_ms);
    let difficulty = phrases::difficulty(asked.difficulty);
    description.extend(["\n\n", "Closes ", &closes, " · ", difficulty]);
    let choices = (0..4)
        .filter_map(|i| choice_button(frame, round, round_index, i))
        .collect();
    let mut controls = vec![Button {
        custom_id: Press::Skip {
            game: frame.game,
            round: round_index,
        }
        .custom_id(),
        label: "Skip".to_owned(),
        style: Style::Secondary,
        disabled: false,
    }];
    controls.push(stop_button(frame));
    Message {
        embeds: vec![Embed {
            title: question_title(game, round_index),
            description,
            tone: Tone::Open,
            footer: clip(
                &format!("{} · share code {}", frame.pack_title, frame.code),
                2048,
            ),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(choices), Row::Buttons(controls)],
        ..Message::default()
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
    let right = round.correct();
    let description = format!(
        "**{}**\n\n✅ **{} · {}**",
        escape(&asked.prompt),
        letter(right),
        escape(&asked.answer.text),
    );
    let mut fields = vec![why(asked)];
    fields.extend(outcome(game, round));
    let choices = (0..4)
        .filter_map(|i| choice_button(frame, round, round_index, i))
        .enumerate()
        .map(|(i, button)| revealed(button, i == usize::from(right)))
        .collect();
    let mut rows = vec![Row::Buttons(choices)];
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
            footer: clip(
                &format!("{} · share code {}", frame.pack_title, frame.code),
                2048,
            ),
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

/// The last message of a game.
#[must_use]
pub fn scoreboard(frame: &Frame, game: &Game) -> Message {
    let ended = match game.phase() {
        Phase::Ended(reason) => reason,
        _ => EndReason::Finished,
    };
    let ranking = game.ranking();
    let mut lines: Vec<String> = ranking
        .iter()
        .take(SCOREBOARD_PLAYERS)
        .map(|(rank, user, player)| {
            format!(
                "{} <@{user}> · **{}** points · {} of {} right · best streak {}",
                phrases::medal(*rank, u64::from(player.points)),
                phrases::thousands(u64::from(player.points)),
                player.correct,
                player.answered,
                player.best_streak,
            )
        })
        .collect();
    if ranking.len() > SCOREBOARD_PLAYERS {
        lines.push(format!(
            "… and {} more.",
            ranking.len() - SCOREBOARD_PLAYERS
        ));
    }
    if lines.is_empty() {
        lines.push("Nobody answered this time.".to_owned());
    }
    if let Some(note) = end_note(ended) {
        lines.push(String::new());
        lines.push(note.to_owned());
    }
    Message {
        embeds: vec![Embed {
            title: end_title(ended).to_owned(),
            description: clip(&lines.join("\n"), 4096),
            tone: Tone::Good,
            footer: clip(
                &format!(
                    "{} · play the same questions with /quiz code:{}",
                    frame.pack_title, frame.code
                ),
                2048,
            ),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![
            Button {
                custom_id: Press::Again { game: frame.game }.custom_id(),
                label: "Play again".to_owned(),
                style: Style::Primary,
                disabled: false,
            },
            Button {
                custom_id: super::leaderboard::OPEN_ID.to_owned(),
                label: "Leaderboard".to_owned(),
                style: Style::Secondary,
                disabled: false,
            },
        ])],
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
    Button {
        custom_id: Press::Stop { game: frame.game }.custom_id(),
        label: "Stop".to_owned(),
        style: Style::Danger,
        disabled: false,
    }
}

fn follow_up_buttons(frame: &Frame, game: &Game, asked: &Question) -> Vec<Button> {
    let mut buttons = Vec::new();
    if let Some(custom_id) = asked.lookup.as_ref().and_then(super::cast::custom_id) {
        buttons.push(Button {
            custom_id,
            label: "Look it up".to_owned(),
            style: Style::Secondary,
            disabled: false,
        });
    }
    let more_to_come = match game.phase() {
        Phase::Waiting { next, .. } => usize::from(next) < game.rounds().len(),
        _ => false,
    };
    if more_to_come && !game.settings().solo {
        buttons.push(Button {
            custom_id: Press::Join { game: frame.game }.custom_id(),
            label: "Count me in".to_owned(),
            style: Style::Secondary,
            disabled: false,
        });
    }
    buttons
}

fn why(asked: &Question) -> Field {
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
    let room = 1024_usize.saturating_sub(source.chars().count());
    Field {
        name: "Why".to_owned(),
        value: format!("{}{source}", clip(&escape(&asked.reason), room)),
        inline: false,
    }
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
            .map(|(user, g)| right_line(**user, g.points, g.elapsed_ms, g.streak))
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
            .map(|(user, g)| {
                let text = round.choice(g.choice).map_or("", |c| c.text.as_str());
                format!(
                    "<@{user}> {} · {}",
                    letter(g.choice),
                    escape(&clip(text, 40))
                )
            })
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

fn right_line(user: UserId, points: u32, elapsed_ms: u32, streak: u16) -> String {
    let streak = if streak > 1 {
        format!(" · {streak} in a row")
    } else {
        String::new()
    };
    format!(
        "<@{user}> +{points} · {}{streak}",
        phrases::seconds(elapsed_ms)
    )
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
        CloseReason::Skipped => "skipped",
        CloseReason::Stopped => "stopped",
    }
}

fn end_title(reason: EndReason) -> &'static str {
    match reason {
        EndReason::Finished => "Final scores",
        EndReason::Stopped => "Stopped: the scores so far",
        EndReason::Abandoned => "That seems to be all for now",
        EndReason::CannotPost => "The game could not go on",
    }
}

fn end_note(reason: EndReason) -> Option<&'static str> {
    match reason {
        EndReason::Finished | EndReason::Stopped => None,
        EndReason::Abandoned => {
            Some("Nobody answered three questions in a row, so the game ended. Every point counts.")
        }
        EndReason::CannotPost => {
            Some("I could not post the next question in this channel. Every point so far counts.")
        }
    }
}
