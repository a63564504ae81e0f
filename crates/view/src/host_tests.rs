//! Snapshots of a hosted evening. The host's private panels and the public messages fit, and reveal
//! nothing too early.

use super::awards::Feats;
use super::custom_id::{CustomId, HostButton};
use super::message::{Message, Row};
use super::quiz::{self, Frame};
use super::rendered::{knowing, words};
use super::scoreboard::scoreboard;
use super::{host, limits, lobby, own_result, reveal, start};
use heat_core::bank::{Answer, PackList, Question, Round};
use heat_core::facts::{Difficulty, Topic};
use heat_core::game::{
    AnswerStyle, ControlRights, Game, GameId, HOST_WAIT_MS, Input, MessageId, Mode, Pace, Phase,
    Response, Settings, UserId,
};
use heat_core::lang::Lang;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

const HOST: UserId = UserId(9);
const START_MS: i64 = 1_700_000_000_000;

fn round(prompt: &str) -> Round {
    let answer = |text: &str| Answer {
        text: text.to_owned(),
        entity: None,
    };
    Round {
        question: Arc::new(Question {
            id: "q".to_owned(),
            pack: "p".to_owned(),
            facts: Vec::new(),
            tells: Vec::new(),
            topic: Topic::Cast,
            difficulty: Difficulty::Easy,
            template: "written".to_owned(),
            about: Vec::new(),
            prompt: prompt.to_owned(),
            answer: answer("Neil McCauley"),
            accept: Vec::new(),
            distractors: ["Vincent Hanna", "Chris Shiherlis", "Nate"]
                .map(answer)
                .to_vec(),
            reason: "He leads the crew.".to_owned(),
            citation: String::new(),
            url: None,
            lookup: None,
        }),
        choices: [Some(0), None, Some(1), Some(2)],
        clues: Vec::new(),
        typed: serde_json::from_value(json!({ "accept": ["neil mccauley", "mccauley"] })).ok(),
    }
}

fn game(mode: Mode, answers: AnswerStyle) -> Game {
    let settings = Settings {
        packs: PackList::default(),
        about: None,
        rounds: 4,
        seconds: 20,
        difficulty: None,
        starter: HOST,
        solo: false,
        mode,
        answers,
        pace: Pace::Usual,
        opponent: None,
        rematch: false,
        finale: true,
        hosted: true,
    };
    let rounds = (1..=4).map(|n| round(&format!("Who leads crew *{n}*?")));
    Game::new(settings, rounds.collect(), START_MS + HOST_WAIT_MS, 7)
}

/// A frame in which two players are known and let their words be quoted.
fn frame() -> Frame {
    let frame = Frame {
        lang: Lang::English,
        game: GameId(1_700_000_000_000_000_000),
        code: "K7TQ2M4X".to_owned(),
        pack_title: "Heat".to_owned(),
        known: BTreeMap::new(),
    };
    knowing(frame, &[(1, "Foley *1*"), (2, "@everyone")])
}

fn by_host(game: &mut Game, input: impl Fn(UserId, ControlRights) -> Input) {
    let input = input(HOST, ControlRights::default());
    game.apply(input, START_MS).expect("the host may");
}

/// The host opens a question; these members answer it, and it closes.
fn ask(game: &mut Game, next: u16, answers: &[(u64, Response)]) {
    if matches!(game.phase(), Phase::Held { .. }) {
        by_host(game, |user, rights| Input::Next { user, rights, next });
    }
    let due_ms = game.deadline().expect("due");
    game.apply(Input::Deadline, due_ms).expect("asked");
    let posted = Input::Posted {
        round: next,
        message: MessageId(7),
        posted_at_ms: due_ms,
    };
    game.apply(posted, due_ms).expect("posted");
    for (user, response) in answers {
        let clicked_at_ms = due_ms + 2_000 + i64::try_from(*user).unwrap_or(0);
        let answer = Input::Answer {
            round: next,
            user: UserId(*user),
            response: response.clone(),
            message: MessageId(7),
            posted_at_ms: due_ms,
            clicked_at_ms,
        };
        game.apply(answer, clicked_at_ms).expect("counts");
    }
    while let (Phase::Open { .. }, Some(at_ms)) = (game.phase(), game.deadline()) {
        game.apply(Input::Deadline, at_ms).expect("closes");
    }
}

fn typed(user: u64, text: &str) -> (u64, Response) {
    let text = text.to_owned();
    (user, Response::Typed { text })
}

fn judge(game: &mut Game, round: u16, at: u16, right: bool) {
    by_host(game, |user, rights| Input::Judge {
        user,
        rights,
        round,
        at,
        right,
    });
}

fn revealed(frame: &Frame, game: &Game) -> Message {
    reveal::reveal(frame, game).expect("a round has closed")
}

fn assert_reads(name: &str, message: &Message) {
    assert_eq!(limits::check(message), Ok(()), "{name}");
    insta::assert_json_snapshot!(name, message);
}

#[test]
fn a_hosted_evening() {
    let frame = frame();
    let mut game = game(Mode::Classic, AnswerStyle::Typed);
    assert_reads("hosted_started", &start::started(&frame, &game));
    let question = quiz::question(&frame, &game, 0, START_MS);
    let labels = serde_json::to_string(&question).expect("JSON");
    assert!(!labels.contains("Pause"), "{labels}");

    let answers = [
        typed(1, "Mac *Auley*"),
        typed(2, "McCauley"),
        typed(3, "hidden words"),
    ];
    ask(&mut game, 0, &answers);
    assert_reads("hosted_reveal", &revealed(&frame, &game));
    assert_reads(
        "hosted_judge_panel",
        &host::judge_panel(Lang::English, &frame, &game, 0),
    );
    judge(&mut game, 0, 0, true);
    judge(&mut game, 0, 1, true);
    by_host(&mut game, |user, rights| Input::Bonus {
        user,
        rights,
        to: UserId(3),
        nth: 0,
        points: 100,
    });
    let shown = revealed(&frame, &game);
    assert_reads("hosted_reveal_judged", &shown);
    let public = serde_json::to_string(&shown).expect("JSON");
    assert!(
        !public.contains("hidden words"),
        "only with leave: {public}"
    );
    assert_reads(
        "hosted_judge_panel_judged",
        &host::judge_panel(Lang::English, &frame, &game, 0),
    );
    let own = own_result::own_result(Lang::English, &game, UserId(1)).expect("they answered");
    assert!(own.content.contains('✅'), "{}", own.content);
    assert_reads(
        "hosted_bonus_panel",
        &host::bonus_panel(Lang::English, &frame, &game),
    );

    let mut mistaken = game.clone();
    let undo = |user, rights| Input::UndoBonus {
        user,
        rights,
        nth: 0,
    };
    by_host(&mut mistaken, undo);
    assert_reads(
        "hosted_bonus_panel_undone",
        &host::bonus_panel(Lang::English, &frame, &mistaken),
    );
    let public = serde_json::to_string(&revealed(&frame, &mistaken)).expect("JSON");
    assert!(!public.contains('🎁'), "{public}");

    by_host(&mut game, |user, rights| Input::Break {
        user,
        rights,
        next: 1,
    });
    by_host(&mut game, |user, rights| Input::LastRound {
        user,
        rights,
        next: 1,
    });
    assert_reads("hosted_break", &revealed(&frame, &game));
    let settled = reveal::settled(&revealed(&frame, &game));
    assert_reads("hosted_reveal_settled", &settled);
    ask(&mut game, 1, &[]);
    assert_reads("hosted_last_reveal", &revealed(&frame, &game));
    let mut mistaken = game.clone();
    by_host(&mut mistaken, undo);
    let public = serde_json::to_string(&revealed(&frame, &mistaken)).expect("JSON");
    assert!(public.contains("↩️ <@3> −100"), "{public}");
    by_host(&mut game, |user, rights| Input::Next {
        user,
        rights,
        next: 2,
    });
    let end = scoreboard(&frame, &game, &Feats::default());
    assert_reads("hosted_scoreboard", &end);
}

#[test]
fn a_hosted_evening_in_german() {
    let lang = Lang::German;
    let frame = Frame { lang, ..frame() };
    let mut game = game(Mode::Classic, AnswerStyle::Typed);
    let mut read = vec![start::started(&frame, &game)];
    let answers = [
        typed(1, "Mac *Auley*"),
        typed(2, "McCauley"),
        typed(3, "hidden words"),
    ];
    ask(&mut game, 0, &answers);
    judge(&mut game, 0, 0, true);
    by_host(&mut game, |user, rights| Input::Bonus {
        user,
        rights,
        to: UserId(3),
        nth: 0,
        points: 100,
    });
    by_host(&mut game, |user, rights| Input::Break {
        user,
        rights,
        next: 1,
    });
    read.extend([
        revealed(&frame, &game),
        host::judge_panel(lang, &frame, &game, 0),
        host::bonus_panel(lang, &frame, &game),
        host::not_in_mode(lang, Mode::Duel),
    ]);
    let read: Vec<String> = read.iter().map(words).collect();
    insta::assert_snapshot!("hosted_in_german", read.join("\n\n"));
}

#[test]
fn a_hosted_lobby_and_a_host_who_stays_away() {
    let frame = frame();
    let mut teams = game(Mode::Teams, AnswerStyle::Buttons);
    assert_reads("hosted_lobby", &start::started(&frame, &teams));
    let due_ms = teams.deadline().expect("due");
    teams.apply(Input::Deadline, due_ms).expect("it ends");
    let Phase::Ended(reason) = teams.phase() else {
        panic!("it has ended");
    };
    assert_reads(
        "hosted_lobby_closed",
        &lobby::closed(&frame, &teams, reason),
    );
    let mut forgotten = game(Mode::Classic, AnswerStyle::Buttons);
    ask(&mut forgotten, 0, &[(1, Response::Choice { choice: 1 })]);
    assert_reads("hosted_reveal_of_buttons", &revealed(&frame, &forgotten));
    let due_ms = forgotten.deadline().expect("due");
    forgotten.apply(Input::Deadline, due_ms).expect("it ends");
    let end = scoreboard(&frame, &forgotten, &Feats::default());
    assert_reads("hosted_forgotten", &end);
}

proptest! {
    /// However many members type whatever, and however it is judged: the panels fit, and each line
    /// of a menu is an answer or a player.
    #[test]
    fn panels_fit_and_their_lines_can_be_chosen(
        texts in prop::collection::vec("\\PC{1,100}", 1..120),
        judged in prop::collection::vec((0_u16..130, any::<bool>()), 0..20),
    ) {
        let frame = frame();
        let mut game = game(Mode::Classic, AnswerStyle::Typed);
        let answers: Vec<(u64, Response)> = (1_u64..)
            .zip(&texts)
            .filter(|(user, text)| *user != HOST.0 && text.chars().any(char::is_alphanumeric))
            .map(|(user, text)| typed(user, text))
            .collect();
        ask(&mut game, 0, &answers);
        for (at, right) in judged {
            let judge = Input::Judge {
                user: HOST,
                rights: ControlRights::default(),
                round: 0,
                at,
                right,
            };
            // There may be fewer answers.
            let _ = game.apply(judge, START_MS);
        }
        let typed = game.typed_answers();
        let panels = Lang::ALL.into_iter().flat_map(|lang| {
            [host::judge_panel(lang, &frame, &game, 0), host::bonus_panel(lang, &frame, &game)]
        });
        for message in panels.chain([revealed(&frame, &game)]) {
            prop_assert_eq!(limits::check(&message), Ok(()));
            let shown = serde_json::to_string(&message.embeds).expect("JSON");
            prop_assert!(!shown.contains("@everyone"));
            for row in &message.rows {
                let Row::Select(menu) = row else { continue };
                for option in &menu.options {
                    match CustomId::parse(&menu.custom_id) {
                        Some(CustomId::Host(HostButton::Right { .. })) => {
                            let at: usize = option.value.parse().expect("a number");
                            prop_assert!(!typed[at].correct);
                        }
                        Some(CustomId::Host(HostButton::Wrong { .. })) => {
                            let at: usize = option.value.parse().expect("a number");
                            prop_assert!(typed[at].correct);
                        }
                        Some(CustomId::Host(HostButton::Give { .. })) => {
                            let user = UserId(option.value.parse().expect("an id"));
                            prop_assert!(game.players().contains_key(&user));
                        }
                        other => prop_assert!(false, "{other:?}"),
                    }
                }
            }
        }
    }
}
