//! Finds the handler of an interaction, and where its answer goes.

use crate::discord::app::App;
use crate::discord::command::{Command, FocusedOption, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::{Langs, Origin, may_share, origin, server_of};
use crate::discord::reply::{Placement, Reply};
use crate::discord::{commands, components};
use heat_view::custom_id::CustomId;
use serenity::all::{CommandInteraction, ComponentInteraction, Interaction, ModalInteraction};

/// An interaction with everything decided before the work: its handler, and where the answer goes.
pub struct Routed<'a> {
    app: &'a App,
    interaction: &'a Interaction,
    handler: Handler<'a>,
    /// Where the answer goes, regardless of what it is.
    pub placement: Placement,
    /// Whether the answer is private only because just the member has the app, so that they may
    /// share it.
    offers_share: bool,
}

enum Handler<'a> {
    Command(&'static Command, &'a CommandInteraction),
    Completion(&'static Command, &'a CommandInteraction),
    Press(CustomId, &'a ComponentInteraction),
    Modal(CustomId, &'a ModalInteraction),
    /// A command that is not offered where only the member has the app.
    NotHere,
    /// Something to share where the server does not let this member share it.
    NotShared,
    /// Discord's gateway respects the division of servers between processes; an endpoint receives
    /// interactions for all.
    OtherPart,
    Unknown,
}

/// Finds the handler of an interaction. The only place where names and `custom_id`s are looked up.
#[must_use]
pub fn route<'a>(app: &'a App, interaction: &'a Interaction) -> Routed<'a> {
    let (handler, placement) = if app.part.owns(server_of(interaction)) {
        find(app, interaction)
    } else {
        (Handler::OtherPart, Placement::PRIVATE)
    };
    let is_by_member = origin(interaction).is_some_and(|origin| origin.is_by_member());
    let offers_share = is_by_member && handler.is_sharable();
    let placement = match interaction {
        Interaction::Autocomplete(_) => Placement::Suggestions,
        _ if is_by_member && !handler.shares() => placement.kept_private(),
        _ => placement,
    };
    Routed {
        app,
        interaction,
        handler,
        placement,
        offers_share,
    }
}

fn find<'a>(app: &App, interaction: &'a Interaction) -> (Handler<'a>, Placement) {
    let unknown = (Handler::Unknown, Placement::PRIVATE);
    match interaction {
        Interaction::Command(used) => match commands::named(&used.data.name) {
            Some(command)
                if Origin::from(used).is_by_member() && command.scope != Scope::Anywhere =>
            {
                (Handler::NotHere, Placement::PRIVATE)
            }
            Some(command) => {
                let placement = Placement::Message(command.visibility(app, used));
                (Handler::Command(command, used), placement)
            }
            None => unknown,
        },
        Interaction::Autocomplete(typing) => match commands::named(&typing.data.name) {
            Some(command) => {
                let handler = Handler::Completion(command, typing);
                (handler, Placement::Suggestions)
            }
            None => unknown,
        },
        Interaction::Component(press) => match CustomId::parse(&press.data.custom_id) {
            Some(id) if components::shares(&id) && is_kept_private(press) => {
                (Handler::NotShared, Placement::PRIVATE)
            }
            Some(id) => {
                let placement = components::placement(&id, press);
                (Handler::Press(id, press), placement)
            }
            None => unknown,
        },
        Interaction::Modal(filled) => match CustomId::parse(&filled.data.custom_id) {
            Some(id) => {
                let placement = components::modal_placement(&id, filled);
                (Handler::Modal(id, filled), placement)
            }
            None => unknown,
        },
        _ => unknown,
    }
}

/// Whether Discord would show only the member what they share here.
fn is_kept_private(press: &ComponentInteraction) -> bool {
    Origin::from(press).is_by_member() && !may_share(press)
}

impl Handler<'_> {
    /// Whether the member asks for something to be shown to everybody.
    fn shares(&self) -> bool {
        matches!(self, Self::Press(id, _) if components::shares(id))
    }

    /// Whether the answer would be for everybody where the bot is, or is a page of such an answer.
    fn is_sharable(&self) -> bool {
        match self {
            Self::Command(command, _) => command.is_for_everyone(),
            Self::Press(id, _) => components::is_sharable(id),
            _ => false,
        }
    }
}

impl Routed<'_> {
    /// Does the work.
    ///
    /// # Errors
    /// [`HandlerError`] if the bot is at fault, and not the member.
    pub async fn run(self) -> Result<Reply, HandlerError> {
        let offers_share = self.offers_share;
        let langs = self.langs().await;
        Ok(match self.work(langs).await? {
            Reply::Show(message) if offers_share => {
                Reply::Show(heat_view::share::offered(langs.reply, message))
            }
            reply => reply,
        })
    }

    /// The languages of the answer.
    async fn langs(&self) -> Langs {
        let guild = origin(self.interaction).and_then(|origin| origin.guild);
        // Without the settings the server's language in Discord applies: no reason to fail.
        let settings = self.app.settings(guild).await.ok();
        let chosen = settings.and_then(|settings| settings.language);
        Langs::of(self.interaction, self.placement, chosen)
    }

    async fn work(self, langs: Langs) -> Result<Reply, HandlerError> {
        let app = self.app;
        match self.handler {
            Handler::Command(command, used) => (command.run)(langs, app, used).await,
            Handler::Completion(command, typing) => complete(langs, app, command, typing).await,
            Handler::Press(id, press) => components::run(langs, app, press, id).await,
            Handler::Modal(id, filled) => components::submit(langs, app, filled, &id).await,
            Handler::NotHere => Ok(Reply::Aside(heat_view::reply::not_without_bot(
                langs.member,
            ))),
            Handler::NotShared => Ok(Reply::Aside(heat_view::share::not_here(langs.member))),
            Handler::OtherPart => Ok(Reply::Aside(heat_view::reply::other_part(langs.member))),
            Handler::Unknown => Ok(Reply::Aside(heat_view::reply::unknown_interaction(
                langs.member,
            ))),
        }
    }
}

async fn complete(
    langs: Langs,
    app: &App,
    command: &Command,
    typing: &CommandInteraction,
) -> Result<Reply, HandlerError> {
    let (Some(complete), Some(option)) = (command.complete, typing.data.autocomplete()) else {
        return Ok(Reply::Suggest(Vec::new()));
    };
    let typed = FocusedOption {
        option: option.name,
        text: option.value,
    };
    complete(langs, app, typing, typed)
        .await
        .map(Reply::Suggest)
}
