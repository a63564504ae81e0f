//! The results of games for use outside Discord: a table row per player, or one JSON document per
//! game. Members appear only as ids, and nothing that a member wrote is included.

use crate::bank::PackList;
use crate::game::{EndReason, Game, Mode, Phase};
use crate::id::{ChannelId, GameId, GuildId, UserId};
use jiff::Timestamp;
use serde_json::{Value, json};

/// The version of the JSON document. It grows only if a field changes its meaning or is removed.
const SCHEMA: u32 = 1;

/// The columns of the table.
const COLUMNS: [&str; 17] = [
    "game",
    "server",
    "channel",
    "started_at",
    "mode",
    "pack",
    "about",
    "share_code",
    "ended",
    "questions",
    "place",
    "member",
    "team",
    "points",
    "right",
    "answered",
    "won",
];

/// What is known of a game besides its events.
#[derive(Debug, Clone, Copy)]
pub struct Played<'a> {
    /// Its number.
    pub game: GameId,
    /// The server; `None` in a direct message.
    pub server: Option<GuildId>,
    /// Where it was played.
    pub channel: ChannelId,
    /// When it was started, in milliseconds since 1970, UTC.
    pub started_at_ms: i64,
    /// The code to play it again.
    pub code: &'a str,
}

/// The result of a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GameResult {
    game: GameId,
    server: Option<GuildId>,
    channel: ChannelId,
    started_at: String,
    code: String,
    mode: Mode,
    packs: PackList,
    about: Option<String>,
    ended: EndReason,
    /// How many questions were asked and closed.
    questions: u16,
    players: Vec<PlayerResult>,
    teams: Vec<TeamResult>,
}

/// A player's result.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PlayerResult {
    place: usize,
    /// `None` if they had their data deleted.
    member: Option<UserId>,
    team: Option<u8>,
    points: u32,
    right: u16,
    answered: u16,
    won: bool,
}

/// A team's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TeamResult {
    team: u8,
    place: usize,
    points: u32,
}

impl GameResult {
    /// The result of a game that is over; `None` if it is not, or never began.
    #[must_use]
    pub fn of(played: Played<'_>, game: &Game) -> Option<Self> {
        let Phase::Ended(ended) = game.phase() else {
            return None;
        };
        if matches!(ended, EndReason::Declined | EndReason::Unanswered) {
            return None;
        }
        let teams: Vec<TeamResult> = game
            .teams()
            .into_iter()
            .map(|team| TeamResult {
                team: team.number,
                place: team.rank,
                points: team.points,
            })
            .collect();
        let is_first = |team: u8| teams.iter().any(|t| t.team == team && t.place == 1);
        let ranking = game.ranking();
        // A lone player beats nobody, and a game that was broken off has no winner.
        let is_won = ranking.len() > 1
            && matches!(
                ended,
                EndReason::Finished | EndReason::LastStanding | EndReason::AllOut
            );
        let players = ranking.into_iter().map(|(place, user, player)| {
            let team = game.team_of(user);
            PlayerResult {
                place,
                member: (!user.is_nobody()).then_some(user),
                team,
                points: player.points,
                right: player.correct,
                answered: player.answered,
                won: is_won && team.map_or(place == 1, is_first),
            }
        });
        let players = players.collect();
        Some(Self {
            game: played.game,
            server: played.server,
            channel: played.channel,
            started_at: time(played.started_at_ms),
            code: played.code.to_owned(),
            mode: game.settings().mode,
            packs: game.settings().packs.clone(),
            about: game.settings().about.as_ref().map(ToString::to_string),
            ended,
            questions: game.closed_rounds(),
            players,
            teams,
        })
    }

    /// The document of this result. Packs and subjects are left out, because members choose the
    /// names of a server's own ones.
    #[must_use]
    pub fn document(&self) -> Value {
        let players: Vec<Value> = self
            .players
            .iter()
            .map(|player| {
                json!({
                    "place": player.place,
                    "member": player.member.map(|id| id.to_string()),
                    "team": player.team.map(|team| team + 1),
                    "points": player.points,
                    "right": player.right,
                    "answered": player.answered,
                    "won": player.won,
                })
            })
            .collect();
        let teams: Vec<Value> = self
            .teams
            .iter()
            .map(
                |team| json!({ "team": team.team + 1, "place": team.place, "points": team.points }),
            )
            .collect();
        json!({
            "type": "game.ended",
            "schema": SCHEMA,
            "data": {
                "game": self.game.to_string(),
                "server": self.server.map(|id| id.to_string()),
                "channel": self.channel.to_string(),
                "started_at": self.started_at,
                "mode": self.mode.name(),
                "share_code": self.code,
                "ended": ended_name(self.ended),
                "questions": self.questions,
                "players": players,
                "teams": teams,
            },
        })
    }

    fn rows(&self) -> impl Iterator<Item = [String; 17]> + '_ {
        self.players.iter().map(|player| {
            [
                self.game.to_string(),
                self.server.map(|id| id.to_string()).unwrap_or_default(),
                self.channel.to_string(),
                self.started_at.clone(),
                self.mode.name().to_owned(),
                self.packs.ids().join(" "),
                self.about.clone().unwrap_or_default(),
                self.code.clone(),
                ended_name(self.ended).to_owned(),
                self.questions.to_string(),
                player.place.to_string(),
                player.member.map(|id| id.to_string()).unwrap_or_default(),
                player
                    .team
                    .map(|team| (team + 1).to_string())
                    .unwrap_or_default(),
                player.points.to_string(),
                player.right.to_string(),
                player.answered.to_string(),
                player.won.to_string(),
            ]
        })
    }
}

/// The first line of the table.
#[must_use]
pub fn csv_head() -> String {
    csv_lines(std::iter::once(COLUMNS))
}

/// One line of the table per player of a game.
#[must_use]
pub fn csv_rows(result: &GameResult) -> String {
    csv_lines(result.rows())
}

/// Lines of a CSV file as in RFC 4180. A cell that a spreadsheet would read as a formula gets an
/// apostrophe in front: a subject's name may begin with anything.
#[must_use]
pub fn csv_lines<const N: usize, T: AsRef<str>>(rows: impl Iterator<Item = [T; N]>) -> String {
    let mut lines = String::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                lines.push(',');
            }
            push_cell(&mut lines, cell.as_ref());
        }
        lines.push_str("\r\n");
    }
    lines
}

fn push_cell(line: &mut String, cell: &str) {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if is_formula { "'" } else { "" };
    if cell.contains(['"', ',', '\r', '\n']) {
        line.push('"');
        line.push_str(guard);
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(guard);
        line.push_str(cell);
    }
}

fn ended_name(ended: EndReason) -> &'static str {
    match ended {
        EndReason::Finished => "finished",
        EndReason::Stopped => "stopped",
        EndReason::Abandoned => "abandoned",
        EndReason::CannotPost => "cannot-post",
        EndReason::LastStanding => "last-standing",
        EndReason::AllOut => "all-out",
        EndReason::PausedTooLong => "paused-too-long",
        EndReason::HostAway => "host-away",
        EndReason::Declined => "declined",
        EndReason::Unanswered => "unanswered",
    }
}

fn time(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(|_| String::new(), |at| at.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::Event;
    use serde_json::from_value;

    const ANN: u64 = 181_234_567_890_123_456;
    const BO: u64 = 281_234_567_890_123_456;

    fn played(code: &str) -> Played<'_> {
        Played {
            game: GameId(1_181_234_567_890_123_456),
            server: Some(GuildId(7)),
            channel: ChannelId(8),
            started_at_ms: 1_790_000_000_000,
            code,
        }
    }

    /// Two questions were planned; two members answered the first.
    fn events(mode: &str, end: &str) -> Vec<Event> {
        let question = |id: &str| {
            json!({ "question": {
                "id": id, "prompt": "Who?", "answer": {"text": "Robin"}, "distractors": [{"text": "A"}, {"text": "B"}, {"text": "C"}], "reason": "So.",
                "pack": "p", "facts": [], "topic": "cast", "difficulty": "easy", "template": "t", "citation": "",
            }, "choices": [null, 0, 1, 2] })
        };
        let all = json!([
            {"event": "started", "settings": {"pack": "pub-night", "about": "series:=cmd", "rounds": 2, "seconds": 20,
                "difficulty": null, "starter": ANN, "solo": false, "mode": mode},
             "rounds": [question("a"), question("b")], "first_at_ms": 5},
            {"event": "asking", "round": 0, "give_up_at_ms": 9},
            {"event": "opened", "round": 0, "message": 5, "opened_at_ms": 10, "closes_at_ms": 20},
            {"event": "answered", "round": 0, "user": ANN, "choice": 0, "correct": true, "points": 150, "streak": 1, "elapsed_ms": 5, "at_ms": 15},
            {"event": "answered", "round": 0, "user": BO, "text": "something rude", "correct": false, "points": 0, "streak": 0, "elapsed_ms": 6, "at_ms": 16},
            {"event": "closed", "round": 0, "reason": "time-up", "next_at_ms": 30},
            {"event": "ended", "reason": end},
        ]);
        from_value(all).expect("events")
    }

    #[test]
    fn a_result_has_ids_and_numbers_and_nothing_that_was_written() {
        let game = Game::replay(events("classic", "finished")).expect("a game");
        let result = GameResult::of(played("1-AB"), &game).expect("it is over");
        let document = result.document();
        let expect = json!({
            "type": "game.ended",
            "schema": 1,
            "data": {
                "game": "1181234567890123456", "server": "7", "channel": "8",
                "started_at": "2026-09-21T14:13:20Z", "mode": "classic", "share_code": "1-AB",
                "ended": "finished", "questions": 1,
                "players": [
                    { "place": 1, "member": ANN.to_string(), "team": null, "points": 150, "right": 1, "answered": 1, "won": true },
                    { "place": 2, "member": BO.to_string(), "team": null, "points": 0, "right": 0, "answered": 1, "won": false },
                ],
                "teams": [],
            },
        });
        assert_eq!(document, expect);
        let said = document.to_string();
        for text in ["rude", "pub-night", "cmd", "Robin", "Who?"] {
            assert!(!said.contains(text), "{text}: {said}");
        }
        let table = csv_head() + &csv_rows(&result);
        assert_eq!(table.lines().count(), 3, "{table}");
        assert!(!table.contains("rude"), "{table}");
        let ann = "1181234567890123456,7,8,2026-09-21T14:13:20Z,classic,pub-night,series:=cmd,1-AB,finished,1,1,181234567890123456,,150,1,1,true";
        assert_eq!(table.lines().nth(1), Some(ann));
    }

    #[test]
    fn a_game_that_broke_off_has_no_winner_and_one_that_goes_on_no_result() {
        let game = Game::replay(events("classic", "stopped")).expect("a game");
        let result = GameResult::of(played("c"), &game).expect("it is over");
        assert!(result.players.iter().all(|player| !player.won));
        let mut events = events("classic", "finished");
        events.pop();
        let game = Game::replay(events).expect("a game");
        assert_eq!(GameResult::of(played("c"), &game), None);
    }

    #[test]
    fn cells_are_quoted_and_no_spreadsheet_runs_them() {
        let line = csv_lines(std::iter::once([
            "=1+1",
            "a \"b\", c",
            "-2\n3",
            "plain",
            "",
        ]));
        assert_eq!(line, "'=1+1,\"a \"\"b\"\", c\",\"'-2\n3\",plain,\r\n");
    }
}
