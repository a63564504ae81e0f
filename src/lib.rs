//! Heat Check: film trivia for Discord, every question resting on a cited fact.
//!
//! The layers, lowest first. An arrow points from a module to what it may use; a test
//! (`tests/architecture.rs`) holds the code to it.
//!
//! | module | kind | may use |
//! |---|---|---|
//! | [`facts`] | pure | nothing |
//! | [`bank`] | pure | `asked`, `facts` |
//! | [`cast`], [`news`] | pure | `facts` |
//! | [`exchange`] | pure | `bank`, `facts` |
//! | [`game`] | pure | `bank`, `facts` |
//! | [`asked`], [`daily`], [`shard`], [`standing`] | pure | nothing |
//! | [`meter`] | numbers that the bot counts about itself | nothing |
//! | [`library`] | pure | `asked`, `bank`, `cast`, `facts` |
//! | [`settings`] | pure | `facts`, `game`, `standing` |
//! | [`view`] | pure | everything above |
//! | [`card`] | pure | `view` |
//! | [`store`] | durable state | `asked`, `daily`, `meter`, `shard`, `standing` |
//! | [`host`] | live games | everything above |
//! | [`discord`] | the shell, and the only place that names serenity | everything above |
//! | [`pack_dir`] | the operator's own packs, as files | `facts` |
//! | [`metrics`] | the page that a monitor reads | `discord`, `host`, `meter`, `store` |
//! | [`bot`] | puts the parts together | everything above |
//! | [`doctor`] | what is wrong with a set-up, before it is started | everything above, `config` |
//! | [`config`] | the environment | `shard` |
//! | [`sandbox`] | a simulated Discord | none of the bot's modules: it speaks JSON alone |
//!
//! *Pure* modules do no I/O, read no clock and own no random source: time and seed come in as
//! arguments, and so the same inputs always give the same result.

pub mod asked;
pub mod bank;
pub mod bot;
pub mod card;
pub mod cast;
pub mod config;
pub mod daily;
pub mod discord;
pub mod doctor;
pub mod exchange;
pub mod facts;
pub mod game;
pub mod host;
pub mod library;
pub mod meter;
pub mod metrics;
pub mod news;
pub mod pack_dir;
pub mod sandbox;
pub mod settings;
pub mod shard;
pub mod standing;
pub mod store;
pub mod view;
