//! What must hold for each day's film.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::*;
use crate::bank::tests::BUNDLED;
use std::collections::BTreeSet;

/// For every possible film: no clue contains its title, nobody is in two clues, and no two films
/// have the same clues.
#[test]
fn no_clue_gives_away_the_film_or_a_later_clue() {
    let films = candidates(&BUNDLED.0);
    assert!(films.len() > 200, "{} films", films.len());
    let mut seen = BTreeSet::new();
    for Candidate { work, clues, .. } in &films {
        let title = padded(bare(&work.name));
        let people: Vec<Vec<&str>> = clues.iter().map(|clue| people(clue)).collect();
        for (at, clue) in clues.iter().enumerate() {
            assert!(
                !clue.trim().is_empty() && clue.chars().count() < 300,
                "{clue}"
            );
            assert!(!padded(clue).contains(&title), "{}: {clue}", work.id);
            for later in people[at + 1..].iter().flatten() {
                assert!(
                    !padded(clue).contains(&padded(later)),
                    "{}: {clue}",
                    work.id
                );
            }
        }
        assert!(seen.insert(clues.clone()), "{}", work.id);
    }
}

/// Who a clue with this text names.
fn people(clue: &str) -> Vec<&str> {
    let ends = [
        " has the lead",
        " has a supporting part",
        " is far down the cast list",
        " is fourth in the cast list",
    ];
    if let Some(name) = ends.iter().find_map(|end| clue.strip_suffix(end)) {
        return vec![name];
    }
    let heads = ["Music by ", "Written by ", "Directed by ", "Based on "];
    if heads.iter().any(|head| clue.starts_with(head)) {
        let names = clue.split_once(" by ").map_or("", |(_, names)| names);
        return names.split(" and ").collect();
    }
    clue.split_once(" plays ")
        .map_or(Vec::new(), |(name, _)| vec![name])
}

#[test]
fn every_film_has_a_turn_before_any_repeats() {
    let season = i32::try_from(candidates(&BUNDLED.0).len()).unwrap();
    let order = |from: i32| {
        // Without the names, which take long.
        let mut films = candidates(&BUNDLED.0);
        films.shuffle(&mut ChaCha8Rng::seed_from_u64(SEED));
        let at = |day: i32| {
            films[usize::try_from(day.rem_euclid(season)).unwrap()]
                .work
                .id
                .clone()
        };
        (from..from + season)
            .map(at)
            .collect::<BTreeSet<EntityId>>()
    };
    assert_eq!(order(20_778).len(), usize::try_from(season).unwrap());
    let day = film(&BUNDLED.0, 20_778).unwrap();
    assert_eq!(film(&BUNDLED.0, 20_778 + season).unwrap(), day);
    assert_ne!(film(&BUNDLED.0, 20_779).unwrap().film, day.film);
}

#[test]
fn a_title_counts_in_another_spelling_and_no_other_title_does() {
    let season = i32::try_from(candidates(&BUNDLED.0).len()).unwrap();
    for day in [0, 1, season - 1] {
        let puzzle = film(&BUNDLED.0, day).unwrap();
        let title = &puzzle.title;
        for typed in [title.clone(), title.to_lowercase(), title.to_uppercase()] {
            assert!(puzzle.is_titled(&typed), "{typed}");
        }
        for typed in ["", " ", "?", "film", "Heat 3"] {
            assert!(!puzzle.is_titled(typed), "{typed} for {title}");
        }
        let stored = serde_json::to_string(&puzzle).unwrap();
        assert_eq!(serde_json::from_str::<FilmPuzzle>(&stored).unwrap(), puzzle);
    }
}
