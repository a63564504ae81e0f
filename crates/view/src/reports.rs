//! Reports of questions: what a member may say is wrong with one, and the list of what was said
//! for those who manage the server.

use super::escape::{clip, escape};
use super::limits::{DESCRIPTION_MAX, FIELD_VALUE_MAX};
use super::message::{
    Button, Embed, Field, Message, Modal, Row, Select, SelectOption, Style, Tone,
};
use super::phrases;
use heat_core::game::GameId;

/// The longest note, in characters.
pub const NOTE_MAX: u16 = 200;

/// What may be wrong with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The answer that passes for right is not.
    Wrong,
    /// Another choice is right too.
    TwoRight,
    /// It cannot be understood, or is cut off, or misspelt.
    Unclear,
    /// It hurts.
    Offensive,
    /// Anything else.
    Other,
}

impl Reason {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::Wrong,
        Self::TwoRight,
        Self::Unclear,
        Self::Offensive,
        Self::Other,
    ];

    /// The word it goes by where it is stored and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::TwoRight => "two-right",
            Self::Unclear => "unclear",
            Self::Offensive => "offensive",
            Self::Other => "other",
        }
    }

    /// The reverse of [`Self::key`].
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }

    /// What members read.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Wrong => "The answer is wrong",
            Self::TwoRight => "Two choices are right",
            Self::Unclear => "It is unclear",
            Self::Offensive => "It is offensive",
            Self::Other => "Something else",
        }
    }
}

/// A button, menu or box about reports, but for the button under a reveal, which is the game's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// The menu of reasons.
    Why {
        /// Which game.
        game: GameId,
        /// Which round, from 0.
        round: u16,
    },
    /// Open the box for a note; its `custom_id` is the box's too.
    Note {
        /// Which game.
        game: GameId,
        /// Which round, from 0.
        round: u16,
        /// What was chosen.
        reason: Reason,
    },
    /// Turn the list to a page, from 0.
    Page(u32),
    /// Forget the reports of a question.
    Dismiss {
        /// Which question, by its [`tag`].
        tag: u64,
        /// Reports that came later are kept: nobody has seen them.
        until_ms: i64,
        /// The page it stands on, from 0.
        page: u32,
    },
}

impl Press {
    /// Its `custom_id`: at most 80 characters.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Why { game, round } => format!("reports:why:{game}:{round}"),
            Self::Note {
                game,
                round,
                reason,
            } => format!("reports:note:{game}:{round}:{}", reason.key()),
            Self::Page(page) => format!("reports:page:{page}"),
            Self::Dismiss {
                tag,
                until_ms,
                page,
            } => format!("reports:dismiss:{tag}:{until_ms}:{page}"),
        }
    }

    /// Reads a `custom_id`; none if it was not written here.
    #[must_use]
    pub fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.strip_prefix("reports:")?.split(':');
        let press = match parts.next()? {
            "why" => Self::Why {
                game: GameId(parts.next()?.parse().ok()?),
                round: parts.next()?.parse().ok()?,
            },
            "note" => Self::Note {
                game: GameId(parts.next()?.parse().ok()?),
                round: parts.next()?.parse().ok()?,
                reason: Reason::parse(parts.next()?)?,
            },
            "page" => Self::Page(parts.next()?.parse().ok()?),
            "dismiss" => Self::Dismiss {
                tag: parts.next()?.parse().ok()?,
                until_ms: parts.next()?.parse().ok()?,
                page: parts.next()?.parse().ok()?,
            },
            _ => return None,
        };
        // No sign, no leading zero, nothing behind it.
        (press.custom_id() == custom_id).then_some(press)
    }

    /// Whether it opens a box to type in.
    #[must_use]
    pub fn asks(self) -> bool {
        matches!(self, Self::Note { .. })
    }
}

/// A short number for a question's id, which itself may be too long for a button: FNV-1a
/// (<https://datatracker.ietf.org/doc/html/rfc9923>). It only has to tell apart the reported
/// questions of one server.
#[must_use]
pub fn tag(question: &str) -> u64 {
    question.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Asks what is wrong with a question.
#[must_use]
pub fn ask(game: GameId, round: u16, prompt: &str) -> Message {
    let option = |reason: Reason| SelectOption {
        label: reason.text().to_owned(),
        value: reason.key().to_owned(),
        chosen: false,
    };
    let text = format!(
        "What is wrong with “{}”?\nThose who manage this server will read it, but not who said so.",
        escape(&clip(prompt, 300))
    );
    Message {
        rows: vec![Row::Select(Select {
            custom_id: Press::Why { game, round }.custom_id(),
            placeholder: "Choose what is wrong".to_owned(),
            options: Reason::ALL.map(option).to_vec(),
        })],
        ..Message::sentence(text)
    }
}

/// A report is stored.
#[must_use]
pub fn noted(game: GameId, round: u16, reason: Reason, note: &str) -> Message {
    let mut text = format!("Noted, thank you: **{}**.", reason.text());
    if !note.is_empty() {
        text.extend([" You wrote: “", &escape(note), "”"]);
    }
    text.push_str("\nYou have one report for a question: another one takes the place of this.");
    let press = Press::Note {
        game,
        round,
        reason,
    };
    let label = if note.is_empty() {
        "Add a note"
    } else {
        "Change the note"
    };
    Message {
        rows: vec![Row::Buttons(vec![Button::new(
            press.custom_id(),
            label,
            Style::Secondary,
        )])],
        ..Message::sentence(text)
    }
}

/// The box for a note.
#[must_use]
pub fn note_box(game: GameId, round: u16, reason: Reason) -> Modal {
    Modal {
        custom_id: Press::Note {
            game,
            round,
            reason,
        }
        .custom_id(),
        title: reason.text().to_owned(),
        label: "In your own words".to_owned(),
        placeholder: "What should it be, and where is that stated?".to_owned(),
        length_max: NOTE_MAX,
    }
}

/// The question cannot be reported: it is not closed yet, or not of this server.
#[must_use]
pub fn not_here() -> Message {
    Message::sentence("Only a question that has closed in this server can be reported.")
}

/// Not in a direct message.
#[must_use]
pub fn only_in_servers() -> Message {
    Message::sentence("Reports go to those who manage a server: use this in one.")
}

/// Only a member who may manage the server.
#[must_use]
pub fn not_allowed() -> Message {
    Message::sentence("Only a member who may manage this server can see and dismiss reports.")
}

/// A reported question, as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it asks, what is right, and the title of its pack; none if no pack here has it.
    pub question: Option<Asked<'a>>,
    /// How many members report it.
    pub members: u32,
    /// When the newest report came, in milliseconds since 1970.
    pub newest_ms: i64,
    /// How many give each reason.
    pub reasons: Vec<(Reason, u32)>,
    /// The newest notes.
    pub notes: &'a [String],
}

/// What a reported question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<'a> {
    /// What it asks.
    pub prompt: &'a str,
    /// The right answer.
    pub answer: &'a str,
    /// The title of its pack.
    pub pack: &'a str,
}

/// The reported questions of a server: a page, from 0, of so many pages and questions; at most four
/// lines, so that their texts fit an embed's 6,000 characters together. `rests_after` members are
/// needed for a question to rest.
#[must_use]
pub fn list(lines: &[Line], page: u32, pages: u32, all: u64, rests_after: u32) -> Message {
    if lines.is_empty() {
        return Message::sentence(
            "No question is reported here. **Report** under a revealed question puts it on this list.",
        );
    }
    let fields = (1..)
        .zip(lines)
        .map(|(n, line)| field(n, line, rests_after));
    let dismiss = (1..).zip(lines).map(|(n, line): (u32, _)| {
        let press = Press::Dismiss {
            tag: tag(line.id),
            until_ms: line.newest_ms,
            page,
        };
        Button::new(press.custom_id(), format!("Dismiss {n}"), Style::Secondary)
    });
    let mut rows = vec![Row::Buttons(dismiss.collect())];
    let mut turn = Vec::new();
    if page > 0 {
        turn.push(Button::new(
            Press::Page(page - 1).custom_id(),
            "Back",
            Style::Secondary,
        ));
    }
    if page + 1 < pages {
        turn.push(Button::new(
            Press::Page(page + 1).custom_id(),
            "More",
            Style::Secondary,
        ));
    }
    if !turn.is_empty() {
        rows.push(Row::Buttons(turn));
    }
    let count = phrases::count(
        usize::try_from(all).unwrap_or(usize::MAX),
        "reported question",
    );
    Message {
        embeds: vec![Embed {
            title: clip(&format!("Reports: {count}"), 256),
            description: clip(
                &format!(
                    "A question rests once {} it: it is not asked here until its reports are dismissed, unless a share code brings it.",
                    match rests_after {
                        1 => "a single member reports".to_owned(),
                        n => format!("{n} members report"),
                    },
                ),
                DESCRIPTION_MAX,
            ),
            tone: Tone::Plain,
            fields: fields.collect(),
            footer: format!("Page {} of {pages}", page + 1),
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    }
}

fn field(number: u32, line: &Line, rests_after: u32) -> Field {
    let prompt = match &line.question {
        Some(asked) => escape(&clip(asked.prompt, 110)),
        None => format!("A question that no pack here has now ({})", escape(line.id)),
    };
    let mut lines = Vec::new();
    if let Some(asked) = &line.question {
        lines.push(format!(
            "||{}|| · {}",
            escape(asked.answer),
            escape(&clip(asked.pack, 80))
        ));
    }
    let state = if line.members >= rests_after {
        "**rests**"
    } else {
        "is still asked"
    };
    let members = usize::try_from(line.members).unwrap_or(usize::MAX);
    lines.push(format!(
        "{}, {} · {state}",
        phrases::count(members, "member"),
        phrases::relative_time(line.newest_ms)
    ));
    let reasons = line.reasons.iter();
    let reasons: Vec<String> = reasons
        .map(|(reason, count)| format!("{} × {count}", reason.text()))
        .collect();
    lines.push(reasons.join(" · "));
    let mut value = lines.join("\n");
    for note in line.notes {
        let note = format!("\n“{}”", escape(&clip(note, usize::from(NOTE_MAX))));
        if length(&value) + length(&note) > FIELD_VALUE_MAX {
            break;
        }
        value.push_str(&note);
    }
    Field {
        name: clip(&format!("{number}. {prompt}"), 256),
        value,
        inline: false,
    }
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            kind in 0..4, number: u64, round: u16, until_ms: i64, page: u32, reason in 0..5_usize,
        ) {
            let game = GameId(number);
            let press = match kind {
                0 => Press::Why { game, round },
                1 => Press::Note { game, round, reason: Reason::ALL[reason] },
                2 => Press::Page(page),
                _ => Press::Dismiss { tag: number, until_ms, page },
            };
            let custom_id = press.custom_id();
            prop_assert_eq!(Press::parse(&custom_id), Some(press));
            prop_assert!(custom_id.len() <= 80);
            for forged in [format!("{custom_id}:"), format!("{custom_id} "), custom_id.replace("s:", "s:+")] {
                prop_assert_eq!(Press::parse(&forged), None);
            }
        }

        /// Whatever members wrote, and however long the questions are, Discord takes the list.
        #[test]
        fn any_list_fits(prompt in "\\PC{1,300}", note in "[*_~`|<>@:# a🔥]{0,200}", members: u32) {
            let notes = vec![note.clone(); 5];
            let line = |id| Line {
                id,
                question: Some(Asked { prompt: &prompt, answer: &prompt[..0], pack: &note }),
                members,
                newest_ms: i64::MAX / 2,
                reasons: Reason::ALL.map(|reason| (reason, members)).to_vec(),
                notes: &notes,
            };
            let ids = ["a", "b", "c"].map(line);
            let gone = Line { question: None, ..line("d") };
            let lines: Vec<_> = ids.into_iter().chain([gone]).collect();
            let list = list(&lines, 7, 90, 400, 3);
            prop_assert_eq!(limits::check(&list), Ok(()));
            prop_assert!(!list.embeds[0].fields[0].value.contains("@e"));
            prop_assert_eq!(limits::check(&ask(GameId(1), 2, &prompt)), Ok(()));
            prop_assert_eq!(limits::check(&noted(GameId(1), 2, Reason::Other, &note)), Ok(()));
        }
    }

    #[test]
    fn what_managers_and_members_read() {
        let notes = ["See *Heat*, 1:02:13 @everyone".to_owned()];
        let lines = [
            Line {
                id: "heat/cast-who",
                question: Some(Asked {
                    prompt: "Who plays Neil McCauley in Heat (1995)?",
                    answer: "Robert De Niro",
                    pack: "Heat (1995)",
                }),
                members: 3,
                newest_ms: 1_700_000_000_000,
                reasons: vec![(Reason::Wrong, 2), (Reason::Other, 1)],
                notes: &notes,
            },
            Line {
                id: "gone/cast-who",
                question: None,
                members: 1,
                newest_ms: 1_700_000_000_000,
                reasons: vec![(Reason::Unclear, 1)],
                notes: &[],
            },
        ];
        let game = GameId(1_700_000_000_000_000_000);
        let shown = [
            list(&lines, 1, 3, 9, 3),
            list(&[], 0, 0, 0, 3),
            ask(game, 4, "Who plays *Neil*?"),
            noted(game, 4, Reason::TwoRight, ""),
            noted(game, 4, Reason::TwoRight, "B is *right* too"),
        ];
        for message in &shown {
            assert_eq!(limits::check(message), Ok(()));
        }
        insta::assert_json_snapshot!("reports", shown);
    }

    #[test]
    fn tags_tell_questions_apart() {
        assert_eq!(tag(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(tag("a"), 0xaf63_dc4c_8601_ec8c);
        assert_ne!(tag("heat/cast-who"), tag("heat/cast-what"));
    }
}
