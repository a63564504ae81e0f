//! A small fact base for the tests of lookups and news.

use crate::facts::{FactBase, parse_pack};

const PACK: &str = r#"{
  "id": "heat-2", "title": "Small", "description": "A pack for tests.",
  "sources": [
    {"id": "article", "title": "the supplied Heat 2 article"},
    {"id": "wiki", "title": "Wikipedia, Heat (1995 film)", "url": "https://en.wikipedia.org/wiki/Heat_(1995_film)"},
    {"id": "takedown", "title": "Wikipedia, L.A. Takedown", "url": "https://en.wikipedia.org/wiki/L.A._Takedown"}
  ],
  "people": [
    {"id": "al-pacino", "name": "Al Pacino", "aliases": ["Pacino"]},
    {"id": "scott-plank", "name": "Scott Plank"},
    {"id": "christian-bale", "name": "Christian Bale", "aliases": ["Bale"]},
    {"id": "leonardo-dicaprio", "name": "Leonardo DiCaprio", "aliases": ["DiCaprio"]},
    {"id": "robert-de-niro", "name": "Robert De Niro", "aliases": ["De Niro", "Bobby De Niro"]},
    {"id": "stephen-graham", "name": "Stephen Graham"},
    {"id": "danny-trejo", "name": "Danny Trejo", "aliases": ["Trejo"]},
    {"id": "penelope-cruz", "name": "Penélope Cruz"},
    {"id": "michael-mann", "name": "Michael Mann", "aliases": ["Mann"]},
    {"id": "daniel-ohaco", "name": "Daniel O'Haco"},
    {"id": "hostile", "name": "**Bob** @everyone [x](http://evil.example) `"}
  ],
  "characters": [
    {"id": "vincent-hanna", "name": "Vincent Hanna", "aliases": ["Lieutenant Hanna"], "note": "Robbery-homicide lieutenant of the Los Angeles police."},
    {"id": "justine-hanna", "name": "Justine Hanna"},
    {"id": "neil-mccauley", "name": "Neil McCauley", "aliases": ["McCauley"]},
    {"id": "chris-shiherlis", "name": "Chris Shiherlis", "aliases": ["Shiherlis"]},
    {"id": "trejo", "name": "Trejo"},
    {"id": "otis-wardell", "name": "Otis Wardell"}
  ],
  "works": [
    {"id": "heat-1995", "name": "Heat", "aliases": ["Heat 1995"], "form": "film", "year": 1995},
    {"id": "heat-2-novel", "name": "Heat 2 (novel)", "form": "novel", "year": 2022},
    {"id": "heat-2-film", "name": "Heat 2 (planned film)", "form": "planned film"},
    {"id": "la-takedown", "name": "L.A. Takedown", "form": "television film", "year": 1989},
    {"id": "ferrari", "name": "Ferrari", "form": "film", "year": 2023},
    {"id": "the-insider", "name": "The Insider", "form": "film", "year": 1999}
  ],
  "organisations": [{"id": "amazon-mgm", "name": "Amazon MGM"}],
  "facts": [
    {"id": "plank-hanna", "kind": "cast", "person": "scott-plank", "character": "vincent-hanna", "work": "la-takedown", "status": "confirmed", "cites": [{"source": "takedown"}], "summary": "Scott Plank was the first Vincent Hanna.", "topic": "cast", "difficulty": "hard"},
    {"id": "pacino-hanna", "kind": "cast", "person": "al-pacino", "character": "vincent-hanna", "work": "heat-1995", "status": "confirmed", "cites": [{"source": "article", "paragraph": 4, "sentence": 2}], "summary": "Al Pacino was the Hanna of 1995.", "topic": "cast", "difficulty": "easy"},
    {"id": "pacino-hanna-again", "kind": "cast", "person": "al-pacino", "character": "vincent-hanna", "work": "heat-1995", "status": "confirmed", "cites": [{"source": "wiki"}], "summary": "Al Pacino plays Lieutenant Vincent Hanna.", "topic": "cast", "difficulty": "easy"},
    {"id": "bale-hanna", "kind": "cast", "person": "christian-bale", "character": "vincent-hanna", "work": "heat-2-film", "status": "reported", "cites": [{"source": "article", "paragraph": 3, "sentence": 1}], "summary": "Christian Bale is named as the new Vincent Hanna.", "topic": "casting", "difficulty": "easy", "news": "casting", "caveats": ["not-final"]},
    {"id": "dicaprio-shiherlis", "kind": "cast", "person": "leonardo-dicaprio", "character": "chris-shiherlis", "work": "heat-2-film", "status": "reported", "cites": [{"source": "article", "paragraph": 3, "sentence": 1}], "summary": "Leonardo DiCaprio is named as the new Chris Shiherlis.", "topic": "casting", "difficulty": "easy", "news": "casting", "caveats": ["not-final"]},
    {"id": "graham-mccauley", "kind": "cast", "person": "stephen-graham", "character": "neil-mccauley", "work": "heat-2-film", "status": "in-talks", "cites": [{"source": "article", "paragraph": 6, "sentence": 4}], "summary": "Stephen Graham is discussing playing McCauley.", "topic": "casting", "difficulty": "medium", "news": "casting"},
    {"id": "de-niro-mccauley", "kind": "cast", "person": "robert-de-niro", "character": "neil-mccauley", "work": "heat-1995", "status": "confirmed", "cites": [{"source": "wiki"}], "summary": "Robert De Niro plays Neil McCauley.", "topic": "cast", "difficulty": "easy"},
    {"id": "trejo-trejo", "kind": "cast", "person": "danny-trejo", "character": "trejo", "work": "heat-1995", "status": "confirmed", "cites": [{"source": "wiki"}], "summary": "Danny Trejo plays Trejo.", "topic": "cast", "difficulty": "medium"},
    {"id": "mann-heat", "kind": "crew", "person": "michael-mann", "job": "director", "work": "heat-1995", "status": "confirmed", "cites": [{"source": "wiki"}], "summary": "Michael Mann directed Heat.", "topic": "crew", "difficulty": "easy"},
    {"id": "heat-release", "kind": "release", "work": "heat-1995", "date": "1995-12-15", "status": "confirmed", "cites": [{"source": "wiki"}], "summary": "Heat opened in American cinemas on 15 December 1995.", "topic": "release", "difficulty": "easy"},
    {"id": "not-final", "kind": "statement", "about": ["organisation:amazon-mgm", "person:christian-bale", "person:leonardo-dicaprio"], "status": "unfinalised", "cites": [{"source": "article", "paragraph": 4, "sentence": 5}], "summary": "Amazon MGM told TheWrap that the contracts were still open.", "topic": "studio", "difficulty": "medium", "news": "studio"},
    {"id": "year-of-talks", "kind": "deal", "work": "heat-2-film", "people": ["leonardo-dicaprio", "christian-bale"], "organisation": "amazon-mgm", "status": "reported", "as_of": "a year", "cites": [{"source": "article", "paragraph": 2, "sentence": 3}, {"source": "article", "paragraph": 4, "sentence": 3}], "summary": "Amazon MGM is said to have bargained for a year over the two actors' contracts.", "topic": "studio", "difficulty": "medium", "news": "studio", "caveats": ["not-final"]},
    {"id": "november", "kind": "event", "about": ["work:heat-2-film"], "status": "reported", "as_of": "November 2026", "cites": [{"source": "article", "paragraph": 12, "sentence": 5}], "summary": "Cameras are reported to roll in November 2026.", "topic": "production", "difficulty": "medium", "news": "production", "caveats": ["august"]},
    {"id": "august", "kind": "event", "about": ["work:heat-2-film", "person:michael-mann"], "status": "reported", "as_of": "August 2026", "cites": [{"source": "wiki"}], "summary": "Earlier, Mann had named 3 August 2026 as the planned start.", "topic": "production", "difficulty": "hard", "news": "production", "unasked": "sources differ"},
    {"id": "novel-2022", "kind": "release", "work": "heat-2-novel", "date": "2022", "status": "confirmed", "cites": [{"source": "article", "paragraph": 5, "sentence": 2}], "summary": "Mann published Heat 2 as a novel in 2022.", "topic": "novel", "difficulty": "easy", "news": "novel"},
    {"id": "novel-2022-again", "kind": "release", "work": "heat-2-novel", "date": "2022", "status": "confirmed", "cites": [{"source": "wiki"}], "summary": "The novel came out in 2022.", "topic": "novel", "difficulty": "easy", "news": "novel"},
    {"id": "charlene-rumour", "kind": "event", "about": ["work:heat-2-film"], "status": "rumoured", "cites": [{"source": "article", "paragraph": 13, "sentence": 3}], "summary": "Rumours keep linking unnamed actresses with the part of Charlene.", "topic": "casting", "difficulty": "hard", "news": "casting"},
    {"id": "good-script", "kind": "theme", "about": ["person:leonardo-dicaprio"], "status": "opinion", "cites": [{"source": "article", "paragraph": 3, "sentence": 8}], "summary": "The script must be unusually good if DiCaprio wants to be in it.", "topic": "casting", "difficulty": "medium", "news": "analysis"},
    {"id": "wardell-villain", "kind": "theme", "about": ["character:otis-wardell", "work:heat-2-novel"], "status": "confirmed", "cites": [{"source": "article", "paragraph": 9, "sentence": 4}], "summary": "Wardell is the antagonist.", "topic": "story", "difficulty": "medium"},
    {"id": "hostile-hanna", "kind": "cast", "person": "hostile", "character": "justine-hanna", "work": "la-takedown", "status": "confirmed", "cites": [{"source": "takedown"}], "summary": "A test.", "topic": "cast", "difficulty": "hard"}
  ]
}"#;

/// The small pack, built.
///
/// # Panics
/// Never: a test of this crate builds it.
#[must_use]
pub fn base() -> FactBase {
    let pack = parse_pack("small.json", PACK).expect("the pack of the tests is sound");
    FactBase::build(vec![pack]).expect("one sound pack clashes with nothing")
}
