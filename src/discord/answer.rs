//! Answers one interaction in time: at once, or by a deferral if the work is slow.
//!
//! Discord takes the first answer within three seconds, and further ones for 15 minutes:
//! <https://discord.com/developers/docs/interactions/receiving-and-responding>.

use super::meters::Outcome;
use super::rest::{Repeat, Rest, RestError};
use super::{App, Reply, router, wire};
use crate::view::message::{File, Message};
use crate::view::reply;
use serde_json::{Value, json};
use serenity::all::{Interaction, InteractionId, LightMethod, Route};
use std::time::{Duration, Instant};

/// Work that takes longer than this is announced by a deferral.
const DEFER_AFTER: Duration = Duration::from_millis(1_500);
/// Work that takes longer than this is given up.
const GIVE_UP_AFTER: Duration = Duration::from_secs(60);
/// Tries of a first answer: there is no time for more.
const FIRST_TRIES: u32 = 3;
/// Tries of an answer after a deferral.
const LATER_TRIES: u32 = 5;
/// Discord's code for a second first answer.
const ALREADY_ACKNOWLEDGED: isize = 40_060;

/// Types of callback:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type>.
const MESSAGE: u8 = 4;
const DEFERRED_MESSAGE: u8 = 5;
const DEFERRED_UPDATE: u8 = 6;
const UPDATE: u8 = 7;
const SUGGESTIONS: u8 = 8;
const MODAL: u8 = 9;

/// Answers an interaction, and logs what could not be answered.
pub async fn answer(app: &App, rest: &Rest, interaction: &Interaction) {
    let id = interaction.id();
    let received = Instant::now();
    let work = router::reply(app, interaction);
    tokio::pin!(work);
    let answered = match tokio::time::timeout(DEFER_AFTER, &mut work).await {
        Ok(done) => {
            let outcome = outcome(&done, Outcome::Answered);
            let reply = reply_or_incident(id, done);
            let answered = first_answer(rest, interaction, &reply, received).await;
            answered.map(|()| outcome)
        }
        Err(_slow) => {
            let deferral = router::deferral(interaction);
            let work = async {
                let done = tokio::time::timeout(GIVE_UP_AFTER, work).await;
                done.unwrap_or(Err(router::Trouble::TooSlow))
            };
            deferred_answer(rest, interaction, deferral, received, work).await
        }
    };
    let outcome = answered.unwrap_or_else(|error| {
        tracing::warn!(interaction_id = %id, %error, "interaction.not_answered");
        Outcome::Unanswered
    });
    rest.meters().interactions.count(interaction, outcome);
}

/// What becomes of an interaction if its reply gets through.
fn outcome(done: &Result<Reply, router::Trouble>, well: Outcome) -> Outcome {
    if done.is_ok() { well } else { Outcome::Failed }
}

/// The reply, or a plain sentence with a code that finds the cause in the log.
fn reply_or_incident(id: InteractionId, done: Result<Reply, router::Trouble>) -> Reply {
    done.unwrap_or_else(|trouble| {
        let incident = incident(id);
        tracing::error!(interaction_id = %id, incident, error = %trouble, "interaction.failed");
        Reply::private(if trouble.is_about_storing() {
            reply::not_stored(&incident)
        } else {
            reply::broken(&incident)
        })
    })
}

/// A short code for a member to quote: the last digits of the interaction's id in base 36.
fn incident(id: InteractionId) -> String {
    let mut rest = id.get();
    let mut code = String::with_capacity(6);
    for _ in 0..6 {
        let digit = u32::try_from(rest % 36).unwrap_or(0);
        code.push(char::from_digit(digit, 36).unwrap_or('0'));
        rest /= 36;
    }
    code.to_uppercase()
}

async fn first_answer(
    rest: &Rest,
    to: &Interaction,
    reply: &Reply,
    received: Instant,
) -> Result<(), RestError> {
    let (kind, data) = match reply {
        Reply::Say { message, private } => (MESSAGE, wire::reply(message, *private)),
        Reply::Update(message) => (UPDATE, wire::message(message)),
        Reply::Suggest(suggestions) => (SUGGESTIONS, wire::suggestions(suggestions)),
        Reply::Ask(modal) => (MODAL, wire::modal(modal)),
    };
    call_back(rest, to, kind, data, file(reply), received).await
}

/// The file that comes with a reply.
fn file(reply: &Reply) -> Option<&File> {
    match reply {
        Reply::Say { message, .. } | Reply::Update(message) => message.file.as_ref(),
        Reply::Suggest(_) | Reply::Ask(_) => None,
    }
}

async fn call_back(
    rest: &Rest,
    to: &Interaction,
    kind: u8,
    data: Value,
    file: Option<&File>,
    received: Instant,
) -> Result<(), RestError> {
    let route = Route::InteractionResponse {
        interaction_id: to.id(),
        token: to.token(),
    };
    let body = json!({ "type": kind, "data": data });
    let answered = rest
        .interaction_say(
            LightMethod::Post,
            route,
            &body,
            file,
            Repeat::Safe,
            FIRST_TRIES,
        )
        .await;
    match answered {
        // An earlier try did get through, only its answer was lost.
        Err(error) if error.code() == Some(ALREADY_ACKNOWLEDGED) => {}
        other => other?,
    }
    let acknowledged = &rest.meters().interactions.acknowledged;
    acknowledged.observe_time(received.elapsed());
    Ok(())
}

async fn deferred_answer(
    rest: &Rest,
    to: &Interaction,
    deferral: router::Deferral,
    received: Instant,
    work: impl Future<Output = Result<Reply, router::Trouble>>,
) -> Result<Outcome, RestError> {
    let (kind, data) = match deferral {
        router::Deferral::Message { private } => (DEFERRED_MESSAGE, wire::deferral(private)),
        router::Deferral::Update => (DEFERRED_UPDATE, json!({})),
        router::Deferral::Impossible => {
            let done = work.await;
            let outcome = outcome(&done, Outcome::Answered);
            let reply = reply_or_incident(to.id(), done);
            first_answer(rest, to, &reply, received).await?;
            return Ok(outcome);
        }
    };
    // The work goes on while the deferral travels.
    let (deferred, done) = tokio::join!(call_back(rest, to, kind, data, None, received), work);
    deferred?;
    let outcome = outcome(&done, Outcome::Deferred);
    let reply = reply_or_incident(to.id(), done);
    let (Reply::Say { message, .. } | Reply::Update(message)) = &reply else {
        return Ok(outcome);
    };
    later_answer(rest, to, deferral, &reply, message).await?;
    Ok(outcome)
}

/// The reply after a deferral.
async fn later_answer(
    rest: &Rest,
    to: &Interaction,
    deferral: router::Deferral,
    reply: &Reply,
    message: &Message,
) -> Result<(), RestError> {
    let application_id = rest
        .application()
        .ok_or(RestError::NoAnswer("not connected yet"))?;
    let body = wire::message(message);
    let (method, route) = match (deferral, reply) {
        // "Nothing to update after all, but something to say": a follow-up of its own.
        (router::Deferral::Update, Reply::Say { private, .. }) => {
            let body = wire::reply(message, *private);
            let route = Route::WebhookFollowupMessages {
                application_id: application_id.into(),
                token: to.token(),
            };
            let file = file(reply);
            return rest
                .interaction_say(
                    LightMethod::Post,
                    route,
                    &body,
                    file,
                    Repeat::IfRefused,
                    LATER_TRIES,
                )
                .await;
        }
        _ => (
            LightMethod::Patch,
            Route::WebhookOriginalInteractionResponse {
                application_id: application_id.into(),
                token: to.token(),
            },
        ),
    };
    rest.interaction_say(method, route, &body, file(reply), Repeat::Safe, LATER_TRIES)
        .await
}
