//! The list of what is copied: every table of the schema and the view of events, except tables
//! derived from others. It is read from the schema itself, so no table can be forgotten.

use rusqlite::Connection;

/// Derived from the ledger, so rebuilt instead of copied.
pub(crate) const DERIVED: [&str; 2] = ["standings", "tallies"];

/// The tables behind the view `events`: copied through the view, which is a table on a server.
const PARTS: [&str; 2] = ["event_rows", "long_events"];

/// A table that is copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    /// Under their `SQLite` names.
    pub columns: Vec<String>,
}

impl Table {
    /// The statement that reads all its rows from a file.
    pub fn select(&self) -> String {
        format!("SELECT {} FROM {}", self.columns.join(", "), self.name)
    }

    /// The statement that inserts one row into a file.
    pub fn insert(&self) -> String {
        let marks = vec!["?"; self.columns.len()].join(", ");
        let columns = self.columns.join(", ");
        format!("INSERT INTO {} ({columns}) VALUES ({marks})", self.name)
    }

    /// Its column names on the server, where one is a reserved word.
    pub fn columns_on_server<'a>(&'a self) -> Vec<&'a str> {
        let renamed = |column: &'a String| match column.as_str() {
            "user" => "player",
            other => other,
        };
        self.columns.iter().map(renamed).collect()
    }
}

/// The tables, each after those it refers to.
pub(crate) fn tables(conn: &Connection) -> rusqlite::Result<Vec<Table>> {
    let names: Vec<String> = conn
        .prepare(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             ORDER BY rowid",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    names
        .into_iter()
        .filter(|name| !DERIVED.iter().chain(&PARTS).any(|other| other == name))
        .map(|name| {
            let columns = conn
                .prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?
                .query_map([&name], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Ok(Table { name, columns })
        })
        .collect()
}
