//! Recent films of the day. Each is chosen once and stored before anyone sees a clue; from then on
//! the stored one is used.

use super::daily_puzzles::PuzzleError;
use heat_core::bank::film::FilmPuzzle;
use heat_core::daily::Day;
use heat_core::daily::film::ARCHIVE_DAYS;
use heat_core::library;
use heat_store::Store;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// How many films are cached: today's, yesterday's for members still playing it, and the archive's.
const KEPT_MAX: usize = 2 + ARCHIVE_DAYS;

/// The recently requested films.
#[derive(Default)]
pub struct DailyFilms {
    /// Locked while a new day's film is chosen, so that a thousand members after midnight choose it
    /// only once.
    kept: Mutex<BTreeMap<Day, Arc<FilmPuzzle>>>,
}

impl DailyFilms {
    /// A day's film. It is chosen from the packs that come with the program. Once stored, it does
    /// not change in later releases.
    ///
    /// # Errors
    /// If the store fails, or neither it nor the packs have a film.
    pub async fn of(&self, store: &Store, day: Day) -> Result<Arc<FilmPuzzle>, PuzzleError> {
        let mut kept = self.kept.lock().await;
        if let Some(film) = kept.get(&day) {
            return Ok(Arc::clone(film));
        }
        let body = match store.daily_film(day).await? {
            Some(body) => body,
            None => store.keep_daily_film(day, &chosen(day).await?).await?,
        };
        let film: FilmPuzzle =
            serde_json::from_str(&body).map_err(|error| PuzzleError::Unreadable { day, error })?;
        let film = Arc::new(film);
        kept.insert(day, Arc::clone(&film));
        while kept.len() > KEPT_MAX {
            kept.pop_first();
        }
        Ok(film)
    }
}

/// A day's film as JSON. Reading the packs takes a moment, so it runs on its own thread.
async fn chosen(day: Day) -> Result<String, PuzzleError> {
    let unchosen = |reason: String| PuzzleError::Unchosen { day, reason };
    let choosing = tokio::task::spawn_blocking(move || library::film_puzzle(day.0)).await;
    let film = choosing
        .map_err(|error| unchosen(error.to_string()))?
        .map_err(|faults| unchosen(format!("{} faults", faults.len())))?
        .ok_or_else(|| unchosen("no film has six clues".to_owned()))?;
    serde_json::to_string(&film).map_err(|error| unchosen(error.to_string()))
}
