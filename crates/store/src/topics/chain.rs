//! Film chains: the one that a channel plays or played last, and each server's longest.

use crate::chain::{LongestChain, StoredChain};
use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{ChannelId, GuildId, InteractionId};
use heat_core::shard::ShardRange;

impl Store {
    /// The chain of a channel as it was last stored, over or not.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn chain(&self, channel: ChannelId) -> Result<Option<StoredChain>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::chain::of(conn, channel)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::chain::of(conn, channel).boxed())
                    .await
            }
        }
    }

    /// Stores the next state of a channel's chain, in place of the one as it was read `before`
    /// (none: the channel has none), and counts it as the server's longest if it is. Returns
    /// whether it is the channel's chain now: if not, somebody was faster, or the end of the one
    /// before has begun, and nothing has changed.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn put_chain(
        &self,
        chain: StoredChain,
        before: Option<&StoredChain>,
    ) -> Result<bool, StoreError> {
        let before = before.map(|before| (before.turn, before.ending_at_ms.is_some()));
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::chain::put(conn, &chain, before))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::chain::put(conn, chain.clone(), before).boxed()
                })
                .await
            }
        }
    }

    /// A server's longest chain.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn longest_chain(&self, guild: GuildId) -> Result<LongestChain, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::chain::longest(conn, guild))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::chain::longest(conn, guild).boxed())
                    .await
            }
        }
    }

    /// Chains of these shards whose end is not said yet, whether they are over or not: those whose
    /// last film is the oldest first, a hundred at most.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn untold_chains(&self, shards: ShardRange) -> Result<Vec<StoredChain>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::chain::untold(conn, shards))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::chain::untold(conn, shards).boxed())
                    .await
            }
        }
    }

    /// Ends the chain whose last film this interaction named: from now on no film goes on with it.
    /// Returns since when its end is being said: now, or before a crash. None if another chain has
    /// taken its place, or its end was said: then nothing is to be done.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn end_chain(
        &self,
        channel: ChannelId,
        turn: InteractionId,
        now_ms: i64,
    ) -> Result<Option<i64>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::chain::end(conn, channel, turn, now_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::chain::end(conn, channel, turn, now_ms).boxed()
                })
                .await
            }
        }
    }

    /// Notes that the end of this chain was said, or never can be. What was to say it with goes.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn chain_end_told(
        &self,
        channel: ChannelId,
        turn: InteractionId,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::chain::told(conn, channel, turn))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::chain::told(conn, channel, turn).boxed()
                })
                .await
            }
        }
    }
}
