//! What can be unfair about a question, as the linter of [`crate::bank`] finds it. The sentences, with
//! how to fix it, are in the view.

/// One thing unfair about a question.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant says what its fields are")]
pub enum Unfair {
    /// Two choices could be one.
    ChoicesAlike { one: String, other: String },
    /// A wrong answer is one of the accepted spellings.
    WrongAccepted { wrong: String },
    /// A wrong answer may be true: another fact says so, or this one names it.
    MayBeTrue { wrong: String },
    /// A wrong answer is true by the facts.
    IsTrue { wrong: String },
    /// The facts do not say that the answer is right.
    Unsupported { answer: String },
    /// The prompt fits several answers, or none.
    SeveralAnswers,
    /// The films did not come out in this order.
    WrongOrder,
    /// The prompt names the answer.
    NamesAnswer,
    /// The prompt does not end with a question mark.
    NoQuestionMark,
    /// The answer is much longer or shorter than the wrong ones.
    LengthTells {
        right: usize,
        shortest: usize,
        longest: usize,
    },
    /// The prompt does not say that this fact is unsettled.
    SoundsCertain { fact: String },
    /// It is based on an opinion or a rumour.
    NoFact { fact: String },
    /// It gives no reason.
    NoReason,
    /// Its citation is empty.
    NoCitation,
    /// There is no such fact.
    UnknownFact { fact: String },
    /// It asks the same as this question.
    SameAs { other: String },
}
