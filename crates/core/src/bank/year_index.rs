//! Items of works, found in order of how near the works are in time, without a full scan.

use super::index::Index;
use foldhash::{HashMap, HashMapExt};
use std::collections::BTreeMap;

/// Items in the order in which they were added, each with a work, indexed by its year.
pub(super) struct YearIndex<'a, T> {
    all: Vec<(&'a str, T)>,
    /// The indexes into `all` of each work's items, and of each year's, in order.
    of_work: HashMap<&'a str, Vec<usize>>,
    of_year: BTreeMap<Option<u16>, Vec<usize>>,
}

impl<T> Default for YearIndex<'_, T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            of_work: HashMap::new(),
            of_year: BTreeMap::new(),
        }
    }
}

impl<'a, T> YearIndex<'a, T> {
    pub(super) fn of(index: &Index, all: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut filed = Self::default();
        for (work, thing) in all {
            filed.add(index, work, thing);
        }
        filed
    }

    pub(super) fn add(&mut self, index: &Index, work: &'a str, thing: T) {
        let place = self.all.len();
        self.all.push((work, thing));
        self.of_work.entry(work).or_default().push(place);
        let year = index.year_or_next(work);
        self.of_year.entry(year).or_default().push(place);
    }

    /// The items of this work only.
    pub(super) fn of_work(&self, work: &str) -> impl Iterator<Item = &T> {
        let places = self.of_work.get(work).into_iter().flatten();
        places.map(|place| &self.all[*place].1)
    }

    /// All items except this work's, each with its distance. Those of the
    /// [nearest](Index::distance_of) works come first, and ties stay in order.
    pub(super) fn elsewhere<'s>(
        &'s self,
        index: &Index,
        work: &'s str,
    ) -> Box<dyn Iterator<Item = (u16, &'s T)> + 's> {
        let other = move |place: usize| {
            let (of, thing) = &self.all[place];
            (*of != work).then_some(thing)
        };
        let Some(year) = index.year_or_next(work) else {
            let far = (0..self.all.len()).filter_map(other);
            return Box::new(far.map(|thing| (Index::distance_of(None, None), thing)));
        };
        let mut rings: BTreeMap<u16, Vec<&[usize]>> = BTreeMap::new();
        for (other_year, places) in &self.of_year {
            let distance = Index::distance_of(Some(year), *other_year);
            rings.entry(distance).or_default().push(places);
        }
        let rings = rings.into_iter();
        Box::new(rings.flat_map(move |(distance, lists)| {
            let places = in_order(lists).filter_map(other);
            places.map(move |thing| (distance, thing))
        }))
    }
}

/// Merges several sorted lists of numbers.
fn in_order(mut lists: Vec<&[usize]>) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let heads = lists.iter_mut().filter(|list| !list.is_empty());
        let list = heads.min_by_key(|list| list[0])?;
        let (first, rest) = list.split_first()?;
        *list = rest;
        Some(*first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{FactBase, parse_pack};
    use proptest::prelude::*;

    /// Works from these years or without a year; a third of those without one are planned.
    fn base(years: &[Option<u16>]) -> FactBase {
        let works = years.iter().enumerate().map(|(n, year)| {
            let more = match year {
                Some(year) => format!(r#","form":"film","year":{year}"#),
                None if n % 3 == 0 => r#","form":"planned film""#.to_owned(),
                None => String::new(),
            };
            format!(r#"{{"id":"w{n}","name":"Work {n}"{more}}}"#)
        });
        let works: Vec<String> = works.collect();
        let works = works.join(",");
        let text = format!(
            r#"{{"id":"p","title":"P","description":"D","works":[{works}],"questions":[{{"id":"q","prompt":"Which?","answer":"A","distractors":["B","C","D"],"reason":"So."}}]}}"#
        );
        let pack = parse_pack("p.json", &text).expect("a sound pack");
        FactBase::build(vec![pack]).expect("one pack, no clash")
    }

    proptest! {
        /// The result is as if all items were sorted by distance.
        #[test]
        fn the_nearest_come_first_and_ties_stay_in_order(
            years in prop::collection::vec(prop::option::of(1900_u16..2020), 1..12),
            things in prop::collection::vec(0_usize..12, 0..60),
        ) {
            let base = base(&years);
            let index = Index::of(&base);
            let ids: Vec<String> = (0..years.len()).map(|n| format!("w{n}")).collect();
            let things: Vec<&str> = things.iter().map(|n| ids[n % ids.len()].as_str()).collect();
            let filed = YearIndex::of(&index, things.iter().copied().zip(0..));
            for own in &ids {
                let year = index.year_or_next(own);
                let mut sorted: Vec<(u16, usize)> = things
                    .iter()
                    .zip(0..)
                    .filter(|(work, _)| *work != own)
                    .map(|(work, n)| (Index::distance_of(year, index.year_or_next(work)), n))
                    .collect();
                sorted.sort_by_key(|(distance, _)| *distance);
                let found = filed.elsewhere(&index, own).map(|(far, n)| (far, *n));
                prop_assert_eq!(found.collect::<Vec<_>>(), sorted);
                let of_own = things.iter().zip(0..).filter(|(work, _)| *work == own);
                let of_own: Vec<usize> = of_own.map(|(_, n)| n).collect();
                prop_assert_eq!(filed.of_work(own).copied().collect::<Vec<_>>(), of_own);
            }
        }
    }
}
