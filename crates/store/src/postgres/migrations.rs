//! The versions of the schema, embedded and applied in order. The statements of a released version are
//! never edited: a change is a new file.

use super::asked_history;
use super::connection::Connection;
use super::error::Fault;
use super::retry::Backoff;
use crate::{OpenError, StoreError};

/// Element n leads to version n, counted from 1.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_initial.sql"),
    include_str!("migrations/0002_daily.sql"),
    include_str!("migrations/0003_reports.sql"),
    include_str!("migrations/0004_settings.sql"),
    include_str!("migrations/0005_answers_by_player.sql"),
    include_str!("migrations/0006_asked.sql"),
    include_str!("migrations/0007_participants.sql"),
    include_str!("migrations/0008_turns.sql"),
    include_str!("migrations/0009_daily_film.sql"),
    include_str!("migrations/0010_question_counts.sql"),
    include_str!("migrations/0011_typed_hidden.sql"),
    include_str!("migrations/0012_chains.sql"),
    include_str!("migrations/0013_schedule.sql"),
    include_str!("migrations/0014_drafts.sql"),
    include_str!("migrations/0015_chain_ends.sql"),
    include_str!("migrations/0016_results.sql"),
    include_str!("migrations/0017_seasons.sql"),
    include_str!("migrations/0018_planned_events.sql"),
];

/// Our mark on a database, and the row that a process locks to change the schema, register or
/// claim. `last_writer` numbers the processes.
const MARK: &str = "CREATE TABLE IF NOT EXISTS heat_check (
         id          BIGINT PRIMARY KEY,
         version     BIGINT NOT NULL,
         last_writer BIGINT NOT NULL
     );
     INSERT INTO heat_check (id, version, last_writer) VALUES (1, 0, 0) ON CONFLICT DO NOTHING";

/// The newest version.
pub(super) fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The version of the existing tables, if any.
pub(super) async fn version(conn: &Connection) -> Result<Option<i64>, Fault> {
    if !is_ours(conn).await? {
        return Ok(None);
    }
    let found = conn
        .query("SELECT version FROM heat_check WHERE id = 1", &[])
        .await?;
    Ok(found.first().map(|row| row.try_get(0)).transpose()?)
}

async fn is_ours(conn: &Connection) -> Result<bool, Fault> {
    let ours = "SELECT count(*) FROM information_schema.tables
         WHERE table_name = 'heat_check' AND table_schema = current_schema()";
    let found: i64 = conn.query(ours, &[]).await?[0].get(0);
    Ok(found > 0)
}

/// Migrates the database to the newest version, or refuses it unchanged. Of several processes that
/// start at once, one does it and the others wait.
pub(super) async fn apply(conn: &Connection, name: &str) -> Result<(), OpenError> {
    let known = known();
    let mut backoff = Backoff::new();
    loop {
        let found = migrate(conn, known).await;
        let fault = match found {
            Ok(found) if found > known => {
                return Err(OpenError::Newer {
                    name: name.to_owned(),
                    found,
                    known,
                });
            }
            Ok(_) => return Ok(()),
            Err(fault) => fault,
        };
        // The transaction may have ended already.
        let _ = conn.run("ROLLBACK").await;
        if !backoff.wait(&fault).await {
            return Err(refuse(name, fault));
        }
    }
}

/// Returns the version found, after which it is `known` unless it was greater.
async fn migrate(conn: &Connection, known: i64) -> Result<i64, Fault> {
    // Checked first: a user may have every right needed except to create tables.
    if !is_ours(conn).await? {
        // Two processes that create it at once collide in the server's own tables.
        conn.run(MARK).await.map_err(|fault| match fault {
            Fault::Final(StoreError::Damaged { reason }) => Fault::Again(reason),
            fault => fault,
        })?;
    }
    conn.run("BEGIN").await?;
    let lock = "SELECT version FROM heat_check WHERE id = 1 FOR UPDATE";
    let Some(row) = conn.query(lock, &[]).await?.pop() else {
        // Another process has created the table but not filled it yet.
        return Err(Fault::Again(
            "another process is creating the tables".to_owned(),
        ));
    };
    let found: i64 = row.get(0);
    if found < known {
        for sql in &MIGRATIONS[usize::try_from(found).unwrap_or(0)..] {
            conn.run(sql).await?;
        }
        asked_history::take_over(conn).await?;
        let note = "UPDATE heat_check SET version = $1 WHERE id = 1";
        conn.execute(note, &[&known]).await?;
    }
    conn.run("COMMIT").await?;
    Ok(found)
}

fn refuse(name: &str, fault: Fault) -> OpenError {
    let name = name.to_owned();
    match fault {
        Fault::Final(StoreError::Damaged { reason }) => OpenError::Foreign { name, reason },
        Fault::Final(StoreError::Unavailable { reason }) => OpenError::Server {
            name,
            reason,
            mend: "grant this user the right to create tables in it, and see the server's log",
        },
        fault => OpenError::Engine {
            name,
            reason: StoreError::from(fault).to_string(),
        },
    }
}
