//! Events in Discord: each time of an entry has at most one, and each is deleted before it is
//! forgotten, unless it ends by itself.

use super::*;
use crate::{NewEntry, PlannedEvent, Settled};
use futures_util::future::join_all;
use heat_core::id::{EntryId, EventId, GuildId};

on_every_database!(
    each_time_has_one_event_from_the_transaction_that_plans_it,
    a_removed_entry_leaves_what_is_to_be_deleted,
    what_was_refused_is_asked_for_again_later,
    events_are_those_of_their_own_shards,
);

const ID: EntryId = EntryId(u64::MAX - 9);
const EVENT: EventId = EventId(u64::MAX - 99);
const DUE_MS: i64 = 1_000;
const NEXT_MS: i64 = 9_000;

fn entry(id: EntryId, guild: u64, has_event: bool) -> NewEntry {
    NewEntry {
        id,
        guild: GuildId(guild),
        body: "{}".into(),
        host: Some(UserId(u64::MAX - 5)),
        next_at_ms: DUE_MS,
        has_event,
        entries_max: 5,
    }
}

fn wanted(due_at_ms: i64) -> PlannedEvent {
    PlannedEvent {
        entry: ID,
        due_at_ms,
        guild: GuildId(GUILD),
        asked_at_ms: None,
        place: None,
        event: None,
        refused: None,
        is_wanted: true,
    }
}

async fn settle(store: &Store, took_place: bool, has_event: bool) {
    store.begin_run(ID, DUE_MS, DUE_MS).await.unwrap().unwrap();
    let settled = Settled {
        id: ID,
        due_at_ms: DUE_MS,
        outcome: "done".into(),
        next_at_ms: NEXT_MS,
        took_place,
        has_event,
        at_ms: DUE_MS + 7,
    };
    store.settle_run(settled.clone()).await.unwrap();
    store.settle_run(settled).await.unwrap();
}

async fn open(store: &Store) -> Vec<PlannedEvent> {
    store.open_events(ShardRange::WHOLE, 500).await.unwrap()
}

async fn each_time_has_one_event_from_the_transaction_that_plans_it(scratch: Scratch) {
    let store = scratch.open();
    for has_event in [true, false] {
        let id = EntryId(ID.0 - u64::from(!has_event));
        for _ in 0..2 {
            let entry = entry(id, GUILD, has_event);
            assert!(store.add_entry(entry).await.unwrap());
        }
    }
    assert_eq!(open(&store).await, [wanted(DUE_MS)]);
    let entries = store.entries(GuildId(GUILD)).await.unwrap();
    assert!(
        entries
            .iter()
            .all(|entry| entry.host == Some(UserId(u64::MAX - 5)))
    );
    // It is asked for, and its outcome may be unknown.
    assert!(store.ask_event((ID, DUE_MS), "<#5>", 600).await.unwrap());
    store.close().await.unwrap();
    let store = scratch.open();
    let asked = PlannedEvent {
        asked_at_ms: Some(600),
        place: Some("<#5>".to_owned()),
        ..wanted(DUE_MS)
    };
    assert_eq!(open(&store).await, std::slice::from_ref(&asked));
    for _ in 0..2 {
        store.event_made((ID, DUE_MS), EVENT).await.unwrap();
    }
    assert!(
        !store.ask_event((ID, DUE_MS), "<#5>", 700).await.unwrap(),
        "it is there"
    );
    assert_eq!(open(&store).await, []);
    let made = PlannedEvent {
        event: Some(EVENT),
        ..asked
    };
    assert_eq!(
        store.planned_events(GuildId(GUILD)).await.unwrap(),
        std::slice::from_ref(&made)
    );
    // The time takes place: that event ends by itself, and the next time has its own.
    settle(&store, true, true).await;
    assert_eq!(
        store.planned_events(GuildId(GUILD)).await.unwrap(),
        [wanted(NEXT_MS)]
    );
}

async fn a_removed_entry_leaves_what_is_to_be_deleted(scratch: Scratch) {
    let store = scratch.open();
    for (is_asked, is_made, is_refused) in [
        (false, false, false),
        (true, false, false),
        (true, true, false),
        (true, false, true),
    ] {
        store.add_entry(entry(ID, GUILD, true)).await.unwrap();
        if is_asked {
            store.ask_event((ID, DUE_MS), "<#5>", 600).await.unwrap();
        }
        if is_made {
            store.event_made((ID, DUE_MS), EVENT).await.unwrap();
        }
        if is_refused {
            store
                .event_refused((ID, DUE_MS), 50_013, 600)
                .await
                .unwrap();
        }
        assert!(store.remove_entry(GuildId(GUILD), ID).await.unwrap());
        assert!(
            !store.ask_event((ID, DUE_MS), "<#5>", 700).await.unwrap(),
            "it is not wanted"
        );
        let left = open(&store).await;
        let may_exist = is_asked && !is_refused;
        assert_eq!(left.len(), usize::from(may_exist), "{left:?}");
        assert!(left.iter().all(|event| !event.is_wanted));
        store.forget_event((ID, DUE_MS)).await.unwrap();
        assert_eq!(open(&store).await, []);
    }
    // Discord refuses it after the entry was removed: nothing is left to delete.
    store.add_entry(entry(ID, GUILD, true)).await.unwrap();
    store.ask_event((ID, DUE_MS), "<#5>", 600).await.unwrap();
    store.remove_entry(GuildId(GUILD), ID).await.unwrap();
    store
        .event_refused((ID, DUE_MS), 50_013, 600)
        .await
        .unwrap();
    assert_eq!(open(&store).await, []);
    // A time that did not take place leaves its event to be deleted.
    store.add_entry(entry(ID, GUILD, true)).await.unwrap();
    store.ask_event((ID, DUE_MS), "<#5>", 600).await.unwrap();
    store.event_made((ID, DUE_MS), EVENT).await.unwrap();
    settle(&store, false, true).await;
    let left = open(&store).await;
    let left: Vec<(i64, bool)> = left.iter().map(|e| (e.due_at_ms, e.is_wanted)).collect();
    assert_eq!(left, [(DUE_MS, false), (NEXT_MS, true)]);
    // The same time scheduled again, as after a restore of a backup, keeps its event.
    for _ in 0..2 {
        let entry = entry(ID, GUILD, true);
        assert!(store.add_entry(entry).await.unwrap());
    }
    let left = open(&store).await;
    assert!(left.iter().all(|event| event.is_wanted), "{left:?}");
    store.forget_event((ID, DUE_MS)).await.unwrap();
    // Removing it while it is asked for: one of the two comes first.
    let asking = (0..4).map(|n| store.ask_event((ID, NEXT_MS), "<#5>", 700 + n));
    let (asked, removed) = tokio::join!(join_all(asking), store.remove_entry(GuildId(GUILD), ID));
    assert!(removed.unwrap());
    let asked = asked.into_iter().any(Result::unwrap);
    let left = open(&store).await;
    assert_eq!(left.len(), usize::from(asked), "{left:?}");
    assert!(left.iter().all(|event| !event.is_wanted));
}

async fn what_was_refused_is_asked_for_again_later(scratch: Scratch) {
    let store = scratch.open();
    store.add_entry(entry(ID, GUILD, true)).await.unwrap();
    store.ask_event((ID, DUE_MS), "<#5>", 600).await.unwrap();
    store
        .event_refused((ID, DUE_MS), 50_013, 610)
        .await
        .unwrap();
    assert_eq!(open(&store).await, []);
    let later = store.open_events(ShardRange::WHOLE, 611).await.unwrap();
    assert_eq!(later[0].refused, Some(50_013));
    store.ask_events_again(GuildId(GUILD + 1)).await.unwrap();
    assert_eq!(open(&store).await, [], "another server's");
    store.ask_events_again(GuildId(GUILD)).await.unwrap();
    let again = open(&store).await;
    assert_eq!((again[0].refused, again[0].asked_at_ms), (None, None));
    assert!(store.ask_event((ID, DUE_MS), "<#5>", 700).await.unwrap());
}

async fn events_are_those_of_their_own_shards(scratch: Scratch) {
    let store = scratch.open();
    let guilds = [0_u64, 1, 2, (1 << 41) + 3].map(|n| n << 22);
    for (id, guild) in (1..).zip(guilds) {
        let entry = entry(EntryId(id), guild, true);
        store.add_entry(entry).await.unwrap();
    }
    let open = async |first, last| -> Vec<u64> {
        let shards = ShardRange::new(first, last, 2).unwrap();
        let open = store.open_events(shards, 0).await.unwrap();
        open.iter().map(|event| event.entry.0).collect()
    };
    assert_eq!(open(0, 1).await, [1, 2, 3, 4]);
    assert_eq!(open(0, 0).await, [1, 3]);
    assert_eq!(open(1, 1).await, [2, 4]);
}
