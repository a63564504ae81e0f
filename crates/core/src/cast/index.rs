//! The index over entities: their names, and the facts that mention each.

use super::entries::Entries;
use super::names::{Closeness, NameIndex, NameOf};
use super::normalise::fold;
use crate::facts::{Entity, EntityKind, EntityRef, EntityTable, Fact, FactBase};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A searchable index of names.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CastIndex {
    entries: Entries,
    names: NameIndex,
    /// Suggestions before anything is typed.
    leading: Vec<u32>,
}

/// A search hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub entity: EntityRef,
    /// Its name as members see it.
    pub name: String,
    /// How close it is to what was typed.
    pub closeness: Closeness,
}

impl Hit {
    /// Which kind of entity was found.
    #[must_use]
    pub fn kind(&self) -> EntityKind {
        self.entity.kind
    }
}

/// The result of looking up a typed name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One answer; if its closeness is [`Closeness::Prefix`], say how the input was understood.
    One(Hit),
    /// The name fits several equally well: the member must choose.
    Several(Vec<Hit>),
    /// Nothing has that name, but these are a few typos away: whole names, or parts of names if
    /// there are none. A single one may be shown if the answer says that it is not what was typed.
    Near(Vec<Hit>),
    /// Nothing is close.
    Nothing,
}

impl Found {
    /// What hits mean, given closest first.
    #[must_use]
    pub fn of(mut hits: Vec<Hit>) -> Self {
        let Some(best) = hits.first().map(|hit| hit.closeness) else {
            return Self::Nothing;
        };
        hits.retain(|hit| hit.closeness == best);
        match best {
            Closeness::Near | Closeness::NearPart => Self::Near(hits),
            _ if hits.len() == 1 => Self::One(hits.remove(0)),
            _ => Self::Several(hits),
        }
    }
}

/// The most hits a lookup offers: as many as a menu holds.
pub const OFFERS_MAX: usize = 25;

/// How many hits to search for works: a few letters match more people and characters than titles.
const WORKS_AMONG_MAX: usize = 500;

impl CastIndex {
    /// Indexes the characters, people and works of a fact base.
    #[must_use]
    pub fn build(facts: &FactBase) -> Self {
        // The first of all entities: organisations come last.
        let kinds = [EntityKind::Person, EntityKind::Character, EntityKind::Work];
        let entities = kinds.into_iter().flat_map(|kind| facts.entities(kind));
        let entities: Vec<&Entity> = entities.collect();
        let all = (0..).zip(facts.facts_naming());
        Self::of(facts.entity_table(), None, &entities, all)
    }

    /// Indexes everyone and everything in the news, companies included.
    #[must_use]
    pub fn of_news(facts: &FactBase) -> Self {
        let all = (0..).zip(facts.facts_naming());
        let news: Vec<_> = all.filter(|(_, (fact, _))| fact.news.is_some()).collect();
        let named = news
            .iter()
            .flat_map(|(_, (_, named))| named.iter().copied());
        let named: BTreeSet<u32> = named.collect();
        let entities = named.into_iter();
        let entities = entities.filter_map(|number| Some((number, facts.entity_at(number)?)));
        let (numbers, entities): (Vec<u32>, Vec<&Entity>) = entities.unzip();
        let table = facts.entity_table();
        Self::of(table, Some(numbers), &entities, news.into_iter())
    }

    /// Completes an index that was read without the table of entities.
    pub(crate) fn attach(&mut self, table: Arc<EntityTable>) {
        self.entries.attach(table);
    }

    /// Indexes the given entities, in order, by name and alias. `listed` has their numbers, unless
    /// they are the first of all.
    fn of<'a>(
        table: &Arc<EntityTable>,
        listed: Option<Vec<u32>>,
        entities: &[&Entity],
        facts: impl Iterator<Item = (u32, (&'a Fact, Cow<'a, [u32]>))>,
    ) -> Self {
        let entries = Entries::of(table, listed, entities.len(), facts);
        let named = (0..).zip(entities).map(|(entry, entity)| NameOf {
            name: &entity.name,
            aliases: &entity.aliases,
            weight: entries.weight(entry),
        });
        let mut index = Self {
            names: NameIndex::of(named),
            entries,
            leading: Vec::new(),
        };
        index.leading = index.choose_leading();
        index
    }

    /// Everything the input may mean, closest first, at most `limit`: exact names, then aliases,
    /// then prefixes, and typos only if there are none of these. Equally close hits are ordered by
    /// how much the facts say about them, then alphabetically.
    #[must_use]
    pub fn search(&self, typed: &str, limit: usize) -> Vec<Hit> {
        if let Some(hit) = self.by_reference(typed) {
            return vec![hit];
        }
        let found = self.names.search(typed, limit).into_iter();
        found.filter_map(|(c, e)| self.hit(c, e)).collect()
    }

    /// Resolves a typed name to one answer if there is no doubt, or else to what it may mean.
    #[must_use]
    pub fn find(&self, typed: &str) -> Found {
        Found::of(self.search(typed, OFFERS_MAX))
    }

    /// Suggestions for an option being typed: the search, or before anything is typed, what the
    /// facts say most about, characters first.
    #[must_use]
    pub fn suggest(&self, typed: &str) -> Vec<Hit> {
        if !fold(typed).is_empty() {
            return self.search(typed, OFFERS_MAX);
        }
        let leading = self.leading.iter();
        let hits = leading.filter_map(|e| self.hit(Closeness::Prefix, *e));
        hits.collect()
    }

    /// The works that match a title being typed, closest first, at most [`OFFERS_MAX`].
    #[must_use]
    pub fn works(&self, typed: &str) -> Vec<Hit> {
        let found = self.search(typed, WORKS_AMONG_MAX).into_iter();
        let works = found.filter(|hit| hit.kind() == EntityKind::Work);
        works.take(OFFERS_MAX).collect()
    }

    /// The facts that mention an entity, from the base the index was built from; none if the index
    /// does not have it.
    pub fn facts_about<'a>(
        &self,
        facts: &'a FactBase,
        entity: &EntityRef,
    ) -> impl Iterator<Item = &'a Fact> {
        let entry = self.entries.find(entity).into_iter();
        let numbers = entry.flat_map(|entry| self.entries.mentions(entry));
        numbers.filter_map(|number| facts.fact_at(number))
    }

    /// The entries the facts say most about, characters first; computed once, because every member
    /// who opens the option needs them.
    fn choose_leading(&self) -> Vec<u32> {
        let shares = [
            (EntityKind::Character, 10),
            (EntityKind::Person, 8),
            (EntityKind::Work, 5),
            (EntityKind::Organisation, 2),
        ];
        let mut leading = Vec::with_capacity(OFFERS_MAX);
        for (kind, share) in shares {
            let mut of_kind: Vec<u32> = self.entries.of_kind(kind).collect();
            of_kind.sort_by_key(|entry| Reverse(self.entries.weight(*entry)));
            leading.extend(of_kind.into_iter().take(share));
        }
        leading
    }

    fn hit(&self, closeness: Closeness, entry: u32) -> Option<Hit> {
        let (entity, name) = self.entries.named(entry)?;
        Some(Hit {
            entity,
            name,
            closeness,
        })
    }

    fn by_reference(&self, typed: &str) -> Option<Hit> {
        let reference = EntityRef::try_from(typed.trim().to_owned()).ok()?;
        let entry = self.entries.find(&reference)?;
        self.hit(Closeness::Exact, entry)
    }
}
