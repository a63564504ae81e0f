//! Collects questions into a bank: drops duplicates and sorts the rest.

use super::packed::{Packed, Packer, Shared, number_of};
use super::pool::Pools;
use super::postings::Postings;
use super::question::Question;
use super::rank::Ranks;
use super::shares::{self, Share};
use super::traits::AllTraits;
use super::typed::{Names, can_be_typed};
use super::words::asked;
use super::work_tags::{Tags, WorkTags};
use super::{Bank, Index, PackInfo, cast, cinema, company, crew, release};
use crate::asked_history::QuestionHash;
use crate::blocks::Blocks;
use crate::facts::{Difficulty, FactBase, PackId, fold};
use crate::rows::Rows;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The questions collected so far.
pub(super) struct Gathering<'a> {
    lore: WorkTags<'a>,
    packer: Packer,
    made: Vec<GatheredQuestion>,
    packs: Vec<PackInfo>,
    places: HashMap<PackId, usize>,
    /// Hashes of folded prompts. A hash collision would lose one of a million questions.
    prompts: HashSet<u64>,
    /// Hashes of ids.
    ids: HashSet<QuestionHash>,
    /// Hand-written questions, by their main fact.
    by_hand: HashMap<String, Vec<ByHand>>,
    ranks: Ranks,
}

/// What follows from a question alone, whatever else is collected.
struct Derived {
    /// The hash of what it [asks](asked).
    asks: u64,
    /// The hash of its id.
    hash: QuestionHash,
    tags: Tags,
    can_be_typed: bool,
    share: Share,
}

impl Derived {
    fn of(question: &Question, lore: &WorkTags) -> Self {
        Self {
            asks: hash(&asked(&question.prompt, &question.answer.text)),
            hash: QuestionHash::of(&question.id),
            tags: lore.tags(question),
            can_be_typed: can_be_typed(question),
            share: Share::of(question),
        }
    }
}

/// What a hand-written question says, folded.
struct ByHand {
    answer: String,
    prompt: String,
}

/// A question with its search keys.
pub(super) struct GatheredQuestion {
    pack: u32,
    difficulty: Difficulty,
    can_be_typed: bool,
    share: Share,
    packed: Packed,
}

impl GatheredQuestion {
    /// `pack` is the index of the question's pack.
    pub(super) fn of(pack: usize, question: &Question, packed: Packed) -> Self {
        Self {
            pack: number_of(pack),
            difficulty: question.difficulty,
            can_be_typed: can_be_typed(question),
            share: Share::of(question),
            packed,
        }
    }
}

impl<'a> Gathering<'a> {
    pub(super) fn of(base: &'a FactBase) -> Self {
        let packs: Vec<_> = base
            .packs()
            .iter()
            .map(|pack| PackInfo {
                id: pack.id.clone(),
                title: pack.title.clone(),
                questions: 0,
            })
            .collect();
        let places = packs.iter().enumerate();
        Self {
            places: places
                .map(|(place, pack)| (pack.id.clone(), place))
                .collect(),
            packs,
            lore: WorkTags::of(base),
            packer: Packer::default(),
            made: Vec::new(),
            prompts: HashSet::new(),
            ids: HashSet::new(),
            by_hand: HashMap::new(),
            ranks: Ranks::default(),
        }
    }

    /// Adds a hand-written question.
    pub(super) fn add_written(&mut self, mut question: Question) {
        self.ranks.even_out(&mut question);
        let question = &question;
        if let Some(fact) = question.facts.first() {
            let written = ByHand {
                answer: fold(&question.answer.text),
                prompt: fold(&question.prompt),
            };
            self.by_hand.entry(fact.clone()).or_default().push(written);
        }
        let derived = Derived::of(question, &self.lore);
        self.add(question, &derived);
    }

    /// Adds the templates' questions, except those that a hand-written question already asks. Two
    /// films of one year would both be asked for as "a film of 1995"; one is enough.
    pub(super) fn add_templates(&mut self, index: &Index) {
        let templates = [
            cast::questions,
            crew::questions,
            release::questions,
            company::questions,
            cinema::questions,
        ];
        for questions in templates {
            let questions = questions(index);
            let derived = questions
                .par_iter()
                .map(|question| Derived::of(question, &self.lore));
            let derived: Vec<Derived> = derived.collect();
            for (question, derived) in questions.iter().zip(derived) {
                let is_taken = self.prompts.contains(&derived.asks)
                    || self.ids.contains(&derived.hash)
                    || self.is_written(question);
                if !is_taken {
                    self.add(question, &derived);
                }
            }
        }
    }

    fn add(&mut self, question: &Question, derived: &Derived) {
        self.prompts.insert(derived.asks);
        let Some(pack) = self.places.get(&question.pack) else {
            return;
        };
        self.ids.insert(derived.hash);
        self.made.push(GatheredQuestion {
            pack: number_of(*pack),
            difficulty: question.difficulty,
            can_be_typed: derived.can_be_typed,
            share: derived.share,
            packed: self.packer.pack(question, &derived.tags),
        });
    }

    /// Whether a hand-written question asks the same: the same fact and answer, with every name and
    /// number of the template's prompt.
    fn is_written(&self, question: &Question) -> bool {
        let fact = question.facts.first();
        let Some(written) = fact.and_then(|fact| self.by_hand.get(fact)) else {
            return false;
        };
        let answer = fold(&question.answer.text);
        let is_name =
            |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let is_opening =
            |word: &&str| matches!(*word, "Who" | "Which" | "What" | "In" | "Of" | "As");
        let prompt = question.prompt.split([' ', '(', ')', '?', ',']);
        let names = prompt.filter(|word| is_name(word) && !is_opening(word));
        let names: Vec<String> = names.map(fold).collect();
        let written = written.iter().filter(|written| written.answer == answer);
        written.map(|written| &written.prompt).any(|prompt| {
            let words: BTreeSet<&str> = prompt.split(' ').collect();
            names.iter().all(|name| words.contains(name.as_str()))
        })
    }

    /// The bank of everything collected.
    pub(super) fn finish(mut self, names: Names) -> Bank {
        shares::thin(&mut self.made, |made| &made.share);
        arrange(self.packs, self.made, self.packer.finish(), names)
    }
}

/// Sorts questions by pack, and indexes them.
pub(super) fn arrange(
    mut packs: Vec<PackInfo>,
    mut made: Vec<GatheredQuestion>,
    shared: Shared,
    names: Names,
) -> Bank {
    made.sort_by_key(|made| made.pack);
    for pack in &mut packs {
        pack.questions = 0;
    }
    for made in &made {
        if let Some(pack) = packs.get_mut(made.pack as usize) {
            pack.questions += 1;
        }
    }
    let kinds = made.iter().map(|made| {
        let hash = QuestionHash::of(made.packed.view().id());
        (made.pack as usize, made.difficulty, made.can_be_typed, hash)
    });
    let pools = Pools::of(packs.len(), kinds);
    let traits = made.iter().map(|made| {
        let pack = made.pack as usize;
        (made.packed.view(), pack, made.difficulty, made.can_be_typed)
    });
    let traits = AllTraits::of(traits, &shared);
    let questions: Rows = made.into_iter().map(|made| made.packed).collect();
    Bank {
        postings: Postings::of(&questions, &shared),
        questions: Blocks::of(&questions),
        shared,
        packs,
        pools,
        traits,
        names,
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
