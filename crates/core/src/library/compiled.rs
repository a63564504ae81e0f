//! The library in a form that loads fast, to be kept in a file.
//!
//! Building a library takes most of the start-up time: every question is made from the facts, and
//! every name is indexed. The same packs and the same program always give the same result, so it
//! can be kept. A form that is damaged, or was made from other packs or by another program, is
//! rejected.

use super::{Library, SubjectIndex};
use crate::bank::Bank;
use crate::cast::CastIndex;
use crate::facts::{self, EntityTable, PackedFacts};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

/// What a compiled form begins with: its key, and a checksum of the rest.
const HEAD: usize = 2 * size_of::<u128>();

/// Identifies the packs that a library was made from, and the program that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompiledKey(u128);

impl CompiledKey {
    /// The key of the library that [`Library::build`] makes from the bundled packs and these files.
    #[must_use]
    pub fn of(files: &[(String, String)]) -> Self {
        let mut hasher = Xxh3Default::new();
        let mut add = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        add(env!("HEAT_CORE_BUILD"));
        let bundled = facts::bundled();
        let files = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        for (name, text) in bundled.into_iter().chain(files) {
            add(name);
            add(text);
        }
        Self(hasher.digest128())
    }
}

#[derive(Serialize)]
struct Written<'a> {
    entities: &'a EntityTable,
    facts: &'a PackedFacts,
    bank: &'a Bank,
    about: &'a SubjectIndex,
    cast: &'a CastIndex,
    news: &'a CastIndex,
}

#[derive(Deserialize)]
struct Read {
    entities: EntityTable,
    facts: PackedFacts,
    bank: Bank,
    about: SubjectIndex,
    cast: CastIndex,
    news: CastIndex,
}

impl Library {
    /// The library as bytes, which [`Self::from_compiled`] reads. `key` says what it was built
    /// from.
    #[must_use]
    pub fn compiled(&self, key: CompiledKey) -> Vec<u8> {
        let written = Written {
            entities: self.facts.entity_table(),
            facts: &self.facts,
            bank: &self.bank,
            about: &self.about,
            cast: &self.cast,
            news: &self.news,
        };
        // Writing into memory cannot fail, and bytes that are cut short are rejected when they are
        // read.
        let mut bytes = postcard::to_extend(&written, vec![0; HEAD]).unwrap_or_default();
        if let Some((head, body)) = bytes.split_at_mut_checked(HEAD) {
            let checksum = xxh3_128(body);
            let (of_key, of_body) = head.split_at_mut(size_of::<u128>());
            of_key.copy_from_slice(&key.0.to_le_bytes());
            of_body.copy_from_slice(&checksum.to_le_bytes());
        }
        bytes
    }

    /// The library with this key; `None` if the bytes have another key or are damaged.
    #[must_use]
    pub fn from_compiled(bytes: &[u8], key: CompiledKey) -> Option<Self> {
        let (head, body) = bytes.split_at_checked(HEAD)?;
        let expected = [key.0, xxh3_128(body)].map(u128::to_le_bytes);
        if head != expected.as_flattened() {
            return None;
        }
        let mut read: Read = postcard::from_bytes(body).ok()?;
        let entities = Arc::new(read.entities);
        read.facts.attach(Arc::clone(&entities));
        read.bank.attach(Arc::clone(&entities));
        read.cast.attach(Arc::clone(&entities));
        read.news.attach(entities);
        Some(Self {
            facts: Arc::new(read.facts),
            bank: read.bank,
            about: read.about,
            cast: read.cast,
            news: read.news,
        })
    }
}
