//! `heat-check packs build`: builds a pack of thousands of films from the data files of IMDb or
//! Wikidata.

use super::pack_file::write_pack;
use anyhow::Context;
use clap::{Args, Subcommand};
use flate2::read::MultiGzDecoder;
use heat_dataset::{Built, Filter, imdb, wikidata};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Source {
    /// From IMDb's files; for personal and non-commercial use only.
    Imdb {
        /// The folder with title.basics, title.principals, title.ratings, title.crew and
        /// name.basics, as .tsv.gz or .tsv.
        folder: PathBuf,
        /// Only films with at least this many votes.
        #[arg(long, value_name = "N", default_value_t = 25_000)]
        votes: u32,
        #[command(flatten)]
        common: Common,
    },
    /// From Wikidata's JSON: a query service result or a dump.
    Wikidata {
        /// The file, .json or .json.gz.
        file: PathBuf,
        /// Only films with an article in at least this many Wikipedias.
        #[arg(long, value_name = "N", default_value_t = 20)]
        sitelinks: u32,
        /// Only films in this language, by its English name; repeat for several. Default: all.
        #[arg(long, value_name = "NAME")]
        language: Vec<String>,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Debug, Args)]
pub struct Common {
    /// Only films first released in these years: 1970-1999 or 1995.
    #[arg(long, value_name = "YEARS", default_value = "1900-2100", value_parser = years)]
    years: RangeInclusive<u16>,
    /// Where to write the pack, for example into your `PACK_DIR` folder.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

fn years(text: &str) -> Result<RangeInclusive<u16>, String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) if first <= last => Ok(first..=last),
        _ => Err("write two years such as 1970-1999, or one".to_owned()),
    }
}

pub fn main(source: &Source) -> anyhow::Result<ExitCode> {
    let (built, common) = match source {
        Source::Imdb {
            folder,
            votes,
            common,
        } => {
            eprintln!(
                "IMDb lets you use these files for personal and non-commercial purposes, and not pass \
                 them on:\nhttps://developer.imdb.com/non-commercial-datasets/"
            );
            (from_imdb(folder, &filter(*votes, common))?, common)
        }
        Source::Wikidata {
            file,
            sitelinks,
            language,
            common,
        } => {
            let filter = Filter {
                languages: language.iter().map(|name| name.to_lowercase()).collect(),
                ..filter(*sitelinks, common)
            };
            (from_wikidata(file, &filter)?, common)
        }
    };
    for (why, count) in &built.left_out {
        eprintln!("left out: {count} {why}");
    }
    write_pack(&built.pack, &common.out)?;
    let count = built.pack.films.len();
    let films = if count == 1 { "film" } else { "films" };
    eprintln!("{}: {count} {films}", common.out.display());
    Ok(ExitCode::SUCCESS)
}

fn filter(known_min: u32, common: &Common) -> Filter {
    Filter {
        known_min,
        years: common.years.clone(),
        languages: std::collections::BTreeSet::new(),
    }
}

fn from_imdb(folder: &Path, filter: &Filter) -> anyhow::Result<Built> {
    let bars = MultiProgress::new();
    let open = |name: &str| {
        let packed = folder.join(format!("{name}.tsv.gz"));
        let plain = folder.join(format!("{name}.tsv"));
        let path = if packed.exists() { packed } else { plain };
        open(&path, &bars).with_context(|| {
            format!(
                "IMDb's file {name}.tsv.gz is needed in {}; download it from https://datasets.imdbws.com",
                folder.display()
            )
        })
    };
    let files = imdb::Files {
        ratings: open("title.ratings")?,
        basics: open("title.basics")?,
        crew: open("title.crew")?,
        principals: open("title.principals")?,
        names: open("name.basics")?,
    };
    Ok(imdb::build(files, filter)?)
}

fn from_wikidata(file: &Path, filter: &Filter) -> anyhow::Result<Built> {
    let bars = MultiProgress::new();
    Ok(wikidata::build(|| open(file, &bars), filter)?)
}

/// Opens a file, decompressing .gz, with a progress bar if standard error is a terminal.
fn open(path: &Path, bars: &MultiProgress) -> io::Result<Box<dyn BufRead>> {
    let file = File::open(path)?;
    let bar = if io::stderr().is_terminal() {
        bars.add(ProgressBar::new(file.metadata()?.len()))
    } else {
        ProgressBar::hidden()
    };
    let style = ProgressStyle::with_template("{msg:24} {bar:30} {bytes}/{total_bytes}, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    bar.set_message(name.into_owned());
    let file: Box<dyn Read> = Box::new(bar.wrap_read(file));
    let is_packed = path.extension().is_some_and(|ending| ending == "gz");
    Ok(if is_packed {
        Box::new(BufReader::with_capacity(
            1 << 18,
            MultiGzDecoder::new(BufReader::new(file)),
        ))
    } else {
        Box::new(BufReader::with_capacity(1 << 18, file))
    })
}
