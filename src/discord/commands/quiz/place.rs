//! Where a quiz is requested, and by whom.

use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Origin;
use crate::discord::reply::Reply;
use crate::host::{InteractionToken, Route};
use heat_core::id::{ChannelId, GameId, GuildId, UserId};
use heat_core::library::GuildLibrary;
use heat_core::settings::ServerSettings;
use serenity::all::{
    ChannelType, CommandInteraction, ComponentInteraction, InteractionContext, InteractionId,
    PartialChannel, Permissions,
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
}

impl Place {
    pub(super) async fn of_command(
        app: &App,
        it: &CommandInteraction,
    ) -> Result<Self, HandlerError> {
        let origin = Origin::from(it);
        let parent = parent(it.channel.as_ref());
        Self::new(app, it.id, origin, parent, route_of(it)).await
    }

    pub(super) async fn of_press(
        app: &App,
        it: &ComponentInteraction,
    ) -> Result<Self, HandlerError> {
        let origin = Origin::from(it);
        let kind = it.channel.as_ref().map(|channel| channel.kind);
        let route = route(
            origin.channel,
            &it.token,
            it.app_permissions,
            it.context,
            kind,
        );
        let parent = parent(it.channel.as_ref());
        Self::new(app, it.id, origin, parent, route).await
    }

    async fn new(
        app: &App,
        id: InteractionId,
        origin: Origin,
        parent: Option<ChannelId>,
        route: Route,
    ) -> Result<Self, HandlerError> {
        Ok(Self {
            id: GameId(id.get()),
            guild: origin.guild,
            parent,
            user: origin.user,
            route,
            server: app.settings(origin.guild).await?,
        })
    }

    /// The reply if the server allows quizzes only in other channels.
    pub(super) fn refusal(&self) -> Option<Reply> {
        let allowed = self.server.allows(self.route.channel, self.parent);
        (!allowed).then(|| Reply::Aside(heat_view::settings::not_here(&self.server.channels)))
    }

    /// The packs available here.
    pub(super) async fn shelf(&self, app: &App) -> Result<GuildLibrary, HandlerError> {
        Ok(app.shelf(self.guild).await?)
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
pub fn route_of(it: &CommandInteraction) -> Route {
    let kind = it.channel.as_ref().map(|channel| channel.kind);
    let channel = Origin::from(it).channel;
    route(channel, &it.token, it.app_permissions, it.context, kind)
}

/// Where a game's messages go. The bot posts on its own if Discord says it may.
fn route(
    channel: ChannelId,
    token: &str,
    app_permissions: Option<Permissions>,
    context: Option<InteractionContext>,
    kind: Option<ChannelType>,
) -> Route {
    let may_post = match context {
        // A bot may always post in its own direct messages, although Discord does not include that
        // in the permissions it sends.
        Some(InteractionContext::BotDm) => true,
        // The bot is not a member of conversations between others.
        Some(InteractionContext::PrivateChannel) => false,
        _ => app_permissions.is_some_and(|held| may_post(held, kind)),
    };
    Route {
        channel,
        may_post,
        may_attach: may_post && may_attach(context, app_permissions),
        token: InteractionToken(token.into()),
        posted_with: None,
        started_with: Some(InteractionToken(token.into())),
        pack_title: None,
    }
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
    let is_thread = matches!(
        kind,
        Some(ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread)
    );
    let send = if is_thread {
        Permissions::SEND_MESSAGES_IN_THREADS
    } else {
        Permissions::SEND_MESSAGES
    };
    let needed = Permissions::VIEW_CHANNEL | send | Permissions::EMBED_LINKS;
    held.administrator() || held.contains(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(
        permissions: Option<Permissions>,
        context: InteractionContext,
        kind: ChannelType,
    ) -> bool {
        let kind = Some(kind);
        route(ChannelId(1), "t", permissions, Some(context), kind).may_post
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
            route(
                ChannelId(1),
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
        let told = Permissions::ATTACH_FILES | Permissions::EMBED_LINKS;
        let bot = InteractionContext::BotDm;
        assert!(may(Some(told), bot, ChannelType::Private));
        assert!(may(None, bot, ChannelType::Private));
        let others = InteractionContext::PrivateChannel;
        assert!(!may(Some(Permissions::all()), others, ChannelType::GroupDm));
    }
}
