//! Server events of scheduled quizzes, on a simulated Discord that loses answers and refuses, under
//! a clock that the test moves: each time has exactly one event, whatever is lost.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::clock;
use crate::discord::planned_events::PlannedEvents;
use crate::discord::tests::test_bot::{
    Answer, COMMAND, MANAGER, Sender, TestBot, bundled_library, said,
};
use discord_sandbox::{Options, Permissions, RestFault, RestRule, Sandbox, StaffAction};
use heat_core::id::{ChannelId, EntryId, GuildId};
use heat_core::lang::Lang;
use heat_core::schedule::{Days, Entry, Quiz, TimeOfDay, What, When};
use heat_core::shard::ShardRange;
use heat_core::standing::Zone;
use heat_store::{NewEntry, Settled, Store};
use serde_json::{Value, json};
use serenity::all::ApplicationId;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const CREATE_EVENTS: u64 = 1 << 44;
const ID: u64 = 77;

struct World {
    sandbox: Sandbox,
    store: Store,
    /// How far the test's clock is ahead.
    ahead_ms: Arc<AtomicI64>,
    guild: GuildId,
    channel: ChannelId,
    /// When the entry is due.
    due_ms: i64,
}

/// One process.
struct Process {
    bot: TestBot,
    events: PlannedEvents,
}

impl Process {
    async fn look(&self) {
        self.events.look().await;
    }
}

fn id(value: &Value) -> u64 {
    value.as_str().unwrap().parse().unwrap()
}

impl World {
    async fn new() -> Self {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let sandbox = Sandbox::start(Options::new(address, "token"))
            .await
            .unwrap();
        let server = sandbox.snapshot()["guilds"][0].clone();
        Self {
            store: Store::open("sqlite::memory:").unwrap(),
            ahead_ms: Arc::default(),
            guild: GuildId(id(&server["id"])),
            channel: ChannelId(id(&server["channels"][0]["id"])),
            due_ms: (clock::host_ms() / MINUTE_MS) * MINUTE_MS + 48 * HOUR_MS,
            sandbox,
        }
    }

    /// A process starts, which knows nothing but the store.
    fn start(&self) -> Process {
        self.start_part(ShardRange::WHOLE)
    }

    fn start_part(&self, part: ShardRange) -> Process {
        let ahead_ms = Arc::clone(&self.ahead_ms);
        let clock = Arc::new(move || clock::host_ms() + ahead_ms.load(Ordering::Relaxed));
        let origin = self.sandbox.url();
        let mut bot = TestBot::with(&origin, self.store.clone(), bundled_library(), clock);
        let me = ApplicationId::new(self.sandbox.application_id().into());
        bot.rest.set_application(me);
        Arc::get_mut(&mut bot.app).unwrap().part = part;
        let events = PlannedEvents::new(Arc::clone(&bot.app));
        Process { bot, events }
    }

    async fn add(&self, id: u64) {
        let entry = Entry {
            what: What::Quiz(Quiz {
                rounds: Some(5),
                ..Quiz::default()
            }),
            when: When {
                days: Days::ALL,
                time: TimeOfDay::meant("8:30 pm").unwrap(),
                zone: Zone::default(),
            },
            channel: self.channel,
            parent: None,
            no_threads: false,
            no_event: false,
            role: None,
            lang: Lang::English,
        };
        let new = NewEntry {
            id: EntryId(id),
            guild: self.guild,
            body: entry.to_json().into(),
            host: None,
            next_at_ms: self.due_ms,
            has_event: true,
            entries_max: 20,
        };
        assert!(self.store.add_entry(new).await.unwrap());
    }

    /// The entry's time comes, and the next one is scheduled.
    async fn settle(&self, took_place: bool) {
        let (id, due_at_ms) = (EntryId(ID), self.due_ms);
        let begun = self.store.begin_run(id, due_at_ms, due_at_ms).await;
        assert!(begun.unwrap().is_some());
        let settled = Settled {
            id,
            due_at_ms,
            outcome: "done".into(),
            next_at_ms: due_at_ms + 24 * HOUR_MS,
            took_place,
            has_event: true,
            at_ms: due_at_ms,
        };
        self.store.settle_run(settled).await.unwrap();
    }

    async fn remove(&self, id: u64) {
        let removed = self.store.remove_entry(self.guild, EntryId(id)).await;
        assert!(removed.unwrap());
    }

    fn pass(&self, time_ms: i64) {
        self.ahead_ms.fetch_add(time_ms, Ordering::Relaxed);
    }

    /// The events in the server's list.
    fn events(&self) -> Vec<Value> {
        self.sandbox.snapshot()["guilds"][0]["events"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// When each begins, as the days after the first one.
    fn days(&self) -> Vec<i64> {
        let events = self.events().into_iter();
        let starts = events.map(|event| {
            let at = event["scheduled_start_time"].as_str().unwrap();
            let at: jiff::Timestamp = at.parse().unwrap();
            (at.as_millisecond() - self.due_ms) / (24 * HOUR_MS)
        });
        starts.collect()
    }

    fn fail(&self, fault: RestFault, method: &str, times: u32) {
        let rule = RestRule {
            fault,
            times,
            rate: 1.0,
            ms: 0,
            route: format!("{method} /api/v10/guilds/{}/scheduled-events", self.guild),
        };
        let faults = discord_sandbox::FaultRequest {
            rest: vec![rule],
            ..Default::default()
        };
        self.sandbox.inject(&faults).unwrap();
    }

    fn grant(&self, permissions: Permissions) {
        let guild_id = self.guild.0.into();
        let act = StaffAction::GrantBot {
            guild_id,
            permissions,
        };
        self.sandbox.act(&act).unwrap();
    }

    /// Somebody deletes an event by hand.
    async fn delete_by_hand(&self, event: &Value) {
        let (url, guild) = (self.sandbox.url(), self.guild);
        let event = event["id"].as_str().unwrap();
        let url = format!("{url}/api/v10/guilds/{guild}/scheduled-events/{event}");
        let deleting = reqwest::Client::new().delete(url);
        let deleted = deleting.header("Authorization", "Bot token").send().await;
        assert_eq!(deleted.unwrap().status(), 204);
    }

    async fn rows(&self) -> usize {
        self.store.planned_events(self.guild).await.unwrap().len()
    }
}

#[tokio::test]
async fn each_time_has_one_event_until_it_is_over() {
    let world = World::new().await;
    let process = world.start();
    world.add(ID).await;
    for _ in 0..3 {
        process.look().await;
        assert_eq!(world.days(), [0]);
        world.pass(MINUTE_MS);
    }
    let event = world.events().remove(0);
    assert_eq!(event["name"], "Quiz: 5 questions");
    let place = format!("<#{}>", world.channel);
    assert_eq!(event["entity_metadata"]["location"], place.as_str());
    assert!(event["description"].as_str().unwrap().contains(&place));
    // It takes place: Discord ends its event, and the next time has its own.
    world.settle(true).await;
    for _ in 0..2 {
        process.look().await;
        assert_eq!(world.days(), [0, 1]);
    }
    // The entry is removed.
    world.remove(ID).await;
    process.look().await;
    assert_eq!(world.days(), [0]);
    assert_eq!(world.rows().await, 0);
    assert!(world.sandbox.rejections().is_empty());
}

#[tokio::test]
async fn a_time_that_did_not_take_place_leaves_no_event() {
    let world = World::new().await;
    let process = world.start();
    world.add(ID).await;
    process.look().await;
    world.settle(false).await;
    process.look().await;
    assert_eq!(world.days(), [1]);
    // A time that comes before anything could be announced has none.
    world.remove(ID).await;
    process.look().await;
    world.add(ID).await;
    world.pass(world.due_ms - clock::host_ms() - MINUTE_MS / 2);
    process.look().await;
    assert_eq!((world.days(), world.rows().await), (vec![], 0));
}

/// The process dies, or the connection breaks, before or after Discord creates the event.
#[tokio::test]
async fn what_may_have_been_created_is_looked_for_first() {
    for fault in [
        RestFault::DropBefore,
        RestFault::DropAfter,
        RestFault::InternalError,
    ] {
        for is_removed in [false, true] {
            let world = World::new().await;
            world.add(ID).await;
            world.fail(fault, "POST", 1);
            world.start().look().await;
            let is_there = usize::from(fault == RestFault::DropAfter);
            assert_eq!(world.events().len(), is_there, "{fault:?}");
            if is_removed {
                world.remove(ID).await;
            }
            // A request of the dead process may still be on its way.
            let next = world.start();
            next.look().await;
            assert_eq!(world.events().len(), is_there, "{fault:?}");
            world.pass(11_000);
            // The list cannot be read at first, either.
            world.fail(RestFault::BadGateway, "GET", 3);
            for _ in 0..3 {
                next.look().await;
            }
            let expected = usize::from(!is_removed);
            assert_eq!(world.events().len(), expected, "{fault:?} {is_removed}");
            assert_eq!(world.rows().await, expected);
            // The event is now known as the entry's, so it goes with the entry.
            if !is_removed {
                world.remove(ID).await;
                next.look().await;
                assert!(world.events().is_empty());
            }
        }
    }
}

/// Recorded, but the process died before it sent anything.
#[tokio::test]
async fn what_was_never_sent_is_sent_later_and_two_alike_are_told_apart() {
    let world = World::new().await;
    world.add(ID).await;
    world.add(ID + 1).await;
    let place = format!("<#{}>", world.channel);
    let asked = (EntryId(ID), world.due_ms);
    let asking = world.store.ask_event(asked, &place, 1);
    assert!(asking.await.unwrap());
    // Meanwhile the other one, at the same time and place, is created.
    let process = world.start();
    process.look().await;
    assert_eq!(world.days(), [0]);
    world.pass(11_000);
    for _ in 0..2 {
        process.look().await;
        assert_eq!(world.days(), [0, 0]);
    }
    world.remove(ID).await;
    process.look().await;
    assert_eq!((world.days(), world.rows().await), (vec![0], 1));
}

#[tokio::test]
async fn an_event_deleted_by_hand_stays_deleted_for_that_time() {
    let world = World::new().await;
    let process = world.start();
    world.add(ID).await;
    process.look().await;
    world.delete_by_hand(&world.events()[0]).await;
    for _ in 0..2 {
        process.look().await;
        world.pass(2 * HOUR_MS);
        assert!(world.events().is_empty());
    }
    // Deleting it again is no error.
    world.settle(false).await;
    process.look().await;
    assert_eq!((world.days(), world.rows().await), (vec![1], 1));
}

#[tokio::test]
async fn without_the_permission_it_is_said_and_tried_again_later() {
    let world = World::new().await;
    let process = world.start();
    world.grant(Permissions::empty());
    world.add(ID).await;
    world.add(ID + 1).await;
    let list = async |permissions: u64| {
        process.bot.let_bot(permissions);
        let by = Sender {
            guild: world.guild.0,
            channel: world.channel.0,
            thread_of: None,
            user: 7,
            permissions: MANAGER,
        };
        let data = json!({"id": "800", "name": "schedule", "type": 1,
            "options": [{"name": "list", "type": 1, "options": []}]});
        match process.bot.send(COMMAND, by, data).await {
            Answer::Say { message, .. } => said(&message),
            other => panic!("no list: {other:?}"),
        }
    };
    assert!(!list(0).await.contains("📅"), "nothing is known yet");
    for _ in 0..3 {
        process.look().await;
        world.pass(10 * MINUTE_MS);
    }
    assert_eq!(world.sandbox.rejections().len(), 1, "asked once for both");
    let reply = list(0).await;
    assert_eq!(
        reply.matches("the permission *Create Events*").count(),
        1,
        "{reply}"
    );
    // An hour later it tries by itself, and once the permission is there, at once.
    world.pass(HOUR_MS);
    process.look().await;
    assert_eq!(world.sandbox.rejections().len(), 2);
    world.grant(Permissions::CREATE_EVENTS);
    let reply = list(CREATE_EVENTS).await;
    assert!(!reply.contains("Create Events"), "{reply}");
    process.look().await;
    assert_eq!(world.days(), [0, 0]);
    let reply = list(CREATE_EVENTS).await;
    assert_eq!(
        reply.matches("in the server's events").count(),
        2,
        "{reply}"
    );
    // It may not delete them any more: they end by themselves.
    world.grant(Permissions::empty());
    world.remove(ID).await;
    for _ in 0..2 {
        process.look().await;
    }
    assert_eq!(world.sandbox.rejections().len(), 3);
    assert_eq!((world.days(), world.rows().await), (vec![0, 0], 1));
    // The bot is no longer in the server.
    let guild_id = world.guild.0.into();
    world
        .sandbox
        .act(&StaffAction::KickBot { guild_id })
        .unwrap();
    world.remove(ID + 1).await;
    process.look().await;
    assert_eq!(world.rows().await, 0);
}

#[tokio::test]
async fn only_the_owner_of_the_shard_keeps_them() {
    let world = World::new().await;
    world.add(ID).await;
    let of = |shard| ShardRange::new(shard, shard, 2).unwrap();
    let parts = [of(0), of(1)];
    let (owner, other) = if parts[0].owns(Some(world.guild)) {
        (parts[0], parts[1])
    } else {
        (parts[1], parts[0])
    };
    let (owner, other) = (world.start_part(owner), world.start_part(other));
    other.look().await;
    assert!(world.events().is_empty());
    tokio::join!(owner.look(), other.look());
    assert_eq!(world.days(), [0]);
}
