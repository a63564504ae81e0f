//! What holds for `SQLite` alone: its file, its disk, its query plans.

mod engine;
mod faults;
mod opening;
mod plans;
