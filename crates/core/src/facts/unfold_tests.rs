//! How records are unfolded, in a pack as someone would write it.

use crate::facts::{
    Difficulty, EntityKind, EntityRef, FactBase, FactKind, Pack, Pronoun, parse_pack,
};

const JAWS: &str = r#"{"id": "jaws-1975", "title": "Jaws", "year": 1975, "fame": 5, "page": "Jaws (film)",
    "directors": ["Steven Spielberg"], "writers": ["Peter Benchley", "Carl Gottlieb"], "composer": "John Williams",
    "cast": ["Roy Scheider = Martin Brody", "Robert Shaw = Quint", "Lorraine Gary", "Carl Gottlieb = Meadows / Jack"],
    "genres": ["thriller"], "based_on": {"title": "Jaws", "author": "Peter Benchley", "form": "novel"},
    "women": ["Lorraine Gary"], "unsure": ["Carl Gottlieb"], "plot": "A shark.", "emoji": "🦈"}"#;
const SOURCES: &str = r#"{"id": "wikipedia", "title": "Wikipedia", "url": "https://en.wikipedia.org/wiki/"},
    {"id": "academy", "title": "Academy Awards database", "url": "https://awardsdatabase.oscars.org"}"#;

fn pack(id: &str, more: &str) -> Pack {
    let text = format!(
        r#"{{"id":"{id}","title":"T","description":"D","licence":"CC0","attribution":"Us","sources":[{SOURCES}],{more}}}"#
    );
    parse_pack("p.json", &text).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn films(films: &[&str]) -> String {
    format!(r#""films":[{}]"#, films.join(","))
}

fn built(packs: Vec<Pack>) -> FactBase {
    FactBase::build(packs).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn name(base: &FactBase, kind: EntityKind, id: &str) -> String {
    let entity = base.entity(&EntityRef::new(kind, id));
    entity.unwrap_or_else(|| panic!("no {id}")).name.clone()
}

#[test]
fn a_film_becomes_facts() {
    let base = built(vec![pack("p", &films(&[JAWS]))]);
    let told: Vec<String> = base
        .facts()
        .map(|fact| {
            let level = format!("{:?}", fact.difficulty).to_lowercase();
            let asked = if fact.unasked.is_some() {
                ", unasked"
            } else {
                ""
            };
            format!("{} ({level}{asked}): {}", fact.id, fact.summary)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    let fact = base.fact("jaws-1975-roy-scheider").expect("told");
    assert_eq!(base.citation(fact), "Wikipedia, Jaws (film)");
    let address = base.citation_url(fact);
    assert_eq!(
        address.as_deref(),
        Some("https://en.wikipedia.org/wiki/Jaws_(film)")
    );
    let jaws = base.entity(&EntityRef::new(EntityKind::Work, "jaws-1975"));
    let jaws = jaws.expect("made");
    assert_eq!(
        (jaws.fame, jaws.plot.as_deref()),
        (Some(5), Some("A shark."))
    );
    let pronoun = |id: &str| {
        let person = EntityRef::new(EntityKind::Person, id);
        base.entity(&person).and_then(|person| person.pronoun)
    };
    assert_eq!(pronoun("lorraine-gary"), Some(Pronoun::She));
    assert_eq!(pronoun("john-williams"), Some(Pronoun::He));
}

#[test]
fn an_award_becomes_a_fact() {
    let awards = r#""awards":[
        {"ceremony":45,"year":1972,"category":"actor","film":{"title":"The Godfather","year":1972},"people":["Marlon Brando"],"part":"Vito Corleone","won":true},
        {"ceremony":45,"year":1972,"category":"picture","film":{"title":"The Godfather","year":1972},"people":["Albert S. Ruddy"],"won":true},
        {"ceremony":42,"year":1969,"category":"song","film":{"title":"Songs","year":1969},"people":["A B","C D"]},
        {"ceremony":42,"year":1969,"category":"song","film":{"title":"Songs","year":1969},"people":["A B"]},
        {"ceremony":1,"year":1928,"category":"honorary","people":["Charles Chaplin"],"won":true}]"#;
    let base = built(vec![pack("p", awards)]);
    let told: Vec<String> = base
        .facts()
        .map(|fact| format!("{}: {} {}", fact.id, fact.summary, base.citation(fact)))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    let fact = base.facts().next().expect("told");
    let address = base.citation_url(fact);
    assert_eq!(
        address.as_deref(),
        Some("https://awardsdatabase.oscars.org")
    );
}

#[test]
fn records_join_what_packs_declare() {
    let declared = r#""people":[{"id":"roy-richard-scheider","name":"Roy Scheider","aliases":["Scheider"]}],
        "characters":[{"id":"brody","name":"Chief Brody"}],
        "works":[{"id":"jaws-1975","name":"Jaws (1975)","form":"film","year":1975}],
        "facts":[{"id":"f","kind":"cast","person":"roy-richard-scheider","character":"brody","work":"jaws-1975","status":"confirmed",
        "cites":[{"source":"wikipedia"}],"summary":"S.","topic":"cast","difficulty":"easy"}]"#;
    let base = built(vec![pack("a", &films(&[JAWS])), pack("b", declared)]);
    let fact = base.fact("jaws-1975-roy-richard-scheider").expect("told");
    assert!(
        matches!(&fact.kind, FactKind::Cast { character, billing: Some(1), .. } if character == "brody"),
        "{fact:?}"
    );
    assert_eq!(name(&base, EntityKind::Work, "jaws-1975"), "Jaws (1975)");
    let jaws = base.entity(&EntityRef::new(EntityKind::Work, "jaws-1975"));
    assert_eq!(jaws.and_then(|jaws| jaws.fame), Some(5));
    // Two packs with the same record: nothing is stated twice.
    let twice = built(vec![pack("a", &films(&[JAWS])), pack("b", &films(&[JAWS]))]);
    assert_eq!(
        twice.facts().count(),
        pack("a", &films(&[JAWS])).facts_count()
    );
}

/// A pack of films and one of awards know a film by its title and year only.
#[test]
fn records_of_a_film_that_is_declared_under_another_id_are_about_that_film() {
    let declared = r#""works":[{"id":"shark","name":"Jaws (1975)","form":"film","year":1975}],
        "facts":[{"id":"f","kind":"release","work":"shark","date":"1975","status":"confirmed",
        "cites":[{"source":"wikipedia"}],"summary":"S.","topic":"release","difficulty":"easy"}]"#;
    let award = r#""awards":[{"ceremony":48,"year":1975,"category":"picture","film":{"title":"Jaws","year":1975}}]"#;
    let later = JAWS.replace("1975", "2035");
    let packs = [
        ("d", declared),
        ("p", &films(&[JAWS, &later])),
        ("a", award),
    ];
    let base = built(packs.map(|(id, more)| pack(id, more)).into());
    let works = base.entities(EntityKind::Work);
    let works: Vec<&str> = works.map(|work| work.id.as_str()).collect();
    assert_eq!(works, ["jaws-2035", "shark"]);
}

#[test]
fn a_stated_part_is_found_by_another_spelling_of_the_actor() {
    let stated = r#""people":[{"id":"soren-malling","name":"Søren Malling"}],
        "characters":[{"id":"the-chief","name":"The Chief"}],
        "works":[{"id":"storm-1999","name":"Storm","form":"film","year":1999}],
        "facts":[{"id":"f","kind":"cast","person":"soren-malling","character":"the-chief","work":"storm-1999","status":"confirmed",
        "cites":[{"source":"wikipedia"}],"summary":"S.","topic":"cast","difficulty":"easy"}]"#;
    let film =
        r#"{"id":"storm-1999","title":"Storm","year":1999,"cast":["Soren Malling = Chief"]}"#;
    let base = built(vec![pack("a", stated), pack("b", &films(&[film]))]);
    let characters = base.entities(EntityKind::Character);
    let characters: Vec<&str> = characters.map(|it| it.id.as_str()).collect();
    assert_eq!(characters, ["the-chief"]);
}

#[test]
fn shared_names_are_distinguished() {
    let film = |title: &str, year: u16, series: &str| {
        format!(
            r#"{{"id":"{}-{year}","title":"{title}","year":{year},"cast":["Ann Ash = Jack","Bob Birch = The Fool"]{series}}}"#,
            title.to_lowercase()
        )
    };
    let of_series = r#","series":"Tales""#;
    let all = [
        film("Comet", 1950, ""),
        film("Comet", 1990, ""),
        film("Stone", 1960, of_series),
        film("Wood", 1970, of_series),
    ];
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let base = built(vec![pack("p", &films(&all))]);
    let works = base
        .entities(EntityKind::Work)
        .map(|work| work.name.as_str());
    assert_eq!(
        works.collect::<Vec<_>>(),
        ["Comet (1950)", "Comet (1990)", "Stone", "Wood"]
    );
    let mut characters: Vec<&str> = base
        .entities(EntityKind::Character)
        .map(|character| character.name.as_str())
        .collect();
    characters.sort_unstable();
    characters.dedup();
    assert_eq!(characters.len(), 6, "{characters:?}");
    assert!(characters.contains(&"Jack (Tales)"), "{characters:?}");
}

#[test]
fn all_faults_of_records_are_reported() {
    let text = format!(
        r#"{{"id":"p","title":"T","description":"D","sources":[{SOURCES}],"films":[
        {{"id":"Jaws","title":"","year":75,"fame":6,"source":"imdb","cast":["Ann = A","Ann = B",""],"emoji":"shark"}},
        {{"id":"x-1990","title":"X","year":1990,"stars":["Ann"]}}],
        "awards":[{{"ceremony":1,"year":1928,"category":"Best Actor"}}]}}"#
    );
    let faults = parse_pack("p.json", &text).expect_err("it has faults");
    let faults: Vec<String> = faults
        .iter()
        .map(|f| format!("{}: {:?}", f.path, f.flaw))
        .collect();
    insta::assert_snapshot!(faults.join("\n"));
}

#[test]
fn two_years_for_one_film_are_a_fault() {
    let other = JAWS.replacen("\"year\": 1975", "\"year\": 1976", 1);
    let faults = FactBase::build(vec![
        pack("a", &films(&[JAWS])),
        pack("b", &films(&[&other])),
    ]);
    let faults = faults.expect_err("the years differ");
    assert_eq!(faults.len(), 1);
    assert_eq!(
        (faults[0].file.as_str(), faults[0].path.as_str()),
        ("b", "films[0].year")
    );
}

#[test]
fn fame_and_billing_decide_the_difficulty() {
    use crate::facts::sheet::difficulty;
    use Difficulty::{Easy, Hard, Medium};
    let levels = |fame: Option<u8>| [1, 2, 3, 4, 5].map(|place| difficulty(fame, place));
    assert_eq!(levels(Some(5)), [Easy, Easy, Easy, Medium, Medium]);
    assert_eq!(levels(Some(4)), [Easy, Medium, Medium, Medium, Hard]);
    assert_eq!(levels(Some(3)), [Medium, Medium, Hard, Hard, Hard]);
    assert_eq!(levels(None), [Hard; 5]);
}
