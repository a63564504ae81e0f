//! The packs that a game's questions come from.

use crate::facts::PackId;
use serde::{Deserialize, Serialize};

/// Questions come from these packs only, or from all packs if the list is empty.
///
/// In JSON nothing is `null`, one pack a string and several an array: documents from before there
/// could be several still read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct PackList(Vec<PackId>);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    None,
    One(PackId),
    Several(Vec<PackId>),
}

impl PackList {
    /// Whether questions come from all packs.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether questions may come from this pack.
    #[must_use]
    pub fn has(&self, pack: &PackId) -> bool {
        self.is_all() || self.0.contains(pack)
    }

    /// The named packs, in the order they were named.
    #[must_use]
    pub fn ids(&self) -> &[PackId] {
        &self.0
    }

    /// The list without packs that fail the test: all packs if none is left.
    #[must_use]
    pub fn retained(mut self, keep: impl FnMut(&PackId) -> bool) -> Self {
        self.0.retain(keep);
        self
    }
}

impl<P: Into<PackId>> FromIterator<P> for PackList {
    /// Names a pack once, however often it is repeated.
    fn from_iter<I: IntoIterator<Item = P>>(packs: I) -> Self {
        let mut list = Vec::new();
        for pack in packs.into_iter().map(Into::into) {
            if !list.contains(&pack) {
                list.push(pack);
            }
        }
        Self(list)
    }
}

impl From<Stored> for PackList {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::None => Self::default(),
            Stored::One(pack) => Self::from_iter([pack]),
            Stored::Several(packs) => packs.into_iter().collect(),
        }
    }
}

impl From<PackList> for Stored {
    fn from(PackList(mut packs): PackList) -> Self {
        match packs.len() {
            0 => Self::None,
            1 => packs.pop().map_or(Self::None, Self::One),
            _ => Self::Several(packs),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[test]
    fn earlier_documents_still_read() {
        let read = |json: &str| serde_json::from_str::<PackList>(json).unwrap();
        assert!(read("null").is_all());
        assert_eq!(read("\"heat-2\"").ids(), ["heat-2"]);
        assert_eq!(read("[\"b\",\"a\",\"b\"]").ids(), ["b", "a"]);
        for json in ["null", "\"heat-2\"", "[\"b\",\"a\"]"] {
            assert_eq!(serde_json::to_string(&read(json)).unwrap(), json);
        }
    }
}
