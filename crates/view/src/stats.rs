//! `/stats`: a member's record. One [`Sheet`] holds every word of it; the text here and the drawn
//! card say the same, and the card's description repeats it for members who cannot see it.

use super::badges;
use super::escape::{clip, escape, plain};
use super::limits::ALT_MAX;
use super::message::{Embed, Field, File, Message, Tone};
use super::phrases::{count, seconds, thousands};
use heat_core::id::UserId;
use heat_core::standing::{Badge, Record, Share, Standing};

/// The card's file.
pub const CARD_NAME: &str = "stats.png";
/// The longest name that is shown, in UTF-16 units: Discord's own names end at 32.
const NAME_MAX: usize = 40;

/// Whose stats.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// Their id.
    pub id: u64,
    /// What they are called here.
    pub name: &'a str,
    /// Their username: letters, digits, `.` and `_`, which every font has.
    pub username: &'a str,
}

/// A place on a board of so many players.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Rank and points.
    pub standing: Standing,
    /// How many players the board has.
    pub players: u64,
}

/// Everything that the stats of a member say, in words ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Who.
    pub user: UserId,
    /// What they are called, on one line.
    pub name: String,
    /// Another name for them, should the card's font not have the letters of the first.
    pub username: String,
    /// Points of all time, everywhere: "12,345".
    pub points: String,
    /// "rank 3 of 128 here", and that of all servers.
    pub ranks: Vec<String>,
    /// The headline figures.
    pub figures: Vec<Figure>,
    /// How they do by topic, the most answered first.
    pub topics: Vec<TopicLine>,
    /// What they have done that is hard, a line each.
    pub badges: Vec<String>,
}

/// One headline figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is of.
    pub label: &'static str,
    /// The figure itself, short.
    pub value: String,
    /// What belongs beside it.
    pub note: String,
}

/// How a member does in one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicLine {
    /// The topic.
    pub name: &'static str,
    /// Right answers in a hundred.
    pub percent: u8,
    /// "31 of 40".
    pub of: String,
}

/// Days on end with the daily puzzle.
#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    /// As it stands today.
    pub current: u32,
    /// The most ever.
    pub best: u32,
}

/// Puts a record into words. `here` is the member's place in this server, if there is a server
/// and they have one; `everywhere` that among all players.
#[must_use]
pub fn sheet(
    member: Member<'_>,
    record: &Record,
    days: Days,
    here: Option<Place>,
    everywhere: Option<Place>,
) -> Sheet {
    let name = clip(&plain(member.name), NAME_MAX);
    let username = clip(&plain(member.username), NAME_MAX);
    let ranks = [(here, "here"), (everywhere, "in all servers")];
    let rank = |place: Place, whereabouts: &str| {
        let (rank, players) = (thousands(place.standing.rank), thousands(place.players));
        format!("rank {rank} of {players} {whereabouts}")
    };
    Sheet {
        user: UserId(member.id),
        name: if name.is_empty() {
            username.clone()
        } else {
            name
        },
        username,
        points: thousands(everywhere.map_or(0, |place| place.standing.points)),
        ranks: ranks
            .into_iter()
            .filter_map(|(place, whereabouts)| Some(rank(place?, whereabouts)))
            .collect(),
        figures: figures(record, days),
        topics: topics(record),
        badges: Badge::of(record, days.best)
            .into_iter()
            .map(badge)
            .collect(),
    }
}

fn figures(record: &Record, days: Days) -> Vec<Figure> {
    let all = Share {
        answered: record.answered,
        correct: record.correct,
    };
    let figure = |label, value: String, note: String| Figure { label, value, note };
    let (speed, fastest) = match (record.typical_ms, record.fastest_ms) {
        (Some(typical), Some(fastest)) => {
            (seconds(typical), format!("{} at best", seconds(fastest)))
        }
        _ => ("–".to_owned(), "no right one yet".to_owned()),
    };
    vec![
        figure("Right answers", format!("{} %", percent(all)), of(all)),
        figure(
            "Games won",
            thousands(record.wins),
            format!("{} played", thousands(record.games)),
        ),
        figure(
            "Best streak",
            thousands(record.streak_best),
            format!("{} now", thousands(record.streak)),
        ),
        figure("Typical speed", speed, fastest),
        figure(
            "Daily streak",
            count(days.current as usize, "day"),
            format!("{} at best", days.best),
        ),
    ]
}

/// A badge with what it is for.
fn badge(badge: Badge) -> String {
    let badges::Words { mark, name, what } = badges::words(badge);
    format!("{mark} **{name}** · {what}")
}

fn topics(record: &Record) -> Vec<TopicLine> {
    // A topic that a later version calls otherwise joins those that have no name of their own.
    let mut named: Vec<(&'static str, Share)> = Vec::new();
    for (topic, share) in &record.topics {
        let name = topic_name(topic);
        match named.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => {
                sum.answered += share.answered;
                sum.correct += share.correct;
            }
            None => named.push((name, *share)),
        }
    }
    named.sort_by_key(|(name, share)| (std::cmp::Reverse(share.answered), *name));
    named
        .into_iter()
        .map(|(name, share)| TopicLine {
            name,
            percent: percent(share),
            of: of(share),
        })
        .collect()
}

fn of(share: Share) -> String {
    format!(
        "{} of {}",
        thousands(share.correct),
        thousands(share.answered)
    )
}

/// To the nearest whole one; but 100 only if all are right, and 0 only if none is.
fn percent(share: Share) -> u8 {
    let Share { answered, correct } = share;
    if correct == 0 || answered == 0 {
        return 0;
    }
    if correct >= answered {
        return 100;
    }
    let nearest = (u128::from(correct) * 200 + u128::from(answered)) / (u128::from(answered) * 2);
    u8::try_from(nearest).unwrap_or(99).clamp(1, 99)
}

/// What a topic of the ledger is called.
fn topic_name(topic: &str) -> &'static str {
    match topic {
        "cast" => "Cast",
        "casting" => "Casting",
        "crew" => "Crew",
        "story" => "Story",
        "production" => "Production",
        "places" => "Places",
        "origins" => "Origins",
        "release" => "Release",
        "novel" => "The novel",
        "studio" => "Studio",
        "career" => "Careers",
        _ => "Other",
    }
}

/// The stats as a message: with the card, if it could be drawn, or in words alone. What the card
/// says is not said again; its description has it for members who cannot see it.
#[must_use]
pub fn message(sheet: &Sheet, card: Option<Vec<u8>>) -> Message {
    let fields = if card.is_some() {
        Vec::new()
    } else {
        in_words(sheet)
    };
    let badges = (!sheet.badges.is_empty()).then(|| Field {
        name: "Badges".to_owned(),
        value: clip(&sheet.badges.join("\n"), 1024),
        inline: false,
    });
    let summary = if card.is_some() {
        String::new()
    } else {
        let ranks = sheet.ranks.iter().map(|rank| format!(" · {rank}"));
        format!(
            " · **{}** points{}",
            sheet.points,
            ranks.collect::<String>()
        )
    };
    let image = card.as_ref().map_or("", |_| CARD_NAME);
    Message {
        embeds: vec![Embed {
            title: format!("Stats of {}", escape(&sheet.name)),
            description: format!("<@{}>{summary}", sheet.user),
            tone: Tone::Plain,
            fields: fields.into_iter().chain(badges).collect(),
            footer: "All games in all servers. A question counts once its answer is out."
                .to_owned(),
            image: image.to_owned(),
        }],
        file: card.map(|content| {
            Box::new(File {
                name: CARD_NAME.to_owned(),
                alt: alt(sheet),
                content,
            })
        }),
        ..Message::default()
    }
}

/// What the card says.
fn in_words(sheet: &Sheet) -> Vec<Field> {
    let mut fields: Vec<Field> = sheet
        .figures
        .iter()
        .map(|figure| Field {
            name: figure.label.to_owned(),
            value: format!("**{}** · {}", figure.value, figure.note),
            inline: true,
        })
        .collect();
    fields.push(Field {
        name: "By topic".to_owned(),
        value: clip(&topic_lines(sheet).join("\n"), 1024),
        inline: false,
    });
    fields
}

fn topic_lines(sheet: &Sheet) -> Vec<String> {
    let line =
        |topic: &TopicLine| format!("{} · **{} %** · {}", topic.name, topic.percent, topic.of);
    sheet.topics.iter().map(line).collect()
}

/// The card as text, for screen readers.
fn alt(sheet: &Sheet) -> String {
    let mut parts = vec![format!("{}: {} points", sheet.name, sheet.points)];
    parts.extend(sheet.ranks.iter().cloned());
    let mut parts = vec![parts.join(", ")];
    let figure = |figure: &Figure| format!("{}: {}, {}", figure.label, figure.value, figure.note);
    parts.extend(sheet.figures.iter().map(figure));
    let topic = |topic: &TopicLine| format!("{}: {} %, {}", topic.name, topic.percent, topic.of);
    parts.extend(sheet.topics.iter().map(topic));
    clip(&format!("Stats card of {}.", parts.join("; ")), ALT_MAX)
}

/// Nothing counts yet.
#[must_use]
pub fn nothing(user: UserId, is_own: bool) -> Message {
    Message::sentence(if is_own {
        "You have no stats yet: they begin with the first answer you give. `/quiz` starts a game."
            .to_owned()
    } else {
        format!("<@{user}> has not answered a question yet.")
    })
}

/// Why a member's stats are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMember {
    /// It is a bot.
    Bot,
    /// It is no member of this server.
    Elsewhere,
    /// Somebody else, in a direct message.
    DirectMessage,
}

/// The stats that were asked for are not shown.
#[must_use]
pub fn refused(why: NoMember) -> Message {
    Message::sentence(
        match why {
            NoMember::Bot => "Bots do not play, so they have no stats.",
            NoMember::Elsewhere => "That person is not in this server.",
            NoMember::DirectMessage => {
                "Here I show your own stats. Those of others are shown where you play together."
            }
        }
        .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::{Share, percent};

    #[test]
    fn all_and_nothing_are_never_rounded_to() {
        for (correct, answered, expect) in [
            (0, 0, 0),
            (0, 900, 0),
            (1, 900, 1),
            (1, 3, 33),
            (2, 3, 67),
            (1, 2, 50),
            (899, 900, 99),
            (900, 900, 100),
            (u64::MAX - 1, u64::MAX, 99),
        ] {
            assert_eq!(
                percent(Share { answered, correct }),
                expect,
                "{correct} of {answered}"
            );
        }
    }
}
