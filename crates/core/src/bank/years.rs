//! When works came out, as far as facts agree.

/// The first and the last of the years in which each entity is said to have come out, by its place
/// among all entities.
pub(super) struct Years(Vec<Option<(u16, u16)>>);

impl Years {
    /// For this many entities.
    pub(super) fn of(entities: usize) -> Self {
        Self(vec![None; entities])
    }

    pub(super) fn add(&mut self, work: u32, year: Option<u16>) {
        if let (Some(years), Some(year)) = (self.0.get_mut(work as usize), year) {
            let (first, last) = years.unwrap_or((year, year));
            *years = Some((first.min(year), last.max(year)));
        }
    }

    pub(super) fn get(&self, work: u32) -> Option<(u16, u16)> {
        *self.0.get(work as usize)?
    }

    /// The newest of all.
    pub(super) fn newest(&self) -> Option<u16> {
        self.0.iter().flatten().map(|(_, last)| *last).max()
    }
}
