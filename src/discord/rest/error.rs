//! Why a call to Discord failed, without the secrets in its address.

use heat_store::StoreError;
use heat_view::escape::clip;
use reqwest::StatusCode;
use serenity::Error;
use serenity::all::{DiscordJsonError, HttpError, Route};
use std::time::Duration;

/// How many characters of a response's message are kept.
const SAID_MAX: usize = 500;

/// Whether a call may be repeated when it is unknown whether the first one succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Repeating it has no further effect: an edit, a post with a nonce, a read.
    Safe,
    /// Only after a response that says that it failed.
    IfRefused,
}

/// Why a call failed, without the address: addresses contain interaction tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// Discord refused it.
    #[error("Discord answered {status}, code {code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's JSON error code, 0 or -1 if it sent none:
        /// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.
        code: isize,
        /// Discord's message, with the faulty fields if it named any.
        message: String,
        /// How long to wait before the next try, if Discord said so.
        retry_after: Option<Duration>,
    },
    /// The request or its response was lost.
    #[error("no response from Discord: {0}")]
    NoAnswer(&'static str),
    /// It was not sent, because another process has taken over the games, or may have.
    #[error("not sent, because another process may own the games: {0}")]
    NotOurs(StoreError),
    /// The response was malformed.
    #[error("Discord's response cannot be read: {0}")]
    Unreadable(String),
}

impl RestError {
    /// Discord's JSON error code, if it refused the call.
    #[must_use]
    pub fn code(&self) -> Option<isize> {
        match self {
            Self::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// The HTTP status, if Discord refused the call.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The error with these texts removed: a response may repeat the address or a header, and it is
    /// logged. Also limits its length.
    pub(super) fn without(mut self, secrets: [&str; 2]) -> Self {
        if let Self::Refused { message: said, .. } | Self::Unreadable(said) = &mut self {
            let bare = secrets.map(|secret| secret.trim_start_matches("Bot "));
            for secret in bare.into_iter().filter(|secret| !secret.is_empty()) {
                *said = said.replace(secret, "…");
            }
            *said = clip(said, SAID_MAX);
        }
        self
    }

    /// How long Discord asked to wait before the next try.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Whether repeating the same call may have another result.
    pub(super) fn worth_repeating(&self, repeat: Repeat) -> bool {
        match self {
            // A 429 without a readable body still counts.
            Self::Refused { status, .. } if *status == 429 => true,
            Self::Refused { status, .. } => *status >= 500 && repeat == Repeat::Safe,
            Self::NoAnswer(_) => repeat == Repeat::Safe,
            Self::Unreadable(_) | Self::NotOurs(_) => false,
        }
    }
}

/// The interaction token in a route's address; empty if it has none.
pub(super) fn token_of(route: Route<'_>) -> &str {
    match route {
        Route::InteractionResponse { token, .. }
        | Route::WebhookOriginalInteractionResponse { token, .. }
        | Route::WebhookFollowupMessage { token, .. }
        | Route::WebhookFollowupMessages { token, .. } => token,
        _ => "",
    }
}

pub(super) fn without_address(error: Error) -> RestError {
    match error {
        Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            refused(response.status_code.as_u16(), Some(response.error), None)
        }
        Error::Http(HttpError::Request(error)) => RestError::NoAnswer(kind_of(&error)),
        Error::Http(_) => RestError::NoAnswer("the request could not be made"),
        Error::Json(error) => RestError::Unreadable(error.to_string()),
        _ => RestError::NoAnswer("the client failed"),
    }
}

/// The error for a response that refuses a call.
pub(super) fn refused(
    status: u16,
    said: Option<DiscordJsonError>,
    retry_after: Option<Duration>,
) -> RestError {
    let (mut code, mut message) = (-1, "without a readable reason".to_owned());
    if let Some(said) = said {
        (code, message) = (said.code, said.message);
        for fault in said.errors.iter().take(5) {
            message.extend(["; ", &fault.path, ": ", &fault.message]);
        }
    }
    RestError::Refused {
        status,
        code,
        message,
        retry_after,
    }
}

pub(super) fn kind_of(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    }
}

/// Whether a response says that the token is wrong.
#[must_use]
pub fn is_unauthorised(error: &RestError) -> bool {
    error.status() == Some(StatusCode::UNAUTHORIZED.as_u16())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_that_repeats_a_secret_is_kept_without_it() {
        let echo = |message: &str| RestError::Refused {
            status: 404,
            code: 10_015,
            message: message.to_owned(),
            retry_after: None,
        };
        let route = Route::WebhookFollowupMessages {
            application_id: 1.into(),
            token: "int-token",
        };
        let secrets = ["Bot bot-token", token_of(route)];
        let shown = echo("no /webhooks/1/int-token for Bot bot-token").without(secrets);
        assert_eq!(shown, echo("no /webhooks/1/… for Bot …"));
        let long = echo(&"x".repeat(100_000)).without(secrets).to_string();
        assert!(long.len() < 1_000, "{}", long.len());
        let none = [Route::GatewayBot, Route::UserMe].map(token_of);
        assert_eq!(echo("as it is").without(none), echo("as it is"));
    }

    #[test]
    fn retries_depend_on_the_error() {
        let refused = |status| RestError::Refused {
            status,
            code: 0,
            message: String::new(),
            retry_after: None,
        };
        for (error, safe, if_refused) in [
            (refused(429), true, true),
            (refused(500), true, false),
            (refused(502), true, false),
            (refused(404), false, false),
            (refused(403), false, false),
            (RestError::NoAnswer("it took too long"), true, false),
        ] {
            assert_eq!(error.worth_repeating(Repeat::Safe), safe, "{error}");
            assert_eq!(
                error.worth_repeating(Repeat::IfRefused),
                if_refused,
                "{error}"
            );
        }
    }
}
