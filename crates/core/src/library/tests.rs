#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::*;
use crate::asked_history::AskedHistory;
use crate::bank::{Levels, PlaceContext, QuestionQuery, ladder};
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
        pack: pack.map(str::to_owned),
        rounds,
        ..QuestionQuery::default()
    }
}

/// A place that was asked these questions and has none hidden.
fn here_asked(asked: &AskedHistory) -> PlaceContext<'_> {
    static RESTING: BTreeSet<String> = BTreeSet::new();
    static LEVELS: LazyLock<Levels> = LazyLock::new(Levels::default);
    PlaceContext {
        asked,
        resting: &RESTING,
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
        faults[0].to_string().contains("\"heat-2\" is already used"),
        "{faults:?}"
    );
    let told = Library::build(&file(pack("mine", "mine-1", "Is it not Alpha?"))).unwrap_err();
    assert!(told[0].what.contains("contains the answer"), "{told:?}");
}

#[test]
fn a_servers_packs_stay_apart_from_the_library() {
    let library = Arc::new(Library::build(&[]).unwrap());
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
    assert!(
        faults[0].what.contains("asks the same as one-1"),
        "{faults:?}"
    );
    let here = GuildLibrary {
        library: Arc::clone(&library),
        own: Arc::new(packs),
    };
    let elsewhere = GuildLibrary {
        library,
        own: Arc::default(),
    };
    let nothing = AskedHistory::default();
    assert_eq!(here.title("one"), Some("Title of one"));
    assert_eq!(elsewhere.title("one"), None);
    let chosen = here
        .choose(&query(Some("one"), 5), here_asked(&nothing), 1)
        .unwrap();
    assert_eq!(chosen[0].question.id, "one-1");
    assert!(!here.is_shared(&chosen[0]));
    assert!(
        elsewhere
            .choose(&query(Some("one"), 5), here_asked(&nothing), 1)
            .is_err()
    );
    // One question in ten is the server's own, so they do not drown in the library.
    for seed in 0..50 {
        let rounds = here
            .choose(&query(None, 10), here_asked(&nothing), seed)
            .unwrap();
        let own = rounds.iter().filter(|round| round.question.pack == "one");
        assert_eq!(own.count(), 1);
    }
    let all = here.packs().map(|pack| pack.questions).sum::<usize>();
    let everything = here
        .choose(
            &query(None, u16::try_from(all).unwrap()),
            here_asked(&nothing),
            1,
        )
        .unwrap();
    assert_eq!(everything.len(), all);
    assert!(everything.iter().any(|round| round.question.pack == "one"));
    // With all packs together, too, old questions come only when there are no new ones.
    let last = &everything[all / 2].question.id;
    let asked = everything.iter().map(|round| round.question.id.as_str());
    let asked = asked.filter(|id| id != last).map(|id| (id, 1)).collect();
    for seed in 0..50 {
        let rounds = here
            .choose(&query(None, 2), here_asked(&asked), seed)
            .unwrap();
        assert!(rounds.iter().any(|round| round.question.id == *last));
    }
    for seed in 0..50 {
        let rounds = elsewhere
            .choose(&query(None, 50), here_asked(&nothing), seed)
            .unwrap();
        assert!(rounds.iter().all(|round| elsewhere.is_shared(round)));
        assert_eq!(
            here.choose(&query(None, 9), here_asked(&nothing), seed),
            here.choose(&query(None, 9), here_asked(&nothing), seed)
        );
    }
}

/// `/reports` shows a server's managers questions by id, from any mode.
#[test]
fn every_question_that_a_game_asks_is_found_by_its_id() {
    let library = Library::bundled().unwrap();
    let shelf = GuildLibrary {
        library: Arc::clone(&library),
        own: Arc::default(),
    };
    let asked = AskedHistory::default();
    let wanted = query(None, 50);
    let plain = shelf.choose(&wanted, here_asked(&asked), 3).unwrap();
    let typed = QuestionQuery {
        typed: true,
        ..wanted.clone()
    };
    let typed = shelf.typed(shelf.choose(&typed, here_asked(&asked), 4).unwrap());
    let films = ladder(&library.facts, &wanted, &[], here_asked(&asked), 5).unwrap();
    for round in plain.iter().chain(&typed).chain(&films[..9]) {
        let known = shelf.question(&round.question.id).unwrap();
        assert_eq!(known.answer.text, round.question.answer.text);
        assert!(shelf.title(&known.pack).is_some(), "{known:?}");
    }
    assert_eq!(shelf.question("film-no-such-film"), None);
}
