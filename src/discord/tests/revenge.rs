//! *Play these again* from press to reply: whose misses it shows, and what a forged button may learn.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::discord::tests::test_bot::{Answer, MEMBER, PRESS, Sender, TestBot, said};
use heat_core::asked_history::AskedHistory;
use heat_core::bank::{PackList, QuestionQuery, Round};
use heat_core::game::{
    AnswerStyle, Event, Game, GameId, Input, MessageId, Mode, Pace, Phase, Response, Settings,
    UserId,
};
use heat_core::id::{ChannelId, GuildId, PlaceId};
use heat_core::standing::Zone;
use heat_store::{NewGame, Write};
use heat_view::limits;
use heat_view::message::Message;
use serde_json::json;
use std::collections::BTreeSet;

const ANN: u64 = 7;
const BO: u64 = 8;
const CY: u64 = 9;
const GAME: GameId = GameId(1_311_000_000_000_000_000);
const START_MS: i64 = 1_700_000_000_000;
const EPHEMERAL: u64 = 64;

fn by(user: u64) -> Sender {
    Sender {
        guild: 500,
        channel: 600,
        thread_of: None,
        user,
        permissions: MEMBER,
    }
}

/// A game whose second question is open: Ann missed the first and Bo had it; both have missed the
/// second.
async fn playing(bot: &TestBot) -> Vec<Round> {
    let query = QuestionQuery {
        packs: PackList::default(),
        off: BTreeSet::new(),
        about: None,
        rounds: 2,
        difficulty: None,
        typed: false,
    };
    let library = bot.app.library();
    let rounds = library
        .bank
        .choose(&query, &AskedHistory::default(), &BTreeSet::new(), 7);
    let rounds = rounds.unwrap();
    let settings = Settings {
        packs: PackList::default(),
        about: None,
        rounds: 2,
        seconds: 20,
        difficulty: None,
        starter: UserId(ANN),
        solo: false,
        mode: Mode::Classic,
        answers: AnswerStyle::Buttons,
        pace: Pace::Usual,
        opponent: None,
        rematch: false,
        finale: true,
        hosted: false,
    };
    let mut game = Game::new(settings.clone(), rounds.clone(), START_MS, 7);
    let mut events = vec![Event::Started {
        settings,
        rounds: rounds.clone(),
        first_at_ms: START_MS,
        seed: 7,
    }];
    for (round, right_of_bo) in [(0, true), (1, false)] {
        let opened = open(&mut game, &mut events, round);
        let right = rounds[usize::from(round)].correct();
        let wrong = (right + 1) % 4;
        for (user, choice) in [(ANN, wrong), (BO, if right_of_bo { right } else { wrong })] {
            let answer = Input::Answer {
                round,
                user: UserId(user),
                response: Response::Choice { choice },
                message: MessageId(7),
                posted_at_ms: opened,
                clicked_at_ms: opened + 1_000,
            };
            events.extend(game.apply(answer, opened + 1_000).unwrap());
        }
    }
    assert!(matches!(game.phase(), Phase::Open { round: 1, .. }));
    let write = Write {
        game: GAME,
        create: Some(NewGame {
            guild: Some(GuildId(500)),
            place: PlaceId(500),
            channel: ChannelId(600),
            starter: UserId(ANN),
            code: "K7TQ2M4X".to_owned(),
            started_at_ms: START_MS,
            zone: Zone::UTC,
        }),
        events: events
            .iter()
            .map(|event| serde_json::to_string(event).unwrap())
            .collect(),
        ..Write::default()
    };
    bot.app.store.commit(write).await.unwrap();
    rounds
}

/// Lets deadlines pass until the question is open; returns when that was.
fn open(game: &mut Game, events: &mut Vec<Event>, round: u16) -> i64 {
    loop {
        let due = game.deadline().unwrap();
        let input = match game.phase() {
            Phase::Open { round: open, .. } if open == round => return due - 20_000,
            Phase::Asking { round, .. } => Input::Posted {
                round,
                message: MessageId(7),
                posted_at_ms: due,
            },
            _ => Input::Deadline,
        };
        events.extend(game.apply(input, due).unwrap());
    }
}

/// The reply to a forged or real button of a private message.
async fn press(bot: &TestBot, by: Sender, custom_id: &str) -> Message {
    let data = json!({"custom_id": custom_id, "component_type": 2});
    match bot.send_from(PRESS, by, EPHEMERAL, data).await {
        Answer::Update(message)
        | Answer::Say {
            message,
            private: true,
        } => message,
        other => panic!("everybody sees {other:?}"),
    }
}

fn shows(message: &Message, round: &Round) -> bool {
    let text = said(message);
    let question = &round.question;
    text.contains(&heat_view::escape::escape(&question.prompt))
        || text.contains(&heat_view::escape::escape(&question.answer.text))
}

/// Buttons carry the progress, so anybody can write one. It shows the presser their own misses of
/// closed questions and nothing else, to them alone, and changes nothing.
#[tokio::test]
async fn a_forged_button_shows_nobody_elses_misses_and_no_open_question() {
    let bot = TestBot::on("http://127.0.0.1:9");
    let rounds = playing(&bot).await;
    let before = bot.app.store.game(GAME).await.unwrap().unwrap();
    let ask = |at: u16| format!("again:miss:{GAME}:{at}:0");
    let answer = |at: u16, choice: u16| format!("again:a:{GAME}:{at}:0:{choice}");

    let own = press(&bot, by(ANN), &ask(0)).await;
    assert!(shows(&own, &rounds[0]), "{own:?}");
    let reply = press(&bot, by(ANN), &answer(0, 0)).await;
    assert!(shows(&reply, &rounds[0]), "{reply:?}");
    let counted = format!("again:a:{GAME}:0:65535:0");
    let forged = press(&bot, by(ANN), &counted).await;
    assert_eq!(limits::check(&forged), Ok(()));

    // The open question, questions that do not exist, and Ann's question pressed by Bo and Cy.
    let mut nothing = Vec::new();
    for at in [1, 2, u16::MAX] {
        nothing.extend([(ANN, ask(at)), (ANN, answer(at, 0))]);
    }
    for user in [BO, CY] {
        nothing.extend([(user, ask(0)), (user, ask(1))]);
        nothing.extend((0..4).map(|choice| (user, answer(0, choice))));
    }
    for (user, custom_id) in nothing {
        let message = press(&bot, by(user), &custom_id).await;
        assert!(
            message.content.starts_with("There is nothing left"),
            "{custom_id}: {message:?}"
        );
        assert!(!rounds.iter().any(|round| shows(&message, round)));
    }

    // In another channel or server the game is not there.
    for elsewhere in [
        Sender {
            channel: 601,
            ..by(ANN)
        },
        Sender {
            guild: 501,
            ..by(ANN)
        },
    ] {
        for custom_id in [ask(0), answer(0, 0)] {
            let message = press(&bot, elsewhere, &custom_id).await;
            assert!(
                message.content.starts_with("This game is over"),
                "{message:?}"
            );
        }
    }
    // Ids that no button has.
    for custom_id in [
        answer(0, 256),
        format!("again:miss:{GAME}:65536:0"),
        format!("again:miss:{GAME}:-1:0"),
        "again:miss:x:0:0".to_owned(),
    ] {
        let message = press(&bot, by(ANN), &custom_id).await;
        assert!(!rounds.iter().any(|round| shows(&message, round)));
    }
    let after = bot.app.store.game(GAME).await.unwrap().unwrap();
    assert_eq!(after, before, "nothing has changed");
}

/// Pressed on a message that everybody sees, the question still goes to one member alone.
#[tokio::test]
async fn misses_are_private_wherever_the_button_is() {
    let bot = TestBot::on("http://127.0.0.1:9");
    playing(&bot).await;
    let custom_ids = [
        format!("miss:{GAME}:0"),
        format!("miss:{GAME}:1"),
        format!("again:miss:{GAME}:0:0"),
        format!("again:a:{GAME}:0:0:1"),
    ];
    for custom_id in custom_ids {
        let reply = bot.press(by(ANN), &custom_id).await;
        assert!(
            matches!(reply, Answer::Say { private: true, .. }),
            "{custom_id}: {reply:?}"
        );
    }
}
