//! The one list of what is copied: every table of the schema, and the view of events, but those that
//! are derived from the others. It is read from the schema itself, so that no table can be forgotten.

use rusqlite::Connection;

/// Derived from the ledger, and so not copied but derived again.
pub(crate) const DERIVED: [&str; 2] = ["standings", "tallies"];

/// What the view `events` is made of: copied through the view, which a server has as a table.
const PARTS: [&str; 2] = ["event_rows", "long_events"];

/// A table that is copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    /// As `SQLite` has them.
    pub columns: Vec<String>,
}

impl Table {
    /// Reads all rows of it from a file.
    pub fn select(&self) -> String {
        format!("SELECT {} FROM {}", self.columns.join(", "), self.name)
    }

    /// Puts one row of it into a file.
    pub fn insert(&self) -> String {
        let marks = vec!["?"; self.columns.len()].join(", ");
        let columns = self.columns.join(", ");
        format!("INSERT INTO {} ({columns}) VALUES ({marks})", self.name)
    }

    /// Its columns as the server has them, where one name is a reserved word.
    pub fn columns_on_server<'a>(&'a self) -> Vec<&'a str> {
        let renamed = |column: &'a String| match column.as_str() {
            "user" => "player",
            other => other,
        };
        self.columns.iter().map(renamed).collect()
    }
}

/// The tables, in an order in which each stands behind those that it refers to.
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
