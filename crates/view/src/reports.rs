//! Reports of questions: choosing a reason, and the list of reports for the server's managers.

use super::custom_id::ReportButton;
use super::escape::{clip, escape};
use super::limits::{DESCRIPTION_MAX, FIELD_VALUE_MAX};
use super::message::{
    Button, Embed, Field, Message, Modal, Row, Select, SelectOption, Style, Tone,
};
use super::phrases;
pub use super::report_reason::Reason;
use heat_core::bank::Share;
use heat_core::facts::Difficulty;
use heat_core::game::GameId;
use heat_core::lang::Lang;

/// The longest note, in characters.
pub const NOTE_MAX: u16 = 200;

/// A short number for a question's id, which may be too long for a button: FNV-1a
/// (<https://datatracker.ietf.org/doc/html/rfc9923>). It only has to distinguish the reported
/// questions of one server.
#[must_use]
pub fn tag(question: &str) -> u64 {
    question.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Asks what is wrong with a question.
#[must_use]
pub fn ask(lang: Lang, game: GameId, round: u16, prompt: &str) -> Message {
    let option = |reason: Reason| SelectOption {
        label: reason.text(lang).to_owned(),
        value: reason.key().to_owned(),
        chosen: false,
    };
    let text = format!(
        "What is wrong with “{}”?\nThis server's managers will see your report, but not your name.",
        escape(&clip(prompt, 300))
    );
    Message {
        rows: vec![Row::Select(Select {
            custom_id: ReportButton::Why { game, round }.to_string(),
            placeholder: "Choose what is wrong".to_owned(),
            options: Reason::ALL.map(option).to_vec(),
        })],
        ..Message::sentence(text)
    }
}

/// A report is stored.
#[must_use]
pub fn noted(lang: Lang, game: GameId, round: u16, reason: Reason, note: &str) -> Message {
    let mut text = format!("Noted, thank you: **{}**.", reason.text(lang));
    if !note.is_empty() {
        text.extend([" You wrote: “", &escape(note), "”"]);
    }
    text.push_str("\nYou can report a question once; a new report replaces this one.");
    let press = ReportButton::Note {
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
            press.to_string(),
            label,
            Style::Secondary,
        )])],
        ..Message::sentence(text)
    }
}

/// The form for a note.
#[must_use]
pub fn note_box(lang: Lang, game: GameId, round: u16, reason: Reason) -> Modal {
    Modal {
        custom_id: ReportButton::Note {
            game,
            round,
            reason,
        }
        .to_string(),
        title: reason.text(lang).to_owned(),
        label: "In your own words".to_owned(),
        placeholder: "What is right, and what is your source?".to_owned(),
        length_max: NOTE_MAX,
        to_read: None,
    }
}

/// The question cannot be reported: it is still open, or from another server.
#[must_use]
pub fn not_here(lang: Lang) -> Message {
    Message::sentence("Only closed questions of this server can be reported.")
}

/// Reports do not exist in direct messages.
#[must_use]
pub fn only_in_servers(lang: Lang) -> Message {
    Message::sentence("Reports go to a server's managers, so use this in a server.")
}

/// Only members who may manage the server can do that.
#[must_use]
pub fn not_allowed(lang: Lang) -> Message {
    Message::sentence("Only members who can manage this server can see and dismiss reports.")
}

/// A reported question in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its prompt, right answer and pack title; `None` if no pack here has it.
    pub question: Option<Asked<'a>>,
    /// How many members reported it.
    pub members: u32,
    /// When the newest report came, in milliseconds since 1970.
    pub newest_ms: i64,
    /// How many reports give each reason.
    pub reasons: Vec<(Reason, u32)>,
    /// The newest notes.
    pub notes: &'a [String],
}

/// The details of a reported question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The prompt.
    pub prompt: &'a str,
    /// The right answer.
    pub answer: &'a str,
    /// The title of its pack.
    pub pack: &'a str,
    /// How often it was answered, over all servers, and how often correctly.
    pub share: Share,
    /// Its written difficulty.
    pub difficulty: Difficulty,
}

/// A page, from 0, of a server's reported questions; at most four lines, so that their texts fit an
/// embed's 6,000 characters together. `rests_after` is how many members hide a question.
#[must_use]
pub fn list(
    lang: Lang,
    lines: &[Line],
    page: u32,
    pages: u32,
    all: u64,
    rests_after: u32,
) -> Message {
    if lines.is_empty() {
        return Message::sentence(
            "No question is reported here. Press **Report** under a revealed question to add it.",
        );
    }
    let fields = (1..)
        .zip(lines)
        .map(|(n, line)| field(lang, n, line, rests_after));
    let dismiss = (1..).zip(lines).map(|(n, line): (u32, _)| {
        let press = ReportButton::Dismiss {
            tag: tag(line.id),
            until_ms: line.newest_ms,
            page,
        };
        Button::new(press.to_string(), format!("Dismiss {n}"), Style::Secondary)
    });
    let mut rows = vec![Row::Buttons(dismiss.collect())];
    let mut turn = Vec::new();
    if page > 0 {
        turn.push(Button::new(
            ReportButton::Page { page: page - 1 }.to_string(),
            "Back",
            Style::Secondary,
        ));
    }
    if page + 1 < pages {
        turn.push(Button::new(
            ReportButton::Page { page: page + 1 }.to_string(),
            "More",
            Style::Secondary,
        ));
    }
    if !turn.is_empty() {
        rows.push(Row::Buttons(turn));
    }
    let count = match all {
        1 => "1 reported question".to_owned(),
        n => format!("{n} reported questions"),
    };
    Message {
        embeds: vec![Embed {
            title: clip(&format!("Reports: {count}"), 256),
            description: clip(
                &format!(
                    "Once {} a question, it is hidden: nobody here gets it until its reports are dismissed, except through a share code.",
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

fn field(lang: Lang, number: u32, line: &Line, rests_after: u32) -> Field {
    let prompt = match &line.question {
        Some(asked) => escape(&clip(asked.prompt, 110)),
        None => format!(
            "A question that is no longer in any pack here ({})",
            escape(line.id)
        ),
    };
    let mut lines = Vec::new();
    if let Some(asked) = &line.question {
        lines.push(format!(
            "||{}|| · {}",
            escape(asked.answer),
            escape(&clip(asked.pack, 80))
        ));
    }
    if let Some(asked) = line
        .question
        .as_ref()
        .filter(|asked| asked.share.answered > 0)
    {
        lines.push(how_hard(lang, asked));
    }
    let state = if line.members >= rests_after {
        "**hidden**"
    } else {
        "is still asked"
    };
    let members = usize::try_from(line.members).unwrap_or(usize::MAX);
    lines.push(format!(
        "{}, {} · {state}",
        phrases::count(lang, members, phrases::Counted::Members),
        phrases::relative_time(line.newest_ms)
    ));
    let reasons = line.reasons.iter();
    let reasons: Vec<String> = reasons
        .map(|(reason, count)| format!("{} × {count}", reason.text(lang)))
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

/// "Answered 120 times, 34 % right: hard", with the written difficulty if it differs.
fn how_hard(lang: Lang, asked: &Asked) -> String {
    let share = asked.share;
    let turned_out = share.level(asked.difficulty);
    let answers = match share.answered {
        1 => "once".to_owned(),
        n => format!("{n} times"),
    };
    let mut text = format!(
        "Answered {answers}, {} % right: {}",
        share.percent(),
        phrases::difficulty(lang, turned_out)
    );
    if turned_out != asked.difficulty {
        text.extend([
            ", meant to be ",
            &phrases::difficulty(lang, asked.difficulty),
        ]);
    }
    text
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
        /// The list is valid for Discord, whatever members wrote and however long the questions
        /// are.
        #[test]
        fn any_list_fits(prompt in "\\PC{1,300}", note in "[*_~`|<>@:# a🔥]{0,200}", members: u32) {
            let notes = vec![note.clone(); 5];
            let line = |id| Line {
                id,
                question: Some(Asked { prompt: &prompt, answer: &prompt[..0], pack: &note, share: Share::default(), difficulty: Difficulty::Easy }),
                members,
                newest_ms: i64::MAX / 2,
                reasons: Reason::ALL.map(|reason| (reason, members)).to_vec(),
                notes: &notes,
            };
            let ids = ["a", "b", "c"].map(line);
            let gone = Line { question: None, ..line("d") };
            let lines: Vec<_> = ids.into_iter().chain([gone]).collect();
            let list = list(Lang::English, &lines, 7, 90, 400, 3);
            prop_assert_eq!(limits::check(&list), Ok(()));
            prop_assert!(!list.embeds[0].fields[0].value.contains("@e"));
            prop_assert_eq!(limits::check(&ask(Lang::English, GameId(1), 2, &prompt)), Ok(()));
            prop_assert_eq!(limits::check(&noted(Lang::English, GameId(1), 2, Reason::Other, &note)), Ok(()));
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
                    share: Share {
                        answered: 120,
                        correct: 30,
                    },
                    difficulty: Difficulty::Medium,
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
            list(Lang::English, &lines, 1, 3, 9, 3),
            list(Lang::English, &[], 0, 0, 0, 3),
            ask(Lang::English, game, 4, "Who plays *Neil*?"),
            noted(Lang::English, game, 4, Reason::TwoRight, ""),
            noted(Lang::English, game, 4, Reason::TwoRight, "B is *right* too"),
        ];
        for message in &shown {
            assert_eq!(limits::check(message), Ok(()));
        }
        insta::assert_json_snapshot!("reports", shown);
    }

    #[test]
    fn tags_distinguish_questions() {
        assert_eq!(tag(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(tag("a"), 0xaf63_dc4c_8601_ec8c);
        assert_ne!(tag("heat/cast-who"), tag("heat/cast-what"));
    }
}
