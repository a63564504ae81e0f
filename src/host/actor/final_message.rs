//! The last message of a game: the scores, with a drawn card where one can be had soon.

use super::deliveries::bounded;
use crate::host::Shared;
use crate::host::journal::Journal;
use crate::host::messenger::{Messenger, MessengerError, Posted};
use crate::host::route::Route;
use heat_core::game::{Game, GameId, UserId};
use heat_view::final_card;
use heat_view::message::Message;
use heat_view::quiz::Frame;
use heat_view::scoreboard::{scoreboard, with_card};
use std::time::Duration;

/// How long the scores wait for what is beside them: earlier games, and the card.
const BESIDES_MAX: Duration = Duration::from_millis(2_500);
/// Players whose earlier games are looked up: the first ones.
const BESTS_MAX: usize = 8;
/// Earlier games that it takes to have a personal best.
const PAST_GAMES_MIN: u64 = 3;

/// What is said, and the same with a card.
pub(super) struct FinalMessage {
    words: Message,
    with_card: Option<Message>,
}

impl FinalMessage {
    /// On the first try with all that can be had in time. What did not get through then is said in
    /// words alone.
    pub(super) async fn of<S: Messenger, J: Journal>(
        shared: &Shared<S, J>,
        frame: &Frame,
        game: &Game,
        route: &Route,
        tries: u8,
    ) -> Self {
        let plain = || Self {
            words: scoreboard(frame, game, &[]),
            with_card: None,
        };
        if tries > 0 {
            return plain();
        }
        let whole = async {
            let bests = bests(&shared.journal, frame.game, game).await;
            let words = scoreboard(frame, game, &bests);
            let sheet = final_card::sheet(frame, game, &bests).filter(|_| route.may_attach);
            let with_card = match sheet {
                Some(sheet) => {
                    let card = shared.cards.draw(sheet.clone()).await;
                    card.map(|card| with_card(words.clone(), &sheet, card))
                }
                None => None,
            };
            Self { words, with_card }
        };
        let whole = tokio::time::timeout(BESIDES_MAX, whole).await;
        whole.unwrap_or_else(|_| {
            tracing::info!(game_id = %frame.game, "game.card_not_in_time");
            plain()
        })
    }

    /// Posts it. Where files are refused the words go alone: a refusal was not carried out, so
    /// nothing is said twice.
    pub(super) async fn post<S: Messenger>(
        self,
        messenger: &S,
        route: &Route,
        game: GameId,
    ) -> Result<Posted, MessengerError> {
        let nonce = format!("{game}-end");
        if let Some(message) = &self.with_card {
            match bounded(messenger.post(route, message, &nonce)).await {
                Err(MessengerError::Gone(error)) => {
                    tracing::info!(game_id = %game, error, "game.card_not_taken");
                }
                other => return other,
            }
        }
        bounded(messenger.post(route, &self.words, &nonce)).await
    }
}

/// Who of the first players has never had as many points in a game.
async fn bests<J: Journal>(journal: &J, id: GameId, game: &Game) -> Vec<UserId> {
    let mut bests = Vec::new();
    for (_, user, player) in game.ranking().into_iter().take(BESTS_MAX) {
        // Without the earlier games there is no saying, and nothing is lost by silence.
        let Ok(past) = journal.past_games(user, id).await else {
            continue;
        };
        if past.games >= PAST_GAMES_MIN && u64::from(player.points) > past.points_max {
            bests.push(user);
        }
    }
    bests
}
