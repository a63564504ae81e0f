//! Questions about well-known films, their people and their awards.
//!
//! Each template is one line in [`TEMPLATES`] and one function. Templates read from [`FilmIndex`]
//! and draw wrong answers through `pick`. No wrong answer is true, or likely to be true, under any
//! fact of any loaded pack. Cast lists are never complete, so people who worked with the film's
//! director elsewhere, or appear in its series, are not offered either.

mod ask;
mod awards;
mod brief;
mod characters;
mod clue;
mod directed;
mod film_index;
mod music;
mod odd;
mod order;
mod original;
mod own;
mod part;
mod pick;
mod recalled;
mod series;
mod three_films;
mod together;
mod year;

use super::index::Index;
use super::question::Question;
use film_index::{CategoryNominations, FilmIndex};
use rayon::prelude::*;

/// The function behind a template.
enum Template {
    /// Makes questions from films and their people.
    Films(fn(&FilmIndex, &mut Vec<Question>)),
    /// Makes questions from awards, one race at a time.
    Awards(fn(&FilmIndex, &CategoryNominations, &mut Vec<Question>)),
}
use Template::{Awards, Films};

const TEMPLATES: &[Template] = &[
    Films(directed::who),
    Films(directed::which),
    Films(own::questions),
    Films(together::three),
    Films(together::two),
    Films(together::one),
    Films(three_films::star),
    Films(three_films::director),
    Films(characters::film),
    Films(together::beside),
    Films(odd::not_by),
    Films(odd::not_with),
    Films(order::questions),
    Films(year::questions),
    Awards(awards::who),
    Awards(awards::which_film),
    Films(awards::for_which),
    Awards(awards::as_whom),
    Films(awards::in_film),
    Films(awards::song),
    Films(original::whose),
    Films(original::which_film),
    Films(original::other_title),
    Films(part::who),
    Films(part::whom),
    Films(part::where_),
    Films(music::who),
    Films(music::which),
    Films(series::series),
    Films(clue::plot),
    Films(clue::emoji),
];

/// Every question about films of known fame, those of each template by themselves.
pub(super) fn questions(index: &Index) -> Vec<Vec<Question>> {
    let film_index = FilmIndex::of(index);
    let races = film_index.races();
    // Whoever is free takes the next: some take ten times as long as others.
    let numbered = TEMPLATES.iter().enumerate().par_bridge();
    let made = numbered.map(|(number, template)| {
        let mut questions = Vec::new();
        match template {
            Films(make) => make(&film_index, &mut questions),
            Awards(make) => make(&film_index, &races, &mut questions),
        }
        (number, questions)
    });
    let mut made: Vec<(usize, Vec<Question>)> = made.collect();
    made.sort_unstable_by_key(|(number, _)| *number);
    made.into_iter().map(|(_, questions)| questions).collect()
}
