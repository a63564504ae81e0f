//! Snapshots of the schedule's messages, and which mentions they allow.

use super::*;
use crate::limits;
use heat_core::bank::Subject;
use heat_core::game::Mode;
use heat_core::id::{ChannelId, UserId};
use heat_core::schedule::{TimeOfDay, When};
use heat_core::standing::{Standing, Zone};

const DUE_MS: i64 = 1_795_305_600_000;
const ROLE: RoleId = RoleId(77);

fn entry(what: What, days: &str) -> Entry {
    Entry {
        lang: Lang::English,
        what,
        when: When {
            days: Days::meant(days).expect("days"),
            time: TimeOfDay::meant("8:30 pm").expect("a time"),
            zone: Zone::parse("Europe/Berlin").expect("a zone"),
        },
        channel: ChannelId(5),
        parent: None,
        no_threads: false,
        no_event: false,
        role: Some(ROLE),
    }
}

fn listed(what: What, days: &str, last: Option<Outcome>) -> ListedEntry {
    ListedEntry {
        entry: Some(entry(what, days)),
        host: None,
        in_thread: false,
        event: None,
        next_ms: DUE_MS,
        last: last.map(|outcome| (DUE_MS - 86_400_000, outcome)),
    }
}

/// A quiz with all that an entry can have.
fn rich(event: Option<EventState>) -> ListedEntry {
    ListedEntry {
        host: Some(UserId(8)),
        in_thread: true,
        event,
        ..listed(What::Quiz(quiz()), "mon, thu", None)
    }
}

fn quiz() -> Quiz {
    Quiz {
        packs: heat_core::bank::PackList::from_iter(["*own*"]),
        about: Some(Subject::Decade(1970)),
        rounds: Some(10),
        mode: Some(Mode::Race),
    }
}

fn around<T>(render: impl FnOnce(&SettingsContext<'_>) -> T) -> T {
    render(&SettingsContext {
        pack_title: &|_| None,
        about_title: &|_| Some("The **1970s**".to_owned()),
        now_ms: DUE_MS,
    })
}

fn assert_reads(name: &str, message: &Message) {
    assert_eq!(limits::check(message), Ok(()), "{name}");
    insta::assert_json_snapshot!(name, message);
}

#[test]
fn a_schedule_reads_well() {
    for (name, event) in [
        ("planned", EventState::Coming),
        (
            "planned_without_event",
            EventState::Refused(WhyNoEvent::NotAllowed),
        ),
    ] {
        let planned = rich(Some(event));
        assert_reads(
            name,
            &around(|around| added(Lang::English, &planned, around)),
        );
    }
    let outcomes = Outcome::ALL.map(|outcome| listed(What::Daily, "every day", Some(outcome)));
    let broken = ListedEntry {
        entry: None,
        ..listed(What::Daily, "mon", None)
    };
    let plain = listed(What::Quiz(Quiz::default()), "weekend", None);
    let refused = [WhyNoEvent::NotAllowed, WhyNoEvent::Full, WhyNoEvent::Other];
    let refused = refused.map(|why| rich(Some(EventState::Refused(why))));
    let there = rich(Some(EventState::There));
    let rest = [broken, plain, there].into_iter().chain(refused);
    let all: Vec<ListedEntry> = outcomes.into_iter().chain(rest).collect();
    assert_reads(
        "listed",
        &around(|around| list(Lang::English, &all, around)),
    );
    assert_reads(
        "listed_none",
        &around(|around| list(Lang::English, &[], around)),
    );
    let standing = |rank, user| Standing {
        rank,
        user,
        points: 1_000 / rank,
        answered: 9,
        correct: 5,
    };
    let page = BoardPage {
        rows: vec![standing(1, UserId(42)), standing(2, UserId(43))],
        page: 0,
        pages: 1,
        players: 2,
    };
    assert_reads("week", &week(Lang::English, &page, Some(ROLE)));
    let empty = BoardPage {
        rows: Vec::new(),
        page: 0,
        pages: 0,
        players: 0,
    };
    assert_reads("week_empty", &week(Lang::English, &empty, None));
    assert_reads(
        "daily_puzzles",
        &daily_puzzles(Lang::English, Day(20_778), Some(ROLE)),
    );
}

#[test]
fn a_beginning_calls_its_role_and_its_host() {
    let begun = |host| {
        let started = Message::sentence("ignored");
        quiz_begins(Lang::English, started, Some(ROLE), host)
    };
    assert_eq!(begun(None).content, "<@&77> The quiz begins in a minute!");
    let hosted = begun(Some(UserId(8)));
    assert_eq!(
        hosted.content,
        "<@&77> <@8> hosts a quiz here and opens the first question!"
    );
    assert_eq!(
        (hosted.calls, hosted.notifies),
        (Some(ROLE), Some(UserId(8)))
    );
}

#[test]
fn refusals_read_well_and_mention_nobody() {
    let planned = entry(What::Quiz(quiz()), "mon, thu");
    let sentences = [
        missed(
            Lang::English,
            &planned,
            DUE_MS,
            DUE_MS + 1_000,
            Outcome::Missed,
        ),
        missed(
            Lang::English,
            &planned,
            DUE_MS,
            DUE_MS + 1_000,
            Outcome::Busy,
        ),
        missed(
            Lang::English,
            &planned,
            DUE_MS,
            DUE_MS + 1_000,
            Outcome::NoQuestions,
        ),
        missed(
            Lang::English,
            &entry(What::Weekly, "sun"),
            DUE_MS,
            DUE_MS,
            Outcome::Missed,
        ),
        removed(Lang::English),
        unknown_entry(Lang::English),
        full(Lang::English),
        not_allowed(Lang::English),
        only_in_servers(Lang::English),
        bad_time(Lang::English, "**25:00**"),
        bad_days(Lang::English, "@everyone"),
        needs_lobby(Lang::English),
        role_is_closed(Lang::English, ROLE),
        not_everyone(Lang::English),
        cannot_post(Lang::English),
        host_is_bot(Lang::English),
        host_is_elsewhere(Lang::English),
    ];
    assert!(sentences.iter().all(|message| message.calls.is_none()));
    let sentences = sentences.map(|message| message.content);
    insta::assert_snapshot!("schedule_sentences", sentences.join("\n"));
}

#[test]
fn a_schedule_reads_well_in_german() {
    let all = [
        listed(What::Quiz(quiz()), "mon, thu", Some(Outcome::Done)),
        listed(What::Daily, "weekdays", Some(Outcome::Missed)),
        listed(What::Weekly, "weekend", Some(Outcome::NotAllowed)),
        rich(Some(EventState::There)),
        rich(Some(EventState::Refused(WhyNoEvent::NotAllowed))),
    ];
    assert_reads(
        "listed_german",
        &around(|around| list(Lang::German, &all, around)),
    );
}

/// A full schedule of the longest entries still fits into a message.
#[test]
fn the_longest_list_fits() {
    let long = ListedEntry {
        entry: Some(entry(What::Quiz(quiz()), "mon tue wed thu fri sat")),
        next_ms: i64::MAX,
        last: Some((DUE_MS, Outcome::Unreachable)),
        ..rich(Some(EventState::Refused(WhyNoEvent::NotAllowed)))
    };
    let all = vec![long; 20];
    for lang in Lang::ALL {
        let message = around(|around| list(lang, &all, around));
        assert_eq!(limits::check(&message), Ok(()), "{lang:?}");
    }
}

/// Discord allows a hundred characters for an event's name and place, a thousand for what it says.
#[test]
fn an_event_says_what_is_played_where_within_discords_limits() {
    let planned = entry(What::Quiz(quiz()), "mon");
    let words = around(|around| event(Lang::English, &planned, None, around));
    assert_eq!(words.name, "Quiz: The **1970s**, *own*, 10 questions, race");
    assert_eq!(words.place, "<#5>");
    assert!(words.description.contains("in <#5>."), "{words:?}");
    let longest = Entry {
        channel: ChannelId(u64::MAX),
        ..planned
    };
    let title = "Dr. Strangelove or: ".repeat(40);
    let context = SettingsContext {
        pack_title: &|_| None,
        about_title: &|_| Some(title.clone()),
        now_ms: DUE_MS,
    };
    for lang in Lang::ALL {
        for host in [None, Some(UserId(8))] {
            let words = event(lang, &longest, host, &context);
            let lengths = [&words.name, &words.description, &words.place];
            let lengths = lengths.map(|text| text.encode_utf16().count());
            assert!(
                lengths[0] <= 100 && lengths[1] <= 1_000 && lengths[2] <= 100,
                "{words:?}"
            );
            assert!(!words.description.contains("<@"), "no member: {words:?}");
        }
    }
}

#[test]
fn suggestions_fit_what_is_typed() {
    let names = |typed: &str| -> Vec<String> {
        suggest_days(Lang::English, typed)
            .into_iter()
            .map(|s| s.value)
            .collect()
    };
    assert_eq!(names("").len(), 10);
    assert_eq!(names("t"), ["Tuesday", "Thursday"]);
    assert_eq!(names("mon, thu"), ["Monday, Thursday"]);
    assert_eq!(names("week"), ["weekdays", "weekend"]);
    let german = suggest_days(Lang::German, "mo, do");
    assert_eq!(german[0].name, "Montag, Donnerstag");
    assert_eq!(german[0].value, "Monday, Thursday");
    let planned = entry(What::Quiz(quiz()), "mon");
    let offered = around(|around| suggest_entry(Lang::English, 9, Some(&planned), around));
    assert_eq!(
        offered.name,
        "Quiz: The **1970s**, *own*, 10 questions, race · Monday at 20:30, Europe/Berlin"
    );
    for lang in Lang::ALL {
        for typed in ["", "tue sun"] {
            for days in suggest_days(lang, typed) {
                let meant = Days::meant(&days.value).expect("days");
                assert_eq!(Days::meant(&days.name), Some(meant), "{lang:?}: {days:?}");
            }
        }
    }
}
