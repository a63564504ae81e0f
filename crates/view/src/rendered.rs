//! Snapshots of the messages of a game, of refusals, help and boards: read them when they change.

use super::awards::Feats;
use super::custom_id::BoardQuery;
use super::final_card::with_card;
use super::limits;
use super::message::{Message, Row, Tone};
use super::own_result::own_result;
use super::quiz::{self, Frame, PlayerInfo};
use super::reply::NoOpponent;
use super::revenge::Revenge;
use super::scoreboard::scoreboard;
use super::thread::{self, Venue};
use super::{
    final_card, help, hint, leaderboard, lobby, misses, reply, reveal, settings, start, stats,
};
use heat_core::bank::{Answer, ChooseError, Question, Round};
use heat_core::facts::{Difficulty, EntityKind, EntityRef, Topic};
use heat_core::game::{
    AnswerStyle, ControlPolicy, ControlRights, EndReason, Game, GameId, Input, MessageId, Miss,
    Mode, Pace, Phase, Refusal, Response, Settings, SettingsError, UserId,
};
use heat_core::id::{ChannelId, RoleId};
use heat_core::lang::Lang;
use heat_core::settings::ServerSettings;
use heat_core::standing::{Badge, BoardPage, Period, Record, Share, Standing, Zone};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

const START_MS: i64 = 1_700_000_000_000;

/// A test of each sample: in every language it keeps to Discord's limits, and in English it reads
/// as it did.
macro_rules! samples {
    ($($name:ident),+ $(,)?) => {
        mod in_every_language {
            use heat_core::lang::Lang;
            $(
                #[test]
                fn $name() {
                    Lang::ALL.into_iter().for_each(super::$name);
                }
            )+
        }
    };
}

samples!(
    messages_of_a_game,
    what_was_special_about_a_question,
    a_game_in_a_thread_of_its_own,
    a_stopped_game_nobody_played,
    a_typed_question_and_its_reveal,
    a_race,
    a_ladder,
    an_elimination,
    teams,
    a_race_says_who_won_which_question,
    a_duel,
    a_game_alone,
    the_longest_messages_fit,
    hints_pauses_and_misses,
    private_answers,
    private_answers_of_the_modes,
    help_reads_well,
    boards,
    settings_of_a_server,
    stats_in_words,
);

/// Checks a message against Discord's limits, and in English against the stored snapshot.
fn assert_reads(lang: Lang, name: &str, message: &Message) {
    if let Err(error) = limits::check(message) {
        panic!("{name} in {}: {error}", lang.name());
    }
    if lang == Lang::English {
        insta::assert_json_snapshot!(name, message);
    }
}

/// Compares lines of text in English with the stored snapshot.
fn assert_lines(lang: Lang, name: &str, lines: &str) {
    if lang == Lang::English {
        insta::assert_snapshot!(name, lines);
    }
}

fn round(prompt: &str, answer: &str, distractors: [&str; 3]) -> Round {
    let choice = |text: &str| Answer {
        text: text.to_owned(),
        entity: None,
    };
    Round {
        question: Arc::new(Question {
            id: "q".to_owned(),
            pack: "heat-2".to_owned(),
            facts: vec!["bale-role-hanna".to_owned()],
            tells: Vec::new(),
            topic: Topic::Casting,
            difficulty: Difficulty::Medium,
            template: "cast-who".to_owned(),
            about: Vec::new(),
            prompt: prompt.to_owned(),
            answer: choice(answer),
            accept: Vec::new(),
            distractors: distractors.map(choice).to_vec(),
            reason: "The article names him; the studio says that no deal is final.".to_owned(),
            citation: "the supplied Heat 2 article, paragraph 3, sentence 1".to_owned(),
            url: Some("https://example.org/heat_(film)".to_owned()),
            lookup: Some(EntityRef::new(EntityKind::Character, "vincent-hanna")),
        }),
        choices: [Some(0), None, Some(1), Some(2)],
        clues: Vec::new(),
        typed: Some(
            serde_json::from_value(json!({ "accept": ["christian bale", "bale"] })).expect("a key"),
        ),
    }
}

fn settings() -> Settings {
    Settings {
        packs: heat_core::bank::PackList::from_iter(["heat-2"]),
        about: None,
        rounds: 2,
        seconds: 20,
        difficulty: None,
        starter: UserId(1),
        solo: false,
        mode: Mode::Classic,
        answers: AnswerStyle::Buttons,
        pace: Pace::Usual,
        opponent: None,
        rematch: false,
        finale: true,
        hosted: false,
    }
}

fn frame(lang: Lang) -> Frame {
    Frame {
        lang,
        game: GameId(1_700_000_000_000_000_000),
        code: "K7TQ2M4X".to_owned(),
        pack_title: "Heat 2 in the *news*".to_owned(),
        known: BTreeMap::new(),
    }
}

/// A frame with three known players who allow quoting.
fn frame_with_names(lang: Lang) -> Frame {
    knowing(
        frame(lang),
        &[(1, "Foley *1*"), (2, "Grip"), (3, "@everyone")],
    )
}

/// The frame with these players known, who allow quoting.
pub(super) fn knowing(mut frame: Frame, names: &[(u64, &str)]) -> Frame {
    for (user, name) in names {
        let known = PlayerInfo {
            name: (*name).into(),
            username: "crew".into(),
            may_be_quoted: Some(true),
        };
        frame.meet(UserId(*user), known);
    }
    frame
}

fn game() -> Game {
    game_of(settings())
}

fn game_of(settings: Settings) -> Game {
    let rounds = vec![
        round(
            "According to the article, who is reported as Vincent Hanna in the planned film Heat 2?",
            "Christian Bale",
            ["Adam Driver", "Stephen Graham", "Leonardo DiCaprio"],
        ),
        round(
            "How does *Heat* end?",
            "With one man holding the other's hand beside a runway",
            [
                "With both men driving away from each other at dawn",
                "With one man arrested in the hospital car park",
                "With @everyone in [the](https://example.org) bank",
            ],
        ),
    ];
    Game::new(settings, rounds, START_MS, 7)
}

/// Opens the next question a second after it is due and lets the members answer.
fn play_round(game: &mut Game, round: u16, answers: &[(u64, u8, i64)]) {
    let due = game.deadline().expect("a question is due");
    game.apply(Input::Deadline, due).expect("it is asked");
    let posted = Input::Posted {
        round,
        message: MessageId(7),
        posted_at_ms: due,
    };
    game.apply(posted, due).expect("it is posted");
    for (user, choice, after_ms) in answers {
        let answer = Input::Answer {
            round,
            user: UserId(*user),
            response: Response::Choice { choice: *choice },
            message: MessageId(7),
            posted_at_ms: due,
            clicked_at_ms: due + after_ms,
        };
        game.apply(answer, due + after_ms).expect("it counts");
    }
    // A late last answer has closed it already.
    if matches!(game.phase(), Phase::Open { .. }) {
        close(game);
    }
}

fn messages_of_a_game(lang: Lang) {
    let frame = frame(lang);
    let mut game = game();
    assert_reads(lang, "quiz_started", &start::started(&frame, &game));
    let few = game_of(Settings {
        rounds: 50,
        ..settings()
    });
    assert_reads(lang, "quiz_started_with_few", &start::started(&frame, &few));
    assert_reads(
        lang,
        "quiz_question",
        &quiz::question(&frame, &game, 0, START_MS + 20_000),
    );
    assert_reads(
        lang,
        "quiz_question_long_choices",
        &quiz::question(&frame, &game, 1, START_MS),
    );

    play_round(&mut game, 0, &[(1, 1, 3_210), (2, 1, 900), (3, 0, 5_000)]);
    let reveal = reveal::reveal(&frame, &game).expect("a round has closed");
    assert_reads(lang, "quiz_reveal", &reveal);
    play_round(&mut game, 1, &[]);
    let reveal = reveal::reveal(&frame, &game).expect("a round has closed");
    assert_reads(lang, "quiz_reveal_nobody", &reveal);
    let end = game.deadline().expect("the end is due");
    game.apply(Input::Deadline, end).expect("it ends");
    assert_reads(
        lang,
        "quiz_scoreboard",
        &scoreboard(&frame, &game, &Feats::default()),
    );
    let known = frame_with_names(lang);
    let feats = Feats {
        bests: vec![UserId(2)],
        badges: vec![
            (UserId(1), Badge::OneTake),
            (UserId(2), Badge::BoxOffice),
            (UserId(2), Badge::OneTake),
        ],
    };
    let sheet = final_card::sheet(&known, &game, &feats).expect("all are known");
    let words = scoreboard(&known, &game, &feats);
    assert_reads(
        lang,
        "final_card",
        &with_card(lang, words, &sheet, vec![0; 9]),
    );
    assert_eq!(final_card::sheet(&frame, &game, &feats), None, "no names");
    assert_reads(lang, "quiz_withdrawn", &quiz::withdrawn(lang));
    assert_reads(lang, "quiz_restarting", &quiz::restarting(lang));
}

/// The line in italics of the last reveal.
fn moment_of(lang: Lang, rounds: &[&[(u64, u8, i64)]]) -> String {
    let mut game = game();
    for (round, answers) in (0..).zip(rounds) {
        play_round(&mut game, round, answers);
    }
    let reveal = reveal::reveal(&frame(lang), &game).expect("a round has closed");
    let text = &reveal.embeds[0].description;
    let line = text
        .lines()
        .find(|line| line.starts_with('*') && !line.starts_with("**"));
    line.unwrap_or("nothing").to_owned()
}

fn what_was_special_about_a_question(lang: Lang) {
    const RIGHT: u8 = 1;
    let apart = [(1, RIGHT, 2_000), (2, RIGHT, 7_000), (3, 0, 4_000)];
    let turned = [(1, 0, 2_000), (2, RIGHT, 1_000), (3, RIGHT, 9_000)];
    let lines = [
        (
            "a trap",
            moment_of(lang, &[&[(1, 0, 900), (2, 0, 900), (3, 0, 900)]]),
        ),
        (
            "nobody",
            moment_of(lang, &[&[(1, 0, 900), (2, 2, 900), (3, 3, 900)]]),
        ),
        (
            "only 1",
            moment_of(lang, &[&[(1, RIGHT, 900), (2, 0, 900), (3, 3, 900)]]),
        ),
        (
            "1, one second left",
            moment_of(lang, &[&[(2, RIGHT, 900), (3, 3, 900), (1, RIGHT, 19_000)]]),
        ),
        (
            "1 before 2, 0.08 s",
            moment_of(lang, &[&[(2, RIGHT, 980), (1, RIGHT, 900), (3, 3, 900)]]),
        ),
        (
            "1 and 2 level",
            moment_of(lang, &[&[(2, RIGHT, 909), (1, RIGHT, 900), (3, 3, 900)]]),
        ),
        (
            "everybody",
            moment_of(
                lang,
                &[&[(1, RIGHT, 900), (2, RIGHT, 2_000), (3, RIGHT, 5_000)]],
            ),
        ),
        ("2 leads", moment_of(lang, &[&apart, &turned])),
        ("nothing", moment_of(lang, &[&apart])),
        (
            "nothing with two",
            moment_of(lang, &[&[(1, 0, 900), (2, 0, 900)]]),
        ),
        ("nothing without answers", moment_of(lang, &[&[]])),
    ];
    let lines = lines.map(|(what, line)| format!("{what}: {line}"));
    assert_lines(lang, "moments", &lines.join("\n"));
}

fn a_game_in_a_thread_of_its_own(lang: Lang) {
    let (frame, known) = (frame(lang), frame_with_names(lang));
    let mut game = game();
    for (name, venue) in [
        ("thread_start", Venue::Thread),
        ("thread_refused", Venue::NoThread),
    ] {
        let start = start::started(&frame, &game);
        assert_reads(lang, name, &thread::placed(lang, start, venue));
    }
    let plain = start::started(&frame, &game);
    assert_eq!(thread::placed(lang, plain.clone(), Venue::Channel), plain);
    assert_reads(lang, "thread_card", &thread::card(&frame, &game));
    let mut names = vec![thread::name(&frame, &game)];
    let mut stopped = game.clone();
    play_round(&mut game, 0, &[(1, 1, 3_210), (2, 0, 900), (3, 0, 900)]);
    play_round(&mut game, 1, &[(2, 0, 1_000)]);
    let end = game.deadline().expect("the end is due");
    game.apply(Input::Deadline, end).expect("it ends");
    names.push(thread::closed_name(&frame, &game));
    names.push(thread::closed_name(&known, &game));
    assert_reads(lang, "thread_result", &thread::result(&frame, &game));
    let stop = Input::Stop {
        user: UserId(1),
        rights: ControlRights::default(),
        sure: true,
    };
    stopped.apply(stop, START_MS).expect("the starter may");
    names.push(thread::closed_name(&known, &stopped));
    assert_reads(
        lang,
        "thread_result_nobody",
        &thread::result(&frame, &stopped),
    );
    let wordy = Frame {
        lang,
        pack_title: "🎬".repeat(300),
        ..known
    };
    names.push(thread::name(&wordy, &game));
    names.push(thread::closed_name(&wordy, &game));
    let fits = |name: &String| (1..=100).contains(&name.encode_utf16().count());
    assert!(names.iter().all(fits), "{names:?}");
    assert_lines(lang, "thread_names", &names.join("\n"));
    assert_eq!(limits::check(&thread::result(&wordy, &game)), Ok(()));
}

fn a_stopped_game_nobody_played(lang: Lang) {
    let mut game = game();
    let stop = Input::Stop {
        user: UserId(1),
        rights: ControlRights::default(),
        sure: true,
    };
    game.apply(stop, START_MS).expect("the starter may");
    assert_reads(
        lang,
        "quiz_scoreboard_empty",
        &scoreboard(&frame(lang), &game, &Feats::default()),
    );
}

/// With another right choice the same question looks the same until the reveal, except for the
/// order of its choices.
#[test]
fn an_open_question_does_not_depend_on_the_right_choice() {
    let mut swapped = game();
    let asked = &swapped.rounds()[0];
    let question = Question {
        answer: asked.question.distractors[0].clone(),
        distractors: [
            vec![asked.question.answer.clone()],
            asked.question.distractors[1..].to_vec(),
        ]
        .concat(),
        ..(*asked.question).clone()
    };
    let round = Round {
        question: Arc::new(question),
        choices: [None, Some(0), Some(1), Some(2)],
        clues: Vec::new(),
        typed: None,
    };
    swapped = Game::new(
        settings(),
        vec![round, game().rounds()[1].clone()],
        START_MS,
        7,
    );
    let shown = |game: &Game| quiz::question(&frame(Lang::English), game, 0, START_MS);
    let typed = |game: &Game| {
        let mut rounds = game.rounds().to_vec();
        for round in &mut rounds {
            round.typed = serde_json::from_value(json!({ "accept": ["x"] })).ok();
        }
        let settings = Settings {
            answers: AnswerStyle::Typed,
            ..settings()
        };
        Game::new(settings, rounds, START_MS, 7)
    };
    assert_eq!(shown(&typed(&swapped)), shown(&typed(&game())));
    assert_ne!(swapped.rounds()[0].correct(), game().rounds()[0].correct());
    assert_eq!(shown(&swapped), shown(&game()));
}

fn typed(text: &str) -> Response {
    Response::Typed {
        text: text.to_owned(),
    }
}

/// Asks and posts the next question; returns when.
fn open_next(game: &mut Game, round: u16) -> i64 {
    loop {
        let due = game.deadline().expect("not over");
        let input = match game.phase() {
            Phase::Open { .. } => return due - 21_000,
            Phase::Asking { .. } => Input::Posted {
                round,
                message: MessageId(7),
                posted_at_ms: due,
            },
            _ => Input::Deadline,
        };
        game.apply(input, due).expect("goes on");
    }
}

fn give(game: &mut Game, round: u16, user: u64, response: Response, at_ms: i64) {
    let answer = Input::Answer {
        round,
        user: UserId(user),
        response,
        message: MessageId(7),
        posted_at_ms: at_ms,
        clicked_at_ms: at_ms,
    };
    game.apply(answer, at_ms).expect("it counts");
}

/// Two seconds after the question was posted.
fn choose(game: &mut Game, round: u16, user: u64, choice: u8, opened_ms: i64) {
    let response = Response::Choice { choice };
    give(game, round, user, response, opened_ms + 2_000);
}

fn close(game: &mut Game) {
    let closes = game.deadline().expect("it closes");
    game.apply(Input::Deadline, closes).expect("it is closed");
}

fn a_typed_question_and_its_reveal(lang: Lang) {
    let frame = frame(lang);
    let mut game = game_of(Settings {
        answers: AnswerStyle::Typed,
        ..settings()
    });
    let opened = open_next(&mut game, 0);
    let shown = quiz::question(&frame, &game, 0, opened + 20_000);
    assert_reads(lang, "typed_question", &shown);
    let answer_box = quiz::answer_box(lang, frame.game, 0, "Who is *he*?");
    if lang == Lang::English {
        insta::assert_json_snapshot!("typed_box", answer_box);
    }
    let hint_wanted = Input::Hint {
        round: 0,
        user: UserId(2),
    };
    game.apply(hint_wanted, opened).expect("a hint");
    assert_reads(lang, "typed_hint", &hint::given(lang, &game, 0, UserId(2)));
    give(&mut game, 0, 1, typed("Bale"), opened + 2_000);
    give(&mut game, 0, 2, typed("christian bael"), opened + 3_000);
    give(
        &mut game,
        0,
        3,
        typed("something *rude* @everyone"),
        opened + 4_000,
    );
    close(&mut game);
    let reveal = reveal::reveal(&frame, &game).expect("a round has closed");
    assert_reads(lang, "typed_reveal", &reveal);
    let shown = serde_json::to_string(&reveal).expect("JSON");
    assert!(!shown.contains("rude"), "only with leave");
    let quoted = reveal::reveal(&frame_with_names(lang), &game).expect("a round has closed");
    assert_reads(lang, "typed_reveal_quoted", &quoted);
}

fn a_race(lang: Lang) {
    let frame = frame(lang);
    let mut game = game_of(Settings {
        mode: Mode::Race,
        ..settings()
    });
    assert_reads(lang, "race_started", &start::started(&frame, &game));
    let opened = open_next(&mut game, 0);
    let right = Response::Choice { choice: 1 };
    give(&mut game, 0, 1, right.clone(), opened + 2_000);
    give(&mut game, 0, 2, right, opened + 1_900);
    close(&mut game);
    assert_reads(
        lang,
        "race_reveal",
        &reveal::reveal(&frame, &game).expect("closed"),
    );
}

/// No message shows a clue before it is open.
fn a_ladder(lang: Lang) {
    let frame = frame(lang);
    let clues = [
        "1995 · crime, drama",
        "Music by Elliot *Goldenthal*",
        "Written by Michael Mann",
        "Val Kilmer has a supporting part",
        "A detective and a thief meet for coffee ☕",
        "Al Pacino plays Vincent Hanna",
    ];
    let settings = Settings {
        mode: Mode::Ladder,
        seconds: 30,
        rounds: 1,
        ..settings()
    };
    let film = Round {
        clues: clues.map(str::to_owned).to_vec(),
        ..round("Which film is it?", "Heat", ["Thief", "Ali", "Collateral"])
    };
    let mut game = Game::new(settings, vec![film], START_MS, 7);
    assert_reads(lang, "ladder_started", &start::started(&frame, &game));
    open_next(&mut game, 0);
    for open in 1..=clues.len() {
        let question = quiz::question(&frame, &game, 0, START_MS);
        limits::check(&question).expect("it fits");
        let read = quiz::to_read(&game, 0);
        for (at, clue) in clues.iter().enumerate() {
            let shown = question.embeds[0].description.replace('\\', "");
            assert_eq!(shown.contains(clue), at < open, "{clue}");
            assert_eq!(read.contains(clue), at < open, "{clue}");
        }
        if open == 2 {
            assert_reads(lang, "ladder_question", &question);
        }
        let due = game.deadline().expect("a clue, or the end");
        game.apply(Input::Deadline, due).expect("it comes");
    }
    assert_reads(
        lang,
        "ladder_reveal",
        &reveal::reveal(&frame, &game).expect("closed"),
    );
}

fn an_elimination(lang: Lang) {
    let frame = frame(lang);
    let mut game = game_of(Settings {
        mode: Mode::Elimination,
        ..settings()
    });
    assert_reads(lang, "elimination_lobby", &start::started(&frame, &game));
    let stopped = lobby::closed(&frame, &game, EndReason::Stopped);
    assert_reads(lang, "elimination_lobby_closed", &stopped);
    for user in [2, 3] {
        game.apply(Input::Enter { user: UserId(user) }, START_MS - 9)
            .expect("a seat");
    }
    game.apply(Input::Begin { user: UserId(1) }, START_MS - 8)
        .expect("begins");
    assert_reads(lang, "elimination_started", &start::started(&frame, &game));
    for round in 0..2 {
        let opened = open_next(&mut game, round);
        choose(&mut game, round, 1, 1, opened);
        choose(&mut game, round, 2, 0, opened);
        close(&mut game);
    }
    assert_reads(
        lang,
        "elimination_reveal",
        &reveal::reveal(&frame, &game).expect("closed"),
    );
    close(&mut game);
    assert_reads(
        lang,
        "elimination_scoreboard",
        &scoreboard(&frame, &game, &Feats::default()),
    );
}

fn teams(lang: Lang) {
    let frame = frame(lang);
    let mut game = game_of(Settings {
        mode: Mode::Teams,
        ..settings()
    });
    let enter = |game: &mut Game, user, team| {
        let user = UserId(user);
        let entered = game.apply(Input::EnterTeam { user, team }, START_MS - 9);
        entered.expect("a seat");
    };
    let alone = lobby::closed(&frame, &game, EndReason::Unanswered);
    assert_reads(lang, "teams_alone", &alone);
    for (user, team) in [(2, 1), (3, 1), (4, 7), (5, 0), (4, 1)] {
        enter(&mut game, user, team);
    }
    assert_reads(lang, "teams_lobby", &start::started(&frame, &game));
    game.apply(Input::Begin { user: UserId(1) }, START_MS - 8)
        .expect("begins");
    assert_reads(lang, "teams_started", &start::started(&frame, &game));
    for round in 0..2 {
        let opened = open_next(&mut game, round);
        choose(&mut game, round, 2, 1, opened + 1_000);
        choose(&mut game, round, 3, 1, opened + 2_000);
        choose(&mut game, round, 4, 1, opened + 3_000);
        choose(&mut game, round, 1, 1, opened + 4_000);
        if round == 1 {
            let beyond = game.is_beyond_tries(UserId(4));
            assert!(beyond, "two of three count");
        }
        choose(&mut game, round, 5, 0, opened + 5_000);
        if round == 0 {
            let own = |user| own_result(lang, &game, UserId(user)).expect("they answered");
            for (name, user) in [("won", 2), ("faster", 3), ("beyond", 4), ("wrong", 5)] {
                assert_reads(lang, &format!("teams_own_{name}"), &own(user));
            }
        }
    }
    assert_reads(
        lang,
        "teams_reveal",
        &reveal::reveal(&frame, &game).expect("closed"),
    );
    close(&mut game);
    assert_reads(
        lang,
        "teams_scoreboard",
        &scoreboard(&frame, &game, &Feats::default()),
    );
}

fn a_race_says_who_won_which_question(lang: Lang) {
    let frame = frame_with_names(lang);
    let mut game = game_of(Settings {
        mode: Mode::Race,
        ..settings()
    });
    play_round(&mut game, 0, &[(1, 0, 900), (2, 1, 1_900)]);
    play_round(&mut game, 1, &[(1, 3, 2_000)]);
    close(&mut game);
    let feats = Feats::default();
    let sheet = final_card::sheet(&frame, &game, &feats).expect("all are known");
    let words = scoreboard(&frame, &game, &feats);
    assert_reads(
        lang,
        "race_scoreboard",
        &with_card(lang, words, &sheet, vec![0; 9]),
    );
}

fn a_duel(lang: Lang) {
    let frame = frame(lang);
    let mut game = game_of(Settings {
        mode: Mode::Duel,
        opponent: Some(UserId(2)),
        ..settings()
    });
    assert_reads(lang, "duel_challenge", &start::started(&frame, &game));
    let again = game_of(Settings {
        rematch: true,
        ..game.settings().clone()
    });
    assert_reads(lang, "duel_rematch", &start::started(&frame, &again));
    let declined = lobby::closed(&frame, &game, EndReason::Declined);
    assert_reads(lang, "duel_declined", &declined);
    let ignored = lobby::closed(&frame, &game, EndReason::Unanswered);
    assert_reads(lang, "duel_ignored", &ignored);
    game.apply(Input::Accept { user: UserId(2) }, START_MS - 9)
        .expect("accepted");
    for round in 0..2 {
        let opened = open_next(&mut game, round);
        choose(&mut game, round, 1, 1, opened);
        choose(&mut game, round, 2, 0, opened);
    }
    close(&mut game);
    assert_reads(
        lang,
        "duel_scoreboard",
        &scoreboard(&frame, &game, &Feats::default()),
    );
}

/// In a direct message the words address one player.
fn a_game_alone(lang: Lang) {
    let frame = frame(lang);
    let alone = |mode| {
        game_of(Settings {
            solo: true,
            mode,
            ..settings()
        })
    };
    let mut game = alone(Mode::Classic);
    assert_reads(lang, "solo_started", &start::started(&frame, &game));
    let opened = open_next(&mut game, 0);
    choose(&mut game, 0, 1, 1, opened);
    let right = reveal::reveal(&frame, &game).expect("a round has closed");
    assert_reads(lang, "solo_reveal_right", &right);
    let opened = open_next(&mut game, 1);
    choose(&mut game, 1, 1, 3, opened);
    let wrong = reveal::reveal(&frame, &game).expect("a round has closed");
    assert_reads(lang, "solo_reveal_wrong", &wrong);
    let end = game.deadline().expect("the end is due");
    game.apply(Input::Deadline, end).expect("it ends");
    assert_reads(
        lang,
        "solo_scoreboard",
        &scoreboard(&frame, &game, &Feats::default()),
    );
    let mut game = alone(Mode::Elimination);
    assert_reads(
        lang,
        "solo_elimination_started",
        &start::started(&frame, &game),
    );
    play_round(&mut game, 0, &[]);
    let nothing = reveal::reveal(&frame, &game).expect("a round has closed");
    assert_reads(lang, "solo_elimination_reveal", &nothing);
    let question = quiz::question(&frame, &game, 1, START_MS);
    assert_reads(lang, "solo_elimination_question", &question);
}

/// A message as it is read: its texts in order, and the buttons in brackets.
pub(super) fn words(message: &Message) -> String {
    if let Err(error) = limits::check(message) {
        panic!("{error}: {message:?}");
    }
    let mut lines = vec![message.content.clone()];
    for embed in &message.embeds {
        lines.extend([embed.title.clone(), embed.description.clone()]);
        let fields = embed.fields.iter();
        lines.extend(fields.map(|field| format!("{}: {}", field.name, field.value)));
        lines.push(embed.footer.clone());
    }
    for row in &message.rows {
        lines.push(match row {
            Row::Buttons(buttons) => {
                let labels = buttons.iter().map(|button| format!("[{}]", button.label));
                labels.collect::<Vec<_>>().join(" ")
            }
            Row::Select(menu) => {
                let options = menu.options.iter().map(|option| option.label.as_str());
                let options = options.collect::<Vec<_>>().join(" | ");
                format!("[{}] {options}", menu.placeholder)
            }
        });
    }
    let alt = message.file.iter().map(|file| file.alt.clone());
    lines.extend(alt);
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

#[test]
fn a_game_in_german() {
    let lang = Lang::German;
    let frame = frame_with_names(lang);
    let lobby_of = |mode, opponent| {
        let settings = Settings {
            mode,
            opponent,
            ..settings()
        };
        start::started(&frame, &game_of(settings))
    };
    let mut game = game();
    let mut read = vec![
        lobby_of(Mode::Elimination, None),
        lobby_of(Mode::Teams, None),
        lobby_of(Mode::Duel, Some(UserId(2))),
        thread::placed(lang, start::started(&frame, &game), Venue::Thread),
    ];
    open_next(&mut game, 0);
    read.push(quiz::question(&frame, &game, 0, START_MS));
    let mut game = self::game();
    play_round(&mut game, 0, &[(1, 1, 3_210), (2, 1, 3_280), (3, 0, 5_000)]);
    read.push(reveal::reveal(&frame, &game).expect("a round has closed"));
    let own = (1..4).filter_map(|user| own_result(lang, &game, UserId(user)));
    // Their first line is the answer to the press, which has tests of its own.
    let results = own.filter_map(|own| Some(own.content.split_once('\n')?.1.to_owned()));
    read.extend(results.map(Message::sentence));
    play_round(&mut game, 1, &[(1, 1, 3_000), (3, 1, 9_000)]);
    close(&mut game);
    let feats = Feats {
        bests: vec![UserId(1)],
        badges: Vec::new(),
    };
    let sheet = final_card::sheet(&frame, &game, &feats).expect("all are known");
    let scores = scoreboard(&frame, &game, &feats);
    read.push(with_card(lang, scores, &sheet, vec![0; 9]));
    read.push(thread::result(&frame, &game));
    let missed = [Miss {
        round: 0,
        response: Some(Response::Choice { choice: 0 }),
    }];
    read.push(misses::misses(
        lang,
        frame.game,
        game.rounds(),
        Some(&missed),
        0,
    ));
    let revenge = Revenge {
        game: frame.game,
        rounds: game.rounds(),
        misses: &missed,
        right: 0,
    };
    read.extend((0..2).map(|choice| revenge.answered(lang, 0, choice)));
    let read: Vec<String> = read.iter().map(words).collect();
    insta::assert_snapshot!("game_in_german", read.join("\n\n"));
}

/// Before a question closes, nothing visible depends on what was picked, or by whom; and nobody is
/// told their result.
#[test]
fn an_open_question_reveals_nothing_about_the_answers() {
    let answered = |answers: [(u64, u8); 3]| {
        let mut game = game();
        play_round(&mut game, 0, &[(1, 1, 2_000), (4, 0, 3_000)]);
        let closed = reveal::reveal(&frame(Lang::English), &game).expect("a round has closed");
        assert!(
            closed.embeds[0]
                .fields
                .iter()
                .any(|f| f.name.contains("picked"))
        );
        let opened = open_next(&mut game, 1);
        for (user, choice) in answers {
            choose(&mut game, 1, user, choice, opened);
        }
        assert!(matches!(game.phase(), Phase::Open { .. }));
        assert_eq!(reveal::reveal(&frame(Lang::English), &game), None);
        for (user, _) in answers {
            assert_eq!(own_result(Lang::English, &game, UserId(user)), None);
        }
        quiz::question(&frame(Lang::English), &game, 1, opened + 20_000)
    };
    let all_right = answered([(1, 1), (2, 1), (3, 1)]);
    let text = serde_json::to_string(&all_right).expect("JSON");
    assert!(
        text.contains("3 answered") && !text.contains("<@"),
        "{text}"
    );
    assert_eq!(answered([(7, 0), (8, 2), (9, 3)]), all_right);
}

/// A crowd of long names and long answers fits, at every step and at the end.
fn the_longest_messages_fit(lang: Lang) {
    let text = |c: char| c.to_string().repeat(300);
    let huge = || {
        round(
            &text('?'),
            &text('*'),
            ["_", "~", "|"]
                .map(|c| c.repeat(300))
                .each_ref()
                .map(String::as_str),
        )
    };
    for (mode, answers) in [
        (Mode::Classic, AnswerStyle::Typed),
        (Mode::Classic, AnswerStyle::Buttons),
        (Mode::Race, AnswerStyle::Buttons),
    ] {
        let rounds = vec![huge(); 50];
        let mut game = Game::new(
            Settings {
                rounds: 50,
                mode,
                answers,
                ..settings()
            },
            rounds,
            START_MS,
            7,
        );
        let mut frame = frame(lang);
        frame.pack_title = text('*');
        let user = |n: u64| u64::MAX - n;
        for n in 0..40 {
            let known = PlayerInfo {
                name: text('_').into(),
                username: text('x').into(),
                may_be_quoted: Some(true),
            };
            frame.meet(UserId(user(n)), known);
        }
        for round in 0..50 {
            let opened = open_next(&mut game, round);
            for n in 0..40 {
                let response = match answers {
                    AnswerStyle::Typed => typed(&"x*".repeat(50)),
                    AnswerStyle::Buttons => Response::Choice {
                        choice: u8::try_from(n % 4).unwrap_or(0),
                    },
                };
                let answer = Input::Answer {
                    round,
                    user: UserId(user(n)),
                    response,
                    message: MessageId(7),
                    posted_at_ms: opened,
                    clicked_at_ms: opened + 900,
                };
                // A race's question may already have been won.
                let _ = game.apply(answer, opened + 900);
            }
            if matches!(game.phase(), Phase::Open { .. }) {
                limits::check(&quiz::question(&frame, &game, round, START_MS))
                    .expect("an open question");
                close(&mut game);
            }
            let revealed = reveal::reveal(&frame, &game).expect("a round has closed");
            limits::check(&revealed).expect("a reveal");
        }
        let feats = Feats {
            bests: (0..40).map(|n| UserId(user(n))).collect(),
            badges: (0..8)
                .flat_map(|n| Badge::ALL.map(|badge| (UserId(user(n)), badge)))
                .collect(),
        };
        let end = game.deadline().expect("the end is due");
        game.apply(Input::Deadline, end).expect("it ends");
        let words = scoreboard(&frame, &game, &feats);
        limits::check(&words).expect("the scores");
        let sheet = final_card::sheet(&frame, &game, &feats).expect("all are known");
        limits::check(&with_card(lang, words, &sheet, vec![0]))
            .expect("the scores with their card");
    }
}

fn hints_pauses_and_misses(lang: Lang) {
    let frame = frame(lang);
    let mut game = game();
    assert_reads(
        lang,
        "sure_to_stop",
        &reply::sure_to_stop(lang, frame.game, false),
    );
    let alone = reply::sure_to_stop(lang, frame.game, true);
    assert_reads(lang, "sure_to_stop_alone", &alone);
    let opened = open_next(&mut game, 0);
    let hint_wanted = Input::Hint {
        round: 0,
        user: UserId(2),
    };
    game.apply(hint_wanted, opened).expect("a hint");
    assert_reads(lang, "hint_given", &hint::given(lang, &game, 0, UserId(2)));
    choose(&mut game, 0, 2, 1, opened);
    let pause = Input::Pause {
        user: UserId(1),
        rights: ControlRights::default(),
    };
    game.apply(pause, opened + 3_000).expect("a pause");
    close(&mut game);
    assert_reads(
        lang,
        "reveal_paused",
        &reveal::reveal(&frame, &game).expect("closed"),
    );

    let miss = |round, response| Miss { round, response };
    let missed = [
        miss(0, Some(Response::Choice { choice: 3 })),
        miss(1, None),
        miss(0, Some(typed("pac*ino"))),
    ];
    let show = |missed: Option<&[Miss]>, page| {
        misses::misses(lang, frame.game, game.rounds(), missed, page)
    };
    assert_reads(lang, "misses", &show(Some(&missed), 0));
    let revenge = |right| Revenge {
        game: frame.game,
        rounds: game.rounds(),
        misses: &missed[..2],
        right,
    };
    assert_reads(lang, "revenge_question", &revenge(0).question(lang, 0));
    let choices = || revenge(0).question(lang, 0).rows;
    assert_eq!(choices(), choices(), "pressing again changes nothing");
    let answers: Vec<Message> = (0..4)
        .map(|choice| revenge(0).answered(lang, 0, choice))
        .collect();
    let got = |message: &&Message| message.embeds[0].tone == Tone::Good;
    assert_eq!(answers.iter().filter(got).count(), 1);
    let wrong = answers.iter().find(|message| !got(message)).expect("wrong");
    assert_reads(lang, "revenge_wrong", wrong);
    let last = |right| (0..4).map(move |choice| revenge(right).answered(lang, 1, choice));
    let both = last(1).find(|message| got(&message)).expect("right");
    assert_reads(lang, "revenge_taken", &both);
    let neither = last(0).find(|message| !got(&message)).expect("wrong");
    assert_reads(lang, "revenge_failed", &neither);
    assert_reads(lang, "revenge_nothing", &revenge(0).question(lang, 2));
    assert_reads(lang, "misses_none", &show(Some(&[]), 0));
    assert_reads(lang, "misses_not_played", &show(None, 0));
    let many: Vec<Miss> = missed.iter().cycle().take(18).cloned().collect();
    for page in 0..9 {
        limits::check(&show(Some(&many), page)).expect("every page fits");
    }
    assert_reads(lang, "misses_last_page", &show(Some(&many), 4));
}

fn private_answers(lang: Lang) {
    let given = Some("Christian *Bale*");
    let sentences: Vec<(&str, Message)> = vec![
        (
            "locked in",
            reply::locked_in(lang, Some(1), "Christian *Bale*"),
        ),
        ("voted", reply::voted(lang, 1, 2, false)),
        ("skipped", reply::voted(lang, 2, 2, true)),
        ("stopped", reply::stopped(lang, false)),
        ("stopped alone", reply::stopped(lang, true)),
        ("just answer", reply::just_answer(lang)),
        (
            "already answered",
            reply::refused(
                lang,
                &Refusal::AlreadyAnswered {
                    response: Response::Choice { choice: 1 },
                },
                given,
            ),
        ),
        ("too late", reply::refused(lang, &Refusal::TooLate, None)),
        ("game over", reply::refused(lang, &Refusal::GameOver, None)),
        (
            "no such choice",
            reply::refused(lang, &Refusal::NoSuchChoice, None),
        ),
        (
            "already voted",
            reply::refused(
                lang,
                &Refusal::AlreadyVoted {
                    votes: 1,
                    needed: 3,
                },
                None,
            ),
        ),
        (
            "already in",
            reply::refused(lang, &Refusal::AlreadyIn, None),
        ),
        (
            "not playing",
            reply::refused(lang, &Refusal::NotPlaying, None),
        ),
        (
            "not yours",
            reply::refused(lang, &Refusal::NotYours { starter: UserId(1) }, None),
        ),
        ("stale", reply::refused(lang, &Refusal::Stale, None)),
        (
            "channel busy",
            reply::channel_busy(lang, Some(ControlPolicy::Players)),
        ),
        ("busy alone", reply::channel_busy(lang, None)),
        ("no room", reply::no_room(lang)),
        (
            "rounds",
            reply::bad_setting(lang, SettingsError::Rounds(51)),
        ),
        (
            "seconds",
            reply::bad_setting(lang, SettingsError::Seconds(4)),
        ),
        (
            "unknown pack",
            reply::no_questions(lang, &ChooseError::UnknownPack("@everyone *x*".to_owned())),
        ),
        (
            "no question",
            reply::no_questions(lang, &ChooseError::NoQuestion),
        ),
        ("unknown code", reply::unknown_code(lang, "`code`")),
        (
            "unknown choice",
            reply::unknown_choice(lang, "topic", "gossip"),
        ),
        ("unknown interaction", reply::unknown_interaction(lang)),
    ];
    insta::assert_snapshot!(format!("private_answers_{}", lang.code()), read(&sentences));
    assert_reads(lang, "broken", &reply::broken(lang, "7QK2ZX"));
    assert_reads(lang, "not_stored", &reply::not_stored(lang, "7QK2ZX"));
    assert_reads(lang, "restarting", &reply::restarting(lang));
    assert_reads(lang, "game_elsewhere", &reply::game_elsewhere(lang));
}

/// One line for each, after checking them against the limits.
fn read(sentences: &[(&str, Message)]) -> String {
    let read: Vec<String> = sentences
        .iter()
        .map(|(name, message)| {
            limits::check(message).expect("within the limits");
            assert!(
                message.embeds.is_empty() && message.rows.is_empty(),
                "{name}: a sentence"
            );
            format!("{name}: {}", message.content)
        })
        .collect();
    read.join("\n")
}

fn private_answers_of_the_modes(lang: Lang) {
    let sentences: Vec<(&str, Message)> = vec![
        (
            "locked in, typed",
            reply::locked_in(lang, None, "*bale* @everyone"),
        ),
        (
            "already answered, typed",
            reply::refused(
                lang,
                &Refusal::AlreadyAnswered {
                    response: Response::Typed {
                        text: "bale".to_owned(),
                    },
                },
                Some("bale"),
            ),
        ),
        (
            "not seated",
            reply::refused(lang, &Refusal::NotSeated, None),
        ),
        ("out", reply::refused(lang, &Refusal::Out, None)),
        (
            "lobby full",
            reply::refused(lang, &Refusal::LobbyFull, None),
        ),
        ("full", reply::refused(lang, &Refusal::Full, None)),
        (
            "starter stays",
            reply::refused(lang, &Refusal::StarterStays, None),
        ),
        (
            "begun already",
            reply::refused(lang, &Refusal::BegunAlready, None),
        ),
        (
            "not invited",
            reply::refused(
                lang,
                &Refusal::NotInvited {
                    opponent: UserId(2),
                },
                None,
            ),
        ),
        (
            "not your lobby",
            reply::refused(lang, &Refusal::NotYourLobby { starter: UserId(1) }, None),
        ),
        (
            "nothing typed",
            reply::refused(lang, &Refusal::NothingTyped, None),
        ),
        (
            "not open yet",
            reply::refused(lang, &Refusal::NotOpenYet, None),
        ),
        (
            "paused already",
            reply::refused(lang, &Refusal::PausedAlready, None),
        ),
        (
            "not paused",
            reply::refused(lang, &Refusal::NotPaused, None),
        ),
        (
            "last question",
            reply::refused(lang, &Refusal::LastQuestion, None),
        ),
        ("pause comes", reply::paused(lang, false)),
        ("paused", reply::paused(lang, true)),
        ("resumed", reply::resumed(lang)),
        ("no race alone", reply::not_alone(lang, Mode::Race)),
        ("no duel alone", reply::not_alone(lang, Mode::Duel)),
        ("duel with whom", reply::duel_needs_opponent(lang)),
        ("opponent without duel", reply::opponent_without_duel(lang)),
        ("yourself", reply::no_opponent(lang, NoOpponent::Yourself)),
        ("bot", reply::no_opponent(lang, NoOpponent::Bot)),
        ("elsewhere", reply::no_opponent(lang, NoOpponent::Elsewhere)),
        ("other part", reply::other_part(lang)),
        ("not your duel", reply::not_your_duel(lang)),
    ];
    insta::assert_snapshot!(
        format!("private_answers_of_the_modes_{}", lang.code()),
        read(&sentences)
    );
}

fn help_reads_well(lang: Lang) {
    assert_reads(lang, "help", &help::help(lang));
    assert_reads(lang, "help_points", &help::points(lang));
    assert_reads(lang, "help_modes", &help::modes(lang));
    assert_reads(lang, "help_privacy", &help::privacy(lang));
}

fn boards(lang: Lang) {
    let standing = |rank, user, points| Standing {
        rank,
        user,
        points,
        correct: points / 100,
        answered: 20,
    };
    let page = |rows: Vec<Standing>, page, pages, players| BoardPage {
        rows,
        page,
        pages,
        players,
    };
    let first = page(
        vec![
            standing(1, UserId(11), 12_345),
            standing(2, UserId(12), 900),
            standing(2, UserId(13), 900),
            standing(4, UserId(14), 0),
        ],
        0,
        3,
        24,
    );
    let query = BoardQuery::first(true);
    let own = standing(17, UserId(99), 150);
    let show = |query, in_guild, page: &BoardPage, caller, own| {
        let place = leaderboard::Place {
            in_guild,
            zone: Zone::UTC,
            season: None,
        };
        leaderboard::board(lang, query, place, page, caller, own)
    };
    let message = show(query, true, &first, UserId(99), Some(&own));
    assert_reads(lang, "board_first_page", &message);
    if lang == Lang::German {
        insta::assert_json_snapshot!("board_german", message);
    }
    assert_reads(
        lang,
        "board_own_row",
        &show(query, true, &first, UserId(12), Some(&first.rows[1])),
    );
    let last = page(vec![standing(21, UserId(15), 100)], 2, 3, 21);
    let week = BoardQuery {
        global: true,
        period: Period::Week,
        page: 2,
    };
    assert_reads(
        lang,
        "board_last_page",
        &show(week, false, &last, UserId(98), None),
    );
    let empty = page(Vec::new(), 0, 0, 0);
    assert_reads(
        lang,
        "board_empty",
        &show(BoardQuery::first(false), false, &empty, UserId(1), None),
    );
}

/// A board names its time zone where that makes a difference.
#[test]
fn a_board_in_a_time_zone() {
    let page = BoardPage {
        rows: Vec::new(),
        page: 0,
        pages: 0,
        players: 0,
    };
    let footer = |global, period, zone: &str| {
        let query = BoardQuery {
            global,
            period,
            page: 0,
        };
        let place = leaderboard::Place {
            in_guild: true,
            zone: Zone::parse(zone).expect("a zone"),
            season: None,
        };
        let message = leaderboard::board(Lang::English, query, place, &page, UserId(1), None);
        message.embeds[0].footer.clone()
    };
    let plain = "0 players · page 1 of 1";
    let berlin = format!("{plain} · time zone Europe/Berlin");
    assert_eq!(footer(false, Period::Day, "Europe/Berlin"), berlin);
    assert_eq!(footer(false, Period::Month, "Europe/Berlin"), berlin);
    assert_eq!(footer(false, Period::All, "Europe/Berlin"), plain);
    assert_eq!(footer(true, Period::Day, "Europe/Berlin"), plain);
    assert_eq!(footer(false, Period::Day, "UTC"), plain);
}

fn settings_of_a_server(lang: Lang) {
    let around = settings::SettingsContext {
        about_title: &|_| None,
        pack_title: &|id| (id == "heat-2").then(|| "Heat 2 in the *news*".to_owned()),
        now_ms: START_MS,
    };
    let none = ServerSettings::default();
    assert_reads(lang, "settings_none", &settings::show(lang, &none, &around));
    let mut some = ServerSettings::default();
    some.packs = heat_core::bank::PackList::from_iter(["heat-2"]);
    some.rounds = Some(15);
    some.difficulty = Some(Difficulty::Hard);
    some.answers = AnswerStyle::Typed;
    some.mode = Mode::Elimination;
    some.channels = (101..=120).map(ChannelId).collect();
    some.threads = true;
    some.starters = [7, 8, 9].map(RoleId).into();
    some.member_cooldown_s = 90;
    some.channel_cooldown_s = 300;
    some.zone = Zone::parse("America/St_Johns").expect("a zone");
    some.language = Some(Lang::German);
    some.steering = ControlPolicy::Moderators;
    some.pace = Pace::OneAndAHalf;
    some.reports_hide_after = Some(1);
    assert_reads(lang, "settings_all", &settings::show(lang, &some, &around));
    if lang == Lang::German {
        let german = settings::show(lang, &some, &around);
        insta::assert_json_snapshot!("settings_german", german);
    }
    assert_reads(
        lang,
        "settings_changed",
        &settings::changed(lang, &none, &some, &around),
    );
    assert_reads(
        lang,
        "settings_unchanged",
        &settings::changed(lang, &some, &some, &around),
    );
    some.packs = heat_core::bank::PackList::from_iter(["gone"]);
    let shown = settings::show(lang, &some, &around);
    assert!(shown.embeds[0].fields[0].value.contains("`gone`"));
    let one = [ChannelId(5)].into();
    let sentences = [
        ("not here", settings::not_here(lang, &one)),
        (
            "not here, of many",
            settings::not_here(lang, &some.channels),
        ),
        ("no starter", settings::not_a_starter(lang, &some.starters)),
        (
            "no starter, of one",
            settings::not_a_starter(lang, &[RoleId(7)].into()),
        ),
        (
            "too soon again",
            settings::too_soon(lang, settings::Cooldown::Member, START_MS),
        ),
        (
            "too soon here",
            settings::too_soon(lang, settings::Cooldown::Channel, START_MS),
        ),
        ("too many starters", settings::too_many_starters(lang, 10)),
        ("not named", settings::not_named(lang, RoleId(7))),
        ("last starter", settings::last_starter(lang)),
        ("everyone", settings::everyone_is_no_role(lang)),
        ("bad cooldown", settings::bad_cooldown(lang, 3_600)),
        ("too many channels", settings::too_many_channels(lang, 50)),
        ("all allowed", settings::all_are_allowed(lang)),
        ("last channel", settings::last_channel(lang)),
        ("nothing named", settings::nothing_named(lang)),
        (
            "unknown zone",
            settings::unknown_zone(lang, "Gotham *City*", 0),
        ),
        ("bad reports", settings::bad_reports(lang, 100)),
        ("not allowed", settings::not_allowed(lang)),
        ("only in servers", settings::only_in_servers(lang)),
        (
            "players only",
            reply::refused(lang, &Refusal::PlayersOnly, None),
        ),
        (
            "moderators only",
            reply::refused(lang, &Refusal::ModeratorsOnly, None),
        ),
    ];
    assert_lines(lang, "private_answers_of_settings", &read(&sentences));
}

#[test]
fn extended_time_is_announced() {
    let started = |pace, seconds| {
        let game = game_of(Settings {
            seconds,
            pace,
            ..settings()
        });
        start::started(&frame(Lang::English), &game).embeds[0]
            .description
            .clone()
    };
    for (pace, seconds, said) in [
        (Pace::Usual, 20, " 20 seconds each ·"),
        (
            Pace::OneAndAHalf,
            5,
            " 7.5 seconds each (extended time, 1.5×) ·",
        ),
        (Pace::Double, 20, " 40 seconds each (extended time, 2×) ·"),
        (Pace::Triple, 120, " 360 seconds each (extended time, 3×) ·"),
    ] {
        let text = started(pace, seconds);
        assert!(text.contains(said), "{text}");
    }
}

fn stats_in_words(lang: Lang) {
    let share = |answered, correct| Share { answered, correct };
    let record = Record {
        games: 1_057,
        answered: 4_400,
        correct: 3_312,
        streak: 4,
        streak_best: 23,
        typical_ms: Some(4_230),
        fastest_ms: Some(1_310),
        wins: 212,
        perfect_games: 1,
        quick_row_best: 5,
        topics: [
            ("cast", share(3_000, 2_500)),
            ("career", share(1_000, 812)),
            ("weather", share(400, 0)),
        ]
        .map(|(topic, share)| (topic.to_owned(), share))
        .into(),
    };
    let member = stats::Member {
        id: UserId(1),
        name: "**Vincent** _Hanna_\u{202e} @everyone",
        username: "hanna",
    };
    let place = |rank, players| {
        let standing = Standing {
            rank,
            user: UserId(1),
            points: 412_345,
            correct: 3_312,
            answered: 4_400,
        };
        Some(stats::Place { standing, players })
    };
    let days = stats::Days {
        current: 1,
        best: 30,
    };
    let sheet = stats::sheet(lang, member, &record, days, place(3, 128), place(41, 9_204));
    assert_reads(lang, "stats_in_words", &stats::message(lang, &sheet, None));
    if lang == Lang::German {
        insta::assert_json_snapshot!("stats_german", stats::message(lang, &sheet, None));
    }
    assert_reads(
        lang,
        "stats",
        &stats::message(lang, &sheet, Some(vec![0; 9])),
    );
    let first = Record {
        games: 1,
        answered: 1,
        topics: [("cast".to_owned(), share(1, 0))].into(),
        ..Record::default()
    };
    let days = stats::Days::default();
    let sheet = stats::sheet(lang, member, &first, days, None, place(9_204, 9_204));
    assert_reads(
        lang,
        "stats_without_card",
        &stats::message(lang, &sheet, None),
    );
    let refusals = [
        stats::nothing(lang, UserId(1), true),
        stats::nothing(lang, UserId(1), false),
        stats::refused(lang, stats::NoMember::Bot),
        stats::refused(lang, stats::NoMember::Elsewhere),
        stats::refused(lang, stats::NoMember::DirectMessage),
    ];
    for refusal in &refusals {
        assert_eq!(limits::check(refusal), Ok(()));
    }
    if lang == Lang::English {
        insta::assert_json_snapshot!("stats_none", refusals);
    }
}
