//! What the bot counts about itself: plain atomic numbers. Whoever does the work adds to them, and
//! whoever is asked reads them.
//!
//! Adding costs one atomic operation for a counter and two for a histogram, whether anybody reads
//! or not. Nothing here grows: what is counted apart is known beforehand, and everything else
//! counts as [`OTHER`], so that no member can make a number by a name of their own.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The row or column of what is not known by name.
pub const OTHER: &str = "other";

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// One more.
    pub fn add_one(&self) {
        self.add(1);
    }

    /// So many more.
    pub fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// How many so far.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Counters told apart by two names, each from a list known beforehand.
#[derive(Debug)]
pub struct Table {
    rows: &'static [&'static str],
    columns: &'static [&'static str],
    /// Row by row, with one row and one column more for [`OTHER`].
    cells: Vec<Counter>,
}

impl Table {
    /// A table of zeros.
    #[must_use]
    pub fn new(rows: &'static [&'static str], columns: &'static [&'static str]) -> Self {
        let cells = (rows.len() + 1) * (columns.len() + 1);
        Self {
            rows,
            columns,
            cells: (0..cells).map(|_| Counter::default()).collect(),
        }
    }

    /// One more of this.
    pub fn add_one(&self, row: &str, column: &str) {
        let at = |names: &[&str], name| {
            let found = names.iter().position(|known| *known == name);
            found.unwrap_or(names.len())
        };
        let cell = at(self.rows, row) * (self.columns.len() + 1) + at(self.columns, column);
        if let Some(counter) = self.cells.get(cell) {
            counter.add_one();
        }
    }

    /// Every row, column and number, but what is not known by name only where there was any.
    pub fn cells(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> {
        let with_other = |names: &'static [&'static str]| names.iter().copied().chain([OTHER]);
        let names = with_other(self.rows)
            .flat_map(move |row| with_other(self.columns).map(move |column| (row, column)));
        names
            .zip(&self.cells)
            .map(|((row, column), cell)| (row, column, cell.get()))
            .filter(|(row, column, count)| *count > 0 || (*row != OTHER && *column != OTHER))
    }
}

/// How often a measured number lay between which bounds.
#[derive(Debug)]
pub struct Histogram {
    /// Ascending, each the greatest number of its bucket.
    bounds: &'static [u64],
    /// One for each bound and one for what is above all of them.
    buckets: Vec<AtomicU64>,
    sum: AtomicU64,
}

/// Bounds of a histogram of times, in microseconds: from a quarter of a millisecond to Discord's
/// three seconds and beyond.
const TIMES_US: &[u64] = &[
    250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    2_000_000, 3_000_000, 5_000_000, 10_000_000,
];
/// Bounds of a histogram of sizes.
const SIZES: &[u64] = &[1, 2, 4, 8, 16, 32, 64, 128, 256];

impl Histogram {
    /// One of times, in microseconds.
    #[must_use]
    pub fn of_times_us() -> Self {
        Self::new(TIMES_US)
    }

    /// One of sizes: how many at once.
    #[must_use]
    pub fn of_sizes() -> Self {
        Self::new(SIZES)
    }

    fn new(bounds: &'static [u64]) -> Self {
        Self {
            bounds,
            buckets: (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect(),
            sum: AtomicU64::new(0),
        }
    }

    /// Takes in a measured number.
    pub fn observe(&self, measured: u64) {
        let at = self.bounds.partition_point(|bound| *bound < measured);
        if let Some(bucket) = self.buckets.get(at) {
            bucket.fetch_add(1, Ordering::Relaxed);
            self.sum.fetch_add(measured, Ordering::Relaxed);
        }
    }

    /// Takes in a time, for a histogram of microseconds.
    pub fn observe_time(&self, taken: Duration) {
        self.observe(u64::try_from(taken.as_micros()).unwrap_or(u64::MAX / 2));
    }

    /// The sum of all numbers taken in.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.sum.load(Ordering::Relaxed)
    }

    /// How many numbers lay in each bucket (not below it): first its greatest number, none for the
    /// last bucket.
    pub fn buckets(&self) -> impl Iterator<Item = (Option<u64>, u64)> {
        let bounds = self.bounds.iter().copied().map(Some).chain([None]);
        let counts = self
            .buckets
            .iter()
            .map(|count| count.load(Ordering::Relaxed));
        bounds.zip(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_not_known_count_as_other() {
        let table = Table::new(&["quiz", "cast"], &["answered"]);
        table.add_one("quiz", "answered");
        table.add_one("quiz", "answered");
        assert_eq!(
            table.cells().collect::<Vec<_>>(),
            [("quiz", "answered", 2), ("cast", "answered", 0)]
        );
        for forged in ["a", "b", "\"} 1\n"] {
            table.add_one(forged, "answered");
            table.add_one("cast", forged);
        }
        assert_eq!(
            table.cells().collect::<Vec<_>>(),
            [
                ("quiz", "answered", 2),
                ("cast", "answered", 0),
                ("cast", OTHER, 3),
                (OTHER, "answered", 3)
            ]
        );
    }

    #[test]
    fn a_bound_belongs_to_its_bucket() {
        let sizes = Histogram::of_sizes();
        for size in [0, 1, 2, 3, 256, 257, 1_000_000] {
            sizes.observe(size);
        }
        let filled: Vec<_> = sizes.buckets().filter(|(_, count)| *count > 0).collect();
        let expected = [
            (Some(1), 2),
            (Some(2), 1),
            (Some(4), 1),
            (Some(256), 1),
            (None, 2),
        ];
        assert_eq!(filled, expected);
        assert_eq!(sizes.sum(), 1_000_519);
        let times = Histogram::of_times_us();
        times.observe_time(Duration::MAX);
        assert_eq!(times.buckets().last(), Some((None, 1)));
    }
}
