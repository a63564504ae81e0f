//! The drawn end of a game: its [`FinalSheet`] contains every word of the card, and its description
//! repeats them for members who cannot see it.

use super::awards::{self, Feats};
use super::catalogue::text;
use super::escape::{clip, plain};
use super::limits::ALT_MAX;
use super::message::{File, Message};
use super::phrases;
use super::quiz::{Frame, PlayerInfo};
use super::race;
use super::scoreboard::{duel, ended, is_decided, right};
use super::teams;
use heat_core::game::{Game, Player, Team, UserId};
use heat_core::lang::Lang;

/// The card's file name.
const NAME: &str = "final.png";
/// Places on the podium.
pub const PODIUM_MAX: usize = 3;
/// Players listed below the podium; the message has all.
const REST_MAX: usize = 5;
/// All the listed players.
pub const LINES_MAX: usize = PODIUM_MAX + REST_MAX;
/// The longest name that is shown, in UTF-16 units: Discord's own names end at 32.
const NAME_MAX: usize = 40;

/// The complete text of the final card, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinalSheet {
    /// "Foley beats Grip 5:3", or "Final scores".
    pub title: Wording,
    /// What was played.
    pub subject: String,
    /// The first three, best first.
    pub podium: Vec<Standing>,
    /// Those behind them.
    pub rest: Vec<Standing>,
    /// The highlights.
    pub awards: Vec<Wording>,
}

/// A line with names in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// With display names.
    pub text: String,
    /// With usernames, in case the card's font lacks letters of the display names.
    pub with_usernames: String,
}

impl Wording {
    fn of(frame: &Frame, words: impl Fn(&dyn Fn(UserId) -> String) -> String) -> Self {
        let named = |name: &dyn Fn(&PlayerInfo) -> String| {
            words(&|user| {
                let known = frame.known.get(&user);
                known.map_or_else(|| text!(frame.lang, "final-card-somebody"), name)
            })
        };
        Self {
            text: named(&shown),
            with_usernames: named(&|known| clip(&plain(&known.username), NAME_MAX)),
        }
    }
}

/// One player's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// From 1; ties share one.
    pub rank: usize,
    /// The display name.
    pub name: String,
    /// The username, in case the card's font lacks letters of the display name.
    pub username: String,
    /// "1,234".
    pub points: String,
    /// "7 of 10 right", or "won 1, 3–5" of a race.
    pub right: String,
}

impl Standing {
    /// The line of a player with this name and username.
    pub(super) fn new(
        rank: usize,
        (name, username): (&str, &str),
        points: String,
        right: String,
    ) -> Self {
        Self {
            rank,
            name: called(name, username),
            username: clip(&plain(username), NAME_MAX),
            points,
            right,
        }
    }
}

/// The sheet of a finished game; `None` if it was not finished, nobody played, or a player's name
/// is unknown.
#[must_use]
pub fn sheet(frame: &Frame, game: &Game, feats: &Feats) -> Option<FinalSheet> {
    if !is_decided(ended(game)) {
        return None;
    }
    let mut lines = if game.settings().rules().teams {
        game.teams()
            .iter()
            .take(LINES_MAX)
            .map(|one| team(frame.lang, one))
            .collect()
    } else {
        players(frame, game)?
    };
    if lines.is_empty() {
        return None;
    }
    let rest = lines.split_off(lines.len().min(PODIUM_MAX));
    let awards = awards::awards(game, feats);
    let duel = duel(game);
    Some(FinalSheet {
        title: Wording::of(frame, |name| match &duel {
            Some(duel) => duel.text(frame.lang, name),
            None => team_verdict(frame.lang, game)
                .unwrap_or_else(|| text!(frame.lang, "final-card-title")),
        }),
        subject: clip(&plain(&frame.pack_title), 80),
        podium: lines,
        rest,
        awards: awards
            .iter()
            .map(|award| Wording::of(frame, |name| award.text(frame.lang, name, plain)))
            .collect(),
    })
}

/// The players; `None` if a player's name is unknown.
fn players(frame: &Frame, game: &Game) -> Option<Vec<Standing>> {
    let listed = game.ranking().into_iter().take(LINES_MAX);
    let line = |(rank, user, player): (usize, UserId, &Player)| {
        let known = frame.known.get(&user)?;
        Some(Standing::new(
            rank,
            (&known.name, &known.username),
            phrases::thousands(frame.lang, u64::from(player.points)),
            done(frame.lang, game, user, player),
        ))
    };
    listed.map(line).collect()
}

/// "7 of 10 right"; for a race, the questions they won.
fn done(lang: Lang, game: &Game, user: UserId, player: &Player) -> String {
    let is_race = game.settings().rules().first_right_takes_it;
    let won = is_race.then(|| race::won(lang, game, user)).flatten();
    won.unwrap_or_else(|| right(lang, game, player))
}

/// Which team won.
fn team_verdict(lang: Lang, game: &Game) -> Option<String> {
    teams::verdict(lang, game).filter(|_| game.settings().rules().teams)
}

fn team(lang: Lang, team: &Team) -> Standing {
    let name = teams::name(lang, team.number);
    Standing {
        rank: team.rank,
        username: name.clone(),
        name,
        points: phrases::thousands(lang, u64::from(team.points)),
        right: phrases::count(lang, team.members.len(), phrases::Counted::Players),
    }
}

fn shown(known: &PlayerInfo) -> String {
    called(&known.name, &known.username)
}

/// The name, or the username where nothing of the name can be seen.
fn called(name: &str, username: &str) -> String {
    let name = clip(&plain(name), NAME_MAX);
    if name.is_empty() {
        clip(&plain(username), NAME_MAX)
    } else {
        name
    }
}

/// The scores with a drawn card of the same content.
#[must_use]
pub fn with_card(lang: Lang, words: Message, sheet: &FinalSheet, card: Vec<u8>) -> Message {
    let mut message = words;
    if let Some(embed) = message.embeds.first_mut() {
        NAME.clone_into(&mut embed.image);
    }
    message.file = Some(Box::new(File {
        name: NAME.to_owned(),
        alt: alt(lang, sheet),
        content: card,
    }));
    message
}

/// The card as text, for screen readers.
fn alt(lang: Lang, sheet: &FinalSheet) -> String {
    let mut parts = vec![format!("{}: {}", sheet.title.text, sheet.subject)];
    let line = |line: &Standing| {
        text!(
            lang,
            "final-card-line",
            rank = line.rank,
            name = &line.name,
            points = &line.points,
            right = &line.right
        )
    };
    parts.extend(sheet.podium.iter().chain(&sheet.rest).map(line));
    parts.extend(sheet.awards.iter().map(|award| award.text.clone()));
    let described = text!(lang, "final-card-described", lines = parts.join("; "));
    clip(&described, ALT_MAX)
}
