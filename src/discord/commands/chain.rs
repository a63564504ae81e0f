//! `/chain`: the film chain of a channel.
//!
//! All state is in the store. Each film names the one it follows, with Discord's own time, and of
//! several at the same moment the store accepts one. `chain_ends.rs` announces that a chain is
//! over, with the text of [`end_of`].

use crate::discord::app::App;
use crate::discord::app::passed_moves::PassedMove;
use crate::discord::command::{Audience, Command, Scope};
use crate::discord::commands::{options, quiz};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, text, user};
use crate::discord::reply::Reply;
use crate::discord::snowflake;
use crate::host::Route;
use heat_core::cast::Closeness;
use heat_core::chain::{Chain, Links, cast, films_with};
use heat_core::facts::{Entity, EntityId, EntityKind, EntityRef, FactBase};
use heat_core::id::{ChannelId, GuildId, InteractionId, UserId};
use heat_core::library::Library;
use heat_store::{LongestChain, StoredChain};
use heat_view::chain::Ended;
use heat_view::message::Message;
use serde::{Deserialize, Serialize};
use serenity::all::{CommandInteraction, CommandOptionType, CreateCommand};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The command.
pub const COMMAND: Command = Command {
    name: "chain",
    scope: Scope::Servers,
    audience: Audience::Everyone,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: Some(|langs, app, _, typed| Box::pin(options::complete_film(langs, app, typed))),
};

fn describe(command: CreateCommand) -> CreateCommand {
    let film = options::option(CommandOptionType::String, "film")
        .set_autocomplete(true)
        .required(true)
        .min_length(1)
        .max_length(100);
    let opponent = options::option(CommandOptionType::User, "opponent");
    command.add_option(film).add_option(opponent)
}

/// What the packs call a film among works.
const FILM: &str = "film";

/// Where and when a film was named.
struct Move {
    guild: GuildId,
    channel: ChannelId,
    turn: u64,
    user: UserId,
    at_ms: i64,
    film: EntityId,
    /// How its end reaches the channel if no other film follows.
    route: Route,
}

/// How a move was shown, stored as JSON.
#[derive(Serialize, Deserialize)]
struct ShownMove {
    #[serde(flatten)]
    route: Route,
    /// What its message says once its countdown is over; `None` in chains of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    settled: Option<String>,
}

/// The reply to `/chain`: the chain with this film, or the reason why it does not fit.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let origin = Origin::from(command);
    let Some(guild) = origin.guild else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    let settings = app.settings(Some(guild)).await?;
    let parent = command
        .channel
        .as_ref()
        .and_then(|channel| channel.parent_id);
    let parent = parent.map(|parent| ChannelId(parent.get()));
    if !settings.allows(origin.channel, parent) {
        let elsewhere = heat_view::settings::not_here(langs.member, &settings.channels);
        return Ok(Reply::Aside(elsewhere));
    }
    let typed = text(command, "film").unwrap_or_default();
    let library = app.library();
    let Some(film) = meant(&library, typed) else {
        return Ok(Reply::Aside(heat_view::chain::unknown(langs.member, typed)));
    };
    let rival = match rival(langs, command, origin.user) {
        Ok(rival) => rival,
        Err(refusal) => return Ok(Reply::Aside(refusal)),
    };
    let named = Move {
        guild,
        channel: origin.channel,
        turn: command.id.get(),
        user: origin.user,
        at_ms: snowflake::made_at_ms(command.id),
        film,
        route: route(langs, command),
    };
    let before = app.store.chain(origin.channel).await?;
    let is_ending = |stored: &StoredChain| stored.ending_at_ms.is_some();
    let on = before.as_ref().filter(|stored| !is_ending(stored));
    match on.and_then(read) {
        Some(chain) if !chain.is_over(named.at_ms) => {
            if rival.is_some() {
                let refusal = heat_view::chain::on_already(langs.member, chain.rival);
                return Ok(Reply::Aside(refusal));
            }
            go_on(langs, app, &library, named, chain, before.as_ref()).await
        }
        unannounced => {
            begin(
                langs,
                app,
                &library,
                named,
                rival,
                (before.as_ref(), unannounced),
            )
            .await
        }
    }
}

/// Starts a chain. `before` is the last one here; `unannounced` is the same one if its end has not
/// been announced yet.
async fn begin(
    langs: Langs,
    app: &App,
    library: &Library,
    named: Move,
    rival: Option<UserId>,
    (before, unannounced): (Option<&StoredChain>, Option<Chain>),
) -> Result<Reply, HandlerError> {
    let Some(film) = work(library, &named.film) else {
        return Ok(Reply::Aside(heat_view::chain::unknown(
            langs.member,
            &named.film,
        )));
    };
    let longest = app.store.longest_chain(named.guild).await?;
    let chain = Chain::begin(named.film.clone(), named.user, rival, named.at_ms);
    let facts = library.facts.open();
    let ended = unannounced
        .as_ref()
        .map(|unannounced| ended(library, &facts, unannounced, longest));
    let message =
        heat_view::chain::begun(langs.reply, &chain, &film, ended.as_ref(), longest.films);
    put(langs, app, (&named, &chain), message, before).await
}

async fn go_on(
    langs: Langs,
    app: &App,
    library: &Library,
    named: Move,
    mut chain: Chain,
    before: Option<&StoredChain>,
) -> Result<Reply, HandlerError> {
    let last = chain.links.films.last().cloned().unwrap_or_default();
    let (last_work, Some(film)) = (work(library, &last), work(library, &named.film)) else {
        return Ok(Reply::Aside(heat_view::chain::unknown(
            langs.member,
            &named.film,
        )));
    };
    let casts = (&cast_of(library, &last), &cast_of(library, &named.film));
    let actor = match chain.link(named.film.clone(), casts, named.user, named.at_ms) {
        Ok(actor) => actor,
        Err(why) => {
            let refusal =
                heat_view::chain::refused(langs.member, why, &chain, last_work.as_ref(), &film);
            return Ok(Reply::Aside(refusal));
        }
    };
    let person = EntityRef::new(EntityKind::Person, actor);
    let (Some(last_work), Some(actor)) = (last_work, library.facts.entity(&person)) else {
        return Ok(Reply::Aside(heat_view::chain::unknown(langs.member, &last)));
    };
    let longest = app.store.longest_chain(named.guild).await?;
    let is_record = chain.films() > usize::try_from(longest.films).unwrap_or(usize::MAX);
    let message =
        heat_view::chain::linked(langs.reply, &chain, (&last_work, &film), &actor, is_record);
    put(langs, app, (&named, &chain), message, before).await
}

/// Stores a move and replies with its message, unless another film came first. The message of the
/// film before it no longer counts down.
async fn put(
    langs: Langs,
    app: &App,
    (named, chain): (&Move, &Chain),
    message: Message,
    before: Option<&StoredChain>,
) -> Result<Reply, HandlerError> {
    let stored = written(named, chain, &message);
    if !app.store.put_chain(stored, before).await? {
        return Ok(Reply::Aside(heat_view::chain::too_slow(langs.member)));
    }
    if let Some(passed) = before.and_then(passed) {
        app.passed_moves.add(passed);
    }
    Ok(Reply::Show(message))
}

/// The message of a chain's last film without its countdown, if it is known.
pub fn passed(stored: &StoredChain) -> Option<PassedMove> {
    let shown = shown(stored)?;
    let message = heat_view::chain::settled(&shown.settled?);
    Some((shown.route.token, message))
}

/// How a chain's end reaches its channel.
pub fn route_of(stored: &StoredChain) -> Route {
    let route = shown(stored).map(|shown| shown.route);
    route.unwrap_or_else(|| Route::to_channel(stored.channel))
}

fn shown(stored: &StoredChain) -> Option<ShownMove> {
    serde_json::from_str(stored.route.as_deref()?).ok()
}

/// The announcement that a chain is over; `None` if the stored one cannot be read.
pub fn end_of(library: &Library, stored: &StoredChain, longest: LongestChain) -> Option<Message> {
    let chain = read(stored)?;
    let facts = library.facts.open();
    let ended = ended(library, &facts, &chain, longest);
    Some(heat_view::chain::ended(route_of(stored).lang, &ended))
}

fn ended<'a>(
    library: &Library,
    facts: &'a FactBase,
    chain: &'a Chain,
    longest: LongestChain,
) -> Ended<'a> {
    let films = u32::try_from(chain.films()).unwrap_or(u32::MAX);
    let last = chain.links.films.last();
    let last = last.map(|film| EntityRef::new(EntityKind::Work, film.as_str()));
    Ended {
        chain,
        film: last.and_then(|film| facts.entity(&film)),
        longest: longest.films,
        is_record: (films, chain.at_ms) == (longest.films, longest.at_ms),
        next: follower(library, facts, chain),
    }
}

/// The best-known film that could have followed, and the actor who links it.
fn follower<'a>(
    library: &Library,
    facts: &'a FactBase,
    chain: &Chain,
) -> Option<(&'a Entity, &'a Entity)> {
    let actors = cast_of(library, chain.links.films.last()?).into_iter();
    let fresh = actors.filter(|actor| !chain.is_worn_out(actor));
    let linked = fresh.flat_map(|actor| {
        let person = EntityRef::new(EntityKind::Person, actor);
        let films = films_with(&person.id, library.cast.facts_about(facts, &person));
        films.into_iter().filter_map(move |film| {
            let film = facts.entity(&EntityRef::new(EntityKind::Work, film))?;
            Some((film, facts.entity(&person)?))
        })
    });
    let open = linked.filter(|(film, _)| {
        film.form.as_deref() == Some(FILM) && !chain.links.films.contains(&film.id)
    });
    // The same film every time, whatever the order.
    open.min_by_key(|(film, actor)| (Reverse(film.fame), film.id.clone(), actor.id.clone()))
}

/// The route to the channel, with the token of this command.
fn route(langs: Langs, command: &CommandInteraction) -> Route {
    Route {
        started_with: None,
        ..quiz::route_of(langs.place, command)
    }
}

/// The work that a suggestion or a typed title means.
fn meant(library: &Library, typed: &str) -> Option<EntityId> {
    let is_film = |entity: &EntityRef| {
        let work = library.facts.entity(entity);
        let form = work.and_then(|work| work.form);
        entity.kind == EntityKind::Work && form.as_deref() == Some(FILM)
    };
    let titled = || {
        let hits = library.cast.works(typed).into_iter();
        let mut exact =
            hits.filter(|hit| matches!(hit.closeness, Closeness::Exact | Closeness::Alias));
        exact.find(|hit| is_film(&hit.entity)).map(|hit| hit.entity)
    };
    let named = EntityRef::try_from(typed.trim().to_owned()).ok();
    let work = named.filter(is_film).or_else(titled)?;
    Some(work.id)
}

/// The member to duel, or the reason why that is impossible.
fn rival(
    langs: Langs,
    command: &CommandInteraction,
    own: UserId,
) -> Result<Option<UserId>, Message> {
    match user(command, "opponent") {
        None => Ok(None),
        Some((rival, Some(_))) if !rival.bot && rival.id.get() != own.0 => {
            Ok(Some(UserId(rival.id.get())))
        }
        Some(_) => Err(heat_view::chain::no_rival(langs.member)),
    }
}

fn work(library: &Library, id: &str) -> Option<Entity> {
    library.facts.entity(&EntityRef::new(EntityKind::Work, id))
}

fn cast_of(library: &Library, film: &str) -> BTreeSet<EntityId> {
    let work = EntityRef::new(EntityKind::Work, film);
    let facts = library.facts.open();
    cast(film, library.cast.facts_about(&facts, &work))
}

/// A stored chain; `None` if it cannot be read.
fn read(stored: &StoredChain) -> Option<Chain> {
    let links: Links = serde_json::from_str(&stored.body).ok()?;
    Some(Chain {
        links,
        last: UserId(stored.user.0),
        rival: stored.rival,
        at_ms: stored.at_ms,
    })
}

fn written(named: &Move, chain: &Chain, message: &Message) -> StoredChain {
    let shown = ShownMove {
        route: named.route.clone(),
        settled: Some(heat_view::chain::settled_text(named.route.lang, message)),
    };
    StoredChain {
        channel: named.channel,
        guild: named.guild,
        turn: InteractionId(named.turn),
        user: chain.last,
        rival: chain.rival,
        at_ms: chain.at_ms,
        films: u32::try_from(chain.films()).unwrap_or(u32::MAX),
        // Our own type contains nothing that JSON cannot represent.
        body: serde_json::to_string(&chain.links).unwrap_or_default(),
        route: serde_json::to_string(&shown).ok(),
        ending_at_ms: None,
    }
}
