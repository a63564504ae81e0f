//! How the ranking changed with the question that closed last.

use super::UserId;
use super::play::Game;
use std::cmp::Reverse;

/// One player's rank after the question that closed last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The rank, from 1; ties share one.
    pub rank: usize,
    /// Who.
    pub user: UserId,
    /// Points so far.
    pub points: u32,
    /// Ranks gained with that question; negative if lost; `None` for players who had no rank
    /// before.
    pub moved: Option<i32>,
}

impl Game {
    /// The players in order, best first, each with how the last question changed their rank.
    ///
    /// Call it while [`Game::answers`] still holds the answers to the question that closed last.
    #[must_use]
    pub fn standings(&self) -> Vec<Line> {
        let mut before: Vec<(u32, UserId)> = self
            .players
            .iter()
            .filter_map(|(user, player)| {
                let given = self.answers.get(user);
                let played_before = player.answered > u16::from(given.is_some());
                let won = given.map_or(0, |given| given.points);
                played_before.then(|| (player.points - won, *user))
            })
            .collect();
        before.sort_by_key(|(points, user)| (Reverse(*points), *user));
        let place = |user: UserId| {
            let (points, _) = before.iter().find(|(_, other)| *other == user)?;
            before.iter().position(|(other, _)| other == points)
        };
        let now = self.ranking().into_iter();
        now.map(|(rank, user, player)| Line {
            rank,
            user,
            points: player.points,
            moved: place(user).map(|was| difference(was + 1, rank)),
        })
        .collect()
    }
}

fn difference(before: usize, now: usize) -> i32 {
    let place = |rank: usize| i32::try_from(rank).unwrap_or(i32::MAX);
    place(before) - place(now)
}
