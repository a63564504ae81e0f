//! What holds for `PostgreSQL` alone: leases, processes that meet, servers that go away.

mod leases;
mod opening;
mod outages;
mod races;
pub(super) mod server;
mod turns;
