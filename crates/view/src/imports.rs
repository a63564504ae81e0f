//! Why a file or a row of it is not imported, and notes about the pack that is: for members in their
//! language, for the command line in English.

use super::catalogue::text;
use super::{escape, faults, json, unfair};
use heat_core::exchange::{At, FileFlaw, LeftOut, Loss, Note, Place, Why};
use heat_core::lang::Lang;

/// A place in a file.
#[must_use]
pub fn place(lang: Lang, place: &Place) -> String {
    let file = place.file.as_str();
    match place.at {
        At::Line(line) => text!(lang, "imports-line", file = file, line = line),
        At::Result(at) => text!(lang, "imports-result", file = file, at = at),
    }
}

/// Why a whole file cannot be read.
#[must_use]
pub fn unreadable(lang: Lang, file: &str, why: &FileFlaw) -> String {
    text!(
        lang,
        "imports-unreadable",
        file = file,
        says = file_flaw(lang, why)
    )
}

fn file_flaw(lang: Lang, flaw: &FileFlaw) -> String {
    match flaw.clone() {
        FileFlaw::NotJson(error) => {
            text!(lang, "imports-not-json", says = json::error(lang, &error))
        }
        FileFlaw::BadData { line, json } => text!(
            lang,
            "imports-bad-data",
            line = line,
            says = json::error(lang, &json)
        ),
        FileFlaw::TooLong { bytes, max } => {
            text!(lang, "imports-too-long", bytes = bytes, max = max)
        }
        FileFlaw::PackAmongOthers => text!(lang, "imports-pack-among-others"),
        FileFlaw::NoneHeld { code } => text!(lang, "imports-none-held", code = code),
        FileFlaw::NoResults => text!(lang, "imports-no-results"),
        FileFlaw::NotResults => text!(lang, "imports-not-results"),
        FileFlaw::UnknownHeader { columns } => {
            text!(lang, "imports-unknown-header", columns = columns)
        }
        FileFlaw::NoRows => text!(lang, "imports-no-rows"),
        FileFlaw::Empty => text!(lang, "imports-empty"),
        FileFlaw::QuoteOpen { line } => text!(lang, "imports-quote-open", line = line),
        FileFlaw::QuoteInside { line, closed } => {
            text!(lang, "imports-quote-inside", line = line, closed = closed)
        }
        FileFlaw::QuoteBehindSpace { line } => {
            text!(lang, "imports-quote-behind-space", line = line)
        }
        FileFlaw::TooManyColumns { columns, max } => text!(
            lang,
            "imports-too-many-columns",
            columns = columns,
            max = max
        ),
        FileFlaw::ColumnTwice {
            column,
            first,
            second,
        } => text!(
            lang,
            "imports-column-twice",
            column = column,
            first = first,
            second = second
        ),
        FileFlaw::NotCsv { says } => text!(lang, "imports-not-csv", says = says),
        FileFlaw::TooManyCells { line } => text!(lang, "imports-long-row", line = line),
        FileFlaw::PackTwice { line } => text!(lang, "imports-pack-twice", line = line),
        FileFlaw::UnknownEntry { line, entry, known } => text!(
            lang,
            "imports-unknown-entry",
            line = line,
            entry = entry,
            known = known
        ),
        FileFlaw::UnknownColumn { line, column } => {
            text!(lang, "imports-unknown-column", line = line, column = column)
        }
        FileFlaw::DataNotObject { line } => text!(lang, "imports-data-not-object", line = line),
        FileFlaw::NotTriviaList { line } => text!(lang, "imports-not-trivia-list", line = line),
        FileFlaw::QuestionNotText { line } => text!(lang, "imports-question-not-text", line = line),
        FileFlaw::SettingTwice { line, setting } => text!(
            lang,
            "imports-setting-twice",
            line = line,
            setting = setting
        ),
        FileFlaw::EndsEarly => text!(lang, "imports-ends-early"),
        FileFlaw::Alias { line } => text!(lang, "imports-alias", line = line),
        FileFlaw::SecondDocument { line } => text!(lang, "imports-second-document", line = line),
        FileFlaw::NotYamlAfterEnd { line, says } => {
            text!(lang, "imports-not-yaml-after-end", line = line, says = says)
        }
        FileFlaw::NotYaml { line, says } => {
            text!(lang, "imports-not-yaml", line = line, says = says)
        }
        FileFlaw::TabInYaml { line, says } => {
            text!(lang, "imports-tab-in-yaml", line = line, says = says)
        }
        FileFlaw::TooDeep => text!(lang, "imports-too-deep"),
        FileFlaw::NoAnswer { line } => text!(lang, "imports-answer-missing", line = line),
    }
}

/// A row that was left out, in one line.
#[must_use]
pub fn left_out(lang: Lang, row: &LeftOut) -> String {
    text!(
        lang,
        "imports-left-out",
        place = place(lang, &row.place),
        text = escape::plain(&row.text),
        why = why(lang, &row.why)
    )
}

/// Why a row was left out.
#[must_use]
pub fn why(lang: Lang, why: &Why) -> String {
    match why.clone() {
        Why::SameAs(other) => unfair::same_as(lang, &place(lang, &other)),
        Why::Refused(flaw) => faults::flaw(lang, &flaw),
        Why::Unfair(what) => unfair::what(lang, &what),
        Why::NoQuestion => text!(lang, "imports-no-question"),
        Why::NoAnswer => text!(lang, "imports-no-answer"),
        Why::QuestionTooLong { length, max } => text!(
            lang,
            "imports-question-too-long",
            length = length,
            max = max
        ),
        Why::AnswerTooLong { length, max } => {
            text!(lang, "imports-answer-too-long", length = length, max = max)
        }
        Why::Link => text!(lang, "imports-link"),
        Why::RightAsWrong { wrong } => text!(lang, "imports-right-as-wrong", wrong = wrong),
        Why::FewLeft { left, given, min } => text!(
            lang,
            "imports-few-left",
            left = left,
            given = given,
            min = min
        ),
        Why::AboutOthers => text!(lang, "imports-about-others"),
        Why::FewOfKind => text!(lang, "imports-few-of-kind"),
        Why::PackFull { max } => text!(lang, "imports-pack-full", max = max),
        Why::TooManyRows { max } => text!(lang, "imports-too-many-rows", max = max),
        Why::TooManyCells => text!(lang, "imports-too-many-cells"),
        Why::UnknownDifficulty { cell } => text!(lang, "imports-unknown-difficulty", cell = cell),
        Why::UnknownTopic { cell } => text!(lang, "imports-unknown-topic", cell = cell),
        Why::TrueOrFalse => text!(lang, "imports-true-or-false"),
        Why::YesOrNo => text!(lang, "imports-yes-or-no"),
        Why::NoCorrectAnswer => text!(lang, "imports-no-correct-answer"),
        Why::NoWrongAnswers => text!(lang, "imports-no-wrong-answers"),
        Why::AnswerNotText => text!(lang, "imports-answer-not-text"),
    }
}

/// A note about an imported pack.
#[must_use]
pub fn note(lang: Lang, note: &Note) -> String {
    match note.clone() {
        Note::WrongAnswersTaken => text!(lang, "imports-wrong-answers-taken"),
        Note::Lost { what, places, more } => lost(lang, what, &places, more),
        Note::NoHeader { file, columns } => {
            text!(lang, "imports-no-header", file = file, columns = columns)
        }
        Note::PicturesAsText => text!(lang, "imports-pictures-as-text"),
        Note::ColumnsIgnored { file, columns } => text!(
            lang,
            "imports-columns-ignored",
            file = file,
            columns = columns
        ),
    }
}

fn lost(lang: Lang, what: Loss, places: &[Place], more: usize) -> String {
    let shown: Vec<String> = places.iter().map(|one| place(lang, one)).collect();
    let mut places = shown.join(", ");
    if more > 0 {
        places = text!(lang, "imports-and-more", places = places, more = more);
    }
    match what {
        Loss::Invisible => text!(lang, "imports-lost-invisible", places = places),
        Loss::ReasonEnd => text!(lang, "imports-lost-reason-end", places = places),
        Loss::Source => text!(lang, "imports-lost-source", places = places),
        Loss::Spellings => text!(lang, "imports-lost-spellings", places = places),
        Loss::WrongAnswers => text!(lang, "imports-lost-wrong-answers", places = places),
    }
}
