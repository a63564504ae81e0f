//! Collects a member's own data for download.
//!
//! Nothing in it reveals an open question, except what the member answered.

use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::host::events_of;
use heat_core::game::{Event, Response};
use heat_core::id::{GameId, GuildId, UserId};
use heat_core::lang::Lang;
use heat_core::standing::{Board, Period, Scope};
use heat_store::{MemberRows, StoredGame};
use heat_view::privacy::Export;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many games are read at once.
const GAMES_AT_ONCE: u32 = 20;
/// The most servers whose boards are looked up: those of the newest games.
const SERVERS_MAX: usize = 25;
const MS_A_DAY: i64 = 86_400_000;

/// The member's file, or the next one, with the games before `before`.
pub async fn file(
    lang: Lang,
    app: &App,
    member: UserId,
    before: Option<GameId>,
) -> Result<Export, HandlerError> {
    let mut games = app
        .store
        .member_games(member, before, GAMES_AT_ONCE)
        .await?;
    let mut head = about(lang, app, member);
    if before.is_none() {
        head.insert(
            "standings".to_owned(),
            standings(app, member, &games).await?,
        );
        for (table, rows) in readable(app.store.member_rows(member).await?) {
            head.insert(table, rows);
        }
    }
    let mut export = Export::new(member, head);
    while let Some(last) = games.last().map(|game| game.id) {
        for game in &games {
            if !export.add(GameId(game.id.0), of_game(game, member)) {
                return Ok(export);
            }
        }
        games = app
            .store
            .member_games(member, Some(last), GAMES_AT_ONCE)
            .await?;
    }
    export.finish();
    Ok(export)
}

fn about(lang: Lang, app: &App, member: UserId) -> Map<String, Value> {
    let mut head = Map::new();
    let about = heat_view::privacy::about_export(lang);
    head.insert("about".to_owned(), json!(about));
    head.insert("member".to_owned(), json!(member.to_string()));
    head.insert("made_at".to_owned(), time((app.clock)()));
    head
}

/// The member's ranks on the boards of today, this week, this month and all time: the global ones,
/// and those of servers where they played.
async fn standings(app: &App, member: UserId, games: &[StoredGame]) -> Result<Value, HandlerError> {
    let servers: BTreeSet<GuildId> = games.iter().filter_map(|game| game.meta.guild).collect();
    let servers = servers.into_iter().take(SERVERS_MAX).map(Scope::Guild);
    let mut found = Vec::new();
    for scope in std::iter::once(Scope::Global).chain(servers) {
        let server = match scope {
            Scope::Global => None,
            Scope::Guild(guild) => Some(guild),
        };
        let zone = app.settings(server).await?.zone;
        for period in Period::ALL {
            let board = Board {
                scope,
                period,
                now_ms: (app.clock)(),
                zone,
            };
            let Some(standing) = app.store.standing(board, member).await? else {
                continue;
            };
            found.push(json!({
                "server": server.map(|guild| guild.to_string()),
                "period": period.name(),
                "rank": standing.rank,
                "points": standing.points,
                "right": standing.correct,
                "answered": standing.answered,
            }));
        }
    }
    Ok(json!(found))
}

/// Rows with names, ids and times in readable form.
fn readable(rows: MemberRows) -> impl Iterator<Item = (String, Value)> {
    rows.into_iter().map(|(table, rows)| {
        let rows = rows.into_iter().map(|row| {
            let columns = row.into_iter().filter_map(|(name, value)| {
                Some(match (name.as_str(), value.as_i64()) {
                    // The top of the file says whose they are.
                    ("user" | "player" | "member", _) => return None,
                    ("guild", Some(id)) => {
                        ("server".to_owned(), json!(id.cast_unsigned().to_string()))
                    }
                    ("guild", None) => ("server".to_owned(), value),
                    ("channel", Some(id)) => (name, json!(id.cast_unsigned().to_string())),
                    ("day" | "last_day", Some(day)) => (name, json!(date(day))),
                    ("correct", Some(right)) => (name, json!(right != 0)),
                    (_, Some(ms)) if name.ends_with("_ms") => {
                        (name.trim_end_matches("_ms").to_owned(), time(ms))
                    }
                    _ => (name, value),
                })
            });
            Value::Object(columns.collect())
        });
        (table, Value::Array(rows.collect()))
    })
}

/// What to include about a game: the member's actions, and nothing about others.
fn of_game(game: &StoredGame, member: UserId) -> Value {
    // Only the row is included if a game can no longer be read.
    let events = events_of(game).unwrap_or_default();
    json!({
        "game": game.id.to_string(),
        "server": game.meta.guild.map(|id| id.to_string()),
        "channel": game.meta.channel.to_string(),
        "share_code": game.meta.code,
        "started_at": time(game.meta.started_at_ms),
        "started_by_you": game.meta.starter == member,
        "over": game.ended,
        "answers": answers(&events, member),
        "besides": besides(&events, member),
    })
}

fn answers(events: &[Event], member: UserId) -> Vec<Value> {
    let Some(Event::Started { rounds, .. }) = events.first() else {
        return Vec::new();
    };
    let closed: BTreeSet<u16> = events
        .iter()
        .filter_map(|event| match event {
            Event::Closed { round, .. } => Some(*round),
            _ => None,
        })
        .collect();
    let mut scored: BTreeMap<u16, u32> = BTreeMap::new();
    for event in events {
        if let Event::Scored {
            round,
            user,
            points,
        } = event
            && *user == member
        {
            *scored.entry(*round).or_default() += points;
        }
    }
    let mut answers = Vec::new();
    for event in events {
        let Event::Answered {
            round,
            user,
            response,
            correct,
            points,
            elapsed_ms,
            at_ms,
            ..
        } = event
        else {
            continue;
        };
        let asked = rounds.get(usize::from(*round));
        let (Some(asked), true) = (asked, *user == member) else {
            continue;
        };
        let question = &asked.question;
        let mut answer = json!({
            "number": round + 1,
            "question": question.id,
            "pack": question.pack,
            "topic": question.topic,
            "asked": question.prompt,
            "answered": match response {
                Response::Choice { choice } => asked.choice(*choice).map(|c| c.text.clone()),
                Response::Typed { text } => Some(text.clone()),
            },
            "milliseconds": elapsed_ms,
            "at": time(*at_ms),
        });
        if closed.contains(round) {
            answer["right_answer"] = json!(question.answer.text);
            answer["right"] = json!(correct);
            answer["points"] = json!(points + scored.get(round).copied().unwrap_or(0));
        }
        answers.push(answer);
    }
    answers
}

/// The member's actions other than answers: joining, voting, hints, pauses, lost lives.
fn besides(events: &[Event], member: UserId) -> Vec<Value> {
    let of_member = events.iter().filter(|event| {
        let is_elsewhere = matches!(
            event,
            Event::Started { .. } | Event::Answered { .. } | Event::Scored { .. }
        );
        !is_elsewhere && event.members().contains(&member)
    });
    of_member
        .map(|event| {
            let mut action = serde_json::to_value(event).unwrap_or_default();
            if let Some(fields) = action.as_object_mut() {
                for whose in ["user", "by", "users"] {
                    fields.remove(whose);
                }
                if let Some(round) = fields.remove("round").and_then(|round| round.as_u64()) {
                    fields.insert("number".to_owned(), json!(round + 1));
                }
            }
            action
        })
        .collect()
}

fn time(ms: i64) -> Value {
    json!(
        Timestamp::from_millisecond(ms)
            .map(|at| at.to_string())
            .ok()
    )
}

/// A date, from days since 1970.
fn date(day: i64) -> Option<String> {
    let at = Timestamp::from_millisecond(day.checked_mul(MS_A_DAY)?).ok()?;
    at.to_string().get(..10).map(str::to_owned)
}
