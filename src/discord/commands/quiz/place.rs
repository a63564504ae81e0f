//! Where and by whom a quiz is asked for.

use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Origin;
use crate::discord::reply::Reply;
use crate::host::{InteractionToken, Route};
use heat_core::id::{ChannelId, GameId, GuildId, UserId};
use heat_core::library::Shelf;
use heat_core::settings::ServerSettings;
use serenity::all::{
    CommandInteraction, ComponentInteraction, InteractionContext, InteractionId, PartialChannel,
    Permissions,
};
use std::sync::Arc;

/// Where and by whom a game is started.
pub(super) struct Place {
    /// The interaction's id, which the game takes.
    pub(super) id: GameId,
    pub(super) guild: Option<GuildId>,
    /// The channel that a thread belongs to.
    parent: Option<ChannelId>,
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
        let origin = Origin::from(it);
        let route = route(origin.channel, &it.token, it.app_permissions, it.context);
        let parent = parent(it.channel.as_ref());
        Self::new(app, it.id, origin, parent, route).await
    }

    pub(super) async fn of_press(
        app: &App,
        it: &ComponentInteraction,
    ) -> Result<Self, HandlerError> {
        let origin = Origin::from(it);
        let route = route(origin.channel, &it.token, it.app_permissions, it.context);
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

    /// The reply where the server has its quizzes elsewhere.
    pub(super) fn refusal(&self) -> Option<Reply> {
        let allowed = self.server.allows(self.route.channel, self.parent);
        (!allowed).then(|| Reply::Aside(heat_view::settings::not_here(&self.server.channels)))
    }

    /// The packs available here.
    pub(super) async fn shelf(&self, app: &App) -> Result<Shelf, HandlerError> {
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
        channel,
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
        let may = |permissions, context| route(ChannelId(1), "t", permissions, context).may_post;
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
