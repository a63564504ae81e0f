//! The world at its start: one bot, four members, two servers, and as many more members, channels
//! and servers as were asked for.

use std::collections::{BTreeMap, VecDeque};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::{Channel, Extras, Guild, Limits, Role, User, World};
use crate::{
    permissions,
    snowflake::{self, Snowflakes},
};

/// The first day of 2024 in Unix milliseconds: everything of the start is made after it.
const START_MS: u64 = 1_704_067_200_000;

const MEMBERS: [&str; 4] = ["Gaffer", "Foley", "Grip", "Clapper"];
const GUILDS: [(&str, &[&str]); 2] = [
    ("The Backlot", &["trivia", "general", "announcements"]),
    ("Night Owls", &["quiz"]),
];

impl World {
    /// Builds the start of the world from a seed; the same seed gives the same ids and tokens.
    pub fn new(seed: u64, limits: Limits, extras: Extras, base_url: String) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let start = START_MS + rng.random_range(0..1_000_000) * 2;
        let mut world = Self {
            application_id: snowflake::at(start) | 1,
            limits,
            base_url,
            verify_key: String::new(),
            endpoint_url: None,
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            commands: BTreeMap::new(),
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
        world.add_user(world.application_id, "Heat Check", true);
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
            // From an even millisecond on, one in each: as many neighbours as there are shards
            // have a shard each.
            let id = snowflake::at(start + 60_000 + index);
            if index == 0 {
                channels.extend((1..=extras.channels).map(|n| format!("stage-{n}")));
            }
            world.add_guild(id, &name, &channels, &members);
        }
        for user_id in members {
            let id = world.ids.next(start + 120_000);
            world.add_channel(Channel {
                id,
                name: String::new(),
                guild_id: None,
                recipient_id: Some(user_id),
                bot_denied: 0,
            });
        }
        world
    }

    fn add_user(&mut self, id: u64, name: &str, bot: bool) {
        let user = User {
            id,
            username: name.to_lowercase().replace(' ', "_"),
            global_name: (!bot).then(|| name.to_owned()),
            bot,
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

    fn add_channel(&mut self, channel: Channel) {
        self.messages.insert(channel.id, BTreeMap::new());
        self.channels.insert(channel.id, channel);
    }

    fn add_guild(&mut self, id: u64, name: &str, channels: &[String], members: &[u64]) {
        let moderators = self.ids.next(snowflake::time_ms(id) + 1_000);
        let role = |id, name: &str, permissions| Role {
            id,
            name: name.to_owned(),
            permissions,
        };
        let mut guild = Guild {
            id,
            name: name.to_owned(),
            owner_id: members[0],
            roles: vec![
                role(id, "@everyone", permissions::EVERYONE),
                role(moderators, "Stage manager", permissions::MANAGE_MESSAGES),
            ],
            channels: Vec::new(),
            members: members.iter().map(|user| (*user, Vec::new())).collect(),
        };
        guild.members.insert(members[2], vec![moderators]);
        guild.members.insert(self.application_id, Vec::new());
        for channel_name in channels {
            let channel_id = self.ids.next(snowflake::time_ms(id) + 1_000);
            guild.channels.push(channel_id);
            let bot_denied = if channel_name == "announcements" {
                permissions::SEND_MESSAGES
            } else {
                0
            };
            self.add_channel(Channel {
                id: channel_id,
                name: channel_name.clone(),
                guild_id: Some(id),
                recipient_id: None,
                bot_denied,
            });
        }
        self.guilds.insert(id, guild);
    }
}
