//! `/quiz` without options: a private panel with options, whose button starts the game for
//! everyone.

use super::place::Place;
use super::{request, with_new_questions};
use crate::discord::app::App;
use crate::discord::commands::options;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::chosen;
use crate::discord::reply::Reply;
use heat_core::game::{Mode, Settings};
use heat_core::library::GuildLibrary;
use heat_view::about::ANYTHING;
use heat_view::custom_id::{GameRequest, SetupButton};
use heat_view::message::Suggestion;
use serenity::all::ComponentInteraction;

/// The panel, with the server's settings.
pub(super) fn panel(langs: Langs, app: &App, library: &GuildLibrary, place: &Place) -> Reply {
    if !place.is_apart() && app.host.is_playing(place.route.channel) {
        let steering = place.server.steering;
        return Reply::Aside(heat_view::reply::channel_busy(langs.member, Some(steering)));
    }
    show(langs, library, place, &usual(library, place))
}

/// The reply to a menu or button of the panel, or to the button that opens it.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: SetupButton,
) -> Result<Reply, HandlerError> {
    let place = Place::of_press(langs, app, press).await?;
    if let Some(refusal) = place.refusal(langs, app).await? {
        return Ok(refusal);
    }
    let library = place.library(app).await?;
    let value = chosen(press);
    let request = match button {
        SetupButton::Open {} => return Ok(panel(langs, app, &library, &place)),
        SetupButton::Start { request } => {
            return start(langs, app, &library, place, (&request, false)).await;
        }
        SetupButton::Host { request } => {
            return start(langs, app, &library, place, (&request, true)).await;
        }
        SetupButton::Mode { request } => {
            let mode = value.and_then(Mode::named);
            mode.map(|mode| GameRequest { mode, ..request })
        }
        SetupButton::Rounds { request } => {
            let rounds = value.and_then(|value| value.parse().ok());
            let rounds = rounds.and_then(|rounds| Settings::check_rounds(rounds).ok());
            rounds.map(|rounds| GameRequest { rounds, ..request })
        }
        SetupButton::About { request } => value.map(|about| GameRequest {
            about: about.to_owned(),
            ..request
        }),
    };
    Ok(match request.filter(GameRequest::fits) {
        Some(request) => show(langs, &library, &place, &request),
        None => Reply::Aside(heat_view::reply::unknown_interaction(langs.member)),
    })
}

async fn start(
    langs: Langs,
    app: &App,
    library: &GuildLibrary,
    place: Place,
    (request, hosted): (&GameRequest, bool),
) -> Result<Reply, HandlerError> {
    match request::from_panel(langs, library, &place, request, hosted) {
        Ok(settings) => with_new_questions(langs, app, library, place, settings).await,
        Err(message) => Ok(Reply::Aside(message)),
    }
}

fn show(langs: Langs, library: &GuildLibrary, place: &Place, request: &GameRequest) -> Reply {
    let in_guild = place.guild.is_some();
    let abouts = abouts(langs, library, request);
    Reply::Show(heat_view::setup::panel(
        langs.reply,
        request,
        in_guild,
        &abouts,
    ))
}

/// The default options of a game.
fn usual(library: &GuildLibrary, place: &Place) -> GameRequest {
    let server = &place.server;
    let mode = Some(server.mode).filter(|mode| place.guild.is_some() || mode.rules().alone);
    let (packs, about) = request::of_server(library, place);
    let packs = (!packs.is_all()).then(|| format!("pack:{}", packs.ids().join(",")));
    let about = packs.or_else(|| about.map(|subject| subject.to_string()));
    let with_about = |about: String| GameRequest {
        mode: mode.unwrap_or_default(),
        rounds: server.rounds(),
        about,
    };
    let usual = about.map(with_about).filter(GameRequest::fits);
    usual.unwrap_or_else(|| with_about(ANYTHING.to_owned()))
}

/// The options to choose from, with the current choice first. A value too long for a button is left
/// out.
fn abouts(langs: Langs, library: &GuildLibrary, request: &GameRequest) -> Vec<Suggestion> {
    let mut offers = options::suggest_about(langs, library, "");
    let fits = |offer: &Suggestion| {
        let about = offer.value.clone();
        GameRequest {
            about,
            ..request.clone()
        }
        .fits()
    };
    offers.retain(fits);
    let known = offers.iter().any(|offer| offer.value == request.about);
    if !known {
        let name = request::title(langs, library, &request.about);
        offers.insert(
            0,
            Suggestion {
                name: name.unwrap_or_else(|| request.about.clone()),
                value: request.about.clone(),
            },
        );
    }
    offers
}
