//! The names of badges, and what each is for.

use super::catalogue::text;
use heat_core::lang::Lang;
use heat_core::standing::Badge;

/// A badge in words.
pub(super) struct Words {
    /// Its emoji.
    pub(super) mark: &'static str,
    /// What it is called.
    pub(super) name: String,
    /// What earns it.
    pub(super) what: String,
}

/// A badge in words.
pub(super) fn words(lang: Lang, badge: Badge) -> Words {
    let (mark, name, what) = match badge {
        Badge::OneTake => (
            "🎬",
            text!(lang, "badges-one-take"),
            text!(lang, "badges-one-take-for"),
        ),
        Badge::LongTake => (
            "🎞️",
            text!(lang, "badges-long-take"),
            text!(lang, "badges-long-take-for"),
        ),
        Badge::QuickCut => (
            "✂️",
            text!(lang, "badges-quick-cut"),
            text!(lang, "badges-quick-cut-for"),
        ),
        Badge::EveryDepartment => (
            "🧰",
            text!(lang, "badges-every-department"),
            text!(lang, "badges-every-department-for"),
        ),
        Badge::BoxOffice => (
            "🍿",
            text!(lang, "badges-box-office"),
            text!(lang, "badges-box-office-for"),
        ),
        Badge::FinalCut => (
            "🏆",
            text!(lang, "badges-final-cut"),
            text!(lang, "badges-final-cut-for"),
        ),
        Badge::ThirtyDaysFlat => (
            "🔥",
            text!(lang, "badges-thirty-days-flat"),
            text!(lang, "badges-thirty-days-flat-for"),
        ),
    };
    Words { mark, name, what }
}
