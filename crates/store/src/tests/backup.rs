//! Backups: taken while the bot writes, restored into either database, and played on.

use super::*;
use crate::{
    BackupError, NewEntry, NewSeason, OpenError, SeasonEnd, Settled, StoredPack, backup, restore,
};
use heat_core::id::{
    EntryId, EventId, GameId, GuildId, InteractionId, PlaceId, RoleId, SeasonId, UserId,
};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

on_every_database!(taken_under_load_and_played_on);

/// Texts that could break a format.
const HOSTILE: &str = "tab\t, newline\n, return\r, \\N, \\., \"quotes\", \u{1F525} and \u{7f}";

fn place(folder: &TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}

fn file_url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// A bit of everything, with ids that use all 64 bits.
async fn fill(store: &Store) {
    for game in [1, 2, u64::MAX - 5] {
        let mut first = start(game);
        first.asked = vec![format!("q-{HOSTILE}")];
        first.route = Some(format!("{{\"token\":\"{HOSTILE}\"}}"));
        store.commit(first).await.unwrap();
        let at_ms = ms("2026-05-01T12:00:00Z");
        let answers = vec![answer(0, u64::MAX, 150, at_ms), answer(0, 9, 0, at_ms)];
        let mut step = played(game, answers);
        step.first_seq = 1;
        step.events = vec![format!("\"{HOSTILE}\"")];
        store.commit(step).await.unwrap();
    }
    let over = Write {
        game: GameId(2),
        ended: true,
        ..Write::default()
    };
    store.commit(over).await.unwrap();
    let pack = StoredPack {
        id: "own".to_owned(),
        body: HOSTILE.to_owned(),
        added_by: UserId(u64::MAX),
        added_at_ms: -1,
    };
    store.put_pack(GuildId(GUILD), pack).await.unwrap();
    let entry = NewEntry {
        id: EntryId(u64::MAX - 1),
        guild: GuildId(GUILD),
        body: HOSTILE.into(),
        host: Some(UserId(u64::MAX)),
        next_at_ms: 1_000,
        has_event: true,
        entries_max: 1,
    };
    assert!(store.add_entry(entry).await.unwrap());
    store
        .begin_run(EntryId(u64::MAX - 1), 1_000, 1_001)
        .await
        .unwrap();
    let settled = Settled {
        id: EntryId(u64::MAX - 1),
        due_at_ms: 1_000,
        outcome: "done".into(),
        next_at_ms: 2_000,
        took_place: false,
        has_event: true,
        at_ms: 1_002,
    };
    store.settle_run(settled).await.unwrap();
    let event = (EntryId(u64::MAX - 1), 2_000);
    store.ask_event(event, HOSTILE, 1_003).await.unwrap();
    store.event_made(event, EventId(u64::MAX)).await.unwrap();
    let season = NewSeason {
        id: SeasonId(u64::MAX - 2),
        guild: GuildId(GUILD),
        name: HOSTILE.into(),
        role: Some(RoleId(u64::MAX)),
        winners: 1,
        opened_at_ms: 0,
        seasons_max: 5,
    };
    store.open_season(season).await.unwrap();
    let end = SeasonEnd {
        guild: GuildId(GUILD),
        by: InteractionId(u64::MAX - 3),
        at_ms: i64::MAX,
        route: HOSTILE.into(),
        holders_max: 5,
    };
    assert!(store.close_season(end).await.unwrap().is_some());
}

/// Everything the store returns about games 1, 2 and the last, and their consequences.
async fn seen(store: &Store) -> String {
    let mut games = BTreeMap::new();
    for id in [1, 2, u64::MAX - 5] {
        games.insert(id, store.game(GameId(id)).await.unwrap());
    }
    let all_time = board(
        Scope::Guild(GuildId(GUILD)),
        Period::All,
        "2026-05-02T00:00:00Z",
    );
    let board = whole(store, all_time).await;
    let asked = store.asked(PlaceId(GUILD)).await.unwrap();
    let packs = store.packs(GuildId(GUILD)).await.unwrap();
    let planned = store.entries(GuildId(GUILD)).await.unwrap();
    let events = store.planned_events(GuildId(GUILD)).await.unwrap();
    assert_eq!(events.len(), 1);
    let seasons = store.seasons(GuildId(GUILD)).await.unwrap();
    let hall = store.hall_of_fame(GuildId(GUILD)).await.unwrap();
    let roles = store.role_steps(GuildId(GUILD)).await.unwrap();
    assert_eq!((seasons.len(), hall.len(), roles.len()), (1, 2, 1));
    format!(
        "{games:#?}\n{board:?}\n{asked:?}\n{packs:?}\n{planned:?}{events:?}\n{seasons:?}{hall:?}{roles:?}"
    )
}

/// Commits one event after another to its own game until told to stop; returns how many were
/// confirmed.
async fn keep_writing(store: Store, stop: Arc<AtomicBool>) -> u32 {
    let mut seq = 0;
    store.commit(start(77)).await.unwrap();
    while !stop.load(Ordering::Relaxed) {
        seq += 1;
        store.commit(event(77, seq)).await.unwrap();
    }
    seq
}

async fn taken_under_load_and_played_on(scratch: Scratch) {
    let store = scratch.open();
    fill(&store).await;
    let before = seen(&store).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn(keep_writing(store.clone(), Arc::clone(&stop)));
    while store.game(GameId(77)).await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = place(&folder, "backup");
    let (url, at) = (scratch.url.clone(), file.clone());
    // On a separate thread, as the command is a separate process.
    let taken = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(backup(&url, &at))
    });
    let copied = taken.await.unwrap().unwrap();
    let held = Connection::open(&file).unwrap();
    let count = |table| {
        let sql = format!("SELECT count(*) FROM {table}");
        held.query_row(&sql, [], |row| row.get::<_, u32>(0))
            .unwrap()
    };
    assert_eq!((copied.games, count("answers")), (4, 6));
    assert_eq!(copied.events, u64::from(count("events")));
    drop(held);
    stop.store(true, Ordering::Relaxed);
    let last = writing.await.unwrap();
    store.close().await.unwrap();

    let mut targets = vec![file_url(&place(&folder, "restored.db"))];
    let is_on_server = scratch.url.starts_with("postgres");
    targets.extend(is_on_server.then(|| Scratch::schema("read committed").url));
    for url in targets {
        restore(&url, &file, false).await.unwrap();
        let again = Store::open(&url).unwrap();
        assert_eq!(seen(&again).await, before, "{url}");
        assert_sound(&again).await;
        // Complete up to some moment of the writing, and writing can continue from there.
        let written = again.game(GameId(77)).await.unwrap().unwrap();
        let expected: Vec<_> = (0..written.next_seq)
            .map(|seq| match seq {
                0 => start(77).events[0].clone(),
                seq => event(77, seq).events[0].clone(),
            })
            .collect();
        assert_eq!(written.events, expected);
        assert!(written.next_seq <= last + 1);
        again.commit(event(77, written.next_seq)).await.unwrap();
        again.commit(event(1, 2)).await.unwrap();
        again.close().await.unwrap();
        // A second time only with `--replace`.
        let refused = restore(&url, &file, false).await.unwrap_err();
        assert!(matches!(refused, BackupError::NotEmpty { .. }), "{refused}");
        restore(&url, &file, true).await.unwrap();
        let replaced = Store::open(&url).unwrap();
        assert_eq!(seen(&replaced).await, before, "{url}");
        replaced.close().await.unwrap();
    }
    assert!(file.exists(), "the backup is left as it is");
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(".part-"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[tokio::test]
async fn existing_files_and_databases_stay_unchanged() {
    let (folder, url) = scratch();
    let store = Store::open(&url).unwrap();
    fill(&store).await;
    let file = place(&folder, "backup");
    fs::write(&file, "precious").unwrap();
    let refused = backup(&url, &file).await.unwrap_err();
    assert!(matches!(refused, BackupError::Exists { .. }), "{refused}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "precious");
    let refused = restore(&url, &file, true).await.unwrap_err();
    assert!(matches!(refused, BackupError::Unsound { .. }), "{refused}");

    fs::remove_file(&file).unwrap();
    backup(&url, &file).await.unwrap();
    // The bot still runs on it.
    let refused = restore(&url, &file, true).await.unwrap_err();
    let in_use = BackupError::Open(OpenError::InUse {
        path: fs::canonicalize(place(&folder, "heat.db")).unwrap(),
    });
    assert_eq!(refused.to_string(), in_use.to_string());
    store.close().await.unwrap();

    // Damaged, foreign, newer, missing: nothing is touched.
    let before = fs::read(place(&folder, "heat.db")).unwrap();
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    let damaged = place(&folder, "damaged");
    fs::write(&damaged, bytes).unwrap();
    let foreign = place(&folder, "foreign");
    let other = rusqlite::Connection::open(&foreign).unwrap();
    other
        .execute_batch("CREATE TABLE poems (body TEXT)")
        .unwrap();
    let newer = place(&folder, "newer");
    fs::copy(&file, &newer).unwrap();
    let other = rusqlite::Connection::open(&newer).unwrap();
    other.pragma_update(None, "user_version", 9_999).unwrap();
    for (wrong, sentence) in [
        (&damaged, "not a sound backup"),
        (&foreign, "another program"),
        (&newer, "start a newer heat-check"),
        (&place(&folder, "missing"), "No such file"),
    ] {
        let refused = restore(&url, wrong, true).await.unwrap_err().to_string();
        assert!(refused.contains(sentence), "{refused}");
    }
    assert_eq!(fs::read(place(&folder, "heat.db")).unwrap(), before);
    let in_memory = backup("sqlite::memory:", &place(&folder, "m")).await;
    assert!(matches!(in_memory, Err(BackupError::InMemory)));
    let nothing = backup(&file_url(&place(&folder, "no.db")), &place(&folder, "n")).await;
    assert!(nothing.unwrap_err().to_string().contains("No such file"));
    assert!(!place(&folder, "no.db").exists() && !place(&folder, "n").exists());
}

#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn a_server_on_which_the_bot_plays_is_not_overwritten() {
    let scratch = Scratch::schema("read committed");
    let store = scratch.open();
    store
        .claim(ShardRange::new(1, 1, 2).unwrap())
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = place(&folder, "backup");
    backup(&scratch.url, &file).await.unwrap();
    let refused = restore(&scratch.url, &file, true).await.unwrap_err();
    assert!(
        refused.to_string().contains("stop the other process"),
        "{refused}"
    );
    store.close().await.unwrap();
    restore(&scratch.url, &file, true).await.unwrap();
}

/// A table or column must be added to both databases, so that data can move between them.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn both_databases_have_the_same_tables() {
    use crate::backup::tables::{DERIVED, tables};
    let scratch = Scratch::schema("read committed");
    scratch.open().close().await.unwrap();
    let (_folder, url) = super::scratch();
    Store::open(&url).unwrap().close().await.unwrap();
    let conn = rusqlite::Connection::open(url.trim_start_matches("sqlite://")).unwrap();
    let ours: BTreeMap<String, Vec<String>> = tables(&conn)
        .unwrap()
        .iter()
        .map(|table| {
            let mut columns: Vec<_> = table
                .columns_on_server()
                .into_iter()
                .map(str::to_owned)
                .collect();
            columns.sort();
            (table.name.clone(), columns)
        })
        .collect();
    let listed = crate::tests::postgres::server::shared().sql(
        &scratch.url,
        "SELECT table_name || ' ' || column_name FROM information_schema.columns
         WHERE table_schema = current_schema() ORDER BY 1",
    );
    let mut theirs = BTreeMap::<String, Vec<String>>::new();
    for line in listed.lines() {
        let (table, column) = line.split_once(' ').unwrap();
        // What only a server needs: the writers, their shards and turns to connect, and a number
        // that a file computes from the events.
        let is_own = ["heat_check", "writers", "shards", "turns"].contains(&table);
        if !is_own && !DERIVED.contains(&table) && (table, column) != ("games", "next_seq") {
            theirs
                .entry(table.to_owned())
                .or_default()
                .push(column.to_owned());
        }
    }
    for columns in theirs.values_mut() {
        columns.sort();
    }
    assert_eq!(ours, theirs);
}

/// Files left by killed backups are removed by the next one; those still being written are not.
#[tokio::test]
async fn temporary_files_of_dead_processes_are_removed() {
    let (folder, url) = scratch();
    let store = Store::open(&url).unwrap();
    fill(&store).await;
    let own = std::process::id();
    let dead = [
        "monday.heat-check-part-77".to_owned(),
        "monday.heat-check-part-77-journal".to_owned(),
        "monday.heat-check-part-77-wal".to_owned(),
        // Processes in different containers may have the same id.
        format!("tuesday.heat-check-part-{own}"),
        // From an earlier version.
        "tuesday.part-99".to_owned(),
    ];
    let others = ["film.part-12", "monday.heat-check-part-x", "monday"];
    for name in dead.iter().map(String::as_str).chain(others) {
        fs::write(place(&folder, name), "x").unwrap();
    }
    let in_work = fs::File::create(place(&folder, "sunday.heat-check-part-78")).unwrap();
    in_work.lock().unwrap();
    backup(&url, &place(&folder, "tuesday")).await.unwrap();
    for name in &dead {
        assert!(!place(&folder, name).exists(), "{name} is left");
    }
    for name in others
        .into_iter()
        .chain(["sunday.heat-check-part-78", "tuesday"])
    {
        assert!(place(&folder, name).exists(), "{name} is gone");
    }
}
