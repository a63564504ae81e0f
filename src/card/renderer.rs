//! Draws cards away from the threads that answer Discord, one at a time, so that a rush for cards
//! uses one core and the memory of one picture.

use super::{Picture, draw};
use heat_core::lang::Lang;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How long a card may wait for its turn. After that the message goes out without it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Draws cards. Clones share one queue.
#[derive(Debug, Clone)]
pub struct CardRenderer {
    turns: Arc<Semaphore>,
}

impl Default for CardRenderer {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(1)),
        }
    }
}

impl CardRenderer {
    /// A card as PNG; `None` if it cannot be drawn in time, and the log says why.
    pub async fn draw(&self, lang: Lang, picture: impl Into<Picture>) -> Option<Vec<u8>> {
        let picture = picture.into();
        let turns = Arc::clone(&self.turns);
        let Ok(Ok(turn)) = tokio::time::timeout(PATIENCE, turns.acquire_owned()).await else {
            tracing::warn!("card.not_drawn: too many cards were requested at once");
            return None;
        };
        // The turn ends with the drawing, even if the caller no longer waits.
        let drawing = tokio::task::spawn_blocking(move || {
            let drawn = draw(lang, &picture);
            drop(turn);
            drawn
        });
        match drawing.await {
            Ok(Ok(card)) => Some(card),
            Ok(Err(error)) => {
                tracing::error!(%error, "card.not_drawn");
                None
            }
            Err(error) => {
                tracing::error!(%error, "card.not_drawn");
                None
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may fail by panicking")]
mod tests {
    use super::CardRenderer;
    use heat_core::id::UserId;
    use heat_core::lang::Lang;
    use heat_core::standing::Record;
    use heat_view::stats::{Days, Member, sheet};

    #[tokio::test(start_paused = true)]
    async fn a_card_that_waits_too_long_is_not_drawn() {
        let renderer = CardRenderer::default();
        let member = Member {
            id: UserId(1),
            name: "A",
            username: "a",
        };
        let sheet = sheet(
            Lang::English,
            member,
            &Record::default(),
            Days::default(),
            None,
            None,
        );
        let busy = renderer.turns.acquire().await.expect("a turn");
        assert_eq!(renderer.draw(Lang::English, sheet.clone()).await, None);
        drop(busy);
        let card = renderer.draw(Lang::English, sheet).await.expect("a card");
        assert!(card.starts_with(b"\x89PNG"));
    }
}
