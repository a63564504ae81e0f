//! `/stats`: a member's record. One [`Sheet`] contains every word of it. The text here and the
//! drawn card say the same, and the card's description repeats it for members who cannot see it.

use super::badges;
use super::catalogue::text;
use super::escape::{clip, escape, plain};
use super::limits::ALT_MAX;
use super::message::{Embed, Field, File, Message, Tone};
use super::phrases::{count, seconds, thousands};
use heat_core::id::UserId;
use heat_core::lang::Lang;
use heat_core::standing::{Badge, Record, Share, Standing};

/// The card's file name.
pub const CARD_NAME: &str = "stats.png";
/// The longest name that is shown, in UTF-16 units: Discord's own names end at 32.
const NAME_MAX: usize = 40;

/// Whose stats.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// Their id.
    pub id: UserId,
    /// Their display name here.
    pub name: &'a str,
    /// Their username: letters, digits, `.` and `_`, which every font has.
    pub username: &'a str,
}

/// A rank on a board with this many players.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Rank and points.
    pub standing: Standing,
    /// How many players the board has.
    pub players: u64,
}

/// The complete text of a member's stats, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The member.
    pub user: UserId,
    /// The display name, on one line.
    pub name: String,
    /// The username, in case the card's font lacks letters of the display name.
    pub username: String,
    /// All-time points in all servers: "12,345".
    pub points: String,
    /// What is below the points.
    pub points_label: String,
    /// "rank 3 of 128 here", and that of all servers.
    pub ranks: Vec<String>,
    /// The headline numbers.
    pub figures: Vec<Figure>,
    /// The heading of the topics on the card.
    pub topics_label: String,
    /// Their results by topic, most answered first.
    pub topics: Vec<TopicLine>,
    /// Their badges, one per line.
    pub badges: Vec<String>,
}

/// One headline number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its label.
    pub label: String,
    /// Its value, short.
    pub value: String,
    /// Its note.
    pub note: String,
}

/// A member's results in one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicLine {
    /// The topic.
    pub name: String,
    /// The percentage of right answers.
    pub percent: u8,
    /// "31 of 40".
    pub of: String,
}

/// Streaks of the daily puzzle, in days.
#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    /// Today's streak.
    pub current: u32,
    /// The longest ever.
    pub best: u32,
}

/// Puts a record into words. `here` is the member's rank in this server, if they have one;
/// `everywhere` is that among all players.
#[must_use]
pub fn sheet(
    lang: Lang,
    member: Member<'_>,
    record: &Record,
    days: Days,
    here: Option<Place>,
    everywhere: Option<Place>,
) -> Sheet {
    let name = clip(&plain(member.name), NAME_MAX);
    let username = clip(&plain(member.username), NAME_MAX);
    let figures_of = |place: Place| {
        let rank = thousands(lang, place.standing.rank);
        (rank, thousands(lang, place.players))
    };
    let here = here
        .map(figures_of)
        .map(|(rank, players)| text!(lang, "stats-rank-here", rank = rank, players = players));
    let in_all = everywhere
        .map(figures_of)
        .map(|(rank, players)| text!(lang, "stats-rank-in-all", rank = rank, players = players));
    Sheet {
        user: member.id,
        name: if name.is_empty() {
            username.clone()
        } else {
            name
        },
        username,
        points: thousands(lang, everywhere.map_or(0, |place| place.standing.points)),
        points_label: text!(lang, "stats-points"),
        ranks: here.into_iter().chain(in_all).collect(),
        figures: figures(lang, record, days),
        topics_label: text!(lang, "stats-right-by-topic"),
        topics: topics(lang, record),
        badges: Badge::of(record, days.best)
            .into_iter()
            .map(|one| badge(lang, one))
            .collect(),
    }
}

fn figures(lang: Lang, record: &Record, days: Days) -> Vec<Figure> {
    let all = Share {
        answered: record.answered,
        correct: record.correct,
    };
    let figure = |label, value: String, note: String| Figure { label, value, note };
    let (speed, fastest) = match (record.typical_ms, record.fastest_ms) {
        (Some(typical), Some(fastest)) => (
            seconds(lang, typical),
            text!(lang, "stats-at-best", best = seconds(lang, fastest)),
        ),
        _ => ("–".to_owned(), text!(lang, "stats-none-right")),
    };
    vec![
        figure(
            text!(lang, "stats-right-answers"),
            format!("{} %", percent(all)),
            of(lang, all),
        ),
        figure(
            text!(lang, "stats-games-won"),
            thousands(lang, record.wins),
            text!(lang, "stats-played", games = thousands(lang, record.games)),
        ),
        figure(
            text!(lang, "stats-best-streak"),
            thousands(lang, record.streak_best),
            text!(lang, "stats-now", streak = thousands(lang, record.streak)),
        ),
        figure(text!(lang, "stats-typical-speed"), speed, fastest),
        figure(
            text!(lang, "stats-daily-streak"),
            count(lang, days.current as usize, super::phrases::Counted::Days),
            text!(lang, "stats-at-best", best = days.best.to_string()),
        ),
    ]
}

/// A badge with what it is for.
fn badge(lang: Lang, badge: Badge) -> String {
    let badges::Words { mark, name, what } = badges::words(lang, badge);
    format!("{mark} **{name}** · {what}")
}

fn topics(lang: Lang, record: &Record) -> Vec<TopicLine> {
    // A topic that a later version renames joins those without a name.
    let mut named: Vec<(String, Share)> = Vec::new();
    for (topic, share) in &record.topics {
        let name = topic_name(lang, topic);
        match named.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => {
                sum.answered += share.answered;
                sum.correct += share.correct;
            }
            None => named.push((name, *share)),
        }
    }
    named.sort_by(|(name, share), (other, others)| {
        let by_answers = others.answered.cmp(&share.answered);
        by_answers.then_with(|| name.cmp(other))
    });
    named
        .into_iter()
        .map(|(name, share)| TopicLine {
            name,
            percent: percent(share),
            of: of(lang, share),
        })
        .collect()
}

fn of(lang: Lang, share: Share) -> String {
    text!(
        lang,
        "stats-of",
        right = thousands(lang, share.correct),
        answered = thousands(lang, share.answered)
    )
}

/// Rounded to a whole number, but 100 only if all are right, and 0 only if none is.
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

/// The name of a topic in the ledger.
fn topic_name(lang: Lang, topic: &str) -> String {
    match topic {
        "cast" => text!(lang, "stats-topic-cast"),
        "casting" => text!(lang, "stats-topic-casting"),
        "crew" => text!(lang, "stats-topic-crew"),
        "story" => text!(lang, "stats-topic-story"),
        "production" => text!(lang, "stats-topic-production"),
        "places" => text!(lang, "stats-topic-places"),
        "origins" => text!(lang, "stats-topic-origins"),
        "release" => text!(lang, "stats-topic-release"),
        "novel" => text!(lang, "stats-topic-novel"),
        "studio" => text!(lang, "stats-topic-studio"),
        "career" => text!(lang, "stats-topic-career"),
        _ => text!(lang, "stats-topic-other"),
    }
}

/// The stats as a message: with the card if it could be drawn, otherwise as text. The text does not
/// repeat the card; the card's description does, for members who cannot see it.
#[must_use]
pub fn message(lang: Lang, sheet: &Sheet, card: Option<Vec<u8>>) -> Message {
    let fields = if card.is_some() {
        Vec::new()
    } else {
        in_words(lang, sheet)
    };
    let badges = (!sheet.badges.is_empty()).then(|| Field {
        name: text!(lang, "stats-badges"),
        value: clip(&sheet.badges.join("\n"), 1024),
        inline: false,
    });
    let summary = if card.is_some() {
        String::new()
    } else {
        let ranks = sheet.ranks.iter().map(|rank| format!(" · {rank}"));
        format!(
            " · **{}** {}{}",
            sheet.points,
            sheet.points_label,
            ranks.collect::<String>()
        )
    };
    let image = card.as_ref().map_or("", |_| CARD_NAME);
    Message {
        embeds: vec![Embed {
            title: text!(lang, "stats-title", name = escape(&sheet.name)),
            description: format!("<@{}>{summary}", sheet.user),
            tone: Tone::Plain,
            fields: fields.into_iter().chain(badges).collect(),
            footer: text!(lang, "stats-footer"),
            image: image.to_owned(),
        }],
        file: card.map(|content| {
            Box::new(File {
                name: CARD_NAME.to_owned(),
                alt: alt(lang, sheet),
                content,
            })
        }),
        ..Message::default()
    }
}

/// The card's content as text.
fn in_words(lang: Lang, sheet: &Sheet) -> Vec<Field> {
    let mut fields: Vec<Field> = sheet
        .figures
        .iter()
        .map(|figure| Field {
            name: figure.label.clone(),
            value: format!("**{}** · {}", figure.value, figure.note),
            inline: true,
        })
        .collect();
    fields.push(Field {
        name: text!(lang, "stats-by-topic"),
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
fn alt(lang: Lang, sheet: &Sheet) -> String {
    let mut parts = vec![format!(
        "{}: {} {}",
        sheet.name, sheet.points, sheet.points_label
    )];
    parts.extend(sheet.ranks.iter().cloned());
    let mut parts = vec![parts.join(", ")];
    let figure = |figure: &Figure| format!("{}: {}, {}", figure.label, figure.value, figure.note);
    parts.extend(sheet.figures.iter().map(figure));
    let topic = |topic: &TopicLine| format!("{}: {} %, {}", topic.name, topic.percent, topic.of);
    parts.extend(sheet.topics.iter().map(topic));
    let alt = text!(lang, "stats-alt", content = parts.join("; "));
    clip(&alt, ALT_MAX)
}

/// Nothing counts yet.
#[must_use]
pub fn nothing(lang: Lang, user: UserId, is_own: bool) -> Message {
    Message::sentence(if is_own {
        text!(lang, "stats-nothing-yet")
    } else {
        text!(lang, "stats-nothing-of", who = format!("<@{user}>"))
    })
}

/// Why a member's stats are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMember {
    /// It is a bot.
    Bot,
    /// They are not a member of this server.
    Elsewhere,
    /// Someone else, in a direct message.
    DirectMessage,
}

/// The requested stats are not shown.
#[must_use]
pub fn refused(lang: Lang, why: NoMember) -> Message {
    Message::sentence(match why {
        NoMember::Bot => text!(lang, "stats-bot"),
        NoMember::Elsewhere => text!(lang, "stats-elsewhere"),
        NoMember::DirectMessage => text!(lang, "stats-direct-message"),
    })
}

#[cfg(test)]
mod tests {
    use super::{Share, percent};

    #[test]
    fn percentages_are_never_rounded_to_0_or_100() {
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
