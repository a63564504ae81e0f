//! The writer's transaction, with cached statements: every answer begins and commits one, and the
//! library's own would parse both statements each time.

use rusqlite::Connection;

/// A transaction. Rolled back when dropped without a commit.
#[derive(Debug)]
pub(super) struct Transaction<'c>(&'c Connection);

impl<'c> Transaction<'c> {
    /// Begins it as a writer, so that it cannot fail half-way because of another program's lock.
    /// The exclusive borrow rules out a second one.
    pub(super) fn begin(conn: &'c mut Connection) -> rusqlite::Result<Self> {
        run(conn, "BEGIN IMMEDIATE")?;
        Ok(Self(conn))
    }

    pub(super) fn commit(self) -> rusqlite::Result<()> {
        run(self.0, "COMMIT")
    }
}

impl std::ops::Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.0
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit() {
            // Fails only if SQLite has already rolled back.
            let _ = run(self.0, "ROLLBACK");
        }
    }
}

fn run(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.execute([]).map(drop)
}
