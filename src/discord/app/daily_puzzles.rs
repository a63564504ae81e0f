//! Recent daily puzzles: five questions and a film for each day. Each is chosen once and stored before
//! anyone sees it; from then on the stored one is used.

use heat_core::bank::Round;
use heat_core::bank::film::FilmPuzzle;
use heat_core::daily::film::ARCHIVE_DAYS;
use heat_core::daily::{Day, QUESTIONS};
use heat_core::library;
use heat_store::{DailyKind, Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

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

/// The recently requested puzzles of one kind.
pub struct DailyPuzzles<T> {
    kind: DailyKind,
    /// Chooses a day's puzzle from the bundled packs, or says why that is impossible.
    choose: fn(Day) -> Result<T, String>,
    kept_max: usize,
    /// Locked while a new day's puzzle is chosen, so that a thousand members after midnight choose
    /// it only once.
    kept: Mutex<BTreeMap<Day, Arc<T>>>,
}

impl DailyPuzzles<Vec<Round>> {
    /// The five questions of each day. Caches today's, and yesterday's for members still playing
    /// them.
    pub fn questions() -> Self {
        Self::new(DailyKind::Questions, choose_questions, 2)
    }
}

impl DailyPuzzles<FilmPuzzle> {
    /// The film of each day. Caches today's, yesterday's for members still playing it, and the
    /// archive's.
    pub fn films() -> Self {
        Self::new(DailyKind::Film, choose_film, 2 + ARCHIVE_DAYS)
    }
}

impl<T: Serialize + DeserializeOwned + Send + Sync + 'static> DailyPuzzles<T> {
    fn new(kind: DailyKind, choose: fn(Day) -> Result<T, String>, kept_max: usize) -> Self {
        Self {
            kind,
            choose,
            kept_max,
            kept: Mutex::default(),
        }
    }

    /// A day's puzzle. It is chosen from the bundled packs. Once stored, it does not change in later
    /// releases.
    ///
    /// # Errors
    /// If the store fails, or neither it nor the packs have a puzzle.
    pub async fn of(&self, store: &Store, day: Day) -> Result<Arc<T>, PuzzleError> {
        let mut kept = self.kept.lock().await;
        if let Some(puzzle) = kept.get(&day) {
            return Ok(Arc::clone(puzzle));
        }
        let body = if let Some(body) = store.daily_puzzle(self.kind, day).await? {
            body
        } else {
            let chosen = self.chosen(day).await?;
            store.keep_daily_puzzle(self.kind, day, &chosen).await?
        };
        let puzzle: T =
            serde_json::from_str(&body).map_err(|error| PuzzleError::Unreadable { day, error })?;
        let puzzle = Arc::new(puzzle);
        kept.insert(day, Arc::clone(&puzzle));
        while kept.len() > self.kept_max {
            kept.pop_first();
        }
        Ok(puzzle)
    }

    /// A day's puzzle as JSON. Reading the packs and choosing take a moment, so they have a thread of
    /// their own.
    async fn chosen(&self, day: Day) -> Result<String, PuzzleError> {
        let unchosen = |reason: String| PuzzleError::Unchosen { day, reason };
        let choose = self.choose;
        let choosing = tokio::task::spawn_blocking(move || choose(day)).await;
        let puzzle = choosing
            .map_err(|error| unchosen(error.to_string()))?
            .map_err(unchosen)?;
        serde_json::to_string(&puzzle).map_err(|error| unchosen(error.to_string()))
    }
}

fn choose_questions(day: Day) -> Result<Vec<Round>, String> {
    let rounds = library::puzzle(day.0).map_err(|faults| format!("{} faults", faults.len()))?;
    if rounds.len() != usize::from(QUESTIONS) {
        return Err(format!("{} questions", rounds.len()));
    }
    Ok(rounds)
}

fn choose_film(day: Day) -> Result<FilmPuzzle, String> {
    let film = library::film_puzzle(day.0).map_err(|faults| format!("{} faults", faults.len()))?;
    film.ok_or_else(|| "no film has six clues".to_owned())
}
