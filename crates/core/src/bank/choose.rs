//! Selects the questions that a game may ask; this is where choosing a game's rounds starts.

use super::Bank;
use super::compose::{Candidate, Class, Rules, compose};
use super::draw::{Draw, SHARE_ROUNDS};
use super::measured::Levels;
use super::pack_list::PackList;
use super::place_context::{PlaceContext, level_of};
use super::pool::{Pool, QuestionRef};
use super::question::Question;
use super::round::Round;
use super::subject::Subject;
use crate::asked_history::QuestionHash;
use crate::facts::{Difficulty, PackId};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The pack of the article that the program is about. A game with no filters takes one question in
/// ten from it, if it is loaded.
pub const ARTICLE_PACK: &str = "heat-2";

/// The filters of a game.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionQuery {
    /// Only from these packs.
    pub packs: PackList,
    /// Never from these packs, which a server has switched off.
    pub off: BTreeSet<PackId>,
    /// Only about this.
    pub about: Option<Subject>,
    /// How many questions.
    pub rounds: u16,
    /// Only of this difficulty.
    pub difficulty: Option<Difficulty>,
    /// Only questions that make sense without their choices.
    pub typed: bool,
}

/// Why no questions can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChooseError {
    /// No pack with this id is loaded.
    #[error("no pack \"{0}\" is loaded; choose one of the loaded packs, or none for all of them")]
    UnknownPack(PackId),
    /// The server has switched this pack off.
    #[error("the pack \"{0}\" is switched off here; choose another one, or switch it on")]
    SwitchedOff(PackId),
    /// The packs, at this difficulty, have no question.
    #[error("no loaded question fits; choose another pack or difficulty")]
    NoQuestion,
    /// Every question that fits is hidden.
    #[error(
        "every question that fits is hidden because of reports; choose another pack or difficulty"
    )]
    AllHidden,
}

/// Chooses a game's rounds from some banks for a place. The same arguments always choose the same
/// rounds; if every question that fits is hidden, there are none. If the query names neither a pack
/// nor a subject and there are two banks, the first is the server's own and gets its share of the
/// game.
///
/// Questions never asked before come first, then those asked longest ago. A pool with fewer
/// questions than rounds returns all it has. Among new questions, those on well-known films and of
/// entertaining kinds are more likely. [`compose`] then puts the game together.
///
/// # Errors
/// If the pack is not loaded, or no question fits the query.
pub fn choose(
    banks: &[&Bank],
    query: &QuestionQuery,
    place: PlaceContext<'_>,
    seed: u64,
) -> Result<Vec<Round>, ChooseError> {
    let pool = pool(banks, query, place.levels)?;
    let draw = Draw {
        banks,
        difficulty: query.difficulty,
        place,
        hidden: place.hidden.iter().map(|id| QuestionHash::of(id)).collect(),
        seed,
    };
    let mut candidates = draw.candidates(&pool, usize::from(query.rounds));
    let mut shares = Vec::new();
    if query.packs.is_all() && query.about.is_none() {
        for (class, pool) in pools_of_shares(banks, query) {
            let more = draw.share(&pool, shares.len() as u64);
            if !more.is_empty() {
                shares.push(class);
            }
            candidates = more.into_iter().chain(candidates).collect();
        }
        let mut known = BTreeSet::new();
        candidates.retain(|at| known.insert(*at));
    }
    let candidates = candidates.into_iter().map(|at| {
        let class = class_of(banks, at).filter(|class| shares.contains(class));
        Candidate::of(banks[at.bank], at, draw.level(at), class)
    });
    let candidates = candidates.collect();
    let rules = Rules {
        rounds: usize::from(query.rounds),
        about: query.about.as_ref(),
        shares,
    };
    let questions = compose(candidates, &rules, &mut draw.random(SHARE_ROUNDS));
    // A separate random stream, so that the length of the search does not change the choices.
    let mut random = draw.random(1);
    let rounds = questions.into_iter();
    Ok(rounds
        .map(|question| round(Arc::new(question), &mut random))
        .collect())
}

/// The pools that have a share in every game with no filters.
fn pools_of_shares<'a>(banks: &[&'a Bank], query: &QuestionQuery) -> Vec<(Class, Pool<'a>)> {
    let mut shares = Vec::new();
    for (place, bank) in banks.iter().enumerate() {
        let mut packs = played(bank, query);
        let class = if place + 1 < banks.len() {
            Class::Own
        } else {
            for (pack, plays) in bank.packs().iter().zip(&mut packs) {
                *plays &= pack.id == ARTICLE_PACK;
            }
            Class::Article
        };
        if packs.contains(&true) {
            let mut pool = Pool::default();
            pool.add_parts((place, bank), &packs, query.difficulty, query.typed);
            shares.push((class, pool));
        }
    }
    shares
}

/// The share that a question counts towards in a game with no filters.
fn class_of(banks: &[&Bank], at: QuestionRef) -> Option<Class> {
    if at.bank + 1 < banks.len() {
        return Some(Class::Own);
    }
    let bank = banks[at.bank];
    let pack = bank.packs().get(bank.traits.get(at.number).pack())?;
    (pack.id == ARTICLE_PACK).then_some(Class::Article)
}

/// The questions that match a query.
///
/// # Errors
/// If the pack is in none of the banks, or no question fits.
pub(super) fn pool<'a>(
    banks: &[&'a Bank],
    query: &QuestionQuery,
    levels: &Levels,
) -> Result<Pool<'a>, ChooseError> {
    let is_loaded = |id: &PackId| {
        let mut packs = banks.iter().flat_map(|bank| bank.packs());
        packs.any(|pack| pack.id == *id)
    };
    if let Some(unknown) = query.packs.ids().iter().find(|id| !is_loaded(id)) {
        return Err(ChooseError::UnknownPack(unknown.clone()));
    }
    let mut pool = Pool::default();
    for (place, bank) in banks.iter().enumerate() {
        let packs = played(bank, query);
        let is_measured = place + 1 == banks.len();
        let fits = |number: &u32| {
            let traits = bank.traits.get(*number);
            packs.get(traits.pack()) == Some(&true) && (!query.typed || traits.can_be_typed())
        };
        if let Some(about) = &query.about {
            let is_level = |number: &u32| {
                let wanted = query.difficulty;
                wanted.is_none_or(|wanted| wanted == level_of(levels, bank, *number, is_measured))
            };
            let numbers = bank.about(about).into_iter();
            let numbers = numbers.filter(fits).filter(is_level);
            pool.add_listed(place, bank, numbers.collect());
            continue;
        }
        pool.add_parts((place, bank), &packs, query.difficulty, query.typed);
        if let (Some(wanted), true) = (query.difficulty, is_measured) {
            // Questions whose measured difficulty differs are still in the other pool; a draw skips
            // them there.
            let turned = levels.turned(bank, wanted).into_iter().filter(fits);
            pool.add_listed(place, bank, turned.collect());
        }
    }
    if pool.len() == 0 {
        return Err(ChooseError::NoQuestion);
    }
    Ok(pool)
}

/// Which packs of a bank a query draws from, in the bank's order.
fn played(bank: &Bank, query: &QuestionQuery) -> Vec<bool> {
    let packs = bank.packs().iter();
    packs.map(|pack| query.plays(&pack.id)).collect()
}

impl QuestionQuery {
    /// Whether it asks questions of every pack.
    #[must_use]
    pub fn plays_all(&self) -> bool {
        self.packs.is_all() && self.off.is_empty()
    }

    /// Whether it asks questions of this pack.
    #[must_use]
    pub fn plays(&self, pack: &PackId) -> bool {
        self.packs.has(pack) && !self.off.contains(pack)
    }
}

/// Draws three wrong answers, nearer ones with a higher chance, and a position for the right one.
pub(super) fn round(question: Arc<Question>, random: &mut ChaCha8Rng) -> Round {
    let mut left: Vec<u16> = (0..).take(question.distractors.len()).collect();
    let mut wrong = Vec::with_capacity(3);
    while wrong.len() < 3 && !left.is_empty() {
        // The weights are n+2, …, 3, so the nearest of many is several times as likely as the
        // farthest.
        let total: usize = (3..left.len() + 3).sum();
        let mut draw = random.random_range(0..total);
        let weight = |place: usize, of: usize| of + 2 - place;
        let mut place = 0;
        while draw >= weight(place, left.len()) {
            draw -= weight(place, left.len());
            place += 1;
        }
        wrong.push(left.remove(place));
    }
    wrong.shuffle(random);
    let right = random.random_range(0..4);
    let mut wrong = wrong.into_iter();
    let choices = std::array::from_fn(|i| if i == right { None } else { wrong.next() });
    Round {
        question,
        choices,
        clues: Vec::new(),
        typed: None,
    }
}
