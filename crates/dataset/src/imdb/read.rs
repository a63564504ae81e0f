//! Rows of IMDb's tables.

use crate::BuildError;
use csv::{ByteRecord, Position, ReaderBuilder};
use std::io::Read;

/// Reads the requested columns of a table, row by row. Columns may be in any order, and there may
/// be more. Invalid UTF-8 counts as missing.
///
/// # Errors
/// If the file cannot be read, lacks a column, or `take` says what is wrong with a row.
pub(super) fn each<R: Read, const N: usize>(
    file: &'static str,
    reader: R,
    columns: [&str; N],
    mut take: impl FnMut([&str; N]) -> Result<(), String>,
) -> Result<(), BuildError> {
    // A quotation mark is an ordinary character: `"Crocodile" Dundee`.
    let mut table = ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .flexible(true)
        .buffer_capacity(1 << 20)
        .from_reader(reader);
    let wrong = |line: u64, what: String| BuildError::Form { file, line, what };
    let header = table.byte_headers().map_err(|error| failed(file, error))?;
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        let found = header.iter().position(|name| name == column.as_bytes());
        *place = found.ok_or_else(|| wrong(1, format!("there is no column \"{column}\"")))?;
    }
    let last = places.iter().max().copied().unwrap_or(0);
    let mut row = ByteRecord::new();
    while table
        .read_byte_record(&mut row)
        .map_err(|error| failed(file, error))?
    {
        let line = row.position().map_or(0, Position::line);
        if row.len() <= last {
            return Err(wrong(line, format!("it has {} columns", row.len())));
        }
        let values = places.map(|place| std::str::from_utf8(&row[place]).unwrap_or(r"\N"));
        take(values).map_err(|what| wrong(line, what))?;
    }
    Ok(())
}

/// The number in an id such as `tt0113277`.
///
/// # Errors
/// A message if it is not such an id.
pub(super) fn id(prefix: &str, text: &str) -> Result<u32, String> {
    let number = text
        .strip_prefix(prefix)
        .and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| {
        format!(
            "\"{}\" is not an id of the form {prefix}0000001",
            text.escape_debug()
        )
    })
}

fn failed(file: &'static str, error: csv::Error) -> BuildError {
    let line = error.position().map_or(0, Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(source) => BuildError::Read { file, source },
        other => BuildError::Form {
            file,
            line,
            what: format!("{other:?}"),
        },
    }
}
