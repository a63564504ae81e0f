//! Recent daily puzzles. Each is chosen once and stored before anyone sees it; from then on the
//! stored one is used.

use heat_core::bank::Round;
use heat_core::daily::{Day, QUESTIONS};
use heat_core::library;
use heat_store::{Store, StoreError};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// How many puzzles are cached: today's, and yesterday's for members still playing it.
const KEPT_MAX: usize = 2;

/// Why a day's puzzle is unavailable.
#[derive(Debug, thiserror::Error)]
pub enum PuzzleError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bundled packs do not have five questions, or no film.
    #[error("the bundled packs have no puzzle for day {}: {reason}", day.0)]
    Unchosen {
        /// The day.
        day: Day,
        /// What is wrong with them.
        reason: String,
    },
    /// The stored puzzle cannot be read.
    #[error("the stored puzzle of day {} cannot be read: {error}", day.0)]
    Unreadable {
        /// The day.
        day: Day,
        /// The JSON error.
        error: serde_json::Error,
    },
}

/// The recently requested puzzles.
#[derive(Default)]
pub struct DailyPuzzles {
    /// Locked while a new day's puzzle is made, so that a thousand members after midnight make it
    /// only once.
    kept: Mutex<BTreeMap<Day, Arc<[Round]>>>,
}

impl DailyPuzzles {
    /// The rounds of a day's puzzle. It is chosen from the bundled packs, but once stored it stays,
    /// whatever a later release would choose.
    ///
    /// # Errors
    /// If the store fails, or neither it nor the packs have a puzzle.
    pub async fn of(&self, store: &Store, day: Day) -> Result<Arc<[Round]>, PuzzleError> {
        let mut kept = self.kept.lock().await;
        if let Some(rounds) = kept.get(&day) {
            return Ok(Arc::clone(rounds));
        }
        let body = match store.daily_puzzle(day).await? {
            Some(body) => body,
            None => store.keep_daily_puzzle(day, &chosen(day).await?).await?,
        };
        let rounds: Vec<Round> =
            serde_json::from_str(&body).map_err(|error| PuzzleError::Unreadable { day, error })?;
        let rounds: Arc<[Round]> = rounds.into();
        kept.insert(day, Arc::clone(&rounds));
        while kept.len() > KEPT_MAX {
            kept.pop_first();
        }
        Ok(rounds)
    }
}

/// A day's puzzle as JSON. Dealing out a season takes a moment, so it runs on its own thread.
async fn chosen(day: Day) -> Result<String, PuzzleError> {
    let unchosen = |reason: String| PuzzleError::Unchosen { day, reason };
    let choosing = tokio::task::spawn_blocking(move || library::puzzle(day.0)).await;
    let rounds = choosing
        .map_err(|error| unchosen(error.to_string()))?
        .map_err(|faults| unchosen(format!("{} faults", faults.len())))?;
    if rounds.len() != usize::from(QUESTIONS) {
        return Err(unchosen(format!("{} questions", rounds.len())));
    }
    serde_json::to_string(&rounds).map_err(|error| unchosen(error.to_string()))
}
