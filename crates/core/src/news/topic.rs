//! The topics of the news.

use crate::facts::{self, Fact, NewsTopic, Status};

/// The sections of `/news`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The most important items of the others, without opinions and rumours.
    Headlines,
    /// Who may play whom.
    Casting,
    /// Filming, preparation, trailer.
    Production,
    /// The book.
    Novel,
    /// The company, contracts, money.
    Studio,
    /// The writer's opinions.
    Analysis,
}

impl Topic {
    /// In display order.
    pub const ALL: [Self; 6] = [
        Self::Headlines,
        Self::Casting,
        Self::Production,
        Self::Novel,
        Self::Studio,
        Self::Analysis,
    ];

    /// The value of the command's option and of the menu: part of the contract, never changed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Headlines => "headlines",
            Self::Casting => "casting",
            Self::Production => "production",
            Self::Novel => "novel",
            Self::Studio => "studio",
            Self::Analysis => "analysis",
        }
    }

    /// The topic with this [`Self::name`].
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }

    /// A fact's topic; `None` if it is not news.
    pub(super) fn of(fact: &Fact) -> Option<Self> {
        Some(match fact.news? {
            NewsTopic::Casting => Self::Casting,
            NewsTopic::Production => Self::Production,
            NewsTopic::Novel => Self::Novel,
            NewsTopic::Studio => Self::Studio,
            NewsTopic::Analysis => Self::Analysis,
        })
    }

    /// An opinion's topic by its subject, besides [`Self::Analysis`].
    pub(super) fn of_opinion(fact: &Fact) -> Option<Self> {
        if fact.status != Status::Opinion {
            return None;
        }
        match fact.topic {
            facts::Topic::Cast | facts::Topic::Casting | facts::Topic::Career => {
                Some(Self::Casting)
            }
            facts::Topic::Production | facts::Topic::Crew | facts::Topic::Places => {
                Some(Self::Production)
            }
            facts::Topic::Novel | facts::Topic::Story => Some(Self::Novel),
            facts::Topic::Studio | facts::Topic::Release => Some(Self::Studio),
            facts::Topic::Origins | facts::Topic::Awards => None,
        }
    }
}
