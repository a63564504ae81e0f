//! What is unfair about a question, and how to fix it.

use super::catalogue::text;
use heat_core::facts::Unfair;
use heat_core::lang::Lang;

/// What is unfair.
pub(crate) fn what(lang: Lang, unfair: &Unfair) -> String {
    match unfair.clone() {
        Unfair::ChoicesAlike { one, other } => {
            text!(lang, "unfair-choices-alike", one = one, other = other)
        }
        Unfair::WrongAccepted { wrong } => text!(lang, "unfair-wrong-accepted", wrong = wrong),
        Unfair::MayBeTrue { wrong } => text!(lang, "unfair-may-be-true", wrong = wrong),
        Unfair::IsTrue { wrong } => text!(lang, "unfair-is-true", wrong = wrong),
        Unfair::Unsupported { answer } => text!(lang, "unfair-unsupported", answer = answer),
        Unfair::SeveralAnswers => text!(lang, "unfair-several-answers"),
        Unfair::WrongOrder => text!(lang, "unfair-wrong-order"),
        Unfair::NamesAnswer => text!(lang, "unfair-names-answer"),
        Unfair::NoQuestionMark => text!(lang, "unfair-no-question-mark"),
        Unfair::LengthTells {
            right,
            shortest,
            longest,
        } => text!(
            lang,
            "unfair-length-tells",
            right = right,
            shortest = shortest,
            longest = longest
        ),
        Unfair::SoundsCertain { fact } => text!(lang, "unfair-sounds-certain", fact = fact),
        Unfair::NoFact { fact } => text!(lang, "unfair-no-fact", fact = fact),
        Unfair::NoReason => text!(lang, "unfair-no-reason"),
        Unfair::NoCitation => text!(lang, "unfair-no-citation"),
        Unfair::UnknownFact { fact } => text!(lang, "unfair-unknown-fact", fact = fact),
        Unfair::SameAs { other } => text!(lang, "unfair-same-as", other = other),
    }
}

/// How to fix it.
pub(crate) fn mend(lang: Lang, unfair: &Unfair) -> String {
    match unfair {
        Unfair::ChoicesAlike { .. } => text!(lang, "unfair-mend-replace-one"),
        Unfair::WrongAccepted { .. } => text!(lang, "unfair-mend-replace"),
        Unfair::MayBeTrue { .. } | Unfair::IsTrue { .. } => {
            text!(lang, "unfair-mend-replace-or-specify")
        }
        Unfair::Unsupported { .. } => text!(lang, "unfair-mend-correct-answer"),
        Unfair::SeveralAnswers => text!(lang, "unfair-mend-specify"),
        Unfair::WrongOrder => text!(lang, "unfair-mend-correct-years"),
        Unfair::NamesAnswer => text!(lang, "unfair-mend-not-naming"),
        Unfair::NoQuestionMark => text!(lang, "unfair-mend-question-mark"),
        Unfair::LengthTells { .. } => text!(lang, "unfair-mend-length"),
        Unfair::SoundsCertain { .. } => text!(lang, "unfair-mend-hedge"),
        Unfair::NoFact { .. } => text!(lang, "unfair-mend-remove"),
        Unfair::NoReason => text!(lang, "unfair-mend-add-reason"),
        Unfair::NoCitation => text!(lang, "unfair-mend-cite"),
        Unfair::UnknownFact { .. } => text!(lang, "unfair-mend-correct-id"),
        Unfair::SameAs { .. } => text!(lang, "unfair-mend-remove-one"),
    }
}

/// That a question asks the same as another one, which has this id or is in this place.
pub(crate) fn same_as(lang: Lang, other: &str) -> String {
    what(
        lang,
        &Unfair::SameAs {
            other: other.to_owned(),
        },
    )
}
