//! The initial world: one bot, four members, two servers with the bot and one without it, and any
//! extra members, channels and servers requested.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::{Channel, Extras, Guild, Limits, Role, User, World};
use crate::{
    id::{self, GuildId, Snowflakes, UserId},
    permissions::Permissions,
};

/// The start of 2024 in Unix milliseconds: everything initial was created after it.
const START_MS: u64 = 1_704_067_200_000;

const DEFAULT_LOCALE: &str = "en-US";
const MEMBERS: [&str; 4] = ["Gaffer", "Foley", "Grip", "Clapper"];
const GUILDS: [(&str, &[&str]); 2] = [
    ("The Backlot", &["trivia", "general", "announcements"]),
    ("Night Owls", &["quiz"]),
];
/// The server that never invited the bot: only commands that users install work there.
const OUTSIDE: (&str, &[&str]) = ("Green Room", &["lounge"]);

impl World {
    /// Builds the initial world from a seed; the same seed gives the same ids and tokens.
    pub fn new(
        seed: u64,
        bot_name: &str,
        limits: Limits,
        extras: Extras,
        base_url: String,
    ) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let start = START_MS + rng.random_range(0..1_000_000) * 2;
        let mut world = Self {
            application_id: id::at(start, 1),
            limits,
            base_url,
            verify_key: String::new(),
            endpoint_url: None,
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            commands: BTreeMap::new(),
            user_install: true,
            installed_by: BTreeSet::new(),
            rejections: VecDeque::new(),
            messages: BTreeMap::new(),
            files: BTreeMap::new(),
            uploads: BTreeMap::new(),
            interactions: BTreeMap::new(),
            tokens: BTreeMap::new(),
            ids: Snowflakes::default(),
            rng,
            outbox: Vec::new(),
        };
        world.add_user(world.bot_id(), bot_name, true);
        let mut members = Vec::new();
        let extra_members = (1..=extras.members).map(|n| format!("Extra {n}"));
        for name in MEMBERS.map(str::to_owned).into_iter().chain(extra_members) {
            let id = world.ids.next(start + 1_000);
            world.add_user(id, &name, false);
            members.push(id);
        }
        let standing = GUILDS.map(|(name, channels)| {
            let channels: Vec<String> = channels.iter().map(|c| (*c).to_owned()).collect();
            (name.to_owned(), channels)
        });
        let extra_guilds =
            (1..=extras.guilds).map(|n| (format!("Studio {n}"), vec![format!("lot-{n}")]));
        for (index, (name, mut channels)) in (0..).zip(standing.into_iter().chain(extra_guilds)) {
            // One per millisecond, from an even one on: as many consecutive servers as shards have
            // a shard each.
            let id = id::at(start + 60_000 + index, 0);
            if index == 0 {
                channels.extend((1..=extras.channels).map(|n| format!("stage-{n}")));
            }
            world.add_guild(id, &name, &channels, &members);
        }
        for user_id in &members {
            world.open_dm(*user_id, start + 120_000);
        }
        world.add_outside(&members, start + 180_000);
        world
    }

    /// Lets only servers install the app.
    pub fn forbid_user_installs(&mut self) {
        self.user_install = false;
        self.installed_by.clear();
    }

    /// A conversation between a user and the bot.
    pub(super) fn open_dm(&mut self, user_id: UserId, now_ms: u64) {
        let id = self.ids.next(now_ms);
        self.add_channel(Channel {
            id,
            recipient_id: Some(user_id),
            ..Channel::default()
        });
    }

    /// Places without the bot: a server, and conversations of two and of three members. The standard
    /// members have installed the app for themselves.
    fn add_outside(&mut self, members: &[UserId], now_ms: u64) {
        self.installed_by = members[..MEMBERS.len()].iter().copied().collect();
        let channels: Vec<String> = OUTSIDE.1.iter().map(|name| (*name).to_owned()).collect();
        let bot_id = self.bot_id();
        let guild_id = id::at(now_ms, 0);
        self.add_guild(guild_id, OUTSIDE.0, &channels, members);
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            guild.members.remove(&bot_id);
            guild.roles.retain(|role| !role.managed);
        }
        for talking in [&members[1..3], &members[1..4]] {
            let id = self.ids.next(now_ms + 60_000);
            self.add_channel(Channel {
                id,
                private_to: talking.to_vec(),
                ..Channel::default()
            });
        }
    }

    pub(super) fn add_user(&mut self, id: UserId, name: &str, bot: bool) {
        let user = User {
            id,
            username: name.to_lowercase().replace(' ', "_"),
            global_name: (!bot).then(|| name.to_owned()),
            bot,
            locale: DEFAULT_LOCALE.to_owned(),
            simulated: false,
        };
        let user = if bot {
            User {
                username: name.to_owned(),
                ..user
            }
        } else {
            user
        };
        self.users.insert(id, user);
    }

    pub(super) fn add_channel(&mut self, channel: Channel) {
        self.messages.insert(channel.id, BTreeMap::new());
        self.channels.insert(channel.id, channel);
    }

    fn add_guild(&mut self, id: GuildId, name: &str, channels: &[String], members: &[UserId]) {
        // The first server trusts the bot with roles and events; the others do not.
        let granted = if name == GUILDS[0].0 {
            Permissions::MANAGE_ROLES | Permissions::CREATE_EVENTS
        } else {
            Permissions::empty()
        };
        let bot = self.users.get(&self.bot_id());
        let bot_name = bot.map(|bot| bot.username.clone()).unwrap_or_default();
        let mut role = |name: &str, position, permissions| Role {
            id: self.ids.next(id.time_ms() + 1_000),
            name: name.to_owned(),
            permissions,
            position,
            color: 0,
            hoist: false,
            mentionable: false,
            managed: false,
        };
        // The bot can give the regulars' role, but neither its own nor the one above it.
        let moderators = role(
            "Stage manager",
            3,
            Permissions::MANAGE_MESSAGES | Permissions::MANAGE_THREADS,
        );
        let own = Role {
            managed: true,
            ..role(&bot_name, 2, granted)
        };
        let regulars = Role {
            mentionable: true,
            color: 0x00F2_B05A,
            ..role("Regulars", 1, Permissions::empty())
        };
        let everyone = Role {
            id: id.everyone(),
            ..role("@everyone", 0, Permissions::EVERYONE)
        };
        let mut guild = Guild {
            id,
            name: name.to_owned(),
            owner_id: members[0],
            locale: DEFAULT_LOCALE.to_owned(),
            channels: Vec::new(),
            members: members.iter().map(|user| (*user, Vec::new())).collect(),
            events: BTreeMap::new(),
            roles: Vec::new(),
        };
        guild.members.insert(members[2], vec![moderators.id]);
        guild.members.insert(self.bot_id(), vec![own.id]);
        guild.roles = vec![everyone, regulars, own, moderators];
        for channel_name in channels {
            let channel_id = self.ids.next(id.time_ms() + 1_000);
            guild.channels.push(channel_id);
            let bot_denied = if channel_name == "announcements" {
                Permissions::SEND_MESSAGES
            } else {
                Permissions::empty()
            };
            self.add_channel(Channel {
                id: channel_id,
                name: channel_name.clone(),
                guild_id: Some(id),
                bot_denied,
                ..Channel::default()
            });
        }
        self.guilds.insert(id, guild);
    }
}
