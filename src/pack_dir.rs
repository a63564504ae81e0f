//! The operator's own packs: every `*.json` in one folder.
//!
//! The folder is checked every few seconds by its listing alone (names, sizes, modification times),
//! which works on every file system, over a network and in containers. What a pack may contain is
//! not decided here.

use heat_core::facts::limits::GREAT_PACK_BYTES_MAX;
use heat_core::facts::{self, Fault, Flaw, NotText};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The most packs in a folder.
const FILES_MAX: usize = 500;

/// The listing of the folder's packs. If two listings are equal, nothing has changed.
pub type Listing = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// Lists the folder's packs by name. Blocks.
///
/// # Errors
/// If the folder cannot be listed.
pub fn list(folder: &Path) -> io::Result<Listing> {
    let mut listing = Listing::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_json = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
        // Editors and copying programs give unfinished files names that begin with a dot.
        let is_hidden = path
            .file_name()
            .is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        if !is_json || is_hidden {
            continue;
        }
        // A pack may be a symbolic link, as Kubernetes mounts them. A broken link is listed too, so
        // that reading it reports the error.
        let (bytes, changed) =
            fs::metadata(&path).map_or((0, None), |m| (m.len(), m.modified().ok()));
        listing.push((path, bytes, changed));
    }
    listing.sort();
    Ok(listing)
}

/// Detects that a folder has changed and settled.
#[derive(Debug, Clone)]
pub struct PackDirWatch {
    loaded: Listing,
    before: Listing,
}

impl PackDirWatch {
    /// A folder and its listing when its packs were loaded.
    #[must_use]
    pub fn new(loaded: Listing) -> Self {
        Self {
            before: loaded.clone(),
            loaded,
        }
    }

    /// Whether to reload the packs: the folder has not changed since the last check, so no program
    /// is in the middle of writing, but it has changed since they were loaded. True only once per
    /// change.
    pub fn is_due(&mut self, listing: &Listing) -> bool {
        let is_at_rest = *listing == self.before;
        self.before.clone_from(listing);
        if !is_at_rest || *listing == self.loaded {
            return false;
        }
        self.loaded.clone_from(listing);
        true
    }
}

/// How the folder is given, in faults.
const WHERE: &str = "PACK_DIR (in the sandbox --packs)";

/// Reads every listed pack, as (file name, text). Blocks.
///
/// # Errors
/// The files that cannot be read.
pub fn read(listing: &Listing) -> Result<Vec<(String, String)>, Vec<Fault>> {
    let mut files = Vec::with_capacity(listing.len());
    let mut faults = Vec::new();
    if listing.len() > FILES_MAX {
        let says = format!(
            "the folder contains {} packs; keep at most {FILES_MAX}",
            listing.len()
        );
        return Err(vec![unread(WHERE, says)]);
    }
    for (path, _, _) in listing {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        match text(path) {
            Ok(text) => files.push((name, text)),
            Err(Unread::Io(error)) => {
                let says = format!(
                    "the file cannot be read: {error}; let the bot read it, or remove it from the folder"
                );
                faults.push(unread(&name, says));
            }
            Err(Unread::NotText(error)) => {
                faults.push(unread(&name, error.to_string()));
            }
        }
    }
    if faults.is_empty() {
        Ok(files)
    } else {
        Err(faults)
    }
}

/// The error for a folder that cannot be listed.
#[must_use]
pub fn unlisted(folder: &Path, error: &io::Error) -> Fault {
    let says = format!(
        "the folder {} cannot be listed: {error}; choose an existing folder that the bot may read",
        folder.display()
    );
    unread(WHERE, says)
}

/// Why a file could not be read.
enum Unread {
    Io(io::Error),
    NotText(NotText),
}

/// Reads at most one byte more than a pack may have, which is enough to refuse it.
fn text(path: &Path) -> Result<String, Unread> {
    let limit = u64::try_from(GREAT_PACK_BYTES_MAX).unwrap_or(u64::MAX);
    let mut content = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut content))
        .map_err(Unread::Io)?;
    facts::text_of(content).map_err(Unread::NotText)
}

fn unread(file: &str, says: String) -> Fault {
    Fault::of_file(file, Flaw::Unread { says })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::{PackDirWatch, list, read};
    use std::fs;

    #[test]
    fn lists_only_json_and_sees_every_change() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &[u8]| fs::write(folder.path().join(name), text).unwrap();
        put("b.json", b"{}");
        put("a.JSON", b"[]");
        put("notes.txt", b"x");
        put(".a.json.swp", b"x");
        put(".half.json", b"x");
        let first = list(folder.path()).unwrap();
        assert_eq!(
            read(&first).unwrap(),
            [
                ("a.JSON".into(), "[]".into()),
                ("b.json".into(), "{}".into())
            ]
        );
        assert_eq!(list(folder.path()).unwrap(), first);
        put("b.json", b"{ }");
        let second = list(folder.path()).unwrap();
        assert_ne!(second, first);
        let mut watched = PackDirWatch::new(first.clone());
        let looks = [
            &first, &second, &second, &second, &first, &second, &first, &first,
        ];
        let due: Vec<bool> = looks.into_iter().map(|look| watched.is_due(look)).collect();
        assert_eq!(due, [false, false, true, false, false, false, false, true]);
        put("c.json", &[0xff, 0xfe]);
        let faults = read(&list(folder.path()).unwrap()).unwrap_err();
        assert_eq!((faults.len(), faults[0].file.as_str()), (1, "c.json"));
        assert!(list(&folder.path().join("nowhere")).is_err());
    }
}
