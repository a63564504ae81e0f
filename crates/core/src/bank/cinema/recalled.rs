//! What a reveal adds to bring a film back to mind, when the question says little of it.

use super::ask::Ask;
use super::film_index::{Credit, FilmIndex, FilmNo, PersonNo};
use crate::bank::seed::scattered;
use crate::bank::wording::title;
use crate::facts::{Fact, character_in_sentence, fold};

/// How many of the best-billed are searched for a part to mention.
const BILLED_MAX: usize = 4;
/// How many such films are named.
const LANDMARKS_MAX: usize = 2;

impl<'a> Ask<'a> {
    /// Adds "Whoopi Goldberg plays Oda Mae Brown.": someone in the film other than this person.
    /// Returns whether there is anyone.
    pub(super) fn add_fellow(
        &mut self,
        film_index: &FilmIndex<'_, 'a>,
        film: FilmNo,
        apart: Option<PersonNo>,
    ) -> bool {
        let fellow =
            cast(film_index, film, self.fact).find(|(credit, _)| Some(credit.person) != apart);
        let Some((fellow, part)) = fellow else {
            return false;
        };
        let plays = plays(film_index, film);
        let name = film_index.name(fellow.person);
        let part = character_in_sentence(part);
        self.reason.extend([" ", name, " ", plays, " ", &part, "."]);
        self.also.push(fellow.fact);
        true
    }

    /// Adds "Steven Spielberg directed it.", or "also directed it" of someone whom the reason names.
    pub(super) fn add_director(&mut self, film_index: &FilmIndex<'_, 'a>, film: FilmNo) {
        if let Some(by) = film_index.by(film) {
            let also = if self.reason.contains(&by) {
                " also"
            } else {
                ""
            };
            self.reason.extend([" ", &by, also, " directed it."]);
            let directors = &film_index.film(film).directors;
            self.also.extend(directors.iter().map(|by| by.fact));
        }
    }

    /// Gives "Roy Scheider plays Martin Brody in Jaws (1975). Steven Spielberg directed it." as the
    /// reason. Without a known part, or if the pack has words of its own for the release, the first
    /// sentence stays as it is.
    pub(super) fn recall(&mut self, film_index: &FilmIndex<'_, 'a>, film: FilmNo) {
        let star = cast(film_index, film, self.fact).next();
        if let Some((star, _)) = star.filter(|_| self.fact.of_record) {
            self.reason = summary(film_index, film, star);
            self.also.push(star.fact);
        }
        self.add_director(film_index, film);
    }

    /// Gives "Alien came out in 1979, like Manhattan and Moonraker." as the reason. In a year
    /// without other films that everyone remembers, it adds a part.
    pub(super) fn recall_year(&mut self, film_index: &FilmIndex<'_, 'a>, film: FilmNo, seed: u64) {
        let landmarks = landmarks(film_index, film, self.fact);
        let landmarks = scattered(landmarks.len(), seed).map(|at| landmarks[at]);
        let landmarks: Vec<FilmNo> = landmarks.take(LANDMARKS_MAX).collect();
        if landmarks.is_empty() {
            self.add_fellow(film_index, film, None);
            return;
        }
        let titles = landmarks.iter().map(|other| film_index.film(*other).title);
        let titles: Vec<&str> = titles.collect();
        let own = film_index.film(film);
        self.reason = format!(
            "{} came out in {}, like {}.",
            own.title,
            own.year,
            titles.join(" and ")
        );
        let releases = landmarks.iter();
        self.also
            .extend(releases.filter_map(|other| film_index.film(*other).release));
    }
}

/// The best-billed with their parts, as stated by the pack of this fact.
fn cast<'f, 'a>(
    film_index: &'f FilmIndex<'_, 'a>,
    film: FilmNo,
    fact: &'f Fact,
) -> impl Iterator<Item = (&'f Credit<'a>, &'a str)> {
    let billed = film_index.film(film).cast.iter().take(BILLED_MAX);
    billed.filter_map(move |credit| {
        let is_stated = credit.is_asked && film_index.index.are_of_one_pack(credit.fact, fact);
        let part = part(credit)?;
        is_stated.then_some((credit, part))
    })
}

/// The name of the part, if it is known.
pub(super) fn part<'a>(credit: &Credit<'a>) -> Option<&'a str> {
    credit.character().map(title)
}

/// Who plays whom in which film; a cartoon has voices. A film's name is not said twice: "Arnold
/// Schwarzenegger plays the title role in The Terminator (1984)."
pub(super) fn summary(film_index: &FilmIndex, film: FilmNo, credit: &Credit) -> String {
    let plays = plays(film_index, film);
    let part = part(credit).map(fold);
    if part.is_some_and(|part| part == film_index.film(film).folded) {
        let name = film_index.name(credit.person);
        let role = if film_index.is_animated(film) {
            "title character"
        } else {
            "title role"
        };
        return format!("{name} {plays} the {role} in {}.", film_index.dated(film));
    }
    let plays = format!(" {plays} ");
    credit.fact.summary.replacen(" plays ", &plays, 1)
}

/// What an actor does in a film.
pub(super) fn plays(film_index: &FilmIndex, film: FilmNo) -> &'static str {
    if film_index.is_animated(film) {
        "voices"
    } else {
        "plays"
    }
}

/// Other films of the year that everyone remembers, as stated by the pack of this fact.
fn landmarks(film_index: &FilmIndex, film: FilmNo, fact: &Fact) -> Vec<FilmNo> {
    let same_year = film_index.landmarks(film_index.film(film).year);
    let is_landmark = |other: &FilmNo| {
        let of = film_index.film(*other);
        let is_stated = |release: &Fact| {
            film_index.asks_anew(release) && film_index.index.are_of_one_pack(release, fact)
        };
        *other != film
            && of.release.is_some_and(is_stated)
            && film_index.shown(*other) == of.title
            && !film_index.are_of_a_series(film, *other)
    };
    same_year.iter().copied().filter(is_landmark).collect()
}
