//! Reports of questions. Single statements that concern no game, so they need not wait for the
//! writer.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::{BEGIN_READ, damaged};
use crate::model::id_to_sql;
use crate::reports::{NOTES_MAX, REPORTED_MAX, REPORTED_PAGE_ROWS};
use crate::{Report, ReportPage, ReportedQuestion};
use heat_core::id::GuildId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio_postgres::Row;

/// Frequent statements.
pub(super) const STATEMENTS: &[&str] = &[HIDDEN];

const PUT: &str = "INSERT INTO reports (guild, question, member, reason, note, at_ms)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (guild, question, member) DO UPDATE SET
         reason = excluded.reason, note = excluded.note, at_ms = excluded.at_ms";
const DISMISS: &str = "DELETE FROM reports WHERE guild = $1 AND question = $2 AND at_ms <= $3";
const REPORTED: &str = "SELECT DISTINCT question FROM reports WHERE guild = $1
     ORDER BY question LIMIT $2";
const HIDDEN: &str = "SELECT question FROM reports WHERE guild = $1 AND question = ANY($2)
     GROUP BY question HAVING count(*) >= $3";
const COUNT: &str = "SELECT count(DISTINCT question) FROM reports WHERE guild = $1";
const PAGE: &str = "SELECT question, count(*), max(at_ms) FROM reports WHERE guild = $1
     GROUP BY question ORDER BY 2 DESC, 3 DESC, 1 LIMIT $2 OFFSET $3";
const REASONS: &str = "SELECT reason, count(*) FROM reports
     WHERE guild = $1 AND question = $2 GROUP BY reason";
const NOTES: &str = "SELECT note FROM reports WHERE guild = $1 AND question = $2 AND note <> ''
     ORDER BY at_ms DESC, member LIMIT $3";

/// Stores a report, replacing an earlier one by the same member.
pub(crate) async fn put(conn: &Connection, report: Arc<Report>) -> Result<(), Fault> {
    let (guild, member) = (id_to_sql(report.guild), id_to_sql(report.member));
    let values: Params<'_> = &[
        &guild,
        &report.question,
        &member,
        &report.reason,
        &report.note,
        &report.at_ms,
    ];
    conn.execute(PUT, values).await.map(drop)
}

/// Deletes a question's reports that came up to `until_ms`. Returns whether there were any.
pub(crate) async fn dismiss(
    conn: &Connection,
    guild: GuildId,
    question: Arc<str>,
    until_ms: i64,
) -> Result<bool, Fault> {
    let values: Params<'_> = &[&id_to_sql(guild), &&*question, &until_ms];
    Ok(conn.execute(DISMISS, values).await? > 0)
}

/// The ids of a server's reported questions.
pub(crate) async fn reported(conn: &Connection, guild: GuildId) -> Result<Vec<String>, Fault> {
    let most = i64::from(REPORTED_MAX);
    let rows = conn.query(REPORTED, &[&id_to_sql(guild), &most]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// Those of `among` that at least `members` members have reported.
pub(crate) async fn hidden_questions(
    conn: &Connection,
    guild: GuildId,
    among: Arc<Vec<String>>,
    members: u32,
) -> Result<BTreeSet<String>, Fault> {
    let members = i64::from(members);
    let values: Params<'_> = &[&id_to_sql(guild), &*among, &members];
    let rows = conn.query(HIDDEN, values).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// A page of a server's reported questions, from one snapshot.
pub(crate) async fn page(
    conn: &Connection,
    guild: GuildId,
    page: u32,
) -> Result<ReportPage, Fault> {
    let guild = id_to_sql(guild);
    conn.run(BEGIN_READ).await?;
    let found = conn.query(COUNT, &[&guild]).await?;
    let all: i64 = found.first().map_or(Ok(0), |row| row.try_get(0))?;
    let skipped = i64::from(page) * i64::from(REPORTED_PAGE_ROWS);
    let rows = i64::from(REPORTED_PAGE_ROWS);
    let mut questions = Vec::new();
    for row in conn.query(PAGE, &[&guild, &rows, &skipped]).await? {
        let mut question = read(&row)?;
        for row in conn.query(REASONS, &[&guild, &question.question]).await? {
            question.reasons.insert(row.try_get(0)?, count(&row)?);
        }
        let most = i64::from(NOTES_MAX);
        let notes: Params<'_> = &[&guild, &question.question, &most];
        for row in conn.query(NOTES, notes).await? {
            question.notes.push(row.try_get(0)?);
        }
        questions.push(question);
    }
    conn.run("COMMIT").await?;
    Ok(ReportPage::new(page, all.cast_unsigned(), questions))
}

fn read(row: &Row) -> Result<ReportedQuestion, Fault> {
    Ok(ReportedQuestion {
        question: row.try_get(0)?,
        members: count(row)?,
        newest_ms: row.try_get(2)?,
        reasons: BTreeMap::new(),
        notes: Vec::new(),
    })
}

/// Reads a number of members, the row's second column.
fn count(row: &Row) -> Result<u32, Fault> {
    let count: i64 = row.try_get(1)?;
    u32::try_from(count).map_err(|_| damaged("a number of reports", count))
}
