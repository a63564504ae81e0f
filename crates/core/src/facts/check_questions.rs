//! Checks hand-written questions.

use super::check_values::{check_cite, check_count, check_id, check_text, check_unique};
use super::fault::Faults;
use super::flaw::Flaw;
use super::limits::{
    CHOICE_LENGTH_MAX, DISTRACTORS_MIN, PROMPT_LENGTH_MAX, REFERENCES_MAX, SENTENCE_LENGTH_MAX,
    TEXTS_MAX,
};
use super::model::{Fact, Status, WrittenQuestion};
use super::quoted::clip;
use super::shape::Shaped;
use super::text::sameness;
use foldhash::{HashMap, HashSet, HashSetExt};
use std::collections::BTreeSet;

/// Adds every fault of a pack's hand-written questions.
pub(super) fn check_questions(shaped: &Shaped, faults: &mut Faults) {
    let facts = shaped.pack.facts.iter();
    let facts: HashMap<&str, &Fact> = facts.map(|fact| (fact.id.as_str(), fact)).collect();
    let mut seen = HashSet::new();
    for (i, question) in shaped.pack.questions.iter().enumerate() {
        let path = shaped.path("questions", i);
        check_id(&question.id, format_args!("{path}.id"), faults);
        check_unique(&question.id, &path, &mut seen, faults);
        check_text(
            &question.prompt,
            format_args!("{path}.prompt"),
            PROMPT_LENGTH_MAX,
            faults,
        );
        if let Some(reason) = &question.reason {
            check_text(
                reason,
                format_args!("{path}.reason"),
                SENTENCE_LENGTH_MAX,
                faults,
            );
        }
        check_choices(question, &path, faults);
        check_ground(shaped, question, &path, &facts, faults);
    }
}

fn check_choices(question: &WrittenQuestion, path: &str, faults: &mut Faults) {
    check_text(
        &question.answer,
        format_args!("{path}.answer"),
        CHOICE_LENGTH_MAX,
        faults,
    );
    check_count(
        question.accept.len(),
        format_args!("{path}.accept"),
        TEXTS_MAX,
        faults,
    );
    let mut right = BTreeSet::from([sameness(&question.answer)]);
    for (i, accepted) in question.accept.iter().enumerate() {
        check_text(
            accepted,
            format_args!("{path}.accept[{i}]"),
            CHOICE_LENGTH_MAX,
            faults,
        );
        right.insert(sameness(accepted));
    }
    if question.distractors.len() < DISTRACTORS_MIN {
        let flaw = Flaw::FewWrongAnswers {
            count: question.distractors.len(),
            min: DISTRACTORS_MIN,
        };
        faults.add(format_args!("{path}.distractors"), flaw);
    }
    check_count(
        question.distractors.len(),
        format_args!("{path}.distractors"),
        TEXTS_MAX,
        faults,
    );
    let mut wrong = BTreeSet::new();
    for (i, distractor) in question.distractors.iter().enumerate() {
        let path = format!("{path}.distractors[{i}]");
        check_text(distractor, &path, CHOICE_LENGTH_MAX, faults);
        let folded = sameness(distractor);
        if right.contains(&folded) {
            let text = clip(distractor);
            faults.add(path, Flaw::RightAsWrong { text });
        } else if !wrong.insert(folded) {
            let text = clip(distractor);
            faults.add(path, Flaw::WrongTwice { text });
        }
    }
}

fn check_ground(
    shaped: &Shaped,
    question: &WrittenQuestion,
    path: &str,
    facts: &HashMap<&str, &Fact>,
    faults: &mut Faults,
) {
    if question.facts.is_empty() && question.reason.is_none() {
        faults.add(path, Flaw::NoGround);
    }
    check_count(
        question.facts.len(),
        format_args!("{path}.facts"),
        REFERENCES_MAX,
        faults,
    );
    if let Some(cite) = &question.cite {
        check_cite(shaped, cite, &format!("{path}.cite"), faults);
    }
    if let Some(film) = &question.film {
        check_id(film, format_args!("{path}.film"), faults);
    }
    check_count(
        question.about.len(),
        format_args!("{path}.about"),
        REFERENCES_MAX,
        faults,
    );
    for (i, id) in question.facts.iter().enumerate() {
        let path = format!("{path}.facts[{i}]");
        let Some(fact) = facts.get(id.as_str()) else {
            if !shaped.broken.contains(id) {
                faults.add(path, Flaw::UnknownFact { id: clip(id) });
            }
            continue;
        };
        let id = clip(id);
        faults.add(
            path,
            match (fact.status, &fact.unasked) {
                (Status::Opinion, _) => Flaw::AsksOpinion { id },
                (Status::Rumoured, _) => Flaw::AsksRumour { id },
                (_, Some(_)) => Flaw::AsksExcluded { id },
                _ => continue,
            },
        );
    }
}
