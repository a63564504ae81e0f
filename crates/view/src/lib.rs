//! What members see: the bot's own message model, and every text, rendered from plain data.
//!
//! Pure. All text for members is here, so that it can be read, translated and snapshotted in one
//! place. Nothing here knows how a message is sent.

pub mod about;
pub mod awards;
mod badges;
pub mod card;
pub mod cast;
pub mod catalogue;
#[cfg(test)]
mod catalogue_tests;
mod caveats;
pub mod chain;
pub mod commands;
pub mod custom_id;
pub mod daily;
pub mod escape;
pub mod faults;
pub mod final_card;
pub mod help;
pub mod hint;
pub mod host;
pub mod imports;
mod json;
pub mod leaderboard;
pub mod limits;
pub mod lobby;
pub mod message;
pub mod misses;
pub mod modes;
mod moments;
pub mod news;
pub mod own_result;
pub mod packs;
mod paging;
pub mod permissions;
pub mod phrases;
pub mod privacy;
pub mod quiz;
mod race;
#[cfg(test)]
mod rendered;
pub mod reply;
mod report_reason;
pub mod reports;
pub mod reveal;
pub mod revenge;
pub mod schedule;
pub mod scoreboard;
pub mod season;
mod sentences;
pub mod settings;
pub mod setup;
pub mod share;
mod sources;
pub mod start;
pub mod stats;
mod teams;
pub mod thread;
mod unfair;
mod words;
pub mod write;

#[cfg(test)]
mod bundled;
#[cfg(test)]
mod faults_tests;
#[cfg(test)]
mod foreign_tests;
#[cfg(test)]
mod host_tests;
#[cfg(test)]
mod hostile;
