//! The writer's transaction, from statements that are kept: every answer begins and commits one, and
//! the library's own reads both texts anew each time.

use rusqlite::Connection;

/// A transaction. Undone when it is dropped without a commit.
#[derive(Debug)]
pub(super) struct Transaction<'c>(&'c Connection);

impl<'c> Transaction<'c> {
    /// Begins it as a writer, so that it cannot fail half-way for another program's lock. The
    /// exclusive borrow keeps a second one out.
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
            // Fails only where the engine has given it up by itself.
            let _ = run(self.0, "ROLLBACK");
        }
    }
}

fn run(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.execute([]).map(drop)
}
