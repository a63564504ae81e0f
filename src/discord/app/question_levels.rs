//! The measured difficulty of questions in this database, read from time to time, because it
//! changes slowly.

use heat_core::bank::{ANSWERS_MIN, Levels, Share};
use heat_core::library::Library;
use heat_store::{Store, StoreError};
use std::sync::Arc;
use tokio::sync::Mutex;

/// How long it is cached.
const KEPT_MS: i64 = 10 * 60 * 1000;

/// See the module.
#[derive(Default)]
pub struct QuestionLevels(Mutex<Option<CachedValues>>);

struct CachedValues {
    library: Arc<Library>,
    read_at_ms: i64,
    levels: Arc<Levels>,
}

impl QuestionLevels {
    /// The levels of the library's questions.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn of(
        &self,
        store: &Store,
        library: &Arc<Library>,
        now_ms: i64,
    ) -> Result<Arc<Levels>, StoreError> {
        let mut known = self.0.lock().await;
        if let Some(known) = known.as_ref()
            && Arc::ptr_eq(&known.library, library)
            && (known.read_at_ms..known.read_at_ms + KEPT_MS).contains(&now_ms)
        {
            return Ok(Arc::clone(&known.levels));
        }
        let counts = store.question_counts(ANSWERS_MIN).await?.into_iter();
        let shares = counts.map(|count| {
            let share = Share {
                answered: count.answered,
                correct: count.correct,
            };
            (count.question, share)
        });
        let levels = Arc::new(Levels::of(&library.bank, shares));
        *known = Some(CachedValues {
            library: Arc::clone(library),
            read_at_ms: now_ms,
            levels: Arc::clone(&levels),
        });
        Ok(levels)
    }
}
