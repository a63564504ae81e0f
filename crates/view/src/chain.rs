//! `/chain`: the film chain, a message for each film.

use super::escape::{clip, escape};
use super::message::{Message, Tone};
use super::phrases;
use heat_core::chain::{ACTOR_MAX, Chain, FILMS_MAX, MOVE_MS, NoLink};
use heat_core::facts::Entity;
use heat_core::id::UserId;
use heat_core::lang::Lang;

/// A finished chain, to announce it.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'a> {
    /// The chain.
    pub chain: &'a Chain,
    /// Its last film, if a pack still has it.
    pub film: Option<&'a Entity>,
    /// The length of the server's longest chain, in films.
    pub longest: u32,
    /// Whether this is the longest.
    pub is_record: bool,
    /// A film that would have followed, and the actor who links it.
    pub next: Option<(&'a Entity, &'a Entity)>,
}

/// Starts the line about whose turn it is.
const NEXT: &str = "⏳";
/// Follows the length of a chain that no other here has reached.
const RECORD: &str = " · the longest here so far";

/// Time is up: who won, how long it was, and whether it is the record.
#[must_use]
pub fn ended(lang: Lang, end: &Ended<'_>) -> Message {
    Message::framed("", clip(&end.text(lang), 4096), Tone::Good)
}

impl Ended<'_> {
    fn text(&self, lang: Lang) -> String {
        format!(
            "{}{}{}",
            self.verdict(lang),
            self.record(lang),
            self.missed(lang)
        )
    }

    /// The film that nobody thought of.
    fn missed(&self, lang: Lang) -> String {
        if self.chain.films() >= FILMS_MAX {
            return String::new();
        }
        match self.next {
            Some((film, actor)) => format!(
                "\n-# **{}** would have followed, with {}.",
                title(film),
                escape(&actor.name)
            ),
            None => "\n-# I know of no film that would have followed, either.".to_owned(),
        }
    }

    fn verdict(&self, lang: Lang) -> String {
        let Chain { last, rival, .. } = self.chain;
        let named = self
            .film
            .map_or_else(String::new, |film| format!(", **{}**,", title(film)));
        let film = last_film(lang, self.film);
        let films = phrases::count(lang, self.chain.films(), phrases::Counted::Films);
        if self.chain.films() >= FILMS_MAX {
            return format!(
                "🏁 **{films}: no chain can get longer.** Bravo! <@{last}> named the last one{}.",
                named.trim_end_matches(',')
            );
        }
        match (rival, self.chain.films()) {
            (Some(rival), _) => format!(
                "⏰ **Time is up after {films}.** <@{rival}> had nothing to follow {film}: <@{last}> wins the duel!"
            ),
            (None, 1) => format!(
                "⏰ **Time is up.** Nobody followed {film} by <@{last}>. `/chain` starts another chain."
            ),
            (None, _) => format!(
                "⏰ **Time is up after {films}.** <@{last}> named the last one{named} and wins!"
            ),
        }
    }

    fn record(&self, lang: Lang) -> String {
        match self.longest {
            0 | 1 => String::new(),
            _ if self.is_record => "\n🏆 The longest chain of this server so far.".to_owned(),
            films if usize::try_from(films) == Ok(self.chain.films()) => {
                "\n-# That ties the record here.".to_owned()
            }
            films => format!("\n-# The record here: {films} films."),
        }
    }
}

/// A chain starts with a film. `before` is the last one here if its end has not been announced;
/// `longest` is the length of the server's longest.
#[must_use]
pub fn begun(
    lang: Lang,
    chain: &Chain,
    film: &Entity,
    before: Option<&Ended<'_>>,
    longest: u32,
) -> Message {
    let before = before.map(|before| format!("{}\n\n", before.text(lang)));
    let record = match longest {
        0 | 1 => String::new(),
        _ if before.is_some() => String::new(),
        films => format!("\n-# The record here: {films} films."),
    };
    told(&format!(
        "{}🔗 <@{}> starts a chain with **{}**.\n{}{record}",
        before.unwrap_or_default(),
        chain.last,
        title(film),
        next(lang, chain),
    ))
}

/// A film was linked to the previous one.
#[must_use]
pub fn linked(
    lang: Lang,
    chain: &Chain,
    films: (&Entity, &Entity),
    actor: &Entity,
    record: bool,
) -> Message {
    let (before, film) = films;
    let uses = chain.links.used.get(&actor.id).copied().unwrap_or(0);
    let worn = if uses >= ACTOR_MAX {
        format!(
            ", for the {} and last time",
            phrases::ordinal(lang, usize::from(uses))
        )
    } else {
        String::new()
    };
    let record = if record { RECORD } else { "" };
    told(&format!(
        "🔗 <@{}>: {} → **{}**\nLinked by {}{worn}.\n**{} films**{record}\n{}",
        chain.last,
        title(before),
        title(film),
        escape(&actor.name),
        chain.films(),
        next(lang, chain),
    ))
}

fn next(lang: Lang, chain: &Chain) -> String {
    let until = phrases::relative_time(chain.at_ms + MOVE_MS);
    let who = match chain.rival {
        Some(rival) => format!("<@{rival}>"),
        None => format!("anybody but <@{}>", chain.last),
    };
    format!(
        "{NEXT} Next: {who}. Name a film with one of its actors: `/chain film:` · time is up {until}"
    )
}

/// What a film's message says once another film has followed, or none: without what was so only then.
#[must_use]
pub fn settled_text(told: &Message) -> String {
    let text = told.embeds.first();
    let lines = text.into_iter().flat_map(|embed| embed.description.lines());
    let kept = lines.filter(|line| !line.starts_with(NEXT));
    let kept = kept.map(|line| line.trim_end_matches(RECORD));
    kept.collect::<Vec<_>>().join("\n")
}

/// The message with that text.
#[must_use]
pub fn settled(text: &str) -> Message {
    Message::framed("", clip(text, 4096), Tone::Plain)
}

fn told(description: &str) -> Message {
    Message::framed("", clip(description, 4096), Tone::Open)
}

/// Why a film does not continue a chain. Private; the clock keeps running.
#[must_use]
pub fn refused(
    lang: Lang,
    why: NoLink,
    chain: &Chain,
    before: Option<&Entity>,
    film: &Entity,
) -> Message {
    let before = last_film(lang, before);
    let film = title(film);
    Message::sentence(match why {
        NoLink::NotYourTurn => {
            format!("You named the last film, {before}. Now it is someone else's turn.")
        }
        NoLink::NotYourDuel => {
            "Two others are in a duel here. Start the next chain when they are done.".to_owned()
        }
        NoLink::Named => format!("**{film}** is in this chain already. Quick, another one!"),
        NoLink::Apart => {
            format!("I know of no actor who is in both {before} and **{film}**. Try another one!")
        }
        NoLink::WornOut => format!(
            "The actors in both {before} and **{film}** have linked {ACTOR_MAX} times each. Try another film!"
        ),
        NoLink::Full => format!(
            "{}: a chain cannot get any longer. Well played, all of you!",
            phrases::count(lang, chain.films(), phrases::Counted::Films)
        ),
    })
}

fn last_film(lang: Lang, film: Option<&Entity>) -> String {
    film.map_or_else(
        || "the last film".to_owned(),
        |film| format!("**{}**", title(film)),
    )
}

/// Another member's film came first.
#[must_use]
pub fn too_slow(lang: Lang) -> Message {
    Message::sentence("Someone was faster. Check the newest film and try again!")
}

/// No film has this title.
#[must_use]
pub fn unknown(lang: Lang, typed: &str) -> Message {
    Message::sentence(format!(
        "I know no film called “{}”. Pick one from the list as you type.",
        escape(&clip(typed, 80))
    ))
}

/// A duel with someone who cannot play one.
#[must_use]
pub fn no_rival(lang: Lang) -> Message {
    Message::sentence("For a duel, pick another member of this server.")
}

/// A duel requested while a chain is running.
#[must_use]
pub fn on_already(lang: Lang, rival: Option<UserId>) -> Message {
    Message::sentence(match rival {
        Some(_) => "Two members are in a duel here. Start yours when they are done.",
        None => "A chain is running here. Leave `opponent` out and join it!",
    })
}

/// With its year, which distinguishes it from namesakes.
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
            next: Some((second, actor)),
        };
        let lonely = chain.clone();
        let begins = begun(Lang::English, &chain, first, None, 12);
        let after_another = begun(
            Lang::English,
            &chain,
            first,
            Some(&end(&lonely, 12, false)),
            12,
        );
        let linking = chain.link(
            second.id.clone(),
            (&cast, &cast),
            UserId(2),
            1_700_000_009_000,
        );
        linking.expect("it is linked");
        let goes_on = linked(Lang::English, &chain, (first, second), actor, true);
        let duel = Chain {
            rival: Some(UserId(3)),
            ..chain.clone()
        };
        let mut full = chain.clone();
        full.links.films.resize(FILMS_MAX, first.id.clone());
        let ends = [
            ended(Lang::English, &end(&lonely, 1, true)),
            ended(Lang::English, &end(&chain, 2, true)),
            ended(Lang::English, &end(&chain, 2, false)),
            ended(Lang::English, &end(&duel, 12, false)),
            ended(Lang::English, &end(&full, 500, true)),
            ended(
                Lang::English,
                &Ended {
                    film: None,
                    next: None,
                    ..end(&chain, 12, false)
                },
            ),
        ];
        let passed = [&begins, &after_another, &goes_on].map(|told| settled(&settled_text(told)));
        let mut all = vec![
            begins,
            after_another,
            goes_on,
            begun(Lang::English, &duel, second, None, 0),
            too_slow(Lang::English),
            unknown(Lang::English, "@everyone **x**"),
            no_rival(Lang::English),
            on_already(Lang::English, None),
            on_already(Lang::English, Some(UserId(3))),
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
        all.extend(passed);
        all.extend(whys.map(|why| refused(Lang::English, why, &chain, Some(first), second)));
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
