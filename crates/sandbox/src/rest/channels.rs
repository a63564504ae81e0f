//! Channels and their messages.

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{Answer, Call, done, ok};
use crate::{
    error::ApiError,
    id::MessageId,
    validate::{
        form::FormErrors,
        message::{self, Use},
        thread,
    },
    world::{EditAs, World},
};

pub fn route(world: &mut World, call: &Call<'_>) -> Answer {
    match (&call.method, call.path) {
        (&Method::GET, ["channels", _]) => {
            let channel = world.channel_for_bot(call.id(1)?)?;
            ok(world.channel_json(channel))
        }
        (&Method::POST, ["channels", _, "typing"]) => {
            world.check_may_post(call.id(1)?)?;
            done()
        }
        (&Method::GET, ["channels", _, "messages"]) => list(world, call),
        (&Method::POST, ["channels", _, "messages"]) => {
            let channel_id = call.id(1)?;
            world.check_may_post(channel_id)?;
            let draft = message::read(&call.body, "", Use::ChannelCreate, &call.files)?;
            ok(world.post_as_bot(channel_id, draft, &call.files, call.now_ms)?)
        }
        (&Method::GET, ["channels", _, "messages", _]) => {
            let message = world.message_for_bot(call.id(1)?, call.id(3)?)?;
            ok(world.message_json(message))
        }
        (&Method::PATCH, ["channels", _, "messages", _]) => {
            let (channel_id, id) = (call.id(1)?, call.id(3)?);
            world.message_for_bot(channel_id, id)?;
            let draft = message::read(&call.body, "", Use::Edit, &call.files)?;
            ok(world.edit(channel_id, id, EditAs::Bot, draft, &call.files, call.now_ms)?)
        }
        (&Method::DELETE, ["channels", _, "messages", _]) => {
            world.delete_as_bot(call.id(1)?, call.id(3)?)?;
            done()
        }
        (&Method::PATCH, ["channels", _]) => {
            let id = call.id(1)?;
            world.channel_for_bot(id)?;
            let change = thread::read_change(&call.body)?;
            ok(world.change_thread_as_bot(id, &change, call.now_ms)?)
        }
        (&Method::DELETE, ["channels", _]) => ok(world.delete_channel_as_bot(call.id(1)?)?),
        (&Method::POST, ["channels", _, "threads"]) => start_thread(world, call, None),
        (&Method::POST, ["channels", _, "messages", _, "threads"]) => {
            start_thread(world, call, Some(call.id(3)?))
        }
        (&Method::GET, ["channels", _, "threads", "archived", "public"]) => {
            ok(world.archived_threads(call.id(1)?)?)
        }
        (&Method::PUT | &Method::DELETE, ["channels", _, "thread-members", who]) => {
            let user_id = if *who == "@me" {
                None
            } else {
                Some(call.id(3)?)
            };
            let is_in = call.method == Method::PUT;
            world.set_thread_member(call.id(1)?, user_id, is_in, call.now_ms)?;
            done()
        }
        (_, ["channels", _] | ["channels", _, "messages"] | ["channels", _, "messages", _]) => {
            Err(ApiError::method_not_allowed())
        }
        _ => Err(ApiError::unknown_route()),
    }
}

fn start_thread(world: &mut World, call: &Call<'_>, message_id: Option<MessageId>) -> Answer {
    let parent_id = call.id(1)?;
    world.channel_for_bot(parent_id)?;
    let new = thread::read_new(&call.body, message_id.is_some())?;
    let body = world.start_thread_as_bot(parent_id, message_id, &new, call.now_ms)?;
    Ok((StatusCode::CREATED, Some(body)))
}

fn list(world: &World, call: &Call<'_>) -> Answer {
    let limit = call
        .query
        .get("limit")
        .map_or(Some(50), |text| text.parse().ok());
    let Some(limit @ 1..=100) = limit else {
        let mut errors = FormErrors::default();
        errors.add(
            "limit",
            "NUMBER_TYPE_MAX",
            "int value should be between 1 and 100.",
        );
        return errors.finish().and_then(|()| ok(json!([])));
    };
    let (before, after) = (call.query_id("before"), call.query_id("after"));
    ok(json!(world.messages_for_bot(
        call.id(1)?,
        before,
        after,
        limit
    )?))
}
