//! `/chain`: the film chain, a message for each film.

use super::catalogue::text;
use super::escape::{clip, escape, escape_clipped};
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
fn on_record(lang: Lang) -> String {
    format!(" · {}", text!(lang, "chain-on-record"))
}

/// Time is up: who won, how long it was, and whether it is the record.
#[must_use]
pub fn ended(lang: Lang, end: &Ended<'_>) -> Message {
    Message::framed("", clip(&end.text(lang), 4096), Tone::Good)
}

impl Ended<'_> {
    fn text(&self, lang: Lang) -> String {
        let lines = [
            Some(self.verdict(lang)),
            self.record(lang),
            self.missed(lang),
        ];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// The film that nobody thought of.
    fn missed(&self, lang: Lang) -> Option<String> {
        if self.chain.films() >= FILMS_MAX {
            return None;
        }
        let missed = match self.next {
            Some((film, actor)) => {
                let (film, actor) = (title(film), escape(&actor.name));
                text!(lang, "chain-missed", film = film, actor = actor)
            }
            None => text!(lang, "chain-missed-none"),
        };
        Some(format!("-# {missed}"))
    }

    fn verdict(&self, lang: Lang) -> String {
        let n = self.chain.films();
        let last = mention(self.chain.last);
        let (is_known, film) = known(self.film);
        if n >= FILMS_MAX {
            return text!(
                lang,
                "chain-full",
                n = n,
                last = last,
                is_known = is_known,
                film = film
            );
        }
        match self.chain.rival {
            Some(rival) => text!(
                lang,
                "chain-duel-won",
                n = n,
                rival = mention(rival),
                last = last,
                is_known = is_known,
                film = film
            ),
            None if n == 1 => text!(
                lang,
                "chain-not-followed",
                last = last,
                is_known = is_known,
                film = film
            ),
            None => text!(
                lang,
                "chain-won",
                n = n,
                last = last,
                is_known = is_known,
                film = film
            ),
        }
    }

    fn record(&self, lang: Lang) -> Option<String> {
        match self.longest {
            0 | 1 => None,
            _ if self.is_record => Some(format!("🏆 {}", text!(lang, "chain-new-record"))),
            films if usize::try_from(films) == Ok(self.chain.films()) => {
                Some(format!("-# {}", text!(lang, "chain-ties-record")))
            }
            films => Some(record(lang, films)),
        }
    }
}

/// The record of this server, below another text.
fn record(lang: Lang, films: u32) -> String {
    format!("-# {}", text!(lang, "chain-record", n = films))
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
        films => format!("\n{}", record(lang, films)),
    };
    let (who, film) = (mention(chain.last), title(film));
    framed(&format!(
        "{}🔗 {}\n{}{record}",
        before.unwrap_or_default(),
        text!(lang, "chain-starts", who = who, film = film),
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
    let actor = escape(&actor.name);
    let by = if uses >= ACTOR_MAX {
        let time = phrases::ordinal(lang, usize::from(uses));
        text!(lang, "chain-linked-last", actor = actor, time = time)
    } else {
        text!(lang, "chain-linked-by", actor = actor)
    };
    let record = if record {
        on_record(lang)
    } else {
        String::new()
    };
    framed(&format!(
        "🔗 {}: {} → **{}**\n{by}\n**{}**{record}\n{}",
        mention(chain.last),
        title(before),
        title(film),
        phrases::count(lang, chain.films(), phrases::Counted::Films),
        next(lang, chain),
    ))
}

fn next(lang: Lang, chain: &Chain) -> String {
    let until = phrases::relative_time(chain.at_ms + MOVE_MS);
    let next = if let Some(rival) = chain.rival {
        text!(lang, "chain-next", who = mention(rival), until = until)
    } else {
        let last = mention(chain.last);
        text!(lang, "chain-next-anybody", last = last, until = until)
    };
    format!("{NEXT} {next}")
}

/// What a film's message says once another film has followed or time is up: without the parts that
/// no longer hold.
#[must_use]
pub fn settled_text(lang: Lang, message: &Message) -> String {
    let text = message.embeds.first();
    let lines = text.into_iter().flat_map(|embed| embed.description.lines());
    let kept = lines.filter(|line| !line.starts_with(NEXT));
    let record = on_record(lang);
    let kept = kept.map(|line| line.trim_end_matches(record.as_str()));
    kept.collect::<Vec<_>>().join("\n")
}

/// The message with that text.
#[must_use]
pub fn settled(text: &str) -> Message {
    Message::framed("", clip(text, 4096), Tone::Plain)
}

fn framed(description: &str) -> Message {
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
    let (is_known, before) = known(before);
    let film = title(film);
    Message::sentence(match why {
        NoLink::NotYourTurn => text!(
            lang,
            "chain-not-your-turn",
            is_known = is_known,
            before = before
        ),
        NoLink::NotYourDuel => text!(lang, "chain-not-your-duel"),
        NoLink::Named => text!(lang, "chain-named", film = film),
        NoLink::Apart => text!(
            lang,
            "chain-apart",
            is_known = is_known,
            before = before,
            film = film
        ),
        NoLink::WornOut => text!(
            lang,
            "chain-worn-out",
            is_known = is_known,
            before = before,
            film = film,
            most = ACTOR_MAX
        ),
        NoLink::Full => text!(lang, "chain-no-longer", n = chain.films()),
    })
}

/// For a text that names a film if a pack still has it: "yes" or "no", and its title.
fn known(film: Option<&Entity>) -> (&'static str, String) {
    film.map_or_else(|| ("no", String::new()), |film| ("yes", title(film)))
}

fn mention(user: UserId) -> String {
    format!("<@{user}>")
}

/// Another member's film came first.
#[must_use]
pub fn too_slow(lang: Lang) -> Message {
    Message::sentence(text!(lang, "chain-too-slow"))
}

/// No film has this title.
#[must_use]
pub fn unknown(lang: Lang, typed: &str) -> Message {
    let typed = escape_clipped(typed, 80);
    Message::sentence(text!(lang, "chain-unknown", typed = typed))
}

/// A duel with someone who cannot play one.
#[must_use]
pub fn no_rival(lang: Lang) -> Message {
    Message::sentence(text!(lang, "chain-no-rival"))
}

/// A duel requested while a chain is running.
#[must_use]
pub fn on_already(lang: Lang, rival: Option<UserId>) -> Message {
    Message::sentence(match rival {
        Some(_) => text!(lang, "chain-duel-on"),
        None => text!(lang, "chain-on"),
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

    /// All of a chain's messages.
    fn texts(lang: Lang) -> String {
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
        let begins = begun(lang, &chain, first, None, 12);
        let after_another = begun(lang, &chain, first, Some(&end(&lonely, 12, false)), 12);
        let linking = chain.link(
            second.id.clone(),
            (&cast, &cast),
            UserId(2),
            1_700_000_009_000,
        );
        linking.expect("it is linked");
        let goes_on = linked(lang, &chain, (first, second), actor, true);
        let duel = Chain {
            rival: Some(UserId(3)),
            ..chain.clone()
        };
        let mut full = chain.clone();
        full.links.films.resize(FILMS_MAX, first.id.clone());
        let ends = [
            ended(lang, &end(&lonely, 1, true)),
            ended(lang, &end(&chain, 2, true)),
            ended(lang, &end(&chain, 2, false)),
            ended(lang, &end(&duel, 12, false)),
            ended(lang, &end(&full, 500, true)),
            ended(
                lang,
                &Ended {
                    film: None,
                    next: None,
                    ..end(&chain, 12, false)
                },
            ),
        ];
        let passed = [&begins, &after_another, &goes_on]
            .map(|message| settled(&settled_text(lang, message)));
        let mut all = vec![
            begins,
            after_another,
            goes_on,
            begun(lang, &duel, second, None, 0),
            too_slow(lang),
            unknown(lang, "@everyone **x**"),
            no_rival(lang),
            on_already(lang, None),
            on_already(lang, Some(UserId(3))),
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
        all.extend(whys.map(|why| refused(lang, why, &chain, Some(first), second)));
        let read = |message: &Message| {
            limits::check(message).expect("it fits");
            let embed = message.embeds.first();
            embed.map_or_else(
                || message.content.clone(),
                |embed| embed.description.clone(),
            )
        };
        let texts: Vec<String> = all.iter().map(read).collect();
        assert!(
            base.entity(&EntityRef::new(EntityKind::Work, first.id.clone()))
                .is_some()
        );
        texts.join("\n\n")
    }

    #[test]
    fn what_a_chain_reads_like() {
        insta::assert_snapshot!("chain", texts(Lang::English));
        insta::assert_snapshot!("chain_german", texts(Lang::German));
    }
}
