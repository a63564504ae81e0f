//! Limits repeated warnings to one line per cause and minute: a full disk or an absent server makes
//! every game complain many times a second, and filling the rest of the disk with logs would not
//! help.
//!
//! The first warning of a cause is written at once. Repeats are counted, and reported once a minute
//! for as long as there are any.

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Filter};

/// How often held back lines are reported.
const TELL_EVERY: Duration = Duration::from_secs(60);
/// The most causes tracked at once. Others are written as they come.
const CAUSES_MAX: usize = 1_000;
/// How many characters of a cause are compared.
const CAUSE_CHARS_MAX: usize = 300;
/// The most incident codes in one line: members may quote any of them.
const INCIDENTS_MAX: usize = 500;
/// The event that reports held back lines, which is never held back itself.
const OWN_TARGET: &str = "heat_check::log";
/// A field that differs on every line and that operators search for.
const INCIDENT: &str = "incident";

/// A filter for log lines. Clones share their counts.
#[derive(Clone, Default)]
pub struct Throttle(Arc<Mutex<HashMap<String, Held>>>);

/// Lines of one cause that were held back since the last report.
#[derive(Debug, Default, PartialEq, Eq)]
struct Held {
    times: u64,
    incidents: Vec<String>,
}

impl Throttle {
    /// Reports what was held back once a minute, from its own thread, for the life of the process.
    pub fn start(&self) -> std::io::Result<()> {
        let throttle = self.clone();
        let telling = std::thread::Builder::new().name("log".to_owned());
        telling.spawn(move || {
            loop {
                std::thread::sleep(TELL_EVERY);
                throttle.tell();
            }
        })?;
        Ok(())
    }

    /// Reports what was held back since the last time.
    fn tell(&self) {
        for (cause, held) in self.take() {
            let (times, incidents) = (held.times, held.incidents.join(" "));
            if incidents.is_empty() {
                tracing::warn!(target: OWN_TARGET, times, cause, "log.repeated");
            } else {
                tracing::warn!(target: OWN_TARGET, times, cause, incidents, "log.repeated");
            }
        }
    }

    /// Takes what was held back, and forgets causes that have not recurred.
    fn take(&self) -> Vec<(String, Held)> {
        let mut causes = self.causes();
        causes.retain(|_, held| held.times > 0);
        let taken = causes
            .iter_mut()
            .map(|(cause, held)| (cause.clone(), mem::take(held)));
        taken.collect()
    }

    fn causes(&self) -> MutexGuard<'_, HashMap<String, Held>> {
        // Consistent at every moment, so a panic elsewhere does no harm.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Subscriber> Filter<S> for Throttle {
    fn enabled(&self, _: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        true
    }

    fn event_enabled(&self, event: &Event<'_>, _: &Context<'_, S>) -> bool {
        let metadata = event.metadata();
        if *metadata.level() > Level::WARN || metadata.target() == OWN_TARGET {
            return true;
        }
        let mut cause = Cause::default();
        event.record(&mut cause);
        let mut causes = self.causes();
        if let Some(held) = causes.get_mut(&cause.text) {
            held.times += 1;
            if held.incidents.len() < INCIDENTS_MAX {
                held.incidents.extend(cause.incident);
            }
            return false;
        }
        if causes.len() < CAUSES_MAX {
            causes.insert(cause.text, Held::default());
        }
        true
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::TRACE)
    }
}

/// A line's cause: its text without what differs between repeats, such as numbers and incidents.
#[derive(Default)]
struct Cause {
    text: String,
    incident: Option<String>,
}

impl Visit for Cause {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            INCIDENT => {
                self.incident = Some(value.to_owned());
                return;
            }
            "message" => {}
            name => {
                let _ = write!(self.text, " {name}=");
            }
        }
        let mut in_number = false;
        let room = CAUSE_CHARS_MAX.saturating_sub(self.text.len());
        for c in value.chars().take(room) {
            if !c.is_ascii_digit() {
                self.text.push(c);
            } else if !in_number {
                self.text.push('#');
            }
            in_number = c.is_ascii_digit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use tracing_subscriber::Layer as _;
    use tracing_subscriber::layer::SubscriberExt as _;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("whole").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Lines {
        /// What was written since the last time, without times and colours.
        fn take(&self) -> Vec<String> {
            let bytes = mem::take(&mut *self.0.lock().expect("whole"));
            let text = String::from_utf8(bytes).expect("text");
            text.lines().map(|line| line.trim().to_owned()).collect()
        }
    }

    fn full_disk(game: u64, incident: &str) {
        let error = format!("game {game}: the disk is full");
        tracing::error!(game_id = game, error, "game.commit_failed");
        tracing::error!(incident, error, "interaction.failed");
        tracing::info!("game.started");
    }

    #[test]
    fn a_cause_is_written_once_and_then_counted() {
        let (lines, throttle) = (Lines::default(), Throttle::default());
        let to = lines.clone();
        let layer = tracing_subscriber::fmt::layer()
            .without_time()
            .with_ansi(false)
            .with_target(false)
            .with_writer(move || to.clone())
            .with_filter(throttle.clone());
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            full_disk(1, "AAAAAA");
            assert_eq!(lines.take().len(), 3, "each cause at once");
            for game in 2..1_000 {
                full_disk(game, "BBBBBB");
            }
            tracing::warn!(error = "another", "game.commit_failed");
            let written = lines.take();
            let warned = written.iter().filter(|line| !line.contains("INFO"));
            assert_eq!(
                warned.collect::<Vec<_>>(),
                ["WARN game.commit_failed error=\"another\""]
            );
            throttle.tell();
            let mut lines_read = lines.take();
            lines_read.sort_unstable();
            assert_eq!(lines_read.len(), 2, "{lines_read:?}");
            assert!(
                lines_read[0].contains("log.repeated times=998"),
                "{lines_read:?}"
            );
            let all: String = lines_read.concat();
            assert!(all.contains("game #: the disk is full"), "{all}");
            assert!(all.contains("interaction.failed"), "{all}");
            assert_eq!(all.matches("BBBBBB").count(), INCIDENTS_MAX, "{all}");

            // While it continues, once a minute; when it recurs later, at once.
            full_disk(7, "CCCCCC");
            assert_eq!(lines.take().len(), 1, "only the news");
            throttle.tell();
            assert_eq!(lines.take().len(), 2);
            throttle.tell();
            assert_eq!(lines.take(), Vec::<String>::new());
            full_disk(8, "DDDDDD");
            assert_eq!(lines.take().len(), 3);
        });
    }

    #[test]
    fn causes_beyond_the_limit_are_written_as_they_come() {
        let throttle = Throttle::default();
        let subscriber = tracing_subscriber::registry()
            .with(tracing_subscriber::layer::Identity::new().with_filter(throttle.clone()));
        tracing::subscriber::with_default(subscriber, || {
            for cause in 0..CAUSES_MAX + 5 {
                let letters: String = format!("{cause:b}").replace('0', "o").replace('1', "l");
                tracing::warn!(letters, "a cause");
            }
        });
        assert_eq!(throttle.causes().len(), CAUSES_MAX);
    }
}
