//! Answers one interaction in time: at once, or by a deferral if the work is slow.
//!
//! Discord takes the first answer within three seconds, and further ones for 15 minutes:
//! <https://discord.com/developers/docs/interactions/receiving-and-responding>.

use crate::discord::Reply;
use crate::discord::app::App;
use crate::discord::meters::Outcome;
use crate::discord::outgoing::rest::{Repeat, Rest, RestError};
use crate::discord::outgoing::wire;
use crate::discord::router;
use crate::discord::router::Deferral;
use heat_view::message::File;
use heat_view::reply;
use serde_json::{Value, json};
use serenity::all::{Interaction, InteractionId, LightMethod, Route};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Work that takes longer than this is announced by a deferral.
const DEFER_AFTER: Duration = Duration::from_millis(1_500);
/// Work that takes longer than this is given up.
const GIVE_UP_AFTER: Duration = Duration::from_secs(60);
/// Tries of a first answer: there is no time for more.
const FIRST_TRIES: u32 = 3;
/// Tries of an answer after a deferral.
const LATER_TRIES: u32 = 5;
/// Between a deferral given as a response, of which nothing tells when Discord has taken it in, and
/// what follows it, which Discord refuses before that.
const SETTLING: Duration = Duration::from_millis(500);
/// How often that is tried again.
const SETTLING_TRIES: u32 = 4;
/// Discord's code for a token whose interaction has no first answer yet.
const UNKNOWN_WEBHOOK: isize = 10_015;
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

/// Why an interaction was not answered.
#[derive(Debug, thiserror::Error)]
enum AnswerError {
    /// Discord did not take it.
    #[error(transparent)]
    Rest(#[from] RestError),
    /// Nobody waits for the response any more.
    #[error("the request was given up before its response")]
    HungUp,
}

/// By which way the first answer to an interaction goes out. Whatever comes after it goes by REST.
pub enum Way {
    /// As a call to Discord's REST interface: for what came over the gateway.
    Callback,
    /// As the response to the request that brought the interaction.
    Response(oneshot::Sender<Value>),
}

/// Answers an interaction, and logs what could not be answered.
pub async fn answer(app: &App, rest: &Rest, interaction: &Interaction, way: Way) {
    let id = interaction.id();
    let first = First {
        rest,
        to: interaction,
        way,
        received: Instant::now(),
    };
    let work = router::reply(app, interaction);
    tokio::pin!(work);
    let answered = match tokio::time::timeout(DEFER_AFTER, &mut work).await {
        Ok(done) => {
            let outcome = outcome(&done, Outcome::Answered);
            first
                .reply(&reply_or_incident(id, done))
                .await
                .map(|()| outcome)
        }
        Err(_slow) => {
            let deferral = router::deferral(interaction);
            let work = async {
                let done = tokio::time::timeout(GIVE_UP_AFTER, work).await;
                done.unwrap_or(Err(router::Trouble::TooSlow))
            };
            deferred_answer(first, deferral, work).await
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

/// The first answer, yet to be given: there is only one.
struct First<'a> {
    rest: &'a Rest,
    to: &'a Interaction,
    way: Way,
    received: Instant,
}

impl First<'_> {
    /// Gives the reply, and where that takes two steps, both.
    async fn reply(self, reply: &Reply) -> Result<(), AnswerError> {
        let (kind, data) = match reply {
            Reply::Say { message, private } => (MESSAGE, wire::reply(message, *private)),
            Reply::Update(message) => (UPDATE, wire::message(message)),
            Reply::Suggest(suggestions) => (SUGGESTIONS, wire::suggestions(suggestions)),
            Reply::Ask(modal) => (MODAL, wire::modal(modal)),
        };
        let file = file(reply);
        if file.is_some() && matches!(self.way, Way::Response(_)) {
            // Discord documents no file in a response, and fails with one of more than 150 KB
            // (https://github.com/discord/discord-api-docs/issues/5250); after a deferral it takes
            // any.
            let deferral = match reply {
                Reply::Say { private, .. } => Deferral::Message { private: *private },
                _ => Deferral::Update,
            };
            let (rest, to) = (self.rest, self.to);
            self.defer(deferral).await?;
            return later_answer(rest, to, deferral, reply).await;
        }
        self.give(json!({ "type": kind, "data": data }), file).await
    }

    /// Says that the reply comes later, and waits until Discord has heard that.
    async fn defer(self, deferral: Deferral) -> Result<(), AnswerError> {
        let (kind, data) = match deferral {
            Deferral::Message { private } => (DEFERRED_MESSAGE, wire::deferral(private)),
            Deferral::Update | Deferral::Impossible => (DEFERRED_UPDATE, json!({})),
        };
        let settling = match self.way {
            Way::Callback => Duration::ZERO,
            Way::Response(_) => SETTLING,
        };
        self.give(json!({ "type": kind, "data": data }), None)
            .await?;
        tokio::time::sleep(settling).await;
        Ok(())
    }

    async fn give(self, body: Value, file: Option<&File>) -> Result<(), AnswerError> {
        match self.way {
            Way::Callback => call_back(self.rest, self.to, &body, file).await?,
            Way::Response(response) => response.send(body).map_err(|_| AnswerError::HungUp)?,
        }
        let acknowledged = &self.rest.meters().interactions.acknowledged;
        acknowledged.observe_time(self.received.elapsed());
        Ok(())
    }
}

/// The file that comes with a reply.
fn file(reply: &Reply) -> Option<&File> {
    match reply {
        Reply::Say { message, .. } | Reply::Update(message) => message.file.as_deref(),
        Reply::Suggest(_) | Reply::Ask(_) => None,
    }
}

async fn call_back(
    rest: &Rest,
    to: &Interaction,
    body: &Value,
    file: Option<&File>,
) -> Result<(), RestError> {
    let (interaction_id, token) = (to.id(), to.token());
    let route = Route::InteractionResponse {
        interaction_id,
        token,
    };
    let (method, repeat) = (LightMethod::Post, Repeat::Safe);
    let answered = rest
        .interaction_say(method, route, body, file, repeat, FIRST_TRIES)
        .await;
    match answered {
        // An earlier try did get through, only its answer was lost.
        Err(error) if error.code() == Some(ALREADY_ACKNOWLEDGED) => Ok(()),
        other => other,
    }
}

async fn deferred_answer(
    first: First<'_>,
    deferral: Deferral,
    work: impl Future<Output = Result<Reply, router::Trouble>>,
) -> Result<Outcome, AnswerError> {
    let (rest, to) = (first.rest, first.to);
    if deferral == Deferral::Impossible {
        let done = work.await;
        let outcome = outcome(&done, Outcome::Answered);
        first.reply(&reply_or_incident(to.id(), done)).await?;
        return Ok(outcome);
    }
    // The work goes on while the deferral travels, and is done whether or not that arrives.
    let (deferred, done) = tokio::join!(first.defer(deferral), work);
    let outcome = outcome(&done, Outcome::Deferred);
    let reply = reply_or_incident(to.id(), done);
    deferred?;
    later_answer(rest, to, deferral, &reply).await?;
    Ok(outcome)
}

/// What follows a deferral.
async fn later_answer(
    rest: &Rest,
    to: &Interaction,
    deferral: Deferral,
    reply: &Reply,
) -> Result<(), AnswerError> {
    let (Reply::Say { message, .. } | Reply::Update(message)) = reply else {
        return Ok(());
    };
    let application = rest
        .application()
        .ok_or(RestError::NoAnswer("not connected yet"))?;
    let (application_id, token) = (application.into(), to.token());
    let (method, route, body, repeat) = match (deferral, reply) {
        // "Nothing to update after all, but something to say": a follow-up of its own.
        (Deferral::Update, Reply::Say { private, .. }) => (
            LightMethod::Post,
            Route::WebhookFollowupMessages {
                application_id,
                token,
            },
            wire::reply(message, *private),
            Repeat::IfRefused,
        ),
        _ => (
            LightMethod::Patch,
            Route::WebhookOriginalInteractionResponse {
                application_id,
                token,
            },
            wire::message(message),
            Repeat::Safe,
        ),
    };
    let say = || rest.interaction_say(method, route, &body, file(reply), repeat, LATER_TRIES);
    let mut said = say().await;
    for _ in 0..SETTLING_TRIES {
        if !matches!(&said, Err(error) if error.code() == Some(UNKNOWN_WEBHOOK)) {
            break;
        }
        tokio::time::sleep(SETTLING).await;
        said = say().await;
    }
    said.map_err(AnswerError::from)
}
