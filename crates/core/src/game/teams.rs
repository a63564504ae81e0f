//! Teams: their members, which answers count, and their ranking.
//!
//! A team earns the points of its fastest right answer. To give larger teams no advantage, every
//! team has as many tries at a question as the smallest team has members: its first answers by
//! Discord's clock.

use super::play::Game;
use super::player::GivenAnswer;
use super::{Event, UserId};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The most teams of a game.
pub const TEAMS_MAX: u8 = 8;
/// With fewer teams there is nobody to play against.
pub(super) const TEAMS_MIN: usize = 2;

/// One team's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Which, from 0 below [`TEAMS_MAX`].
    pub number: u8,
    /// The rank, from 1; ties share one.
    pub rank: usize,
    /// The points its members earned together.
    pub points: u32,
    /// Its members with the points that each earned, best first.
    pub members: Vec<(UserId, u32)>,
}

impl Game {
    /// The team of a member; `None` in modes without teams.
    #[must_use]
    pub fn team_of(&self, user: UserId) -> Option<u8> {
        self.seats.get(&user)?.team
    }

    /// All teams that have members, best first; empty in modes without teams.
    #[must_use]
    pub fn teams(&self) -> Vec<Team> {
        let mut members: BTreeMap<u8, Vec<(UserId, u32)>> = BTreeMap::new();
        for (user, seat) in self.seats.iter() {
            let points = self.players.get(user).map_or(0, |player| player.points);
            if let Some(team) = seat.team {
                members.entry(team).or_default().push((*user, points));
            }
        }
        let mut teams: Vec<Team> = members
            .into_iter()
            .map(|(number, mut members)| {
                members.sort_by_key(|(user, points)| (Reverse(*points), *user));
                Team {
                    number,
                    rank: 0,
                    points: members.iter().map(|(_, points)| points).sum(),
                    members,
                }
            })
            .collect();
        teams.sort_by_key(|team| (Reverse(team.points), team.number));
        let points: Vec<u32> = teams.iter().map(|team| team.points).collect();
        for team in &mut teams {
            team.rank = 1 + points.iter().filter(|other| **other > team.points).count();
        }
        teams
    }

    /// The tries that each team has at a question: as many as the smallest team has members.
    #[must_use]
    pub fn team_tries(&self) -> usize {
        let teams = self.teams();
        let sizes = teams.iter().map(|team| team.members.len());
        sizes.min().unwrap_or(0)
    }

    /// Whether this member answered after their team had used up its tries.
    #[must_use]
    pub fn is_beyond_tries(&self, user: UserId) -> bool {
        let team = self.team_of(user);
        team.is_some_and(|team| !self.tries_of(team).any(|(tried, _)| tried == user))
    }

    /// The points of a question that is closing: for each team, those of the fastest right answer
    /// among its tries.
    pub(super) fn team_points(&self, round: u16) -> Vec<Event> {
        let fastest = |team: &Team| {
            let (user, given) = self
                .tries_of(team.number)
                .find(|(_, given)| given.correct)?;
            let worth = self.worth(round, user, given.elapsed_ms, given.at_ms, given.streak);
            Some(Event::Scored {
                round,
                user,
                points: worth,
            })
        };
        self.teams().iter().filter_map(fastest).collect()
    }

    /// The answers of a team that count, fastest first.
    fn tries_of(&self, team: u8) -> impl Iterator<Item = (UserId, &GivenAnswer)> {
        let answers = self.answers.iter();
        let mut own: Vec<_> = answers
            .filter(|(user, _)| self.team_of(**user) == Some(team))
            .map(|(user, given)| (*user, given))
            .collect();
        own.sort_by_key(|(user, given)| (given.elapsed_ms, given.at_ms, *user));
        own.into_iter().take(self.team_tries())
    }
}
