//! Common to all CSV files: the separator, the first line, and the rows with their line numbers.

use super::{FileFlaw, ImportError, unreadable};
use csv::StringRecord;

/// The most columns of a table.
const COLUMNS_MAX: usize = 100;

/// A table whose first line has been read.
pub(super) struct Sheet<'t> {
    /// The names of the columns, in lower case; empty for columns without a name.
    pub columns: Vec<String>,
    name: &'t str,
    body: &'t str,
    delimiter: u8,
    reader: csv::Reader<&'t [u8]>,
    lines: Lines<'t>,
}

impl<'t> Sheet<'t> {
    /// Reads the first line.
    ///
    /// # Errors
    /// If there is none, or if a quotation mark is never closed: the following rows would be read
    /// as part of one cell.
    pub(super) fn new(name: &'t str, text: &'t str) -> Result<Self, ImportError> {
        let (declared, body) = separator_line(text);
        let delimiter = declared.unwrap_or_else(|| delimiter(body));
        let mut lines = Lines {
            text: body,
            at: 0,
            line: if body.len() == text.len() { 1 } else { 2 },
        };
        if let Some(broken) = broken_quotes(body, delimiter) {
            let line = lines.of(broken.opened);
            let why = match broken.closed.map(|at| lines.of(at)) {
                None => FileFlaw::QuoteOpen { line },
                Some(closed) => FileFlaw::QuoteInside { line, closed },
            };
            return Err(unreadable(name, why));
        }
        let mut reader = reader(body, delimiter, true);
        let header = reader.headers().map_err(|error| broken(name, &error))?;
        if header.iter().all(|cell| cell.trim().is_empty()) {
            return Err(unreadable(name, FileFlaw::Empty));
        }
        if header.iter().any(is_quoted_behind_space) {
            return Err(quoted_behind_space(name, 1));
        }
        // Spreadsheets add empty cells at the end of lines.
        let header = header.iter().map(|name| name.trim().to_lowercase());
        let mut columns: Vec<String> = header.collect();
        while columns.last().is_some_and(String::is_empty) {
            columns.pop();
        }
        if columns.len() > COLUMNS_MAX {
            let why = FileFlaw::TooManyColumns {
                columns: columns.len(),
                max: COLUMNS_MAX,
            };
            return Err(unreadable(name, why));
        }
        Ok(Self {
            columns,
            name,
            body,
            delimiter,
            reader,
            lines,
        })
    }

    /// Treats the first line as a row like the others, and uses these column names instead.
    pub(super) fn without_header(&mut self, columns: &[&str]) {
        self.columns = columns.iter().map(|name| (*name).to_owned()).collect();
        self.reader = reader(self.body, self.delimiter, false);
    }

    /// Refuses a table that names a column twice, because one would be lost.
    pub(super) fn check_columns(&self) -> Result<(), ImportError> {
        for (at, column) in self.columns.iter().enumerate() {
            let first = self.columns.iter().position(|other| other == column);
            if let Some(first) = first.filter(|first| *first < at && !column.is_empty()) {
                let why = FileFlaw::ColumnTwice {
                    column: column.chars().take(30).collect(),
                    first: first + 1,
                    second: at + 1,
                };
                return Err(unreadable(self.name, why));
            }
        }
        Ok(())
    }

    /// The next row that is not empty, and its first line.
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
            if record.iter().any(is_quoted_behind_space) {
                return Some(Err(quoted_behind_space(self.name, line)));
            }
            return Some(Ok((line, record)));
        }
    }

    /// Whether a row has content beyond the last named column.
    pub(super) fn is_too_long(&self, record: &StringRecord) -> bool {
        let mut behind = record.iter().skip(self.columns.len());
        behind.any(|cell| !cell.trim().is_empty())
    }
}

/// Whether a space precedes the quotation mark that was meant to open the cell. The marks would
/// then become part of the text, and a comma between them would split it.
fn is_quoted_behind_space(cell: &str) -> bool {
    let text = cell.trim();
    let is_behind_space = cell.starts_with(' ') && text.starts_with('"');
    let is_cut = text.matches('"').count() % 2 == 1;
    is_behind_space && (is_cut || (text.len() > 1 && text.ends_with('"')))
}

fn quoted_behind_space(name: &str, line: usize) -> ImportError {
    unreadable(name, FileFlaw::QuoteBehindSpace { line })
}

fn reader(body: &str, delimiter: u8, has_header: bool) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .has_headers(has_header)
        .from_reader(body.as_bytes())
}

fn broken(name: &str, error: &csv::Error) -> ImportError {
    let says = error.to_string();
    unreadable(name, FileFlaw::NotCsv { says })
}

/// The separator declared in the first line, as spreadsheets write it ("sep=;"), and the rest of
/// the text.
fn separator_line(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let declared = first.trim_end_matches('\r').trim_matches('"');
    match declared.as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', mark] => (Some(*mark), rest),
        _ => (None, text),
    }
}

/// How many lines are examined to find the separator.
const LINES_LOOKED_AT: usize = 10;

/// The separator of the cells: a comma, semicolon, tab or bar. It must be in each of the first lines
/// outside quotation marks; of several, the most frequent. A row may have commas in its question; a
/// line of column names has none.
fn delimiter(text: &str) -> u8 {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<&str> = lines.take(LINES_LOOKED_AT).collect();
    let first = lines.first().copied().unwrap_or_default();
    let rank = |mark: u8| {
        let least = lines.iter().map(|line| marks(line, mark)).min();
        (least.unwrap_or_default(), marks(first, mark))
    };
    let most = [b'|', b'\t', b';', b',']
        .into_iter()
        .max_by_key(|mark| rank(*mark));
    most.unwrap_or(b',')
}

/// How often a character occurs in a line outside quotation marks.
fn marks(line: &str, mark: u8) -> usize {
    let mut is_quoted = false;
    let is_one = |byte: &u8| {
        is_quoted ^= *byte == b'"';
        *byte == mark && !is_quoted
    };
    line.as_bytes().iter().copied().filter(is_one).count()
}

/// A cell with unbalanced quotation marks.
struct BrokenQuotes {
    /// Where the cell begins.
    opened: usize,
    /// The mark that closes it, if something else follows that mark.
    closed: Option<usize>,
}

/// The first cell that begins with a quotation mark but does not end with one.
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

/// Counts lines up to given places, in order. Lines may end in LF, CR LF or CR.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the first character at or after a byte that does not end a line.
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

/// A cell without the marks that keep a spreadsheet from reading it as a formula or a number: a
/// leading apostrophe, or Excel's `="1995"`.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => text_of_formula(cell).unwrap_or(cell),
    }
}

fn text_of_formula(cell: &str) -> Option<&str> {
    let text = cell.strip_prefix("=\"")?.strip_suffix('"')?;
    (!text.contains('"')).then_some(text)
}

/// Whether a spreadsheet would read the text as a formula:
/// <https://owasp.org/www-community/attacks/CSV_Injection>.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Texts separated by `|`, where `\|` and `\\` are a plain bar and backslash.
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
