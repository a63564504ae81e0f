//! Tables of members who keep playing whatever happens to the bot, and the promises they received.
//!
//! They behave like people: they click in their own time, sometimes twice, they click again after
//! "the application did not respond", and they start another game when one is over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::{Discord, Member, State, components, text};

/// How often a table looks at its channel.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// How long after `/quiz` to wait for the first question before a member asks for a quiz again.
const PATIENCE: Duration = Duration::from_secs(7);

/// A question as its buttons name it: game and round.
pub type Question = (u64, u16);

/// One click on a choice.
#[derive(Debug, Clone)]
pub struct Click {
    pub interaction: String,
    pub question: Question,
    pub user: u64,
}

/// An answer that the bot confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Promise {
    pub game: u64,
    pub round: u16,
    pub user: u64,
}

/// All tables together.
#[derive(Default)]
pub struct Crowd {
    clicks: Mutex<Vec<Click>>,
    closing: AtomicBool,
}

impl Crowd {
    /// Start no new games; finish the running ones.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    /// Plays in one channel until the crowd closes and its game is over.
    pub async fn play(
        &self,
        discord: &Discord,
        channel: &str,
        members: &[Member<'_>],
        seed: u64,
        options: Value,
    ) {
        let mut table = Table {
            crowd: self,
            discord,
            channel: discord.look(|s| s.channel(channel)).unwrap(),
            members,
            luck: ChaCha8Rng::seed_from_u64(seed),
            options,
            asked_at: None,
            plans: BTreeMap::new(),
        };
        while table.turn().await {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Every answer confirmed to a member, with the choice that counts.
    pub fn promises(&self, state: &State) -> BTreeMap<Promise, BTreeSet<u8>> {
        let clicks = self.clicks.lock().unwrap_or_else(PoisonError::into_inner);
        let mut promises: BTreeMap<_, BTreeSet<u8>> = BTreeMap::new();
        for click in clicks.iter() {
            let told = state.told.get(&click.interaction);
            if let Some(choice) = told.and_then(|told| promised(told)) {
                let promise = Promise {
                    game: click.question.0,
                    round: click.question.1,
                    user: click.user,
                };
                promises.entry(promise).or_default().insert(choice);
            }
        }
        promises
    }

    /// How many clicks were made on choices.
    pub fn clicks(&self) -> usize {
        let clicks = self.clicks.lock().unwrap_or_else(PoisonError::into_inner);
        clicks.len()
    }

    /// Every distinct reply to a click, without what varies by click.
    pub fn sentences(&self, state: &State) -> BTreeMap<String, usize> {
        let clicks = self.clicks.lock().unwrap_or_else(PoisonError::into_inner);
        let mut counted = BTreeMap::new();
        for click in clicks.iter() {
            let told = state.told.get(&click.interaction);
            let told = told.map_or("(no answer)", |told| {
                told.split([':', '.']).next().unwrap_or_default()
            });
            *counted.entry(told.to_owned()).or_default() += 1;
        }
        counted
    }
}

/// The choice that the bot's reply confirms.
fn promised(told: &str) -> Option<u8> {
    let rest = told
        .strip_prefix("Locked in: **")
        .or_else(|| told.strip_prefix("Your first answer counts: **"))?;
    let letter = rest.bytes().next()?;
    Some(letter - b'A')
}

/// One member's plan for one question.
struct Plan {
    at: Instant,
    /// Clicks to make in any case.
    clicks_left: u32,
    pending: Option<String>,
}

struct Table<'a> {
    crowd: &'a Crowd,
    discord: &'a Discord,
    channel: String,
    members: &'a [Member<'a>],
    luck: ChaCha8Rng,
    options: Value,
    asked_at: Option<Instant>,
    plans: BTreeMap<(Question, usize), Plan>,
}

impl Table<'_> {
    /// Looks at the channel and acts on it; false if there is nothing more to do here.
    async fn turn(&mut self) -> bool {
        let open = self.discord.look(|s| open_question(s, &self.channel));
        if let Some((question, message)) = open {
            for at in 0..self.members.len() {
                self.consider(at, question, &message).await;
            }
            return true;
        }
        let goes_on = |s: &State| {
            live_game(s, &self.channel).is_some() || is_about_to_begin(s, &self.channel)
        };
        if self.discord.look(goes_on) {
            self.asked_at = None;
            return true;
        }
        let waits = self.asked_at.is_some_and(|at| at.elapsed() < PATIENCE);
        if waits {
            return true;
        }
        if self.crowd.closing.load(Ordering::Relaxed) {
            return false;
        }
        if self.discord.look(|s| s.bot["online"] == true) {
            self.asked_at = Some(Instant::now());
            let starter = self.luck.random_range(0..self.members.len());
            // A refusal by the client, such as for a command not registered yet, does not matter.
            let _ = self.members[starter]
                .try_slash(&self.channel, "quiz", self.options.clone())
                .await;
        }
        true
    }

    /// Lets one member click if it is time.
    async fn consider(&mut self, at: usize, question: Question, message: &Value) {
        let luck = &mut self.luck;
        let plan = self.plans.entry((question, at)).or_insert_with(|| Plan {
            at: Instant::now() + Duration::from_millis(luck.random_range(0..2_500)),
            clicks_left: 1 + u32::from(luck.random_bool(0.2)),
            pending: None,
        });
        if Instant::now() < plan.at {
            return;
        }
        if let Some(pending) = &plan.pending {
            let (state, told) = self.discord.look(|s| {
                let state = s.interaction_state(pending).unwrap_or_default().to_owned();
                (state, s.told.get(pending).cloned())
            });
            match (state.as_str(), told) {
                (_, Some(told)) if !told.contains("did not work") => plan.pending = None,
                // Not taken: the member tries again.
                ("failed", _) | (_, Some(_)) => {
                    plan.pending = None;
                    plan.clicks_left += 1;
                    plan.at = Instant::now() + Duration::from_millis(300);
                }
                _ => {}
            }
            return;
        }
        if plan.clicks_left == 0 {
            return;
        }
        plan.clicks_left -= 1;
        let choices = buttons(message);
        let choice = &choices[luck.random_range(0..choices.len())];
        let member = &self.members[at];
        if let Ok(interaction) = member.try_click(message, choice).await {
            plan.pending = Some(interaction.clone());
            let click = Click {
                interaction,
                question,
                user: member.user_id.parse().unwrap(),
            };
            let mut clicks = self
                .crowd
                .clicks
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            clicks.push(click);
        }
    }
}

/// The custom ids of the choices that can be clicked.
fn buttons(message: &Value) -> Vec<String> {
    components(message)
        .filter(|c| c["disabled"] != true)
        .map(|c| text(c, "custom_id"))
        .filter(|id| id.starts_with("q:"))
        .collect()
}

/// The question that a message holds, open or revealed.
pub fn question_of(message: &Value) -> Option<Question> {
    components(message).find_map(|c| {
        let id = text(c, "custom_id");
        let mut parts = id.strip_prefix("q:")?.split(':');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    })
}

/// The game whose scoreboard a message is.
pub fn scoreboard_of(message: &Value) -> Option<u64> {
    components(message).find_map(|c| text(c, "custom_id").strip_prefix("again:")?.parse().ok())
}

fn open_question(state: &State, channel: &str) -> Option<(Question, Value)> {
    let newest = state.messages_in(channel).iter().rev();
    let mut shown = newest.filter(|m| m["visible_to"].is_null());
    let newest = shown.find(|m| question_of(m).is_some() || scoreboard_of(m).is_some())?;
    if buttons(newest).is_empty() {
        return None;
    }
    Some((question_of(newest)?, newest.clone()))
}

/// Whether a game was started here but has not asked anything yet. It will, however long the bot is
/// away.
fn is_about_to_begin(state: &State, channel: &str) -> bool {
    let newest = state.messages_in(channel).iter().rev();
    let mut shown = newest.filter(|m| m["visible_to"].is_null());
    shown
        .next()
        .is_some_and(|m| text(&m["embeds"][0], "title").starts_with("Quiz: "))
}

/// The game that has asked a question in this channel and shown no scoreboard yet.
pub fn live_game(state: &State, channel: &str) -> Option<u64> {
    let newest = state.messages_in(channel).iter().rev();
    let mut shown = newest.filter(|m| m["visible_to"].is_null());
    shown.find_map(|m| match (scoreboard_of(m), question_of(m)) {
        (Some(_), _) => Some(None),
        (None, Some((game, _))) => Some(Some(game)),
        (None, None) => None,
    })?
}
