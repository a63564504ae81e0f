//! Keeps the write-ahead log short without delaying answers.
//!
//! SQLite would copy the log into the database inside the commit that makes it too long, and that
//! commit takes some thirty times as long as others. Instead a thread copies nearly all of it while
//! the writer goes on; the next commit copies the few pages added since, after which the log starts
//! over: <https://sqlite.org/wal.html#checkpointing>.

use crate::OpenError;
use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::ffi::c_int;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};

/// The log is copied from this many pages on: 16 MiB at 4 KiB each. With SQLite's default of a
/// thousand, a tenth of all reads and writes were copies, mostly of pages that every few answers
/// change again; this way only their latest state is copied.
const COPY_AT: c_int = 4_000;
/// From this many pages on every commit tries to copy the log itself, because the thread cannot
/// keep up or is gone. At 4 KiB each 64 MiB, the limit of the file's size.
const PAGES_MAX: c_int = 16 * 1_024;

/// No copy is running.
const IDLE: u8 = 0;
/// The thread is copying.
const COPYING: u8 = 1;
/// The thread has copied what was there when it started.
const COPIED: u8 = 2;

/// Starts the thread, which `writer` wakes. It ends after `writer` is closed; wait for that before
/// treating the database as closed.
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
            // Opened on first use, to save memory at rest.
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
    // Another program has locked it; the next wake tries again.
    let copied = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    if let Err(error) = copied {
        tracing::warn!(%error, "store.checkpoint");
    }
}

/// SQLite calls this after each commit with the length of the log.
fn after_commit(wal: &mut Wal, pages: c_int, state: &AtomicU8, wake: &SyncSender<()>) {
    match state.load(Ordering::Acquire) {
        IDLE if pages >= COPY_AT => {
            state.store(COPYING, Ordering::Relaxed);
            // The queue has room for one. If the thread is gone, the limit above takes over.
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

/// Copies the rest. Failure does not matter to the commit: readers of an older state, or a backup,
/// may block it until next time.
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
        // This test does not depend on the disk.
        conn.pragma_update(None, "synchronous", "OFF").unwrap();
        conn
    }

    /// Commits until the log starts over, and returns its greatest length.
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
        // A commit here has some ten pages.
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
