//! What a game's events show afterwards.

use super::{CloseReason, Event, Response, UserId};
use std::collections::BTreeMap;

/// A question that a member did not answer correctly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Which round, from 0.
    pub round: u16,
    /// What they answered, if anything.
    pub response: Option<Response>,
}

/// The questions of closed rounds that `user` got wrong, or missed after they had begun to play, in
/// order. `None` if the member never played. A question that was skipped or stopped counts only if
/// they had answered it.
#[must_use]
pub fn misses(events: &[Event], user: UserId) -> Option<Vec<Miss>> {
    let mut answers: BTreeMap<u16, (&Response, bool)> = BTreeMap::new();
    let mut plays_from = None;
    let mut closed = Vec::new();
    let mut lives = None;
    let mut out_after = u16::MAX;
    for event in events {
        match event {
            Event::Answered {
                round,
                user: who,
                response,
                correct,
                ..
            } if *who == user => {
                answers.insert(*round, (response, *correct));
                plays_from.get_or_insert(*round);
            }
            Event::Joined { round, user: who } if *who == user => {
                plays_from.get_or_insert(*round);
            }
            Event::Judged { round, marks, .. } => {
                let own = marks.iter().find(|mark| mark.user == user);
                if let (Some(mark), Some((_, correct))) = (own, answers.get_mut(round)) {
                    *correct = mark.correct;
                }
            }
            Event::Seated { user: who, .. } if *who == user => {
                plays_from.get_or_insert(0);
            }
            Event::Unseated { user: who } if *who == user => plays_from = None,
            Event::Started { settings, .. } => {
                lives = settings.rules().lives;
                if settings.starter == user && settings.gathers() && !settings.hosted {
                    plays_from = Some(0);
                }
            }
            Event::LivesLost { round, users } if users.contains(&user) => {
                lives = lives.map(|left| left.saturating_sub(1));
                if lives == Some(0) {
                    out_after = *round;
                }
            }
            Event::Closed { round, reason, .. } => closed.push((*round, *reason)),
            _ => {}
        }
    }
    let from = plays_from?;
    let missed = closed.into_iter().filter_map(|(round, reason)| {
        let cut_short = matches!(reason, CloseReason::Skipped | CloseReason::Stopped);
        match answers.get(&round) {
            Some((_, true)) => None,
            Some((response, false)) => Some(Miss {
                round,
                response: Some((*response).clone()),
            }),
            None if round < from || round > out_after || cut_short => None,
            None => Some(Miss {
                round,
                response: None,
            }),
        }
    });
    Some(missed.collect())
}
