//! What holds only for `SQLite`: its file, its disk, its query plans.

mod engine;
mod faults;
mod opening;
mod plans;
