//! Which questions a place was asked, kept so small that all of them can be read for every game.
//!
//! A question stands here as its [`mark`], a number made from its id, and beside it the game that
//! asked it last. Ids of games are Discord's own and grow with time, so that the lesser one is the
//! one longer ago. A place that was asked a hundred thousand questions takes 1.6 MB, read and gone
//! through in a few milliseconds, and so none is ever repeated for want of looking.
//!
//! Pure: ids and bytes in, numbers out.

use std::borrow::Borrow;

/// A question's number: 64 bits of its id, the same on every machine and in every version, because
/// databases keep it. Two questions of a million have the same one in one of 37 million banks.
///
/// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>), and then, because its upper bits tell
/// little of the last letters, the finishing steps of `MurmurHash3`
/// (<https://github.com/aappleby/smhasher/wiki/MurmurHash3>).
#[must_use]
pub fn mark(question: &str) -> u64 {
    let fnv = question
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^ (mixed >> 33)
}

/// What a place was asked: for each question the game that asked it last, in order of the marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked(Vec<(u64, u64)>);

impl Asked {
    /// Joins [pages](noted), given in order of their numbers.
    pub fn of_pages(pages: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        let mut all = Vec::new();
        for page in pages {
            all.extend(entries(page.as_ref()));
        }
        debug_assert!(all.is_sorted(), "pages out of order");
        Self(all)
    }

    /// How many questions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the place was never asked anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The game that asked the question of this mark last, if any did.
    #[must_use]
    pub fn when(&self, mark: u64) -> Option<u64> {
        let at = self.0.binary_search_by_key(&mark, |(mark, _)| *mark);
        at.ok().map(|at| self.0[at].1)
    }

    /// Looks up many marks, which must come in order.
    #[must_use]
    pub fn in_order(&self) -> InOrder<'_> {
        InOrder(&self.0)
    }
}

impl<Id: Borrow<str>> FromIterator<(Id, u64)> for Asked {
    fn from_iter<I: IntoIterator<Item = (Id, u64)>>(asked: I) -> Self {
        let asked = asked.into_iter();
        let mut all: Vec<_> = asked.map(|(id, game)| (mark(id.borrow()), game)).collect();
        all.sort_unstable();
        Self(all)
    }
}

/// See [`Asked::in_order`].
pub struct InOrder<'a>(&'a [(u64, u64)]);

impl InOrder<'_> {
    /// As [`Asked::when`], for a mark that is no less than the one before.
    pub fn when(&mut self, mark: u64) -> Option<u64> {
        // The next one is mostly near: strides of doubling length find it sooner than halving all
        // that is left.
        let mut stride = 1;
        while self.0.get(stride).is_some_and(|(other, _)| *other < mark) {
            stride *= 2;
        }
        let near = &self.0[..self.0.len().min(stride + 1)];
        let at = near.partition_point(|(other, _)| *other < mark);
        self.0 = &self.0[at..];
        let (found, game) = self.0.first()?;
        (*found == mark).then_some(*game)
    }
}

/// The page, one of 256, that a question is kept in.
#[must_use]
pub fn page_of(mark: u64) -> u8 {
    mark.to_be_bytes()[0]
}

/// A page with one question more, or with a later game for it. An empty one is a new page.
///
/// It holds 16 bytes for each question, in order of the marks: the mark and the game, each with
/// its lowest byte first.
#[must_use]
pub fn noted(page: &[u8], mark: u64, game: u64) -> Vec<u8> {
    let mut all: Vec<_> = entries(page).collect();
    match all.binary_search_by_key(&mark, |(mark, _)| *mark) {
        Ok(at) => all[at].1 = game,
        Err(at) => all.insert(at, (mark, game)),
    }
    let numbers = all.iter().flat_map(|(mark, game)| [mark, game]);
    numbers.flat_map(|number| number.to_le_bytes()).collect()
}

fn entries(page: &[u8]) -> impl Iterator<Item = (u64, u64)> {
    let (numbers, _) = page.as_chunks::<{ size_of::<u64>() }>();
    let (entries, _) = numbers.as_chunks::<2>();
    let entries = entries.iter();
    entries.map(|[mark, game]| (u64::from_le_bytes(*mark), u64::from_le_bytes(*game)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Databases keep them: they may never change.
    #[test]
    fn marks_stay_what_they_are() {
        assert_eq!(mark(""), 0xefd0_1f60_ba99_2926);
        assert_eq!(mark("bale-role-hanna/cast-who"), 0x36c6_6cd2_160f_fd13);
    }

    proptest! {
        #[test]
        fn pages_keep_what_was_asked_last(asks in prop::collection::vec((0_u32..300, 1_u64..), 0..500)) {
            let mut pages: BTreeMap<u8, Vec<u8>> = BTreeMap::new();
            let mut last = BTreeMap::new();
            for (question, game) in asks {
                let id = format!("question-{question}");
                let page = pages.entry(page_of(mark(&id))).or_default();
                *page = noted(page, mark(&id), game);
                last.insert(id, game);
            }
            let asked = Asked::of_pages(pages.values());
            prop_assert_eq!(&asked, &last.iter().map(|(id, game)| (id.as_str(), *game)).collect());
            let mut marks: Vec<u64> = (0..400).map(|n| mark(&format!("question-{n}"))).collect();
            marks.sort_unstable();
            let mut in_order = asked.in_order();
            for mark in marks {
                prop_assert_eq!(in_order.when(mark), asked.when(mark));
            }
            for (id, game) in last {
                prop_assert_eq!(asked.when(mark(&id)), Some(game));
            }
        }
    }
}
