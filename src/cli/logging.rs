//! What is logged to standard error, and what never is.

use super::throttle::Throttle;
use anyhow::anyhow;
use heat_check::config::{LOG_DEFAULT, LogFormat, log_format};
use std::io::IsTerminal as _;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{FilterExt as _, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The only crates that may log below a warning. Libraries log whole requests and frames, with the
/// bot token, interaction tokens and database rows in them.
const OURS: [&str; 4] = ["heat_check", "heat_core", "heat_store", "heat_view"];

/// Sends structured logs to standard error, filtered by `LOG` in the format `LOG_FORMAT`.
pub fn start() -> anyhow::Result<()> {
    let wanted = std::env::var("LOG").unwrap_or_default();
    let wanted = if wanted.trim().is_empty() {
        LOG_DEFAULT
    } else {
        wanted.trim()
    };
    let targets = targets(wanted)?;
    let format = log_format(std::env::var("LOG_FORMAT").ok().as_deref())?;
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        // Colours are for a terminal; in a file or journal they would clutter the text.
        .with_ansi(std::io::stderr().is_terminal() && !no_color())
        // It would report the error on the very stream that fails, which panics: with the log on a
        // full disk, every line would abort the work in progress.
        .log_internal_errors(false);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let throttle = Throttle::default();
    throttle.start()?;
    let allowed = targets.and(cap()).and(throttle);
    tracing_subscriber::registry()
        .with(lines.with_filter(allowed))
        .init();
    Ok(())
}

fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty())
}

/// Levels by module, from `LOG`.
fn targets(wanted: &str) -> anyhow::Result<Targets> {
    // Otherwise any word that is not a level would pass as a module name.
    let is_of_names = |c: char| c.is_ascii_alphanumeric() || "_:=".contains(c);
    let is_target = |target: &str| {
        let is_level = target.parse::<LevelFilter>().is_ok();
        let is_part = target.contains('=') || OURS.iter().any(|our| target.starts_with(our));
        !target.is_empty() && target.chars().all(is_of_names) && (is_level || is_part)
    };
    let readable = Some(wanted).filter(|wanted| wanted.split(',').map(str::trim).all(is_target));
    readable
        .and_then(|wanted| wanted.parse().ok())
        .ok_or_else(|| {
            anyhow!(
                "LOG is \"{wanted}\"; expected error, warn, info, debug, trace or off, or for instance info,heat_check=debug"
            )
        })
}

/// The limit that `LOG` cannot raise.
fn cap() -> Targets {
    let ours = OURS.map(|name| (name, LevelFilter::TRACE));
    Targets::new()
        .with_default(LevelFilter::WARN)
        .with_targets(ours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::Level;

    #[test]
    fn a_word_that_is_not_a_level_is_refused() {
        for wanted in [
            "info",
            "WARN",
            "off",
            "info,heat_check::host=debug",
            "warn, heat_check=info",
            "heat_check",
        ] {
            assert!(targets(wanted).is_ok(), "{wanted}");
        }
        for wanted in [
            "loud",
            "verbose",
            "info,loud",
            "heat_check=loud",
            "!!",
            "infos",
            "info;warn",
            ",",
        ] {
            assert!(targets(wanted).is_err(), "{wanted}");
        }
    }

    #[test]
    fn libraries_log_only_warnings_and_errors() {
        let cap = cap();
        for target in [
            "serenity::http",
            "tungstenite",
            "hyper",
            "reqwest",
            "log",
            "heat",
        ] {
            assert!(cap.would_enable(target, &Level::WARN), "{target}");
            assert!(!cap.would_enable(target, &Level::INFO), "{target}");
        }
        for ours in OURS {
            let inner = format!("{ours}::any");
            assert!(cap.would_enable(&inner, &Level::TRACE), "{ours}");
        }
    }
}
