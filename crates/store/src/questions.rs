//! How often questions are answered correctly. Each answer is counted once, when its round is
//! revealed, and without the member, so that the counts survive a member's deletion.

/// The most questions read at once. A larger bank has few questions with that many answers.
pub(super) const COUNTS_MAX: u32 = 100_000;

/// How often one question was answered, over all servers.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionCount {
    /// The question's id.
    pub question: String,
    /// Answers in revealed rounds.
    pub answered: u64,
    /// Those that were right.
    pub correct: u64,
}
