//! The questions that fit a wish, found without looking at any.

use super::packed::{DIFFICULTIES, number_of};
use crate::facts::Difficulty;

/// The numbers of all questions, parted by pack, by difficulty, and by whether they can be typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Pools {
    /// By pack, then by difficulty: those that cannot be typed, and those that can.
    parts: Vec<[[Vec<u32>; 2]; DIFFICULTIES.len()]>,
}

impl Pools {
    /// Parts questions, given in order by the number of their pack, their difficulty, and whether
    /// they can be typed.
    pub(super) fn of(
        packs: usize,
        questions: impl Iterator<Item = (usize, Difficulty, bool)>,
    ) -> Self {
        let mut pools = Self {
            parts: vec![Default::default(); packs],
        };
        for (number, (pack, difficulty, typed)) in questions.enumerate() {
            if let Some(parts) = pools.parts.get_mut(pack) {
                parts[difficulty as usize][usize::from(typed)].push(number_of(number));
            }
        }
        for part in pools.parts.iter_mut().flatten().flatten() {
            part.shrink_to_fit();
        }
        pools
    }

    /// The questions of one pack or all, of one difficulty or all, all or those that can be typed.
    pub(super) fn pool(
        &self,
        pack: Option<usize>,
        difficulty: Option<Difficulty>,
        only_typed: bool,
    ) -> Pool<'_> {
        let packs = self.parts.iter().enumerate();
        let packs = packs.filter(|(number, _)| pack.is_none_or(|pack| *number == pack));
        let mut pool = Pool::default();
        for (of_difficulty, parts) in packs.flat_map(|(_, parts)| DIFFICULTIES.iter().zip(parts)) {
            if difficulty.is_some_and(|wanted| wanted != *of_difficulty) {
                continue;
            }
            for part in &parts[usize::from(only_typed)..] {
                pool.end += part.len();
                pool.parts.push((pool.end, part));
            }
        }
        pool
    }
}

/// The questions that fit a wish, as if they stood in one row.
#[derive(Debug, Default)]
pub(super) struct Pool<'a> {
    /// Parts of the row, each with the place where it ends.
    parts: Vec<(usize, &'a [u32])>,
    end: usize,
}

impl Pool<'_> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.end
    }

    /// The number of the question at a place of the row.
    pub(super) fn get(&self, place: u32) -> Option<u32> {
        let place = place as usize;
        let part = self.parts.partition_point(|(end, _)| *end <= place);
        let (end, part) = self.parts.get(part)?;
        part.get(place + part.len() - end).copied()
    }
}
