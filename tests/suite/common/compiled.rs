//! The packs in compiled form, as an earlier start of the program leaves them beside its database.
//!
//! Without them each first start works for seconds, since little is optimised here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use heat_core::library::{CompiledKey, Library};

/// An operator's packs, as names and texts.
type Files = Vec<(String, String)>;
/// Empty while the first test that needs it is compiling.
type Compiled = Arc<OnceLock<Arc<[u8]>>>;

/// The bundled packs with an operator's, compiled once for all tests.
pub fn compiled(files: &[(String, String)]) -> Arc<[u8]> {
    static ALL: Mutex<Option<HashMap<Files, Compiled>>> = Mutex::new(None);
    let mut all = ALL.lock().unwrap();
    let of_these = all.get_or_insert_default().entry(files.to_vec());
    let of_these = Arc::clone(of_these.or_default());
    drop(all);
    let compile = || {
        let library = Library::build(files).unwrap();
        library.compiled(CompiledKey::of(files)).into()
    };
    Arc::clone(of_these.get_or_init(compile))
}
