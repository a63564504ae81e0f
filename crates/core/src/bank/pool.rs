//! The questions that match a query, found without looking at any of them.

use super::Bank;
use super::packed::{DIFFICULTIES, number_of};
use crate::asked_history::QuestionHash;
use crate::facts::Difficulty;
use serde::{Deserialize, Serialize};

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
    /// The hash of every question.
    hashes: Vec<QuestionHash>,
}

/// Numbers of questions in order of their hashes.
type Part = Vec<u32>;

impl Pools {
    /// Splits questions, given in order of their numbers: pack number, difficulty, whether it can
    /// be typed, hash.
    pub(super) fn of(
        packs: usize,
        questions: impl Iterator<Item = (usize, Difficulty, bool, QuestionHash)>,
    ) -> Self {
        let mut parts: Vec<[[Part; 2]; DIFFICULTIES.len()]> = vec![Default::default(); packs];
        let mut hashes = Vec::new();
        for (number, (pack, difficulty, typed, hash)) in questions.enumerate() {
            hashes.push(hash);
            if let Some(parts) = parts.get_mut(pack) {
                parts[difficulty as usize][usize::from(typed)].push(number_of(number));
            }
        }
        hashes.shrink_to_fit();
        for part in parts.iter_mut().flatten().flatten() {
            part.sort_unstable_by_key(|number| (hashes[*number as usize], *number));
            part.shrink_to_fit();
        }
        Self { parts, hashes }
    }

    /// The hash of a question.
    pub(super) fn hash(&self, number: u32) -> QuestionHash {
        self.hashes[number as usize]
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

    /// The numbers of the questions with this hash.
    pub(super) fn with_hash(&self, hash: QuestionHash) -> impl Iterator<Item = u32> {
        let parts = self.parts.iter().flatten().flatten();
        parts.filter_map(move |part| {
            let at = part.binary_search_by_key(&hash, |number| self.hash(*number));
            part.get(at.ok()?).copied()
        })
    }
}

/// One segment of a [`Pool`]: questions of one bank, by their numbers.
enum Stretch<'a> {
    /// In order of their hashes.
    Part(&'a Part),
    /// In order of their numbers.
    Listed(Vec<u32>),
}

impl Stretch<'_> {
    fn numbers(&self) -> &[u32] {
        match self {
            Self::Part(part) => part,
            Self::Listed(numbers) => numbers,
        }
    }
}

/// The questions of one or more banks that match a query, as if in one list.
#[derive(Default)]
pub(super) struct Pool<'a> {
    /// Segments of the list: where each ends, and its bank with its index.
    stretches: Vec<(usize, (usize, &'a Bank), Stretch<'a>)>,
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
            self.add((place, bank), Stretch::Part(part));
        }
    }

    /// Adds questions of a bank by their numbers.
    pub(super) fn add_listed(&mut self, place: usize, bank: &'a Bank, numbers: Vec<u32>) {
        self.add((place, bank), Stretch::Listed(numbers));
    }

    fn add(&mut self, bank: (usize, &'a Bank), stretch: Stretch<'a>) {
        let end = self.len() + stretch.numbers().len();
        self.stretches.push((end, bank, stretch));
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.stretches.last().map_or(0, |(end, ..)| *end)
    }

    /// The question at an index of the list, with its hash.
    pub(super) fn get(&self, place: u32) -> Option<(QuestionHash, QuestionRef)> {
        let place = place as usize;
        let at = self.stretches.partition_point(|(end, ..)| *end <= place);
        let (end, (bank, of), stretch) = self.stretches.get(at)?;
        let numbers = stretch.numbers();
        let number = *numbers.get(place + numbers.len() - end)?;
        let bank = *bank;
        Some((of.pools.hash(number), QuestionRef { bank, number }))
    }

    /// The segments of the list; hashes are sorted within each.
    pub(super) fn in_order(&self) -> impl Iterator<Item = Vec<(QuestionHash, QuestionRef)>> {
        self.stretches.iter().map(|(_, (bank, of), stretch)| {
            let numbers = stretch.numbers().iter();
            let hashed = numbers.map(|number| {
                let (bank, number) = (*bank, *number);
                (of.pools.hash(number), QuestionRef { bank, number })
            });
            let mut hashed: Vec<_> = hashed.collect();
            if matches!(stretch, Stretch::Listed(_)) {
                hashed.sort_unstable();
            }
            hashed
        })
    }
}
