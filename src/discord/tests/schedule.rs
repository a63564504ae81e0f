//! `/schedule`, and what happens when an entry is due, under a clock that the test sets: both clock
//! changes, a process that was offline, one that dies in between, and two at once.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::discord::scheduler::Scheduler;
use crate::discord::tests::channel::Channel;
use crate::discord::tests::test_bot::{
    Answer, COMMAND, MANAGER, MEMBER, Sender, TYPING, TestBot as Commands, bundled_library, said,
};
use heat_core::id::{ChannelId, EntryId, GuildId, RoleId, UserId};
use heat_core::schedule::LATE_MAX_MS;
use heat_core::shard::ShardRange;
use heat_store::Store;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const GUILD: u64 = 500;
const CHANNEL: u64 = 600;
const ME: UserId = UserId(11);
const MINUTE_MS: i64 = 60_000;
/// A member who hosts, a bot, and somebody who is not in the server.
const HOST: &str = "8";
const BOT: &str = "9";
const STRANGER: &str = "10";

fn ms(at: &str) -> i64 {
    at.parse::<Timestamp>().unwrap().as_millisecond()
}

/// One process.
struct Process {
    commands: Commands,
    scheduler: Scheduler<Channel>,
}

impl Process {
    fn start(world: &World, part: ShardRange) -> Self {
        let read = Arc::clone(&world.now_ms);
        let clock = Arc::new(move || read.load(Ordering::Relaxed));
        let library = bundled_library();
        let origin = "http://127.0.0.1:9";
        let mut commands = Commands::with(origin, world.store.clone(), library, clock);
        Arc::get_mut(&mut commands.app).unwrap().part = part;
        let app = Arc::clone(&commands.app);
        let scheduler = Scheduler::new(app, world.channel.clone(), ME);
        Self {
            commands,
            scheduler,
        }
    }

    async fn send(&self, kind: u8, permissions: &'static str, data: Value) -> Answer {
        let by = Sender {
            guild: GUILD,
            channel: CHANNEL,
            thread_of: None,
            user: 7,
            permissions,
        };
        self.commands.send(kind, by, data).await
    }

    /// `/schedule` by a manager: the private reply.
    async fn schedule(&self, path: &str, options: Value) -> String {
        self.schedule_by(MANAGER, path, options).await
    }

    async fn schedule_by(&self, by: &'static str, path: &str, options: Value) -> String {
        match self.send(COMMAND, by, data(path, &options)).await {
            Answer::Say {
                message,
                private: true,
            } => said(&message),
            other => panic!("not private: {other:?}"),
        }
    }
}

/// Options in Discord's nesting; a role comes with its data.
fn data(path: &str, options: &Value) -> Value {
    let mut resolved = json!({});
    let options: Vec<Value> = options
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| {
            if name == "role" {
                resolved["roles"][value.as_str().unwrap()] = json!({
                    "id": value, "name": "r", "color": 0, "hoist": false, "managed": false, "mentionable": value == "77",
                    "permissions": "0", "position": 1, "flags": 0, "icon": null, "unicode_emoji": null,
                    "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
                });
                return json!({"name": name, "type": 8, "value": value});
            }
            if name == "host" {
                let user = value.as_str().unwrap();
                resolved["users"][user] = json!({"id": user, "username": "u", "discriminator": "0",
                    "avatar": null, "global_name": null, "bot": user == BOT});
                if user != STRANGER {
                    resolved["members"][user] = json!({"roles": [], "joined_at": "2020-01-01T00:00:00Z",
                        "deaf": false, "mute": false, "flags": 0, "avatar": null, "nick": null,
                        "pending": false, "permissions": "0", "premium_since": null});
                }
                return json!({"name": name, "type": 6, "value": value});
            }
            let kind = match value {
                Value::Bool(_) => 5,
                Value::Number(_) => 4,
                _ => 3,
            };
            let focused = name == "entry" && value == "";
            json!({"name": name, "type": kind, "value": value, "focused": focused})
        })
        .collect();
    let options = match path.split_once(' ') {
        None => json!([{"name": path, "type": 1, "options": options}]),
        Some((group, sub)) => json!([{"name": group, "type": 2, "options":
            [{"name": sub, "type": 1, "options": options}]}]),
    };
    json!({"id": "800", "name": "schedule", "type": 1, "options": options, "resolved": resolved})
}

struct World {
    store: Store,
    channel: Channel,
    now_ms: Arc<AtomicI64>,
}

impl World {
    fn at(now: &str) -> Self {
        Self {
            store: Store::open("sqlite::memory:").unwrap(),
            channel: Channel::default(),
            now_ms: Arc::new(AtomicI64::new(ms(now))),
        }
    }

    fn set(&self, now: &str) {
        self.now_ms.store(ms(now), Ordering::Relaxed);
    }

    fn pass(&self, time_ms: i64) {
        self.now_ms.fetch_add(time_ms, Ordering::Relaxed);
    }

    async fn last_outcome(&self) -> Option<String> {
        let entries = self.store.entries(GuildId(GUILD)).await.unwrap();
        entries[0].last.as_ref().map(|last| last.outcome.clone())
    }
}

#[tokio::test]
async fn a_manager_plans_lists_and_removes() {
    let world = World::at("2026-11-29T12:00:00Z");
    let process = Process::start(&world, ShardRange::WHOLE);
    let refused = async |path: &str, options: Value| process.schedule(path, options).await;
    let member = process.schedule_by(MEMBER, "add daily", json!({"time": "9:00"}));
    assert!(member.await.contains("permission to manage the server"));
    for (path, options, expect) in [
        (
            "add daily",
            json!({"time": "25:00"}),
            "is not a time I understand",
        ),
        (
            "add daily",
            json!({"time": "9:00", "days": "someday"}),
            "are not days I understand",
        ),
        (
            "add daily",
            json!({"time": "9:00", "time-zone": "Mars"}),
            "I know no time zone",
        ),
        (
            "add quiz",
            json!({"time": "9:00", "mode": "elimination"}),
            "needs a lobby",
        ),
        ("add quiz", json!({"time": "9:00", "rounds": 51}), "50"),
        (
            "add quiz",
            json!({"time": "9:00", "about": "zorro quixote"}),
            "zorro",
        ),
        (
            "add quiz",
            json!({"time": "9:00", "pack": "nothing"}),
            "nothing",
        ),
        (
            "add daily",
            json!({"time": "9:00", "role": "500"}),
            "never everyone",
        ),
        (
            "add daily",
            json!({"time": "9:00", "role": "78"}),
            "Mention Everyone",
        ),
        ("add yearly", json!({"time": "9:00"}), "I do not know"),
        ("remove", json!({"entry": "5"}), "no such entry"),
        ("remove", json!({"entry": "x"}), "no such entry"),
        ("list", json!({}), "Nothing is scheduled"),
    ] {
        let said = refused(path, options).await;
        assert!(said.contains(expect), "{path}: {said}");
    }
    let quiz = json!({"time": "8:30 pm", "days": "mon, thu", "time-zone": "Berlin", "rounds": 5, "role": "77"});
    let said = process.schedule("add quiz", quiz).await;
    assert!(
        said.contains("Monday, Thursday at 20:30, Europe/Berlin"),
        "{said}"
    );
    let first = ms("2026-11-30T19:30:00Z") / 1_000;
    assert!(said.contains(&format!("<t:{first}:F>")), "{said}");
    process.schedule("add weekly", json!({"time": "10"})).await;
    let list = process.schedule("list", json!({})).await;
    assert!(
        list.contains("Week's board") && list.contains("5 questions"),
        "{list}"
    );
    let typing = data("remove", &json!({"entry": ""}));
    let Answer::Suggest(offered) = process.send(TYPING, MANAGER, typing.clone()).await else {
        panic!("nothing offered");
    };
    assert_eq!(offered.len(), 2);
    let Answer::Suggest(none) = process.send(TYPING, MEMBER, typing).await else {
        panic!("no answer");
    };
    assert!(none.is_empty(), "members see nothing of it");
    let entry = &offered[0].value;
    process.schedule("remove", json!({"entry": entry})).await;
    let again = process.schedule("remove", json!({"entry": entry})).await;
    assert!(again.contains("no such entry"), "{again}");
    for _ in 0..25 {
        process.schedule("add daily", json!({"time": "9:00"})).await;
    }
    assert_eq!(world.store.entries(GuildId(GUILD)).await.unwrap().len(), 20);
}

/// A quiz every Sunday at eight in the evening in Berlin, across both clock changes.
#[tokio::test]
async fn a_weekly_quiz_is_played_once_each_sunday_at_the_same_time_on_the_clock() {
    let world = World::at("2026-03-20T12:00:00Z");
    let first = Process::start(&world, ShardRange::WHOLE);
    let options = json!({"time": "20:00", "days": "sunday", "time-zone": "Europe/Berlin", "rounds": 3, "role": "77"});
    first.schedule("add quiz", options).await;
    for (due, posts) in [
        ("2026-03-22T19:00:00Z", 1),
        ("2026-03-29T18:00:00Z", 2),
        ("2026-04-05T18:00:00Z", 3),
    ] {
        // Another process each week, because games of the one before are over.
        let process = Process::start(&world, ShardRange::WHOLE);
        world.set(due);
        world.pass(-1);
        process.scheduler.look().await;
        assert_eq!(world.channel.read().len(), posts - 1, "before {due}");
        world.pass(1);
        for _ in 0..3 {
            process.scheduler.look().await;
            assert_eq!(world.channel.read().len(), posts, "at {due}");
            world.pass(4 * MINUTE_MS);
        }
        let post = world.channel.read().pop().unwrap();
        assert_eq!(post.calls, Some(RoleId(77)), "{post:?}");
        assert!(
            post.content.starts_with("<@&77> The quiz begins"),
            "{post:?}"
        );
        assert!(post.embeds[0].title.starts_with("Quiz: "), "{post:?}");
        assert_eq!(world.last_outcome().await.as_deref(), Some("done"));
        let live = world.store.live_games(ShardRange::WHOLE).await.unwrap();
        let game = live.last().unwrap();
        assert_eq!(
            (game.meta.guild, game.meta.channel),
            (Some(GuildId(GUILD)), ChannelId(CHANNEL))
        );
        assert_eq!(game.meta.starter, ME, "no member's");
    }
}

#[tokio::test]
async fn a_missed_time_is_made_up_if_it_is_not_too_late_or_announced() {
    let world = World::at("2026-11-29T12:00:00Z");
    let process = Process::start(&world, ShardRange::WHOLE);
    process
        .schedule("add daily", json!({"time": "9:00", "role": "77"}))
        .await;
    // Offline from one minute before until just in time: it is late, but takes place.
    world.set("2026-11-30T09:00:00Z");
    world.pass(LATE_MAX_MS);
    process.scheduler.look().await;
    let posts = world.channel.read();
    assert!(posts[0].content.starts_with("<@&77> "), "{posts:?}");
    assert_eq!(world.last_outcome().await.as_deref(), Some("done"));
    // Offline for days: only the last time is mentioned, once, and nobody is pinged.
    world.set("2026-12-04T09:00:00Z");
    world.pass(LATE_MAX_MS + 1);
    for _ in 0..3 {
        process.scheduler.look().await;
        world.pass(MINUTE_MS);
    }
    let posts = world.channel.read();
    assert_eq!(posts.len(), 2, "{posts:#?}");
    assert!(
        posts[1]
            .content
            .contains("did not take place: I was offline"),
        "{posts:?}"
    );
    assert_eq!(posts[1].calls, None);
    let entries = world.store.entries(GuildId(GUILD)).await.unwrap();
    assert_eq!(entries[0].next_at_ms, ms("2026-12-05T09:00:00Z"));
    let list = process.schedule("list", json!({})).await;
    assert!(list.contains("more than 30 minutes late"), "{list}");
}

#[tokio::test]
async fn a_quiz_waits_for_the_game_before_it_but_not_too_long() {
    let world = World::at("2026-11-29T12:00:00Z");
    let process = Process::start(&world, ShardRange::WHOLE);
    process
        .schedule("add quiz", json!({"time": "13:00", "rounds": 3}))
        .await;
    world.set("2026-11-29T12:59:50Z");
    let rounds = json!([{"name": "rounds", "type": 4, "value": 10}]);
    let quiz = json!({"id": "801", "name": "quiz", "type": 1, "options": rounds});
    process.send(COMMAND, MEMBER, quiz).await;
    for minutes in [0, 10, 20] {
        world.set("2026-11-29T13:00:00Z");
        world.pass(minutes * MINUTE_MS);
        process.scheduler.look().await;
        assert!(world.channel.read().is_empty(), "after {minutes} minutes");
    }
    world.pass(11 * MINUTE_MS);
    process.scheduler.look().await;
    let posts = world.channel.read();
    assert!(
        posts[0].content.contains("another game was running"),
        "{posts:?}"
    );
    assert_eq!(world.last_outcome().await.as_deref(), Some("busy"));
}

/// A process dies after a post arrived but before that is stored; the next one continues.
#[tokio::test]
async fn a_process_that_dies_in_between_leaves_no_second_message() {
    for (what, away_ms, outcome) in [
        ("add daily", MINUTE_MS, "done"),
        ("add daily", 5 * MINUTE_MS, "interrupted"),
        ("add weekly", MINUTE_MS, "done"),
        ("add quiz", MINUTE_MS, "done"),
        ("add quiz", 5 * MINUTE_MS, "done"),
    ] {
        let world = World::at("2026-11-30T08:00:00Z");
        let process = Process::start(&world, ShardRange::WHOLE);
        process.schedule(what, json!({"time": "9:00"})).await;
        world.set("2026-11-30T09:00:01Z");
        world.channel.mute(true);
        process.scheduler.look().await;
        assert_eq!(world.channel.read().len(), 1);
        assert_eq!(world.last_outcome().await, None, "it is not settled");
        drop(process);
        world.channel.mute(false);
        world.pass(away_ms);
        let next = Process::start(&world, ShardRange::WHOLE);
        for _ in 0..2 {
            next.scheduler.look().await;
            assert_eq!(world.channel.read().len(), 1, "{what} {away_ms}");
        }
        assert_eq!(
            world.last_outcome().await.as_deref(),
            Some(outcome),
            "{what}"
        );
        let games = world.store.live_games(ShardRange::WHOLE).await.unwrap();
        assert_eq!(games.len(), usize::from(what == "add quiz"), "{what}");
    }
}

#[tokio::test]
async fn only_the_owner_of_the_shard_acts_and_only_one_of_two_owners() {
    let world = World::at("2026-11-30T08:00:00Z");
    let of = |shard| ShardRange::new(shard, shard, 2).unwrap();
    let (owner, other) = (Process::start(&world, of(0)), Process::start(&world, of(1)));
    owner.schedule("add quiz", json!({"time": "9:00"})).await;
    world.set("2026-11-30T09:00:00Z");
    other.scheduler.look().await;
    assert!(world.channel.read().is_empty(), "server 500 is of shard 0");
    let twin = Process::start(&world, of(0));
    tokio::join!(
        owner.scheduler.look(),
        twin.scheduler.look(),
        other.scheduler.look()
    );
    owner.scheduler.look().await;
    assert_eq!(world.channel.read().len(), 1);
    let games = world.store.live_games(ShardRange::WHOLE).await.unwrap();
    assert_eq!(games.len(), 1);
}

#[tokio::test]
async fn a_missing_channel_and_an_entry_of_a_newer_version_delay_nothing() {
    let world = World::at("2026-11-30T08:00:00Z");
    let process = Process::start(&world, ShardRange::WHOLE);
    process
        .schedule("add weekly", json!({"time": "9:00"}))
        .await;
    let newer = heat_store::NewEntry {
        id: EntryId(1),
        guild: GuildId(GUILD),
        body: r#"{"what":"yearly"}"#.into(),
        host: None,
        next_at_ms: ms("2026-11-30T08:30:00Z"),
        has_event: false,
        entries_max: 20,
    };
    world.store.add_entry(newer).await.unwrap();
    world.channel.close();
    world.set("2026-11-30T09:00:00Z");
    process.scheduler.look().await;
    let list = process.schedule("list", json!({})).await;
    assert!(list.contains("I could not post there"), "{list}");
    assert!(list.contains("a newer version of me made it"), "{list}");
    let entries = world.store.entries(GuildId(GUILD)).await.unwrap();
    assert!(
        entries
            .iter()
            .all(|entry| entry.next_at_ms > ms("2026-12-01T08:59:59Z"))
    );
}

#[tokio::test]
async fn a_planned_quiz_may_have_a_host_for_whom_it_waits() {
    let world = World::at("2026-11-30T08:00:00Z");
    let process = Process::start(&world, ShardRange::WHOLE);
    for (host, mode, expect) in [
        (BOT, "classic", "A bot cannot host"),
        (STRANGER, "classic", "not in this server"),
        (HOST, "race", "cannot have a host"),
    ] {
        let options = json!({"time": "9:00", "host": host, "mode": mode});
        let said = process.schedule("add quiz", options).await;
        assert!(said.contains(expect), "{said}");
    }
    let options = json!({"time": "9:00", "rounds": 3, "host": HOST, "role": "77"});
    let planned = process.schedule("add quiz", options).await;
    assert!(planned.contains("hosted by <@8>"), "{planned}");
    assert!(
        process
            .schedule("list", json!({}))
            .await
            .contains("hosted by <@8>")
    );
    // The first process dies before it knows that its post arrived, and is away for long.
    world.set("2026-11-30T09:00:01Z");
    world.channel.mute(true);
    process.scheduler.look().await;
    drop(process);
    world.channel.mute(false);
    world.channel.forget_nonces();
    world.pass(10 * MINUTE_MS);
    let next = Process::start(&world, ShardRange::WHOLE);
    for _ in 0..2 {
        next.scheduler.look().await;
        // Without its button the host could not begin.
        assert_eq!(world.channel.read().len(), 2);
    }
    for post in world.channel.read() {
        assert!(
            post.content.starts_with("<@&77> <@8> hosts a quiz here"),
            "{post:?}"
        );
        assert_eq!(
            (post.calls, post.notifies),
            (Some(RoleId(77)), Some(UserId(8)))
        );
        assert!(post.embeds[0].title.starts_with("Quiz: "), "{post:?}");
        assert!(
            format!("{:?}", post.rows).contains("First question"),
            "{post:?}"
        );
    }
    let games = world.store.live_games(ShardRange::WHOLE).await.unwrap();
    assert_eq!(games.len(), 1);
    assert_eq!(games[0].meta.starter, UserId(8));
    assert_eq!(
        crate::host::game_of(&games[0]).unwrap().host(),
        Some(UserId(8))
    );
}

/// A host who has their data deleted hosts nothing any more; the quiz takes place.
#[tokio::test]
async fn a_host_who_is_forgotten_leaves_a_quiz_without_one() {
    let world = World::at("2026-11-30T08:00:00Z");
    let process = Process::start(&world, ShardRange::WHOLE);
    let options = json!({"time": "9:00", "rounds": 3, "host": HOST});
    process.schedule("add quiz", options).await;
    let forgetting = world.store.forget(UserId(8), crate::host::anonymise);
    forgetting.await.unwrap();
    assert!(!process.schedule("list", json!({})).await.contains("<@8>"));
    world.set("2026-11-30T09:00:00Z");
    process.scheduler.look().await;
    let post = world.channel.read().pop().unwrap();
    assert!(post.content.starts_with("The quiz begins"), "{post:?}");
}

/// Where the server has threads, a scheduled quiz asks for one, unless it is in a thread already.
#[tokio::test]
async fn a_planned_quiz_has_a_thread_where_others_have_one() {
    let world = World::at("2026-11-30T08:00:00Z");
    let process = Process::start(&world, ShardRange::WHOLE);
    let by = |thread_of| Sender {
        guild: GUILD,
        channel: CHANNEL,
        thread_of,
        user: 7,
        permissions: MANAGER,
    };
    let settings = json!({"id": "802", "name": "settings", "type": 1, "options": [
        {"name": "set", "type": 1, "options": [{"name": "threads", "type": 3, "value": "on"}]}]});
    process.commands.send(COMMAND, by(None), settings).await;
    for (thread_of, time, is_apart) in [(None, "9:00", true), (Some(601), "10:00", false)] {
        process.commands.let_bot(u64::from(u32::MAX) | 1 << 38);
        let add = data("add quiz", &json!({"time": time, "rounds": 3}));
        let Answer::Say { message, .. } = process.commands.send(COMMAND, by(thread_of), add).await
        else {
            panic!("no answer");
        };
        assert_eq!(
            said(&message).contains("in a thread"),
            is_apart,
            "{message:?}"
        );
        world.set(&format!("2026-11-30T{time:0>5}:00Z"));
        process.scheduler.look().await;
        let post = world.channel.read().pop().unwrap();
        let reply = said(&post).contains("in the thread below");
        assert_eq!(reply, is_apart, "{post:?}");
    }
}

#[tokio::test]
async fn a_quiz_can_be_left_out_of_the_servers_events() {
    let world = World::at("2026-11-30T08:00:00Z");
    let process = Process::start(&world, ShardRange::WHOLE);
    process.commands.let_bot(u64::MAX >> 11);
    for (event, count) in [(false, 0), (true, 1)] {
        let options = json!({"time": "9:00", "event": event});
        let reply = process.schedule("add quiz", options).await;
        assert_eq!(reply.contains("📅"), event, "{reply}");
        let planned = world.store.planned_events(GuildId(GUILD)).await.unwrap();
        assert_eq!(planned.len(), count);
    }
    process.schedule("add daily", json!({"time": "9:00"})).await;
    let planned = world.store.planned_events(GuildId(GUILD)).await.unwrap();
    assert_eq!(planned.len(), 1);
}
