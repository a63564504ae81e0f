//! One connection to the server, with its settings made and its statements prepared.

use super::address::Address;
use super::error::Fault;
use std::collections::HashMap;
use std::io::Cursor;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, CopyInSink, Error, NoTls, Row, RowStream, Socket, Statement};

/// A statement's parameters.
pub(super) type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// Settings of every connection. A confirmed commit is on the server's disk, whatever the server's
/// default. A process that is paused inside a transaction blocks others (such as one that claims
/// its shards) for less time than they wait.
pub(crate) const SESSION: &str = "SET synchronous_commit = on;
     SET idle_in_transaction_session_timeout = '5s';
     SET statement_timeout = '10s'";
/// Replace the time-outs above for work on the whole database, and restore them.
const PATIENT: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0";
const QUICK: &str = "SET statement_timeout = '10s';
     SET idle_in_transaction_session_timeout = '5s'";

/// A connection. Futures that are polled together are sent in one packet, in the order in which
/// they are polled.
pub(crate) struct Connection {
    client: Client,
    statements: HashMap<&'static str, Statement>,
}

impl Connection {
    /// Connects. `statements` are prepared at once; others each time they are used.
    ///
    /// Call it on the runtime that is to drive the connection.
    pub(super) async fn open(
        address: &Address,
        statements: &[&'static str],
    ) -> Result<Connection, Error> {
        let client = match &address.tls {
            Some(tls) => connect(address, tls.clone()).await?,
            None => connect(address, NoTls).await?,
        };
        client.batch_execute(SESSION).await?;
        let mut prepared = HashMap::new();
        for sql in statements {
            prepared.insert(*sql, client.prepare(sql).await?);
        }
        Ok(Connection {
            client,
            statements: prepared,
        })
    }

    /// Lifts the time limits.
    pub(super) async fn be_patient(&self) -> Result<(), Fault> {
        self.run(PATIENT).await
    }

    /// Sets the time limits again.
    pub(super) async fn be_quick(&self) -> Result<(), Fault> {
        self.run(QUICK).await
    }

    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Runs statements without parameters.
    pub(super) async fn run(&self, sql: &str) -> Result<(), Fault> {
        Ok(self.client.batch_execute(sql).await?)
    }

    pub(super) async fn query(
        &self,
        sql: &'static str,
        params: Params<'_>,
    ) -> Result<Vec<Row>, Fault> {
        Ok(match self.statements.get(sql) {
            Some(statement) => self.client.query(statement, params).await?,
            None => self.client.query(sql, params).await?,
        })
    }

    /// Like [`Connection::query`], but does nothing and returns no rows unless `wanted`.
    pub(super) async fn query_if(
        &self,
        wanted: bool,
        sql: &'static str,
        params: Params<'_>,
    ) -> Result<Vec<Row>, Fault> {
        if wanted {
            self.query(sql, params).await
        } else {
            Ok(Vec::new())
        }
    }

    /// Runs a statement and returns how many rows it affected.
    pub(super) async fn execute(
        &self,
        sql: &'static str,
        params: Params<'_>,
    ) -> Result<u64, Fault> {
        Ok(match self.statements.get(sql) {
            Some(statement) => self.client.execute(statement, params).await?,
            None => self.client.execute(sql, params).await?,
        })
    }

    /// Like [`Connection::execute`], but does nothing unless `wanted`.
    pub(super) async fn execute_if(
        &self,
        wanted: bool,
        sql: &'static str,
        params: Params<'_>,
    ) -> Result<u64, Fault> {
        if wanted {
            self.execute(sql, params).await
        } else {
            Ok(0)
        }
    }

    /// Streams rows, for results too large to hold at once.
    pub(super) async fn stream(&self, sql: &str, params: Params<'_>) -> Result<RowStream, Fault> {
        let params = params.iter().copied();
        Ok(match self.statements.get(sql) {
            Some(statement) => self.client.query_raw(statement, params).await?,
            None => self.client.query_raw(sql, params).await?,
        })
    }

    /// Starts sending rows.
    pub(super) async fn copy_in(&self, sql: &str) -> Result<CopyInSink<Cursor<Vec<u8>>>, Fault> {
        Ok(self.client.copy_in(sql).await?)
    }
}

/// Connects, and drives the connection on the caller's runtime.
async fn connect<T>(address: &Address, tls: T) -> Result<Client, Error>
where
    T: MakeTlsConnect<Socket, Stream: Send + 'static>,
{
    let (client, carrier) = address.config.connect(tls).await?;
    tokio::spawn(async move {
        // The user of the connection gets the error too; this logs when it happened.
        if let Err(error) = carrier.await {
            tracing::debug!(error = %super::error::describe(&error), "store.disconnected");
        }
    });
    Ok(client)
}
