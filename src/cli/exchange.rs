//! `heat-check packs import`, `export` and `schema`: converts other programs' files to packs and
//! back.

use super::pack_file::{print, read, report_faults};
use clap::ValueEnum;
use heat_core::exchange::{self, Format, ImportError, Imported, LeftOut, Naming};
use heat_core::facts::{self, Pack};
use heat_core::lang::Lang;
use heat_view::imports;
use heat_view::write::default_reason;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Import {
    /// The files, all of one format; they become one pack.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Their format. Default: from the first file's extension.
    #[arg(long, value_enum)]
    format: Option<From>,
    /// The pack's id: lower-case letters, digits and hyphens.
    #[arg(long)]
    id: Option<String>,
    /// The pack's title, as members see it.
    #[arg(long)]
    title: Option<String>,
    /// Where to write the pack. Default: standard output.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// A format to import from.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum From {
    /// Open Trivia Database JSON.
    Opentdb,
    /// A trivia list of Red-DiscordBot, YAML.
    Red,
    /// CSV with the columns question, answer, wrong1, wrong2, wrong3, accept, difficulty, topic,
    /// reason, source, url; or a deck exported from Kotoba.
    Csv,
}

#[derive(Debug, clap::Args)]
pub struct Export {
    /// A pack's file, or the id of a bundled pack.
    pack: String,
    /// The format to write.
    #[arg(long, value_enum, default_value = "json")]
    format: To,
    /// Where to write it. Default: standard output.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// A format to export to.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum To {
    /// The pack as JSON.
    Json,
    /// A table with everything in it.
    Csv,
}

pub fn import(arguments: &Import) -> anyhow::Result<ExitCode> {
    let name = |path: &Path| path.display().to_string();
    let format = match (arguments.format, arguments.files.first()) {
        (Some(From::Opentdb), _) => Format::OpenTdb,
        (Some(From::Red), _) => Format::Red,
        (Some(From::Csv), _) => Format::Csv,
        (None, first) => {
            let format = first.and_then(|path| Format::of_name(&name(path)));
            format.ok_or_else(|| {
                anyhow::anyhow!(
                    "the format is not clear from the file's name; add --format opentdb, red or csv"
                )
            })?
        }
    };
    let mut files = Vec::with_capacity(arguments.files.len());
    for path in &arguments.files {
        match read(path, exchange::FILE_BYTES_MAX) {
            Ok(text) => files.push((name(path), text)),
            Err(faults) => return Ok(report_faults(&faults)),
        }
    }
    let naming = Naming {
        id: arguments.id.clone(),
        title: arguments.title.clone(),
        reason: Some(default_reason(Lang::English, "{answer}")),
    };
    match exchange::import(format, &files, &naming) {
        Ok(imported) => {
            report(&imported);
            write(&json(&imported.pack)?, arguments.out.as_deref())
        }
        Err(ImportError::Faults(faults)) => Ok(report_faults(&faults)),
        Err(ImportError::Nothing(left_out)) => {
            list(&left_out);
            anyhow::bail!("no row could be used");
        }
        Err(ImportError::Unreadable { file, why }) => {
            anyhow::bail!("{}", imports::unreadable(Lang::English, &file, &why))
        }
    }
}

pub fn export(arguments: &Export) -> anyhow::Result<ExitCode> {
    let bundled = facts::bundled()
        .into_iter()
        .find(|(name, _)| name.strip_suffix(".json") == Some(arguments.pack.as_str()));
    let (name, text) = match bundled {
        Some((name, text)) => (name.to_owned(), text.to_owned()),
        None => match read(Path::new(&arguments.pack), facts::limits::PACK_BYTES_MAX) {
            Ok(text) => (arguments.pack.clone(), text),
            Err(faults) => return Ok(report_faults(&faults)),
        },
    };
    let pack = match facts::parse_pack(&name, &text) {
        Ok(pack) => pack,
        Err(faults) => return Ok(report_faults(&faults)),
    };
    let text = match arguments.format {
        To::Json => json(&pack)?,
        To::Csv => exchange::to_csv(&pack)?,
    };
    write(&text, arguments.out.as_deref())
}

pub fn schema() -> anyhow::Result<ExitCode> {
    print(&(serde_json::to_string_pretty(&facts::schema())? + "\n"))
}

fn json(pack: &Pack) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(pack)? + "\n")
}

fn write(text: &str, out: Option<&Path>) -> anyhow::Result<ExitCode> {
    let Some(path) = out else {
        return print(text);
    };
    std::fs::write(path, text)
        .map_err(|error| anyhow::anyhow!("{} cannot be written: {error}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Reports on standard error what was imported, what was not and why, so that the pack itself can
/// be piped.
fn report(imported: &Imported) {
    list(&imported.left_out);
    for note in &imported.notes {
        eprintln!("note: {}", imports::note(Lang::English, note));
    }
    eprintln!(
        "Pack \"{}\": {} imported, {} left out.",
        imported.pack.id,
        imported.pack.questions.len(),
        imported.left_out.len()
    );
}

fn list(left_out: &[LeftOut]) {
    for row in left_out {
        let place = imports::place(Lang::English, &row.place);
        let why = imports::why(Lang::English, &row.why);
        eprintln!("left out: {}: {why}", shown(&place, &row.text));
    }
}

/// A row's place and the start of its question, without characters that could affect a terminal.
fn shown(place: &str, text: &str) -> String {
    let text = facts::without_deceptive(text);
    if text.is_empty() {
        place.to_owned()
    } else {
        format!("{place}: “{text}”")
    }
}
