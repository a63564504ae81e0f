//! The rules of places, without sockets: threads, direct messages, users' own installations,
//! roles, events, and what people who run a server do.

use std::str::FromStr;

use serde::Deserialize as _;
use serde_json::{Value, json};

use super::{Extras, Invocation, Limits, StaffAction, World};
use crate::{
    error::ApiError,
    id::{ChannelId, GuildId, UserId},
    permissions::Permissions,
    validate::{
        message::{self, Use},
        role, thread,
    },
};

const NOW_MS: u64 = 1_800_000_000_000;

/// A world with a bot that has registered commands, told the time by the test.
struct Stage {
    world: World,
    now_ms: u64,
}

impl Stage {
    fn new() -> Self {
        let limits = Limits {
            answer_ms: 3_000,
            token_ms: 900_000,
        };
        let url = "http://127.0.0.1:1".to_owned();
        let mut world = World::new(7, "Bot", limits, Extras::default(), url);
        let commands = json!([
            { "name": "play", "description": "d" },
            { "name": "look", "description": "d", "integration_types": [0, 1], "contexts": [0, 1, 2] },
            { "name": "mine", "description": "d", "integration_types": [1], "contexts": [0, 1, 2] },
        ]);
        world.put_commands(None, &commands, NOW_MS).unwrap();
        world.take_events();
        Self {
            world,
            now_ms: NOW_MS,
        }
    }

    fn user(&self, name: &str) -> UserId {
        let named = |user: &&super::User| user.global_name.as_deref() == Some(name);
        self.world.users.values().find(named).unwrap().id
    }

    fn channel(&self, name: &str) -> ChannelId {
        let named = |channel: &&super::Channel| channel.name == name;
        self.world.channels.values().find(named).unwrap().id
    }

    fn dm(&self, user_id: UserId) -> ChannelId {
        let with = |channel: &&super::Channel| channel.recipient_id == Some(user_id);
        self.world.channels.values().find(with).unwrap().id
    }

    fn guild(&self, name: &str) -> GuildId {
        let guilds = self.world.guilds.values();
        guilds.into_iter().find(|g| g.name == name).unwrap().id
    }

    fn act(&mut self, act: Value) {
        let act: StaffAction = serde_json::from_value(act).unwrap();
        self.world.act(None, &act, self.now_ms).unwrap();
    }

    fn act_as(&mut self, name: &str, act: Value) -> Result<(), String> {
        let act: StaffAction = serde_json::from_value(act).unwrap();
        self.world.act(Some(self.user(name)), &act, self.now_ms)
    }

    /// A thread of the bot's own in the channel.
    fn thread(&mut self, channel: &str) -> ChannelId {
        let new = json!({ "name": "Round one", "type": 11 });
        let new = thread::read_new(&new, false).unwrap();
        let parent = self.channel(channel);
        let made = self
            .world
            .start_thread_as_bot(parent, None, &new, self.now_ms);
        id(&made.unwrap(), "id")
    }

    fn post(&mut self, channel_id: ChannelId, body: &Value) -> Result<Value, ApiError> {
        let draft = message::read(body, "", Use::ChannelCreate, &[])?;
        self.world.post_as_bot(channel_id, draft, &[], self.now_ms)
    }

    fn edit(&mut self, channel_id: ChannelId, message: &Value) -> Result<Value, ApiError> {
        let body = json!({ "content": "edited" });
        let draft = message::read(&body, "", Use::Edit, &[])?;
        let id = id(message, "id");
        let bot = super::EditAs::Bot;
        self.world
            .edit(channel_id, id, bot, draft, &[], self.now_ms)
    }

    /// A member uses a command: the interaction as the bot receives it.
    fn command(
        &mut self,
        user_id: UserId,
        channel_id: ChannelId,
        name: &str,
    ) -> Result<Value, String> {
        let invocation = Invocation {
            user_id,
            channel_id,
            name: name.to_owned(),
            options: Vec::new(),
        };
        self.world.invoke(&invocation, self.now_ms)?;
        Ok(self.heard())
    }

    fn press(&mut self, user_id: UserId, message: &Value) -> Value {
        let place = (id(message, "channel_id"), id(message, "id"));
        self.world
            .use_component(user_id, place, "a", &[], self.now_ms)
            .unwrap();
        self.heard()
    }

    fn heard(&mut self) -> Value {
        let events = self.world.take_events().into_iter();
        let mut data = events.filter_map(|event| match event {
            super::Event::Dispatch { data, .. } => Some(data),
            _ => None,
        });
        data.next_back().unwrap()
    }

    fn answer(&mut self, interaction: &Value, kind: i64, data: &Value) -> Result<Value, ApiError> {
        let body = json!({ "type": kind, "data": data });
        let token = interaction["token"].as_str().unwrap();
        self.world
            .callback(id(interaction, "id"), token, &body, &[], self.now_ms)
    }

    fn follow_up(&mut self, interaction: &Value) -> Result<Value, ApiError> {
        let (app, token) = (self.world.application_id, interaction["token"].as_str());
        let body = json!({ "content": "more" });
        self.world
            .token_post(app, token.unwrap(), &body, &[], self.now_ms)
    }
}

fn id<Id: FromStr<Err = String>>(body: &Value, name: &str) -> Id {
    body[name].as_str().unwrap().parse().unwrap()
}

fn code<T: std::fmt::Debug>(refused: Result<T, ApiError>) -> u32 {
    refused.unwrap_err().code
}

fn hello() -> Value {
    json!({ "content": "Hello" })
}

fn with_button() -> Value {
    let button = json!({ "type": 2, "style": 1, "label": "A", "custom_id": "a" });
    json!({ "content": "?", "components": [{ "type": 1, "components": [button] }] })
}

#[test]
fn a_thread_takes_the_permission_for_threads_and_no_other() {
    let mut stage = Stage::new();
    let (thread, parent) = (stage.thread("trivia"), stage.channel("trivia"));
    let deny =
        |bits: Permissions| json!({ "do": "deny_bot", "channel_id": parent, "permissions": bits });
    stage.act(deny(Permissions::SEND_MESSAGES));
    assert_eq!(code(stage.post(parent, &hello())), 50_013);
    stage.post(thread, &hello()).unwrap();
    stage.act(deny(Permissions::SEND_MESSAGES_IN_THREADS));
    stage.post(parent, &hello()).unwrap();
    assert_eq!(code(stage.post(thread, &hello())), 50_013);
    stage.act(deny(Permissions::VIEW_CHANNEL));
    assert_eq!(code(stage.post(thread, &hello())), 50_001);

    stage.act(deny(Permissions::empty()));
    let heard = stage.command(stage.user("Foley"), thread, "play").unwrap();
    assert_eq!(heard["channel"]["type"], 11);
    assert_eq!(heard["channel"]["parent_id"], parent.to_string());
    let held = stage.world.app_permissions(&stage.world.channels[&parent]);
    assert_eq!(heard["app_permissions"], json!(held));
}

#[test]
fn an_archived_thread_takes_messages_and_nothing_else() {
    let mut stage = Stage::new();
    let thread = stage.thread("trivia");
    let message = stage.post(thread, &with_button()).unwrap();
    let archive = json!({ "do": "set_thread", "channel_id": thread, "archived": true });
    stage.act(archive.clone());
    assert_eq!(code(stage.edit(thread, &message)), 50_083);
    let click = stage.press(stage.user("Foley"), &message);
    assert_eq!(code(stage.answer(&click, 7, &hello())), 50_083);
    // The refused answer left the interaction open, and a message opens the thread.
    stage.answer(&click, 4, &hello()).unwrap();
    assert_eq!(
        stage.world.channel_value(thread).unwrap()["thread_metadata"]["archived"],
        false
    );
    stage.edit(thread, &message).unwrap();

    stage.act(archive);
    stage.post(thread, &hello()).unwrap();
    stage.edit(thread, &message).unwrap();
    // Members' clients open it before they use a command.
    let archive = json!({ "do": "set_thread", "channel_id": thread, "archived": true });
    stage.act(archive);
    let heard = stage.command(stage.user("Foley"), thread, "play").unwrap();
    assert_eq!(heard["channel"]["thread_metadata"]["archived"], false);
}

#[test]
fn a_locked_thread_is_shut_to_all_but_moderators() {
    let mut stage = Stage::new();
    let thread = stage.thread("trivia");
    let message = stage.post(thread, &with_button()).unwrap();
    let (foley, set) = (
        stage.user("Foley"),
        |archived: bool| json!({ "do": "set_thread", "channel_id": thread, "archived": archived, "locked": true }),
    );
    let click = stage.press(foley, &message);
    stage.act_as("Foley", set(false)).unwrap_err();
    stage.act_as("Grip", set(false)).expect("Grip moderates");
    assert_eq!(code(stage.post(thread, &hello())), 160_005);
    assert_eq!(code(stage.edit(thread, &message)), 160_005);
    assert_eq!(code(stage.answer(&click, 4, &hello())), 160_005);
    stage.command(foley, thread, "play").unwrap_err();
    stage
        .command(stage.user("Grip"), thread, "play")
        .expect("moderators may");

    stage.act(set(true));
    assert_eq!(code(stage.post(thread, &hello())), 50_083);
    assert_eq!(code(stage.edit(thread, &message)), 50_083);
    assert_eq!(code(stage.answer(&click, 4, &hello())), 50_083);
    let deleted = stage.world.delete_as_bot(thread, id(&message, "id"));
    assert_eq!(code(deleted), 50_083);
    let open = thread::read_change(&json!({ "archived": false })).unwrap();
    let opened = stage.world.change_thread_as_bot(thread, &open, NOW_MS);
    assert_eq!(code(opened), 50_013, "its owner may not open it either");

    // With Manage Threads all of it works.
    let guild_id = stage.guild("The Backlot");
    let bits = Permissions::MANAGE_THREADS;
    stage.act(json!({ "do": "grant_bot", "guild_id": guild_id, "permissions": bits }));
    stage.post(thread, &hello()).unwrap();
}

#[test]
fn threads_start_where_they_may() {
    let mut stage = Stage::new();
    let (trivia, foley) = (stage.channel("trivia"), stage.user("Foley"));
    let thread = stage.thread("trivia");
    let new = thread::read_new(&json!({ "name": "x", "type": 11 }), false).unwrap();
    let mut start = |place: ChannelId, message| {
        let made = stage
            .world
            .start_thread_as_bot(place, message, &new, NOW_MS);
        made.map(|body| id::<ChannelId>(&body, "id"))
    };
    assert_eq!(code(start(thread, None)), 50_024);
    assert_eq!(code(start(1.into(), None)), 10_003);
    assert_eq!(code(start(trivia, Some(1.into()))), 10_008);
    let dm = stage.dm(foley);
    let made = stage.world.start_thread_as_bot(dm, None, &new, NOW_MS);
    assert_eq!(code(made), 50_024);
    let message = id(&stage.post(trivia, &hello()).unwrap(), "id");
    let mut from = || {
        stage
            .world
            .start_thread_as_bot(trivia, Some(message), &new, NOW_MS)
    };
    assert_eq!(from().unwrap()["id"], json!(message));
    assert_eq!(code(from()), 160_004);
    let bits = Permissions::CREATE_PUBLIC_THREADS;
    stage.act(json!({ "do": "deny_bot", "channel_id": trivia, "permissions": bits }));
    let made = stage.world.start_thread_as_bot(trivia, None, &new, NOW_MS);
    assert_eq!(code(made), 50_013);
    for wrong in [
        json!({}),
        json!({ "name": "x".repeat(101) }),
        json!({ "name": "x", "auto_archive_duration": 5 }),
        json!({ "name": "x", "type": 10 }),
    ] {
        assert_eq!(code(thread::read_new(&wrong, false)), 50_035, "{wrong}");
    }
    // What goes with a channel: its threads and their messages.
    stage.act(json!({ "do": "delete_channel", "channel_id": trivia }));
    assert_eq!(code(stage.post(thread, &hello())), 10_003);
}

#[test]
fn a_private_thread_shows_itself_to_its_members() {
    let mut stage = Stage::new();
    let (trivia, foley) = (stage.channel("trivia"), stage.user("Foley"));
    let new = thread::read_new(&json!({ "name": "x", "type": 12 }), false).unwrap();
    let made = stage.world.start_thread_as_bot(trivia, None, &new, NOW_MS);
    let thread = id(&made.unwrap(), "id");
    stage.command(foley, thread, "play").unwrap_err();
    stage
        .world
        .set_thread_member(thread, Some(foley), true, NOW_MS)
        .unwrap();
    stage.command(foley, thread, "play").unwrap();
    stage
        .command(stage.user("Clapper"), thread, "play")
        .unwrap_err();
    let unknown = stage
        .world
        .set_thread_member(thread, Some(1.into()), true, NOW_MS);
    assert_eq!(code(unknown), 10_007);
}

/// Send Messages is not among the permissions reported for a direct message, and not needed there.
#[test]
fn a_direct_message_takes_posts_without_send_messages() {
    let mut stage = Stage::new();
    let foley = stage.user("Foley");
    let dm = stage.dm(foley);
    let heard = stage.command(foley, dm, "play").unwrap();
    assert_eq!(heard["context"], 1);
    assert_eq!(heard["app_permissions"], "442368");
    assert_eq!(heard["authorizing_integration_owners"], json!({ "0": "0" }));
    let told = Permissions::deserialize(&heard["app_permissions"]).unwrap();
    assert!(!told.contains(Permissions::SEND_MESSAGES));
    let embed = json!({ "embeds": [{ "title": "T" }] });
    stage.post(dm, &embed).unwrap();
}

#[test]
fn an_embed_takes_its_permission() {
    let mut stage = Stage::new();
    let trivia = stage.channel("trivia");
    let bits = Permissions::EMBED_LINKS;
    stage.act(json!({ "do": "deny_bot", "channel_id": trivia, "permissions": bits }));
    let embed = json!({ "embeds": [{ "title": "T" }] });
    assert_eq!(code(stage.post(trivia, &embed)), 50_013);
    stage.post(trivia, &hello()).unwrap();
}

#[test]
fn a_command_comes_along_with_its_user() {
    let mut stage = Stage::new();
    let foley = stage.user("Foley");
    let (lounge, trivia) = (stage.channel("lounge"), stage.channel("trivia"));
    let private = stage.world.channels.values();
    let private = private.into_iter().find(|c| !c.private_to.is_empty());
    let private = private.unwrap().id;
    stage.command(foley, lounge, "play").unwrap_err();
    let by_user = json!({ "1": foley.to_string() });
    for (place, context) in [(lounge, 0), (private, 2)] {
        let heard = stage.command(foley, place, "look").unwrap();
        assert_eq!(heard["authorizing_integration_owners"], by_user);
        assert_eq!(heard["context"], context);
        stage.answer(&heard, 4, &hello()).unwrap();
        for _ in 0..5 {
            stage.follow_up(&heard).unwrap();
        }
        assert_eq!(code(stage.follow_up(&heard)), 40_094);
        // The bot itself is not there.
        assert_eq!(code(stage.post(place, &hello())), 50_001);
    }
    let both = json!({ "0": stage.guild("The Backlot").to_string(), "1": foley.to_string() });
    let heard = stage.command(foley, trivia, "look").unwrap();
    assert_eq!(heard["authorizing_integration_owners"], both);
    stage.answer(&heard, 4, &hello()).unwrap();
    for _ in 0..6 {
        stage.follow_up(&heard).unwrap();
    }

    // A click by another member uses the installation of the member who used the command.
    let heard = stage.command(foley, lounge, "mine").unwrap();
    let data = with_button();
    let made = stage.answer(&heard, 4, &data).unwrap();
    let click = stage.press(stage.user("Clapper"), &made["resource"]["message"]);
    assert_eq!(click["authorizing_integration_owners"], by_user);

    let gone = json!({ "do": "install", "user_id": foley, "installed": false });
    stage.act(gone);
    stage.command(foley, lounge, "look").unwrap_err();
    stage.command(foley, trivia, "look").unwrap();
    stage.command(foley, trivia, "mine").unwrap_err();
}

#[test]
fn a_command_cannot_be_for_users_if_the_app_is_not() {
    let mut stage = Stage::new();
    stage.world.forbid_user_installs();
    let look = json!([{ "name": "look", "description": "d", "integration_types": [0, 1] }]);
    assert_eq!(code(stage.world.put_commands(None, &look, NOW_MS)), 50_035);
    assert_eq!(
        code(stage.world.post_command(None, &look[0], NOW_MS)),
        50_035
    );
    let look = json!([{ "name": "look", "description": "d", "integration_types": [0] }]);
    stage.world.put_commands(None, &look, NOW_MS).unwrap();
}

#[test]
fn without_use_external_apps_a_users_own_app_answers_privately() {
    let mut stage = Stage::new();
    let (foley, guild_id) = (stage.user("Foley"), stage.guild("Green Room"));
    let bits = Permissions::EVERYONE - Permissions::USE_EXTERNAL_APPS;
    stage.act(json!({ "do": "grant_everyone", "guild_id": guild_id, "permissions": bits }));
    let heard = stage
        .command(foley, stage.channel("lounge"), "mine")
        .unwrap();
    let made = stage.answer(&heard, 4, &hello()).unwrap();
    assert_eq!(made["interaction"]["response_message_ephemeral"], true);
}

#[test]
fn roles_are_given_below_ones_own() {
    let mut stage = Stage::new();
    let (guild_id, foley) = (stage.guild("The Backlot"), stage.user("Foley"));
    let named = |stage: &Stage, guild_id: GuildId, name: &str| {
        let roles = &stage.world.guilds[&guild_id].roles;
        roles.iter().find(|role| role.name == name).unwrap().id
    };
    let give = |stage: &mut Stage, guild_id: GuildId, user: UserId, name: &str| {
        let role = named(stage, guild_id, name);
        stage.world.set_member_role(guild_id, user, role, true)
    };
    give(&mut stage, guild_id, foley, "Regulars").unwrap();
    let guild = &stage.world.guilds[&guild_id];
    let member = stage.world.member_json(guild, foley).unwrap();
    let regulars = named(&stage, guild_id, "Regulars").to_string();
    assert_eq!(member["roles"], json!([regulars]));
    assert_eq!(
        code(give(&mut stage, guild_id, foley, "Stage manager")),
        50_013
    );
    assert_eq!(code(give(&mut stage, guild_id, foley, "Bot")), 50_013);
    assert_eq!(
        code(give(&mut stage, guild_id, 1.into(), "Regulars")),
        10_007
    );
    let unknown = stage.world.set_member_role(guild_id, foley, 1.into(), true);
    assert_eq!(code(unknown), 10_011);
    let elsewhere = stage.guild("Night Owls");
    assert_eq!(code(give(&mut stage, elsewhere, foley, "Regulars")), 50_013);
    let outside = stage.guild("Green Room");
    assert_eq!(code(give(&mut stage, outside, foley, "Regulars")), 50_001);

    let champion = role::read(&json!({ "name": "Champion", "color": 255 })).unwrap();
    let made = stage.world.create_role(guild_id, &champion, NOW_MS);
    let made = id(&made.unwrap(), "id");
    stage
        .world
        .set_member_role(guild_id, foley, made, true)
        .unwrap();
    // Nobody gives what they do not have.
    let mighty = role::read(&json!({ "permissions": "8" })).unwrap();
    let refused = stage.world.create_role(guild_id, &mighty, NOW_MS);
    assert_eq!(code(refused), 50_013);
    stage.world.delete_role(guild_id, made).unwrap();
    let held = &stage.world.guilds[&guild_id].members[&foley];
    assert!(!held.contains(&made));
}

#[test]
fn an_event_is_scheduled_started_and_over() {
    let mut stage = Stage::new();
    let guild_id = stage.guild("The Backlot");
    let fine = json!({
        "name": "Quiz night", "privacy_level": 2, "entity_type": 3,
        "entity_metadata": { "location": "#trivia" },
        "scheduled_start_time": "2027-02-01T19:00:00Z",
        "scheduled_end_time": "2027-02-01T20:00:00Z",
    });
    for (field, wrong) in [
        ("name", json!("")),
        ("privacy_level", json!(1)),
        ("entity_type", json!(2)),
        ("entity_metadata", Value::Null),
        ("scheduled_end_time", json!("2027-02-01T18:00:00Z")),
        ("scheduled_start_time", json!("2024-02-01T18:00:00Z")),
        ("scheduled_start_time", json!("tomorrow")),
    ] {
        let mut body = fine.clone();
        body[field] = wrong;
        let refused = stage.world.create_event(guild_id, &body, NOW_MS);
        assert_eq!(code(refused), 50_035, "{body}");
    }
    let elsewhere = stage.guild("Night Owls");
    let refused = stage.world.create_event(elsewhere, &fine, NOW_MS);
    assert_eq!(code(refused), 50_013);
    let made = stage.world.create_event(guild_id, &fine, NOW_MS).unwrap();
    let event = id(&made, "id");
    let mut set = |status: i64| {
        let change = json!({ "status": status });
        stage.world.change_event(guild_id, event, &change, NOW_MS)
    };
    assert_eq!(code(set(3)), 180_000);
    assert_eq!(set(2).unwrap()["status"], 2);
    set(3).unwrap();
    assert_eq!(code(set(2)), 180_000);
    stage.world.delete_event(guild_id, event).unwrap();
    assert_eq!(code(stage.world.find_event(guild_id, event)), 10_070);
}

/// An event elsewhere needs nobody to start and end it; once it is over it is not listed any more.
#[test]
fn an_event_starts_and_ends_by_its_times() {
    let mut stage = Stage::new();
    let guild_id = stage.guild("The Backlot");
    let body = json!({
        "name": "Quiz night", "privacy_level": 2, "entity_type": 3,
        "entity_metadata": { "location": "#trivia" },
        "scheduled_start_time": "2027-02-01T19:00:00Z",
        "scheduled_end_time": "2027-02-01T20:00:00Z",
    });
    let made = stage.world.create_event(guild_id, &body, NOW_MS).unwrap();
    let start: jiff::Timestamp = "2027-02-01T19:00:00Z".parse().unwrap();
    let start_ms = u64::try_from(start.as_millisecond()).unwrap();
    for (at_ms, status, listed) in [
        (start_ms - 1, 1, 1),
        (start_ms, 2, 1),
        (start_ms + 3_600_000, 3, 0),
    ] {
        stage.world.move_events_on(guild_id, at_ms);
        let event = stage.world.find_event(guild_id, id(&made, "id")).unwrap();
        assert_eq!(event["status"], status);
        let list = stage.world.list_events(guild_id).unwrap();
        assert_eq!(list.as_array().unwrap().len(), listed);
    }
}

#[test]
fn an_embed_pings_nobody_and_an_edit_neither() {
    let mut stage = Stage::new();
    let (foley, grip) = (stage.user("Foley"), stage.user("Grip"));
    let trivia = stage.channel("trivia");
    let pinged = |stage: &Stage, message: &Value| {
        let message = stage.world.find_message(trivia, id(message, "id"));
        message.unwrap().pinged.clone()
    };
    let embed = json!({ "embeds": [{ "description": format!("<@{foley}>") }] });
    let quiet = stage.post(trivia, &embed).unwrap();
    assert_eq!(pinged(&stage, &quiet), []);
    let both = format!("<@{foley}> against <@{grip}> @everyone");
    let loud = json!({ "content": both, "allowed_mentions": { "users": [foley.to_string()] } });
    let loud = stage.post(trivia, &loud).unwrap();
    assert_eq!(pinged(&stage, &loud), [foley]);
    let draft = message::read(&json!({ "content": both }), "", Use::Edit, &[]).unwrap();
    let (place, bot) = (id(&quiet, "id"), super::EditAs::Bot);
    stage
        .world
        .edit(trivia, place, bot, draft, &[], NOW_MS)
        .unwrap();
    assert_eq!(pinged(&stage, &quiet), []);

    // A role that may be pinged reaches those who hold it.
    let guild_id = stage.guild("The Backlot");
    let roles = &stage.world.guilds[&guild_id].roles;
    let regulars = roles.iter().find(|role| role.mentionable).unwrap().id;
    stage
        .world
        .set_member_role(guild_id, grip, regulars, true)
        .unwrap();
    let call = json!({ "content": format!("<@&{regulars}>") });
    let call = stage.post(trivia, &call).unwrap();
    assert_eq!(pinged(&stage, &call), [grip]);
    assert_eq!(call["mention_roles"], json!([regulars.to_string()]));
}

#[test]
fn what_moderators_take_away_is_gone() {
    let mut stage = Stage::new();
    let (trivia, foley) = (stage.channel("trivia"), stage.user("Foley"));
    let message = stage.post(trivia, &with_button()).unwrap();
    let click = stage.press(foley, &message);
    let delete = json!({
        "do": "delete_message", "channel_id": trivia, "message_id": message["id"],
    });
    stage.act_as("Foley", delete.clone()).unwrap_err();
    stage.act_as("Grip", delete.clone()).unwrap();
    stage.act_as("Grip", delete).unwrap_err();
    assert_eq!(code(stage.answer(&click, 7, &hello())), 10_008);
    assert_eq!(code(stage.edit(trivia, &message)), 10_008);
    stage.answer(&click, 4, &hello()).unwrap();
    assert_eq!(code(stage.answer(&click, 4, &hello())), 40_060);

    let guild_id = stage.guild("The Backlot");
    stage.act(json!({ "do": "kick_bot", "guild_id": guild_id }));
    assert_eq!(code(stage.follow_up(&click)), 10_015);
    assert_eq!(code(stage.post(trivia, &hello())), 50_001);
    stage.command(foley, trivia, "play").unwrap_err();
}
