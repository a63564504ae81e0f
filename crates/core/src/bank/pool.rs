//! The questions that match a query, found without looking at any of them.

use super::Bank;
use super::packed::{DIFFICULTIES, number_of};
use crate::asked_history::mark;
use crate::facts::Difficulty;
use serde::{Deserialize, Serialize};

/// A question within a part of one bank: its [`mark`] and its number.
type Entry = (u64, u32);

/// A question of one of the banks that a game draws from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct QuestionRef {
    /// The index of its bank.
    pub(super) bank: usize,
    /// Its number in the bank.
    pub(super) number: u32,
}

/// All questions, split by pack, by difficulty, and by whether they can be typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Pools {
    /// By pack, then by difficulty: first those that cannot be typed, then those that can.
    parts: Vec<[[Part; 2]; DIFFICULTIES.len()]>,
}

/// Questions in order of their marks.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Part {
    // Two separate lists, because pairs would take four more bytes per question.
    marks: Vec<u64>,
    numbers: Vec<u32>,
}

impl Pools {
    /// Splits questions, given in order of their numbers: pack number, difficulty, whether it can
    /// be typed, mark.
    pub(super) fn of(
        packs: usize,
        questions: impl Iterator<Item = (usize, Difficulty, bool, u64)>,
    ) -> Self {
        let mut found: Vec<[[Vec<Entry>; 2]; DIFFICULTIES.len()]> = vec![Default::default(); packs];
        for (number, (pack, difficulty, typed, mark)) in questions.enumerate() {
            if let Some(parts) = found.get_mut(pack) {
                let entry = (mark, number_of(number));
                parts[difficulty as usize][usize::from(typed)].push(entry);
            }
        }
        let parts = found.into_iter();
        Self {
            parts: parts
                .map(|parts| parts.map(|both| both.map(Part::of)))
                .collect(),
        }
    }

    /// The parts of the packs whose entry is true, of one difficulty or all, and all or only typed
    /// ones.
    fn parts(
        &self,
        packs: &[bool],
        difficulty: Option<Difficulty>,
        only_typed: bool,
    ) -> impl Iterator<Item = &Part> {
        let packs = self.parts.iter().zip(packs).filter(|(_, plays)| **plays);
        let levels = packs.flat_map(|(parts, _)| DIFFICULTIES.iter().zip(parts));
        let levels = levels.filter(move |(of, _)| difficulty.is_none_or(|wanted| wanted == **of));
        levels.flat_map(move |(_, parts)| &parts[usize::from(only_typed)..])
    }

    /// The numbers of the questions with this mark.
    pub(super) fn with_mark(&self, mark: u64) -> impl Iterator<Item = u32> {
        let parts = self.parts.iter().flatten().flatten();
        parts.filter_map(move |part| {
            let at = part.marks.binary_search(&mark).ok()?;
            part.numbers.get(at).copied()
        })
    }
}

impl Part {
    fn of(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable();
        let (marks, numbers) = entries.into_iter().unzip();
        Self { marks, numbers }
    }
}

/// One segment of a [`Pool`].
enum Stretch<'a> {
    Part(&'a Part),
    /// Questions about a subject, whose marks are computed on demand.
    Listed(&'a Bank, Vec<u32>),
}

impl Stretch<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Part(part) => part.numbers.len(),
            Self::Listed(_, numbers) => numbers.len(),
        }
    }

    fn get(&self, place: usize) -> Option<Entry> {
        match self {
            Self::Part(part) => Some((*part.marks.get(place)?, *part.numbers.get(place)?)),
            Self::Listed(bank, numbers) => {
                let number = *numbers.get(place)?;
                Some((mark(bank.id(number)), number))
            }
        }
    }

    /// In order of their marks.
    fn entries(&self) -> Vec<Entry> {
        let entries = (0..self.len()).filter_map(|place| self.get(place));
        let mut entries: Vec<Entry> = entries.collect();
        if matches!(self, Self::Listed(..)) {
            entries.sort_unstable();
        }
        entries
    }
}

/// The questions of one or more banks that match a query, as if in one list.
#[derive(Default)]
pub(super) struct Pool<'a> {
    /// Segments of the list: where each ends, and the index of its bank.
    stretches: Vec<(usize, usize, Stretch<'a>)>,
}

impl<'a> Pool<'a> {
    /// Adds a bank's questions: of the packs whose entry is true, of one difficulty or all, and all
    /// or only typed ones.
    pub(super) fn add_parts(
        &mut self,
        (place, bank): (usize, &'a Bank),
        packs: &[bool],
        difficulty: Option<Difficulty>,
        only_typed: bool,
    ) {
        for part in bank.pools.parts(packs, difficulty, only_typed) {
            self.add(place, Stretch::Part(part));
        }
    }

    /// Adds questions of a bank by their numbers.
    pub(super) fn add_listed(&mut self, place: usize, bank: &'a Bank, numbers: Vec<u32>) {
        self.add(place, Stretch::Listed(bank, numbers));
    }

    fn add(&mut self, bank: usize, stretch: Stretch<'a>) {
        self.stretches
            .push((self.len() + stretch.len(), bank, stretch));
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.stretches.last().map_or(0, |(end, ..)| *end)
    }

    /// The question at an index of the list, with its mark.
    pub(super) fn get(&self, place: u32) -> Option<(u64, QuestionRef)> {
        let place = place as usize;
        let at = self.stretches.partition_point(|(end, ..)| *end <= place);
        let (end, bank, stretch) = self.stretches.get(at)?;
        let (mark, number) = stretch.get(place + stretch.len() - end)?;
        let bank = *bank;
        Some((mark, QuestionRef { bank, number }))
    }

    /// The segments of the list; marks are sorted within each.
    pub(super) fn in_order(&self) -> impl Iterator<Item = Vec<(u64, QuestionRef)>> {
        self.stretches.iter().map(|(_, bank, stretch)| {
            let entries = stretch.entries().into_iter();
            let bank = *bank;
            entries
                .map(|(mark, number)| (mark, QuestionRef { bank, number }))
                .collect()
        })
    }
}
