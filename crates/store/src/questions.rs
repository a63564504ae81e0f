//! How often questions are answered rightly: counted with the reveal, once for each answer, and
//! without members, so that it survives the deletion of a member.

/// Questions read at once. A bank of more has few that were answered as often.
pub(super) const COUNTS_MAX: u32 = 100_000;

/// How often one question was answered, over all servers.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionCount {
    /// The question's id.
    pub question: String,
    /// Answers that count: those of revealed rounds.
    pub answered: u64,
    /// Those of them that were right.
    pub correct: u64,
}
