//! The ids and summaries of facts made from records.

use super::film::{is_player, listed};
use super::model::Job;
use super::slug::slug;
use std::borrow::Cow;

/// A fact's id and its summary.
pub(super) struct FactText {
    pub(super) id: String,
    pub(super) summary: String,
}

/// How a film's facts name it.
#[derive(Clone, Copy)]
pub(super) struct FilmWording<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) year: u16,
}

/// A person's name and id.
pub(super) type NameAndId<'a> = (&'a str, &'a str);

/// The sentences with one stop each, also after a name such as "Hubert Selby Jr." or "Police Squad!"
pub(crate) fn one_stop(text: String) -> String {
    let mut stops = text.match_indices('.').map(|(at, _)| &text[..at]);
    let has_two = stops.any(|before| before.ends_with(['.', '!', '?']));
    if !has_two || text.contains("...") {
        return text;
    }
    text.replace("..", ".")
        .replace("!.", "!")
        .replace("?.", "?")
}

/// A series before "films": "Muppets" for "The Muppets".
pub(crate) fn bare_series(series: &str) -> &str {
    series.strip_prefix("The ").unwrap_or(series)
}

/// A series in a sentence: "the James Bond series", "the Marvel Cinematic Universe".
pub(crate) fn the_series(series: &str) -> String {
    let bare = bare_series(series);
    let says_so = ["Saga", "Trilogy", "Universe"];
    if says_so.iter().any(|word| bare.ends_with(word)) {
        format!("the {bare}")
    } else {
        format!("the {bare} series")
    }
}

/// A name without the brackets that tell it apart from the same name: "Steve McQueen" for "Steve
/// McQueen (director)".
pub(crate) fn bare_name(name: &str) -> &str {
    if !name.ends_with(')') {
        return name;
    }
    before_brackets(name)
}

/// A character inside a sentence: "the Joker" for "The Joker".
pub(crate) fn character_in_sentence(character: &str) -> Cow<'_, str> {
    match character.strip_prefix("The ") {
        Some(rest) => format!("the {rest}").into(),
        None => character.into(),
    }
}

/// A name without the remark that distinguishes it from its namesakes.
pub(super) fn before_brackets(name: &str) -> &str {
    let mut pairs = name.as_bytes().windows(2);
    let at = pairs.rposition(|pair| pair == b" (");
    at.map_or(name, |at| &name[..at])
}

impl FilmWording<'_> {
    fn text(self, id: &str, summary: String) -> FactText {
        FactText {
            id: format!("{}-{id}", self.id),
            summary: one_stop(summary),
        }
    }

    /// "Jaws (1975)".
    fn name(self) -> String {
        format!("{} ({})", self.title, self.year)
    }

    pub(super) fn release(self) -> FactText {
        let summary = format!("{} came out in {}.", self.title, self.year);
        self.text("release", summary)
    }

    pub(super) fn genre(self, genre: &str) -> FactText {
        let summary = format!("{} is listed under {genre}.", self.name());
        self.text(&format!("genre-{}", slug(genre)), summary)
    }

    pub(super) fn series(self, series: &str) -> FactText {
        let summary = format!("{} belongs to {}.", self.name(), the_series(series));
        self.text("series", summary)
    }

    pub(super) fn crew(self, (name, person): NameAndId<'_>, job: Job) -> FactText {
        let (did, field) = match job {
            Job::Composer => ("composed the score of", "composer"),
            Job::Director => ("directed", "director"),
            _ => ("wrote", "writer"),
        };
        let summary = format!("{} {did} {}.", bare_name(name), self.name());
        self.text(&format!("{field}-{person}"), summary)
    }

    pub(super) fn appearance(self, (name, person): NameAndId<'_>) -> FactText {
        self.text(
            person,
            format!("{} is in {}.", bare_name(name), self.name()),
        )
    }

    /// `number` counts one actor's parts, from 0.
    pub(super) fn part(self, (name, person): NameAndId<'_>, part: &str, number: usize) -> FactText {
        let part = character_in_sentence(part);
        let summary = format!("{} plays {part} in {}.", bare_name(name), self.name());
        match number {
            0 => self.text(person, summary),
            _ => self.text(&format!("{person}-{}", number + 1), summary),
        }
    }

    pub(super) fn based_on(
        self,
        title: &str,
        form: Option<&str>,
        author: Option<&str>,
    ) -> FactText {
        let by = author.map_or_else(String::new, |author| format!(" by {author}"));
        let original = match form {
            Some(form) if title == self.title => format!("the {form} of the same name"),
            Some(form) => format!("the {form} {title}"),
            None => title.to_owned(),
        };
        let summary = format!("{} is based on {original}{by}.", self.name());
        self.text("based-on", summary)
    }
}

/// The id of an award for a work, or for the first of the people it names.
pub(super) fn award_id(
    ceremony: u16,
    category: &str,
    work: Option<&str>,
    first: Option<&str>,
) -> String {
    let named = work.into_iter().chain(first).map(|id| format!("-{id}"));
    let named: String = named.collect();
    format!("oscar-{ceremony}-{}{named}", slug(category))
}

/// "Marlon Brando won the Oscar for best actor, in The Godfather (1972)." Films are given by title
/// and year.
pub(super) fn award_summary(
    category: &str,
    year: u16,
    film: Option<(&str, u16)>,
    people: &[&str],
    won: bool,
) -> String {
    let film = film.map(|(title, year)| format!("{title} ({year})"));
    let people: Vec<&str> = people.iter().map(|name| bare_name(name)).collect();
    let who = listed(&people);
    let (who, of) = match (people.is_empty() || category == "picture", film) {
        (true, Some(film)) => (film, String::new()),
        (_, Some(film)) if is_player(category) => (who, format!(", in {film}")),
        (_, Some(film)) => (who, format!(", for {film}")),
        (_, None) => (who, format!(" of {year}")),
    };
    let did = if won {
        "won"
    } else if people.len() > 1 && who != people[0] {
        "were nominated for"
    } else {
        "was nominated for"
    };
    format!("{who} {did} the Oscar for {}{of}.", award_name(category))
}

/// An award's category in a sentence: "best supporting actress".
#[must_use]
pub fn award_name(category: &str) -> String {
    match category {
        "screenplay" | "original-screenplay" => "best original screenplay".to_owned(),
        "score" => "best original score".to_owned(),
        "song" => "best original song".to_owned(),
        other => format!("best {}", other.replace('-', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{bare_name, character_in_sentence, one_stop, the_series};

    #[test]
    fn a_series_has_one_article_and_is_called_one_once() {
        assert_eq!(the_series("James Bond"), "the James Bond series");
        assert_eq!(the_series("The Muppets"), "the Muppets series");
        assert_eq!(
            the_series("Marvel Cinematic Universe"),
            "the Marvel Cinematic Universe"
        );
    }

    #[test]
    fn a_character_has_a_small_article_inside_a_sentence() {
        assert_eq!(character_in_sentence("The Joker"), "the Joker");
        assert_eq!(character_in_sentence("Theodora"), "Theodora");
    }

    #[test]
    fn a_sentence_leaves_out_what_tells_namesakes_apart() {
        assert_eq!(bare_name("Steve McQueen (director)"), "Steve McQueen");
        assert_eq!(bare_name("Steve McQueen"), "Steve McQueen");
    }

    #[test]
    fn a_sentence_ends_once() {
        let end = |text: &str| one_stop(text.to_owned());
        assert_eq!(end("By Hubert Selby Jr.."), "By Hubert Selby Jr.");
        assert_eq!(end("Based on Police Squad!."), "Based on Police Squad!");
    }
}
