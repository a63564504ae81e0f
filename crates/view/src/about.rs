//! The subjects of games: suggestions, and what to say if one cannot be played.

use super::escape::{clip, escape, plain};
use super::limits::OPTION_MAX;
use super::message::{Message, Suggestion};
use heat_core::bank::{SUBJECT_CHARS_MAX, Subject};
use heat_core::facts::EntityKind;
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
        name: "Anything".to_owned(),
        value: ANYTHING.to_owned(),
    };
    let anything = std::iter::once(anything).filter(|_| ANYTHING.starts_with(&wanted));
    let packs = packs.filter(|(id, title, _)| {
        !wanted.is_empty() && (id.contains(&wanted) || title.to_lowercase().contains(&wanted))
    });
    let packs =
        packs.map(|(id, title, count)| line(lang, title, "pack", count, format!("pack:{id}")));
    let subjects = subjects.iter().map(|playable| {
        let kind = kind(&playable.subject);
        let value = playable.subject.to_string();
        line(lang, &playable.name, kind, playable.questions, value)
    });
    let all = anything.chain(packs).chain(subjects);
    let all = all.filter(|line| line.value.chars().count() <= SUBJECT_CHARS_MAX);
    all.take(SUGGESTIONS_MAX).collect()
}

fn line(lang: Lang, name: &str, kind: &str, questions: usize, value: String) -> Suggestion {
    let remark = match kind {
        "" => format!(" · {questions} questions"),
        kind => format!(" · {kind} · {questions} questions"),
    };
    let room = OPTION_MAX.saturating_sub(remark.chars().count());
    Suggestion {
        name: clip(&plain(name), room) + &remark,
        value,
    }
}

/// What distinguishes namesakes; empty where the name makes it clear.
fn kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Entity(entity) => match entity.kind {
            EntityKind::Person => "person",
            EntityKind::Character => "character",
            EntityKind::Work => "film",
            EntityKind::Organisation => "company",
        },
        _ => "",
    }
}

/// A subject has fewer questions than a game needs.
#[must_use]
pub fn too_few(lang: Lang, few: &TooFewQuestions) -> Message {
    let name = escape(&clip(&few.name, 100));
    let said = match few.questions {
        0 => format!("I have no questions like that on {name}."),
        1 => format!("Only 1 question on {name}."),
        n => format!("Only {n} questions on {name}."),
    };
    Message::sentence(format!("{said} {}", near(lang, "Close by", &few.near)))
}

/// Nothing has the typed name.
#[must_use]
pub fn unknown(lang: Lang, typed: &str, unknown: &UnknownSubject) -> Message {
    let typed = escape(&clip(typed.trim(), TYPED_MAX));
    let near = near(lang, "Did you mean", &unknown.like);
    Message::sentence(format!("I have no questions on “{typed}”. {near}"))
}

fn near(lang: Lang, begin: &str, names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| escape(&clip(name, 100))).collect();
    if names.is_empty() {
        return "Pick from the list that appears as you type.".to_owned();
    }
    let end = if begin.ends_with("mean") { "?" } else { "." };
    format!("{begin}: {}{end}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use heat_core::facts::EntityRef;

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
        let names = |typed: &str| -> Vec<String> {
            let all = suggestions(Lang::English, typed, packs(), &subjects).into_iter();
            all.map(|suggestion| suggestion.name).collect()
        };
        assert_eq!(
            names("")[..2],
            ["Anything", "Al Pacino · person · 63 questions"]
        );
        assert_eq!(
            names("Heat")[0],
            "Heat 2: the article · pack · 200 questions"
        );
        assert!(
            names("")
                .iter()
                .all(|name| name.chars().count() <= OPTION_MAX)
        );
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
