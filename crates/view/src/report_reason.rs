//! The reasons for reporting a question.

use super::catalogue::text;
use heat_core::lang::Lang;

/// What may be wrong with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The accepted answer is wrong.
    Wrong,
    /// Another choice is right too.
    TwoRight,
    /// It is unclear, cut off, or misspelt.
    Unclear,
    /// It is offensive.
    Offensive,
    /// Anything else.
    Other,
}

impl Reason {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::Wrong,
        Self::TwoRight,
        Self::Unclear,
        Self::Offensive,
        Self::Other,
    ];

    /// Its name in the store and in buttons.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::TwoRight => "two-right",
            Self::Unclear => "unclear",
            Self::Offensive => "offensive",
            Self::Other => "other",
        }
    }

    /// The reverse of [`Self::key`].
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }

    /// What members read.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Wrong => text!(lang, "report-reason-wrong"),
            Self::TwoRight => text!(lang, "report-reason-two-right"),
            Self::Unclear => text!(lang, "report-reason-unclear"),
            Self::Offensive => text!(lang, "report-reason-offensive"),
            Self::Other => text!(lang, "report-reason-other"),
        }
    }
}
