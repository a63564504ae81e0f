//! Times on the days when clocks change, and rules for all other days.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::*;
use crate::lang::Lang;
use jiff::Timestamp;
use jiff::civil::Weekday;
use proptest::prelude::*;

fn ms(at: &str) -> i64 {
    at.parse::<Timestamp>().unwrap().as_millisecond()
}

fn when(days: &str, time: &str, zone: &str) -> When {
    When {
        days: Days::meant(days).unwrap(),
        time: TimeOfDay::meant(time).unwrap(),
        zone: Zone::parse(zone).unwrap(),
    }
}

/// The given number of times after one.
fn after(when: When, at: &str, count: usize) -> Vec<String> {
    let times = std::iter::successors(when.next(ms(at)), |at_ms| when.next(*at_ms));
    times
        .take(count)
        .map(|at_ms| Timestamp::from_millisecond(at_ms).unwrap().to_string())
        .collect()
}

#[expect(clippy::too_many_lines, reason = "a table of changes of the clock")]
#[test]
fn a_time_keeps_its_place_on_the_clock_when_clocks_change() {
    for (days, time, zone, from, expect) in [
        // Put forward on 29 March 2026, back on 25 October.
        (
            "sun",
            "20:00",
            "Europe/Berlin",
            "2026-03-20T00:00:00Z",
            [
                "2026-03-22T19:00:00Z",
                "2026-03-29T18:00:00Z",
                "2026-04-05T18:00:00Z",
            ],
        ),
        (
            "sun",
            "20:00",
            "Europe/Berlin",
            "2026-10-17T00:00:00Z",
            [
                "2026-10-18T18:00:00Z",
                "2026-10-25T19:00:00Z",
                "2026-11-01T19:00:00Z",
            ],
        ),
        // 02:30 is skipped: it is 03:30 then, once.
        (
            "every day",
            "2:30",
            "Europe/Berlin",
            "2026-03-28T00:00:00Z",
            [
                "2026-03-28T01:30:00Z",
                "2026-03-29T01:30:00Z",
                "2026-03-30T00:30:00Z",
            ],
        ),
        // 02:30 comes twice: the first one counts.
        (
            "every day",
            "2:30",
            "Europe/Berlin",
            "2026-10-24T00:00:00Z",
            [
                "2026-10-24T00:30:00Z",
                "2026-10-25T00:30:00Z",
                "2026-10-26T01:30:00Z",
            ],
        ),
        (
            "every day",
            "1:30 am",
            "America/New_York",
            "2026-10-31T00:00:00Z",
            [
                "2026-10-31T05:30:00Z",
                "2026-11-01T05:30:00Z",
                "2026-11-02T06:30:00Z",
            ],
        ),
        // In the southern hemisphere, by half an hour.
        (
            "every day",
            "2:15",
            "Australia/Lord_Howe",
            "2026-10-02T16:00:00Z",
            [
                "2026-10-03T15:45:00Z",
                "2026-10-04T15:15:00Z",
                "2026-10-05T15:15:00Z",
            ],
        ),
        // At midnight, where midnight is skipped.
        (
            "every day",
            "0:00",
            "Africa/Cairo",
            "2026-04-22T23:00:00Z",
            [
                "2026-04-23T22:00:00Z",
                "2026-04-24T21:00:00Z",
                "2026-04-25T21:00:00Z",
            ],
        ),
        // A whole day was skipped: its time moves to the next day, and counts once.
        (
            "every day",
            "9:00",
            "Pacific/Apia",
            "2011-12-29T00:00:00Z",
            [
                "2011-12-29T19:00:00Z",
                "2011-12-30T19:00:00Z",
                "2011-12-31T19:00:00Z",
            ],
        ),
        (
            "mon thu",
            "12:00",
            "UTC",
            "2026-11-23T12:00:00Z",
            [
                "2026-11-26T12:00:00Z",
                "2026-11-30T12:00:00Z",
                "2026-12-03T12:00:00Z",
            ],
        ),
    ] {
        assert_eq!(
            after(when(days, time, zone), from, 3),
            expect,
            "{days} {time} {zone}"
        );
    }
}

#[test]
fn days_and_times_are_read_as_people_write_them() {
    let mut typed = Vec::new();
    for text in [
        "Every day",
        "weekdays",
        "weekend",
        "mon",
        "Mondays",
        "tues, thurs",
        "sat & sun",
        "Wed/Fri",
        "monday and friday",
        "jeden Tag",
        "Werktags",
        "am Wochenende",
        "mo, di, mi, do, fr",
        "Sa + So",
        "dienstags und donnerstags",
        "",
        "m",
        "someday",
        "mon, never",
    ] {
        let days = Days::meant(text).map(|days| days.iter().collect::<Vec<_>>());
        typed.push(format!("{text:?}: {days:?}"));
    }
    for text in [
        "20:30",
        "8:30 pm",
        "9am",
        "12 am",
        "12pm",
        "21",
        "20h30",
        "20h",
        "7.05 a.m.",
        "20 Uhr",
        "20:30 Uhr",
        "0:00",
        "23:59",
        "24:00",
        "13pm",
        "0am",
        "8:5",
        "8:60",
        "noon",
        "",
        "-1:00",
        "٣:٠٠",
    ] {
        let time = TimeOfDay::meant(text).map(|time| time.to_string());
        typed.push(format!("{text:?}: {time:?}"));
    }
    insta::assert_snapshot!(typed.join("\n"));
}

fn any_when() -> impl Strategy<Value = When> {
    let zones: Vec<Zone> = Zone::all().collect();
    (1..=127_u8, 0..1_440_u16, prop::sample::select(zones)).prop_map(|(days, time, zone)| When {
        days: days.try_into().unwrap(),
        time: time.try_into().unwrap(),
        zone,
    })
}

/// From 2012 on, after the last zone had skipped a day.
const SINCE_MS: i64 = 1_325_376_000_000;

proptest! {
    /// Each of its days has exactly one time, and no other day has any. The clock shows the chosen
    /// time, or a later one where clocks skip it.
    #[test]
    fn each_day_has_its_time_once(when in any_when(), from in SINCE_MS..3_000_000_000_000) {
        let first = when.zone.date(from).yesterday().unwrap();
        let dates = first.series(jiff::Span::new().days(1)).take(100);
        let wanted = dates.filter(|date| when.days.has(date.weekday()));
        let wanted = wanted.map(|date| date.to_datetime(when.time.into()));
        let moments: Vec<_> = wanted.map(|at| (when.zone.moment(at), at)).collect();
        let mut at_ms = from;
        for (moment, wanted) in moments.into_iter().filter(|(moment, _)| *moment > from) {
            let next = when.next(at_ms).expect("there is always a next");
            prop_assert_eq!(next, moment);
            prop_assert!(next > at_ms, "each comes once, and in order");
            prop_assert_eq!(when.next(next - 1), Some(next));
            let shown = when.zone.civil(next);
            prop_assert!(shown >= wanted && wanted.duration_until(shown).as_hours() < 3);
            at_ms = next;
        }
    }

    /// However much time has passed: the latest time counts, earlier ones are dropped, and the next
    /// one is in the future.
    #[test]
    fn missed_times_are_made_up_once(
        when in any_when(), from in SINCE_MS..2_000_000_000_000, away_ms in 0..40_000_000_000_i64,
    ) {
        let due_ms = when.next(from).unwrap();
        let now_ms = due_ms + away_ms;
        let due = when.due(due_ms, now_ms);
        prop_assert!(due_ms <= due.at_ms && due.at_ms <= now_ms);
        prop_assert!(due.next_ms.unwrap() > now_ms);
        prop_assert_eq!(when.next(due.at_ms), due.next_ms);
        prop_assert_eq!(due.is_too_late, now_ms - due.at_ms > LATE_MAX_MS);
    }

    #[test]
    fn written_entries_are_read_back(when in any_when(), channel: u64, role: Option<u64>, rounds in 1..=50_u16) {
        let quiz = Quiz { rounds: Some(rounds), about: Some(Subject::Decade(1970)), mode: Some(Mode::Race), packs: PackList::default() };
        for what in [What::Quiz(quiz), What::Quiz(Quiz::default()), What::Daily, What::Weekly] {
            let (channel, role) = (ChannelId(channel), role.map(RoleId));
            let no_threads = role.is_none();
            let entry = Entry { what, when, channel, parent: None, no_threads, no_event: no_threads, role, lang: Lang::German };
            prop_assert_eq!(Entry::read(&entry.to_json()).unwrap(), entry);
        }
    }

    #[test]
    fn any_typed_text_is_read_or_refused(text in "\\PC{0,20}") {
        let time = TimeOfDay::meant(&text);
        prop_assert!(time.is_none_or(|time| TimeOfDay::meant(&time.to_string()) == Some(time)));
        if let Some(days) = Days::meant(&text) {
            prop_assert_eq!(Days::meant(&days.to_string()), Some(days));
        }
    }
}

#[test]
fn a_broken_document_is_refused() {
    let daily = r#"{"what":"daily","when":{"days":127,"time":480,"zone":"UTC"},"channel":5}"#;
    let entry = Entry::read(daily).unwrap();
    assert_eq!(entry.to_json(), daily);
    assert!(entry.when.days.has(Weekday::Sunday));
    for (wrong, right) in [
        ("127", "0"),
        ("127", "128"),
        ("480", "1440"),
        ("\"UTC\"", "\"Mars\""),
        ("daily", "yearly"),
    ] {
        assert!(
            Entry::read(&daily.replace(wrong, right)).is_err(),
            "{right}"
        );
    }
}
