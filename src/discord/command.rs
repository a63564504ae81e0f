//! A slash command's parts. Each command has its own file under `commands/` and a line in the table
//! there.

use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::discord::interaction::{Langs, Origin};
use crate::discord::reply::{Reply, Visibility};
use futures_util::future::BoxFuture;
use heat_view::message::Suggestion;
use serenity::all::{CommandInteraction, CreateCommand, InstallationContext, InteractionContext};

/// A slash command.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// Where it may be used.
    pub scope: Scope,
    /// Who sees its reply.
    pub audience: Audience,
    /// Adds its options. The catalogue describes them and the command.
    pub describe: fn(CreateCommand) -> CreateCommand,
    /// Does the work.
    pub run: for<'a> fn(Langs, &'a App, &'a CommandInteraction) -> CommandFuture<'a, Reply>,
    /// Suggests values for the option being typed; `None` if no option has suggestions.
    pub complete: Option<Complete>,
}

/// Work on an interaction.
pub type CommandFuture<'a, T> = BoxFuture<'a, Result<T, HandlerError>>;
/// Work on suggestions.
pub type CompletionFuture<'a> = CommandFuture<'a, Vec<Suggestion>>;

/// Suggests values for an option.
pub type Complete =
    for<'a> fn(Langs, &'a App, &'a CommandInteraction, FocusedOption<'a>) -> CompletionFuture<'a>;

/// The option being typed, and its text so far.
#[derive(Debug, Clone, Copy)]
pub struct FocusedOption<'a> {
    /// The option.
    pub option: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// Where a command may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In servers that have the bot.
    Servers,
    /// There, and in direct messages with the bot.
    WithBot,
    /// Also wherever a member who installed the app for themselves uses it.
    Anywhere,
}

/// Who may install the app, by its settings in Discord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installs {
    /// Servers only.
    Servers,
    /// Servers, and members for themselves.
    ServersAndMembers,
}

/// Who sees the reply to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The whole channel.
    Everyone,
    /// Only the member.
    Member,
    /// The whole channel; only the member if it is used in a server without options, because the
    /// reply then asks for them.
    MemberWithoutOptions,
    /// The whole channel; only the member while a game is running there, because the reply could
    /// give away an open question.
    MemberDuringGames,
}

impl Command {
    /// The command as registered with Discord. Members who install the app for themselves get it if
    /// the app allows that, because Discord accepts only kinds of installation that the app has
    /// (<https://discord.com/developers/docs/interactions/application-commands#contexts>).
    pub fn registration(&self, installs: Installs) -> CreateCommand {
        use InteractionContext::{BotDm, Guild, PrivateChannel};
        let (contexts, installations) = match (self.scope, installs) {
            (Scope::Servers, _) => (vec![Guild], vec![InstallationContext::Guild]),
            (Scope::Anywhere, Installs::ServersAndMembers) => (
                vec![Guild, BotDm, PrivateChannel],
                vec![InstallationContext::Guild, InstallationContext::User],
            ),
            (Scope::WithBot, _) | (Scope::Anywhere, Installs::Servers) => {
                (vec![Guild, BotDm], vec![InstallationContext::Guild])
            }
        };
        (self.describe)(CreateCommand::new(self.name))
            .contexts(contexts)
            .integration_types(installations)
    }

    /// Whether its reply is for everybody, though perhaps not at every moment.
    #[must_use]
    pub fn is_for_everyone(&self) -> bool {
        matches!(
            self.audience,
            Audience::Everyone | Audience::MemberDuringGames
        )
    }

    /// Who sees the reply to this use of the command.
    #[must_use]
    pub fn visibility(&self, app: &App, used: &CommandInteraction) -> Visibility {
        let is_private = match self.audience {
            Audience::Everyone => false,
            Audience::Member => true,
            Audience::MemberWithoutOptions => lacks_options(used),
            Audience::MemberDuringGames => app.host.is_playing(Origin::from(used).channel),
        };
        if is_private {
            Visibility::Member
        } else {
            Visibility::Everyone
        }
    }
}

/// Whether a command is used in a server without options.
#[must_use]
pub fn lacks_options(used: &CommandInteraction) -> bool {
    Origin::from(used).guild.is_some() && used.data.options.is_empty()
}
