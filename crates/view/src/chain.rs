//! `/chain`: the film chain, a message for each film.

use super::escape::{clip, escape};
use super::message::{Message, Tone};
use super::phrases;
use heat_core::chain::{ACTOR_MAX, Chain, MOVE_MS, NoLink};
use heat_core::facts::Entity;
use heat_core::id::UserId;

/// A chain has begun with a film. `broken` is how many films the one before had, if it had more
/// than one; `longest` is the server's record.
#[must_use]
pub fn begun(chain: &Chain, film: &Entity, broken: Option<usize>, longest: u32) -> Message {
    let broken = broken.filter(|films| *films > 1).map(|films| {
        format!(
            "The last chain broke after {}.\n",
            phrases::count(films, "film")
        )
    });
    let record = match longest {
        0 | 1 => String::new(),
        films => format!("\n-# The longest chain here has {films} films."),
    };
    told(&format!(
        "{}🔗 <@{}> begins with **{}**.\n{}{record}",
        broken.unwrap_or_default(),
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
        " (that was the last time)"
    } else {
        ""
    };
    let record = if record {
        " · the longest here so far"
    } else {
        ""
    };
    told(&format!(
        "🔗 <@{}>: {} → **{}**, by {}{worn}.\n**{} films**{record}. {}",
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
    format!("Next: {who} with `/chain film:`, an actor in common; it breaks {until}.")
}

fn told(description: &str) -> Message {
    Message::framed("", clip(description, 4096), Tone::Open)
}

/// Why a film does not go on with the chain. Private; the time runs on.
#[must_use]
pub fn refused(why: NoLink, chain: &Chain, before: Option<&Entity>, film: &Entity) -> Message {
    let before = before.map_or_else(|| "the last film".to_owned(), title);
    let film = title(film);
    Message::sentence(match why {
        NoLink::NotYourTurn => {
            "You named the last film; now it is somebody else's turn.".to_owned()
        }
        NoLink::NotYourDuel => {
            "This chain is a duel. Another one can begin when it has broken.".to_owned()
        }
        NoLink::Named => format!("**{film}** is in this chain already. Quick, another one!"),
        NoLink::Apart => {
            format!("I know of no actor in both **{before}** and **{film}**. Try again!")
        }
        NoLink::WornOut => format!(
            "Whoever links **{before}** and **{film}** has done so {ACTOR_MAX} times in this chain. Try again!"
        ),
        NoLink::Full => format!(
            "{}: that is as long as a chain can be. Well played, all of you.",
            phrases::count(chain.films(), "film")
        ),
    })
}

/// Somebody else's film came first.
#[must_use]
pub fn too_slow() -> Message {
    Message::sentence("Somebody was faster: look at the newest film, and try again.")
}

/// A title that no film has.
#[must_use]
pub fn unknown(typed: &str) -> Message {
    Message::sentence(format!(
        "I know no film called “{}”. Pick one from the list that appears as you type.",
        escape(&clip(typed, 80))
    ))
}

/// A duel with somebody who cannot play one.
#[must_use]
pub fn no_rival() -> Message {
    Message::sentence("A duel takes another member of this server.")
}

/// A duel asked for while a chain is on.
#[must_use]
pub fn on_already(rival: Option<UserId>) -> Message {
    Message::sentence(match rival {
        Some(_) => "A duel is on here. Another chain can begin when it has broken.",
        None => "A chain is on here. Leave `opponent` out to join it.",
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
        let begins = begun(&chain, first, Some(7), 12);
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
        let mut all = vec![
            begins,
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
