//! Starts a scheduled quiz.

use super::code::new_code;
use super::place::Place;
use super::{choose, query, request, too_few};
use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::host::{GameThread, Route, StartError};
use heat_core::game::{GameId, Mode, Players, Settings, UserId};
use heat_core::id::GuildId;
use heat_core::lang::Lang;
use heat_core::library::GuildLibrary;
use heat_core::schedule::{Entry, GATHER_MS, Outcome, Quiz};
use heat_view::message::Message;
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

/// A quiz that is due.
pub struct DueQuiz<'a> {
    /// The id of its game.
    pub id: GameId,
    /// The server.
    pub guild: GuildId,
    /// Its entry in the schedule.
    pub entry: &'a Entry,
    /// The language of its messages.
    pub lang: Lang,
    /// Its options.
    pub quiz: &'a Quiz,
    /// Who hosts it, if a member does.
    pub host: Option<UserId>,
    /// The bot, which starts it if nobody hosts it.
    pub me: UserId,
}

/// The result of starting it.
pub enum LaunchOutcome {
    /// It is running and stored; this is its first message.
    Started(Message),
    /// The channel has a game, or this process has no room: try again later.
    Later,
    /// It cannot be played.
    Not(Outcome),
}

/// Starts a scheduled quiz.
///
/// # Errors
/// If the store fails. Then the quiz was not started, or its game is stored and will be resumed.
pub async fn launch(app: &App, planned: DueQuiz<'_>) -> Result<LaunchOutcome, HandlerError> {
    let place = place(app, &planned).await?;
    if !place.is_allowed() {
        return Ok(LaunchOutcome::Not(Outcome::NotAllowed));
    }
    let library = place.library(app).await?;
    let settings = settings(&library, &place, &planned);
    let query = query(&settings);
    let asks = settings.rules().asks;
    if too_few(planned.lang, &library, asks, &query).is_some() {
        return Ok(LaunchOutcome::Not(Outcome::NoQuestions));
    }
    let mut luck: ChaCha8Rng = rand::make_rng();
    let Ok(rounds) = choose(app, &library, &place, (asks, &query), luck.random()).await? else {
        return Ok(LaunchOutcome::Not(Outcome::NoQuestions));
    };
    let code = new_code(&mut luck);
    let request = request(&library, place, settings, rounds, code, None);
    match app.host.start_in(request, GATHER_MS).await {
        Ok(started) => Ok(LaunchOutcome::Started(started.message)),
        Err(StartError::Busy | StartError::Full | StartError::Stopping) => Ok(LaunchOutcome::Later),
        Err(error) => Err(error.into()),
    }
}

/// Where a scheduled quiz is played. There is no interaction with a token, so the bot must be able
/// to post there.
async fn place(app: &App, planned: &DueQuiz<'_>) -> Result<Place, HandlerError> {
    let server = app.settings(Some(planned.guild)).await?;
    // Discord says what the bot may do in a channel only with an interaction, so it tries.
    let has_thread = server.threads && !planned.entry.no_threads;
    Ok(Place {
        id: planned.id,
        guild: Some(planned.guild),
        parent: planned.entry.parent,
        user: planned.host.unwrap_or(planned.me),
        route: Route {
            lang: planned.lang,
            thread: has_thread.then_some(GameThread::Wanted { card: None }),
            ..Route::to_channel(planned.entry.channel)
        },
        server,
        starter: None,
    })
}

/// The settings of a scheduled quiz: the server's, unless the entry says otherwise.
fn settings(library: &GuildLibrary, place: &Place, planned: &DueQuiz<'_>) -> Settings {
    let (server, quiz) = (&place.server, planned.quiz);
    let (packs, about) = if quiz.packs.is_all() && quiz.about.is_none() {
        super::request::of_server(library, place)
    } else {
        (quiz.packs.clone(), quiz.about.clone())
    };
    let mode = quiz.mode.unwrap_or(server.mode);
    let hosted = planned.host.is_some();
    // Nobody is there to open a lobby.
    let is_open = mode.rules().players == Players::Anyone;
    let mode = if is_open && (!hosted || mode.rules().can_be_hosted) {
        mode
    } else {
        Mode::Classic
    };
    Settings {
        packs,
        about,
        rounds: quiz.rounds.unwrap_or(server.rounds()),
        seconds: server.seconds().max(mode.rules().seconds_min),
        difficulty: server.difficulty,
        starter: place.user,
        solo: false,
        mode,
        answers: server.answers,
        pace: server.pace,
        opponent: None,
        rematch: false,
        finale: true,
        hosted,
    }
}
