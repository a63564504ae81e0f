//! Choices that single members made for themselves, and their results in earlier games.

/// A member's other games with as many revealed questions as a certain one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PastGames {
    /// How many there are.
    pub games: u64,
    /// The highest score in one of them.
    pub points_max: u64,
}
