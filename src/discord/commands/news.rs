//! `/news`: what is known about the planned film, line by line with its source.

use super::text;
use crate::discord::Reply;
use crate::discord::app::App;
use crate::discord::app::told::Facts;
use crate::discord::components::{chosen, is_own};
use crate::discord::router::Trouble;
use heat_core::news::Topic;
use heat_view::message::Suggestion;
use heat_view::news::Press;
use serenity::all::{
    CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand,
    CreateCommandOption, GuildId,
};

/// The command's name.
pub const NAME: &str = "news";

/// As registered with Discord.
pub fn registration() -> CreateCommand {
    let topic = Topic::ALL.into_iter().fold(
        CreateCommandOption::new(
            CommandOptionType::String,
            "topic",
            "Which part of the news (headlines if left out)",
        ),
        |option, topic| option.add_string_choice(topic.name(), topic.name()),
    );
    let about = CreateCommandOption::new(
        CommandOptionType::String,
        "about",
        "Only what concerns this person, character, film or company",
    )
    .set_autocomplete(true)
    .max_length(100);
    CreateCommand::new(NAME)
        .description("What is known about Heat 2, each line with its source")
        .add_option(topic)
        .add_option(about)
}

/// Whom and what the news speaks of, as far as it fits what is typed.
pub fn suggest(facts: &Facts, typed: &str) -> Vec<Suggestion> {
    heat_view::news::suggestions(facts.news(), facts.base(), typed)
}

/// The reply to `/news`. While a game is on in the channel only the member sees it: it could give
/// an open question away.
pub async fn run(app: &App, command: &CommandInteraction) -> Result<Reply, Trouble> {
    let topic = match text(command, "topic") {
        None => Topic::Headlines,
        Some(name) => match Topic::named(name) {
            Some(topic) => topic,
            None => {
                return Ok(Reply::private(heat_view::reply::unknown_choice(
                    "topic", name,
                )));
            }
        },
    };
    let about = text(command, "about");
    let facts = app.facts(command.guild_id.map(GuildId::get)).await?;
    Ok(Reply::Say {
        message: heat_view::news::lookup(facts.news(), facts.base(), topic, about),
        private: app.host.is_playing(command.channel_id.get()),
    })
}

/// The reply to a button or menu of the news.
pub fn press(facts: &Facts, press: &ComponentInteraction) -> Option<Reply> {
    let (topic, about, page) = match heat_view::news::parse_custom_id(&press.data.custom_id)? {
        Press::Turn { topic, about, page } => (topic, about, page),
        Press::Switch { about } => (Topic::named(chosen(press)?)?, about, 1),
    };
    let message = heat_view::news::show(facts.base(), topic, about.as_ref(), page);
    Some(if is_own(press) {
        Reply::Update(message)
    } else {
        Reply::private(message)
    })
}

/// Whether a press with this `custom_id` changes the message it stands on.
pub fn updates(custom_id: &str) -> bool {
    heat_view::news::parse_custom_id(custom_id).is_some()
}
