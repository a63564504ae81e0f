//! What a film was based on, and who wrote it.

use super::ask::Ask;
use super::film_index::{Credit, Film, FilmIndex, FilmNo, PersonNo};
use super::series::shares_word;
use crate::bank::draft::Choice;
use crate::bank::index::harder;
use crate::bank::question::Question;
use crate::bank::seed::{scattered, seed, turn};
use crate::bank::wording::title;
use crate::facts::{EntityId, Fact, FactKind, fold, listed};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

const FAME_MIN: u8 = 3;
/// The least fame of a film whose author has no other film here.
const FAME_MIN_ONE: u8 = 4;
/// From this many films on, everybody knows the author of a series.
const SERIES_PLAIN: usize = 3;

/// A film's original.
struct Source<'a> {
    film: FilmNo,
    fact: &'a Fact,
    title: &'a str,
    /// The title, folded.
    folded: String,
    authors: &'a [EntityId],
    /// The author, if there is only one.
    author: Option<PersonNo>,
    /// "novel", or "work" if its form is not known.
    form: &'a str,
    /// The [kind](author_kind) of its author.
    kind: u8,
}

fn sources<'a>(film_index: &FilmIndex<'_, 'a>) -> Vec<Source<'a>> {
    let films = film_index.numbered().filter_map(|(number, film)| {
        let fact = film.original?;
        let FactKind::BasedOn {
            title,
            authors,
            form,
            ..
        } = &fact.kind
        else {
            return None;
        };
        let form = form.as_deref().unwrap_or("work");
        Some(Source {
            film: number,
            fact,
            title,
            folded: fold(title),
            authors,
            author: match authors.as_slice() {
                [author] => film_index.person_named(author),
                _ => None,
            },
            form,
            kind: author_kind(form),
        })
    });
    films.collect()
}

/// "Who wrote the novel that Jaws is based on?"
pub(super) fn whose(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let sources = sources(film_index);
    let mut told: HashSet<(PersonNo, &str)> = HashSet::new();
    for source in &sources {
        let [author] = source.authors else {
            continue;
        };
        let Some(author) = film_index.person_named(author) else {
            continue;
        };
        if !film_index.asks(source.fact) {
            continue;
        }
        let film = film_index.film(source.film);
        if !is_known(film_index, film, author) {
            continue;
        }
        // Once is enough for all of Harry Potter.
        let is_told = |series| !told.insert((author, series));
        if film_index.series_of(source.film).is_some_and(is_told) {
            continue;
        }
        let seed = seed(film.id, "based-whose");
        let wrong = authors_near(film_index, &sources, source, author, seed);
        let (shown, form) = (film_index.shown(source.film), with_article(source.form));
        let bare = source.form;
        let prompt = match turn(seed, 3) {
            0 => format!("Who wrote the {bare} that {shown} is based on?"),
            1 => format!("Whose {bare} became the film {shown}?"),
            _ => format!("{shown} is based on {form} by which author?"),
        };
        let answer = film_index.person_choice(author);
        let wrong = film_index.person_choices(&wrong);
        let reason = source.fact.summary.clone();
        let mut ask = Ask::new(source.fact, "based-whose", prompt, answer, wrong, reason);
        // The author of one filmed book is less known than the film.
        if film_index.person(author).filmed < 2 {
            ask.level = harder(source.fact.difficulty);
        }
        out.extend(ask.finish(film_index));
    }
}

/// Whether enough people know the film, or know the author from other films.
fn is_known(film_index: &FilmIndex, film: &Film, author: PersonNo) -> bool {
    let has_others = film_index.person(author).filmed > 1;
    film.fame >= if has_others { FAME_MIN } else { FAME_MIN_ONE }
}

/// "a novel", "an article".
fn with_article(form: &str) -> String {
    let article = if form.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {form}")
}

/// The kind of author a form has: nobody mistakes a novelist for a comic's writer.
fn author_kind(form: &str) -> u8 {
    match form {
        "comic" => 0,
        "play" | "musical" => 1,
        "memoir" | "non-fiction book" | "article" => 2,
        "fairy tale" | "poem" => 3,
        _ => 4,
    }
}

/// Other authors of similar works that were filmed at about the same time.
fn authors_near(
    film_index: &FilmIndex,
    sources: &[Source],
    source: &Source,
    author: PersonNo,
    seed: u64,
) -> Vec<PersonNo> {
    let own = film_index.film_brief(source.film);
    let all = scattered(sources.len(), seed).map(|n| &sources[n]);
    let near = (0..).zip(all).filter_map(|(place, other)| {
        let number = other.author?;
        let fits = number != author
            && film_index.name(number) != film_index.name(author)
            && !film_index.is_linked(number, source.film);
        let strange = other.kind != source.kind;
        let film = film_index.film_brief(other.film);
        let apart = film.year.abs_diff(own.year) / 15;
        let fame = film.fame.abs_diff(own.fame);
        fits.then_some((
            (strange, apart, !film.shares_genre(own), fame, place),
            number,
        ))
    });
    let mut near: Vec<_> = near.collect();
    // These few usually include enough different authors, so the rest need no sorting.
    let mut sorted = SORTED_FIRST.min(near.len());
    loop {
        if sorted < near.len() {
            near.select_nth_unstable(sorted);
        }
        near[..sorted].sort_unstable();
        let mut others: Vec<PersonNo> = Vec::new();
        for (_, number) in &near[..sorted] {
            if !others.contains(number) {
                others.push(*number);
            }
        }
        others.truncate(AUTHORS_MAX);
        if others.len() == AUTHORS_MAX || sorted == near.len() {
            return others;
        }
        sorted = near.len();
    }
}

/// How many authors are proposed as wrong answers, and how many of the nearest are sorted to find
/// them.
const AUTHORS_MAX: usize = 9;
const SORTED_FIRST: usize = 64;

/// "Which of these films is based on a novel by Stephen King?": only of authors with other films
/// here. Nobody can know who wrote one little-read book from a list of films.
pub(super) fn which_film(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let sources = sources(film_index);
    let of_series = |source: &Source| Some((source.author?, film_index.series_of(source.film)?));
    let mut filmed: HashMap<(PersonNo, &str), usize> = HashMap::new();
    for series in sources.iter().filter_map(of_series) {
        *filmed.entry(series).or_default() += 1;
    }
    for source in &sources {
        let [author] = source.authors else {
            continue;
        };
        let Some(author) = film_index.person_named(author) else {
            continue;
        };
        let film = film_index.film(source.film);
        let has_others = film_index.person(author).filmed > 1;
        // The title of a long series says whose it is.
        let is_plain = of_series(source).is_some_and(|series| filmed[&series] >= SERIES_PLAIN);
        if !film_index.asks(source.fact) || !has_others || is_plain || film.fame < FAME_MIN {
            continue;
        }
        let seed = seed(film.id, "based-film");
        // The author of one may have written another that is not recorded here. So only films based
        // on someone else's work, or on none, will do.
        let fits = |other: FilmNo| {
            !film_index.is_linked(author, other)
                && !same_title(&source.folded, &film_index.film(other).folded)
        };
        let wrong = film_index.films_near(source.film, seed, fits);
        let (name, form) = (film_index.name(author), with_article(source.form));
        let prompt = match turn(seed, 2) {
            0 => format!("Which of these films is based on {form} by {name}?"),
            _ => format!("Which of these films was made from {form} by {name}?"),
        };
        let answer = film_index.film_choice(source.film);
        let wrong = film_index.film_choices(&wrong);
        let reason = source.fact.summary.clone();
        let ask = Ask::new(source.fact, "based-film", prompt, answer, wrong, reason);
        out.extend(ask.finish(film_index));
    }
}

/// "Which of these films was made from the novel Rum Punch?": only if the titles differ.
pub(super) fn other_title(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let sources = sources(film_index);
    let shared = sharing(&sources);
    for (source, is_shared) in sources.iter().zip(shared) {
        let film = film_index.film(source.film);
        if same_letters(&source.folded, &film.folded)
            || is_hero(film, &source.folded)
            || !film_index.asks(source.fact)
            || film.fame < FAME_MIN
        {
            continue;
        }
        if is_shared {
            continue;
        }
        let seed = seed(film.id, "based-title");
        let fits = |other: FilmNo| film_index.film(other).original.is_some();
        let wrong = film_index.films_near(source.film, seed, fits);
        let by = source.authors.iter();
        let by: Vec<&str> = by
            .filter_map(|author| film_index.person_named(author))
            .map(|author| film_index.name(author))
            .collect();
        let by = match by.as_slice() {
            [] => String::new(),
            authors => format!(" by {}", listed(authors)),
        };
        let (title, form) = (source.title, source.form);
        // Among these: a classic has been filmed more often than any pack knows.
        let prompt = match turn(seed, 2) {
            _ if is_on_screen(form) => {
                format!("Which of these films is based on the {form} “{title}”{by}?")
            }
            0 => format!("Which of these films was made from the {form} “{title}”{by}?"),
            _ => format!("The {form} “{title}”{by} became which of these films?"),
        };
        let answer = film_index.film_choice(source.film);
        let wrong: Vec<Choice> = film_index.film_choices(&wrong);
        let reason = source.fact.summary.clone();
        let mut ask = Ask::new(source.fact, "based-title", prompt, answer, wrong, reason);
        ask.level = harder(source.fact.difficulty);
        out.extend(ask.finish(film_index));
        if !shares_word(source.title, film.title) {
            out.extend(its_title(film_index, source, &sources));
        }
    }
}

/// "Blade Runner is based on which novel?"
fn its_title(film_index: &FilmIndex, source: &Source, sources: &[Source]) -> Option<Question> {
    let film = film_index.film(source.film);
    let seed = seed(film.id, "based-what");
    let near = scattered(sources.len(), seed).map(|n| &sources[n]);
    let near = near.filter(|other| {
        other.form == source.form
            && film_index.film(other.film).year.abs_diff(film.year) <= 20
            && !same_title(&other.folded, &film_index.film(other.film).folded)
            && !same_title(&other.folded, &source.folded)
    });
    let wrong = near
        .take(6)
        .map(|other| Choice::plain(other.title))
        .collect();
    let (shown, form) = (film_index.shown(source.film), source.form);
    let prompt = if is_on_screen(form) || turn(seed, 2) == 0 {
        format!("{shown} is based on which {form}?")
    } else {
        format!("Which {form} was turned into {shown}?")
    };
    let reason = source.fact.summary.clone();
    let mut ask = Ask::new(
        source.fact,
        "based-what",
        prompt,
        Choice::plain(source.title),
        wrong,
        reason,
    );
    ask.level = harder(source.fact.difficulty);
    ask.finish(film_index)
}

/// For each original, whether its title contains another film's title or is contained in one. It
/// looks up every part of a title, a few hundred steps, instead of comparing it to every other.
fn sharing(sources: &[Source]) -> Vec<bool> {
    let mut titled: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, source) in sources.iter().enumerate() {
        titled.entry(&source.folded).or_default().push(place);
    }
    let mut shared = vec![false; sources.len()];
    for (place, source) in sources.iter().enumerate() {
        let ends = || {
            source
                .folded
                .char_indices()
                .map(|(at, c)| at + c.len_utf8())
        };
        let starts = source.folded.char_indices().map(|(at, _)| at);
        for part in starts.flat_map(|from| {
            let ends = ends().filter(move |to| *to > from);
            ends.map(move |to| &source.folded[from..to])
        }) {
            for other in titled.get(part).into_iter().flatten() {
                if *other != place {
                    shared[*other] = true;
                    shared[place] = true;
                }
            }
        }
    }
    shared
}

/// Whether one folded title contains the other.
fn same_title(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}

/// The same for titles that are only written differently: "M*A*S*H" folds to "m a s h", and "Traffik"
/// gives away "Traffic".
fn same_letters(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
        for letter in &mut letters {
            if *letter == 'k' {
                *letter = 'c';
            }
        }
        letters.dedup();
        String::from_iter(letters)
    };
    same_title(&letters(a), &letters(b))
}

/// Whether an original is called after someone in the film: everyone knows where "Wolverine" went.
fn is_hero(film: &Film, folded: &str) -> bool {
    let cast = film.cast.iter();
    let mut characters = cast.filter_map(Credit::character);
    characters.any(|character| fold(title(character)) == folded)
}

/// Whether the original is itself to be watched; "made from the film" would be odd.
fn is_on_screen(form: &str) -> bool {
    matches!(form, "film" | "series")
}
