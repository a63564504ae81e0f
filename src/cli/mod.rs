//! The command line: one file per subcommand.
//!
//! Errors before the bot is up are reported in one sentence on standard error, with a non-zero exit
//! code and nothing half-started.

mod backup;
mod build;
mod coach;
mod doctor;
mod exchange;
mod logging;
mod pack_file;
mod packs;
mod results;
mod run;
mod sandbox;
mod throttle;

use clap::{Parser, Subcommand};
use heat_check::config::{self, ConfigError, DATABASE_URL};
use std::process::ExitCode;

/// Film trivia for Discord, with a source for every answer.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot on Discord (needs `DISCORD_TOKEN`). This is the default.
    #[command(after_help = run::variables())]
    Run,
    /// Try the bot in the browser, without a Discord account.
    Sandbox(sandbox::Arguments),
    /// Check the setup and say how to fix what is wrong.
    Doctor(doctor::Arguments),
    /// Ask the running bot at `METRICS_ADDR` whether it is healthy, for a container's health check.
    Healthcheck,
    /// Back up the database at `DATABASE_URL` into one file, while the bot runs.
    Backup(backup::BackupArguments),
    /// Restore a backup into the database at `DATABASE_URL`.
    Restore(backup::RestoreArguments),
    /// Print the results of games, as a table or as JSON, from the database at `DATABASE_URL`.
    Results(results::Arguments),
    /// Check, show, import, export and build question packs.
    #[command(subcommand)]
    Packs(packs::Command),
}

/// Runs the command line and returns its exit code.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command.unwrap_or(Command::Run) {
        Command::Run => run::main(),
        Command::Doctor(arguments) => doctor::main(&arguments),
        Command::Healthcheck => doctor::healthcheck(),
        Command::Backup(arguments) => backup::backup(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Sandbox(arguments) => sandbox::main(&arguments),
        Command::Results(arguments) => results::main(&arguments),
        Command::Packs(command) => packs::main(&command),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("heat-check: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The database at `DATABASE_URL`, for commands that need nothing else of the environment.
fn database_url() -> Result<String, ConfigError> {
    let given = std::env::var(DATABASE_URL).ok();
    config::database_url(DATABASE_URL, given.filter(|url| !url.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory;

    #[test]
    fn the_help_of_run_names_every_variable() {
        let mut command = Arguments::command();
        let run = command.find_subcommand_mut("run").expect("a subcommand");
        let help = run.render_help().to_string();
        for (name, _) in heat_check::config::VARIABLES {
            assert!(help.contains(name), "{name}: {help}");
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
