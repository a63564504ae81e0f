//! The simulated members of a crowd: ordinary members, marked as simulated.

use super::World;
use crate::id::UserId;

/// Their names, in order of arrival.
const NAMES: [&str; 40] = [
    "Best Boy",
    "Boom",
    "Dolly",
    "Slate",
    "Gel",
    "Scrim",
    "Barndoor",
    "Apple Box",
    "Call Sheet",
    "Martini",
    "Abby",
    "Sticks",
    "Stinger",
    "Cookie",
    "Flag",
    "Honeywagon",
    "Crafty",
    "Sides",
    "Wild Track",
    "Match Cut",
    "Jump Cut",
    "Whip Pan",
    "Cutaway",
    "Insert",
    "Pickup",
    "Second Unit",
    "Rushes",
    "Leader",
    "Reel Two",
    "Splice",
    "Grain",
    "Gaffer Tape",
    "Key Light",
    "Fill Light",
    "Back Light",
    "Squib",
    "Gimbal",
    "Crane",
    "Monopod",
    "Wrap",
];

impl World {
    /// Adds members until the crowd has this size. Members never leave.
    pub fn gather_crowd(&mut self, size: u16, now_ms: u64) {
        let wanted = NAMES.iter().take(usize::from(size));
        let known = self.users.values().filter(|user| user.simulated).count();
        let new: Vec<&str> = wanted.skip(known).copied().collect();
        if new.is_empty() {
            return;
        }
        for name in new {
            let id = self.next_id(now_ms);
            // In the name as well, since boards and cards show nothing else of a member.
            self.add_user(id, &format!("{name} (sim)"), false);
            if let Some(user) = self.users.get_mut(&id) {
                user.username = format!("sim_{}", name.to_lowercase().replace(' ', "_"));
                user.simulated = true;
            }
            let bot = self.bot_id();
            for guild in self.guilds.values_mut() {
                if guild.members.contains_key(&bot) {
                    guild.members.insert(id, Vec::new());
                }
            }
            self.open_dm(id, now_ms);
        }
        self.tell_places();
    }

    /// The first members of the crowd, each with its number.
    pub fn crowd(&self, size: u16) -> Vec<(u16, UserId)> {
        let crowd = self.users.values().filter(|user| user.simulated);
        (0..size).zip(crowd.map(|user| user.id)).collect()
    }
}
