//! The command line: one file for each subcommand.
//!
//! Everything that can be wrong before the bot is up is said in one sentence on standard error,
//! with an exit code other than 0 and nothing half-started.

mod backup;
mod doctor;
mod exchange;
mod packs;
mod run;
mod sandbox;

use clap::{Parser, Subcommand};
use heat_check::config::{LogFormat, log_format};
use std::process::ExitCode;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

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

/// Sends structured logs to standard error, filtered by `LOG` and written as `LOG_FORMAT` says.
fn start_logging() -> anyhow::Result<()> {
    let wanted = std::env::var("LOG").unwrap_or_default();
    let wanted = if wanted.trim().is_empty() {
        heat_check::config::LOG_DEFAULT
    } else {
        wanted.trim()
    };
    // A word that is no level would be taken for the name of a module, whatever is in it.
    let is_of_names = |c: char| c.is_ascii_alphanumeric() || "_:=,".contains(c);
    let readable = Some(wanted).filter(|wanted| wanted.chars().all(is_of_names));
    let filter: Targets = readable
        .and_then(|wanted| wanted.parse().ok())
        .ok_or_else(|| {
            anyhow::anyhow!(
                "LOG is \"{wanted}\"; expected for instance info, or info,heat_check=debug"
            )
        })?;
    let format = log_format(std::env::var("LOG_FORMAT").ok().as_deref())?;
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        // It would complain on the very stream that fails, which panics: on a full disk that also
        // holds the log, every line would end what was being done.
        .log_internal_errors(false);
    let registry = tracing_subscriber::registry();
    match format {
        LogFormat::Text => registry.with(lines).with(filter).init(),
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true);
            registry.with(lines).with(filter).init();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
