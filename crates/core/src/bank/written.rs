//! Hand-written questions, as the bank keeps them.

use super::aside::more;
use super::draft::lookup;
use super::index::Index;
use super::naming::Naming;
use super::prompt_name::PromptName;
use super::question::{Answer, Question, WRITTEN};
use super::reveal::Reveal;
use crate::facts::{
    Citation, Difficulty, EntityKind, EntityRef, Fact, FactBase, Pack, Topic, WrittenKind,
    WrittenQuestion, address, cited, fold,
};
use rayon::prelude::*;

/// Hand-written questions as the bank asks them.
pub(super) fn questions(index: &Index, pack: &Pack, written: &[WrittenQuestion]) -> Vec<Question> {
    let written = written.par_iter();
    written
        .map(|written| question(index, pack, written))
        .collect()
}

fn question(index: &Index, pack: &Pack, written: &WrittenQuestion) -> Question {
    let base = index.base;
    let facts: Vec<&Fact> = written
        .facts
        .iter()
        .filter_map(|id| base.fact(id))
        .collect();
    let fact = facts.first().copied();
    let about = about(base, &facts, written);
    let naming = Naming::of(index, mentions(&facts), &about, written);
    let answer = |text: &String| Answer {
        text: text.clone(),
        entity: naming.named(text),
    };
    let right = answer(&written.answer);
    let reveal = reveal(index, &facts, written);
    let citation = match facts.first() {
        Some(_) => reveal.citation,
        None => own_citation(pack, written),
    };
    let template = written.kind.map_or(WRITTEN, WrittenKind::template);
    let mut question = Question {
        id: written.id.clone(),
        pack: pack.id.clone(),
        facts: written.facts.clone(),
        tells: reveal.tells,
        topic: written
            .topic
            .or(fact.map(|f| f.topic))
            .unwrap_or(Topic::Story),
        difficulty: written
            .difficulty
            .or(fact.map(|f| f.difficulty))
            .unwrap_or(Difficulty::Medium),
        template: template.to_owned(),
        prompt: written.prompt.clone(),
        lookup: lookup(&right, mentions(&facts).chain(about.iter().cloned())),
        about,
        answer: right,
        accept: written.accept.clone(),
        distractors: written.distractors.iter().map(answer).collect(),
        reason: reveal.reason,
        citation: citation.text,
        url: citation.url,
    };
    accept_names(base, &mut question);
    question
}

/// What a question is about: its film, what its writer names, and what its facts mention.
fn about(base: &FactBase, facts: &[&Fact], written: &WrittenQuestion) -> Vec<EntityRef> {
    let film = written.film.iter();
    let film = film.map(|film| EntityRef::new(EntityKind::Work, film.clone()));
    let named = film.chain(written.about.iter().cloned());
    let mut about: Vec<EntityRef> = Vec::new();
    for entity in named.chain(mentions(facts)) {
        if base.entity(&entity).is_some() && !about.contains(&entity) {
            about.push(entity);
        }
    }
    about
}

fn mentions(facts: &[&Fact]) -> impl Iterator<Item = EntityRef> {
    facts.iter().flat_map(|fact| fact.mentions())
}

/// Adds the answer's other names, except those in the prompt.
fn accept_names(base: &FactBase, question: &mut Question) {
    let entity = question.answer.entity.as_ref();
    let Some(entity) = entity.and_then(|entity| base.entity(entity)) else {
        return;
    };
    let given = PromptName::of(question, std::iter::once(entity.name.as_str()));
    for name in std::iter::once(&entity.name).chain(&entity.aliases) {
        let mut known = std::iter::once(&question.answer.text).chain(&question.accept);
        if given.is_answered_by(name) && !known.any(|text| fold(text) == fold(name)) {
            question.accept.push(name.clone());
        }
    }
}

/// The writer's own reason, or the first fact's summary with an extra fact.
fn reveal(index: &Index, facts: &[&Fact], written: &WrittenQuestion) -> Reveal {
    let summary = facts.first().map(|fact| fact.summary.as_str());
    match (&written.reason, facts) {
        (Some(own), _) => Reveal::of(index, own, facts, None),
        (None, [fact]) => Reveal::of(index, &fact.summary, facts, more(index, fact)),
        (None, _) => Reveal::of(index, summary.unwrap_or_default(), facts, None),
    }
}

/// What a question without facts cites.
fn own_citation(pack: &Pack, written: &WrittenQuestion) -> Citation {
    let cite = written.cite.as_ref();
    let cited = cite.and_then(|cite| {
        let source = pack.sources.iter().find(|s| s.id == cite.source)?;
        Some(Citation {
            text: cited(cite, source),
            url: address(cite, source),
        })
    });
    cited.unwrap_or_default()
}
