//! Academy Awards: who won, for what, and as whom.

use super::ask::Ask;
use super::stage::{FilmNo, Prize, Races, Stage};
use crate::bank::draft::plain;
use crate::bank::question::{Answer, Question};
use crate::bank::seed::{seed, turn};
use crate::bank::wording::title;
use crate::facts::limits::length;
use crate::facts::{Difficulty, EntityKind, EntityRef, award_name, fold, is_player};
use std::collections::BTreeMap;

/// Categories that members may be asked the winning film of, where one film wins.
const OF_FILMS: [&str; 3] = ["picture", "animated-feature", "international-feature"];
/// Years within which winners of a category are wrong answers for each other.
const YEARS_NEAR: u16 = 15;

/// The first ceremonies, each for parts of two years, which cannot be asked of by year.
const LONG_YEARS: u16 = 6;

/// Least fame of a film whose award is asked for.
const FAME_MIN: u8 = 3;

/// How well the film of a prize is known; less than every other where none is loaded.
fn fame(stage: &Stage, prize: &Prize) -> u8 {
    let film = prize.work.and_then(|work| stage.film_of.get(work));
    film.map_or(1, |film| stage.film(*film).fame)
}

/// How well a winner is known: best by the fame of the film.
fn level(stage: &Stage, prize: &Prize, step: u8) -> Difficulty {
    let film = prize.work.and_then(|work| stage.film_of.get(work));
    let fame = film.map_or(2, |film| stage.film(*film).fame);
    match fame.saturating_sub(step) {
        4.. => Difficulty::Easy,
        3 => Difficulty::Medium,
        _ => Difficulty::Hard,
    }
}

/// The one winner of a race.
fn winner<'s, 'a>(race: &[&'s Prize<'a>]) -> Option<&'s Prize<'a>> {
    let mut won = race.iter().filter(|prize| prize.won);
    let winner = won.next()?;
    won.next().is_none().then_some(*winner)
}

/// "Who won the Oscar for best actress of 1975?"
pub(super) fn who(stage: &Stage, races: &Races, out: &mut Vec<Question>) {
    for ((ceremony, category), race) in races {
        if *ceremony <= LONG_YEARS {
            continue;
        }
        let (Some(won), true) = (winner(race), is_player(category) || *category == "director")
        else {
            continue;
        };
        if fame(stage, won) < FAME_MIN {
            continue;
        }
        let [person] = won.people else {
            continue;
        };
        let Some(person) = stage.person_named(person) else {
            continue;
        };
        let seed = seed(&won.fact.id, "award-who");
        let losers = race
            .iter()
            .filter(|prize| !prize.won)
            .flat_map(|prize| prize.people);
        let losers = losers.filter_map(|id| stage.person_named(id));
        let wrong = losers.map(|p| stage.person_choice(p)).collect();
        let (award, year) = (award_name(category), won.year);
        // Many count by the evening, which is a year later.
        let held = year + 1;
        let prompt = match turn(seed, 3) {
            0 => format!("Who won {award} at the Oscars for {year} (held in {held})?"),
            1 => format!("Who was named {award} at the Oscars for {year} (held in {held})?"),
            _ => format!("Who took home the Oscar for {award} of {year} (held in {held})?"),
        };
        let reason = won.fact.summary.clone();
        let answer = stage.person_choice(person);
        let mut ask = Ask::new(won.fact, "award-who", prompt, answer, wrong, reason);
        ask.level = level(stage, won, 1);
        out.extend(ask.finish(stage));
    }
}

/// "Which film of 1972 won the Oscar for best picture?"
pub(super) fn which_film(stage: &Stage, races: &Races, out: &mut Vec<Question>) {
    for ((ceremony, category), race) in races {
        if *ceremony <= LONG_YEARS {
            continue;
        }
        let (Some(won), true) = (winner(race), OF_FILMS.contains(category)) else {
            continue;
        };
        let Some(answer) = won.work.and_then(|work| stage.work_choice(work)) else {
            continue;
        };
        let losers = race
            .iter()
            .filter(|prize| !prize.won)
            .filter_map(|prize| prize.work);
        let mut wrong: Vec<Answer> = losers.filter_map(|work| stage.work_choice(work)).collect();
        if wrong.len() < 3 {
            let others = races.iter().filter(|((_, other), _)| other == category);
            let others = others.flat_map(|(_, race)| race).filter(|prize| {
                let apart = prize.year.abs_diff(won.year);
                (2..=YEARS_NEAR).contains(&apart) && prize.work != won.work
            });
            let mut others: Vec<&&Prize> = others.collect();
            others.sort_by_key(|prize| prize.year.abs_diff(won.year));
            let others = others.iter().filter_map(|prize| prize.work);
            wrong.extend(others.filter_map(|work| stage.work_choice(work)).take(6));
        }
        let seed = seed(&won.fact.id, "award-film");
        let (award, year) = (award_name(category), won.year);
        // Many count by the evening, which is a year later.
        let held = year + 1;
        let prompt = match turn(seed, 3) {
            0 => format!("Which film won {award} at the Oscars for {year} (held in {held})?"),
            1 => format!("Which film took {award} at the Oscars for {year} (held in {held})?"),
            _ => format!("Which film won the Oscar for {award} of {year} (held in {held})?"),
        };
        let reason = won.fact.summary.clone();
        let mut ask = Ask::new(won.fact, "award-film", prompt, answer, wrong, reason);
        ask.level = level(stage, won, 0);
        out.extend(ask.finish(stage));
    }
}

/// "For which film did Marlon Brando win his first Oscar …": only where it is the only one of its
/// category.
pub(super) fn for_which(stage: &Stage, out: &mut Vec<Question>) {
    let mut of_person: BTreeMap<(&str, &str), Vec<&Prize>> = BTreeMap::new();
    for prize in &stage.prizes {
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
        let (Some(work), Some(person)) = (won.work, stage.person_named(id)) else {
            continue;
        };
        let Some(answer) = stage.work_choice(work) else {
            continue;
        };
        if fame(stage, won) < FAME_MIN - 1 {
            continue;
        }
        let seed = seed(&won.fact.id, "award-for");
        let lost = prizes
            .iter()
            .filter(|prize| !prize.won)
            .filter_map(|prize| prize.work);
        let lost = lost.filter(|lost| *lost != work);
        let mut wrong: Vec<Answer> = lost.filter_map(|work| stage.work_choice(work)).collect();
        let credits = stage.person(person);
        let played = credits.played.iter().map(|(film, _)| *film);
        let mut others: Vec<FilmNo> = played.chain(credits.directed.iter().copied()).collect();
        others.retain(|film| stage.film(*film).id != work);
        others.sort_by_key(|film| stage.film(*film).year.abs_diff(won.year));
        wrong.extend(others.iter().take(6).map(|film| stage.film_choice(*film)));
        if let Some(film) = stage.film_of.get(work) {
            let near = stage.films_near(*film, seed, |other| !stage.is_linked(person, other));
            wrong.extend(near.iter().take(3).map(|film| stage.film_choice(*film)));
        }
        let (name, award) = (stage.name(person), award_name(category));
        let prompt = match turn(seed, 3) {
            0 => format!("For which film did {name} win the Oscar for {award}?"),
            1 => format!("Which film brought {name} the Oscar for {award}?"),
            _ => format!("{name} won the Oscar for {award} with which film?"),
        };
        let reason = won.fact.summary.clone();
        let mut ask = Ask::new(won.fact, "award-for", prompt, answer, wrong, reason);
        ask.level = level(stage, won, 0);
        out.extend(ask.finish(stage));
    }
}

/// "Which part won Louise Fletcher the Oscar for best actress?"
pub(super) fn as_whom(stage: &Stage, races: &Races, out: &mut Vec<Question>) {
    for prize in stage
        .prizes
        .iter()
        .filter(|prize| prize.won && is_player(prize.category))
    {
        let (Some(part), [id], Some(work)) = (prize.part, prize.people, prize.work) else {
            continue;
        };
        let Some(person) = stage.person_named(id) else {
            continue;
        };
        let Some(film) = stage.film_of.get(work) else {
            continue;
        };
        if fame(stage, prize) < FAME_MIN {
            continue;
        }
        let race = races.get(&(prize.ceremony, prize.category));
        let race = race.into_iter().flatten().filter(|other| !other.won);
        let mut wrong: Vec<Answer> = Vec::new();
        // The film's other parts first.
        for credit in &stage.film(*film).cast {
            let character = credit.part.filter(|_| credit.person != person);
            let character = character.and_then(|id| stage.index.entity(EntityKind::Character, id));
            let of_like = stage.person(credit.person).pronoun == stage.person(person).pronoun;
            wrong.extend(character.filter(|_| of_like).map(|it| plain(title(it))));
        }
        wrong.truncate(3);
        wrong.extend(race.filter_map(|other| other.part).map(plain));
        // A description between names, or a name among descriptions, would stand out.
        let most = 2 * length(part) + 1;
        wrong.retain(|wrong| !overlaps(&wrong.text, part) && length(&wrong.text) <= most);
        let seed = seed(&prize.fact.id, "award-part");
        let (name, shown) = (stage.name(person), stage.shown(*film));
        if overlaps(shown, part) || overlaps(name, part) {
            continue;
        }
        let award = award_name(prize.category);
        let prompt = match turn(seed, 2) {
            0 => format!("Which part in {shown} won {name} the Oscar for {award}?"),
            _ => format!("Playing whom in {shown} did {name} win {award} at the Oscars?"),
        };
        let reason = format!("{} The part was {part}.", prize.fact.summary);
        let answer = plain(part);
        let mut ask = Ask::new(prize.fact, "award-part", prompt, answer, wrong, reason);
        ask.level = level(stage, prize, 1);
        ask.about = vec![stage.person_ref(person)];
        out.extend(ask.finish(stage));
    }
}

/// Whether two names of parts share a word: "Vito Corleone" and "Don Corleone".
fn overlaps(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let folded = crate::facts::fold(text);
        folded.split(' ').map(str::to_owned).collect()
    };
    let own = words(a);
    words(b)
        .iter()
        .any(|word| word.len() > 2 && own.contains(word))
}

/// "Who won an Oscar for acting in One Flew Over the Cuckoo's Nest?": where one did.
pub(super) fn in_film(stage: &Stage, out: &mut Vec<Question>) {
    let mut of_film: BTreeMap<&str, Vec<&Prize>> = BTreeMap::new();
    let won = stage
        .prizes
        .iter()
        .filter(|prize| prize.won && is_player(prize.category));
    for prize in won {
        if let Some(work) = prize.work {
            of_film.entry(work).or_default().push(prize);
        }
    }
    for (work, prizes) in of_film {
        let ([prize], Some(film)) = (prizes.as_slice(), stage.film_of.get(work)) else {
            continue;
        };
        let [id] = prize.people else {
            continue;
        };
        let Some(person) = stage.person_named(id) else {
            continue;
        };
        let seed = seed(&prize.fact.id, "award-in");
        let others = stage
            .film(*film)
            .cast
            .iter()
            .filter(|credit| credit.person != person);
        let wrong = others
            .take(7)
            .map(|credit| stage.person_choice(credit.person))
            .collect();
        let shown = stage.shown(*film);
        let prompt = match turn(seed, 3) {
            0 => format!("Who won an Oscar for acting in {shown}?"),
            1 => format!("Which of the cast won an Oscar for {shown}?"),
            _ => format!("For acting in {shown} one Oscar was won: by whom?"),
        };
        let reason = prize.fact.summary.clone();
        let answer = stage.person_choice(person);
        let mut ask = Ask::new(prize.fact, "award-in", prompt, answer, wrong, reason);
        ask.level = level(stage, prize, 0);
        out.extend(ask.finish(stage));
    }
}

/// "From which film is the song \"Moon River\", which won an Oscar?"
pub(super) fn song(stage: &Stage, out: &mut Vec<Question>) {
    let songs = stage
        .prizes
        .iter()
        .filter(|prize| prize.won && prize.category == "original-song");
    let songs: Vec<&Prize> = songs.collect();
    for prize in &songs {
        let (Some(part), Some(work)) = (prize.part, prize.work) else {
            continue;
        };
        let Some(answer) = stage.work_choice(work) else {
            continue;
        };
        if fame(stage, prize) < FAME_MIN {
            continue;
        }
        // "Flashdance... What a Feeling" names its film.
        if fold(part).contains(&fold(&answer.text)) {
            continue;
        }
        let near = |other: &&&Prize| {
            other.work != prize.work && (1..=YEARS_NEAR).contains(&other.year.abs_diff(prize.year))
        };
        let mut others: Vec<&&Prize> = songs.iter().filter(near).collect();
        others.sort_by_key(|other| other.year.abs_diff(prize.year));
        let wrong = others
            .iter()
            .filter_map(|other| stage.work_choice(other.work?));
        let wrong = wrong.take(8).collect();
        let seed = seed(&prize.fact.id, "award-song");
        let prompt = match turn(seed, 3) {
            0 => format!("Which film gave us the Oscar-winning song “{part}”?"),
            1 => format!("“{part}” won the Oscar for best song: from which film?"),
            _ => format!("In which film was the Oscar-winning “{part}” first heard?"),
        };
        let reason = format!("{} The song is “{part}”.", prize.fact.summary);
        let mut ask = Ask::new(prize.fact, "award-song", prompt, answer, wrong, reason);
        ask.level = level(stage, prize, 1);
        ask.about = vec![EntityRef::new(EntityKind::Work, work)];
        out.extend(ask.finish(stage));
    }
}
