//! The replies to `/packs`: the list, the preview of a pack before it is stored, and the results.

use super::custom_id::{PackButton, Words, WriteButton};
use super::escape::{clip, escape};
use super::message::{Button, Embed, Field, File, Message, Row, Style, Suggestion, Tone};
use super::phrases;
use heat_core::bank::Question;
use heat_core::facts::{Difficulty, Fault, Pack};
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
    /// What was left out of its file, one line each.
    pub left_out: &'a [String],
    /// Notes about it.
    pub notes: &'a [String],
    /// Whether it would replace an existing pack with its id.
    pub replaces: bool,
    /// The upload's number, for the buttons.
    pub upload: u64,
}

/// The packs that can be played here.
#[must_use]
pub fn list(lang: Lang, lines: &[Line]) -> Message {
    let shown = lines.iter().take(LISTED_MAX).map(|line| {
        let own = if line.is_own {
            " · this server's own"
        } else {
            ""
        };
        let off = if line.is_off { " · switched off" } else { "" };
        format!(
            "• **{}** (`{}`) · {}{own}{off}",
            escape(&clip(line.title, 60)),
            // An id holds only letters, digits and hyphens.
            line.id,
            phrases::count(lang, line.questions, phrases::Counted::Questions)
        )
    });
    let mut text = shown.collect::<Vec<_>>().join("\n");
    if lines.len() > LISTED_MAX {
        text.extend([
            "\n… and ",
            &(lines.len() - LISTED_MAX).to_string(),
            " more.",
        ]);
    }
    text = clip_lines(text);
    Message::framed("Question packs", text, Tone::Plain)
}

/// A pack was switched off or on.
#[must_use]
pub fn switched(lang: Lang, title: &str, off: bool) -> Message {
    let title = escape(&clip(title, 100));
    Message::sentence(if off {
        format!(
            "**{title}** is switched off. Nothing here asks its questions until you use `/packs on`."
        )
    } else {
        format!("**{title}** is switched on.")
    })
}

/// The only pack that is on stays on.
#[must_use]
pub fn last_one_on(lang: Lang) -> Message {
    Message::sentence("That is the only pack still on. Switch another one on first.")
}

/// So many packs are switched off that no further one fits.
#[must_use]
pub fn too_many_off(lang: Lang, max: usize) -> Message {
    Message::sentence(format!(
        "This server has {max} packs switched off, which is the limit. Switch one on with `/packs on` first."
    ))
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
        "{}\n\n`{}` · {}: {} easy, {} medium, {} hard",
        escape(&preview.pack.description),
        preview.pack.id,
        phrases::count(lang, preview.questions.len(), phrases::Counted::Questions),
        count(Difficulty::Easy),
        count(Difficulty::Medium),
        count(Difficulty::Hard),
    );
    if preview.replaces {
        text.push_str("\n**It replaces the pack with the same id.**");
    }
    for note in preview.notes {
        text.extend(["\n", &escape(&clip(note, 300))]);
    }
    let mut fields: Vec<Field> = samples(lang, preview.questions);
    let file = (!preview.left_out.is_empty()).then(|| {
        let left_out = preview.left_out.len();
        let rows = if left_out == 1 {
            "1 row was".to_owned()
        } else {
            format!("{left_out} rows were")
        };
        fields.push(field(
            "Left out",
            format!("{rows} left out. The file says which, and why."),
        ));
        Box::new(file("left-out.txt", preview.left_out))
    });
    Message {
        embeds: vec![Embed {
            title: clip(&format!("New pack: {}", escape(&preview.pack.title)), 256),
            description: text,
            tone: Tone::Open,
            fields,
            footer: "Nothing is stored yet. Only this server will see the pack.".to_owned(),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![
            Button::new(
                PackButton::Store {
                    upload: preview.upload,
                }
                .to_string(),
                "Add pack",
                Style::Primary,
            ),
            Button::new(
                PackButton::Drop {
                    upload: preview.upload,
                }
                .to_string(),
                "Cancel",
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
            let value = format!(
                "||{}||, not {}",
                escape(&question.answer.text),
                wrong.join(", ")
            );
            field(&escape(&clip(&question.prompt, 110)), value)
        })
        .collect()
}

/// A pack that cannot be stored, with all its faults.
#[must_use]
pub fn faulty(lang: Lang, name: &str, faults: &[Fault]) -> Message {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    refused(
        lang,
        name,
        &phrases::count(lang, lines.len(), phrases::Counted::Faults),
        &lines,
    )
}

/// A file without a single usable row.
#[must_use]
pub fn nothing(lang: Lang, name: &str, left_out: &[String]) -> Message {
    refused(lang, name, "no usable rows", left_out)
}

fn refused(lang: Lang, name: &str, what: &str, lines: &[String]) -> Message {
    let shown = lines
        .iter()
        .take(FAULTS_SHOWN)
        .map(|line| format!("• {}", escape(&clip(line, 300))));
    let mut text = format!(
        "“{}” has {what}, so nothing was stored.\n\n",
        escape(&clip(name, 80))
    );
    text.push_str(&shown.collect::<Vec<_>>().join("\n"));
    if lines.len() > FAULTS_SHOWN {
        text.push_str("\n\nThe file has all of them.");
    }
    let mut message = Message::framed("This pack cannot be stored", clip_lines(text), Tone::Bad);
    message.file = Some(Box::new(file("faults.txt", lines)));
    message
}

/// A pack is stored.
#[must_use]
pub fn stored(lang: Lang, title: &str, questions: usize) -> Message {
    let text = format!(
        "{} can be played here now: `/quiz`, and choose **{}** under `pack`.",
        phrases::count(lang, questions, phrases::Counted::Questions),
        escape(title)
    );
    Message::framed("Stored", text, Tone::Good)
}

/// Asks before a pack is removed.
#[must_use]
pub fn ask_to_remove(lang: Lang, id: &str, title: &str, questions: usize) -> Message {
    let remove = PackButton::Remove {
        pack: Words::of(id),
    };
    let buttons = vec![
        Button::new(remove.to_string(), "Remove it", Style::Danger),
        Button::new(PackButton::Keep {}.to_string(), "Keep it", Style::Secondary),
    ];
    Message {
        rows: vec![Row::Buttons(buttons)],
        ..Message::framed(
            "Remove this pack?",
            format!(
                "**{}** with {}. You can undo this for a week with `/packs restore`.",
                escape(&clip(title, 120)),
                phrases::count(lang, questions, phrases::Counted::Questions)
            ),
            Tone::Bad,
        )
    }
}

/// A pack stays.
#[must_use]
pub fn kept(lang: Lang) -> Message {
    Message::sentence("It stays.")
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
            "Undo",
            Style::Secondary,
        )])],
        ..Message::sentence(format!(
            "“{}” is removed. Running games keep their questions. You can undo this for a week with `/packs restore`.",
            escape(title)
        ))
    }
}

/// A removed pack is back.
#[must_use]
pub fn restored(lang: Lang) -> Message {
    Message::sentence("It is back, with all its questions.")
}

/// There is no such removed pack.
#[must_use]
pub fn not_removed(lang: Lang, name: &str) -> Message {
    Message::sentence(format!(
        "No pack called “{}” was removed here in the past week.",
        escape(&clip(name, 80))
    ))
}

/// A button for members to suggest a question.
#[must_use]
pub fn with_suggest_button(lang: Lang, list: Message) -> Message {
    let suggest = WriteButton::Suggest {};
    Message {
        rows: vec![Row::Buttons(vec![Button::new(
            suggest.to_string(),
            "Suggest a question",
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
        ..Message::sentence(format!(
            "Here is the complete pack “{}”. You can add it again with `/packs add`.",
            escape(title)
        ))
    }
}

/// A table to fill in.
#[must_use]
pub fn template(lang: Lang, content: String) -> Message {
    Message {
        file: Some(Box::new(File {
            name: "questions.csv".to_owned(),
            content: content.into_bytes(),
            ..File::default()
        })),
        ..Message::sentence(
            "Here is a table for a spreadsheet: one line per question, with two examples to replace. Save it as CSV, give it your pack's name, and bring it back with `/packs add`.",
        )
    }
}

/// Encodings that match what has been typed so far.
#[must_use]
pub fn suggest_encodings(lang: Lang, typed: &str) -> Vec<Suggestion> {
    const KNOWN: [(&str, &str); 9] = [
        ("UTF-8", "UTF-8"),
        ("UTF-16 (\"Unicode\")", "UTF-16"),
        ("Windows-1252: Western Europe (\"ANSI\")", "windows-1252"),
        ("Windows-1250: Central Europe", "windows-1250"),
        ("Windows-1251: Cyrillic", "windows-1251"),
        ("Windows-1254: Turkish", "windows-1254"),
        ("Macintosh: Western Europe", "macintosh"),
        ("Shift_JIS: Japanese", "shift_jis"),
        ("GBK: Chinese", "gbk"),
    ];
    let typed = typed.trim().to_lowercase();
    let known = KNOWN.into_iter();
    let fitting = known.filter(|(name, _)| name.to_lowercase().contains(&typed));
    let suggestion = |(name, value): (&str, &str)| Suggestion {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    fitting.map(suggestion).collect()
}

/// The encoding that was guessed for the file.
#[must_use]
pub fn guessed_encoding(lang: Lang, name: &str) -> String {
    format!(
        "The file is not UTF-8; I read it as {name}. If its letters look wrong, add it again with the right `encoding`."
    )
}

/// The upload was not wanted.
#[must_use]
pub fn dropped(lang: Lang) -> Message {
    Message::sentence("Nothing was stored.")
}

/// The upload has expired.
#[must_use]
pub fn forgotten(lang: Lang) -> Message {
    Message::sentence("That upload has expired. Please add the file again.")
}

/// Only members who may manage the server can do that.
#[must_use]
pub fn not_allowed(lang: Lang) -> Message {
    Message::sentence(
        "Only a member who may manage this server can do that. `/packs list` is for everyone.",
    )
}

/// Packs do not exist in direct messages.
#[must_use]
pub fn only_in_servers(lang: Lang) -> Message {
    Message::sentence("Packs belong to a server: use this in one.")
}

/// The server has no pack of its own with this name.
#[must_use]
pub fn unknown(lang: Lang, name: &str) -> Message {
    Message::sentence(format!(
        "This server has no pack of its own called “{}”.",
        escape(&clip(name, 80))
    ))
}

/// The server has reached its limit of packs.
#[must_use]
pub fn too_many(lang: Lang, max: usize) -> Message {
    Message::sentence(format!(
        "A server may have {max} packs of its own. Remove one first."
    ))
}

/// The file is too large.
#[must_use]
pub fn too_large(lang: Lang, max: usize) -> Message {
    Message::sentence(format!(
        "That file is too large: a pack may have {} KiB.",
        max / 1024
    ))
}

/// The file cannot be fetched, or is not text.
#[must_use]
pub fn unreadable(lang: Lang, why: &str) -> Message {
    Message::sentence(format!(
        "I cannot read that file: {}.",
        escape(&clip(why, 400))
    ))
}

fn field(name: &str, value: String) -> Field {
    Field {
        name: name.to_owned(),
        value,
        inline: false,
    }
}

/// As many whole lines of a text as fit into a message.
fn clip_lines(mut text: String) -> String {
    while text.encode_utf16().count() > 4000 {
        let Some(end) = text.rfind('\n') else {
            return clip(&text, 4000);
        };
        text.truncate(end);
    }
    text
}

fn file(name: &str, lines: &[String]) -> File {
    File {
        name: name.to_owned(),
        content: (lines.join("\n") + "\n").into_bytes(),
        ..File::default()
    }
}
