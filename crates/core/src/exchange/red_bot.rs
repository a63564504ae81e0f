//! Trivia lists of Red-DiscordBot: a YAML mapping from questions to accepted answers, the first of
//! which is shown, with `AUTHOR`, `DESCRIPTION`, `AUDIO` and `CONFIG` beside the questions:
//! <https://docs.discord.red/en/stable/guide_trivia_list_creation.html>.
//!
//! Read event by event: an answer is its written text (`1995` and `yes` are texts), lines are
//! known, and an alias is refused at its place.

use super::row::{Origin, Read, Row};
use super::{At, FileFlaw, ImportError, Place, Why, unreadable};
use crate::facts::fold;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

/// The deepest nesting of a list: answers are on the second level, `CONFIG` a little deeper.
const DEPTH_MAX: usize = 8;

/// Keys that are not questions.
const SETTINGS: [&str; 4] = ["AUTHOR", "DESCRIPTION", "CONFIG", "AUDIO"];

/// A value of the mapping.
enum Node {
    Text {
        text: String,
        is_plain: bool,
    },
    List(Vec<Node>),
    /// A mapping, whose content is ignored.
    Other,
}

pub(super) fn read(name: &str, text: &str) -> Result<Read, ImportError> {
    let mut events = Events {
        name,
        parser: Parser::new_from_str(text),
    };
    loop {
        match events.next()? {
            (Event::MappingStart(..), _) => break,
            (Event::StreamStart | Event::DocumentStart(_), _) => {}
            (_, line) => return Err(events.unreadable(FileFlaw::NotTriviaList { line })),
        }
    }
    let mut entries = Vec::new();
    loop {
        let (key, line) = match events.next()? {
            (Event::MappingEnd, _) => break,
            (Event::Scalar(key, ..), line) => (key.into_owned(), line),
            (_, line) => return Err(events.unreadable(FileFlaw::QuestionNotText { line })),
        };
        let is_set =
            |(known, ..): &(String, usize, Node)| *known == key && SETTINGS.contains(&key.as_str());
        if entries.iter().any(is_set) {
            let setting = key;
            return Err(events.unreadable(FileFlaw::SettingTwice { line, setting }));
        }
        let value = events.node(0)?;
        entries.push((key, line, value));
    }
    events.end()?;
    Ok(rows(name, entries))
}

struct Events<'a> {
    name: &'a str,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
}

impl<'a> Events<'a> {
    fn unreadable(&self, why: FileFlaw) -> ImportError {
        unreadable(self.name, why)
    }

    /// The next event and its line.
    fn next(&mut self) -> Result<(Event<'a>, usize), ImportError> {
        match self.parser.next() {
            None | Some(Ok((Event::StreamEnd, _))) => Err(self.unreadable(FileFlaw::EndsEarly)),
            Some(Ok((Event::Alias(_), Span { start, .. }))) => {
                let line = start.line();
                Err(self.unreadable(FileFlaw::Alias { line }))
            }
            Some(Ok((event, span))) => Ok((event, span.start.line())),
            Some(Err(error)) => Err(self.unreadable(broken(&error))),
        }
    }

    /// Nothing may follow the mapping: a second document would be lost.
    fn end(&mut self) -> Result<(), ImportError> {
        loop {
            match self.parser.next() {
                None | Some(Ok((Event::StreamEnd, _))) => return Ok(()),
                Some(Ok((Event::DocumentEnd, _))) => {}
                Some(Ok((_, span))) => {
                    let line = span.start.line();
                    return Err(self.unreadable(FileFlaw::SecondDocument { line }));
                }
                Some(Err(error)) => {
                    let (line, says) = (error.marker().line(), error.info().to_owned());
                    return Err(self.unreadable(FileFlaw::NotYamlAfterEnd { line, says }));
                }
            }
        }
    }

    fn node(&mut self, depth: usize) -> Result<Node, ImportError> {
        if depth > DEPTH_MAX {
            return Err(self.unreadable(FileFlaw::TooDeep));
        }
        match self.next()? {
            (Event::Scalar(text, style, ..), _) => Ok(Node::Text {
                text: text.into_owned(),
                is_plain: style == ScalarStyle::Plain,
            }),
            (Event::SequenceStart(..), _) => {
                let mut nodes = Vec::new();
                while let Some(node) = self.item(depth)? {
                    nodes.push(node);
                }
                Ok(Node::List(nodes))
            }
            (Event::MappingStart(..), _) => {
                while self.item(depth)?.is_some() {}
                Ok(Node::Other)
            }
            (_, line) => Err(self.unreadable(FileFlaw::NoAnswer { line })),
        }
    }

    /// The next entry of a list or mapping; `None` at its end.
    fn item(&mut self, depth: usize) -> Result<Option<Node>, ImportError> {
        let is_end = matches!(
            self.parser.peek(),
            Some(Ok((Event::SequenceEnd | Event::MappingEnd, _)))
        );
        if is_end {
            self.next()?;
            return Ok(None);
        }
        self.node(depth + 1).map(Some)
    }
}

/// Where a text is not YAML, and why.
fn broken(error: &ScanError) -> FileFlaw {
    let (line, says) = (error.marker().line(), error.info().to_owned());
    if says.contains("tab") {
        FileFlaw::TabInYaml { line, says }
    } else {
        FileFlaw::NotYaml { line, says }
    }
}

fn rows(name: &str, entries: Vec<(String, usize, Node)>) -> Read {
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let mut read = Read {
        title: Some(stem.to_owned()),
        ..Read::default()
    };
    let mut author = None;
    let mut questions = Vec::new();
    for (key, line, value) in entries {
        match (key.as_str(), &value) {
            ("AUTHOR", Node::Text { text, .. }) => author = Some(text.clone()),
            ("DESCRIPTION", Node::Text { text, .. }) => read.description = Some(text.clone()),
            // Red's own options, such as points and seconds, which each game chooses here, and the
            // text for playing a sound.
            (setting, _) if SETTINGS.contains(&setting) => {}
            _ => questions.push((key, line, value)),
        }
    }
    let by = author.as_ref().map(|author| format!(" by {author}"));
    let origin = format!("the trivia list “{stem}”{}", by.unwrap_or_default());
    read.description
        .get_or_insert_with(|| format!("Questions from {origin}."));
    for (prompt, line, value) in questions {
        let place = Place {
            file: name.to_owned(),
            at: At::Line(line),
        };
        match answers(&prompt, &value) {
            Ok(texts) => read.take(row(place, prompt, texts, &origin)),
            Err(why) => read.leave_out(place, &prompt, why),
        }
    }
    read
}

fn row(place: Place, prompt: String, mut texts: Vec<String>, origin: &str) -> Row {
    let answer = texts.remove(0);
    Row {
        place,
        prompt,
        reason: Some(format!("According to the list: “{}”.", answer.trim())),
        answer,
        accept: texts,
        source: Some(Origin {
            title: origin.to_owned(),
            url: None,
        }),
        ..Row::default()
    }
}

/// The accepted answers, at least one. An answer is its written text: `1995`, `2.50`, `1995-12-15`
/// and `NO` are texts.
fn answers(prompt: &str, value: &Node) -> Result<Vec<String>, Why> {
    let nodes = match value {
        Node::List(nodes) => nodes.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut texts = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Text { text, is_plain }
                if text.trim().is_empty() || (*is_plain && is_nothing(text)) => {}
            Node::Text { text, .. } => texts.push(text.clone()),
            Node::List(_) | Node::Other => return Err(Why::AnswerNotText),
        }
    }
    match texts.first() {
        None => Err(Why::NoAnswer),
        Some(first) if is_yes_or_no(first) && asks_yes_or_no(prompt) => Err(Why::YesOrNo),
        Some(_) => Ok(texts),
    }
}

/// What YAML reads as null.
fn is_nothing(text: &str) -> bool {
    matches!(text, "~" | "null" | "Null" | "NULL")
}

fn is_yes_or_no(text: &str) -> bool {
    let word = text.trim().to_ascii_lowercase();
    matches!(word.as_str(), "yes" | "no" | "true" | "false")
}

/// Whether a question is yes-or-no: it begins with a verb, or says so.
fn asks_yes_or_no(prompt: &str) -> bool {
    const VERBS: [&str; 24] = [
        "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could",
        "will", "would", "should", "may", "must", "true", "yes", "t", "isnt", "arent", "wasnt",
        "didnt",
    ];
    let folded = fold(prompt);
    let asks = [
        "what", "which", "who", "where", "when", "how", "why", "name", "whose",
    ];
    let first = folded.split(' ').next().unwrap_or_default();
    VERBS.contains(&first) || !folded.split(' ').any(|word| asks.contains(&word))
}
