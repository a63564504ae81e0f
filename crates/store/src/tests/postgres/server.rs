//! The throw-away server that the integration tests use too.

#[path = "../../../../../tests/suite/common/postgres.rs"]
mod keeper;

pub(in crate::tests) use keeper::{Server, shared};

use crate::Store;

/// Two stores on one new database: two processes, as far as the database can tell.
pub(super) fn two(isolation: &str) -> (&'static Server, String, [Store; 2]) {
    let server = shared();
    let url = server.schema(isolation);
    let stores = [(); 2].map(|()| Store::open(&url).unwrap());
    (server, url, stores)
}
