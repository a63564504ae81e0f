//! Discord's error responses: status, code, message, and the nested `errors` of an invalid form.
//!
//! Codes and messages are those of Discord's page "Opcodes and Status Codes", section JSON.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

/// A request that Discord would refuse.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    /// HTTP status of the response.
    pub status: StatusCode,
    /// Discord's JSON error code; 0 for a general error.
    pub code: u32,
    /// Discord's message for the code.
    pub message: String,
    /// The nested `errors` object of code 50035.
    pub errors: Option<Value>,
    /// For 429: how long to wait, in milliseconds, and whether the limit is the global one.
    pub retry: Option<Retry>,
}

/// The wait that a 429 response announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// Milliseconds until the next request may succeed.
    pub after_ms: u64,
    /// Whether the limit is the application's global one.
    pub global: bool,
}

impl ApiError {
    fn new(status: StatusCode, code: u32, message: &str) -> Self {
        Self {
            status,
            code,
            message: message.to_owned(),
            errors: None,
            retry: None,
        }
    }

    /// 401 without or with a wrong bot token.
    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 0, "401: Unauthorized")
    }

    /// 404 for a route that does not exist.
    pub fn unknown_route() -> Self {
        Self::new(StatusCode::NOT_FOUND, 0, "404: Not Found")
    }

    /// 405 for a route that exists with other methods.
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, 0, "405: Method Not Allowed")
    }

    /// 400 with code 50109: the body is not JSON.
    pub fn invalid_json() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            50109,
            "The request body contains invalid JSON.",
        )
    }

    /// 413: the request is larger than Discord accepts.
    pub fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            40005,
            "Request entity too large",
        )
    }

    /// 404 with code 10002.
    pub fn unknown_application() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10002, "Unknown Application")
    }

    /// 404 with code 10003.
    pub fn unknown_channel() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10003, "Unknown Channel")
    }

    /// 404 with code 10004.
    pub fn unknown_guild() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10004, "Unknown Guild")
    }

    /// 404 with code 10007.
    pub fn unknown_member() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10007, "Unknown Member")
    }

    /// 404 with code 10008.
    pub fn unknown_message() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10008, "Unknown Message")
    }

    /// 404 with code 10011.
    pub fn unknown_role() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10011, "Unknown Role")
    }

    /// 404 with code 10013.
    pub fn unknown_user() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10013, "Unknown User")
    }

    /// 404 with code 10015: no such webhook, or an interaction that was not answered yet.
    pub fn unknown_webhook() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10015, "Unknown Webhook")
    }

    /// 404 with code 10062: the interaction is over three seconds old, or the token is wrong.
    pub fn unknown_interaction() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10062, "Unknown interaction")
    }

    /// 404 with code 10063.
    pub fn unknown_command() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10063, "Unknown application command")
    }

    /// 404 with code 10070.
    pub fn unknown_event() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            10070,
            "Unknown Guild Scheduled Event",
        )
    }

    /// 400 with code 30005: more than 250 roles.
    pub fn too_many_roles() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            30005,
            "Maximum number of guild roles reached (250)",
        )
    }

    /// 400 with code 30038: more than 100 events that are not over.
    pub fn too_many_events() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            30038,
            "Maximum number of uncompleted guild scheduled events reached (100)",
        )
    }

    /// 400 with code 40094: an interaction of a user's own installation takes five follow-ups.
    pub fn too_many_followups() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            40094,
            "This interaction has reached the maximum number of follow up messages",
        )
    }

    /// 400 with code 40060.
    pub fn already_acknowledged() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            40060,
            "Interaction has already been acknowledged.",
        )
    }

    /// 403 with code 50001: the bot cannot see it.
    pub fn missing_access() -> Self {
        Self::new(StatusCode::FORBIDDEN, 50001, "Missing Access")
    }

    /// 403 with code 50003.
    pub fn not_in_dm() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            50003,
            "Cannot execute action on a DM channel",
        )
    }

    /// 403 with code 50005.
    pub fn not_the_author() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            50005,
            "Cannot edit a message authored by another user",
        )
    }

    /// 400 with code 50006.
    pub fn empty_message() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            50006,
            "Cannot send an empty message",
        )
    }

    /// 403 with code 50007.
    pub fn cannot_message_user() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            50007,
            "Cannot send messages to this user",
        )
    }

    /// 403 with code 50013.
    pub fn missing_permissions() -> Self {
        Self::new(StatusCode::FORBIDDEN, 50013, "Missing Permissions")
    }

    /// 401 with code 50027: the interaction's token is older than fifteen minutes.
    pub fn invalid_webhook_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 50027, "Invalid Webhook Token")
    }

    /// 400 with code 50024: a thread inside a thread, or in a direct message.
    pub fn wrong_channel_type() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            50024,
            "Cannot execute action on this channel type",
        )
    }

    /// 400 with code 50028: the role belongs to an app, or to everyone.
    pub fn invalid_role() -> Self {
        Self::new(StatusCode::BAD_REQUEST, 50028, "Invalid Role")
    }

    /// 403 with code 50083: the thread is archived.
    pub fn thread_archived() -> Self {
        Self::new(StatusCode::FORBIDDEN, 50083, "Thread is archived")
    }

    /// 400 with code 160004: the message has a thread already.
    pub fn thread_exists() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            160_004,
            "A thread has already been created for this message",
        )
    }

    /// 403 with code 160005: the thread is locked.
    pub fn thread_locked() -> Self {
        Self::new(StatusCode::FORBIDDEN, 160_005, "This thread is locked")
    }

    /// 400 with code 160006: a server has at most a thousand active threads.
    pub fn too_many_threads() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            160_006,
            "Maximum number of active threads reached",
        )
    }

    /// 400 with code 180000: the event is over.
    pub fn event_finished() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            180_000,
            "Cannot update a finished event",
        )
    }

    /// 400 with code 50035 and the nested errors.
    pub fn invalid_form(errors: Map<String, Value>) -> Self {
        Self {
            errors: Some(Value::Object(errors)),
            ..Self::new(StatusCode::BAD_REQUEST, 50035, "Invalid Form Body")
        }
    }

    /// 400 with code 30032: more than 100 commands in one scope.
    pub fn too_many_commands() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            30032,
            "Maximum number of application commands reached (100)",
        )
    }

    /// The bot's interactions endpoint gave an invalid response. Discord has no error for it: the
    /// interaction fails.
    pub fn bad_endpoint(sentence: &str) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, 0, sentence)
    }

    /// 429, in the shape of Discord's rate limit answer.
    pub fn rate_limited(after_ms: u64, global: bool) -> Self {
        Self {
            retry: Some(Retry { after_ms, global }),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                0,
                "You are being rate limited.",
            )
        }
    }

    /// A failure inside Discord, for injected faults.
    pub fn server(status: StatusCode) -> Self {
        Self::new(
            status,
            0,
            &format!(
                "{}: {}",
                status.as_u16(),
                status.canonical_reason().unwrap_or("Server Error")
            ),
        )
    }

    /// The JSON body of the response.
    pub fn body(&self) -> Value {
        if let Some(retry) = self.retry {
            return json!({
                "message": self.message,
                "retry_after": seconds(retry.after_ms),
                "global": retry.global,
                "code": self.code,
            });
        }
        let mut body = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// Milliseconds as fractional seconds, as in Discord's rate limit responses.
pub fn seconds(ms: u64) -> f64 {
    std::time::Duration::from_millis(ms).as_secs_f64()
}
