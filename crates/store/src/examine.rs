//! What is found in a database that is checked.

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The version of its tables, or none if the first start has yet to create them.
    pub version: Option<i64>,
    /// The newest version that this program knows.
    pub known: i64,
    /// What the database's own integrity check complains about.
    pub damage: Option<String>,
}
