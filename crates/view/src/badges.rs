//! The names of badges, and what each is for.

use heat_core::lang::Lang;
use heat_core::standing::Badge;

/// A badge in words.
pub(super) struct Words {
    /// Its emoji.
    pub(super) mark: &'static str,
    /// What it is called.
    pub(super) name: &'static str,
    /// What earns it.
    pub(super) what: &'static str,
}

/// A badge in words.
pub(super) fn words(lang: Lang, badge: Badge) -> Words {
    let (mark, name, what) = match badge {
        Badge::OneTake => ("🎬", "One Take", "a game of ten or more answers, all right"),
        Badge::LongTake => ("🎞️", "Long Take", "25 right answers without a cut"),
        Badge::QuickCut => (
            "✂️",
            "Quick Cut",
            "five right in a row, each within three seconds",
        ),
        Badge::EveryDepartment => (
            "🧰",
            "Every Department",
            "25 right answers in each of six topics",
        ),
        Badge::BoxOffice => ("🍿", "Box Office", "25 games won"),
        Badge::FinalCut => ("🏆", "Final Cut", "a thousand right answers"),
        Badge::ThirtyDaysFlat => (
            "🔥",
            "Thirty Days Flat",
            "a month of daily puzzles, and never walked out on one",
        ),
    };
    Words { mark, name, what }
}
