//! One question at a time: reads what a member types into a form, checks it like every other
//! question, and puts it into one of the server's own packs.

use crate::exchange::{clean, slug};
use crate::facts::limits::{ID_LENGTH_MAX, NAME_LENGTH_MAX, PACK_BYTES_MAX};
use crate::facts::{Fault, Flaw, Pack, PackId, Unfair, WrittenQuestion, parse_pack};
use crate::id::InteractionId;
use crate::library::{GuildLibrary, check_own};
use serde::{Deserialize, Serialize};

/// The id of the pack for questions without a named pack.
const OUR_QUESTIONS: &str = "our-questions";

/// What was typed into the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The pack's id or title; empty for the one of questions without a named pack.
    pub pack: String,
    /// The id of the question being changed; `None` for a new one.
    pub question: Option<String>,
    /// Whether it is a suggestion to the server's managers.
    pub is_suggestion: bool,
    /// The question.
    pub prompt: String,
    /// The right answer.
    pub answer: String,
    /// The wrong answers, one per line.
    pub wrong: String,
    /// Why the answer is right; may be empty.
    pub reason: String,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// [`Typed::prompt`].
    Question,
    /// [`Typed::answer`].
    Answer,
    /// [`Typed::wrong`].
    Wrong,
    /// [`Typed::reason`].
    Reason,
}

/// The words for what the form leaves out, in the language of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defaults {
    /// The title of the pack for questions without a named pack.
    pub title: String,
    /// The reason of a question without one.
    pub reason: String,
}

/// What is wrong, and in which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The field.
    pub part: Part,
    /// What is wrong.
    pub what: Wrong,
}

/// What is wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A flaw of what was typed.
    Here(Flaw),
    /// A fault of another part of the pack, which shows only now.
    Elsewhere(Fault),
}

/// The server's own pack with this id or title.
#[must_use]
pub fn own_pack<'a>(library: &'a GuildLibrary, typed: &str) -> Option<&'a Pack> {
    let mut own = library.own.packs().iter();
    let typed = typed.trim();
    own.find(|pack| pack.id == typed || pack.title.eq_ignore_ascii_case(typed))
}

/// The pack with the question added, and the question's id. That follows from the draft's, so storing
/// it twice stores it once.
///
/// # Errors
/// Every mistake in the form, by field.
pub fn put_in(
    library: &GuildLibrary,
    typed: &Typed,
    defaults: &Defaults,
    draft: InteractionId,
) -> Result<(Pack, String), Vec<Mistake>> {
    let mut pack = pack_for(library, &typed.pack, defaults);
    let at = typed.question.as_ref();
    let at = at.and_then(|id| pack.questions.iter().position(|known| known.id == *id));
    let at = at.unwrap_or(pack.questions.len());
    let old = pack.questions.get(at).cloned();
    let id = old
        .as_ref()
        .map_or_else(|| id_of(&pack.id, draft), |old| old.id.clone());
    if old.is_none() && pack.questions.iter().any(|known| known.id == id) {
        return Ok((pack, id));
    }
    let question = WrittenQuestion {
        id: id.clone(),
        ..question(typed, defaults, old)
    };
    if at < pack.questions.len() {
        pack.questions[at] = question;
    } else {
        pack.questions.push(question);
    }
    check(library, &pack, at, &id).map(|()| (pack, id))
}

/// The pack with a question removed; `None` if it has no such question, or only that one.
#[must_use]
pub fn without(pack: &Pack, question: &str) -> Option<Pack> {
    let mut left = pack.clone();
    left.questions.retain(|known| known.id != question);
    (left.questions.len() < pack.questions.len()).then_some(left)
}

/// A question of a pack, in the form that its writer typed.
#[must_use]
pub fn typed(pack: &Pack, question: &WrittenQuestion) -> Typed {
    Typed {
        pack: pack.id.clone(),
        question: Some(question.id.clone()),
        is_suggestion: false,
        prompt: question.prompt.clone(),
        answer: question.answer.clone(),
        wrong: question.distractors.join("\n"),
        reason: question.reason.clone().unwrap_or_default(),
    }
}

fn pack_for(library: &GuildLibrary, named: &str, defaults: &Defaults) -> Pack {
    let named = clean(named);
    // The title depends on the language; the id does not, so that there is one such pack.
    let (known_as, title) = if named.is_empty() {
        (OUR_QUESTIONS, defaults.title.clone())
    } else {
        ("", named.clone())
    };
    if let Some(own) = own_pack(library, known_as).or_else(|| own_pack(library, &title)) {
        return own.clone();
    }
    let title: String = title.chars().take(NAME_LENGTH_MAX / 2).collect();
    let id: PackId = Some(slug(&named))
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| OUR_QUESTIONS.to_owned());
    Pack {
        id,
        description: format!("{title}."),
        title,
        ..Pack::default()
    }
}

fn id_of(pack: &str, draft: InteractionId) -> String {
    let number = draft.to_string();
    let pack: String = pack
        .chars()
        .take(ID_LENGTH_MAX - 1 - number.len())
        .collect();
    format!("{}-{number}", pack.trim_end_matches('-'))
}

/// The question typed into the form; fields that the form does not have stay unchanged.
fn question(typed: &Typed, defaults: &Defaults, old: Option<WrittenQuestion>) -> WrittenQuestion {
    let reason = clean(&typed.reason);
    let reason = if reason.is_empty() {
        clean(&defaults.reason)
    } else {
        reason
    };
    WrittenQuestion {
        prompt: clean(&typed.prompt),
        answer: clean(&typed.answer),
        distractors: wrong_answers(&typed.wrong),
        reason: Some(reason),
        ..old.unwrap_or_default()
    }
}

/// One per line or, if there is only one line, separated by semicolons or commas.
fn wrong_answers(typed: &str) -> Vec<String> {
    let parted = |mark: char| -> Vec<String> {
        let texts = typed.split(mark).map(clean);
        texts.filter(|text| !text.is_empty()).collect()
    };
    let lines = parted('\n');
    if lines.len() != 1 {
        return lines;
    }
    let longer = [';', ',']
        .into_iter()
        .map(parted)
        .find(|texts| texts.len() > 2);
    longer.unwrap_or(lines)
}

fn check(library: &GuildLibrary, pack: &Pack, at: usize, id: &str) -> Result<(), Vec<Mistake>> {
    let mistakes = |faults: Vec<Fault>| -> Vec<Mistake> {
        let here = format!("questions[{at}]");
        let faults = faults.into_iter();
        faults.map(|fault| mistake(fault, &here, id)).collect()
    };
    // Everything in it can be written as JSON.
    let text = serde_json::to_string(pack).unwrap_or_default();
    if text.len() > PACK_BYTES_MAX {
        let max = PACK_BYTES_MAX;
        return Err(vec![Mistake {
            part: Part::Question,
            what: Wrong::Here(Flaw::PackFull { max }),
        }]);
    }
    let pack = parse_pack(&pack.id, &text).map_err(mistakes)?;
    check_own(&library.shared, &library.own, &pack).map_err(mistakes)?;
    Ok(())
}

/// A fault, at the field of this question that it is about.
fn mistake(fault: Fault, here: &str, id: &str) -> Mistake {
    let part = if let Some(field) = fault.path.strip_prefix(here) {
        match field.trim_start_matches('.') {
            field if field.starts_with("answer") => Part::Answer,
            field if field.starts_with("distractors") => Part::Wrong,
            field if field.starts_with("reason") => Part::Reason,
            _ => Part::Question,
        }
    } else if fault.path == id {
        part_of(&fault.flaw)
    } else {
        return Mistake {
            part: Part::Question,
            what: Wrong::Elsewhere(fault),
        };
    };
    let what = Wrong::Here(fault.flaw);
    Mistake { part, what }
}

/// The field that the linter means.
fn part_of(flaw: &Flaw) -> Part {
    let Flaw::Unfair(unfair) = flaw else {
        return Part::Question;
    };
    match unfair {
        Unfair::ChoicesAlike { .. }
        | Unfair::WrongAccepted { .. }
        | Unfair::MayBeTrue { .. }
        | Unfair::IsTrue { .. } => Part::Wrong,
        Unfair::LengthTells { .. } => Part::Answer,
        Unfair::NoReason => Part::Reason,
        _ => Part::Question,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use crate::library::{OwnPacks, kept};
    use std::sync::Arc;

    fn form(prompt: &str, answer: &str, wrong: &str) -> Typed {
        Typed {
            prompt: prompt.to_owned(),
            answer: answer.to_owned(),
            wrong: wrong.to_owned(),
            ..Typed::default()
        }
    }

    fn defaults(typed: &Typed) -> Defaults {
        Defaults {
            title: "Unsere Fragen".to_owned(),
            reason: format!("Die Antwort ist {}.", typed.answer),
        }
    }

    fn library_with(packs: Vec<Pack>) -> GuildLibrary {
        let library = kept::bundled();
        let own = Arc::new(OwnPacks::build(&library, packs).0);
        GuildLibrary {
            shared: library,
            own,
            off: Arc::default(),
        }
    }

    #[test]
    fn each_mistake_is_shown_at_its_field() {
        let empty = library_with(Vec::new());
        let long = "x".repeat(80);
        let text = str::to_owned;
        for (typed, part, flaw) in [
            (
                form("Who runs it?", "Ann", "Bo\nCy"),
                Part::Wrong,
                Flaw::FewWrongAnswers { count: 2, min: 3 },
            ),
            (
                form("Who runs it?", "Ann", "Bo\nCy\nann"),
                Part::Wrong,
                Flaw::RightAsWrong { text: text("ann") },
            ),
            (
                form("Who runs it?", "Ann", "Bo\nBo\nCy"),
                Part::Wrong,
                Flaw::WrongTwice { text: text("Bo") },
            ),
            (
                form("Who runs it?", "", "Bo\nCy\nDi"),
                Part::Answer,
                Flaw::Empty,
            ),
            (
                form("Who runs it?", &long, "Bo\nCy\nDi"),
                Part::Answer,
                Flaw::TooLong {
                    length: 80,
                    max: 72,
                },
            ),
            (form(" ", "Ann", "Bo\nCy\nDi"), Part::Question, Flaw::Empty),
            (
                form("Is it Ann?", "Ann", "Bo\nCy\nDi"),
                Part::Question,
                Flaw::Unfair(Unfair::NamesAnswer),
            ),
        ] {
            let mistakes = put_in(&empty, &typed, &defaults(&typed), InteractionId(7)).unwrap_err();
            let what = Wrong::Here(flaw);
            assert!(
                mistakes.contains(&Mistake { part, what }),
                "{typed:?}: {mistakes:?}"
            );
        }
    }

    #[test]
    fn a_question_is_added_once_changed_and_removed() {
        let asked = form("Who runs it?", "Ann", "Bo; Cy; Di");
        let words = defaults(&asked);
        let (pack, id) =
            put_in(&library_with(Vec::new()), &asked, &words, InteractionId(7)).unwrap();
        assert_eq!(
            (pack.id.as_str(), id.as_str()),
            ("our-questions", "our-questions-7")
        );
        assert_eq!(pack.title, "Unsere Fragen");
        assert_eq!(pack.questions[0].distractors, ["Bo", "Cy", "Di"]);
        assert_eq!(
            pack.questions[0].reason.as_deref(),
            Some("Die Antwort ist Ann.")
        );
        let here = library_with(vec![pack.clone()]);
        assert_eq!(
            put_in(&here, &asked, &words, InteractionId(7)).unwrap().0,
            pack,
            "the same again"
        );
        let twin = put_in(&here, &asked, &words, InteractionId(8)).unwrap_err();
        let same = Unfair::SameAs { other: id.clone() };
        assert_eq!(twin[0].what, Wrong::Here(Flaw::Unfair(same)));
        let change = Typed {
            reason: "She pays.".to_owned(),
            ..typed(&pack, &pack.questions[0])
        };
        let (changed, same) = put_in(&here, &change, &words, InteractionId(9)).unwrap();
        assert_eq!((changed.questions.len(), same), (1, id.clone()));
        assert_eq!(changed.questions[0].reason.as_deref(), Some("She pays."));
        assert!(without(&changed, &id).unwrap().questions.is_empty());
        assert_eq!(without(&changed, "another"), None);
    }
}
