//! `/chain`: the film chain, a message for each film.

use super::escape::{clip, escape};
use super::message::{Message, Tone};
use super::phrases;
use heat_core::chain::{ACTOR_MAX, Chain, FILMS_MAX, MOVE_MS, NoLink};
use heat_core::facts::Entity;
use heat_core::id::UserId;

/// A chain that is over, as it is announced.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'a> {
    /// The chain.
    pub chain: &'a Chain,
    /// Its last film, if it is still known.
    pub film: Option<&'a Entity>,
    /// How many films the server's longest chain has.
    pub longest: u32,
    /// Whether this is the longest.
    pub is_record: bool,
}

/// The time has run out: who has won, how long it was, and whether that is the record.
#[must_use]
pub fn ended(end: &Ended<'_>) -> Message {
    Message::framed("", clip(&end.text(), 4096), Tone::Good)
}

impl Ended<'_> {
    fn text(&self) -> String {
        format!("{}{}", self.verdict(), self.record())
    }

    fn verdict(&self) -> String {
        let Chain { last, rival, .. } = self.chain;
        let named = self
            .film
            .map_or_else(String::new, |film| format!(", **{}**,", title(film)));
        let film = last_film(self.film);
        let films = phrases::count(self.chain.films(), "film");
        if self.chain.films() >= FILMS_MAX {
            return format!(
                "🏁 **{films}: no chain can be longer.** Bravo! <@{last}> named the last one{}.",
                named.trim_end_matches(',')
            );
        }
        match (rival, self.chain.films()) {
            (Some(rival), _) => format!(
                "⏰ **Time is up after {films}.** <@{rival}> found nothing to follow {film}: <@{last}> wins the duel!"
            ),
            (None, 1) => format!(
                "⏰ **Time is up.** Nobody followed {film} by <@{last}>. `/chain` starts another chain."
            ),
            (None, _) => format!(
                "⏰ **Time is up after {films}.** <@{last}> named the last one{named} and wins!"
            ),
        }
    }

    fn record(&self) -> String {
        match self.longest {
            0 | 1 => String::new(),
            _ if self.is_record => "\n🏆 The longest chain of this server so far.".to_owned(),
            films if usize::try_from(films) == Ok(self.chain.films()) => {
                "\n-# As long as the longest chain here.".to_owned()
            }
            films => format!("\n-# The longest chain here has {films} films."),
        }
    }
}

/// A chain has begun with a film. `before` is the last one here, if nobody has heard yet that it is
/// over; `longest` is the length of the server's longest.
#[must_use]
pub fn begun(chain: &Chain, film: &Entity, before: Option<&Ended<'_>>, longest: u32) -> Message {
    let before = before.map(|before| format!("{}\n\n", before.text()));
    let record = match longest {
        0 | 1 => String::new(),
        _ if before.is_some() => String::new(),
        films => format!("\n-# The longest chain here has {films} films."),
    };
    told(&format!(
        "{}🔗 <@{}> starts a chain with **{}**.\n{}{record}",
        before.unwrap_or_default(),
        chain.last,
        title(film),
        next(chain),
    ))
}

/// A film was linked to the one before.
#[must_use]
pub fn linked(chain: &Chain, films: (&Entity, &Entity), actor: &Entity, record: bool) -> Message {
    let (before, film) = films;
    let uses = chain.links.used.get(&actor.id).copied().unwrap_or(0);
    let worn = if uses >= ACTOR_MAX {
        format!(
            ", for the {} and last time",
            phrases::ordinal(usize::from(uses))
        )
    } else {
        String::new()
    };
    let record = if record {
        " · the longest here so far"
    } else {
        ""
    };
    told(&format!(
        "🔗 <@{}>: {} → **{}**\nLinked by {}{worn}.\n**{} films**{record}\n{}",
        chain.last,
        title(before),
        title(film),
        escape(&actor.name),
        chain.films(),
        next(chain),
    ))
}

fn next(chain: &Chain) -> String {
    let until = phrases::relative_time(chain.at_ms + MOVE_MS);
    let who = match chain.rival {
        Some(rival) => format!("<@{rival}>"),
        None => format!("anybody but <@{}>", chain.last),
    };
    format!(
        "Next: {who}. Name a film with one of its actors: `/chain film:` · time runs out {until}"
    )
}

fn told(description: &str) -> Message {
    Message::framed("", clip(description, 4096), Tone::Open)
}

/// Why a film does not go on with the chain. Private; the time runs on.
#[must_use]
pub fn refused(why: NoLink, chain: &Chain, before: Option<&Entity>, film: &Entity) -> Message {
    let before = last_film(before);
    let film = title(film);
    Message::sentence(match why {
        NoLink::NotYourTurn => {
            format!("You named the last film, {before}. Now somebody else has to follow it.")
        }
        NoLink::NotYourDuel => {
            "Two others are in a duel here. Start the next chain when theirs is over.".to_owned()
        }
        NoLink::Named => format!("**{film}** is in this chain already. Quick, another one!"),
        NoLink::Apart => {
            format!("I know of no actor who is in both {before} and **{film}**. Try another one!")
        }
        NoLink::WornOut => format!(
            "The actors in both {before} and **{film}** have linked {ACTOR_MAX} times each. Try another film!"
        ),
        NoLink::Full => format!(
            "{}: that is as long as a chain can be. Well played, all of you!",
            phrases::count(chain.films(), "film")
        ),
    })
}

fn last_film(film: Option<&Entity>) -> String {
    film.map_or_else(
        || "the last film".to_owned(),
        |film| format!("**{}**", title(film)),
    )
}

/// Somebody else's film came first.
#[must_use]
pub fn too_slow() -> Message {
    Message::sentence("Somebody was faster. Look at the newest film and try again!")
}

/// A title that no film has.
#[must_use]
pub fn unknown(typed: &str) -> Message {
    Message::sentence(format!(
        "I know no film called “{}”. Pick one from the list that comes up as you type.",
        escape(&clip(typed, 80))
    ))
}

/// A duel with somebody who cannot play one.
#[must_use]
pub fn no_rival() -> Message {
    Message::sentence("For a duel, pick another member of this server.")
}

/// A duel asked for while a chain is on.
#[must_use]
pub fn on_already(rival: Option<UserId>) -> Message {
    Message::sentence(match rival {
        Some(_) => "Two members are in a duel here. Start yours when it is over.",
        None => "A chain is running here. Leave `opponent` out and join it!",
    })
}

/// With its year, which tells it from its namesakes.
fn title(film: &Entity) -> String {
    let name = escape(&film.name);
    match film.year {
        Some(year) if !film.name.ends_with(')') => format!("{name} ({year})"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;
    use heat_core::cast::fixture;
    use heat_core::facts::{EntityKind, EntityRef};

    #[test]
    fn what_a_chain_reads_like() {
        let base = fixture::base();
        let works: Vec<&Entity> = base.entities(EntityKind::Work).collect();
        let actor = base.entities(EntityKind::Person).next().expect("somebody");
        let [first, second, ..] = works.as_slice() else {
            panic!("two films");
        };
        let mut chain = Chain::begin(first.id.clone(), UserId(1), None, 1_700_000_000_000);
        let cast = [actor.id.clone()].into();
        let end = |chain, longest, is_record| Ended {
            chain,
            film: Some(first),
            longest,
            is_record,
        };
        let lonely = chain.clone();
        let begins = begun(&chain, first, None, 12);
        let after_another = begun(&chain, first, Some(&end(&lonely, 12, false)), 12);
        let linking = chain.link(
            second.id.clone(),
            (&cast, &cast),
            UserId(2),
            1_700_000_009_000,
        );
        linking.expect("it is linked");
        let goes_on = linked(&chain, (first, second), actor, true);
        let duel = Chain {
            rival: Some(UserId(3)),
            ..chain.clone()
        };
        let mut full = chain.clone();
        full.links.films.resize(FILMS_MAX, first.id.clone());
        let ends = [
            ended(&end(&lonely, 1, true)),
            ended(&end(&chain, 2, true)),
            ended(&end(&chain, 2, false)),
            ended(&end(&duel, 12, false)),
            ended(&end(&full, 500, true)),
            ended(&Ended {
                film: None,
                ..end(&chain, 12, false)
            }),
        ];
        let mut all = vec![
            begins,
            after_another,
            goes_on,
            begun(&duel, second, None, 0),
            too_slow(),
            unknown("@everyone **x**"),
            no_rival(),
            on_already(None),
            on_already(Some(UserId(3))),
        ];
        let whys = [
            NoLink::NotYourTurn,
            NoLink::NotYourDuel,
            NoLink::Named,
            NoLink::Apart,
            NoLink::WornOut,
            NoLink::Full,
        ];
        all.extend(ends);
        all.extend(whys.map(|why| refused(why, &chain, Some(first), second)));
        let read = |message: &Message| {
            limits::check(message).expect("it fits");
            let embed = message.embeds.first();
            embed.map_or_else(
                || message.content.clone(),
                |embed| embed.description.clone(),
            )
        };
        let texts: Vec<String> = all.iter().map(read).collect();
        insta::assert_snapshot!("chain", texts.join("\n\n"));
        assert!(
            base.entity(&EntityRef::new(EntityKind::Work, first.id.clone()))
                .is_some()
        );
    }
}
