//! Questions written in Discord: the form, its mistakes, a pack's questions one by one, and
//! members' suggestions.

use super::custom_id::{GameRequest, SetupButton, Words, WriteButton};
use super::escape::{clip, escape, plain};
use super::message::{
    Button, Embed, Field, Form, Input, Message, Row, Select, SelectOption, Style, Tone,
};
use super::phrases;
use super::reports::tag;
use heat_core::facts::limits::{CHOICE_LENGTH_MAX, PROMPT_LENGTH_MAX, SENTENCE_LENGTH_MAX};
use heat_core::facts::{Pack, WrittenQuestion};
use heat_core::game::Mode;
use heat_core::id::UserId;
use heat_core::lang::Lang;
use heat_core::writing::{Mistake, Part, Typed};

/// The fields of the form, in order.
pub const FIELDS: [Part; 4] = [Part::Question, Part::Answer, Part::Wrong, Part::Reason];
/// Questions on a page.
const PAGE_ROWS: usize = 5;
/// The most characters of all wrong answers together.
const WRONG_LENGTH_MAX: u16 = 1_000;
/// The most questions of a game started from here.
const ROUNDS_MAX: usize = 10;
/// The most waiting suggestions of one member in a server.
pub const SUGGESTIONS_MAX: u32 = 10;

/// A field's name in a form.
#[must_use]
pub fn field_id(part: Part) -> &'static str {
    match part {
        Part::Question => "question",
        Part::Answer => "answer",
        Part::Wrong => "wrong",
        Part::Reason => "reason",
    }
}

/// The longest text of a field, in characters.
#[must_use]
pub fn length_max(part: Part) -> u16 {
    let fits = |max: usize| u16::try_from(max).unwrap_or(u16::MAX);
    match part {
        Part::Question => fits(PROMPT_LENGTH_MAX),
        Part::Answer => fits(CHOICE_LENGTH_MAX),
        Part::Wrong => WRONG_LENGTH_MAX,
        Part::Reason => fits(SENTENCE_LENGTH_MAX),
    }
}

/// The form, filled with what was typed before.
#[must_use]
pub fn form(lang: Lang, button: &WriteButton, typed: &Typed) -> Form {
    let input = |part: Part| {
        let placeholder = match part {
            Part::Question => "Who brought the cake to our first film evening?",
            Part::Answer => "Robin",
            Part::Wrong => "Kim\nSascha\nToni",
            Part::Reason => "It was a carrot cake, and none was left.",
        };
        Input {
            id: field_id(part),
            label: label(lang, part).to_owned(),
            placeholder: placeholder.to_owned(),
            value: text_of(typed, part).to_owned(),
            length_max: length_max(part),
            has_lines: matches!(part, Part::Wrong | Part::Reason),
            is_required: part != Part::Reason,
        }
    };
    let title = if matches!(button, WriteButton::Suggest {}) || typed.is_suggestion {
        "Suggest a question"
    } else if typed.question.is_some() {
        "Change a question"
    } else {
        "Write a question"
    };
    Form {
        custom_id: button.to_string(),
        title: title.to_owned(),
        inputs: FIELDS.map(input).into(),
    }
}

fn label(lang: Lang, part: Part) -> &'static str {
    match part {
        Part::Question => "Question",
        Part::Answer => "The right answer",
        Part::Wrong => "Three or more wrong answers, one per line",
        Part::Reason => "Why: shown with the answer (optional)",
    }
}

fn text_of(typed: &Typed, part: Part) -> &str {
    match part {
        Part::Question => &typed.prompt,
        Part::Answer => &typed.answer,
        Part::Wrong => &typed.wrong,
        Part::Reason => &typed.reason,
    }
}

/// What was typed, with each mistake at its field, and a button back to the form.
#[must_use]
pub fn mistakes(lang: Lang, typed: &Typed, mistakes: &[Mistake], draft: u64) -> Message {
    let fields = FIELDS.map(|part| {
        let here = mistakes.iter().filter(|mistake| mistake.part == part);
        let says: Vec<String> = here
            .take(3)
            .map(|mistake| format!("⚠️ **{}**", escape(&clip(&mistake.says, 220))))
            .collect();
        let name = if says.is_empty() {
            label(lang, part).to_owned()
        } else {
            format!("⚠️ {}", label(lang, part))
        };
        field(
            &name,
            &format!("{}\n{}", shown(lang, text_of(typed, part)), says.join("\n")),
        )
    });
    Message {
        embeds: vec![Embed {
            title: "Not stored yet".to_owned(),
            description: "What you typed is kept for a day.".to_owned(),
            tone: Tone::Bad,
            fields: fields.into(),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![
            Button::new(
                WriteButton::Mend { draft }.to_string(),
                "Answer again",
                Style::Primary,
            ),
            Button::new(
                WriteButton::Drop { draft }.to_string(),
                "Throw away",
                Style::Secondary,
            ),
        ])],
        ..Message::default()
    }
}

/// A question was stored in its pack.
#[must_use]
pub fn stored(lang: Lang, pack: &Pack, question: &WrittenQuestion) -> Message {
    let text = format!(
        "It is in **{}**, which has {} now.",
        escape(&pack.title),
        phrases::count(lang, pack.questions.len(), phrases::Counted::Questions)
    );
    let mut buttons = ways(lang, pack);
    buttons.push(Button::new(
        edit(pack, question).to_string(),
        "Change it",
        Style::Secondary,
    ));
    Message {
        embeds: vec![Embed {
            title: "Stored".to_owned(),
            description: text,
            tone: Tone::Good,
            fields: whole(lang, question),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(buttons)],
        ..Message::default()
    }
}

/// What to do next with a pack: add a question, see all, play.
fn ways(lang: Lang, pack: &Pack) -> Vec<Button> {
    let id = Words::of(&pack.id);
    let rounds = pack.questions.len().clamp(1, ROUNDS_MAX);
    let request = GameRequest {
        mode: Mode::Classic,
        rounds: u16::try_from(rounds).unwrap_or(1),
        about: format!("pack:{}", pack.id),
    };
    let mut buttons = vec![
        Button::new(
            WriteButton::New { pack: id.clone() }.to_string(),
            "Add another",
            Style::Primary,
        ),
        Button::new(
            WriteButton::Page { pack: id, page: 0 }.to_string(),
            "Preview",
            Style::Secondary,
        ),
    ];
    if request.fits() {
        let start = SetupButton::Start { wish: request };
        buttons.push(Button::new(start.to_string(), "Play now", Style::Success));
    }
    buttons
}

fn edit(pack: &Pack, question: &WrittenQuestion) -> WriteButton {
    WriteButton::Edit {
        pack: Words::of(&pack.id),
        tag: tag(&question.id),
    }
}

/// A page of a pack's hand-written questions, from 0; the last one if there are fewer.
#[must_use]
pub fn page(lang: Lang, pack: &Pack, page: u16) -> Message {
    let pages = pack.questions.len().div_ceil(PAGE_ROWS).max(1);
    let page = usize::from(page).min(pages - 1);
    let here: Vec<&WrittenQuestion> = pack
        .questions
        .iter()
        .skip(page * PAGE_ROWS)
        .take(PAGE_ROWS)
        .collect();
    let fields = here.iter().map(|question| {
        let wrong: Vec<String> = question
            .distractors
            .iter()
            .take(3)
            .map(|text| escape(text))
            .collect();
        let value = format!("||{}||, not {}", escape(&question.answer), wrong.join(", "));
        field(&escape(&clip(&question.prompt, 110)), &value)
    });
    let fields: Vec<Field> = fields.collect();
    let words = Words::of(&pack.id);
    let turn = |to: usize, name: &str, is_there: bool| {
        let page = u16::try_from(to).unwrap_or(u16::MAX);
        let button = WriteButton::Page {
            pack: words.clone(),
            page,
        };
        Button {
            disabled: !is_there,
            ..Button::new(button.to_string(), name, Style::Secondary)
        }
    };
    let mut rows = Vec::new();
    if !here.is_empty() {
        let option = |question: &&WrittenQuestion| SelectOption {
            label: clip(&plain(&question.prompt), 100),
            value: tag(&question.id).to_string(),
            chosen: false,
        };
        rows.push(Row::Select(Select {
            custom_id: WriteButton::Pick {
                pack: words.clone(),
            }
            .to_string(),
            placeholder: "Change or delete one of these".to_owned(),
            options: here.iter().map(option).collect(),
        }));
    }
    if pages > 1 {
        rows.push(Row::Buttons(vec![
            turn(page.saturating_sub(1), "Back", page > 0),
            turn(page + 1, "Next", page + 1 < pages),
        ]));
    }
    let ways = ways(lang, pack)
        .into_iter()
        .filter(|button| button.label != "Preview");
    rows.push(Row::Buttons(ways.collect()));
    Message {
        embeds: vec![Embed {
            title: clip(&escape(&pack.title), 256),
            description: format!(
                "{} written by hand. Tap an answer to see it.",
                phrases::count(lang, pack.questions.len(), phrases::Counted::Questions)
            ),
            fields,
            footer: format!("Page {} of {pages}", page + 1),
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    }
}

/// One question of a pack, to change or delete.
#[must_use]
pub fn question(
    lang: Lang,
    pack: &Pack,
    question: &WrittenQuestion,
    asks_to_delete: bool,
) -> Message {
    let (words, tag) = (Words::of(&pack.id), tag(&question.id));
    let show = WriteButton::Show {
        pack: words.clone(),
        tag,
    };
    let back = WriteButton::Page {
        pack: words.clone(),
        page: 0,
    };
    let button = |id: WriteButton, name: &str, style| Button::new(id.to_string(), name, style);
    let buttons = if asks_to_delete {
        vec![
            button(
                WriteButton::Erase { pack: words, tag },
                "Delete it",
                Style::Danger,
            ),
            button(show, "Keep it", Style::Secondary),
        ]
    } else {
        vec![
            button(edit(pack, question), "Change", Style::Primary),
            button(
                WriteButton::Delete { pack: words, tag },
                "Delete",
                Style::Danger,
            ),
            button(back, "All questions", Style::Secondary),
        ]
    };
    let title = if asks_to_delete {
        "Delete this question?"
    } else {
        "A question"
    };
    Message {
        embeds: vec![Embed {
            title: title.to_owned(),
            description: format!("In **{}**.", escape(&pack.title)),
            tone: if asks_to_delete {
                Tone::Bad
            } else {
                Tone::Plain
            },
            fields: whole(lang, question),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(buttons)],
        ..Message::default()
    }
}

fn whole(lang: Lang, question: &WrittenQuestion) -> Vec<Field> {
    let wrong = question.distractors.join("\n");
    let reason = question.reason.as_deref().unwrap_or_default();
    let texts = [&question.prompt, &question.answer, &wrong, reason];
    let named = ["Question", "The right answer", "Wrong answers", "Why"];
    let fields = named.into_iter().zip(texts);
    fields
        .map(|(name, text)| field(name, &shown(lang, text)))
        .collect()
}

/// A suggestion was sent.
#[must_use]
pub fn suggested(lang: Lang) -> Message {
    let another = WriteButton::Suggest {};
    Message {
        rows: vec![Row::Buttons(vec![Button::new(
            another.to_string(),
            "Suggest another",
            Style::Secondary,
        )])],
        ..Message::framed(
            "Thank you!",
            "Thank you! A manager of this server will look at your question.".to_owned(),
            Tone::Good,
        )
    }
}

/// The member has reached the limit of waiting suggestions.
#[must_use]
pub fn too_many_suggestions(lang: Lang) -> Message {
    Message::sentence(format!(
        "You have {SUGGESTIONS_MAX} suggestions waiting here. Please give the managers time to read them."
    ))
}

/// What happened to the suggestion shown before this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// Nothing: the list has just been opened.
    Opened,
    /// It was accepted.
    Accepted,
    /// It was declined.
    Declined,
    /// Another manager was quicker.
    ByAnother,
}

impl Decided {
    const fn says(self, lang: Lang) -> &'static str {
        match self {
            Self::Opened => "",
            Self::Accepted => "Accepted. ",
            Self::Declined => "Declined. ",
            Self::ByAnother => "Another manager was quicker. ",
        }
    }
}

/// The oldest suggestion, for the server's managers, after the result of the previous one.
#[must_use]
pub fn waiting(
    lang: Lang,
    decided: Decided,
    first: Option<(&Typed, UserId, u64)>,
    count: usize,
) -> Message {
    let done = decided.says(lang);
    let Some((typed, author, draft)) = first else {
        return Message::sentence(format!("{done}No suggestions are waiting."));
    };
    let button = |id: WriteButton, name: &str, style| Button::new(id.to_string(), name, style);
    let fields = FIELDS.map(|part| {
        let text = text_of(typed, part);
        field(label(lang, part), &shown(lang, text))
    });
    Message {
        embeds: vec![Embed {
            title: "A suggested question".to_owned(),
            description: format!(
                "{done}From <@{author}>. Accept it, and it goes into “Our questions”."
            ),
            fields: fields.into(),
            footer: format!(
                "{} waiting",
                phrases::count(lang, count, phrases::Counted::Suggestions)
            ),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![
            button(WriteButton::Accept { draft }, "Accept", Style::Success),
            button(WriteButton::Mend { draft }, "Change", Style::Secondary),
            button(WriteButton::Decline { draft }, "Decline", Style::Danger),
        ])],
        ..Message::default()
    }
}

/// The question or draft no longer exists.
#[must_use]
pub fn gone(lang: Lang) -> Message {
    Message::sentence("That one is gone: someone stored, deleted or declined it.")
}

/// A draft was discarded.
#[must_use]
pub fn dropped(lang: Lang) -> Message {
    Message::sentence("Discarded. Nothing was stored.")
}

/// A pack cannot lose its last question.
#[must_use]
pub fn only_one(lang: Lang) -> Message {
    Message::sentence(
        "This is the pack's only question. To remove the whole pack, use `/packs remove`.",
    )
}

/// Others are changing the pack at the same time.
#[must_use]
pub fn busy(lang: Lang) -> Message {
    Message::sentence("Someone else is changing this pack right now. Please press again.")
}

/// The stored pack with this name conflicts with the loaded packs.
#[must_use]
pub fn unfit(lang: Lang) -> Message {
    Message::sentence(
        "The pack with that name conflicts with the packs loaded here. Choose another name.",
    )
}

/// A text as a field shows it.
fn shown(lang: Lang, text: &str) -> String {
    let text = escape(&clip(text, 600));
    if text.trim().is_empty() {
        "*(empty)*".to_owned()
    } else {
        text
    }
}

fn field(name: &str, value: &str) -> Field {
    Field {
        name: clip(name, 256),
        value: clip(value.trim(), 1_000),
        inline: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::check;

    fn pack(questions: usize, text: &str) -> Pack {
        let question = |n: usize| WrittenQuestion {
            id: format!("p-{n}"),
            prompt: format!("{text} {n}?"),
            answer: text.chars().take(70).collect(),
            distractors: vec![text.chars().take(72).collect(); 12],
            reason: Some(text.to_owned()),
            ..WrittenQuestion::default()
        };
        Pack {
            id: "p".repeat(64),
            title: text.chars().take(80).collect(),
            questions: (0..questions).map(question).collect(),
            ..Pack::default()
        }
    }

    #[test]
    fn each_mistake_is_shown_next_to_what_was_typed() {
        let typed = Typed {
            prompt: "Who *is* it?".to_owned(),
            answer: "Ann".to_owned(),
            wrong: "Bo\nann".to_owned(),
            ..Typed::default()
        };
        let wrong = Mistake {
            part: Part::Wrong,
            says: "\"ann\" is the right answer; replace it with a wrong one".to_owned(),
        };
        insta::assert_json_snapshot!(
            "write",
            (
                form(Lang::English, &WriteButton::Mend { draft: 7 }, &typed),
                mistakes(Lang::English, &typed, &[wrong], 7),
                waiting(
                    Lang::English,
                    Decided::Declined,
                    Some((&typed, UserId(5), 9)),
                    3
                ),
            )
        );
    }

    #[test]
    fn no_text_breaks_a_limit() {
        for text in ["x", "*", "ß", "👨‍👩‍👧"] {
            let text = text.repeat(300 / text.encode_utf16().count());
            for count in [1, 2, 11] {
                let pack = pack(count, &text);
                let first = &pack.questions[0];
                for message in [
                    page(Lang::English, &pack, 0),
                    page(Lang::English, &pack, 9),
                    stored(Lang::English, &pack, first),
                    question(Lang::English, &pack, first, true),
                    question(Lang::English, &pack, first, false),
                ] {
                    assert_eq!(check(&message), Ok(()), "{text}");
                }
            }
        }
    }
}
