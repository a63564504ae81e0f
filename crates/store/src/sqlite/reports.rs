//! Reports of questions.

use crate::model::id_to_sql;
use crate::reports::{NOTES_MAX, REPORTED_MAX, REPORTED_PAGE_ROWS};
use crate::{Report, ReportPage, ReportedQuestion};
use heat_core::id::GuildId;
use rusqlite::{Connection, Row, params};
use std::collections::{BTreeMap, BTreeSet};

/// Stores a report, replacing an earlier one by the same member.
pub(crate) fn put(conn: &Connection, report: &Report) -> rusqlite::Result<()> {
    let sql = "INSERT INTO reports (guild, question, member, reason, note, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (guild, question, member) DO UPDATE SET
         reason = excluded.reason, note = excluded.note, at_ms = excluded.at_ms";
    let values = params![
        id_to_sql(report.guild),
        report.question,
        id_to_sql(report.member),
        report.reason,
        report.note,
        report.at_ms,
    ];
    conn.execute(sql, values).map(drop)
}

/// Deletes a question's reports that came up to `until_ms`. Returns whether there were any.
pub(crate) fn dismiss(
    conn: &Connection,
    guild: GuildId,
    question: &str,
    until_ms: i64,
) -> rusqlite::Result<bool> {
    let sql = "DELETE FROM reports WHERE guild = ?1 AND question = ?2 AND at_ms <= ?3";
    let removed = conn.execute(sql, params![id_to_sql(guild), question, until_ms])?;
    Ok(removed > 0)
}

/// The ids of a server's reported questions.
pub(crate) fn reported(conn: &Connection, guild: GuildId) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT DISTINCT question FROM reports WHERE guild = ?1 ORDER BY question LIMIT ?2";
    conn.prepare_cached(sql)?
        .query_map(params![id_to_sql(guild), REPORTED_MAX], |row| row.get(0))?
        .collect()
}

/// Those of `among` that at least `members` members have reported.
pub(crate) fn hidden_questions(
    conn: &Connection,
    guild: GuildId,
    among: &[String],
    members: u32,
) -> rusqlite::Result<BTreeSet<String>> {
    let mut statement = conn.prepare_cached(
        "SELECT count(*) FROM
         (SELECT 1 FROM reports WHERE guild = ?1 AND question = ?2 LIMIT ?3)",
    )?;
    let mut hidden_questions = BTreeSet::new();
    for question in among {
        let row = params![id_to_sql(guild), question, members];
        let found: u32 = statement.query_row(row, |row| row.get(0))?;
        if found >= members {
            hidden_questions.insert(question.clone());
        }
    }
    Ok(hidden_questions)
}

/// A page of a server's reported questions.
pub(crate) fn page(conn: &Connection, guild: GuildId, page: u32) -> rusqlite::Result<ReportPage> {
    let guild = id_to_sql(guild);
    let all = conn
        .prepare_cached("SELECT count(DISTINCT question) FROM reports WHERE guild = ?1")?
        .query_row([guild], |row| row.get::<_, i64>(0))?;
    let skipped = u64::from(page) * u64::from(REPORTED_PAGE_ROWS);
    let mut questions: Vec<ReportedQuestion> = conn
        .prepare_cached(
            "SELECT question, count(*), max(at_ms) FROM reports WHERE guild = ?1
             GROUP BY question ORDER BY 2 DESC, 3 DESC, 1 LIMIT ?2 OFFSET ?3",
        )?
        .query_map(
            params![guild, REPORTED_PAGE_ROWS, skipped.cast_signed()],
            read,
        )?
        .collect::<rusqlite::Result<_>>()?;
    for question in &mut questions {
        question.reasons = reasons(conn, guild, &question.question)?;
        question.notes = notes(conn, guild, &question.question)?;
    }
    Ok(ReportPage::new(page, all.cast_unsigned(), questions))
}

fn read(row: &Row<'_>) -> rusqlite::Result<ReportedQuestion> {
    Ok(ReportedQuestion {
        question: row.get(0)?,
        members: row.get(1)?,
        newest_ms: row.get(2)?,
        ..ReportedQuestion::default()
    })
}

fn reasons(
    conn: &Connection,
    guild: i64,
    question: &str,
) -> rusqlite::Result<BTreeMap<String, u32>> {
    conn.prepare_cached(
        "SELECT reason, count(*) FROM reports WHERE guild = ?1 AND question = ?2 GROUP BY reason",
    )?
    .query_map(params![guild, question], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?
    .collect()
}

fn notes(conn: &Connection, guild: i64, question: &str) -> rusqlite::Result<Vec<String>> {
    conn.prepare_cached(
        "SELECT note FROM reports WHERE guild = ?1 AND question = ?2 AND note <> ''
         ORDER BY at_ms DESC, member LIMIT ?3",
    )?
    .query_map(params![guild, question, NOTES_MAX], |row| row.get(0))?
    .collect()
}
