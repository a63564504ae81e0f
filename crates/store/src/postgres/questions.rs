//! How often questions are answered correctly.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::plan::Round;
use crate::QuestionCount;
use crate::questions::COUNTS_MAX;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio_postgres::Row;

pub(super) const WRITE_STATEMENTS: &[&str] = &[COUNT];

// Sorted, so that two transactions that count the same questions wait for each other instead of
// deadlocking.
const COUNT: &str = "INSERT INTO question_counts (question, answered, correct)
     SELECT question, count(*), count(*) FILTER (WHERE correct) FROM
         (SELECT question, correct FROM answers
              WHERE (game, round) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))
          UNION ALL
          SELECT question, correct FROM answers
              WHERE (game, round, player) IN
                  (SELECT * FROM unnest($3::bigint[], $4::bigint[], $5::bigint[]))) AS counted
     GROUP BY question ORDER BY question
     ON CONFLICT (question) DO UPDATE SET
         answered = question_counts.answered + excluded.answered,
         correct = question_counts.correct + excluded.correct";
const COUNTS: &str = "SELECT question, answered, correct FROM question_counts
     WHERE answered >= $1 ORDER BY question LIMIT $2";
const COUNTS_OF: &str = "SELECT question, answered, correct FROM question_counts
     WHERE question = ANY($1) ORDER BY question";

/// Counts all answers of some rounds, and single answers, by game, round and player, whose round
/// was already revealed.
pub(super) async fn count(
    conn: &Connection,
    rounds: &BTreeSet<Round>,
    late: &[(i64, i64, i64)],
) -> Result<(), Fault> {
    let (game, round): (Vec<i64>, Vec<i64>) = rounds.iter().copied().unzip();
    let late_game: Vec<i64> = late.iter().map(|late| late.0).collect();
    let late_round: Vec<i64> = late.iter().map(|late| late.1).collect();
    let late_player: Vec<i64> = late.iter().map(|late| late.2).collect();
    let rows: Params<'_> = &[&game, &round, &late_game, &late_round, &late_player];
    let is_any = !game.is_empty() || !late.is_empty();
    conn.execute_if(is_any, COUNT, rows).await?;
    Ok(())
}

/// The questions that were answered at least this often.
pub(crate) async fn counts(conn: &Connection, least: u32) -> Result<Vec<QuestionCount>, Fault> {
    let (least, most) = (i64::from(least), i64::from(COUNTS_MAX));
    let rows = conn.query(COUNTS, &[&least, &most]).await?;
    rows.iter().map(read).collect()
}

/// Those of these questions that have been answered.
pub(crate) async fn counts_of(
    conn: &Connection,
    among: Arc<Vec<String>>,
) -> Result<Vec<QuestionCount>, Fault> {
    let rows = conn.query(COUNTS_OF, &[&*among]).await?;
    let mut counts: Vec<QuestionCount> = rows.iter().map(read).collect::<Result<_, _>>()?;
    // By bytes, whatever the server's collation.
    counts.sort_unstable();
    Ok(counts)
}

fn read(row: &Row) -> Result<QuestionCount, Fault> {
    let number = |at: usize| -> Result<u64, Fault> {
        let number: i64 = row.try_get(at)?;
        Ok(number.cast_unsigned())
    };
    Ok(QuestionCount {
        question: row.try_get(0)?,
        answered: number(1)?,
        correct: number(2)?,
    })
}
