//! What the server or the network reports, sorted by what is to be done about it.

use crate::{OpenError, StoreError};
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::WrongType;

/// Why a transaction or a query was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It met another transaction (40001, 40P01 and the like) and was undone. The same again may
    /// well succeed.
    Again(String),
    /// The connection is gone or of no use: another one is needed.
    Gone(String),
    /// The connection went before it was known whether the server had committed.
    Unsure(String),
    /// What was asked failed by itself, and would fail again.
    Final(StoreError),
}

impl Fault {
    /// The same, of a `COMMIT` that was sent: all but what the server says itself leaves it open.
    pub(super) fn of_commit(self) -> Self {
        match self {
            Self::Gone(reason) => Self::Unsure(reason),
            other => other,
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Again(reason) | Fault::Gone(reason) => Self::Unavailable { reason },
            Fault::Unsure(reason) => Self::Unavailable {
                reason: format!(
                    "the connection broke before the change was confirmed; look whether it was \
                     made ({reason})"
                ),
            },
            Fault::Final(error) => error,
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let reason = describe(&error);
        let Some(state) = error.code() else {
            // Not said by the server: a value of another type than ours, or the network's error.
            let source = std::error::Error::source(&error);
            return match source.and_then(|source| source.downcast_ref::<WrongType>()) {
                Some(_) => Self::Final(StoreError::Damaged { reason }),
                None => Self::Gone(reason),
            };
        };
        match state {
            &SqlState::T_R_SERIALIZATION_FAILURE
            | &SqlState::T_R_DEADLOCK_DETECTED
            // Two who insert the same: whoever is second finds it the next time.
            | &SqlState::UNIQUE_VIOLATION => Self::Again(reason),
            &SqlState::READ_ONLY_SQL_TRANSACTION => {
                Self::Gone(format!("the server takes no writes, is it a standby? ({reason})"))
            }
            &SqlState::DISK_FULL => Self::Final(StoreError::Unavailable {
                reason: format!("the server's disk is full; free some space ({reason})"),
            }),
            state => match &state.code()[..2] {
                // Connection exceptions; an idle transaction that was ended.
                "08" | "25" => Self::Gone(reason),
                // Interventions of an operator, such as a shutdown; too many connections.
                "57" if state != &SqlState::QUERY_CANCELED => Self::Gone(reason),
                "53" if state == &SqlState::TOO_MANY_CONNECTIONS => Self::Gone(reason),
                _ if state == &SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN => Self::Unsure(reason),
                "40" => Self::Again(reason),
                // Short of resources, locked, cancelled, the system's own trouble, no permission.
                "53" | "55" | "57" | "58" => Self::Final(StoreError::Unavailable { reason }),
                _ if state == &SqlState::INSUFFICIENT_PRIVILEGE => {
                    Self::Final(StoreError::Unavailable { reason })
                }
                _ => Self::Final(StoreError::Damaged { reason }),
            },
        }
    }
}

/// The error in one line: what the server said, or what was beneath it.
pub(super) fn describe(error: &Error) -> String {
    if let Some(db) = error.as_db_error() {
        return format!("{} ({})", db.message(), db.code().code());
    }
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// Why no connection could be made, and what to do about it.
pub(super) fn opening(name: &str, error: &Error) -> OpenError {
    let mend = match error.code() {
        None => {
            "check that the server runs, the address and the port, and the sslmode that it wants"
        }
        Some(state) if state.code().starts_with("28") => {
            "check user and password in the address, and the server's pg_hba.conf"
        }
        Some(&SqlState::INVALID_CATALOG_NAME) => "create it with createdb, or name another",
        Some(&SqlState::INSUFFICIENT_PRIVILEGE) => {
            "grant this user the right to create tables in it"
        }
        Some(&SqlState::TOO_MANY_CONNECTIONS) => "raise the server's max_connections",
        Some(_) => "see the server's log",
    };
    OpenError::Server {
        name: name.to_owned(),
        reason: describe(error),
        mend,
    }
}
