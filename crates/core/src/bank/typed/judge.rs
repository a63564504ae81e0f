//! Compares a typed text with one accepted text.

use super::alias::are_aliases;
use super::alignment::{Alignment, is_letter};
use super::clock::time;
use super::date::{dates, days};
use super::pair::{Distance, Manner, Pair};
use super::reading::{Item, Reading, Token, readings, squashed};
use super::role::Role;
use super::signs::{emoji_name, is_of_signs, signs, without_talk};
use super::talk;
use super::unit::{MEASURES, Measure, Unit, agree};
use super::whole::{is_great, is_initials, is_same_place};

/// A typed text, parsed once for all comparisons.
pub(super) struct Typed {
    /// Its symbols, if it says nothing else.
    signs: Option<String>,
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
            signs: without_talk(text).map(|text| signs(&text)),
        }
    }
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
    if is_of_signs(answer)
        && let Some(told) = &typed.signs
    {
        let own = signs(answer);
        let bare = told.trim_end_matches(['.', '!', '?']);
        return (own == *told || own == bare).then(Distance::default);
    }
    if let Some(name) = emoji_name(answer) {
        return distance(&name, role, typed, manner);
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
        // "Liar Liar" and "Liar" are different titles.
        let is_other_title =
            self.typed.is_repeated && self.manner.is_title && self.own.items.len() == 1;
        if self.is_other_owner() || self.is_other_year() || is_other_title {
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

    /// Where the answer may begin, after words that only introduce it.
    fn starts(&self) -> Vec<usize> {
        let is_number = self
            .own
            .items
            .iter()
            .any(|item| matches!(item.token, Token::Number(_)));
        let is_addressed = self.manner.is_somebody && !self.manner.is_precise;
        let is_sign = matches!(self.own.items.as_slice(), [item] if is_letter(item));
        let takes_places = is_number || is_sign || !self.manner.is_name;
        let is_opener = |item: &Item| match &item.token {
            Token::Word(word) => {
                talk::opens(&word.plain)
                    || (is_addressed && talk::addresses(&word.plain))
                    || (takes_places && talk::places(&word.plain))
                    || self.said(&word.plain)
            }
            Token::Number(_) => false,
        };
        let opens = |item: &Item| is_opener(item) || item.is_optional;
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
        let words = self.typed_words();
        if let Some(doubt) = (0..=talk).find_map(|at| Some(at + talk::doubts(words.get(at..)?)?)) {
            let more = items[doubt..].iter().take_while(|item| opens(item)).count();
            starts.extend(doubt..(doubt + more + 1).min(items.len()));
        }
        let is_name = self.manner.is_title || self.manner.is_somebody;
        let again = self.manner.repeated.before(&words, is_name).into_iter();
        starts.extend(self.number_after_talk());
        starts.extend(
            again
                .filter(|at| *at < items.len() && !starts.contains(at))
                .collect::<Vec<_>>(),
        );
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
        let mut ends: Vec<usize> = (least..=items.len()).rev().collect();
        let words = self.typed_words();
        let sureties = talk::sureties(&words[from..]);
        if sureties > 0 && items.len() - sureties > from {
            ends.push(items.len() - sureties);
        }
        if talk::denies(&words[least..]) {
            return Vec::new();
        }
        let is_name = self.manner.is_title || self.manner.is_somebody;
        let is_end = |at: &usize| self.manner.repeated.is_after(&words[*at..], is_name);
        ends.extend((from + 1..least).rev().filter(is_end));
        ends
    }

    fn typed_words(&self) -> Vec<&str> {
        let words = self.typed.items.iter().map(|item| match &item.token {
            Token::Word(word) => word.plain.as_str(),
            Token::Number(number) if number.is_literal => &number.digits,
            Token::Number(number) if number.value.is_whole(1) => "one",
            Token::Number(_) => "",
        });
        words.collect()
    }

    /// "it sank in 1912": the number after a subject and a verb.
    fn number_after_talk(&self) -> Option<usize> {
        const WORDS_MAX: usize = 4;
        let is_number = |item: &Item| matches!(item.token, Token::Number(_));
        let at = self.typed.items.iter().position(is_number)?;
        let words = &self.typed_words()[..at];
        let follows_talk = talk::tells(words) && words.len() <= WORDS_MAX;
        (follows_talk && self.own.is_amount()).then_some(at)
    }

    /// Whether the whole text is another name or the initials of the answer.
    fn is_alias(&self, from: usize, to: usize) -> Option<Distance> {
        let typed = &self.typed.items[from..to];
        let own = &self.own.items;
        let is_place = !self.manner.is_title && is_same_place(own, typed);
        let (name, given) = (squashed(own), squashed(typed));
        let is_same = (name != given && are_aliases(&name, &given)) || is_place;
        let is_initials = is_initials(own, typed) || is_initials(typed, own) && is_great(own);
        ((is_same || is_initials) && !self.is_given(typed)).then(Distance::default)
    }

    fn units_agree(&self) -> bool {
        let is_telling = |unit: &&Unit| !unit.contains(&"ad");
        let own: Vec<&Unit> = self.own.units.iter().filter(is_telling).collect();
        let typed: Vec<&Unit> = self.typed.units.iter().filter(is_telling).collect();
        // A quarter is 25 %.
        if own.is_empty() && self.own.is_amount() && self.typed.is_percent() {
            return true;
        }
        if own.is_empty() || typed.is_empty() {
            let is_amount = self.own.is_amount();
            let is_free = !self.manner.is_name && !self.own.has_great_unit;
            let may_lack = is_amount && is_free && !own.iter().any(|unit| unit.contains(&"bc"));
            let is_said = |unit: &&Unit| {
                self.manner.repeated.prompt.iter().any(|word| {
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
}
