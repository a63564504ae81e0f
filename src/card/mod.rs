//! The card of `/stats`: a [`Sheet`] drawn as a picture that is worth sharing.
//!
//! [`compose`] lays out a sheet as SVG, [`fonts`] knows text widths and available letters,
//! [`paint`] renders a PNG. Pure: the fonts are embedded, and the same sheet gives the same picture
//! on every machine. Nothing is cached.
//!
//! The card says nothing that its message does not say in text, has its own dark background, so
//! that it is readable in a light client too, and conveys nothing by colour alone: every bar has
//! its figures.

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
    /// The composed document is not valid SVG.
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
