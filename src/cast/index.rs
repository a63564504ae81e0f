//! The search index over names.
//!
//! Laid out for a million names: every text lies in one arena, and every table is a sorted vector
//! that is looked up by binary search. Three tables answer the three ways of finding:
//!
//! - `starts`, every place in a name where a word begins, sorted by what follows: exact names and
//!   prefixes of a name or of any of its words are one range of it;
//! - `words`, every different word, sorted, with the names that hold it;
//! - [`Typos`], which finds the words within a typo or two of what was typed.

use super::index_u32;
use super::normalise::{arabic, fold};
use super::top::Top;
use super::typos::Typos;
use super::words::Words;
use crate::facts::{Difficulty, Entity, EntityKind, EntityRef, Fact, FactBase, FactId};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Names of entities, ready to be searched.
#[derive(Debug, Clone)]
pub struct CastIndex {
    /// Sorted by entity.
    entries: Vec<Entry>,
    /// The folded text of every key, one after another.
    text: String,
    keys: Vec<Key>,
    /// Sorted by the text that begins there.
    starts: Vec<Start>,
    words: Words,
    typos: Typos,
    /// What is suggested before anything is typed.
    leading: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Entry {
    entity: EntityRef,
    name: String,
    mentions: Mentions,
}

/// The facts that mention an entity.
#[derive(Debug, Clone, Default)]
struct Mentions {
    facts: Vec<FactId>,
    /// How much they have to say about it; orders hits that are equally close.
    weight: u16,
}

/// One spelling under which an entry is found.
#[derive(Debug, Clone, Copy)]
struct Key {
    start: u32,
    end: u32,
    entry: u32,
    is_alias: bool,
}

/// A place in a key's text where a word begins.
#[derive(Debug, Clone, Copy)]
struct Start {
    key: u32,
    /// Bytes from the key's beginning.
    offset: u16,
    /// The entry's weight, kept here so that ranking a wide range stays within this one table.
    weight: u16,
}

/// How near a hit is to what was typed, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// The name itself.
    Exact,
    /// Another name of the same entity.
    Alias,
    /// The name, or one of its words, begins so.
    Prefix,
    /// The whole name within a few typos, or with its words in another order.
    Near,
    /// Some words of the name within a few typos.
    NearPart,
}

/// One thing that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub entity: EntityRef,
    /// Its name as members see it.
    pub name: String,
    /// How near it is to what was typed.
    pub closeness: Closeness,
}

impl Hit {
    /// Which kind of entity was found.
    #[must_use]
    pub fn kind(&self) -> EntityKind {
        self.entity.kind
    }
}

/// What a lookup of a typed name came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One answer; where its closeness is [`Closeness::Prefix`], say what was taken for what.
    One(Hit),
    /// The name fits several alike: the member must choose.
    Several(Vec<Hit>),
    /// Nothing has that name, but these are within a few typos: whole names, or, where there are
    /// none, parts of names. A single one may be shown, if the answer says that it is not what was
    /// typed.
    Near(Vec<Hit>),
    /// Nothing is near.
    Nothing,
}

/// How many hits a lookup offers at most: as many as a menu holds.
pub const OFFERS_MAX: usize = 25;

/// Words of a typed name beyond which typos are no longer looked for.
const TYPED_WORDS_MAX: usize = 8;

impl CastIndex {
    /// Indexes the characters, people and works of a fact base.
    #[must_use]
    pub fn build(facts: &FactBase) -> Self {
        let mentions = mentions(facts.facts());
        let kinds = [EntityKind::Character, EntityKind::Person, EntityKind::Work];
        Self::of(kinds.into_iter().flat_map(|kind| {
            let mentions = &mentions;
            facts.entities(kind).map(move |entity| {
                let key = EntityRef::new(kind, entity.id.clone());
                let mentions = mentions.get(&key).cloned().unwrap_or_default();
                (key, entity, mentions)
            })
        }))
    }

    /// Indexes everyone and everything that the news speaks of, companies included.
    #[must_use]
    pub fn of_news(facts: &FactBase) -> Self {
        let news = facts.facts().filter(|fact| fact.news.is_some());
        Self::of(mentions(news).into_iter().filter_map(|(key, mentions)| {
            let entity = facts.entity(&key)?;
            Some((key, entity, mentions))
        }))
    }

    /// Indexes the given entities by name and alias.
    fn of<'a>(entities: impl Iterator<Item = (EntityRef, &'a Entity, Mentions)>) -> Self {
        let mut index = Self {
            entries: Vec::new(),
            text: String::new(),
            keys: Vec::new(),
            starts: Vec::new(),
            words: Words::default(),
            typos: Typos::default(),
            leading: Vec::new(),
        };
        let mut entities: Vec<_> = entities.collect();
        entities.sort_by(|a, b| a.0.cmp(&b.0));
        for (reference, entity, mentions) in entities {
            index.add(reference, entity, mentions);
        }
        index.sort_starts();
        index.words = Words::build(index.keys.iter().map(|key| index.key_text(key)));
        index.typos = Typos::build(&index.words.texts);
        index.leading = index.choose_leading();
        index
    }

    fn add(&mut self, reference: EntityRef, entity: &Entity, mentions: Mentions) {
        let entry = index_u32(self.entries.len());
        let mut spellings = BTreeMap::new();
        // "Heat 2 (novel)" is what "Heat 2" names, too; where several works are told apart like
        // that, the bare name finds them all.
        for name in [entity.name.as_str(), bare(&entity.name)] {
            spellings.entry(arabic(&fold(name))).or_insert(false);
        }
        for alias in &entity.aliases {
            spellings.entry(arabic(&fold(alias))).or_insert(true);
        }
        for (spelling, is_alias) in spellings {
            if spelling.is_empty() {
                continue;
            }
            let key = index_u32(self.keys.len());
            let start = index_u32(self.text.len());
            self.text.push_str(&spelling);
            self.keys.push(Key {
                start,
                end: index_u32(self.text.len()),
                entry,
                is_alias,
            });
            let breaks = spelling.match_indices(' ').map(|(at, _)| at + 1);
            for offset in std::iter::once(0).chain(breaks) {
                // A folded name is at most a few hundred bytes long.
                let offset = u16::try_from(offset).unwrap_or(u16::MAX);
                self.starts.push(Start {
                    key,
                    offset,
                    weight: mentions.weight,
                });
            }
        }
        self.entries.push(Entry {
            entity: reference,
            name: entity.name.clone(),
            mentions,
        });
    }

    fn sort_starts(&mut self) {
        let mut starts = std::mem::take(&mut self.starts);
        starts.sort_by(|a, b| {
            let text = self.following(*a).cmp(self.following(*b));
            text.then_with(|| (a.offset, a.key).cmp(&(b.offset, b.key)))
        });
        self.starts = starts;
    }

    fn key_text(&self, key: &Key) -> &str {
        &self.text[key.start as usize..key.end as usize]
    }

    /// The text from a word's beginning to the end of its key.
    fn following(&self, start: Start) -> &str {
        &self.key_text(&self.keys[start.key as usize])[usize::from(start.offset)..]
    }

    /// Everything that what was typed may mean, nearest first, at most `limit`: exact names, then
    /// aliases, then prefixes, and typos only where there is none of these. Hits that are equally
    /// near come in order of how much the facts say about them, then by the alphabet.
    ///
    /// Accepts references such as `character:vincent-hanna`, too. Input beyond
    /// [`super::INPUT_CHARS_MAX`] characters is ignored.
    #[must_use]
    pub fn search(&self, typed: &str, limit: usize) -> Vec<Hit> {
        if let Some(hit) = self.by_reference(typed) {
            return vec![hit];
        }
        let folded = fold(typed);
        if folded.is_empty() || limit == 0 {
            return Vec::new();
        }
        let canonical = arabic(&folded);
        let mut found = self.beginning_with(&canonical, limit);
        if found.is_empty() && canonical != folded {
            // Somebody typing "Kevin Vi…" has no number in mind.
            found = self.beginning_with(&folded, limit);
        }
        if found.is_empty() {
            found = self.near(&canonical, limit);
        }
        found.into_iter().map(|(c, e)| self.hit(c, e)).collect()
    }

    /// Resolves a typed name to one answer where there can be no doubt, and else to what may have
    /// been meant.
    #[must_use]
    pub fn find(&self, typed: &str) -> Found {
        let hits = self.search(typed, OFFERS_MAX);
        let Some(best) = hits.first().map(|hit| hit.closeness) else {
            return Found::Nothing;
        };
        let mut hits: Vec<Hit> = hits.into_iter().filter(|h| h.closeness == best).collect();
        match best {
            Closeness::Near | Closeness::NearPart => Found::Near(hits),
            _ if hits.len() == 1 => Found::One(hits.remove(0)),
            _ => Found::Several(hits),
        }
    }

    /// Suggestions for an option that is being typed: the search, or, where nothing is typed yet,
    /// what the facts say most about, characters first.
    #[must_use]
    pub fn suggest(&self, typed: &str) -> Vec<Hit> {
        if !fold(typed).is_empty() {
            return self.search(typed, OFFERS_MAX);
        }
        let leading = self.leading.iter();
        leading.map(|e| self.hit(Closeness::Prefix, *e)).collect()
    }

    /// The ids of the facts that mention an entity; none where the index does not hold it.
    #[must_use]
    pub fn facts_about(&self, entity: &EntityRef) -> &[FactId] {
        match self.entry(entity) {
            Some(at) => &self.entries[at].mentions.facts,
            None => &[],
        }
    }

    fn entry(&self, entity: &EntityRef) -> Option<usize> {
        let at = self.entries.binary_search_by(|e| e.entity.cmp(entity));
        at.ok()
    }

    /// The entries that the facts say most about, characters first; chosen once, because every
    /// member who opens the option asks for them.
    fn choose_leading(&self) -> Vec<u32> {
        let shares = [
            (EntityKind::Character, 10),
            (EntityKind::Person, 8),
            (EntityKind::Work, 5),
            (EntityKind::Organisation, 2),
        ];
        let mut leading = Vec::with_capacity(OFFERS_MAX);
        for (kind, share) in shares {
            let from = self.entries.partition_point(|e| e.entity.kind < kind);
            let to = self.entries.partition_point(|e| e.entity.kind <= kind);
            let mut of_kind: Vec<u32> = (index_u32(from)..index_u32(to)).collect();
            of_kind.sort_by_key(|e| Reverse(self.entries[*e as usize].mentions.weight));
            leading.extend(of_kind.into_iter().take(share));
        }
        leading
    }

    fn hit(&self, closeness: Closeness, entry: u32) -> Hit {
        let entry = &self.entries[entry as usize];
        Hit {
            entity: entry.entity.clone(),
            name: entry.name.clone(),
            closeness,
        }
    }

    fn by_reference(&self, typed: &str) -> Option<Hit> {
        let reference = EntityRef::try_from(typed.trim().to_owned()).ok()?;
        let at = self.entry(&reference)?;
        Some(self.hit(Closeness::Exact, index_u32(at)))
    }

    /// The best `limit` entries with a word from which on the key begins with `typed`.
    fn beginning_with(&self, typed: &str, limit: usize) -> Vec<(Closeness, u32)> {
        let from = self.starts.partition_point(|s| self.following(*s) < typed);
        let length = self.starts[from..].partition_point(|s| self.following(*s).starts_with(typed));
        let mut top = Top::new(limit);
        for start in &self.starts[from..from + length] {
            let key = &self.keys[start.key as usize];
            let whole = start.offset == 0 && (key.end - key.start) as usize == typed.len();
            let closeness = match (whole, key.is_alias) {
                (true, false) => Closeness::Exact,
                (true, true) => Closeness::Alias,
                (false, _) => Closeness::Prefix,
            };
            top.offer(
                (closeness, Reverse(start.weight), start.offset > 0),
                key.entry,
            );
        }
        top.into_entries(|rank| rank.0)
    }

    /// Entries that hold every typed word, each within its allowance of typos, in any order.
    fn near(&self, typed: &str, limit: usize) -> Vec<(Closeness, u32)> {
        let words: Vec<&str> = typed.split(' ').collect();
        if words.len() > TYPED_WORDS_MAX {
            return Vec::new();
        }
        let found = self.near_words(&words, limit);
        if !found.is_empty() {
            return found;
        }
        // A space too many, as in "Mac Cauley".
        for split in 1..words.len() {
            let joined = format!("{}{}", words[split - 1], words[split]);
            let mut fewer = words.clone();
            fewer.splice(split - 1..=split, [joined.as_str()]);
            let found = self.near_words(&fewer, limit);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn near_words(&self, typed: &[&str], limit: usize) -> Vec<(Closeness, u32)> {
        let Some((last, _)) = typed.split_last() else {
            return Vec::new();
        };
        let candidates: Vec<Vec<(u32, u8)>> = typed
            .iter()
            .map(|word| self.typos.within(word, &self.words.texts))
            .collect();
        // Begin with the word that the fewest names hold, and check the others on those names.
        let cost = |c: &[(u32, u8)]| c.iter().map(|(w, _)| self.words.keys_of(*w).len()).sum();
        let rarest = (0..typed.len())
            .filter(|i| !candidates[*i].is_empty())
            .min_by_key(|i| -> usize { cost(&candidates[*i]) });
        let Some(rarest) = rarest else {
            return Vec::new();
        };
        let typed_letters: usize = typed.iter().map(|word| letters(word)).sum();
        // The last word may still be in the middle of being typed.
        let unfinished = self.words.beginning_with(last);
        let mut top = Top::new(limit);
        for (word, typos) in &candidates[rarest] {
            for key in self.words.keys_of(*word) {
                let others = (0..typed.len()).filter(|i| *i != rarest).map(|i| {
                    let allowed = &candidates[i];
                    let is_last = i + 1 == typed.len();
                    let of_key = self.words.words_of(*key).iter();
                    of_key
                        .filter_map(|w| {
                            if is_last && unfinished.contains(w) {
                                return Some(0);
                            }
                            let at = allowed.binary_search_by_key(w, |(word, _)| *word);
                            at.ok().map(|at| allowed[at].1)
                        })
                        .min()
                });
                let Some(total) = others.sum::<Option<u8>>() else {
                    continue;
                };
                let total = total + typos;
                let held = &self.keys[*key as usize];
                // As many letters as typed, give or take the typos: there are no other words.
                let is_part = letters(self.key_text(held)).abs_diff(typed_letters) > total.into();
                let weight = self.entries[held.entry as usize].mentions.weight;
                top.offer((is_part, total, Reverse(weight)), held.entry);
            }
        }
        top.into_entries(|(is_part, ..)| match is_part {
            false => Closeness::Near,
            true => Closeness::NearPart,
        })
    }
}

/// Gathers the facts that mention each entity. A fact that most people know weighs more than one
/// that few know: that is what tells a leading part from a bartender.
fn mentions<'a>(facts: impl Iterator<Item = &'a Fact>) -> BTreeMap<EntityRef, Mentions> {
    let mut mentions: BTreeMap<EntityRef, Mentions> = BTreeMap::new();
    for fact in facts {
        let weight: u16 = match fact.difficulty {
            Difficulty::Easy => 5,
            Difficulty::Medium => 2,
            Difficulty::Hard => 1,
        };
        for entity in fact.mentions() {
            let known = mentions.entry(entity).or_default();
            known.facts.push(fact.id.clone());
            known.weight = known.weight.saturating_add(weight);
        }
    }
    mentions
}

/// The name without the remark in brackets that tells it from its namesakes.
fn bare(name: &str) -> &str {
    match name.split_once(" (") {
        Some((bare, _)) => bare,
        None => name,
    }
}

/// How many characters a folded text has without its spaces.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| *c != ' ').count()
}
