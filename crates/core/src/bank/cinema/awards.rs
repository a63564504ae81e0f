//! Academy Awards: who won, for what, and in which part.

use super::ask::Ask;
use super::film_index::{CategoryNominations, FilmIndex, FilmNo, Nomination};
use crate::bank::draft::Choice;
use crate::bank::question::Question;
use crate::bank::seed::{seed, turn};
use crate::bank::wording::title;
use crate::bank::words::tells;
use crate::facts::limits::length;
use crate::facts::{
    Difficulty, EntityKind, EntityRef, award_name, bare_name, character_in_sentence, fold,
    is_player,
};
use foldhash::{HashSet, HashSetExt};
use std::collections::BTreeMap;

/// Categories won by exactly one film, whose winning film members may be asked for.
const OF_FILMS: [&str; 3] = ["picture", "animated-feature", "international-feature"];
/// Winners of a category within this many years are wrong answers for each other.
const YEARS_NEAR: u16 = 15;

/// The first ceremonies, each covering parts of two years, so they cannot be asked about by year.
const LONG_YEARS: u16 = 6;

/// The least fame of a film that award questions ask for.
const FAME_MIN: u8 = 3;
/// The least fame of a film whose prized part is asked for by name.
const FAME_MIN_PART: u8 = 4;

/// How famous the film of a prize is; lower than any other if it is not loaded.
fn fame(film_index: &FilmIndex, prize: &Nomination) -> u8 {
    let film = prize.work.and_then(|work| film_index.film_named(work));
    film.map_or(1, |film| film_index.film(film).fame)
}

/// How well known a winner is, judged mainly by the fame of the film.
fn level(film_index: &FilmIndex, prize: &Nomination, step: u8) -> Difficulty {
    let film = prize.work.and_then(|work| film_index.film_named(work));
    let fame = film.map_or(2, |film| film_index.film(film).fame);
    match fame.saturating_sub(step) {
        4.. => Difficulty::Easy,
        3 => Difficulty::Medium,
        _ => Difficulty::Hard,
    }
}

/// The one winner of a race.
fn winner<'s, 'a>(race: &[&'s Nomination<'a>]) -> Option<&'s Nomination<'a>> {
    let mut won = race.iter().filter(|prize| prize.won);
    let winner = won.next()?;
    won.next().is_none().then_some(*winner)
}

/// "Who won the Oscar for best actress of 1975?"
pub(super) fn who(film_index: &FilmIndex, races: &CategoryNominations, out: &mut Vec<Question>) {
    for ((ceremony, category), race) in races {
        if *ceremony <= LONG_YEARS {
            continue;
        }
        let (Some(won), true) = (winner(race), is_player(category) || *category == "director")
        else {
            continue;
        };
        if fame(film_index, won) < FAME_MIN {
            continue;
        }
        let [person] = won.people else {
            continue;
        };
        let Some(person) = film_index.person_named(person) else {
            continue;
        };
        let seed = seed(&won.fact.id, "award-who");
        let losers = race
            .iter()
            .filter(|prize| !prize.won)
            .flat_map(|prize| prize.people);
        let losers = losers.filter_map(|id| film_index.person_named(id));
        let wrong = losers.map(|p| film_index.person_choice(p)).collect();
        let (award, year) = (award_name(category), won.year);
        // Many people count by the ceremony, which is a year later.
        let held = year + 1;
        let prompt = match turn(seed, 3) {
            0 => format!("Who won {award} at the Oscars for {year} (held in {held})?"),
            1 => format!("Who was named {award} at the Oscars for {year} (held in {held})?"),
            _ => format!("Who took home the Oscar for {award} of {year} (held in {held})?"),
        };
        let reason = won.fact.summary.clone();
        let answer = film_index.person_choice(person);
        let mut ask = Ask::new(won.fact, "award-who", prompt, answer, wrong, reason);
        ask.level = level(film_index, won, 1);
        out.extend(ask.finish(film_index));
    }
}

/// "Which film of 1972 won the Oscar for best picture?"
pub(super) fn which_film(
    film_index: &FilmIndex,
    races: &CategoryNominations,
    out: &mut Vec<Question>,
) {
    for ((ceremony, category), race) in races {
        if *ceremony <= LONG_YEARS {
            continue;
        }
        let (Some(won), true) = (winner(race), OF_FILMS.contains(category)) else {
            continue;
        };
        let undated = |work| film_index.work_choice(work).map(Choice::undated);
        let Some(answer) = won.work.and_then(undated) else {
            continue;
        };
        // The best picture of every year is worth knowing; few have seen most of the others.
        if *category != "picture" && fame(film_index, won) < FAME_MIN {
            continue;
        }
        let losers = race
            .iter()
            .filter(|prize| !prize.won)
            .filter_map(|prize| prize.work);
        let mut wrong: Vec<Choice> = losers.filter_map(undated).collect();
        if wrong.len() < 3 {
            let others = races.iter().filter(|((_, other), _)| other == category);
            let others = others.flat_map(|(_, race)| race).filter(|prize| {
                let apart = prize.year.abs_diff(won.year);
                (2..=YEARS_NEAR).contains(&apart) && prize.work != won.work
            });
            let mut others: Vec<&&Nomination> = others.collect();
            others.sort_by_key(|prize| prize.year.abs_diff(won.year));
            let others = others.iter().filter_map(|prize| prize.work);
            wrong.extend(others.filter_map(undated).take(6));
        }
        let seed = seed(&won.fact.id, "award-film");
        let (award, year) = (award_name(category), won.year);
        // Many people count by the ceremony, which is a year later.
        let held = year + 1;
        let prompt = match turn(seed, 3) {
            0 => format!("Which film won {award} at the Oscars for {year} (held in {held})?"),
            1 => format!("Which film took {award} at the Oscars for {year} (held in {held})?"),
            _ => format!("Which film won the Oscar for {award} of {year} (held in {held})?"),
        };
        let reason = won.fact.summary.clone();
        let mut ask = Ask::new(won.fact, "award-film", prompt, answer, wrong, reason);
        ask.level = level(film_index, won, 0);
        out.extend(ask.finish(film_index));
    }
}

/// "For which film did Marlon Brando win his first Oscar …": only if it is the only one in its
/// category.
pub(super) fn for_which(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let mut of_person: BTreeMap<(&str, &str), Vec<&Nomination>> = BTreeMap::new();
    for prize in &film_index.prizes {
        if let ([person], true) = (
            prize.people,
            is_player(prize.category) || prize.category == "director",
        ) {
            of_person
                .entry((person, prize.category))
                .or_default()
                .push(prize);
        }
    }
    for ((id, category), prizes) in of_person {
        let Some(won) = winner(&prizes) else {
            continue;
        };
        let (Some(work), Some(person)) = (won.work, film_index.person_named(id)) else {
            continue;
        };
        let Some(answer) = film_index.work_choice(work) else {
            continue;
        };
        if fame(film_index, won) < FAME_MIN - 1 {
            continue;
        }
        let seed = seed(&won.fact.id, "award-for");
        let lost = prizes
            .iter()
            .filter(|prize| !prize.won)
            .filter_map(|prize| prize.work);
        let lost = lost.filter(|lost| *lost != work);
        let mut wrong: Vec<Choice> = lost
            .filter_map(|work| film_index.work_choice(work))
            .collect();
        let credits = film_index.person(person);
        let played = credits.played.iter().map(|(film, _)| *film);
        let mut others: Vec<FilmNo> = played.chain(credits.directed.iter().copied()).collect();
        others.retain(|film| film_index.film(*film).id != work);
        others.sort_by_key(|film| film_index.film(*film).year.abs_diff(won.year));
        wrong.extend(
            others
                .iter()
                .take(6)
                .map(|film| film_index.film_choice(*film)),
        );
        if let Some(film) = film_index.film_named(work) {
            let near =
                film_index.films_near(film, seed, |other| !film_index.is_linked(person, other));
            wrong.extend(
                near.iter()
                    .take(3)
                    .map(|film| film_index.film_choice(*film)),
            );
        }
        let (name, award) = (film_index.name(person), award_name(category));
        let prompt = match turn(seed, 3) {
            0 => format!("For which film did {name} win the Oscar for {award}?"),
            1 => format!("Which film brought {name} the Oscar for {award}?"),
            _ => format!("{name} won the Oscar for {award} with which film?"),
        };
        let reason = won.fact.summary.clone();
        let mut ask = Ask::new(won.fact, "award-for", prompt, answer, wrong, reason);
        ask.level = level(film_index, won, 0);
        out.extend(ask.finish(film_index));
    }
}

/// "Which part won Louise Fletcher the Oscar for best actress?"
pub(super) fn as_whom(
    film_index: &FilmIndex,
    races: &CategoryNominations,
    out: &mut Vec<Question>,
) {
    for prize in film_index
        .prizes
        .iter()
        .filter(|prize| prize.won && is_player(prize.category))
    {
        let (Some(part), [id], Some(work)) = (prize.part, prize.people, prize.work) else {
            continue;
        };
        let Some(person) = film_index.person_named(id) else {
            continue;
        };
        let Some(film) = film_index.film_named(work) else {
            continue;
        };
        if fame(film_index, prize) < FAME_MIN_PART {
            continue;
        }
        let race = races.get(&(prize.ceremony, prize.category));
        let race = race.into_iter().flatten().filter(|other| !other.won);
        let mut wrong: Vec<Choice> = Vec::new();
        // The film's other parts first.
        for credit in &film_index.film(film).cast {
            let of_like =
                film_index.person(credit.person).pronoun == film_index.person(person).pronoun;
            if of_like && credit.person != person {
                let character = credit.character();
                wrong.extend(character.map(|it| Choice::plain(title(it))));
            }
        }
        wrong.truncate(3);
        wrong.extend(race.filter_map(|other| other.part).map(Choice::plain));
        // A description among names, or a name among descriptions, would stand out.
        let most = 2 * length(part) + 1;
        wrong.retain(|wrong| !overlaps(&wrong.text, part) && length(&wrong.text) <= most);
        let seed = seed(&prize.fact.id, "award-part");
        let (name, shown) = (film_index.name(person), film_index.shown(film));
        if overlaps(shown, part) || overlaps(name, part) {
            continue;
        }
        let award = award_name(prize.category);
        let prompt = match turn(seed, 2) {
            0 => format!("Which part in {shown} won {name} the Oscar for {award}?"),
            _ => format!("{name} won the Oscar for {award} as which character in {shown}?"),
        };
        let reason = format!(
            "{} The part was {}.",
            prize.fact.summary,
            character_in_sentence(part)
        );
        let answer = Choice::plain(part);
        let mut ask = Ask::new(prize.fact, "award-part", prompt, answer, wrong, reason);
        ask.level = level(film_index, prize, 1);
        ask.about = vec![film_index.person_ref(person)];
        out.extend(ask.finish(film_index));
    }
}

/// Whether two names share a word, if only as a plural: "Vito Corleone" and "Don Corleone", "Man or
/// Muppet" and "The Muppets".
fn overlaps(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let folded = fold(text);
        let words = folded.split(' ').filter(|word| tells(word));
        words
            .map(|word| word.trim_end_matches('s').to_owned())
            .collect()
    };
    let own = words(a);
    words(b).iter().any(|word| own.contains(word))
}

/// "Who won an Oscar for acting in One Flew Over the Cuckoo's Nest?": only if exactly one person
/// did.
pub(super) fn in_film(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let mut of_film: BTreeMap<&str, Vec<&Nomination>> = BTreeMap::new();
    // Someone who won for writing or directing the film would be an unfair wrong answer.
    let mut others_of_film: HashSet<(&str, &str)> = HashSet::new();
    for prize in film_index.prizes.iter().filter(|prize| prize.won) {
        let Some(work) = prize.work else {
            continue;
        };
        if is_player(prize.category) {
            of_film.entry(work).or_default().push(prize);
        } else {
            others_of_film.extend(prize.people.iter().map(|person| (work, person.as_str())));
        }
    }
    for (work, prizes) in of_film {
        let ([prize], Some(film)) = (prizes.as_slice(), film_index.film_named(work)) else {
            continue;
        };
        let [id] = prize.people else {
            continue;
        };
        let Some(person) = film_index.person_named(id) else {
            continue;
        };
        let seed = seed(&prize.fact.id, "award-in");
        let others = film_index
            .film(film)
            .cast
            .iter()
            .filter(|credit| credit.person != person)
            .filter(|credit| {
                let id = film_index.person(credit.person).id.as_str();
                !others_of_film.contains(&(work, id))
            });
        let wrong = others
            .take(7)
            .map(|credit| film_index.person_choice(credit.person))
            .collect();
        let shown = film_index.shown(film);
        let prompt = match turn(seed, 3) {
            0 => format!("Who won an Oscar for acting in {shown}?"),
            1 => format!("Which of the cast won an acting Oscar for {shown}?"),
            _ => format!("Whose performance in {shown} won an Oscar?"),
        };
        let reason = prize.fact.summary.clone();
        let answer = film_index.person_choice(person);
        let mut ask = Ask::new(prize.fact, "award-in", prompt, answer, wrong, reason);
        ask.level = level(film_index, prize, 0);
        out.extend(ask.finish(film_index));
    }
}

/// "From which film is the song \"Moon River\", which won an Oscar?"
pub(super) fn song(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let songs = film_index
        .prizes
        .iter()
        .filter(|prize| prize.won && prize.category == "original-song");
    let songs: Vec<&Nomination> = songs.collect();
    for prize in &songs {
        let (Some(part), Some(work)) = (prize.part, prize.work) else {
            continue;
        };
        let Some(answer) = film_index.work_choice(work) else {
            continue;
        };
        if fame(film_index, prize) < FAME_MIN {
            continue;
        }
        // "Flashdance... What a Feeling" names its film.
        if overlaps(part, bare_name(&answer.text)) {
            continue;
        }
        let near = |other: &&&Nomination| {
            other.work != prize.work && (1..=YEARS_NEAR).contains(&other.year.abs_diff(prize.year))
        };
        let mut others: Vec<&&Nomination> = songs.iter().filter(near).collect();
        others.sort_by_key(|other| other.year.abs_diff(prize.year));
        let wrong = others
            .iter()
            .filter_map(|other| film_index.work_choice(other.work?));
        let wrong = wrong.take(8).collect();
        let seed = seed(&prize.fact.id, "award-song");
        let prompt = match turn(seed, 3) {
            0 => format!("Which film gave us the Oscar-winning song “{part}”?"),
            1 => format!("“{part}” won the Oscar for best song: from which film?"),
            _ => format!("For which film did “{part}” win the Oscar for best song?"),
        };
        let reason = format!("{} The song is “{part}”.", prize.fact.summary);
        let mut ask = Ask::new(prize.fact, "award-song", prompt, answer, wrong, reason);
        ask.level = level(film_index, prize, 1);
        ask.about = vec![EntityRef::new(EntityKind::Work, work)];
        out.extend(ask.finish(film_index));
    }
}
