//! `/chain` from interaction to reply, by the times in the interactions' ids.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::discord::chain_ends::ChainEnds;
use crate::discord::snowflake;
use crate::discord::tests::channel::Channel;
use crate::discord::tests::test_bot::{
    Answer, COMMAND, MEMBER, Sender, TYPING, TestBot, bundled_library, said as said_in,
};
use heat_core::chain::{cast, films_with};
use heat_core::facts::{EntityId, EntityKind, EntityRef};
use heat_core::id::GuildId;
use heat_core::library::Library;
use heat_store::Store;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const ANN: u64 = 7;
const BO: u64 = 8;
const CY: u64 = 9;

async fn name(bot: &TestBot, user: u64, film: &str, opponent: Option<u64>) -> (bool, String) {
    let by = Sender {
        guild: 500,
        channel: 600,
        thread_of: None,
        user,
        permissions: MEMBER,
    };
    let mut options = vec![json!({"name": "film", "type": 3, "value": film})];
    let mut resolved = json!({});
    if let Some(opponent) = opponent {
        let id = opponent.to_string();
        options.push(json!({"name": "opponent", "type": 6, "value": id}));
        let user = json!({"id": id, "username": "o", "discriminator": "0", "avatar": null, "global_name": null});
        let member = json!({"roles": [], "joined_at": "2020-01-01T00:00:00Z", "flags": 0, "avatar": null, "nick": null,
            "pending": false, "permissions": "2048", "premium_since": null});
        resolved = json!({"users": {(&id): user}, "members": {(&id): member}});
    }
    let data: Value =
        json!({"id": "800", "name": "chain", "type": 1, "options": options, "resolved": resolved});
    match bot.send(COMMAND, by, data).await {
        Answer::Say { message, private } => (private, said_in(&message)),
        other => panic!("no message: {other:?}"),
    }
}

#[track_caller]
fn assert_reply(reply: &(bool, String), private: bool, what: &str) {
    assert_eq!(reply.0, private, "{reply:?}");
    assert!(reply.1.contains(what), "{reply:?}");
}

#[tokio::test]
async fn a_chain_goes_from_film_to_film_until_twenty_seconds_pass() {
    let bot = TestBot::on("http://127.0.0.1:9");
    let begun = name(&bot, ANN, "work:heat-1995", None).await;
    assert_reply(&begun, false, "starts a chain with **Heat (1995)**");
    let again = name(&bot, ANN, "work:the-insider", None).await;
    assert_reply(&again, true, "Now it is someone else");
    let unknown = name(&bot, BO, "No such film at all", None).await;
    assert_reply(&unknown, true, "I know no film called");
    let not_a_film = name(&bot, BO, "work:heat-2-novel", None).await;
    assert_reply(&not_a_film, true, "I know no film called");
    let apart = name(&bot, BO, "work:jaws-1975", None).await;
    assert_reply(&apart, true, "I know of no actor who is in both");
    // A refusal costs only time.
    bot.pass_ms(19_000);
    let linked = name(&bot, BO, "The Insider", None).await;
    assert_reply(&linked, false, "Linked by Al Pacino");
    assert_reply(&linked, false, "**2 films** · the longest here so far");
    let named = name(&bot, ANN, "work:heat-1995", None).await;
    assert_reply(&named, true, "in this chain already");
    bot.pass_ms(21_000);
    // Its end has not been announced yet: the next chain announces it.
    let late = name(&bot, ANN, "work:heat-1995", None).await;
    assert_reply(&late, false, "Time is up after 2 films");
    assert_reply(&late, false, "longest chain of this server so far");
    assert_eq!(
        bot.app
            .store
            .longest_chain(GuildId(500))
            .await
            .unwrap()
            .films,
        2
    );
}

#[tokio::test]
async fn a_duel_is_for_two() {
    let bot = TestBot::on("http://127.0.0.1:9");
    let own = name(&bot, ANN, "work:heat-1995", Some(ANN)).await;
    assert_reply(&own, true, "another member of this server");
    let begun = name(&bot, ANN, "work:heat-1995", Some(BO)).await;
    assert_reply(&begun, false, "Next: <@8>");
    let third = name(&bot, CY, "work:the-insider", None).await;
    assert_reply(&third, true, "Two others are in a duel");
    let other = name(&bot, CY, "work:the-insider", Some(ANN)).await;
    assert_reply(&other, true, "Two members are in a duel");
    let linked = name(&bot, BO, "work:the-insider", None).await;
    assert_reply(&linked, false, "Next: <@7>");
}

#[tokio::test]
async fn titles_are_suggested_as_they_are_typed() {
    let bot = TestBot::on("http://127.0.0.1:9");
    let by = Sender {
        guild: 500,
        channel: 600,
        thread_of: None,
        user: ANN,
        permissions: MEMBER,
    };
    let film = json!({"name": "film", "type": 3, "value": "the insid", "focused": true});
    let data = json!({"id": "800", "name": "chain", "type": 1, "options": [film]});
    let Answer::Suggest(offers) = bot.send(TYPING, by, data).await else {
        panic!("no suggestions");
    };
    assert!(offers.iter().any(|offer| offer.value == "work:the-insider"));
}

/// A series of processes on one database, under a clock that the test sets.
struct World {
    store: Store,
    now_ms: Arc<AtomicI64>,
    channel: Channel,
}

impl World {
    fn new() -> Self {
        Self {
            store: Store::open("sqlite::memory:").unwrap(),
            now_ms: Arc::new(AtomicI64::new(snowflake::made_at_ms(9_000_u64))),
            channel: Channel::default(),
        }
    }

    fn start(&self) -> (TestBot, ChainEnds<Channel>) {
        let read = Arc::clone(&self.now_ms);
        let clock = Arc::new(move || read.load(Ordering::Relaxed));
        let library = bundled_library();
        let bot = TestBot::with("http://127.0.0.1:9", self.store.clone(), library, clock);
        let ends = ChainEnds::new(Arc::clone(&bot.app), self.channel.clone());
        (bot, ends)
    }

    fn pass_ms(&self, bot: &TestBot, ms: u32) {
        bot.pass_ms(u64::from(ms));
        self.now_ms.fetch_add(i64::from(ms), Ordering::Relaxed);
    }

    fn read(&self) -> Vec<String> {
        self.channel.read().iter().map(said_in).collect()
    }
}

#[tokio::test]
async fn the_end_of_a_chain_is_announced_on_its_own() {
    let world = World::new();
    let (bot, ends) = world.start();
    name(&bot, ANN, "work:heat-1995", None).await;
    world.pass_ms(&bot, 19_000);
    assert_eq!(ends.look().await, 3_000, "then it is over");
    // A film at the last moment continues the chain.
    name(&bot, BO, "work:the-insider", None).await;
    world.pass_ms(&bot, 21_999);
    assert_eq!(ends.look().await, 1);
    assert_eq!(world.read(), [""; 0]);
    world.pass_ms(&bot, 1);
    ends.look().await;
    ends.look().await;
    let said = world.read();
    assert_eq!(said.len(), 1, "{said:?}");
    for part in [
        "Time is up after 2 films",
        "<@8>",
        "The Insider",
        "🏆",
        "would have followed, with",
    ] {
        assert!(said[0].contains(part), "{said:?}");
    }
    // Neither film's message counts down any more.
    let changed = world.channel.changed();
    let texts: Vec<String> = changed
        .iter()
        .map(|(_, message)| said_in(message))
        .collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[0].contains("starts a chain with **Heat (1995)**"));
    assert!(texts[1].contains("Linked by Al Pacino"), "{texts:?}");
    assert!(texts.iter().all(|text| !text.contains("time is up")));
    assert_ne!(changed[0].0, changed[1].0, "each by its own token");
    // The next chain has nothing to announce about it.
    let next = name(&bot, ANN, "work:heat-1995", None).await;
    assert!(!next.1.contains("Time is up"), "{next:?}");
}

/// Killed before the end was announced, or before that was recorded; or offline for hours
/// afterwards.
#[tokio::test]
async fn the_end_of_a_chain_is_announced_once_despite_a_kill() {
    let world = World::new();
    let (bot, _killed) = world.start();
    name(&bot, ANN, "work:heat-1995", Some(BO)).await;
    world.pass_ms(&bot, 60_000);
    let (_, ends) = world.start();
    world.channel.mute(true);
    ends.look().await;
    world.pass_ms(&bot, 30_000);
    let (bot, ends) = world.start();
    ends.look().await;
    assert_eq!(world.read().len(), 1, "the same message again");
    world.channel.mute(false);
    ends.look().await;
    let said = world.read();
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("<@7> wins the duel"), "{said:?}");

    bot.pass_ms(120_000);
    name(&bot, ANN, "work:heat-1995", None).await;
    world.now_ms.fetch_add(200_000, Ordering::Relaxed);
    world.channel.down(true);
    ends.look().await;
    assert_eq!(world.read().len(), 1);
    world.now_ms.fetch_add(3_600_000, Ordering::Relaxed);
    world.channel.down(false);
    world.channel.forget_nonces();
    let (_, ends) = world.start();
    ends.look().await;
    assert_eq!(world.read().len(), 2, "begun an hour ago, and not said");
    ends.look().await;
    assert_eq!(world.read().len(), 2);
}

/// Where the bot may not post, the end uses the route of the last film.
#[tokio::test]
async fn a_closed_channel_ends_its_chain_silently() {
    let world = World::new();
    let (bot, ends) = world.start();
    name(&bot, ANN, "work:heat-1995", None).await;
    world.pass_ms(&bot, 60_000);
    world.channel.close();
    ends.look().await;
    assert_eq!(
        world.store.unannounced_chains(bot.app.part).await.unwrap(),
        []
    );
}

/// Films that share an actor with this one.
fn near(library: &Library, film: &str) -> Vec<EntityId> {
    let facts = library.facts.open();
    let about = |kind, id: &str| {
        let entity = EntityRef::new(kind, id);
        let found = library.cast.facts_about(&facts, &entity);
        found.collect::<Vec<_>>().into_iter()
    };
    let actors = cast(film, about(EntityKind::Work, film));
    let films = actors
        .iter()
        .flat_map(|actor| films_with(actor, about(EntityKind::Person, actor)));
    films.collect()
}

/// Seeded evenings: members name films that fit or do not, at any time, twice at once, while the
/// process is killed and Discord is away. Every chain's end is announced once; a refusal is private;
/// and a message that has changed counts down no more.
#[tokio::test]
async fn every_chain_ends_once_whatever_happens() {
    let library = bundled_library();
    for seed in 0..12 {
        println!("seed {seed}");
        let mut luck = ChaCha8Rng::seed_from_u64(seed);
        let world = World::new();
        let (mut bot, mut ends) = world.start();
        let (mut begun, mut ended) = (0, 0);
        let mut last: EntityId = "heat-1995".into();
        for _ in 0..60 {
            match luck.random_range(0..20) {
                0..12 => {
                    let user = [ANN, BO, CY][luck.random_range(0..3)];
                    let near = near(&library, &last);
                    let fits = near.get(luck.random_range(0..near.len().max(1)));
                    let film = fits.filter(|_| luck.random_range(0..4) > 0);
                    let film = film.cloned().unwrap_or_else(|| "jaws-1975".into());
                    let rival = (luck.random_range(0..6) == 0).then_some(CY);
                    let typed = format!("work:{film}");
                    let (private, text) = name(&bot, user, &typed, rival).await;
                    if private {
                        assert!(!text.contains("Linked by"), "{text}");
                        continue;
                    }
                    begun += usize::from(text.contains("starts a chain"));
                    ended += text.matches("Time is up").count();
                    last = film;
                }
                12..15 => {
                    let ms = [500, 8_000, 23_000][luck.random_range(0..3)];
                    world.pass_ms(&bot, ms);
                }
                15..17 => drop(ends.look().await),
                17 => world.channel.mute(luck.random_range(0..2) == 0),
                18 => world.channel.down(luck.random_range(0..2) == 0),
                _ => {
                    let (again, watching) = world.start();
                    again.pass_ms(bot.last_id().saturating_sub(again.last_id()) >> 22);
                    again.pass_ms(1);
                    (bot, ends) = (again, watching);
                }
            }
        }
        world.channel.mute(false);
        world.channel.down(false);
        world.pass_ms(&bot, 60_000);
        ends.look().await;
        ends.look().await;
        let posted = world.read();
        assert!(posted.iter().all(|text| text.contains("Time is up")));
        assert_eq!(ended + posted.len(), begun, "{posted:#?}");
        for (_, message) in world.channel.changed() {
            let text = said_in(&message);
            assert!(
                !text.contains("time is up") && !text.contains("Next:"),
                "{text}"
            );
        }
    }
}
