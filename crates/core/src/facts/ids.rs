//! The ids that packs use.

/// The id of a pack: lower-case letters, digits and hyphens, at most 64 bytes.
pub type PackId = String;
/// The id of a fact, unique over all loaded packs.
pub type FactId = String;
/// The id of an entity, unique among the entities of one kind over all loaded packs.
pub type EntityId = String;
/// The id of a source, unique within its pack.
pub type SourceId = String;
