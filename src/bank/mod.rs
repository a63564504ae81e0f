//! The question bank: questions made from facts, and the choice of a game's rounds.
//!
//! Pure: no I/O, no clock, and randomness only from a seed that comes in. Nothing here knows of
//! players, points or messages.

mod question;

pub use question::{Answer, Question, QuestionId, Round};
