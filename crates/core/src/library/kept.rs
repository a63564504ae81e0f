//! The bundled library for tests, built once for all of them.

use super::Library;
use std::sync::{Arc, LazyLock};

/// The bundled library. A test that only reads shares it, since each build costs seconds without
/// optimisation.
pub(crate) fn bundled() -> Arc<Library> {
    static LIBRARY: LazyLock<Arc<Library>> =
        LazyLock::new(|| Library::bundled().expect("a release has no fault"));
    Arc::clone(&LIBRARY)
}
