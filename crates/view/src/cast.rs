//! The replies to `/cast`: a profile, a choice between several, or help if nothing was found.

use super::catalogue::text;
use super::caveats::Caveats;
use super::custom_id::CastButton;
use super::escape::{clip, escape_clipped, fits, plain};
use super::limits::{CUSTOM_ID_MAX, DESCRIPTION_MAX};
use super::message::{Button, Embed, Message, Row, Select, SelectOption, Style, Suggestion, Tone};
use super::paging;
use super::sources::Sources;
use super::words;
use heat_core::cast::{CastIndex, Closeness, Credit, Found, Hit, Named, OFFERS_MAX, Profile, Role};
use heat_core::facts::{EntityKind, EntityRef, FactBase, Job, Status};
use heat_core::lang::Lang;
use std::collections::BTreeSet;

/// The most lines on a page.
const LINES_MAX: usize = 20;

/// The longest text of a page; the rest of the embed's limit is for the title, and for escapes in
/// the last line.
const PAGE_TEXT_MAX: usize = 3600;

/// How many other meanings of a name are offered below the one that is shown.
const OTHERS_MAX: usize = 5;

/// How much of what was typed is repeated, in UTF-16 code units.
const TYPED_MAX: usize = 60;

/// The `custom_id` of a button that looks up an entity; `None` if the id is too long.
#[must_use]
pub fn custom_id(entity: &EntityRef) -> Option<String> {
    let id = CastButton::Show {
        entity: entity.clone(),
    }
    .to_string();
    // Room for the number of a page.
    (id.len() + 4 <= CUSTOM_ID_MAX).then_some(id)
}

/// Suggestions while a member types a name; before that, the entities with the most facts.
#[must_use]
pub fn suggestions(
    lang: Lang,
    index: &CastIndex,
    facts: &FactBase,
    typed: &str,
) -> Vec<Suggestion> {
    offers(lang, facts, &index.suggest(typed))
}

/// Search hits as suggestions: names to read, references as values.
#[must_use]
pub fn offers(lang: Lang, facts: &FactBase, hits: &[Hit]) -> Vec<Suggestion> {
    let options = options(lang, facts, hits);
    let suggestion = |option: SelectOption| Suggestion {
        name: option.label,
        value: option.value,
    };
    options.into_iter().map(suggestion).collect()
}

/// These works, people or characters as suggestions, if the facts have them.
#[must_use]
pub fn named(lang: Lang, facts: &FactBase, entities: &[EntityRef]) -> Vec<Suggestion> {
    let suggestion = |entity: &EntityRef| {
        Some(Suggestion {
            name: words::option(lang, entity.kind, facts.entity(entity)?),
            value: entity.to_string(),
        })
    };
    entities.iter().filter_map(suggestion).collect()
}

/// Answers `/cast name:typed`, and a choice from a menu.
///
/// # Errors
/// A private message, if nothing has that name.
pub fn lookup(
    lang: Lang,
    index: &CastIndex,
    facts: &FactBase,
    typed: &str,
) -> Result<Message, Message> {
    let shown = escape_clipped(typed.trim(), TYPED_MAX);
    let hits = index.search(typed, OFFERS_MAX);
    let closest: Vec<Hit> = hits.iter().take(OTHERS_MAX + 1).cloned().collect();
    let show = |hit: &Hit| {
        let mut message = show(lang, index, facts, &hit.entity, 1);
        message.content = taken_for(lang, hit, &shown);
        let others = closest.iter().filter(|other| *other != hit);
        offer(lang, &mut message, facts, others, || text!(lang, "cast-or"));
        message
    };
    match Found::of(hits) {
        // An exact name is answered at once, with its best-known bearer.
        Found::Several(hits) if hits.iter().all(|hit| hit.closeness == Closeness::Exact) => {
            Ok(show(&hits[0]))
        }
        Found::One(hit) => Ok(show(&hit)),
        Found::Near(hits) if hits.len() == 1 => Ok(show(&hits[0])),
        Found::Several(hits) => {
            let title = which(lang, &shown);
            Ok(choice(lang, facts, &hits, &title))
        }
        Found::Near(hits) => {
            let title = near(lang, &shown);
            Err(choice(lang, facts, &hits, &title))
        }
        Found::Nothing => Err(nothing_found(lang, index, facts, &shown)),
    }
}

/// Above a menu of several that the typed name, escaped, means.
pub(super) fn which(lang: Lang, typed: &str) -> String {
    text!(lang, "cast-which", typed = typed)
}

/// The same where nothing has that name and these come close.
pub(super) fn near(lang: Lang, typed: &str) -> String {
    text!(lang, "cast-near", typed = typed)
}

/// Says how a name was understood, if the result is not what was typed.
pub(super) fn taken_for(lang: Lang, hit: &Hit, shown: &str) -> String {
    let name = escape_clipped(&hit.name, TYPED_MAX);
    match hit.closeness {
        Closeness::Exact | Closeness::Alias => String::new(),
        Closeness::Prefix => text!(lang, "cast-showing", name = name, typed = shown),
        Closeness::Near | Closeness::NearPart => {
            text!(lang, "cast-showing-near", name = name, typed = shown)
        }
    }
}

/// One page, counted from 1, of what the facts say about an entity. Beyond the last page, the last
/// one.
#[must_use]
pub fn show(
    lang: Lang,
    index: &CastIndex,
    facts: &FactBase,
    entity: &EntityRef,
    page: usize,
) -> Message {
    match index.profile(facts, entity) {
        Some(profile) => render(lang, facts, &profile, page),
        None => note(text!(lang, "cast-gone")),
    }
}

fn render(lang: Lang, facts: &FactBase, profile: &Profile, page: usize) -> Message {
    let text = |credits: &[Credit]| text_of(lang, facts, profile, credits);
    let fits = |text: &String| fits(text, PAGE_TEXT_MAX);
    let pages = paging::pages(&profile.credits, LINES_MAX, text, fits);
    let page = page.clamp(1, pages.len().max(1));
    let (credits, text) = match pages.get(page - 1) {
        Some(page) => (page.items, page.made.clone()),
        None => (&[][..], text(&[])),
    };
    let footer = match pages.len() {
        0 | 1 => String::new(),
        pages => paging::page_of(lang, page, pages),
    };
    let embed = Embed {
        title: match profile.entity.kind {
            EntityKind::Work => words::work(profile.about),
            _ => words::name(profile.about),
        },
        description: clip(&text, DESCRIPTION_MAX),
        tone: Tone::Plain,
        footer,
        ..Embed::default()
    };
    let mut message = Message {
        embeds: vec![embed],
        ..Message::default()
    };
    let left = paging::left(&pages, page);
    if custom_id(&profile.entity).is_some() {
        let turn = paging::buttons(lang, page, pages.len(), left, |page| {
            let entity = profile.entity.clone();
            CastButton::Turn { entity, page }.to_string()
        });
        if !turn.is_empty() {
            message.rows.push(Row::Buttons(turn));
        }
    }
    let related = related(profile, credits);
    offer(lang, &mut message, facts, &related, || {
        text!(lang, "cast-look-up")
    });
    message
}

/// The text of a page: a note on the subject, its credits, and their sources.
fn text_of(lang: Lang, facts: &FactBase, profile: &Profile, credits: &[Credit]) -> String {
    let cited = || {
        let of_credits = credits
            .iter()
            .flat_map(|c| c.facts.iter().chain(&c.caveats));
        of_credits.chain(&profile.mentions).copied()
    };
    let sources = Sources::of(facts, cited());
    let mut blocks: Vec<String> = Vec::new();
    if let Some(note) = &profile.about.note {
        blocks.push(words::note(note));
    }
    let caveats = Caveats::of(credits.iter().flat_map(|credit| &credit.caveats).copied());
    let lines = match profile.entity.kind {
        EntityKind::Work => lines_of_work(lang, &sources, &caveats, credits),
        EntityKind::Character => lines_of_character(lang, &sources, &caveats, credits),
        EntityKind::Person | EntityKind::Organisation => {
            lines_of_person(lang, &sources, &caveats, credits)
        }
    };
    if !lines.is_empty() {
        blocks.push(lines.join("\n"));
    }
    let caveats_text = caveats.sentences(&sources, |_| true);
    if !caveats_text.is_empty() {
        blocks.push(caveats_text);
    }
    if credits.is_empty() {
        blocks.push(without_credits(lang, &sources, profile));
    }
    let legend = sources.legend(lang);
    if !legend.is_empty() {
        blocks.push(legend);
    }
    blocks.join("\n\n")
}

/// "**Al Pacino** in Heat (1995) · confirmed (¶4 s2)".
fn lines_of_character(
    lang: Lang,
    sources: &Sources,
    caveats: &Caveats,
    credits: &[Credit],
) -> Vec<String> {
    let line = |credit: &Credit| {
        let Role::Cast { person, .. } = &credit.role else {
            return String::new();
        };
        let (person, work) = (words::name(person.is), words::work(credit.work.is));
        let plays = text!(lang, "cast-plays-in", person = person, work = work);
        plays + &status_and_sources(lang, sources, caveats, credit)
    };
    credits.iter().map(line).collect()
}

/// "**Heat (1995)** as Vincent Hanna · confirmed (¶4 s2)"; several jobs on one work with the same
/// sources share a line.
fn lines_of_person(
    lang: Lang,
    sources: &Sources,
    caveats: &Caveats,
    credits: &[Credit],
) -> Vec<String> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for credit in credits {
        let work = words::work(credit.work.is);
        let end = status_and_sources(lang, sources, caveats, credit);
        match &credit.role {
            Role::Cast { character, .. } => {
                let character = words::part(character.is);
                let plays = text!(lang, "cast-in-as", work = work, character = character);
                lines.push((plays, end));
            }
            Role::Crew { job, .. } => match lines.last_mut() {
                Some((line, same)) if *same == end && line.starts_with(&format!("**{work}**,")) => {
                    line.push_str(", ");
                    line.push_str(&words::job(lang, *job));
                }
                _ => lines.push((format!("**{work}**, {}", words::job(lang, *job)), end)),
            },
            Role::Appearance { .. } => lines.push((format!("**{work}**"), end)),
            Role::Award { category, .. } => {
                let award = words::award(lang, category);
                lines.push((
                    text!(lang, "cast-oscar-for", work = work, award = award),
                    end,
                ));
            }
            Role::Release { .. } | Role::Company { .. } => {}
        }
    }
    let joined = lines.into_iter().map(|(line, end)| line + &end);
    joined.collect()
}

/// Under headings that state the status once: "Cast · confirmed", then "**Al Pacino** as Vincent
/// Hanna (¶4 s2)".
fn lines_of_work(
    lang: Lang,
    sources: &Sources,
    caveats: &Caveats,
    credits: &[Credit],
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut before = None;
    let mut has_awards = false;
    for credit in credits {
        has_awards |= matches!(credit.role, Role::Award { .. });
        let heading = match credit.role {
            Role::Release { .. } | Role::Company { .. } => text!(lang, "cast-release"),
            Role::Crew {
                job: Job::Director, ..
            } => text!(lang, "cast-direction"),
            Role::Crew { .. } => text!(lang, "cast-crew"),
            Role::Cast { .. } | Role::Appearance { .. } if has_awards => {
                text!(lang, "cast-more-cast")
            }
            Role::Cast { .. } | Role::Appearance { .. } => text!(lang, "cast-cast"),
            Role::Award { won: true, .. } => text!(lang, "cast-oscars"),
            Role::Award { won: false, .. } => text!(lang, "cast-nominated"),
        };
        let heading = format!("__{heading}__ · {}", words::status(lang, credit.status));
        if before.as_ref() != Some(&heading) {
            if before.is_some() {
                lines.push(String::new());
            }
            lines.push(heading.clone());
            before = Some(heading);
        }
        let part = match &credit.role {
            Role::Release { date } => {
                text!(lang, "cast-first-out", date = words::date(lang, date))
            }
            Role::Company { company, role } => {
                format!(
                    "{}: **{}**",
                    company_role(lang, role),
                    words::name(company.is)
                )
            }
            Role::Crew { person, job } => {
                format!("**{}**, {}", words::name(person.is), words::job(lang, *job))
            }
            Role::Cast { person, character } => {
                let (person, character) = (words::name(person.is), words::part(character.is));
                text!(lang, "cast-plays", person = person, character = character)
            }
            Role::Appearance { person } => format!("**{}**", words::name(person.is)),
            Role::Award {
                category, people, ..
            } => award(lang, category, people),
        };
        let marks = caveats.marks(&credit.caveats);
        lines.push(format!("{part}{marks}{}", sources.cite(&credit.facts)));
    }
    lines
}

/// "Best actor: **Marlon Brando**"; "Best picture", which goes to the film.
fn award(lang: Lang, category: &str, people: &[Named]) -> String {
    let award = capital(&words::award(lang, category));
    let names: Vec<String> = people.iter().map(|person| words::name(person.is)).collect();
    if names.is_empty() || category == "picture" {
        return award;
    }
    format!("{award}: **{}**", names.join("**, **"))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

fn company_role(lang: Lang, role: &str) -> String {
    match role {
        "produced" => text!(lang, "cast-produced"),
        "distributed" => text!(lang, "cast-distributed"),
        "published" => text!(lang, "cast-published"),
        "broadcast" => text!(lang, "cast-broadcast"),
        other => escape_clipped(other, TYPED_MAX),
    }
}

fn status_and_sources(lang: Lang, sources: &Sources, caveats: &Caveats, credit: &Credit) -> String {
    let status = match credit.status {
        Status::Confirmed => words::status(lang, credit.status),
        // Uncertain facts must stand out.
        uncertain => format!("*{}*", words::status(lang, uncertain)),
    };
    let marks = caveats.marks(&credit.caveats);
    format!(" · {status}{marks}{}", sources.cite(&credit.facts))
}

fn without_credits(lang: Lang, sources: &Sources, profile: &Profile) -> String {
    let mut text = match profile.entity.kind {
        EntityKind::Character => text!(lang, "cast-no-actor"),
        EntityKind::Person => text!(lang, "cast-no-job"),
        EntityKind::Work | EntityKind::Organisation => text!(lang, "cast-no-cast"),
    };
    if !profile.mentions.is_empty() {
        text.push(' ');
        text.push_str(&text!(lang, "cast-what-is-said"));
    }
    for fact in &profile.mentions {
        text.push_str("\n• ");
        text.push_str(&words::summary(fact));
        text.push_str(&sources.cite(&[fact]));
    }
    text
}

/// Everyone and everything else that a page names.
fn related(profile: &Profile, credits: &[Credit]) -> Vec<Hit> {
    let mut named: Vec<&Named> = Vec::new();
    for credit in credits {
        match &credit.role {
            Role::Cast { person, character } => named.extend([person, character]),
            Role::Crew { person, .. } | Role::Appearance { person } => named.push(person),
            Role::Award { people, .. } => named.extend(people),
            // Companies have no page.
            Role::Release { .. } | Role::Company { .. } => {}
        }
        named.push(&credit.work);
    }
    let mut seen = BTreeSet::from([&profile.entity]);
    named.retain(|named| seen.insert(&named.entity));
    let hit = |named: &Named| Hit {
        entity: named.entity.clone(),
        name: named.is.name.clone(),
        closeness: Closeness::Exact,
    };
    named.into_iter().take(OFFERS_MAX).map(hit).collect()
}

/// Adds buttons (for a few) or a menu (for many) to look these up, without those that the message
/// already offers.
fn offer<'h>(
    lang: Lang,
    message: &mut Message,
    facts: &FactBase,
    hits: impl IntoIterator<Item = &'h Hit>,
    placeholder: impl FnOnce() -> String,
) {
    let offered: Vec<&str> = message.rows.iter().flat_map(ids_and_values).collect();
    let lines = hits.into_iter().take(OFFERS_MAX);
    let lines = lines.filter_map(|hit| Line::of(lang, facts, hit));
    let lines = lines.filter(|line| {
        !offered.contains(&line.custom_id.as_str())
            && !offered.contains(&line.option.value.as_str())
    });
    let lines: Vec<Line> = lines.collect();
    let has_menu = message.rows.iter().any(|row| matches!(row, Row::Select(_)));
    if lines.is_empty() {
        return;
    }
    message.rows.push(if lines.len() <= 5 || has_menu {
        let button = |line: Line| {
            let label = clip(&line.option.label, super::limits::LABEL_MAX);
            Button::new(line.custom_id, label, Style::Secondary)
        };
        Row::Buttons(lines.into_iter().take(5).map(button).collect())
    } else {
        Row::Select(Select {
            custom_id: CastButton::Pick {}.to_string(),
            placeholder: placeholder(),
            options: lines.into_iter().map(|line| line.option).collect(),
        })
    });
}

/// A hit to choose, in a menu or by a button.
struct Line {
    /// The button's.
    custom_id: String,
    option: SelectOption,
}

impl Line {
    /// `None` if the hit is no longer in any pack.
    fn of(lang: Lang, facts: &FactBase, hit: &Hit) -> Option<Self> {
        Some(Self {
            custom_id: custom_id(&hit.entity)?,
            option: SelectOption {
                label: words::option(lang, hit.kind(), facts.entity(&hit.entity)?),
                value: hit.entity.to_string(),
                chosen: false,
            },
        })
    }
}

fn ids_and_values(row: &Row) -> Vec<&str> {
    match row {
        Row::Buttons(buttons) => buttons.iter().map(|b| b.custom_id.as_str()).collect(),
        Row::Select(select) => select.options.iter().map(|o| o.value.as_str()).collect(),
    }
}

/// Menu lines for hits, with their kinds. Leaves out hits that are no longer in any pack.
pub(super) fn options(lang: Lang, facts: &FactBase, hits: &[Hit]) -> Vec<SelectOption> {
    let lines = hits.iter().take(OFFERS_MAX);
    let lines = lines.filter_map(|hit| Line::of(lang, facts, hit));
    lines.map(|line| line.option).collect()
}

fn choice(lang: Lang, facts: &FactBase, hits: &[Hit], title: &str) -> Message {
    let mut message = if hits.len() < OFFERS_MAX {
        note(title.to_owned())
    } else {
        note(format!("{title} {}", text!(lang, "cast-maybe-more")))
    };
    offer(lang, &mut message, facts, hits, || {
        text!(lang, "cast-choose")
    });
    message
}

fn nothing_found(lang: Lang, index: &CastIndex, facts: &FactBase, shown: &str) -> Message {
    let mut message = note(if plain(shown).is_empty() {
        text!(lang, "cast-nothing-typed")
    } else {
        text!(lang, "cast-nothing-found", typed = shown)
    });
    let mut start = index.suggest("");
    start.truncate(3);
    offer(lang, &mut message, facts, &start, || {
        text!(lang, "cast-look-up")
    });
    message
}

fn note(text: String) -> Message {
    Message {
        embeds: vec![Embed {
            description: text,
            ..Embed::default()
        }],
        ..Message::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Message, lookup, show};
    use heat_core::cast::CastIndex;
    use heat_core::cast::fixture::base;
    use heat_core::facts::{EntityKind, EntityRef, FactBase};
    use heat_core::lang::Lang;
    use proptest::prelude::*;

    fn either(lang: Lang, index: &CastIndex, facts: &FactBase, typed: &str) -> Message {
        lookup(lang, index, facts, typed).unwrap_or_else(|nothing| nothing)
    }

    #[test]
    fn answers_read_well() {
        let base = base();
        let index = CastIndex::build(&base);
        for typed in [
            "Vincent Hanna",
            "pacino",
            "heat",
            "vincent hana",
            "hana",
            "vinc",
            "otis wardell",
            "person:hostile",
            "@everyone **x**",
            "",
        ] {
            let name: String = typed.chars().filter(|c| c.is_alphanumeric()).collect();
            let name = if name.is_empty() { "no_name" } else { &name };
            let message = either(Lang::English, &index, &base, typed);
            insta::assert_json_snapshot!(format!("cast_{name}"), message);
        }
        let german = either(Lang::German, &index, &base, "work:heat-1995");
        insta::assert_json_snapshot!("cast_german", german);
    }

    #[test]
    fn an_unknown_entity_is_answered_kindly() {
        let base = base();
        let index = CastIndex::build(&base);
        let nobody = EntityRef::new(EntityKind::Person, "nobody");
        let message = show(Lang::English, &index, &base, &nobody, 7);
        assert!(message.embeds[0].description.contains("no longer"));
    }

    proptest! {
        #[test]
        fn any_input_gets_a_message_within_the_limits(typed in "\\PC{0,200}") {
            let base = base();
            let index = CastIndex::build(&base);
            for lang in Lang::ALL {
                let message = either(lang, &index, &base, &typed);
                prop_assert_eq!(crate::limits::check(&message), Ok(()));
            }
        }
    }
}
