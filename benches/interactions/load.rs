//! Members who act at fixed times, and the timing of their answers.

use super::Outcome;
use super::bot::Bot;
use discord_sandbox::{ChannelId, InteractionId, MessageId, Sandbox, UserId};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, broadcast};
use tokio::task::JoinHandle;

/// How long anything may take before the measurement is aborted.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest time for a whole load.
const LOAD_MAX: Duration = Duration::from_secs(120);
/// A bot that has used no CPU for this long has finished.
const QUIET: Duration = Duration::from_secs(2);
/// Quizzes started each second, so that posting their questions stays within Discord's limits.
const STARTS_PER_SECOND: u32 = 20;

/// What members do.
#[derive(Debug, Clone)]
pub enum StaffAction {
    /// Answer an open question; each member answers each question once.
    Answer,
    /// Use a command, with one option or none.
    Command(&'static str, Option<(&'static str, &'static str)>),
}

/// The result of a load.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub per_second: f64,
    pub cpu_s_per_10_000: f64,
}

/// Members and tables in a sandbox.
pub struct Stage<'s> {
    sandbox: &'s Sandbox,
    members: Vec<UserId>,
    channels: Vec<ChannelId>,
    /// The open question of each channel.
    questions: Vec<Question>,
    /// How many members have acted so far.
    acted: usize,
}

impl<'s> Stage<'s> {
    /// Waits until the bot is online and has registered its commands.
    pub async fn new(sandbox: &'s Sandbox) -> Outcome<Self> {
        let begin = Instant::now();
        let snapshot = loop {
            let snapshot = sandbox.snapshot();
            let commands = snapshot["commands"].as_array().map_or(0, Vec::len);
            if commands > 0 {
                break snapshot;
            }
            if begin.elapsed() > PATIENCE {
                return Err("the bot does not come".into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        Ok(Self {
            sandbox,
            members: ids(&snapshot["users"], "global_name", "Extra "),
            channels: ids(&snapshot["guilds"][0]["channels"], "name", "stage-"),
            questions: Vec::new(),
            acted: 0,
        })
    }

    /// Starts a quiz in every channel and waits until each has a question with buttons.
    pub async fn open_tables(&mut self) -> Outcome<()> {
        let mut events = self.sandbox.events();
        let starter = self.starter()?;
        let mut found = HashMap::new();
        let options =
            json!([{ "name": "rounds", "value": 1 }, { "name": "seconds", "value": 120 }]);
        let options = options.as_array().cloned().unwrap_or_default();
        let mut due = tokio::time::interval(Duration::from_secs(1) / STARTS_PER_SECOND);
        for channel in &self.channels {
            due.tick().await;
            self.sandbox
                .command(starter, *channel, "quiz", options.clone())?;
            while let Ok(event) = events.try_recv() {
                found.extend(question(&event));
            }
        }
        let gather = async {
            while found.len() < self.channels.len() {
                found.extend(question(&events.recv().await?));
            }
            Outcome::Ok(())
        };
        tokio::time::timeout(PATIENCE, gather).await??;
        let mut questions = Vec::new();
        for channel in &self.channels {
            questions.push(
                found
                    .remove(channel)
                    .ok_or("a channel without a question")?,
            );
        }
        self.questions = questions;
        Ok(())
    }

    /// The member who starts the quizzes.
    fn starter(&self) -> Outcome<UserId> {
        let users = self.sandbox.snapshot()["users"].clone();
        let users = users.as_array().into_iter().flatten();
        let starter = users
            .filter(|user| user["global_name"] == "Gaffer")
            .find_map(|user| id(&user["id"]));
        Ok(starter.ok_or("nobody can start a quiz")?)
    }

    /// Stops all quizzes, so that every answer is revealed and counts. Returns the processor time
    /// of that for 10,000 answers, in seconds.
    pub async fn close_tables(&self, bot: &Bot) -> Outcome<f64> {
        let starter = self.starter()?;
        let before = bot.cpu();
        let mut due = tokio::time::interval(Duration::from_secs(1) / STARTS_PER_SECOND);
        for (channel, question) in self.channels.iter().zip(&self.questions) {
            due.tick().await;
            let Question { message, stop, .. } = question;
            self.sandbox.press(starter, *channel, *message, stop)?;
        }
        let mut after = bot.cpu();
        loop {
            tokio::time::sleep(QUIET).await;
            let now = bot.cpu();
            if now == after {
                break;
            }
            after = now;
        }
        Ok(per_10_000(before, after, self.acted))
    }

    /// The next member acts; returns the interaction's id.
    fn act(&mut self, act: &StaffAction) -> Outcome<InteractionId> {
        let n = self.acted;
        self.acted += 1;
        let table = n % self.channels.len();
        let channel = self.channels[table];
        match act {
            StaffAction::Answer => {
                // Members of the first tables act first; each answers once per table.
                let member = n / self.channels.len();
                let user = *self.members.get(member).ok_or("everybody has answered")?;
                let Question {
                    message, button, ..
                } = &self.questions[table];
                Ok(self.sandbox.press(user, channel, *message, button)?)
            }
            StaffAction::Command(name, option) => {
                let option = option.iter();
                let options = option.map(|(name, value)| json!({ "name": name, "value": value }));
                let user = self.members[n % self.members.len()];
                Ok(self
                    .sandbox
                    .command(user, channel, name, options.collect())?)
            }
        }
    }

    /// Members act at a fixed rate, whether or not answers keep up.
    pub async fn at_rate(
        &mut self,
        bot: &Bot,
        act: &StaffAction,
        per_second: u32,
        count: usize,
    ) -> Outcome<Figures> {
        let answers = Answers::listen(self.sandbox, None);
        let cpu = bot.cpu();
        let begin = Instant::now();
        let mut sent = Vec::with_capacity(count);
        let mut tick = tokio::time::interval(Duration::from_millis(1));
        while sent.len() < count {
            tick.tick().await;
            loop {
                let due = Duration::from_secs(sent.len() as u64) / per_second;
                if sent.len() == count || begin.elapsed() < due {
                    break;
                }
                sent.push((self.act(act)?, begin + due));
            }
            if begin.elapsed() > LOAD_MAX {
                return Err("the sandbox cannot keep up".into());
            }
        }
        answers.figures(bot, cpu, begin, &sent).await
    }

    /// Members act whenever fewer than `in_flight` wait for an answer.
    pub async fn saturated(
        &mut self,
        bot: &Bot,
        act: &StaffAction,
        in_flight: usize,
        count: usize,
    ) -> Outcome<Figures> {
        let free = Arc::new(Semaphore::new(in_flight));
        let answers = Answers::listen(self.sandbox, Some(Arc::clone(&free)));
        let cpu = bot.cpu();
        let begin = Instant::now();
        let mut sent = Vec::with_capacity(count);
        while sent.len() < count {
            tokio::time::timeout(PATIENCE, free.acquire())
                .await??
                .forget();
            sent.push((self.act(act)?, Instant::now()));
            if begin.elapsed() > LOAD_MAX {
                return Err("the bot does not keep up".into());
            }
        }
        answers.figures(bot, cpu, begin, &sent).await
    }
}

/// The answers as they come in.
struct Answers {
    seen: Arc<Mutex<Seen>>,
    reader: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    answered: HashMap<InteractionId, Instant>,
    failed: HashSet<InteractionId>,
    missed: bool,
}

impl Answers {
    fn listen(sandbox: &Sandbox, free: Option<Arc<Semaphore>>) -> Self {
        let mut events = sandbox.events();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let noted = Arc::clone(&seen);
        let reader = tokio::spawn(async move {
            loop {
                let event = events.recv().await;
                let now = Instant::now();
                let mut seen = noted.lock().unwrap_or_else(PoisonError::into_inner);
                match event {
                    Ok(event) => {
                        if seen.note(&event, now)
                            && let Some(free) = &free
                        {
                            free.add_permits(1);
                        }
                    }
                    Err(broadcast::error::RecvError::Lagged(_)) => seen.missed = true,
                    Err(broadcast::error::RecvError::Closed) => return,
                }
            }
        });
        Self { seen, reader }
    }

    /// Waits for the last answers.
    async fn figures(
        self,
        bot: &Bot,
        cpu: Option<Duration>,
        begin: Instant,
        sent: &[(InteractionId, Instant)],
    ) -> Outcome<Figures> {
        let waiting = Instant::now();
        loop {
            {
                let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                if seen.missed {
                    return Err("answers came in too fast to be counted".into());
                }
                let is_done = |id| seen.answered.contains_key(id) || seen.failed.contains(id);
                let enough = seen.answered.len() + seen.failed.len() >= sent.len();
                if enough && sent.iter().all(|(id, _)| is_done(id)) {
                    break;
                }
            }
            if waiting.elapsed() > PATIENCE {
                return Err("answers are missing".into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let cpu_s_per_10_000 = per_10_000(cpu, bot.cpu(), sent.len());
        self.reader.abort();
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.failed.is_empty() {
            return Err(format!("{} were not answered in time", seen.failed.len()).into());
        }
        let mut times: Vec<Duration> = Vec::with_capacity(sent.len());
        let mut last = begin;
        for (id, due) in sent {
            let at = *seen.answered.get(id).ok_or("an answer to nobody")?;
            times.push(at.saturating_duration_since(*due));
            last = last.max(at);
        }
        times.sort_unstable();
        let ms = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
        #[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
        let count = sent.len() as f64;
        Ok(Figures {
            p50_ms: ms(50),
            p99_ms: ms(99),
            per_second: count / last.duration_since(begin).as_secs_f64(),
            cpu_s_per_10_000,
        })
    }
}

/// Processor time per 10,000, in seconds, given the time for `count`.
fn per_10_000(before: Option<Duration>, after: Option<Duration>, count: usize) -> f64 {
    let spent = before
        .zip(after)
        .map(|(before, after)| after.saturating_sub(before));
    #[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
    let count = count as f64;
    spent.unwrap_or_default().as_secs_f64() / count * 10_000.0
}

/// The parts of a page's event that are used; the rest is not even parsed.
#[derive(Deserialize)]
struct Interaction<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(default)]
    id: &'a str,
    #[serde(default)]
    state: &'a str,
}

impl Seen {
    /// Records an answer. Returns whether it was one.
    fn note(&mut self, event: &str, now: Instant) -> bool {
        let Ok(event) = serde_json::from_str::<Interaction>(event) else {
            return false;
        };
        let (true, Ok(id)) = (event.kind == "interaction", event.id.parse()) else {
            return false;
        };
        match event.state {
            "acknowledged" => self.answered.insert(id, now).is_none(),
            "failed" => self.failed.insert(id),
            _ => false,
        }
    }
}

/// A message with buttons to answer with.
struct Question {
    /// Its id.
    message: MessageId,
    /// The `custom_id` of its second button.
    button: String,
    /// That of the button which stops the quiz.
    stop: String,
}

fn id<Id: FromStr>(value: &Value) -> Option<Id> {
    value.as_str()?.parse().ok()
}

/// The ids of the entries whose name begins like this.
fn ids<Id: FromStr>(list: &Value, name: &str, begins: &str) -> Vec<Id> {
    let all = list.as_array().into_iter().flatten();
    let fits = |one: &&Value| one[name].as_str().is_some_and(|n| n.starts_with(begins));
    all.filter(fits).filter_map(|one| id(&one["id"])).collect()
}

/// The question in an event, with its channel.
fn question(event: &str) -> Option<(ChannelId, Question)> {
    if !event.contains("\"message_create\"") {
        return None;
    }
    let event: Value = serde_json::from_str(event).ok()?;
    let message = &event["message"];
    let rows = message["components"].as_array()?;
    let buttons = |row: &Value| row["components"].as_array().cloned().unwrap_or_default();
    let custom_id = |button: &Value| button["custom_id"].as_str().map(str::to_owned);
    let choices = buttons(rows.first()?);
    if choices.len() < 4 {
        return None;
    }
    let others = rows.iter().flat_map(buttons);
    let question = Question {
        message: id(&message["id"])?,
        button: custom_id(&choices[1])?,
        stop: others
            .filter_map(|button| custom_id(&button))
            .find(|id| id.starts_with("stop:"))?,
    };
    Some((id(&message["channel_id"])?, question))
}
