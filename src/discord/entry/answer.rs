//! Answers one interaction in time: at once, or after a deferral if the work is slow.
//!
//! Discord accepts the first response within three seconds, and further ones for 15 minutes:
//! <https://discord.com/developers/docs/interactions/receiving-and-responding>.

use super::Services;
use super::response::{FirstResponse, Responder, ResponseError};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::meters::Outcome;
use crate::discord::reply::{Placement, Reply};
use crate::discord::router;
use heat_core::lang::Lang;
use heat_store::StoreError;
use heat_view::reply;
use serenity::all::{Interaction, InteractionId};
use std::time::{Duration, Instant};

/// How long, after a pause or a lost connection, to wait for the database to say which process owns
/// the games. Without an answer this process responds, late enough to let another one be first.
const ASK_MAX: Duration = Duration::from_secs(1);
/// Work that takes longer than this is abandoned.
const GIVE_UP_AFTER: Duration = Duration::from_secs(60);
/// The same where Discord accepts no deferral, so that a refusal is still in time.
const GIVE_UP_UNDEFERRED_AFTER: Duration = super::DEFER_AFTER;

/// Answers an interaction, and logs failures.
pub(super) async fn answer(services: &Services, interaction: &Interaction, first: FirstResponse) {
    let received = Instant::now();
    let asked = tokio::time::timeout(ASK_MAX, services.app.store.hold()).await;
    if asked == Ok(Err(StoreError::LeaseLost)) {
        tracing::info!(interaction_id = %interaction.id(), "interaction.left_to_another_process");
        return;
    }
    let routed = router::route(&services.app, interaction);
    let placement = routed.placement;
    let responder = Responder::new(services, interaction, placement, first);
    // The first interactions may arrive before the packs are loaded. A form must not be delayed:
    // nothing can be deferred before it. Its handler waits on its own for what it needs.
    let work = async {
        if placement != Placement::Modal {
            services.app.loaded().await;
        }
        routed.run().await
    };
    let id = interaction.id();
    let lang = Langs::of(interaction, placement, None).member;
    let answered = match placement {
        Placement::Modal | Placement::Suggestions => {
            let limit = GIVE_UP_UNDEFERRED_AFTER.saturating_sub(received.elapsed());
            let done = in_time(limit, work).await;
            respond(responder, (lang, id), done).await
        }
        Placement::Message(_) | Placement::Update => {
            tokio::pin!(work);
            let limit = services.defer_after.saturating_sub(received.elapsed());
            let at_once = if services.defer_after.is_zero() {
                None
            } else {
                tokio::time::timeout(limit, &mut work).await.ok()
            };
            match at_once {
                Some(done) => respond(responder, (lang, id), done).await,
                None => defer(responder, (lang, id), in_time(GIVE_UP_AFTER, work)).await,
            }
        }
    };
    let outcome = answered.unwrap_or_else(|error| {
        tracing::warn!(interaction_id = %id, %error, "interaction.not_answered");
        Outcome::Unanswered
    });
    services.meters.interactions.count(interaction, outcome);
}

async fn in_time(
    limit: Duration,
    work: impl Future<Output = Result<Reply, HandlerError>>,
) -> Result<Reply, HandlerError> {
    let done = tokio::time::timeout(limit, work).await;
    done.unwrap_or(Err(HandlerError::TooSlow(limit)))
}

async fn respond(
    responder: Responder<'_>,
    (lang, id): (Lang, InteractionId),
    done: Result<Reply, HandlerError>,
) -> Result<Outcome, ResponseError> {
    let outcome = outcome(&done, Outcome::Answered);
    responder
        .respond(&reply_or_incident(lang, id, done))
        .await?;
    Ok(outcome)
}

async fn defer(
    responder: Responder<'_>,
    (lang, id): (Lang, InteractionId),
    work: impl Future<Output = Result<Reply, HandlerError>>,
) -> Result<Outcome, ResponseError> {
    // The work continues while the deferral is sent, and finishes whether or not it arrives.
    let (deferred, done) = tokio::join!(responder.defer(), work);
    let outcome = outcome(&done, Outcome::Deferred);
    let reply = reply_or_incident(lang, id, done);
    deferred?.follow_up(&reply).await?;
    Ok(outcome)
}

/// What becomes of an interaction if its reply arrives.
fn outcome(done: &Result<Reply, HandlerError>, well: Outcome) -> Outcome {
    if done.is_ok() { well } else { Outcome::Failed }
}

/// The reply, or a plain message with a code for finding the cause in the log.
fn reply_or_incident(lang: Lang, id: InteractionId, done: Result<Reply, HandlerError>) -> Reply {
    done.unwrap_or_else(|error| {
        let incident = incident(id);
        tracing::error!(interaction_id = %id, incident, %error, "interaction.failed");
        Reply::Aside(if error.is_about_storing() {
            reply::not_stored(lang, &incident)
        } else {
            reply::broken(lang, &incident)
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
