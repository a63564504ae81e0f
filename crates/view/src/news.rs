//! The replies to `/news`: a summary with a source for every line, and links to the other topics.

use super::cast::{options, taken_for};
use super::catalogue::text;
use super::caveats::Caveats;
use super::custom_id::{self, NewsButton};
use super::escape::{clip, escape_clipped, fits};
use super::limits::{DESCRIPTION_MAX, LABEL_MAX};
use super::message::{Button, Embed, Message, Row, Select, SelectOption, Style, Suggestion, Tone};
use super::paging;
use super::sources::Sources;
use super::words;
use heat_core::cast::{CastIndex, Found, Hit};
use heat_core::facts::{EntityKind, EntityRef, Fact, FactBase, Status};
use heat_core::lang::Lang;
use heat_core::news::{Certainty, Heading, Item, Summary, Topic, summary};

/// The most lines on a page.
const LINES_MAX: usize = 14;

/// The longest text of a page; the rest of the embed's limit is for the title and footer.
const PAGE_TEXT_MAX: usize = 3600;

/// How much of what was typed is repeated, in UTF-16 code units.
const TYPED_MAX: usize = 60;

/// The pack and source for which members are told that it is undated.
const ARTICLE: (&str, &str) = ("heat-2", "article");

/// Suggestions for `about` while a member types; `index` contains everything in the news
/// ([`CastIndex::of_news`]).
#[must_use]
pub fn suggestions(
    lang: Lang,
    index: &CastIndex,
    facts: &FactBase,
    typed: &str,
) -> Vec<Suggestion> {
    super::cast::suggestions(lang, index, facts, typed)
}

/// Answers `/news topic about`. The text for `about` is looked up in `index`, which contains
/// everything in the news ([`CastIndex::of_news`]).
///
/// # Errors
/// A private message, if there is no news about that.
pub fn lookup(
    lang: Lang,
    index: &CastIndex,
    facts: &FactBase,
    topic: Topic,
    about: Option<&str>,
) -> Result<Message, Message> {
    let Some(typed) = about.map(str::trim).filter(|typed| !typed.is_empty()) else {
        return Ok(show(lang, facts, topic, None, 1));
    };
    let shown = escape_clipped(typed, TYPED_MAX);
    match index.find(typed) {
        Found::One(hit) => {
            let mut message = show(lang, facts, topic, Some(&hit.entity), 1);
            message.content = taken_for(lang, &hit, &shown);
            Ok(message)
        }
        Found::Near(hits) if hits.len() == 1 => {
            let mut message = show(lang, facts, topic, Some(&hits[0].entity), 1);
            message.content = taken_for(lang, &hits[0], &shown);
            Ok(message)
        }
        Found::Several(hits) => {
            let title = super::cast::which(lang, &shown);
            Ok(choice(lang, facts, topic, &hits, title))
        }
        Found::Near(hits) => {
            let title = super::cast::near(lang, &shown);
            Err(choice(lang, facts, topic, &hits, title))
        }
        Found::Nothing => {
            let title = text!(lang, "news-none-about", typed = shown);
            Err(choice(lang, facts, topic, &index.suggest(""), title))
        }
    }
}

/// One page, counted from 1, of the news on a topic. Beyond the last page, the last one.
#[must_use]
pub fn show(
    lang: Lang,
    facts: &FactBase,
    topic: Topic,
    about: Option<&EntityRef>,
    page: usize,
) -> Message {
    let summary = summary(facts, topic, about);
    let lines: Vec<Line> = summary
        .sections
        .iter()
        .flat_map(|section| section.items.iter().map(|item| (section.heading, item)))
        .collect();
    let text = |lines: &[Line]| text_of(lang, facts, lines);
    let fits = |text: &String| fits(text, PAGE_TEXT_MAX);
    let pages = paging::pages(&lines, LINES_MAX, text, fits);
    let page = page.clamp(1, pages.len().max(1));
    let (lines, description) = match pages.get(page - 1) {
        Some(page) => (page.items, page.made.clone()),
        None => (&[][..], no_items(lang, facts, &summary)),
    };
    let embed = Embed {
        title: title(lang, facts, topic, about),
        description: clip(&description, DESCRIPTION_MAX),
        tone: Tone::Plain,
        footer: footer(lang, facts, lines, page, pages.len()),
        ..Embed::default()
    };
    let left = paging::left(&pages, page);
    let mut rows = Vec::new();
    let turn = paging::buttons(lang, page, pages.len(), left, |page| {
        let about = about.cloned();
        NewsButton::Turn { topic, about, page }.to_string()
    });
    if !turn.is_empty() {
        rows.push(Row::Buttons(turn));
    }
    rows.push(Row::Select(topics(lang, topic, about)));
    Message {
        embeds: vec![embed],
        rows,
        ..Message::default()
    }
}

type Line<'s, 'a> = (Heading, &'s Item<'a>);

/// The lines of a page under their headings, their caveats, and their sources.
fn text_of(lang: Lang, facts: &FactBase, lines: &[Line]) -> String {
    let sources = Sources::of(facts, cited(lines));
    let caveats = Caveats::of(lines.iter().flat_map(|(_, item)| &item.caveats).copied());
    let mut blocks: Vec<String> = Vec::new();
    for section in lines.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((heading, _)) = section.first() else {
            continue;
        };
        let is_open = section.iter().all(|(_, item)| !is_settled(item.fact));
        let mut block = format!("**{}**", heading_text(lang, *heading, is_open));
        for (_, item) in section {
            let places: Vec<&Fact> = std::iter::once(item.fact)
                .chain(item.also.clone())
                .collect();
            let text = words::summary(item.fact);
            let doubt = match heading {
                Heading::Of(_) if !is_open && !owns_doubt(&text) => doubt(lang, item.fact.status),
                _ => String::new(),
            };
            let marks = caveats.marks(&item.caveats);
            let own = caveats.mark(item.fact);
            let cite = sources.cite(&places);
            block.extend([format!("\n• {own}{text}{doubt}{marks}{cite}")]);
        }
        blocks.push(block);
    }
    let is_line = |fact: &Fact| lines.iter().any(|(_, item)| item.fact.id == fact.id);
    let apart = caveats.sentences(&sources, |fact| !is_line(fact));
    if !apart.is_empty() {
        blocks.push(format!("**{}**\n{apart}", text!(lang, "news-keep-in-mind")));
    }
    blocks.push(small(&sources.legend(lang)));
    blocks.join("\n\n")
}

/// In Discord's small print, which applies line by line.
fn small(text: &str) -> String {
    let lines = text.lines().map(|line| format!("-# {line}"));
    lines.collect::<Vec<String>>().join("\n")
}

fn is_settled(fact: &Fact) -> bool {
    fact.status == Status::Confirmed
}

fn cited<'s, 'a>(lines: &'s [Line<'s, 'a>]) -> impl Iterator<Item = &'a Fact> + 's {
    lines.iter().flat_map(|(_, item)| {
        let with_it = item.also.iter().chain(&item.caveats).copied();
        std::iter::once(item.fact).chain(with_it)
    })
}

/// The heading of a section; `is_open` says that nothing in it is settled.
fn heading_text(lang: Lang, heading: Heading, is_open: bool) -> String {
    match heading {
        Heading::Of(topic) if is_open => {
            text!(lang, "news-not-settled", topic = topic_title(lang, topic))
        }
        Heading::Of(topic) => topic_title(lang, topic),
        Heading::From(voice) => voice_title(lang, voice),
    }
}

/// Whether a line itself says that it is not certain. Facts are in English.
fn owns_doubt(text: &str) -> bool {
    [
        "reported",
        "said to",
        "seem",
        "rumour",
        "in talks",
        "negotiating",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// The certainty of a line among more certain ones.
fn doubt(lang: Lang, status: Status) -> String {
    let doubt = match status {
        Status::Confirmed => return String::new(),
        Status::Reported => text!(lang, "news-reported"),
        Status::InTalks | Status::Negotiating => text!(lang, "news-in-talks"),
        Status::Unfinalised => text!(lang, "news-studios-word"),
        Status::Rumoured => text!(lang, "news-rumour"),
        Status::Opinion => text!(lang, "news-opinion"),
    };
    format!(" _({doubt})_")
}

fn voice_title(lang: Lang, voice: Certainty) -> String {
    match voice {
        Certainty::Settled => text!(lang, "news-voice-settled"),
        Certainty::Reported => text!(lang, "news-voice-reported"),
        Certainty::Talks => text!(lang, "news-voice-talks"),
        Certainty::Studio => text!(lang, "news-voice-studio"),
        Certainty::Rumour => text!(lang, "news-voice-rumour"),
        Certainty::Writer => text!(lang, "news-voice-writer"),
    }
}

/// A topic's name in titles and menus.
fn topic_title(lang: Lang, topic: Topic) -> String {
    match topic {
        Topic::Headlines => text!(lang, "news-topic-headlines"),
        Topic::Casting => text!(lang, "news-topic-casting"),
        Topic::Production => text!(lang, "news-topic-production"),
        Topic::Novel => text!(lang, "news-topic-novel"),
        Topic::Studio => text!(lang, "news-topic-studio"),
        Topic::Analysis => text!(lang, "news-topic-analysis"),
    }
}

fn title(lang: Lang, facts: &FactBase, topic: Topic, about: Option<&EntityRef>) -> String {
    let about = about.map(|about| name_of(lang, facts, about));
    let parts = [text!(lang, "news-title"), topic_title(lang, topic)];
    parts
        .into_iter()
        .chain(about)
        .collect::<Vec<_>>()
        .join(" · ")
}

fn name_of(lang: Lang, facts: &FactBase, entity: &EntityRef) -> String {
    match facts.entity(entity) {
        Some(work) if entity.kind == EntityKind::Work => words::work(work),
        Some(known) => words::name(known),
        None => text!(lang, "news-someone"),
    }
}

fn footer(lang: Lang, facts: &FactBase, lines: &[Line], page: usize, count: usize) -> String {
    let (pack, source) = ARTICLE;
    let mut parts = Vec::new();
    if Sources::of(facts, cited(lines)).holds(pack, source) {
        parts.push(text!(lang, "news-undated"));
    }
    if count > 1 {
        parts.push(paging::page_of(lang, page, count));
    }
    parts.join(" ")
}

fn no_items(lang: Lang, facts: &FactBase, summary: &Summary) -> String {
    let about = summary.about.as_ref();
    let about = about.map(|about| name_of(lang, facts, about));
    let topics = summary.elsewhere.iter();
    let topics = topics.map(|(topic, count)| format!("{} ({count})", topic_title(lang, *topic)));
    let topics = topics.collect::<Vec<_>>().join(", ");
    match about {
        None if topics.is_empty() => text!(lang, "news-none"),
        Some(about) if topics.is_empty() => text!(lang, "news-none-on", about = about),
        None => text!(lang, "news-elsewhere", topics = topics),
        Some(about) => text!(lang, "news-elsewhere-on", about = about, topics = topics),
    }
}

fn topics(lang: Lang, chosen: Topic, about: Option<&EntityRef>) -> Select {
    let option = |topic: Topic| SelectOption {
        label: topic_title(lang, topic),
        value: topic.name().to_owned(),
        chosen: topic == chosen,
    };
    Select {
        custom_id: NewsButton::Switch {
            about: about.cloned(),
        }
        .to_string(),
        placeholder: text!(lang, "news-another-topic"),
        options: Topic::ALL.into_iter().map(option).collect(),
    }
}

/// Offers the news about each of these, at most five, and about everything.
fn choice(lang: Lang, facts: &FactBase, topic: Topic, hits: &[Hit], text: String) -> Message {
    let button = |option: SelectOption| {
        let about = Some(custom_id::entity(&option.value)?);
        let page = 1;
        let id = NewsButton::Turn { topic, about, page }.to_string();
        let label = clip(&option.label, LABEL_MAX);
        Some(Button::new(id, label, Style::Secondary))
    };
    let buttons: Vec<Button> = options(lang, facts, hits)
        .into_iter()
        .filter_map(button)
        .collect();
    let mut rows: Vec<Row> = buttons
        .chunks(5)
        .take(4)
        .map(|five| Row::Buttons(five.to_vec()))
        .collect();
    rows.push(Row::Select(topics(lang, topic, None)));
    Message {
        embeds: vec![Embed {
            description: text,
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{lookup, show};
    use heat_core::cast::CastIndex;
    use heat_core::cast::fixture::base;
    use heat_core::lang::Lang;
    use heat_core::news::Topic;
    use proptest::prelude::*;

    #[test]
    fn every_topic_reads_well() {
        let base = base();
        for topic in Topic::ALL {
            let name = format!("news_{}", topic.name());
            insta::assert_json_snapshot!(name, show(Lang::English, &base, topic, None, 1));
        }
        let german = show(Lang::German, &base, Topic::Headlines, None, 1);
        insta::assert_json_snapshot!("news_german", german);
    }

    #[test]
    fn news_about_somebody_reads_well() {
        let base = base();
        let index = CastIndex::of_news(&base);
        for (name, topic, about) in [
            ("dicaprio", Topic::Headlines, "dicaprio"),
            ("dicaprio_production", Topic::Production, "DiCaprio"),
            ("near", Topic::Casting, "christian bal"),
            ("several", Topic::Casting, "heat 2"),
            ("nobody", Topic::Headlines, "danny trejo"),
        ] {
            let message = lookup(Lang::English, &index, &base, topic, Some(about));
            let message = message.unwrap_or_else(|nothing| nothing);
            insta::assert_json_snapshot!(format!("news_about_{name}"), message);
        }
    }

    proptest! {
        #[test]
        fn any_request_gets_a_message_within_the_limits(typed in "\\PC{0,200}") {
            let base = base();
            let index = CastIndex::of_news(&base);
            for (topic, lang) in Topic::ALL.into_iter().zip(Lang::ALL.into_iter().cycle()) {
                let message = lookup(lang, &index, &base, topic, Some(&typed));
                let message = message.unwrap_or_else(|nothing| nothing);
                prop_assert_eq!(crate::limits::check(&message), Ok(()));
            }
        }
    }
}
