//! A game with a thread of its own: what the thread is called, and what the channel sees of the game.

use super::escape::{clip, escape, plain};
use super::message::{Embed, Message, Tone};
use super::phrases;
use super::quiz::Frame;
use super::scoreboard;
use super::teams;
use heat_core::game::{Game, Mode, UserId};
use heat_core::lang::Lang;

/// The most characters of a thread's name:
/// <https://discord.com/developers/docs/resources/channel#start-thread-from-message-json-params>.
const NAME_MAX: usize = 100;
/// Winners named in one line.
const WINNERS_MAX: usize = 3;

/// Where the game is played, as far as the channel of its start is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Venue {
    /// In that channel, as always.
    Channel,
    /// In a thread of the start's message.
    Thread,
    /// In that channel, because no thread could be made.
    NoThread,
}

/// The start of a game with a word on where it is played.
#[must_use]
pub fn placed(lang: Lang, mut start: Message, venue: Venue) -> Message {
    let word = match venue {
        Venue::Channel => return start,
        Venue::Thread => "It is played in the thread below this message.",
        Venue::NoThread => {
            "I may not open a thread here (`/settings check` says what it takes), so we play in this channel."
        }
    };
    if let Some(embed) = start.embeds.first_mut() {
        if !embed.description.is_empty() {
            embed.description.push('\n');
        }
        embed.description.push_str(word);
    }
    start
}

/// What stands in the channel, for a thread to be made from, where the answer to the command did not
/// get there.
#[must_use]
pub fn card(frame: &Frame, game: &Game) -> Message {
    let title = clip(
        &format!("{}: {}", mode(frame.lang, game), escape(&frame.pack_title)),
        256,
    );
    let card = Message {
        embeds: vec![Embed {
            title,
            tone: Tone::Open,
            ..Embed::default()
        }],
        ..Message::default()
    };
    placed(frame.lang, card, Venue::Thread)
}

/// What the thread is called while the game is on.
#[must_use]
pub fn name(lang: Lang, frame: &Frame, game: &Game) -> String {
    let questions = phrases::count(lang, game.rounds().len(), phrases::Counted::Questions);
    clip(
        &format!(
            "{}: {} · {questions}",
            mode(frame.lang, game),
            plain(&frame.pack_title)
        ),
        NAME_MAX,
    )
}

/// What it is called afterwards: with who won, if they are known by name.
#[must_use]
pub fn closed_name(frame: &Frame, game: &Game) -> String {
    let of = format!("{}: {}", mode(frame.lang, game), plain(&frame.pack_title));
    let firsts = firsts(game);
    let name = |user: &UserId| {
        let known = frame.known.get(user)?;
        Some(plain(&known.name)).filter(|name| !name.is_empty())
    };
    let winner = match &firsts[..] {
        [one] if scoreboard::is_decided(scoreboard::ended(game)) => name(one),
        _ => None,
    };
    clip(
        &match winner {
            Some(winner) if !game.settings().rules().teams => {
                format!("{} won · {of}", clip(&winner, 40))
            }
            _ => format!("Over · {of}"),
        },
        NAME_MAX,
    )
}

/// The line that stays in the channel: who won, with the buttons of the scoreboard.
#[must_use]
pub fn result(lang: Lang, frame: &Frame, game: &Game) -> Message {
    let title = clip(&escape(&plain(&frame.pack_title)), 200);
    let questions = phrases::count(
        lang,
        usize::from(game.closed_rounds()),
        phrases::Counted::Questions,
    );
    let line = format!(
        "**{}: {title}** · {} · {questions}",
        mode(frame.lang, game),
        outcome(frame.lang, game)
    );
    Message {
        rows: scoreboard::buttons(frame, game),
        ..Message::sentence(line)
    }
}

/// "Foley won with 1,240 points".
fn outcome(lang: Lang, game: &Game) -> String {
    let decided = scoreboard::is_decided(scoreboard::ended(game));
    let named = |user: UserId| format!("<@{user}>");
    if decided && let Some(duel) = scoreboard::duel(game) {
        return duel.text(lang, named);
    }
    if decided
        && game.settings().rules().teams
        && let Some(verdict) = teams::verdict(lang, game)
    {
        return verdict.trim_end_matches('.').to_owned();
    }
    let firsts = firsts(game);
    let points = firsts.first().and_then(|first| game.players().get(first));
    let points = points.map_or(0, |player| u64::from(player.points));
    let points = phrases::thousands(lang, points);
    let winners: Vec<String> = firsts
        .iter()
        .take(WINNERS_MAX)
        .copied()
        .map(named)
        .collect();
    let winners: Vec<&str> = winners.iter().map(String::as_str).collect();
    match (firsts.len(), decided) {
        (0, _) => "nobody answered".to_owned(),
        (1, true) => format!("{} won with {points} points", winners.concat()),
        (1, false) => format!(
            "it ended early, {} led with {points} points",
            winners.concat()
        ),
        (n, _) if n <= WINNERS_MAX => {
            format!(
                "{} are even at {points} points",
                phrases::listed(lang, &winners)
            )
        }
        (n, _) => format!("{n} players are even at {points} points"),
    }
}

/// Those who are first.
fn firsts(game: &Game) -> Vec<UserId> {
    let ranking = game.ranking().into_iter();
    let firsts = ranking.filter(|(rank, ..)| *rank == 1);
    firsts.map(|(_, user, _)| user).collect()
}

fn mode(lang: Lang, game: &Game) -> String {
    match game.settings().mode {
        Mode::Classic => "Quiz".to_owned(),
        other => phrases::mode(lang, other),
    }
}
