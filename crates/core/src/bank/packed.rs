//! Questions in a compact form, so that a million of them fit in memory.
//!
//! A [`Question`] is convenient but costly: three dozen allocations, and texts shared with
//! thousands of others. The bank stores each as one run of bytes, keeps repeated texts (packs,
//! templates, citations, named choices) once, and builds a full question only when a game asks it.

use super::question::{Answer, Question};
use super::work_tags::Tags;
use crate::facts::{Difficulty, EntityRef, Topic};
use crate::rows::Rows;
pub(super) use crate::rows::number_of;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::hash::BuildHasher;
use std::num::NonZeroU32;

/// One question as bytes: numbers in LEB128 (<https://en.wikipedia.org/wiki/LEB128>), texts
/// preceded by their length. Its id comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed(Box<[u8]>);

impl Packed {
    pub(super) fn view(&self) -> PackedView<'_> {
        PackedView(&self.0)
    }
}

impl From<Vec<u8>> for Packed {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl AsRef<[u8]> for Packed {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A packed question, read in place.
#[derive(Debug, Clone, Copy)]
pub(super) struct PackedView<'a>(pub(super) &'a [u8]);

impl<'a> PackedView<'a> {
    /// The question's id.
    pub(super) fn id(self) -> &'a str {
        Reader(self.0).text()
    }

    /// What it is about, as numbers of shared texts; the entities it names come first.
    pub(super) fn subjects(self) -> impl Iterator<Item = u32> + 'a {
        let mut reader = Reader(self.0);
        reader.text();
        for _ in BEFORE_ABOUT {
            reader.number();
        }
        let mut left = 0;
        let mut lists = 0;
        std::iter::from_fn(move || {
            while left == 0 {
                if lists == 2 {
                    return None;
                }
                lists += 1;
                left = reader.number();
            }
            left -= 1;
            Some(reader.number())
        })
    }

    /// The fields that determine its kind and the fame of its film.
    pub(super) fn brief(self) -> QuestionHeader {
        let mut reader = Reader(self.0);
        reader.text();
        let [_, topic_number, _, template] = BEFORE_ABOUT.map(|_| reader.number());
        for _ in 0..2 {
            for _ in 0..reader.number() {
                reader.number();
            }
        }
        QuestionHeader {
            template,
            topic: topic(topic_number),
            fame: u8::try_from(reader.number()).unwrap_or(0),
        }
    }
}

/// See [`PackedView::brief`].
pub(super) struct QuestionHeader {
    /// The number of its template's text.
    pub(super) template: u32,
    pub(super) topic: Topic,
    pub(super) fame: u8,
}

/// The numbers stored between a question's id and its subjects.
const BEFORE_ABOUT: [&str; 4] = ["pack", "topic", "difficulty", "template"];

/// What many questions share, stored once.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Shared {
    texts: Rows,
    /// Each by the numbers of two texts: its own, and the entity as it is written.
    choices: Vec<(u32, u32)>,
}

/// Packs questions, and collects what they share.
#[derive(Debug, Default)]
pub(super) struct Packer {
    shared: Shared,
    /// The numbers of the shared texts and choices, found by hash; each is in `shared` once.
    texts: HashTable<u32>,
    choices: HashTable<u32>,
    hasher: RandomState,
    /// For the entities of choices, by their places: the last choice that named it, as its number
    /// plus one.
    last: Vec<Option<NonZeroU32>>,
    /// A buffer for writing an entity.
    written: String,
}

impl Packer {
    /// Packs a question. `places` are those of the entities that its choices name.
    pub(super) fn pack(
        &mut self,
        question: &Question,
        tags: &Tags,
        places: &[Option<u32>],
    ) -> Packed {
        let mut places = places.iter().copied();
        let mut place = || places.next().flatten();
        let mut bytes = Vec::with_capacity(512);
        put_text(&mut bytes, &question.id);
        put_number(&mut bytes, self.text(&question.pack));
        put_number(&mut bytes, question.topic as u32);
        put_number(&mut bytes, question.difficulty as u32);
        put_number(&mut bytes, self.text(&question.template));
        put_count(&mut bytes, question.about.len());
        for entity in &question.about {
            put_number(&mut bytes, self.entity(entity));
        }
        put_count(&mut bytes, tags.subjects.len());
        for subject in &tags.subjects {
            put_number(&mut bytes, self.text(subject));
        }
        put_number(&mut bytes, u32::from(tags.fame));
        put_texts(&mut bytes, &question.facts);
        put_texts(&mut bytes, &question.tells);
        put_text(&mut bytes, &question.prompt);
        self.put_choice(&mut bytes, &question.answer, place());
        put_texts(&mut bytes, &question.accept);
        put_count(&mut bytes, question.distractors.len());
        for wrong in &question.distractors {
            self.put_choice(&mut bytes, wrong, place());
        }
        put_text(&mut bytes, &question.reason);
        put_number(&mut bytes, self.text(&question.citation));
        let url = question.url.as_ref();
        put_number(&mut bytes, url.map_or(0, |url| self.text(url) + 1));
        let lookup = question.lookup.as_ref();
        put_number(
            &mut bytes,
            lookup.map_or(0, |entity| self.entity(entity) + 1),
        );
        Packed(bytes.into())
    }

    /// The shared texts; packing ends here.
    pub(super) fn finish(mut self) -> Shared {
        self.shared.texts.shrink_to_fit();
        self.shared.choices.shrink_to_fit();
        self.shared
    }

    fn text(&mut self, text: &str) -> u32 {
        let Self {
            shared: Shared { texts, .. },
            hasher,
            ..
        } = self;
        let hash = |number: &u32| hasher.hash_one(texts.get(*number));
        let is_it = |number: &u32| texts.get(*number) == text.as_bytes();
        match self
            .texts
            .entry(hasher.hash_one(text.as_bytes()), is_it, hash)
        {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = texts.push(text.as_bytes());
                place.insert(number);
                number
            }
        }
    }

    /// The number of an entity in its written form.
    fn entity(&mut self, entity: &EntityRef) -> u32 {
        let mut written = std::mem::take(&mut self.written);
        written.clear();
        // Writing to a string cannot fail.
        _ = write!(written, "{entity}");
        let number = self.text(&written);
        self.written = written;
        number
    }

    /// A choice that names an entity is written as a number, any other as 0 followed by its text.
    /// `place` is that of the entity, if it is known. Most choices repeat the last one that named it.
    fn put_choice(&mut self, bytes: &mut Vec<u8>, choice: &Answer, place: Option<u32>) {
        let Some(entity) = &choice.entity else {
            put_number(bytes, 0);
            put_text(bytes, &choice.text);
            return;
        };
        let last = place.and_then(|place| self.last.get(place as usize).copied().flatten());
        if let Some(number) = last.filter(|number| self.shared.says(*number, &choice.text)) {
            put_number(bytes, number.get());
            return;
        }
        let number = self.choice(entity, &choice.text) + 1;
        put_number(bytes, number);
        if let Some(place) = place {
            let place = place as usize;
            if self.last.len() <= place {
                self.last.resize(place + 1, None);
            }
            self.last[place] = NonZeroU32::new(number);
        }
    }

    /// The number of a choice that names an entity.
    fn choice(&mut self, entity: &EntityRef, text: &str) -> u32 {
        let choice = (self.text(text), self.entity(entity));
        let Self {
            shared: Shared { choices, .. },
            hasher,
            ..
        } = self;
        let hash = |number: &u32| hasher.hash_one(choices[*number as usize]);
        let is_it = |number: &u32| choices[*number as usize] == choice;
        match self.choices.entry(hasher.hash_one(choice), is_it, hash) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = number_of(choices.len());
                place.insert(number);
                choices.push(choice);
                number
            }
        }
    }
}

impl Shared {
    /// Whether the text of a choice, given as its number plus one, is this.
    fn says(&self, choice: NonZeroU32, text: &str) -> bool {
        let known = self.choices.get(choice.get() as usize - 1);
        known.is_some_and(|(known, _)| self.bytes(*known) == text.as_bytes())
    }

    /// The question as it was packed.
    pub(super) fn unpack(&self, packed: PackedView<'_>) -> Question {
        let mut reader = Reader(packed.0);
        Question {
            id: reader.text().to_owned(),
            pack: self.text(reader.number()).to_owned(),
            topic: topic(reader.number()),
            difficulty: difficulty(reader.number()),
            template: self.text(reader.number()).to_owned(),
            about: self.about(&mut reader),
            facts: reader.texts(),
            tells: reader.texts(),
            prompt: reader.text().to_owned(),
            answer: self.choice(&mut reader),
            accept: reader.texts(),
            distractors: (0..reader.number())
                .map(|_| self.choice(&mut reader))
                .collect(),
            reason: reader.text().to_owned(),
            citation: self.text(reader.number()).to_owned(),
            url: self.after_zero(reader.number()).map(str::to_owned),
            lookup: self
                .after_zero(reader.number())
                .and_then(|entity| EntityRef::try_from(entity.to_owned()).ok()),
        }
    }

    /// The entities that the question names; skips the tags after them.
    fn about(&self, reader: &mut Reader) -> Vec<EntityRef> {
        let entities = (0..reader.number()).filter_map(|_| {
            let entity = self.text(reader.number()).to_owned();
            EntityRef::try_from(entity).ok()
        });
        let entities = entities.collect();
        reader.skip_tags();
        entities
    }

    /// How many texts are shared.
    pub(super) fn texts_count(&self) -> usize {
        self.texts.len()
    }

    /// The text with this number.
    pub(super) fn text(&self, number: u32) -> &str {
        self.texts.text(number)
    }

    /// The bytes of the text with this number, which sort as the text does.
    pub(super) fn bytes(&self, number: u32) -> &[u8] {
        self.texts.get(number)
    }

    /// The text written as its number plus one; 0 means none.
    fn after_zero(&self, number: u32) -> Option<&str> {
        number.checked_sub(1).map(|number| self.text(number))
    }

    fn choice(&self, reader: &mut Reader) -> Answer {
        let shared = reader.number().checked_sub(1);
        let shared = shared.and_then(|number| self.choices.get(number as usize));
        let Some((text, entity)) = shared else {
            return Answer {
                text: reader.text().to_owned(),
                entity: None,
            };
        };
        Answer {
            text: self.text(*text).to_owned(),
            entity: EntityRef::try_from(self.text(*entity).to_owned()).ok(),
        }
    }
}

/// Every difficulty, by its number.
pub(super) const DIFFICULTIES: [Difficulty; 3] =
    [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

const TOPICS: [Topic; 12] = [
    Topic::Cast,
    Topic::Casting,
    Topic::Crew,
    Topic::Story,
    Topic::Production,
    Topic::Places,
    Topic::Origins,
    Topic::Release,
    Topic::Novel,
    Topic::Studio,
    Topic::Career,
    Topic::Awards,
];

fn topic(number: u32) -> Topic {
    let topic = TOPICS.get(number as usize);
    topic.copied().unwrap_or(Topic::Story)
}

fn difficulty(number: u32) -> Difficulty {
    let difficulty = DIFFICULTIES.get(number as usize);
    difficulty.copied().unwrap_or(Difficulty::Medium)
}

fn put_number(bytes: &mut Vec<u8>, mut number: u32) {
    loop {
        let low = number.to_le_bytes()[0];
        number >>= 7;
        if number == 0 {
            return bytes.push(low);
        }
        bytes.push(low | 0x80);
    }
}

fn put_count(bytes: &mut Vec<u8>, count: usize) {
    put_number(bytes, number_of(count));
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_count(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

fn put_texts(bytes: &mut Vec<u8>, texts: &[String]) {
    put_count(bytes, texts.len());
    for text in texts {
        put_text(bytes, text);
    }
}

/// The remaining bytes. It only ever reads what [`Packer`] wrote; past the end everything is empty.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn number(&mut self) -> u32 {
        let mut number = 0;
        let mut shift = 0;
        while let Some((byte, rest)) = self.0.split_first() {
            self.0 = rest;
            number |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 28 {
                break;
            }
        }
        number
    }

    fn text(&mut self) -> &'a str {
        let length = self.number() as usize;
        let Some((text, rest)) = self.0.split_at_checked(length) else {
            return "";
        };
        self.0 = rest;
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// Skips the [`Tags`] that [`Packer`] wrote.
    fn skip_tags(&mut self) {
        for _ in 0..=self.number() {
            self.number();
        }
    }

    fn texts(&mut self) -> Vec<String> {
        let count = self.number();
        (0..count).map(|_| self.text().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::EntityKind;
    use proptest::prelude::*;

    fn answer() -> impl Strategy<Value = Answer> {
        let entity =
            prop::option::of("[a-z-]{1,9}".prop_map(|id| EntityRef::new(EntityKind::Work, id)));
        ("\\PC{0,20}", entity).prop_map(|(text, entity)| Answer { text, entity })
    }

    prop_compose! {
        fn question()(
            texts in prop::collection::vec("\\PC{0,200}", 6),
            facts in prop::collection::vec("[a-z]{0,9}", 0..3),
            tells in prop::collection::vec("[a-z]{0,9}", 0..3),
            accept in prop::collection::vec("\\PC{0,9}", 0..3),
            choices in prop::collection::vec(answer(), 1..6),
            topic in prop::sample::select(TOPICS.to_vec()),
            difficulty in prop::sample::select(DIFFICULTIES.to_vec()),
            url in prop::option::of("[a-z]{0,9}"),
        ) -> Question {
            Question {
                id: texts[0].clone(),
                pack: texts[1].clone(),
                facts,
                tells,
                topic,
                difficulty,
                template: texts[2].clone(),
                about: choices.iter().filter_map(|choice| choice.entity.clone()).collect(),
                prompt: texts[3].clone(),
                lookup: choices[0].entity.clone(),
                answer: choices[0].clone(),
                accept,
                distractors: choices[1..].to_vec(),
                reason: texts[4].clone(),
                citation: texts[5].clone(),
                url,
            }
        }
    }

    proptest! {
        /// A question survives packing unchanged, whatever else is packed with it.
        #[test]
        fn what_is_packed_comes_back(questions in prop::collection::vec(question(), 1..6)) {
            let mut packer = Packer::default();
            let tags = Tags { subjects: vec!["genre:war".into()], fame: 4 };
            let mut entities: Vec<&EntityRef> = Vec::new();
            let packed = questions.iter().map(|question| {
                let places = question.choices().map(|choice| {
                    let entity = choice.entity.as_ref()?;
                    let known = entities.iter().position(|known| *known == entity);
                    let place = known.unwrap_or(entities.len());
                    if known.is_none() {
                        entities.push(entity);
                    }
                    // The last ones are not known.
                    (place < 4).then_some(number_of(place))
                });
                let places: Vec<Option<u32>> = places.collect();
                packer.pack(question, &tags, &places)
            });
            let packed: Vec<_> = packed.collect();
            let shared = packer.finish();
            for (question, packed) in questions.iter().zip(&packed) {
                let packed = packed.view();
                prop_assert_eq!(packed.id(), &question.id);
                prop_assert_eq!(&shared.unpack(packed), question);
                let subjects: Vec<_> = packed.subjects().map(|s| shared.text(s).to_owned()).collect();
                let about = question.about.iter().map(ToString::to_string);
                prop_assert_eq!(subjects, about.chain(tags.subjects.iter().map(ToString::to_string)).collect::<Vec<_>>());
                let QuestionHeader { template, topic, fame } = packed.brief();
                let template = shared.text(template);
                let expected = (question.template.as_str(), question.topic, 4);
                prop_assert_eq!((template, topic, fame), expected);
            }
        }

        #[test]
        fn numbers_come_back(number: u32) {
            let mut bytes = Vec::new();
            put_number(&mut bytes, number);
            prop_assert_eq!(Reader(&bytes).number(), number);
        }
    }
}
