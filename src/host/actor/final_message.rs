//! The last message of a game: the scores, with a drawn card if it is ready in time.

use crate::host::Shared;
use crate::host::journal::Journal;
use crate::host::messenger::{Messenger, MessengerError, Posted, bounded};
use crate::host::route::Route;
use futures_util::future::join_all;
use heat_core::game::{Game, GameId, UserId};
use heat_view::awards::Feats;
use heat_view::final_card::{self, with_card};
use heat_view::message::Message;
use heat_view::quiz::Frame;
use heat_view::scoreboard::scoreboard;
use heat_view::share;
use std::time::Duration;

/// How long the scores wait for extras: earlier games, and the card.
const BESIDES_MAX: Duration = Duration::from_millis(2_500);
/// How long they wait for the earlier games alone, so that there is time left for the card.
const FEATS_WAIT: Duration = Duration::from_secs(1);
/// How many of the top players have their earlier games looked up.
const FEATS_MAX: usize = 8;
/// How many earlier games of the same length a personal best requires.
const PAST_GAMES_MIN: u64 = 3;

/// The message, and the same message with a card.
pub(super) struct FinalMessage {
    words: Message,
    with_card: Option<Message>,
}

impl FinalMessage {
    /// The first try has every extra that is ready in time; retries have only the text.
    pub(super) async fn of<S: Messenger, J: Journal>(
        shared: &Shared<S, J>,
        frame: &Frame,
        game: &Game,
        route: &Route,
        tries: u8,
    ) -> Self {
        let plain = || Self {
            words: words(frame, game, &Feats::default(), route),
            with_card: None,
        };
        if tries > 0 {
            return plain();
        }
        let whole = async {
            let feats = feats(&shared.journal, frame.game, game).await;
            let words = words(frame, game, &feats, route);
            let sheet = final_card::sheet(frame, game, &feats).filter(|_| route.may_attach);
            let with_card = match sheet {
                Some(sheet) => {
                    let card = shared.cards.draw(frame.lang, sheet.clone()).await;
                    card.map(|card| with_card(frame.lang, words.clone(), &sheet, card))
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

    /// Posts it. If files are refused, posts only the text. A refused request had no effect, so
    /// nothing appears twice.
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

/// The scores; only the player sees those in place, and may share them.
fn words(frame: &Frame, game: &Game, feats: &Feats, route: &Route) -> Message {
    let scores = scoreboard(frame, game, feats);
    if route.in_place {
        share::offered(frame.lang, scores)
    } else {
        scores
    }
}

/// Achievements of the top players, as far as they are known in time. Missing some is harmless:
/// `/stats` always shows badges.
async fn feats<J: Journal>(journal: &J, id: GameId, game: &Game) -> Feats {
    let first = game.ranking().into_iter().take(FEATS_MAX);
    let members: Vec<(UserId, u32)> = first
        // A host's bonus is not an achievement.
        .map(|(_, user, player)| (user, player.points - game.bonus_of(user)))
        .collect();
    let looking = members.iter().map(async |(user, points)| {
        let is_best = is_best(journal, id, game, (*user, *points)).await;
        let badges = journal.new_badges(*user, id).await.unwrap_or_default();
        (*user, is_best, badges)
    });
    let found = tokio::time::timeout(FEATS_WAIT, join_all(looking)).await;
    let mut feats = Feats::default();
    for (user, is_best, badges) in found.unwrap_or_default() {
        feats.bests.extend(is_best.then_some(user));
        feats
            .badges
            .extend(badges.into_iter().map(|badge| (user, badge)));
    }
    feats
}

/// Whether this is the member's best score in any game with this many questions.
async fn is_best<J: Journal>(
    journal: &J,
    id: GameId,
    game: &Game,
    (user, points): (UserId, u32),
) -> bool {
    let past = journal.past_games(user, id, game.closed_rounds()).await;
    past.is_ok_and(|past| past.games >= PAST_GAMES_MIN && u64::from(points) > past.points_max)
}
