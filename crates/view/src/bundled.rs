//! The bundled packs as members see them in lookups and news.

use super::custom_id::{CastButton, CustomId, NewsButton};
use super::escape::escape;
use super::message::{Message, Row};
use super::{cast, limits, news, words};
use heat_core::cast::{CastIndex, Found, Role};
use heat_core::facts::{EntityKind, EntityRef, FactBase, Status, bundled, parse_pack};
use heat_core::lang::Lang;
use heat_core::news::Topic;
use std::collections::BTreeSet;

/// All bundled packs.
fn base() -> FactBase {
    built(usize::MAX)
}

/// The packs about the article and its director: the only ones with news.
fn heart() -> FactBase {
    built(3)
}

fn built(packs: usize) -> FactBase {
    let packs = bundled().into_iter().take(packs);
    let packs = packs.map(|(name, text)| parse_pack(name, text).expect("a bundled pack is sound"));
    FactBase::build(packs.collect()).expect("the bundled packs agree")
}

/// In a large base, one of this many entities is checked.
const ONE_IN: usize = 13;

/// A sample of a large base.
fn some(base: &FactBase) -> impl Iterator<Item = EntityRef> {
    entities(base).into_iter().step_by(ONE_IN)
}

fn entities(base: &FactBase) -> Vec<EntityRef> {
    let of = |kind| {
        base.entities(kind)
            .map(move |e| EntityRef::new(kind, e.id.clone()))
    };
    EntityKind::ALL.into_iter().flat_map(of).collect()
}

/// The `custom_id` of the button for the next page.
fn next_page(message: &Message, page: usize) -> Option<String> {
    let buttons = message.rows.iter().filter_map(|row| match row {
        Row::Buttons(buttons) => Some(buttons),
        Row::Select(_) => None,
    });
    let mut ids = buttons.flatten().map(|button| &button.custom_id);
    let next = format!(":{}", page + 1);
    ids.find(|id| id.ends_with(&next)).cloned()
}

#[test]
fn every_lookup_is_within_the_limits_and_shows_every_credit() {
    let base = base();
    let index = CastIndex::build(&base);
    for (entity, lang) in some(&base).zip(Lang::ALL.into_iter().cycle()) {
        let mut text = String::new();
        for page in 1.. {
            let message = cast::show(lang, &index, &base, &entity, page);
            assert_eq!(limits::check(&message), Ok(()), "{entity}, page {page}");
            text += &message.embeds[0].description;
            match next_page(&message, page) {
                Some(id) => assert_eq!(
                    CustomId::parse(&id),
                    Some(CustomId::Cast(CastButton::Turn {
                        entity: entity.clone(),
                        page: page + 1
                    }))
                ),
                None => break,
            }
        }
        let profile = index.profile(&base, &entity).expect("listed");
        for credit in &profile.credits {
            let told: &str = match &credit.role {
                Role::Cast { person, .. } if entity.kind == EntityKind::Character => {
                    &person.is.name
                }
                Role::Cast { character, .. } => &words::part(character.is),
                Role::Appearance { person } if entity.kind == EntityKind::Work => &person.is.name,
                Role::Appearance { .. } => &credit.work.is.name,
                Role::Award { category, .. } => &words::award(lang, category)[1..],
                Role::Crew { job, .. } => &words::job(lang, *job),
                Role::Release { date } => {
                    // Our own words: the point of "15. Dezember" begins no list within a line.
                    let date = words::date(lang, date);
                    assert!(text.contains(&date), "{entity}: {date} in {text}");
                    ""
                }
                Role::Company { company, .. } => &company.is.name,
            };
            let caveats = credit.caveats.iter().map(|fact| fact.summary.as_str());
            for wanted in caveats.chain([told]) {
                assert!(
                    text.contains(&escape(wanted)),
                    "{entity}: {wanted} in {text}"
                );
            }
        }
    }
}

/// The film from 1997, not the one from 1953, and the film, not its hero; the others are a button
/// away.
#[test]
fn an_exact_name_is_answered_at_once_with_its_best_known_bearer() {
    let base = base();
    let index = CastIndex::build(&base);
    for (typed, title) in [
        ("Titanic", "Titanic (1997)"),
        ("Forrest Gump", "Forrest Gump (1994)"),
    ] {
        let message = cast::lookup(Lang::English, &index, &base, typed).expect("it is known");
        assert_eq!(message.embeds[0].title, title);
        assert!(!message.rows.is_empty());
    }
}

#[test]
fn every_page_of_the_news_is_within_the_limits_and_shows_every_item_once() {
    let base = heart();
    let mut about: Vec<Option<EntityRef>> = entities(&base).into_iter().map(Some).collect();
    about.push(None);
    for topic in Topic::ALL {
        for (about, lang) in about.iter().zip(Lang::ALL.into_iter().cycle()) {
            let mut lines = 0;
            for page in 1.. {
                let message = news::show(lang, &base, topic, about.as_ref(), page);
                assert_eq!(
                    limits::check(&message),
                    Ok(()),
                    "{topic:?} {about:?} {page}"
                );
                lines += message.embeds[0].description.matches("\n• ").count();
                match next_page(&message, page) {
                    Some(id) => assert_eq!(
                        CustomId::parse(&id),
                        Some(CustomId::News(NewsButton::Turn {
                            topic,
                            about: about.clone(),
                            page: page + 1
                        }))
                    ),
                    None => break,
                }
            }
            let summary = heat_core::news::summary(&base, topic, about.as_ref());
            let items: usize = summary.sections.iter().map(|s| s.items.len()).sum();
            assert_eq!(lines, items, "{topic:?} {about:?}");
        }
    }
}

#[test]
fn every_name_and_alias_finds_its_entity() {
    let base = base();
    let index = CastIndex::build(&base);
    for entity in some(&base) {
        if entity.kind == EntityKind::Organisation {
            continue;
        }
        let known = base.entity(&entity).expect("listed");
        for name in std::iter::once(&known.name).chain(&known.aliases) {
            let hits = match index.find(name) {
                Found::One(hit) => vec![hit],
                Found::Several(hits) => hits,
                other => panic!("{name}: {other:?}"),
            };
            // A character with a name like an actor's alias comes first; the actor is offered as
            // well.
            let offered = index.search(name, 6);
            assert!(
                hits.iter().chain(&offered).any(|hit| hit.entity == entity),
                "{name} does not find {entity}, but {hits:?}"
            );
        }
    }
}

#[test]
fn lines_on_uncertain_castings_have_the_studios_caveat() {
    let base = heart();
    let index = CastIndex::build(&base);
    for person in ["leonardo-dicaprio", "christian-bale"] {
        let person = EntityRef::new(EntityKind::Person, person);
        let profile = index.profile(&base, &person).expect("known");
        let planned = profile
            .credits
            .iter()
            .filter(|c| c.status != Status::Confirmed);
        let mut count = 0;
        for credit in planned {
            count += 1;
            let statuses: BTreeSet<Status> = credit.caveats.iter().map(|c| c.status).collect();
            assert!(statuses.contains(&Status::Unfinalised), "{credit:?}");
        }
        assert!(count > 0, "{person} has no uncertain part");
    }
}

#[test]
fn the_bundled_packs_read_well() {
    let base = heart();
    let index = CastIndex::build(&base);
    for typed in [
        "Vincent Hanna",
        "Al Pacino",
        "Heat",
        "Heat 2 (planned film)",
        "mcauley",
    ] {
        let name = typed.replace([' ', '(', ')'], "_");
        let message =
            cast::lookup(Lang::English, &index, &base, typed).unwrap_or_else(|nothing| nothing);
        insta::assert_json_snapshot!(format!("bundled_cast_{name}"), message);
    }
    for topic in Topic::ALL {
        let message = news::show(Lang::English, &base, topic, None, 1);
        insta::assert_json_snapshot!(format!("bundled_news_{}", topic.name()), message);
    }
}
