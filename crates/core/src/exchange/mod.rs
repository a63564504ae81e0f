//! Other programs' question files: from their formats to a pack, and from a pack to CSV.
//!
//! Pure. Files come in as text and go out as text. An import reports row by row what it left out
//! and why; what it accepts has passed every check of [`crate::facts`] and the linter of
//! [`crate::bank`], like any other pack.
//!
//! | file | what it is |
//! |---|---|
//! | `opentdb` | Open Trivia Database: <https://opentdb.com/api_config.php> |
//! | `red_bot` | Red-DiscordBot's trivia lists: <https://docs.discord.red/en/stable/guide_trivia_list_creation.html> |
//! | `sheet` | common to all CSV: separators, line numbers of rows, quotation marks |
//! | `table` | CSV: our own columns, and those of a deck that Kotoba exports |
//! | `pack_csv` | CSV with a complete pack, written and read back without loss |
//! | `similar_answers` | wrong answers for lists that have none, taken from the other answers of the list |
//! | `build` | turns rows into a pack, and says why a row is left out |
//! | `refusal` | why a row, or a whole file, is left out |

mod build;
mod opentdb;
mod pack_csv;
mod red_bot;
mod refusal;
mod row;
mod sheet;
mod similar_answers;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use pack_csv::to_csv;
pub use refusal::{At, FileFlaw, ImportError, LeftOut, Loss, Note, Place, Why};
pub use table::template;
pub(crate) use text::{clean, slug};

use crate::facts::{Pack, PackId, unmarked_start};
use row::Read;

/// The most bytes of one file: a whole dump of the largest of these collections is about half of
/// it.
pub const FILE_BYTES_MAX: usize = 8 << 20;
/// The most rows read of one file.
const ROWS_MAX: usize = 50_000;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Open Trivia Database JSON.
    OpenTdb,
    /// A trivia list of Red-DiscordBot, YAML.
    Red,
    /// CSV with our columns, or as Kotoba exports it.
    Csv,
}

impl Format {
    /// The format suggested by a file's name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" => Some(Self::OpenTdb),
            "yaml" | "yml" => Some(Self::Red),
            "csv" | "tsv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// The pack's name, if the file gives none or the user wants another, and what else it may leave out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Naming {
    /// The pack's id; made from the file's name if absent.
    pub id: Option<PackId>,
    /// The pack's title; the file's name if absent.
    pub title: Option<String>,
    /// The reason of a question without one, in which `{answer}` stands for its answer; the answer
    /// alone if absent.
    pub reason: Option<String>,
}

/// A pack made from foreign files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The pack, checked.
    pub pack: Pack,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// Notes about its content.
    pub notes: Vec<Note>,
}

/// Makes one pack of one or several files of a format, given as (name, text).
///
/// # Errors
/// [`ImportError`] if a file cannot be read, or nothing in it can be used.
pub fn import(
    format: Format,
    files: &[(String, String)],
    naming: &Naming,
) -> Result<Imported, ImportError> {
    let mut all = Read::default();
    for (name, text) in files {
        if text.len() > FILE_BYTES_MAX {
            let (bytes, max) = (text.len(), FILE_BYTES_MAX);
            return Err(unreadable(name, FileFlaw::TooLong { bytes, max }));
        }
        let text = unmarked_start(text);
        let read = match format {
            Format::OpenTdb => opentdb::read(name, text)?,
            Format::Red => red_bot::read(name, text)?,
            Format::Csv if pack_csv::is_whole(text) => {
                if files.len() > 1 {
                    return Err(unreadable(name, FileFlaw::PackAmongOthers));
                }
                return pack_csv::read(name, text, naming);
            }
            Format::Csv => table::read(name, text)?,
        };
        all.join(read);
    }
    let name = files.first().map_or("pack", |(name, _)| name.as_str());
    build::pack(all, name, naming)
}

fn unreadable(file: &str, why: FileFlaw) -> ImportError {
    ImportError::Unreadable {
        file: file.to_owned(),
        why,
    }
}
