//! Statistics of drawn games, for `packs check` and for the tests.

use super::kind::{is_showpiece, kind_of};
use super::traits::FAME_KNOWN;
use super::{ARTICLE_PACK, Bank, QuestionQuery, Round};
use crate::asked_history::{AskedHistory, QuestionHash};
use crate::facts::Difficulty;
use std::collections::{BTreeMap, BTreeSet};

/// The rounds of each game counted.
const ROUNDS: u16 = 10;

/// Games of ten with no filters, drawn from different seeds, at a place with no questions asked
/// before.
#[derive(Debug, Clone, Default)]
pub struct Games {
    /// How many.
    pub games: usize,
    /// Questions by kind.
    pub kinds: BTreeMap<String, usize>,
    /// For each position of a game, how many questions are easy, medium and hard.
    pub levels: Vec<[usize; 3]>,
    /// Questions of films that most people know.
    pub known: usize,
    /// Questions about a film.
    pub on_films: usize,
    /// Different films over all games.
    pub films: BTreeSet<String>,
    /// Questions from the article's pack.
    pub from_article: usize,
    /// Games with more than two questions on one film.
    pub films_over: usize,
    /// Games with fewer than four kinds.
    pub kinds_under: usize,
    /// Questions of the kinds that draw players in.
    pub showpieces: usize,
    /// Questions of the same kind as the one before.
    pub kinds_in_a_row: usize,
    /// Questions easier than the one before.
    pub falls: usize,
}

impl Games {
    /// Draws and counts.
    #[must_use]
    pub fn of(bank: &Bank, seeds: std::ops::Range<u64>) -> Self {
        let query = QuestionQuery {
            rounds: ROUNDS,
            ..QuestionQuery::default()
        };
        let mut counted = Self {
            levels: vec![[0; 3]; usize::from(ROUNDS)],
            ..Self::default()
        };
        for seed in seeds {
            let game = bank.choose(&query, &AskedHistory::default(), &BTreeSet::new(), seed);
            if let Ok(rounds) = game {
                counted.add(bank, &rounds);
            }
        }
        counted
    }

    fn add(&mut self, bank: &Bank, rounds: &[Round]) {
        self.games += 1;
        let mut films: BTreeMap<&str, usize> = BTreeMap::new();
        let mut kinds = Vec::new();
        for (round, levels) in rounds.iter().zip(&mut self.levels) {
            let question = &round.question;
            let kind = kind_of(&question.template, question.topic);
            *self.kinds.entry(kind.to_owned()).or_default() += 1;
            kinds.push(kind);
            self.showpieces += usize::from(is_showpiece(kind));
            levels[question.difficulty as usize] += 1;
            self.from_article += usize::from(question.pack == ARTICLE_PACK);
            if let Some(film) = question.work() {
                *films.entry(film).or_default() += 1;
                self.on_films += 1;
                self.films.insert(film.to_owned());
            }
            let mut same = bank.pools.with_hash(QuestionHash::of(&question.id));
            let fame = same.next().map(|number| bank.traits.get(number).fame());
            self.known += usize::from(fame >= Some(FAME_KNOWN));
        }
        self.films_over += usize::from(films.values().any(|count| *count > 2));
        self.kinds_in_a_row += kinds.windows(2).filter(|two| two[0] == two[1]).count();
        let different: BTreeSet<&str> = kinds.into_iter().collect();
        self.kinds_under += usize::from(different.len() < 4);
        let levels: Vec<Difficulty> = rounds
            .iter()
            .map(|round| round.question.difficulty)
            .collect();
        self.falls += levels.windows(2).filter(|two| two[0] > two[1]).count();
    }

    /// The text that `packs check` prints.
    #[must_use]
    pub fn table(&self) -> String {
        let questions = self.kinds.values().sum::<usize>().max(1);
        let percent = |count: usize| format!("{} %", (count * 100 + questions / 2) / questions);
        let mut lines = vec![
            format!("{} games of ten with no filters", self.games),
            format!(
                "  {} different films; {} questions on films that most people know, {} on plots, lines, objects, emoji and the like, {} from the pack {ARTICLE_PACK}",
                self.films.len(),
                percent(self.known),
                percent(self.showpieces),
                percent(self.from_article),
            ),
            format!(
                "  games with a third question on one film: {}, with fewer than four kinds: {}",
                self.films_over, self.kinds_under
            ),
            format!(
                "  questions of the same kind as the one before: {}, easier than the one before: {}",
                self.kinds_in_a_row, self.falls
            ),
        ];
        let levels = self
            .levels
            .iter()
            .map(|[easy, medium, hard]| format!("{easy}/{medium}/{hard}"));
        let levels: Vec<String> = levels.collect();
        lines.push(format!(
            "  easy/medium/hard by place: {}",
            levels.join("  ")
        ));
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|(kind, count)| (usize::MAX - **count, *kind));
        let kinds = kinds
            .into_iter()
            .map(|(kind, count)| format!("{kind} {}", percent(*count)));
        let kinds: Vec<String> = kinds.collect();
        lines.push(format!("  kinds: {}", kinds.join(", ")));
        lines.push(String::new());
        lines.join("\n")
    }
}
