//! Why a file, or a row of it, is not imported, and what was changed in the rest. The sentences are in
//! the view.

use crate::facts::{Fault, Flaw, JsonError, Unfair};

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file, as the caller named it.
    pub file: String,
    /// Where in it.
    pub at: At,
}

/// Where in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// A line, from 1.
    Line(usize),
    /// An entry of the list `results`, from 0.
    Result(usize),
}

impl Default for At {
    fn default() -> Self {
        Self::Line(1)
    }
}

/// Why no pack was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// A file is unusable as a whole.
    Unreadable {
        /// Which file.
        file: String,
        /// What is wrong.
        why: FileFlaw,
    },
    /// A whole pack as CSV, with faults.
    Faults(Vec<Fault>),
    /// No row was usable.
    Nothing(Vec<LeftOut>),
}

/// What is wrong with a whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a flaw says what its fields are")]
pub enum FileFlaw {
    /// It is longer than allowed.
    TooLong { bytes: usize, max: usize },
    /// It is a whole pack, given together with other files.
    PackAmongOthers,
    /// It is not JSON.
    NotJson(JsonError),
    /// The database answered with this code instead of questions.
    NoneHeld { code: i64 },
    /// The list of results is missing.
    NoResults,
    /// It is JSON, but not a list of questions.
    NotResults,

    /// The columns have other names.
    UnknownHeader { columns: String },
    /// There is nothing below the first line.
    NoRows,
    /// There is nothing in it.
    Empty,
    /// A quotation mark opens a cell and nothing closes it.
    QuoteOpen { line: usize },
    /// A quotation mark opens a cell, and the next one is in the middle of a cell.
    QuoteInside { line: usize, closed: usize },
    /// A space before the quotation mark that opens a cell.
    QuoteBehindSpace { line: usize },
    /// Too many columns.
    TooManyColumns { columns: usize, max: usize },
    /// Two columns with the same name.
    ColumnTwice {
        column: String,
        first: usize,
        second: usize,
    },
    /// It cannot be read as a table, for a reason that the reader gives in English.
    NotCsv { says: String },

    /// A row of a whole pack is longer than the first line.
    TooManyCells { line: usize },
    /// The pack itself appears twice.
    PackTwice { line: usize },
    /// Not a kind of entry.
    UnknownEntry {
        line: usize,
        entry: String,
        known: String,
    },
    /// Rows of this entry do not have the column.
    UnknownColumn { line: usize, column: String },
    /// The column for everything else is not JSON.
    BadData { line: usize, json: JsonError },
    /// The column for everything else is JSON, but not an object.
    DataNotObject { line: usize },

    /// It is YAML, but not a trivia list.
    NotTriviaList { line: usize },
    /// A question is not a text.
    QuestionNotText { line: usize },
    /// A setting such as `AUTHOR` appears twice.
    SettingTwice { line: usize, setting: String },
    /// The list ends in the middle.
    EndsEarly,
    /// An alias, which would stand for another part of the list.
    Alias { line: usize },
    /// A second list begins.
    SecondDocument { line: usize },
    /// What follows the list is not YAML, for a reason that the reader gives in English.
    NotYamlAfterEnd { line: usize, says: String },
    /// It is not YAML.
    NotYaml { line: usize, says: String },
    /// It is not YAML because of a tab.
    TabInYaml { line: usize, says: String },
    /// Lists are nested too deeply.
    TooDeep,
    /// An answer is missing.
    NoAnswer { line: usize },
}

/// One row that is not in the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its place.
    pub place: Place,
    /// The start of its question.
    pub text: String,
    /// Why it was left out.
    pub why: Why,
}

impl LeftOut {
    /// A row at this place, with its question.
    pub(super) fn of(place: Place, prompt: &str, why: Why) -> Self {
        Self {
            place,
            text: prompt.chars().take(80).collect(),
            why,
        }
    }
}

/// Why a row was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a reason says what its fields are")]
pub enum Why {
    /// There is no question.
    NoQuestion,
    /// There is no answer.
    NoAnswer,
    /// The question is too long.
    QuestionTooLong { length: usize, max: usize },
    /// The answer is too long for a button.
    AnswerTooLong { length: usize, max: usize },
    /// It is about a link or a picture.
    Link,
    /// An earlier row asks the same.
    SameAs(Place),
    /// A wrong answer is also right.
    RightAsWrong { wrong: String },
    /// Too few wrong answers are left.
    FewLeft {
        left: usize,
        given: usize,
        min: usize,
    },
    /// A choice such as "all of the above".
    AboutOthers,
    /// The list has too few other answers of the kind.
    FewOfKind,
    /// The pack is full.
    PackFull { max: usize },
    /// The import is full.
    TooManyRows { max: usize },
    /// The row is longer than the first line.
    TooManyCells,
    /// Not a difficulty.
    UnknownDifficulty { cell: String },
    /// Not a topic.
    UnknownTopic { cell: String },
    /// It is true or false.
    TrueOrFalse,
    /// It is yes or no.
    YesOrNo,
    /// The right answer is missing or unreadable.
    NoCorrectAnswer,
    /// There are not three wrong answers.
    NoWrongAnswers,
    /// An answer is not a text.
    AnswerNotText,
    /// The loader refuses it.
    Refused(Flaw),
    /// The linter finds it unfair.
    Unfair(Unfair),
}

/// A note about an imported pack.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a note says what its fields are")]
pub enum Note {
    /// The wrong answers come from the list's other answers.
    WrongAnswersTaken,
    /// Something was removed from rows: where (the first places), and in how many more.
    Lost {
        what: Loss,
        places: Vec<Place>,
        more: usize,
    },
    /// The first line was read as a question.
    NoHeader { file: String, columns: String },
    /// Questions that another bot draws as pictures.
    PicturesAsText,
    /// Unknown columns.
    ColumnsIgnored { file: String, columns: String },
}

/// What was removed from a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Invisible characters.
    Invisible,
    /// The end of its reason.
    ReasonEnd,
    /// Its source: there are too many.
    Source,
    /// Spellings of its answer.
    Spellings,
    /// Wrong answers.
    WrongAnswers,
}
