//! Collects questions into a bank: drops duplicates and sorts the rest.

use super::lint::{self, Checked, Checks};
use super::looked_up::LookedUp;
use super::packed::{Packed, Packer, Shared, number_of};
use super::pool::Pools;
use super::postings::Postings;
use super::question::Question;
use super::rank::Ranks;
use super::shares::{self, Share};
use super::traits::AllTraits;
use super::typed::{Names, can_be_typed};
use super::work_tags::{Tags, WorkTags};
use super::{Bank, Index, PackInfo, cast, cinema, company, crew, release};
use crate::asked_history::QuestionHash;
use crate::blocks::Blocks;
use crate::facts::{Difficulty, FactBase, Fault, PackId, fold, mark};
use crate::rows::Rows;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The questions of all templates, those of each by themselves.
pub(super) fn by_templates(index: &Index) -> Vec<Vec<Question>> {
    let templates = [
        cast::questions,
        crew::questions,
        release::questions,
        company::questions,
    ];
    let (mut made, of_cinema) = rayon::join(
        || {
            let made = templates.par_iter().with_max_len(1);
            made.map(|questions| questions(index))
                .collect::<Vec<Vec<Question>>>()
        },
        || cinema::questions(index),
    );
    made.extend(of_cinema);
    made
}

/// The questions collected so far.
pub(super) struct Gathering<'a> {
    base: &'a FactBase,
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
    /// What the linter found in each of `made`, if they are checked.
    checked: Vec<Checked>,
}

/// What follows from a question alone, whatever else is collected.
struct Derived<'a> {
    looked_up: LookedUp<'a>,
    /// The hash of what it asks.
    asks: u64,
    /// The hash of its id.
    hash: QuestionHash,
    tags: Tags,
    can_be_typed: bool,
    share: Share,
}

impl<'a> Derived<'a> {
    fn of(question: &Question, base: &'a FactBase, lore: &WorkTags) -> Self {
        let looked_up = LookedUp::of(question, base);
        Self {
            asks: mark(&looked_up.asks),
            hash: QuestionHash::of(&question.id),
            tags: lore.tags(question, &looked_up.facts),
            can_be_typed: can_be_typed(question),
            share: Share::of(question),
            looked_up,
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
    pub(super) fn of(base: &'a FactBase, lore: WorkTags<'a>) -> Self {
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
            base,
            lore,
            packer: Packer::default(),
            made: Vec::new(),
            prompts: HashSet::new(),
            ids: HashSet::new(),
            by_hand: HashMap::new(),
            ranks: Ranks::default(),
            checked: Vec::new(),
        }
    }

    /// Adds hand-written questions.
    pub(super) fn add_written(&mut self, mut questions: Vec<Question>, checks: Option<&Checks>) {
        for question in &mut questions {
            self.ranks.even_out(question);
            if let Some(fact) = question.facts.first() {
                let written = ByHand {
                    answer: fold(question.answer.bare()),
                    prompt: fold(&question.prompt),
                };
                self.by_hand.entry(fact.clone()).or_default().push(written);
            }
        }
        self.add_each(&questions, checks, |_, _, _| false);
    }

    /// Adds questions of templates, except those that a hand-written question already asks. Two
    /// films of one year would both be asked for as "a film of 1995"; one is enough.
    pub(super) fn add_made(&mut self, questions: Vec<Question>, checks: Option<&Checks>) {
        self.add_each(&questions, checks, |this, question, derived| {
            this.prompts.contains(&derived.asks)
                || this.ids.contains(&derived.hash)
                || this.is_written(question)
        });
        // On all cores: they are many small texts.
        questions.into_par_iter().for_each(drop);
    }

    /// Adds questions that are not taken by one before. Packs them on one core, because they share
    /// texts, while the others check them.
    fn add_each(
        &mut self,
        questions: &[Question],
        checks: Option<&Checks>,
        is_taken: fn(&Self, &Question, &Derived) -> bool,
    ) {
        let (base, lore) = (self.base, &self.lore);
        let derived = questions
            .par_iter()
            .map(|question| Derived::of(question, base, lore));
        let derived: Vec<Derived> = derived.collect();
        let (are_added, checked) = rayon::join(
            || {
                let all = questions.iter().zip(&derived);
                let are_added = all.map(|(question, derived)| {
                    !is_taken(self, question, derived) && self.add(question, derived)
                });
                are_added.collect::<Vec<bool>>()
            },
            || {
                checks.map_or_else(Vec::new, |checks| {
                    let all = questions.par_iter().zip(&derived);
                    let checked =
                        all.map(|(question, derived)| checks.check(question, &derived.looked_up));
                    checked.collect::<Vec<Checked>>()
                })
            },
        );
        let checked = checked.into_iter().zip(are_added);
        let checked = checked.filter_map(|(checked, is_added)| is_added.then_some(checked));
        self.checked.extend(checked);
    }

    /// Adds a question, if its pack is loaded.
    fn add(&mut self, question: &Question, derived: &Derived) -> bool {
        self.prompts.insert(derived.asks);
        let Some(pack) = self.places.get(&question.pack) else {
            return false;
        };
        self.ids.insert(derived.hash);
        self.made.push(GatheredQuestion {
            pack: number_of(*pack),
            difficulty: question.difficulty,
            can_be_typed: derived.can_be_typed,
            share: derived.share,
            packed: self
                .packer
                .pack(question, &derived.tags, &derived.looked_up.places),
        });
        true
    }

    /// Whether a hand-written question asks the same: the same fact and answer, with every name and
    /// number of the template's prompt.
    fn is_written(&self, question: &Question) -> bool {
        let fact = question.facts.first();
        let Some(written) = fact.and_then(|fact| self.by_hand.get(fact)) else {
            return false;
        };
        let answer = fold(question.answer.bare());
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

    /// The bank of everything collected, and the faults of its questions, if they were checked.
    pub(super) fn finish(self, names: Names) -> (Bank, Vec<Fault>) {
        let checked = self.checked.into_iter().map(Some);
        let checked = checked.chain(std::iter::repeat(None));
        let mut made: Vec<(GatheredQuestion, Option<Checked>)> =
            self.made.into_iter().zip(checked).collect();
        shares::thin(&mut made, |(made, _)| &made.share);
        // In the bank's order, because the linter names questions by number.
        made.sort_by_key(|(made, _)| made.pack);
        let (made, checked): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        let bank = arrange(self.packs, made, self.packer.finish(), names);
        let faults = lint::faults(&bank, checked.into_iter().flatten().collect());
        (bank, faults)
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
    let ((pools, traits), rows) = rayon::join(
        || {
            let kinds = made.iter().map(|made| {
                let hash = QuestionHash::of(made.packed.view().id());
                (made.pack as usize, made.difficulty, made.can_be_typed, hash)
            });
            let traits = made.iter().map(|made| {
                let pack = made.pack as usize;
                (made.packed.view(), pack, made.difficulty, made.can_be_typed)
            });
            let pools = Pools::of(packs.len(), kinds);
            (pools, AllTraits::of(traits, &shared))
        },
        || Rows::of(made.iter().map(|made| made.packed.as_ref())),
    );
    drop(made);
    let (postings, questions) = rayon::join(|| Postings::of(&rows, &shared), || Blocks::of(&rows));
    Bank {
        questions,
        shared,
        packs,
        pools,
        traits,
        postings,
        names,
    }
}
