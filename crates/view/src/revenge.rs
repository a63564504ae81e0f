//! "Play these again": a member's misses of one game, asked again, privately, without a clock and
//! without points.
//!
//! The buttons contain the progress, so nothing is stored; forging one fools only the forger.

use super::catalogue::text;
use super::custom_id::RecapButton;
use super::escape::escape;
use super::message::{Button, Embed, Field, Message, Row, Style, Tone};
use super::quiz::{choice_label, choice_list, clue_list, has_long_choices, letter};
use super::reveal::{marked, why};
use heat_core::bank::Round;
use heat_core::game::{GameId, Miss};
use heat_core::lang::Lang;

/// One member's misses in a game, and how many of them they got right this time.
#[derive(Debug, Clone, Copy)]
pub struct Revenge<'a> {
    /// The game.
    pub game: GameId,
    /// Its questions.
    pub rounds: &'a [Round],
    /// What the member missed.
    pub misses: &'a [Miss],
    /// Right answers so far.
    pub right: u16,
}

impl Revenge<'_> {
    /// The miss at index `at` as a question; a message if there is none.
    #[must_use]
    pub fn question(&self, lang: Lang, at: u16) -> Message {
        let Some(round) = self.round(at) else {
            return nothing(lang);
        };
        let mut description = format!("**{}**", escape(&round.question.prompt));
        description.extend(clue_list(&round, round.clues.len()));
        if has_long_choices(&round) {
            description.push_str("\n\n");
            description.push_str(&choice_list(&round));
        }
        let choices = (0..4).filter_map(|choice| self.choice(&round, at, choice));
        Message {
            embeds: vec![Embed {
                title: self.title(lang, at),
                description,
                tone: Tone::Open,
                footer: text!(lang, "revenge-footer"),
                ..Embed::default()
            }],
            rows: vec![Row::Buttons(choices.collect())],
            ..Message::default()
        }
    }

    /// The result of the choice, why, and how to go on; after the last one, the overall result.
    /// [`Self::right`] is the count before this answer.
    #[must_use]
    pub fn answered(&self, lang: Lang, at: u16, choice: u8) -> Message {
        let Some(round) = self.round(at) else {
            return nothing(lang);
        };
        let asked = &round.question;
        let is_right = choice == round.correct();
        let right = self.right.saturating_add(u16::from(is_right));
        let answer = escape(&asked.answer.text);
        let verdict = if is_right {
            text!(lang, "revenge-right", answer = answer)
        } else {
            let letter = letter(round.correct()).to_string();
            text!(lang, "revenge-wrong", letter = letter, answer = answer)
        };
        let choices = (0..4).filter_map(|other| {
            let button = self.choice(&round, at, other)?;
            Some(marked(button, other == round.correct()))
        });
        let is_last = usize::from(at) + 1 >= self.misses.len();
        let mut fields = vec![why(lang, asked)];
        if is_last {
            fields.push(self.result(lang, right));
        }
        let on = self.way_on(lang, at, right, is_last);
        Message {
            embeds: vec![Embed {
                title: self.title(lang, at),
                description: format!("**{}**\n\n{verdict}", escape(&asked.prompt)),
                tone: if is_right { Tone::Good } else { Tone::Bad },
                fields,
                ..Embed::default()
            }],
            rows: std::iter::once(Row::Buttons(choices.collect()))
                .chain(Row::of(on.into_iter().collect()))
                .collect(),
            ..Message::default()
        }
    }

    /// The question with its choices in another order than in the game.
    fn round(&self, at: u16) -> Option<Round> {
        let miss = self.misses.get(usize::from(at))?;
        let round = self.rounds.get(usize::from(miss.round))?;
        Some(round.reshuffled(self.game.0 ^ u64::from(miss.round)))
    }

    fn choice(&self, round: &Round, at: u16, choice: u8) -> Option<Button> {
        let press = RecapButton::RevengeAnswer {
            game: self.game,
            at,
            right: self.right,
            choice,
        };
        let label = choice_label(round, choice)?;
        Some(Button::new(press.to_string(), label, Style::Secondary))
    }

    fn way_on(&self, lang: Lang, at: u16, right: u16, is_last: bool) -> Option<Button> {
        let press = |at, right| {
            let game = self.game;
            RecapButton::Revenge { game, at, right }.to_string()
        };
        if !is_last {
            let next = text!(lang, "revenge-next");
            return Some(Button::new(press(at + 1, right), next, Style::Primary));
        }
        let is_perfect = usize::from(right) >= self.misses.len();
        let once_more = || text!(lang, "revenge-once-more");
        (!is_perfect).then(|| Button::new(press(0, 0), once_more(), Style::Primary))
    }

    fn result(&self, lang: Lang, right: u16) -> Field {
        let all = self.misses.len();
        let value = match usize::from(right) {
            n if n >= all => text!(lang, "revenge-all", right = n, all = all),
            0 => text!(lang, "revenge-none"),
            n => text!(lang, "revenge-some", right = n, all = all),
        };
        Field {
            name: text!(lang, "revenge-result"),
            value,
            inline: false,
        }
    }

    fn title(&self, lang: Lang, at: u16) -> String {
        let (number, all) = (usize::from(at) + 1, self.misses.len());
        text!(lang, "revenge-title", number = number, all = all)
    }
}

/// The first button of a revenge, shown under the list of misses.
pub(super) fn button(lang: Lang, game: GameId) -> Button {
    let press = RecapButton::Revenge {
        game,
        at: 0,
        right: 0,
    };
    Button::new(
        press.to_string(),
        text!(lang, "revenge-begin"),
        Style::Primary,
    )
}

fn nothing(lang: Lang) -> Message {
    Message::sentence(text!(lang, "revenge-nothing"))
}
