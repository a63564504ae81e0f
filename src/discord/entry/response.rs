//! Sends answers to Discord: the first response, and what follows a deferral.
//!
//! On Discord the first response decides who sees what follows: the message that replaces a
//! deferral is as visible as the deferral was, whatever its own flags say
//! (<https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message>).

use super::Services;
use crate::discord::reply::{Placement, Reply, Visibility};
use crate::discord::rest::{Repeat, RestError};
use crate::discord::wire::{self, Callback, WireMessage};
use heat_view::message::{File, Message};
use serenity::all::{ApplicationId, Interaction, LightMethod, Route};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How often a first response is tried: there is no time for more.
const FIRST_TRIES: u32 = 3;
/// How often what follows a deferral is tried.
const LATER_TRIES: u32 = 5;
/// The pause between a deferral sent as an HTTP response and what follows it. Discord refuses the
/// latter until it has processed the former, and does not say when.
const SETTLING: Duration = Duration::from_millis(500);
/// How often that is retried: together, longer than the three seconds that Discord waits for a
/// first response.
const SETTLING_TRIES: u32 = 6;
/// Discord's code for a token whose interaction has no first response yet.
const UNKNOWN_WEBHOOK: isize = 10_015;
/// Discord's code for a second first response.
const ALREADY_ACKNOWLEDGED: isize = 40_060;

/// How the first response to an interaction is sent. Everything after it goes over REST.
pub enum FirstResponse {
    /// As a call to Discord's REST interface: for what came over the gateway.
    Callback,
    /// As the HTTP response to the request with the interaction.
    Http(oneshot::Sender<String>),
}

impl FirstResponse {
    /// How long after the response Discord may not have processed it yet.
    pub(super) fn settling(&self) -> Duration {
        match self {
            Self::Callback => Duration::ZERO,
            Self::Http(_) => SETTLING,
        }
    }
}

/// Why an interaction was not answered.
#[derive(Debug, thiserror::Error)]
pub(super) enum ResponseError {
    /// Discord refused it.
    #[error(transparent)]
    Rest(#[from] RestError),
    /// Another process has taken over the games, and answers.
    #[error("another process has taken over the games, and answers")]
    Replaced,
    /// The request was closed.
    #[error("the request was closed before its response")]
    HungUp,
}

/// An interaction that has no response yet.
pub(super) struct Responder<'a> {
    services: &'a Services,
    to: &'a Interaction,
    placement: Placement,
    first: FirstResponse,
    received: Instant,
}

impl<'a> Responder<'a> {
    pub(super) fn new(
        services: &'a Services,
        to: &'a Interaction,
        placement: Placement,
        first: FirstResponse,
    ) -> Self {
        Self {
            services,
            to,
            placement,
            first,
            received: Instant::now(),
        }
    }

    /// Sends the reply, in two steps if one is not enough.
    pub(super) async fn respond(self, reply: &Reply) -> Result<(), ResponseError> {
        let file = file(reply);
        if file.is_some() && matches!(self.first, FirstResponse::Http(_)) {
            // Discord documents no files in a first response, and fails with files over 150 KB
            // (https://github.com/discord/discord-api-docs/issues/5250); after a deferral it
            // accepts any.
            return self.defer().await?.follow_up(reply).await;
        }
        let body = match (reply, self.placement) {
            (Reply::Accept, _) => Callback::deferred_update(),
            (Reply::Suggest(suggestions), _) => Callback::suggestions(suggestions),
            (_, Placement::Suggestions) => Callback::suggestions(&[]),
            (Reply::Ask(modal), _) => Callback::modal(modal),
            (Reply::Fill(form), _) => Callback::form(form),
            (Reply::Show(message), Placement::Update) => Callback::update(message),
            (Reply::Show(message), Placement::Message(visibility)) => {
                Callback::message(message, visibility)
            }
            (Reply::Show(message) | Reply::Aside(message), _) => {
                Callback::message(message, Visibility::Member)
            }
        };
        self.give(&body, file).await
    }

    /// Tells Discord that the reply comes later, and waits until Discord has received that.
    pub(super) async fn defer(self) -> Result<Deferred<'a>, ResponseError> {
        let body = match self.placement {
            Placement::Message(visibility) => Callback::deferred_message(visibility),
            Placement::Update | Placement::Modal | Placement::Suggestions => {
                Callback::deferred_update()
            }
        };
        let settling = self.first.settling();
        let (services, to, placement) = (self.services, self.to, self.placement);
        self.give(&body, None).await?;
        tokio::time::sleep(settling).await;
        Ok(Deferred {
            services,
            to,
            placement,
        })
    }

    async fn give(self, body: &Callback<'_>, file: Option<&File>) -> Result<(), ResponseError> {
        if self.services.app.store.is_replaced() {
            return Err(ResponseError::Replaced);
        }
        match self.first {
            FirstResponse::Callback => call_back(self.services, self.to, body, file).await?,
            FirstResponse::Http(response) => {
                let sent = response.send(wire::json(body));
                sent.map_err(|_| ResponseError::HungUp)?;
            }
        }
        let acknowledged = &self.services.meters.interactions.acknowledged;
        acknowledged.observe(self.received.elapsed().as_secs_f64());
        Ok(())
    }
}

async fn call_back(
    services: &Services,
    to: &Interaction,
    body: &Callback<'_>,
    file: Option<&File>,
) -> Result<(), RestError> {
    let route = Route::InteractionResponse {
        interaction_id: to.id(),
        token: to.token(),
    };
    let (method, repeat) = (LightMethod::Post, Repeat::Safe);
    let answered = services
        .rest
        .interaction_say(method, route, body, file, repeat, FIRST_TRIES)
        .await;
    match answered {
        // An earlier try did arrive; only its response was lost.
        Err(error) if error.code() == Some(ALREADY_ACKNOWLEDGED) => Ok(()),
        other => other,
    }
}

/// An interaction that was deferred.
pub(super) struct Deferred<'a> {
    services: &'a Services,
    to: &'a Interaction,
    placement: Placement,
}

impl Deferred<'_> {
    /// Sends the deferred reply.
    pub(super) async fn follow_up(&self, reply: &Reply) -> Result<(), ResponseError> {
        let (Reply::Show(message) | Reply::Aside(message)) = reply else {
            return Ok(());
        };
        let is_aside = matches!(reply, Reply::Aside(_));
        match self.placement {
            // The public message is deleted, and the member gets a private one.
            Placement::PUBLIC if is_aside && self.take_back().await.is_ok() => {
                self.add(message).await
            }
            Placement::Message(_) => self.replace(message).await,
            _ if is_aside => self.add(message).await,
            _ => self.replace(message).await,
        }
    }

    /// The reply replaces the deferral, or the message whose button was pressed.
    async fn replace(&self, message: &Message) -> Result<(), ResponseError> {
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: self.application()?,
            token: self.to.token(),
        };
        let body = wire::message(message);
        let file = message.file.as_deref();
        self.say(LightMethod::Patch, route, &body, file, Repeat::Safe)
            .await
    }

    /// The reply is a separate private message.
    async fn add(&self, message: &Message) -> Result<(), ResponseError> {
        let route = Route::WebhookFollowupMessages {
            application_id: self.application()?,
            token: self.to.token(),
        };
        let body = wire::reply(message, Visibility::Member);
        let file = message.file.as_deref();
        self.say(LightMethod::Post, route, &body, file, Repeat::IfRefused)
            .await
    }

    async fn take_back(&self) -> Result<(), ResponseError> {
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: self.application()?,
            token: self.to.token(),
        };
        let (method, tries) = (LightMethod::Delete, LATER_TRIES);
        self.settled(|| async {
            let rest = &self.services.rest;
            let taken = rest.interaction_call(method, route, None, Repeat::Safe, tries);
            taken.await.map(|_| ())
        })
        .await
    }

    async fn say(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: &WireMessage<'_>,
        file: Option<&File>,
        repeat: Repeat,
    ) -> Result<(), ResponseError> {
        let rest = &self.services.rest;
        self.settled(|| rest.interaction_say(method, route, body, file, repeat, LATER_TRIES))
            .await
    }

    /// A call that is repeated until Discord has processed the deferral.
    async fn settled<F>(&self, call: impl Fn() -> F) -> Result<(), ResponseError>
    where
        F: Future<Output = Result<(), RestError>>,
    {
        let mut done = call().await;
        for _ in 0..SETTLING_TRIES {
            if !matches!(&done, Err(error) if error.code() == Some(UNKNOWN_WEBHOOK)) {
                break;
            }
            tokio::time::sleep(SETTLING).await;
            done = call().await;
        }
        done.map_err(ResponseError::from)
    }

    fn application(&self) -> Result<ApplicationId, RestError> {
        let id = self.services.rest.application();
        id.ok_or(RestError::NoAnswer("not connected yet"))
    }
}

/// The file attached to a reply.
fn file(reply: &Reply) -> Option<&File> {
    match reply {
        Reply::Show(message) | Reply::Aside(message) => message.file.as_deref(),
        Reply::Suggest(_) | Reply::Ask(_) | Reply::Fill(_) | Reply::Accept => None,
    }
}
