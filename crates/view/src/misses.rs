//! "My misses": shows a member privately each question they got wrong, with the reason and the
//! source.

use super::catalogue::text;
use super::custom_id::RecapButton;
use super::escape::{clip, escape, escape_clipped};
use super::limits::FIELD_VALUE_MAX;
use super::message::{Button, Embed, Field, Message, Row, Style, Tone};
use super::paging::{page_of, pages};
use super::reveal::why_text;
use super::revenge;
use heat_core::bank::Round;
use heat_core::facts::limits::length;
use heat_core::game::{GameId, Miss, Response};
use heat_core::lang::Lang;

/// Misses on one page.
const PAGE_MAX: usize = 5;
/// The longest page, in UTF-16 units: an embed's texts may have 6,000 together.
const PAGE_LENGTH_MAX: usize = 5_000;

/// A page of misses, from 1. Page 0 opens the first one anew; beyond the last page is the last.
/// `misses` is `None` if the member did not play.
#[must_use]
pub fn misses(
    lang: Lang,
    game: GameId,
    rounds: &[Round],
    misses: Option<&[Miss]>,
    page: u16,
) -> Message {
    let Some(misses) = misses else {
        return Message::sentence(text!(lang, "misses-not-played"));
    };
    if misses.is_empty() {
        return Message::sentence(text!(lang, "misses-none"));
    }
    let fields: Vec<Field> = misses
        .iter()
        .filter_map(|m| field(lang, rounds, m))
        .collect();
    let fields_length = |fields: &[Field]| -> usize {
        let texts = fields.iter().flat_map(|f| [&f.name, &f.value]);
        texts.map(|text| length(text)).sum()
    };
    let fits = |length: &usize| *length <= PAGE_LENGTH_MAX;
    let pages = pages(&fields, PAGE_MAX, fields_length, fits);
    let at = usize::from(page.max(1)).min(pages.len().max(1));
    let shown = pages
        .get(at - 1)
        .map_or(Vec::new(), |page| page.items.to_vec());
    let mut buttons = turn(lang, game, at, pages.len());
    buttons.push(revenge::button(lang, game));
    Message {
        embeds: vec![Embed {
            title: text!(lang, "misses-title", n = misses.len()),
            fields: shown,
            tone: Tone::Plain,
            footer: if pages.len() > 1 {
                page_of(lang, at, pages.len())
            } else {
                String::new()
            },
            ..Embed::default()
        }],
        rows: Row::of(buttons).into_iter().collect(),
        ..Message::default()
    }
}

/// One question: the prompt, the right answer, the member's answer, and why.
fn field(lang: Lang, rounds: &[Round], miss: &Miss) -> Option<Field> {
    let round = rounds.get(usize::from(miss.round))?;
    let asked = &round.question;
    let said = match &miss.response {
        None => text!(lang, "misses-no-answer"),
        Some(Response::Choice { choice }) => {
            let text = round.choice(*choice).map_or("", |c| c.text.as_str());
            text!(lang, "misses-said", answer = escape(text))
        }
        Some(Response::Typed { text }) => {
            text!(lang, "misses-typed", answer = escape_clipped(text, 80))
        }
    };
    let head = format!("✅ **{}**\n{said}\n", escape(&asked.answer.text));
    let room = FIELD_VALUE_MAX.saturating_sub(length(&head));
    Some(Field {
        name: clip(
            &format!("{}. {}", miss.round + 1, escape_clipped(&asked.prompt, 230)),
            256,
        ),
        value: format!("{head}{}", why_text(lang, asked, room)),
        inline: false,
    })
}

fn turn(lang: Lang, game: GameId, at: usize, count: usize) -> Vec<Button> {
    let button = |label: String, page: usize| {
        let page = u16::try_from(page).unwrap_or(0);
        Button::new(
            RecapButton::Misses { game, page }.to_string(),
            label,
            Style::Secondary,
        )
    };
    let mut buttons = Vec::new();
    if at > 1 {
        buttons.push(button(text!(lang, "misses-back"), at - 1));
    }
    if at < count {
        buttons.push(button(text!(lang, "misses-more"), at + 1));
    }
    buttons
}
