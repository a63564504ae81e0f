//! What holds for `SQLite` alone: its file, its disk, its query plans.

mod faults;
mod opening;
mod plans;
