//! Which facts a summary contains, and where.

use super::{Heading, Summary, Topic, summary};
use crate::cast::fixture::base;
use crate::facts::{EntityKind, EntityRef, FactBase, parse_pack};

/// Writes a summary as "Reported: bale-hanna dicaprio-shiherlis", one line per section.
fn lines(summary: &Summary) -> Vec<String> {
    let section = |section: &super::Section| {
        let ids: Vec<&str> = section.items.iter().map(|i| i.fact.id.as_str()).collect();
        let heading = match section.heading {
            Heading::Of(topic) => format!("{topic:?}"),
            Heading::From(voice) => format!("{voice:?}"),
        };
        format!("{heading}: {}", ids.join(" "))
    };
    summary.sections.iter().map(section).collect()
}

#[test]
fn separates_settled_reported_and_rumoured_facts() {
    let base = base();
    let casting = summary(&base, Topic::Casting, None);
    assert_eq!(
        lines(&casting),
        [
            "Reported: bale-hanna dicaprio-shiherlis",
            "Talks: graham-mccauley",
            "Rumour: charlene-rumour"
        ]
    );
    let analysis = summary(&base, Topic::Analysis, None);
    assert_eq!(lines(&analysis), ["Writer: good-script"]);
}

#[test]
fn headlines_go_from_casting_to_book_without_rumours_or_opinions() {
    let base = base();
    let headlines = summary(&base, Topic::Headlines, None);
    assert_eq!(
        lines(&headlines),
        [
            "Casting: bale-hanna dicaprio-shiherlis graham-mccauley",
            "Production: november august",
            "Studio: year-of-talks not-final",
            "Novel: novel-2022",
        ]
    );
}

/// A pack of opinions: the member asked for news, not for a page of opinions.
#[test]
fn at_most_eight_opinions_are_shown() {
    let facts = (0..12).map(|n| {
        format!(
            r#"{{"id":"o{n}","kind":"theme","status":"opinion","cites":[{{"source":"s"}}],
            "summary":"Opinion {n}.","topic":"studio","difficulty":"hard","news":"analysis"}}"#
        )
    });
    let facts: Vec<String> = facts.collect();
    let text = format!(
        r#"{{"id":"p","title":"P","description":"D","sources":[{{"id":"s","title":"S"}}],"facts":[{}]}}"#,
        facts.join(",")
    );
    let pack = parse_pack("p.json", &text).expect("a sound pack");
    let base = FactBase::build(vec![pack]).expect("one pack, no clash");
    let analysis = summary(&base, Topic::Analysis, None);
    assert_eq!(analysis.sections[0].items.len(), 8);
}

#[test]
fn facts_that_say_the_same_are_shown_once() {
    let base = base();
    let novel = summary(&base, Topic::Novel, None);
    assert_eq!(lines(&novel), ["Settled: novel-2022"]);
    let item = &novel.sections[0].items[0];
    assert_eq!(item.also[0].id, "novel-2022-again");
}

#[test]
fn news_about_a_person_has_their_caveats_and_the_writers_view() {
    let base = base();
    let dicaprio = EntityRef::new(EntityKind::Person, "leonardo-dicaprio");
    let casting = summary(&base, Topic::Casting, Some(&dicaprio));
    assert_eq!(
        lines(&casting),
        ["Reported: dicaprio-shiherlis", "Writer: good-script"]
    );
    assert_eq!(casting.sections[0].items[0].caveats[0].id, "not-final");

    let production = summary(&base, Topic::Production, Some(&dicaprio));
    assert!(production.sections.is_empty());
    assert_eq!(
        production.elsewhere,
        [
            (Topic::Casting, 2),
            (Topic::Studio, 2),
            (Topic::Analysis, 1)
        ]
    );
}
