//! Film chains: each channel's current or last one, and each server's longest.

use crate::chain::{LongestChain, StoredChain};
use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{ChannelId, GuildId, InteractionId};
use heat_core::shard::ShardRange;

impl Store {
    /// The chain of a channel as last stored, running or over.
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

    /// Stores the next state of a channel's chain. `before` is the stored chain that was read
    /// (`None`: the channel had none). Records it as the server's longest if it is. Returns whether
    /// it is now the channel's chain. If not, someone was faster, or the end of the previous one
    /// has begun, and nothing has changed.
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

    /// Chains of these shards whose end has not been announced yet, running or over: those with the
    /// oldest last film first, at most a hundred.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn unannounced_chains(
        &self,
        shards: ShardRange,
    ) -> Result<Vec<StoredChain>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::chain::unannounced(conn, shards))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::chain::unannounced(conn, shards).boxed())
                    .await
            }
        }
    }

    /// Ends the chain whose last film was named by this interaction: no film can continue it any
    /// more. Returns when announcing its end began: now, or before a crash. `None` if another chain
    /// has replaced it, or its end was announced; then there is nothing to do.
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

    /// Records that the end of this chain was announced, or never can be. Deletes the data for
    /// announcing it.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn mark_chain_announced(
        &self,
        channel: ChannelId,
        turn: InteractionId,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::chain::mark_announced(conn, channel, turn))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::chain::mark_announced(conn, channel, turn).boxed()
                })
                .await
            }
        }
    }
}
