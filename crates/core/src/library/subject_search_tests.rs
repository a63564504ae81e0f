//! What members type for `about`, and what they get.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::*;
use crate::facts::EntityKind;
use crate::library::{OwnPacks, kept};
use std::sync::{Arc, LazyLock};

static BUNDLED: LazyLock<GuildLibrary> = LazyLock::new(|| GuildLibrary {
    shared: kept::bundled(),
    own: Arc::default(),
    off: Arc::default(),
});

#[test]
fn names_are_found_in_any_spelling() {
    let subject_request = |typed: &str| match BUNDLED.subject_request(typed) {
        Ok(SubjectRequest::Packs(packs)) => format!("pack:{}", packs.ids().join(",")),
        Ok(SubjectRequest::About(subject)) => subject.to_string(),
        Err(unknown) => format!("? {}", unknown.like.join(", ")),
    };
    let title = BUNDLED.title("heat-2").unwrap().to_uppercase();
    for (typed, meant) in [
        ("Al Pacino", "person:al-pacino"),
        ("al paccino", "person:al-pacino"),
        ("pacino", "person:al-pacino"),
        ("person:al-pacino", "person:al-pacino"),
        ("Thief (1981)", "work:thief"),
        ("1990s", "decade:1990"),
        ("the 1990s", "decade:1990"),
        ("90s", "decade:1990"),
        ("decade:1990", "decade:1990"),
        ("the nineties", "decade:1990"),
        ("James Bond", "series:James Bond"),
        ("heat-2", "pack:heat-2"),
        (&title, "pack:heat-2"),
        ("pack:heat-2", "pack:heat-2"),
        ("xyzzy", "? "),
    ] {
        assert_eq!(subject_request(typed), meant, "{typed}");
    }
}

#[test]
fn every_suggestion_can_be_played_and_the_best_known_comes_first() {
    let first = |typed: &str| BUNDLED.suggest_about(typed)[0].name.clone();
    assert_eq!(first("al p"), "Al Pacino");
    assert_eq!(first("the 199"), "The 1990s");
    for typed in ["", "a", "the", "m", "rob"] {
        let suggested = BUNDLED.suggest_about(typed);
        assert!(
            !suggested.is_empty() && suggested.len() <= SUGGESTIONS_MAX,
            "{typed}"
        );
        for playable in suggested {
            assert_eq!(
                BUNDLED.questions_about(&playable.subject),
                playable.questions
            );
            assert!(playable.questions >= PLAYABLE_MIN, "{playable:?}");
            let value = playable.subject.to_string();
            assert_eq!(
                BUNDLED.subject_request(&value),
                Ok(SubjectRequest::About(playable.subject))
            );
        }
    }
}

#[test]
fn a_subject_with_too_few_questions_names_related_ones() {
    let cast = &BUNDLED.shared.cast;
    let facts = BUNDLED.shared.facts.open();
    let people = facts.entities(EntityKind::Person);
    let few = people.filter(|person| {
        let entity = EntityRef::new(EntityKind::Person, &*person.id);
        let facts = cast.facts_about(&facts, &entity).count();
        facts > 1 && !BUNDLED.is_playable(&Subject::Entity(entity))
    });
    for person in few.take(40) {
        let Ok(SubjectRequest::About(subject)) = BUNDLED.subject_request(&person.name) else {
            panic!("{} is known", person.name);
        };
        let questions = BUNDLED.questions_about(&subject);
        let few = BUNDLED.too_few(&subject, questions);
        assert_eq!(few.name, person.name);
        assert!(questions == 0 || !few.near.is_empty(), "{few:?}");
        assert!(!few.near.contains(&person.name));
    }
}

/// A server's own questions count, and no other server sees them.
#[test]
fn a_server_plays_what_its_own_packs_are_about() {
    let questions = (0..12).map(|n| {
        format!(
            r#"{{"id":"own-{n}","prompt":"Which number has sign {n}?","answer":"Sign {n}q",
            "about":["person:zed"],"distractors":["Beta {n}","Gamma {n}","Delta {n}"],"reason":"So."}}"#
        )
    });
    let questions: Vec<String> = questions.collect();
    let text = format!(
        r#"{{"id":"own","title":"Own","description":"D.","people":[{{"id":"zed","name":"Zed Zett"}}],"questions":[{}]}}"#,
        questions.join(",")
    );
    let pack = crate::facts::parse_pack("own", &text).unwrap();
    let (own, faults) = OwnPacks::build(&BUNDLED.shared, vec![pack]);
    assert_eq!(faults, []);
    let here = GuildLibrary {
        shared: Arc::clone(&BUNDLED.shared),
        own: Arc::new(own),
        off: Arc::default(),
    };
    let zed = Subject::Entity(EntityRef::new(EntityKind::Person, "zed"));
    assert_eq!(
        here.subject_request("zed zet"),
        Ok(SubjectRequest::About(zed.clone()))
    );
    assert_eq!(here.name_of(&zed).as_deref(), Some("Zed Zett"));
    assert_eq!(here.suggest_about("zed")[0].questions, 12);
    assert_eq!(BUNDLED.name_of(&zed), None);
    assert!(BUNDLED.subject_request("person:zed").is_err());
}
