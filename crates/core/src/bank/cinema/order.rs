//! Which film came first, which came last, and in which order, among related films.

use super::ask::Ask;
use super::film_index::{FilmIndex, FilmNo, PersonNo};
use crate::bank::draft::Choice;
use crate::bank::question::Question;
use crate::bank::seed::{scattered, seed, turn};
use crate::facts::bare_series;
use crate::facts::limits::{CHOICE_LENGTH_MAX, length};
use foldhash::{HashSet, HashSetExt};
use std::collections::BTreeMap;

/// The least years between two compared films: a festival or foreign premiere may fall in the year
/// before.
const YEARS_APART_MIN: u16 = 2;
/// One question of a kind for this many films of one person or series.
const FILMS_PER_QUESTION: usize = 5;
const QUESTIONS_MAX: usize = 2;
const FAME_MIN: u8 = 4;
/// Questions are about actors billed at least this high.
const PLACE_MAX: u8 = 3;

/// Related films, by year.
struct Group {
    /// How a question's id names the group.
    id: String,
    /// "films with Cary Grant", "films by John Ford", "James Bond films".
    named: String,
    person: Option<PersonNo>,
    films: Vec<FilmNo>,
}

/// "Which of these films by John Ford came out first?", and the like.
pub(super) fn questions(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for group in groups(film_index) {
        let count = (group.films.len() / FILMS_PER_QUESTION).min(QUESTIONS_MAX);
        for number in 0..count {
            let seed = seed(&group.id, &number.to_string());
            out.extend(end(film_index, &group, seed, true));
            out.extend(end(film_index, &group, seed, false));
            out.extend(in_order(film_index, &group, seed));
        }
    }
}

fn groups(film_index: &FilmIndex) -> Vec<Group> {
    let mut groups = Vec::new();
    let known = |film: &FilmNo| film_index.film(*film).fame >= FAME_MIN;
    let mut directed: HashSet<Vec<FilmNo>> = HashSet::new();
    for (number, person) in (0..).zip(&film_index.people) {
        let name = film_index.name(number);
        let films: Vec<FilmNo> = film_index.films_by(number).filter(known).collect();
        // Two who always direct together would be asked about twice.
        if films.len() >= FILMS_PER_QUESTION && directed.insert(films.clone()) {
            groups.push(Group {
                id: format!("by-{}", person.id),
                named: format!("films by {name}"),
                person: Some(number),
                films,
            });
        }
        let films = person
            .played
            .iter()
            .filter(|(_, place)| *place <= PLACE_MAX);
        let films: Vec<FilmNo> = films.map(|(film, _)| *film).filter(known).collect();
        if films.len() >= FILMS_PER_QUESTION {
            groups.push(Group {
                id: format!("with-{}", person.id),
                named: format!("films with {name}"),
                person: Some(number),
                films,
            });
        }
    }
    let mut series: BTreeMap<&str, Vec<FilmNo>> = BTreeMap::new();
    for (number, film) in film_index.numbered() {
        // Two films of a series may have one title, and a year in brackets would tell the order.
        let is_undated = film_index.shown(number) == film.title;
        if let Some((name, _)) = film.series.filter(|_| is_undated) {
            series.entry(name).or_default().push(number);
        }
    }
    groups.extend(series.into_iter().map(|(name, films)| Group {
        id: format!("of-{}", name.to_lowercase().replace(' ', "-")),
        named: format!("{} films", bare_series(name)),
        person: None,
        films,
    }));
    groups.retain(|group| group.films.len() >= FILMS_PER_QUESTION);
    groups
}

/// The first or the last of some films of the group.
fn end(film_index: &FilmIndex, group: &Group, seed: u64, is_first: bool) -> Option<Question> {
    let year = |film: FilmNo| film_index.film(film).year;
    let (template, word, others) = if is_first {
        ("order-first", "first", "later")
    } else {
        ("order-last", "last", "earlier")
    };
    // Any but those at the far end, so that the answer is not always the very first film.
    let room = group.films.len() - 3;
    let at = turn(seed >> 8, room);
    let at = if is_first {
        at
    } else {
        group.films.len() - 1 - at
    };
    let answer = group.films[at];
    let far = |other: &FilmNo| {
        let apart = year(*other).abs_diff(year(answer)) >= YEARS_APART_MIN;
        apart && (year(*other) > year(answer)) == is_first
    };
    let wrong = scattered(group.films.len(), seed).map(|n| group.films[n]);
    let wrong: Vec<FilmNo> = wrong.filter(far).take(6).collect();
    let fact = film_index
        .film(answer)
        .release
        .filter(|fact| film_index.asks(fact))?;
    let prompt = match turn(seed >> 16, 2) {
        0 => format!("Which of these {} came out {word}?", group.named),
        _ if is_first => format!("Which is the oldest of these {}?", group.named),
        _ => format!("Which is the newest of these {}?", group.named),
    };
    // A game shows three of them, so no years can be named.
    let reason = format!("{} All the others came {others}.", fact.summary);
    let choices = film_index.film_choices(&wrong).into_iter();
    let mut ask = Ask::new(
        fact,
        template,
        prompt,
        film_index.film_choice(answer).undated(),
        choices.map(Choice::undated).collect(),
        reason,
    );
    ask.salt = Some(group.id.clone());
    ask.about = group
        .person
        .iter()
        .map(|p| film_index.person_ref(*p))
        .collect();
    ask.finish(film_index)
}

/// Whether the titles tell which came first: "Rocky" and "Rocky II", "Toy Story 3" and "Toy Story 4".
fn tells_order(film_index: &FilmIndex, one: FilmNo, other: FilmNo) -> bool {
    let stem = |film: FilmNo| {
        let title = &film_index.film(film).folded;
        title.trim_end_matches(|c: char| c.is_ascii_digit())
    };
    let (one, other) = (stem(one), stem(other));
    let is_number = one.is_empty() || other.is_empty();
    !is_number && (one.starts_with(other) || other.starts_with(one))
}

/// Three films in order of year; the choices are different orders.
fn in_order(film_index: &FilmIndex, group: &Group, seed: u64) -> Option<Question> {
    let mut films: Vec<FilmNo> = Vec::new();
    let year = |film: FilmNo| film_index.film(film).year;
    for film in scattered(group.films.len(), seed >> 4).map(|n| group.films[n]) {
        let apart = |other: &FilmNo| {
            year(*other).abs_diff(year(film)) > YEARS_APART_MIN
                && !tells_order(film_index, *other, film)
        };
        if films.iter().all(apart) && film_index.film(film).title == film_index.shown(film) {
            films.push(film);
        }
        if films.len() == 3 {
            break;
        }
    }
    let [a, b, c] = films.as_slice() else {
        return None;
    };
    let mut titles = [a, b, c].map(|film| (year(*film), film_index.film(*film).title));
    let dated = |(year, title): (u16, &str)| format!("{title} ({year})");
    // Named alphabetically, which gives nothing away.
    titles.sort_by_key(|(_, title)| *title);
    let named = titles.map(|(_, title)| title);
    titles.sort_unstable();
    let dated_titles = titles.map(dated);
    let [first, second, third] = titles.map(|(_, title)| title);
    let row = |row: [&str; 3]| row.join(" → ");
    let right = row([first, second, third]);
    if length(&right) > CHOICE_LENGTH_MAX {
        return None;
    }
    let wrong: Vec<Choice> = [
        [first, third, second],
        [second, first, third],
        [second, third, first],
        [third, first, second],
        [third, second, first],
    ]
    .into_iter()
    .map(|order| Choice::plain(row(order)))
    .collect();
    let earliest = films.iter().min_by_key(|film| year(**film))?;
    let fact = film_index
        .film(*earliest)
        .release
        .filter(|fact| film_index.asks(fact))?;
    let prompt = format!(
        "In which order did these {} come out: {}, {} and {}?",
        group.named, named[0], named[1], named[2]
    );
    let reason = format!(
        "{}, {} and {}.",
        dated_titles[0], dated_titles[1], dated_titles[2]
    );
    let mut ask = Ask::new(
        fact,
        "order-three",
        prompt,
        Choice::plain(right),
        wrong,
        reason,
    );
    ask.salt = Some(group.id.clone());
    ask.about = group
        .person
        .iter()
        .map(|p| film_index.person_ref(*p))
        .collect();
    ask.about
        .extend(films.iter().map(|film| film_index.film_ref(*film)));
    ask.finish(film_index)
}
