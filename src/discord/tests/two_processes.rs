//! Two processes on one database: a click that reaches the one without the game.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::discord::tests::test_bot::{Answer, COMMAND, MEMBER, MODERATOR, Sender, TestBot, said};
use heat_core::game::GameId;
use heat_core::library::Library;
use heat_store::Store;
use heat_view::custom_id::GameButton;
use serde_json::json;
use std::sync::Arc;

const HERE: Sender = Sender {
    guild: 500,
    channel: 600,
    thread_of: None,
    user: 7,
    permissions: MEMBER,
};

fn reply(answer: Answer) -> String {
    match answer {
        Answer::Say { message, .. } => said(&message),
        other => panic!("no message: {other:?}"),
    }
}

/// The other one may have counted it, so only a game that is stored as ended is called over.
#[tokio::test]
async fn a_game_of_another_process_is_not_called_over() {
    let store = Store::open("sqlite::memory:").unwrap();
    let [plays, hears] = [(), ()].map(|()| {
        let library = Library::bundled().unwrap();
        TestBot::with(
            "http://127.0.0.1:9",
            store.clone(),
            library,
            Arc::new(|| 1_000_000),
        )
    });
    let quiz = json!({"id": "800", "name": "quiz", "type": 1,
        "options": [{"name": "rounds", "type": 4, "value": 3}]});
    plays.send(COMMAND, HERE, quiz).await;
    let game = GameId(plays.last_id());
    let round = 0;
    let buttons = [
        GameButton::Answer {
            game,
            round,
            choice: 1,
        },
        GameButton::Type { game, round },
        GameButton::Hint { game, round },
        GameButton::Skip { game, round },
        GameButton::Pause { game },
        GameButton::Stop { game },
        GameButton::Enter { game },
    ];
    for button in buttons {
        let reply = reply(hears.press(HERE, &button.to_string()).await);
        assert!(
            reply.contains("cannot reach this game right now"),
            "{button:?}: {reply}"
        );
    }
    let elsewhere = Sender {
        channel: 601,
        ..HERE
    };
    let stop = GameButton::Stop { game }.to_string();
    assert!(reply(hears.press(elsewhere, &stop).await).contains("This game is over"));
    let by_moderator = Sender {
        permissions: MODERATOR,
        ..HERE
    };
    plays.press(by_moderator, &stop).await;
    let halt = GameButton::Halt { game }.to_string();
    plays.press(by_moderator, &halt).await;
}
