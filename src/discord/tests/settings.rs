//! `/settings` and what it changes, from interaction to reply, including what Discord's client
//! would not allow.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::discord::tests::test_bot::{
    Answer, COMMAND, MANAGER, MEMBER, MODERATOR, Sender, TYPING, TestBot, said,
};
use crate::host::game_of;
use heat_core::facts::Difficulty;
use heat_core::game::{AnswerStyle, Game, Mode, Pace};
use heat_core::id::{ChannelId, GameId, GuildId};
use heat_core::settings::ServerSettings;
use heat_core::standing::Zone;
use serde_json::{Value, json};
use std::sync::Arc;

const HERE: u64 = 500;
const STAGE: u64 = 600;
const LOBBY: u64 = 601;

/// Nothing responds there; these games never post.
fn bot() -> TestBot {
    TestBot::on("http://127.0.0.1:9")
}

fn by(permissions: &'static str) -> Sender {
    Sender {
        guild: HERE,
        channel: STAGE,
        thread_of: None,
        user: 7,
        permissions,
    }
}

fn private(reply: Answer) -> String {
    match reply {
        Answer::Say {
            message,
            private: true,
        } => said(&message),
        other => panic!("not private: {other:?}"),
    }
}

impl TestBot {
    /// `/settings` with the path of the subcommand and its options in Discord's own shape.
    async fn settings(&self, by: Sender, path: &str, options: Value) -> String {
        self.settings_with(by, path, options, json!({})).await
    }

    async fn settings_with(
        &self,
        by: Sender,
        path: &str,
        options: Value,
        resolved: Value,
    ) -> String {
        let options = match path.split_once(' ') {
            None => json!([{"name": path, "type": 1, "options": options}]),
            Some((group, sub)) => json!([{"name": group, "type": 2, "options":
                [{"name": sub, "type": 1, "options": options}]}]),
        };
        let data = json!({"id": "800", "name": "settings", "type": 1, "options": options, "resolved": resolved});
        private(self.send(COMMAND, by, data).await)
    }

    async fn set(&self, by: Sender, options: &[(&str, Value)]) -> String {
        let options = options.iter().map(|(name, value)| {
            let kind = if value.is_number() { 4 } else { 3 };
            json!({"name": name, "type": kind, "value": value})
        });
        self.settings(by, "set", options.collect()).await
    }

    async fn channels(&self, by: Sender, what: &str, channel: u64) -> String {
        let id = channel.to_string();
        let options = json!([{"name": "channel", "type": 7, "value": id}]);
        let mut resolved = json!({});
        resolved["channels"][&id] = json!({"id": id, "name": "c", "type": 0, "permissions": "0"});
        self.settings_with(by, &format!("channels {what}"), options, resolved)
            .await
    }

    async fn starters(&self, by: Sender, what: &str, role: u64) -> String {
        let id = role.to_string();
        let options = json!([{"name": "role", "type": 8, "value": id}]);
        let mut resolved = json!({});
        resolved["roles"][&id] = json!({"id": id, "name": "r", "color": 0, "hoist": false, "position": 1,
            "permissions": "0", "managed": false, "mentionable": false, "flags": 0, "icon": null, "unicode_emoji": null,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}});
        self.settings_with(by, &format!("starters {what}"), options, resolved)
            .await
    }

    async fn stored(&self) -> Arc<ServerSettings> {
        self.app.settings(Some(GuildId(HERE))).await.unwrap()
    }

    async fn quiz(&self, by: Sender, options: Value) -> Answer {
        let data = json!({"id": "801", "name": "quiz", "type": 1, "options": options});
        self.send(COMMAND, by, data).await
    }

    /// The game that the last interaction started.
    async fn game(&self) -> Game {
        let stored = self.app.store.game(GameId(self.last_id())).await.unwrap();
        game_of(&stored.unwrap()).unwrap()
    }
}

/// Options of `/quiz` that start a game with the server's settings at once: an empty code names no
/// game.
fn as_settled() -> Value {
    json!([{"name": "code", "type": 3, "value": " "}])
}

#[tokio::test]
async fn only_managers_of_the_server_change_anything() {
    let bot = bot();
    for permissions in [MEMBER, MODERATOR] {
        let member = by(permissions);
        for (path, options) in [
            ("set", json!([{"name": "rounds", "type": 4, "value": 3}])),
            ("channels allow", json!([])),
            ("channels forbid", json!([])),
            ("channels everywhere", json!([])),
            ("starters add", json!([])),
            ("starters remove", json!([])),
            ("starters everyone", json!([])),
            ("reset", json!([])),
        ] {
            let reply = bot.settings(member, path, options).await;
            assert!(reply.contains("permission to manage the server"), "{reply}");
        }
        let shown = bot.settings(member, "show", json!([])).await;
        assert!(shown.contains("**Rounds**: 10"), "{shown}");
    }
    assert_eq!(bot.app.store.settings(GuildId(HERE)).await.unwrap(), None);
    let elsewhere = Sender {
        guild: 501,
        ..by(MANAGER)
    };
    bot.set(elsewhere, &[("rounds", json!(3))]).await;
    assert_eq!(bot.stored().await.rounds(), 10, "each server its own");
}

#[tokio::test]
async fn a_quiz_uses_the_servers_settings_by_default() {
    let bot = bot();
    let reply = bot
        .set(
            by(MANAGER),
            &[
                ("pack", json!("heat-1995")),
                ("rounds", json!(7)),
                ("seconds", json!(30)),
                ("difficulty", json!("easy")),
                ("answers", json!("typed")),
                ("mode", json!("race")),
                ("time-zone", json!("europe/berlin")),
                ("stop", json!("moderators")),
                ("extended-time", json!("1.5")),
                ("reports", json!(5)),
            ],
        )
        .await;
    assert!(reply.contains("**Rounds**: 10 → 7"), "{reply}");
    assert_eq!(bot.stored().await.reports_hide_after(), 5);
    let started = bot.quiz(by(MEMBER), as_settled()).await;
    let Answer::Say {
        message,
        private: false,
    } = started
    else {
        panic!("{started:?}")
    };
    assert!(
        said(&message).contains("45 seconds each (extended time, 1.5×)"),
        "{message:?}"
    );
    let game = bot.game().await;
    let settings = game.settings();
    assert_eq!(settings.packs.ids(), ["heat-1995"]);
    assert_eq!((settings.rounds, settings.seconds), (7, 30));
    assert_eq!(settings.difficulty, Some(Difficulty::Easy));
    assert_eq!(
        (settings.answers, settings.mode),
        (AnswerStyle::Typed, Mode::Race)
    );
    assert_eq!(
        (settings.pace, settings.limit_ms()),
        (Pace::OneAndAHalf, 45_000)
    );
    let stored = bot
        .app
        .store
        .game(GameId(bot.last_id()))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(stored.meta.zone, Zone::parse("Europe/Berlin").unwrap());

    // The starter's options take precedence; extended time applies to all.
    let options = json!([
        {"name": "pack", "type": 3, "value": "all"}, {"name": "rounds", "type": 4, "value": 2},
        {"name": "seconds", "type": 4, "value": 10}, {"name": "difficulty", "type": 3, "value": "any"},
        {"name": "answers", "type": 3, "value": "buttons"}, {"name": "mode", "type": 3, "value": "classic"},
    ]);
    bot.quiz(
        Sender {
            channel: LOBBY,
            ..by(MEMBER)
        },
        options,
    )
    .await;
    let game = bot.game().await;
    let settings = game.settings();
    assert_eq!(
        (
            settings.packs.is_all(),
            settings.rounds,
            settings.difficulty
        ),
        (true, 2, None)
    );
    assert_eq!(
        (settings.answers, settings.mode),
        (AnswerStyle::Buttons, Mode::Classic)
    );
    assert_eq!(settings.limit_ms(), 15_000);

    let reply = bot.settings(by(MANAGER), "reset", json!([])).await;
    assert!(reply.contains("**Time zone**: Europe/Berlin"), "{reply}");
    assert_eq!(*bot.stored().await, ServerSettings::default());
    let again = bot.settings(by(MANAGER), "reset", json!([])).await;
    assert!(again.contains("No change"), "{again}");
}

/// A client may send what Discord's own would not.
#[tokio::test]
async fn invalid_settings_change_nothing_at_all() {
    let bot = bot();
    for (option, value, says) in [
        ("rounds", json!(0), "1 to 50 rounds"),
        ("rounds", json!(i64::MAX), "1 to 50 rounds"),
        ("seconds", json!(121), "5 to 120 seconds"),
        ("difficulty", json!("impossible"), "is not a valid"),
        ("answers", json!("sung"), "is not a valid"),
        ("mode", json!("duel"), "is not a valid"),
        ("mode", json!("@everyone"), "is not a valid"),
        ("pack", json!("no-such-pack"), "I know no pack called"),
        ("time-zone", json!("Europe/Gotham"), "I know no time zone"),
        (
            "time-zone",
            json!("../../etc/passwd"),
            "I know no time zone",
        ),
        ("stop", json!("me"), "is not a valid"),
        ("extended-time", json!("100"), "is not a valid"),
        ("reports", json!(0), "1 to 100 members"),
        ("reports", json!(-1), "1 to 100 members"),
        ("member-cooldown", json!(-1), "0 to 3600 seconds"),
        ("channel-cooldown", json!(3_601), "0 to 3600 seconds"),
        ("language", json!("nl"), "is not a valid"),
        ("colour", json!("red"), "I do not know that one"),
    ] {
        let reply = bot
            .set(
                by(MANAGER),
                &[("rounds", json!(5)), (option, value.clone())],
            )
            .await;
        assert!(reply.contains(says), "{option} {value}: {reply}");
    }
    assert!(
        bot.settings(by(MANAGER), "set", json!([]))
            .await
            .contains("Choose at least one option")
    );
    assert!(
        bot.settings(by(MANAGER), "break", json!([]))
            .await
            .contains("I do not know")
    );
    assert!(
        bot.settings(by(MANAGER), "channels break", json!([]))
            .await
            .contains("I do not know")
    );
    assert_eq!(bot.app.store.settings(GuildId(HERE)).await.unwrap(), None);
}

#[tokio::test]
async fn a_missing_default_pack_does_no_harm() {
    let bot = bot();
    let body = r#"{"pack":"gone-pack"}"#;
    bot.app
        .store
        .put_settings(GuildId(HERE), body)
        .await
        .unwrap();
    let shown = bot.settings(by(MEMBER), "show", json!([])).await;
    assert!(
        shown.contains("`gone-pack`, which is no longer here"),
        "{shown}"
    );
    bot.quiz(by(MEMBER), as_settled()).await;
    assert!(bot.game().await.settings().packs.is_all());
}

#[tokio::test]
async fn quizzes_are_played_only_in_allowed_channels() {
    let bot = bot();
    bot.quiz(by(MEMBER), as_settled()).await;
    let first = bot.last_id();
    let code = bot
        .app
        .store
        .game(GameId(first))
        .await
        .unwrap()
        .unwrap()
        .meta
        .code;
    bot.press(by(MODERATOR), &format!("stop:{first}")).await;

    let reply = bot.channels(by(MANAGER), "forbid", STAGE).await;
    assert!(reply.contains("allowed everywhere"), "{reply}");
    // Without a name it is the channel where the command is used, and a thread's parent.
    let in_thread = Sender {
        channel: 699,
        thread_of: Some(LOBBY),
        ..by(MANAGER)
    };
    let reply = bot.settings(in_thread, "channels allow", json!([])).await;
    assert!(
        reply.contains("**Channels**: everywhere → <#601>"),
        "{reply}"
    );

    let refused = "Quizzes are not allowed in this channel. Start one in <#601>.";
    let code = json!([{"name": "code", "type": 3, "value": code}]);
    assert_eq!(
        private(bot.quiz(by(MANAGER), as_settled()).await).trim(),
        refused
    );
    assert_eq!(
        private(bot.quiz(by(MEMBER), code.clone()).await).trim(),
        refused
    );
    let again = bot.press(by(MEMBER), &format!("again:{first}")).await;
    assert_eq!(private(again).trim(), refused);
    let of_stage = Sender {
        channel: 698,
        thread_of: Some(STAGE),
        ..by(MEMBER)
    };
    assert_eq!(
        private(bot.quiz(of_stage, as_settled()).await).trim(),
        refused
    );

    // Where quizzes are allowed, and in threads there, only a running game prevents one.
    let allowed = Sender {
        channel: LOBBY,
        ..by(MEMBER)
    };
    let in_thread = Sender {
        permissions: MEMBER,
        ..in_thread
    };
    for by in [allowed, in_thread] {
        let started = bot.quiz(by, as_settled()).await;
        let is_public = matches!(started, Answer::Say { private: false, .. });
        assert!(is_public, "{started:?}");
        let again = format!("again:{}", bot.last_id());
        let again = private(bot.press(by, &again).await);
        assert!(again.contains("A game is running"), "{again}");
        let coded = private(bot.quiz(by, code.clone()).await);
        assert!(coded.contains("A game is running"), "{coded}");
    }

    // Discord says that the bot may post in this channel, and nothing about others.
    let reply = bot.channels(by(MANAGER), "allow", STAGE).await;
    assert!(!reply.contains("may post"), "{reply}");
    assert_eq!(
        bot.stored().await.channels,
        [STAGE, LOBBY].map(ChannelId).into()
    );
    bot.channels(by(MANAGER), "forbid", LOBBY).await;
    let reply = bot.channels(by(MANAGER), "forbid", STAGE).await;
    assert!(reply.contains("the only channel"), "{reply}");
    assert_eq!(bot.stored().await.channels, [ChannelId(STAGE)].into());
    bot.settings(by(MANAGER), "channels everywhere", json!([]))
        .await;
    assert!(bot.stored().await.channels.is_empty());
    for channel in 1..=50 {
        let reply = bot.channels(by(MANAGER), "allow", channel).await;
        let word = format!("whether I may post in <#{channel}>");
        assert!(reply.contains(&word), "{reply}");
    }
    let reply = bot.channels(by(MANAGER), "allow", 51).await;
    assert!(reply.contains("The list is full"), "{reply}");
    assert_eq!(bot.stored().await.channels.len(), 50);
}

#[tokio::test]
async fn the_setting_for_stopping_applies_to_running_games_too() {
    let bot = bot();
    bot.quiz(by(MEMBER), as_settled()).await;
    let game = bot.last_id();
    let stop = format!("stop:{game}");
    let starter = by(MEMBER);
    let stranger = Sender { user: 8, ..starter };
    let reply = private(bot.press(stranger, &stop).await);
    assert!(reply.contains("Only <@7>"), "{reply}");
    bot.set(by(MANAGER), &[("stop", json!("moderators"))]).await;
    let reply = private(bot.press(starter, &stop).await);
    assert!(
        reply.contains("only members who can manage messages"),
        "{reply}"
    );
    bot.set(by(MANAGER), &[("stop", json!("players"))]).await;
    let reply = private(bot.press(stranger, &stop).await);
    assert!(reply.contains("only players and members"), "{reply}");
    let reply = private(bot.press(starter, &stop).await);
    assert!(reply.contains("Stop the game for everyone"), "{reply}");
    let reply = private(bot.press(starter, &format!("halt:{game}")).await);
    assert!(reply.contains("Stopped"), "{reply}");
}

#[tokio::test]
async fn time_zones_and_packs_are_suggested() {
    let bot = bot();
    for (option, typed, expect) in [
        ("time-zone", "berl", "Europe/Berlin"),
        ("pack", "1995", "heat-1995"),
    ] {
        let data = json!({"id": "800", "name": "settings", "type": 1, "options": [
            {"name": "set", "type": 1, "options": [
                {"name": "rounds", "type": 4, "value": 3},
                {"name": option, "type": 3, "value": typed, "focused": true},
            ]},
        ]});
        match bot.send(TYPING, by(MANAGER), data).await {
            Answer::Suggest(suggestions) => assert_eq!(suggestions[0].value, expect),
            other => panic!("no suggestions: {other:?}"),
        }
    }
}

/// Whatever starts a quiz: the command, its panel, and both their buttons.
async fn starts(bot: &TestBot, by: Sender, old: u64) -> [Answer; 4] {
    [
        bot.quiz(by, as_settled()).await,
        bot.quiz(by, json!([])).await,
        bot.press(by, "setup").await,
        bot.press(by, &format!("again:{old}")).await,
    ]
}

/// Whether nothing keeps this member from starting a quiz, except perhaps a running game.
async fn may_start(bot: &TestBot, by: Sender) -> bool {
    match bot.quiz(by, as_settled()).await {
        Answer::Say { private: false, .. } => true,
        reply => private(reply).contains("A game is running"),
    }
}

#[tokio::test]
async fn quizzes_are_started_by_members_with_the_named_roles_and_by_managers() {
    let bot = bot();
    let (manager, with_role, without) = (
        by(MANAGER),
        Sender {
            user: 8,
            ..by(MEMBER)
        },
        Sender {
            user: 9,
            ..by(MODERATOR)
        },
    );
    bot.give_role(8, 70);
    bot.give_role(9, 71);
    bot.quiz(without, as_settled()).await;
    let old = bot.last_id();
    let reply = bot.starters(manager, "remove", 70).await;
    assert!(reply.contains("is not among the roles"), "{reply}");
    let reply = bot.starters(manager, "add", HERE).await;
    assert!(reply.contains("Everybody has that role"), "{reply}");
    let reply = bot.starters(manager, "add", 70).await;
    assert!(reply.contains("everyone → <@&70>, and managers"), "{reply}");
    for refused in starts(&bot, without, old).await {
        let reply = private(refused);
        assert!(
            reply.contains("Only managers and members with <@&70>"),
            "{reply}"
        );
    }
    for starter in [with_role, manager] {
        assert!(may_start(&bot, starter).await);
    }
    let reply = bot.starters(manager, "remove", 70).await;
    assert!(reply.contains("the only role"), "{reply}");
    bot.settings(manager, "starters everyone", json!([])).await;
    assert!(may_start(&bot, without).await);
    for role in 1..=10 {
        bot.starters(manager, "add", role).await;
    }
    let reply = bot.starters(manager, "add", 11).await;
    assert!(reply.contains("is full with 10 roles"), "{reply}");
}

#[tokio::test]
async fn between_two_quizzes_is_the_pause_that_the_server_wants() {
    let bot = bot();
    let (manager, member) = (by(MANAGER), by(MEMBER));
    let other = Sender { user: 8, ..member };
    let elsewhere = Sender {
        channel: LOBBY,
        ..member
    };
    bot.set(
        manager,
        &[
            ("member-cooldown", json!(120)),
            ("channel-cooldown", json!(60)),
        ],
    )
    .await;
    bot.pass_ms(1_000_000);
    bot.quiz(member, as_settled()).await;
    let old = bot.last_id();
    for refused in starts(&bot, elsewhere, old).await.into_iter().take(3) {
        let reply = private(refused);
        assert!(
            reply.contains("You started a quiz here not long ago"),
            "{reply}"
        );
    }
    for refused in starts(&bot, other, old).await {
        let reply = private(refused);
        assert!(
            reply.contains("This channel had a quiz not long ago"),
            "{reply}"
        );
    }
    // The channel's pause is over, the member's is not.
    bot.pass_ms(60_000);
    let reply = private(bot.quiz(member, as_settled()).await);
    assert!(reply.contains("You started a quiz"), "{reply}");
    assert!(may_start(&bot, other).await);
    // Managers do not wait.
    let manager = Sender { user: 9, ..manager };
    for _ in 0..2 {
        assert!(may_start(&bot, manager).await);
    }
    bot.pass_ms(60_000);
    assert!(may_start(&bot, member).await);
}

#[tokio::test]
async fn what_the_bot_may_do_here_is_told_with_what_is_missing() {
    let bot = bot();
    let (see, send, embed) = (1 << 10, 1 << 11, 1 << 14);
    bot.let_bot(see | send | embed);
    let in_channel = bot.settings(by(MANAGER), "check", json!([])).await;
    assert!(in_channel.contains("I may post here"), "{in_channel}");
    let in_thread = Sender {
        channel: 699,
        thread_of: Some(LOBBY),
        ..by(MANAGER)
    };
    let missing = "❌ **Send Messages in Threads** is missing";
    let reply = bot.settings(in_thread, "check", json!([])).await;
    assert!(reply.contains(missing), "{reply}");
    let warning = "I may not post in this channel: I need **Send Messages in Threads**";
    let shown = bot.settings(in_thread, "show", json!([])).await;
    let changed = bot.set(in_thread, &[("rounds", json!(5))]).await;
    for reply in [reply, shown, changed] {
        assert!(reply.contains(warning), "{reply}");
    }
    let reply = bot.channels(by(MANAGER), "allow", LOBBY).await;
    assert!(reply.contains("whether I may post in <#601>"), "{reply}");
    let reply = bot.settings(by(MANAGER), "check", json!([])).await;
    assert!(reply.contains("not played in this channel"), "{reply}");
}
