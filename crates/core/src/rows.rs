//! Many short runs of bytes in a single block.

use serde::{Deserialize, Serialize};

/// Runs of bytes by number. One block and four bytes per run take less memory than one allocation
/// per run, and load from a file in one read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rows {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
    /// Where each run ends.
    ends: Vec<u32>,
}

impl Rows {
    /// Copies runs, with room for exactly these.
    pub(crate) fn of<'r>(rows: impl Iterator<Item = &'r [u8]> + Clone) -> Self {
        let (count, bytes) = rows
            .clone()
            .fold((0, 0), |(count, bytes), row| (count + 1, bytes + row.len()));
        let mut all = Self {
            bytes: Vec::with_capacity(bytes),
            ends: Vec::with_capacity(count),
        };
        for row in rows {
            all.push(row);
        }
        all
    }

    /// Adds a run and returns its number.
    pub(crate) fn push(&mut self, row: &[u8]) -> u32 {
        let number = number_of(self.ends.len());
        self.bytes.extend_from_slice(row);
        self.ends.push(number_of(self.bytes.len()));
        number
    }

    /// The run with this number; empty beyond the last one.
    pub(crate) fn get(&self, number: u32) -> &[u8] {
        let at = number as usize;
        let Some(end) = self.ends.get(at) else {
            return &[];
        };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let row = self.bytes.get(start as usize..*end as usize);
        row.unwrap_or_default()
    }

    /// A run that was added as text.
    pub(crate) fn text(&self, number: u32) -> &str {
        std::str::from_utf8(self.get(number)).unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes all runs have together.
    pub(crate) fn bytes_count(&self) -> usize {
        self.bytes.len()
    }

    /// Every run, in order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        (0..self.ends.len()).map(|number| self.get(number_of(number)))
    }

    pub(crate) fn shrink_to_fit(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

impl<R: AsRef<[u8]>> FromIterator<R> for Rows {
    fn from_iter<I: IntoIterator<Item = R>>(all: I) -> Self {
        let mut rows = Self::default();
        for row in all {
            rows.push(row.as_ref());
        }
        rows.shrink_to_fit();
        rows
    }
}

/// Numbers are 32 bits to stay small: no machine holds enough runs to exceed that.
pub(crate) fn number_of(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
