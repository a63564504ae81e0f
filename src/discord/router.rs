//! From an interaction to its reply: one flat `match` to one file for each command.

use crate::discord::Reply;
use crate::discord::app::App;
use crate::discord::commands::{
    cast, daily, help, leaderboard, news, packs, privacy, quiz, reports, settings, stats,
};
use crate::discord::components;
use crate::host::{HostError, StartError};
use heat_store::StoreError;
use heat_view::message::Suggestion;
use serenity::all::{CommandInteraction, GuildId, Interaction};

/// A failure that the member cannot mend.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A game could not be started.
    #[error(transparent)]
    Start(#[from] StartError),
    /// A game could not be reached.
    #[error(transparent)]
    Host(#[from] HostError),
    /// A stored game cannot be read.
    #[error(transparent)]
    Unreadable(#[from] crate::host::TakeUpError),
    /// A day's puzzle could not be had.
    #[error(transparent)]
    Puzzle(#[from] crate::discord::app::puzzles::PuzzleError),
    /// The work took too long.
    #[error("the work took too long and was given up")]
    TooSlow,
}

impl Trouble {
    /// Whether the store did not take what should have been stored, or could not be asked.
    #[must_use]
    pub fn is_about_storing(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError::Unavailable { .. })
                | Self::Start(StartError::Store(StoreError::Unavailable { .. }))
                | Self::Host(HostError::NotStored(_))
        )
    }
}

/// How an interaction may be deferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deferral {
    /// By a message to come.
    Message {
        /// Whether only the member sees it.
        private: bool,
    },
    /// By a change to come of the message whose button was pressed.
    Update,
    /// Not at all.
    Impossible,
}

/// The reply to an interaction.
///
/// # Errors
/// [`Trouble`] if the bot, and not the member, is at fault.
pub async fn reply(app: &App, interaction: &Interaction) -> Result<Reply, Trouble> {
    // Over the gateway Discord keeps to the parts; what comes to an endpoint may be anybody's.
    if !app.part.owns(guild(interaction)) {
        return Ok(match interaction {
            Interaction::Autocomplete(_) => Reply::Suggest(Vec::new()),
            _ => Reply::private(heat_view::reply::other_part()),
        });
    }
    match interaction {
        Interaction::Command(command) => run(app, command).await,
        Interaction::Autocomplete(typing) => Ok(Reply::Suggest(suggest(app, typing).await?)),
        Interaction::Component(press) => components::reply(app, press).await,
        Interaction::Modal(filled) => components::filled_in(app, filled).await,
        _ => Ok(Reply::private(heat_view::reply::unknown_interaction())),
    }
}

/// The server that an interaction comes from.
fn guild(interaction: &Interaction) -> Option<u64> {
    let id = match interaction {
        Interaction::Command(command) | Interaction::Autocomplete(command) => command.guild_id,
        Interaction::Component(press) => press.guild_id,
        Interaction::Modal(filled) => filled.guild_id,
        _ => None,
    };
    id.map(GuildId::get)
}

async fn run(app: &App, command: &CommandInteraction) -> Result<Reply, Trouble> {
    match command.data.name.as_str() {
        quiz::NAME => quiz::run(app, command).await,
        cast::NAME => cast::run(app, command).await,
        news::NAME => news::run(app, command).await,
        leaderboard::NAME => leaderboard::run(app, command).await,
        daily::NAME => daily::run(app, command).await,
        stats::NAME => stats::run(app, command).await,
        packs::NAME => packs::run(app, command).await,
        privacy::NAME => privacy::run(app, command).await,
        reports::NAME => reports::run(app, command).await,
        settings::NAME => settings::run(app, command).await,
        help::NAME => Ok(help::run()),
        _ => Ok(Reply::private(heat_view::reply::unknown_interaction())),
    }
}

async fn suggest(app: &App, typing: &CommandInteraction) -> Result<Vec<Suggestion>, Trouble> {
    let Some(option) = typing.data.autocomplete() else {
        return Ok(Vec::new());
    };
    let guild = typing.guild_id.map(GuildId::get);
    Ok(match (typing.data.name.as_str(), option.name) {
        (quiz::NAME | settings::NAME, "pack") => {
            quiz::suggest_pack(&app.shelf(guild).await?, option.value)
        }
        (packs::NAME, "pack") => packs::suggest(&app.shelf(guild).await?, option.value),
        (settings::NAME, settings::ZONE_OPTION) => settings::suggest_zones(app, option.value),
        (cast::NAME, "name") => cast::suggest(&app.facts(guild).await?, option.value),
        (news::NAME, "about") => news::suggest(&app.facts(guild).await?, option.value),
        _ => Vec::new(),
    })
}

/// How this interaction may be deferred, should its work be slow.
#[must_use]
pub fn deferral(interaction: &Interaction) -> Deferral {
    match interaction {
        Interaction::Command(command) => Deferral::Message {
            private: matches!(
                command.data.name.as_str(),
                daily::NAME
                    | help::NAME
                    | packs::NAME
                    | privacy::NAME
                    | reports::NAME
                    | settings::NAME
            ),
        },
        Interaction::Component(press) if components::updates(&press.data.custom_id) => {
            Deferral::Update
        }
        // A box can only be the first answer.
        Interaction::Component(press) if components::asks(&press.data.custom_id) => {
            Deferral::Impossible
        }
        Interaction::Component(_) | Interaction::Modal(_) => Deferral::Message { private: true },
        _ => Deferral::Impossible,
    }
}
