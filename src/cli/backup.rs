//! `heat-check backup` and `heat-check restore`: the whole database as one file.

use heat_store::Copied;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct BackupArguments {
    /// The new file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub struct RestoreArguments {
    /// A backup made by `heat-check backup`.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace the contents of the database. Without this it must be empty.
    #[arg(long)]
    replace: bool,
}

pub fn backup(arguments: &BackupArguments) -> anyhow::Result<ExitCode> {
    let url = super::database_url()?;
    let copying = heat_store::backup(&url, &arguments.file);
    let copied = super::run::runtime()?.block_on(copying)?;
    println!("Backed up {}.", summary(copied, &arguments.file));
    Ok(ExitCode::SUCCESS)
}

pub fn restore(arguments: &RestoreArguments) -> anyhow::Result<ExitCode> {
    let url = super::database_url()?;
    let copying = heat_store::restore(&url, &arguments.file, arguments.replace);
    let copied = super::run::runtime()?.block_on(copying)?;
    println!("Restored {}.", summary(copied, &arguments.file));
    Ok(ExitCode::SUCCESS)
}

fn summary(copied: Copied, file: &Path) -> String {
    let Copied {
        games,
        events,
        bytes,
    } = copied;
    let file = file.display();
    format!("{games} games of {events} events ({file}, {bytes} bytes, checked)")
}
