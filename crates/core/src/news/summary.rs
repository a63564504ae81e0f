//! Selects and orders the facts for one summary.

use super::Topic;
use crate::facts::{EntityRef, Fact, FactBase, FactKind, Status};

/// What the news says on a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary<'a> {
    /// The requested topic.
    pub topic: Topic,
    /// The requested subject, if any.
    pub about: Option<EntityRef>,
    /// In display order; none is empty.
    pub sections: Vec<Section<'a>>,
    /// How many items the other topics have about the same subject; topics without any are left
    /// out.
    pub elsewhere: Vec<(Topic, usize)>,
}

/// Items under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<'a> {
    /// What they have in common.
    pub heading: Heading,
    /// In display order.
    pub items: Vec<Item<'a>>,
}

/// One line of the news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'a> {
    /// The fact itself.
    pub fact: &'a Fact,
    /// Facts that say the same; their sources are cited too.
    pub also: Vec<&'a Fact>,
    /// Facts that must be shown with it.
    pub caveats: Vec<&'a Fact>,
}

/// What the items of a section have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// Their subject, in the headlines.
    Of(Topic),
    /// Their certainty, within one topic.
    From(Certainty),
}

/// How certain a line is, the most certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Its source states it as settled.
    Settled,
    /// Reported as news.
    Reported,
    /// In discussion or negotiation.
    Talks,
    /// The studio itself says that it is open.
    Studio,
    /// Gossip without a named source.
    Rumour,
    /// The writer's opinion.
    Writer,
}

/// How many headlines each topic contributes.
const HEADLINES: [(Topic, usize); 4] = [
    (Topic::Casting, 4),
    (Topic::Production, 3),
    (Topic::Studio, 3),
    (Topic::Novel, 2),
];

/// The most opinions in one answer: the member asked for news.
const OPINIONS_MAX: usize = 8;

/// Composes the news on a topic, about everything or one entity.
#[must_use]
pub fn summary<'a>(facts: &'a FactBase, topic: Topic, about: Option<&EntityRef>) -> Summary<'a> {
    let items = |topic| chosen(facts, topic, about);
    let elsewhere = Topic::ALL
        .into_iter()
        .filter(|other| *other != topic && *other != Topic::Headlines)
        .map(|other| (other, items(other).len()))
        .filter(|(_, count)| *count > 0)
        .collect();
    Summary {
        topic,
        about: about.cloned(),
        sections: sections(topic, about, items(topic)),
        elsewhere,
    }
}

/// Groups items under headings: the headlines by topic, one topic or name by certainty.
fn sections<'a>(topic: Topic, about: Option<&EntityRef>, items: Vec<Item<'a>>) -> Vec<Section<'a>> {
    let is_by_topic = topic == Topic::Headlines && about.is_none();
    let heading = |item: &Item| match Topic::of(item.fact) {
        Some(topic) if is_by_topic => Heading::Of(topic),
        _ => Heading::From(Certainty::of(item.fact.status)),
    };
    let mut sections: Vec<Section> = Vec::new();
    for item in items {
        let heading = heading(&item);
        match sections.iter_mut().find(|known| known.heading == heading) {
            Some(section) => section.items.push(item),
            None => sections.push(Section {
                heading,
                items: vec![item],
            }),
        }
    }
    sections.sort_by_key(|section| match section.heading {
        // In the headlines' order, in which the items came.
        Heading::Of(_) => (false, 0),
        // Casting comes before what is merely more certain; gossip and opinions come last.
        Heading::From(voice @ (Certainty::Rumour | Certainty::Writer)) => (true, voice as u8),
        Heading::From(_) => (false, first_rank(section)),
    });
    sections
}

/// How prominent the first item of a section is.
fn first_rank(section: &Section) -> u8 {
    let first = section.items.first();
    first.map_or(u8::MAX, |item| prominence(item.fact).0)
}

impl Certainty {
    fn of(status: Status) -> Self {
        match status {
            Status::Confirmed => Self::Settled,
            Status::Reported => Self::Reported,
            Status::InTalks | Status::Negotiating => Self::Talks,
            Status::Unfinalised => Self::Studio,
            Status::Rumoured => Self::Rumour,
            Status::Opinion => Self::Writer,
        }
    }
}

/// The items of a topic, best first.
fn chosen<'a>(facts: &'a FactBase, topic: Topic, about: Option<&EntityRef>) -> Vec<Item<'a>> {
    let is_about = |fact: &&Fact| about.is_none_or(|entity| fact.mentions().contains(entity));
    let news = || facts.news().filter(is_about);
    let of_topic = |topic: Topic| {
        let by_subject =
            move |fact: &Fact| about.is_some() && Topic::of_opinion(fact) == Some(topic);
        let belongs = move |fact: &&Fact| match topic {
            Topic::Headlines => fact.status != Status::Opinion,
            Topic::Analysis => Topic::of(fact) == Some(topic),
            _ if fact.status == Status::Opinion => by_subject(fact),
            _ => Topic::of(fact) == Some(topic),
        };
        let mut items = once_each(facts, news().filter(belongs));
        items.sort_by_key(|item| prominence(item.fact));
        let mut opinions = 0;
        items.retain(|item| {
            opinions += usize::from(item.fact.status == Status::Opinion);
            item.fact.status != Status::Opinion || opinions <= OPINIONS_MAX
        });
        items
    };
    if topic != Topic::Headlines || about.is_some() {
        return of_topic(topic);
    }
    let is_headline = |item: &Item| !matches!(item.fact.status, Status::Opinion | Status::Rumoured);
    let share = |(topic, count)| of_topic(topic).into_iter().filter(is_headline).take(count);
    HEADLINES.into_iter().flat_map(share).collect()
}

/// Lists every statement once: a fact that repeats another only adds its sources.
fn once_each<'a>(facts: &'a FactBase, news: impl Iterator<Item = &'a Fact>) -> Vec<Item<'a>> {
    let mut items: Vec<Item<'a>> = Vec::new();
    for fact in news {
        if let Some(other) = items.iter_mut().find(|item| repeats(fact, item.fact)) {
            other.also.push(fact);
            continue;
        }
        let caveats = fact.caveats.iter().filter_map(|id| facts.fact(id));
        let caveats = caveats.filter(|caveat| caveat.id != fact.id).collect();
        // A fuller account that comes later replaces what it repeats.
        let lesser: Vec<Item> = items
            .extract_if(.., |item| repeats(item.fact, fact))
            .collect();
        items.push(Item {
            fact,
            also: lesser.into_iter().map(|item| item.fact).collect(),
            caveats,
        });
    }
    items
}

/// Whether `fact` adds nothing to `other`. Either it is the same structured statement; or it is of
/// the same kind, about no one else, and `other` has all of its citations. Citations must match down
/// to the sentence: the same document alone proves nothing.
fn repeats(fact: &Fact, other: &Fact) -> bool {
    if fact.status != other.status || kind_of(fact) != kind_of(other) {
        return false;
    }
    let is_structured = matches!(
        fact.kind,
        FactKind::Cast { .. }
            | FactKind::Crew { .. }
            | FactKind::Release { .. }
            | FactKind::Company { .. }
    );
    if is_structured || fact.summary == other.summary {
        return fact.kind == other.kind;
    }
    let known = other.mentions();
    other.cites.len() > fact.cites.len()
        && fact
            .cites
            .iter()
            .all(|cite| cite.sentence.is_some() && other.cites.contains(cite))
        && fact.mentions().iter().all(|entity| known.contains(entity))
}

fn kind_of(fact: &Fact) -> std::mem::Discriminant<FactKind> {
    std::mem::discriminant(&fact.kind)
}

/// Orders the items of a topic: casting and releases, then the crew, then what has a date, then
/// contracts and the studio's statements on them, then the rest; well-known facts first.
fn prominence(fact: &Fact) -> (u8, crate::facts::Difficulty) {
    let is_dated = fact
        .as_of
        .as_ref()
        .is_some_and(|date| date.contains(|c: char| c.is_ascii_digit()));
    let rank = match fact.kind {
        FactKind::Cast { .. } | FactKind::Release { .. } => 0,
        FactKind::Company { .. } | FactKind::Crew { .. } => 1,
        FactKind::Deal { .. } => 3,
        _ if fact.status == Status::Unfinalised => 4,
        _ if is_dated => 2,
        _ => 5,
    };
    (rank, fact.difficulty)
}
