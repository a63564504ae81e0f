//! The questions that fit a query, found without looking at any.

use super::packed::{DIFFICULTIES, number_of};
use crate::facts::Difficulty;

/// A question as a pool knows it: by its [mark](crate::asked::mark) and its number.
pub(super) type Entry = (u64, u32);

/// All questions, parted by pack, by difficulty, and by whether they can be typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Pools {
    /// By pack, then by difficulty: those that cannot be typed, and those that can.
    parts: Vec<[[Part; 2]; DIFFICULTIES.len()]>,
}

/// Questions in order of their marks.
#[derive(Debug, Clone, Default)]
struct Part {
    // Apart from each other, because together every one would take four bytes more.
    marks: Vec<u64>,
    numbers: Vec<u32>,
}

impl Pools {
    /// Parts questions, given in order of their numbers: the number of the pack, the difficulty,
    /// whether it can be typed, the mark.
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
                pool.end += part.marks.len();
                pool.parts.push((pool.end, part));
            }
        }
        pool
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

    fn entries(&self) -> impl Iterator<Item = Entry> {
        self.marks.iter().copied().zip(self.numbers.iter().copied())
    }
}

/// The questions that fit a query, as if they stood in one row.
#[derive(Debug, Default)]
pub(super) struct Pool<'a> {
    /// Parts of the row, each with the place where it ends.
    parts: Vec<(usize, &'a Part)>,
    end: usize,
}

impl<'a> Pool<'a> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.end
    }

    /// The question at a place of the row.
    pub(super) fn get(&self, place: u32) -> Option<Entry> {
        let place = place as usize;
        let part = self.parts.partition_point(|(end, _)| *end <= place);
        let (end, part) = self.parts.get(part)?;
        let place = place + part.marks.len() - end;
        Some((*part.marks.get(place)?, *part.numbers.get(place)?))
    }

    /// The parts of the row, in each of which the marks are in order.
    pub(super) fn parts(&self) -> impl Iterator<Item = impl Iterator<Item = Entry> + 'a> {
        self.parts.iter().map(|(_, part)| part.entries())
    }
}
