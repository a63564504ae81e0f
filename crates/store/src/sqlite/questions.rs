//! How often questions are answered correctly.

use crate::QuestionCount;
use crate::questions::COUNTS_MAX;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Counts every answer of a round, when it is revealed.
pub(super) fn count_round(conn: &Connection, game: i64, round: u16) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO question_counts (question, answered, correct)
         SELECT question, count(*), sum(correct) FROM answers
         WHERE game = ?1 AND round = ?2 GROUP BY question
         ON CONFLICT (question) DO UPDATE SET
             answered = answered + excluded.answered,
             correct = correct + excluded.correct",
    )?
    .execute(params![game, round])
    .map(drop)
}

/// Counts one answer whose round was already revealed.
pub(super) fn count_one(conn: &Connection, question: &str, correct: bool) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO question_counts (question, answered, correct) VALUES (?1, 1, ?2)
         ON CONFLICT (question) DO UPDATE SET
             answered = answered + 1, correct = correct + excluded.correct",
    )?
    .execute(params![question, correct])
    .map(drop)
}

/// The questions that were answered at least this often.
pub(crate) fn counts(conn: &Connection, least: u32) -> rusqlite::Result<Vec<QuestionCount>> {
    conn.prepare_cached(
        "SELECT question, answered, correct FROM question_counts WHERE answered >= ?1
         ORDER BY question LIMIT ?2",
    )?
    .query_map(params![least, COUNTS_MAX], read)?
    .collect()
}

/// Those of these questions that have been answered.
pub(crate) fn counts_of(
    conn: &Connection,
    among: &[String],
) -> rusqlite::Result<Vec<QuestionCount>> {
    let mut statement = conn.prepare_cached(
        "SELECT question, answered, correct FROM question_counts WHERE question = ?1",
    )?;
    let mut counts = Vec::new();
    for question in among {
        counts.extend(statement.query_row([question], read).optional()?);
    }
    counts.sort_unstable();
    Ok(counts)
}

fn read(row: &Row<'_>) -> rusqlite::Result<QuestionCount> {
    let number =
        |at: usize| -> rusqlite::Result<u64> { Ok(row.get::<_, i64>(at)?.cast_unsigned()) };
    Ok(QuestionCount {
        question: row.get(0)?,
        answered: number(1)?,
        correct: number(2)?,
    })
}
