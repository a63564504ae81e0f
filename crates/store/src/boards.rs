//! The leaderboards' arithmetic, shared by both databases: on which boards an answer counts, what
//! it adds, and how rows become a page.

use super::board_key::{BoardKey, scope_key};
use super::model::{id_from_sql, id_to_sql};
use super::tally::{Moves, Place};
use super::{AnswerRow, period};
use heat_core::id::{GuildId, UserId};
use heat_core::standing::{BoardPage, PAGE_ROWS, Scope, Standing, Zone};
use std::collections::BTreeMap;

/// Where a game's answers count besides the global boards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct GuildBoards {
    /// None for a direct message.
    pub(super) guild: Option<GuildId>,
    /// The server's time zone when the game started. A server may change its zone later, but what
    /// was counted must not move.
    pub(super) zone: Zone,
}

impl GuildBoards {
    /// Decodes the value stored in SQL. An unknown zone counts as UTC.
    pub(super) fn from_sql(guild: Option<i64>, zone: Option<&str>) -> GuildBoards {
        GuildBoards {
            guild: guild.map(id_from_sql),
            zone: zone.and_then(Zone::parse).unwrap_or_default(),
        }
    }
}

/// Encodes a zone for SQL; UTC is NULL.
pub(super) fn zone_to_sql(zone: Zone) -> Option<&'static str> {
    (zone != Zone::UTC).then(|| zone.name())
}

/// An answer whose round has been revealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) home: GuildBoards,
    pub(super) user: UserId,
    pub(super) correct: bool,
    pub(super) points: u32,
    pub(super) at_ms: i64,
}

impl Counted {
    pub(super) fn new(home: GuildBoards, answer: &AnswerRow) -> Counted {
        Counted {
            home,
            user: answer.user,
            correct: answer.correct,
            points: answer.points,
            at_ms: answer.at_ms,
        }
    }
}

/// A player's totals on a board.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) points: i64,
    pub(super) correct: i64,
    pub(super) answered: i64,
}

impl Sums {
    pub(super) fn count(&mut self, answer: &Counted) {
        self.points += i64::from(answer.points);
        self.correct += i64::from(answer.correct);
        self.answered += 1;
    }
}

/// The boards on which an answer counts.
pub(super) fn boards(answer: &Counted) -> impl Iterator<Item = BoardKey> {
    let GuildBoards { guild, zone } = answer.home;
    let everybodys = period::buckets(Zone::UTC.date(answer.at_ms));
    let own = if zone == Zone::UTC {
        everybodys
    } else {
        period::buckets(zone.date(answer.at_ms))
    };
    let own = guild.map(|guild| (Scope::Guild(guild), own));
    [Some((Scope::Global, everybodys)), own]
        .into_iter()
        .flatten()
        .flat_map(|(scope, buckets)| {
            buckets.map(|bucket| BoardKey {
                scope: scope_key(scope),
                bucket,
            })
        })
}

/// What players gain, by board and player. Rows are written in this order by every process, so that
/// two processes never deadlock.
pub(super) type Gains = BTreeMap<(BoardKey, i64), Sums>;

/// Adds up answers, so that a batch of many games touches each row of a busy board only once.
pub(super) fn gains(answers: &[Counted]) -> Gains {
    let mut gains = Gains::new();
    for answer in answers {
        for board in boards(answer) {
            let player = (board, id_to_sql(answer.user));
            gains.entry(player).or_default().count(answer);
        }
    }
    gains
}

/// Sums up the whole ledger, read player by player, so that each row of the standings is inserted
/// once and never looked up. Memory is bounded by one player and one chunk, however long the
/// ledger.
#[derive(Debug, Default)]
pub(super) struct Rebuild {
    player: Option<i64>,
    sums: BTreeMap<BoardKey, Sums>,
    rows: Vec<(BoardKey, i64, Sums)>,
    moves: Moves,
}

impl Rebuild {
    /// Rows written at once: enough to be efficient, few enough to hold in memory.
    const CHUNK: usize = 8_000;
    /// Tally slots held in memory. Many changes hit few slots, and each write is expensive.
    const SLOTS_MAX: usize = 200_000;

    /// Counts the ledger's next answer.
    pub(super) fn count(&mut self, answer: &Counted) {
        let player = id_to_sql(answer.user);
        if self.player != Some(player) {
            self.finish();
            self.player = Some(player);
        }
        for board in boards(answer) {
            self.sums.entry(board).or_default().count(answer);
        }
    }

    /// No more answers of this player will come.
    pub(super) fn finish(&mut self) {
        let Some(player) = self.player.take() else {
            return;
        };
        for (board, sums) in std::mem::take(&mut self.sums) {
            self.moves.add(board, None, sums.points);
            self.rows.push((board, player, sums));
        }
    }

    /// The complete rows and the tally changes so far, if there are enough of them or this is the
    /// end.
    pub(super) fn take_chunk(&mut self, last: bool) -> Option<Chunk> {
        if self.rows.len() < Self::CHUNK && !last {
            return None;
        }
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_unstable_by_key(|(board, player, _)| (*board, *player));
        let moves = if last || self.moves.len() >= Self::SLOTS_MAX {
            std::mem::take(&mut self.moves)
        } else {
            Moves::default()
        };
        Some((rows, moves))
    }
}

/// New rows of the standings, in order, and their changes to the tally.
pub(super) type Chunk = (Vec<(BoardKey, i64, Sums)>, Moves);

/// The index of a page's first row, counted from 0.
pub(super) fn first_row(page: u32) -> u64 {
    u64::from(page) * u64::from(PAGE_ROWS)
}

/// Makes a page. `start` is the index of its first row, at most the number of players; `rows` are
/// its rows, best first, with ranks still to be filled in.
pub(super) fn assemble(
    page: u32,
    players: u64,
    start: Option<Place>,
    rows: Vec<Standing>,
) -> BoardPage {
    let mut result = BoardPage {
        rows,
        page,
        pages: u32::try_from(players.div_ceil(u64::from(PAGE_ROWS))).unwrap_or(u32::MAX),
        players,
    };
    let Some(start) = start else {
        return result;
    };
    // Players with equal points share the best rank among them.
    let mut rank = start.above + 1;
    let mut points = start.points.cast_unsigned();
    for (position, row) in (first_row(page) + 1..).zip(&mut result.rows) {
        if row.points != points {
            (rank, points) = (position, row.points);
        }
        row.rank = rank;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use heat_core::standing::Board;
    use proptest::prelude::*;

    /// A newer program may have stored a zone that we do not know.
    #[test]
    fn a_zone_is_read_back_and_an_unknown_one_as_utc() {
        for zone in Zone::all() {
            let read = GuildBoards::from_sql(Some(7), zone_to_sql(zone));
            assert_eq!((read.guild, read.zone), (Some(GuildId(7)), zone));
        }
        assert_eq!(
            GuildBoards::from_sql(None, Some("Mars/Gale")),
            GuildBoards::default()
        );
    }

    proptest! {
        /// A board for a given moment includes the answers of that moment.
        #[test]
        fn an_answer_counts_on_the_boards_of_its_moment(
            at_ms in 0..4_102_444_800_000_i64,
            guild in proptest::option::of(1..u64::MAX),
            pick in any::<prop::sample::Index>(),
        ) {
            let zones: Vec<Zone> = Zone::all().collect();
            let zone = *pick.get(&zones);
            let answer = Counted {
                home: GuildBoards { guild: guild.map(GuildId), zone },
                user: UserId(1),
                correct: true,
                points: 1,
                at_ms,
            };
            let scopes = [Some(Scope::Global), guild.map(GuildId).map(Scope::Guild)];
            let asked = scopes.into_iter().flatten().flat_map(|scope| {
                period::PERIODS.map(|period| {
                    BoardKey::of(Board { scope, period, now_ms: at_ms, zone })
                })
            });
            let asked: Vec<_> = asked.collect();
            prop_assert_eq!(boards(&answer).collect::<Vec<_>>(), asked);
            // Read the keys' digits back as a date.
            let own = zone.civil(at_ms).date();
            let day = boards(&answer).nth(if guild.is_some() { 4 } else { 0 }).expect("a board");
            let expect = if guild.is_some() { own } else { Zone::UTC.date(at_ms) };
            let read = format!("{}", day.bucket - 100_000_000);
            prop_assert_eq!(read, expect.strftime("%Y%m%d").to_string());
        }
    }
}
