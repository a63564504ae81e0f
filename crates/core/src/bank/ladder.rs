//! The questions of a clue ladder: films identified by six clues, like the film of the day, with
//! titles of similar films as wrong answers.

use super::choose::{ChooseError, QuestionQuery, round};
use super::film::{Candidate, PREFIX, asked, bare, candidates};
use super::place_context::PlaceContext;
use super::question::{Answer, Question};
use super::round::Round;
use super::subject::Subject;
use crate::asked_history::QuestionHash;
use crate::facts::{
    Difficulty, EntityId, EntityKind, EntityRef, Fact, FactBase, FactKind, PackId, fold,
};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most wrong titles that a question may draw from.
const DISTRACTORS_MAX: usize = 12;
const DISTRACTORS_MIN: usize = 3;
/// Films that nearly everyone knows.
const FAME_EASY: u8 = 5;

/// Chooses the films of a ladder for a place: those never asked there first, then those asked
/// longest ago; easy ones first. `secret` lists films that must not be asked now. The same
/// arguments always choose the same rounds.
///
/// # Errors
/// If the pack is not loaded, or no film fits the query.
pub fn ladder(
    base: &FactBase,
    query: &QuestionQuery,
    secret: &[EntityId],
    place: PlaceContext<'_>,
    seed: u64,
) -> Result<Vec<Round>, ChooseError> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let films = candidates(base);
    let packs = base.packs().iter().map(|pack| &pack.id);
    let played: Vec<&PackId> = packs.filter(|id| query.plays(id)).collect();
    let is_played = |film: &Candidate<'_>| {
        let is_told_by = |pack: &&PackId| film.facts.iter().any(|fact| is_from(base, fact, pack));
        played.iter().any(is_told_by)
    };
    let wanted = |film: &&Candidate<'_>| {
        let is_open = !secret.contains(&film.work.id);
        let is_level = query.difficulty.is_none_or(|level| level == level_of(film));
        let about = query.about.as_ref();
        is_open
            && is_level
            && (query.plays_all() || is_played(film))
            && about.is_none_or(|subject| is_about(film, subject))
    };
    let mut chosen: Vec<_> = films.iter().filter(wanted).collect();
    if chosen.is_empty() {
        return Err(ChooseError::NoQuestion);
    }
    chosen.retain(|film| !place.hidden.contains(&id_of(film)));
    chosen.shuffle(&mut random);
    chosen.sort_by_key(|film| place.asked.when(QuestionHash::of(&id_of(film))));
    let questions = chosen
        .into_iter()
        .filter_map(|film| Some((film, question(base, film, &films)?)));
    let mut questions: Vec<_> = questions.take(usize::from(query.rounds)).collect();
    questions.sort_by_key(|(_, question)| question.difficulty);
    if questions.is_empty() {
        return Err(ChooseError::AllHidden);
    }
    let rounds = questions.into_iter().map(|(film, question)| Round {
        clues: film.clues.to_vec(),
        ..round(Arc::new(question), &mut random)
    });
    Ok(rounds.collect())
}

/// The ladder question with this id, made from the current facts. `None` if it is another kind of
/// question, or the film no longer makes one.
#[must_use]
pub fn ladder_question(base: &FactBase, id: &str) -> Option<Question> {
    // Collects the films only if the id may be one of theirs.
    id.strip_prefix(PREFIX)?;
    let films = candidates(base);
    let film = films.iter().find(|film| id_of(film) == id)?;
    question(base, film, &films)
}

fn id_of(film: &Candidate<'_>) -> String {
    format!("{PREFIX}{}", film.work.id)
}

fn level_of(film: &Candidate<'_>) -> Difficulty {
    if film.work.fame >= Some(FAME_EASY) {
        Difficulty::Easy
    } else {
        Difficulty::Medium
    }
}

fn is_from(base: &FactBase, fact: &Fact, pack: &PackId) -> bool {
    base.pack_of(&fact.id).is_some_and(|of| of.id == *pack)
}

fn is_about(film: &Candidate<'_>, subject: &Subject) -> bool {
    match subject {
        Subject::Entity(entity) => {
            let is_it = entity.kind == EntityKind::Work && entity.id == film.work.id;
            let mut facts = film.facts.iter();
            is_it || facts.any(|fact| fact.mentions().contains(entity))
        }
        Subject::Decade(first) => film.year / 10 == first / 10,
        Subject::Genre(genre) => film.genres.contains(&genre.as_str()),
        Subject::Series(_) | Subject::Award(_) | Subject::Awards => false,
    }
}

/// The film as a question; `None` if there are too few others.
fn question(base: &FactBase, film: &Candidate<'_>, all: &[Candidate<'_>]) -> Option<Question> {
    let distractors = distractors(film, all);
    let lead = film.facts.iter().find(|fact| is_lead(fact))?;
    let [.., story, lead_clue] = &film.clues;
    let answer = Answer {
        text: bare(&film.work.name).to_owned(),
        entity: Some(EntityRef::new(EntityKind::Work, film.work.id.clone())),
    };
    (distractors.len() >= DISTRACTORS_MIN).then(|| Question {
        id: id_of(film),
        pack: base
            .pack_of(&lead.id)
            .map_or(String::new(), |pack| pack.id.clone()),
        facts: vec![lead.id.clone()],
        difficulty: level_of(film),
        about: answer.entity.iter().cloned().collect(),
        lookup: answer.entity.clone(),
        answer,
        distractors,
        reason: format!("{lead_clue}. {story}"),
        citation: base.citation(lead),
        url: base.citation_url(lead),
        ..asked(film.work)
    })
}

fn is_lead(fact: &Fact) -> bool {
    matches!(
        fact.kind,
        FactKind::Cast {
            billing: Some(1),
            ..
        } | FactKind::Appearance {
            billing: Some(1),
            ..
        }
    )
}

/// Titles of other films, nearest by genre and year first. No two read alike. A choice does not
/// show the year, which the first clue gives.
fn distractors(film: &Candidate<'_>, all: &[Candidate<'_>]) -> Vec<Answer> {
    let mut near: Vec<_> = all
        .iter()
        .filter(|other| other.work.id != film.work.id)
        .collect();
    near.sort_by_key(|other| {
        let shared = other
            .genres
            .iter()
            .filter(|genre| film.genres.contains(genre));
        (Reverse(shared.count()), other.year.abs_diff(film.year))
    });
    let mut taken = BTreeSet::from([fold(bare(&film.work.name))]);
    let answer = |other: &Candidate<'_>| {
        let title = bare(&other.work.name);
        taken.insert(fold(title)).then(|| Answer {
            text: title.to_owned(),
            entity: Some(EntityRef::new(EntityKind::Work, other.work.id.clone())),
        })
    };
    let answers = near.into_iter().filter_map(answer);
    answers.take(DISTRACTORS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asked_history::AskedHistory;
    use crate::bank::Levels;
    use crate::id::GameId;
    use crate::library::{Library, kept};

    fn choose(
        library: &Library,
        query: &QuestionQuery,
        secret: &[EntityId],
        asked: &AskedHistory,
        seed: u64,
    ) -> Result<Vec<Round>, ChooseError> {
        let place = PlaceContext {
            asked,
            hidden: &BTreeSet::new(),
            levels: &Levels::default(),
        };
        ladder(&library.facts.open(), query, secret, place, seed)
    }

    /// For every film of the bundled packs: six clues, four different titles, none of which is in a
    /// clue, and a citation.
    #[test]
    fn every_film_makes_a_fair_question() {
        let library = kept::bundled();
        let query = QuestionQuery {
            rounds: u16::MAX,
            ..QuestionQuery::default()
        };
        let asked = AskedHistory::default();
        let rounds = choose(&library, &query, &[], &asked, 7).expect("films");
        assert!(rounds.len() > 200, "{}", rounds.len());
        assert_eq!(
            rounds,
            choose(&library, &query, &[], &asked, 7).expect("the same")
        );
        for round in &rounds {
            let id = &round.question.id;
            assert_eq!(round.clues.len(), 6, "{id}");
            let titles = (0..4).filter_map(|choice| round.choice(choice));
            let titles: BTreeSet<_> = titles.map(|choice| fold(&choice.text)).collect();
            assert_eq!(titles.len(), 4, "{id}");
            let answer = fold(&round.question.answer.text);
            assert!(titles.contains(&answer), "{id}");
            assert!(!round.question.citation.is_empty(), "{id}");
        }
        let typed = library.bank.typed(rounds[..20].to_vec());
        for round in typed {
            let key = round.typed.expect("a title can be typed");
            assert!(key.takes(&round.question.answer.text));
        }
    }

    #[test]
    fn a_ladder_respects_its_subject_its_secrets_and_its_history() {
        let library = kept::bundled();
        let query = QuestionQuery {
            about: Some(Subject::Decade(1990)),
            rounds: 5,
            ..QuestionQuery::default()
        };
        let films = |rounds: Vec<Round>| -> BTreeSet<String> {
            rounds
                .iter()
                .map(|round| round.question.id.clone())
                .collect()
        };
        let of = |asked: &AskedHistory, secret: &[EntityId]| {
            films(choose(&library, &query, secret, asked, 1).expect("films"))
        };
        let first = of(&AskedHistory::default(), &[]);
        let asked: AskedHistory = first.iter().map(|id| (id.as_str(), GameId(1))).collect();
        let second = of(&asked, &[]);
        assert_eq!((first.len(), second.len()), (5, 5));
        assert!(first.is_disjoint(&second));
        let secret = first.iter().filter_map(|id| id.strip_prefix("film-"));
        let secret: Vec<EntityId> = secret.map(EntityId::from).collect();
        assert!(first.is_disjoint(&of(&AskedHistory::default(), &secret)));
        let nothing = QuestionQuery {
            about: Some(Subject::Genre("no such genre".to_owned())),
            ..query.clone()
        };
        let refused = choose(&library, &nothing, &[], &AskedHistory::default(), 1);
        assert_eq!(refused, Err(ChooseError::NoQuestion));
    }
}
