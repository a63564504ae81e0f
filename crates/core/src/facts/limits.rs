//! The limits on a pack. Lengths are in UTF-16 code units, which is how Discord's own client
//! counts and never less than the number of characters.

/// Bytes of one pack's document: Discord attachments of packs are read up to this size.
pub const PACK_BYTES_MAX: usize = 1 << 20;
/// Bytes of a document that the operator of the bot loads: room for a million questions.
pub const GREAT_PACK_BYTES_MAX: usize = 1 << 30;
/// An id of any kind.
pub const ID_LENGTH_MAX: usize = 64;
/// The name or an alias of an entity, and a pack's title.
pub const NAME_LENGTH_MAX: usize = 80;
/// A choice: a button's label holds 80, and "A · " comes before it.
/// <https://discord.com/developers/docs/components/reference#button>
pub const CHOICE_LENGTH_MAX: usize = 72;
/// The emoji that tell a work.
pub const EMOJI_LENGTH_MAX: usize = 40;
/// A question's prompt.
pub const PROMPT_LENGTH_MAX: usize = 300;
/// A summary, a reason, a note, a description, or why a fact is not asked.
pub const SENTENCE_LENGTH_MAX: usize = 500;
/// The title of a source, which stands in a message's footer.
pub const SOURCE_TITLE_LENGTH_MAX: usize = 200;
/// The sources of one question, named together: with an address and a reason they have to fit into
/// one field of a message.
/// <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>
pub const CITATION_LENGTH_MAX: usize = 300;
/// An address: what Discord takes behind a link button.
/// <https://discord.com/developers/docs/components/reference#button>
pub const URL_LENGTH_MAX: usize = 512;
/// A date as its source gives it.
pub const AS_OF_LENGTH_MAX: usize = 40;
/// Entries of each of a pack's lists.
pub const ROWS_MAX: usize = 20_000;
/// Entries of each list of a document that the operator of the bot loads.
pub const GREAT_PACK_ROWS_MAX: usize = 2_000_000;
/// Aliases of one entity, distractors or spellings of one question.
pub const TEXTS_MAX: usize = 50;
/// Citations, caveats or entities of one fact, facts of one question.
pub const REFERENCES_MAX: usize = 20;
/// Wrong answers a question must have at least: four choices are shown.
pub const DISTRACTORS_MIN: usize = 3;

/// Combining marks in a row: more of them only serve to paint over neighbouring lines.
pub const MARKS_MAX: usize = 4;

/// A text's length as the limits above count it.
#[must_use]
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
