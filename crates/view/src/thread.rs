//! A game with a thread of its own: what the thread is called, and what the channel sees of the game.

use super::catalogue::text;
use super::escape::{clip, escape, plain};
use super::message::{Embed, Message, Tone};
use super::phrases;
use super::quiz::{Frame, mode_title};
use super::scoreboard;
use super::teams;
use heat_core::game::{Game, UserId};
use heat_core::lang::Lang;

/// The most characters of a thread's name:
/// <https://discord.com/developers/docs/resources/channel#start-thread-from-message-json-params>.
const NAME_MAX: usize = 100;
/// Winners named in one line.
const WINNERS_MAX: usize = 3;

/// Where the game is played, as shown in the channel where it was started.
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
        Venue::Thread => text!(lang, "thread-below"),
        Venue::NoThread => text!(lang, "thread-refused"),
    };
    if let Some(embed) = start.embeds.first_mut() {
        if !embed.description.is_empty() {
            embed.description.push('\n');
        }
        embed.description.push_str(&word);
    }
    start
}

/// The message in the channel from which the thread is made, if the command's answer did not arrive
/// there.
#[must_use]
pub fn card(frame: &Frame, game: &Game) -> Message {
    let mode = mode_title(frame.lang, game.settings().mode);
    let title = clip(&format!("{mode}: {}", escape(&frame.pack_title)), 256);
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
pub fn name(frame: &Frame, game: &Game) -> String {
    let count = game.rounds().len();
    let questions = phrases::count(frame.lang, count, phrases::Counted::Questions);
    clip(&format!("{} · {questions}", played(frame, game)), NAME_MAX)
}

/// "Quiz: Heat 2".
fn played(frame: &Frame, game: &Game) -> String {
    let mode = mode_title(frame.lang, game.settings().mode);
    format!("{mode}: {}", plain(&frame.pack_title))
}

/// The name of the thread afterwards. It includes the winner, if their name is known.
#[must_use]
pub fn closed_name(frame: &Frame, game: &Game) -> String {
    let played = played(frame, game);
    let firsts = firsts(game);
    let name = |user: &UserId| {
        let known = frame.known.get(user)?;
        Some(plain(&known.name)).filter(|name| !name.is_empty())
    };
    let winner = match &firsts[..] {
        [one] if scoreboard::is_decided(scoreboard::ended(game)) => name(one),
        _ => None,
    };
    let name = match winner {
        Some(winner) if !game.settings().rules().teams => text!(
            frame.lang,
            "thread-name-won",
            winner = clip(&winner, 40),
            game = played
        ),
        _ => text!(frame.lang, "thread-name-over", game = played),
    };
    clip(&name, NAME_MAX)
}

/// The line that stays in the channel: who won, with the buttons of the scoreboard.
#[must_use]
pub fn result(frame: &Frame, game: &Game) -> Message {
    let lang = frame.lang;
    let mode = mode_title(lang, game.settings().mode);
    let title = clip(&escape(&plain(&frame.pack_title)), 200);
    let outcome = outcome(lang, game);
    let count = usize::from(game.closed_rounds());
    let questions = phrases::count(lang, count, phrases::Counted::Questions);
    let line = format!("**{mode}: {title}** · {outcome} · {questions}");
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
        return verdict;
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
        (0, _) => text!(lang, "thread-nobody"),
        (1, true) => text!(
            lang,
            "thread-won",
            winner = winners.concat(),
            points = points
        ),
        (1, false) => text!(
            lang,
            "thread-ended-early",
            leader = winners.concat(),
            points = points
        ),
        (n, _) if n <= WINNERS_MAX => text!(
            lang,
            "thread-even",
            winners = phrases::listed(lang, &winners),
            points = points
        ),
        (n, _) => text!(lang, "thread-even-many", n = n, points = points),
    }
}

/// Those who are first.
fn firsts(game: &Game) -> Vec<UserId> {
    let ranking = game.ranking().into_iter();
    let firsts = ranking.filter(|(rank, ..)| *rank == 1);
    firsts.map(|(_, user, _)| user).collect()
}
