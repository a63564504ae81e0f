//! Compares a typed text with one accepted text.

use super::alias::{are_aliases, is_in};
use super::clock::time;
use super::date::{dates, days};
use super::known::{are_one_thing, are_variants};
use super::letters::Word;
use super::number::Number;
use super::reading::{Item, Reading, Role, Token, readings};
use super::short::is_particle;
use super::slip::{are_one_and_many, slips};
use super::talk;
use super::unit::{MEASURES, Measure, Unit, agree};
use std::collections::HashMap;

/// The most slips in a whole answer; a word has at most one.
const SLIPS_MAX: u8 = 2;

/// How far a typed text is from an accepted one: compared first by slips, then by surrounding talk,
/// then by missing accents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Distance {
    pub slips: u8,
    /// How many words were treated as talk.
    talk: u8,
    accents: u8,
}

/// How to compare the texts of one question.
#[allow(clippy::struct_excessive_bools)] // Each is a separate property of the question.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner<'k> {
    /// Whether a letter with an accent counts as a different letter, because the question is about
    /// a language.
    pub is_strict: bool,
    /// Whether the answer is a name, so that no part of it may be left out.
    pub is_name: bool,
    /// Whether the answer is a person's name, so that Mr. or Dr. may precede it.
    pub is_somebody: bool,
    /// Whether the accepted text includes a title or a year, so that a different one is wrong.
    pub is_precise: bool,
    /// Whether the answer is a thing, which may have several names, and not a title or a name.
    pub is_thing: bool,
    /// Words of the question that may be repeated next to a number.
    pub said: &'k [String],
}

/// A typed text, parsed once for all comparisons.
pub(super) struct Typed {
    text: String,
    readings: Vec<Reading>,
    dates: Vec<super::date::Date>,
    /// The dates it may mean, if it is a day and a month in digits.
    days: Vec<super::date::Date>,
    time: Option<super::clock::Time>,
}

impl Typed {
    pub fn new(text: &str) -> Self {
        Self {
            readings: readings(text, Role::Typed),
            dates: dates(text),
            days: days(text),
            time: time(text),
            text: signs(text),
        }
    }
}

/// A text of symbols in the form for comparing: without spaces and without variation selectors.
fn signs(text: &str) -> String {
    let is_drawn = |c: &char| !c.is_whitespace() && !matches!(c, '\u{FE0E}' | '\u{FE0F}');
    text.chars().filter(is_drawn).collect()
}

/// Whether a text has neither letters nor digits, so that only its symbols can be compared.
pub(super) fn is_of_signs(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Whether an answer begins with a title or ends with a year in brackets.
pub(super) fn is_precise(answer: &str) -> bool {
    let first = answer.split([' ', '.']).next().unwrap_or_default();
    let first = first.to_lowercase();
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let last = answer.rsplit(' ').next().unwrap_or_default();
    talk::addresses(&first)
        || matches!(first.as_str(), "mrs" | "ms" | "miss" | "lady" | "lord")
        || is_year(last.trim_start_matches('(').trim_end_matches(')'))
}

/// How far a typed text is from `answer`; `None` if it says something else.
pub(super) fn distance(
    answer: &str,
    role: Role,
    typed: &Typed,
    manner: Manner,
) -> Option<Distance> {
    if is_of_signs(answer) && is_of_signs(&typed.text) {
        return (signs(answer) == typed.text).then(Distance::default);
    }
    let own_dates = dates(answer);
    if own_dates.iter().any(|date| typed.days.contains(date)) {
        return Some(Distance::default());
    }
    if !own_dates.is_empty() && !typed.dates.is_empty() {
        let is_same = own_dates.iter().any(|date| typed.dates.contains(date));
        return is_same.then(Distance::default);
    }
    if let (Some(own), Some(typed)) = (time(answer), typed.time)
        && own.is(typed)
    {
        return Some(Distance::default());
    }
    let own = readings(answer, role);
    let pairs = own
        .iter()
        .flat_map(|own| typed.readings.iter().map(move |typed| (own, typed)));
    pairs
        .filter_map(|(own, typed)| Pair { own, typed, manner }.distance())
        .min()
}

/// One reading of the accepted text next to one of the typed text.
struct Pair<'r> {
    own: &'r Reading,
    typed: &'r Reading,
    manner: Manner<'r>,
}

impl Pair<'_> {
    fn distance(&self) -> Option<Distance> {
        let is_as_much = |measure: Measure| {
            let sum = self.own.sum(measure);
            sum.is_some() && sum == self.typed.sum(measure)
        };
        if MEASURES.iter().any(|measure| is_as_much(measure)) {
            return Some(Distance::default());
        }
        if self.own.items.is_empty() || self.typed.items.is_empty() || !self.units_agree() {
            return None;
        }
        if self.is_other_owner() || self.is_other_year() {
            return None;
        }
        let mut best = None;
        for from in self.starts() {
            for to in self.ends(from) {
                let found = self
                    .is_alias(from, to)
                    .or_else(|| Alignment::of(self, to).from(0, from));
                let talk = from + self.typed.items.len() - to;
                let found = found.map(|found| Distance {
                    talk: u8::try_from(talk)
                        .unwrap_or(u8::MAX)
                        .saturating_add(found.talk),
                    ..found
                });
                best = [best, found].into_iter().flatten().min();
                if best == Some(Distance::default()) {
                    return best;
                }
            }
        }
        best
    }

    /// "her mother" for "his mother".
    fn is_other_owner(&self) -> bool {
        let owner = |items: &[Item]| match items.first().map(|item| &item.token) {
            Some(Token::Word(word)) if word.plain == "his" => Some(true),
            Some(Token::Word(word)) if word.plain == "her" => Some(false),
            _ => None,
        };
        let owners = (owner(&self.own.items), owner(&self.typed.items));
        matches!(owners, (Some(own), Some(typed)) if own != typed)
    }

    /// "King Kong (1933)" for "King Kong (2005)": the year may be left out, but this one is wrong.
    fn is_other_year(&self) -> bool {
        let year = |items: &[Item]| match items.last() {
            Some(Item {
                token: Token::Number(number),
                is_optional: true,
                ..
            }) => Some(number.value),
            _ => None,
        };
        match (year(&self.own.items), year(&self.typed.items)) {
            (Some(own), Some(typed)) => own != typed,
            (None, Some(_)) => self.manner.is_precise,
            (_, None) => false,
        }
    }

    fn said(&self, word: &str) -> bool {
        self.own.is_amount() && self.manner.said.iter().any(|said| said == word)
    }

    /// Where the answer may begin, after words that only introduce it.
    fn starts(&self) -> Vec<usize> {
        let is_number = matches!(self.own.items[0].token, Token::Number(_));
        let is_addressed = self.manner.is_somebody && !self.manner.is_precise;
        let takes_places = is_number || !self.manner.is_name;
        let opens = |item: &Item| match &item.token {
            Token::Word(word) => {
                talk::opens(&word.plain)
                    || (is_addressed && talk::addresses(&word.plain))
                    || (takes_places && talk::places(&word.plain))
                    || self.said(&word.plain)
            }
            Token::Number(_) => false,
        };
        // "isn't it Vertigo?" asks, "it isn't Vertigo" and "isn't Vertigo" deny.
        let items = &self.typed.items;
        let is = |at: usize, said: &str| {
            let token = items.get(at).map(|item| &item.token);
            matches!(token, Some(Token::Word(word)) if word.plain == said)
        };
        let denies = |at: usize| is(at, "isnt") && (at > 0 || !is(1, "it"));
        let opening = items.iter().enumerate();
        let talk = opening
            .take_while(|(at, item)| opens(item) && !denies(*at))
            .count();
        let mut starts: Vec<usize> = (0..=talk.min(items.len() - 1)).collect();
        // "no idea, Vertigo?", "I'm not sure but Vertigo".
        let words: Vec<&str> = items
            .iter()
            .map_while(|item| match &item.token {
                Token::Word(word) => Some(word.plain.as_str()),
                Token::Number(_) => None,
            })
            .collect();
        if let Some(doubt) = (0..=talk).find_map(|at| Some(at + talk::doubts(words.get(at..)?)?)) {
            let more = items[doubt..].iter().take_while(|item| opens(item)).count();
            starts.extend(doubt..(doubt + more + 1).min(items.len()));
        }
        starts
    }

    /// Where it may end, before words that only follow it.
    fn ends(&self, from: usize) -> Vec<usize> {
        let closes = |item: &Item| match &item.token {
            Token::Word(word) => talk::closes(&word.plain) || self.said(&word.plain),
            Token::Number(_) => false,
        };
        let items = &self.typed.items;
        let talk = items[from..]
            .iter()
            .rev()
            .take_while(|item| closes(item))
            .count();
        let least = (items.len() - talk).max(from + 1);
        (least..=items.len()).rev().collect()
    }

    /// Whether the whole text is another name or the initials of the answer.
    fn is_alias(&self, from: usize, to: usize) -> Option<Distance> {
        let typed = &self.typed.items[from..to];
        let own = &self.own.items;
        let is_same = are_aliases(&squashed(own), &squashed(typed)) || is_same_place(own, typed);
        let is_initials = is_initials(own, typed) || is_initials(typed, own) && is_great(own);
        (is_same || is_initials).then(Distance::default)
    }

    fn units_agree(&self) -> bool {
        let is_telling = |unit: &&Unit| !unit.contains(&"ad");
        let own: Vec<&Unit> = self.own.units.iter().filter(is_telling).collect();
        let typed: Vec<&Unit> = self.typed.units.iter().filter(is_telling).collect();
        if own.is_empty() || typed.is_empty() {
            let is_amount = self.own.is_amount();
            let is_free = !self.manner.is_name && !self.own.has_great_unit;
            let may_lack = is_amount && is_free && !own.iter().any(|unit| unit.contains(&"bc"));
            let is_said = |unit: &&Unit| {
                self.manner.said.iter().any(|word| {
                    super::unit::unit(word)
                        .is_some_and(|said| said.iter().any(|said| agree(said, unit)))
                })
            };
            return (own.is_empty() || may_lack)
                && typed.iter().all(|unit| is_amount && is_said(unit));
        }
        // "5 foot 10" leaves out the inches.
        let is_clear =
            own.len() == typed.len() || (own.len() == typed.len() + 1 && self.own.is_amount());
        is_clear && own.iter().zip(&typed).all(|(own, typed)| agree(own, typed))
    }

    /// Two words, or several written as one.
    fn words(&self, own: &Word, typed: &Word, is_alone: bool) -> Option<Distance> {
        if own.text == typed.text {
            return Some(Distance::default());
        }
        let is_accent = if self.manner.is_strict {
            own.strict() == typed.strict()
        } else {
            own.plain == typed.plain || own.wide == typed.wide
        };
        if is_accent {
            return Some(Distance {
                accents: 1,
                ..Distance::default()
            });
        }
        if are_variants(&own.plain, &typed.plain) {
            return Some(Distance::default());
        }
        if self.manner.is_thing && are_one_thing(&own.plain, &typed.plain) {
            return Some(Distance::default());
        }
        let is_noun = !own.is_capital || is_alone;
        if self.manner.is_thing && is_noun && are_one_and_many(&own.plain, &typed.plain) {
            return Some(Distance {
                slips: 1,
                ..Distance::default()
            });
        }
        let is_other_letter = self.manner.is_strict && own.plain == typed.plain;
        // A slip counts once even if umlauts are written out.
        let is_off =
            self.manner.is_strict && strsim::osa_distance(&own.strict(), &typed.strict()) > 1;
        let slips = slips(own, typed, is_alone).filter(|_| !is_other_letter && !is_off)?;
        Some(Distance {
            slips,
            ..Distance::default()
        })
    }
}

/// Whether one answer is the place that the other gives with its region: "Paris" and "Paris,
/// France".
fn is_same_place(a: &[Item], b: &[Item]) -> bool {
    let names = |place: &[Item], both: &[Item]| {
        let place = squashed(place);
        (1..both.len()).any(|at| {
            let (head, tail) = (squashed(&both[..at]), squashed(&both[at..]));
            is_in(&head, &tail) && (head == place || are_aliases(&head, &place))
        })
    };
    names(a, b) || names(b, a)
}

/// Without spaces, articles and so on.
pub(super) fn squashed(items: &[Item]) -> String {
    let told = items.iter().filter(|item| !item.is_optional);
    told.map(|item| match &item.token {
        Token::Word(word) => item
            .roman
            .filter(|_| word.plain.len() == 1 || word.plain == "ii")
            .map_or_else(|| word.plain.clone(), |n| n.to_string()),
        // A fraction or a million has no digits to compare, and no other name.
        Token::Number(number) if number.digits.is_empty() => "?".to_owned(),
        Token::Number(number) => number.digits.clone(),
    })
    .collect()
}

fn is_great(items: &[Item]) -> bool {
    matches!(items, [Item { token: Token::Word(word), .. }] if word.is_capital)
}

/// Whether one word is the initials of at least three others.
fn is_initials(words: &[Item], word: &[Item]) -> bool {
    let [
        Item {
            token: Token::Word(word),
            ..
        },
    ] = word
    else {
        return false;
    };
    let all: Option<Vec<&Item>> = words
        .iter()
        .map(|item| matches!(item.token, Token::Word(_)).then_some(item))
        .collect();
    let Some(all) = all else {
        return false;
    };
    let initials = |is_told: &dyn Fn(&Item, &str) -> bool| -> String {
        let firsts = all.iter().filter_map(|item| match &item.token {
            Token::Word(word) if is_told(item, &word.plain) => word.plain.chars().next(),
            _ => None,
        });
        firsts.collect()
    };
    let is_small = |word: &str| matches!(word, "of" | "the" | "and" | "in" | "for" | "on" | "to");
    let all_of_them = initials(&|_, _| true);
    let behind_article: String = match words.first() {
        Some(item) if item.is_optional => all_of_them.chars().skip(1).collect(),
        _ => String::new(),
    };
    let told: [String; 4] = [
        all_of_them,
        behind_article,
        initials(&|item, _| !item.is_optional),
        initials(&|item, word| !item.is_optional && !is_small(word)),
    ];
    word.plain.chars().count() >= 3 && told.contains(&word.plain)
}

/// The cheapest alignment of the typed words with the accepted ones.
struct Alignment<'p> {
    pair: &'p Pair<'p>,
    /// Where the typed answer ends.
    to: usize,
    /// How many words of the answer are required.
    told: usize,
    is_alone: bool,
    known: HashMap<(usize, usize), Option<Distance>>,
}

/// How many words may be written as one.
const JOINED_MAX: usize = 4;

impl<'p> Alignment<'p> {
    fn of(pair: &'p Pair<'p>, to: usize) -> Self {
        let telling = pair
            .own
            .items
            .iter()
            .filter(|item| !item.is_optional)
            .count();
        Self {
            pair,
            to,
            told: telling,
            is_alone: telling <= 1,
            known: HashMap::new(),
        }
    }

    /// The distance of the words after the first `own` and `typed` ones.
    fn from(&mut self, own: usize, typed: usize) -> Option<Distance> {
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
        for (taken, given) in [
            (1, 1),
            (1, 2),
            (1, 3),
            (1, 4),
            (2, 1),
            (3, 1),
            (4, 1),
            (2, 2),
            (3, 3),
        ] {
            let (Some(taken_items), Some(given_items)) =
                (own_items.get(..taken), typed_items.get(..given))
            else {
                continue;
            };
            if let Some(step) = self.step(taken_items, given_items) {
                steps.push((taken, given, step));
            }
        }
        if own_items.first().is_some_and(|item| item.is_optional) {
            steps.push((1, 0, Distance::default()));
        }
        if let Some(more) = typed_items.first().filter(|item| item.is_optional) {
            // An extra year is talk: an accepted text that includes the year is closer.
            let talk = u8::from(matches!(more.token, Token::Number(_)));
            let step = Distance {
                talk,
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
            };
            if whole.slips <= SLIPS_MAX && best.is_none_or(|best| whole < best) {
                best = Some(whole);
            }
        }
        best
    }

    fn step(&self, own: &[Item], typed: &[Item]) -> Option<Distance> {
        debug_assert!(own.len().max(typed.len()) <= JOINED_MAX);
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
                let told = own.iter().filter(|item| !item.is_optional).count();
                let is_alone = self.is_alone || told >= self.told;
                if let [_, _, _, ..] = own
                    && is_initials(own, typed)
                {
                    return Some(Distance::default());
                }
                let found = self.pair.words(&one, &other, is_alone)?;
                // A single letter is never a slip: "Rocky V" is not "Rocky".
                let has_letter = own.iter().chain(typed).any(is_letter);
                (found.slips == 0 || !has_letter).then_some(found)
            }),
        }
    }

    fn one(&self, own: &Item, typed: &Item) -> Option<Distance> {
        let is_same = match (&own.token, &typed.token) {
            (Token::Number(own), Token::Number(typed)) => {
                own.is(typed) || self.is_short_year(own, typed) || self.is_share(own, typed)
            }
            (Token::Word(word), Token::Number(number))
            | (Token::Number(number), Token::Word(word))
                if self.told >= TOLD_MIN && sounds_like(word, number) =>
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
                } else if (self.told >= TOLD_MIN && are_small(&word.plain, &given.plain))
                    || (self.told >= CUT_TOLD_MIN && is_cut(&word.plain, &given.plain))
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

    /// "'99" for 1999, where a year is asked for.
    fn is_short_year(&self, own: &Number, typed: &Number) -> bool {
        const YEARS: std::ops::Range<i128> = 1900..2030;
        let year = own.value.to_whole().filter(|year| YEARS.contains(year));
        let is_asked = self.pair.said("year") && own.is_literal && !own.is_decade;
        is_asked && typed.digits.len() == 2 && year.map(|year| year % 100) == typed.value.to_whole()
    }

    /// "half" for 50 %.
    fn is_share(&self, own: &Number, typed: &Number) -> bool {
        let is_percent = self
            .pair
            .own
            .units
            .iter()
            .any(|unit| unit.contains(&"percent"));
        is_percent && typed.value.to_whole().is_none() && own.value == typed.value.times(100)
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
const TOLD_MIN: usize = 3;

/// In answers of at least this many words, the last may be cut off.
const CUT_TOLD_MIN: usize = 5;

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

fn is_letter(item: &Item) -> bool {
    matches!(&item.token, Token::Word(word) if word.plain.chars().count() == 1)
        || item.roman.is_some()
}

fn is_roman(roman: Option<u16>, number: &Number) -> bool {
    roman.is_some_and(|roman| number.value.is_whole(i128::from(roman)) && !number.is_decade)
}

/// Several words as one word.
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
