use super::*;
use proptest::prelude::*;

const HOUR_MS: i64 = 60 * 60 * 1000;

#[test]
fn a_day_is_utc_and_its_puzzle_can_be_finished_a_little_later() {
    // 21 November 2026, 00:00 UTC.
    let midnight = 1_795_219_200_000;
    let day = Day::of(midnight);
    assert_eq!(day.number(), 325, "1 January 2026 was number 1");
    assert_eq!(Day::of(midnight - 1), day.previous());
    assert_eq!(Day::of(midnight + DAY_MS - 1), day);
    assert_eq!(day.starts_at_ms(), midnight);
    let open = |after_ms: i64| day.is_open(midnight + after_ms);
    assert!(!open(-1) && open(0) && open(DAY_MS) && open(DAY_MS + HOUR_MS - 1));
    assert!(!open(DAY_MS + HOUR_MS));
    for at_ms in [i64::MIN, -1, 0, i64::MAX] {
        let day = Day::of(at_ms);
        assert!(day.number() < i32::MAX && day.next() >= day, "{at_ms}");
    }
}

#[test]
fn a_missed_day_breaks_a_streak() {
    let mut streak = Streak::begin(Day(10)).and(Day(11)).and(Day(12));
    assert_eq!((streak.current, streak.best), (3, 3));
    assert_eq!(streak.current_on(Day(12)), 3);
    assert_eq!(streak.current_on(Day(13)), 3, "today's may still be played");
    assert_eq!(streak.current_on(Day(14)), 0);
    streak = streak.and(Day(14));
    assert_eq!((streak.current, streak.best, streak.days), (1, 3, 4));
    // A process whose clock is slow.
    assert_eq!(streak.and(Day(13)).current, 1);
    assert_eq!(streak.and(Day(13)).last, Day(14));
}

proptest! {
    #[test]
    fn a_streak_is_the_run_of_days_at_the_end(played: Vec<bool>) {
        let days: Vec<Day> = (0..)
            .zip(&played)
            .filter_map(|(day, played)| played.then_some(Day(day)))
            .collect();
        let Some((first, rest)) = days.split_first() else {
            return Ok(());
        };
        let streak = rest.iter().fold(Streak::begin(*first), |streak, day| streak.and(*day));
        let runs = played.split(|played| !played).map(<[bool]>::len);
        let last = played.iter().rposition(|played| *played).unwrap_or(0);
        let current = played[..=last].iter().rev().take_while(|played| **played).count();
        prop_assert_eq!(u64::from(streak.best), runs.max().unwrap_or(0) as u64);
        prop_assert_eq!(u64::from(streak.current), current as u64);
        prop_assert_eq!(u64::from(streak.days), days.len() as u64);
    }

    #[test]
    fn a_tally_ranks_as_a_sorted_list_does(mut scores in prop::collection::vec(0..=QUESTIONS, 0..60)) {
        let tally = Tally::of(scores.iter().map(|score| (*score, 1)));
        scores.sort_unstable_by(|a, b| b.cmp(a));
        prop_assert_eq!(tally.players(), scores.len() as u64);
        for (position, score) in (0..).zip(&scores) {
            let first = scores.iter().position(|other| other == score).unwrap_or(0) as u64;
            prop_assert_eq!(tally.rank(*score), first + 1);
            prop_assert_eq!(tally.at(position), Some((*score, position - first)));
        }
        prop_assert_eq!(tally.at(scores.len() as u64), None);
    }
}
