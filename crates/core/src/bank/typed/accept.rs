//! The texts accepted as the right answer to a question.

use super::asked::Asked;
use super::form::form;
use super::known::nicknames;
use super::names::Names;
use super::short;
use crate::bank::prompt_name::PromptName;
use crate::bank::question::Question;
use crate::facts::EntityKind;
use std::collections::BTreeSet;

/// The fewest letters of a surname that can stand for someone whom no fact mentions.
const SURNAME_LETTERS_MIN: usize = 3;

/// The fewest letters of a first name that can stand for a character.
const FIRST_NAME_LETTERS_MIN: usize = 4;

/// Every text of the right answer: its own, the pack's other spellings, and names of the entity
/// that mean no other of its kind.
pub(super) fn accepted(question: &Question, asked: &Asked, names: &Names) -> BTreeSet<String> {
    let entity = asked.entity.as_ref();
    let own = entity.and_then(|e| Some((e, names.forms(e)?)));
    let own = own.as_ref();
    let texts = std::iter::once(&question.answer.text).chain(&question.accept);
    let mut accept: BTreeSet<String> = texts
        .filter(|text| match own {
            // A surname that is also an alias says no more than any other surname.
            Some((entity, own)) => {
                let form = form(text);
                let is_short = own.stated.contains(&form) && own.derived.contains(&form);
                !is_short || names.is_only(entity, &form) || **text == question.answer.text
            }
            None => true,
        })
        .flat_map(|text| match entity {
            Some(_) => pairs(text),
            None => short_pairs(text, asked, names),
        })
        .collect();
    if let Some((entity, own)) = own {
        let given = PromptName::of(question, own.derived.iter().map(String::as_str));
        let only = own.stated.union(&own.derived);
        let shares = |form: &str| {
            let mut wrong = question.distractors.iter();
            wrong.any(|wrong| {
                super::form::form(&wrong.text)
                    .split(' ')
                    .any(|word| word == form)
            })
        };
        let only = only.filter(|form| {
            let is_clear =
                names.is_only(entity, form) || (names.is_mostly(entity, form) && !shares(form));
            is_clear && given.is_answered_by(form)
        });
        accept.extend(only.cloned());
    }
    // The base may know somebody of that name; the question still asks for one person.
    if question.answer.entity.is_none() {
        accept.extend(surnames(question, asked, names));
    }
    accept.retain(|text| !text.trim().is_empty());
    accept
}

/// Short names of the answer that mean nothing else.
pub(super) fn in_short(question: &Question, asked: &Asked, names: &Names) -> Vec<String> {
    let text = question.answer.bare();
    let own = asked.entity.as_ref();
    let given = PromptName::of(question, std::iter::empty());
    let wrong: Vec<String> = question
        .distractors
        .iter()
        .map(|wrong| form(&wrong.text))
        .collect();
    let is_clear = |short: &&str| {
        let form = form(short);
        let mut kinds = asked.kinds().iter();
        given.is_answered_by(&form)
            && !wrong.contains(&form)
            && !kinds.any(|kind| names.means_other(*kind, &form, own))
    };
    if asked.is_somebody() {
        let mut called = short::people(text);
        called.retain(|short| is_clear(&short.as_str()) && !is_of_another(short, names));
        called.extend(first_name(question, asked, names).filter(|first| is_clear(&first.as_str())));
        called.extend(first_of_named(question));
        return called;
    }
    if asked.kind != Some(EntityKind::Work) {
        return Vec::new();
    }
    let Some(parts) = short::title(text) else {
        // The first film of a series has no number, but people add one.
        let first = format!("{text} 1");
        let is_numbered = text.bytes().any(|b| b.is_ascii_digit());
        let is_first = !is_numbered && is_clear(&first.as_str());
        return is_first.then_some(first).into_iter().collect();
    };
    let head = parts.head.filter(|head| {
        let start = form(head);
        let is_shared = |wrong: &String| wrong.starts_with(&start);
        // Titles of series are checked elsewhere; here only a film with exactly this title counts.
        let is_known = !parts.is_title && names.means_other(EntityKind::Work, &start, own);
        !is_known && !wrong.iter().any(is_shared)
    });
    let tail = parts.tail.filter(is_clear);
    let unnumbered = short::unnumbered(&parts).filter(|title| is_clear(&title.as_str()));
    let parts = [head, tail].into_iter().flatten().map(str::to_owned);
    parts.chain(unnumbered).collect()
}

/// Whether an initial with a surname also fits someone else: "J. Roberts".
fn is_of_another(short: &str, names: &Names) -> bool {
    let own = form(short);
    let Some((initial, surname)) = own.split_once(' ').filter(|(first, _)| first.len() == 1) else {
        return false;
    };
    names.bearers_of_initial(surname, initial) > 1
}

/// The first name of a character, if no other character is known by it.
fn first_name(question: &Question, asked: &Asked, names: &Names) -> Option<String> {
    let text = &question.answer.text;
    let (words, _) = short::name(text).filter(|_| asked.kind == Some(EntityKind::Character))?;
    let first = form(words.first()?);
    let own = asked.entity.as_ref();
    let is_shared = !nicknames(&first).is_empty()
        || names.begins_other(EntityKind::Character, &first, own)
        || question.prompt.contains(words[words.len() - 1]);
    let is_name = first.chars().count() >= FIRST_NAME_LETTERS_MIN && short::surname_at(&words) > 0;
    (is_name && !is_shared).then_some(first)
}

/// The first name, if the question gives the surname: "Which Wright brother was the elder?"
fn first_of_named(question: &Question) -> Option<String> {
    let (words, _) = short::name(&question.answer.text)?;
    let (first, surname) = (form(words.first()?), form(words.last()?));
    let prompt = form(&question.prompt);
    let says = |word: &str| prompt.split(' ').any(|said| said == word);
    let is_named = (says(&surname) || says(&format!("{surname}s"))) && surname != "who";
    let wrong = question.distractors.iter();
    let is_shared = says(&first)
        || wrong
            .clone()
            .any(|wrong| form(&wrong.text).starts_with(&first));
    let is_address = super::talk::addresses(&first);
    (is_named && !is_shared && !is_address && surname.chars().count() >= SURNAME_LETTERS_MIN)
        .then_some(first)
}

/// The surname of somebody whom no fact names, with and without its particle ("von Goethe"). Left
/// out if it could mean someone else: a character with a namesake in the facts, a name in the
/// question, or part of a wrong answer.
fn surnames(question: &Question, asked: &Asked, names: &Names) -> Vec<String> {
    let Some((words, _)) = short::name(&question.answer.text).filter(|_| asked.is_somebody())
    else {
        return Vec::new();
    };
    let is_character = asked.kind == Some(EntityKind::Character);
    let first = form(words[0]);
    let is_clear = |surname: &String| {
        let own = form(surname);
        let is_shared = |text: &str| format!(" {} ", form(text)).contains(&format!(" {own} "));
        let has_namesake = is_character && names.has_namesake(&own, &first);
        own.chars().count() >= SURNAME_LETTERS_MIN
            && !has_namesake
            && !is_shared(&question.prompt)
            && !question
                .distractors
                .iter()
                .any(|wrong| is_shared(&wrong.text))
    };
    let starts = BTreeSet::from([short::surname_at(&words), words.len() - 1]);
    let surnames = starts.into_iter().map(|at| words[at..].join(" "));
    surnames.filter(is_clear).collect()
}

/// A text; "X and Y" also the other way round, and "X, Y and Z" in any order.
fn pairs(text: &str) -> Vec<String> {
    const ORDERS: [[usize; 3]; 5] = [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let mut texts = vec![text.to_owned()];
    if let Some((first, (second, third))) = text
        .split_once(", ")
        .and_then(|(first, rest)| Some((first, halves(rest)?)))
        .filter(|(_, (second, _))| !second.contains(','))
    {
        let all = [first, second.trim_end_matches(','), third];
        let ordered = ORDERS.iter().map(|order| order.map(|at| all[at]).join(" "));
        texts.extend(ordered);
        return texts;
    }
    if let Some((first, second)) = halves(text) {
        texts.push(format!("{second} and {first}"));
        texts.extend(family(first, second));
    }
    texts
}

/// "Joel and Ethan Coen" the other way round, and as "the Coen brothers".
fn family(first: &str, second: &str) -> Vec<String> {
    let Some((other, surname)) = second.split_once(' ').filter(|_| !first.contains(' ')) else {
        return Vec::new();
    };
    let is_name = [first, other, surname]
        .iter()
        .all(|word| word.starts_with(char::is_uppercase));
    let called = ["brothers", "sisters", "siblings"].map(|kind| format!("{surname} {kind}"));
    let ordered = format!("{other} and {first} {surname}");
    let all = called.into_iter().chain([ordered, format!("{surname}s")]);
    all.filter(|_| is_name && !surname.contains(' ')).collect()
}

/// The two names in a text.
fn halves(text: &str) -> Option<(&str, &str)> {
    let parts = [" and ", " & ", " + "];
    let (first, second) = parts.iter().find_map(|part| text.split_once(part))?;
    let is_two = !parts.iter().any(|part| second.contains(part));
    is_two.then_some((first, second))
}

/// Like [`pairs`], but for two people or characters also their surnames alone: a pair cannot be
/// mistaken for namesakes.
fn short_pairs(text: &str, asked: &Asked, names: &Names) -> Vec<String> {
    let mut texts = pairs(text);
    if let Some((first, second)) = halves(text) {
        let short = |name: &str| {
            let mut called = names.short(&form(name));
            let unknown = short::name(name).filter(|_| called.is_empty() && asked.is_somebody());
            called.extend(unknown.map(|(words, _)| words[short::surname_at(&words)..].join(" ")));
            called
        };
        let (first, second) = (short(first), short(second));
        for one in &first {
            let both = second.iter().map(|other| format!("{one} and {other}"));
            texts.extend(both.flat_map(|both| pairs(&both)));
        }
    }
    texts
}
