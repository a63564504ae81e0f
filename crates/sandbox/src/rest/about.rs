//! The bot about itself and its gateway.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Answer, Call, ok};
use crate::{
    error::ApiError,
    gateway::gateway_url,
    hub::Inner,
    id::UserId,
    validate::form::{Fields, FormErrors},
    world::World,
};

pub fn route(inner: &mut Inner, call: &Call<'_>) -> Answer {
    let world = &inner.world;
    match (&call.method, call.path) {
        (&Method::GET, ["gateway"]) => ok(json!({ "url": gateway_url(call.url) })),
        (&Method::GET, ["gateway", "bot"]) => ok(inner.sessions.about(&gateway_url(call.url))),
        (&Method::GET, ["users", "@me"]) => {
            let mut user = user_json(world, world.bot_id())?;
            user["verified"] = json!(true);
            user["mfa_enabled"] = json!(false);
            user["email"] = Value::Null;
            user["flags"] = json!(0);
            user["locale"] = json!("en-US");
            ok(user)
        }
        (&Method::GET, ["users", "@me", "guilds"]) => ok(json!(guild_list(world))),
        (&Method::POST, ["users", "@me", "channels"]) => open_dm(world, &call.body),
        (&Method::GET, ["users", _]) => ok(user_json(world, call.id(1)?)?),
        (&Method::GET, ["applications" | "oauth2", ..])
            if matches!(
                call.path,
                ["applications", "@me"] | ["oauth2", "applications", "@me"]
            ) =>
        {
            ok(application_json(world)?)
        }
        _ => Err(ApiError::unknown_route()),
    }
}

fn user_json(world: &World, id: UserId) -> Result<Value, ApiError> {
    let user = world.users.get(&id).ok_or_else(ApiError::unknown_user)?;
    Ok(user.json())
}

fn guild_list(world: &World) -> Vec<Value> {
    world
        .guilds
        .values()
        .filter(|guild| world.bot_is_in_guild(guild.id))
        .map(|guild| {
            let held = world.member_permissions(guild.id, world.bot_id());
            json!({
                "id": guild.id, "name": guild.name, "icon": null, "banner": null,
                "owner": false, "permissions": held, "features": [],
            })
        })
        .collect()
}

fn application_json(world: &World) -> Result<Value, ApiError> {
    let owner = world.guilds.values().next().map(|guild| guild.owner_id);
    let owner = owner.ok_or_else(ApiError::unknown_application)?;
    let installations = if world.user_install {
        json!({ "0": {}, "1": {} })
    } else {
        json!({ "0": {} })
    };
    Ok(json!({
        "id": world.application_id, "name": world.users.get(&world.bot_id()).map(|bot| &bot.username), "icon": null,
        "description": "", "summary": "", "type": null, "bot_public": true,
        "bot_require_code_grant": false, "verify_key": world.verify_key, "flags": 0, "team": null,
        "owner": user_json(world, owner)?, "bot": user_json(world, world.bot_id())?,
        "redirect_uris": [], "interactions_endpoint_url": world.endpoint_url,
        "role_connections_verification_url": null, "tags": [],
        "approximate_guild_count": guild_list(world).len(), "approximate_user_install_count": world.installed_by.len(),
        "integration_types_config": installations,
    }))
}

fn open_dm(world: &World, body: &Value) -> Answer {
    let mut errors = FormErrors::default();
    let recipient = Fields::of(body, "", &mut errors).and_then(|fields| {
        if fields.get("recipient_id").is_none() {
            errors.required("recipient_id");
        }
        fields.snowflake("recipient_id", &mut errors)
    });
    errors.finish()?;
    let user = recipient
        .and_then(|id| world.users.get(&id))
        .ok_or_else(ApiError::unknown_user)?;
    if user.bot {
        return Err(ApiError::cannot_message_user());
    }
    let channel = world
        .channels
        .values()
        .find(|channel| channel.recipient_id == Some(user.id))
        .ok_or_else(ApiError::cannot_message_user)?;
    ok(world.channel_json(channel))
}
