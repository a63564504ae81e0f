//! Wrong answers for a list without any: other answers of the same list, of the same kind.
//!
//! The kind follows from the answer (a year, a number, a number word, a text) and from what the
//! question asks for ("which country", "who", "Film title: …"). Numbers never mix with names, nor
//! countries with films. If the list has fewer than three answers of a kind, a year or a whole
//! number gets its neighbours; any other question is left out.

use super::row::Row;
use super::text::mark;
use crate::facts::limits::{CHOICE_LENGTH_MAX, length};
use crate::facts::{fold, sameness};
use std::collections::{BTreeMap, BTreeSet};

/// The wrong answers per question.
const WRONG_MAX: usize = 5;
/// The most other rows considered for one question: enough for a good choice in the largest list.
const LOOKED_AT_MAX: usize = 200;
/// Words that end a noun phrase: "which country | has the most lakes".
const STOPS: [&str; 44] = [
    "is", "was", "are", "were", "do", "does", "did", "of", "in", "on", "at", "to", "for", "from",
    "by", "with", "as", "has", "have", "had", "can", "could", "would", "should", "will", "may",
    "the", "a", "an", "and", "or", "that", "this", "who", "whose", "which", "what", "you", "he",
    "she", "it", "they", "won", "made",
];
/// The nouns that questions ask for most often.
const NOUNS: [&str; 64] = [
    "actor",
    "actress",
    "album",
    "animal",
    "artist",
    "author",
    "band",
    "bird",
    "book",
    "capital",
    "car",
    "character",
    "city",
    "club",
    "color",
    "colour",
    "company",
    "composer",
    "continent",
    "country",
    "currency",
    "day",
    "director",
    "dog",
    "drink",
    "element",
    "film",
    "fish",
    "flower",
    "food",
    "fruit",
    "game",
    "god",
    "instrument",
    "island",
    "king",
    "language",
    "letter",
    "metal",
    "month",
    "mountain",
    "movie",
    "nation",
    "novel",
    "number",
    "ocean",
    "planet",
    "player",
    "president",
    "queen",
    "river",
    "scientist",
    "sea",
    "singer",
    "song",
    "sport",
    "star",
    "state",
    "team",
    "town",
    "tree",
    "word",
    "writer",
    "year",
];
const NUMBER_WORDS: [&str; 28] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
];

/// A row's traits for comparison.
struct RowTraits {
    answer: String,
    prompt: String,
    /// The question itself, for finding duplicates: a film described in emoji has nothing else.
    asked: String,
    /// All spellings of the right answer, folded.
    right: BTreeSet<String>,
    shape: Shape,
    keys: Vec<String>,
    is_capital: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Year(f64),
    /// Digits, perhaps with separators.
    Number(f64),
    /// A number in words.
    Word,
    /// Something with digits and a unit, or a text.
    Text,
}

/// Adds wrong answers to every row without any, except where the list has too few.
pub(super) fn fill(rows: &mut [Row]) {
    if rows.iter().all(|row| !row.wrong.is_empty()) {
        return;
    }
    let faces: Vec<RowTraits> = rows.iter().map(RowTraits::of).collect();
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, face) in faces.iter().enumerate() {
        for key in &face.keys {
            groups.entry(key).or_default().push(i);
        }
    }
    for (i, row) in rows.iter_mut().enumerate() {
        if row.wrong.is_empty() {
            let near = near(&faces, &groups, i);
            row.wrong = chosen(&faces, &faces[i], &near);
        }
    }
}

/// The rows that share a kind with a row, the most similar first.
fn near(faces: &[RowTraits], groups: &BTreeMap<&str, Vec<usize>>, of: usize) -> Vec<usize> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for key in &faces[of].keys {
        let Some(group) = groups.get(key.as_str()) else {
            continue;
        };
        // From a large group, a window around the row, wrapping at the end: neighbours in a list
        // tend to have the same subject.
        let at = group.partition_point(|i| *i < of);
        let start = at
            .saturating_sub(LOOKED_AT_MAX / 2)
            .min(group.len().saturating_sub(LOOKED_AT_MAX));
        for i in group
            .iter()
            .skip(start)
            .take(LOOKED_AT_MAX)
            .filter(|i| **i != of)
        {
            *shared.entry(*i).or_default() += 1;
        }
    }
    let face = &faces[of];
    let mut near: Vec<_> = shared
        .into_iter()
        .map(|(i, keys)| {
            let other = &faces[i];
            let looks = usize::from(face.is_capital == other.is_capital);
            let luck = mark(&format!("{}/{}", face.prompt, other.answer));
            (keys * 2 + looks, distance(face.shape, other.shape), luck, i)
        })
        .collect();
    near.sort_by(|a, b| {
        let by_distance = a.1.total_cmp(&b.1);
        match face.shape {
            Shape::Year(_) | Shape::Number(_) => by_distance.then(b.0.cmp(&a.0)),
            Shape::Word | Shape::Text => b.0.cmp(&a.0),
        }
        .then_with(|| a.2.cmp(&b.2))
    });
    near.into_iter().map(|(.., i)| i).collect()
}

fn distance(a: Shape, b: Shape) -> f64 {
    match (a, b) {
        (Shape::Year(a), Shape::Year(b)) => (a - b).abs(),
        (Shape::Number(a), Shape::Number(b)) => ((a + 1.0) / (b + 1.0)).ln().abs(),
        _ => 0.0,
    }
}

/// How far off a wrong number may be and still be plausible: years by difference, other numbers by
/// ratio.
fn reach(shape: Shape) -> f64 {
    match shape {
        Shape::Year(_) => 120.0,
        _ => 2.5,
    }
}

/// Wrong answers that do not equal or contain the right one and do not differ from it in length too
/// obviously.
fn chosen(faces: &[RowTraits], face: &RowTraits, near: &[usize]) -> Vec<String> {
    let prompt = format!(" {} ", face.prompt);
    let right_length = length(&face.answer);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut wrong = Vec::new();
    for other in near.iter().filter_map(|i| faces.get(*i)) {
        let folded = fold(&other.answer);
        let is_right = face.right.iter().any(|right| overlap(right, &folded))
            || other
                .right
                .iter()
                .any(|spelling| face.right.contains(spelling));
        let own_length = length(&other.answer);
        let is_within_reach = distance(face.shape, other.shape) <= reach(face.shape);
        let fits = is_within_reach
            && own_length <= CHOICE_LENGTH_MAX
            && own_length * 2 >= right_length
            && own_length <= right_length * 2 + 2;
        let is_told = prompt.contains(&format!(" {folded} "));
        let is_same_question = other.asked == face.asked;
        if is_right
            || !fits
            || is_told
            || is_same_question
            || taken.iter().any(|t| overlap(t, &folded))
        {
            continue;
        }
        taken.insert(folded);
        wrong.push(other.answer.clone());
        if wrong.len() == WRONG_MAX {
            break;
        }
    }
    if wrong.len() < 3 {
        wrong = neighbours(face);
    }
    wrong
}

/// Wrong answers for a year or whole number without others in the list: three nearby numbers. The
/// question decides which, so that the right one is as often the smallest or largest as in between.
fn neighbours(face: &RowTraits) -> Vec<String> {
    let (Shape::Year(value) | Shape::Number(value)) = face.shape else {
        return Vec::new();
    };
    let digits: String = face.answer.chars().filter(|c| *c != ',').collect();
    // Only for numbers written our way: the right answer must not stand out by its format.
    let Some(right) = digits
        .parse::<u32>()
        .ok()
        .filter(|n| n.to_string() == digits)
    else {
        return Vec::new();
    };
    let is_grouped = face.answer.contains(',');
    if is_grouped && grouped(right) != face.answer {
        return Vec::new();
    }
    // The first two digits may differ: 8 beside 7, 254 beside 264, 40,000 beside 41,000.
    let step = match face.shape {
        Shape::Year(_) => 1 + u32::from(value < 1900.0),
        _ => 10_u32.pow(u32::try_from(digits.len()).unwrap_or(1).saturating_sub(2)),
    };
    let luck = mark(&face.prompt)
        .chars()
        .last()
        .and_then(|c| c.to_digit(16));
    let below = luck.unwrap_or_default() % 4;
    let below = below.min(right.saturating_sub(1) / step);
    let prompt = format!(" {} ", face.prompt);
    let all = (1..=6).map(|n| right - below * step + (n - 1) * step);
    all.filter(|n| *n != right)
        .filter(|n| !prompt.contains(&format!(" {n} ")) && !face.right.contains(&n.to_string()))
        .take(3)
        .map(|n| {
            if is_grouped {
                grouped(n)
            } else {
                n.to_string()
            }
        })
        .collect()
}

/// "40,000".
fn grouped(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Whether all words of one text are in the other: "Mozart", "Wolfgang Amadeus Mozart".
fn overlap(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> { text.split(' ').map(str::to_owned).collect() };
    let (a, b) = (words(a), words(b));
    a.is_subset(&b) || b.is_subset(&a)
}

impl RowTraits {
    fn of(row: &Row) -> Self {
        let prompt = fold(&row.prompt);
        let words: Vec<&str> = prompt.split(' ').collect();
        let shape = shape(&row.answer, &words);
        let mut right: BTreeSet<String> = row.accept.iter().map(|text| fold(text)).collect();
        right.insert(fold(&row.answer));
        let keys = match shape {
            Shape::Year(_) => vec!["year".to_owned()],
            Shape::Number(_) => vec!["number".to_owned()],
            Shape::Word => vec!["number word".to_owned()],
            Shape::Text => text_keys(row, &words),
        };
        Self {
            is_capital: row.answer.starts_with(char::is_uppercase),
            answer: row.answer.clone(),
            right,
            shape,
            keys,
            asked: sameness(&row.prompt),
            prompt,
        }
    }
}

fn shape(answer: &str, prompt: &[&str]) -> Shape {
    let counts = prompt.windows(2).any(|pair| pair[0] == "how");
    let digits: String = answer
        .chars()
        .filter(|c| !matches!(c, ',' | ' ' | '\u{A0}' | '\''))
        .collect();
    let is_number = digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if let (true, Ok(value)) = (is_number, digits.parse::<f64>()) {
        let is_year = digits.len() == 4 && (1000.0..=2100.0).contains(&value);
        return if is_year && !counts {
            Shape::Year(value)
        } else {
            Shape::Number(value)
        };
    }
    let folded = fold(answer);
    if !folded.is_empty()
        && folded
            .split(' ')
            .all(|word| NUMBER_WORDS.contains(&word) || word == "hundred")
    {
        return Shape::Word;
    }
    Shape::Text
}

/// What a question with a text answer asks for, as up to four keys; two rows that share one are of
/// a kind.
fn text_keys(row: &Row, words: &[&str]) -> Vec<String> {
    let has_digit = row.answer.contains(|c: char| c.is_ascii_digit());
    // "90 minutes" may be shown with other measures, but not with names.
    let class = if has_digit { "with digits" } else { "text" };
    let mut keys = Vec::new();
    let mut add = |kind: &str, text: &str| keys.push(format!("{class}/{kind}/{text}"));
    if let Some(kin) = &row.kin {
        add("said", kin);
        return keys;
    }
    if let Some(label) = row.prompt.find(':').filter(|at| *at < 30) {
        let after = row.prompt.get(label + 1..).unwrap_or_default();
        if after.starts_with(' ') {
            add("label", &fold(&row.prompt[..label]));
        }
    }
    if let Some(thing) = thing(words) {
        add("thing", &thing);
    }
    if words.len() >= 5 {
        add("begins", &words[..3].join(" "));
        add("ends", &words[words.len() - 3..].join(" "));
    } else if words.len() <= 3 {
        add(
            "bare",
            if row.answer.is_ascii() {
                "latin"
            } else {
                "other"
            },
        );
    }
    keys
}

/// The noun of a phrase: the last of adjacent common nouns ("film director"), or else its last
/// word. In "country borders France" a verb follows.
fn head<'w>(phrase: &[&'w str]) -> Option<&'w str> {
    let is_noun = |word: &&&str| NOUNS.contains(*word);
    let from = phrase.iter().position(|word| NOUNS.contains(word));
    match from {
        Some(from) => phrase[from..].iter().take_while(is_noun).last().copied(),
        None => phrase.last().copied(),
    }
}

/// The noun that is asked for: "country" in "in which European country is …".
fn thing(words: &[&str]) -> Option<String> {
    let asks = |word: &&str| {
        matches!(
            *word,
            "which" | "what" | "whats" | "who" | "whom" | "whose" | "where" | "whos"
        )
    };
    let at = match words.iter().position(asks) {
        Some(at) => at,
        None if words.first() == Some(&"name") => 0,
        None => return None,
    };
    match words[at] {
        "who" | "whom" | "whose" | "whos" => return Some("person".to_owned()),
        "where" => return Some("place".to_owned()),
        _ => {}
    }
    let mut rest = &words[at + 1..];
    // "what is the capital of", "name the singer", "what type of animal", "what is the name of".
    while let Some(first) = rest.first() {
        let skipped = matches!(
            *first,
            "is" | "was" | "are" | "were" | "the" | "a" | "an" | "s"
        ) || (matches!(
            *first,
            "type" | "kind" | "sort" | "types" | "name" | "names"
        ) && rest.get(1) == Some(&"of"))
            || *first == "of";
        if !skipped {
            break;
        }
        rest = &rest[1..];
    }
    let phrase = rest.iter().take(4).take_while(|word| !STOPS.contains(word));
    let phrase: Vec<&str> = phrase.copied().collect();
    let noun = head(&phrase)?;
    let noun = match noun {
        "movie" | "movies" | "films" => "film",
        "actor" | "actress" | "author" | "writer" | "singer" | "director" | "artist"
        | "composer" | "inventor" | "creator" | "founder" => "person",
        "colour" => "color",
        "nation" => "country",
        other => other,
    };
    Some(noun.to_owned())
}
