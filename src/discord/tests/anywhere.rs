//! Interactions from servers without the bot, including those that Discord's client would not send.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::discord::command::Scope;
use crate::discord::commands::COMMANDS;
use crate::discord::tests::test_bot::{Answer, COMMAND, MANAGER, Sender, TestBot, said};
use heat_core::id::GuildId;
use serde_json::json;

const ANN: Sender = Sender {
    guild: 500,
    channel: 600,
    thread_of: None,
    user: 7,
    permissions: MANAGER,
};

fn bot() -> TestBot {
    let bot = TestBot::on("http://127.0.0.1:9");
    bot.leave_all();
    bot
}

/// What a private answer says.
fn private(answer: &Answer) -> String {
    match answer {
        Answer::Say {
            message,
            private: true,
        } => said(message),
        other => panic!("not private: {other:?}"),
    }
}

#[tokio::test]
async fn commands_of_servers_are_refused_with_a_sentence() {
    let bot = bot();
    for command in COMMANDS.iter().filter(|c| c.scope != Scope::Anywhere) {
        let data = json!({"id": "1", "name": command.name, "type": 1});
        let reply = private(&bot.send(COMMAND, ANN, data).await);
        assert!(reply.contains("servers that have added me"), "{reply}");
    }
    // No button gives the server's managers any rights there.
    for forged in ["board-csv:server:all:0", "games-csv", "reports:page:0"] {
        private(&bot.press(ANN, forged).await);
    }
    let settings = bot.app.settings(Some(GuildId(ANN.guild))).await.unwrap();
    assert!(settings.channels.is_empty());
}

#[tokio::test]
async fn what_would_be_public_is_private_and_can_be_shared() {
    let bot = bot();
    let news = json!({"id": "1", "name": "news", "type": 1});
    let answer = bot.send(COMMAND, ANN, news.clone()).await;
    private(&answer);
    assert!(format!("{answer:?}").contains("\"Share\""), "{answer:?}");
    // A message without an embed has nothing to share.
    private(&bot.press(ANN, "share").await);

    let home = TestBot::on("http://127.0.0.1:9");
    let answer = home.send(COMMAND, ANN, news).await;
    let is_public = matches!(answer, Answer::Say { private: false, .. });
    assert!(is_public && !format!("{answer:?}").contains("\"Share\""));
}
