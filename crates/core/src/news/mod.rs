//! Summaries of the news, composed from facts.
//!
//! Pure. Nothing here is worded: a summary is a choice and an order of facts. One topic is parted by
//! how sure they are, so that a rumour never stands among what is settled; the headlines go from
//! the casting to the book, and each says how sure it is. The writer's opinions are told under
//! [`Topic::Analysis`], or where a member asks about somebody by name; never in the headlines.

mod summary;
mod topic;

pub use summary::{Heading, Item, Section, Summary, Voice, summary};
pub use topic::Topic;

#[cfg(test)]
mod tests;
