//! The sentences about the faults of a pack, each with how to fix it: for members in their language, for
//! the command line and the log in English.

use super::catalogue::text;
use super::{json, unfair};
use heat_core::facts::{EntityRef, Fault, Flaw};
use heat_core::lang::Lang;

/// A fault with its place.
#[must_use]
pub fn fault(lang: Lang, fault: &Fault) -> String {
    let says = flaw(lang, &fault.flaw);
    let (file, path) = (fault.file.as_str(), fault.path.as_str());
    match fault.line {
        Some(line) => text!(
            lang,
            "faults-on-line",
            file = file,
            line = line,
            path = path,
            says = says
        ),
        None if path.is_empty() => text!(lang, "faults-of-file", file = file, says = says),
        None => text!(lang, "faults-at", file = file, path = path, says = says),
    }
}

/// What is wrong, and how to fix it.
#[must_use]
#[expect(clippy::too_many_lines, reason = "a list of texts")]
pub fn flaw(lang: Lang, flaw: &Flaw) -> String {
    let entity_id = |entity: EntityRef| entity.to_string();
    let year = |year: Option<u16>| match year {
        Some(year) => year.to_string(),
        None => text!(lang, "faults-no-year"),
    };
    match flaw.clone() {
        Flaw::NotJson(error) => text!(lang, "faults-not-json", says = json::error(lang, &error)),
        Flaw::Unreadable(error) => json::error(lang, &error),
        Flaw::Unfair(what) => text!(
            lang,
            "faults-unfair",
            what = unfair::what(lang, &what),
            mend = unfair::mend(lang, &what)
        ),
        Flaw::Unread { says } => says,
        Flaw::NamedOtherwise {
            entity,
            known,
            other,
        } => text!(
            lang,
            "faults-named-otherwise",
            entity = entity_id(entity),
            known = known,
            other = other
        ),
        Flaw::YearOtherwise {
            entity,
            known,
            other,
        } => text!(
            lang,
            "faults-year-otherwise",
            entity = entity_id(entity),
            known = year(known),
            other = year(other)
        ),
        Flaw::FormOtherwise {
            entity,
            known,
            other,
        } => text!(
            lang,
            "faults-form-otherwise",
            entity = entity_id(entity),
            known = known,
            other = other
        ),
        Flaw::FilmYearOtherwise { film, other } => text!(
            lang,
            "faults-film-year-otherwise",
            film = film,
            other = year(other)
        ),
        Flaw::DocumentTooLong { bytes, max } => {
            text!(lang, "faults-document-too-long", bytes = bytes, max = max)
        }
        Flaw::IsTable => text!(lang, "faults-is-table"),
        Flaw::IsYaml => text!(lang, "faults-is-yaml"),
        Flaw::IsOpenTdb => text!(lang, "faults-is-opentdb"),
        Flaw::NotAnObject => text!(lang, "faults-not-an-object"),
        Flaw::NothingInIt => text!(lang, "faults-nothing-in-it"),
        Flaw::NoQuestions => text!(lang, "faults-no-questions"),
        Flaw::PackFull { max } => text!(lang, "faults-pack-full", max = max),
        Flaw::UnknownPackField { known } => text!(lang, "faults-unknown-pack-field", known = known),
        Flaw::UnknownFactField => text!(lang, "faults-unknown-fact-field"),
        Flaw::FieldMissing { field } => text!(lang, "faults-field-missing", field = field),
        Flaw::NotAList => text!(lang, "faults-not-a-list"),
        Flaw::TooManyEntries { count, max } => {
            text!(lang, "faults-too-many-entries", count = count, max = max)
        }
        Flaw::Invisible { code } => text!(lang, "faults-invisible", code = code),
        Flaw::TooManyMarks { max } => text!(lang, "faults-too-many-marks", max = max),
        Flaw::SpaceAtEnd => text!(lang, "faults-space-at-end"),
        Flaw::Empty => text!(lang, "faults-empty"),
        Flaw::TooLong { length, max } => text!(lang, "faults-too-long", length = length, max = max),
        Flaw::LettersInEmoji => text!(lang, "faults-letters-in-emoji"),
        Flaw::BadId { id, max } => text!(lang, "faults-bad-id", id = id, max = max),
        Flaw::IdTwice { id } => text!(lang, "faults-id-twice", id = id),
        Flaw::PackIdUsed { id, pack } => text!(lang, "faults-pack-id-used", id = id, pack = pack),
        Flaw::FactIdUsed { id, pack } => text!(lang, "faults-fact-id-used", id = id, pack = pack),
        Flaw::QuestionIdUsed { id, pack } => {
            text!(lang, "faults-question-id-used", id = id, pack = pack)
        }
        Flaw::PackIdTaken { id } => text!(lang, "faults-pack-id-taken", id = id),
        Flaw::FactIdTaken { id } => text!(lang, "faults-fact-id-taken", id = id),
        Flaw::QuestionIdTaken { id } => text!(lang, "faults-question-id-taken", id = id),
        Flaw::TooManyFacts { facts, max } => {
            text!(lang, "faults-too-many-facts", facts = facts, max = max)
        }
        Flaw::BadUrl { url, max } => text!(lang, "faults-bad-url", url = url, max = max),
        Flaw::NameShared { name, other } => {
            text!(lang, "faults-name-shared", name = name, other = other)
        }
        Flaw::OnlyForPeople => text!(lang, "faults-only-for-people"),
        Flaw::OnlyForWorks => text!(lang, "faults-only-for-works"),
        Flaw::WorkWithPronoun => text!(lang, "faults-work-with-pronoun"),
        Flaw::UnknownForm { form, known } => {
            text!(lang, "faults-unknown-form", form = form, known = known)
        }
        Flaw::UnlikelyYearOfWork { year } => {
            text!(lang, "faults-unlikely-year-of-work", year = year)
        }
        Flaw::UnlikelyYearOfFilm { year } => {
            text!(lang, "faults-unlikely-year-of-film", year = year)
        }
        Flaw::BadFame { fame } => text!(lang, "faults-bad-fame", fame = fame),
        Flaw::CastTwice { name } => text!(lang, "faults-cast-twice", name = name),
        Flaw::AwardForNobody => text!(lang, "faults-award-for-nobody"),
        Flaw::UnknownCaveat { id } => text!(lang, "faults-unknown-caveat", id = id),
        Flaw::UnknownEntity { entity } => text!(lang, "faults-unknown-entity", entity = entity),
        Flaw::UnknownSource { id } => text!(lang, "faults-unknown-source", id = id),
        Flaw::UnknownFact { id } => text!(lang, "faults-unknown-fact", id = id),
        Flaw::NoCitation => text!(lang, "faults-no-citation"),
        Flaw::CountsFromOne => text!(lang, "faults-counts-from-one"),
        Flaw::NoParagraph => text!(lang, "faults-no-paragraph"),
        Flaw::EndsBeforeStart => text!(lang, "faults-ends-before-start"),
        Flaw::BadDate { date } => text!(lang, "faults-bad-date", date = date),
        Flaw::UnknownRole { role, known } => {
            text!(lang, "faults-unknown-role", role = role, known = known)
        }
        Flaw::FewWrongAnswers { count, min } => {
            text!(lang, "faults-few-wrong-answers", count = count, min = min)
        }
        Flaw::RightAsWrong { text } => text!(lang, "faults-right-as-wrong", text = text),
        Flaw::WrongTwice { text } => text!(lang, "faults-wrong-twice", text = text),
        Flaw::NoGround => text!(lang, "faults-no-ground"),
        Flaw::AsksOpinion { id } => text!(lang, "faults-asks-opinion", id = id),
        Flaw::AsksRumour { id } => text!(lang, "faults-asks-rumour", id = id),
        Flaw::AsksExcluded { id } => text!(lang, "faults-asks-excluded", id = id),
    }
}
