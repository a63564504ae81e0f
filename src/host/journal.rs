//! What the host needs of the store.

use heat_core::id::{GameId, UserId};
use heat_core::shard::ShardRange;
use heat_core::standing::Badge;
use heat_store::{PastGames, Store, StoreError, StoredGame, Write};
use std::future::Future;

/// Stores games. The real store implements it; a simulated one serves the tests.
pub trait Journal: Send + Sync + 'static {
    /// Makes a write durable: all of it or nothing. After an error the host reads the game again
    /// and trusts only that.
    fn commit(&self, write: Write) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Checks that no other process has taken over these games, which a process that was paused or
    /// cut off would not notice. Any error except [`StoreError::LeaseLost`] means that the answer
    /// is unknown.
    fn hold(&self) -> impl Future<Output = Result<(), StoreError>> + Send {
        async { Ok(()) }
    }

    /// One game as stored.
    fn game(
        &self,
        id: GameId,
    ) -> impl Future<Output = Result<Option<StoredGame>, StoreError>> + Send;

    /// A member's other games with the same number of questions.
    fn past_games(
        &self,
        _member: UserId,
        _game: GameId,
        _questions: u16,
    ) -> impl Future<Output = Result<PastGames, StoreError>> + Send {
        async { Ok(PastGames::default()) }
    }

    /// The badges that a member has earned with a game that is just ending.
    fn new_badges(
        &self,
        _member: UserId,
        _game: GameId,
    ) -> impl Future<Output = Result<Vec<Badge>, StoreError>> + Send {
        async { Ok(Vec::new()) }
    }

    /// Every game of these shards that has not ended.
    fn live_games(
        &self,
        shards: ShardRange,
    ) -> impl Future<Output = Result<Vec<StoredGame>, StoreError>> + Send;
}

impl Journal for Store {
    async fn commit(&self, write: Write) -> Result<(), StoreError> {
        Store::commit(self, write).await
    }

    async fn hold(&self) -> Result<(), StoreError> {
        Store::hold(self).await
    }

    async fn game(&self, id: GameId) -> Result<Option<StoredGame>, StoreError> {
        Store::game(self, id).await
    }

    async fn past_games(
        &self,
        member: UserId,
        game: GameId,
        questions: u16,
    ) -> Result<PastGames, StoreError> {
        Store::past_games(self, member, game, questions).await
    }

    async fn new_badges(&self, member: UserId, game: GameId) -> Result<Vec<Badge>, StoreError> {
        Store::new_badges(self, member, game).await
    }

    async fn live_games(&self, shards: ShardRange) -> Result<Vec<StoredGame>, StoreError> {
        Store::live_games(self, shards).await
    }
}
