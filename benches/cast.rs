//! What a large casting index costs: `cargo bench --bench cast`.
//!
//! Generates a base of cast credits from a seed, with a thousand to a million of them and on
//! average one person or character each, and measures each size in a separate process: building the
//! index, its memory, each keystroke of a name being typed, and names with a typo.
//! `SIZES=1000,100000` measures only these sizes.

mod common;

use common::{Outcome, SIZES, each_size, likely, memory, report, thrice, watched, word};
use heat_core::cast::{CastIndex, Found};
use heat_core::facts::{EntityKind, FactBase, parse_great_pack};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Credits of one film.
const CAST: usize = 40;

fn main() -> Outcome<()> {
    each_size(SIZES, |credits| {
        println!("{credits} credits");
        let text = pack(credits)?;
        let (pack, read) = watched(|| parse_great_pack("great.json", &text));
        let pack = pack.map_err(|faults| format!("{:?}", faults[0]))?;
        drop(text);
        let (base, joined) = watched(|| FactBase::build(vec![pack]));
        let base = base.map_err(|faults| format!("{:?}", faults[0]))?;
        println!("  read {read}, joined {joined}");
        let (before, _) = memory();
        let (index, made) = watched(|| CastIndex::build(&base));
        let (after, most) = memory();
        println!(
            "  index made {made}, {} MB, while it is made at most {} MB",
            after.saturating_sub(before) >> 20,
            most.saturating_sub(before) >> 20
        );
        type_names(&base, &index);
        Ok(())
    })
}

/// As many names as credits: half of them people, half characters. At least one of a hundred first
/// names is far more frequent than the others; family names are many.
fn pack(credits: usize) -> Outcome<String> {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut words =
        |count: usize| -> Vec<String> { (0..count).map(|_| word(&mut random)).collect() };
    let first = words(200 + credits / 200);
    let last = words(500 + credits / 4);
    let names = names(credits, &first, &last);
    let (people, characters) = names.split_at(credits / 2);
    let mut text = String::from(r#"{"id":"great","title":"Great","description":"Made up.","#);
    text.push_str(r#""sources":[{"id":"s","title":"a source"}],"#);
    list(&mut text, "people", "p", people)?;
    list(&mut text, "characters", "c", characters)?;
    let films: Vec<String> = (0..credits.div_ceil(CAST))
        .map(|n| format!("Film {n}"))
        .collect();
    list(&mut text, "works", "w", &films)?;
    text.push_str(r#""facts":["#);
    for n in 0..credits {
        let comma = if n == 0 { "" } else { "," };
        let person = random.random_range(0..people.len());
        let character = n % characters.len();
        let difficulty = ["easy", "medium", "hard"][n % 3];
        write!(
            text,
            r#"{comma}{{"id":"f{n}","kind":"cast","person":"p{person}","character":"c{character}","work":"w{}","status":"confirmed","cites":[{{"source":"s"}}],"summary":"They play them.","topic":"cast","difficulty":"{difficulty}"}}"#,
            n / CAST
        )?;
    }
    text.push_str("]}");
    Ok(text)
}

/// Different names, each of two or three words.
fn names(count: usize, first: &[String], last: &[String]) -> Vec<String> {
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let mut names = BTreeSet::new();
    while names.len() < count {
        let (a, b) = (likely(first, &mut random), likely(last, &mut random));
        let middle = likely(first, &mut random);
        names.insert(match names.len() % 4 {
            0 => format!("{a} {middle} {b}"),
            _ => format!("{a} {b}"),
        });
    }
    names.into_iter().collect()
}

fn list(text: &mut String, name: &str, prefix: &str, names: &[String]) -> Outcome<()> {
    write!(text, r#""{name}":["#)?;
    for (n, name) in names.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        write!(text, r#"{comma}{{"id":"{prefix}{n}","name":"{name}"}}"#)?;
    }
    text.push_str("],");
    Ok(())
}

fn type_names(base: &FactBase, index: &CastIndex) {
    let mut random = ChaCha8Rng::seed_from_u64(9);
    let people: Vec<&str> = base
        .entities(EntityKind::Person)
        .map(|e| e.name.as_str())
        .collect();
    let mut sample = |count: usize| -> Vec<String> {
        let names = (0..count).map(|_| people[random.random_range(0..people.len())].to_owned());
        names.collect()
    };
    let letters = (b'a'..=b'z').map(|letter| char::from(letter).to_string());
    keystrokes(
        "1 letter",
        index,
        &letters.cycle().take(520).collect::<Vec<_>>(),
    );
    let begin = |letters: usize| move |name: String| name.chars().take(letters).collect::<String>();
    for letters in [2, 3, 6] {
        let typed = sample(2_000).into_iter().map(begin(letters));
        keystrokes(
            &format!("{letters} letters"),
            index,
            &typed.collect::<Vec<_>>(),
        );
    }
    let every: Vec<String> = sample(200)
        .into_iter()
        .flat_map(|name| (1..=name.len()).map(move |n| name[..n].to_owned()))
        .collect();
    keystrokes("every keystroke of a name", index, &every);
    let whole = sample(2_000);
    keystrokes("whole name", index, &whole);
    let mut random = ChaCha8Rng::seed_from_u64(10);
    let mistyped: Vec<String> = whole
        .iter()
        .map(|name| mistype(name, &mut random))
        .collect();
    keystrokes("whole name, a typo", index, &mistyped);
    let found = mistyped
        .iter()
        .zip(&whole)
        .filter(|(typed, name)| match index.find(typed) {
            Found::One(hit) => hit.name == **name,
            Found::Several(hits) | Found::Near(hits) => hits.iter().any(|hit| hit.name == **name),
            Found::Nothing => false,
        });
    println!("  {} of {} with a typo found", found.count(), whole.len());
    for (what, word) in [("first name", 0), ("family name", 1)] {
        let words = sample(2_000).into_iter();
        let words = words.filter_map(|name| name.split(' ').nth(word).map(str::to_owned));
        let typed = words.map(|word| mistype(&word, &mut random));
        keystrokes(
            &format!("{what} alone, a typo"),
            index,
            &typed.collect::<Vec<_>>(),
        );
    }
    let two = sample(2_000).into_iter().map(|name| {
        let words: Vec<String> = name
            .split(' ')
            .map(|word| mistype(word, &mut random))
            .collect();
        words.join(" ")
    });
    keystrokes(
        "whole name, a typo in each word",
        index,
        &two.collect::<Vec<_>>(),
    );
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let joined = sample(2_000)
        .into_iter()
        .map(|name| name.replacen(' ', "", 1));
    keystrokes("a space too few", index, &joined.collect::<Vec<_>>());
    let junk = (0..2_000).map(|_| word(&mut random) + &word(&mut random).to_lowercase());
    keystrokes("nothing like a name", index, &junk.collect::<Vec<_>>());
}

/// One letter wrong, missing, doubled, or swapped with its neighbour, but never the first.
fn mistype(name: &str, random: &mut ChaCha8Rng) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = random.random_range(1..letters.len() - 1);
    match random.random_range(0..4) {
        0 => letters[at] = 'x',
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

fn keystrokes(what: &str, index: &CastIndex, typed: &[String]) {
    let times = typed.iter().map(|typed| thrice(|| index.suggest(typed)));
    report(what, &times.collect::<Vec<_>>());
}
