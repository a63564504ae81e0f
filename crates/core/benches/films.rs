//! What all of cinema costs: `cargo bench -p heat-core --bench films`.
//!
//! Measures the bundled packs first, and then packs of films made from a seed, a thousand to a
//! hundred thousand of them, each with eight players and their parts, a director, a writer, a
//! composer and two genres. Each size runs in two processes. The first starts from the pack's file
//! and writes the compiled form; the second starts from that, like every start of a bot but its
//! first, and then measures the memory per player's credit, each keystroke of `/cast` and of
//! `about:`, and drawing the rounds of a game. `SIZES=0,1000` measures only these sizes; 0 stands
//! for the bundled packs.

#[path = "../../../benches/common/mod.rs"]
mod common;

use common::{Outcome, each_size, likely, memory, report, thrice, watched, word};
use heat_core::asked_history::AskedHistory;
use heat_core::bank::{Levels, PlaceContext, QuestionQuery, Subject};
use heat_core::facts::{EntityKind, Fact, FactKind};
use heat_core::library::{CompiledKey, GuildLibrary, Library, OwnPacks};
use mimalloc::MiMalloc;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// The program's allocator, so that memory and time are those of the bot.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const SIZES: &str = "0,1000,5000,10000,100000";
/// Actors per film.
const CAST: usize = 8;

/// Set in the second process of a size, which starts from the compiled form that the first one made.
const STARTS: &str = "MEASURE_START";

fn main() -> Outcome<()> {
    each_size(SIZES, |films| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (path, compiled) = (
            folder.join(format!("{films}.json")),
            folder.join(format!("{films}.packs")),
        );
        if std::env::var_os(STARTS).is_some() {
            return start(films, &path, &compiled);
        }
        if films > 0 {
            std::fs::write(&path, pack(films)?)?;
        }
        make(films, &path, &compiled)?;
        let mut second = std::process::Command::new(std::env::current_exe()?);
        // mimalloc gives freed memory back only while something else is allocated or freed. At once,
        // so that the file that was read does not count as memory of the library.
        let second = second.env(STARTS, "1").env("MIMALLOC_PURGE_DELAY", "0");
        let status = second.status()?;
        std::fs::remove_file(&compiled)?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("the start: {status}").into())
        }
    })
}

/// Measures a start from the pack's file, and writes the compiled form.
fn make(films: usize, path: &Path, compiled: &Path) -> Outcome<()> {
    let packs = files(films, path)?;
    let (library, time) = watched(|| Library::build(&packs));
    let library = library.map_err(|faults| format!("{:?}", faults[0]))?;
    let (_, most) = memory();
    let facts = library.facts.facts_count();
    let questions = library.bank.questions().len();
    println!("{films} films, {facts} facts, {questions} questions");
    println!("  from file to playable {time}, {} MB at most", most >> 20);
    let (bytes, time) = watched(|| library.compiled(CompiledKey::of(&packs)));
    println!("  compiled to {} MB in {time}", bytes.len() >> 20);
    Ok(std::fs::write(compiled, bytes)?)
}

/// Measures a start from the compiled form, and playing afterwards.
fn start(films: usize, path: &Path, compiled: &Path) -> Outcome<()> {
    let (before, _) = memory();
    let (library, time) = watched(|| {
        let key = CompiledKey::of(&files(films, path)?);
        Outcome::Ok(Library::from_compiled(&std::fs::read(compiled)?, key))
    });
    let library = library?.ok_or("the compiled form is refused")?;
    let (after, most) = memory();
    println!("  from compiled to playable {time}");
    let taken = after - before;
    println!(
        "  {} MB in use more than before, {} MB at most",
        taken >> 20,
        most >> 20,
    );
    println!("  {} bytes a player's credit", taken / credits(&library));
    let library = GuildLibrary {
        shared: Arc::new(library),
        own: Arc::new(OwnPacks::default()),
        off: Arc::default(),
    };
    keystrokes(&library);
    draw(&library)
}

fn files(films: usize, path: &Path) -> Outcome<Vec<(String, String)>> {
    Ok(match films {
        0 => Vec::new(),
        _ => vec![("great.json".to_owned(), std::fs::read_to_string(path)?)],
    })
}

/// The number of credits of actors, including those of the bundled packs.
fn credits(library: &Library) -> u64 {
    let is_credit = |fact: &&Fact| {
        matches!(
            fact.kind,
            FactKind::Cast { .. } | FactKind::Appearance { .. }
        )
    };
    library.facts.open().facts().filter(is_credit).count() as u64
}

/// A pack of films whose people are in five films each on average; a few are in many more.
fn pack(films: usize) -> Outcome<String> {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut words =
        |count: usize| -> Vec<String> { (0..count).map(|_| word(&mut random)).collect() };
    let first = words(200 + films / 20);
    let last = words(500 + films / 4);
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let names: BTreeSet<String> = (0..films * 11 / 5)
        .map(|_| {
            format!(
                "{} {}",
                likely(&first, &mut random),
                likely(&last, &mut random)
            )
        })
        .collect();
    let names: Vec<String> = names.into_iter().collect();
    let genres = ["drama", "comedy", "western", "crime", "horror", "war"];
    let mut text = String::from(
        r#"{"id":"great","title":"Great","description":"Made up.","sources":[{"id":"wikipedia","title":"a source"}],"films":["#,
    );
    for n in 0..films {
        let comma = if n == 0 { "" } else { "," };
        let mut people = BTreeSet::new();
        while people.len() < CAST + 3 {
            people.insert(likely(&names, &mut random));
        }
        let mut people: Vec<&str> = people.into_iter().collect();
        // The order of the credits is not that of the alphabet.
        people.rotate_left(n % (CAST + 3));
        let (crew, cast) = people.split_at(3);
        let cast: Vec<String> = cast
            .iter()
            .map(|name| {
                let part = (likely(&first, &mut random), likely(&last, &mut random));
                format!(r#""{name} = {} {}""#, part.0, part.1)
            })
            .collect();
        let title = format!("{} {}", word(&mut random), word(&mut random));
        let (genre, other) = (genres[n % 6], genres[(n + 1 + n / 6 % 5) % 6]);
        let fame = [1, 1, 2, 2, 2, 3, 3, 4, 1, 5][n % 10];
        write!(
            text,
            r#"{comma}{{"id":"film-{n}","title":"{title} {n}","year":{},"fame":{fame},"directors":["{}"],"writers":["{}"],"composer":"{}","genres":["{genre}","{other}"],"cast":[{}]}}"#,
            1930 + n % 95,
            crew[0],
            crew[1],
            crew[2],
            cast.join(",")
        )?;
    }
    text.push_str("]}");
    Ok(text)
}

/// Every keystroke of names being typed.
fn keystrokes(library: &GuildLibrary) {
    let mut random = ChaCha8Rng::seed_from_u64(9);
    let facts = library.shared.facts.open();
    let people = facts.entities(EntityKind::Person);
    let works = facts.entities(EntityKind::Work);
    let names: Vec<&str> = people
        .chain(works)
        .map(|entity| entity.name.as_str())
        .collect();
    let typed: Vec<&str> = (0..200)
        .map(|_| names[random.random_range(0..names.len())])
        .flat_map(|name| {
            name.char_indices()
                .map(|(at, c)| &name[..at + c.len_utf8()])
        })
        .collect();
    let times = typed
        .iter()
        .map(|typed| thrice(|| library.shared.cast.suggest(typed)));
    report("a keystroke of /cast", &times.collect::<Vec<_>>());
    let times = typed
        .iter()
        .map(|typed| thrice(|| library.suggest_about(typed)));
    report("a keystroke of about:", &times.collect::<Vec<_>>());
}

fn draw(library: &GuildLibrary) -> Outcome<()> {
    let (asked, hidden, levels) = (AskedHistory::default(), BTreeSet::new(), Levels::default());
    let place = || PlaceContext {
        asked: &asked,
        hidden: &hidden,
        levels: &levels,
    };
    let genre = Subject::Genre("drama".to_owned());
    for (what, about) in [("a game", None), ("a game about a genre", Some(genre))] {
        let query = QuestionQuery {
            about,
            rounds: 10,
            ..QuestionQuery::default()
        };
        let mut times = Vec::new();
        for seed in 0..500 {
            library.choose(&query, place(), seed + 10_000)?;
            times.push(thrice(|| library.choose(&query, place(), seed)));
        }
        report(&format!("drawing {what}"), &times);
    }
    Ok(())
}
