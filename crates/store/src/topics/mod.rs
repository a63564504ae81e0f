//! The methods of [`Store`](crate::Store), one file per topic. Each picks the database; the SQL is in
//! `sqlite` and `postgres`, in files of the same names.

mod chain;
mod daily;
mod daily_film;
mod drafts;
mod forget;
mod games;
mod lease;
mod members;
mod packs;
mod planned_events;
mod questions;
mod reports;
mod results;
mod schedule;
mod season;
mod settings;
mod standings;
