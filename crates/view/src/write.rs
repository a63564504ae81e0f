//! Questions written in Discord: the form, its mistakes, a pack's questions one by one, and
//! members' suggestions.

use super::catalogue::text;
use super::custom_id::{GameRequest, SetupButton, Words, WriteButton};
use super::escape::{clip, escape, escape_clipped, plain};
use super::message::{
    Button, Embed, Field, Form, Input, Message, Row, Select, SelectOption, Style, Tone,
};
use super::paging::page_of;
use super::{faults, phrases};
use heat_core::asked_history::QuestionHash;
use heat_core::facts::limits::{CHOICE_LENGTH_MAX, PROMPT_LENGTH_MAX, SENTENCE_LENGTH_MAX};
use heat_core::facts::{Pack, WrittenQuestion};
use heat_core::game::Mode;
use heat_core::id::{InteractionId, UserId};
use heat_core::lang::Lang;
use heat_core::writing::{Defaults, Mistake, Part, Typed, Wrong};

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
            Part::Question => text!(lang, "write-example-question"),
            Part::Answer => text!(lang, "write-example-answer"),
            Part::Wrong => text!(lang, "write-example-wrong"),
            Part::Reason => text!(lang, "write-example-reason"),
        };
        Input {
            id: field_id(part),
            label: label(lang, part),
            placeholder,
            value: text_of(typed, part).to_owned(),
            length_max: length_max(part),
            has_lines: matches!(part, Part::Wrong | Part::Reason),
            is_required: part != Part::Reason,
        }
    };
    let title = if matches!(button, WriteButton::Suggest {}) || typed.is_suggestion {
        text!(lang, "write-form-suggest")
    } else if typed.question.is_some() {
        text!(lang, "write-form-change")
    } else {
        text!(lang, "write-form-new")
    };
    Form {
        custom_id: button.to_string(),
        title,
        inputs: FIELDS.map(input).into(),
    }
}

fn label(lang: Lang, part: Part) -> String {
    match part {
        Part::Question => text!(lang, "write-label-question"),
        Part::Answer => text!(lang, "write-label-answer"),
        Part::Wrong => text!(lang, "write-label-wrong"),
        Part::Reason => text!(lang, "write-label-reason"),
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

/// The words for what a form leaves out.
#[must_use]
pub fn defaults(lang: Lang, typed: &Typed) -> Defaults {
    Defaults {
        title: text!(lang, "write-our-questions"),
        reason: default_reason(lang, &typed.answer),
    }
}

/// The reason of a question whose writer gives none.
#[must_use]
pub fn default_reason(lang: Lang, answer: &str) -> String {
    text!(lang, "write-default-reason", answer = answer)
}

fn says(lang: Lang, mistake: &Mistake) -> String {
    match &mistake.what {
        Wrong::Here(flaw) => faults::flaw(lang, flaw),
        Wrong::Elsewhere(fault) => faults::fault(lang, fault),
    }
}

/// What was typed, with each mistake at its field, and a button back to the form.
#[must_use]
pub fn mistakes(lang: Lang, typed: &Typed, mistakes: &[Mistake], draft: InteractionId) -> Message {
    let fields = FIELDS.map(|part| {
        let here = mistakes.iter().filter(|mistake| mistake.part == part);
        let says: Vec<String> = here
            .take(3)
            .map(|mistake| format!("⚠️ **{}**", escape_clipped(&says(lang, mistake), 220)))
            .collect();
        let name = if says.is_empty() {
            label(lang, part)
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
            title: text!(lang, "write-mistakes-title"),
            description: text!(lang, "write-mistakes"),
            tone: Tone::Bad,
            fields: fields.into(),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![
            Button::new(
                WriteButton::Mend { draft }.to_string(),
                text!(lang, "write-answer-again"),
                Style::Primary,
            ),
            Button::new(
                WriteButton::Drop { draft }.to_string(),
                text!(lang, "write-throw-away"),
                Style::Secondary,
            ),
        ])],
        ..Message::default()
    }
}

/// A question was stored in its pack.
#[must_use]
pub fn stored(lang: Lang, pack: &Pack, question: &WrittenQuestion) -> Message {
    let text = text!(
        lang,
        "write-stored",
        pack = escape(&pack.title),
        questions = phrases::count(lang, pack.questions.len(), phrases::Counted::Questions),
    );
    let mut buttons = ways(lang, pack, Some(preview(lang, pack)));
    buttons.push(Button::new(
        edit(pack, question).to_string(),
        text!(lang, "write-change-it"),
        Style::Secondary,
    ));
    Message {
        embeds: vec![Embed {
            title: text!(lang, "write-stored-title"),
            description: text,
            tone: Tone::Good,
            fields: whole(lang, question),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(buttons)],
        ..Message::default()
    }
}

/// What to do next with a pack: add a question, see all (with this button), play.
fn ways(lang: Lang, pack: &Pack, preview: Option<Button>) -> Vec<Button> {
    let rounds = pack.questions.len().clamp(1, ROUNDS_MAX);
    let request = GameRequest {
        mode: Mode::Classic,
        rounds: u16::try_from(rounds).unwrap_or(1),
        about: format!("pack:{}", pack.id),
    };
    let new = WriteButton::New {
        pack: Words::of(&pack.id),
    };
    let mut buttons = vec![Button::new(
        new.to_string(),
        text!(lang, "write-add-another"),
        Style::Primary,
    )];
    buttons.extend(preview);
    if request.fits() {
        buttons.push(Button::new(
            SetupButton::Start { request }.to_string(),
            text!(lang, "write-play-now"),
            Style::Success,
        ));
    }
    buttons
}

fn preview(lang: Lang, pack: &Pack) -> Button {
    let page = WriteButton::Page {
        pack: Words::of(&pack.id),
        page: 0,
    };
    let label = text!(lang, "write-preview");
    Button::new(page.to_string(), label, Style::Secondary)
}

fn edit(pack: &Pack, question: &WrittenQuestion) -> WriteButton {
    WriteButton::Edit {
        pack: Words::of(&pack.id),
        hash: QuestionHash::of(&question.id),
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
        let value = text!(
            lang,
            "write-answer-not",
            answer = escape(&question.answer),
            wrong = wrong.join(", "),
        );
        field(&escape_clipped(&question.prompt, 110), &value)
    });
    let fields: Vec<Field> = fields.collect();
    let words = Words::of(&pack.id);
    let turn = |to: usize, name: String, is_there: bool| {
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
            value: QuestionHash::of(&question.id).0.to_string(),
            chosen: false,
        };
        rows.push(Row::Select(Select {
            custom_id: WriteButton::Pick {
                pack: words.clone(),
            }
            .to_string(),
            placeholder: text!(lang, "write-pick"),
            options: here.iter().map(option).collect(),
        }));
    }
    if pages > 1 {
        rows.push(Row::Buttons(vec![
            turn(page.saturating_sub(1), text!(lang, "write-back"), page > 0),
            turn(page + 1, text!(lang, "write-next"), page + 1 < pages),
        ]));
    }
    rows.push(Row::Buttons(ways(lang, pack, None)));
    let questions = phrases::count(lang, pack.questions.len(), phrases::Counted::Questions);
    Message {
        embeds: vec![Embed {
            title: clip(&escape(&pack.title), 256),
            description: text!(lang, "write-page", questions = questions),
            fields,
            footer: page_of(lang, page + 1, pages),
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
    let (words, hash) = (Words::of(&pack.id), QuestionHash::of(&question.id));
    let show = WriteButton::Show {
        pack: words.clone(),
        hash,
    };
    let back = WriteButton::Page {
        pack: words.clone(),
        page: 0,
    };
    let button = |id: WriteButton, name: String, style| Button::new(id.to_string(), name, style);
    let buttons = if asks_to_delete {
        vec![
            button(
                WriteButton::Erase { pack: words, hash },
                text!(lang, "write-delete-it"),
                Style::Danger,
            ),
            button(show, text!(lang, "write-keep-it"), Style::Secondary),
        ]
    } else {
        vec![
            button(
                edit(pack, question),
                text!(lang, "write-change"),
                Style::Primary,
            ),
            button(
                WriteButton::Delete { pack: words, hash },
                text!(lang, "write-delete"),
                Style::Danger,
            ),
            button(back, text!(lang, "write-all-questions"), Style::Secondary),
        ]
    };
    let title = if asks_to_delete {
        text!(lang, "write-delete-title")
    } else {
        text!(lang, "write-question-title")
    };
    Message {
        embeds: vec![Embed {
            title,
            description: text!(lang, "write-in-pack", pack = escape(&pack.title)),
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
    let named = [
        label(lang, Part::Question),
        label(lang, Part::Answer),
        text!(lang, "write-wrong-answers"),
        text!(lang, "write-why"),
    ];
    let fields = named.into_iter().zip(texts);
    fields
        .map(|(name, text)| field(&name, &shown(lang, text)))
        .collect()
}

/// A suggestion was sent.
#[must_use]
pub fn suggested(lang: Lang) -> Message {
    let another = WriteButton::Suggest {};
    Message {
        rows: vec![Row::Buttons(vec![Button::new(
            another.to_string(),
            text!(lang, "write-suggest-another"),
            Style::Secondary,
        )])],
        ..Message::framed(
            &text!(lang, "write-thanks-title"),
            text!(lang, "write-thanks"),
            Tone::Good,
        )
    }
}

/// The member has reached the limit of waiting suggestions.
#[must_use]
pub fn too_many_suggestions(lang: Lang) -> Message {
    Message::sentence(text!(lang, "write-too-many", max = SUGGESTIONS_MAX))
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
    /// What happened, followed by what the list says.
    fn before(self, lang: Lang, says: String) -> String {
        let done = match self {
            Self::Opened => return says,
            Self::Accepted => text!(lang, "write-accepted"),
            Self::Declined => text!(lang, "write-declined"),
            Self::ByAnother => text!(lang, "write-by-another"),
        };
        format!("{done} {says}")
    }
}

/// The oldest suggestion, for the server's managers, after the result of the previous one.
#[must_use]
pub fn waiting(
    lang: Lang,
    decided: Decided,
    first: Option<(&Typed, UserId, InteractionId)>,
    count: usize,
) -> Message {
    let Some((typed, author, draft)) = first else {
        return Message::sentence(decided.before(lang, text!(lang, "write-none-waiting")));
    };
    let button = |id: WriteButton, name: String, style| Button::new(id.to_string(), name, style);
    let fields = FIELDS.map(|part| {
        let text = text_of(typed, part);
        field(&label(lang, part), &shown(lang, text))
    });
    let suggestion = text!(
        lang,
        "write-suggestion",
        author = format!("<@{author}>"),
        pack = text!(lang, "write-our-questions"),
    );
    let suggestions = phrases::count(lang, count, phrases::Counted::Suggestions);
    Message {
        embeds: vec![Embed {
            title: text!(lang, "write-suggestion-title"),
            description: decided.before(lang, suggestion),
            fields: fields.into(),
            footer: text!(lang, "write-waiting", suggestions = suggestions),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![
            button(
                WriteButton::Accept { draft },
                text!(lang, "write-accept"),
                Style::Success,
            ),
            button(
                WriteButton::Mend { draft },
                text!(lang, "write-change"),
                Style::Secondary,
            ),
            button(
                WriteButton::Decline { draft },
                text!(lang, "write-decline"),
                Style::Danger,
            ),
        ])],
        ..Message::default()
    }
}

/// The question or draft no longer exists.
#[must_use]
pub fn gone(lang: Lang) -> Message {
    Message::sentence(text!(lang, "write-gone"))
}

/// A draft was discarded.
#[must_use]
pub fn dropped(lang: Lang) -> Message {
    Message::sentence(text!(lang, "write-dropped"))
}

/// A pack cannot lose its last question.
#[must_use]
pub fn only_one(lang: Lang) -> Message {
    Message::sentence(text!(lang, "write-only-one"))
}

/// Others are changing the pack at the same time.
#[must_use]
pub fn busy(lang: Lang) -> Message {
    Message::sentence(text!(lang, "write-busy"))
}

/// The stored pack with this name conflicts with the loaded packs.
#[must_use]
pub fn unfit(lang: Lang) -> Message {
    Message::sentence(text!(lang, "write-unfit"))
}

/// A text as a field shows it.
fn shown(lang: Lang, text: &str) -> String {
    let text = escape_clipped(text, 600);
    if text.trim().is_empty() {
        text!(lang, "write-empty")
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
    use heat_core::facts::Flaw;

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
            what: Wrong::Here(Flaw::RightAsWrong {
                text: "ann".to_owned(),
            }),
        };
        insta::assert_json_snapshot!(
            "write",
            (
                form(
                    Lang::English,
                    &WriteButton::Mend {
                        draft: InteractionId(7)
                    },
                    &typed
                ),
                mistakes(
                    Lang::English,
                    &typed,
                    std::slice::from_ref(&wrong),
                    InteractionId(7)
                ),
                waiting(
                    Lang::English,
                    Decided::Declined,
                    Some((&typed, UserId(5), InteractionId(9))),
                    3
                ),
            )
        );
        let first = Some((&typed, UserId(5), InteractionId(9)));
        let german = waiting(Lang::German, Decided::Declined, first, 3);
        insta::assert_json_snapshot!("write_german", german);
        let german = mistakes(Lang::German, &typed, &[wrong], InteractionId(7));
        insta::assert_json_snapshot!("mistakes_german", german);
    }

    /// <https://discord.com/developers/docs/components/reference#label>: a label and a title have 45
    /// characters at most, a placeholder has 100.
    #[test]
    fn a_form_fits_in_every_language() {
        let typed = [false, true].map(|is_suggestion| Typed {
            is_suggestion,
            ..Typed::default()
        });
        let changed = Typed {
            question: Some("p-1".to_owned()),
            ..Typed::default()
        };
        for lang in Lang::ALL {
            for typed in typed.iter().chain([&changed]) {
                let form = form(
                    lang,
                    &WriteButton::Mend {
                        draft: InteractionId(7),
                    },
                    typed,
                );
                assert!(form.title.chars().count() <= 45, "{lang:?}: {form:?}");
                for input in form.inputs {
                    assert!(input.label.chars().count() <= 45, "{lang:?}: {input:?}");
                    assert!(
                        input.placeholder.chars().count() <= 100,
                        "{lang:?}: {input:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_text_breaks_a_limit() {
        for text in ["x", "*", "ß", "👨‍👩‍👧"] {
            let text = text.repeat(300 / text.encode_utf16().count());
            for count in [1, 2, 11] {
                let pack = pack(count, &text);
                let first = &pack.questions[0];
                for lang in Lang::ALL {
                    for message in [
                        page(lang, &pack, 0),
                        page(lang, &pack, 9),
                        stored(lang, &pack, first),
                        question(lang, &pack, first, true),
                        question(lang, &pack, first, false),
                    ] {
                        assert_eq!(check(&message), Ok(()), "{lang:?}: {text}");
                    }
                }
            }
        }
    }
}
