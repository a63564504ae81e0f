//! Film chains: the one that a channel plays or played last, and each server's longest.

use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{ChannelId, GuildId, InteractionId, UserId};

/// A chain as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChain {
    /// Where it is played.
    pub channel: ChannelId,
    /// In which server.
    pub guild: GuildId,
    /// The interaction that named its last film: no other chain has the same.
    pub turn: InteractionId,
    /// Who named the last film.
    pub user: UserId,
    /// In a duel the other one.
    pub rival: Option<UserId>,
    /// When the last film was named, in Unix milliseconds.
    pub at_ms: i64,
    /// How many films it has.
    pub films: u32,
    /// What was named. The store does not read it.
    pub body: String,
}

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

    /// Stores the next state of a channel's chain, in place of the one whose last film `before`
    /// named (none: the channel has none), and counts it as the server's longest if it is. Returns
    /// whether it is the channel's chain now: if not, somebody was faster and nothing has changed.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn put_chain(
        &self,
        chain: StoredChain,
        before: Option<InteractionId>,
    ) -> Result<bool, StoreError> {
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

    /// How many films the longest chain of a server has; 0 if it has played none.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn longest_chain(&self, guild: GuildId) -> Result<u32, StoreError> {
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
}
