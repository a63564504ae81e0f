//! `/quiz`: starts a game in this channel, or opens a panel to choose its options.

mod code;
mod place;
mod request;
mod scheduled;
mod setup;

pub use place::{held, may_post, route_of};
pub use scheduled::{DueQuiz, LaunchOutcome, launch};
pub use setup::press as set_up;

use super::options;
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, FocusedOption, Scope, lacks_options};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, is_of, text};
use crate::discord::reply::Reply;
use crate::host::{StartError, StartRequest, game_of, pack_title_of};
use code::{new_code, read_code};
use heat_core::bank::{ChooseError, PLAYABLE_MIN, PlaceContext, QuestionQuery, Round, ladder};
use heat_core::daily::Day;
use heat_core::facts::{EntityId, PackId};
use heat_core::game::{AnswerStyle, Asks, Game, GameId, Mode, Settings, UserId};
use heat_core::id::PlaceId;
use heat_core::lang::Lang;
use heat_core::library::GuildLibrary;
use heat_view::message::{Message, Suggestion};
use place::Place;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use request::settings;
use serenity::all::{CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand};
use std::collections::BTreeSet;

/// The command.
pub const COMMAND: Command = Command {
    name: "quiz",
    scope: Scope::Anywhere,
    audience: Audience::MemberWithoutOptions,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: Some(|langs, app, typing, typed| Box::pin(complete(langs, app, typing, typed))),
};

fn describe(command: CreateCommand) -> CreateCommand {
    let mode = options::mode(Mode::ALL);
    let opponent = options::option(CommandOptionType::User, "opponent");
    let code = options::option(CommandOptionType::String, "code").max_length(20);
    let host = options::option(CommandOptionType::Boolean, "host");
    command
        .add_option(options::pack())
        .add_option(options::about())
        .add_option(options::rounds())
        .add_option(options::seconds())
        .add_option(options::difficulty())
        .add_option(options::answers())
        .add_option(mode)
        .add_option(opponent)
        .add_option(code)
        .add_option(host)
}

/// Packs or subjects that match what has been typed so far.
async fn complete(
    langs: Langs,
    app: &App,
    typing: &CommandInteraction,
    typed: FocusedOption<'_>,
) -> Result<Vec<Suggestion>, HandlerError> {
    let library = app.guild_library(Origin::from(typing).guild).await?;
    Ok(match typed.option {
        "about" => options::suggest_about(langs, &library, typed.text),
        _ => options::suggest_pack(langs, &library, typed.text),
    })
}

/// The reply to `/quiz`.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let place = Place::of_command(langs, app, command).await?;
    if let Some(refusal) = place.refusal(langs, app).await? {
        return Ok(refusal);
    }
    let library = place.library(app).await?;
    if lacks_options(command) {
        return Ok(setup::panel(langs, app, &library, &place));
    }
    let settings = match settings(langs, &library, command, &place) {
        Ok(settings) => settings,
        Err(message) => return Ok(Reply::Aside(message)),
    };
    match text(command, "code")
        .map(str::trim)
        .filter(|code| !code.is_empty())
    {
        Some(code) => with_code(langs, app, &library, place, settings, code).await,
        None => with_new_questions(langs, app, &library, place, settings).await,
    }
}

/// The reply to "Play again": a new game with the settings of an old one.
pub async fn again(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    game: GameId,
) -> Result<Reply, HandlerError> {
    let stored = app.store.game(game).await?;
    let Some(stored) = stored.filter(|stored| is_of(stored, press)) else {
        return Ok(Reply::Aside(heat_view::reply::game_over(langs.member)));
    };
    let old = game_of(&stored)?;
    let place = Place::of_press(langs, app, press).await?;
    if let Some(refusal) = place.refusal(langs, app).await? {
        return Ok(refusal);
    }
    let opponent = match old.settings().opponent {
        None => None,
        Some(opponent) if place.user == old.settings().starter => Some(opponent),
        Some(opponent) if place.user == opponent => Some(old.settings().starter),
        Some(_) => return Ok(Reply::Aside(heat_view::reply::not_your_duel(langs.member))),
    };
    if opponent.is_some_and(UserId::is_nobody) {
        return Ok(Reply::Aside(heat_view::reply::opponent_gone(langs.member)));
    }
    let settings = Settings {
        starter: place.user,
        solo: place.guild.is_none(),
        opponent,
        rematch: opponent.is_some(),
        pace: place.server.pace,
        finale: true,
        // Only the old host hosts again. Anybody else starts a game without a host.
        hosted: old.host() == Some(place.user) && place.route.may_post,
        ..old.settings().clone()
    };
    let library = place.library(app).await?;
    with_new_questions(langs, app, &library, place, settings).await
}

async fn with_new_questions(
    langs: Langs,
    app: &App,
    library: &GuildLibrary,
    place: Place,
    settings: Settings,
) -> Result<Reply, HandlerError> {
    let query = query(&settings);
    let asks = settings.rules().asks;
    if let Some(refusal) = too_few(langs.member, library, asks, &query) {
        return Ok(Reply::Aside(refusal));
    }
    let mut luck: ChaCha8Rng = rand::make_rng();
    let rounds = match choose(app, library, &place, (asks, &query), luck.random()).await? {
        Ok(rounds) => rounds,
        Err(error) => {
            return Ok(Reply::Aside(heat_view::reply::no_questions(
                langs.member,
                &error,
            )));
        }
    };
    let code = new_code(&mut luck);
    start(langs, app, library, place, settings, rounds, (code, None)).await
}

/// The query for a game with these settings.
fn query(settings: &Settings) -> QuestionQuery {
    QuestionQuery {
        packs: settings.packs.clone(),
        off: BTreeSet::new(),
        about: settings.about.clone(),
        rounds: settings.rounds,
        difficulty: settings.difficulty,
        typed: settings.answers == AnswerStyle::Typed,
    }
}

/// What to say if a subject has too few questions for a good game.
fn too_few(
    lang: Lang,
    library: &GuildLibrary,
    asks: Asks,
    query: &QuestionQuery,
) -> Option<Message> {
    // A request for one person's films gets all of them.
    let about = query.about.as_ref().filter(|_| asks == Asks::Questions)?;
    let questions = library.count(query);
    let is_enough = questions >= PLAYABLE_MIN.min(usize::from(query.rounds));
    (!is_enough).then(|| heat_view::about::too_few(lang, &library.too_few(about, questions)))
}

/// Chooses the questions: none that is hidden in this server, and first those it was never asked.
async fn choose(
    app: &App,
    library: &GuildLibrary,
    place: &Place,
    (asks, query): (Asks, &QuestionQuery),
    seed: u64,
) -> Result<Result<Vec<Round>, ChooseError>, HandlerError> {
    let hidden = match place.guild {
        Some(guild) => {
            let reported = app.store.reported_questions(guild).await?;
            let members = place.server.reports_hide_after();
            app.store.hidden_questions(guild, reported, members).await?
        }
        None => BTreeSet::new(),
    };
    let asked = app.store.asked(PlaceId(place.history())).await?;
    let levels = app.levels(&library.shared).await?;
    let context = PlaceContext {
        asked: &asked,
        hidden: &hidden,
        levels: &levels,
    };
    if asks == Asks::Questions {
        return Ok(library.choose(query, context, seed));
    }
    let secret = films_of_the_day(app).await?;
    let query = library.without_off(query);
    let base = library.shared.facts.open();
    Ok(ladder(&base, &query, &secret, context, seed))
}

/// The films of the day that members are still guessing privately: today's, and yesterday's in its
/// last hour.
async fn films_of_the_day(app: &App) -> Result<Vec<EntityId>, HandlerError> {
    let now_ms = (app.clock)();
    let today = Day::of(now_ms);
    let open = [today, today.previous()].into_iter();
    let mut films = Vec::with_capacity(2);
    for day in open.filter(|day| day.is_open(now_ms)) {
        films.push(app.daily_films.of(&app.store, day).await?.film.clone());
    }
    Ok(films)
}

async fn with_code(
    langs: Langs,
    app: &App,
    library: &GuildLibrary,
    place: Place,
    settings: Settings,
    typed: &str,
) -> Result<Reply, HandlerError> {
    let Some(code) = read_code(typed) else {
        return Ok(Reply::Aside(heat_view::reply::unknown_code(
            langs.member,
            typed,
        )));
    };
    let Some(stored) = app.store.game_by_code(&code).await? else {
        return Ok(Reply::Aside(heat_view::reply::unknown_code(
            langs.member,
            typed,
        )));
    };
    let old = game_of(&stored)?;
    let settings = Settings {
        packs: old.settings().packs.clone(),
        about: old.settings().about.clone(),
        difficulty: old.settings().difficulty,
        rounds: rounds_of(&old),
        // Playing a code again earns the same points.
        finale: old.settings().finale,
        ..settings
    };
    // A code may travel between servers, but a server's own questions may not.
    let is_at_home = stored.meta.guild == place.guild;
    if !is_at_home && !old.rounds().iter().all(|round| library.is_shared(round)) {
        return Ok(Reply::Aside(heat_view::reply::unknown_code(
            langs.member,
            typed,
        )));
    }
    // A pack may have been removed since, but its title is still known.
    let is_gone = |pack: &PackId| library.title(pack).is_none();
    let pack_title = if settings.packs.ids().iter().any(is_gone) {
        pack_title_of(&stored)
    } else {
        None
    };
    let rounds = old.rounds().to_vec();
    start(
        langs,
        app,
        library,
        place,
        settings,
        rounds,
        (code, pack_title),
    )
    .await
}

/// How many questions a game's code replays. A host may have ended the game early.
fn rounds_of(old: &Game) -> u16 {
    let asked_for = old.settings().rounds;
    let played = u16::try_from(old.rounds().len()).unwrap_or(asked_for);
    if old.host().is_some() {
        played
    } else {
        asked_for
    }
}

async fn start(
    langs: Langs,
    app: &App,
    library: &GuildLibrary,
    place: Place,
    settings: Settings,
    rounds: Vec<Round>,
    (code, old_title): (String, Option<String>),
) -> Result<Reply, HandlerError> {
    let steering = (!settings.solo).then_some(place.server.steering);
    let (in_place, channel) = (place.route.in_place, place.route.channel);
    // A code may bring questions from a game with buttons into a typed game, or the reverse.
    let rounds = match settings.answers {
        // Each is compared with every name, which must not hold up a deferral.
        AnswerStyle::Typed => {
            let library = library.clone();
            tokio::task::spawn_blocking(move || library.typed(rounds)).await?
        }
        AnswerStyle::Buttons => rounds,
    };
    let request = request(library, place, settings, rounds, code, old_title);
    match app.host.start(request).await {
        Ok(started) => Ok(Reply::Show(started.message)),
        // Its message is gone after a restart of the client, and nobody else could stop it.
        Err(StartError::Busy) if in_place => {
            let running = app.host.game_in(channel);
            Ok(Reply::Aside(heat_view::reply::already_playing(
                langs.member,
                running,
            )))
        }
        Err(StartError::Busy) => Ok(Reply::Aside(heat_view::reply::channel_busy(
            langs.member,
            steering,
        ))),
        Err(StartError::Stopping) => Ok(Reply::Aside(heat_view::reply::restarting(langs.member))),
        Err(StartError::Full) => Ok(Reply::Aside(heat_view::reply::no_room(langs.member))),
        Err(error) => Err(error.into()),
    }
}

/// A game for the host. A code keeps its pack's title, even if the pack has been removed.
fn request(
    library: &GuildLibrary,
    place: Place,
    settings: Settings,
    rounds: Vec<Round>,
    code: String,
    old_title: Option<String>,
) -> StartRequest {
    let mut luck: ChaCha8Rng = rand::make_rng();
    let about = settings.about.as_ref();
    let about = about.and_then(|subject| library.name_of(subject));
    let pack_title = if settings.packs.is_all() {
        about.unwrap_or_else(|| heat_view::quiz::all_packs_title(place.route.lang))
    } else {
        let packs = &settings.packs;
        let title = old_title.or_else(|| library.title_of(packs));
        title.unwrap_or_else(|| heat_view::quiz::removed_pack_title(place.route.lang))
    };
    StartRequest {
        id: place.id,
        guild: place.guild,
        route: place.route,
        pack_title,
        settings,
        rounds,
        code,
        seed: luck.random(),
        zone: place.server.zone,
    }
}
