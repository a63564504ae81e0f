//! Hand-written questions, as the bank keeps them.

use super::draft::{lookup, reason};
use super::question::{Answer, Question};
use crate::facts::limits::{SENTENCE_LENGTH_MAX, length};
use crate::facts::{
    Difficulty, EntityKind, EntityRef, FactBase, Pack, Topic, WrittenQuestion, cited, fold,
};
use std::collections::HashMap;

/// Entities by what they are called.
pub(super) type Names = HashMap<String, Option<EntityRef>>;

/// Which entity a text names; none where two of different kinds share the name.
pub(super) fn names(base: &FactBase) -> Names {
    let mut names = Names::new();
    for kind in [
        EntityKind::Person,
        EntityKind::Character,
        EntityKind::Work,
        EntityKind::Organisation,
    ] {
        for entity in base.entities(kind) {
            for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                let this = EntityRef::new(kind, entity.id.clone());
                names
                    .entry(fold(name))
                    .and_modify(|other| {
                        if other.as_ref() != Some(&this) {
                            *other = None;
                        }
                    })
                    .or_insert(Some(this.clone()));
            }
        }
    }
    names
}

/// A hand-written question as the bank asks it.
pub(super) fn question(
    base: &FactBase,
    names: &Names,
    pack: &Pack,
    written: &WrittenQuestion,
) -> Question {
    let fact = written.facts.first().and_then(|id| base.fact(id));
    let answer = |text: &String| Answer {
        text: text.clone(),
        entity: names.get(&fold(text)).cloned().flatten(),
    };
    let right = answer(&written.answer);
    let entity = right.entity.as_ref().and_then(|e| base.entity(e));
    let own = written.cite.as_ref().and_then(|cite| {
        let source = pack.sources.iter().find(|s| s.id == cite.source)?;
        Some((cite, source))
    });
    let mut accept = written.accept.clone();
    let others = entity
        .into_iter()
        .flat_map(|e| std::iter::once(&e.name).chain(&e.aliases));
    for name in others {
        if fold(name) != fold(&right.text) && !accept.iter().any(|a| fold(a) == fold(name)) {
            accept.push(name.clone());
        }
    }
    Question {
        id: written.id.clone(),
        pack: pack.id.clone(),
        facts: written.facts.clone(),
        topic: written
            .topic
            .or(fact.map(|f| f.topic))
            .unwrap_or(Topic::Story),
        difficulty: written
            .difficulty
            .or(fact.map(|f| f.difficulty))
            .unwrap_or(Difficulty::Medium),
        template: "written".to_owned(),
        prompt: written.prompt.clone(),
        lookup: fact.and_then(|f| lookup(f, &right)),
        answer: right,
        accept,
        distractors: written.distractors.iter().map(answer).collect(),
        reason: written_reason(base, written),
        citation: match (fact, own) {
            (Some(fact), _) => base.citation(fact),
            (None, Some((cite, source))) => cited(cite, source),
            (None, None) => String::new(),
        },
        url: match (fact, own) {
            (Some(fact), _) => base.citation_url(fact).map(str::to_owned),
            (None, own) => own.and_then(|(_, source)| source.url.clone()),
        },
    }
}

/// The writer's own reason, or the first fact's summary; either way with the caveats of that
/// fact, unless the writer's reason leaves no room.
fn written_reason(base: &FactBase, written: &WrittenQuestion) -> String {
    let fact = written.facts.first().and_then(|id| base.fact(id));
    let Some(own) = &written.reason else {
        return fact.map(|f| reason(base, f)).unwrap_or_default();
    };
    let mut text = own.clone();
    let caveats = fact.into_iter().flat_map(|f| &f.caveats);
    for caveat in caveats.filter_map(|id| base.fact(id)) {
        if length(&text) + 1 + length(&caveat.summary) <= SENTENCE_LENGTH_MAX {
            text.push(' ');
            text.push_str(&caveat.summary);
        }
    }
    text
}
