//! Summaries of the news, composed from facts.
//!
//! Pure. A summary is a selection and order of facts; `view` words it. A topic is divided by
//! certainty, so that a rumour never appears among settled facts; the headlines go from the casting
//! to the book, each marked with its certainty. The writer's opinions appear under
//! [`Topic::Analysis`], or when a member asks about a person by name; never in the headlines.

mod summary;
mod topic;

pub use summary::{Certainty, Heading, Item, Section, Summary, summary};
pub use topic::Topic;

#[cfg(test)]
mod tests;
