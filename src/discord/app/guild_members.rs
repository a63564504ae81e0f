//! Members of servers as Discord knows them: their names and their roles.

use crate::discord::rest::{Repeat, Rest, RestError};
use heat_core::id::{GuildId, RoleId, UserId};
use heat_core::season::{self, RoleRequest};
use heat_view::season::Named;
use serde::Deserialize;
use serenity::all::{LightMethod, Member, Permissions, Role, Route};

/// How often each call is tried.
const TRIES: u32 = 3;

/// Asks Discord about members, and changes their roles.
pub struct GuildMembers {
    rest: Rest,
}

/// Why a role was not changed.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    /// Discord refused it, and will refuse it again until somebody fixes the cause. The code says
    /// why:
    /// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.
    #[error("Discord refused it with code {0}")]
    Refused(i64),
    /// It may work later.
    #[error(transparent)]
    Failed(RestError),
}

/// The needed parts of Discord's guild object.
#[derive(Deserialize)]
struct Guild {
    owner_id: serenity::all::UserId,
    roles: Vec<Rank>,
}

#[derive(Deserialize)]
struct Rank {
    id: serenity::all::RoleId,
    position: u16,
}

/// The needed parts of Discord's member object.
#[derive(Deserialize)]
struct Membership {
    roles: Vec<serenity::all::RoleId>,
    #[serde(default)]
    nick: Option<String>,
    user: Account,
}

#[derive(Deserialize)]
struct Account {
    username: String,
    #[serde(default)]
    global_name: Option<String>,
}

impl Guild {
    /// The highest place of a member with these roles.
    fn highest(&self, held: &[serenity::all::RoleId]) -> u16 {
        let ranks = self.roles.iter().filter(|rank| held.contains(&rank.id));
        ranks.map(|rank| rank.position).max().unwrap_or(0)
    }
}

impl GuildMembers {
    /// Asks through `rest`.
    #[must_use]
    pub fn new(rest: Rest) -> Self {
        Self { rest }
    }

    /// Everything that decides whether `member` may have the bot give `role`, if the bot has
    /// `bot_permissions`.
    ///
    /// # Errors
    /// If Discord cannot be asked.
    pub async fn role_request(
        &self,
        guild: GuildId,
        role: &Role,
        member: &Member,
        bot_permissions: Option<Permissions>,
    ) -> Result<RoleRequest, RestError> {
        let guild_id = serenity::all::GuildId::new(guild.0.max(1));
        let me = self.rest.application().map_or(1, u64::from);
        let user_id = serenity::all::UserId::new(me);
        let (server, own): (Guild, Membership) = futures_util::try_join!(
            self.get(Route::Guild { guild_id }),
            self.get(Route::GuildMember { guild_id, user_id }),
        )?;
        let held = bot_permissions.unwrap_or_default();
        let member_permissions = member.permissions.unwrap_or_default();
        Ok(RoleRequest {
            id: RoleId(role.id.get()),
            position: role.position,
            permissions: season::Permissions(role.permissions.bits()),
            // The role @everyone has the server's id.
            is_managed: role.managed || role.id.get() == guild.0,
            bot_position: server.highest(&own.roles),
            bot_may_manage: held.administrator() || held.contains(Permissions::MANAGE_ROLES),
            member_position: if server.owner_id == member.user.id {
                u16::MAX
            } else {
                server.highest(&member.roles)
            },
            member_permissions: season::Permissions(member_permissions.bits()),
        })
    }

    /// A member's name.
    ///
    /// # Errors
    /// If Discord cannot be asked, or they have left the server.
    pub async fn name(&self, guild: GuildId, user: UserId) -> Result<Named, RestError> {
        let route = Route::GuildMember {
            guild_id: serenity::all::GuildId::new(guild.0.max(1)),
            user_id: serenity::all::UserId::new(user.0.max(1)),
        };
        let found: Membership = self.get(route).await?;
        let account = found.user;
        let shown = found.nick.or(account.global_name);
        Ok(Named {
            user,
            name: shown.unwrap_or_else(|| account.username.clone()),
            username: account.username,
        })
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, route: Route<'_>) -> Result<T, RestError> {
        let call = self
            .rest
            .call(LightMethod::Get, route, None, Repeat::Safe, TRIES);
        let answer = call.await?;
        serde_json::from_slice(&answer).map_err(|error| RestError::Unreadable(error.to_string()))
    }

    /// Gives a member a role, or takes it. Doing it twice is the same as doing it once.
    ///
    /// # Errors
    /// [`RoleError`]: nothing has changed, or Discord's answer was lost.
    pub async fn set_role(
        &self,
        guild: GuildId,
        user: UserId,
        role: RoleId,
        gives: bool,
    ) -> Result<(), RoleError> {
        let route = Route::GuildMemberRole {
            guild_id: serenity::all::GuildId::new(guild.0.max(1)),
            user_id: serenity::all::UserId::new(user.0.max(1)),
            role_id: serenity::all::RoleId::new(role.0.max(1)),
        };
        let method = if gives {
            LightMethod::Put
        } else {
            LightMethod::Delete
        };
        let call = self.rest.call(method, route, None, Repeat::Safe, TRIES);
        match call.await {
            Ok(_) => Ok(()),
            Err(error) => Err(match (error.status(), error.code()) {
                (Some(400 | 403 | 404), Some(code)) => {
                    RoleError::Refused(i64::try_from(code).unwrap_or(0))
                }
                _ => RoleError::Failed(error),
            }),
        }
    }
}
