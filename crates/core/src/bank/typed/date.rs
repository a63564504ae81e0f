//! Days and months, in any order.

use super::number;
use super::scan::{Gap, Kind, Piece, scan};
use super::talk;

/// A date, as far as it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    day: Option<u16>,
    month: u16,
    year: Option<u16>,
    is_bc: bool,
}

/// The month that a word names.
fn month(word: &str) -> Option<u16> {
    let month = match word {
        "jan" | "january" => 1,
        "feb" | "february" => 2,
        "mar" | "march" => 3,
        "apr" | "april" => 4,
        "may" => 5,
        "jun" | "june" => 6,
        "jul" | "july" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" => 10,
        "nov" | "november" => 11,
        "dec" | "december" => 12,
        _ => return None,
    };
    Some(month)
}

fn says_nothing(word: &str) -> bool {
    matches!(
        word,
        "of" | "on"
            | "ad"
            | "ce"
            | "the"
            | "st"
            | "nd"
            | "rd"
            | "th"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
    )
}

/// The dates that a text may mean: some read "4/7/1776" as the fourth of July, others as the
/// seventh of April.
pub(super) fn dates(text: &str) -> Vec<Date> {
    let pieces = scan(text);
    let pieces: Vec<&Piece> = pieces.iter().collect();
    match in_words(&pieces) {
        Some(date) => vec![date],
        None => in_digits(&pieces),
    }
}

/// What "7/4" and "24.12." may be, and "7/1969", for an answer that is a day or a month in words.
pub(super) fn days(text: &str) -> Vec<Date> {
    let text = text.trim().trim_end_matches('.');
    let number = |part: &str| part.trim().parse::<u16>().ok();
    let parts = text.split_once(['/', '.', '-']);
    let Some((Some(a), Some(b))) = parts.map(|(a, b)| (number(a), number(b))) else {
        return Vec::new();
    };
    let date = |day: Option<u16>, month: u16, year: Option<u16>| {
        let is_day = day.is_none_or(|day| (1..=31).contains(&day));
        let fits = is_day && (1..=12).contains(&month);
        fits.then_some(Date {
            day,
            month,
            year,
            is_bc: false,
        })
    };
    if b > 31 {
        return date(None, a, Some(b)).into_iter().collect();
    }
    let days = [date(Some(a), b, None), date(Some(b), a, None)];
    days.into_iter().flatten().collect()
}

fn in_words(pieces: &[&Piece]) -> Option<Date> {
    let words: Vec<String> = pieces
        .iter()
        .map(|piece| piece.text.to_lowercase())
        .collect();
    let mut date: (Option<u16>, Option<u16>, Option<u16>) = (None, None, None);
    let mut is_bc = false;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest: Vec<&str> = words[at..].iter().map(String::as_str).collect();
        let count = match (pieces[at].kind, number::in_words(&rest)) {
            (Kind::Digits, _) => Some((word.parse().ok()?, 1)),
            (_, Some((number, taken))) => {
                let whole = number.value.to_whole()?;
                Some((u16::try_from(whole).ok()?, taken))
            }
            _ => None,
        };
        if let Some((count, taken)) = count {
            let place = if count <= 31 {
                &mut date.0
            } else {
                &mut date.2
            };
            // "25 May 77" leaves out the century; people mean the last one.
            let count = if (32..100).contains(&count) {
                1900 + count
            } else {
                count
            };
            if place.replace(count).is_some() {
                return None;
            }
            at += taken;
            continue;
        }
        match month(word) {
            Some(month) if date.1.is_none() => date.1 = Some(month),
            None if matches!(word.as_str(), "bc" | "bce") => is_bc = true,
            None if says_nothing(word) || talk::opens(word) => {}
            _ => return None,
        }
        at += 1;
    }
    Some(Date {
        day: date.0,
        month: date.1?,
        year: date.2,
        is_bc,
    })
}

/// "4/7/1776", "4.7.1776", "1776-07-04".
fn in_digits(pieces: &[&Piece]) -> Vec<Date> {
    let [first, second, third] = pieces else {
        return Vec::new();
    };
    let is_date = pieces.iter().all(|piece| piece.kind == Kind::Digits)
        && [second, third]
            .iter()
            .all(|piece| matches!(piece.gap, Gap::Slash | Gap::Mark));
    let number = |piece: &Piece| piece.text.parse::<u16>().ok();
    let (Some(a), Some(b), Some(c), true) = (number(first), number(second), number(third), is_date)
    else {
        return Vec::new();
    };
    let date = |day: u16, month: u16, year: u16| {
        let fits = (1..=31).contains(&day) && (1..=12).contains(&month);
        fits.then_some(Date {
            day: Some(day),
            month,
            year: Some(year),
            is_bc: false,
        })
    };
    if first.text.len() == 4 {
        return date(c, b, a).into_iter().collect();
    }
    // "6/6/44" leaves out the century.
    let years = if third.text.len() == 2 {
        vec![1800 + c, 1900 + c, 2000 + c]
    } else {
        vec![c]
    };
    let dates = years
        .into_iter()
        .flat_map(|year| [date(a, b, year), date(b, a, year)]);
    dates.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::dates;

    #[test]
    fn one_date_is_written_in_many_ways() {
        for text in [
            "4 July 1776",
            "July 4, 1776",
            "the 4th of July, 1776",
            "fourth of july 1776",
            "Thursday, 4 Jul 1776",
            "7/4/1776",
            "4.7.1776",
            "1776-07-04",
        ] {
            let all = dates(text);
            assert!(all.contains(&dates("4 July 1776")[0]), "{text}: {all:?}");
        }
        for text in ["July 1776", "4 July", "5 July 1776"] {
            assert!(!dates(text).contains(&dates("4 July 1776")[0]), "{text}");
        }
        assert!(dates("9/11").is_empty());
        assert!(dates("July at noon").is_empty());
    }
}
