//! Cards: a member's stats, and the end of a game, each drawn as a picture to share.
//!
//! A sheet contains the words of a card, except for a few that depend on nothing but the language:
//! those are in [`heat_view::card`]. [`stats`] and [`final_card`] lay sheets out as SVG with the
//! tools of [`drawing`], [`fonts`] knows text widths and available letters, [`paint`] renders a PNG,
//! and [`CardRenderer`] does this for one card at a time. Everything else is pure: the fonts are
//! embedded, and the same sheet makes the same picture on every machine. Nothing is cached.
//!
//! A card says nothing that its message does not also say in text. It has its own dark background,
//! so it is readable in a light client too. It conveys nothing by colour alone: every bar has its
//! numbers, every podium step its rank.

mod drawing;
mod final_card;
mod fonts;
mod paint;
mod renderer;
mod stats;
#[cfg(test)]
mod tests;

pub use renderer::CardRenderer;

use heat_core::lang::Lang;
use heat_view::final_card::FinalSheet;
use heat_view::stats::Sheet;

/// What can be drawn.
#[derive(Debug, Clone)]
pub enum Picture {
    /// A member's stats.
    Stats(Sheet),
    /// The end of a game.
    Final(FinalSheet),
}

impl From<Sheet> for Picture {
    fn from(sheet: Sheet) -> Self {
        Self::Stats(sheet)
    }
}

impl From<FinalSheet> for Picture {
    fn from(sheet: FinalSheet) -> Self {
        Self::Final(sheet)
    }
}

/// Why there is no card.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The program's own fonts cannot be read.
    #[error("the fonts of the card cannot be read: {0}")]
    Fonts(String),
    /// The composed document is not valid SVG.
    #[error("the card was not composed as an SVG that can be drawn: {0}")]
    Svg(String),
    /// The picture could not be written.
    #[error("the card could not be written as PNG: {0}")]
    Png(String),
}

/// Draws a card as PNG, 1000 pixels wide. Takes some tens of milliseconds of one core, and a few
/// megabytes of memory.
///
/// # Errors
/// [`CardError`], which no sheet should cause.
pub fn draw(lang: Lang, picture: &Picture) -> Result<Vec<u8>, CardError> {
    let fonts = fonts::Fonts::load()?;
    paint::png(&match picture {
        Picture::Stats(sheet) => stats::svg(lang, sheet, &fonts),
        Picture::Final(sheet) => final_card::svg(lang, sheet, &fonts),
    })
}
