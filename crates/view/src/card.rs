//! Words that are drawn on cards, besides those of a sheet.

use super::catalogue::text;
use heat_core::lang::Lang;

/// "1,200 points".
#[must_use]
pub fn points(lang: Lang, points: &str) -> String {
    text!(lang, "card-points", points = points)
}

/// The heading of a game's end, if the font lacks letters of its own.
#[must_use]
pub fn final_scores(lang: Lang) -> String {
    text!(lang, "card-final")
}

/// Somebody whose names the font cannot write.
#[must_use]
pub fn player(lang: Lang) -> String {
    text!(lang, "card-player")
}
