//! What an answer says: its words, its numbers, and their units.

use super::letters::{Word, plain};
use super::number::{self, Number, Ratio};
use super::retold;
use super::role::Role;
use super::scan::{Gap, Kind, Piece, scan};
use super::unit::{Measure, Unit, unit};
use crate::facts::roman;

/// One word or number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(Word),
    Number(Number),
}

/// A word or number within a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub token: Token,
    /// Whether it may be missing or extra.
    pub is_optional: bool,
    /// The value of a Roman numeral, where one is plausible.
    pub roman: Option<u16>,
}

/// One way to read a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Reading {
    pub items: Vec<Item>,
    /// The units of the numbers, in order.
    pub units: Vec<Unit>,
    /// Whether a unit is capitalised, as in the title "8 Mile".
    pub has_great_unit: bool,
    /// Whether the text said it twice or more, which some titles do: "Liar Liar".
    pub is_repeated: bool,
}

/// Without spaces, articles and so on.
pub(super) fn squashed(items: &[Item]) -> String {
    let told = items.iter().filter(|item| !item.is_optional);
    told.map(|item| match &item.token {
        Token::Word(word) => item
            .roman
            .map_or_else(|| word.plain.clone(), |n| n.to_string()),
        // A fraction or a million has no digits to compare, and no other name.
        Token::Number(number) if number.digits.is_empty() => "?".to_owned(),
        // Alone, the seventh is not seven.
        Token::Number(number) if number.is_ordinal && items.len() == 1 => {
            format!("{}th", number.digits)
        }
        Token::Number(number) => number.digits.clone(),
    })
    .collect()
}

impl Reading {
    /// Whether it is only a number, perhaps with a unit.
    pub fn is_amount(&self) -> bool {
        let is_number = |item: &Item| matches!(item.token, Token::Number(_));
        !self.items.is_empty() && self.items.iter().all(is_number)
    }
}

impl Reading {
    /// Whether it is a percentage.
    pub fn is_percent(&self) -> bool {
        self.units.iter().any(|unit| unit.contains(&"percent"))
    }

    /// The sum of several numbers with units, in the smallest unit of a measure: three hours and
    /// fifteen minutes equal 195 minutes.
    pub fn sum(&self, measure: Measure) -> Option<Ratio> {
        let mut numbers = Vec::new();
        for item in &self.items {
            match &item.token {
                Token::Number(number) if !number.is_ordinal => numbers.push(number.value),
                Token::Word(word) if item.is_optional && word.plain == "and" => {}
                _ => return None,
            }
        }
        let size = |unit: &Unit| {
            let mut sizes = measure.iter().filter(|(name, _)| unit.contains(name));
            sizes.next().copied()
        };
        let mut sizes: Vec<(&str, i128)> = self.units.iter().map(size).collect::<Option<_>>()?;
        // "2h58" and "6 ft 2" leave out the smaller unit.
        if let ([(name, _)], 2) = (sizes.as_slice(), numbers.len()) {
            let smaller = super::unit::smaller(name)?;
            sizes.extend(measure.iter().find(|(name, _)| *name == smaller));
        }
        if numbers.is_empty() || numbers.len() != sizes.len() {
            return None;
        }
        let parts = numbers.iter().zip(&sizes);
        Some(parts.fold(Ratio::whole(0), |sum, (number, (_, size))| {
            sum.plus(number.times(*size))
        }))
    }
}

/// The ways to read a text, likeliest first: "60m" may be sixty million or sixty metres, and in
/// "Se7en" the digit may be a letter.
pub(super) fn readings(text: &str, role: Role) -> Vec<Reading> {
    let mut readings = Vec::new();
    let texts = std::iter::once(text.to_owned()).chain(retold::others(text, role));
    let texts = texts.map(|text| (text, false));
    let once = retold::said_once(text, role).map(|text| (text, true));
    for (text, is_repeated) in texts.chain(once) {
        let pieces = scan(&text);
        let has_m = pieces
            .iter()
            .any(|piece| piece.text.eq_ignore_ascii_case("m"));
        for is_million in [true, false].into_iter().take(1 + usize::from(has_m)) {
            let reading = Reading {
                is_repeated,
                ..Reader::new(&pieces, role, is_million).read()
            };
            let ordered = reading.ordinal_last();
            for reading in std::iter::once(reading).chain(ordered) {
                if !readings.contains(&reading) {
                    readings.push(reading);
                }
            }
        }
    }
    readings
}

struct Reader<'p> {
    pieces: &'p [Piece],
    /// Each piece in lower case without accents.
    words: Vec<String>,
    role: Role,
    is_m_million: bool,
    at: usize,
    is_negative: bool,
    /// Whether the last item was a number or its unit, so that a unit may follow.
    counts: bool,
    reading: Reading,
}

impl<'p> Reader<'p> {
    fn new(pieces: &'p [Piece], role: Role, is_m_million: bool) -> Self {
        let words = pieces.iter().map(|piece| plain(&piece.text.to_lowercase()));
        Self {
            words: words.collect(),
            pieces,
            role,
            is_m_million,
            at: 0,
            is_negative: false,
            counts: false,
            reading: Reading::default(),
        }
    }

    fn read(mut self) -> Reading {
        while self.at < self.pieces.len() {
            let is_read = self.of_country()
                || self.sign_of_unit()
                || self.minus()
                || self.code()
                || self.in_digits()
                || self.in_words()
                || self.counted()
                || self.initials();
            if !is_read {
                self.word();
            }
        }
        self.reading.of_signs(self.pieces);
        self.reading
    }

    fn is_word(&self, by: usize, list: &[&str]) -> bool {
        let word = self.words.get(self.at + by);
        word.is_some_and(|word| list.contains(&word.as_str()))
    }

    fn kind(&self, by: usize) -> Option<Kind> {
        self.pieces.get(self.at + by).map(|piece| piece.kind)
    }

    fn gap(&self, by: usize) -> Gap {
        self.pieces
            .get(self.at + by)
            .map_or(Gap::Comma, |piece| piece.gap)
    }

    /// Whether this is a number, in digits or as a word.
    fn is_number(&self, by: usize) -> bool {
        let word = self.words.get(self.at + by).map(String::as_str);
        self.kind(by) == Some(Kind::Digits) || word.is_some_and(|word| number::part(word).is_some())
    }

    /// The "US" of "US$5", which adds nothing to the symbol.
    fn of_country(&mut self) -> bool {
        let is_said = self.is_word(0, &["us"]) && self.is_word(1, &["$"]) && self.is_number(2);
        self.at += usize::from(is_said);
        is_said
    }

    /// Money, per cent, degrees: they belong to the number next to them.
    fn sign_of_unit(&mut self) -> bool {
        if self.kind(0) != Some(Kind::Unit) {
            return false;
        }
        let units = unit(&self.words[self.at]).unwrap_or_default();
        self.reading.units.extend(units);
        self.at += 1;
        true
    }

    fn minus(&mut self) -> bool {
        let is_sum = self.kind(1) == Some(Kind::Unit) && self.is_number(2);
        if !self.is_word(0, &["minus", "negative"]) || self.counts || !(self.is_number(1) || is_sum)
        {
            return false;
        }
        self.is_negative = true;
        self.at += 1;
        true
    }

    /// "double oh seven".
    fn code(&mut self) -> bool {
        if !self.is_word(0, &["double"]) || !self.is_word(1, &["oh", "o", "0"]) {
            return false;
        }
        let digit = self
            .words
            .get(self.at + 2)
            .and_then(|word| match number::part(word) {
                Some((number::Part::Small(n), false)) => Some(n),
                _ => word.parse().ok(),
            });
        let Some(digit) = digit else {
            return false;
        };
        let Some(number) = Number::literal(&format!("00{digit}")) else {
            return false;
        };
        self.at += 3;
        self.push_number(number);
        true
    }

    fn in_digits(&mut self) -> bool {
        if self.kind(0) != Some(Kind::Digits) {
            return false;
        }
        let joins = self.counts && matches!(self.gap(0), Gap::Slash | Gap::Mark);
        let Some((mut number, taken)) = self.literal() else {
            // Too many digits to calculate with: compared as a word.
            return false;
        };
        self.at += taken;
        if self.gap(0) == Gap::None {
            self.suffix(&mut number);
        }
        self.magnitude(&mut number);
        self.push_number(Number { joins, ..number });
        true
    }

    /// A number in digits, including a fraction after it and spaces that separate thousands.
    fn literal(&self) -> Option<(Number, usize)> {
        if let Some(value) = self.fraction(0) {
            return Some((broken(value), 2));
        }
        let mut text = self.pieces[self.at].text.clone();
        let mut taken = 1;
        let is_group = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
        if text.len() <= 3 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) {
            while self.gap(taken) == Gap::Space
                && self.kind(taken) == Some(Kind::Digits)
                && is_group(&self.pieces[self.at + taken].text)
            {
                text.push_str(&self.pieces[self.at + taken].text);
                taken += 1;
            }
        }
        let number = Number::literal(&text)?;
        if matches!(self.gap(taken), Gap::Space | Gap::None)
            && let Some(value) = self.fraction(taken)
        {
            return Some((broken(number.value.plus(value)), taken + 2));
        }
        // "9 and 3/4"
        if self.gap(taken) == Gap::Space
            && self.is_word(taken, &["and"])
            && let Some(value) = self.fraction(taken + 1)
        {
            return Some((broken(number.value.plus(value)), taken + 3));
        }
        Some((number, taken))
    }

    /// A fraction in digits. A slash makes one only if it is the whole text or follows a whole
    /// number, so not in "Fahrenheit 9/11".
    fn fraction(&self, by: usize) -> Option<Ratio> {
        let whole = |by: usize| -> Option<i128> {
            let is_digits = self.kind(by) == Some(Kind::Digits);
            self.words
                .get(self.at + by)
                .filter(|_| is_digits)?
                .parse()
                .ok()
        };
        let (over, under) = (whole(by)?, whole(by + 1)?);
        let is_alone = self.reading.items.is_empty() && by == 0;
        let rest = self.pieces.get(self.at + by + 2..).unwrap_or_default();
        let ends = rest.iter().all(|piece| piece.kind == Kind::Unit);
        let is_fraction = match self.gap(by + 1) {
            Gap::Fraction => true,
            Gap::Slash => over < under && under <= 100 && (by > 0 || (is_alone && ends)),
            _ => false,
        };
        (is_fraction && under > 0).then(|| Ratio::new(over, under))
    }

    /// "1st", "1980s", "60m".
    fn suffix(&mut self, number: &mut Number) {
        let Some(whole) = number.value.to_whole() else {
            return;
        };
        if self.is_word(0, &["st", "nd", "rd", "th"]) {
            number.is_ordinal = true;
        } else if self.is_word(0, &["s"])
            && whole % 10 == 0
            && number.digits.len() != 1
            && number.digits.len() != 3
        {
            number.is_decade = true;
            if whole < 100 {
                number.value = Ratio::whole(1900 + whole);
            }
        } else {
            return;
        }
        self.at += 1;
    }

    fn magnitude(&mut self, number: &mut Number) {
        if number.is_ordinal || number.is_decade || self.gap(0) > Gap::Space {
            return;
        }
        let Some(word) = self.words.get(self.at).map(String::as_str) else {
            return;
        };
        let is_glued = self.gap(0) == Gap::None;
        let by = match word {
            "m" if self.is_m_million => Some(1_000_000),
            "k" if is_glued => Some(1_000),
            "b" if is_glued => Some(1_000_000_000),
            "hundred" => Some(100),
            word => number::magnitude(word),
        };
        if let Some(by) = by {
            number.value = number.value.times(by);
            number.digits.clear();
            number.thousands = None;
            self.at += 1;
        }
    }

    fn in_words(&mut self) -> bool {
        let rest = &self.pieces[self.at..];
        let close = rest.iter().enumerate().take_while(|(by, piece)| {
            piece.kind == Kind::Word && (*by == 0 || piece.gap.is_close())
        });
        let words: Vec<&str> = close
            .map(|(by, _)| self.words[self.at + by].as_str())
            .collect();
        let Some(first) = words.first() else {
            return false;
        };
        if *first == "second" && self.counts {
            return false;
        }
        if let Some(decade) = number::decade(first) {
            self.at += 1;
            self.push_number(Number {
                is_decade: true,
                ..Number::of(decade)
            });
            return true;
        }
        let before = self.reading.items.last().map(|item| &item.token);
        let follows = self.counts
            && self.gap(0).is_close()
            && matches!(before, Some(Token::Number(number)) if !number.is_literal && !number.is_ordinal);
        let is_zero = matches!(*first, "oh" | "o") && follows && self.is_number(1);
        let whole = shared(&words[1..]).filter(|_| number::share(first).is_some());
        let has_article = self.at == 1 && self.words[0] == "a";
        let is_share = (has_article || matches!(*first, "half" | "quarter"))
            && number::share(first).is_some()
            && self.pieces.len() - usize::from(self.at > 0) == 1;
        let (mut number, mut taken) = match number::in_words(&words) {
            _ if is_share || whole.is_some() => {
                let part = Ratio::new(1, number::share(first).unwrap_or(1));
                (broken(part), 1 + whole.unwrap_or(0))
            }
            Some(found) => found,
            None if is_zero => (Number::of(0), 1),
            None => return false,
        };
        if let (Some("point"), Some(whole)) = (words.get(taken).copied(), number.value.to_whole())
            && let Some((with_decimals, digits)) = number::decimals(whole, &words[taken + 1..])
        {
            number = with_decimals;
            taken += 1 + digits;
        }
        if !number.is_ordinal
            && self.gap(taken) == Gap::Space
            && let Some(value) = self.fraction(taken)
        {
            number = broken(number.value.plus(value));
            self.at += 2;
        }
        let after = words.get(taken..).unwrap_or_default();
        match after {
            ["and", "a" | "one", part, ..] if matches!(*part, "half" | "quarter") => {
                let under = number::share(part).unwrap_or(1);
                number = broken(number.value.plus(Ratio::new(1, under)));
                taken += 3;
            }
            ["and", rest @ ..] if number::shares(rest).is_some() => {
                let (part, words) = number::shares(rest).unwrap_or((Ratio::whole(0), 0));
                number = broken(number.value.plus(part));
                taken += 1 + words;
            }
            [part, ..] if !number.is_ordinal => {
                let is_part = part.ends_with('s') || number.value.is_whole(1);
                let over = number.value.to_whole();
                if let (Some(under), Some(over), true) = (number::share(part), over, is_part) {
                    number = broken(Ratio::new(over, under));
                    taken += 1;
                    taken += shared(&words[taken..]).unwrap_or(0);
                }
            }
            _ => {}
        }
        number.joins = follows;
        self.at += taken;
        self.magnitude(&mut number);
        self.push_number(number);
        true
    }

    fn push_number(&mut self, mut number: Number) {
        if std::mem::take(&mut self.is_negative) {
            number.value = number.value.negated();
        }
        self.counts = !number.is_ordinal && !number.is_decade;
        let is_optional = self.is_left_out(self.at - 1);
        self.reading.items.push(Item {
            token: Token::Number(number),
            is_optional,
            roman: None,
        });
    }

    /// The unit of the preceding number.
    fn counted(&mut self) -> bool {
        let is_last = self.at + 1 == self.pieces.len();
        let is_glued = self.gap(0) == Gap::None;
        if self.is_word(0, &["ad", "ce"]) && self.is_number(1) && self.reading.items.is_empty() {
            self.at += 1;
            return true;
        }
        if self.is_word(0, &["squared", "cubed"]) && !self.reading.items.is_empty() {
            let power = if self.is_word(0, &["cubed"]) { 3 } else { 2 };
            self.at += 1;
            self.push_power(power);
            return true;
        }
        if !self.counts || self.gap(0) == Gap::Comma {
            return false;
        }
        let is_unit = |by: usize| {
            let word = self.words.get(self.at + by);
            word.is_some_and(|word| unit(word).is_some())
        };
        if self.is_word(0, &["per"]) && self.is_word(1, &["cent"]) {
            self.reading.units.extend(unit("%").unwrap_or_default());
            self.at += 2;
            return true;
        }
        if self.is_word(0, &["square", "sq", "cubic"]) && is_unit(1) {
            let power = if self.is_word(0, &["cubic"]) { 3 } else { 2 };
            self.at += 1;
            self.push_power(power);
            return true;
        }
        if (self.is_word(0, &["b"]) && self.is_word(1, &["c"]))
            || (self.is_word(0, &["a"]) && self.is_word(1, &["d"]))
        {
            let era = format!("{}{}", self.words[self.at], self.words[self.at + 1]);
            self.reading.units.extend(unit(&era).unwrap_or_default());
            self.at += 2;
            return true;
        }
        if self.is_word(0, &["a", "p"]) && self.is_word(1, &["m"]) {
            let half = format!("{}m", self.words[self.at]);
            self.at += 2;
            self.push_word(&half, self.at - 1);
            return true;
        }
        // "miles an hour"
        let is_rate = self.is_word(0, &["a", "an"])
            && self.at > 0
            && unit(&self.words[self.at - 1]).is_some()
            && is_unit(1);
        let says_no_more = is_rate
            || self.is_word(0, &["per", "us", "u", "american", "british", "english"]) && is_unit(1)
            || self.is_word(0, &["sterling"]);
        if says_no_more {
            self.at += 1;
            return true;
        }
        let word = &self.words[self.at];
        let is_short =
            word.chars().count() == 1 || matches!(word.as_str(), "in" | "st" | "pc" | "mi");
        let fits =
            !is_short || is_glued || is_last || self.gap(1) != Gap::Space || self.is_number(1);
        let Some(units) = unit(word).filter(|_| fits) else {
            return false;
        };
        // "100 °C" is one unit.
        if self.is_word(
            0,
            &["celsius", "centigrade", "c", "fahrenheit", "f", "kelvin"],
        ) && self
            .reading
            .units
            .last()
            .is_some_and(|unit| unit.contains(&"degree"))
        {
            self.reading.units.pop();
        }
        let is_capital = self.pieces[self.at].text.starts_with(char::is_uppercase);
        let is_always_capital = self.is_word(0, &["celsius", "fahrenheit", "kelvin", "gw", "mw"]);
        self.reading.has_great_unit |= is_capital && !is_short && !is_always_capital;
        self.reading.units.extend(units);
        self.at += 1;
        true
    }

    fn push_power(&mut self, power: i128) {
        let literal = Number {
            is_literal: true,
            ..Number::of(power)
        };
        self.push_number(literal);
    }

    /// Separate letters, as in "L.A.", "M*A*S*H" and "J. R. R.", form one word.
    fn initials(&mut self) -> bool {
        let is_letter = |by: usize| {
            let piece = self.pieces.get(self.at + by);
            piece.is_some_and(|piece| piece.kind == Kind::Word && piece.text.chars().count() == 1)
        };
        let mut taken = usize::from(is_letter(0));
        while taken > 0 && is_letter(taken) && self.gap(taken) != Gap::Comma {
            taken += 1;
        }
        if taken < 2 {
            return false;
        }
        let letters = self.pieces[self.at..self.at + taken].iter();
        let letters: String = letters.map(|piece| piece.text.as_str()).collect();
        self.at += taken;
        self.push_word(&letters, self.at - 1);
        true
    }

    fn word(&mut self) {
        let text = self.pieces[self.at].text.clone();
        self.at += 1;
        self.push_word(&text, self.at - 1);
    }

    fn push_word(&mut self, text: &str, at: usize) {
        self.counts = false;
        let word = Word::new(text);
        let roman = self.roman(&word.plain, at);
        let is_club = at + 1 == self.pieces.len()
            && self.role == Role::Answer
            && !self.reading.items.is_empty()
            && matches!(&*word.plain, "fc" | "afc" | "cf" | "plc");
        let is_optional = is_club || self.is_left_out(at) || self.says_nothing(&word, at);
        self.reading.items.push(Item {
            token: Token::Word(word),
            is_optional,
            roman,
        });
    }

    /// Whether a pack's answer is complete without this.
    fn is_left_out(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let is_last = at + 1 == self.pieces.len();
        if self.reading.items.is_empty() {
            return false;
        }
        if self.role == Role::Typed {
            // "Pulp Fiction (1994)"
            let is_year = matches!(piece.text.parse(), Ok(1880..=2040_u16));
            return is_last && piece.is_aside && is_year;
        }
        let is_initial = piece.has_point
            && piece.text.chars().count() == 1
            && piece.text.starts_with(char::is_uppercase);
        let is_suffix = is_last && matches!(self.words[at].as_str(), "jr" | "junior");
        let is_house = is_last
            && matches!(
                self.words[at].as_str(),
                "pictures" | "studios" | "entertainment" | "inc" | "ltd"
            );
        piece.is_aside || is_suffix || is_house || (is_initial && !is_last)
    }

    /// Articles, "and", and "part" before a number.
    fn says_nothing(&self, word: &Word, at: usize) -> bool {
        let Some(next) = self.pieces.get(at + 1) else {
            return false;
        };
        match word.plain.as_str() {
            // "Hepatitis A virus": a capital A inside a text is a letter, except in titles where
            // every word is capitalised.
            "a" => {
                let is_great = word.is_capital && at > 0 && self.pieces[at].gap == Gap::Space;
                !is_great || next.text.starts_with(char::is_uppercase)
            }
            "the" | "teh" | "an" | "and" => true,
            // "La Dolce Vita" and "Le Monde", but not "La La Land" and "El Paso".
            "la" | "le" | "les" | "el" | "il" | "das" | "der" => {
                let follows_itself = plain(&next.text.to_lowercase()) == word.plain;
                at == 0 && !follows_itself && next.text.chars().count() > 4
            }
            // "his mother", but not "His Girl Friday".
            "his" | "her" | "their" | "its" | "my" => {
                at == 0 && !next.text.starts_with(char::is_uppercase)
            }
            "king" | "queen" | "pope" | "emperor" | "tsar" | "saint" => at == 0 && self.has_rank(),
            "part" | "chapter" | "volume" | "vol" | "episode" | "pt" | "ep" => {
                let is_roman = roman(&self.words[at + 1]).is_some();
                !self.reading.items.is_empty() && (self.is_number(0) || is_roman)
            }
            "number" | "no" | "nr" | "num" => self.is_number(0),
            // "2 to 1" for "2:1".
            "to" => self.is_number(0) && at > 0 && self.pieces[at - 1].kind == Kind::Digits,
            "sir" | "dame" => at == 0 && self.pieces.len() > 2,
            "vitamin" => at == 0 && next.text.chars().count() == 1,
            // "Influenza type A"
            "type" => at > 0 && next.text.chars().count() == 1,
            _ => false,
        }
    }

    /// Whether a name ends like that of a monarch, who may be named without the title.
    fn has_rank(&self) -> bool {
        let last = self.words.len() - 1;
        let is_ordinal = number::part(&self.words[last]).is_some_and(|(_, is_ordinal)| is_ordinal);
        let is_suffix = matches!(self.words[last].as_str(), "st" | "nd" | "rd" | "th");
        last > 1
            && (self.roman(&self.words[last], last).is_some()
                || is_ordinal
                || is_suffix
                || self.pieces[last].kind == Kind::Digits)
    }

    /// The value of a word as a Roman numeral, where it is one.
    fn roman(&self, word: &str, at: usize) -> Option<u16> {
        let Some(before) = at.checked_sub(1).and_then(|at| self.words.get(at)) else {
            // A first word is a name, unless it is the only word.
            return roman(word).filter(|_| word.len() > 1 && self.pieces.len() == 1);
        };
        let before = before.as_str();
        let ends = self
            .pieces
            .get(at + 1)
            .is_none_or(|next| next.gap > Gap::Space);
        let is_numeral = match word {
            "i" => {
                const VERBS: [&str; 14] = [
                    "and", "am", "do", "did", "or", "shall", "can", "should", "may", "have", "if",
                    "when", "that", "n",
                ];
                ends && !VERBS.contains(&before)
            }
            "x" => {
                const NAMES: [&str; 16] = [
                    "malcolm",
                    "history",
                    "generation",
                    "gen",
                    "planet",
                    "project",
                    "professor",
                    "mr",
                    "mister",
                    "mrs",
                    "ms",
                    "madame",
                    "weapon",
                    "racer",
                    "agent",
                    "the",
                ];
                ends && !NAMES.contains(&before)
            }
            "v" => ends && before != "vitamin",
            "l" | "c" | "d" | "m" => before == "bowl",
            word => word.len() > 1,
        };
        roman(word).filter(|_| is_numeral)
    }
}

/// How many words are between a fraction and its whole: "an" in "half an hour", "of a" in "a
/// quarter of a million".
fn shared(words: &[&str]) -> Option<usize> {
    let of = usize::from(words.first() == Some(&"of"));
    let is_whole = |word: &&str| unit(word).is_some() || number::magnitude(word).is_some();
    let has_article = matches!(words.get(of), Some(&("a" | "an")));
    (has_article && words.get(of + 1).is_some_and(is_whole)).then_some(of + 1)
}

fn broken(value: Ratio) -> Number {
    Number {
        value,
        digits: String::new(),
        is_literal: true,
        ..Number::of(0)
    }
}

impl Reading {
    /// Reads a text that has only symbols for money and the like by their names.
    fn of_signs(&mut self, pieces: &[Piece]) {
        if !self.items.is_empty() || pieces.is_empty() {
            return;
        }
        let units = std::mem::take(&mut self.units);
        let names = units.iter().filter_map(|unit| unit.first());
        self.items = names
            .map(|name| Item {
                token: Token::Word(Word::new(name.split(' ').next().unwrap_or(name))),
                is_optional: false,
                roman: None,
            })
            .collect();
    }

    /// "the First World War" as "World War 1", "the second Godfather" as "Godfather 2".
    fn ordinal_last(&self) -> Option<Self> {
        let is_number = |item: &Item| matches!(item.token, Token::Number(_));
        let at = self.items.iter().position(|item| !item.is_optional)?;
        let is_only = self.items.iter().filter(|item| is_number(item)).count() == 1;
        let is_ordinal =
            matches!(&self.items[at].token, Token::Number(number) if number.is_ordinal);
        if !is_ordinal || !is_only || at + 1 == self.items.len() {
            return None;
        }
        let mut ordered = self.clone();
        let mut ordinal = ordered.items.remove(at);
        if let Token::Number(number) = &mut ordinal.token {
            number.is_ordinal = false;
        }
        let is_film = |item: &Item| matches!(&item.token, Token::Word(word) if matches!(&*word.plain, "film" | "movie" | "one"));
        let talk = ordered
            .items
            .iter()
            .rev()
            .take_while(|item| is_film(item))
            .count();
        ordered.items.insert(ordered.items.len() - talk, ordinal);
        Some(ordered)
    }
}
