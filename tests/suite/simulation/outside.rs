//! The store and Discord as the host sees them: slow, failing, and sometimes lying.

use super::world::{ANSWERS, Rates, Shared, World};
use heat_check::host::{InteractionToken, Journal, Messenger, MessengerError, Posted, Route};
use heat_core::game::MessageId;
use heat_core::id::GameId;
use heat_core::shard::ShardRange;
use heat_store::{StoreError, StoredGame, Write};
use heat_view::message::Message;
use std::time::Duration;

/// A store that fails at the given rates.
pub struct SimJournal(pub Shared);

/// A Discord that fails at the given rates.
pub struct SimStage(pub Shared);

/// The process receives something that Discord created at this time.
pub fn hear(world: &Shared, made_at_ms: i64) {
    // The clock reads the world itself, so the world must not be locked meanwhile.
    let discord_clock = world.lock().discord_clock.clone();
    if let Some(discord_clock) = discord_clock {
        discord_clock.heard_id(made_at_ms);
    }
}

/// Waits a little, or `slow_ms` if this fault strikes.
async fn linger(world: &Shared, rate: impl Fn(&Rates) -> u32, slow_ms: u64) {
    let (ms, yields) = {
        let mut world = world.lock();
        let rate = rate(&world.rates);
        let ms = if world.strikes(rate) {
            world.draw(slow_ms)
        } else {
            world.draw(4)
        };
        (ms, world.draw(4))
    };
    for _ in 0..yields {
        tokio::task::yield_now().await;
    }
    if ms > 0 {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

fn unavailable() -> StoreError {
    StoreError::Unavailable {
        reason: "simulated".to_owned(),
    }
}

impl SimJournal {
    async fn read<T>(&self, read: impl Fn(&World) -> T) -> Result<T, StoreError> {
        linger(&self.0, |r| r.store_slow, 3_000).await;
        let mut world = self.0.lock();
        let rate = world.rates.read_fails;
        if world.strikes(rate) {
            world.note("store", "does not read");
            return Err(unavailable());
        }
        Ok(read(&world))
    }
}

impl Journal for SimJournal {
    async fn commit(&self, write: Write) -> Result<(), StoreError> {
        linger(&self.0, |r| r.store_slow, 5_000).await;
        let result = {
            let mut world = self.0.lock();
            let rates = world.rates;
            if world.strikes(rates.commit_fails) {
                world.note("store", &format!("refuses {}", write.game));
                Err(unavailable())
            } else {
                let result = world.commit(&write);
                if result.is_ok() && world.strikes(rates.commit_lies) {
                    world.note("store", "says that it failed");
                    Err(unavailable())
                } else {
                    result
                }
            }
        };
        linger(&self.0, |r| r.store_slow, 1_000).await;
        result
    }

    async fn game(&self, id: GameId) -> Result<Option<StoredGame>, StoreError> {
        self.read(|world| world.game(id.0)).await
    }

    async fn live_games(&self, _: ShardRange) -> Result<Vec<StoredGame>, StoreError> {
        self.read(World::live_games).await
    }
}

/// A call's fate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Done,
    DoneButLost,
    Refused,
    Hangs,
}

/// A request in flight. Its sender may be gone before it arrives; it is carried out anyway if that
/// is its fate.
struct OnItsWay<F: FnMut()> {
    world: Shared,
    ticket: u64,
    carry_out: F,
    arrives: bool,
}

impl<F: FnMut()> Drop for OnItsWay<F> {
    fn drop(&mut self) {
        let lands = self.world.lock().lands(self.ticket);
        if self.arrives && lands {
            (self.carry_out)();
        }
    }
}

impl SimStage {
    async fn call<T>(
        &self,
        channel: u64,
        mut act: impl FnMut(&mut World) -> T + Send,
    ) -> Result<T, MessengerError> {
        let (fate, arrives, ticket) = {
            let mut world = self.0.lock();
            let rates = world.rates;
            if world.strikes(rates.channel_closes) {
                world.close_channel(channel);
            }
            if world.is_closed(channel) {
                return Err(MessengerError::Gone("simulated".to_owned()));
            }
            let fate = if world.strikes(rates.stage_hangs) {
                Fate::Hangs
            } else if world.strikes(rates.stage_fails) {
                Fate::Refused
            } else if world.strikes(rates.stage_loses_answer) {
                Fate::DoneButLost
            } else {
                Fate::Done
            };
            let arrives = world.draw(2) == 0 && fate != Fate::Refused;
            (fate, arrives, world.sets_out(arrives))
        };
        let mut result = None;
        {
            let world = self.0.clone();
            let mut way = OnItsWay {
                world: world.clone(),
                ticket,
                carry_out: || result = Some(act(&mut world.lock())),
                arrives,
            };
            linger(&self.0, |r| r.stage_slow, 40_000).await;
            if fate == Fate::Hangs {
                std::future::pending::<()>().await;
            }
            way.arrives = fate != Fate::Refused;
        }
        linger(&self.0, |r| r.stage_slow, 5_000).await;
        match (fate, result) {
            (Fate::Done, Some(result)) => Ok(result),
            _ => Err(MessengerError::Failed("simulated".to_owned())),
        }
    }
}

impl Messenger for SimStage {
    async fn post(
        &self,
        route: &Route,
        message: &Message,
        nonce: &str,
    ) -> Result<Posted, MessengerError> {
        // Follow-ups have no nonce.
        let nonce = route.may_post.then_some(nonce);
        let posted_with = (!route.may_post).then(|| route.token.clone());
        let posted = self
            .call(route.channel.0, |world| {
                world.post(route.channel.0, message, nonce, posted_with.clone())
            })
            .await?;
        hear(&self.0, posted.at_ms);
        Ok(posted)
    }

    async fn edit(
        &self,
        route: &Route,
        id: MessageId,
        message: &Message,
    ) -> Result<(), MessengerError> {
        self.call(route.channel.0, |world| {
            world.edit(route.channel.0, id.0, message);
        })
        .await
    }

    async fn edit_answer(
        &self,
        with: &InteractionToken,
        message: &Message,
    ) -> Result<(), MessengerError> {
        self.call(ANSWERS, |world| world.tell(with, message)).await
    }
}
