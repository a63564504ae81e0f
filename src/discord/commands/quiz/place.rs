//! Where a quiz is requested, and by whom.

use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, may_manage_server};
use crate::discord::reply::Reply;
use crate::discord::snowflake;
use crate::host::{GameThread, InteractionToken, Route};
use heat_core::id::{ChannelId, GameId, GuildId, RoleId, UserId};
use heat_core::lang::Lang;
use heat_core::library::GuildLibrary;
use heat_core::settings::ServerSettings;
use heat_store::StartsOf;
use heat_view::permissions::{Held, Permission, PlaceKind};
use heat_view::settings::Cooldown;
use serenity::all::{
    ChannelType, CommandInteraction, ComponentInteraction, InteractionContext, InteractionId,
    Member, PartialChannel, Permissions,
};
use std::sync::Arc;

/// Where and by whom a game is started.
pub(super) struct Place {
    /// The interaction's id, which becomes the game's.
    pub(super) id: GameId,
    pub(super) guild: Option<GuildId>,
    /// The parent channel of a thread.
    pub(super) parent: Option<ChannelId>,
    pub(super) user: UserId,
    pub(super) route: Route,
    /// The server's settings.
    pub(super) server: Arc<ServerSettings>,
    /// What the member's right to start a quiz depends on; none for the bot itself.
    pub(super) starter: Option<Starter>,
}

/// A member who wants to start a quiz.
pub(super) struct Starter {
    roles: Vec<RoleId>,
    /// Managers start quizzes whenever they like.
    is_manager: bool,
}

impl From<&Member> for Starter {
    fn from(member: &Member) -> Self {
        let roles = member.roles.iter().map(|role| RoleId(role.get()));
        Self {
            roles: roles.collect(),
            is_manager: may_manage_server(Some(member)),
        }
    }
}

impl Place {
    pub(super) async fn of_command(
        langs: Langs,
        app: &App,
        it: &CommandInteraction,
    ) -> Result<Self, HandlerError> {
        let origin = Origin::from(it);
        let parent = parent(it.channel.as_ref());
        let starter = it.member.as_deref().map(Starter::from);
        let kind = it.channel.as_ref().map(|channel| channel.kind);
        let thread = thread(origin, it.app_permissions, kind);
        let ways = (route_of(langs.place, it), thread);
        Self::new(app, it.id, origin, (parent, starter), ways).await
    }

    pub(super) async fn of_press(
        langs: Langs,
        app: &App,
        it: &ComponentInteraction,
    ) -> Result<Self, HandlerError> {
        let origin = Origin::from(it);
        let kind = it.channel.as_ref().map(|channel| channel.kind);
        let route = route(
            (langs.place, origin),
            &it.token,
            it.app_permissions,
            it.context,
            kind,
        );
        let parent = parent(it.channel.as_ref());
        let starter = it.member.as_ref().map(Starter::from);
        let ways = (route, thread(origin, it.app_permissions, kind));
        Self::new(app, it.id, origin, (parent, starter), ways).await
    }

    async fn new(
        app: &App,
        id: InteractionId,
        origin: Origin,
        (parent, starter): (Option<ChannelId>, Option<Starter>),
        (route, thread): (Route, Option<GameThread>),
    ) -> Result<Self, HandlerError> {
        let server = app.settings(origin.guild).await?;
        let thread = thread.filter(|_| server.threads);
        let is_apart = matches!(thread, Some(GameThread::Wanted { .. }));
        let route = Route {
            // It may post in its thread, even if it may not in the channel.
            may_post: route.may_post || is_apart,
            thread,
            ..route
        };
        Ok(Self {
            id: GameId(id.get()),
            guild: origin.guild,
            parent,
            user: origin.user,
            route,
            server,
            starter,
        })
    }

    /// Whether the quiz is played apart from the channel, in a thread.
    pub(super) fn is_apart(&self) -> bool {
        matches!(self.route.thread, Some(GameThread::Wanted { .. }))
    }

    /// Whether the server allows quizzes here.
    pub(super) fn is_allowed(&self) -> bool {
        self.server.allows(self.route.channel, self.parent)
    }

    /// The reply if the server does not allow quizzes here, or this member may not start one, or
    /// not yet.
    pub(super) async fn refusal(
        &self,
        langs: Langs,
        app: &App,
    ) -> Result<Option<Reply>, HandlerError> {
        // It belongs to no server, so after a restart the process for direct messages resumes it.
        if self.route.in_place && !app.part.owns(None) {
            return Ok(Some(Reply::Aside(heat_view::reply::no_private_quiz(
                langs.member,
            ))));
        }
        if !self.is_allowed() {
            let elsewhere = heat_view::settings::not_here(langs.member, &self.server.channels);
            return Ok(Some(Reply::Aside(elsewhere)));
        }
        let (Some(guild), Some(starter)) = (self.guild, &self.starter) else {
            return Ok(None);
        };
        if starter.is_manager {
            return Ok(None);
        }
        if !self.server.may_start(starter.roles.iter().copied()) {
            let others = heat_view::settings::not_a_starter(langs.member, &self.server.starters);
            return Ok(Some(Reply::Aside(others)));
        }
        let pause = self.pause(app, guild).await?;
        Ok(pause.map(|(whose, until_ms)| {
            Reply::Aside(heat_view::settings::too_soon(langs.member, whose, until_ms))
        }))
    }

    /// The pause after an earlier quiz that is still running, and when it ends; of two, the longer
    /// one. All times are Discord's, from the ids of interactions.
    async fn pause(
        &self,
        app: &App,
        guild: GuildId,
    ) -> Result<Option<(Cooldown, i64)>, HandlerError> {
        let member_ms = i64::from(self.server.member_cooldown_s) * 1_000;
        let channel_ms = i64::from(self.server.channel_cooldown_s) * 1_000;
        let longest_ms = member_ms.max(channel_ms);
        if longest_ms == 0 {
            return Ok(None);
        }
        let now_ms = snowflake::made_at_ms(self.id);
        let latest = app.store.latest_starts(StartsOf {
            guild,
            user: self.user,
            channel: self.route.channel,
            after: snowflake::at(now_ms - longest_ms, 0),
        });
        let latest = latest.await?;
        let until = |whose, game: Option<GameId>, pause_ms| {
            let until_ms = snowflake::made_at_ms(game?) + pause_ms;
            (until_ms > now_ms).then_some((whose, until_ms))
        };
        let member = until(Cooldown::Member, latest.by_member, member_ms);
        let channel = until(Cooldown::Channel, latest.in_channel, channel_ms);
        Ok(member.into_iter().chain(channel).max_by_key(|(_, ms)| *ms))
    }

    /// The packs available here.
    pub(super) async fn library(&self, app: &App) -> Result<GuildLibrary, HandlerError> {
        Ok(app.guild_library(self.guild).await?)
    }

    /// Whose history of asked questions counts: the server's, or the direct message's.
    pub(super) fn history(&self) -> u64 {
        self.guild.map_or(self.route.channel.0, |guild| guild.0)
    }
}

fn parent(channel: Option<&PartialChannel>) -> Option<ChannelId> {
    Some(ChannelId(channel?.parent_id?.get()))
}

/// The route to the channel where a command was used.
pub fn route_of(lang: Lang, it: &CommandInteraction) -> Route {
    let kind = it.channel.as_ref().map(|channel| channel.kind);
    let origin = Origin::from(it);
    route(
        (lang, origin),
        &it.token,
        it.app_permissions,
        it.context,
        kind,
    )
}

/// Where a game's messages go. The bot posts on its own if Discord says it may.
fn route(
    (lang, origin): (Lang, Origin),
    token: &str,
    app_permissions: Option<Permissions>,
    context: Option<InteractionContext>,
    kind: Option<ChannelType>,
) -> Route {
    let in_place = origin.is_by_member();
    let may_post = match context {
        _ if in_place => false,
        // A bot may always post in its own direct messages, although Discord does not include that
        // in the permissions it sends.
        Some(InteractionContext::BotDm) => true,
        _ => app_permissions.is_some_and(|held| may_post(held, kind)),
    };
    Route {
        channel: origin.channel,
        may_post,
        may_attach: (may_post || in_place) && may_attach(context, app_permissions),
        in_place,
        lang,
        token: InteractionToken(token.into()),
        posted_with: None,
        started_with: Some(InteractionToken(token.into())),
        announced_by: None,
        pack_title: None,
        thread: None,
    }
}

/// The thread that a game may have here; none where a thread cannot be made, as in a thread, or
/// where only the member has the app. The bot needs *Create Public Threads* to make one from a
/// message, and *Send Messages in Threads* to play there:
/// <https://discord.com/developers/docs/topics/threads#permissions>.
fn thread(
    origin: Origin,
    held: Option<Permissions>,
    kind: Option<ChannelType>,
) -> Option<GameThread> {
    let has_threads = matches!(kind, Some(ChannelType::Text | ChannelType::News));
    let held = held.filter(|_| has_threads && !origin.is_by_member())?;
    let needed = Permissions::VIEW_CHANNEL
        | Permissions::EMBED_LINKS
        | Permissions::CREATE_PUBLIC_THREADS
        | Permissions::SEND_MESSAGES_IN_THREADS;
    Some(if held.administrator() || held.contains(needed) {
        GameThread::Wanted { card: None }
    } else {
        GameThread::Refused
    })
}

/// In its own direct messages the bot may always send files.
fn may_attach(context: Option<InteractionContext>, held: Option<Permissions>) -> bool {
    context == Some(InteractionContext::BotDm)
        || held.is_some_and(|held| held.administrator() || held.contains(Permissions::ATTACH_FILES))
}

/// Whether these permissions let the bot post in a channel of this kind.
///
/// Threads have their own permission to send messages, and that of channels has no effect there:
/// <https://discord.com/developers/docs/topics/threads#permissions>.
pub fn may_post(held: Permissions, kind: Option<ChannelType>) -> bool {
    held_in(held, kind).missing().is_empty()
}

/// What the app may do in the channel where a command was given.
pub fn held(it: &CommandInteraction) -> Held {
    let kind = it.channel.as_ref().map(|channel| channel.kind);
    held_in(it.app_permissions.unwrap_or_default(), kind)
}

fn held_in(held: Permissions, kind: Option<ChannelType>) -> Held {
    let is_thread = matches!(
        kind,
        Some(ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread)
    );
    let has = |one: &Permission| held.administrator() || held.contains(bit(*one));
    Held {
        place: if is_thread {
            PlaceKind::Thread
        } else {
            PlaceKind::Channel
        },
        held: Permission::ALL.into_iter().filter(has).collect(),
    }
}

/// Discord's own bit.
fn bit(permission: Permission) -> Permissions {
    match permission {
        Permission::ViewChannel => Permissions::VIEW_CHANNEL,
        Permission::SendMessages => Permissions::SEND_MESSAGES,
        Permission::SendMessagesInThreads => Permissions::SEND_MESSAGES_IN_THREADS,
        Permission::EmbedLinks => Permissions::EMBED_LINKS,
        Permission::AttachFiles => Permissions::ATTACH_FILES,
        Permission::CreatePublicThreads => Permissions::CREATE_PUBLIC_THREADS,
        Permission::MentionEveryone => Permissions::MENTION_EVERYONE,
        Permission::CreateEvents => Permissions::CREATE_EVENTS,
        Permission::ManageRoles => Permissions::MANAGE_ROLES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::interaction::Installed;

    fn may(
        permissions: Option<Permissions>,
        context: InteractionContext,
        kind: ChannelType,
    ) -> bool {
        let kind = Some(kind);
        let origin = from(Installed::Here);
        route(
            (Lang::English, origin),
            "t",
            permissions,
            Some(context),
            kind,
        )
        .may_post
    }

    fn from(installed: Installed) -> Origin {
        Origin {
            guild: None,
            channel: ChannelId(1),
            user: UserId(2),
            installed,
        }
    }

    #[test]
    fn the_bot_posts_in_a_server_only_where_it_has_permission() {
        let channel = |held| may(held, InteractionContext::Guild, ChannelType::Text);
        let all = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS;
        assert!(channel(Some(all)));
        assert!(channel(Some(Permissions::ADMINISTRATOR)));
        assert!(!channel(Some(all - Permissions::SEND_MESSAGES)));
        assert!(!channel(Some(all - Permissions::EMBED_LINKS)));
        assert!(!channel(None));
        let files = |held| {
            let context = Some(InteractionContext::Guild);
            let origin = from(Installed::Here);
            route(
                (Lang::English, origin),
                "t",
                Some(held),
                context,
                Some(ChannelType::Text),
            )
            .may_attach
        };
        assert!(!files(all) && files(all | Permissions::ATTACH_FILES));
        assert!(files(Permissions::ADMINISTRATOR));
        assert!(!files(Permissions::ATTACH_FILES), "nothing can be posted");
    }

    #[test]
    fn in_a_thread_the_permission_for_threads_counts() {
        let rest = Permissions::VIEW_CHANNEL | Permissions::EMBED_LINKS;
        let in_threads = rest | Permissions::SEND_MESSAGES_IN_THREADS;
        let in_channels = rest | Permissions::SEND_MESSAGES;
        for kind in [
            ChannelType::PublicThread,
            ChannelType::PrivateThread,
            ChannelType::NewsThread,
        ] {
            assert!(may(Some(in_threads), InteractionContext::Guild, kind));
            assert!(!may(Some(in_channels), InteractionContext::Guild, kind));
        }
        assert!(!may(
            Some(in_threads),
            InteractionContext::Guild,
            ChannelType::Text
        ));
    }

    #[test]
    fn the_bot_may_always_post_in_its_own_direct_messages() {
        let allowed = Permissions::ATTACH_FILES | Permissions::EMBED_LINKS;
        let bot = InteractionContext::BotDm;
        assert!(may(Some(allowed), bot, ChannelType::Private));
        assert!(may(None, bot, ChannelType::Private));
    }

    #[test]
    fn where_only_the_member_brought_the_app_everything_is_in_one_message() {
        let origin = from(Installed::ByMember);
        let held = Some(Permissions::all());
        for (context, kind) in [
            (InteractionContext::PrivateChannel, ChannelType::GroupDm),
            (InteractionContext::Guild, ChannelType::Text),
        ] {
            let route = route(
                (Lang::English, origin),
                "t",
                held,
                Some(context),
                Some(kind),
            );
            assert!(route.in_place && !route.may_post);
            assert_eq!(thread(origin, held, Some(kind)), None);
        }
    }
}
