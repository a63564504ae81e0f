//! Checks a pack beyond its types: ids, references, citations, lengths, names.

use super::base::entity_lists;
use super::check_films::{check_clues, check_fame, check_records};
use super::check_questions::check_questions;
use super::check_values::{
    check_cite, check_count, check_id, check_name, check_text, check_unique,
};
use super::fault::Faults;
use super::flaw::Flaw;
use super::limits::{
    AS_OF_LENGTH_MAX, NAME_LENGTH_MAX, REFERENCES_MAX, SENTENCE_LENGTH_MAX,
    SOURCE_TITLE_LENGTH_MAX, TEXTS_MAX, URL_LENGTH_MAX,
};
use super::mentions::{references, references_count};
use super::model::{Entity, EntityKind, Fact, FactKind};
use super::quoted::clip;
use super::shape::Shaped;
use super::text::fold;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

const FORMS: [&str; 5] = ["film", "television film", "series", "novel", "planned film"];
const ROLES: [&str; 4] = ["produced", "distributed", "published", "broadcast"];

/// Adds every fault of a pack whose JSON could be read.
pub(super) fn check(shaped: &Shaped, faults: &mut Faults) {
    let pack = &shaped.pack;
    check_id(&pack.id, "id", faults);
    check_text(&pack.title, "title", NAME_LENGTH_MAX, faults);
    check_text(
        &pack.description,
        "description",
        SENTENCE_LENGTH_MAX,
        faults,
    );
    for (field, text) in [
        ("licence", &pack.licence),
        ("attribution", &pack.attribution),
    ] {
        if let Some(text) = text {
            check_text(text, field, SENTENCE_LENGTH_MAX, faults);
        }
    }
    let states = !pack.facts.is_empty() || !pack.films.is_empty() || !pack.awards.is_empty();
    if !states && pack.questions.is_empty() && shaped.broken.is_empty() {
        faults.add("", Flaw::NothingInIt);
    }
    check_sources(shaped, faults);
    for (kind, list, entities) in entity_lists(pack) {
        check_entities(shaped, kind, list, entities, faults);
    }
    check_records(shaped, faults);
    check_facts(shaped, faults);
    check_questions(shaped, faults);
}

fn check_sources(shaped: &Shaped, faults: &mut Faults) {
    let mut seen = HashSet::new();
    for (i, source) in shaped.pack.sources.iter().enumerate() {
        let path = shaped.path("sources", i);
        check_id(&source.id, format_args!("{path}.id"), faults);
        check_unique(&source.id, &path, &mut seen, faults);
        check_text(
            &source.title,
            format_args!("{path}.title"),
            SOURCE_TITLE_LENGTH_MAX,
            faults,
        );
        if let Some(url) = &source.url {
            check_url(url, &format!("{path}.url"), faults);
        }
    }
}

fn check_url(url: &str, path: &str, faults: &mut Faults) {
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '`');
    if !host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric()))
        || !url.chars().all(plain)
        || url.len() > URL_LENGTH_MAX
    {
        let (url, max) = (clip(url), URL_LENGTH_MAX);
        faults.add(path, Flaw::BadUrl { url, max });
    }
}

fn check_entities(
    shaped: &Shaped,
    kind: EntityKind,
    list: &str,
    entities: &[Entity],
    faults: &mut Faults,
) {
    let mut seen = HashSet::new();
    let mut owners: HashMap<String, usize> = HashMap::new();
    for (i, entity) in entities.iter().enumerate() {
        let path = shaped.path(list, i);
        check_id(&entity.id, format_args!("{path}.id"), faults);
        check_unique(&entity.id, &path, &mut seen, faults);
        check_text(
            &entity.name,
            format_args!("{path}.name"),
            NAME_LENGTH_MAX,
            faults,
        );
        check_count(
            entity.aliases.len(),
            format_args!("{path}.aliases"),
            TEXTS_MAX,
            faults,
        );
        for (a, alias) in entity.aliases.iter().enumerate() {
            check_text(
                alias,
                format_args!("{path}.aliases[{a}]"),
                NAME_LENGTH_MAX,
                faults,
            );
        }
        if let Some(note) = &entity.note {
            check_text(
                note,
                format_args!("{path}.note"),
                SENTENCE_LENGTH_MAX,
                faults,
            );
        }
        check_work_fields(kind, entity, &path, faults);
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            let owner = *owners.entry(fold(name)).or_insert(i);
            if owner != i && entities[owner].id != entity.id {
                let (name, other) = (clip(name), clip(&entities[owner].id));
                faults.add(&path, Flaw::NameShared { name, other });
            }
        }
    }
}

fn check_work_fields(kind: EntityKind, entity: &Entity, path: &str, faults: &mut Faults) {
    if kind != EntityKind::Person && entity.died {
        faults.add(format_args!("{path}.died"), Flaw::OnlyForPeople);
    }
    if kind != EntityKind::Work {
        for (field, given) in [
            ("form", entity.form.is_some()),
            ("year", entity.year.is_some()),
            ("fame", entity.fame.is_some()),
            ("plot", entity.plot.is_some()),
            ("emoji", entity.emoji.is_some()),
        ] {
            if given {
                faults.add(format_args!("{path}.{field}"), Flaw::OnlyForWorks);
            }
        }
        return;
    }
    check_fame(entity.fame, path, faults);
    let (plot, emoji) = (entity.plot.as_deref(), entity.emoji.as_deref());
    check_clues(plot, emoji, path, faults);
    if entity.pronoun.is_some() {
        faults.add(format_args!("{path}.pronoun"), Flaw::WorkWithPronoun);
    }
    if let Some(form) = entity.form.as_deref().filter(|form| !FORMS.contains(form)) {
        let (form, known) = (clip(form), FORMS.join(", "));
        faults.add(
            format_args!("{path}.form"),
            Flaw::UnknownForm { form, known },
        );
    }
    if let Some(year) = entity.year.filter(|year| !(1000..=2100).contains(year)) {
        faults.add(
            format_args!("{path}.year"),
            Flaw::UnlikelyYearOfWork { year },
        );
    }
}

fn check_facts(shaped: &Shaped, faults: &mut Faults) {
    let pack = &shaped.pack;
    let entities: HashSet<(EntityKind, &str)> = entity_lists(pack)
        .iter()
        .flat_map(|(kind, _, list)| list.iter().map(|e| (*kind, e.id.as_str())))
        .collect();
    let facts: HashSet<&str> = pack.facts.iter().map(|fact| fact.id.as_str()).collect();
    let mut seen = HashSet::new();
    for (i, fact) in pack.facts.iter().enumerate() {
        let path = shaped.path("facts", i);
        check_id(&fact.id, format_args!("{path}.id"), faults);
        check_unique(&fact.id, &path, &mut seen, faults);
        check_text(
            &fact.summary,
            format_args!("{path}.summary"),
            SENTENCE_LENGTH_MAX,
            faults,
        );
        if let Some(as_of) = &fact.as_of {
            check_text(
                as_of,
                format_args!("{path}.as_of"),
                AS_OF_LENGTH_MAX,
                faults,
            );
        }
        if let Some(why) = &fact.unasked {
            check_text(
                why,
                format_args!("{path}.unasked"),
                SENTENCE_LENGTH_MAX,
                faults,
            );
        }
        check_cites(shaped, fact, &path, faults);
        check_count(
            fact.caveats.len(),
            format_args!("{path}.caveats"),
            REFERENCES_MAX,
            faults,
        );
        for (c, caveat) in fact.caveats.iter().enumerate() {
            let known = facts.contains(caveat.as_str()) || shaped.broken.contains(caveat);
            if !known || *caveat == fact.id {
                let id = clip(caveat);
                faults.add(
                    format_args!("{path}.caveats[{c}]"),
                    Flaw::UnknownCaveat { id },
                );
            }
        }
        check_kind(&fact.kind, &path, faults);
        for (field, entity) in references(&fact.kind) {
            if !entities.contains(&(entity.kind, entity.id.as_str()))
                && !shaped.broken.contains(entity.id.as_str())
            {
                let entity = clip(&entity.to_string());
                faults.add(
                    format_args!("{path}.{field}"),
                    Flaw::UnknownEntity { entity },
                );
            }
        }
    }
}

fn check_cites(shaped: &Shaped, fact: &Fact, path: &str, faults: &mut Faults) {
    if fact.cites.is_empty() {
        faults.add(format_args!("{path}.cites"), Flaw::NoCitation);
    }
    check_count(
        fact.cites.len(),
        format_args!("{path}.cites"),
        REFERENCES_MAX,
        faults,
    );
    for (c, cite) in fact.cites.iter().enumerate() {
        check_cite(shaped, cite, &format!("{path}.cites[{c}]"), faults);
    }
}

fn check_kind(kind: &FactKind, path: &str, faults: &mut Faults) {
    match kind {
        FactKind::Release { date, .. } if !is_date(date) => {
            let date = clip(date);
            faults.add(format_args!("{path}.date"), Flaw::BadDate { date });
        }
        FactKind::Award { category, .. } => {
            check_id(category, format_args!("{path}.category"), faults);
        }
        FactKind::Genre { genre: name, .. } => {
            check_name(name, format_args!("{path}.genre"), faults);
        }
        FactKind::Series { series: name, .. } => {
            check_name(name, format_args!("{path}.series"), faults);
        }
        FactKind::BasedOn { title, form, .. } => {
            check_name(title, format_args!("{path}.title"), faults);
            if let Some(form) = form {
                check_name(form, format_args!("{path}.form"), faults);
            }
        }
        FactKind::Company { role, .. } if !ROLES.contains(&role.as_str()) => {
            let (role, known) = (clip(role), ROLES.join(", "));
            faults.add(
                format_args!("{path}.role"),
                Flaw::UnknownRole { role, known },
            );
        }
        _ => {}
    }
    check_count(references_count(kind), path, REFERENCES_MAX, faults);
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and a real date.
fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let widths_fit = [4, 2, 2].starts_with(&widths) && !widths.is_empty();
    let digits = parts
        .iter()
        .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !widths_fit || !digits {
        return false;
    }
    let number = |i: usize| parts.get(i).map_or(Some(1), |part| part.parse::<i8>().ok());
    let year = parts[0].parse::<i16>().ok();
    match (year, number(1), number(2)) {
        (Some(year), Some(month), Some(day)) => jiff::civil::Date::new(year, month, day).is_ok(),
        _ => false,
    }
}
