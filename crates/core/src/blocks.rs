//! Many short runs of bytes that resemble their neighbours, compressed.

use crate::rows::{Rows, number_of};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Runs of bytes by number, compressed with LZ4 (<https://lz4.org>) in blocks of neighbours. To read
/// one, its block is unpacked: with a greater `LENGTH` of blocks, they take less memory, but each run
/// takes longer to read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Blocks<const LENGTH: u32> {
    blocks: Rows,
    /// How many runs there are.
    count: u32,
}

impl<const LENGTH: u32> Blocks<LENGTH> {
    /// Compresses runs.
    pub(crate) fn of(rows: &Rows) -> Self {
        let numbers: Vec<u32> = (0..number_of(rows.len())).collect();
        let blocks = numbers.par_chunks(LENGTH as usize).map(|numbers| {
            let block = Rows::of(numbers.iter().map(|number| rows.get(*number)));
            let room = Vec::with_capacity(block.bytes_count() + 8 * numbers.len());
            // Writing into memory cannot fail.
            let block = postcard::to_extend(&block, room).unwrap_or_default();
            lz4_flex::compress_prepend_size(&block)
        });
        let blocks: Vec<Vec<u8>> = blocks.collect();
        Self {
            blocks: blocks.into_iter().collect(),
            count: number_of(rows.len()),
        }
    }

    pub(crate) fn len(&self) -> u32 {
        self.count
    }

    /// The numbers of all runs, block by block.
    pub(crate) fn ranges(&self) -> Vec<Range<u32>> {
        let starts = (0..self.count).step_by(LENGTH as usize);
        let ranges = starts.map(|start| start..self.count.min(start + LENGTH));
        ranges.collect()
    }

    /// The run with this number; empty beyond the last one.
    pub(crate) fn get(&self, number: u32) -> Vec<u8> {
        self.block(number / LENGTH).get(number % LENGTH).to_vec()
    }

    /// The runs with these numbers. The block of neighbours is unpacked once.
    pub(crate) fn each<N: ExactSizeIterator<Item = u32>>(
        &self,
        numbers: N,
    ) -> impl ExactSizeIterator<Item = Vec<u8>> {
        let mut unpacked = (u32::MAX, Rows::default());
        numbers.map(move |number| {
            let block = number / LENGTH;
            if unpacked.0 != block {
                unpacked = (block, self.block(block));
            }
            unpacked.1.get(number % LENGTH).to_vec()
        })
    }

    /// The runs of a block, unpacked.
    pub(crate) fn block(&self, block: u32) -> Rows {
        let bytes = lz4_flex::decompress_size_prepended(self.blocks.get(block));
        postcard::from_bytes(&bytes.unwrap_or_default()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_comes_back_from_its_block() {
        for count in [0, 1, 63, 64, 65, 200] {
            let texts = (0..count).map(|number| format!("{number} is a text").repeat(number % 9));
            let texts: Vec<Vec<u8>> = texts.map(String::into_bytes).collect();
            let blocks = Blocks::<64>::of(&texts.iter().collect());
            assert_eq!(blocks.len(), number_of(count));
            assert!(blocks.each(0..blocks.len()).eq(texts.iter().cloned()));
            for (number, text) in (0..).zip(&texts) {
                assert_eq!(blocks.get(number), *text);
            }
            assert!(blocks.get(1_000).is_empty());
            let numbers = blocks.ranges().into_iter().flatten();
            assert!(numbers.eq(0..blocks.len()));
        }
    }

    #[test]
    fn runs_that_resemble_each_other_take_little_room() {
        let texts = (0..1_000).map(|number| format!("In which year did film {number} come out?"));
        let rows: Rows = texts.collect();
        let blocks = Blocks::<64>::of(&rows);
        assert!(blocks.blocks.iter().flatten().count() * 3 < rows.iter().flatten().count());
    }
}
