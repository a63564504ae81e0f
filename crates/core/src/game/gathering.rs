//! Before the first question: the lobby, and the challenge to a duel.

use super::play::{Game, Phase};
use super::teams::{TEAMS_MAX, TEAMS_MIN};
use super::{EndReason, Event, Players, Refusal, UserId};

/// The most players in games that members join first, so that all their names fit into one field of
/// a message.
const SEATS_MAX: usize = 40;

impl Game {
    pub(super) fn on_enter(
        &mut self,
        user: UserId,
        team: Option<u8>,
    ) -> Result<Vec<Event>, Refusal> {
        self.gathering(Players::Lobby)?;
        self.refuse_host(user)?;
        let is_named = team.is_some_and(|team| team < TEAMS_MAX);
        if is_named != self.settings.rules().teams || is_named != team.is_some() {
            return Err(Refusal::NoSuchChoice);
        }
        match self.seats.get(&user) {
            Some(seat) if seat.team == team => return Err(Refusal::AlreadyIn),
            None if self.seats.len() >= SEATS_MAX => return Err(Refusal::LobbyFull),
            _ => {}
        }
        Ok(self.record(vec![Event::Seated { user, team }]))
    }

    pub(super) fn on_leave(&mut self, user: UserId) -> Result<Vec<Event>, Refusal> {
        self.gathering(Players::Lobby)?;
        if user == self.settings.starter {
            return Err(Refusal::StarterStays);
        }
        if !self.seats.contains_key(&user) {
            return Err(Refusal::NotSeated);
        }
        Ok(self.record(vec![Event::Unseated { user }]))
    }

    pub(super) fn on_begin(&mut self, user: UserId, now_ms: i64) -> Result<Vec<Event>, Refusal> {
        self.gathering(Players::Lobby)?;
        let starter = self.settings.starter;
        if user != starter {
            return Err(Refusal::NotYourLobby { starter });
        }
        if self.lacks_teams() {
            return Err(Refusal::OneTeam);
        }
        Ok(self.record(vec![self.begin_event(now_ms)]))
    }

    pub(super) fn on_accept(&mut self, user: UserId, now_ms: i64) -> Result<Vec<Event>, Refusal> {
        self.invited(user)?;
        Ok(self.record(vec![
            Event::Seated { user, team: None },
            self.begin_event(now_ms),
        ]))
    }

    pub(super) fn on_decline(&mut self, user: UserId) -> Result<Vec<Event>, Refusal> {
        self.invited(user)?;
        Ok(self.record(vec![Event::ended(EndReason::Declined)]))
    }

    /// Closes the lobby: it plays with those who joined. An unaccepted challenge ends, and so does
    /// a lobby with only one team, or whose host did not begin.
    pub(super) fn gathered(&self, now_ms: i64) -> Event {
        if self.settings.hosted {
            Event::ended(EndReason::HostAway)
        } else if self.settings.rules().players == Players::Invited || self.lacks_teams() {
            Event::ended(EndReason::Unanswered)
        } else {
            self.begin_event(now_ms)
        }
    }

    fn lacks_teams(&self) -> bool {
        self.settings.rules().teams && self.teams().len() < TEAMS_MIN
    }

    fn gathering(&self, players: Players) -> Result<(), Refusal> {
        match self.phase {
            Phase::Ended(_) => Err(Refusal::GameOver),
            Phase::Gathering { .. } if self.settings.rules().players == players => Ok(()),
            _ => Err(Refusal::BegunAlready),
        }
    }

    fn invited(&self, user: UserId) -> Result<(), Refusal> {
        self.gathering(Players::Invited)?;
        match self.settings.opponent {
            Some(opponent) if opponent == user => Ok(()),
            Some(opponent) => Err(Refusal::NotInvited { opponent }),
            None => Err(Refusal::Stale),
        }
    }

    fn begin_event(&self, now_ms: i64) -> Event {
        Event::Begun {
            first_at_ms: now_ms + self.tempo.get_ready_ms,
        }
    }
}
