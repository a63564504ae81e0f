//! The properties of a question that matter when a game is composed, in eight bytes each.

use super::kind::{APPEAL_MAX, appeal, is_showpiece, kind_of};
use super::packed::{DIFFICULTIES, PackedView, QuestionHeader, Shared};
use crate::facts::{Difficulty, Topic};
use foldhash::{HashMap, HashMapExt};
use serde::{Deserialize, Serialize};

/// No film.
const NONE: u32 = u32::MAX;
/// The fame of a film whose fame is not stated.
pub(super) const FAME_UNKNOWN: u8 = 3;
/// The fame from which most people know a film.
pub(super) const FAME_KNOWN: u8 = 4;
/// The highest [`Traits::weight`].
pub(super) const WEIGHT_MAX: u32 = 12 * APPEAL_MAX;

/// See the module.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Traits {
    /// The number of its film's text.
    film: u32,
    pack: u16,
    kind: u8,
    /// Fame times eight, plus difficulty times two, plus whether it can be typed.
    rest: u8,
}

/// The traits of all questions, by number.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct AllTraits {
    of: Vec<Traits>,
    kinds: Vec<Box<str>>,
}

impl AllTraits {
    /// From questions in order of their numbers, each with its pack, its difficulty and whether it
    /// can be typed.
    pub(super) fn of<'p>(
        questions: impl Iterator<Item = (PackedView<'p>, usize, Difficulty, bool)>,
        shared: &Shared,
    ) -> Self {
        let mut all = Self::default();
        let mut of_templates: HashMap<(u32, Topic), u8> = HashMap::new();
        for (packed, pack, difficulty, is_typed) in questions {
            let mut subjects = packed.subjects();
            let film = subjects.find(|subject| shared.bytes(*subject).starts_with(b"work:"));
            let QuestionHeader {
                template,
                topic,
                fame,
            } = packed.brief();
            let kind = of_templates.entry((template, topic)).or_insert_with(|| {
                let kind = kind_of(shared.text(template), topic);
                let known = all.kinds.iter().position(|known| **known == *kind);
                let place = known.unwrap_or_else(|| {
                    all.kinds.push(kind.into());
                    all.kinds.len() - 1
                });
                // Any further kinds share the last number.
                u8::try_from(place).unwrap_or(u8::MAX)
            });
            all.of.push(Traits {
                film: film.unwrap_or(NONE),
                pack: u16::try_from(pack).unwrap_or(u16::MAX),
                kind: *kind,
                rest: fame.min(5) * 8 + difficulty as u8 * 2 + u8::from(is_typed),
            });
        }
        all
    }

    pub(super) fn get(&self, number: u32) -> Traits {
        self.of[number as usize]
    }

    /// The kind of a question.
    pub(super) fn kind(&self, traits: Traits) -> &str {
        self.kinds
            .get(usize::from(traits.kind))
            .map_or("", |kind| kind)
    }
}

impl Traits {
    /// The number of its film's text, if it is about one.
    pub(super) fn film(self) -> Option<u32> {
        (self.film != NONE).then_some(self.film)
    }

    /// The index of its pack in the bank.
    pub(super) fn pack(self) -> usize {
        usize::from(self.pack)
    }

    /// How well known its film is, from 1 to 5.
    pub(super) fn fame(self) -> u8 {
        match self.rest / 8 {
            0 => FAME_UNKNOWN,
            fame => fame,
        }
    }

    /// Whether the film's fame is stated.
    pub(super) fn has_fame(self) -> bool {
        self.rest / 8 != 0
    }

    pub(super) fn difficulty(self) -> Difficulty {
        DIFFICULTIES[usize::from(self.rest / 2 % 4).min(DIFFICULTIES.len() - 1)]
    }

    pub(super) fn can_be_typed(self) -> bool {
        self.rest % 2 == 1
    }

    /// How welcome the question is, at most [`WEIGHT_MAX`]. Well-known films count for more,
    /// especially if the question is not hard, or is of a kind that draws players in: the last
    /// question of a game should be such a hard one, and there are few.
    pub(super) fn weight(self, kind: &str, difficulty: Difficulty) -> u32 {
        let is_dry = difficulty == Difficulty::Hard && !is_showpiece(kind);
        let known = match (is_dry, self.fame()) {
            (true, 5) => 6,
            (true, 4) => 5,
            (true, 2) => 2,
            (_, 5) => 12,
            (_, 4) => 8,
            (_, 3) => 4,
            _ => 1,
        };
        known * appeal(kind)
    }
}
