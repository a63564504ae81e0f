//! Other ways to say a text before it is read: a note of money as its sum, a name with the surname
//! first, a title without what only accompanies it.

use super::letters::plain;
use super::role::Role;
use super::second_thought;
use super::unit::unit;

/// The other texts that a text may stand for.
pub(super) fn others(text: &str, role: Role) -> impl Iterator<Item = String> {
    let others = [
        digits_as_letters(text),
        article_as_one(text),
        note_of_money(text),
        name_first(text, role),
        without_surety(text, role),
        without_remark(text, role),
        second_thought::last_word(text).filter(|_| role == Role::Typed),
    ];
    others.into_iter().flatten()
}

/// A text that begins with a unit alone: "a week" is one week, and "an hour and a half" one and a
/// half.
fn article_as_one(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let (article, word) = (words.next()?, words.next()?);
    let is_article = matches!(article.to_lowercase().as_str(), "a" | "an");
    let rest: Vec<&str> = words.collect();
    let rest = rest.join(" ").to_lowercase();
    if !is_article || unit(&plain(&word.to_lowercase())).is_none() {
        return None;
    }
    match rest.as_str() {
        "" => Some(format!("1 {word}")),
        "and a half" => Some(format!("1.5 {word}s")),
        "and a quarter" => Some(format!("1.25 {word}s")),
        _ => None,
    }
}

/// "a tenner" as ten pounds.
fn note_of_money(text: &str) -> Option<String> {
    let (before, note) = text.trim().rsplit_once(' ').unwrap_or(("", text.trim()));
    let sum = match note.to_lowercase().as_str() {
        "fiver" => "5 quid",
        "tenner" => "10 quid",
        _ => return None,
    };
    let is_one = matches!(before.to_lowercase().as_str(), "" | "a" | "one");
    is_one.then(|| sum.to_owned())
}

/// "Vertigo 100%" without how sure it is.
fn without_surety(text: &str, role: Role) -> Option<String> {
    let text = text.trim_matches(['!', '.', ' ']);
    let sure = text
        .strip_suffix("100%")
        .or_else(|| text.strip_prefix("100%"));
    let sure = sure.filter(|_| role == Role::Typed)?;
    (!sure.trim().is_empty()).then(|| sure.to_owned())
}

/// "Rosebud (the sled)" without the remark in brackets, unless that is another answer or a number.
fn without_remark(text: &str, role: Role) -> Option<String> {
    let inner = text
        .trim_end()
        .strip_suffix(')')
        .filter(|_| role == Role::Typed)?;
    let (told, remark) = inner.split_once(" (")?;
    let first = remark.split(' ').next().unwrap_or_default();
    let is_remark = remark.contains(' ')
        && !remark.bytes().any(|b| b.is_ascii_digit())
        && !matches!(first.to_lowercase().as_str(), "or" | "not" | "no" | "and");
    (is_remark && !told.trim().is_empty()).then(|| told.to_owned())
}

/// "Titanic, Titanic!" once.
pub(super) fn said_once(text: &str, role: Role) -> Option<String> {
    const TIMES_MAX: usize = 4;
    let bare = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let words: Vec<String> = text
        .split_whitespace()
        .map(bare)
        .filter(|word| !word.is_empty())
        .collect();
    let is_repeated = |times: &usize| {
        let len = words.len() / times;
        words.len().is_multiple_of(*times)
            && len > 0
            && words.chunks(len).all(|part| *part == words[..len])
    };
    let times = (2..=TIMES_MAX)
        .find(is_repeated)
        .filter(|_| role == Role::Typed)?;
    Some(words[..words.len() / times].join(" "))
}

/// "Godfather, The" and "Spielberg, Steven" as they are said.
fn name_first(text: &str, role: Role) -> Option<String> {
    let (last, first) = text.split_once(", ").filter(|_| role == Role::Typed)?;
    let is_name = |part: &str| {
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’');
        !part.trim().is_empty() && part.chars().all(is_letter)
    };
    (is_name(last) && is_name(first)).then(|| format!("{first} {last}"))
}

/// A text whose words have digits for letters: "Se7en", "S1m0ne", "C3P0".
fn digits_as_letters(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut changed = false;
    let letters: String = chars
        .iter()
        .enumerate()
        .map(|(at, c)| {
            let beside = |at: Option<usize>| {
                at.and_then(|at| chars.get(at))
                    .is_some_and(char::is_ascii_alphabetic)
            };
            let is_last_zero = *c == '0' && at + 1 == chars.len();
            if !beside(at.checked_sub(1)) || !(beside(Some(at + 1)) || is_last_zero) {
                return *c;
            }
            let letter = match c {
                '0' => 'o',
                '1' => 'i',
                '3' => 'e',
                '4' => 'a',
                '5' => 's',
                '7' => 'v',
                c => return *c,
            };
            changed = true;
            letter
        })
        .collect();
    changed.then_some(letters)
}
