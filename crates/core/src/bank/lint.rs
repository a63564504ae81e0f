//! Finds unfair questions in a bank: a second check that trusts no template.

use super::index::Index;
use super::looked_up::LookedUp;
use super::truth::{PlacedChoice, Truth};
use super::typed::can_be_typed;
use super::words::{Words, asked, is_named};
use super::{Bank, Question};
use crate::facts::limits::length;
use crate::facts::{
    EntityKind, EntityRef, Fact, FactBase, FactKind, Fault, Flaw, Status, Unfair, fold, mark,
};
use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;

/// Words by which a prompt admits that something is not settled.
const HEDGES: [&str; 10] = [
    "according",
    "reported",
    "reportedly",
    "said",
    "talks",
    "negotiating",
    "planned",
    "expected",
    "article",
    "reports",
];

/// Words by which a summary compares two things.
const COMPARING: [&str; 8] = [
    "before", "after", "than", "earlier", "later", "since", "instead", "until",
];

/// Every fault found in the questions of a bank; empty for a fair one. The path of a fault is the
/// question's id.
#[must_use]
pub fn lint(base: &FactBase, bank: &Bank) -> Vec<Fault> {
    let index = Index::of(base);
    let checks = Checks::of(&index);
    let ranges = bank.ranges();
    let checked = ranges.par_iter().flat_map_iter(|numbers| {
        let questions = bank.questions_at(numbers.clone());
        questions.map(|question| checks.check(&question, &LookedUp::of(&question, base)))
    });
    let checked: Vec<Checked> = checked.collect();
    faults(bank, checked)
}

/// Every fault that these questions have, or bring about beside questions that were checked
/// before. `base` must have the facts of both, and the added questions must add none to it: a new
/// fact could make a wrong answer of the others true.
#[must_use]
pub fn lint_added(base: &FactBase, added: &Bank, checked: &Bank) -> Vec<Fault> {
    let mut faults = lint(base, added);
    faults.extend(twins_of_written(added, checked));
    faults
}

/// What single questions are checked with.
pub(super) struct Checks<'i, 'a> {
    index: &'i Index<'a>,
    truth: Truth<'a>,
}

/// The result of checking one question by itself.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    faults: Vec<Fault>,
    /// The hash of its [`telling_words`]: there may be a million questions.
    words: u64,
}

impl<'i, 'a> Checks<'i, 'a> {
    pub(super) fn of(index: &'i Index<'a>) -> Self {
        Self {
            index,
            truth: Truth::of(index.base),
        }
    }

    /// Checks a question by itself.
    pub(super) fn check(&self, question: &Question, looked_up: &LookedUp) -> Checked {
        let index = self.index;
        let mut faults = Vec::new();
        let mut add = |unfair| faults.push(fault(question, unfair));
        let choices = question.choices().zip(looked_up.places.iter().copied());
        let choices: Vec<PlacedChoice> = choices.collect();
        choices_alike(index, question, &choices, &mut add);
        second_truth(index, question, looked_up.main(), &mut add);
        held_against(&self.truth, question, looked_up, &choices, &mut add);
        let prompt = Words::of(&question.prompt);
        told_by_form(question, &prompt, &mut add);
        certainty(question, looked_up, &prompt, &mut add);
        citation(question, looked_up, &mut add);
        Checked {
            faults,
            words: mark(&telling(&looked_up.asks)),
        }
    }
}

/// Every fault of a bank's questions, of which each was checked by itself.
pub(super) fn faults(bank: &Bank, checked: Vec<Checked>) -> Vec<Fault> {
    let twins = twins(bank, checked.iter().map(|checked| checked.words));
    let each = checked.into_iter().flat_map(|checked| checked.faults);
    each.chain(twins).collect()
}

fn fault(question: &Question, unfair: Unfair) -> Fault {
    Fault::new(&question.pack, question.id.clone(), Flaw::Unfair(unfair))
}

type Add<'a> = dyn FnMut(Unfair) + 'a;

fn choices_alike(index: &Index, question: &Question, choices: &[PlacedChoice], add: &mut Add) {
    let all = choices.iter();
    let all = all.map(|(answer, place)| (*answer, index.reading_at(*place, &answer.text)));
    let all: Vec<_> = all.collect();
    for (i, (a, reading)) in all.iter().enumerate() {
        for (b, _) in all
            .iter()
            .skip(i + 1)
            .filter(|(_, other)| reading.is_like(other))
        {
            add(Unfair::ChoicesAlike {
                one: a.text.clone(),
                other: b.text.clone(),
            });
        }
    }
    if question.accept.is_empty() {
        return;
    }
    let accepted: Vec<String> = question.accept.iter().map(|text| fold(text)).collect();
    for wrong in &question.distractors {
        if accepted.contains(&fold(&wrong.text)) {
            let wrong = wrong.text.clone();
            add(Unfair::WrongAccepted { wrong });
        }
    }
}

/// Whether a wrong answer, put in the right one's place, makes another fact true.
fn second_truth(index: &Index, question: &Question, fact: Option<&Fact>, add: &mut Add) {
    let Some(fact) = fact else {
        return;
    };
    for wrong in &question.distractors {
        let is_true = match (&wrong.entity, question.template.as_str()) {
            (
                Some(wrong),
                "cast-who" | "cast-character" | "cast-film" | "crew-who" | "crew-film",
            ) => {
                let swapped = swap(fact, wrong);
                swapped.is_some_and(|kind| index.is_stated(&kind))
            }
            (None, "release-year") => match &fact.kind {
                FactKind::Release { work, .. } => index
                    .base
                    .entity(&EntityRef::new(EntityKind::Work, work.clone()))
                    .and_then(|w| w.year)
                    .is_some_and(|year| year.to_string() == wrong.text),
                _ => false,
            },
            _ if question.is_written() => is_in_summary(fact, question, &wrong.text),
            _ => false,
        };
        if is_true {
            let wrong = wrong.text.clone();
            add(Unfair::MayBeTrue { wrong });
        }
    }
}

/// Whether the facts support the right answer and none of the wrong ones.
fn held_against(
    truth: &Truth,
    question: &Question,
    looked_up: &LookedUp,
    choices: &[PlacedChoice],
    add: &mut Add,
) {
    let mut held = choices
        .iter()
        .zip(truth.hold(question, looked_up.main(), choices));
    if let Some(((answer, _), Some(false))) = held.next() {
        let answer = answer.text.clone();
        add(Unfair::Unsupported { answer });
    }
    for ((wrong, _), _) in held.filter(|(_, held)| *held == Some(true)) {
        let wrong = wrong.text.clone();
        add(Unfair::IsTrue { wrong });
    }
    let meant = truth.answers_meant(question, looked_up.main());
    if meant.is_some_and(|answers| answers != 1) && can_be_typed(question) {
        add(Unfair::SeveralAnswers);
    }
    if truth.is_in_time(question) == Some(false) {
        add(Unfair::WrongOrder);
    }
}

/// Whether the fact itself names a written wrong answer that the prompt does not name: that
/// deserves a look. A summary that compares ("six years before Al Pacino") names others for good
/// reason.
fn is_in_summary(fact: &Fact, question: &Question, wrong: &str) -> bool {
    let summary = fold(&fact.summary);
    let compares = summary.split(' ').any(|word| COMPARING.contains(&word));
    !compares && is_named(&summary, wrong) && !is_named(&question.prompt, wrong)
}

/// The fact's statement with its entity replaced by the wrong answer's.
fn swap(fact: &Fact, wrong: &EntityRef) -> Option<FactKind> {
    let mut kind = fact.kind.clone();
    match (&mut kind, wrong.kind) {
        (FactKind::Cast { person, .. } | FactKind::Crew { person, .. }, EntityKind::Person) => {
            person.clone_from(&wrong.id);
        }
        (FactKind::Cast { character, .. }, EntityKind::Character) => {
            character.clone_from(&wrong.id);
        }
        (FactKind::Cast { work, .. } | FactKind::Crew { work, .. }, EntityKind::Work) => {
            work.clone_from(&wrong.id);
        }
        _ => return None,
    }
    Some(kind)
}

fn told_by_form(question: &Question, prompt: &Words, add: &mut Add) {
    // A member's own pack need not follow our style, but it must still be fair.
    let is_own = question.facts.is_empty();
    let is_plain = question.answer.entity.is_none() && !is_own;
    // "Which is older, A or B?" names both, and so gives nothing away.
    let names_others = || {
        let mut others = question.distractors.iter();
        others.any(|wrong| prompt.name(&wrong.text))
    };
    // Choices that are orders of the same films name them all.
    let may_name = is_own || question.template == "order-three";
    if prompt.name(&question.answer.text) && !(may_name && names_others()) {
        add(Unfair::NamesAnswer);
    }
    if !question.prompt.ends_with('?') && !is_own {
        add(Unfair::NoQuestionMark);
    }
    // Names have the length they have; a sentence can be made longer or shorter.
    let right = length(&question.answer.text);
    let mut wrong: Vec<usize> = question
        .distractors
        .iter()
        .map(|d| length(&d.text))
        .collect();
    wrong.sort_unstable();
    if let (true, Some(&shortest), Some(&longest)) = (is_plain, wrong.first(), wrong.last())
        && (right > 2 * longest || 2 * right + 2 < shortest)
    {
        add(Unfair::LengthTells {
            right,
            shortest,
            longest,
        });
    }
}

fn certainty(question: &Question, looked_up: &LookedUp, prompt: &Words, add: &mut Add) {
    let is_hedged = HEDGES.iter().any(|word| prompt.contains(word));
    for (id, fact) in question.facts.iter().zip(&looked_up.facts) {
        let status = fact.map(|fact| fact.status);
        if !is_hedged && status.is_some_and(|status| status != Status::Confirmed) {
            add(Unfair::SoundsCertain { fact: id.clone() });
        }
        if matches!(status, Some(Status::Opinion | Status::Rumoured)) {
            add(Unfair::NoFact { fact: id.clone() });
        }
    }
}

fn citation(question: &Question, looked_up: &LookedUp, add: &mut Add) {
    if question.reason.trim().is_empty() {
        add(Unfair::NoReason);
    }
    if !question.facts.is_empty() && question.citation.is_empty() {
        add(Unfair::NoCitation);
    }
    let facts = question.facts.iter().zip(&looked_up.facts);
    for (id, _) in facts.filter(|(_, fact)| fact.is_none()) {
        add(Unfair::UnknownFact { fact: id.clone() });
    }
}

/// Questions that read the same, by the hashes of their [`telling_words`].
fn twins(bank: &Bank, hashes: impl Iterator<Item = u64>) -> Vec<Fault> {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let mut faults = Vec::new();
    for (number, hash) in (0..).zip(hashes) {
        let Some(other) = seen.insert(hash, number) else {
            continue;
        };
        let (question, other) = (bank.question(number), bank.question(other));
        if telling_words(&other) == telling_words(&question) {
            faults.push(fault(&question, Unfair::SameAs { other: other.id }));
        }
    }
    faults
}

/// Questions that read like a hand-written one of another bank. A template's question may be asked
/// by hand as well: who wrote it knows why.
fn twins_of_written(bank: &Bank, others: &Bank) -> Vec<Fault> {
    let numbered = (0..).zip(bank.questions());
    let by_words: HashMap<u64, u32> = numbered
        .map(|(number, question)| (mark(&telling_words(&question)), number))
        .collect();
    let mut faults = Vec::new();
    for other in others.questions().filter(Question::is_written) {
        let words = telling_words(&other);
        let Some(number) = by_words.get(&mark(&words)) else {
            continue;
        };
        let question = bank.question(*number);
        if telling_words(&question) == words {
            faults.push(fault(&question, Unfair::SameAs { other: other.id }));
        }
    }
    faults
}

/// The words of a prompt in alphabetical order, without filler words.
fn telling_words(question: &Question) -> String {
    telling(&asked(&question.prompt, question.answer.bare()))
}

/// The same from what a question [asks](asked).
fn telling(asked: &str) -> String {
    let words = asked.split(' ');
    let words = words.filter(|word| !matches!(*word, "the" | "a" | "an" | "of" | "in"));
    let mut words: Vec<&str> = words.collect();
    words.sort_unstable();
    words.join(" ")
}
