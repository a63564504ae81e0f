//! Cuts a text into words, numbers and symbols, and records what separates them.

use crate::facts::is_deceptive;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many characters of a typed answer are read.
const TYPED_CHARS_MAX: usize = 100;

/// A word, the digits of a number, or a symbol that is read as a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// As written; a symbol as the word for it.
    pub text: String,
    pub kind: Kind,
    /// What separates it from the piece before.
    pub gap: Gap,
    /// Whether it is in brackets after something else.
    pub is_aside: bool,
    /// Whether a full stop follows, as in "Samuel L. Jackson".
    pub has_point: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Digits,
    /// A symbol for money, per cent or degrees.
    Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Space,
    /// A slash, which may form a fraction.
    Slash,
    /// The slash of "½", which can be nothing else.
    Fraction,
    /// Points, hyphens, colons and so on.
    Mark,
    /// Commas, brackets, sentence ends.
    Comma,
}

impl Gap {
    /// Whether the pieces on either side may still form one number.
    pub fn is_close(self) -> bool {
        matches!(self, Self::None | Self::Space | Self::Mark)
    }
}

/// The characters that matter, each in its usual form.
fn prepared(text: &str) -> Vec<char> {
    let mut chars = String::with_capacity(text.len());
    let is_seen = |c: &char| !is_deceptive(*c) && !matches!(c, '\u{FE0E}' | '\u{FE0F}');
    for c in text.chars().filter(is_seen).take(TYPED_CHARS_MAX) {
        match c {
            // Separated from a whole number before it: "2½".
            '¼'..='¾' | '⅐'..='⅞' => {
                chars.push(' ');
                chars.extend([c].into_iter().nfkc());
            }
            '™' | '®' | '©' | '℠' => {}
            '❤' | '♥' | '♡' => chars.push_str(" heart "),
            '∞' => chars.push_str(" infinity "),
            c => match digit(c) {
                Some(digit) => chars.push(digit),
                None => chars.extend([c].into_iter().nfkc()),
            },
        }
    }
    chars.nfc().collect()
}

/// Converts a decimal digit of another script to ASCII.
fn digit(c: char) -> Option<char> {
    // The first digit of each script. <https://www.unicode.org/charts/>
    const ZEROS: [u32; 18] = [
        0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0,
        0xF20, 0x1040, 0x17E0, 0x1810, 0xFF10,
    ];
    let code = u32::from(c);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

fn is_letter(c: char) -> bool {
    (c.is_alphabetic() || is_combining_mark(c)) && !c.is_ascii_digit()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | '`' | '´' | '׳' | '״')
}

/// The pieces of a text.
pub(super) fn scan(text: &str) -> Vec<Piece> {
    let chars = prepared(text);
    let mut scan = Scan {
        chars: &chars,
        at: 0,
        gap: Gap::Space,
        is_aside: false,
        apart_to: 0,
        pieces: Vec::new(),
    };
    while let Some(c) = scan.ahead(0) {
        // "ʼ60": some apostrophes are letters to Unicode, and no word begins with a digit.
        let is_before_digit = || scan.ahead(1).is_some_and(|c| c.is_ascii_digit());
        let begins_word = is_letter(c) && !(is_apostrophe(c) && is_before_digit());
        if c.is_ascii_digit() {
            scan.digits();
        } else if begins_word {
            scan.word();
        } else {
            scan.sign(c);
        }
    }
    scan.pieces
}

struct Scan<'t> {
    chars: &'t [char],
    at: usize,
    gap: Gap,
    is_aside: bool,
    /// Up to here digits are read in separate groups: "4.7.1776" is not one number.
    apart_to: usize,
    pieces: Vec<Piece>,
}

impl Scan<'_> {
    fn ahead(&self, by: usize) -> Option<char> {
        self.chars.get(self.at + by).copied()
    }

    fn before(&self) -> Option<char> {
        let at = self.at.checked_sub(1)?;
        self.chars.get(at).copied()
    }

    fn push(&mut self, text: String, kind: Kind) {
        self.pieces.push(Piece {
            text,
            kind,
            gap: self.gap,
            is_aside: self.is_aside,
            has_point: false,
        });
        self.gap = Gap::None;
    }

    /// Digits and the separators between them, as far as they form one number.
    fn digits(&mut self) {
        let rest = &self.chars[self.at..];
        let is_digit = |at: usize| rest.get(at).is_some_and(char::is_ascii_digit);
        let mut end = 0;
        while is_digit(end)
            || (rest
                .get(end)
                .is_some_and(|c| matches!(c, '.' | ',' | '\'' | '’' | '٫' | '٬'))
                && is_digit(end + 1))
        {
            end += 1;
        }
        let whole: String = rest[..end]
            .iter()
            .map(|c| match c {
                '٫' => '.',
                '٬' => ',',
                c => *c,
            })
            .collect();
        let first = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let is_apart = self.at < self.apart_to;
        if !is_apart && super::number::Number::literal(&whole).is_some() {
            self.at += end;
            self.push(whole, Kind::Digits);
        } else {
            self.apart_to = self.apart_to.max(self.at + end);
            self.at += first;
            self.push(rest[..first].iter().collect(), Kind::Digits);
        }
    }

    /// Letters, including apostrophes and symbols used as letters.
    fn word(&mut self) {
        let mut word = String::new();
        while let Some(c) = self.ahead(0) {
            let goes_on = self.ahead(1).is_some_and(is_letter);
            match c {
                c if is_letter(c) && !is_apostrophe(c) => word.push(c),
                c if is_apostrophe(c)
                    && (goes_on || !self.ahead(1).is_some_and(|c| c.is_ascii_digit())) => {}
                '$' if goes_on => word.push('s'),
                '!' if goes_on => word.push('i'),
                _ => break,
            }
            self.at += 1;
        }
        if !word.is_empty() {
            self.push(word, Kind::Word);
        }
    }

    /// Digits after a point, with no whole number before it.
    fn pieces_of_decimal(&mut self) {
        let digits = self.chars[self.at + 1..].iter();
        let digits: String = digits.take_while(|c| c.is_ascii_digit()).collect();
        self.at += 1 + digits.len();
        self.push(format!("0.{digits}"), Kind::Digits);
    }

    fn sign(&mut self, c: char) {
        let before = self.before();
        let is_behind_word = before.is_some_and(|c| c.is_alphanumeric() || c == '+');
        let is_before_digit = self.ahead(1).is_some_and(|c| c.is_ascii_digit());
        let is_before_word = self.ahead(1).is_some_and(char::is_alphanumeric);
        let is_before_sum = matches!(self.ahead(1), Some('$' | '£' | '€'))
            && self.ahead(2).is_some_and(|c| c.is_ascii_digit());
        let is_grade = self
            .pieces
            .last()
            .is_some_and(|piece| piece.text.chars().count() <= 2)
            && self.pieces.len() == 1;
        let is_first = self.pieces.is_empty();
        if (c == '.' || (c == ',' && is_first)) && is_before_digit && !is_behind_word {
            // ".5"
            self.pieces_of_decimal();
            return;
        }
        self.at += 1;
        if is_apostrophe(c) && before.is_some_and(|c| c.is_ascii_digit()) {
            // "1960's", and the feet of 5'10".
            if is_before_digit {
                self.push("'".to_owned(), Kind::Unit);
            }
            return;
        }
        let is_behind_feet = self.pieces.iter().any(|piece| piece.text == "'");
        if c == '"' && is_behind_feet {
            self.push(c.to_string(), Kind::Unit);
            return;
        }
        let word = match c {
            '+' if is_behind_word && !is_before_word => Some("plus"),
            '+' if !is_behind_word && is_before_digit => None,

            '&' | '+' => Some("and"),
            '#' if is_before_digit => Some("number"),
            '#' if is_behind_word => Some("sharp"),
            '♯' => Some("sharp"),
            '♭' => Some("flat"),
            '@' => Some("at"),
            '×' => Some("x"),
            '-' | '−' if !is_behind_word && (is_before_digit || is_before_sum) => Some("minus"),
            '-' | '−' if is_behind_word && self.ahead(0).is_none() && is_grade => Some("minus"),
            _ => None,
        };
        if let Some(word) = word {
            self.push(word.to_owned(), Kind::Word);
            return;
        }
        if matches!(c, '$' | '£' | '€' | '¥' | '₹' | '₽' | '₩' | '¢' | '%' | '°') {
            self.push(c.to_string(), Kind::Unit);
            return;
        }
        if c == '.'
            && is_behind_word
            && let Some(last) = self.pieces.last_mut()
        {
            last.has_point = true;
        }
        // "(500) Days" opens with its brackets.
        let is_first = self.pieces.len() == 1 && !self.is_aside;
        if is_first && matches!(c, ')' | ']') {
            self.gap = self.gap.max(Gap::Mark);
            return;
        }
        if matches!(c, '(' | '[') {
            self.is_aside = !self.pieces.is_empty();
        } else if matches!(c, ')' | ']') {
            self.is_aside = false;
        }
        let gap = match c {
            c if c.is_whitespace() => Gap::Space,
            '/' if self.gap == Gap::None => Gap::Slash,
            '\u{2044}' => Gap::Fraction,
            ',' | ';' | '?' | '!' | '"' | '(' | ')' | '[' | ']' | '、' | '。' | '،' => {
                Gap::Comma
            }
            _ => Gap::Mark,
        };
        self.gap = self.gap.max(gap);
    }
}

#[cfg(test)]
mod tests {
    use super::scan;
    use proptest::prelude::*;

    proptest! {
        /// A piece that takes no character would make the scan endless. Checks that no piece is
        /// empty, and that there are at most as many as characters.
        #[test]
        fn every_piece_takes_a_character(text in "[ʼʻ'’`´׳״0-9a .,$!+#/(-]{0,12}") {
            let pieces = scan(&text);
            prop_assert!(pieces.len() <= text.chars().count());
            prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
        }
    }

    #[test]
    fn an_apostrophe_that_is_a_letter_may_stand_before_digits() {
        let texts = |text| -> Vec<String> { scan(text).into_iter().map(|it| it.text).collect() };
        assert_eq!(texts("\u{2BC}60s"), ["60", "s"]);
        assert_eq!(texts("O\u{2BC}Brien"), ["OBrien"]);
        assert_eq!(texts("\u{2BB}okina"), ["okina"]);
    }
}
