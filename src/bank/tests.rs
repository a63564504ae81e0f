//! Properties of the bundled bank: what must hold for every question and every seed.

use super::{Bank, ChooseError, QuestionId, Round, Wish, lint, report};
use crate::facts::{Difficulty, FactBase, Status, bundled, parse_pack};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static BUNDLED: LazyLock<(FactBase, Bank)> = LazyLock::new(|| {
    let mut faults = Vec::new();
    let mut packs = Vec::new();
    for (name, text) in bundled() {
        match parse_pack(name, text) {
            Ok(pack) => packs.push(pack),
            Err(found) => faults.extend(found),
        }
    }
    let lines = |faults: &[crate::facts::Fault]| {
        faults
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert!(faults.is_empty(), "{}", lines(&faults));
    let base = FactBase::build(packs).unwrap_or_else(|faults| panic!("{}", lines(&faults)));
    let bank = Bank::build(&base);
    (base, bank)
});

fn wish(rounds: u16) -> Wish {
    Wish {
        pack: None,
        rounds,
        difficulty: None,
    }
}

fn ids(rounds: &[Round]) -> Vec<QuestionId> {
    rounds.iter().map(|r| r.question.id.clone()).collect()
}

#[test]
fn the_whole_bank_reads_as_reviewed() {
    let (base, bank) = &*BUNDLED;
    let mut text = report::table(base, bank);
    for question in bank.questions() {
        text.push('\n');
        text.push_str(&report::text(question));
    }
    insta::with_settings!({prepend_module_to_snapshot => false, snapshot_path => "../../tests/snapshots"}, {
        insta::assert_snapshot!("bank", text);
    });
}

#[test]
fn no_question_is_unfair() {
    let (base, bank) = &*BUNDLED;
    let faults: Vec<String> = lint(base, bank).iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn ids_are_unique_and_found() {
    let (base, bank) = &*BUNDLED;
    let all: BTreeSet<_> = bank.questions().iter().map(|q| &q.id).collect();
    assert_eq!(all.len(), bank.questions().len());
    for question in bank.questions() {
        assert_eq!(bank.get(&question.id), Some(question));
        for id in &question.facts {
            let fact = base.fact(id).expect("lint has checked it");
            assert_eq!(fact.unasked, None, "{}", question.id);
            assert!(!matches!(fact.status, Status::Opinion | Status::Rumoured));
        }
    }
    assert_eq!(
        bank.packs().iter().map(|p| p.questions).sum::<usize>(),
        all.len()
    );
}

#[test]
fn a_json_line_has_every_field_and_no_line_break() {
    for question in BUNDLED.1.questions() {
        let line = report::json_line(question);
        assert!(!line.contains('\n'));
        let value: serde_json::Value = serde_json::from_str(&line).expect("it is JSON");
        assert_eq!(value["answer"], question.answer.text.as_str());
        assert!(
            value["distractors"]
                .as_array()
                .is_some_and(|d| d.len() >= 3)
        );
    }
}

#[test]
fn refuses_what_it_cannot_serve() {
    let bank = &BUNDLED.1;
    let none = BTreeMap::new();
    let unknown = Wish {
        pack: Some("no-such-pack".into()),
        ..wish(3)
    };
    assert_eq!(
        bank.choose(&unknown, &none, 1),
        Err(ChooseError::UnknownPack("no-such-pack".into()))
    );
    let empty = Bank::build(&FactBase::build(Vec::new()).expect("no packs, no clash"));
    assert_eq!(
        empty.choose(&wish(3), &none, 1),
        Err(ChooseError::NoQuestion)
    );
}

#[test]
fn a_wish_is_kept_to() {
    let bank = &BUNDLED.1;
    for info in bank.packs() {
        for difficulty in [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard] {
            let wish = Wish {
                pack: Some(info.id.clone()),
                rounds: 10_000,
                difficulty: Some(difficulty),
            };
            let Ok(rounds) = bank.choose(&wish, &BTreeMap::new(), 7) else {
                continue;
            };
            let fits =
                |r: &Round| r.question.pack == info.id && r.question.difficulty == difficulty;
            assert!(rounds.iter().all(fits));
        }
    }
}

#[test]
fn the_right_answer_stands_in_each_place_equally_often() {
    let mut places = [0_u32; 4];
    for seed in 0..400 {
        let rounds = BUNDLED
            .1
            .choose(&wish(10), &BTreeMap::new(), seed)
            .expect("a pool");
        for round in rounds {
            places[usize::from(round.correct())] += 1;
        }
    }
    // 4,000 draws: 1,000 are expected in each place, with a standard deviation of 27.
    assert!(
        places.iter().all(|n| (870..=1130).contains(n)),
        "{places:?}"
    );
}

#[test]
fn nothing_repeats_until_the_pool_is_used_up() {
    let bank = &BUNDLED.1;
    let pool = bank.questions().len();
    let mut asked = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut number = 0;
    for seed in 0.. {
        let rounds = bank.choose(&wish(7), &asked, seed).expect("a pool");
        for round in &rounds {
            number += 1;
            let is_new = seen.insert(round.question.id.clone());
            assert!(
                is_new || seen.len() == pool,
                "{} came twice",
                round.question.id
            );
            asked.insert(round.question.id.clone(), number);
        }
        if seen.len() == pool {
            break;
        }
    }
    // Then those asked longest ago come first.
    let oldest: BTreeSet<_> = {
        let mut by_age: Vec<_> = asked.iter().map(|(id, when)| (*when, id.clone())).collect();
        by_age.sort();
        by_age.into_iter().take(30).map(|(_, id)| id).collect()
    };
    let rounds = bank.choose(&wish(3), &asked, 99).expect("a pool");
    assert!(ids(&rounds).iter().all(|id| oldest.contains(id)));
}

proptest! {
    #[test]
    fn every_game_is_fair(seed: u64, rounds in 1_u16..60) {
        let bank = &BUNDLED.1;
        let game = bank.choose(&wish(rounds), &BTreeMap::new(), seed).expect("a pool");
        prop_assert_eq!(game.len(), usize::from(rounds).min(bank.questions().len()));
        prop_assert_eq!(&game, &bank.choose(&wish(rounds), &BTreeMap::new(), seed).expect("a pool"));
        let distinct: BTreeSet<_> = game.iter().map(|r| &r.question.id).collect();
        prop_assert_eq!(distinct.len(), game.len());
        for round in &game {
            let right = round.choices.iter().filter(|c| c.is_none()).count();
            prop_assert_eq!(right, 1);
            let texts: BTreeSet<_> = (0..4)
                .map(|i| round.choice(i).expect("four choices").text.clone())
                .collect();
            prop_assert_eq!(texts.len(), 4);
        }
        if rounds <= 10 {
            let facts: Vec<_> = game.iter().filter_map(|r| r.question.facts.first()).collect();
            let distinct: BTreeSet<_> = facts.iter().collect();
            prop_assert_eq!(distinct.len(), facts.len(), "two questions rest on one fact");
        }
    }
}
