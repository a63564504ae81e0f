//! Removes a member from a stored game while keeping it complete for the others: the same
//! questions, answers and points, from a player who can no longer be identified.

use super::{Event, Response, UserId};

/// No Discord id is below this: they begin with the milliseconds since 2015, shifted by 22 bits
/// (<https://discord.com/developers/docs/reference#snowflakes>).
const NOBODY_BELOW: u64 = 1 << 22;
/// Replaces an id that a member typed in an answer.
const GONE: &str = "…";

impl UserId {
    /// Whether this id replaces a member whose data was deleted.
    #[must_use]
    pub fn is_nobody(self) -> bool {
        self.0 < NOBODY_BELOW
    }
}

impl Event {
    /// All members that the event names.
    #[must_use]
    pub fn members(&self) -> Vec<UserId> {
        match self {
            Self::Started { settings, .. } => {
                let starter = std::iter::once(settings.starter);
                starter.chain(settings.opponent).collect()
            }
            Self::Seated { user, .. }
            | Self::Unseated { user }
            | Self::Answered { user, .. }
            | Self::Joined { user, .. }
            | Self::SkipVoted { user, .. }
            | Self::Hinted { user, .. }
            | Self::Scored { user, .. } => vec![*user],
            Self::LivesLost { users, .. } => users.clone(),
            Self::PauseAsked { by }
            | Self::Paused { by, .. }
            | Self::BonusUndone { by, .. }
            | Self::LastCalled { by, .. } => {
                vec![*by]
            }
            Self::Judged { by, marks, .. } => {
                let marked = marks.iter().map(|mark| mark.user);
                std::iter::once(*by).chain(marked).collect()
            }
            Self::Bonus { user, by, .. } => vec![*user, *by],
            Self::Begun { .. }
            | Self::Asking { .. }
            | Self::Postponed { .. }
            | Self::Opened { .. }
            | Self::ClueOpened { .. }
            | Self::Retimed { .. }
            | Self::Held { .. }
            | Self::Confirmed { .. }
            | Self::Unpaused { .. }
            | Self::Closed { .. } => Vec::new(),
            Self::Ended { by, .. } => by.iter().copied().collect(),
        }
    }

    /// Replaces a member's id with another, and drops what they typed.
    fn rename(&mut self, from: UserId, to: UserId) {
        let put = |user: &mut UserId| {
            if *user == from {
                *user = to;
            }
        };
        match self {
            Self::Started { settings, .. } => {
                put(&mut settings.starter);
                settings.opponent.iter_mut().for_each(put);
            }
            Self::Answered { user, response, .. } => {
                if let Response::Typed { text } = response {
                    *text = if *user == from {
                        String::new()
                    } else {
                        text.replace(&from.to_string(), GONE)
                    };
                }
                put(user);
            }
            Self::Seated { user, .. }
            | Self::Unseated { user }
            | Self::Joined { user, .. }
            | Self::SkipVoted { user, .. }
            | Self::Hinted { user, .. }
            | Self::Scored { user, .. } => put(user),
            Self::LivesLost { users, .. } => users.iter_mut().for_each(put),
            Self::PauseAsked { by }
            | Self::Paused { by, .. }
            | Self::BonusUndone { by, .. }
            | Self::LastCalled { by, .. } => {
                put(by);
            }
            Self::Judged { by, marks, .. } => {
                put(by);
                for mark in marks {
                    put(&mut mark.user);
                }
            }
            Self::Bonus { user, by, .. } => {
                put(user);
                put(by);
            }
            Self::Begun { .. }
            | Self::Asking { .. }
            | Self::Postponed { .. }
            | Self::Opened { .. }
            | Self::ClueOpened { .. }
            | Self::Retimed { .. }
            | Self::Held { .. }
            | Self::Confirmed { .. }
            | Self::Unpaused { .. }
            | Self::Closed { .. } => {}
            Self::Ended { by, .. } => by.iter_mut().for_each(put),
        }
    }
}

/// Removes a member from an ended game's stored events, each given as JSON with its number in the
/// game. The game can still be read and replayed. Returns the changed events, and the id that
/// replaces the member.
///
/// # Errors
/// If an event is not valid JSON for one.
pub fn anonymise(
    events: &[(u32, String)],
    member: UserId,
) -> Result<(Vec<(u32, String)>, UserId), serde_json::Error> {
    let mut parsed = Vec::with_capacity(events.len());
    for (seq, body) in events {
        parsed.push((*seq, serde_json::from_str(body)?));
    }
    let stand_in = forget(&mut parsed, member);
    let written = parsed.iter();
    let written = written.map(|(seq, event)| Ok((*seq, serde_json::to_string(event)?)));
    Ok((written.collect::<Result<_, serde_json::Error>>()?, stand_in))
}

/// Removes a member from a game's events, each given with its number in the game; events that do
/// not mention them may be left out. Returns the id that replaces them.
///
/// The id depends only on when they joined the game, so it is unique in the game and says nothing
/// about the member.
pub(super) fn forget(events: &mut [(u32, Event)], member: UserId) -> UserId {
    let first = events
        .iter()
        .find(|(_, event)| event.members().contains(&member));
    // Only the first event can name two members: the starter, and the opponent they challenge.
    let second =
        matches!(first, Some((_, Event::Started { settings, .. })) if settings.starter != member);
    let seq = first.map_or(0, |(seq, _)| u64::from(*seq));
    let stand_in = UserId((2 * seq + 1 + u64::from(second)) % NOBODY_BELOW);
    for (_, event) in events {
        event.rename(member, stand_in);
    }
    stand_in
}
