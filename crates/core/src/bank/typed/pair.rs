//! One reading of a right text beside one of a typed text.

use super::known::{are_one_thing, are_variants};
use super::letters::Word;
use super::reading::{Item, Reading, Token};
use super::repeated::{self, Repeated};
use super::slip::{are_one_and_many, are_one_in_latin, slips};

/// The fewest letters of a word in which a slip is forgiven, if the question asks for it as a word
/// of its language.
const STRICT_SLIP_MIN: usize = 7;

/// How far a typed text is from an accepted one: compared first by slips, then by surrounding talk,
/// then by missing accents, and last by articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Distance {
    pub slips: u8,
    /// How many words were treated as talk.
    pub talk: u8,
    pub accents: u8,
    /// Articles that only one of the two has: they matter if both are titles.
    pub articles: u8,
}

impl Distance {
    /// The same distance, whatever the articles.
    pub fn without_articles(self) -> Self {
        Self {
            articles: 0,
            ..self
        }
    }
}

/// How to compare the texts of one question.
#[allow(clippy::struct_excessive_bools)] // Each is a separate property of the question.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner<'k> {
    /// Whether a letter with an accent counts as a different letter, because the question is about
    /// a language.
    pub is_strict: bool,
    /// Whether no accent may be missing either.
    pub is_marked: bool,
    /// Whether the answer is a name, so that no part of it may be left out.
    pub is_name: bool,
    /// Whether the answer is a person's name, so that Mr. or Dr. may precede it.
    pub is_somebody: bool,
    /// Whether the accepted text includes a title or a year, so that a different one is wrong.
    pub is_precise: bool,
    /// Whether the answer is a thing, which may have several names, and not a title or a name.
    pub is_thing: bool,
    /// Whether the answer is the title of a work: another form of a word is another title.
    pub is_title: bool,
    /// The words of the question, which members may repeat.
    pub repeated: Repeated<'k>,
}

/// One reading of the accepted text next to one of the typed text.
pub(super) struct Pair<'r> {
    pub own: &'r Reading,
    pub typed: &'r Reading,
    pub manner: Manner<'r>,
}

impl Pair<'_> {
    /// Whether the answer says how many.
    pub fn is_count(&self) -> bool {
        self.said("many") || self.said("much")
    }

    pub fn said(&self, word: &str) -> bool {
        self.own.is_amount() && self.manner.repeated.says(word)
    }

    /// Whether a word of the answer says what kind of thing is asked for: "battle of" if the
    /// question asks for a battle. In titles and names every word counts, except that a king's
    /// number is enough.
    pub fn is_asked(&self, item: &Item) -> bool {
        let is_king = self.own.items.iter().any(|item| item.roman.is_some());
        let is_name = self.manner.is_title || (self.manner.is_somebody && !is_king);
        let Token::Word(word) = &item.token else {
            return false;
        };
        let asks = |word: &Word| self.manner.repeated.is_asked(&word.plain);
        let mut words = self.own.items.iter().filter_map(|item| match &item.token {
            Token::Word(word) => Some(word),
            Token::Number(_) => None,
        });
        !is_name && (asks(word) || (word.plain == "of" && words.any(asks)))
    }

    /// "South" of "South Korea": it is no answer without the rest.
    pub fn is_direction(item: &Item) -> bool {
        matches!(&item.token, Token::Word(word) if repeated::tells_apart(&word.plain))
    }

    /// Whether the question itself gives this name, so that it is not an answer: "What does FBI
    /// stand for?" A question with "or" gives every choice, so there it may be the answer.
    pub fn is_given(&self, typed: &[Item]) -> bool {
        let repeated = self.manner.repeated;
        let is_said =
            |item: &Item| matches!(&item.token, Token::Word(word) if repeated.says(&word.plain));
        typed.iter().all(is_said) && !repeated.says("or")
    }

    /// Two words, or several written as one.
    pub fn words(&self, own: &Word, typed: &Word, is_alone: bool) -> Option<Distance> {
        if own.text == typed.text {
            return Some(Distance::default());
        }
        let is_accent = if self.manner.is_strict {
            let is_left_out = self.manner.is_marked && own.has_accent();
            own.strict() == typed.strict() && !typed.has_accent() && !is_left_out
        } else {
            own.plain == typed.plain || own.wide == typed.wide
        };
        if is_accent {
            return Some(Distance {
                accents: 1,
                ..Distance::default()
            });
        }
        // A letter with another mark, in a question about a language: "avó" and "avô".
        if own.plain == typed.plain {
            return None;
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
        if are_one_in_latin(own, typed) {
            return Some(Distance {
                slips: 1,
                ..Distance::default()
            });
        }
        // A slip counts once even if umlauts are written out.
        let (own_letters, typed_letters) = (own.strict(), typed.strict());
        let is_off = own_letters.chars().count() < STRICT_SLIP_MIN
            || strsim::osa_distance(&own_letters, &typed_letters) > 1;
        let slips = slips(own, typed, is_alone).filter(|_| !(self.manner.is_strict && is_off))?;
        Some(Distance {
            slips,
            ..Distance::default()
        })
    }
}
