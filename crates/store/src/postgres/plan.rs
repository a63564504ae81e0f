//! Combines many writes: which of them fit what is stored, and what they change together.
//!
//! Pure, so a refused write leaves nothing to roll back, and a batch takes a handful of statements,
//! no matter how many writes are in it.

use super::asked_history::{self, Pages};
use crate::boards::GuildBoards;
use crate::model::id_to_sql;
use crate::{AnswerRow, NewGame, StoreError, Write};
use std::collections::{BTreeMap, BTreeSet};

/// A round's number, as encoded for SQL, with its game.
pub(super) type Round = (i64, i64);

/// What a transaction knows of a game once it has locked the game's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LockedGame {
    pub(super) home: GuildBoards,
    pub(super) place: i64,
    pub(super) next_seq: Option<i64>,
}

/// What is stored, as far as a batch needs to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Before {
    /// Games that this transaction has just created.
    pub(super) created: BTreeSet<i64>,
    /// Those and the other games of the batch.
    pub(super) games: BTreeMap<i64, LockedGame>,
    /// Which of the batch's rounds had been revealed.
    pub(super) revealed: BTreeSet<Round>,
    /// The existing pages of questions that the batch changes.
    pub(super) pages: Pages,
}

/// How a game's row changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) next_seq: Option<i64>,
    pub(super) route: Option<String>,
    pub(super) ended: bool,
}

/// What a batch changes, and the result of each write.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan<'a> {
    pub(super) results: Vec<Result<(), StoreError>>,
    pub(super) games: BTreeMap<i64, Change>,
    pub(super) events: Vec<(i64, i64, &'a str)>,
    /// Who takes part in which game.
    pub(super) participants: BTreeSet<(i64, i64)>,
    pub(super) answers: Vec<(i64, &'a AnswerRow)>,
    /// Rounds revealed now for the first time.
    pub(super) revealed: BTreeSet<Round>,
    /// The changed pages of questions, with their new content.
    pub(super) asked: Pages,
}

/// The first writes that want to create a game, by game.
pub(super) fn creations(writes: &[Write]) -> BTreeMap<i64, &NewGame> {
    let mut creations = BTreeMap::new();
    for write in writes {
        if let Some(new) = &write.create {
            creations.entry(id_to_sql(write.game)).or_insert(new);
        }
    }
    creations
}

/// The rounds that a batch concerns.
pub(super) fn rounds(writes: &[Write]) -> BTreeSet<Round> {
    let of = |write: &Write| {
        let answered = write.answers.iter().map(|answer| answer.round);
        let rounds: Vec<_> = answered.chain(write.revealed.iter().copied()).collect();
        let game = id_to_sql(write.game);
        rounds
            .into_iter()
            .map(move |round| (game, i64::from(round)))
    };
    writes.iter().flat_map(of).collect()
}

/// Checks the writes in order, each against what is stored and the writes before it.
pub(super) fn plan(writes: &[Write], mut before: Before) -> Plan<'_> {
    let mut plan = Plan::default();
    for write in writes {
        let result = follows(write, &mut before);
        if let Ok(known) = &result {
            plan.take(write, known, &before);
        }
        plan.results.push(result.map(|_| ()));
    }
    plan
}

/// Whether a write may be made. If so, its game advances for the next one.
fn follows(write: &Write, before: &mut Before) -> Result<LockedGame, StoreError> {
    let refuse = |reason: &str| StoreError::Conflict {
        game: write.game,
        reason: reason.to_owned(),
    };
    let game = id_to_sql(write.game);
    // A game created by this transaction exists only from the write that asked for it.
    let is_new = match &write.create {
        Some(_) => before.created.remove(&game),
        None => false,
    };
    if write.create.is_some() && !is_new {
        return Err(refuse("it exists already"));
    }
    let known = match before.games.get_mut(&game) {
        Some(known) if !before.created.contains(&game) => known,
        _ => return Err(refuse("there is no such game")),
    };
    if !write.events.is_empty() {
        let first = i64::from(write.first_seq);
        if let Some(next) = known.next_seq
            && next != first
        {
            return Err(refuse(&format!(
                "its last event is number {}, and the next came as number {first}",
                next - 1
            )));
        }
        let events = i64::try_from(write.events.len()).unwrap_or(i64::MAX);
        known.next_seq = Some(first + events);
    }
    Ok(known.clone())
}

impl<'a> Plan<'a> {
    /// Adds an accepted write. Its game's new state is `known`.
    fn take(&mut self, write: &'a Write, known: &LockedGame, before: &Before) {
        let game = id_to_sql(write.game);
        let change = self.games.entry(game).or_default();
        change.next_seq = known.next_seq;
        change.ended |= write.ended;
        if write.route.is_some() {
            change.route.clone_from(&write.route);
        }
        let numbered = (i64::from(write.first_seq)..).zip(&write.events);
        self.events
            .extend(numbered.map(|(seq, body)| (game, seq, body.as_str())));
        let members = write.participants().into_iter();
        self.participants
            .extend(members.map(|member| (member, game)));
        self.answers
            .extend(write.answers.iter().map(|answer| (game, answer)));
        let rounds = write.revealed.iter().map(|round| (game, i64::from(*round)));
        self.revealed
            .extend(rounds.filter(|round| !before.revealed.contains(round)));
        for question in &write.asked {
            let (pages, place) = (&mut self.asked, known.place);
            asked_history::note(pages, &before.pages, place, question, write.game);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heat_core::asked_history::AskedHistory;
    use heat_core::id::GameId;

    fn step(game: GameId, first_seq: u32, events: &[&str]) -> Write {
        Write {
            game,
            first_seq,
            events: events.iter().map(ToString::to_string).collect(),
            ..Write::default()
        }
    }

    fn create(game: GameId) -> Write {
        Write {
            create: Some(NewGame::default()),
            ..step(game, 7, &["begin"])
        }
    }

    fn known(next_seq: Option<i64>) -> LockedGame {
        LockedGame {
            home: GuildBoards::from_sql(Some(1), None),
            place: 1,
            next_seq,
        }
    }

    /// In order within one batch: each write depends on those before it.
    #[test]
    fn writes_are_checked_in_order() {
        let writes = Vec::from([
            step(GameId(1), 0, &["too early"]),
            create(GameId(1)),
            create(GameId(1)),
            step(GameId(1), 8, &["a", "b"]),
            step(GameId(1), 9, &["late"]),
            step(GameId(1), 10, &["c"]),
            step(GameId(2), 5, &["d"]),
            create(GameId(2)),
            step(GameId(3), 0, &["nowhere"]),
        ]);
        let before = Before {
            created: [1].into(),
            games: [(1, known(None)), (2, known(Some(5)))].into(),
            ..Before::default()
        };
        let plan = plan(&writes, before);
        let accepted: Vec<_> = plan.results.iter().map(Result::is_ok).collect();
        let expect = [false, true, false, true, false, true, true, false, false];
        assert_eq!(accepted, expect, "{:?}", plan.results);
        let expect = [
            (1, 7, "begin"),
            (1, 8, "a"),
            (1, 9, "b"),
            (1, 10, "c"),
            (2, 5, "d"),
        ];
        assert_eq!(plan.events, expect);
        let next: Vec<_> = plan.games.values().map(|game| game.next_seq).collect();
        assert_eq!(next, [Some(11), Some(6)]);
    }

    #[test]
    fn repeats_count_once_and_the_last_value_wins() {
        let route = |route: &str, asked: &[&str], revealed: &[u16]| Write {
            route: Some(route.to_owned()),
            asked: asked.iter().map(ToString::to_string).collect(),
            revealed: revealed.to_vec(),
            ..step(GameId(1), 0, &[])
        };
        let end = Write {
            ended: true,
            ..step(GameId(1), 0, &[])
        };
        let writes = Vec::from([
            route("old", &["a", "b"], &[1, 2]),
            end,
            route("new", &["a", "c"], &[2, 3]),
        ]);
        let mut pages = Pages::new();
        for (question, game) in [("a", 7), ("old", 9)] {
            asked_history::note(&mut pages, &Pages::new(), 1, question, GameId(game));
        }
        let before = Before {
            games: [(1, known(Some(4)))].into(),
            revealed: [(1, 1)].into(),
            pages,
            ..Before::default()
        };
        let plan = plan(&writes, before);
        assert_eq!(plan.revealed, [(1, 2), (1, 3)].into());
        let asked = AskedHistory::of_pages(plan.asked.values());
        assert_eq!(
            asked,
            ["a", "b", "c"]
                .map(|id| (id, GameId(1)))
                .into_iter()
                .collect()
        );
        let change = Change {
            next_seq: Some(4),
            route: Some("new".to_owned()),
            ended: true,
        };
        assert_eq!(plan.games, [(1, change)].into());
    }
}
