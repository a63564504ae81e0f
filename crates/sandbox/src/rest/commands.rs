//! Registers commands, global or for one server.

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{Answer, Call, done, ok};
use crate::{error::ApiError, world::World};

pub fn route(world: &mut World, call: &Call<'_>) -> Answer {
    let (guild_id, rest) = match call.path {
        ["applications", _, "commands", rest @ ..] => (None, rest),
        ["applications", _, "guilds", _, "commands", rest @ ..] => (Some(call.id(3)?), rest),
        _ => return Err(ApiError::unknown_route()),
    };
    if world.application_id != call.id(1)? {
        return Err(ApiError::missing_access());
    }
    let command_id = || call.id(call.path.len() - 1);
    match (&call.method, rest) {
        (&Method::GET, []) => ok(json!(world.list_commands(guild_id)?)),
        (&Method::PUT, []) => ok(json!(world.put_commands(
            guild_id,
            &call.body,
            call.now_ms
        )?)),
        (&Method::POST, []) => {
            let (is_new, body) = world.post_command(guild_id, &call.body, call.now_ms)?;
            let status = if is_new {
                StatusCode::CREATED
            } else {
                StatusCode::OK
            };
            Ok((status, Some(body)))
        }
        (&Method::GET, [_]) => ok(world.find_command(guild_id, command_id()?)?),
        (&Method::PATCH, [_]) => {
            ok(world.patch_command(guild_id, command_id()?, &call.body, call.now_ms)?)
        }
        (&Method::DELETE, [_]) => {
            world.delete_command(guild_id, command_id()?)?;
            done()
        }
        (_, [] | [_]) => Err(ApiError::method_not_allowed()),
        _ => Err(ApiError::unknown_route()),
    }
}
