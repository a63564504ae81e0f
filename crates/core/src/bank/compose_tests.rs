//! What must hold for every game drawn from the bundled packs, and from small ones.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::super::games::Games;
use super::super::tests::BUNDLED;
use super::super::{Bank, Levels, PlaceContext, QuestionQuery, Round, Share, choose};
use super::*;
use crate::asked_history::AskedHistory;
use std::collections::BTreeSet;

const SEEDS: u64 = 1_000;

fn play(bank: &Bank, query: &QuestionQuery, seed: u64) -> Vec<Round> {
    bank.choose(query, &AskedHistory::default(), &BTreeSet::new(), seed)
        .unwrap()
}

#[test]
fn a_game_with_no_filters_is_mixed_and_gets_harder() {
    let bank = &BUNDLED.1;
    let games = Games::of(bank, 0..SEEDS);
    println!("{}", games.table());
    assert_eq!(games.films_over, 0);
    assert_eq!(games.kinds_under, 0);
    assert_eq!(games.falls, 0);
    // Nine pairs per game: fewer than one in a hundred.
    assert!(
        games.kinds_in_a_row < games.games * 9 / 100,
        "{}",
        games.kinds_in_a_row
    );
    assert_eq!(
        games.from_article, games.games,
        "one question in ten is of the article's pack"
    );
    assert!(
        games.showpieces * 10 >= games.games * 49,
        "not every second question draws players in: {} in {} games",
        games.showpieces,
        games.games
    );
    let [first, .., last] = games.levels.as_slice() else {
        panic!("ten places");
    };
    assert_eq!(first[Difficulty::Easy as usize], games.games);
    assert_eq!(last[Difficulty::Hard as usize], games.games);
}

/// Every pool with questions can be played, even if it lacks variety, and the game stays on its
/// subject.
#[test]
fn small_pools_bend_the_rules_gracefully() {
    let bank = &BUNDLED.1;
    let mut played = 0;
    for (subject, count) in bank.subjects(super::super::PLAYABLE_MIN) {
        let query = QuestionQuery {
            about: Some(subject.clone()),
            rounds: 10,
            ..QuestionQuery::default()
        };
        assert_eq!(bank.count(&query), count);
        let rounds = play(bank, &query, played);
        assert_eq!(rounds, play(bank, &query, played));
        assert_eq!(rounds.len(), 10, "{subject}");
        let ids: BTreeSet<&str> = rounds.iter().map(|r| r.question.id.as_str()).collect();
        assert_eq!(ids.len(), 10, "{subject}");
        if let Subject::Entity(entity) = &subject {
            assert!(
                rounds
                    .iter()
                    .all(|round| round.question.about.contains(entity))
            );
        }
        assert!(rounds.is_sorted_by_key(|round| round.question.difficulty) || count < 200);
        played += 1;
    }
    assert!(played > 30, "{played}");
}

/// A filter by difficulty uses the measured difficulty.
#[test]
fn a_filter_by_difficulty_uses_the_measured_one() {
    let bank = &BUNDLED.1;
    let is_written = |level: Difficulty| move |q: &Question| q.difficulty == level;
    let easy: Vec<Question> = bank
        .questions()
        .filter(is_written(Difficulty::Easy))
        .collect();
    let wrong = Share {
        answered: 100,
        correct: 5,
    };
    let measured = easy.iter().step_by(2).map(|question| (&question.id, wrong));
    let levels = Levels::of(bank, measured);
    let turned: BTreeSet<&str> = easy.iter().step_by(2).map(|q| q.id.as_str()).collect();
    let mut seen = 0;
    for (level, seed) in [Difficulty::Easy, Difficulty::Hard]
        .into_iter()
        .zip(0_u64..)
        .cycle()
        .take(40)
    {
        let query = QuestionQuery {
            rounds: 10,
            difficulty: Some(level),
            ..QuestionQuery::default()
        };
        let place = PlaceContext {
            asked: &AskedHistory::default(),
            hidden: &BTreeSet::new(),
            levels: &levels,
        };
        let rounds = choose(&[bank], &query, place, seed + seen).unwrap();
        assert_eq!(rounds.len(), 10);
        for round in rounds {
            assert_eq!(round.question.difficulty, level);
            let is_turned = turned.contains(round.question.id.as_str());
            assert!(!is_turned || level == Difficulty::Hard);
            seen += u64::from(is_turned);
        }
    }
    assert!(seen > 0);
}

#[test]
fn near_subjects_share_questions_and_can_be_played() {
    let bank = &BUNDLED.1;
    let few = bank
        .subjects(1)
        .filter(|(_, count)| *count < super::super::PLAYABLE_MIN);
    for (subject, _) in few.take(300) {
        for near in bank.near(&subject, 3) {
            assert_ne!(near, subject);
            assert!(bank.about(&near).len() >= super::super::PLAYABLE_MIN);
            let shared = |number: &u32| bank.about(&near).contains(number);
            assert!(
                bank.about(&subject).iter().any(shared),
                "{near} for {subject}"
            );
        }
    }
}
