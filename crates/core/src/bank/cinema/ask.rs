//! Turns a template's draft into a fair question, or rejects it.

use super::film_index::{FilmIndex, FilmNo, PersonNo};
use crate::bank::draft::{Choice, fair_distractors, other_names};
use crate::bank::question::Question;
use crate::bank::wording::title;
use crate::facts::limits::length;
use crate::facts::{Difficulty, EntityKind, EntityRef, Fact, one_stop};

/// The most wrong answers kept for one question.
pub(super) const WRONG_MAX: usize = 6;

/// A template's draft.
pub(super) struct Ask<'a> {
    /// The fact behind it.
    pub(super) fact: &'a Fact,
    pub(super) template: &'static str,
    pub(super) level: Difficulty,
    pub(super) prompt: String,
    pub(super) answer: Choice<'a>,
    /// Best first; every one false under all facts.
    pub(super) wrong: Vec<Choice<'a>>,
    pub(super) reason: String,
    /// Distinguishes questions of one template about one fact.
    pub(super) salt: Option<String>,
    /// The people and things that the prompt names, for maintainers of the question.
    pub(super) about: Vec<EntityRef>,
    /// Further facts that the prompt or the reason states. They are cited and given away, too.
    pub(super) also: Vec<&'a Fact>,
}

impl<'a> Ask<'a> {
    pub(super) fn new(
        fact: &'a Fact,
        template: &'static str,
        prompt: String,
        answer: Choice<'a>,
        wrong: Vec<Choice<'a>>,
        reason: String,
    ) -> Self {
        Self {
            fact,
            template,
            level: fact.difficulty,
            prompt,
            answer,
            wrong,
            reason,
            salt: None,
            about: Vec::new(),
            also: Vec::new(),
        }
    }

    /// The question, unless it gives something away or too few wrong answers are left.
    pub(super) fn finish(self, film_index: &FilmIndex) -> Option<Question> {
        let index = film_index.index;
        let mut prompt = self.prompt;
        // A title may bring its own question mark.
        if prompt.contains("??") {
            prompt = prompt.replace("??", "?");
        }
        let distractors = fair_distractors(index, &prompt, &self.answer, self.wrong, WRONG_MAX)?;
        if self.answer.entity.is_none() && stands_out(&self.answer, &distractors) {
            return None;
        }
        let (fact, answer) = (self.fact, self.answer.into_answer());
        let tells = self.also.iter().map(|also| also.id.clone()).collect();
        let stated: Vec<&Fact> = std::iter::once(fact).chain(self.also).collect();
        let citation = index.base.citation_of(&stated);
        let mut about = self.about;
        about.extend(answer.entity.iter().cloned());
        about.extend(fact.mentions());
        about.sort_by_key(|entity| entity.kind != EntityKind::Work);
        let mut once: Vec<EntityRef> = Vec::with_capacity(about.len());
        for entity in about {
            if !once.contains(&entity) {
                once.push(entity);
            }
        }
        let id = match self.salt {
            None => format!("{}/{}", fact.id, self.template),
            Some(salt) => format!("{}/{}/{salt}", fact.id, self.template),
        };
        Some(Question {
            id,
            pack: index.base.pack_of(&fact.id)?.id.clone(),
            facts: vec![fact.id.clone()],
            tells,
            topic: fact.topic,
            difficulty: self.level,
            template: self.template.to_owned(),
            prompt,
            lookup: answer.entity.clone().or_else(|| once.first().cloned()),
            accept: other_names(index, &answer),
            about: once,
            answer,
            distractors: distractors.into_iter().map(Choice::into_answer).collect(),
            reason: one_stop(self.reason),
            citation: citation.text,
            url: citation.url,
        })
    }
}

/// Whether the length of an answer that is not a name would give it away.
fn stands_out(answer: &Choice, wrong: &[Choice]) -> bool {
    let right = length(&answer.text);
    let lengths = || wrong.iter().map(|wrong| length(&wrong.text));
    let (shortest, longest) = (lengths().min(), lengths().max());
    longest.is_some_and(|longest| right > 2 * longest)
        || shortest.is_some_and(|shortest| 2 * right + 2 < shortest)
}

impl<'a> FilmIndex<'_, 'a> {
    /// A film, with its year if other films share its title: only one of them may be right.
    pub(super) fn film_choice(&self, film: FilmNo) -> Choice<'a> {
        let film = self.film(film);
        Choice::named(EntityKind::Work, film.place, film.entity)
    }

    pub(super) fn person_choice(&self, person: PersonNo) -> Choice<'a> {
        let person = self.person(person);
        Choice::of(EntityKind::Person, person.place, person.entity)
    }

    pub(super) fn film_choices(&self, films: &[FilmNo]) -> Vec<Choice<'a>> {
        films.iter().map(|film| self.film_choice(*film)).collect()
    }

    pub(super) fn person_choices(&self, people: &[PersonNo]) -> Vec<Choice<'a>> {
        let people = people.iter();
        people.map(|person| self.person_choice(*person)).collect()
    }

    /// The same of any work.
    pub(super) fn work_choice(&self, work: &str) -> Option<Choice<'a>> {
        let (place, work) = self.index.base.numbered_entity(EntityKind::Work, work)?;
        Some(Choice::named(EntityKind::Work, place, work))
    }

    pub(super) fn person_ref(&self, person: PersonNo) -> EntityRef {
        EntityRef::new(EntityKind::Person, self.person(person).id.clone())
    }

    /// A person's name in a sentence.
    pub(super) fn name(&self, person: PersonNo) -> &str {
        title(self.person(person).entity)
    }

    /// A film in a sentence: its title, with the year if other films share it.
    pub(super) fn shown(&self, film: FilmNo) -> &str {
        &self.film(film).entity.name
    }

    /// "Jaws (1975)": used in reasons, so that members learn the year.
    pub(super) fn dated(&self, film: FilmNo) -> String {
        let film = self.film(film);
        format!("{} ({})", film.title, film.year)
    }
}
