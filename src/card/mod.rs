//! The card of `/stats`: a [`Sheet`] drawn as a picture that is worth sharing.
//!
//! [`compose`] lays the words of a sheet out as SVG, [`fonts`] knows how wide they are and which
//! letters there are, [`paint`] makes a PNG of it. Pure: the fonts are part of the program, and the
//! same sheet gives the same picture on every machine. Nothing is kept between two pictures.
//!
//! The card says nothing that the message it comes with does not say in words, carries its own
//! dark ground, so that it can be read in a light client as well, and tells nothing by colour
//! alone: every bar has its figure beside it.

mod compose;
mod fonts;
mod paint;
#[cfg(test)]
mod tests;

use heat_view::stats::Sheet;

/// Why there is no card.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The program's own fonts cannot be read.
    #[error("the fonts of the card cannot be read: {0}")]
    Fonts(String),
    /// What was composed is no SVG.
    #[error("the card was not composed as an SVG that can be drawn: {0}")]
    Svg(String),
    /// The picture could not be written.
    #[error("the card could not be written as PNG: {0}")]
    Png(String),
}

/// Draws a sheet as PNG, 1000 pixels wide. Takes some tens of milliseconds of one core and a few
/// megabytes while it works.
///
/// # Errors
/// [`CardError`], which no sheet should cause.
pub fn draw(sheet: &Sheet) -> Result<Vec<u8>, CardError> {
    paint::png(&compose::svg(sheet, &fonts::Fonts::load()?))
}
