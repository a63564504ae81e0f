//! The connections beside the writer's. Each query has one to itself, so that a slow one holds up
//! no other.

use super::address::Address;
use super::connection::Connection;
use super::error::Fault;
use super::retry::Backoff;
use super::{asked, daily, games, record, reports, standings};
use crate::StoreError;
use futures_util::future::BoxFuture;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

/// How many at most. They are made when they are first needed.
const READERS: usize = 4;

/// The way to the connections, for all clones of a store.
pub(super) struct Readers {
    address: Arc<Address>,
    /// Where connections live: on the store's own thread, not on a caller's runtime.
    home: Handle,
    free: Semaphore,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(address: Arc<Address>, home: Handle) -> Self {
        Self {
            address,
            home,
            free: Semaphore::new(READERS),
            idle: Mutex::default(),
        }
    }

    /// Runs `query` on a connection of its own; again, on another if need be, as long as `backoff`
    /// has patience and the fault is one that passes.
    pub(super) async fn run<T>(
        &self,
        mut backoff: Backoff,
        query: impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>,
    ) -> Result<T, StoreError> {
        let _turn = self.free.acquire().await.map_err(|_| StoreError::Closed)?;
        loop {
            // A connection that is not given back, because the query failed or its caller went
            // away in the middle of it, is closed; so none is ever found in a transaction.
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

    /// Lets nothing more be read.
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
                asked::READ_STATEMENTS,
                standings::READ_STATEMENTS,
                daily::STATEMENTS,
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

impl std::fmt::Debug for Readers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Readers").finish_non_exhaustive()
    }
}
