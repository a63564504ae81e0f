//! The subjects of games: suggestions, and what to say if one cannot be played.

use super::catalogue::text;
use super::escape::{clip, escape_clipped, plain};
use super::limits::OPTION_MAX;
use super::message::{Message, Suggestion};
use super::phrases::{Counted, count};
use super::words;
use heat_core::bank::{SUBJECT_CHARS_MAX, Subject};
use heat_core::lang::Lang;
use heat_core::library::{Playable, SUGGESTIONS_MAX, TooFewQuestions, UnknownSubject};

/// The option's value for no subject.
pub const ANYTHING: &str = "anything";
/// How much of what was typed is repeated, in UTF-16 code units.
const TYPED_MAX: usize = 60;

/// Suggestions while a member types: `packs` by id, title and number of questions, then subjects.
/// "Anything" comes first, before or while it is typed.
#[must_use]
pub fn suggestions<'a>(
    lang: Lang,
    typed: &str,
    packs: impl Iterator<Item = (&'a str, &'a str, usize)>,
    subjects: &[Playable],
) -> Vec<Suggestion> {
    let wanted = typed.trim().to_lowercase();
    let anything = Suggestion {
        name: text!(lang, "about-anything"),
        value: ANYTHING.to_owned(),
    };
    let anything = std::iter::once(anything).filter(|anything| {
        ANYTHING.starts_with(&wanted) || anything.name.to_lowercase().starts_with(&wanted)
    });
    let packs = packs.filter(|(id, title, _)| {
        !wanted.is_empty() && (id.contains(&wanted) || title.to_lowercase().contains(&wanted))
    });
    let packs = packs.map(|(id, title, questions)| {
        let kind = Some(text!(lang, "about-pack"));
        line(lang, title, kind, questions, format!("pack:{id}"))
    });
    let subjects = subjects.iter().map(|playable| {
        let kind = kind(lang, &playable.subject);
        let value = playable.subject.to_string();
        line(lang, &playable.name, kind, playable.questions, value)
    });
    let all = anything.chain(packs).chain(subjects);
    let all = all.filter(|line| line.value.chars().count() <= SUBJECT_CHARS_MAX);
    all.take(SUGGESTIONS_MAX).collect()
}

fn line(
    lang: Lang,
    name: &str,
    kind: Option<String>,
    questions: usize,
    value: String,
) -> Suggestion {
    let questions = count(lang, questions, Counted::Questions);
    let remark = match kind {
        None => format!(" · {questions}"),
        Some(kind) => format!(" · {kind} · {questions}"),
    };
    let room = OPTION_MAX.saturating_sub(remark.chars().count());
    Suggestion {
        name: clip(&plain(name), room) + &remark,
        value,
    }
}

/// What distinguishes namesakes; none where the name makes it clear.
fn kind(lang: Lang, subject: &Subject) -> Option<String> {
    match subject {
        Subject::Entity(entity) => Some(words::kind(lang, entity.kind)),
        _ => None,
    }
}

/// Whether a typed subject means any subject.
#[must_use]
pub fn is_anything(lang: Lang, typed: &str) -> bool {
    let typed = typed.trim();
    typed.is_empty()
        || typed.eq_ignore_ascii_case(ANYTHING)
        || typed.eq_ignore_ascii_case(&text!(lang, "about-anything"))
}

/// A subject has fewer questions than a game needs.
#[must_use]
pub fn too_few(lang: Lang, few: &TooFewQuestions) -> Message {
    let (name, n) = (escape_clipped(&few.name, 100), few.questions);
    let said = text!(lang, "about-too-few", n = n, name = name);
    let near = match listed(&few.near) {
        None => text!(lang, "about-pick"),
        Some(names) => text!(lang, "about-close-by", names = names),
    };
    Message::sentence(format!("{said} {near}"))
}

/// Nothing has the typed name.
#[must_use]
pub fn unknown(lang: Lang, typed: &str, unknown: &UnknownSubject) -> Message {
    let typed = escape_clipped(typed.trim(), TYPED_MAX);
    let said = text!(lang, "about-unknown", typed = typed);
    let near = match listed(&unknown.like) {
        None => text!(lang, "about-pick"),
        Some(names) => text!(lang, "about-did-you-mean", names = names),
    };
    Message::sentence(format!("{said} {near}"))
}

/// These names, if there are any.
fn listed(names: &[String]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| escape_clipped(name, 100)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use heat_core::facts::{EntityKind, EntityRef};

    fn playable(name: &str) -> Playable {
        Playable {
            subject: Subject::Entity(EntityRef::new(EntityKind::Person, "al-pacino")),
            name: name.to_owned(),
            questions: 63,
        }
    }

    #[test]
    fn suggestions_say_what_they_are_and_stay_within_the_limit() {
        let packs = || [("heat-2", "Heat 2: the article", 200)].into_iter();
        let subjects = [playable("Al Pacino"), playable(&"x".repeat(300))];
        let names_in = |lang: Lang, typed: &str| -> Vec<String> {
            let all = suggestions(lang, typed, packs(), &subjects).into_iter();
            all.map(|suggestion| suggestion.name).collect()
        };
        let names = |typed: &str| names_in(Lang::English, typed);
        assert_eq!(
            names("")[..2],
            ["Anything", "Al Pacino · person · 63 questions"]
        );
        assert_eq!(
            names("Heat")[0],
            "Heat 2: the article · pack · 200 questions"
        );
        for lang in Lang::ALL {
            let names = names_in(lang, "");
            assert!(names.iter().all(|name| name.chars().count() <= OPTION_MAX));
        }
        // "Anything" is found by its name and by its value.
        for typed in ["egal", "any"] {
            assert_eq!(names_in(Lang::German, typed)[0], "Egal was");
        }
        assert!(is_anything(Lang::German, " egal was ") && is_anything(Lang::German, ANYTHING));
    }

    #[test]
    fn unplayable_subjects_come_with_similar_ones() {
        let few = |questions, near: &[&str]| {
            let near = near.iter().map(|name| (*name).to_owned()).collect();
            let name = "Jon *Voight*".to_owned();
            too_few(
                Lang::English,
                &TooFewQuestions {
                    name,
                    questions,
                    near,
                },
            )
            .content
        };
        let unknown = |like: &[&str]| {
            let like = like.iter().map(|name| (*name).to_owned()).collect();
            unknown(Lang::English, "Paccino @everyone", &UnknownSubject { like }).content
        };
        insta::assert_snapshot!(
            [
                few(4, &["Heat", "Michael Mann"]),
                few(1, &["The 1990s"]),
                few(0, &[]),
                unknown(&["Al Pacino"]),
                unknown(&[]),
            ]
            .join("\n")
        );
    }
}
