#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::*;
use crate::asked_history::AskedHistory;
use crate::bank::{Bank, Levels, PlaceContext, Question, QuestionQuery, ladder};
use crate::cast::Found;
use crate::facts::{EntityKind, EntityRef, Flaw, Unfair};
use crate::id::GameId;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

fn pack(id: &str, question: &str, prompt: &str) -> String {
    format!(
        r#"{{"id":"{id}","title":"Title of {id}","description":"D.","questions":[
        {{"id":"{question}","prompt":"{prompt}","answer":"Alpha","distractors":["Beta","Gamma","Delta"],"reason":"So."}}]}}"#
    )
}

fn own(id: &str, question: &str, prompt: &str) -> Pack {
    parse_pack(id, &pack(id, question, prompt)).unwrap()
}

fn query(pack: Option<&str>, rounds: u16) -> QuestionQuery {
    QuestionQuery {
        packs: pack.into_iter().collect(),
        rounds,
        ..QuestionQuery::default()
    }
}

/// A place that was asked these questions and has none hidden.
fn place_asked(asked: &AskedHistory) -> PlaceContext<'_> {
    static HIDDEN: BTreeSet<String> = BTreeSet::new();
    static LEVELS: LazyLock<Levels> = LazyLock::new(Levels::default);
    PlaceContext {
        asked,
        hidden: &HIDDEN,
        levels: &LEVELS,
    }
}

#[test]
fn an_operators_pack_joins_the_library_or_names_its_faults() {
    let file = |text: String| vec![("mine.json".to_owned(), text)];
    let library = Library::build(&file(pack("mine", "mine-1", "Which is it?"))).unwrap();
    assert_eq!(library.title("mine"), Some("Title of mine"));
    assert!(library.bank.get("mine-1").is_some());
    let faults = Library::build(&file("{}".to_owned())).unwrap_err();
    assert!(
        faults.iter().all(|fault| fault.file == "mine.json"),
        "{faults:?}"
    );
    let faults = Library::build(&file(pack("heat-2", "mine-1", "Which is it?"))).unwrap_err();
    assert!(
        matches!(&faults[0].flaw, Flaw::PackIdUsed { id, .. } if id == "heat-2"),
        "{faults:?}"
    );
    let faults = Library::build(&file(pack("mine", "mine-1", "Is it not Alpha?"))).unwrap_err();
    assert_eq!(faults[0].flaw, Flaw::Unfair(Unfair::NamesAnswer));
}

#[test]
fn a_servers_packs_stay_apart_from_the_library() {
    let library = kept::bundled();
    let (packs, faults) = OwnPacks::build(
        &library,
        vec![
            own("one", "one-1", "Which is the first?"),
            own("heat-2", "x-1", "Which is the second?"),
            own("two", "one-1", "Which is the third?"),
            own("all", "all-1", "Which is the fourth?"),
        ],
    );
    let files: Vec<_> = faults.iter().map(|fault| fault.file.as_str()).collect();
    assert_eq!(files, ["heat-2", "two", "all"], "{faults:#?}");
    let twin = own("three", "three-1", "Which is the first?");
    let faults = check_own(&library, &packs, &twin).unwrap_err();
    let other = "one-1".to_owned();
    assert_eq!(faults[0].flaw, Flaw::Unfair(Unfair::SameAs { other }));
    let written = library.bank.questions().find(Question::is_written).unwrap();
    let mut twin = own("three", "three-1", "Which is the fifth?");
    twin.questions[0].prompt.clone_from(&written.prompt);
    twin.questions[0].answer.clone_from(&written.answer.text);
    let faults = check_own(&library, &packs, &twin).unwrap_err();
    let other = written.id.clone();
    let same = Flaw::Unfair(Unfair::SameAs { other });
    assert!(faults.iter().any(|fault| fault.flaw == same), "{faults:?}");
    // The quick way of packs without facts makes what the long one does.
    let mut all = bundled().unwrap();
    all.extend(packs.packs().iter().cloned());
    let long = Bank::build(&FactBase::build(all).unwrap()).only(&["one"]);
    let quick = packs.bank().unwrap().questions();
    assert_eq!(
        quick.collect::<Vec<_>>(),
        long.questions().collect::<Vec<_>>()
    );
    let here = GuildLibrary {
        shared: Arc::clone(&library),
        own: Arc::new(packs),
        off: Arc::default(),
    };
    let elsewhere = GuildLibrary {
        shared: library,
        own: Arc::default(),
        off: Arc::default(),
    };
    let nothing = AskedHistory::default();
    assert_eq!(here.title("one"), Some("Title of one"));
    assert_eq!(elsewhere.title("one"), None);
    let chosen = here
        .choose(&query(Some("one"), 5), place_asked(&nothing), 1)
        .unwrap();
    assert_eq!(chosen[0].question.id, "one-1");
    assert!(!here.is_shared(&chosen[0]));
    assert!(
        elsewhere
            .choose(&query(Some("one"), 5), place_asked(&nothing), 1)
            .is_err()
    );
    // One question in ten is the server's own, so they do not drown in the library.
    for seed in 0..50 {
        let rounds = here
            .choose(&query(None, 10), place_asked(&nothing), seed)
            .unwrap();
        let own = rounds.iter().filter(|round| round.question.pack == "one");
        assert_eq!(own.count(), 1);
    }
    let both = QuestionQuery {
        packs: ["one", "heat-2"].into_iter().collect(),
        ..query(None, 1_000)
    };
    let everything = here.choose(&both, place_asked(&nothing), 1).unwrap();
    let counts = here.packs().filter(|pack| both.packs.has(pack.id));
    let all: usize = counts.map(|pack| pack.questions).sum();
    assert!(all < 1_000 && everything.len() == all);
    assert!(everything.iter().any(|round| round.question.pack == "one"));
    // With all packs together, too, old questions come only when there are no new ones.
    let everything: Vec<_> = here.shared.bank.questions().map(|q| q.id).collect();
    let last = &everything[everything.len() / 2];
    let asked = everything.iter().map(String::as_str).chain(["one-1"]);
    let asked = asked
        .filter(|id| id != last)
        .map(|id| (id, GameId(1)))
        .collect();
    for seed in 0..50 {
        let rounds = here
            .choose(&query(None, 2), place_asked(&asked), seed)
            .unwrap();
        assert!(rounds.iter().any(|round| round.question.id == *last));
    }
    for seed in 0..50 {
        let rounds = elsewhere
            .choose(&query(None, 50), place_asked(&nothing), seed)
            .unwrap();
        assert!(rounds.iter().all(|round| elsewhere.is_shared(round)));
        assert_eq!(
            here.choose(&query(None, 9), place_asked(&nothing), seed),
            here.choose(&query(None, 9), place_asked(&nothing), seed)
        );
    }
}

/// Most people and parts are made by records of films, which a base uses up when it is built.
#[test]
fn a_server_with_facts_of_its_own_can_look_up_everybody() {
    let library = kept::bundled();
    let own = |people: &str| {
        let text = format!(
            r#"{{"id":"club","title":"T","description":"D.","sources":[{{"id":"us","title":"Us"}}],
            "people":[{people}],"works":[{{"id":"club-film","name":"Our Club Film"}}],
            "facts":[{{"id":"club-1","kind":"crew","person":"ann-club","job":"director","work":"club-film",
            "status":"confirmed","cites":[{{"source":"us"}}],"summary":"Ann made it.","topic":"crew",
            "difficulty":"easy"}}]}}"#
        );
        vec![parse_pack("club.json", &text).unwrap()]
    };
    let ann = r#"{"id":"ann-club","name":"Ann Club"}"#;
    // Under another id than the one from the records of films.
    let scheider = r#"{"id":"our-scheider","name":"Roy Scheider"}"#;
    for own in [own(ann), own(&format!("{ann},{scheider}"))] {
        let combined = CombinedFacts::join(&library, &own).unwrap();
        let (shared, facts) = (library.facts.open(), combined.facts.open());
        for kind in EntityKind::ALL {
            let known = shared.entities(kind);
            let known = known.filter(|entity| entity.id != "roy-scheider");
            let lost = known
                .map(|entity| EntityRef::new(kind, entity.id.as_str()))
                .find(|entity| facts.entity(entity).is_none());
            assert_eq!(lost, None);
        }
        for name in ["Ann Club", "Roy Scheider", "Martin Brody"] {
            let Found::One(hit) = combined.cast.find(name) else {
                panic!("{name} is not found");
            };
            let profile = combined.cast.profile(&facts, &hit.entity).unwrap();
            assert!(!profile.credits.is_empty(), "{name} has no credits");
        }
    }
}

#[test]
fn a_compiled_library_is_the_same_and_no_other_is_taken_for_it() {
    let library = kept::bundled();
    let key = CompiledKey::of(&[]);
    let bytes = library.compiled(key);
    let read = Library::from_compiled(&bytes, key).unwrap();
    assert!(read.facts.open().facts().eq(library.facts.open().facts()));
    assert!(read.bank.questions().eq(library.bank.questions()));
    for seed in 0..20 {
        let nothing = AskedHistory::default();
        let choose = |library: &Library| {
            let hidden = BTreeSet::new();
            library
                .bank
                .choose(&query(None, 10), &nothing, &hidden, seed)
        };
        assert_eq!(choose(&read).unwrap(), choose(&library).unwrap());
    }
    for typed in ["al pac", "Neil McCauley", "jaws", "robert deniro", "1970"] {
        assert_eq!(read.cast.search(typed, 25), library.cast.search(typed, 25));
        let about = |library: &Library| {
            let here = GuildLibrary {
                shared: Arc::new(library.clone()),
                own: Arc::default(),
                off: Arc::default(),
            };
            here.suggest_about(typed)
        };
        assert_eq!(about(&read), about(&library));
    }
    assert_eq!(read.compiled(key), bytes);
    let other = CompiledKey::of(&[("mine.json".to_owned(), "{}".to_owned())]);
    assert!(Library::from_compiled(&bytes, other).is_none());
    for at in [0, 20, 40, bytes.len() / 2, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert!(Library::from_compiled(&damaged, key).is_none());
        assert!(Library::from_compiled(&bytes[..at], key).is_none());
    }
}

/// `/reports` shows a server's managers questions by id, from any mode.
#[test]
fn every_question_that_a_game_asks_is_found_by_its_id() {
    let library = GuildLibrary {
        shared: kept::bundled(),
        own: Arc::default(),
        off: Arc::default(),
    };
    let asked = AskedHistory::default();
    let wanted = query(None, 50);
    let plain = library.choose(&wanted, place_asked(&asked), 3).unwrap();
    let typed = QuestionQuery {
        typed: true,
        ..wanted.clone()
    };
    let typed = library.typed(library.choose(&typed, place_asked(&asked), 4).unwrap());
    let films = ladder(
        &library.shared.facts.open(),
        &wanted,
        &[],
        place_asked(&asked),
        5,
    )
    .unwrap();
    for round in plain.iter().chain(&typed).chain(&films[..9]) {
        let known = library.question(&round.question.id).unwrap();
        assert_eq!(known.answer.text, round.question.answer.text);
        assert!(library.title(&known.pack).is_some(), "{known:?}");
    }
    assert_eq!(library.question("film-no-such-film"), None);
}
