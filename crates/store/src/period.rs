//! Which day, week and month a date belongs to.

use heat_core::standing::Period;
use jiff::civil::Date;

/// Every period, in the order of their codes.
pub(super) const PERIODS: [Period; 4] = [Period::Day, Period::Week, Period::Month, Period::All];

/// The keys of all four periods around a date.
pub(super) fn buckets(date: Date) -> [i64; 4] {
    PERIODS.map(|period| bucket(period, date))
}

/// The key of the period around a date, as a readable decimal number: one digit for the kind of
/// period, four for the year, two for the month or the ISO 8601 week, two for the day (`120260715`,
/// `220262900`, `320260700`, `400000000`). Weeks carry their ISO 8601 year, which around New Year
/// may differ from the calendar's.
pub(super) fn bucket(period: Period, date: Date) -> i64 {
    let key = |code: i64, year: i16, middle: i8, last: i8| {
        code * 100_000_000 + i64::from(year) * 10_000 + i64::from(middle) * 100 + i64::from(last)
    };
    match period {
        Period::Day => key(1, date.year(), date.month(), date.day()),
        Period::Week => {
            let week = date.iso_week_date();
            key(2, week.year(), week.week(), 0)
        }
        Period::Month => key(3, date.year(), date.month(), 0),
        Period::All => key(4, 0, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heat_core::standing::Zone;
    use jiff::Timestamp;

    #[track_caller]
    fn check(moment: &str, expect: [i64; 4]) {
        let at: Timestamp = moment.parse().expect("a timestamp");
        let date = Zone::UTC.date(at.as_millisecond());
        assert_eq!(buckets(date), expect, "{moment}");
    }

    #[test]
    fn borders_of_day_week_month_and_year() {
        let all = 400_000_000;
        check(
            "2026-07-15T12:00:00Z",
            [120_260_715, 220_262_900, 320_260_700, all],
        );
        // Sunday's last millisecond, Monday's first.
        check(
            "2026-07-19T23:59:59.999Z",
            [120_260_719, 220_262_900, 320_260_700, all],
        );
        check(
            "2026-07-20T00:00:00Z",
            [120_260_720, 220_263_000, 320_260_700, all],
        );
        check(
            "2026-07-31T23:59:59.999Z",
            [120_260_731, 220_263_100, 320_260_700, all],
        );
        check(
            "2026-08-01T00:00:00Z",
            [120_260_801, 220_263_100, 320_260_800, all],
        );
        // The week of New Year belongs to one year only: 2026's first begins in December 2025 …
        check(
            "2025-12-28T23:59:59.999Z",
            [120_251_228, 220_255_200, 320_251_200, all],
        );
        check(
            "2025-12-29T00:00:00Z",
            [120_251_229, 220_260_100, 320_251_200, all],
        );
        check(
            "2026-01-01T00:00:00Z",
            [120_260_101, 220_260_100, 320_260_100, all],
        );
        // … and 2026's fifty-third ends in January 2027.
        check(
            "2027-01-03T23:59:59.999Z",
            [120_270_103, 220_265_300, 320_270_100, all],
        );
        check(
            "2027-01-04T00:00:00Z",
            [120_270_104, 220_270_100, 320_270_100, all],
        );
        check(
            "2028-02-29T12:00:00Z",
            [120_280_229, 220_280_900, 320_280_200, all],
        );
    }

    #[test]
    fn every_number_has_a_bucket() {
        let at = |period, at_ms| bucket(period, Zone::UTC.date(at_ms));
        assert_eq!(at(Period::Day, i64::MIN), 119_700_101);
        assert_eq!(at(Period::Day, 0), 119_700_101);
        assert_eq!(at(Period::Month, i64::MAX), 399_991_200);
    }
}
