//! Questions about well-known films, their people and their awards.
//!
//! Each template stands in one line of [`TEMPLATES`] and in one function. What they know comes from
//! [`FilmIndex`]; wrong answers are drawn by `pick`, and none of them is true, or likely to be true,
//! under any fact of any loaded pack: lists of players are never complete, and so nobody is offered
//! against a film who worked with its director elsewhere or is in another film of its series.

mod ask;
mod awards;
mod clue;
mod directed;
mod film_index;
mod kinship;
mod music;
mod odd;
mod order;
mod original;
mod own;
mod part;
mod pick;
mod together;
mod year;

use super::index::Index;
use super::question::Question;
use film_index::{CategoryNominations, FilmIndex};

/// What makes the questions of a template.
enum Template {
    /// From films and their people.
    Films(fn(&FilmIndex, &mut Vec<Question>)),
    /// From awards, race by race.
    Awards(fn(&FilmIndex, &CategoryNominations, &mut Vec<Question>)),
}
use Template::{Awards, Films};

const TEMPLATES: [Template; 30] = [
    Films(directed::who),
    Films(directed::which),
    Films(own::questions),
    Films(together::three),
    Films(together::two),
    Films(together::one),
    Films(together::beside),
    Films(odd::not_in),
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
    Films(kinship::series),
    Films(kinship::genre),
    Films(clue::plot),
    Films(clue::emoji),
];

/// Every question about films that are known by their fame.
pub(super) fn questions(index: &Index) -> Vec<Question> {
    let film_index = FilmIndex::of(index);
    let races = film_index.races();
    let mut questions = Vec::new();
    for template in TEMPLATES {
        match template {
            Films(make) => make(&film_index, &mut questions),
            Awards(make) => make(&film_index, &races, &mut questions),
        }
    }
    questions
}
