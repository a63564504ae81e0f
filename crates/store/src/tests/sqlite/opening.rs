//! What `open` refuses, and its messages.

use crate::OpenError;
use crate::sqlite::migrations::{APPLICATION_ID, MIGRATIONS};
use crate::tests::*;
use heat_core::id::{GameId, GuildId};
use heat_core::shard::ShardRange;
use rusqlite::{Connection, params};
use std::fs;
use std::path::Path;

/// Opening must fail, with a message that contains every one of `words`.
#[track_caller]
fn refused(url: &str, words: &[&str]) -> OpenError {
    let error = Store::open(url).expect_err("must be refused");
    let text = error.to_string();
    for word in words {
        assert!(text.contains(word), "{text:?} lacks {word:?}");
    }
    assert!(!text.contains('\n'));
    error
}

/// There is no other process to wait for.
#[tokio::test]
async fn a_file_lets_its_shards_identify_at_once() {
    let store = Store::open("sqlite::memory:").unwrap();
    let turn = store.take_turns(ShardRange::all_of(16), 1).await;
    assert_eq!(turn, Ok(None));
}

#[test]
fn refuses_meaningless_addresses() {
    for url in [
        "",
        "heat.db",
        "sqlite:heat.db",
        "sqlite://",
        "sqlite://a.db?mode=ro",
    ] {
        refused(url, &["sqlite://heat-check.db"]);
    }
    let error = refused("mysql://bot:hunter2@db/heat", &["mysql"]);
    assert!(!error.to_string().contains("hunter2"));
}

#[test]
fn refuses_places_where_no_database_can_be() {
    let (folder, _) = scratch();
    let root = folder.path().display();
    refused(&format!("sqlite://{root}"), &["not a regular file"]);
    let missing = format!("sqlite://{root}/no/where/heat.db");
    refused(&missing, &["/no/where", "does not exist", "create it"]);
    assert!(!folder.path().join("no").exists(), "no folder is created");
    fs::write(folder.path().join("file"), "x").unwrap();
    refused(&format!("sqlite://{root}/file/heat.db"), &["cannot open"]);
    #[cfg(target_os = "linux")]
    refused(
        "sqlite:///proc/heat.db",
        &["/proc/heat.db", "read and write"],
    );
}

#[cfg(unix)]
#[test]
fn reports_a_file_that_cannot_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, url) = scratch();
    let path = folder.path().join("heat.db");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        eprintln!("skipped: this user may write everything");
        return;
    }
    refused(&url, &["heat.db", "Permission denied", "read and write"]);
}

#[tokio::test]
async fn refuses_files_that_are_something_else() {
    let (folder, url) = scratch();
    let path = folder.path().join("heat.db");
    fs::write(&path, "certainly not a database ".repeat(100)).unwrap();
    refused(&url, &["heat.db", "not a database of Heat Check"]);
    assert!(
        fs::read(&path).unwrap().starts_with(b"certainly"),
        "untouched"
    );

    fs::remove_file(&path).unwrap();
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE bookmarks (url TEXT)")
        .unwrap();
    drop(other);
    refused(&url, &["heat.db", "another program", "name another file"]);

    // Ours once, then overwritten in the middle of its schema.
    fs::remove_file(&path).unwrap();
    Store::open(&url).unwrap().close().await.unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..4096].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    refused(&url, &["heat.db"]);
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let (folder, url) = scratch();
    Store::open(&url).unwrap().close().await.unwrap();
    let path = folder.path().join("heat.db");
    let conn = Connection::open(&path).unwrap();
    conn.pragma_update(None, "user_version", 4_000).unwrap();
    drop(conn);
    let error = refused(&url, &["heat.db", "4000", "newer heat-check"]);
    assert!(matches!(error, OpenError::Newer { found: 4_000, .. }));
}

#[tokio::test]
async fn one_bot_per_database() {
    let (folder, url) = scratch();
    let first = Store::open(&url).unwrap();
    refused(&url, &["heat.db", "another running bot"]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("heat.db", folder.path().join("alias.db")).unwrap();
        let alias = format!("sqlite://{}/alias.db", folder.path().display());
        refused(&alias, &["another running bot"]);
    }
    first.commit(start(1)).await.unwrap();
    first.close().await.unwrap();
    for left in ["heat.db-wal", "heat.db-shm"] {
        assert!(!folder.path().join(left).exists(), "{left} after a close");
    }
    let second = Store::open(&url).unwrap();
    assert_eq!(second.live_games(ShardRange::WHOLE).await.unwrap().len(), 1);
}

#[tokio::test]
async fn reports_a_file_locked_by_another_program() {
    let (folder, url) = scratch();
    Store::open(&url).unwrap().close().await.unwrap();
    let other = Connection::open(folder.path().join("heat.db")).unwrap();
    other
        .busy_timeout(std::time::Duration::from_secs(5))
        .unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = refused(&url, &["heat.db", "locked by another program"]);
    assert!(matches!(error, OpenError::Locked { .. }));
}

#[cfg(unix)]
#[tokio::test]
async fn database_files_are_readable_only_by_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, url) = scratch();
    let store = Store::open(&url).unwrap();
    store.commit(start(1)).await.unwrap();
    for name in ["heat.db", "heat.db-wal"] {
        let mode = fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
}

/// A file as an older version left it, with one game in it.
fn older(path: &Path, version: u8) -> Connection {
    let conn = Connection::open(path).unwrap();
    for sql in &MIGRATIONS[..usize::from(version)] {
        conn.execute_batch(sql).unwrap();
    }
    conn.pragma_update(None, "application_id", APPLICATION_ID)
        .unwrap();
    conn.pragma_update(None, "user_version", version).unwrap();
    let game = "INSERT INTO games (id, code, guild, place, channel, starter, started_at_ms)
         VALUES (1, 'CODE-1', ?1, ?1, 7, 8, 1000)";
    conn.execute(game, [GUILD.cast_signed()]).unwrap();
    conn
}

/// Version 4 stored no time zone with its games.
#[tokio::test]
async fn games_of_an_older_version_count_in_utc_days() {
    let (folder, url) = scratch();
    drop(older(&folder.path().join("heat.db"), 4));

    let store = Store::open(&url).unwrap();
    let game = store.game(GameId(1)).await.unwrap().unwrap();
    assert_eq!(game.meta.zone, Zone::UTC);
    let now = "2026-07-15T23:59:59Z";
    let answers = vec![answer(1, 5, 100, ms(now))];
    store.commit(played(1, answers)).await.unwrap();
    let day = board(Scope::Guild(GuildId(GUILD)), Period::Day, now);
    assert_eq!(whole(&store, day).await, [(1, 5, 100)]);
    assert_sound(&store).await;
    assert_eq!(store.settings(GuildId(GUILD)).await.unwrap(), None);
}

/// Version 8 kept long events with the others, and answers in the ledger before their reveal.
#[tokio::test]
async fn a_running_game_survives_an_upgrade() {
    let (folder, url) = scratch();
    let conn = older(&folder.path().join("heat.db"), 8);
    let events = [format!("\"{}\"", "é".repeat(5_000)), "\"short\"".to_owned()];
    for (seq, body) in (7..).zip(&events) {
        let event = "INSERT INTO events (game, seq, body) VALUES (1, ?1, ?2)";
        conn.execute(event, params![seq, body]).unwrap();
    }
    let early = "INSERT INTO answers VALUES (1, 0, 5, 'q', 'cast', 2, 1, 100, 900, ?1)";
    let now = "2026-07-15T12:00:00Z";
    conn.execute(early, [ms(now)]).unwrap();
    drop(conn);

    let store = Store::open(&url).unwrap();
    let game = store.game(GameId(1)).await.unwrap().unwrap();
    assert_eq!((game.next_seq, game.events.as_slice()), (9, &events[..]));
    assert_eq!(
        store.live_games(ShardRange::all_of(1)).await.unwrap(),
        [game]
    );
    let reveal = Write {
        answers: vec![answer(0, 5, 100, ms(now)), answer(0, 6, 50, ms(now))],
        revealed: vec![0],
        ..event(1, 9)
    };
    store.commit(reveal).await.unwrap();
    let day = board(Scope::Guild(GuildId(GUILD)), Period::Day, now);
    assert_eq!(whole(&store, day).await, [(1, 5, 100), (2, 6, 50)]);
    assert_eq!(
        store.game(GameId(1)).await.unwrap().unwrap().events.len(),
        3
    );
    assert_sound(&store).await;
}
