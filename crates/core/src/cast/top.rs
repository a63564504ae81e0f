//! The best few of very many.

/// The best few entries of a stream, without duplicates. Of two entries with the same rank, the
/// earlier stays first.
pub(super) struct Top<R> {
    limit: usize,
    /// Sorted by rank.
    best: Vec<(R, u32)>,
}

impl<R: Ord + Copy> Top<R> {
    /// Keeps at most `limit`.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            best: Vec::new(),
        }
    }

    /// Offers an entry with its rank, lowest best. The entry is computed only if the rank is good
    /// enough, which is rare.
    pub(super) fn offer(&mut self, rank: R, entry: impl FnOnce() -> u32) {
        let full = self.best.len() == self.limit;
        if full && self.best.last().is_some_and(|(worst, _)| *worst <= rank) {
            return;
        }
        let entry = entry();
        if let Some(known) = self.best.iter().position(|(_, e)| *e == entry) {
            if self.best[known].0 <= rank {
                return;
            }
            self.best.remove(known);
        }
        let at = self.best.partition_point(|(r, _)| *r <= rank);
        self.best.insert(at, (rank, entry));
        self.best.truncate(self.limit);
    }

    /// The best entries, best first, each with its rank.
    pub(super) fn into_entries(self) -> impl Iterator<Item = (R, u32)> {
        self.best.into_iter()
    }
}
