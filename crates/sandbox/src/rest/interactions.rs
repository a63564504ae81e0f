//! Responses to interactions, and what their tokens allow afterwards.

use axum::http::Method;

use super::{Answer, Call, done, ok};
use crate::{error::ApiError, world::World};

pub fn route(world: &mut World, call: &Call<'_>) -> Answer {
    let now_ms = call.now_ms;
    match (&call.method, call.path) {
        (&Method::POST, ["interactions", _, token, "callback"]) => {
            let id = call.id(1)?;
            let response = world.callback(id, token, &call.body, &call.files, now_ms)?;
            let wants_response = call
                .query
                .get("with_response")
                .is_some_and(|value| matches!(value.as_str(), "true" | "True" | "1"));
            if wants_response { ok(response) } else { done() }
        }
        (&Method::POST, ["webhooks", _, token]) => {
            ok(world.token_post(call.id(1)?, token, &call.body, &call.files, now_ms)?)
        }
        (&Method::GET, ["webhooks", _, token, "messages", which]) => {
            ok(world.token_get(call.id(1)?, token, which, now_ms)?)
        }
        (&Method::PATCH, ["webhooks", _, token, "messages", which]) => {
            let target = (call.id(1)?, *token, *which);
            ok(world.token_edit(target, &call.body, &call.files, now_ms)?)
        }
        (&Method::DELETE, ["webhooks", _, token, "messages", which]) => {
            world.token_delete(call.id(1)?, token, which, now_ms)?;
            done()
        }
        (
            _,
            ["interactions", _, _, "callback"]
            | ["webhooks", _, _]
            | ["webhooks", _, _, "messages", _],
        ) => Err(ApiError::method_not_allowed()),
        _ => Err(ApiError::unknown_route()),
    }
}
