//! Numbers in any notation: digits, words, ordinals, fractions, and the separators of several
//! countries.

/// A number of an answer.
#[allow(clippy::struct_excessive_bools)] // Each is a separate property of its notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub value: Ratio,
    /// Its digits as written, without separators; "19" and "84" of "nineteen eighty-four" may join
    /// to "1984".
    pub digits: String,
    pub is_ordinal: bool,
    /// Whether it names a decade: "the 1980s".
    pub is_decade: bool,
    /// Whether it was written in digits, so that it may also be an ordinal.
    pub is_literal: bool,
    /// Whether it may form one number with the one before.
    pub joins: bool,
    /// Its value if the point separates thousands: "20.000".
    pub thousands: Option<i128>,
    /// Whether its digits contain a point, comma or similar.
    pub is_parted: bool,
}

/// A fraction in lowest terms, the denominator positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio {
    over: i128,
    under: i128,
}

/// The most digits of a number to calculate with; longer ones are not answers.
const DIGITS_MAX: usize = 15;

impl Ratio {
    pub fn whole(value: i128) -> Self {
        Self {
            over: value,
            under: 1,
        }
    }

    pub fn new(over: i128, under: i128) -> Self {
        let divisor = gcd(over.abs(), under.abs()).max(1);
        let sign = if under < 0 { -1 } else { 1 };
        Self {
            over: sign * over / divisor,
            under: (sign * under / divisor).max(1),
        }
    }

    pub fn plus(self, other: Self) -> Self {
        Self::new(
            self.over
                .saturating_mul(other.under)
                .saturating_add(other.over.saturating_mul(self.under)),
            self.under.saturating_mul(other.under),
        )
    }

    pub fn times(self, by: i128) -> Self {
        Self::new(self.over.saturating_mul(by), self.under)
    }

    pub fn negated(self) -> Self {
        Self {
            over: -self.over,
            under: self.under,
        }
    }

    pub fn is_whole(self, value: i128) -> bool {
        self.under == 1 && self.over == value
    }

    /// The whole number, if it is one.
    pub fn to_whole(self) -> Option<i128> {
        (self.under == 1).then_some(self.over)
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Number {
    pub fn of(value: i128) -> Self {
        Self {
            value: Ratio::whole(value),
            digits: value.to_string(),
            is_ordinal: false,
            is_decade: false,
            is_literal: false,
            joins: false,
            thousands: None,
            is_parted: false,
        }
    }

    /// A number in digits, possibly with points, commas or apostrophes among them; `None` if that
    /// is not a number ("1.2.3").
    pub fn literal(text: &str) -> Option<Self> {
        let is_separator = |c: char| !c.is_ascii_digit();
        let groups: Vec<&str> = text.split(is_separator).collect();
        let separators: Vec<char> = text.chars().filter(|c| is_separator(*c)).collect();
        let digits: String = groups.concat();
        if digits.is_empty() || digits.len() > DIGITS_MAX {
            return None;
        }
        let all: i128 = digits.parse().ok()?;
        let last = groups.last().copied().unwrap_or_default();
        let are_thousands = |groups: &[&str]| {
            let (first, rest) = groups.split_first().unwrap_or((&"", &[]));
            (1..=3).contains(&first.len())
                && !first.starts_with('0')
                && rest.iter().all(|group| group.len() == 3)
        };
        let is_same = |separators: &[char]| separators.windows(2).all(|pair| pair[0] == pair[1]);
        let fraction = || {
            let under = 10_i128.checked_pow(u32::try_from(last.len()).ok()?)?;
            Some(Ratio::new(all, under))
        };
        let mut thousands = None;
        let value = match separators.as_slice() {
            [] => Ratio::whole(all),
            ['.'] => {
                thousands = are_thousands(&groups).then_some(all);
                fraction()?
            }
            [_] if are_thousands(&groups) => Ratio::whole(all),
            [','] => fraction()?,
            several if is_same(several) && are_thousands(&groups) => Ratio::whole(all),
            [before @ .., mark @ ('.' | ',')]
                if !before.is_empty() && is_same(before) && !before.contains(mark) =>
            {
                are_thousands(&groups[..groups.len() - 1]).then(fraction)??
            }
            _ => return None,
        };
        Some(Self {
            value,
            digits,
            is_ordinal: false,
            is_decade: false,
            is_literal: true,
            joins: false,
            thousands,
            is_parted: !separators.is_empty(),
        })
    }

    /// Whether a typed number matches this one of the answer.
    pub fn is(&self, typed: &Self) -> bool {
        let zeros = |number: &Self| {
            let is_code = number.digits.len() > 1 && number.value.to_whole().is_some();
            let digits = &number.digits;
            let zeros = digits.len() - digits.trim_start_matches('0').len();
            if is_code { zeros } else { 0 }
        };
        let same_value = self.value == typed.value
            || (typed.thousands.is_some() && typed.thousands == self.value.to_whole())
            || (self.thousands.is_some()
                && self.thousands == typed.value.to_whole()
                && typed.is_parted);
        let same_kind = self.is_ordinal == typed.is_ordinal
            || (self.is_literal && !self.is_ordinal)
            || (typed.is_literal && !typed.is_ordinal);
        same_value && same_kind && self.is_decade == typed.is_decade && zeros(self) == zeros(typed)
    }
}

/// Numbers as they are often misspelt.
const MISSPELT: [(&str, &str); 14] = [
    ("forteen", "fourteen"),
    ("forteenth", "fourteenth"),
    ("fourty", "forty"),
    ("fourtieth", "fortieth"),
    ("ninty", "ninety"),
    ("nintey", "ninety"),
    ("eigth", "eighth"),
    ("eightth", "eighth"),
    ("fith", "fifth"),
    ("fivth", "fifth"),
    ("nineth", "ninth"),
    ("twelth", "twelfth"),
    ("twelveth", "twelfth"),
    ("thrid", "third"),
];

/// What one word says of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Zero to nineteen.
    Small(i128),
    /// Twenty to ninety.
    Tens(i128),
    Hundred,
    /// A thousand and above.
    Great(i128),
}

/// A number word, and whether it is an ordinal.
pub(super) fn part(word: &str) -> Option<(Part, bool)> {
    const SMALL: [(&str, &str); 20] = [
        ("zero", "zeroth"),
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("four", "fourth"),
        ("five", "fifth"),
        ("six", "sixth"),
        ("seven", "seventh"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("ten", "tenth"),
        ("eleven", "eleventh"),
        ("twelve", "twelfth"),
        ("thirteen", "thirteenth"),
        ("fourteen", "fourteenth"),
        ("fifteen", "fifteenth"),
        ("sixteen", "sixteenth"),
        ("seventeen", "seventeenth"),
        ("eighteen", "eighteenth"),
        ("nineteen", "nineteenth"),
    ];
    const TENS: [(&str, &str); 8] = [
        ("twenty", "twentieth"),
        ("thirty", "thirtieth"),
        ("forty", "fortieth"),
        ("fifty", "fiftieth"),
        ("sixty", "sixtieth"),
        ("seventy", "seventieth"),
        ("eighty", "eightieth"),
        ("ninety", "ninetieth"),
    ];
    let word = MISSPELT
        .iter()
        .find_map(|(wrong, right)| (*wrong == word).then_some(*right))
        .unwrap_or(word);
    let is = |(cardinal, ordinal): &(&str, &str)| *cardinal == word || *ordinal == word;
    let number = |at: usize| i128::try_from(at).unwrap_or(0);
    if matches!(word, "nil" | "nought" | "naught") {
        return Some((Part::Small(0), false));
    }
    if let Some(at) = SMALL.iter().position(is) {
        return Some((Part::Small(number(at)), SMALL[at].1 == word));
    }
    if let Some(at) = TENS.iter().position(is) {
        return Some((Part::Tens(10 * (number(at) + 2)), TENS[at].1 == word));
    }
    let (stem, is_ordinal) = match word.strip_suffix("th") {
        Some(stem) => (stem, true),
        None => (word, false),
    };
    let part = match stem {
        "hundred" => Part::Hundred,
        stem => Part::Great(magnitude(stem)?),
    };
    Some((part, is_ordinal))
}

/// What a word such as "million" multiplies by.
pub(super) fn magnitude(word: &str) -> Option<i128> {
    match word {
        "dozen" => Some(12),
        "thousand" | "thousands" | "grand" => Some(1_000),
        "million" | "millions" | "mio" | "mil" | "mn" | "mln" => Some(1_000_000),
        "billion" | "billions" | "bn" | "bln" => Some(1_000_000_000),
        "trillion" | "trillions" | "tn" | "trn" => Some(1_000_000_000_000),
        _ => None,
    }
}

/// The decade that a word names: "eighties".
pub(super) fn decade(word: &str) -> Option<i128> {
    let stem = word.strip_suffix("ies")?;
    match part(&format!("{stem}y"))? {
        (Part::Tens(tens), false) => Some(1900 + tens),
        _ => None,
    }
}

/// The number that the words begin with, and how many words it takes. The caller says which words
/// follow each other without a comma or similar.
pub(super) fn in_words(words: &[&str]) -> Option<(Number, usize)> {
    let mut total: i128 = 0;
    let mut current: Option<i128> = None;
    let mut least = i128::MAX;
    let mut is_ordinal = false;
    let mut taken = 0;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if *word == "and" && taken > 0 && at == taken {
            let goes_on = current.is_none_or(|n| n % 100 == 0) && total + current.unwrap_or(0) > 0;
            let next = words.get(at + 1).and_then(|next| part(next));
            let fits = matches!(next, Some((Part::Small(_) | Part::Tens(_), _)));
            if !goes_on || !fits {
                break;
            }
            at += 1;
            continue;
        }
        let Some((part, ends)) = part(word) else {
            break;
        };
        let now = current.unwrap_or(0);
        let has_room = current.is_none() || (now >= 100 && now % 100 == 0);
        current = match part {
            Part::Small(n) if has_room => Some(now + n),
            Part::Small(n @ 1..=9) if now % 100 >= 20 && now % 10 == 0 => Some(now + n),
            Part::Tens(n) if has_room => Some(now + n),
            Part::Hundred if current.is_none() => Some(100),
            Part::Hundred if (1..100).contains(&now) => Some(now * 100),
            Part::Great(n) if n < least && (current.is_some() || taken == 0) => {
                total = total.saturating_add(now.max(1).saturating_mul(n));
                least = n;
                None
            }
            _ => break,
        };
        at += 1;
        taken = at;
        if ends {
            is_ordinal = true;
            break;
        }
    }
    if taken == 0 {
        return None;
    }
    let number = Number {
        is_ordinal,
        ..Number::of(total + current.unwrap_or(0))
    };
    Some((number, taken))
}

/// The digits after a "point": "five" in "seven point five". Returns the number including them, and
/// how many words they take.
pub(super) fn decimals(whole: i128, words: &[&str]) -> Option<(Number, usize)> {
    let digit = |word: &&str| match part(word) {
        Some((Part::Small(n @ 0..=9), false)) => Some(n.to_string()),
        _ => None,
    };
    let digits: Vec<String> = words.iter().map_while(digit).collect();
    let number = Number::literal(&format!("{whole}.{}", digits.concat()));
    number
        .filter(|_| !digits.is_empty())
        .map(|number| (number, digits.len()))
}

/// The parts of a whole that two words name: "three quarters"; and how many words they are.
pub(super) fn shares(words: &[&str]) -> Option<(Ratio, usize)> {
    let [count, name, ..] = words else {
        return None;
    };
    let (Part::Small(over @ 1..), false) = part(count)? else {
        return None;
    };
    let under = share(name).filter(|under| over < *under)?;
    Some((Ratio::new(over, under), 2))
}

/// The part of a whole that a word names: "thirds", "half", "quarter".
pub(super) fn share(word: &str) -> Option<i128> {
    match word {
        "half" | "halves" => return Some(2),
        "quarter" | "quarters" => return Some(4),
        _ => {}
    }
    match part(word.strip_suffix('s').unwrap_or(word))? {
        (Part::Small(n @ 3..) | Part::Tens(n), true) => Some(n),
        (Part::Hundred, true) => Some(100),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, Ratio, in_words};

    #[test]
    fn numbers_in_words() {
        for (text, value, taken, ordinal) in [
            ("one hundred and one dalmatians", 101, 4, false),
            ("two thousand and one", 2001, 4, false),
            ("twenty first", 21, 2, true),
            ("nineteen eighty four", 19, 1, false),
            ("nineteen hundred", 1900, 2, false),
            ("two hundred thousand", 200_000, 3, false),
            ("three million five hundred thousand", 3_500_000, 5, false),
            ("two and two", 2, 1, false),
            ("hundred", 100, 1, false),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            let (number, words) = in_words(&words).expect(text);
            assert_eq!(number.value, Ratio::whole(value), "{text}");
            assert_eq!((words, number.is_ordinal), (taken, ordinal), "{text}");
        }
    }

    #[test]
    fn separators_of_several_countries() {
        for (text, over, under) in [
            ("20,000", 20_000, 1),
            ("1.5", 3, 2),
            ("1,5", 3, 2),
            ("1,234.5", 2469, 2),
            ("1.234,5", 2469, 2),
            ("1.234.567", 1_234_567, 1),
            ("20'000", 20_000, 1),
        ] {
            let number = Number::literal(text).expect(text);
            assert_eq!(number.value, Ratio::new(over, under), "{text}");
        }
        for text in ["1.2.3", "1,2,3", "4.1.1976"] {
            assert_eq!(Number::literal(text), None, "{text}");
        }
    }
}
