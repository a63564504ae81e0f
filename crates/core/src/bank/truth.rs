//! Which choices of a template's question are true, judged from the facts alone. The linter
//! compares this with what the templates decided.

use super::question::{Answer, Question};
use super::wording::title;
use super::years::Years;
use crate::facts::{
    Entity, EntityKind, EntityRef, Fact, FactBase, FactKind, Job, award_named, fold, is_player,
    mark,
};
use crate::groups::Groups;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use rayon::prelude::*;
use std::cell::OnceCell;

/// The place of an entity among all.
type Place = u32;
/// No entity has this place.
const NOWHERE: Place = u32::MAX;

/// A choice, and the place of the entity that it names.
pub(super) type PlacedChoice<'q> = (&'q Answer, Option<Place>);

/// A folded name, as its hash. A collision would report a fair question as unfair: one in many
/// millions.
type Name = u64;

/// What all loaded facts say, of any status.
pub(super) struct Truth<'a> {
    base: &'a FactBase,
    /// For a work the people in it, and for a person the works with them.
    cast: Groups,
    /// The directors of a work, its composers, and the authors of its original.
    directors: Groups,
    composers: Groups,
    authors: Groups,
    /// Work, and what it belongs to.
    series: HashSet<(Place, &'a str)>,
    /// The parts of a person, as indexes in `played`.
    parts: Groups,
    /// Each part's name and work.
    played: Vec<(Name, Place)>,
    /// The same, in order and each once.
    by_name: Vec<(Name, Place)>,
    /// The name of each character, by place.
    names: Vec<Option<Name>>,
    /// By category.
    won: HashMap<&'a str, Vec<&'a Fact>>,
    years: Years,
}

/// What a question names. Its places are found when they are first needed, because few templates need
/// all of them.
struct Asked<'t> {
    truth: &'t Truth<'t>,
    question: &'t Question,
    fact: &'t Fact,
    people: OnceCell<Vec<Place>>,
    works: OnceCell<Vec<Place>>,
    part: OnceCell<Option<[Place; 3]>>,
    work: OnceCell<Option<Place>>,
}

impl<'t> Asked<'t> {
    fn of(truth: &'t Truth, question: &'t Question, fact: &'t Fact) -> Self {
        Self {
            truth,
            question,
            fact,
            people: OnceCell::new(),
            works: OnceCell::new(),
            part: OnceCell::new(),
            work: OnceCell::new(),
        }
    }

    fn places(&self, kind: EntityKind) -> Vec<Place> {
        let about = of_kind(self.question, kind);
        about.map(|entity| self.truth.place_of(entity)).collect()
    }

    fn people(&self) -> &[Place] {
        self.people.get_or_init(|| self.places(EntityKind::Person))
    }

    fn works(&self) -> &[Place] {
        self.works.get_or_init(|| self.places(EntityKind::Work))
    }

    /// The person, the character and the work of its part.
    fn part(&self) -> Option<[Place; 3]> {
        *self.part.get_or_init(|| self.truth.part_of(self.fact))
    }

    /// The work of its fact, else of the question.
    fn work(&self) -> Option<Place> {
        *self.work.get_or_init(|| {
            let work = of_fact(self.fact).or_else(|| self.question.work())?;
            Some(place_of(self.truth.base, EntityKind::Work, work))
        })
    }
}

/// What facts say, as pairs and triples of places.
#[derive(Default)]
struct Said {
    cast: Vec<(Place, Place)>,
    directed: Vec<(Place, Place)>,
    composed: Vec<(Place, Place)>,
    wrote_original: Vec<(Place, Place)>,
    /// Person, character and work.
    parts: Vec<[Place; 3]>,
}

impl<'a> Truth<'a> {
    pub(super) fn of(base: &'a FactBase) -> Self {
        let mut truth = Self {
            base,
            cast: Groups::default(),
            directors: Groups::default(),
            composers: Groups::default(),
            authors: Groups::default(),
            series: HashSet::new(),
            parts: Groups::default(),
            played: Vec::new(),
            by_name: Vec::new(),
            names: names(base),
            won: HashMap::new(),
            years: Years::of(base.entities_count()),
        };
        let mut said = Said::default();
        for (fact, named) in base.facts_naming() {
            truth.add(fact, &named, &mut said);
        }
        for work in base.entities(EntityKind::Work) {
            let place = place_of(base, EntityKind::Work, &work.id);
            truth.years.add(place, work.year);
        }
        let entities = base.entities_count();
        let both = said.cast.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]);
        truth.cast = grouped(entities, both.collect());
        let of_work = |pairs: Vec<(Place, Place)>| {
            grouped(entities, pairs.into_iter().map(|(a, b)| (b, a)).collect())
        };
        truth.directors = of_work(said.directed);
        truth.composers = of_work(said.composed);
        truth.authors = of_work(said.wrote_original);
        truth.add_parts(said.parts);
        truth
    }

    /// Adds a fact. `named` has the places of the entities that it names.
    fn add(&mut self, fact: &'a Fact, named: &[Place], said: &mut Said) {
        match (&fact.kind, named) {
            (FactKind::Cast { .. }, [person, character, work]) => {
                said.cast.push((*person, *work));
                said.parts.push([*person, *character, *work]);
            }
            (FactKind::Appearance { .. }, [person, work]) => said.cast.push((*person, *work)),
            (FactKind::Crew { job, .. }, [person, work]) => match job {
                Job::Director => said.directed.push((*person, *work)),
                Job::Composer => said.composed.push((*person, *work)),
                _ => {}
            },
            (FactKind::BasedOn { .. }, [work, authors @ ..]) => {
                let authors = authors.iter().map(|author| (*author, *work));
                said.wrote_original.extend(authors);
            }
            (FactKind::Series { series, .. }, [work]) => _ = self.series.insert((*work, series)),
            (
                FactKind::Award {
                    category,
                    work,
                    won,
                    ..
                },
                _,
            ) => {
                let (people, work) = award_named(work.as_ref(), named);
                if let Some(work) = work.filter(|_| is_player(category)) {
                    let people = people.iter();
                    said.cast.extend(people.map(|person| (*person, work)));
                }
                if *won {
                    self.won.entry(category).or_default().push(fact);
                }
            }
            (FactKind::Release { date, .. }, [work]) => {
                let year = date.get(..4).and_then(|year| year.parse().ok());
                self.years.add(*work, year);
            }
            _ => {}
        }
    }

    fn add_parts(&mut self, parts: Vec<[Place; 3]>) {
        let named = parts.into_par_iter();
        let named = named
            .filter_map(|[person, character, work]| Some((person, self.name_of(character)?, work)));
        let mut named: Vec<(Place, Name, Place)> = named.collect();
        named.par_sort_unstable();
        named.dedup();
        let people = named.iter().map(|(person, ..)| *person);
        self.parts = Groups::of(self.names.len(), people.zip(0..));
        self.played = named.iter().map(|(_, name, work)| (*name, *work)).collect();
        self.by_name = self.played.clone();
        self.by_name.par_sort_unstable();
        self.by_name.dedup();
    }

    fn place_of(&self, entity: &EntityRef) -> Place {
        place_of(self.base, entity.kind, &entity.id)
    }

    /// The name of a character.
    fn name_of(&self, character: Place) -> Option<Name> {
        *self.names.get(character as usize)?
    }

    /// Whether somebody is in a work.
    fn is_in(&self, person: Place, work: Place) -> bool {
        self.cast.get(work).binary_search(&person).is_ok()
    }

    /// Whether each choice, given with the place of its entity, is right; `None` if this template's
    /// questions cannot be checked here, or the choice names nothing.
    pub(super) fn hold(
        &self,
        question: &Question,
        fact: Option<&Fact>,
        choices: &[PlacedChoice],
    ) -> Vec<Option<bool>> {
        let Some(fact) = fact else {
            return vec![None; choices.len()];
        };
        let asked = Asked::of(self, question, fact);
        let hold = choices.iter().map(|(choice, place)| {
            let choice = (choice.entity.as_ref()?, place.unwrap_or(NOWHERE));
            self.holds(&asked, choice)
        });
        hold.collect()
    }

    fn holds(&self, asked: &Asked, (choice, place): (&EntityRef, Place)) -> Option<bool> {
        let Asked { question, fact, .. } = asked;
        let person = || asked.people().first().copied();
        let is_of = |of_works: &Groups, person: Place, work: Place| {
            of_works.get(work).binary_search(&person).is_ok()
        };
        Some(match question.template.as_str() {
            "director-who" => is_of(&self.directors, place, asked.work()?),
            "director-three" => asked
                .works()
                .iter()
                .all(|work| is_of(&self.directors, place, *work)),
            "star-three" => asked.works().iter().all(|work| self.is_in(place, *work)),
            "characters-film" => self
                .works_with_all(of_kind(question, EntityKind::Character))
                .any(|work| work == place),
            "director-film" => is_of(&self.directors, person()?, place),
            "composer-who" => is_of(&self.composers, place, asked.work()?),
            "composer-film" => is_of(&self.composers, person()?, place),
            "cast-one" => self.is_in(person()?, place),
            "cast-two" | "cast-three" => asked
                .people()
                .iter()
                .all(|person| self.is_in(*person, place)),
            "cast-beside" => self.is_in(place, asked.work()?),
            "odd-by" => !is_of(&self.directors, person()?, place),
            "odd-with" => !self.is_in(person()?, place),
            "based-whose" => is_of(&self.authors, place, asked.work()?),
            "based-film" => is_of(&self.authors, person()?, place),
            "series-which" => match &fact.kind {
                FactKind::Series { series, .. } => self.series.contains(&(place, series)),
                _ => return None,
            },
            "cast-who" | "cast-character" | "cast-film" => {
                self.is_part(asked.part()?, (choice.kind, place))?
            }
            template if template.starts_with("award-") => self.has_won(template, fact, choice)?,
            _ => return None,
        })
    }

    /// The works in which a person has a part with this character's name; `None` if there is no such
    /// character.
    fn works_as(&self, person: Place, character: Place) -> Option<impl Iterator<Item = Place>> {
        let wanted = self.name_of(character)?;
        let parts = self.parts.get(person).iter();
        let parts = parts.map(|part| self.played[*part as usize]);
        Some(parts.filter_map(move |(name, work)| (name == wanted).then_some(work)))
    }

    /// The person, the character and the work of a part.
    fn part_of(&self, fact: &Fact) -> Option<[Place; 3]> {
        let FactKind::Cast {
            person,
            character,
            work,
            ..
        } = &fact.kind
        else {
            return None;
        };
        Some([
            place_of(self.base, EntityKind::Person, person),
            place_of(self.base, EntityKind::Character, character),
            place_of(self.base, EntityKind::Work, work),
        ])
    }

    /// Whether a part stays true with one of its three members replaced.
    fn is_part(
        &self,
        [person, character, work]: [Place; 3],
        (kind, it): (EntityKind, Place),
    ) -> Option<bool> {
        let (person, character, work) = match kind {
            EntityKind::Person => (it, character, work),
            EntityKind::Character => (person, it, work),
            EntityKind::Work => (person, character, it),
            EntityKind::Organisation => return None,
        };
        let mut works = self.works_as(person, character)?;
        Some(works.any(|other| other == work))
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
    fn works_with_all<'e>(
        &self,
        characters: impl Iterator<Item = &'e EntityRef>,
    ) -> impl Iterator<Item = Place> {
        let of_each = characters.map(|character| {
            let name = self.name_of(self.place_of(character))?;
            let start = self.by_name.partition_point(|(other, _)| *other < name);
            let of_name = &self.by_name[start..];
            Some(&of_name[..of_name.partition_point(|(other, _)| *other == name)])
        });
        let of_each: Option<Vec<&[(Name, Place)]>> = of_each.collect();
        let mut of_each = of_each.unwrap_or_default();
        // Starts from the rarest name: many works have a "Mary".
        of_each.sort_by_key(|works| works.len());
        let rarest = of_each.first().copied().into_iter().flatten();
        let has = |works: &[(Name, Place)], wanted: Place| {
            works
                .binary_search_by_key(&wanted, |(_, work)| *work)
                .is_ok()
        };
        let works = rarest.map(|(_, work)| *work);
        works.filter(move |work| of_each.iter().all(|works| has(works, *work)))
    }

    /// How many works or people a question could mean when it is typed, without its choices; `None`
    /// if it cannot be checked here.
    pub(super) fn answers_meant(&self, question: &Question, fact: Option<&Fact>) -> Option<usize> {
        match question.template.as_str() {
            "cast-three" | "cast-two" => {
                let people = of_kind(question, EntityKind::Person);
                let people: Vec<Place> = people.map(|person| self.place_of(person)).collect();
                // Starts from the person with the fewest films, because some have thousands.
                let of_each = people.iter().map(|person| self.cast.get(*person));
                let fewest = of_each.min_by_key(|works| works.len())?.iter();
                let shared = fewest.filter(|work| people.iter().all(|p| self.is_in(*p, **work)));
                Some(shared.count())
            }
            "star-three" => {
                let works = of_kind(question, EntityKind::Work);
                let works: Vec<Place> = works.map(|work| self.place_of(work)).collect();
                let [first, others @ ..] = works.as_slice() else {
                    return None;
                };
                let people = self.cast.get(*first).iter();
                let in_all =
                    people.filter(|person| others.iter().all(|work| self.is_in(**person, *work)));
                Some(in_all.count())
            }
            "characters-film" => {
                let works = self.works_with_all(of_kind(question, EntityKind::Character));
                Some(works.count())
            }
            "cast-film" => {
                let [person, character, _] = self.part_of(fact?)?;
                let works = self.works_as(person, character).into_iter().flatten();
                Some(works.count())
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
        let years = |entity: &Option<EntityRef>| self.years.get(self.place_of(entity.as_ref()?));
        let (earliest, latest) = years(&question.answer.entity)?;
        let mut wrong = question.distractors.iter();
        Some(wrong.all(|wrong| {
            years(&wrong.entity).is_some_and(|(first, last)| {
                if is_first {
                    first > latest
                } else {
                    last < earliest
                }
            })
        }))
    }
}

fn place_of(base: &FactBase, kind: EntityKind, id: &str) -> Place {
    let known = base.numbered_entity(kind, id);
    known.map_or(NOWHERE, |(place, _)| place)
}

/// The names of all characters, by place.
fn names(base: &FactBase) -> Vec<Option<Name>> {
    let mut names = vec![None; base.entities_count()];
    // Characters stand side by side among all entities.
    let mut characters = base.entities(EntityKind::Character).peekable();
    let first = characters.peek();
    let first = first.map_or(NOWHERE, |it| place_of(base, EntityKind::Character, &it.id));
    let characters: Vec<&Entity> = characters.collect();
    let hash = |character: &&Entity| mark(&fold(title(character)));
    let of_characters = names.par_iter_mut().skip(first as usize);
    let of_characters = of_characters.zip(characters.par_iter().map(hash));
    of_characters.for_each(|(name, hash)| *name = Some(hash));
    names
}

/// The second of each pair under the first, in order and without repeats.
fn grouped(keys: usize, mut pairs: Vec<(Place, Place)>) -> Groups {
    pairs.par_sort_unstable();
    pairs.dedup();
    Groups::of(keys, pairs.into_iter())
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
