//! Errors of the server or the network, classified by what to do about them.

use crate::{OpenError, StoreError};
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::WrongType;

/// Why a transaction or a query failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It conflicted with another transaction (40001, 40P01 and the like) and was rolled back. A
    /// retry may well succeed.
    Again(String),
    /// The connection is gone or unusable: another one is needed.
    Gone(String),
    /// The connection was lost before it was known whether the server had committed.
    Unsure(String),
    /// The request itself failed, and would fail again.
    Final(StoreError),
}

impl Fault {
    /// The same for a `COMMIT` that was sent: unless the server itself reports the error, the
    /// outcome is open.
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
                    "the connection broke before the change was confirmed; check whether it \
                     was made ({reason})"
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
            // Not from the server: a value of an unexpected type, or a network error.
            let source = std::error::Error::source(&error);
            return match source.and_then(|source| source.downcast_ref::<WrongType>()) {
                Some(_) => Self::Final(StoreError::Damaged { reason }),
                None => Self::Gone(reason),
            };
        };
        match state {
            &SqlState::T_R_SERIALIZATION_FAILURE
            | &SqlState::T_R_DEADLOCK_DETECTED
            // Two processes inserted the same row: on retry the second finds it.
            | &SqlState::UNIQUE_VIOLATION => Self::Again(reason),
            &SqlState::READ_ONLY_SQL_TRANSACTION => {
                Self::Gone(format!("the server does not accept writes; is it a standby? ({reason})"))
            }
            &SqlState::DISK_FULL => Self::Final(StoreError::Unavailable {
                reason: format!("the server's disk is full; free some space ({reason})"),
            }),
            state => match &state.code()[..2] {
                // Connection exceptions; an idle transaction that was terminated.
                "08" | "25" => Self::Gone(reason),
                // Operator intervention, such as a shutdown; too many connections.
                "57" if state != &SqlState::QUERY_CANCELED => Self::Gone(reason),
                "53" if state == &SqlState::TOO_MANY_CONNECTIONS => Self::Gone(reason),
                _ if state == &SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN => Self::Unsure(reason),
                "40" => Self::Again(reason),
                // Out of resources, locked, cancelled, system error, no permission.
                "53" | "55" | "57" | "58" => Self::Final(StoreError::Unavailable { reason }),
                _ if state == &SqlState::INSUFFICIENT_PRIVILEGE => {
                    Self::Final(StoreError::Unavailable { reason })
                }
                _ => Self::Final(StoreError::Damaged { reason }),
            },
        }
    }
}

/// The error in one line: the server's message or the underlying cause.
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
        None => "check that the server runs, the address and port, and the sslmode it requires",
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
