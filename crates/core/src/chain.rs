//! The film chain: each film shares an actor with the one before, in twenty seconds, no film twice,
//! no actor more than three times.
//!
//! Pure. Times come from Discord's ids. Nothing waits: a chain is over when the next film comes too
//! late, or never comes.

use crate::facts::{EntityId, Fact, FactKind, Status};
use crate::id::UserId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How long each film may take.
pub const MOVE_MS: i64 = 20_000;
/// How often one actor may link two films of a chain.
pub const ACTOR_MAX: u8 = 3;
/// The most films in a chain, so that it can be stored.
pub const FILMS_MAX: usize = 500;

/// A chain in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The films named so far.
    pub links: Links,
    /// Who named the last film.
    pub last: UserId,
    /// In a duel, the player whose turn it is; `None` if everyone may play.
    pub rival: Option<UserId>,
    /// When the last film was named, in Unix milliseconds.
    pub at_ms: i64,
}

/// The films and actors of a chain; stored as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// The works, in order.
    pub films: Vec<EntityId>,
    /// How often each actor has linked two of them.
    pub used: BTreeMap<EntityId, u8>,
}

/// Why a film does not continue a chain. The clock keeps running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoLink {
    /// This member also named the last one.
    NotYourTurn,
    /// In a duel: this member is not in it.
    NotYourDuel,
    /// The film was named before.
    Named,
    /// The two films share no actor.
    Apart,
    /// Every shared actor has already linked often enough.
    WornOut,
    /// The chain has reached its longest length.
    Full,
}

impl Chain {
    /// Starts a chain with one film.
    #[must_use]
    pub fn begin(film: EntityId, user: UserId, rival: Option<UserId>, at_ms: i64) -> Self {
        Self {
            links: Links {
                films: vec![film],
                used: BTreeMap::new(),
            },
            last: user,
            rival,
            at_ms,
        }
    }

    /// Whether a film named now would be too late.
    #[must_use]
    pub fn is_over(&self, now_ms: i64) -> bool {
        now_ms - self.at_ms > MOVE_MS
    }

    /// How many films it has.
    #[must_use]
    pub fn films(&self) -> usize {
        self.links.films.len()
    }

    /// Whether an actor has linked as often as one may.
    #[must_use]
    pub fn is_worn_out(&self, actor: &str) -> bool {
        self.links
            .used
            .get(actor)
            .is_some_and(|uses| *uses >= ACTOR_MAX)
    }

    /// Links a film with actors `cast` to the last one, with actors `last_cast`. Returns the
    /// linking actor: of all the shared ones, the one who has linked least.
    ///
    /// # Errors
    /// [`NoLink`] if it does not continue the chain, which is then unchanged.
    pub fn link(
        &mut self,
        film: EntityId,
        (last_cast, cast): (&BTreeSet<EntityId>, &BTreeSet<EntityId>),
        user: UserId,
        now_ms: i64,
    ) -> Result<EntityId, NoLink> {
        if user == self.last {
            return Err(NoLink::NotYourTurn);
        }
        if self.rival.is_some_and(|rival| rival != user) {
            return Err(NoLink::NotYourDuel);
        }
        if self.links.films.contains(&film) {
            return Err(NoLink::Named);
        }
        if self.films() >= FILMS_MAX {
            return Err(NoLink::Full);
        }
        let times = |actor: &EntityId| self.links.used.get(actor).copied().unwrap_or(0);
        let shared = last_cast.intersection(cast);
        let freshest = shared.min_by_key(|actor| (times(actor), (*actor).clone()));
        let actor = freshest.ok_or(NoLink::Apart)?.clone();
        if self.is_worn_out(&actor) {
            return Err(NoLink::WornOut);
        }
        *self.links.used.entry(actor.clone()).or_default() += 1;
        self.links.films.push(film);
        self.rival = self.rival.map(|_| self.last);
        self.last = user;
        self.at_ms = now_ms;
        Ok(actor)
    }
}

/// The actors of a work, from settled facts about it.
#[must_use]
pub fn cast<'a>(work: &str, facts: impl Iterator<Item = &'a Fact>) -> BTreeSet<EntityId> {
    let credits = facts.filter_map(credit);
    let of_it = credits.filter(|(_, of)| *of == work);
    of_it.map(|(person, _)| person.clone()).collect()
}

/// The works that an actor is in, from settled facts about them.
#[must_use]
pub fn films_with<'a>(actor: &str, facts: impl Iterator<Item = &'a Fact>) -> BTreeSet<EntityId> {
    let credits = facts.filter_map(credit);
    let theirs = credits.filter(|(person, _)| *person == actor);
    theirs.map(|(_, work)| work.clone()).collect()
}

/// Who is in which work, if a fact settles that.
fn credit(fact: &Fact) -> Option<(&EntityId, &EntityId)> {
    match &fact.kind {
        FactKind::Cast { person, work, .. } | FactKind::Appearance { person, work, .. }
            if fact.status == Status::Confirmed =>
        {
            Some((person, work))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn actors(of: &[u8]) -> BTreeSet<EntityId> {
        of.iter()
            .map(|actor| format!("actor-{actor}").into())
            .collect()
    }

    #[test]
    fn a_duel_goes_back_and_forth() {
        let (ann, bob, eve) = (UserId(1), UserId(2), UserId(3));
        let cast = actors(&[1]);
        let mut chain = Chain::begin("a".into(), ann, Some(bob), 0);
        let mut link = |film: &str, user| chain.link(film.into(), (&cast, &cast), user, 5);
        assert_eq!(link("b", ann), Err(NoLink::NotYourTurn));
        assert_eq!(link("b", eve), Err(NoLink::NotYourDuel));
        assert_eq!(link("a", bob), Err(NoLink::Named));
        assert_eq!(link("b", bob), Ok("actor-1".into()));
        assert_eq!(link("c", bob), Err(NoLink::NotYourTurn));
        assert_eq!(link("c", ann), Ok("actor-1".into()));
        assert_eq!(link("d", bob), Ok("actor-1".into()));
        assert_eq!(link("e", ann), Err(NoLink::WornOut));
        assert!(!chain.is_over(5 + MOVE_MS) && chain.is_over(6 + MOVE_MS));
    }

    proptest! {
        /// For any moves: no film twice, no actor more than three times, no member twice in a row,
        /// every link by a shared actor. A refused move changes nothing.
        #[test]
        fn a_chain_keeps_its_rules(
            casts in prop::collection::vec(prop::collection::vec(0_u8..5, 0..4), 12),
            moves in prop::collection::vec((0_usize..12, 1_u64..4), 0..40),
        ) {
            let casts: Vec<_> = casts.iter().map(|of| actors(of)).collect();
            let film = |at: usize| EntityId::from(format!("film-{at}"));
            let mut chain = Chain::begin(film(0), UserId(1), None, 0);
            let mut last = 0;
            for (at, user) in moves {
                let before = chain.clone();
                let user = UserId(user);
                let linked = chain.link(film(at), (&casts[last], &casts[at]), user, 1);
                if let Ok(actor) = linked {
                    prop_assert!(casts[last].contains(&actor) && casts[at].contains(&actor));
                    prop_assert_ne!(before.last, user);
                    last = at;
                } else {
                    prop_assert_eq!(&chain, &before);
                }
            }
            let films: BTreeSet<_> = chain.links.films.iter().collect();
            prop_assert_eq!(films.len(), chain.films());
            prop_assert!(chain.links.used.values().all(|uses| *uses <= ACTOR_MAX));
            let uses: usize = chain.links.used.values().map(|uses| usize::from(*uses)).sum();
            prop_assert_eq!(uses + 1, chain.films());
        }
    }
}
