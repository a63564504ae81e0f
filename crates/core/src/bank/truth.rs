//! Which choices of a template's question are true, judged from the facts alone. The linter
//! compares this with what the templates decided.

use super::question::{Answer, Question};
use super::wording::title;
use crate::facts::{EntityKind, EntityRef, Fact, FactBase, FactKind, Job, fold, is_player};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

type Pairs<'a> = HashSet<(&'a str, &'a str)>;

/// What all loaded facts say, of any status.
pub(super) struct Truth<'a> {
    base: &'a FactBase,
    /// Person and work.
    cast: Pairs<'a>,
    directed: Pairs<'a>,
    composed: Pairs<'a>,
    wrote_original: Pairs<'a>,
    /// Work, and what it belongs to.
    series: Pairs<'a>,
    /// Person, and the works with them.
    works_with: HashMap<&'a str, BTreeSet<&'a str>>,
    /// Work, and the people in it.
    players: HashMap<&'a str, BTreeSet<&'a str>>,
    /// The folded name of characters, and the works with one of that name.
    works_with_part: HashMap<Arc<str>, HashSet<&'a str>>,
    /// The works in which a person has a part with this folded name.
    parts: HashMap<(&'a str, Arc<str>), Vec<&'a str>>,
    /// The folded names of characters.
    names: HashMap<&'a str, Arc<str>>,
    /// By category.
    won: HashMap<&'a str, Vec<&'a Fact>>,
    years: BTreeMap<&'a str, BTreeSet<u16>>,
}

impl<'a> Truth<'a> {
    pub(super) fn of(base: &'a FactBase) -> Self {
        let mut truth = Self {
            base,
            cast: HashSet::new(),
            directed: HashSet::new(),
            composed: HashSet::new(),
            wrote_original: HashSet::new(),
            series: HashSet::new(),
            works_with: HashMap::new(),
            players: HashMap::new(),
            works_with_part: HashMap::new(),
            parts: HashMap::new(),
            names: HashMap::new(),
            won: HashMap::new(),
            years: BTreeMap::new(),
        };
        for character in base.entities(EntityKind::Character) {
            let name = fold(title(character)).into();
            truth.names.insert(&character.id, name);
        }
        for fact in base.facts() {
            truth.add(fact);
        }
        for work in base.entities(EntityKind::Work) {
            truth.years.entry(&work.id).or_default().extend(work.year);
        }
        truth
    }

    fn add(&mut self, fact: &'a Fact) {
        match &fact.kind {
            FactKind::Cast {
                person,
                character,
                work,
                ..
            } => {
                self.seen(person, work);
                if let Some(name) = self.names.get(character.as_str()) {
                    let works = self.works_with_part.entry(Arc::clone(name)).or_default();
                    works.insert(work);
                    let works = self.parts.entry((person, Arc::clone(name))).or_default();
                    if !works.contains(&work.as_str()) {
                        works.push(work);
                    }
                }
            }
            FactKind::Appearance { person, work, .. } => self.seen(person, work),
            FactKind::Crew { person, job, work } => match job {
                Job::Director => _ = self.directed.insert((person, work)),
                Job::Composer => _ = self.composed.insert((person, work)),
                _ => {}
            },
            FactKind::BasedOn { work, authors, .. } => {
                let authors = authors
                    .iter()
                    .map(|author| (author.as_str(), work.as_str()));
                self.wrote_original.extend(authors);
            }
            FactKind::Series { work, series } => _ = self.series.insert((work, series)),
            FactKind::Award {
                category,
                work,
                people,
                won,
                ..
            } => {
                if let (Some(work), true) = (work, is_player(category)) {
                    for person in people {
                        self.seen(person, work);
                    }
                }
                if *won {
                    self.won.entry(category).or_default().push(fact);
                }
            }
            FactKind::Release { work, date } => {
                let year = date.get(..4).and_then(|year| year.parse().ok());
                self.years
                    .entry(work)
                    .or_default()
                    .extend::<Option<u16>>(year);
            }
            _ => {}
        }
    }

    fn seen(&mut self, person: &'a str, work: &'a str) {
        self.cast.insert((person, work));
        self.works_with.entry(person).or_default().insert(work);
        self.players.entry(work).or_default().insert(person);
    }

    /// Whether each choice is right; `None` if this template's questions cannot be checked here, or
    /// the choice names nothing.
    pub(super) fn hold<'c>(
        &self,
        question: &Question,
        choices: impl Iterator<Item = &'c Answer>,
    ) -> Vec<Option<bool>> {
        let fact = question.facts.first().and_then(|id| self.base.fact(id));
        let ids = |kind| -> Vec<&str> {
            let about = of_kind(question, kind);
            about.map(|entity| entity.id.as_str()).collect()
        };
        let (people, works) = (ids(EntityKind::Person), ids(EntityKind::Work));
        let hold = choices
            .map(|choice| self.holds(question, fact?, (&people, &works), choice.entity.as_ref()?));
        hold.collect()
    }

    fn holds(
        &self,
        question: &Question,
        fact: &Fact,
        (people, works): (&[&str], &[&str]),
        choice: &EntityRef,
    ) -> Option<bool> {
        let id = choice.id.as_str();
        let work = || of_fact(fact).or_else(|| question.work());
        let person = || people.first().copied();
        Some(match question.template.as_str() {
            "director-who" => self.directed.contains(&(id, work()?)),
            "director-three" => works
                .iter()
                .all(|work| self.directed.contains(&(id, *work))),
            "star-three" => works.iter().all(|work| self.cast.contains(&(id, *work))),
            "characters-film" => self
                .works_with_all(of_kind(question, EntityKind::Character))
                .any(|work| work == id),
            "director-film" => self.directed.contains(&(person()?, id)),
            "composer-who" => self.composed.contains(&(id, work()?)),
            "composer-film" => self.composed.contains(&(person()?, id)),
            "cast-one" => self.cast.contains(&(person()?, id)),
            "cast-two" | "cast-three" => people
                .iter()
                .all(|person| self.cast.contains(&(*person, id))),
            "cast-beside" => self.cast.contains(&(id, work()?)),
            "odd-by" => !self.directed.contains(&(person()?, id)),
            "odd-with" => !self.cast.contains(&(person()?, id)),
            "based-whose" => self.wrote_original.contains(&(id, work()?)),
            "based-film" => self.wrote_original.contains(&(person()?, id)),
            "series-which" => match &fact.kind {
                FactKind::Series { series, .. } => self.series.contains(&(id, series)),
                _ => return None,
            },
            "cast-who" | "cast-character" | "cast-film" => self.is_part(fact, choice)?,
            template if template.starts_with("award-") => self.has_won(template, fact, choice)?,
            _ => return None,
        })
    }

    /// The works in which a person has a part with this character's name.
    fn works_as<'s>(&'s self, person: &'s str, character: &str) -> Option<&'s [&'s str]> {
        let name = self.names.get(character)?;
        let works = self.parts.get(&(person, Arc::clone(name)));
        Some(works.map(Vec::as_slice).unwrap_or_default())
    }

    /// Whether the fact's part stays true with one of its three members replaced.
    fn is_part(&self, fact: &Fact, choice: &EntityRef) -> Option<bool> {
        let FactKind::Cast {
            person,
            character,
            work,
            ..
        } = &fact.kind
        else {
            return None;
        };
        let (person, character, work) = match choice.kind {
            EntityKind::Person => (&choice.id, character, work),
            EntityKind::Character => (person, &choice.id, work),
            EntityKind::Work => (person, character, &choice.id),
            EntityKind::Organisation => return None,
        };
        let works = self.works_as(person, character)?;
        Some(works.contains(&work.as_str()))
    }

    fn has_won(&self, template: &str, fact: &Fact, choice: &EntityRef) -> Option<bool> {
        let FactKind::Award {
            ceremony,
            category,
            work,
            people,
            part,
            ..
        } = &fact.kind
        else {
            return None;
        };
        let is_right = |other: &Fact| {
            let FactKind::Award {
                ceremony: other_ceremony,
                category: other_category,
                work: other_work,
                people: other_people,
                part: other_part,
                ..
            } = &other.kind
            else {
                return false;
            };
            let of_choice = match choice.kind {
                EntityKind::Person => other_people.contains(&choice.id),
                _ => other_work.as_ref() == Some(&choice.id),
            };
            of_choice
                && match template {
                    "award-who" | "award-film" => {
                        other_ceremony == ceremony && other_category == category
                    }
                    "award-for" => other_category == category && other_people == people,
                    "award-in" => other_work == work && is_player(other_category),
                    "award-song" => other_part == part && other_category == category,
                    _ => false,
                }
        };
        // "For which part did they win" depends on the work, in any acting category.
        let categories = self.won.iter();
        let mut categories =
            categories.filter(|(of, _)| *of == category || template == "award-in" && is_player(of));
        Some(categories.any(|(_, won)| won.iter().any(|won| is_right(won))))
    }

    /// The works with characters of all these names.
    fn works_with_all<'s, 'e>(
        &'s self,
        characters: impl Iterator<Item = &'e EntityRef>,
    ) -> impl Iterator<Item = &'a str> + 's {
        let of_each = characters.map(|character| {
            let name = self.names.get(character.id.as_str())?;
            self.works_with_part.get(name)
        });
        let of_each: Option<Vec<&HashSet<&str>>> = of_each.collect();
        let mut of_each = of_each.unwrap_or_default();
        // Starts from the rarest name: many works have a "Mary".
        of_each.sort_by_key(|works| works.len());
        let rarest = of_each.first().copied().into_iter().flatten().copied();
        rarest.filter(move |work| of_each.iter().all(|works| works.contains(work)))
    }

    /// How many works or people a question could mean when it is typed, without its choices; `None`
    /// if it cannot be checked here.
    pub(super) fn answers_meant(&self, question: &Question) -> Option<usize> {
        let none = BTreeSet::new();
        match question.template.as_str() {
            "cast-three" | "cast-two" => {
                let people = of_kind(question, EntityKind::Person).map(|e| e.id.as_str());
                let of_each = people.map(|person| self.works_with.get(person).unwrap_or(&none));
                let of_each: Vec<&BTreeSet<&str>> = of_each.collect();
                // Starts from the person with the fewest films, because some have thousands.
                let fewest = of_each.iter().min_by_key(|works| works.len())?;
                let shared = fewest.iter();
                let shared = shared.filter(|work| of_each.iter().all(|of| of.contains(*work)));
                Some(shared.count())
            }
            "star-three" => {
                let works: Vec<&EntityRef> = of_kind(question, EntityKind::Work).collect();
                let [first, others @ ..] = works.as_slice() else {
                    return None;
                };
                let people = self.players.get(first.id.as_str()).unwrap_or(&none).iter();
                let in_all = people.filter(|person| {
                    let mut others = others.iter();
                    others.all(|work| self.cast.contains(&(**person, work.id.as_str())))
                });
                Some(in_all.count())
            }
            "characters-film" => {
                let works = self.works_with_all(of_kind(question, EntityKind::Character));
                Some(works.count())
            }
            "cast-film" => {
                let fact = self.base.fact(question.facts.first()?)?;
                let FactKind::Cast {
                    person, character, ..
                } = &fact.kind
                else {
                    return None;
                };
                Some(self.works_as(person, character).map_or(0, <[_]>::len))
            }
            _ => None,
        }
    }

    /// Whether the years fit, in a question about the first or last of some films.
    pub(super) fn is_in_time(&self, question: &Question) -> Option<bool> {
        let is_first = match question.template.as_str() {
            "order-first" => true,
            "order-last" => false,
            _ => return None,
        };
        let years = |entity: &Option<EntityRef>| self.years.get(entity.as_ref()?.id.as_str());
        let right = years(&question.answer.entity)?;
        let (earliest, latest) = (right.first()?, right.last()?);
        let mut wrong = question.distractors.iter();
        Some(wrong.all(|wrong| {
            years(&wrong.entity).is_some_and(|years| {
                let (first, last) = (years.first(), years.last());
                if is_first {
                    first.is_some_and(|first| first > latest)
                } else {
                    last.is_some_and(|last| last < earliest)
                }
            })
        }))
    }
}

/// What a question is about, of one kind.
fn of_kind(question: &Question, kind: EntityKind) -> impl Iterator<Item = &EntityRef> {
    let about = question.about.iter();
    about.filter(move |entity| entity.kind == kind)
}

/// The work that a fact is about.
fn of_fact(fact: &Fact) -> Option<&str> {
    match &fact.kind {
        FactKind::Cast { work, .. }
        | FactKind::Appearance { work, .. }
        | FactKind::Crew { work, .. }
        | FactKind::BasedOn { work, .. } => Some(work),
        _ => None,
    }
}
