//! What a large pack costs: `cargo bench --bench bank`.
//!
//! Generates one pack of hand-written questions from a seed, with a thousand to a million of them,
//! and measures each size in a separate process: reading, joining, building the bank, the memory
//! used beyond the questions' own text (prompt, choices, spellings, reason; not the id), and
//! choosing ten rounds with a history of up to 100,000 questions asked, in memory and from the
//! store. `SIZES=1000,100000` measures only these sizes.

mod common;

use common::{Outcome, SIZES, Times, each_size, memory, report, thrice, watched, word};
use heat_core::bank::{Bank, QuestionQuery, Round};
use heat_core::facts::{Difficulty, FactBase, parse_great_pack};
use heat_core::id::{ChannelId, GameId, GuildId, PlaceId, UserId};
use heat_store::{NewGame, Store, Write};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const HISTORY_MAX: usize = 100_000;
const PLACE: u64 = 1;

fn main() -> Outcome<()> {
    each_size(SIZES, |questions| {
        println!("{questions} questions");
        let (bank, facts) = start(questions)?;
        let ids: Vec<String> = bank.questions().map(|question| question.id).collect();
        choose(&bank, &ids)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        runtime.block_on(choose_with_store(&bank, &ids))?;
        drop(facts);
        Ok(())
    })
}

/// A pack's text, and how many of its bytes are the questions' own.
fn pack(questions: usize) -> Outcome<(String, usize)> {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let (mut text, mut own) = (String::new(), 0);
    text.push_str(r#"{"id":"great","title":"Great","description":"Made up.","questions":["#);
    for number in 0..questions {
        let mut some = |count: usize| {
            let words: Vec<String> = (0..count).map(|_| word(&mut random)).collect();
            words.join(" ")
        };
        let prompt = format!("Which {} did {} in {number}?", some(9), some(3));
        let choices = [some(2), some(2), some(2), some(2)];
        let reason = format!("{}.", some(14));
        own += prompt.len() + reason.len() + choices.iter().map(String::len).sum::<usize>();
        let [answer, a, b, c] = choices;
        let comma = if number == 0 { "" } else { "," };
        let difficulty = ["easy", "medium", "hard"][number % 3];
        write!(
            text,
            r#"{comma}{{"id":"great-{number}","prompt":"{prompt}","answer":"{answer}","distractors":["{a}","{b}","{c}x"],"reason":"{reason}","difficulty":"{difficulty}"}}"#
        )?;
        own += 1;
    }
    text.push_str("]}");
    Ok((text, own))
}

fn start(questions: usize) -> Outcome<(Bank, FactBase)> {
    let (before, _) = memory();
    let (text, own) = pack(questions)?;
    let (pack, read) = watched(|| parse_great_pack("great.json", &text));
    let pack = pack.map_err(|faults| format!("{:?}", faults[0]))?;
    drop(text);
    let (base, joined) = watched(|| FactBase::build(vec![pack]));
    let mut base = base.map_err(|faults| format!("{:?}", faults[0]))?;
    let (bank, made) = watched(|| Bank::build(&base));
    base.take_questions();
    let (after, most) = memory();
    println!("  read {read}, joined {joined}, made the bank {made}");
    let beyond = (after - before).saturating_sub(own as u64);
    println!(
        "  {} MB own text, {} MB in use more than before, {} MB at most; {} bytes a question beyond its text",
        own >> 20,
        (after - before) >> 20,
        most >> 20,
        beyond / questions as u64
    );
    Ok((bank, base))
}

fn query(difficulty: Option<Difficulty>) -> QuestionQuery {
    QuestionQuery {
        packs: heat_core::bank::PackList::from_iter(["great"]),
        rounds: 10,
        difficulty,
        ..QuestionQuery::default()
    }
}

fn choose(bank: &Bank, ids: &[String]) -> Outcome<()> {
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let none = BTreeSet::new();
    for history in [0, ids.len() / 2, ids.len()] {
        let history = history.min(HISTORY_MAX);
        let mut asked = BTreeMap::new();
        while asked.len() < history {
            let id = &ids[if history == ids.len() {
                asked.len()
            } else {
                random.random_range(0..ids.len())
            }];
            let when = GameId(asked.len() as u64);
            asked.entry(id.as_str()).or_insert(when);
        }
        let asked = asked.into_iter().collect();
        for (kind, difficulty) in [("any", None), ("hard", Some(Difficulty::Hard))] {
            let mut times = Vec::new();
            for seed in 0..2_000 {
                let query = query(difficulty);
                assert_eq!(bank.choose(&query, &asked, &none, seed + 10_000)?.len(), 10);
                times.push(thrice(|| bank.choose(&query, &asked, &none, seed)));
            }
            report(&format!("choose, {kind}, {history} asked"), &times);
        }
    }
    Ok(())
}

/// Like `/quiz`, with a database in a file.
async fn choose_with_store(bank: &Bank, ids: &[String]) -> Outcome<()> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let store = Store::open(&format!("sqlite://{}/asked.db", folder.path().display()))?;
    let history = &ids[..ids.len().min(HISTORY_MAX)];
    for (game, asked) in (1..).zip(history.chunks(500)) {
        store.commit(played(game, asked)).await?;
    }
    let mut times = Vec::new();
    for seed in 0..500 {
        let mut three = [Duration::ZERO; 3];
        for time in &mut three {
            let begin = Instant::now();
            let rounds = from_store(bank, &store, seed).await?;
            *time = begin.elapsed();
            assert_eq!(rounds.len(), 10);
        }
        times.push(Times(three));
    }
    report(&format!("with store, {} asked", history.len()), &times);
    Ok(store.close().await?)
}

async fn from_store(bank: &Bank, store: &Store, seed: u64) -> Outcome<Vec<Round>> {
    let asked = store.asked(PlaceId(PLACE)).await?;
    Ok(bank.choose(&query(None), &asked, &BTreeSet::new(), seed)?)
}

fn played(game: u64, asked: &[String]) -> Write {
    Write {
        game: GameId(game),
        create: Some(NewGame {
            guild: Some(GuildId(PLACE)),
            place: PlaceId(PLACE),
            channel: ChannelId(2),
            starter: UserId(3),
            code: format!("C{game}"),
            ..NewGame::default()
        }),
        events: vec!["{}".to_owned()],
        asked: asked.to_vec(),
        ..Write::default()
    }
}
