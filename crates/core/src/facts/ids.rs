//! The ids that packs use.

use smol_str::SmolStr;

/// The id of a pack: lower-case letters, digits and hyphens, at most 64 bytes.
pub type PackId = String;
/// The id of a fact, unique over all loaded packs.
pub type FactId = String;
/// The id of an entity, unique among the entities of one kind over all loaded packs. Kept in place
/// where it is short, because facts and questions repeat it very often.
pub type EntityId = SmolStr;
/// The id of a source, unique within its pack.
pub type SourceId = String;
