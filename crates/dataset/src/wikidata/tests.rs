//! A query service result and a dump, both made here in the documented form.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::*;
use heat_core::bank::{self, Bank};
use heat_core::facts::{FactBase, parse_great_pack};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn filter(known_min: u32) -> Filter {
    Filter {
        known_min,
        years: 1900..=2030,
        languages: BTreeSet::new(),
    }
}

fn built(text: &str, filter: &Filter) -> Result<Built, BuildError> {
    build(|| Ok(text.as_bytes()), filter)
}

/// A row with these values; ids become addresses of items.
fn row(values: &[(&str, &str)]) -> Value {
    let cells = values.iter().map(|(variable, value)| {
        let is_item = value.starts_with('Q')
            && value[1..].chars().all(|c| c.is_ascii_digit())
            && !variable.ends_with("Label");
        let cell = if is_item {
            json!({"type": "uri", "value": format!("http://www.wikidata.org/entity/{value}")})
        } else {
            json!({"type": "literal", "xml:lang": "en", "value": value})
        };
        ((*variable).to_owned(), cell)
    });
    Value::Object(cells.collect())
}

fn result() -> String {
    let heat = [
        ("film", "Q47703"),
        ("filmLabel", "Heat"),
        ("date", "1995-12-15T00:00:00Z"),
        ("sitelinks", "61"),
    ];
    let with = |more: &[(&str, &str)]| row(&[&heat[..], more].concat());
    let rows = [
        with(&[
            ("director", "Q1"),
            ("directorLabel", "Michael Mann"),
            ("cast", "Q2"),
            ("castLabel", "Al Pacino"),
            ("role", "Q9"),
            ("roleLabel", "Vincent Hanna"),
            ("ordinal", "1"),
        ]),
        with(&[
            ("director", "Q1"),
            ("directorLabel", "Michael Mann"),
            ("cast", "Q3"),
            ("castLabel", "Amy \"Ames\" Brenneman"),
            ("castGender", "Q6581072"),
            ("ordinal", "2"),
        ]),
        with(&[
            ("date", "1996-02-01T00:00:00Z"),
            ("cast", "Q2"),
            ("castLabel", "Al Pacino"),
            ("genre", "Q10"),
            ("genreLabel", "crime film"),
        ]),
        with(&[
            ("cast", "Q4"),
            ("castLabel", "Q4"),
            ("basedOn", "Q11"),
            ("basedOnLabel", "A Novel"),
            ("author", "Q12"),
            ("authorLabel", "Somebody Else"),
        ]),
        row(&[
            ("film", "Q5"),
            ("filmLabel", "Q5"),
            ("date", "2001-01-01T00:00:00Z"),
            ("sitelinks", "50"),
        ]),
        row(&[
            ("film", "Q6"),
            ("filmLabel", "Small"),
            ("date", "2001-01-01T00:00:00Z"),
            ("sitelinks", "3"),
        ]),
        row(&[
            ("film", "Q7"),
            ("filmLabel", "No Date"),
            ("sitelinks", "30"),
        ]),
    ];
    json!({"head": {"vars": ["film"]}, "results": {"bindings": rows}}).to_string()
}

#[test]
fn a_result_of_the_query_service() {
    let built = built(&result(), &filter(20)).unwrap();
    let [heat] = built.pack.films.as_slice() else {
        panic!("{built:#?}");
    };
    assert_eq!(
        (heat.title.as_str(), heat.year, heat.fame),
        ("Heat", 1995, Some(4))
    );
    assert_eq!(heat.directors, ["Michael Mann"]);
    assert_eq!(
        heat.cast,
        ["Al Pacino = Vincent Hanna", "Amy \"Ames\" Brenneman"],
        "an id is no name"
    );
    assert_eq!(heat.women, ["Amy \"Ames\" Brenneman"]);
    assert_eq!(heat.genres, ["crime"]);
    let original = heat.based_on.as_ref().unwrap();
    assert_eq!(
        (original.title.as_str(), original.author.as_deref()),
        ("A Novel", Some("Somebody Else"))
    );
    let why: Vec<&str> = built.left_out.iter().map(|(why, _)| why.as_str()).collect();
    assert_eq!(
        why,
        [
            "films of other years",
            "films with articles in too few Wikipedias",
            "films without an English title that a pack can hold"
        ]
    );
    let text = serde_json::to_string(&built.pack).unwrap();
    let base = FactBase::build(vec![parse_great_pack("wikidata.json", &text).unwrap()]).unwrap();
    assert_eq!(bank::lint(&base, &Bank::build(&base)), []);
}

fn value(item: &str) -> Value {
    json!({"mainsnak": {"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": {"entity-type": "item", "id": item}}}, "type": "statement", "rank": "normal"})
}

fn time(moment: &str, rank: &str) -> Value {
    json!({"mainsnak": {"snaktype": "value", "datavalue": {"type": "time", "value": {"time": moment}}}, "type": "statement", "rank": rank})
}

fn entity(id: &str, name: &str, claims: &Value) -> Value {
    json!({"type": "item", "id": id, "labels": {"en": {"language": "en", "value": name}}, "claims": claims, "sitelinks": {}})
}

/// In a dump's own layout: brackets on lines of their own, people before and after the films.
fn dump() -> String {
    let player = |id: &str, role: &str| {
        let mut claim = value(id);
        claim["qualifiers"] = json!({"P453": [value(role)["mainsnak"]], "P1545": [{"datavalue": {"value": "1", "type": "string"}}]});
        claim
    };
    let mut nobody = value("Q4");
    nobody["mainsnak"] = json!({"snaktype": "somevalue"});
    let mut wrong = value("Q98");
    wrong["rank"] = json!("deprecated");
    let mut heat = entity(
        "Q47703",
        "Heat",
        &json!({"P31": [value("Q11424")], "P577": [time("+1995-12-15T00:00:00Z", "normal"), time("+1995-12-06T00:00:00Z", "normal"), time("+1990-01-01T00:00:00Z", "deprecated")],
            "P57": [value("Q1"), wrong], "P161": [value("Q3"), player("Q2", "Q9"), nobody], "P144": [value("Q11")], "P364": [value("Q1860")]}),
    );
    let sites = ["enwiki", "dewiki", "frwiki", "commonswiki", "enwikiquote"];
    heat["sitelinks"] = sites
        .iter()
        .map(|site| ((*site).to_owned(), json!({"title": "Heat"})))
        .collect();
    let adult = |mut film: Value| {
        film["claims"]["P136"] = json!([value("Q185529")]);
        film["id"] = json!("Q99");
        film
    };
    let mut lines = vec![
        entity("Q1", "Michael Mann", &json!([])),
        entity("Q12", "Somebody Else", &json!({})),
        heat.clone(),
        adult(heat),
        entity(
            "Q2",
            "Al Pacino",
            &json!({"P569": [time("+1940-04-25T00:00:00Z", "normal")]}),
        ),
        entity("Q3", "Amy Brenneman", &json!({"P21": [value("Q6581072")]})),
        entity("Q9", "Vincent Hanna", &json!([])),
        entity(
            "Q11",
            "A Novel",
            &json!({"P50": [value("Q12")], "P31": [value("Q8261")]}),
        ),
        entity("Q8261", "novel", &json!([])),
        entity("Q1860", "English", &json!([])),
    ];
    lines[0]["sitelinks"] = json!([]);
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

#[test]
fn a_dump() {
    let built = built(&dump(), &filter(3)).unwrap();
    let [heat] = built.pack.films.as_slice() else {
        panic!("{built:#?}");
    };
    assert_eq!(
        (heat.year, heat.directors.as_slice()),
        (1995, &["Michael Mann".to_owned()][..])
    );
    assert_eq!(heat.cast, ["Al Pacino = Vincent Hanna", "Amy Brenneman"]);
    assert_eq!(heat.women, ["Amy Brenneman"]);
    let original = heat.based_on.as_ref().unwrap();
    assert_eq!(
        (original.author.as_deref(), original.form.as_deref()),
        (Some("Somebody Else"), Some("novel"))
    );
    assert_eq!(built.left_out, [("adult films".to_owned(), 1)]);
}

#[test]
fn films_are_chosen_by_language() {
    let speaking = |language: &str| Filter {
        languages: BTreeSet::from([language.to_owned()]),
        ..filter(3)
    };
    assert_eq!(
        built(&dump(), &speaking("english"))
            .unwrap()
            .pack
            .films
            .len(),
        1
    );
    assert!(matches!(
        built(&dump(), &speaking("french")),
        Err(BuildError::Nothing)
    ));
    // Commons and Wikiquote are not Wikipedias.
    assert!(matches!(
        built(&dump(), &filter(4)),
        Err(BuildError::Nothing)
    ));
}

#[test]
fn a_fault_names_its_line() {
    let cut = dump().replace("\"Q11\"", "Q11");
    let error = built(&cut, &filter(3)).unwrap_err().to_string();
    assert!(
        error.starts_with("the Wikidata file, line 4: this is not a Wikidata entity"),
        "{error}"
    );
    let error = built("title,year\n", &filter(3)).unwrap_err().to_string();
    assert!(error.contains("this is not Wikidata JSON"), "{error}");
    let error = built("{\"error\": 1}", &filter(3)).unwrap_err().to_string();
    assert!(error.contains("it has no \"results\""), "{error}");
}
