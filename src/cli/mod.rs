//! The command line: one file for each subcommand.
//!
//! Everything that can be wrong before the bot is up is said in one sentence on standard error,
//! with an exit code other than 0 and nothing half-started.

mod backup;
mod build;
mod coach;
mod doctor;
mod exchange;
mod logging;
mod packs;
mod run;
mod sandbox;
mod throttle;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Film trivia for Discord, every question resting on a cited fact.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Connect to Discord and play (needs `DISCORD_TOKEN`). This is the default.
    #[command(after_help = run::variables())]
    Run,
    /// Try the bot in the browser, without a Discord account.
    Sandbox(sandbox::Arguments),
    /// Check the set-up, and say of each part whether it is well and how to mend it.
    Doctor(doctor::Arguments),
    /// Ask the running bot at `METRICS_ADDR` whether it is well, for a container's health check.
    Healthcheck,
    /// Copy the whole state into one file, while the bot runs (goes by `DATABASE_URL`).
    Backup(backup::BackupArguments),
    /// Put a backup back, into a file or a server's database (goes by `DATABASE_URL`).
    Restore(backup::RestoreArguments),
    /// Check and show question packs, without Discord.
    #[command(subcommand)]
    Packs(packs::Command),
}

/// Runs the command line; the exit code tells whether all went well.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command.unwrap_or(Command::Run) {
        Command::Run => run::main(),
        Command::Doctor(arguments) => doctor::main(&arguments),
        Command::Healthcheck => doctor::healthcheck(),
        Command::Backup(arguments) => backup::backup(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Sandbox(arguments) => sandbox::main(&arguments),
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
