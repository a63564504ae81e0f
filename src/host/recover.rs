//! Resumes the games of a process that has ended.

use super::actor::Actor;
use super::journal::Journal;
use super::mailbox::mailbox;
use super::messenger::Messenger;
use super::route::Route;
use super::stored::{RecoverError, over, parse, replay};
use super::{Claim, Host, Shared};
use heat_core::bank::PackList;
use heat_core::game::{Event, Game, GameId, Phase};
use heat_core::lang::Lang;
use heat_core::shard::ShardRange;
use heat_store::{StoreError, StoredGame};
use heat_view::quiz::Frame;
use std::collections::BTreeMap;
use std::sync::Arc;

impl<S: Messenger, J: Journal> Host<S, J> {
    /// Resumes every game of these shards that was live when its process ended. Returns how many.
    ///
    /// # Errors
    /// A [`StoreError`] if the games cannot be read. A single unreadable game is logged and
    /// skipped.
    pub async fn recover(
        &self,
        shards: ShardRange,
        pack_title: impl Fn(Lang, &PackList) -> String,
    ) -> Result<usize, StoreError> {
        let mut recovered = 0;
        // Newest first: if a channel has two, the older one is a start that was refused and could
        // not be undone.
        let stored = self.shared.journal.live_games(shards).await?;
        for stored in stored.into_iter().rev() {
            let game_id = GameId(stored.id.0);
            match self.take_up(stored, &pack_title) {
                Ok(()) => recovered += 1,
                // No one can reach it, so it would stay forever.
                Err(error @ RecoverError::Busy) => {
                    tracing::error!(%game_id, %error, "game.ended_as_second");
                    self.shared.journal.commit(over(game_id)).await?;
                }
                Err(error) => tracing::error!(%game_id, %error, "game.unreadable"),
            }
        }
        Ok(recovered)
    }

    fn take_up(
        &self,
        stored: StoredGame,
        pack_title: &impl Fn(Lang, &PackList) -> String,
    ) -> Result<(), RecoverError> {
        let id = GameId(stored.id.0);
        let route = stored.route.as_deref().ok_or(RecoverError::NoRoute)?;
        let route: Route = serde_json::from_str(route).map_err(RecoverError::Json)?;
        let (game, events) = self.shared.replay(&stored.events)?;
        let (mailbox, inbox) = mailbox();
        let channel = route.channel;
        let claim = match game.phase() {
            Phase::Ended(_) => Claim::Over,
            _ => Claim::Resumed,
        };
        self.claim(id, &route, claim, mailbox)
            .map_err(|_| RecoverError::Busy)?;
        let frame = Frame {
            lang: route.lang,
            game: id,
            code: stored.meta.code,
            pack_title: match &route.pack_title {
                Some(title) => title.clone(),
                // A game from an earlier version.
                None => pack_title(route.lang, &game.settings().packs),
            },
            known: BTreeMap::new(),
        };
        let actor = Actor::new(Arc::clone(&self.shared), frame, game, events, route);
        self.look_after(id, channel, Box::new(actor).resume(inbox));
        tracing::info!(game_id = %id, guild_id = stored.meta.guild.map(|guild| guild.0), "game.recovered");
        Ok(())
    }
}

impl<S, J> Shared<S, J> {
    /// The live game made from stored events, and how many events there are.
    pub(super) fn replay(&self, events: &[String]) -> Result<(Game, u32), RecoverError> {
        let mut events = parse(events)?;
        if let Some(Event::Started { rounds, .. }) = events.first_mut() {
            *rounds = self.questions.share(std::mem::take(rounds));
        }
        let (game, count) = replay(events)?;
        Ok((game.at_tempo(self.tempo), count))
    }
}
