//! Keeps the packs in compiled form next to the database, so that a start need not build them.
//!
//! The file is rebuilt when a pack or the program has changed, and may be deleted at any time.

use heat_core::facts::Fault;
use heat_core::library::{CompiledKey, Library};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The name of the file is that of the database with this added.
const ENDING: &str = ".packs";

/// Where the compiled packs are kept.
#[derive(Debug, Clone, Default)]
pub struct CompiledPacks {
    path: Option<PathBuf>,
}

impl CompiledPacks {
    /// Next to a database file. A database in memory or on a server has no place for them.
    #[must_use]
    pub fn beside(database_url: &str) -> Self {
        let path = database_url.strip_prefix("sqlite://");
        let path = path.filter(|path| !path.is_empty());
        Self {
            path: path.map(|path| PathBuf::from(format!("{path}{ENDING}"))),
        }
    }

    /// The bundled packs with those of `files`, as [`Library::build`] makes them, kept for the next
    /// time. Blocks.
    ///
    /// # Errors
    /// Those of [`Library::build`]. A file that cannot be read or written is not an error.
    pub fn load(&self, files: &[(String, String)]) -> Result<Library, Vec<Fault>> {
        let key = CompiledKey::of(files);
        if let Some(library) = self.kept(key) {
            return Ok(library);
        }
        let library = Library::build(files)?;
        let Some(path) = &self.path else {
            return Ok(library);
        };
        let bytes = library.compiled(key);
        if let Err(error) = replace(path, &bytes) {
            let path = path.display();
            tracing::warn!(%path, %error, "packs.not_kept: the next start builds them again");
        }
        // The library just built lies scattered among memory that building it freed; reading it
        // back packs it densely.
        drop(library);
        Library::from_compiled(&bytes, key).map_or_else(|| Library::build(files), Ok)
    }

    /// The same, but writes nothing. Blocks.
    ///
    /// # Errors
    /// Those of [`Library::build`].
    pub fn look(&self, files: &[(String, String)]) -> Result<Library, Vec<Fault>> {
        let kept = self.kept(CompiledKey::of(files));
        kept.map_or_else(|| Library::build(files), Ok)
    }

    fn kept(&self, key: CompiledKey) -> Option<Library> {
        let bytes = fs::read(self.path.as_ref()?).ok()?;
        Library::from_compiled(&bytes, key)
    }
}

/// Replaces a file in one step, so nobody ever reads half of it.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    fs::write(&new, bytes)?;
    fs::rename(&new, path)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn packs_are_made_again_only_when_they_or_the_file_have_changed() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("a.db");
        let kept = CompiledPacks::beside(&format!("sqlite://{}", database.display()));
        let path = folder.path().join("a.db.packs");
        let pack = |answer: &str| {
            let text = format!(
                r#"{{"id":"mine","title":"Mine","description":"D.","questions":[{{"id":"mine-1",
                "prompt":"Which is it?","answer":"{answer}","distractors":["Beta","Gamma","Delta"],
                "reason":"So."}}]}}"#
            );
            vec![("mine.json".to_owned(), text)]
        };
        let answer = |files: &[(String, String)]| {
            let library = kept.load(files).unwrap();
            library.bank.get("mine-1").unwrap().answer.text
        };
        assert_eq!(answer(&pack("Alpha")), "Alpha");
        let made = fs::read(&path).unwrap();
        let looked = kept.look(&pack("Alpha")).unwrap();
        assert_eq!(looked.bank.get("mine-1").unwrap().answer.text, "Alpha");
        assert_eq!(answer(&pack("Alpha")), "Alpha");
        assert_eq!(fs::read(&path).unwrap(), made);
        assert_eq!(answer(&pack("Omega")), "Omega");
        let other = fs::read(&path).unwrap();
        assert_ne!(other, made);
        fs::write(&path, &other[..other.len() / 2]).unwrap();
        assert_eq!(answer(&pack("Omega")), "Omega");
        assert_eq!(fs::read(&path).unwrap(), other);
        assert!(
            kept.load(&[("bad.json".to_owned(), "{}".to_owned())])
                .is_err()
        );
        assert!(CompiledPacks::beside("sqlite::memory:").path.is_none());
        assert!(CompiledPacks::beside("postgres://host/db").path.is_none());
    }
}
