//! From the text of a pack to a checked pack.

use super::fault::Fault;
use super::model::Pack;

/// Reads a pack and checks it. `name` is what faults call the file.
///
/// # Errors
/// Every fault of the document. Text that is not JSON, or has a value of a wrong type, gives
/// one fault with its line and column.
pub fn parse_pack(name: &str, text: &str) -> Result<Pack, Vec<Fault>> {
    serde_json::from_str(text).map_err(|error| {
        vec![Fault {
            file: name.to_owned(),
            path: String::new(),
            what: error.to_string(),
            mend: "correct the JSON at that place".into(),
        }]
    })
}
