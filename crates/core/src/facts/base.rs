//! The facts of all loaded packs together, with their entities merged.

use super::entities::Entities;
use super::entity_table::EntityTable;
use super::fact_entities;
use super::fault::Fault;
use super::flaw::Flaw;
use super::ids::EntityId;
use super::limits::{CITATION_LENGTH_MAX, length};
use super::model::{
    Cite, Entity, EntityKind, EntityRef, Fact, Pack, Source, Status, WrittenQuestion,
};
use super::packed::PackedFacts;
use super::places::Places;
use super::unfold::unfold;
use super::unpacked::Unpacked;
use crate::groups::Groups;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All loaded packs, their entities merged over packs and their facts indexed: all in memory, or
/// [opened](PackedFacts::open) over packed facts.
#[derive(Debug, Clone, Default)]
pub struct FactBase {
    packs: Vec<Pack>,
    entities: Entities,
    places: Places,
    /// For each fact, the numbers of the entities that it names.
    named: Groups,
    /// If the facts are packed, unpacks those that are asked for; then the other fields are empty.
    unpacked: Option<Arc<Unpacked>>,
}

impl FactBase {
    /// Joins packs, each already checked by [`super::parse_pack`], into one base. Their records of
    /// films and awards become facts of the same packs.
    ///
    /// Keeps the order of the packs, which is also that of [`Self::facts`].
    ///
    /// # Errors
    /// Every clash between packs: a pack, fact or question id used twice, an entity that two
    /// packs name differently, an alias that two entities of one kind share.
    pub fn build(packs: Vec<Pack>) -> Result<Self, Vec<Fault>> {
        Self::default().join(packs)
    }

    /// This base followed by more packs, joined as [`Self::build`] joins them. The entities made
    /// from its records stay, because the records themselves are used up.
    ///
    /// # Errors
    /// Every clash of the new packs with each other or with this base, including names that its
    /// records have given to another entity.
    pub fn join(self, more: Vec<Pack>) -> Result<Self, Vec<Fault>> {
        let whole = match &self.unpacked {
            Some(unpacked) => unpacked.packed().unpack(),
            None => self,
        };
        let mut faults = Vec::new();
        let known = whole.packs.len();
        let mut packs = whole.packs;
        packs.extend(more);
        clashing_ids(&packs, &mut faults);
        let mut entities = whole.entities.into_map();
        merge_entities(&packs[known..], &mut entities, &mut faults);
        clashing_names(&packs[known..], &entities, &mut faults);
        let entities = unfold(&mut packs, entities, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let (entities, places) = rayon::join(|| Entities::of(entities), || Places::of(&packs));
        Ok(Self::of_parts(packs, entities, places))
    }

    /// A base of packs whose records have been used up, with all entities and the places of all facts.
    fn of_parts(packs: Vec<Pack>, entities: Entities, places: Places) -> Self {
        let named = fact_entities::of_facts(&packs, &entities);
        Self {
            packs,
            entities,
            places,
            named,
            unpacked: None,
        }
    }

    /// The packs, in the order they were given.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        match &self.unpacked {
            Some(unpacked) => unpacked.packed().packs(),
            None => &self.packs,
        }
    }

    /// Removes the hand-written questions from every pack and returns them in pack order, for
    /// callers that store them in another form.
    pub fn take_questions(&mut self) -> Vec<Vec<WrittenQuestion>> {
        let packs = self.packs.iter_mut();
        packs
            .map(|pack| std::mem::take(&mut pack.questions))
            .collect()
    }

    /// Every fact, pack after pack.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        let packed = self.unpacked.iter();
        let packed = packed.flat_map(|all| all.facts(0..all.packed().facts_count()));
        let facts = self.packs.iter().flat_map(|pack| &pack.facts);
        facts.chain(packed)
    }

    /// Every fact with the numbers of the entities that it names, without repeats, in the order of
    /// its fields. Readers go by position, so none may be missing.
    pub(crate) fn facts_naming(&self) -> impl Iterator<Item = (&Fact, Cow<'_, [u32]>)> {
        (0..).zip(self.facts()).map(|(number, fact)| {
            let named = match &self.unpacked {
                None => Cow::Borrowed(self.named.get(number)),
                Some(_) => Cow::Owned(self.numbers_of(fact)),
            };
            (fact, named)
        })
    }

    fn numbers_of(&self, fact: &Fact) -> Vec<u32> {
        let named = fact.named().into_iter();
        let numbers = named.filter_map(|(kind, id)| self.numbered_entity(kind, id));
        numbers.map(|(number, _)| number).collect()
    }

    /// Every fact that is news, pack after pack.
    pub fn news(&self) -> impl Iterator<Item = &Fact> {
        let packed = self.unpacked.iter();
        let packed = packed.flat_map(|all| all.facts(all.packed().news().iter().copied()));
        let facts = self.packs.iter().flat_map(|pack| &pack.facts);
        facts.filter(|fact| fact.news.is_some()).chain(packed)
    }

    /// Every work that has a plot or emoji as a clue, ordered by id.
    pub(crate) fn clued(&self) -> impl Iterator<Item = &Entity> {
        let packed = self.unpacked.iter();
        let packed = packed.flat_map(|all| {
            let numbers = all.packed().clued().iter();
            numbers.filter_map(|number| all.entity(*number))
        });
        let works = self.entities.of_kind(EntityKind::Work).iter();
        let clued = works.filter(|work| work.plot.is_some() || work.emoji.is_some());
        clued.chain(packed)
    }

    /// The facts that name one of [`Self::clued`], and maybe others, pack after pack.
    pub(crate) fn of_clued(&self) -> impl Iterator<Item = &Fact> {
        let packed = self.unpacked.iter();
        let packed = packed.flat_map(|all| all.facts(all.packed().of_clued().iter().copied()));
        let facts = self.packs.iter().flat_map(|pack| &pack.facts);
        facts.chain(packed)
    }

    /// The fact with this number, counted over [`Self::facts`].
    #[must_use]
    pub fn fact_at(&self, number: u32) -> Option<&Fact> {
        if let Some(unpacked) = &self.unpacked {
            return unpacked.fact(number);
        }
        let mut left = number as usize;
        for pack in &self.packs {
            if let Some(fact) = pack.facts.get(left) {
                return Some(fact);
            }
            left -= pack.facts.len();
        }
        None
    }

    /// The fact with this id.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        if let Some(unpacked) = &self.unpacked {
            return Some(unpacked.fact_with_id(id)?.1);
        }
        let (pack, fact) = self.places.find(&self.packs, id)?;
        self.packs.get(pack as usize)?.facts.get(fact as usize)
    }

    /// The pack that states the fact with this id.
    #[must_use]
    pub fn pack_of(&self, fact_id: &str) -> Option<&Pack> {
        if let Some(unpacked) = &self.unpacked {
            return unpacked.pack_of(fact_id);
        }
        let (pack, _) = self.places.find(&self.packs, fact_id)?;
        self.packs.get(pack as usize)
    }

    /// The entity, with the aliases of every pack that declares it.
    #[must_use]
    pub fn entity(&self, entity: &EntityRef) -> Option<&Entity> {
        let (_, entity) = match &self.unpacked {
            Some(unpacked) => unpacked.numbered(entity)?,
            None => self.entities.numbered(entity.kind, &entity.id)?,
        };
        Some(entity)
    }

    /// The entity of this kind and id, with its place among all: below [`Self::entities_count`].
    pub(crate) fn numbered_entity(&self, kind: EntityKind, id: &str) -> Option<(u32, &Entity)> {
        match &self.unpacked {
            Some(unpacked) => unpacked.numbered(&EntityRef::new(kind, id)),
            None => self.entities.numbered(kind, id),
        }
    }

    /// The entity with this place among all.
    pub(crate) fn entity_at(&self, number: u32) -> Option<&Entity> {
        match &self.unpacked {
            Some(unpacked) => unpacked.entity(number),
            None => self.entities.get(number),
        }
    }

    /// How many entities there are, of all kinds.
    pub(crate) fn entities_count(&self) -> usize {
        match &self.unpacked {
            Some(unpacked) => unpacked.packed().entity_table().len() as usize,
            None => self.entities.len(),
        }
    }

    /// The table of all entities, shared by everything made from this base.
    pub(crate) fn entity_table(&self) -> &Arc<EntityTable> {
        match &self.unpacked {
            Some(unpacked) => unpacked.packed().entity_table(),
            None => self.entities.shared(),
        }
    }

    /// Every entity of a kind, ordered by id.
    pub fn entities(&self, kind: EntityKind) -> impl Iterator<Item = &Entity> {
        let packed = self.unpacked.iter();
        let packed = packed.flat_map(move |all| all.entities(kind));
        self.entities.of_kind(kind).iter().chain(packed)
    }

    /// Where a fact is stated, in words for members: "the supplied Heat 2 article, paragraph 9,
    /// sentence 4". Only the first place, if there are several.
    #[must_use]
    pub fn citation(&self, fact: &Fact) -> String {
        let cite = self.first_cite(fact);
        cite.map(|(cite, source)| cited(cite, source))
            .unwrap_or_default()
    }

    /// The address of the source that [`Self::citation`] names, if it has one.
    #[must_use]
    pub fn citation_url(&self, fact: &Fact) -> Option<String> {
        let (cite, source) = self.first_cite(fact)?;
        address(cite, source)
    }

    /// Where several facts are stated. If one source states all of them, only that one is named;
    /// otherwise each fact's first source, without repeats. Sources that do not fit are counted: ";
    /// and 3 more".
    #[must_use]
    pub fn citation_of(&self, facts: &[&Fact]) -> Citation {
        let mut groups: Vec<(&Source, Vec<String>)> = Vec::new();
        let cites = self.cites_of(facts);
        if let [(cite, source)] = cites[..] {
            return Citation {
                text: cited(cite, source),
                url: address(cite, source),
            };
        }
        for (cite, source) in &cites {
            let at = groups.iter().position(|(known, _)| is_same(known, source));
            let at = at.unwrap_or_else(|| {
                groups.push((source, Vec::new()));
                groups.len() - 1
            });
            let place = place(cite);
            let places = &mut groups[at].1;
            if !place.is_empty() && !places.contains(&place) {
                places.push(place);
            }
        }
        let named = groups.iter().map(|(source, places)| named(source, places));
        let named: Vec<String> = named.collect();
        Citation {
            text: listed(&named, CITATION_LENGTH_MAX),
            url: cites
                .first()
                .and_then(|(cite, source)| address(cite, source)),
        }
    }

    /// Where each fact is stated: every place in one source, the same source for all facts if
    /// possible. An unsettled fact is cited with every source.
    fn cites_of<'a, 'f>(&'a self, facts: &[&'f Fact]) -> Vec<(&'f Cite, &'a Source)> {
        let all: Vec<Vec<_>> = facts.iter().map(|fact| self.cites(fact)).collect();
        let states = |cites: &[(&'f Cite, &'a Source)], wanted: &Source| {
            cites.iter().any(|(_, source)| is_same(source, wanted))
        };
        let mut known = all.first().into_iter().flatten().map(|(_, source)| *source);
        let shared = known.find(|wanted| all.iter().all(|cites| states(cites, wanted)));
        let mut places = Vec::new();
        for (fact, cites) in facts.iter().zip(&all) {
            let first = cites.first().map(|(_, source)| *source);
            let chosen = shared.or(first);
            let is_chosen = |source| chosen.is_some_and(|chosen| is_same(source, chosen));
            let is_settled = fact.status == Status::Confirmed;
            let cites = cites.iter().copied();
            places.extend(cites.filter(|(_, source)| !is_settled || is_chosen(source)));
        }
        places
    }

    fn cites<'a, 'f>(&'a self, fact: &'f Fact) -> Vec<(&'f Cite, &'a Source)> {
        let sources = self.pack_of(&fact.id).map(|pack| pack.sources.as_slice());
        let sources = sources.unwrap_or_default();
        let cites = fact.cites.iter().filter_map(|cite| {
            let source = sources.iter().find(|source| source.id == cite.source)?;
            Some((cite, source))
        });
        cites.collect()
    }

    fn first_cite<'a, 'f>(&'a self, fact: &'f Fact) -> Option<(&'f Cite, &'a Source)> {
        let cite = fact.cites.first()?;
        let pack = self.pack_of(&fact.id)?;
        let source = pack.sources.iter().find(|s| s.id == cite.source)?;
        Some((cite, source))
    }
}

impl PackedFacts {
    /// Packs a base, without the hand-written questions of its packs.
    #[must_use]
    pub fn of(base: &FactBase) -> Self {
        match &base.unpacked {
            Some(unpacked) => unpacked.packed().clone(),
            None => Self::of_parts(&base.packs, &base.entities, &base.named),
        }
    }

    /// A base that unpacks only what it is asked for. What it has unpacked stays until it is dropped,
    /// so open one for each answer; the next ones find there what the last ones unpacked.
    #[must_use]
    pub fn open(self: &Arc<Self>) -> FactBase {
        FactBase {
            unpacked: Some(Arc::new(Unpacked::of(Arc::clone(self)))),
            ..FactBase::default()
        }
    }

    /// The whole base that was packed, with the facts in its packs, for callers that build on it.
    #[must_use]
    pub fn unpack(&self) -> FactBase {
        let (packs, entities) = self.parts();
        let places = Places::of(&packs);
        FactBase::of_parts(packs, entities, places)
    }
}

/// Where something is stated, in words for members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citation {
    /// The sources, each with the places in it.
    pub text: String,
    /// The address of the first of them, if it has one.
    pub url: Option<String>,
}

/// A place in a source, in words for members.
#[must_use]
pub fn cited(cite: &Cite, source: &Source) -> String {
    match place(cite) {
        place if place.is_empty() => source.title.clone(),
        place => format!("{}, {place}", source.title),
    }
}

/// The address of a citation; of the page, if the source has many.
#[must_use]
pub fn address(cite: &Cite, source: &Source) -> Option<String> {
    let url = source.url.as_ref()?;
    let page = cite.page.as_ref().filter(|_| url.ends_with('/'));
    Some(match page {
        Some(page) => format!("{url}{}", in_address(page)),
        None => url.clone(),
    })
}

/// A page's title as the end of an address, in Wikipedia's style.
fn in_address(page: &str) -> String {
    let mut address = String::with_capacity(page.len());
    for byte in page.bytes() {
        match byte {
            b' ' => address.push('_'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => address.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'(' | b')' | b',' | b':' | b'!' | b'\'' | b'*' => {
                address.push(char::from(byte));
            }
            other => address.extend(["%".to_owned(), format!("{other:02X}")]),
        }
    }
    address
}

/// The page, paragraph and sentence of a citation; empty if it has none.
fn place(cite: &Cite) -> String {
    let paragraph = cite.paragraph.map(|p| format!("paragraph {p}"));
    let sentence = match (cite.sentence, cite.sentence_end) {
        (Some(first), Some(last)) if last > first => Some(format!("sentences {first}–{last}")),
        (Some(first), _) => Some(format!("sentence {first}")),
        (None, _) => None,
    };
    let place = [cite.page.clone(), paragraph, sentence];
    let place: Vec<String> = place.into_iter().flatten().collect();
    place.join(", ")
}

/// A source with the places in it.
fn named(source: &Source, places: &[String]) -> String {
    if places.is_empty() {
        return source.title.clone();
    }
    // Leaves room for the number of other sources.
    let room = CITATION_LENGTH_MAX - REST_LENGTH;
    let room = room.saturating_sub(length(&source.title) + 2);
    format!("{}, {}", source.title, listed(places, room))
}

/// Room for "; and 1000 more".
const REST_LENGTH: usize = 15;

/// Always the first, then as many as fit, then the number of the rest.
fn listed(texts: &[String], room: usize) -> String {
    let mut list = String::new();
    let mut left = texts.len();
    for text in texts {
        let rest = if left > 1 { REST_LENGTH } else { 0 };
        let separator = if list.is_empty() { "" } else { "; " };
        if !list.is_empty() && length(&list) + 2 + length(text) + rest > room {
            return format!("{list}; and {left} more");
        }
        list.push_str(separator);
        list.push_str(text);
        left -= 1;
    }
    list
}

/// Whether members see the same source: two packs may both declare it.
fn is_same(a: &Source, b: &Source) -> bool {
    a.title == b.title && a.url == b.url
}

/// The four entity lists of a pack, each with its kind and its name in JSON.
pub(super) fn entity_lists(pack: &Pack) -> [(EntityKind, &'static str, &[Entity]); 4] {
    [
        (EntityKind::Person, "people", &pack.people),
        (EntityKind::Character, "characters", &pack.characters),
        (EntityKind::Work, "works", &pack.works),
        (
            EntityKind::Organisation,
            "organisations",
            &pack.organisations,
        ),
    ]
}

/// Ids, each with the pack that uses it.
type Claims<'a> = HashMap<&'a str, &'a str>;
/// The flaw of a repeated id, given the id and the pack that already has it.
type Clash = fn(String, String) -> Flaw;

fn clashing_ids<'a>(packs: &'a [Pack], faults: &mut Vec<Fault>) {
    let mut pack_ids = HashMap::new();
    let mut fact_ids = HashMap::new();
    let mut question_ids = HashMap::new();
    for pack in packs {
        let mut claim =
            |seen: &mut Claims<'a>, path: &dyn Fn() -> String, flaw: Clash, id: &'a str| {
                let Some(first) = seen.insert(id, &pack.id) else {
                    return;
                };
                let flaw = flaw(id.to_owned(), (*first).to_owned());
                faults.push(Fault::new(&pack.id, path(), flaw));
            };
        let flaw: Clash = |id, pack| Flaw::PackIdUsed { id, pack };
        claim(&mut pack_ids, &|| "id".into(), flaw, &pack.id);
        let flaw: Clash = |id, pack| Flaw::FactIdUsed { id, pack };
        for (i, fact) in pack.facts.iter().enumerate() {
            let path = || format!("facts[{i}].id");
            claim(&mut fact_ids, &path, flaw, &fact.id);
        }
        let flaw: Clash = |id, pack| Flaw::QuestionIdUsed { id, pack };
        for (i, question) in pack.questions.iter().enumerate() {
            let path = || format!("questions[{i}].id");
            claim(&mut question_ids, &path, flaw, &question.id);
        }
    }
}

fn merge_entities(
    packs: &[Pack],
    merged: &mut BTreeMap<EntityRef, Entity>,
    faults: &mut Vec<Fault>,
) {
    for pack in packs {
        for (kind, list, entities) in entity_lists(pack) {
            for (i, entity) in entities.iter().enumerate() {
                let key = EntityRef::new(kind, entity.id.clone());
                let Some(known) = merged.get_mut(&key) else {
                    merged.insert(key, entity.clone());
                    continue;
                };
                if let Some(flaw) = disagreement(&key, known, entity) {
                    faults.push(Fault::new(&pack.id, format!("{list}[{i}]"), flaw));
                    continue;
                }
                join(known, entity);
            }
        }
    }
}

fn disagreement(entity: &EntityRef, known: &Entity, other: &Entity) -> Option<Flaw> {
    let entity = entity.clone();
    if known.name != other.name {
        return Some(Flaw::NamedOtherwise {
            entity,
            known: known.name.clone(),
            other: other.name.clone(),
        });
    }
    if known.year != other.year {
        return Some(Flaw::YearOtherwise {
            entity,
            known: known.year,
            other: other.year,
        });
    }
    match (&known.form, &other.form) {
        (Some(known), Some(other)) if known != other => Some(Flaw::FormOtherwise {
            entity,
            known: known.clone(),
            other: other.clone(),
        }),
        _ => None,
    }
}

fn join(known: &mut Entity, other: &Entity) {
    for alias in &other.aliases {
        if !known.aliases.contains(alias) {
            known.aliases.push(alias.clone());
        }
    }
    if known.form.is_none() {
        known.form.clone_from(&other.form);
    }
    if known.note.is_none() {
        known.note.clone_from(&other.note);
    }
    known.pronoun = known.pronoun.or(other.pronoun);
    known.died |= other.died;
    known.fame = known.fame.max(other.fame);
    if known.plot.is_none() {
        known.plot.clone_from(&other.plot);
    }
    if known.emoji.is_none() {
        known.emoji.clone_from(&other.emoji);
    }
}

/// A name that two entities of one kind share, at least one of them declared by these packs: a
/// search could not tell them apart.
fn clashing_names(packs: &[Pack], entities: &BTreeMap<EntityRef, Entity>, faults: &mut Vec<Fault>) {
    let mut declared: HashSet<(EntityKind, &str)> = HashSet::new();
    for (kind, _, list) in packs.iter().flat_map(entity_lists) {
        declared.extend(list.iter().map(|entity| (kind, entity.id.as_str())));
    }
    let is_declared = |id: &str, kind| declared.contains(&(kind, id));
    let mut owners: HashMap<(EntityKind, String), &EntityId> = HashMap::new();
    for (key, entity) in entities {
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            let folded = super::text::fold(name);
            let owner = owners.entry((key.kind, folded)).or_insert(&key.id);
            let is_new = is_declared(&key.id, key.kind) || is_declared(owner, key.kind);
            if **owner == key.id || !is_new {
                continue;
            }
            let has_entity = |pack: &&Pack| {
                let lists = entity_lists(pack);
                lists
                    .iter()
                    .any(|(kind, _, list)| *kind == key.kind && list.iter().any(|e| e.id == key.id))
            };
            let file = packs.iter().find(has_entity).map(|pack| pack.id.clone());
            let flaw = Flaw::NameShared {
                name: name.clone(),
                other: owner.to_string(),
            };
            faults.push(Fault::new(&file.unwrap_or_default(), key.to_string(), flaw));
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use crate::facts::parse_pack;

    fn pack(id: &str, alias: &str, fact: &str) -> Pack {
        let text = format!(
            r#"{{"id":"{id}","title":"T","description":"D",
            "sources":[{{"id":"article","title":"the supplied article","url":"https://example.org/a"}}],
            "people":[{{"id":"al-pacino","name":"Al Pacino","aliases":["{alias}"]}}],
            "works":[{{"id":"heat","name":"Heat","form":"film","year":1995}}],
            "characters":[{{"id":"hanna","name":"Vincent Hanna"}}],
            "facts":[{{"id":"{fact}","kind":"cast","person":"al-pacino","character":"hanna","work":"heat",
            "status":"confirmed","cites":[{{"source":"article","paragraph":9,"sentence":4,"sentence_end":5}}],
            "summary":"Pacino plays Hanna.","topic":"cast","difficulty":"easy"}}]}}"#
        );
        parse_pack("test.json", &text).unwrap()
    }

    #[test]
    fn joins_entities_and_finds_facts() {
        let base = FactBase::build(vec![pack("a", "Pacino", "f1"), pack("b", "Alfredo", "f2")]);
        let base = base.unwrap();
        let pacino = base.entity(&EntityRef::new(EntityKind::Person, "al-pacino"));
        assert_eq!(pacino.unwrap().aliases, ["Pacino", "Alfredo"]);
        assert_eq!(base.entities(EntityKind::Work).count(), 1);
        assert_eq!(base.pack_of("f2").unwrap().id, "b");
        let fact = base.fact("f1").unwrap();
        assert_eq!(
            base.citation(fact),
            "the supplied article, paragraph 9, sentences 4–5"
        );
        assert_eq!(
            base.citation_url(fact).as_deref(),
            Some("https://example.org/a")
        );
    }

    #[test]
    fn facts_are_cited_together() {
        let text = r#"{"id":"p","title":"T","description":"D",
            "sources":[{"id":"a","title":"A","url":"https://example.org/a"},{"id":"b","title":"B"}],
            "facts":[
            {"id":"f1","kind":"event","status":"confirmed","summary":"S.","topic":"story","difficulty":"easy",
            "cites":[{"source":"a","paragraph":6,"sentence":4},{"source":"b"}]},
            {"id":"f2","kind":"event","status":"confirmed","summary":"S.","topic":"story","difficulty":"easy",
            "cites":[{"source":"b"},{"source":"a","paragraph":9,"sentence":4}]},
            {"id":"f3","kind":"event","status":"confirmed","summary":"S.","topic":"story","difficulty":"easy",
            "cites":[{"source":"b"}]}]}"#;
        let base = FactBase::build(vec![parse_pack("p.json", text).unwrap()]).unwrap();
        let cited = |ids: &[&str]| {
            let facts: Vec<&Fact> = ids.iter().map(|id| base.fact(id).unwrap()).collect();
            base.citation_of(&facts)
        };
        let both = cited(&["f1", "f2"]);
        assert_eq!(
            both.text,
            "A, paragraph 6, sentence 4; paragraph 9, sentence 4"
        );
        assert_eq!(both.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(cited(&["f1", "f2", "f3"]).text, "B");
        assert_eq!(cited(&["f3", "f3"]).text, "B");
        assert_eq!(cited(&[]), Citation::default());
    }

    /// Up to twenty facts, each in a different source with a long title, or in another place of one
    /// source.
    #[test]
    fn a_citation_has_a_limit() {
        let cited = |title: &str, source: fn(usize) -> usize, facts: usize| {
            let sources = (0..20).map(|n| format!(r#"{{"id":"s{n}","title":"{title} {n}"}}"#));
            let facts = (0..facts).map(|n| {
                format!(
                    r#"{{"id":"f{n}","kind":"event","status":"confirmed","summary":"S.","topic":"story",
                    "difficulty":"easy","cites":[{{"source":"s{}","paragraph":{}}}]}}"#,
                    source(n),
                    n + 10_001
                )
            });
            let (sources, facts): (Vec<_>, Vec<_>) = (sources.collect(), facts.collect());
            let text = format!(
                r#"{{"id":"p","title":"T","description":"D","sources":[{}],"facts":[{}]}}"#,
                sources.join(","),
                facts.join(",")
            );
            let base = FactBase::build(vec![parse_pack("p.json", &text).unwrap()]).unwrap();
            base.citation_of(&base.facts().collect::<Vec<_>>()).text
        };
        let each = |n| n;
        let all = cited("A", each, 3);
        assert_eq!(
            all,
            "A 0, paragraph 10001; A 1, paragraph 10002; A 2, paragraph 10003"
        );
        let long = "x".repeat(197);
        assert_eq!(
            cited(&long, each, 20),
            format!("{long} 0, paragraph 10001; and 19 more")
        );
        let many = cited("A", |_| 0, 20);
        assert!(many.ends_with("; paragraph 10015; and 5 more"), "{many}");
        for title in ["A", "A longer title", &long] {
            for source in [each, |_| 0, |n| n / 2] {
                let text = cited(title, source, 20);
                assert!(length(&text) <= CITATION_LENGTH_MAX, "{text}");
            }
        }
    }

    #[test]
    fn reports_every_clash_between_packs_at_once() {
        let mut other = pack("a", "Pacino", "f1");
        other.works[0].year = Some(1996);
        other.people.push(Entity {
            id: "alfredo".into(),
            aliases: vec!["pacino".into()],
            ..other.people[0].clone()
        });
        let faults = FactBase::build(vec![pack("a", "Pacino", "f1"), other]).unwrap_err();
        let text: Vec<_> = faults
            .iter()
            .map(|fault| format!("{:?}", fault.flaw))
            .collect();
        for part in [
            "PackIdUsed { id: \"a\"",
            "FactIdUsed { id: \"f1\"",
            "known: Some(1995), other: Some(1996)",
            "NameShared",
        ] {
            assert!(text.iter().any(|t| t.contains(part)), "{part} in {text:#?}");
        }
    }
}
