//! Aligns the words of a typed text with those of an accepted one.

use super::letters::Word;
use super::number::Number;
use super::pair::{Distance, Pair};
use super::reading::{Item, Token};
use super::short::is_particle;
use super::slip::are_one_and_many;
use super::whole::is_initials;
use std::collections::HashMap;

/// The most slips in a whole answer; a word has at most one.
const SLIPS_MAX: u8 = 2;

/// The cheapest alignment of the typed words with the accepted ones.
pub(super) struct Alignment<'p> {
    pair: &'p Pair<'p>,
    /// Where the typed answer ends.
    to: usize,
    /// How many words of the answer are required.
    required: usize,
    /// Whether the word for the kind of thing asked for may be left out: "sea" if a sea is asked
    /// for.
    may_lack: bool,
    is_alone: bool,
    known: HashMap<(usize, usize), Option<Distance>>,
}

/// How many words of the answer may stand for how many typed ones. Up to four may be written as one.
const STEPS: [(usize, usize); 9] = [
    (1, 1),
    (1, 2),
    (1, 3),
    (1, 4),
    (2, 1),
    (3, 1),
    (4, 1),
    (2, 2),
    (3, 3),
];

impl<'p> Alignment<'p> {
    pub fn of(pair: &'p Pair<'p>, to: usize) -> Self {
        let count = |is_left_out: &dyn Fn(&Item) -> bool| {
            pair.own
                .items
                .iter()
                .filter(|item| !is_left_out(item))
                .count()
        };
        let required = count(&|item| item.is_optional);
        let says_kind = |item: &Item| pair.is_asked(item) || Pair::is_direction(item);
        let without_asked = count(&|item| item.is_optional || says_kind(item));
        let may_lack = (1..required).contains(&without_asked);
        let required = if may_lack { without_asked } else { required };
        Self {
            pair,
            to,
            required,
            may_lack,
            is_alone: required <= 1,
            known: HashMap::new(),
        }
    }

    /// The distance of the words after the first `own` and `typed` ones.
    pub fn from(&mut self, own: usize, typed: usize) -> Option<Distance> {
        if let Some(known) = self.known.get(&(own, typed)) {
            return *known;
        }
        let found = self.search(own, typed);
        self.known.insert((own, typed), found);
        found
    }

    fn search(&mut self, own: usize, typed: usize) -> Option<Distance> {
        let own_items = &self.pair.own.items[own..];
        let typed_items = &self.pair.typed.items[typed..self.to];
        if own_items.is_empty() && typed_items.is_empty() {
            return Some(Distance::default());
        }
        let mut steps = Vec::new();
        for (taken, given) in STEPS {
            let (Some(taken_items), Some(given_items)) =
                (own_items.get(..taken), typed_items.get(..given))
            else {
                continue;
            };
            if let Some(step) = self.step(taken_items, given_items) {
                steps.push((taken, given, step));
            }
        }
        let may_lack =
            |item: &Item| item.is_optional || (self.may_lack && self.pair.is_asked(item));
        if let Some(less) = own_items.first().filter(|item| may_lack(item)) {
            let step = Distance {
                articles: u8::from(is_article(less)),
                ..Distance::default()
            };
            steps.push((1, 0, step));
        }
        if let Some(more) = typed_items.first().filter(|item| item.is_optional) {
            // An extra year is talk: an accepted text that includes the year is closer.
            let talk = u8::from(matches!(more.token, Token::Number(_)));
            let step = Distance {
                talk,
                articles: u8::from(is_article(more)),
                ..Distance::default()
            };
            steps.push((0, 1, step));
        }
        let mut best: Option<Distance> = None;
        for (taken, given, step) in steps {
            let Some(rest) = self.from(own + taken, typed + given) else {
                continue;
            };
            let whole = Distance {
                slips: step.slips + rest.slips,
                talk: step.talk + rest.talk,
                accents: step.accents.saturating_add(rest.accents),
                articles: step.articles.saturating_add(rest.articles),
            };
            if whole.slips <= SLIPS_MAX && best.is_none_or(|best| whole < best) {
                best = Some(whole);
            }
        }
        best
    }

    fn step(&self, own: &[Item], typed: &[Item]) -> Option<Distance> {
        match (own, typed) {
            ([own], [typed]) => self.one(own, typed),
            // "De Nero": the surname is long enough for a slip, its last word alone is not.
            (
                [
                    Item {
                        token: Token::Word(own_part),
                        ..
                    },
                    _,
                ],
                [
                    Item {
                        token: Token::Word(part),
                        ..
                    },
                    _,
                ],
            ) if own_part.plain == part.plain && is_particle(&part.plain) => {
                self.pair
                    .words(&joined(own)?, &joined(typed)?, self.is_alone)
            }
            _ if own.len() == typed.len() => joined_numbers(own, typed),
            _ => joined_numbers(own, typed).or_else(|| {
                let (one, other) = (joined(own)?, joined(typed)?);
                let required = own.iter().filter(|item| !item.is_optional).count();
                let is_alone = self.is_alone || required >= self.required;
                if let [_, _, _, ..] = own
                    && is_initials(own, typed)
                    && !self.pair.is_given(typed)
                {
                    return Some(Distance::default());
                }
                let found = self.pair.words(&one, &other, is_alone)?;
                // A single letter or number is never a slip: "Rocky V" is not "Rocky", nor "George
                // HW" George.
                let has_letter = own.iter().chain(typed).any(is_letter_or_two);
                (found.slips == 0 || !has_letter).then_some(found)
            }),
        }
    }

    fn one(&self, own: &Item, typed: &Item) -> Option<Distance> {
        let is_same = match (&own.token, &typed.token) {
            (Token::Number(own), Token::Number(typed)) => {
                self.is_number(own, typed) || self.is_short_year(own, typed)
            }
            (Token::Word(word), Token::Number(number))
            | (Token::Number(number), Token::Word(word))
                if self.required >= REQUIRED_MIN && sounds_like(word, number) =>
            {
                return Some(Distance {
                    slips: 1,
                    ..Distance::default()
                });
            }
            (Token::Word(_), Token::Number(number)) => is_roman(own.roman, number),
            (Token::Number(number), Token::Word(_)) => is_roman(typed.roman, number),
            (Token::Word(word), Token::Word(given)) => {
                // Numerals are numbers, so they allow no slips.
                let is_numeral = own.roman.is_some() && typed.roman.is_some();
                return if is_numeral {
                    (word.plain == given.plain).then(Distance::default)
                } else if (self.required >= REQUIRED_MIN && are_small(&word.plain, &given.plain))
                    || (self.required >= CUT_REQUIRED_MIN
                        && self.is_other_count(&word.plain, &given.plain))
                    || (self.required >= CUT_REQUIRED_MIN && is_cut(&word.plain, &given.plain))
                {
                    Some(Distance {
                        slips: 1,
                        ..Distance::default()
                    })
                } else if own.is_optional && is_initial_of(word, given) {
                    Some(Distance::default())
                } else {
                    self.pair.words(word, given, self.is_alone)
                };
            }
        };
        is_same.then(Distance::default)
    }

    /// "'99" for 1999, if a year is asked for.
    fn is_short_year(&self, own: &Number, typed: &Number) -> bool {
        const YEARS: std::ops::Range<i128> = 1900..2030;
        let year = own.value.to_whole().filter(|year| YEARS.contains(year));
        let is_asked = self.pair.said("year") && own.is_literal && !own.is_decade;
        is_asked && typed.digits.len() == 2 && year.map(|year| year % 100) == typed.value.to_whole()
    }

    /// "old man" for "old men" in a long answer that is not a title.
    fn is_other_count(&self, own: &str, typed: &str) -> bool {
        !self.pair.manner.is_title && are_one_and_many(own, typed)
    }

    /// Whether two numbers are the same: as written, or "half" for 50 %.
    fn is_number(&self, own: &Number, typed: &Number) -> bool {
        match (self.pair.own.is_percent(), self.pair.typed.is_percent()) {
            (true, false) if typed.value.to_whole().is_none() => {
                own.value == typed.value.times(100) || own.is(typed)
            }
            (false, true) => typed.value == own.value.times(100),
            // "Eight" is not "eighth".
            _ if typed.is_ordinal && !own.is_ordinal && self.pair.is_count() => false,
            _ => own.is(typed),
        }
    }
}

/// "2" for "to", as in "Back 2 the Future".
fn sounds_like(word: &Word, number: &Number) -> bool {
    match word.plain.as_str() {
        "to" | "too" => number.value.is_whole(2),
        "for" => number.value.is_whole(4),
        _ => false,
    }
}

/// In answers of at least this many words, a small word may be wrong.
const REQUIRED_MIN: usize = 3;

/// In answers of at least this many words, the last may be cut off.
const CUT_REQUIRED_MIN: usize = 5;

/// Whether only one or two letters are missing at the end of a word.
fn is_cut(word: &str, typed: &str) -> bool {
    let is_short = word.len() <= typed.len() + 2;
    word != typed && typed.len() >= 2 && is_short && word.len() > 3 && word.starts_with(typed)
}

/// Whether two words are small ones that people mix up: "Gone in the Wind".
fn are_small(a: &str, b: &str) -> bool {
    const SMALL: [&str; 8] = ["in", "on", "of", "with", "at", "for", "by", "about"];
    a != b && SMALL.contains(&a) && SMALL.contains(&b)
}

/// Whether an initial may stand for a word: "G." for "González".
fn is_initial_of(initial: &Word, word: &Word) -> bool {
    let is_initial = initial.is_capital && initial.plain.chars().count() == 1;
    is_initial && initial.plain != "a" && word.plain.starts_with(&initial.plain)
}

fn is_article(item: &Item) -> bool {
    matches!(&item.token, Token::Word(word) if matches!(&*word.plain, "the" | "a" | "an"))
}

pub(super) fn is_letter(item: &Item) -> bool {
    matches!(&item.token, Token::Word(word) if word.plain.chars().count() == 1)
        || item.roman.is_some()
}

/// A letter, or two that are initials.
fn is_letter_or_two(item: &Item) -> bool {
    let is_two = matches!(&item.token, Token::Word(word) if word.plain.chars().count() == 2 && !is_particle(&word.plain));
    is_two || is_letter(item)
}

fn is_roman(roman: Option<u16>, number: &Number) -> bool {
    roman.is_some_and(|roman| number.value.is_whole(i128::from(roman)) && !number.is_decade)
}

/// Words as one word.
fn joined(items: &[Item]) -> Option<Word> {
    let words: Option<Vec<&Word>> = items
        .iter()
        .map(|item| match &item.token {
            Token::Word(word) => Some(word),
            Token::Number(_) => None,
        })
        .collect();
    Some(Word::joined(&words?))
}

/// Numbers whose digits match when joined: "nineteen eighty-four" and "1984".
fn joined_numbers(own: &[Item], typed: &[Item]) -> Option<Distance> {
    let digits = |items: &[Item]| -> Option<String> {
        let mut digits = String::new();
        for (at, item) in items.iter().enumerate() {
            let Token::Number(number) = &item.token else {
                return None;
            };
            if (at > 0 && !number.joins)
                || number.digits.is_empty()
                || number.is_ordinal
                || number.is_decade
            {
                return None;
            }
            digits.push_str(&number.digits);
        }
        Some(digits)
    };
    (digits(own)? == digits(typed)?).then(Distance::default)
}
