//! What must hold for each day's puzzle.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::*;
use crate::bank::tests::BUNDLED;
use crate::facts::FactBase;
use crate::facts::{heart, parse_pack};
use std::collections::BTreeMap;
use std::sync::LazyLock;

fn built(packs: Vec<crate::facts::Pack>) -> (FactBase, Bank) {
    let base = FactBase::build(packs).unwrap();
    let bank = Bank::build(&base);
    (base, bank)
}

/// A pack with this many questions, a third of each difficulty.
fn plain(count: usize) -> (FactBase, Bank) {
    let questions = (0..count).map(|n| {
        let difficulty = ["easy", "medium", "hard"][n % 3];
        format!(
            r#"{{"id":"q-{n:02}","prompt":"Which letter has number {n}?","answer":"Letter {n}x",
            "distractors":["B{n}","C{n}","D{n}","E{n}"],"reason":"So.","difficulty":"{difficulty}"}}"#
        )
    });
    let questions: Vec<String> = questions.collect();
    let text = format!(
        r#"{{"id":"plain","title":"Plain","description":"D.","questions":[{}]}}"#,
        questions.join(",")
    );
    built(vec![parse_pack("plain", &text).unwrap()])
}

fn ids(rounds: &[Round]) -> Vec<&str> {
    rounds.iter().map(|r| r.question.id.as_str()).collect()
}

/// Three seasons of the bundled packs, dealt once for all tests: the days around the start of
/// season 162.
static YEARS: LazyLock<(usize, Vec<Vec<Question>>)> = LazyLock::new(|| {
    let bank = &BUNDLED.1;
    let calendar = Calendar::of(bank);
    let season = calendar.season();
    let mut days = Vec::new();
    for number in 162..165 {
        for half in [0..season / 2, season / 2..season] {
            for block in blocks(half.len()) {
                days.extend(calendar.deal(half.clone(), number, block));
            }
        }
    }
    let first = i32::try_from(162 * season).unwrap();
    for place in [0, season / 2, season] {
        let day = first + i32::try_from(place).unwrap();
        assert_eq!(days[place], calendar.day(day));
    }
    let question = |number: &u32| bank.question(*number);
    let days = days.iter().map(|day| day.iter().map(question).collect());
    (season, days.collect())
});

#[test]
fn no_question_repeats_within_a_season_or_soon_after() {
    let (season, days) = &*YEARS;
    assert!(*season > 50, "{season}");
    for (number, days) in days.chunks(*season).enumerate() {
        let asked: BTreeSet<&str> = days.iter().flatten().map(|c| c.id.as_str()).collect();
        assert_eq!(asked.len(), season * QUESTIONS, "season {number}");
    }
    let mut last_asked: BTreeMap<&str, usize> = BTreeMap::new();
    let mut nearest = usize::MAX;
    for (day, questions) in days.iter().enumerate() {
        for question in questions {
            if let Some(before) = last_asked.insert(&question.id, day) {
                nearest = nearest.min(day - before);
            }
        }
    }
    println!("{season} days a season, at least {nearest} between repeats");
    assert!(nearest > season / 2, "asked again after {nearest} days");
}

#[test]
fn a_day_gets_harder_and_no_question_gives_away_a_later_one() {
    let (_, days) = &*YEARS;
    let mut kinds = Vec::new();
    let mut films = 0;
    for questions in days {
        assert!(questions.is_sorted_by_key(|q| q.difficulty));
        assert_eq!(questions[0].difficulty, Difficulty::Easy);
        assert_eq!(questions[QUESTIONS - 1].difficulty, Difficulty::Hard);
        let day = questions.iter().cloned().map(|q| Candidate::of(0, q));
        let day: Vec<Candidate> = day.collect();
        for (place, later) in day.iter().enumerate() {
            for (before, question) in day[..place].iter().zip(questions) {
                let cost = before.cost_before(later);
                assert!(
                    cost < TELLS,
                    "{} tells {}",
                    question.id,
                    questions[place].id
                );
            }
        }
        let different: BTreeSet<&str> = day.iter().map(|c| c.kind.as_str()).collect();
        kinds.push(different.len());
        let mut seen = BTreeSet::new();
        let is_new = |c: &Candidate| c.works.iter().all(|work| seen.insert(work.clone()));
        films += usize::from(day.iter().all(is_new));
    }
    let (least, sum) = (kinds.iter().min(), kinds.iter().sum::<usize>());
    println!(
        "{sum} kinds and {films} times no film twice in {} days",
        days.len()
    );
    assert!(
        least >= Some(&2) && 2 * sum >= 7 * days.len(),
        "{least:?}, {sum}"
    );
}

/// Written out, because every machine must agree on the same packs.
#[test]
fn a_day_is_the_same_everywhere() {
    let (_, bank) = plain(43);
    let day = |day: i32| {
        let rounds = rounds(&bank, day);
        let right: Vec<u8> = rounds.iter().map(Round::correct).collect();
        format!("{} {right:?}", ids(&rounds).join(" "))
    };
    insta::assert_snapshot!([20_454, 20_455, 20_778, -1].map(day).join("\n"));
    assert_ne!(day(20_454), day(20_462), "a season is eight days");
}

#[test]
fn the_order_in_which_packs_are_loaded_does_not_matter() {
    let packs = heart().into_iter();
    let mut packs: Vec<_> = packs
        .map(|(name, text)| parse_pack(name, text).unwrap())
        .collect();
    let (_, bank) = built(packs.clone());
    packs.reverse();
    let (_, other_bank) = built(packs);
    let (one, other) = (Calendar::of(&bank), Calendar::of(&other_bank));
    let order = |calendar: &Calendar| -> Vec<String> {
        let numbers = calendar.parts.iter().flatten();
        let ids = numbers.map(|number| calendar.bank.id(*number));
        ids.collect()
    };
    assert_eq!(order(&one), order(&other));
}

#[test]
fn few_questions_make_few_days_or_none() {
    for (count, expect) in [(4, 0), (5, 5), (9, 5), (11, 5)] {
        let (_, bank) = plain(count);
        for day in -3..4 {
            let rounds = rounds(&bank, day);
            let different: BTreeSet<&str> = ids(&rounds).into_iter().collect();
            assert_eq!(different.len(), expect, "{count} questions");
        }
    }
}
