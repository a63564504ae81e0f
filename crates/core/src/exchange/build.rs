//! Turns rows into a pack that passes every check.

use super::row::{Origin, Read, Row};
use super::text::{clean, clip, mark, slug};
use super::{ImportError, Imported, LeftOut, Loss, Naming, Note, Place, Why, similar_answers};
use crate::bank::{Bank, lint};
use crate::facts::limits::{
    CHOICE_LENGTH_MAX, DISTRACTORS_MIN, NAME_LENGTH_MAX, PACK_BYTES_MAX, PROMPT_LENGTH_MAX,
    SENTENCE_LENGTH_MAX, SOURCE_TITLE_LENGTH_MAX, TEXTS_MAX, length,
};
use crate::facts::{
    Cite, FactBase, Fault, Flaw, Pack, Source, Unfair, WrittenQuestion, first_deceptive, fold,
    parse_pack, sameness,
};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes reserved for a pack's title, description and sources.
const HEAD_BYTES: usize = 4_000;
/// Bytes reserved for one source.
const SOURCE_BYTES: usize = 1_500;
/// The most places one note names.
const PLACES_SHOWN: usize = 5;
/// The most sources of one pack; further rows are taken without theirs.
const SOURCES_MAX: usize = 200;

/// Makes the pack.
pub(super) fn pack(read: Read, name: &str, naming: &Naming) -> Result<Imported, ImportError> {
    let Read {
        title,
        description,
        rows,
        mut left_out,
        mut notes,
    } = read;
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.split_once('.').map_or(stem, |(stem, _)| stem);
    let id = naming.id.clone().unwrap_or_else(|| slug(stem));
    let id = if id.is_empty() {
        "imported".to_owned()
    } else {
        id
    };
    let title = naming
        .title
        .clone()
        .or(title)
        .unwrap_or_else(|| stem.to_owned());
    let title = clip(&clean(&title), NAME_LENGTH_MAX);
    let title = if title.is_empty() { id.clone() } else { title };
    let description = description.map(|text| clip(&clean(&text), SENTENCE_LENGTH_MAX));
    let description = description.filter(|text| !text.is_empty());

    let mut losses = Losses::default();
    let rows = rows.into_iter().map(|row| cleaned(row, &mut losses));
    let mut rows = checked(rows.collect(), &mut losses, &mut left_out);
    let without = rows.iter().filter(|row| row.wrong.is_empty()).count();
    similar_answers::fill(&mut rows);
    if without > 0 {
        notes.push(Note::WrongAnswersTaken);
    }
    let mut pack = Pack {
        description: description.unwrap_or_else(|| format!("{title}.")),
        id,
        title,
        ..Pack::default()
    };
    let places = questions(rows, naming, &mut pack, &mut losses, &mut left_out);
    notes.extend(losses.notes());
    settle(&mut pack, &places, &mut left_out)?;
    if pack.questions.is_empty() {
        return Err(ImportError::Nothing(left_out));
    }
    Ok(Imported {
        pack,
        left_out,
        notes,
    })
}

/// What was removed from the accepted rows, and where.
#[derive(Default)]
struct Losses(BTreeMap<Loss, Vec<Place>>);

impl Losses {
    fn add(&mut self, what: Loss, place: &Place) {
        self.0.entry(what).or_default().push(place.clone());
    }

    /// One note for each kind of loss.
    fn notes(self) -> impl Iterator<Item = Note> {
        self.0.into_iter().map(|(what, mut places)| {
            let more = places.len().saturating_sub(PLACES_SHOWN);
            places.truncate(PLACES_SHOWN);
            Note::Lost { what, places, more }
        })
    }
}

fn cleaned(mut row: Row, losses: &mut Losses) -> Row {
    let mut lists = row.accept.iter().chain(&row.wrong);
    let is_invisible = |text: &String| first_deceptive(text).is_some_and(|c| !c.is_control());
    if is_invisible(&row.prompt) || is_invisible(&row.answer) || lists.any(is_invisible) {
        losses.add(Loss::Invisible, &row.place);
    }
    row.prompt = clean(&row.prompt);
    row.answer = clean(&row.answer);
    row.reason = row
        .reason
        .map(|reason| clean(&reason))
        .filter(|reason| !reason.is_empty());
    let texts = |texts: Vec<String>| -> Vec<String> {
        let texts = texts.iter().map(|text| clean(text));
        texts.filter(|text| !text.is_empty()).collect()
    };
    row.accept = texts(row.accept);
    row.wrong = texts(row.wrong);
    row.source = row.source.map(|origin| Origin {
        title: clip(&clean(&origin.title), SOURCE_TITLE_LENGTH_MAX),
        url: origin
            .url
            .map(|url| clean(&url))
            .filter(|url| !url.is_empty()),
    });
    row.source.take_if(|origin| origin.title.is_empty());
    row
}

/// The rows with valid texts; the others are left out.
fn checked(rows: Vec<Row>, losses: &mut Losses, left_out: &mut Vec<LeftOut>) -> Vec<Row> {
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    let mut asked: BTreeMap<String, Place> = BTreeMap::new();
    for mut row in rows {
        if let Some(why) = unsound(&mut row, &asked, losses) {
            left_out.push(LeftOut::of(row.place, &row.prompt, why));
        } else {
            asked.insert(sameness(&row.prompt), row.place.clone());
            kept.push(row);
        }
    }
    kept
}

/// What is wrong with a row's texts, if anything. Removes spellings and wrong answers that are
/// redundant or too long.
fn unsound(row: &mut Row, asked: &BTreeMap<String, Place>, losses: &mut Losses) -> Option<Why> {
    if row.prompt.is_empty() {
        return Some(Why::NoQuestion);
    }
    if row.answer.is_empty() {
        return Some(Why::NoAnswer);
    }
    let (of_prompt, of_answer) = (length(&row.prompt), length(&row.answer));
    if of_prompt > PROMPT_LENGTH_MAX {
        return Some(Why::QuestionTooLong {
            length: of_prompt,
            max: PROMPT_LENGTH_MAX,
        });
    }
    if of_answer > CHOICE_LENGTH_MAX {
        return Some(Why::AnswerTooLong {
            length: of_answer,
            max: CHOICE_LENGTH_MAX,
        });
    }
    if row.prompt.contains("://") || row.answer.contains("://") {
        return Some(Why::Link);
    }
    if let Some(place) = asked.get(&sameness(&row.prompt)) {
        return Some(Why::SameAs(place.clone()));
    }
    let mut seen = BTreeSet::from([sameness(&row.answer)]);
    let fits = |text: &String| length(text) <= CHOICE_LENGTH_MAX;
    if !row.accept.iter().all(fits) || row.accept.len() > TEXTS_MAX {
        losses.add(Loss::Spellings, &row.place);
    }
    row.accept
        .retain(|text| fits(text) && seen.insert(sameness(text)));
    row.accept.truncate(TEXTS_MAX);
    let given = row.wrong.len();
    if given == 0 {
        return None;
    }
    if let Some(wrong) = row
        .wrong
        .iter()
        .find(|wrong| seen.contains(&sameness(wrong)))
    {
        let wrong = wrong.clone();
        return Some(Why::RightAsWrong { wrong });
    }
    if !row.wrong.iter().all(fits) || row.wrong.len() > TEXTS_MAX {
        losses.add(Loss::WrongAnswers, &row.place);
    }
    row.wrong
        .retain(|text| fits(text) && seen.insert(sameness(text)));
    row.wrong.truncate(TEXTS_MAX);
    if row.wrong.len() < DISTRACTORS_MIN {
        return Some(Why::FewLeft {
            left: row.wrong.len(),
            given,
            min: DISTRACTORS_MIN,
        });
    }
    let all = row.wrong.iter().chain([&row.answer]);
    if all.into_iter().any(|choice| is_about_others(choice)) {
        return Some(Why::AboutOthers);
    }
    None
}

/// "All of the above" and the like.
fn is_about_others(choice: &str) -> bool {
    let text = fold(choice);
    ["all", "none", "both", "neither", "any"]
        .iter()
        .any(|word| {
            text.strip_prefix(word).is_some_and(|rest| {
                matches!(
                    rest,
                    " of the above"
                        | " of these"
                        | " of them"
                        | " of the others"
                        | " the above"
                        | " above"
                )
            })
        })
}

/// Puts as many rows into the pack as fit. Returns where each question came from, by id.
fn questions(
    rows: Vec<Row>,
    naming: &Naming,
    pack: &mut Pack,
    losses: &mut Losses,
    left_out: &mut Vec<LeftOut>,
) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    let mut sources: BTreeMap<Origin, String> = BTreeMap::new();
    let mut bytes = HEAD_BYTES;
    for row in rows {
        if row.wrong.len() < DISTRACTORS_MIN {
            left_out.push(LeftOut::of(row.place, &row.prompt, Why::FewOfKind));
            continue;
        }
        let id = question_id(&row, &pack.id, &places);
        let has_source = row.source.is_some();
        let cite = row
            .source
            .and_then(|origin| source_id(origin, &mut sources, &mut pack.sources));
        if has_source && cite.is_none() {
            losses.add(Loss::Source, &row.place);
        }
        if row
            .reason
            .as_deref()
            .is_some_and(|reason| length(reason) > SENTENCE_LENGTH_MAX)
        {
            losses.add(Loss::ReasonEnd, &row.place);
        }
        let reason = row.reason.map(|reason| clip(&reason, SENTENCE_LENGTH_MAX));
        let question = WrittenQuestion {
            id: id.clone(),
            facts: Vec::new(),
            reason: Some(reason.unwrap_or_else(|| default_reason(naming, &row.answer))),
            prompt: row.prompt,
            answer: row.answer,
            distractors: row.wrong,
            accept: row.accept,
            cite: cite.map(|source| Cite {
                source,
                ..Cite::default()
            }),
            film: None,
            about: Vec::new(),
            kind: None,
            topic: row.topic,
            difficulty: row.difficulty,
        };
        let size = bytes_of(&question);
        let size_of_sources = pack.sources.len() * SOURCE_BYTES;
        if bytes + size_of_sources + size > PACK_BYTES_MAX {
            let max = PACK_BYTES_MAX;
            let why = Why::PackFull { max };
            left_out.push(LeftOut::of(row.place, &question.prompt, why));
            continue;
        }
        bytes += size;
        places.insert(id, row.place);
        pack.questions.push(question);
    }
    places
}

fn default_reason(naming: &Naming, answer: &str) -> String {
    let reason = naming.reason.as_deref().unwrap_or("{answer}.");
    clip(&reason.replace("{answer}", answer), SENTENCE_LENGTH_MAX)
}

/// The bytes of a question in an indented pack document.
fn bytes_of(question: &WrittenQuestion) -> usize {
    let text = serde_json::to_string_pretty(question).unwrap_or_default();
    let indentation = 4 * (text.lines().count() + 1);
    text.len() + indentation
}

/// The row's own id, or one made from its question, which stays the same when the file is imported
/// again in another order.
fn question_id(row: &Row, pack: &str, taken: &BTreeMap<String, Place>) -> String {
    let own = row.id.as_deref().map(slug).filter(|id| !id.is_empty());
    let pack: String = pack.chars().take(40).collect();
    let marked = |text: &str| format!("{}-{}", pack.trim_end_matches('-'), mark(text));
    let wanted = own.unwrap_or_else(|| {
        let folded = marked(&fold(&row.prompt));
        // Two questions made of emoji fold to the same words.
        if taken.contains_key(&folded) {
            marked(&sameness(&row.prompt))
        } else {
            folded
        }
    });
    let mut id = wanted.clone();
    let mut n = 2;
    while taken.contains_key(&id) {
        id = format!("{wanted}-{n}");
        n += 1;
    }
    id
}

fn source_id(
    origin: Origin,
    known: &mut BTreeMap<Origin, String>,
    sources: &mut Vec<Source>,
) -> Option<String> {
    if let Some(id) = known.get(&origin) {
        return Some(id.clone());
    }
    if sources.len() >= SOURCES_MAX {
        return None;
    }
    let id = format!("source-{}", sources.len() + 1);
    sources.push(Source {
        id: id.clone(),
        title: origin.title.clone(),
        url: origin.url.clone(),
    });
    known.insert(origin, id.clone());
    Some(id)
}

/// Checks the pack with the loader and the linter, and removes what they refuse until they accept
/// it.
fn settle(
    pack: &mut Pack,
    places: &BTreeMap<String, Place>,
    left_out: &mut Vec<LeftOut>,
) -> Result<(), ImportError> {
    loop {
        if pack.questions.is_empty() {
            return Ok(());
        }
        drop_unused_sources(pack);
        let refused = match examine(pack) {
            Ok(refused) => refused,
            Err(faults) => by_question(pack, faults)?,
        };
        if refused.is_empty() {
            return Ok(());
        }
        pack.questions.retain(|question| {
            let Some(why) = refused.get(&question.id) else {
                return true;
            };
            let place = places.get(&question.id).cloned().unwrap_or_default();
            let why = by_place(why, places);
            left_out.push(LeftOut::of(place, &question.prompt, why));
            false
        });
    }
}

/// What the linter says about another question, with its line instead of its id, which was
/// generated here.
fn by_place(why: &Why, places: &BTreeMap<String, Place>) -> Why {
    let place = match why {
        Why::Unfair(Unfair::SameAs { other }) => places.get(other),
        _ => None,
    };
    place.map_or_else(|| why.clone(), |place| Why::SameAs(place.clone()))
}

fn drop_unused_sources(pack: &mut Pack) {
    let cites = pack
        .questions
        .iter()
        .filter_map(|question| question.cite.as_ref());
    let used: BTreeSet<&str> = cites.map(|cite| cite.source.as_str()).collect();
    pack.sources
        .retain(|source| used.contains(source.id.as_str()));
}

/// The linter's faults by question id, or the loader's.
fn examine(pack: &Pack) -> Result<BTreeMap<String, Why>, Vec<Fault>> {
    let text = serde_json::to_string(pack).unwrap_or_default();
    let checked = parse_pack(&pack.id, &text)?;
    let base = FactBase::build(vec![checked])?;
    let bank = Bank::build(&base);
    let faults = lint(&base, &bank).into_iter();
    let why = |flaw| match flaw {
        Flaw::Unfair(unfair) => Why::Unfair(unfair),
        flaw => Why::Refused(flaw),
    };
    Ok(faults.map(|fault| (fault.path, why(fault.flaw))).collect())
}

/// The loader's faults by question. A source's fault counts for every question that cites it.
fn by_question(pack: &Pack, faults: Vec<Fault>) -> Result<BTreeMap<String, Why>, ImportError> {
    let mut refused = BTreeMap::new();
    let index = |path: &str, list: &str| -> Option<usize> {
        path.strip_prefix(list)?
            .strip_prefix('[')?
            .split_once(']')?
            .0
            .parse()
            .ok()
    };
    for fault in &faults {
        let why = Why::Refused(fault.flaw.clone());
        if let Some(question) = index(&fault.path, "questions").and_then(|i| pack.questions.get(i))
        {
            refused.insert(question.id.clone(), why);
        } else if let Some(source) = index(&fault.path, "sources").and_then(|i| pack.sources.get(i))
        {
            let citing = pack.questions.iter().filter(|question| {
                question
                    .cite
                    .as_ref()
                    .is_some_and(|cite| cite.source == source.id)
            });
            refused.extend(citing.map(|question| (question.id.clone(), why.clone())));
        } else {
            return Err(ImportError::Faults(faults));
        }
    }
    Ok(refused)
}
