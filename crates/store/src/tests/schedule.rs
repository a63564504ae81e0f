//! What servers have scheduled: each time is started once, settled once, and by the right process.

use super::*;
use crate::{LastRun, NewEntry, Settled};
use futures_util::future::join_all;
use heat_core::id::{EntryId, GuildId};

on_every_database!(
    entries_belong_to_their_server,
    a_server_has_no_more_entries_than_it_may,
    a_time_is_taken_on_once_and_settled_once,
    what_is_due_is_due_in_its_own_shards,
);

const ID: u64 = u64::MAX - 9;
const DAY_MS: i64 = 86_400_000;

fn entry(id: u64, guild: u64, next_at_ms: i64) -> NewEntry {
    NewEntry {
        id: EntryId(id),
        guild: GuildId(guild),
        body: format!("{{\"n\":{id}}}").into(),
        host: None,
        next_at_ms,
        has_event: false,
        entries_max: 5,
    }
}

fn settled(due_at_ms: i64, outcome: &str) -> Settled {
    Settled {
        id: EntryId(ID),
        due_at_ms,
        outcome: outcome.into(),
        next_at_ms: due_at_ms + DAY_MS,
        took_place: true,
        has_event: false,
        at_ms: due_at_ms + 7,
    }
}

async fn entries_belong_to_their_server(scratch: Scratch) {
    let store = scratch.open();
    assert_eq!(store.entries(GuildId(GUILD)).await.unwrap(), []);
    for (id, guild, next) in [
        (ID, GUILD, 300),
        (2, GUILD, 100),
        (3, u64::MAX, 200),
        (2, GUILD, 100),
    ] {
        assert!(store.add_entry(entry(id, guild, next)).await.unwrap());
    }
    store.close().await.unwrap();
    let store = scratch.open();
    let found = store.entries(GuildId(GUILD)).await.unwrap();
    let ids: Vec<u64> = found.iter().map(|entry| entry.id.0).collect();
    assert_eq!(ids, [2, ID], "by their times");
    assert_eq!(
        (found[1].body.as_str(), found[1].next_at_ms),
        ("{\"n\":18446744073709551606}", 300)
    );
    assert!(
        !store
            .remove_entry(GuildId(GUILD), EntryId(3))
            .await
            .unwrap(),
        "another's"
    );
    assert!(
        store
            .begin_run(EntryId(2), 100, 101)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        store
            .remove_entry(GuildId(GUILD), EntryId(2))
            .await
            .unwrap()
    );
    assert!(
        !store
            .remove_entry(GuildId(GUILD), EntryId(2))
            .await
            .unwrap()
    );
    assert_eq!(
        store.begin_run(EntryId(2), 100, 101).await.unwrap(),
        None,
        "it is gone"
    );
    assert_eq!(store.entries(GuildId(GUILD)).await.unwrap().len(), 1);
    assert_eq!(store.entries(GuildId(u64::MAX)).await.unwrap().len(), 1);
}

async fn a_server_has_no_more_entries_than_it_may(scratch: Scratch) {
    let store = scratch.open();
    let adding = (1..=8).map(|id| store.add_entry(entry(id, GUILD, 100)));
    let added = join_all(adding).await;
    let added = added.into_iter().filter(|added| *added.as_ref().unwrap());
    assert_eq!(added.count(), 5);
    assert_eq!(store.entries(GuildId(GUILD)).await.unwrap().len(), 5);
    assert!(store.add_entry(entry(99, 7, 100)).await.unwrap());
}

async fn a_time_is_taken_on_once_and_settled_once(scratch: Scratch) {
    let store = scratch.open();
    store.add_entry(entry(ID, GUILD, 1_000)).await.unwrap();
    assert_eq!(
        store.begin_run(EntryId(ID), 999, 5).await.unwrap(),
        None,
        "not due yet"
    );
    let beginning = (0..6).map(|n| store.begin_run(EntryId(ID), 1_000, 2_000 + n));
    let began: Vec<Option<i64>> = join_all(beginning)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert!(
        began[0].is_some() && began.iter().all(|at| *at == began[0]),
        "{began:?}"
    );
    // A time started before a crash is known to have been started.
    store.close().await.unwrap();
    let store = scratch.open();
    assert_eq!(
        store.begin_run(EntryId(ID), 1_000, 9_000).await.unwrap(),
        began[0]
    );
    for outcome in ["played", "twice"] {
        store.settle_run(settled(1_000, outcome)).await.unwrap();
    }
    assert_eq!(
        store.begin_run(EntryId(ID), 1_000, 9_000).await.unwrap(),
        None
    );
    let found = store.entries(GuildId(GUILD)).await.unwrap();
    let last = LastRun {
        due_at_ms: 1_000,
        outcome: "played".to_owned(),
    };
    assert_eq!(found[0].last, Some(last));
    assert_eq!(found[0].next_at_ms, 1_000 + DAY_MS);
    // A later one has started, and the earlier outcome is still the last one.
    let next = 1_000 + DAY_MS;
    assert!(
        store
            .begin_run(EntryId(ID), next, next)
            .await
            .unwrap()
            .is_some()
    );
    let found = store.entries(GuildId(GUILD)).await.unwrap();
    assert_eq!(found[0].last.as_ref().unwrap().due_at_ms, 1_000);
    for day in 1..30 {
        let due = 1_000 + day * DAY_MS;
        store.begin_run(EntryId(ID), due, due).await.unwrap();
        store.settle_run(settled(due, "played")).await.unwrap();
    }
    let found = store.entries(GuildId(GUILD)).await.unwrap();
    assert_eq!(found[0].next_at_ms, 1_000 + 30 * DAY_MS);
    assert_eq!(
        found[0].last.as_ref().unwrap().due_at_ms,
        1_000 + 29 * DAY_MS
    );
}

async fn what_is_due_is_due_in_its_own_shards(scratch: Scratch) {
    let store = scratch.open();
    let guilds = [0_u64, 1, 2, (1 << 41) + 3].map(|n| n << 22);
    for (id, guild) in (1..).zip(guilds) {
        let due = i64::try_from(500 - id).unwrap();
        store.add_entry(entry(id, guild, due)).await.unwrap();
    }
    let due = async |shards: ShardRange, now_ms| -> Vec<u64> {
        let due = store.due_entries(shards, now_ms).await.unwrap();
        due.iter().map(|entry| entry.id.0).collect()
    };
    assert!(due(ShardRange::WHOLE, 495).await.is_empty());
    assert_eq!(due(ShardRange::WHOLE, 497).await, [4, 3]);
    assert_eq!(due(ShardRange::WHOLE, 500).await, [4, 3, 2, 1]);
    let [first, second] = [(0, 0), (1, 1)].map(|(a, b)| ShardRange::new(a, b, 2).unwrap());
    assert_eq!(due(first, 500).await, [3, 1]);
    assert_eq!(due(second, 500).await, [4, 2]);
}
