//! What can be wrong with a pack. Each flaw carries what its sentence names; the sentences, with how
//! to fix it, are in the view.

use super::json::JsonError;
use super::model::EntityRef;
use super::unfair::Unfair;

/// One thing wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a flaw says what its fields are")]
pub enum Flaw {
    /// The document is longer than allowed.
    DocumentTooLong { bytes: usize, max: usize },
    /// It is a table.
    IsTable,
    /// It is YAML.
    IsYaml,
    /// It is from the Open Trivia Database.
    IsOpenTdb,
    /// It is not JSON.
    NotJson(JsonError),
    /// This part cannot be read as what it should be.
    Unreadable(JsonError),
    /// It is JSON, but not an object.
    NotAnObject,
    /// There is nothing to ask.
    NothingInIt,
    /// All questions were left out.
    NoQuestions,
    /// Another question does not fit.
    PackFull { max: usize },

    /// A pack has no such field.
    UnknownPackField { known: String },
    /// A fact of this kind has no such field.
    UnknownFactField,
    /// This field of the pack is missing.
    FieldMissing { field: &'static str },
    /// It should be a list.
    NotAList,
    /// The list has too many entries.
    TooManyEntries { count: usize, max: usize },

    /// An invisible character, by its number in Unicode: `202E`.
    Invisible { code: String },
    /// More combining marks on a letter than any language has.
    TooManyMarks { max: usize },
    /// There is a space at an end of the text.
    SpaceAtEnd,
    /// The text is empty.
    Empty,
    /// The text is too long.
    TooLong { length: usize, max: usize },
    /// Letters among emoji.
    LettersInEmoji,

    /// The id has characters that are not allowed.
    BadId { id: String, max: usize },
    /// Two entries of a list have this id.
    IdTwice { id: String },
    /// A pack already has this id.
    PackIdUsed { id: String, pack: String },
    /// A fact in that pack already has this id.
    FactIdUsed { id: String, pack: String },
    /// A question in that pack already has this id.
    QuestionIdUsed { id: String, pack: String },
    /// The library has a pack of this id, or the id has a meaning of its own.
    PackIdTaken { id: String },
    /// The library has a fact of this id.
    FactIdTaken { id: String },
    /// The library has a question of this id.
    QuestionIdTaken { id: String },
    /// More facts than a server's pack may have.
    TooManyFacts { facts: usize, max: usize },

    /// Not the address of a page.
    BadUrl { url: String, max: usize },
    /// The name also belongs to the entity with this id.
    NameShared { name: String, other: String },
    /// Only people have this field.
    OnlyForPeople,
    /// Only works have this field.
    OnlyForWorks,
    /// A work has no pronoun.
    WorkWithPronoun,
    /// Not a form of a work.
    UnknownForm { form: String, known: String },
    /// Not a year in which a work can have come out.
    UnlikelyYearOfWork { year: u16 },
    /// Not a year of a film.
    UnlikelyYearOfFilm { year: u16 },
    /// Fame is from 1 to 5.
    BadFame { fame: u8 },
    /// Somebody has two lines in a cast.
    CastTwice { name: String },
    /// An award without a film and people.
    AwardForNobody,
    /// Another pack names the entity differently.
    NamedOtherwise {
        entity: EntityRef,
        known: String,
        other: String,
    },
    /// Another pack gives the work another year, or one of the two gives none.
    YearOtherwise {
        entity: EntityRef,
        known: Option<u16>,
        other: Option<u16>,
    },
    /// Another pack gives the work another form.
    FormOtherwise {
        entity: EntityRef,
        known: String,
        other: String,
    },
    /// The film has another year elsewhere, or none.
    FilmYearOtherwise { film: String, other: Option<u16> },

    /// The caveat is not another fact of the pack.
    UnknownCaveat { id: String },
    /// The pack has no such entity.
    UnknownEntity { entity: String },
    /// The pack has no such source.
    UnknownSource { id: String },
    /// The pack has no such fact.
    UnknownFact { id: String },
    /// A fact without a source.
    NoCitation,
    /// Paragraphs and sentences are counted from 1.
    CountsFromOne,
    /// A sentence without its paragraph.
    NoParagraph,
    /// The last sentence comes before the first.
    EndsBeforeStart,
    /// Not a date.
    BadDate { date: String },
    /// Not something that a company does for a film.
    UnknownRole { role: String, known: String },

    /// Fewer wrong answers than a question needs.
    FewWrongAnswers { count: usize, min: usize },
    /// A wrong answer that is the right one.
    RightAsWrong { text: String },
    /// A wrong answer that appears twice.
    WrongTwice { text: String },
    /// A question without a fact and a reason.
    NoGround,
    /// A question about an opinion.
    AsksOpinion { id: String },
    /// A question about a rumour.
    AsksRumour { id: String },
    /// A question about a fact that must not be asked about.
    AsksExcluded { id: String },

    /// An unfair question.
    Unfair(Unfair),

    /// The file cannot be read, with the reason in English: only operators see it.
    Unread { says: String },
}
