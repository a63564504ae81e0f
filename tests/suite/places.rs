//! Where the bot may post, and what happens when a place changes during a game: threads, direct
//! messages, deleted messages, commands of another scope.

use crate::common::evening::{Bot, Evening};
use crate::common::message::choice;
use crate::common::stage::{self, Stage};
use crate::common::{DEADLINE, Discord, State, Transport, component, text};
use discord_sandbox::Options;
use heat_check::bot;
use heat_check::discord::COMMAND_NAMES;
use heat_core::id::GuildId;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Send Messages, and Send Messages in Threads.
const SEND: u64 = 1 << 11;
const SEND_IN_THREADS: u64 = 1 << 38;

async fn act(discord: &Discord, act: Value) {
    let (status, answer) = discord.post("/sandbox/act", &act).await;
    assert_eq!(status, 200, "{act}: {answer}");
}

/// Starts a thread in #trivia, where the bot is denied these permissions: its id.
async fn thread(discord: &Discord, denied: u64) -> String {
    let trivia = discord.state().channel("trivia").expect("a channel");
    let deny = json!({ "do": "deny_bot", "channel_id": trivia, "permissions": denied.to_string() });
    act(discord, deny).await;
    let name = format!("quiz night {denied}");
    let start = json!({ "do": "start_thread", "channel_id": trivia, "name": name });
    act(discord, start).await;
    let find = |state: &State| {
        let guilds = state.guilds.iter();
        let channels = guilds.filter_map(|guild| guild["channels"].as_array());
        let threads = channels.flatten().filter_map(|c| c["threads"].as_array());
        let found = threads.flatten().find(|thread| thread["name"] == *name);
        found.map(|thread| text(thread, "id"))
    };
    discord.wait_for("the thread", find).await
}

/// Whether a message was sent with an interaction token and not as a channel message.
fn is_follow_up(message: &Value) -> bool {
    message["interaction_metadata"].is_object()
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_thread_the_permission_of_threads_counts() {
    let evening = Evening::begin().await;
    let discord = &evening.discord;
    let foley = discord.member("Foley");
    for (denied, by_token) in [(SEND, false), (SEND_IN_THREADS, true)] {
        let thread = thread(discord, denied).await;
        let options = json!({ "rounds": 1, "seconds": 5 });
        foley.quiz(&thread, options).await;
        let question = discord.question(&thread, 1).await;
        assert_eq!(is_follow_up(&question), by_token, "{question:#}");
        foley.press(&question, &choice(&question, 0)).await;
        discord.scoreboard(&thread).await;
    }
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_solo_game_does_not_depend_on_tokens() {
    let evening = Evening::begin().await;
    let foley = evening.member("Foley");
    foley.quiz("dm", json!({ "rounds": 1, "seconds": 5 })).await;
    let question = evening.discord.question(&foley.dm_id, 1).await;
    assert!(!is_follow_up(&question), "{question:#}");
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_question_is_still_revealed() {
    let mut evening = Evening::begin().await;
    evening.discord.allow_rejections();
    let discord = &evening.discord;
    let foley = discord.member("Foley");
    foley
        .quiz("trivia", json!({ "rounds": 1, "seconds": 5 }))
        .await;
    let question = discord.question("trivia", 1).await;
    foley.press(&question, &choice(&question, 0)).await;
    let deleted = json!({
        "do": "delete_message", "channel_id": question["channel_id"], "message_id": question["id"],
    });
    act(discord, deleted).await;
    let is_reveal = |m: &Value| m["id"] != question["id"] && m.to_string().contains('✅');
    discord
        .wait_for_message("trivia", "the reveal", is_reveal)
        .await;
    discord.scoreboard("trivia").await;
}

/// An archived thread accepts no edits, but a new message reopens it. One that is also locked
/// accepts nothing, so the game ends.
#[tokio::test(flavor = "multi_thread")]
async fn an_archived_thread_is_opened_by_the_reveal_and_a_locked_one_ends_the_game() {
    let mut evening = Evening::begin().await;
    evening.discord.allow_rejections();
    let discord = &evening.discord;
    let foley = discord.member("Foley");
    let thread = thread(discord, 0).await;
    let set = async |archived: bool, locked: bool| {
        let set = json!({
            "do": "set_thread", "channel_id": thread, "archived": archived, "locked": locked,
        });
        act(discord, set).await;
    };
    foley.quiz_when_free(&thread, one_round()).await;
    let question = discord.question(&thread, 1).await;
    set(true, false).await;
    let is_reveal = |m: &Value| m["id"] != question["id"] && m.to_string().contains('✅');
    discord
        .wait_for_message(&thread, "the reveal", is_reveal)
        .await;
    discord.scoreboard(&thread).await;

    foley.quiz_when_free(&thread, one_round()).await;
    let is_next = |m: &Value| m["id"] != question["id"] && component(m, "Skip").is_some();
    discord
        .wait_for_message(&thread, "the next question", is_next)
        .await;
    set(true, true).await;
    discord
        .wait_for("a post that was refused", |state| {
            let is_post = |r: &Value| r["code"] == 50_083 && r["method"] == "POST";
            state.rejections.iter().any(is_post).then_some(())
        })
        .await;
    // The game frees the thread; then another one can start there.
    set(false, false).await;
    foley.quiz_when_free(&thread, one_round()).await;
    evening.stop_bot().await;
}

fn one_round() -> Value {
    json!({ "rounds": 1, "seconds": 5 })
}

/// `DISCORD_GUILD_ID` is set for a while and then removed, and the reverse.
#[tokio::test(flavor = "multi_thread")]
async fn no_command_appears_twice() {
    let stage = Stage::new().await;
    let guild = text(&stage.discord.state().guilds[0], "id");
    let guild = guild.parse().ok().map(GuildId);
    for guild in [guild, None, guild] {
        let bot = Bot::run(bot::Options {
            api_url: Some(stage.sandbox.url()),
            guild,
            ..bot::Options::new(stage.sandbox.token(), stage.home.url())
        });
        let what = format!("every command once, of the server {guild:?}");
        stage
            .discord
            .wait_for(&what, |state| {
                let is_of_guild = |c: &&Value| c["guild_id"].is_string();
                let of_guild = state.commands.iter().filter(is_of_guild).count();
                let all = state.commands.len();
                let expected = if guild.is_some() { all } else { 0 };
                (all == COMMAND_NAMES.len() && of_guild == expected).then_some(())
            })
            .await;
        bot.stop().await;
        stage.discord.wait_until_gone().await;
    }
}

/// Ten shards in five buckets: one after another they would take 45 seconds.
#[tokio::test(flavor = "multi_thread")]
async fn as_many_shards_connect_at_once_as_discord_allows() {
    let options = Options {
        shards: 10,
        max_concurrency: 5,
        // serenity keeps five seconds between connects; on a busy machine identifies may be a
        // little closer.
        identify_interval: Duration::from_secs(4),
        ..stage::options()
    };
    let evening = Evening::begin_with(
        crate::common::process::Home::new(),
        options,
        Transport::Gateway,
    )
    .await;
    let begin = Instant::now();
    let are_let_in = || {
        evening
            .sandbox
            .identifies()
            .iter()
            .filter(|i| i.accepted)
            .count()
            == 10
    };
    while !are_let_in() {
        assert!(
            begin.elapsed() < DEADLINE,
            "{:?}",
            evening.sandbox.identifies()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let identifies = evening.sandbox.identifies();
    assert!(identifies.iter().all(|i| i.accepted), "{identifies:?}");
    evening.end().await;
}
