//! Roles, and giving and taking them by Discord's hierarchy.

use serde_json::{Value, json};

use super::{Guild, Role, World};
use crate::{
    error::ApiError,
    id::{GuildId, RoleId, UserId},
    permissions::Permissions,
    validate::role::RoleChange,
};

/// Most roles of a guild.
const ROLES_MAX: usize = 250;

impl Role {
    /// The role object.
    pub fn json(&self) -> Value {
        json!({
            "id": self.id, "name": self.name, "color": self.color,
            "colors": {
                "primary_color": self.color, "secondary_color": null, "tertiary_color": null,
            },
            "hoist": self.hoist, "icon": null, "unicode_emoji": null, "position": self.position,
            "permissions": self.permissions, "managed": self.managed,
            "mentionable": self.mentionable, "flags": 0,
        })
    }

    fn change(&mut self, change: &RoleChange) {
        if let Some(name) = &change.name {
            self.name.clone_from(name);
        }
        self.permissions = change.permissions.unwrap_or(self.permissions);
        self.color = change.color.unwrap_or(self.color);
        self.hoist = change.hoist.unwrap_or(self.hoist);
        self.mentionable = change.mentionable.unwrap_or(self.mentionable);
    }
}

impl Guild {
    /// The rank of a member's highest role; the owner is above all.
    fn rank(&self, user_id: UserId) -> u64 {
        if self.owner_id == user_id {
            return u64::MAX;
        }
        let held = self.members.get(&user_id);
        let has = |role: &&Role| held.is_some_and(|held| held.contains(&role.id));
        let ranks = self.roles.iter().filter(has).map(|role| role.position);
        ranks.max().unwrap_or(0)
    }
}

impl World {
    /// A guild that the bot is in.
    ///
    /// # Errors
    /// 10004 or 50001.
    pub fn guild_for_bot(&self, id: GuildId) -> Result<&Guild, ApiError> {
        let guild = self.guilds.get(&id).ok_or_else(ApiError::unknown_guild)?;
        if self.bot_is_in_guild(id) {
            Ok(guild)
        } else {
            Err(ApiError::missing_access())
        }
    }

    /// A role that the bot may give, take, change or delete: it may manage roles, and this one
    /// ranks below its own highest.
    fn role_below_bot(&self, guild_id: GuildId, role_id: RoleId) -> Result<&Role, ApiError> {
        let guild = self.guild_for_bot(guild_id)?;
        let role = guild.roles.iter().find(|role| role.id == role_id);
        let role = role.ok_or_else(ApiError::unknown_role)?;
        let held = self.member_permissions(guild_id, self.bot_id());
        let is_below = role.position < guild.rank(self.bot_id());
        if !held.covers(Permissions::MANAGE_ROLES) || !is_below {
            return Err(ApiError::missing_permissions());
        }
        Ok(role)
    }

    /// The bot gives a member a role or takes it away.
    ///
    /// # Errors
    /// 10004, 50001, 10011, 10007, 50013 or 50028.
    pub fn set_member_role(
        &mut self,
        guild_id: GuildId,
        user_id: UserId,
        role_id: RoleId,
        is_held: bool,
    ) -> Result<(), ApiError> {
        let role = self.role_below_bot(guild_id, role_id)?;
        if role.managed || role_id == guild_id.everyone() {
            return Err(ApiError::invalid_role());
        }
        let guild = self
            .guilds
            .get_mut(&guild_id)
            .ok_or_else(ApiError::unknown_guild)?;
        let held = guild
            .members
            .get_mut(&user_id)
            .ok_or_else(ApiError::unknown_member)?;
        held.retain(|id| *id != role_id);
        if is_held {
            held.push(role_id);
        }
        self.tell_places();
        Ok(())
    }

    /// The bot creates a role, right above @everyone.
    ///
    /// # Errors
    /// 10004, 50001, 50013 or 30005.
    pub fn create_role(
        &mut self,
        guild_id: GuildId,
        change: &RoleChange,
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let count = self.guild_for_bot(guild_id)?.roles.len();
        let held = self.member_permissions(guild_id, self.bot_id());
        let may = held.covers(Permissions::MANAGE_ROLES);
        // A permission can be granted only by those who have it.
        let grants = change.permissions.unwrap_or_default();
        if !may || !held.covers(grants) {
            return Err(ApiError::missing_permissions());
        }
        if count >= ROLES_MAX {
            return Err(ApiError::too_many_roles());
        }
        let mut role = Role {
            id: self.next_id(now_ms),
            name: "new role".to_owned(),
            permissions: Permissions::EVERYONE,
            position: 1,
            color: 0,
            hoist: false,
            mentionable: false,
            managed: false,
        };
        role.change(change);
        let body = role.json();
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            for above in guild.roles.iter_mut().filter(|role| role.position > 0) {
                above.position += 1;
            }
            guild.roles.push(role);
        }
        self.tell_places();
        Ok(body)
    }

    /// The bot changes a role.
    ///
    /// # Errors
    /// 10004, 50001, 10011 or 50013.
    pub fn change_role(
        &mut self,
        guild_id: GuildId,
        role_id: RoleId,
        change: &RoleChange,
    ) -> Result<Value, ApiError> {
        self.role_below_bot(guild_id, role_id)?;
        let held = self.member_permissions(guild_id, self.bot_id());
        if !held.covers(change.permissions.unwrap_or_default()) {
            return Err(ApiError::missing_permissions());
        }
        let guild = self.guilds.get_mut(&guild_id);
        let role = guild
            .and_then(|guild| guild.roles.iter_mut().find(|role| role.id == role_id))
            .ok_or_else(ApiError::unknown_role)?;
        role.change(change);
        let body = role.json();
        self.tell_places();
        Ok(body)
    }

    /// The bot deletes a role.
    ///
    /// # Errors
    /// 10004, 50001, 10011, 50013 or 50028.
    pub fn delete_role(&mut self, guild_id: GuildId, role_id: RoleId) -> Result<(), ApiError> {
        let role = self.role_below_bot(guild_id, role_id)?;
        if role.managed || role_id == guild_id.everyone() {
            return Err(ApiError::invalid_role());
        }
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            guild.roles.retain(|role| role.id != role_id);
            for held in guild.members.values_mut() {
                held.retain(|id| *id != role_id);
            }
        }
        self.tell_places();
        Ok(())
    }
}
