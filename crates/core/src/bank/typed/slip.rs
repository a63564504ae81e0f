//! Slips: which wrong letters still leave a reader sure of the word.
//!
//! A word may have one slip: an extra, missing or wrong letter, or two swapped neighbours. Short
//! words allow none, because every letter counts. A slip must not make another known word or name
//! unless it sounds the same: someone who types "Aliens" does not mean "Alien".

use super::known::is_known;
use super::letters::Word;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The fewest letters of a word in which a slip is forgiven.
const LETTERS_MIN: usize = 5;
/// The fewest letters of a word, next to other words, in which an extra or missing letter makes no
/// other word.
const INSIDE_MIN: usize = 8;
/// The fewest letters of a word in which a doubled letter cannot make another word.
const DOUBLED_MIN: usize = 7;

/// The cost of the slip in a typed word; `None` if it is another word. One that only sounds the
/// same ("Stephen" for "Steven") costs two. `is_alone` says that the answer has no other words to
/// support it.
pub(super) fn slips(word: &Word, typed: &Word, is_alone: bool) -> Option<u8> {
    if is_latin(&word.plain) && is_latin(&typed.plain) {
        latin(&word.plain, &typed.plain, is_alone)
    } else {
        other_script(&word.plain, &typed.plain).then_some(1)
    }
}

fn is_latin(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether one word is the other in Latin letters: "Солярис" and "Solaris". Most scripts have
/// several transcriptions, which sound the same.
pub(super) fn are_one_in_latin(word: &Word, typed: &Word) -> bool {
    let (word, typed) = (&*word.plain, &*typed.plain);
    if is_latin(word) == is_latin(typed) {
        return false;
    }
    let latin = |word: &str| {
        let letters = any_ascii::any_ascii(word).to_ascii_lowercase();
        letters.replace(|c: char| !c.is_ascii_lowercase(), "")
    };
    let is_one_sign = word.chars().count() < 2 || typed.chars().count() < 2;
    let (word, typed) = (latin(word), latin(typed));
    let is_long = word.len() >= LETTERS_MIN && typed.len() >= LETTERS_MIN;
    let is_near =
        is_long && (sound(&word) == sound(&typed) || strsim::osa_distance(&word, &typed) == 1);
    !is_one_sign && (word == typed || (is_near && word[..1] == typed[..1]))
}

fn latin(word: &str, typed: &str, is_alone: bool) -> Option<u8> {
    let letters = word.len();
    let apart = strsim::osa_distance(word, typed);
    let sounds_alike = sound(word) == sound(typed);
    if apart > 1 {
        let (short, long) = (letters.min(typed.len()), letters.max(typed.len()));
        let is_long = long >= LETTERS_MIN && (short >= LETTERS_MIN || (short == 4 && !is_alone));
        let is_plural = is_long && plural(word) == plural(typed);
        let same_vowels = vowels(word) == vowels(typed);
        let is_heard = is_long
            && apart == 2
            && sounds_alike
            && (same_vowels || (!is_alone && (long > LETTERS_MIN || short < long)))
            && !(is_alone && is_known(typed));
        return is_plural.then_some(1).or(is_heard.then_some(2));
    }
    is_one_slip(word, typed, is_alone).then_some(1)
}

/// Whether an extra, missing or wrong letter, or two swapped ones, leave the word recognisable.
fn is_one_slip(word: &str, typed: &str, is_alone: bool) -> bool {
    let letters = word.len();
    let is_other_word = is_known(typed);
    let begins_alike = word.as_bytes().first() == typed.as_bytes().first();
    if letters < LETTERS_MIN {
        let is_heard = sound(word) == sound(typed);
        return (begins_alike || is_heard) && is_short_slip(word, typed, is_alone);
    }
    if !begins_alike {
        let is_clear = !is_alone || is_swap(word, typed) || sound(word) == sound(typed);
        // "Cathy" for "Kathy": only the letter differs, not the sound.
        let is_heard = !is_alone && sound(word) == sound(typed);
        return is_heard || (!is_other_word && is_clear);
    }
    if is_plural(word, typed) {
        return !is_alone || !is_known(shorter(word, typed));
    }
    // "Pfeifer" and "Blanchette" are names too, and yet leave no doubt.
    if letters >= DOUBLED_MIN && !typed.ends_with("ing") && is_same_but_doubled(word, typed) {
        return true;
    }
    // "Forest Gump" and "Inglorious Bastards" still mean the right thing.
    let is_made_up = word.len() != typed.len() && !is_known(word);
    // "Lawerence" is a name, too, but one letter more or less inside a long word is a slip.
    let ends_alike = word.as_bytes().last() == typed.as_bytes().last();
    let is_inside = word.len() != typed.len() && letters >= INSIDE_MIN && ends_alike;
    !is_other_word || (!is_alone && (is_made_up || is_inside || sound(word) == sound(typed)))
}

/// Whether two words differ only in a doubled letter or a silent "e" at the end.
fn is_same_but_doubled(a: &str, b: &str) -> bool {
    let bare = |word: &str| undoubled(word.strip_suffix('e').unwrap_or(word));
    bare(a) == bare(b)
}

/// In a short word the only slips are two swapped letters, or a letter wrongly doubled or not
/// doubled.
fn is_short_slip(word: &str, typed: &str, is_alone: bool) -> bool {
    let is_other_word = is_known(typed);
    let is_doubled = word.len() != typed.len() && undoubled(word) == undoubled(typed);
    let is_swap = word.len() == 4 && is_swap(word, typed);
    let is_heard = word.len() == 4 && (is_doubled || is_swap) && sound(word) == sound(typed);
    // "Boyz" for "Boys", "Arc" for "Ark": the rest of the answer shows which one is meant.
    let sounds_alike = sound(word) == sound(typed) && vowels(word) == vowels(typed);
    let is_ending = word.len() == 4 && !is_alone && ending(word) == ending(typed);
    if is_alone {
        word.len() == 4 && !is_other_word && (is_swap || is_doubled)
    } else {
        is_heard
            || is_ending
            || (word.len() > 2 && sounds_alike)
            || (word.len() > 2 && !is_other_word && (is_swap || is_doubled))
    }
}

/// Makes "Judi", "Judy" and "Judie" equal.
fn ending(word: &str) -> &str {
    ["ie", "ey", "y", "i"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word)
}

/// The vowels of a word in order, without immediate repeats.
fn vowels(word: &str) -> String {
    let vowels: String = word
        .chars()
        .filter(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
        .collect();
    undoubled(&vowels)
}

/// Whether one word is the plural of the other, for a thing and not a title.
pub(super) fn are_one_and_many(a: &str, b: &str) -> bool {
    const ODD: [(&str, &str); 8] = [
        ("man", "men"),
        ("woman", "women"),
        ("child", "children"),
        ("person", "people"),
        ("mouse", "mice"),
        ("goose", "geese"),
        ("foot", "feet"),
        ("tooth", "teeth"),
    ];
    let (one, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if ODD.contains(&(a, b)) || ODD.contains(&(b, a)) {
        return true;
    }
    // "wolf" and "wolves"
    let stem = one.strip_suffix("fe").or(one.strip_suffix('f'));
    if stem.is_some_and(|stem| many.strip_suffix("ves") == Some(stem)) {
        return true;
    }
    let is_long = one.len() > 2;
    is_long
        && (many
            .strip_prefix(one)
            .is_some_and(|end| matches!(end, "s" | "es"))
            || one
                .strip_suffix('y')
                .is_some_and(|stem| many == format!("{stem}ies")))
}

fn shorter<'w>(a: &'w str, b: &'w str) -> &'w str {
    if a.len() < b.len() { a } else { b }
}

fn is_plural(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short) == Some("s")
}

/// Makes "enemies" and "enemys" equal.
fn plural(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}ys"),
        None => word.to_owned(),
    }
}

/// Whether two neighbouring letters are swapped.
fn is_swap(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<u8> = text.bytes().collect();
        letters.sort_unstable();
        letters
    };
    a != b && sorted(a) == sorted(b)
}

/// A word without doubled letters.
fn undoubled(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// Roughly how an English word sounds: its consonants, and whether it begins with a vowel. Only for
/// comparing: "Stephen" and "Steven" come out the same.
fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut sound = String::new();
    let mut last = "";
    let mut at = 0;
    while let Some(c) = letters.get(at) {
        let rest = &letters[at + 1..];
        let next = rest.first().copied().unwrap_or(' ');
        let is_soft = matches!(next, 'e' | 'i' | 'y');
        let (heard, length) = match (*c, next) {
            ('p', 'h') => ("f", 2),
            ('g', 'h') if at > 0 => ("", 2),
            // "Schindler" and "Schwarzenegger" as English speakers write what they hear.
            ('s', 'c') if rest.get(1) == Some(&'h') => ("sh", 3),
            ('s', 'h') => ("sh", 2),
            ('c', 'h') => ("ch", 2),
            ('t', 'h') => ("t", 2),
            ('c', 'k') => ("k", 2),
            ('k' | 'g', 'n') | ('w', 'r') if at == 0 => ("", 1),
            ('d', 'g') => ("j", 2),
            ('m', 'b') if rest.len() == 1 => ("m", 2),
            ('p', 's') if at > 0 && letters[at - 1] == 'm' => ("", 1),
            ('c', 'c') | ('g', 'g') | ('t', 'z') => ("", 1),
            ('c', _) if is_soft => ("s", 1),
            ('c' | 'q' | 'k', _) => ("k", 1),
            ('g', _) if is_soft => ("j", 1),
            ('x', _) => ("ks", 1),
            ('z' | 's', _) => ("s", 1),
            ('v' | 'f', _) => ("f", 1),
            ('a' | 'e' | 'i' | 'o' | 'u' | 'y', _) if at == 0 => ("a", 1),
            ('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h', _) => ("", 1),
            ('w', next) if at > 0 && !matches!(next, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') => ("", 1),
            ('b', _) => ("b", 1),
            ('d', _) => ("d", 1),
            ('g', _) => ("g", 1),
            ('j', _) => ("j", 1),
            ('l', _) => ("l", 1),
            ('m', _) => ("m", 1),
            ('n', _) => ("n", 1),
            ('p', _) => ("p", 1),
            ('r', _) => ("r", 1),
            ('t', _) => ("t", 1),
            (_, _) => ("w", 1),
        };
        // A doubled letter counts once, but "lala" has two.
        if heard != last {
            sound.push_str(heard);
        }
        last = heard;
        at += length;
    }
    sound
}

/// Words in other scripts: one slip in a long word, and never in a mark that makes a different
/// letter.
fn other_script(word: &str, typed: &str) -> bool {
    let without_marks = |text: &str| {
        text.nfd()
            .filter(|c| !is_combining_mark(*c))
            .collect::<String>()
    };
    if without_marks(word) == without_marks(typed) {
        // "Эйзенштеин" leaves no doubt, but "мои" does.
        return word.chars().count() >= 7
            && ('\u{400}'..='\u{52F}').contains(&word.chars().next().unwrap_or(' '));
    }
    let letters: Vec<char> = word.chars().collect();
    let is = |from: u32, to: u32| letters.iter().any(|c| (from..=to).contains(&u32::from(*c)));
    let is_hangul = is(0xAC00, 0xD7A3);
    let letters_min = match () {
        // Counted in the components of syllables.
        () if is_hangul => 10,
        // A single character is a word.
        () if is(0x3400, 0x9FFF) => return false,
        () if is(0x3040, 0x30FF) => 7,
        () if is(0x900, 0x1000) => 8,
        () => 6,
    };
    let parts = |text: &str| -> Vec<char> {
        if is_hangul {
            text.nfd().collect()
        } else {
            text.chars().collect()
        }
    };
    let (word, typed) = (parts(word), parts(typed));
    let begins_alike = word.first() == typed.first();
    let differs_in_mark = || {
        let mut pairs = word.iter().zip(&typed);
        let place = pairs
            .position(|(a, b)| a != b)
            .unwrap_or(word.len().min(typed.len()));
        !is_hangul
            && [&word, &typed]
                .iter()
                .any(|text| text.get(place).is_some_and(|c| is_combining_mark(*c)))
    };
    word.len() >= letters_min
        && begins_alike
        && !differs_in_mark()
        && strsim::generic_damerau_levenshtein(&word, &typed) == 1
}

#[cfg(test)]
mod tests {
    use super::super::letters::Word;
    use super::slips;

    #[test]
    fn one_slip_is_forgiven_unless_it_makes_another_word() {
        for (word, typed) in [
            ("pacino", "pachino"),
            ("christian", "christain"),
            ("stephen", "steven"),
            ("basterds", "bastards"),
            ("forrest", "forest"),
            ("enemies", "enemys"),
            ("matt", "mat"),
            ("терминатор", "терминатар"),
            ("schwarzenegger", "schwarzneger"),
        ] {
            assert!(
                slips(&Word::new(word), &Word::new(typed), false).is_some(),
                "{word} / {typed}"
            );
        }
        for (word, typed) in [
            ("penn", "bean"),
            ("heat", "meat"),
            ("alien", "aliens"),
            ("drive", "driven"),
            ("crash", "crush"),
            ("marvin", "martin"),
            ("schwarzenegger", "schwartzenager"),
            ("ハンター", "バンター"),
        ] {
            assert!(
                slips(&Word::new(word), &Word::new(typed), true).is_none(),
                "{word} / {typed}"
            );
        }
    }
}
