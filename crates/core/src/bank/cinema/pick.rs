//! Wrong answers: close to the right one, and always the same for the same question.

use super::brief::{FilmBrief, PersonBrief};
use super::film_index::{FilmIndex, FilmNo, Known, PersonNo};
use crate::bank::seed::{scattered, turns};
use std::ops::Range;

/// How many candidates are weighed for one question.
const WEIGHED_MAX: usize = 64;
/// How many wrong answers are proposed; some will turn out to be too alike.
const PROPOSED_MAX: usize = 9;
/// The years around a film in which to search for others, narrowest first.
const SPANS: [u16; 3] = [5, 10, 25];
/// The cost of someone known from a single film, whose name few recognise.
const LITTLE_KNOWN: u32 = 6;
/// Beyond this many years the distance no longer matters.
const YEARS_STRANGE: u32 = 12;
/// The cost of each step between a star and a stranger: see [`PersonBrief::reach`].
const REACH: u32 = 2;
/// The cost of someone who has only made films with real people, for a cartoon, or the other way
/// round.
const DRAWN_APART: u32 = 4;
/// How many years apart cartoons may be whose directors are asked for among each other.
const CARTOON_YEARS: u16 = 30;
/// The least fame of a film that most people know.
const FAME_KNOWN: u8 = 4;
/// How many of a film's cast are its leads when looking for films with shared actors.
const LEADS: usize = 5;
/// How many candidates are fetched at a time.
const AHEAD: usize = 32;
/// Searching only some people's films is worth while if they are at most one in this many of all.
const FEW: usize = 16;
/// With fewer known films of its own genre, a film is asked among others too.
const LIKE_MIN: usize = 5;

/// The best of the first `WEIGHED_MAX` that qualify, best first. `cost` also gets the cost from which
/// a candidate is not kept, and may stop adding up once it is reached.
fn best<T>(candidates: impl Iterator<Item = T>, cost: impl Fn(&T, u32) -> u32) -> Vec<T> {
    let mut best: Vec<(u32, T)> = Vec::with_capacity(PROPOSED_MAX + 1);
    let mut limit = u32::MAX;
    for candidate in candidates.take(WEIGHED_MAX) {
        let cost = cost(&candidate, limit);
        if cost >= limit {
            continue;
        }
        let place = best.partition_point(|(other, _)| *other <= cost);
        best.insert(place, (cost, candidate));
        best.truncate(PROPOSED_MAX);
        if best.len() == PROPOSED_MAX
            && let Some((worst, _)) = best.last()
        {
            limit = *worst;
        }
    }
    best.into_iter().map(|(_, it)| it).collect()
}

/// The same items, fetched in batches: the processor then loads several from memory at once instead
/// of waiting for each.
fn ahead<T: Copy>(mut items: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    let mut fetched: Vec<T> = Vec::with_capacity(AHEAD);
    let mut next = 0;
    std::iter::from_fn(move || {
        if next >= fetched.len() {
            fetched.clear();
            fetched.extend(items.by_ref().take(AHEAD));
            next = 0;
        }
        next += 1;
        fetched.get(next - 1).copied()
    })
}

impl FilmIndex<'_, '_> {
    /// Known films of the same genre, for a question that describes the film: a robot and a rocket
    /// tell it from a love story too easily. Others follow if there are too few.
    pub(super) fn films_like(
        &self,
        film: FilmNo,
        seed: u64,
        fits: impl Fn(FilmNo) -> bool,
    ) -> Vec<FilmNo> {
        let own = self.film_brief(film);
        let is_like = |number: FilmNo| {
            let other = self.film_brief(number);
            other.fame >= FAME_KNOWN && other.shares_main_genre(own) && fits(number)
        };
        let mut like = self.films_near(film, seed, is_like);
        if like.len() < LIKE_MIN {
            like.extend(self.films_near(film, seed, fits));
        }
        like
    }

    /// Films of about the same time; similar genre and fame first.
    pub(super) fn films_near(
        &self,
        film: FilmNo,
        seed: u64,
        fits: impl Fn(FilmNo) -> bool,
    ) -> Vec<FilmNo> {
        self.nearest(film, |range| {
            let from = range.start;
            let all = scattered(range.len(), seed);
            let all = all.filter_map(move |n| FilmNo::try_from(from + n).ok());
            Box::new(all.filter(|other| *other != film && fits(*other)))
        })
    }

    /// Everyone who has a lead in one of these films, in order.
    pub(super) fn leads_of(&self, films: impl Iterator<Item = FilmNo>) -> Vec<PersonNo> {
        let leads = films.flat_map(|film| self.leads(film));
        let mut people: Vec<PersonNo> = leads.collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    fn leads(&self, film: FilmNo) -> impl Iterator<Item = PersonNo> {
        let cast = self.film(film).cast.iter().take(LEADS);
        cast.map(|credit| credit.person)
    }

    /// Films of about the same time that somebody cannot be in, but that [some](Self::leads_of) of
    /// their fellows lead: they could well be theirs.
    pub(super) fn films_of_fellows(
        &self,
        (person, fellows): (PersonNo, &[PersonNo]),
        film: FilmNo,
        seed: u64,
        fits: impl Fn(FilmNo) -> bool,
    ) -> Vec<FilmNo> {
        let maybe = self.films_maybe_with(person);
        let fits = |other: FilmNo| {
            let mut leads = self.leads(other);
            maybe.binary_search(&other).is_err()
                && fits(other)
                && leads.any(|lead| fellows.binary_search(&lead).is_ok())
        };
        self.films_near_with(fellows, film, seed, fits)
    }

    /// Films of about the same time, if only those in which one of these people acted can fit: faster
    /// if these are few.
    fn films_near_with(
        &self,
        people: &[PersonNo],
        film: FilmNo,
        seed: u64,
        fits: impl Fn(FilmNo) -> bool,
    ) -> Vec<FilmNo> {
        let theirs = people
            .iter()
            .map(|person| self.person(*person).played.len());
        if theirs.sum::<usize>() > self.films.len() / FEW {
            return self.films_near(film, seed, fits);
        }
        let candidates = self.films_with(people);
        self.nearest(film, |range| {
            let turn_of = turns(range.len(), seed);
            let place = |film: FilmNo| film as usize;
            let from = candidates.partition_point(|other| place(*other) < range.start);
            let until = candidates.partition_point(|other| place(*other) < range.end);
            let mut inside = candidates[from..until].to_vec();
            inside.sort_by_cached_key(|other| turn_of(place(*other) - range.start));
            let inside = inside.into_iter();
            Box::new(inside.filter(|other| *other != film && fits(*other)))
        })
    }

    /// The best of the films that `of_range` gives for the numbers of films of about the same time.
    fn nearest<'f>(
        &self,
        film: FilmNo,
        of_range: impl Fn(Range<usize>) -> Box<dyn Iterator<Item = FilmNo> + 'f>,
    ) -> Vec<FilmNo> {
        let own = self.film_brief(film);
        let mut found = Vec::new();
        for span in SPANS {
            let range = self.films_within(own.year.saturating_sub(span), own.year + span);
            found = best(of_range(range), |other, _| {
                let other = self.film_brief(*other);
                let fame = u32::from(other.fame.abs_diff(own.fame));
                let years = u32::from(other.year.abs_diff(own.year)).min(YEARS_STRANGE);
                let strange = 3 * u32::from(!other.shares_main_genre(own));
                3 * fame + strange + 2 * u32::from(!other.shares_genre(own)) + years / 3
            });
            if found.len() == PROPOSED_MAX {
                break;
            }
        }
        found
    }

    /// The films of these years, as a range of their numbers.
    pub(super) fn films_within(&self, from: u16, to: u16) -> Range<usize> {
        let start = self.films.partition_point(|film| film.year < from);
        let end = self.films.partition_point(|film| film.year <= to);
        start..end.max(start)
    }

    /// People of a trade who could plausibly have worked on a film: similar fame first, among those
    /// who made similar films at that time.
    pub(super) fn people_near(
        &self,
        trade: &[Known],
        like: PersonNo,
        film: FilmNo,
        seed: u64,
        fits: impl Fn(PersonNo) -> bool,
    ) -> Vec<PersonNo> {
        let year = self.film_brief(film).year;
        let fits = |number, other: PersonBrief| other.was_active(year) && fits(number);
        self.people_like(trade, like, film, seed, fits)
    }

    /// Whether somebody directed a cartoon within a generation of this one: there were few at a time.
    pub(super) fn directed_cartoon_near(&self, person: PersonNo, film: FilmNo) -> bool {
        let year = self.film_brief(film).year;
        let mut directed = self.person(person).directed.iter();
        directed.any(|other| {
            let other = self.film_brief(*other);
            other.is_animated && other.year.abs_diff(year) <= CARTOON_YEARS
        })
    }

    /// The same of any time, which `fits` may limit.
    pub(super) fn people_like(
        &self,
        trade: &[Known],
        like: PersonNo,
        film: FilmNo,
        seed: u64,
        fits: impl Fn(PersonNo, PersonBrief) -> bool,
    ) -> Vec<PersonNo> {
        let own = self.person_brief(like);
        let all = ahead(scattered(trade.len(), seed).map(|n| trade[n]));
        let fitting = all.filter(|Known { person, brief }| {
            let is_alike = own.pronoun.is_none() || own.pronoun == brief.pronoun;
            *person != like && is_alike && fits(*person, *brief)
        });
        let film = self.film_brief(film);
        let found = best(fitting, |Known { brief: other, .. }, limit| {
            let fame = 2 * u32::from(other.fame.abs_diff(own.fame));
            let reach = REACH * u32::from(other.reach.abs_diff(own.reach));
            let cost = fame + reach + LITTLE_KNOWN * u32::from(other.reach == 0);
            if cost >= limit {
                return cost;
            }
            cost + self.strangeness(*other, film)
        });
        found.into_iter().map(|known| known.person).collect()
    }

    /// How out of place someone would look in a list for a film, judged by what else they made at
    /// that time.
    fn strangeness(&self, person: PersonBrief, film: FilmBrief) -> u32 {
        let apart = self.briefs_of(person).iter().map(|other| {
            let years = u32::from(other.year.abs_diff(film.year)).min(YEARS_STRANGE);
            years / 2
                + 2 * u32::from(!other.shares_main_genre(film))
                + 2 * u32::from(!other.shares_genre(film))
                + DRAWN_APART * u32::from(other.is_animated != film.is_animated)
        });
        apart.min().unwrap_or(YEARS_STRANGE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The best are those of a sorted list, whether costs are added up to the end or not.
        #[test]
        fn the_best_are_the_first_of_all_sorted(costs in prop::collection::vec(0_u32..20, 0..90)) {
            let numbered: Vec<(usize, u32)> = costs.iter().copied().enumerate().collect();
            let mut sorted: Vec<(usize, u32)> = numbered.iter().copied().take(WEIGHED_MAX).collect();
            sorted.sort_by_key(|(_, cost)| *cost);
            sorted.truncate(PROPOSED_MAX);
            let whole = best(numbered.iter().copied(), |(_, cost), _| *cost);
            prop_assert_eq!(&whole, &sorted);
            let part = best(numbered.iter().copied(), |(_, cost), limit| (*cost).min(limit));
            prop_assert_eq!(part, sorted);
        }

        #[test]
        fn what_is_fetched_ahead_is_the_same(count in 0_usize..100) {
            prop_assert!(ahead(0..count).eq(0..count));
        }
    }
}
