//! The reading connections. Each query has one to itself, so that a slow one does not hold up
//! others.

use super::address::Address;
use super::connection::Connection;
use super::error::Fault;
use super::retry::Backoff;
use super::{
    asked_history, chain, daily, daily_film, games, members, planned_events, record, reports,
    results, schedule, season, standings,
};
use crate::StoreError;
use futures_util::future::BoxFuture;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

/// The most connections. They are opened on demand.
const READERS: usize = 4;

/// Gives connections to all clones of a store.
pub(super) struct ConnectionPool {
    address: Arc<Address>,
    /// Connections run on the store's own thread, not on a caller's runtime.
    home: Handle,
    free: Semaphore,
    idle: Mutex<Vec<Connection>>,
}

impl ConnectionPool {
    pub(super) fn new(address: Arc<Address>, home: Handle) -> Self {
        Self {
            address,
            home,
            free: Semaphore::new(READERS),
            idle: Mutex::default(),
        }
    }

    /// Runs `query` on a separate connection, and retries on another while `backoff` allows it and
    /// the fault is temporary.
    pub(super) async fn run<T>(
        &self,
        mut backoff: Backoff,
        query: impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>,
    ) -> Result<T, StoreError> {
        let _turn = self.free.acquire().await.map_err(|_| StoreError::Closed)?;
        loop {
            // A connection that is not returned, because the query failed or was dropped half-way,
            // is closed; so none is ever left inside a transaction.
            let result = match self.connection().await {
                Ok(conn) => {
                    let result = query(&conn).await;
                    if result.is_ok() {
                        self.give_back(conn);
                    }
                    result
                }
                Err(fault) => Err(fault),
            };
            match result {
                Ok(found) => return Ok(found),
                Err(_) if self.free.is_closed() => return Err(StoreError::Closed),
                Err(fault) if backoff.wait(&fault).await => {}
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    /// Accepts no more reads.
    pub(super) fn close(&self) {
        self.free.close();
        self.idle().clear();
    }

    async fn connection(&self) -> Result<Connection, Fault> {
        while let Some(conn) = { self.idle().pop() } {
            if !conn.is_closed() {
                return Ok(conn);
            }
        }
        let address = Arc::clone(&self.address);
        let connecting = self.home.spawn(async move {
            let statements = [
                games::STATEMENTS,
                reports::STATEMENTS,
                asked_history::READ_STATEMENTS,
                standings::READ_STATEMENTS,
                daily::STATEMENTS,
                daily_film::STATEMENTS,
                chain::STATEMENTS,
                members::STATEMENTS,
                results::STATEMENTS,
                planned_events::STATEMENTS,
                schedule::STATEMENTS,
                season::STATEMENTS,
                &[record::ANSWERS],
            ]
            .concat();
            Connection::open(&address, &statements).await
        });
        match connecting.await {
            Ok(connected) => Ok(connected?),
            Err(_) => Err(Fault::Final(StoreError::Closed)),
        }
    }

    fn give_back(&self, conn: Connection) {
        if !self.free.is_closed() {
            self.idle().push(conn);
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for ConnectionPool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectionPool").finish_non_exhaustive()
    }
}
