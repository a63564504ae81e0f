//! `heat-check results`: prints the results of games from the database, even while the bot runs.

use anyhow::Context as _;
use heat_check::host::result_of;
use heat_core::id::GuildId;
use heat_core::results::{csv_head, csv_rows};
use heat_store::StoredGame;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::num::NonZero;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Print a table with one line per player and game, instead of one JSON document per game.
    #[arg(long)]
    csv: bool,
    /// Only games of this server.
    #[arg(long, value_name = "ID")]
    guild: Option<NonZero<u64>>,
    /// Only games started on or after this day, in UTC, for example 2026-05-01 or
    /// 2026-05-01T20:00:00Z.
    #[arg(long, value_name = "DAY", value_parser = since)]
    since: Option<Timestamp>,
}

/// Prints the results of games in servers that are over, newest first.
pub fn main(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let url = super::database_url()?;
    let guild = arguments.guild.map(|id| GuildId(id.get()));
    let since_ms = arguments.since.map_or(i64::MIN, Timestamp::as_millisecond);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut printed = if arguments.csv {
        out.write_all(csv_head().as_bytes())
    } else {
        Ok(())
    };
    let take = |game: StoredGame| {
        let Some(result) = result_of(&game) else {
            return;
        };
        let text = if arguments.csv {
            csv_rows(&result)
        } else {
            format!("{}\n", result.document())
        };
        if printed.is_ok() {
            printed = out.write_all(text.as_bytes());
        }
    };
    let reading = heat_store::read_ended_games(&url, guild, since_ms, take);
    super::run::runtime()?.block_on(reading)?;
    match printed.and_then(|()| out.flush()) {
        // The reader has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        printed => {
            printed.context("the results cannot be printed")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn since(text: &str) -> Result<Timestamp, String> {
    let day = || {
        let day: Date = text.parse().ok()?;
        Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
    };
    let time = || text.parse().ok();
    time()
        .or_else(day)
        .ok_or_else(|| "expected a day as 2026-05-01, or a time as 2026-05-01T20:00:00Z".to_owned())
}
