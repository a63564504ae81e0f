//! Reports of questions: choosing a reason, and the list of reports for the server's managers.

use super::catalogue::text;
use super::custom_id::ReportButton;
use super::escape::{clip, escape, escape_clipped};
use super::limits::FIELD_VALUE_MAX;
use super::message::{
    Button, Embed, Field, Message, Modal, Row, Select, SelectOption, Style, Tone,
};
use super::paging::page_of;
use super::phrases;
pub use super::report_reason::Reason;
use heat_core::asked_history::QuestionHash;
use heat_core::bank::Share;
use heat_core::facts::Difficulty;
use heat_core::facts::limits::length;
use heat_core::game::GameId;
use heat_core::lang::Lang;

/// The longest note, in characters.
pub const NOTE_MAX: u16 = 200;

/// Asks what is wrong with a question.
#[must_use]
pub fn ask(lang: Lang, game: GameId, round: u16, prompt: &str) -> Message {
    let option = |reason: Reason| SelectOption {
        label: reason.text(lang),
        value: reason.key().to_owned(),
        chosen: false,
    };
    let question = escape_clipped(prompt, 300);
    Message {
        rows: vec![Row::Select(Select {
            custom_id: ReportButton::Why { game, round }.to_string(),
            placeholder: text!(lang, "reports-ask-menu"),
            options: Reason::ALL.map(option).to_vec(),
        })],
        ..Message::sentence(text!(lang, "reports-ask", question = question))
    }
}

/// A report is stored.
#[must_use]
pub fn noted(lang: Lang, game: GameId, round: u16, reason: Reason, note: &str) -> Message {
    let said = reason.text(lang);
    let (text, label) = if note.is_empty() {
        let text = text!(lang, "reports-noted", reason = said);
        (text, text!(lang, "reports-add-note"))
    } else {
        let note = escape(note);
        let text = text!(lang, "reports-noted-with-note", reason = said, note = note);
        (text, text!(lang, "reports-change-note"))
    };
    let press = ReportButton::Note {
        game,
        round,
        reason,
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
        title: reason.text(lang),
        label: text!(lang, "reports-note"),
        placeholder: text!(lang, "reports-note-example"),
        length_max: NOTE_MAX,
        to_read: None,
    }
}

/// The question cannot be reported: it is still open, or from another server.
#[must_use]
pub fn not_here(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reports-not-here"))
}

/// Reports do not exist in direct messages.
#[must_use]
pub fn only_in_servers(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reports-only-in-servers"))
}

/// Only members who may manage the server can do that.
#[must_use]
pub fn not_allowed(lang: Lang) -> Message {
    Message::sentence(text!(lang, "reports-not-allowed"))
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
/// embed's 6,000 characters together. `hide_after` is how many members hide a question.
#[must_use]
pub fn list(
    lang: Lang,
    lines: &[Line],
    page: u32,
    pages: u32,
    all: u64,
    hide_after: u32,
) -> Message {
    if lines.is_empty() {
        return Message::sentence(text!(lang, "reports-none"));
    }
    let fields = (1..)
        .zip(lines)
        .map(|(n, line)| field(lang, n, line, hide_after));
    let dismiss = (1..).zip(lines).map(|(n, line): (u32, _)| {
        let press = ReportButton::Dismiss {
            hash: QuestionHash::of(line.id),
            until_ms: line.newest_ms,
            page,
        };
        let label = text!(lang, "reports-dismiss", number = n);
        Button::new(press.to_string(), label, Style::Secondary)
    });
    let mut rows = vec![Row::Buttons(dismiss.collect())];
    let mut turn = Vec::new();
    if page > 0 {
        turn.push(Button::new(
            ReportButton::Page { page: page - 1 }.to_string(),
            text!(lang, "reports-back"),
            Style::Secondary,
        ));
    }
    if page + 1 < pages {
        turn.push(Button::new(
            ReportButton::Page { page: page + 1 }.to_string(),
            text!(lang, "reports-more"),
            Style::Secondary,
        ));
    }
    if !turn.is_empty() {
        rows.push(Row::Buttons(turn));
    }
    Message {
        embeds: vec![Embed {
            title: text!(lang, "reports-title", n = all),
            description: text!(lang, "reports-hidden-after", members = hide_after),
            tone: Tone::Plain,
            fields: fields.collect(),
            footer: page_of(lang, page + 1, pages),
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    }
}

fn field(lang: Lang, number: u32, line: &Line, hide_after: u32) -> Field {
    let prompt = match &line.question {
        Some(asked) => escape_clipped(asked.prompt, 110),
        None => text!(lang, "reports-gone", id = escape(line.id)),
    };
    let mut lines = Vec::new();
    if let Some(asked) = &line.question {
        lines.push(format!(
            "||{}|| · {}",
            escape(asked.answer),
            escape_clipped(asked.pack, 80)
        ));
    }
    if let Some(asked) = line
        .question
        .as_ref()
        .filter(|asked| asked.share.answered > 0)
    {
        lines.push(how_hard(lang, asked));
    }
    let members = usize::try_from(line.members).unwrap_or(usize::MAX);
    let members = phrases::count(lang, members, phrases::Counted::Members);
    let when = phrases::relative_time(line.newest_ms);
    lines.push(if line.members >= hide_after {
        text!(lang, "reports-hidden", members = members, when = when)
    } else {
        text!(lang, "reports-still-asked", members = members, when = when)
    });
    let reasons = line.reasons.iter();
    let reasons: Vec<String> = reasons
        .map(|(reason, count)| format!("{} × {count}", reason.text(lang)))
        .collect();
    lines.push(reasons.join(" · "));
    let mut value = lines.join("\n");
    for note in line.notes {
        let note = escape_clipped(note, usize::from(NOTE_MAX));
        let note = format!("\n{}", text!(lang, "reports-quoted-note", note = note));
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
    let level = phrases::difficulty(lang, turned_out);
    if turned_out == asked.difficulty {
        return text!(
            lang,
            "reports-answered",
            n = share.answered,
            percent = share.percent(),
            level = level,
        );
    }
    text!(
        lang,
        "reports-answered-unlike-meant",
        n = share.answered,
        percent = share.percent(),
        level = level,
        meant = phrases::difficulty(lang, asked.difficulty),
    )
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
            for lang in Lang::ALL {
                let list = list(lang, &lines, 7, 90, 400, 3);
                prop_assert_eq!(limits::check(&list), Ok(()));
                prop_assert!(!list.embeds[0].fields[0].value.contains("@e"));
                prop_assert_eq!(limits::check(&ask(lang, GameId(1), 2, &prompt)), Ok(()));
                prop_assert_eq!(limits::check(&noted(lang, GameId(1), 2, Reason::Other, &note)), Ok(()));
            }
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
        let german = list(Lang::German, &lines, 1, 3, 9, 3);
        insta::assert_json_snapshot!("reports_german", german);
    }
}
