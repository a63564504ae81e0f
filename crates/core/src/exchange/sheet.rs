//! What every CSV file has in common: what parts its cells, its first line, and its rows with the
//! lines that they stand on.

use super::{ImportError, unreadable};
use csv::StringRecord;

/// Columns of one table.
const COLUMNS_MAX: usize = 100;

/// A table, its first line read.
pub(super) struct Sheet<'t> {
    /// The names of the columns, in lower case; empty for columns without a name.
    pub columns: Vec<String>,
    name: &'t str,
    reader: csv::Reader<&'t [u8]>,
    lines: Lines<'t>,
}

impl<'t> Sheet<'t> {
    /// Reads the first line.
    ///
    /// # Errors
    /// If that is none, or if a quotation mark is never closed anywhere in the text: a reader would
    /// take the rows behind it for part of one cell.
    pub(super) fn new(name: &'t str, text: &'t str) -> Result<Self, ImportError> {
        let (told, body) = separator_line(text);
        let delimiter = told.unwrap_or_else(|| delimiter(body));
        let mut lines = Lines {
            text: body,
            at: 0,
            line: if body.len() == text.len() { 1 } else { 2 },
        };
        if let Some(broken) = broken_quotes(body, delimiter) {
            let opened = lines.of(broken.opened);
            let what = match broken.closed {
                None => format!("line {opened}: a quotation mark is opened and never closed"),
                Some(at) => format!(
                    "line {opened}: a quotation mark is opened, and what closes it on line {} stands in the middle of a cell",
                    lines.of(at)
                ),
            };
            let mend = "close it at the end of its cell; a mark inside a cell in quotation marks is written twice (\"\")";
            return Err(unreadable(name, what, mend));
        }
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(body.as_bytes());
        let header = reader.headers().map_err(|error| broken(name, &error))?;
        // Spreadsheets end lines with empty cells.
        let header = header.iter().map(|name| name.trim().to_lowercase());
        let mut columns: Vec<String> = header.collect();
        while columns.last().is_some_and(String::is_empty) {
            columns.pop();
        }
        if columns.len() > COLUMNS_MAX {
            let what = format!("the first line names {} columns", columns.len());
            return Err(unreadable(name, what, format!("keep to {COLUMNS_MAX}")));
        }
        Ok(Self {
            columns,
            name,
            reader,
            lines,
        })
    }

    /// Refuses a table that names a column twice: one of the two would be lost.
    pub(super) fn check_columns(&self) -> Result<(), ImportError> {
        for (at, column) in self.columns.iter().enumerate() {
            let first = self.columns.iter().position(|other| other == column);
            if let Some(first) = first.filter(|first| *first < at && !column.is_empty()) {
                let shown: String = column.chars().take(30).collect();
                let what = format!(
                    "the first line names the column \"{shown}\" twice, as number {} and {}",
                    first + 1,
                    at + 1
                );
                return Err(unreadable(
                    self.name,
                    what,
                    "rename or take out one of them",
                ));
            }
        }
        Ok(())
    }

    /// The next row that has anything in it, and the line it begins on.
    pub(super) fn row(&mut self) -> Option<Result<(usize, StringRecord), ImportError>> {
        loop {
            let mut record = StringRecord::new();
            match self.reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(broken(self.name, &error))),
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let byte = record.position().map_or(0, csv::Position::byte);
            let line = self.lines.of(usize::try_from(byte).unwrap_or(usize::MAX));
            return Some(Ok((line, record)));
        }
    }

    /// Whether a row has something behind the last column that has a name.
    pub(super) fn is_too_long(&self, record: &StringRecord) -> bool {
        let mut behind = record.iter().skip(self.columns.len());
        behind.any(|cell| !cell.trim().is_empty())
    }
}

fn broken(name: &str, error: &csv::Error) -> ImportError {
    unreadable(
        name,
        format!("this is not CSV: {error}"),
        "save it as CSV in UTF-8",
    )
}

/// What the first line says of the separator, as spreadsheets write it ("sep=;"), and the text
/// behind it.
fn separator_line(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let told = first.trim_end_matches('\r').trim_matches('"');
    match told.as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', mark] => (Some(*mark), rest),
        _ => (None, text),
    }
}

/// Which of comma, semicolon and tab stands most often outside quotation marks in the first line
/// that is not empty.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in first.unwrap_or_default().bytes() {
        is_quoted ^= byte == b'"';
        let count = counts
            .iter_mut()
            .find(|(mark, _)| *mark == byte && !is_quoted);
        if let Some((_, count)) = count {
            *count += 1;
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(b',', |(mark, _)| *mark)
}

/// A cell whose quotation marks do not pair.
struct BrokenQuotes {
    /// Where the cell begins.
    opened: usize,
    /// The mark that closes it, where something else follows that mark.
    closed: Option<usize>,
}

/// The first cell that begins with a quotation mark and does not end with one.
fn broken_quotes(text: &str, delimiter: u8) -> Option<BrokenQuotes> {
    let bytes = text.as_bytes();
    let ends_cell = |byte: Option<&u8>| {
        byte.is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'))
    };
    let mut at = 0;
    let mut begins = true;
    while let Some(byte) = bytes.get(at) {
        if !begins || *byte != b'"' {
            begins = ends_cell(Some(byte));
            at += 1;
            continue;
        }
        let opened = at;
        at += 1;
        loop {
            match bytes.get(at) {
                None => {
                    return Some(BrokenQuotes {
                        opened,
                        closed: None,
                    });
                }
                Some(b'"') if bytes.get(at + 1) == Some(&b'"') => at += 2,
                Some(b'"') => break,
                Some(_) => at += 1,
            }
        }
        let closed = at;
        at += 1;
        if !ends_cell(bytes.get(at)) {
            return Some(BrokenQuotes {
                opened,
                closed: Some(closed),
            });
        }
        begins = false;
    }
    None
}

/// Counts lines up to places that are asked for in order. However they end: LF, CR LF or CR.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the first character at or behind a byte that ends no line.
    fn of(&mut self, byte: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(here) = bytes.get(self.at) {
            let is_end = match here {
                b'\n' => true,
                b'\r' => bytes.get(self.at + 1) != Some(&b'\n'),
                _ if self.at >= byte => break,
                _ => false,
            };
            self.line += usize::from(is_end);
            self.at += 1;
        }
        self.line
    }
}

/// A cell without the mark that keeps spreadsheets from taking it for a formula.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// Whether a spreadsheet would take the text for a formula:
/// <https://owasp.org/www-community/attacks/CSV_Injection>.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Texts parted by `|`, where `\|` and `\\` are a mere bar and backslash.
pub(super) fn split_bars(cell: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek(), texts.last_mut()) {
            ('\\', Some(next @ ('|' | '\\')), Some(text)) => {
                text.push(*next);
                chars.next();
            }
            ('|', _, _) => texts.push(String::new()),
            (c, _, Some(text)) => text.push(c),
            (_, _, None) => {}
        }
    }
    texts.retain(|text| !text.trim().is_empty());
    texts
}
