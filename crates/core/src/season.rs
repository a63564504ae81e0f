//! Seasons of a server: their names, how many are kept, and which role may be given to whom.
//!
//! A season is a named board between two moments. Nothing here counts or stores anything.

use crate::id::{RoleId, SeasonId};

/// The most characters of a season's name.
pub const NAME_MAX: u16 = 40;
/// Seasons of a server that are kept. Opening another drops the oldest.
pub const SEASONS_MAX: u32 = 100;
/// The last rank that may win: as many as stand on the podium.
pub const WINNERS_MAX: u8 = 3;
/// Members of one season who are given the role. Many may share a rank.
pub const ROLE_HOLDERS_MAX: u32 = 10;

/// A season of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// Its id.
    pub id: SeasonId,
    /// What it is called.
    pub name: String,
    /// The role for the winners, if any.
    pub role: Option<RoleId>,
    /// The last rank that wins.
    pub winners: u8,
    /// When it began, in Unix milliseconds.
    pub opened_at_ms: i64,
    /// When it ended, in Unix milliseconds; none while it runs.
    pub closed_at_ms: Option<i64>,
}

/// A season's name as it is stored: one line, without spaces at its ends or repeated ones. `None`
/// if nothing of it is visible, or if it is too long.
#[must_use]
pub fn name(typed: &str) -> Option<String> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let name: String = words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    let is_seen = name.chars().any(char::is_alphanumeric);
    (is_seen && name.chars().count() <= usize::from(NAME_MAX)).then_some(name)
}

/// A role for the winners, and what decides whether the bot may give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleRequest {
    /// The role.
    pub id: RoleId,
    /// Its place in the server's order of roles; higher is more.
    pub position: u16,
    /// Its permissions.
    pub permissions: Permissions,
    /// Whether it belongs to a bot, a subscription or the server's boosts, or is `@everyone`.
    pub is_managed: bool,
    /// The highest place of a role that the bot holds.
    pub bot_position: u16,
    /// Whether the bot may manage roles.
    pub bot_may_manage: bool,
    /// The highest place of a role that the member who asks for it holds; the owner's is above all.
    pub member_position: u16,
    /// The permissions of that member in the server.
    pub member_permissions: Permissions,
}

/// Why a role cannot be given to winners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleRefusal {
    /// Nobody can give it.
    Managed,
    /// The bot may not manage roles.
    BotMayNot,
    /// It is not below the bot's highest role.
    AboveBot,
    /// The member could not give it themselves: they may not manage roles, or it is not below
    /// their highest one.
    MemberMayNot,
    /// It can do what the member cannot.
    MorePowerful,
}

/// Why Discord did not let the bot change a member's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyNot {
    /// The bot may not manage roles, or the role is not below its own highest.
    NotAllowed,
    /// The member has left the server.
    MemberGone,
    /// The role is gone.
    RoleGone,
    /// Something else; nothing that trying again would mend.
    Other,
}

impl WhyNot {
    /// From Discord's code:
    /// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.
    #[must_use]
    pub const fn of_code(code: i64) -> Self {
        match code {
            50_001 | 50_013 => Self::NotAllowed,
            10_007 | 10_013 => Self::MemberGone,
            10_011 | 50_028 => Self::RoleGone,
            _ => Self::Other,
        }
    }

    /// Whether the member no longer has the role anyway, so that it need not be taken.
    #[must_use]
    pub const fn is_as_good_as_taken(self) -> bool {
        matches!(self, Self::MemberGone | Self::RoleGone)
    }
}

/// Permissions as Discord's bits: <https://discord.com/developers/docs/topics/permissions>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permissions(pub u64);

impl Permissions {
    const ADMINISTRATOR: Self = Self(1 << 3);
    const MANAGE_ROLES: Self = Self(1 << 28);

    fn contain(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }
}

/// Whether the bot may give this role for this member. It refuses a role that the member could not
/// give, or that can do more than they can, so that nobody gains permissions through a quiz.
///
/// # Errors
/// [`RoleRefusal`], the first that applies.
pub fn may_be_given(request: &RoleRequest) -> Result<(), RoleRefusal> {
    let held = request.member_permissions;
    let is_admin = held.contain(Permissions::ADMINISTRATOR);
    let refusals = [
        (request.is_managed, RoleRefusal::Managed),
        (!request.bot_may_manage, RoleRefusal::BotMayNot),
        (
            request.position >= request.bot_position,
            RoleRefusal::AboveBot,
        ),
        (
            (!is_admin && !held.contain(Permissions::MANAGE_ROLES))
                || request.position >= request.member_position,
            RoleRefusal::MemberMayNot,
        ),
        (
            !is_admin && !held.contain(request.permissions),
            RoleRefusal::MorePowerful,
        ),
    ];
    match refusals.into_iter().find(|(applies, _)| *applies) {
        Some((_, refusal)) => Err(refusal),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_can_be_seen() {
        for (typed, expect) in [
            ("  Autumn   2026\n", Some("Autumn 2026")),
            ("秋", Some("秋")),
            ("**x**", Some("**x**")),
            ("\u{0}a\u{7}", Some("a")),
            ("", None),
            ("  ", None),
            ("\u{200b}\u{200b}", None),
            ("!!!", None),
        ] {
            assert_eq!(name(typed).as_deref(), expect, "{typed:?}");
        }
        let longest = "a".repeat(usize::from(NAME_MAX));
        assert_eq!(name(&longest), Some(longest.clone()));
        assert_eq!(name(&format!("{longest}a")), None);
    }

    #[test]
    fn a_role_is_given_only_below_the_bot_and_the_member() {
        let fine = RoleRequest {
            id: RoleId(7),
            position: 2,
            permissions: Permissions(1 << 10),
            is_managed: false,
            bot_position: 3,
            bot_may_manage: true,
            member_position: 4,
            member_permissions: Permissions(Permissions::MANAGE_ROLES.0 | 1 << 10),
        };
        let check = |change: &dyn Fn(&mut RoleRequest)| {
            let mut request = fine;
            change(&mut request);
            may_be_given(&request)
        };
        assert_eq!(check(&|_| ()), Ok(()));
        assert_eq!(
            check(&|request| request.is_managed = true),
            Err(RoleRefusal::Managed)
        );
        assert_eq!(
            check(&|request| request.bot_may_manage = false),
            Err(RoleRefusal::BotMayNot)
        );
        assert_eq!(
            check(&|request| request.bot_position = 2),
            Err(RoleRefusal::AboveBot)
        );
        assert_eq!(
            check(&|request| request.member_position = 2),
            Err(RoleRefusal::MemberMayNot)
        );
        assert_eq!(
            check(&|request| request.member_permissions = Permissions(1 << 10)),
            Err(RoleRefusal::MemberMayNot)
        );
        assert_eq!(
            check(&|request| request.permissions = Permissions::ADMINISTRATOR),
            Err(RoleRefusal::MorePowerful)
        );
        // An administrator may do everything, but only below their own rank.
        let admin = |position| {
            move |request: &mut RoleRequest| {
                request.member_permissions = Permissions::ADMINISTRATOR;
                request.permissions = Permissions(1 << 5);
                request.member_position = position;
            }
        };
        assert_eq!(check(&admin(3)), Ok(()));
        assert_eq!(check(&admin(1)), Err(RoleRefusal::MemberMayNot));
    }
}
