//! The pure core of Heat Check: facts, questions, rules of the game, standings.
//!
//! Nothing here does I/O, reads a clock or owns a random source: time and seed come in as
//! arguments, so the same inputs always give the same result. Cargo enforces this: the crate
//! depends on no runtime, no Discord client and no database.
//!
//! What each module may use; `tests/suite/architecture.rs` checks it.
//!
//! | module | may use |
//! |---|---|
//! | [`facts`] | `blocks`, `groups`, `rows` |
//! | [`bank`] | `asked_history`, `blocks`, `facts`, `groups`, `lists`, `rows` |
//! | [`cast`] | `buckets`, `facts`, `groups`, `lists` |
//! | `blocks`, `groups`, `lists` | `rows` |
//! | [`news`] | `facts` |
//! | [`exchange`] | `bank`, `facts`, `lang` |
//! | [`chain`] | `facts`, `id` |
//! | [`game`] | `bank`, `facts`, `id` |
//! | [`asked_history`], `buckets`, [`clock`], [`id`], [`lang`], `rows` | nothing |
//! | [`daily`], [`season`], [`shard`], [`standing`] | `id` |
//! | [`library`] | `asked_history`, `bank`, `cast`, `facts` |
//! | [`results`] | `bank`, `game`, `id` |
//! | [`schedule`] | `bank`, `facts`, `game`, `id`, `lang`, `standing` |
//! | [`settings`] | `bank`, `facts`, `game`, `id`, `lang`, `standing` |
//! | [`writing`] | `exchange`, `facts`, `library` |

pub mod asked_history;
pub mod bank;
mod blocks;
mod buckets;
pub mod cast;
pub mod chain;
pub mod clock;
pub mod daily;
pub mod exchange;
pub mod facts;
pub mod game;
mod groups;
pub mod id;
pub mod lang;
pub mod library;
mod lists;
pub mod news;
pub mod results;
mod rows;
pub mod schedule;
pub mod season;
pub mod settings;
pub mod shard;
pub mod standing;
pub mod writing;
