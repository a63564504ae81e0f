//! Finds the handler of an interaction, and where its answer goes.

use crate::discord::app::App;
use crate::discord::command::{Command, FocusedOption};
use crate::discord::error::HandlerError;
use crate::discord::interaction::origin;
use crate::discord::reply::{Placement, Reply};
use crate::discord::{commands, components};
use heat_core::id::GuildId;
use heat_view::custom_id::CustomId;
use serenity::all::{CommandInteraction, ComponentInteraction, Interaction, ModalInteraction};

/// An interaction with everything decided before the work: its handler, and where the answer goes.
pub struct Routed<'a> {
    app: &'a App,
    handler: Handler<'a>,
    /// Where the answer goes, whatever it is.
    pub placement: Placement,
}

enum Handler<'a> {
    Command(&'static Command, &'a CommandInteraction),
    Completion(&'static Command, &'a CommandInteraction),
    Press(CustomId, &'a ComponentInteraction),
    Modal(CustomId, &'a ModalInteraction),
    /// Discord's gateway respects the division of servers between processes; an endpoint receives
    /// interactions for all.
    OtherPart,
    Unknown,
}

/// Finds the handler of an interaction. The only place where names and `custom_id`s are looked up.
#[must_use]
pub fn route<'a>(app: &'a App, interaction: &'a Interaction) -> Routed<'a> {
    let guild = origin(interaction).and_then(|origin| origin.guild);
    let guild = guild.map(|guild| guild.0);
    let (handler, placement) = if app.part.owns(guild.map(GuildId)) {
        find(app, interaction)
    } else {
        (Handler::OtherPart, Placement::PRIVATE)
    };
    let placement = match interaction {
        Interaction::Autocomplete(_) => Placement::Suggestions,
        _ => placement,
    };
    Routed {
        app,
        handler,
        placement,
    }
}

fn find<'a>(app: &App, interaction: &'a Interaction) -> (Handler<'a>, Placement) {
    let unknown = (Handler::Unknown, Placement::PRIVATE);
    match interaction {
        Interaction::Command(used) => match commands::named(&used.data.name) {
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

impl Routed<'_> {
    /// Does the work.
    ///
    /// # Errors
    /// [`HandlerError`] if the bot is at fault, and not the member.
    pub async fn run(self) -> Result<Reply, HandlerError> {
        let app = self.app;
        match self.handler {
            Handler::Command(command, used) => (command.run)(app, used).await,
            Handler::Completion(command, typing) => complete(app, command, typing).await,
            Handler::Press(id, press) => components::run(app, press, id).await,
            Handler::Modal(id, filled) => components::submit(app, filled, &id).await,
            Handler::OtherPart => Ok(Reply::Aside(heat_view::reply::other_part())),
            Handler::Unknown => Ok(Reply::Aside(heat_view::reply::unknown_interaction())),
        }
    }
}

async fn complete(
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
    complete(app, typing, typed).await.map(Reply::Suggest)
}
