//! Servers: their channels, members, roles, threads and events.

use axum::http::Method;

use super::{Answer, Call, done, ok};
use crate::{error::ApiError, id::GuildId, validate::role, world::World};

pub fn route(world: &mut World, call: &Call<'_>) -> Answer {
    let id = call.id(1)?;
    match (&call.method, &call.path[2..]) {
        (&Method::GET, []) => ok(world.guild_for_bot(id)?.json()),
        (&Method::GET, ["channels"]) => {
            let channels = world.guild_for_bot(id)?.channels.iter();
            let channels = channels.filter_map(|id| world.channels.get(id));
            ok(channels
                .map(|channel| world.channel_json(channel))
                .collect())
        }
        (&Method::GET, ["threads", "active"]) => ok(world.active_threads(id)?),
        (&Method::GET, ["members", who]) => {
            let user_id = if *who == "@me" {
                world.bot_id()
            } else {
                call.id(3)?
            };
            let member = world.member_json(world.guild_for_bot(id)?, user_id);
            ok(member.ok_or_else(ApiError::unknown_member)?)
        }
        (&Method::PUT | &Method::DELETE, ["members", _, "roles", _]) => {
            let (user_id, role_id) = (call.id(3)?, call.id(5)?);
            world.set_member_role(id, user_id, role_id, call.method == Method::PUT)?;
            done()
        }
        (_, ["roles", ..]) => roles(world, call, id),
        (_, ["scheduled-events", ..]) => events(world, call, id),
        (_, [] | ["channels"] | ["members", _] | ["members", _, "roles", _]) => {
            Err(ApiError::method_not_allowed())
        }
        _ => Err(ApiError::unknown_route()),
    }
}

fn roles(world: &mut World, call: &Call<'_>, id: GuildId) -> Answer {
    match (&call.method, &call.path[3..]) {
        (&Method::GET, []) => {
            let roles = &world.guild_for_bot(id)?.roles;
            ok(roles.iter().map(crate::world::Role::json).collect())
        }
        (&Method::POST, []) => ok(world.create_role(id, &role::read(&call.body)?, call.now_ms)?),
        (&Method::GET, [_]) => {
            let (wanted, roles) = (call.id(3)?, &world.guild_for_bot(id)?.roles);
            let role = roles.iter().find(|role| role.id == wanted);
            ok(role.ok_or_else(ApiError::unknown_role)?.json())
        }
        (&Method::PATCH, [_]) => {
            let change = role::read(&call.body)?;
            ok(world.change_role(id, call.id(3)?, &change)?)
        }
        (&Method::DELETE, [_]) => {
            world.delete_role(id, call.id(3)?)?;
            done()
        }
        (_, [] | [_]) => Err(ApiError::method_not_allowed()),
        _ => Err(ApiError::unknown_route()),
    }
}

fn events(world: &mut World, call: &Call<'_>, id: GuildId) -> Answer {
    let now_ms = call.now_ms;
    world.move_events_on(id, now_ms);
    match (&call.method, &call.path[3..]) {
        (&Method::GET, []) => ok(world.list_events(id)?),
        (&Method::POST, []) => ok(world.create_event(id, &call.body, now_ms)?),
        (&Method::GET, [_]) => ok(world.find_event(id, call.id(3)?)?),
        (&Method::PATCH, [_]) => ok(world.change_event(id, call.id(3)?, &call.body, now_ms)?),
        (&Method::DELETE, [_]) => {
            world.delete_event(id, call.id(3)?)?;
            done()
        }
        (_, [] | [_]) => Err(ApiError::method_not_allowed()),
        _ => Err(ApiError::unknown_route()),
    }
}
