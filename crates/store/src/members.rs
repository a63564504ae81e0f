//! What single members have chosen for themselves, and how they did in earlier games.

/// A member's other games of as many questions as a certain one, as far as these were revealed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PastGames {
    /// How many there are.
    pub games: u64,
    /// The most points in one of them.
    pub points_max: u64,
}
