//! Which facts a summary tells, and where.

use super::{Summary, Topic, Voice, summary};
use crate::cast::fixture::base;
use crate::facts::{EntityKind, EntityRef};

/// Writes a summary as "Reported: bale-hanna dicaprio-shiherlis", one line per section.
fn told(summary: &Summary) -> Vec<String> {
    let section = |section: &super::Section| {
        let ids: Vec<&str> = section.items.iter().map(|i| i.fact.id.as_str()).collect();
        format!("{:?}: {}", section.voice, ids.join(" "))
    };
    summary.sections.iter().map(section).collect()
}

#[test]
fn parts_the_settled_from_the_reported_and_the_rumoured() {
    let base = base();
    let casting = summary(&base, Topic::Casting, None);
    assert_eq!(
        told(&casting),
        [
            "Reported: bale-hanna dicaprio-shiherlis",
            "Talks: graham-mccauley",
            "Rumour: charlene-rumour"
        ]
    );
    let analysis = summary(&base, Topic::Analysis, None);
    assert_eq!(told(&analysis), ["Writer: good-script"]);
}

#[test]
fn headlines_begin_with_casting_and_hold_no_rumour_or_opinion() {
    let base = base();
    let headlines = summary(&base, Topic::Headlines, None);
    let voices: Vec<Voice> = headlines.sections.iter().map(|s| s.voice).collect();
    assert_eq!(
        voices,
        [Voice::Settled, Voice::Reported, Voice::Talks, Voice::Studio]
    );
    assert!(told(&headlines)[1].starts_with("Reported: bale-hanna dicaprio-shiherlis"));
}

#[test]
fn tells_once_what_two_facts_say() {
    let base = base();
    let novel = summary(&base, Topic::Novel, None);
    assert_eq!(told(&novel), ["Settled: novel-2022"]);
    let item = &novel.sections[0].items[0];
    assert_eq!(item.also[0].id, "novel-2022-again");
}

#[test]
fn about_somebody_brings_their_news_their_caveat_and_the_writers_view() {
    let base = base();
    let dicaprio = EntityRef::new(EntityKind::Person, "leonardo-dicaprio");
    let casting = summary(&base, Topic::Casting, Some(&dicaprio));
    assert_eq!(
        told(&casting),
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
