//! `/cast`: who plays whom, looked up by character, actor or film.

use super::text;
use crate::discord::Reply;
use crate::discord::app::App;
use crate::discord::app::told::Facts;
use crate::discord::components::{chosen, is_own};
use crate::discord::router::Trouble;
use heat_view::cast::Press;
use heat_view::message::Suggestion;
use serenity::all::{
    CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand,
    CreateCommandOption, GuildId,
};

/// The command's name.
pub const NAME: &str = "cast";

/// As registered with Discord.
pub fn registration() -> CreateCommand {
    let name = CreateCommandOption::new(
        CommandOptionType::String,
        "name",
        "A character, an actor or a film",
    )
    .required(true)
    .set_autocomplete(true)
    .min_length(1)
    .max_length(100);
    CreateCommand::new(NAME)
        .description("Who plays whom: by character, actor or film")
        .add_option(name)
}

/// Names that fit what is typed so far.
pub fn suggest(facts: &Facts, typed: &str) -> Vec<Suggestion> {
    heat_view::cast::suggestions(facts.cast(), facts.base(), typed)
}

/// The reply to `/cast`. While a game is on in the channel only the member sees it: it could give
/// an open question away.
pub async fn run(app: &App, command: &CommandInteraction) -> Result<Reply, Trouble> {
    let typed = text(command, "name").unwrap_or_default();
    let facts = app.facts(command.guild_id.map(GuildId::get)).await?;
    Ok(Reply::Say {
        message: heat_view::cast::lookup(facts.cast(), facts.base(), typed),
        private: app.host.is_playing(command.channel_id.get()),
    })
}

/// The reply to a button or menu of a lookup, or to "Look it up" under a reveal.
pub fn press(facts: &Facts, press: &ComponentInteraction) -> Option<Reply> {
    let reply = match heat_view::cast::parse_custom_id(&press.data.custom_id)? {
        Press::Show(entity) => Reply::private(heat_view::cast::show(
            facts.cast(),
            facts.base(),
            &entity,
            1,
        )),
        Press::Turn(entity, page) => {
            let message = heat_view::cast::show(facts.cast(), facts.base(), &entity, page);
            if is_own(press) {
                Reply::Update(message)
            } else {
                Reply::private(message)
            }
        }
        Press::Pick => Reply::private(heat_view::cast::lookup(
            facts.cast(),
            facts.base(),
            chosen(press)?,
        )),
    };
    Some(reply)
}

/// Whether a press with this `custom_id` turns the page it stands on.
pub fn updates(custom_id: &str) -> bool {
    matches!(
        heat_view::cast::parse_custom_id(custom_id),
        Some(Press::Turn(..))
    )
}
