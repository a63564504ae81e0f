//! The replies to `/packs`: the list, the preview of a pack before it is stored, and the results.

use super::catalogue::text;
use super::custom_id::{PackButton, Words, WriteButton};
use super::escape::{clip, escape, escape_clipped, fits};
use super::message::{Button, Embed, Field, File, Message, Row, Style, Suggestion, Tone};
use super::phrases::{self, Counted};
use super::{faults, imports};
use heat_core::bank::Question;
use heat_core::exchange::{FileFlaw, LeftOut, Note};
use heat_core::facts::{Difficulty, Fault, NotText, Pack};
use heat_core::id::InteractionId;
use heat_core::lang::Lang;

/// The most packs listed in one message.
const LISTED_MAX: usize = 40;
/// How many questions a preview shows.
const SAMPLES: usize = 3;
/// How many faults the message itself shows; the attached file has all.
const FAULTS_SHOWN: usize = 5;

/// A pack in the list.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// How many questions it has.
    pub questions: usize,
    /// Whether it is this server's own.
    pub is_own: bool,
    /// Whether it is switched off here.
    pub is_off: bool,
}

/// A pack about to be stored.
#[derive(Debug)]
pub struct Preview<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// Its questions.
    pub questions: &'a [&'a Question],
    /// What was left out of its file.
    pub left_out: &'a [LeftOut],
    /// Notes about it.
    pub notes: &'a [Note],
    /// The encoding that was guessed for its file.
    pub guessed_encoding: Option<&'a str>,
    /// Whether it would replace an existing pack with its id.
    pub replaces: bool,
    /// The interaction that uploaded it.
    pub upload: InteractionId,
}

/// The packs that can be played here.
#[must_use]
pub fn list(lang: Lang, lines: &[Line]) -> Message {
    let shown = lines.iter().take(LISTED_MAX).map(|line| {
        let mut parts = vec![
            // An id holds only letters, digits and hyphens.
            format!("• **{}** (`{}`)", escape_clipped(line.title, 60), line.id),
            phrases::count(lang, line.questions, Counted::Questions),
        ];
        parts.extend(line.is_own.then(|| text!(lang, "packs-own")));
        parts.extend(line.is_off.then(|| text!(lang, "packs-switched-off")));
        parts.join(" · ")
    });
    let mut shown: Vec<String> = shown.collect();
    if lines.len() > LISTED_MAX {
        shown.push(text!(lang, "packs-more", n = lines.len() - LISTED_MAX));
    }
    let text = clip_lines(shown.join("\n"));
    Message::framed(&text!(lang, "packs-title"), text, Tone::Plain)
}

/// A pack was switched off or on.
#[must_use]
pub fn switched(lang: Lang, title: &str, off: bool) -> Message {
    let title = escape_clipped(title, 100);
    Message::sentence(if off {
        text!(lang, "packs-is-off", title = title)
    } else {
        text!(lang, "packs-is-on", title = title)
    })
}

/// The only pack that is on stays on.
#[must_use]
pub fn last_one_on(lang: Lang) -> Message {
    Message::sentence(text!(lang, "packs-last-one-on"))
}

/// No further pack can be switched off: that many already are.
#[must_use]
pub fn too_many_off(lang: Lang, max: usize) -> Message {
    Message::sentence(text!(lang, "packs-too-many-off", max = max))
}

/// A preview for the member who uploaded it.
#[must_use]
pub fn preview(lang: Lang, preview: &Preview) -> Message {
    let count = |difficulty| {
        preview
            .questions
            .iter()
            .filter(|q| q.difficulty == difficulty)
            .count()
    };
    let mut text = format!(
        "{}\n\n`{}` · {}",
        escape(&preview.pack.description),
        preview.pack.id,
        text!(
            lang,
            "packs-counts",
            questions = phrases::count(lang, preview.questions.len(), Counted::Questions),
            easy = count(Difficulty::Easy),
            medium = count(Difficulty::Medium),
            hard = count(Difficulty::Hard)
        ),
    );
    if preview.replaces {
        text.extend(["\n", &text!(lang, "packs-replaces")]);
    }
    let notes = preview.notes.iter().map(|note| imports::note(lang, note));
    let guessed = preview.guessed_encoding;
    let guessed = guessed.map(|name| text!(lang, "packs-guessed-encoding", name = name));
    for note in notes.chain(guessed) {
        text.extend(["\n", &escape_clipped(&note, 300)]);
    }
    let mut fields: Vec<Field> = samples(lang, preview.questions);
    let file = (!preview.left_out.is_empty()).then(|| {
        fields.push(field(
            text!(lang, "packs-left-out-title"),
            text!(lang, "packs-left-out", n = preview.left_out.len()),
        ));
        let name = text!(lang, "packs-file-left-out");
        Box::new(file(name, &left_out(lang, preview.left_out)))
    });
    let title = text!(lang, "packs-new", title = escape(&preview.pack.title));
    Message {
        embeds: vec![Embed {
            title: clip(&title, 256),
            description: text,
            tone: Tone::Open,
            fields,
            footer: text!(lang, "packs-not-stored-yet"),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![
            Button::new(
                PackButton::Store {
                    upload: preview.upload,
                }
                .to_string(),
                text!(lang, "packs-button-add"),
                Style::Primary,
            ),
            Button::new(
                PackButton::Drop {
                    upload: preview.upload,
                }
                .to_string(),
                text!(lang, "packs-button-cancel"),
                Style::Secondary,
            ),
        ])],
        file,
        ..Message::default()
    }
}

/// The first, the middle and the last question, with the answers hidden as spoilers.
fn samples(lang: Lang, questions: &[&Question]) -> Vec<Field> {
    let step = questions.len().div_ceil(SAMPLES).max(1);
    let shown = questions.iter().step_by(step).take(SAMPLES);
    shown
        .map(|question| {
            let wrong: Vec<String> = question
                .distractors
                .iter()
                .take(3)
                .map(|d| escape(&d.text))
                .collect();
            let value = text!(
                lang,
                "packs-sample",
                answer = escape(&question.answer.text),
                wrong = wrong.join(", ")
            );
            field(escape_clipped(&question.prompt, 110), value)
        })
        .collect()
}

/// A pack that cannot be stored, with all its faults.
#[must_use]
pub fn faulty(lang: Lang, name: &str, faults: &[Fault]) -> Message {
    let lines = faults.iter().map(|fault| faults::fault(lang, fault));
    let lines: Vec<String> = lines.collect();
    let what = text!(
        lang,
        "packs-faulty",
        name = escape_clipped(name, 80),
        faults = phrases::count(lang, lines.len(), Counted::Faults)
    );
    refused(lang, what, &lines)
}

/// A file without a single usable row.
#[must_use]
pub fn nothing(lang: Lang, name: &str, rows: &[LeftOut]) -> Message {
    let what = text!(lang, "packs-no-rows", name = escape_clipped(name, 80));
    refused(lang, what, &left_out(lang, rows))
}

fn left_out(lang: Lang, rows: &[LeftOut]) -> Vec<String> {
    rows.iter()
        .map(|row| imports::left_out(lang, row))
        .collect()
}

fn refused(lang: Lang, what: String, lines: &[String]) -> Message {
    let shown = lines
        .iter()
        .take(FAULTS_SHOWN)
        .map(|line| format!("• {}", escape_clipped(line, 300)));
    let mut text = what;
    text.extend(["\n\n", &shown.collect::<Vec<_>>().join("\n")]);
    if lines.len() > FAULTS_SHOWN {
        text.extend(["\n\n", &text!(lang, "packs-file-has-all")]);
    }
    let title = text!(lang, "packs-refused");
    let mut message = Message::framed(&title, clip_lines(text), Tone::Bad);
    message.file = Some(Box::new(file(text!(lang, "packs-file-faults"), lines)));
    message
}

/// A pack is stored.
#[must_use]
pub fn stored(lang: Lang, title: &str, questions: usize) -> Message {
    let text = text!(
        lang,
        "packs-stored",
        questions = phrases::count(lang, questions, Counted::Questions),
        title = escape(title)
    );
    Message::framed(&text!(lang, "packs-stored-title"), text, Tone::Good)
}

/// Asks before a pack is removed.
#[must_use]
pub fn ask_to_remove(lang: Lang, id: &str, title: &str, questions: usize) -> Message {
    let remove = PackButton::Remove {
        pack: Words::of(id),
    };
    let keep = PackButton::Keep {};
    let buttons = vec![
        Button::new(
            remove.to_string(),
            text!(lang, "packs-button-remove"),
            Style::Danger,
        ),
        Button::new(
            keep.to_string(),
            text!(lang, "packs-button-keep"),
            Style::Secondary,
        ),
    ];
    let asked = text!(
        lang,
        "packs-remove",
        title = escape_clipped(title, 120),
        questions = phrases::count(lang, questions, Counted::Questions)
    );
    Message {
        rows: vec![Row::Buttons(buttons)],
        ..Message::framed(&text!(lang, "packs-remove-title"), asked, Tone::Bad)
    }
}

/// A pack stays.
#[must_use]
pub fn kept(lang: Lang) -> Message {
    Message::sentence(text!(lang, "packs-kept"))
}

/// A pack is removed.
#[must_use]
pub fn removed(lang: Lang, id: &str, title: &str) -> Message {
    let restore = PackButton::Restore {
        pack: Words::of(id),
    };
    Message {
        rows: vec![Row::Buttons(vec![Button::new(
            restore.to_string(),
            text!(lang, "packs-button-undo"),
            Style::Secondary,
        )])],
        ..Message::sentence(text!(lang, "packs-removed", title = escape(title)))
    }
}

/// A removed pack is back.
#[must_use]
pub fn restored(lang: Lang) -> Message {
    Message::sentence(text!(lang, "packs-restored"))
}

/// There is no such removed pack.
#[must_use]
pub fn not_removed(lang: Lang, name: &str) -> Message {
    let name = escape_clipped(name, 80);
    Message::sentence(text!(lang, "packs-not-removed", name = name))
}

/// A button for members to suggest a question.
#[must_use]
pub fn with_suggest_button(lang: Lang, list: Message) -> Message {
    let suggest = WriteButton::Suggest {};
    Message {
        rows: vec![Row::Buttons(vec![Button::new(
            suggest.to_string(),
            text!(lang, "packs-button-suggest"),
            Style::Secondary,
        )])],
        ..list
    }
}

/// A pack as a file.
#[must_use]
pub fn exported(lang: Lang, title: &str, name: String, content: String) -> Message {
    Message {
        file: Some(Box::new(File {
            name,
            content: content.into_bytes(),
            ..File::default()
        })),
        ..Message::sentence(text!(lang, "packs-exported", title = escape(title)))
    }
}

/// A table to fill in.
#[must_use]
pub fn template(lang: Lang) -> Message {
    let examples = [
        [
            text!(lang, "packs-template-question-1"),
            text!(lang, "packs-template-answer-1"),
            text!(lang, "packs-template-wrong-1-1"),
            text!(lang, "packs-template-wrong-1-2"),
            text!(lang, "packs-template-wrong-1-3"),
            text!(lang, "packs-template-reason-1"),
        ],
        [
            text!(lang, "packs-template-question-2"),
            "2019".to_owned(),
            "2017".to_owned(),
            "2018".to_owned(),
            "2020".to_owned(),
            text!(lang, "packs-template-reason-2"),
        ],
    ];
    Message {
        file: Some(Box::new(File {
            name: text!(lang, "packs-file-template"),
            content: heat_core::exchange::template(lang, &examples).into_bytes(),
            ..File::default()
        })),
        ..Message::sentence(text!(lang, "packs-template"))
    }
}

/// Encodings that match what has been typed so far.
#[must_use]
pub fn suggest_encodings(lang: Lang, typed: &str) -> Vec<Suggestion> {
    let known = [
        ("UTF-8", "UTF-8".to_owned()),
        ("UTF-16", text!(lang, "packs-encoding-unicode")),
        (
            "windows-1252",
            text!(lang, "packs-encoding-western-windows"),
        ),
        ("windows-1250", text!(lang, "packs-encoding-central")),
        ("windows-1251", text!(lang, "packs-encoding-cyrillic")),
        ("windows-1254", text!(lang, "packs-encoding-turkish")),
        ("macintosh", text!(lang, "packs-encoding-western-macintosh")),
        ("shift_jis", text!(lang, "packs-encoding-japanese")),
        ("gbk", text!(lang, "packs-encoding-chinese")),
    ];
    let typed = typed.trim().to_lowercase();
    let fitting = known
        .into_iter()
        .filter(|(_, name)| name.to_lowercase().contains(&typed));
    let suggestion = |(value, name): (&str, String)| Suggestion {
        name,
        value: value.to_owned(),
    };
    fitting.map(suggestion).collect()
}

/// The upload was not wanted.
#[must_use]
pub fn dropped(lang: Lang) -> Message {
    Message::sentence(text!(lang, "packs-dropped"))
}

/// The upload has expired.
#[must_use]
pub fn forgotten(lang: Lang) -> Message {
    Message::sentence(text!(lang, "packs-forgotten"))
}

/// Only members who may manage the server can do that.
#[must_use]
pub fn not_allowed(lang: Lang) -> Message {
    Message::sentence(text!(lang, "packs-not-allowed"))
}

/// Packs do not exist in direct messages.
#[must_use]
pub fn only_in_servers(lang: Lang) -> Message {
    Message::sentence(text!(lang, "packs-only-in-servers"))
}

/// The server has no pack of its own with this name.
#[must_use]
pub fn unknown(lang: Lang, name: &str) -> Message {
    let name = escape_clipped(name, 80);
    Message::sentence(text!(lang, "packs-unknown", name = name))
}

/// The server has reached its limit of packs.
#[must_use]
pub fn too_many(lang: Lang, max: usize) -> Message {
    Message::sentence(text!(lang, "packs-too-many", max = max))
}

/// The file is too large.
#[must_use]
pub fn too_large(lang: Lang, max: usize) -> Message {
    Message::sentence(text!(lang, "packs-too-large", kib = max / 1024))
}

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy)]
pub enum Unreadable<'a> {
    /// It is not an attachment.
    Elsewhere,
    /// Discord answered with this HTTP status.
    Refused(u16),
    /// Fetching it took too long.
    Slow,
    /// The connection broke.
    Broken,
    /// It is not text, or not in the named encoding.
    NotText(&'a NotText),
    /// The content of the file with this name is wrong.
    Content(&'a str, &'a FileFlaw),
}

/// The file cannot be fetched, or is not text.
#[must_use]
pub fn unreadable(lang: Lang, why: Unreadable) -> Message {
    Message::sentence(match why {
        Unreadable::Elsewhere => text!(lang, "packs-unreadable-elsewhere"),
        Unreadable::Refused(status) => {
            text!(lang, "packs-unreadable-refused", status = status)
        }
        Unreadable::Slow => text!(lang, "packs-unreadable-slow"),
        Unreadable::Broken => text!(lang, "packs-unreadable-broken"),
        Unreadable::NotText(NotText::Utf16) => text!(lang, "packs-unreadable-utf16"),
        Unreadable::NotText(NotText::OneByte { line }) => {
            text!(lang, "packs-unreadable-one-byte", line = *line)
        }
        Unreadable::NotText(NotText::Binary) => text!(lang, "packs-unreadable-binary"),
        Unreadable::NotText(NotText::Not { name }) => {
            text!(lang, "packs-unreadable-not", name = escape(name))
        }
        Unreadable::NotText(NotText::UnknownEncoding) => {
            text!(lang, "packs-unreadable-unknown-encoding")
        }
        Unreadable::Content(file, why) => {
            let why = escape_clipped(&imports::unreadable(lang, file, why), 400);
            text!(lang, "packs-unreadable-format", why = why)
        }
    })
}

fn field(name: String, value: String) -> Field {
    Field {
        name,
        value,
        inline: false,
    }
}

/// As many whole lines of a text as fit into a message.
fn clip_lines(mut text: String) -> String {
    while !fits(&text, 4000) {
        let Some(end) = text.rfind('\n') else {
            return clip(&text, 4000);
        };
        text.truncate(end);
    }
    text
}

fn file(name: String, lines: &[String]) -> File {
    File {
        name,
        content: (lines.join("\n") + "\n").into_bytes(),
        ..File::default()
    }
}
