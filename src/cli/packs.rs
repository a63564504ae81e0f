//! `heat-check packs`: works with packs, without Discord.

use super::pack_file::{print, read, report_faults};
use super::{build, exchange};
use clap::Subcommand;
use heat_check::config;
use heat_core::bank::{self, Bank, Games, Question, Share, report};
use heat_core::facts::limits::GREAT_PACK_BYTES_MAX;
use heat_core::facts::{self, FactBase, Fault, Pack};
use heat_core::library::bundled;
use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// How many games `check` draws for its statistics.
const GAMES: u64 = 2_000;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check packs: list every fault of every file, then summarise their contents.
    Check {
        /// Your own packs, checked together with the bundled ones. Default: only the bundled ones.
        files: Vec<PathBuf>,
    },
    /// Show every question with its answer, wrong answers, reason and source.
    Show {
        /// Only this pack.
        #[arg(long)]
        pack: Option<String>,
        /// Print one JSON object per line.
        #[arg(long)]
        json: bool,
        /// Add how often each question was answered and its measured difficulty, from this
        /// database. Same form as `DATABASE_URL`: `sqlite://heat-check.db`.
        #[arg(long, value_name = "URL")]
        database: Option<String>,
        /// Your own packs, shown together with the bundled ones.
        files: Vec<PathBuf>,
    },
    /// Convert Open Trivia Database JSON, a Red-DiscordBot trivia list, or CSV to a pack.
    Import(exchange::Import),
    /// Build a pack of thousands of films from the data files of IMDb or Wikidata.
    #[command(subcommand)]
    Build(build::Source),
    /// Write a pack as JSON, or as a table that you can edit and import again.
    Export(exchange::Export),
    /// Print the JSON Schema of a pack, for your editor.
    Schema,
}

pub fn main(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check { files } => check(files),
        Command::Show {
            pack,
            json,
            database,
            files,
        } => show(pack.as_deref(), *json, database.as_deref(), files),
        Command::Import(arguments) => exchange::import(arguments),
        Command::Build(source) => build::main(source),
        Command::Export(arguments) => exchange::export(arguments),
        Command::Schema => exchange::schema(),
    }
}

fn check(files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let base = match load(files) {
        Ok(base) => base,
        Err(faults) => return Ok(report_faults(&faults)),
    };
    let bank = Bank::build(&base);
    let faults = bank::lint(&base, &bank);
    if !faults.is_empty() {
        return Ok(report_faults(&faults));
    }
    let exact = bank.questions().filter(bank::is_exact);
    let notes = exact.map(|question| {
        format!(
            "{}: the answer to {} has only symbols; typed answers must be exactly \"{}\"\n",
            question.pack, question.id, question.answer.text
        )
    });
    let games = Games::of(&bank, 0..GAMES).table();
    let table = report::table(&base, &bank);
    print(&format!("{table}\n{games}{}", notes.collect::<String>()))
}

fn show(
    pack: Option<&str>,
    json: bool,
    database: Option<&str>,
    files: &[PathBuf],
) -> anyhow::Result<ExitCode> {
    // First, because reading the packs takes longer than finding that there is no such database.
    let shares = database.map(shares).transpose()?;
    let base = match load(files) {
        Ok(base) => base,
        Err(faults) => return Ok(report_faults(&faults)),
    };
    if let Some(wanted) = pack {
        let known: Vec<&str> = base.packs().iter().map(|p| p.id.as_str()).collect();
        if !known.contains(&wanted) {
            anyhow::bail!(
                "no pack is called \"{wanted}\"; there are {}",
                known.join(", ")
            );
        }
    }
    let bank = Bank::build(&base);
    let line = |question: &Question, of: &Pack| {
        let shares = shares.as_ref();
        let share = shares.map(|shares| shares.get(&question.id).copied().unwrap_or_default());
        if json {
            report::json_line(question, of, share)
        } else {
            report::text(question, share)
        }
    };
    let mut shown: Vec<String> = Vec::new();
    let mut headed = None;
    for question in bank.questions() {
        let mut packs = base.packs().iter();
        let of = packs.find(|of| of.id == question.pack);
        let Some(of) = of.filter(|of| pack.is_none_or(|wanted| of.id == wanted)) else {
            continue;
        };
        if !json && headed != Some(&of.id) {
            shown.push(report::heading(of));
            headed = Some(&of.id);
        }
        shown.push(line(&question, of));
    }
    print(&(shown.join("\n") + "\n"))
}

/// How often the questions in a database were answered, by id.
fn shares(url: &str) -> anyhow::Result<HashMap<String, Share>> {
    let url = config::database_url("--database", Some(url.to_owned()))?;
    let reading = heat_store::read_question_counts(&url);
    let counts = super::run::runtime()?.block_on(reading)?;
    let shares = counts.into_iter().map(|count| {
        let share = Share {
            answered: count.answered,
            correct: count.correct,
        };
        (count.question, share)
    });
    Ok(shares.collect())
}

/// The bundled packs and the given files, or every fault of every file.
fn load(files: &[PathBuf]) -> Result<FactBase, Vec<Fault>> {
    let mut own = Vec::with_capacity(files.len());
    let mut faults = Vec::new();
    for path in files {
        let name = path.display().to_string();
        let text = read(path, GREAT_PACK_BYTES_MAX);
        match text.and_then(|text| facts::parse_great_pack(&name, &text)) {
            Ok(pack) => own.push(pack),
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut packs = bundled()?;
    packs.append(&mut own);
    FactBase::build(packs)
}
