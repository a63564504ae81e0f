//! What a typed name finds.

use super::fixture::base;
use super::{CastIndex, Closeness, Found, Profile, Role};
use crate::facts::{EntityKind, EntityRef, FactBase, parse_pack};
use proptest::prelude::*;
use std::sync::OnceLock;

fn index() -> &'static CastIndex {
    static INDEX: OnceLock<CastIndex> = OnceLock::new();
    INDEX.get_or_init(|| CastIndex::build(&base()))
}

/// Writes what was found as "One Exact character:vincent-hanna", one table cell.
fn found(typed: &str) -> String {
    let list = |hits: &[super::Hit]| {
        let names: Vec<String> = hits.iter().map(|hit| hit.entity.to_string()).collect();
        names.join(" ")
    };
    match index().find(typed) {
        Found::One(hit) => format!("One {:?} {}", hit.closeness, hit.entity),
        Found::Several(hits) => format!("Several {}", list(&hits)),
        Found::Near(hits) => format!("Near {}", list(&hits)),
        Found::Nothing => "Nothing".to_owned(),
    }
}

#[test]
fn finds_names_through_the_ways_people_type_them() {
    let table = [
        ("Vincent Hanna", "One Exact character:vincent-hanna"),
        ("  vincent   HANNA ", "One Exact character:vincent-hanna"),
        (
            "character:vincent-hanna",
            "One Exact character:vincent-hanna",
        ),
        ("penelope cruz", "One Exact person:penelope-cruz"),
        ("insider", "One Exact work:the-insider"),
        ("The Insider", "One Exact work:the-insider"),
        ("l a takedown", "One Exact work:la-takedown"),
        ("daniel ohaco", "One Exact person:daniel-ohaco"),
        ("HEAT", "One Exact work:heat-1995"),
        ("Heat (1995)", "One Alias work:heat-1995"),
        ("Heat II (novel)", "One Exact work:heat-2-novel"),
        ("Heat 2", "Several work:heat-2-film work:heat-2-novel"),
        ("heat ii", "Several work:heat-2-film work:heat-2-novel"),
        ("Pacino", "One Alias person:al-pacino"),
        ("de niro", "One Alias person:robert-de-niro"),
        // A name beats an alias: the character Trejo, and not the actor, is called just that.
        ("trejo", "One Exact character:trejo"),
        (
            "hanna",
            "Several character:vincent-hanna character:justine-hanna",
        ),
        ("vinc", "One Prefix character:vincent-hanna"),
        ("takedown", "One Prefix work:la-takedown"),
        // Typos.
        ("vincent hana", "Near character:vincent-hanna"),
        ("mcauley", "Near character:neil-mccauley"),
        ("Shiherliss", "Near character:chris-shiherlis"),
        ("al pachino", "Near person:al-pacino"),
        ("pacino al", "Near person:al-pacino"),
        ("Robert DeNiro", "Near person:robert-de-niro"),
        ("neil mc cauley", "Near character:neil-mccauley"),
        ("vincnet han", "Near character:vincent-hanna"),
        // A typo that fits two is offered, never picked.
        (
            "hana",
            "Near character:vincent-hanna character:justine-hanna",
        ),
        // In short words every letter counts.
        ("mqn", "Nothing"),
        ("qwertyuiop", "Nothing"),
        ("", "Nothing"),
        (" \u{200b}*** ", "Nothing"),
        ("character:nobody", "Nothing"),
        ("organisation:amazon-mgm", "Nothing"),
        ("';DROP TABLE--", "Nothing"),
    ];
    for (typed, expected) in table {
        assert_eq!(found(typed), expected, "typed {typed:?}");
    }
}

#[test]
fn an_exact_name_also_offers_longer_names() {
    let hits = index().search("heat", 10);
    let names: Vec<&str> = hits.iter().map(|hit| hit.name.as_str()).collect();
    assert_eq!(names, ["Heat", "Heat 2 (planned film)", "Heat 2 (novel)"]);
    assert_eq!(hits[0].closeness, Closeness::Exact);
    assert_eq!(hits[1].closeness, Closeness::Prefix);
}

#[test]
fn suggests_leading_characters_before_anything_is_typed() {
    let hits = index().suggest("");
    assert!(hits.len() <= 25);
    assert_eq!(hits[0].name, "Vincent Hanna");
    assert!(hits.iter().any(|hit| hit.name == "Al Pacino"));
    assert_eq!(index().suggest("de ni")[0].name, "Robert De Niro");
}

/// Two films of one star; the less known one came first.
fn films() -> FactBase {
    let cast: Vec<String> = (1..=12).map(|n| format!("\"Player {n}\"")).collect();
    let text = format!(
        r#"{{"id":"p","title":"P","description":"D","sources":[
        {{"id":"wikipedia","title":"Wikipedia","url":"https://en.wikipedia.org/wiki/"}},
        {{"id":"academy","title":"Academy Awards database","url":"https://awardsdatabase.oscars.org"}}],
        "films":[
        {{"id":"comet-1990","title":"Comet","year":1990,"fame":2,"page":"Comet","directors":["Dee Dale"],
          "cast":["Player 1 = Kit Kay"],"genres":["drama"]}},
        {{"id":"stone-1999","title":"Stone","year":1999,"fame":5,"page":"Stone","directors":["Dee Dale"],
          "writers":["Will Wood"],"cast":[{}],"genres":["drama"]}}],
        "awards":[
        {{"ceremony":72,"year":1999,"category":"actor","film":{{"title":"Stone","year":1999}},"people":["Player 3"]}},
        {{"ceremony":72,"year":1999,"category":"director","film":{{"title":"Stone","year":1999}},"people":["Dee Dale"],"won":true}},
        {{"ceremony":72,"year":1999,"category":"picture","film":{{"title":"Stone","year":1999}},"people":[],"won":true}}]}}"#,
        cast.join(",")
    );
    let pack = parse_pack("p.json", &text).unwrap_or_else(|faults| panic!("{faults:?}"));
    FactBase::build(vec![pack]).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// What a page lists, in short.
fn listed(profile: &Profile) -> Vec<String> {
    let credits = profile.credits.iter().map(|credit| {
        let role = match &credit.role {
            Role::Cast { person, .. } | Role::Appearance { person } => person.is.name.clone(),
            Role::Crew { person, job } => format!("{job:?} {}", person.is.name),
            Role::Award { category, won, .. } => format!("{category} {won}"),
            Role::Release { .. } => "release".to_owned(),
            Role::Company { .. } => "company".to_owned(),
        };
        (credit.work.is.id.clone(), role)
    });
    credits
        .map(|(work, role)| format!("{work} {role}"))
        .collect()
}

#[test]
fn a_film_lists_its_director_leads_awards_and_then_the_rest() {
    let base = films();
    let index = CastIndex::build(&base);
    let stone = EntityRef::new(EntityKind::Work, "stone-1999");
    let profile = index.profile(&base, &stone).expect("it is known");
    let mut expected = vec!["Director Dee Dale".to_owned()];
    expected.extend((1..=10).map(|n| format!("Player {n}")));
    expected.extend(["picture true", "director true", "actor false"].map(str::to_owned));
    expected.extend(["Player 11", "Player 12", "Writer Will Wood", "release"].map(str::to_owned));
    let expected: Vec<String> = expected
        .iter()
        .map(|of| format!("stone-1999 {of}"))
        .collect();
    assert_eq!(listed(&profile), expected);
}

#[test]
fn people_are_listed_with_their_best_known_films_first() {
    let base = films();
    let index = CastIndex::build(&base);
    let page = |person: &str| {
        let person = EntityRef::new(EntityKind::Person, person);
        listed(&index.profile(&base, &person).expect("they are known"))
    };
    assert_eq!(
        page("player-1"),
        ["stone-1999 Player 1", "comet-1990 Player 1"]
    );
    // A person's page lists prizes, not nominations.
    assert_eq!(
        page("dee-dale"),
        [
            "stone-1999 Director Dee Dale",
            "stone-1999 director true",
            "comet-1990 Director Dee Dale"
        ]
    );
    assert_eq!(page("player-3"), ["stone-1999 Player 3"]);
}

#[test]
fn the_news_index_has_companies_but_only_what_is_in_the_news() {
    let news = CastIndex::of_news(&base());
    assert!(matches!(news.find("amazon mgm"), Found::One(_)));
    assert_eq!(news.find("Danny Trejo"), Found::Nothing);
}

#[test]
fn every_name_and_alias_finds_its_entity_among_thousands() {
    let words = [
        "al", "ann", "heat", "hanna", "mc", "van", "neil", "ii", "the", "o'", "zant",
    ];
    let mut people = Vec::new();
    for a in words {
        for b in words {
            for c in words {
                people.push(format!(
                    r#"{{"id":"p{}","name":"{a} {b}-{c} {}"}}"#,
                    people.len(),
                    people.len()
                ));
            }
        }
    }
    let text = format!(
        r#"{{"id":"many","title":"Many","description":"Many.","people":[{}],
        "sources":[{{"id":"s","title":"A source"}}],
        "facts":[{{"id":"f","kind":"theme","status":"confirmed","cites":[{{"source":"s"}}],
        "summary":"There are many.","topic":"career","difficulty":"hard"}}]}}"#,
        people.join(",")
    );
    let pack = parse_pack("many.json", &text).expect("sound");
    let many = FactBase::build(vec![pack]).expect("no clash");
    let index = CastIndex::build(&many);
    for person in many.entities(crate::facts::EntityKind::Person) {
        let Found::One(hit) = index.find(&person.name) else {
            panic!("{} is not found as itself", person.name);
        };
        assert_eq!(hit.entity.id, person.id);
    }
}

proptest! {
    #[test]
    fn hostile_input_never_panics_and_keeps_the_order(typed in "\\PC{0,300}", limit in 0_usize..30) {
        let hits = index().search(&typed, limit);
        prop_assert!(hits.len() <= limit.max(1));
        prop_assert!(hits.is_sorted_by_key(|hit| hit.closeness));
        let mut seen: Vec<&EntityRef> = hits.iter().map(|hit| &hit.entity).collect();
        seen.sort();
        seen.dedup();
        prop_assert_eq!(seen.len(), hits.len());
        prop_assert_eq!(index().search(&typed, limit), hits);
    }
}
