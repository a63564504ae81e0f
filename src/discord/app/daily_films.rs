//! The films of the day at hand: chosen once, stored before anybody sees a clue, and from then on
//! as they were stored.

use super::daily_puzzles::PuzzleError;
use heat_core::bank::film::FilmPuzzle;
use heat_core::daily::Day;
use heat_core::daily::film::ARCHIVE_DAYS;
use heat_core::library;
use heat_store::Store;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Films kept at once: today's, yesterday's for those who are still at it, and the archive's.
const KEPT_MAX: usize = 2 + ARCHIVE_DAYS;

/// The films that were asked for lately.
#[derive(Default)]
pub struct DailyFilms {
    /// Held while a new day's film is chosen, so that the first thousand members after midnight
    /// choose it once.
    kept: Mutex<BTreeMap<Day, Arc<FilmPuzzle>>>,
}

impl DailyFilms {
    /// A day's film. It is chosen from the packs that come with the program, but once it is stored
    /// it stays, whatever a later release would choose.
    ///
    /// # Errors
    /// If the store fails, or there is no film in it or in the packs.
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

/// A day's film as JSON. Reading the packs takes a moment, so it must not hold up anybody else.
async fn chosen(day: Day) -> Result<String, PuzzleError> {
    let unchosen = |reason: String| PuzzleError::Unchosen { day, reason };
    let choosing = tokio::task::spawn_blocking(move || library::film_puzzle(day.0)).await;
    let film = choosing
        .map_err(|error| unchosen(error.to_string()))?
        .map_err(|faults| unchosen(format!("{} faults", faults.len())))?
        .ok_or_else(|| unchosen("no film gives six clues".to_owned()))?;
    serde_json::to_string(&film).map_err(|error| unchosen(error.to_string()))
}
