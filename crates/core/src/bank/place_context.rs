//! What a choice of questions knows of the place where a game is played.

use super::Bank;
use super::measured::Levels;
use super::question::QuestionId;
use crate::asked_history::AskedHistory;
use crate::facts::Difficulty;
use std::collections::BTreeSet;

/// What the choice needs to know about the place where a game is played.
#[derive(Debug, Clone, Copy)]
pub struct PlaceContext<'a> {
    /// The questions already asked there.
    pub asked: &'a AskedHistory,
    /// Hidden questions, treated as if they did not exist.
    pub hidden: &'a BTreeSet<QuestionId>,
    /// The measured difficulty of the last bank's questions.
    pub levels: &'a Levels,
}

/// The difficulty of a question: the measured one if the bank has measurements.
pub(super) fn level_of(levels: &Levels, bank: &Bank, number: u32, is_measured: bool) -> Difficulty {
    let written = bank.traits.get(number).difficulty();
    if is_measured && !levels.is_empty() {
        levels.level(bank.pools.hash(number), written)
    } else {
        written
    }
}
