//! Counts the bot's work besides games: questions that members write, and scheduled posts and
//! quizzes.

use super::Counters;
use heat_core::schedule::{Outcome, What};
use prometheus_client::registry::Registry;

/// A scheduled time counts as late after this: the schedule is checked every few seconds.
const LATE_MS: i64 = 60_000;

/// What happened to a question that a member wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A manager's question was stored in a pack.
    Stored,
    /// It had a mistake and was returned to its author.
    Mistaken,
    /// A member's question waits for a manager.
    Suggested,
    /// A manager accepted a suggestion.
    Accepted,
    /// A manager declined a suggestion.
    Declined,
}

impl Written {
    const ALL: [Self; 5] = [
        Self::Stored,
        Self::Mistaken,
        Self::Suggested,
        Self::Accepted,
        Self::Declined,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Mistaken => "mistaken",
            Self::Suggested => "suggested",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }
}

/// What happened to an event in Discord that announces a scheduled quiz.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventStep {
    /// It was created.
    Created,
    /// Discord refused to create it.
    Refused,
    /// It was deleted.
    Deleted,
}

impl EventStep {
    const ALL: [Self; 3] = [Self::Created, Self::Refused, Self::Deleted];

    fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Refused => "refused",
            Self::Deleted => "deleted",
        }
    }
}

/// Counters of that work.
#[derive(Debug)]
pub struct WorkMeter {
    questions: Counters<1>,
    scheduled: Counters<2>,
    events: Counters<1>,
}

impl Default for WorkMeter {
    fn default() -> Self {
        let meter = Self {
            questions: Counters::default(),
            scheduled: Counters::default(),
            events: Counters::default(),
        };
        for event in Written::ALL {
            drop(meter.questions.get_or_create(&[("event", event.name())]));
        }
        for step in EventStep::ALL {
            drop(meter.events.get_or_create(&[("step", step.name())]));
        }
        for what in ["quiz", "daily", "weekly"] {
            let outcomes = Outcome::ALL.iter().map(|outcome| outcome_name(*outcome, 0));
            for outcome in outcomes.chain(["late"]) {
                let labels = [("what", what), ("outcome", outcome)];
                drop(meter.scheduled.get_or_create(&labels));
            }
        }
        meter
    }
}

impl WorkMeter {
    /// Counts a question that has reached this state.
    pub fn written(&self, event: Written) {
        self.questions
            .get_or_create(&[("event", event.name())])
            .inc();
    }

    /// Counts an event that was created, refused or deleted.
    pub fn event(&self, step: EventStep) {
        self.events.get_or_create(&[("step", step.name())]).inc();
    }

    /// Counts a scheduled time that was settled, and how late that was.
    pub fn settled(&self, what: &What, outcome: Outcome, late_ms: i64) {
        let what = match what {
            What::Quiz(_) => "quiz",
            What::Daily => "daily",
            What::Weekly => "weekly",
        };
        let labels = [("what", what), ("outcome", outcome_name(outcome, late_ms))];
        self.scheduled.get_or_create(&labels).inc();
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "heat_check_written_questions",
            "Questions written in Discord by what happened to them: stored, mistaken (it waits for \
             its author), suggested, accepted, declined",
            self.questions.clone(),
        );
        registry.register(
            "heat_check_scheduled",
            "Scheduled entries by kind and outcome: in-time, late \
             (by more than a minute), missed, busy, or why not",
            self.scheduled.clone(),
        );
        registry.register(
            "heat_check_planned_events",
            "Events in servers' lists at Discord for planned quizzes that were created, refused by \
             Discord, or deleted",
            self.events.clone(),
        );
    }
}

fn outcome_name(outcome: Outcome, late_ms: i64) -> &'static str {
    match outcome {
        Outcome::Done if late_ms > LATE_MS => "late",
        Outcome::Done => "in-time",
        other => other.key(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_shown_before_it_happens_and_late_is_told_from_in_time() {
        let meter = WorkMeter::default();
        meter.settled(&What::Daily, Outcome::Done, LATE_MS);
        meter.settled(&What::Daily, Outcome::Done, LATE_MS + 1);
        meter.settled(&What::Weekly, Outcome::Missed, LATE_MS * 60);
        meter.written(Written::Declined);
        meter.event(EventStep::Refused);
        let mut registry = Registry::default();
        meter.register(&mut registry);
        let mut page = String::new();
        prometheus_client::encoding::text::encode(&mut page, &registry).expect("text");
        for line in [
            r#"heat_check_scheduled_total{what="daily",outcome="in-time"} 1"#,
            r#"heat_check_scheduled_total{what="daily",outcome="late"} 1"#,
            r#"heat_check_scheduled_total{what="weekly",outcome="missed"} 1"#,
            r#"heat_check_scheduled_total{what="quiz",outcome="no-questions"} 0"#,
            r#"heat_check_written_questions_total{event="declined"} 1"#,
            r#"heat_check_written_questions_total{event="accepted"} 0"#,
            r#"heat_check_planned_events_total{step="refused"} 1"#,
            r#"heat_check_planned_events_total{step="created"} 0"#,
        ] {
            assert!(page.contains(line), "{line}\n{page}");
        }
        // Every counter that appears was first shown as zero.
        let shown = |name: &str| page.lines().filter(|line| line.starts_with(name)).count();
        assert_eq!(shown("heat_check_scheduled_total"), 3 * 8);
        assert_eq!(shown("heat_check_written_questions_total"), 5);
    }
}
