//! Titles of works that differ only in their articles: "Mask" (1985) and "The Mask" (1994). Articles
//! are forgiven, except where that would make one of these another.

use super::form::{bare, form, with_articles};
use super::known::entries;
use crate::facts::Entity;
use crate::rows::{Rows, number_of};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Titles known outside the packs, a pair a line.
const KNOWN: &str = include_str!("article_twins.txt");

/// Titles, with their articles, of works that share a form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Twins {
    /// The form of each title, in order: several may share one.
    forms: Rows,
    titles: Rows,
    /// The number of the work that each title names.
    works: Vec<u32>,
}

impl Twins {
    /// Adds the works that share a form, if their titles differ. Forms come in order.
    pub(super) fn add<'e>(&mut self, shared: &str, works: impl Iterator<Item = (u32, &'e Entity)>) {
        let mut titles: BTreeSet<(String, u32)> = BTreeSet::new();
        for (number, work) in works {
            let names = std::iter::once(&work.name).chain(&work.aliases);
            let names = names
                .map(|name| bare(name))
                .filter(|name| form(name) == shared);
            titles.extend(names.map(|name| (with_articles(&name), number)));
        }
        let first = titles.first().map(|(title, _)| title);
        if titles.iter().all(|(title, _)| Some(title) == first) {
            return;
        }
        for (title, work) in titles {
            self.forms.push(shared.as_bytes());
            self.titles.push(title.as_bytes());
            self.works.push(work);
        }
    }

    /// The titles of a form, each with the number of its work; `None` for a work in no pack.
    pub(super) fn of(&self, form: &str) -> impl Iterator<Item = (&str, Option<u32>)> {
        let places = 0..number_of(self.works.len());
        let places: Vec<u32> = places.filter(|at| self.forms.text(*at) == form).collect();
        let titles = places.into_iter().map(|at| {
            let work = self.works.get(at as usize).copied();
            (self.titles.text(at), work)
        });
        titles.chain(known(form).map(|title| (title, None)))
    }
}

/// Whether films outside the packs share a form, too.
pub(super) fn is_known(form: &str) -> bool {
    known(form).next().is_some()
}

/// The titles of a form among those known outside the packs.
fn known(shared: &str) -> impl Iterator<Item = &'static str> {
    let pairs = entries(KNOWN).filter_map(|line| line.split_once(" = "));
    let pairs = pairs.filter(move |(one, _)| form(one) == shared);
    pairs.flat_map(|(one, other)| [one, other])
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, entries, form, with_articles};

    #[test]
    fn known_titles_differ_only_in_their_articles() {
        for line in entries(KNOWN) {
            let (one, other) = line.split_once(" = ").expect("two titles");
            assert_eq!(form(one), form(other), "{line}");
            assert_ne!(one, other);
            for title in [one, other] {
                assert_eq!(title, with_articles(title), "{line}");
            }
        }
    }
}
