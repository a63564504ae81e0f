//! The bank as text, for the command line and for review.

use super::index::Index;
use super::rank::numbers;
use super::shares::{
    ANSWER_PERMILLE_MAX, BANK_MIN, FILM_PERMILLE_MAX, TEMPLATE_PERMILLE_MAX, largest,
};
use super::{Bank, Question, Share};
use crate::facts::limits::length;
use crate::facts::{Fact, FactBase, FactKind, Pack, Status};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The table of `packs check`: facts and questions by pack, topic, difficulty and template, and
/// every fact without a question, with the reason.
#[must_use]
pub fn table(base: &FactBase, bank: &Bank) -> String {
    let mut lines = vec![format!("{:<24} {:>7} {:>10}", "pack", "facts", "questions")];
    for (pack, info) in base.packs().iter().zip(bank.packs()) {
        lines.push(format!(
            "{:<24} {:>7} {:>10}",
            info.id,
            pack.facts.len(),
            info.questions
        ));
    }
    let (facts, questions) = (base.facts().count(), bank.questions().len());
    lines.push(format!("{:<24} {facts:>7} {questions:>10}", "all"));
    lines.push(String::new());
    lines.extend(base.packs().iter().map(terms));
    for (title, key) in [
        ("topic", (|q| name(q.topic)) as fn(&Question) -> String),
        ("difficulty", |q| name(q.difficulty)),
        ("template", |q| q.template.clone()),
    ] {
        lines.push(String::new());
        lines.push(format!("{title:<24} {:>10} {:>8}", "questions", "share"));
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for question in bank.questions() {
            *counts.entry(key(&question)).or_default() += 1;
        }
        for (value, count) in counts {
            let share = percent(count, questions);
            lines.push(format!("{value:<24} {count:>10} {share:>8}"));
        }
    }
    lines.push(String::new());
    lines.extend(largest_shares(bank));
    lines.push(String::new());
    lines.extend(lengths(bank));
    lines.push(ranks(bank));
    lines.push(String::new());
    lines.push("facts without a question (those of records are only counted)".to_owned());
    lines.extend(unasked(base, bank));
    lines.push(String::new());
    lines.join("\n")
}

/// Under which terms a pack may be shared, and whom to credit.
fn terms(pack: &Pack) -> String {
    let licence = pack.licence.as_deref().unwrap_or("no licence stated");
    let credit = pack
        .attribution
        .iter()
        .map(|credit| format!("; credit: {credit}"));
    format!("{:<24} {licence}{}", pack.id, credit.collect::<String>())
}

/// What `packs show` prints before the questions of a pack.
#[must_use]
pub fn heading(pack: &Pack) -> String {
    format!("# {}\n# {}\n", pack.title, terms(pack))
}

/// The shares of the largest film, template and answer in the bank, with their limits.
fn largest_shares(bank: &Bank) -> Vec<String> {
    let questions = bank.questions().len();
    let mut lines = vec![format!(
        "{:<24} {:>10} {:>8}  at most, from {BANK_MIN} questions on",
        "largest share of", "questions", "share"
    )];
    let of = ["one film", "one template", "one answer"];
    let max = [
        FILM_PERMILLE_MAX,
        TEMPLATE_PERMILLE_MAX,
        ANSWER_PERMILLE_MAX,
    ];
    for ((of, max), (name, count)) in of.into_iter().zip(max).zip(largest(bank.questions())) {
        let share = percent(count, questions);
        let max = percent(max, 1000);
        lines.push(format!("{of:<24} {count:>10} {share:>8}  {max} ({name})"));
    }
    lines
}

/// A share in percent, to one decimal place.
fn percent(count: usize, of: usize) -> String {
    let permille = count * 1000 / of.max(1);
    format!("{}.{} %", permille / 10, permille % 10)
}

/// How often the right number is the lowest of its choices, the second, and so on.
fn ranks(bank: &Bank) -> String {
    let ranks = number_ranks(bank);
    let all = ranks.iter().sum();
    let shares = ranks.map(|count| percent(count, all));
    format!(
        "of {all} numbers asked for, the answer is the lowest choice in {}, then {}, {}, the highest in {}",
        shares[0], shares[1], shares[2], shares[3]
    )
}

/// For each rank from the lowest on, how many number questions have their answer there.
#[must_use]
pub fn number_ranks(bank: &Bank) -> [usize; 4] {
    let mut ranks = [0; 4];
    for question in bank.questions() {
        if let Some((right, wrong)) = numbers(&question) {
            let below = wrong.iter().filter(|other| **other < right).count();
            ranks[below.min(3)] += 1;
        }
    }
    ranks
}

/// How often the length of a choice gives the answer away: always guessing the longest should be
/// right no more than one time in four.
fn lengths(bank: &Bank) -> Vec<String> {
    let mut hundredths = [0_usize; 2];
    for question in bank.questions() {
        let right = length(&question.answer.text);
        let wrong = question.distractors.iter().map(|d| length(&d.text));
        // The chances, in percent, that three random wrong answers are all shorter, or all longer.
        let shorter = wrong.clone().filter(|l| *l < right).count();
        let longer = wrong.clone().filter(|l| *l > right).count();
        let all = wrong.count();
        let draws = |n: usize| n * n.saturating_sub(1) * n.saturating_sub(2);
        hundredths[0] += 100 * draws(shorter) / draws(all).max(1);
        hundredths[1] += 100 * draws(longer) / draws(all).max(1);
    }
    let questions = bank.questions().len().max(1);
    let line = |what: &str, sum: usize| {
        format!("the answer is the {what} choice in {} %", sum / questions)
    };
    vec![
        line("longest", hundredths[0]),
        line("shortest", hundredths[1]),
    ]
}

/// The serialised name of a value that is a plain word.
fn name(value: impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn unasked(base: &FactBase, bank: &Bank) -> Vec<String> {
    let asked: BTreeSet<String> = bank.questions().flat_map(|q| q.facts).collect();
    let index = Index::of(base);
    let mut lines = Vec::new();
    for pack in base.packs() {
        let of_pack = pack.facts.iter().filter(|fact| !asked.contains(&fact.id));
        let (of_records, singly): (Vec<&Fact>, Vec<&Fact>) =
            of_pack.partition(|fact| fact.of_record);
        if !of_records.is_empty() {
            lines.push(format!("  {}: {} of records", pack.id, of_records.len()));
        }
        for fact in singly {
            let why = why_unasked(&index, fact);
            lines.push(format!("  {}: {}: {why}", pack.id, fact.id));
        }
    }
    lines
}

fn why_unasked(index: &Index, fact: &Fact) -> String {
    let has_template = matches!(
        fact.kind,
        FactKind::Cast { .. }
            | FactKind::Crew { .. }
            | FactKind::Release { .. }
            | FactKind::Company { .. }
    );
    let why = match (&fact.unasked, fact.status) {
        (Some(why), _) => return why.clone(),
        (None, Status::Opinion) => "opinions are never asked",
        (None, Status::Rumoured) => "rumours are never asked",
        _ if !has_template => "no question has been written for it",
        _ if !index.is_askable(fact) => "it is not settled",
        _ if !index.is_principal(fact) => "another fact that states the same is asked",
        _ => "no template finds three fair wrong answers without giving away the right one",
    };
    why.to_owned()
}

/// One question as one line of JSON: id, pack, fact ids, topic, difficulty, template, prompt,
/// answer, accepted answers, all distractors, reason, citation and address, the licence of its pack
/// and whom to credit, and how often it was answered if known.
#[must_use]
pub fn json_line(question: &Question, pack: &Pack, share: Option<Share>) -> String {
    let texts: Vec<&String> = question.distractors.iter().map(|d| &d.text).collect();
    let mut line = serde_json::json!({
        "id": question.id,
        "pack": question.pack,
        "facts": question.facts,
        "topic": question.topic,
        "difficulty": question.difficulty,
        "template": question.template,
        "prompt": question.prompt,
        "answer": question.answer.text,
        "accept": question.accept,
        "distractors": texts,
        "reason": question.reason,
        "citation": question.citation,
        "url": question.url,
        "licence": pack.licence,
        "attribution": pack.attribution,
    });
    if let Some(share) = share {
        line["answered"] = share.answered.into();
        line["correct"] = share.correct.into();
        line["turned_out"] = name(share.level(question.difficulty)).into();
    }
    line.to_string()
}

/// One question in a few lines for a reviewer, with how often it was answered if known.
#[must_use]
pub fn text(question: &Question, share: Option<Share>) -> String {
    let wrong: Vec<&str> = question
        .distractors
        .iter()
        .map(|d| d.text.as_str())
        .collect();
    let topic = name(question.topic);
    let difficulty = name(question.difficulty);
    let mut lines = vec![
        format!("{} [{}, {topic}, {difficulty}]", question.id, question.pack),
        format!("  {}", question.prompt),
        format!("  = {}", question.answer.text),
        format!("  x {}", wrong.join(" | ")),
        format!("  ! {}", question.reason),
        format!("  @ {}", question.citation),
    ];
    if !question.accept.is_empty() {
        lines.insert(3, format!("  ~ {}", question.accept.join(" | ")));
    }
    if let Some(share) = share {
        let turned_out = name(share.level(question.difficulty));
        lines.push(format!(
            "  % answered {} times, {} % right: {turned_out}",
            share.answered,
            share.percent()
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}
