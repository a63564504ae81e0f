//! The search index over names.
//!
//! Laid out for a million names: texts lie in few pieces, tables are sorted vectors of small numbers
//! that are looked up by binary search, and what ranks a hit stands in the table that is gone
//! through. Three tables answer the three ways of finding:
//!
//! - `starts`, every place in a name where a word begins, sorted by what follows: exact names and
//!   prefixes of a name or of any of its words are one range of it;
//! - `words`, every different word, sorted, with the names that hold it;
//! - [`Typos`], which finds the words within a typo or two of what was typed.

use super::entries::Entries;
use super::index_u32;
use super::normalise::{arabic, fold};
use super::top::Top;
use super::typos::Typos;
use super::words::{Words, letters};
use crate::facts::{Entity, EntityKind, EntityRef, Fact, FactBase};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Names of entities, ready to be searched.
#[derive(Debug, Clone)]
pub struct CastIndex {
    entries: Entries,
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

/// Hits among which works are looked for: a few letters are the beginning of more people and
/// characters than of titles.
const WORKS_AMONG_MAX: usize = 500;

/// Words of a typed name beyond which typos are no longer looked for.
const TYPED_WORDS_MAX: usize = 8;

/// Names looked at in a search for typos. More than these have a word like the rarest typed one
/// only where both are as common as "John": then those of whom the facts say most are looked at.
const LOOKED_AT_MAX: usize = 20_000;

impl CastIndex {
    /// Indexes the characters, people and works of a fact base.
    #[must_use]
    pub fn build(facts: &FactBase) -> Self {
        // In the order of kinds, as entries stand.
        let kinds = [EntityKind::Person, EntityKind::Character, EntityKind::Work];
        let entities = kinds.into_iter().flat_map(|kind| {
            let of_kind = facts.entities(kind);
            of_kind.map(move |entity| (kind, entity))
        });
        let entities: Vec<_> = entities.collect();
        Self::of(&entities, (0..).zip(facts.facts()))
    }

    /// Indexes everyone and everything that the news speaks of, companies included.
    #[must_use]
    pub fn of_news(facts: &FactBase) -> Self {
        let news = || (0..).zip(facts.facts()).filter(|(_, f)| f.news.is_some());
        let named: BTreeSet<EntityRef> = news().flat_map(|(_, fact)| fact.mentions()).collect();
        let named = named.iter();
        let entities = named.filter_map(|key| Some((key.kind, facts.entity(key)?)));
        Self::of(&entities.collect::<Vec<_>>(), news())
    }

    /// Indexes the given entities, which come in order, by name and alias.
    fn of<'a>(
        entities: &[(EntityKind, &Entity)],
        facts: impl Iterator<Item = (u32, &'a Fact)>,
    ) -> Self {
        let mut index = Self {
            entries: Entries::of(entities, facts),
            text: String::new(),
            keys: Vec::new(),
            starts: Vec::new(),
            words: Words::default(),
            typos: Typos::default(),
            leading: Vec::new(),
        };
        for (entry, (_, entity)) in (0..).zip(entities) {
            index.add(entry, entity);
        }
        index.text.shrink_to_fit();
        index.keys.shrink_to_fit();
        index.sort_starts();
        let keys = index.keys.iter();
        let keys = keys.map(|key| (index.key_text(key), index.entries.weight(key.entry)));
        index.words = Words::build(keys);
        index.typos = Typos::build(&index.words.list);
        index.leading = index.choose_leading();
        index
    }

    fn add(&mut self, entry: u32, entity: &Entity) {
        let mut spellings = BTreeMap::new();
        spellings.insert(arabic(&fold(&entity.name)), false);
        // "Heat 2 (novel)" is what "Heat 2" names, too; where several works are told apart like
        // that, the bare name finds them all.
        let bare = bare(&entity.name);
        if bare != entity.name {
            spellings.insert(arabic(&fold(bare)), false);
        }
        for alias in &entity.aliases {
            spellings.entry(arabic(&fold(alias))).or_insert(true);
        }
        let weight = self.entries.weight(entry);
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
                    weight,
                });
            }
        }
    }

    fn sort_starts(&mut self) {
        // The first letters stand beside each start, and settle most comparisons by themselves.
        let starts = std::mem::take(&mut self.starts).into_iter();
        let mut starts: Vec<(u64, Start)> = starts
            .map(|start| (first_letters(self.following(start)), start))
            .collect();
        starts.sort_unstable_by(|(a_first, a), (b_first, b)| {
            let text = || self.following(*a).cmp(self.following(*b));
            let place = || (a.offset, a.key).cmp(&(b.offset, b.key));
            a_first.cmp(b_first).then_with(text).then_with(place)
        });
        self.starts = starts.into_iter().map(|(_, start)| start).collect();
        self.starts.shrink_to_fit();
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

    /// The works among what a title that is being typed may mean, nearest first, at most
    /// [`OFFERS_MAX`].
    #[must_use]
    pub fn works(&self, typed: &str) -> Vec<Hit> {
        let found = self.search(typed, WORKS_AMONG_MAX).into_iter();
        let works = found.filter(|hit| hit.kind() == EntityKind::Work);
        works.take(OFFERS_MAX).collect()
    }

    /// The facts that mention an entity, of the base that the index was built of; none where the
    /// index does not hold it.
    pub fn facts_about<'a>(
        &self,
        facts: &'a FactBase,
        entity: &EntityRef,
    ) -> impl Iterator<Item = &'a Fact> {
        let numbers = self.entries.find(entity);
        let numbers = numbers.map_or(&[][..], |entry| self.entries.mentions(entry));
        numbers.iter().filter_map(|number| facts.fact_at(*number))
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
            let mut of_kind: Vec<u32> = self.entries.of_kind(kind).collect();
            of_kind.sort_by_key(|entry| Reverse(self.entries.weight(*entry)));
            leading.extend(of_kind.into_iter().take(share));
        }
        leading
    }

    fn hit(&self, closeness: Closeness, entry: u32) -> Hit {
        Hit {
            entity: self.entries.reference(entry),
            name: self.entries.name(entry).to_owned(),
            closeness,
        }
    }

    fn by_reference(&self, typed: &str) -> Option<Hit> {
        let reference = EntityRef::try_from(typed.trim().to_owned()).ok()?;
        let entry = self.entries.find(&reference)?;
        Some(self.hit(Closeness::Exact, entry))
    }

    /// The best `limit` entries with a word from which on the key begins with `typed`.
    fn beginning_with(&self, typed: &str, limit: usize) -> Vec<(Closeness, u32)> {
        let from = self.starts.partition_point(|s| self.following(*s) < typed);
        let length = self.starts[from..].partition_point(|s| self.following(*s).starts_with(typed));
        let (equal, longer) = self.starts[from..from + length].split_at(
            self.starts[from..from + length]
                .partition_point(|s| self.following(*s).len() == typed.len()),
        );
        let mut top = Top::new(limit);
        for start in equal {
            let key = &self.keys[start.key as usize];
            let closeness = match (start.offset, key.is_alias) {
                (0, false) => Closeness::Exact,
                (0, true) => Closeness::Alias,
                _ => Closeness::Prefix,
            };
            let rank = (closeness, Reverse(start.weight), start.offset > 0);
            top.offer(rank, || key.entry);
        }
        // There may be very many of these: a letter is the beginning of every tenth name.
        for start in longer {
            let rank = (Closeness::Prefix, Reverse(start.weight), start.offset > 0);
            top.offer(rank, || self.keys[start.key as usize].entry);
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
        self.near_parted(&words, limit)
    }

    /// A space too few, as in "DeNiro": every way to part a typed word in two, one of which at
    /// least is a word of a name.
    fn near_parted(&self, words: &[&str], limit: usize) -> Vec<(Closeness, u32)> {
        for (at, word) in words.iter().enumerate() {
            for (split, _) in word.char_indices().skip(1) {
                let (first, second) = word.split_at(split);
                let list = &self.words.list;
                if !list.has(first) && !list.has(second) {
                    continue;
                }
                let mut more = words.to_vec();
                more.splice(at..=at, [first, second]);
                let found = self.near_words(&more, limit);
                if !found.is_empty() {
                    return found;
                }
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
            .map(|word| self.typos.within(word, &self.words.list))
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
        let unfinished = self.words.list.beginning_with(last);
        let mut fewest_typos = candidates[rarest].clone();
        fewest_typos.sort_by_key(|(_, typos)| *typos);
        let holders = fewest_typos.iter().flat_map(|(word, typos)| {
            let holders = self.words.keys_of(*word).iter();
            holders.map(move |holder| (holder, *typos))
        });
        let mut top = Top::new(limit);
        for (holder, typos) in holders.take(LOOKED_AT_MAX) {
            let others = (0..typed.len()).filter(|i| *i != rarest).map(|i| {
                let is_last = i + 1 == typed.len();
                let of_key = self.words.words_of(holder.key).iter();
                of_key
                    .filter_map(|w| {
                        if is_last && unfinished.contains(w) {
                            return Some(0);
                        }
                        let at = candidates[i].binary_search_by_key(w, |(word, _)| *word);
                        at.ok().map(|at| candidates[i][at].1)
                    })
                    .min()
            });
            let Some(total) = others.sum::<Option<u8>>() else {
                continue;
            };
            let total = total + typos;
            // As many letters as typed, give or take the typos: there are no other words.
            let is_part = usize::from(holder.letters).abs_diff(typed_letters) > total.into();
            let rank = (is_part, total, Reverse(holder.weight));
            top.offer(rank, || self.keys[holder.key as usize].entry);
        }
        top.into_entries(|(is_part, ..)| match is_part {
            false => Closeness::Near,
            true => Closeness::NearPart,
        })
    }
}

/// The first eight bytes of a text as a number that sorts as they do.
fn first_letters(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (place, byte) in bytes.iter_mut().zip(text.bytes()) {
        *place = byte;
    }
    u64::from_be_bytes(bytes)
}

/// The name without the remark in brackets that tells it from its namesakes.
fn bare(name: &str) -> &str {
    match name.split_once(" (") {
        Some((bare, _)) => bare,
        None => name,
    }
}
