//! What holds only for `PostgreSQL`: leases, competing processes, servers that go away.

mod leases;
mod opening;
mod outages;
mod races;
pub(super) mod server;
mod turns;
