//! Keeps the write-ahead log short without making answers wait.
//!
//! The engine would copy the log into the database within whichever commit makes it too long, and
//! that commit takes some thirty times as long as others. Here a thread of its own copies nearly
//! all of it while the writer goes on; the next commit then copies the few pages that have come
//! since, after which the log begins anew: <https://sqlite.org/wal.html#checkpointing>.

use crate::OpenError;
use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::ffi::c_int;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};

/// Pages in the log from which on it is copied, at 4 KiB each 16 MiB. At the engine's own thousand a
/// tenth of all reads and writes were for copies, mostly of pages that every few answers change
/// again; only their newest state is copied.
const COPY_AT: c_int = 4_000;
/// Pages in the log from which on every commit tries to copy it itself: the thread cannot keep up,
/// or is gone. At 4 KiB each 64 MiB, as large as the file may stay.
const PAGES_MAX: c_int = 16 * 1_024;

/// Nobody copies.
const IDLE: u8 = 0;
/// The thread copies.
const COPYING: u8 = 1;
/// The thread has copied what there was when it began.
const COPIED: u8 = 2;

/// Starts the thread and has `writer` wake it. It ends when `writer` is closed; only then may the
/// database be taken for closed.
pub(super) fn start(
    writer: &mut Connection,
    open: impl Fn() -> Result<Connection, OpenError> + Send + 'static,
) -> std::io::Result<JoinHandle<()>> {
    let state = Arc::new(AtomicU8::new(IDLE));
    let (wake, woken) = mpsc::sync_channel::<()>(1);
    let noted = Arc::clone(&state);
    let thread = thread::Builder::new()
        .name("store-checkpoint".to_owned())
        .spawn(move || {
            // Opened when it is needed first: at rest nothing of it takes memory.
            let mut conn = None;
            while woken.recv().is_ok() {
                if conn.is_none() {
                    conn = opened(open());
                }
                if let Some(conn) = &conn {
                    copy(conn);
                }
                noted.store(COPIED, Ordering::Release);
            }
        })?;
    let hook = move |wal: &mut Wal, pages: c_int| {
        after_commit(wal, pages, &state, &wake);
        Ok(())
    };
    writer.wal_hook(Some(hook)).map_err(std::io::Error::other)?;
    Ok(thread)
}

fn opened(conn: Result<Connection, OpenError>) -> Option<Connection> {
    conn.inspect_err(|error| tracing::warn!(%error, "store.no_checkpoints"))
        .ok()
}

fn copy(conn: &Connection) {
    // Another program's lock: there is a next time.
    let copied = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    if let Err(error) = copied {
        tracing::warn!(%error, "store.checkpoint");
    }
}

/// Called by the engine after each commit with the length of the log.
fn after_commit(wal: &mut Wal, pages: c_int, state: &AtomicU8, wake: &SyncSender<()>) {
    match state.load(Ordering::Acquire) {
        IDLE if pages >= COPY_AT => {
            state.store(COPYING, Ordering::Relaxed);
            // Its place in the queue is free, and a thread that is gone leaves it to the limit.
            let _ = wake.try_send(());
        }
        COPIED => {
            finish(wal);
            state.store(IDLE, Ordering::Relaxed);
        }
        _ if pages >= PAGES_MAX => finish(wal),
        _ => {}
    }
}

/// Copies what is left. The commit is made whatever comes of it; readers of an older state, or a
/// backup, may be in the way, and then the next time does it.
fn finish(wal: &mut Wal) {
    if let Err(error) = wal.checkpoint() {
        tracing::debug!(%error, "store.checkpoint_put_off");
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use std::path::Path;

    fn connect(path: &Path) -> Connection {
        let conn = Connection::open(path).unwrap();
        conn.pragma_update(None, "journal_mode", "WAL").unwrap();
        // Nothing here is about the disk.
        conn.pragma_update(None, "synchronous", "OFF").unwrap();
        conn
    }

    /// Commits until the log begins anew, and returns how long it was at most.
    fn longest_log(writer: &Connection) -> i64 {
        writer.execute_batch("CREATE TABLE t (b)").unwrap();
        let mut longest = 0;
        for _ in 0..2 * PAGES_MAX {
            writer
                .execute("INSERT INTO t VALUES (randomblob(20000))", [])
                .unwrap();
            let pages = writer
                .query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| row.get(1))
                .unwrap();
            if pages < longest {
                return longest;
            }
            longest = pages;
        }
        panic!("{longest} pages, and no end");
    }

    #[test]
    fn the_log_begins_anew_and_closing_leaves_no_thread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let mut writer = connect(&path);
        let other = path.clone();
        let thread = start(&mut writer, move || Ok(connect(&other))).unwrap();
        for _ in 0..3 {
            let longest = longest_log(&writer);
            assert!(longest >= i64::from(COPY_AT), "{longest}");
            writer.execute_batch("DROP TABLE t").unwrap();
        }
        let rows = |conn: &Connection| {
            conn.query_row("SELECT count(*) FROM sqlite_schema", [], |r| {
                r.get::<_, i64>(0)
            })
        };
        assert_eq!(rows(&writer), rows(&connect(&path)));
        drop(writer);
        thread.join().unwrap();
    }

    #[test]
    fn without_the_thread_the_log_stays_within_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let mut writer = connect(&path);
        let thread = start(&mut writer, || panic!("it is gone")).unwrap();
        let longest = longest_log(&writer);
        let limit = i64::from(PAGES_MAX);
        // A commit here is of some ten pages.
        assert!((limit..limit + 100).contains(&longest), "{longest}");
        drop(writer);
        assert!(thread.join().is_err());
    }

    #[test]
    fn a_connection_that_fails_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let mut writer = connect(&path);
        let (opened, other) = (Arc::new(AtomicU8::new(0)), path.clone());
        let counted = Arc::clone(&opened);
        let open = move || match counted.fetch_add(1, Ordering::Relaxed) {
            0 => Err(OpenError::Access {
                path: other.clone(),
                reason: "no file can be opened".to_owned(),
            }),
            _ => Ok(connect(&other)),
        };
        let thread = start(&mut writer, open).unwrap();
        for _ in 0..3 {
            longest_log(&writer);
            writer.execute_batch("DROP TABLE t").unwrap();
        }
        drop(writer);
        thread.join().unwrap();
        assert_eq!(opened.load(Ordering::Relaxed), 2);
    }
}
