//! A disk that is full or fails: errors for those affected, and normal work once it is fixed.

use crate::sqlite::{migrations, writer};
use crate::tests::*;
use crate::{Backend, StoreError};
use heat_core::id::{GameId, GuildId};
use rusqlite::Connection;
use std::fs;

/// Runs SQL on the writer's own connection.
async fn sabotage(store: &Store, sql: &'static str) {
    let Backend::Sqlite(store) = &store.0 else {
        panic!("another database");
    };
    store
        .write(move |conn| conn.execute_batch(sql))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_full_disk_is_an_error_until_it_is_fixed() {
    let (_folder, url) = scratch();
    let store = Store::open(&url).unwrap();
    store.commit(start(1)).await.unwrap();
    sabotage(&store, "PRAGMA max_page_count = 1").await;
    let big = |seq| Write {
        events: vec![format!("\"{}\"", "x".repeat(100_000))],
        ..event(1, seq)
    };
    let (one, two) = tokio::join!(store.commit(big(1)), store.commit(big(1)));
    for result in [one, two] {
        let error = result.expect_err("no room");
        assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
        assert!(error.to_string().contains("disk is full"), "{error}");
    }
    // Reads go on, and so does everything once there is room.
    assert_eq!(store.game(GameId(1)).await.unwrap().unwrap().next_seq, 1);
    sabotage(&store, "PRAGMA max_page_count = 100000").await;
    store.commit(big(1)).await.unwrap();
    assert_eq!(store.game(GameId(1)).await.unwrap().unwrap().next_seq, 2);
}

#[tokio::test]
async fn a_read_only_database_is_an_error_until_it_is_fixed() {
    let (_folder, url) = scratch();
    let store = Store::open(&url).unwrap();
    sabotage(&store, "PRAGMA query_only = 1").await;
    let error = store.commit(start(1)).await.expect_err("read-only");
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
    let error = store.probe().await.expect_err("read-only");
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
    sabotage(&store, "PRAGMA query_only = 0").await;
    store.probe().await.unwrap();
    store.commit(start(1)).await.unwrap();
}

/// A deferred foreign key makes COMMIT itself fail, after every savepoint went well.
#[test]
fn a_failing_commit_is_an_error_for_all_its_writes() {
    let mut conn = Connection::open_in_memory().unwrap();
    migrations::apply(&mut conn, std::path::Path::new("x")).unwrap();
    conn.execute_batch(
        "PRAGMA foreign_keys = ON;
         CREATE TEMP TABLE parent (id INTEGER PRIMARY KEY);
         CREATE TEMP TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
         CREATE TEMP TRIGGER bomb AFTER INSERT ON main.event_rows WHEN new.body = 'bomb'
         BEGIN INSERT INTO child VALUES (1); END;",
    )
    .unwrap();
    let bomb = Write {
        events: vec!["bomb".to_owned()],
        ..start(2)
    };
    let batch = [start(1), bomb, start(1)].map(Box::new);
    assert!(writer::commit(&mut conn, &batch).is_err());

    let results = writer::commit(&mut conn, &[start(1), start(3), start(1)].map(Box::new));
    let stored: Vec<_> = results.unwrap().iter().map(Result::is_ok).collect();
    assert_eq!(
        stored,
        [true, true, false],
        "nothing was left of the first batch"
    );
}

/// A board that was tampered with is detected, and rebuilt from the ledger.
#[tokio::test]
async fn an_audit_finds_differences_and_a_rebuild_fixes_them() {
    let (_folder, url) = scratch();
    let store = Store::open(&url).unwrap();
    store.commit(start(1)).await.unwrap();
    let answers = vec![answer(1, 5, 100, 0), answer(1, 6, 90, 0)];
    store.commit(played(1, answers)).await.unwrap();
    assert_sound(&store).await;
    sabotage(
        &store,
        "UPDATE standings SET points = 9000 WHERE user = 6 AND scope = 0;
         DELETE FROM tallies WHERE level = 0 AND slot = 100 AND scope <> 0;
         INSERT INTO standings VALUES (0, 1, 2, 3, 4, 5);",
    )
    .await;
    let audit = store.verify_standings().await.unwrap();
    assert_eq!((audit.answers, audit.faults), (2, 4 + 4 + 1));
    store.rebuild_standings().await.unwrap();
    assert_sound(&store).await;
}

#[tokio::test]
async fn a_caller_that_stops_waiting_does_not_matter() {
    let store = memory();
    let mut call = Box::pin(store.commit(start(1)));
    let _ = futures_util::poll!(call.as_mut());
    drop(call);
    store.commit(event(1, 1)).await.unwrap();
    assert_eq!(store.game(GameId(1)).await.unwrap().unwrap().next_seq, 2);
}

/// A crash of the machine leaves files like this copy, taken in the middle of work.
#[tokio::test]
async fn committed_writes_survive_without_a_close() {
    let (folder, url) = scratch();
    let store = Store::open(&url).unwrap();
    store.commit(start(1)).await.unwrap();
    let at = ms("2026-07-15T10:00:00Z");
    store
        .commit(played(1, vec![answer(1, 5, 100, at)]))
        .await
        .unwrap();

    let (copy, copy_url) = scratch();
    for name in ["heat.db", "heat.db-wal"] {
        fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
    }
    let wal = fs::metadata(copy.path().join("heat.db-wal")).unwrap();
    assert!(wal.len() > 0, "the log holds what the file does not");
    let after = Store::open(&copy_url).unwrap();
    assert_eq!(
        after.live_games(ShardRange::WHOLE).await.unwrap(),
        store.live_games(ShardRange::WHOLE).await.unwrap()
    );
    let all = board(
        Scope::Guild(GuildId(GUILD)),
        Period::All,
        "2026-07-15T10:00:00Z",
    );
    assert_eq!(whole(&after, all).await, [(1, 5, 100)]);
    assert_sound(&after).await;
    after.commit(event(1, 1)).await.unwrap();

    // Dropped, not closed: queued writes are made and the lock is let go.
    drop(store);
    let again = Store::open(&url).unwrap();
    assert_eq!(again.live_games(ShardRange::WHOLE).await.unwrap().len(), 1);
}

/// The file in its place is not touched, and nothing is reported as stored.
#[cfg(unix)]
#[tokio::test]
async fn a_file_that_was_deleted_or_replaced_accepts_no_writes() {
    for is_replaced in [false, true] {
        for suffix in ["", "-wal"] {
            let (folder, url) = scratch();
            let store = Store::open(&url).unwrap();
            store.commit(start(1)).await.unwrap();
            let file = folder.path().join(format!("heat.db{suffix}"));
            let aside = folder.path().join("aside");
            fs::rename(&file, &aside).unwrap();
            if is_replaced {
                fs::copy(&aside, &file).unwrap();
            }
            let refusals = [
                store.commit(event(1, 1)).await,
                store.probe().await,
                store.put_settings(GuildId(7), "{}").await,
                store.rebuild_standings().await,
            ];
            for refusal in refusals {
                let error = refusal.expect_err("written into nothing");
                assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
                let says = error.to_string();
                assert!(says.contains(file.to_str().unwrap()), "{says}");
                assert!(says.contains("deleted or replaced"), "{says}");
            }
            // Put back, it goes on where it was.
            fs::rename(&aside, &file).unwrap();
            assert_eq!(store.settings(GuildId(7)).await.unwrap(), None);
            store.commit(event(1, 1)).await.unwrap();
            store.close().await.unwrap();
            let store = Store::open(&url).unwrap();
            assert_eq!(store.game(GameId(1)).await.unwrap().unwrap().next_seq, 2);
        }
    }
}

/// The files there now are different ones: a backup put in their place by hand.
#[cfg(unix)]
#[tokio::test]
async fn a_stopping_bot_leaves_the_file_that_replaced_its_own_alone() {
    let (folder, url) = scratch();
    let store = Store::open(&url).unwrap();
    store.commit(start(1)).await.unwrap();
    let names = ["heat.db", "heat.db-wal"].map(|name| folder.path().join(name));
    for name in &names {
        fs::remove_file(name).unwrap();
        fs::write(name, "new").unwrap();
    }
    store.close().await.unwrap_err();
    for name in &names {
        assert_eq!(fs::read_to_string(name).unwrap(), "new");
    }
}
