//! The people whom records name.

use super::film::{Film, authors, credit};
use super::ids::EntityId;
use super::model::{Entity, EntityKind, EntityRef, Pronoun};
use super::register::Register;
use super::sheet::crew;
use super::slug::slug;
use super::text::fold;
use foldhash::{HashMap, HashMapExt};
use std::collections::BTreeMap;

/// People, found by name: the same name is the same person in all packs.
pub(super) struct NamedPeople {
    pub(super) register: Register,
    /// By written name, and by folded name.
    written: HashMap<String, u32>,
    folded: HashMap<String, EntityId>,
}

impl NamedPeople {
    /// Begins with the people whom packs declare, given also by folded name. `expected` is how many
    /// more names may follow.
    pub(super) fn of(
        declared: BTreeMap<EntityRef, Entity>,
        folded: HashMap<String, EntityId>,
        expected: usize,
    ) -> Self {
        Self {
            register: Register::of(declared, expected),
            written: HashMap::new(),
            folded,
        }
    }

    /// The number of the person with this name, who is created if no pack declares them.
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.written.get(name) {
            return *number;
        }
        let id = self
            .folded
            .entry(fold(name))
            .or_insert_with(|| slug(name).into());
        let make = || Entity::named(id.clone(), name);
        let number = self.register.number_or(EntityKind::Person, id, make);
        self.written.insert(name.to_owned(), number);
        number
    }

    /// The id of the person with this name.
    pub(super) fn id(&mut self, name: &str) -> EntityId {
        let number = self.number(name);
        self.register.get(number).id.clone()
    }

    /// Adds everyone whom a film's record names, and returns their numbers in its order: the crew,
    /// the cast, and the authors of its original.
    pub(super) fn add_film(&mut self, film: &Film) -> Vec<u32> {
        let players = film.cast.iter().map(|line| credit(line).0);
        let authors = film.based_on.iter().flat_map(authors);
        let names = crew(film).map(|(name, _)| name).chain(players);
        let numbers = names.chain(authors).map(|name| self.number(name));
        let numbers = numbers.collect();
        self.say_who_is_a_woman(film);
        numbers
    }

    /// A record that lists any women lists all of them.
    fn say_who_is_a_woman(&mut self, film: &Film) {
        if film.women.is_empty() {
            return;
        }
        let players = film.cast.iter().map(|line| credit(line).0);
        for name in players.chain(crew(film).map(|(name, _)| name)) {
            let is_woman = film.women.iter().any(|woman| woman == name);
            let number = self.number(name);
            let person = self.register.get_mut(number);
            let said = if is_woman { Pronoun::She } else { Pronoun::He };
            person.pronoun = person.pronoun.or(Some(said));
        }
    }
}
