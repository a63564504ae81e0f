//! Where and by whom a quiz is asked for.

use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::discord::reply::Reply;
use crate::host::{InteractionToken, Route};
use heat_core::game::UserId;
use heat_core::library::Shelf;
use heat_core::settings::ServerSettings;
use serenity::all::{
    ChannelId, CommandInteraction, ComponentInteraction, GuildId, InteractionContext,
    InteractionId, PartialChannel, Permissions,
};
use std::sync::Arc;

/// Where and by whom a game is started.
pub(super) struct Place {
    /// The interaction's number, which the game takes.
    pub(super) id: u64,
    pub(super) guild: Option<GuildId>,
    /// The channel that a thread belongs to.
    parent: Option<u64>,
    pub(super) user: UserId,
    pub(super) route: Route,
    /// What the server has settled.
    pub(super) server: Arc<ServerSettings>,
}

impl Place {
    pub(super) async fn of_command(
        app: &App,
        it: &CommandInteraction,
    ) -> Result<Self, HandlerError> {
        let route = route(it.channel_id, &it.token, it.app_permissions, it.context);
        let parent = parent(it.channel.as_ref());
        Self::new(app, it.id, it.guild_id, parent, it.user.id, route).await
    }

    pub(super) async fn of_press(
        app: &App,
        it: &ComponentInteraction,
    ) -> Result<Self, HandlerError> {
        let route = route(it.channel_id, &it.token, it.app_permissions, it.context);
        let parent = parent(it.channel.as_ref());
        Self::new(app, it.id, it.guild_id, parent, it.user.id, route).await
    }

    async fn new(
        app: &App,
        id: InteractionId,
        guild: Option<GuildId>,
        parent: Option<u64>,
        user: serenity::all::UserId,
        route: Route,
    ) -> Result<Self, HandlerError> {
        Ok(Self {
            id: id.get(),
            guild,
            parent,
            user: UserId(user.get()),
            route,
            server: app.settings(guild.map(GuildId::get)).await?,
        })
    }

    /// The reply where the server has its quizzes elsewhere.
    pub(super) fn refusal(&self) -> Option<Reply> {
        let allowed = self.server.allows(self.route.channel, self.parent);
        (!allowed).then(|| Reply::Aside(heat_view::settings::not_here(&self.server.channels)))
    }

    /// The packs that are to be had here.
    pub(super) async fn shelf(&self, app: &App) -> Result<Shelf, HandlerError> {
        Ok(app.shelf(self.guild.map(GuildId::get)).await?)
    }

    /// Whose history of asked questions counts: the server's, or the direct message's.
    pub(super) fn history(&self) -> u64 {
        self.guild.map_or(self.route.channel, GuildId::get)
    }
}

fn parent(channel: Option<&PartialChannel>) -> Option<u64> {
    channel?.parent_id.map(ChannelId::get)
}

/// The app may post by itself where Discord says so; in a server that takes three permissions, in
/// a direct message with the bot two.
fn route(
    channel: ChannelId,
    token: &str,
    app_permissions: Option<Permissions>,
    context: Option<InteractionContext>,
) -> Route {
    let needed = match context {
        Some(InteractionContext::BotDm) => Permissions::SEND_MESSAGES,
        Some(InteractionContext::PrivateChannel) => Permissions::all(),
        _ => Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS,
    };
    let may_post = app_permissions.is_some_and(|p| p.administrator() || p.contains(needed));
    Route {
        channel: channel.get(),
        may_post,
        token: InteractionToken(token.into()),
        posted_with: None,
        started_with: Some(InteractionToken(token.into())),
        pack_title: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_app_posts_only_where_discord_says_it_may() {
        let may =
            |permissions, context| route(ChannelId::new(1), "t", permissions, context).may_post;
        let guild = Some(InteractionContext::Guild);
        let all = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS;
        assert!(may(Some(all), guild));
        assert!(may(Some(Permissions::ADMINISTRATOR), guild));
        assert!(!may(Some(all - Permissions::SEND_MESSAGES), guild));
        assert!(!may(Some(all - Permissions::EMBED_LINKS), guild));
        assert!(!may(None, guild));
        assert!(may(
            Some(Permissions::SEND_MESSAGES),
            Some(InteractionContext::BotDm)
        ));
        assert!(!may(Some(all), Some(InteractionContext::PrivateChannel)));
    }
}
