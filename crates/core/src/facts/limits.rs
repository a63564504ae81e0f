//! The limits on a pack. Lengths are in UTF-16 code units, which is how Discord's own client
//! counts and never less than the number of characters.

/// The largest document of a pack, in bytes. Pack attachments from Discord are read up to this
/// size.
pub const PACK_BYTES_MAX: usize = 1 << 20;
/// The largest document that the bot's operator may load, in bytes: enough for a million questions.
pub const GREAT_PACK_BYTES_MAX: usize = 1 << 30;
/// An id of any kind.
pub const ID_LENGTH_MAX: usize = 64;
/// The name or an alias of an entity, and a pack's title.
pub const NAME_LENGTH_MAX: usize = 80;
/// A choice. A button's label holds 80 characters, and "A · " comes first.
/// <https://discord.com/developers/docs/components/reference#button>
pub const CHOICE_LENGTH_MAX: usize = 72;
/// The emoji that describe a work.
pub const EMOJI_LENGTH_MAX: usize = 40;
/// A question's prompt.
pub const PROMPT_LENGTH_MAX: usize = 300;
/// A summary, a reason, a note, a description, or the reason for excluding a fact.
pub const SENTENCE_LENGTH_MAX: usize = 500;
/// The title of a source, which appears in a message's footer.
pub const SOURCE_TITLE_LENGTH_MAX: usize = 200;
/// The combined sources of one question: with an address and a reason they must fit into one field
/// of a message. <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>
pub const CITATION_LENGTH_MAX: usize = 300;
/// An address: the limit of Discord's link buttons.
/// <https://discord.com/developers/docs/components/reference#button>
pub const URL_LENGTH_MAX: usize = 512;
/// A date in the words of its source.
pub const AS_OF_LENGTH_MAX: usize = 40;
/// The most entries in each list of a pack.
pub const ROWS_MAX: usize = 20_000;
/// The most entries in each list of a document that the bot's operator loads.
pub const GREAT_PACK_ROWS_MAX: usize = 2_000_000;
/// The most aliases of an entity, and the most wrong answers or spellings of a question.
pub const TEXTS_MAX: usize = 50;
/// The most citations, caveats or entities of a fact, and the most facts of a question.
pub const REFERENCES_MAX: usize = 20;
/// The fewest wrong answers of a question: four choices are shown.
pub const DISTRACTORS_MIN: usize = 3;

/// The most combining marks in a row; more would only be used to paint over other lines.
pub const MARKS_MAX: usize = 4;

/// A text's length, as the limits above count it.
#[must_use]
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
