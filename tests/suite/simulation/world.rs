//! The simulated outside world: time, a store, a Discord, and their invariants.
//!
//! One struct behind one lock, which is never held across an await. Everything that happens is
//! recorded, so that two runs can be compared line by line.

use heat_check::clock::DiscordClock;
use heat_check::host::{InteractionToken, Posted};
use heat_core::game::{Event, Game, GameId, Phase, Response};
use heat_store::{NewGame, StoreError, StoredGame, Write};
use heat_view::custom_id::{CustomId, GameButton};
use heat_view::message::{Message, Row};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::time::Instant;

/// When the simulated time begins.
const START_MS: i64 = 1_750_000_000_000;
/// The first millisecond of Discord's ids.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// Stands for the channel of answers to interactions.
pub const ANSWERS: u64 = 0;

/// An answer: game, round, user.
pub type Key = (u64, u16, u64);

/// How often things go wrong, in thousandths; drawn from the seed, so that some runs are calm and
/// others all trouble.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rates {
    /// A commit stores nothing and reports failure.
    pub commit_fails: u32,
    /// A commit stores everything but reports failure.
    pub commit_lies: u32,
    /// A commit or a read takes seconds.
    pub store_slow: u32,
    /// A read fails.
    pub read_fails: u32,
    /// A message is not posted or edited.
    pub stage_fails: u32,
    /// A message is posted or edited, but the response is lost.
    pub stage_loses_answer: u32,
    /// A call of the stage takes seconds.
    pub stage_slow: u32,
    /// A call of the stage never returns.
    pub stage_hangs: u32,
    /// The channel closes permanently.
    pub channel_closes: u32,
    /// A click is delivered seconds late.
    pub click_late: u32,
    /// A click is delivered twice.
    pub click_twice: u32,
    /// A click comes with a jump of the host's clock.
    pub clock_jumps: u32,
}

/// A message in a channel.
#[derive(Debug, Clone)]
pub struct Standing {
    pub id: u64,
    pub nonce: Option<String>,
    pub presses: Vec<GameButton>,
    pub question: Option<(u64, u16)>,
}

/// A stored game: its parsed events and its state, next to what the host reads.
struct Kept {
    stored: StoredGame,
    events: Vec<Event>,
    game: Game,
}

/// The whole world.
pub struct World {
    luck: ChaCha8Rng,
    pub rates: Rates,
    /// When the running process started, by the runtime's clock and the world's.
    running: Option<(Instant, i64)>,
    stopped_at_ms: i64,
    last_id: u64,
    /// Requests so far, and those in flight that arrive whatever becomes of their sender.
    tickets: u64,
    on_their_way: BTreeSet<u64>,
    kept: BTreeMap<u64, Kept>,
    ledger: BTreeMap<Key, u32>,
    closed_rounds: BTreeSet<(u64, u16)>,
    pub channels: BTreeMap<u64, Vec<Standing>>,
    closed: BTreeSet<u64>,
    promises: BTreeMap<Key, Response>,
    /// The message that announced each game, as it was last edited.
    starts: BTreeMap<u64, Message>,
    /// How far the host's clock is ahead of Discord's.
    pub host_ahead_ms: i64,
    /// The clock of the running process.
    pub discord_clock: Option<Arc<DiscordClock>>,
    pub trace: Vec<String>,
    pub tables: BTreeMap<u64, Table>,
}

/// What a channel's members have agreed on, independent of the bot.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub games_left: u32,
    pub may_post: bool,
    /// The last game requested.
    pub newest: Option<u64>,
}

/// The shared world.
#[derive(Clone)]
pub struct Shared(Arc<Mutex<World>>);

impl Shared {
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(World {
            luck: ChaCha8Rng::seed_from_u64(seed),
            rates: Rates::default(),
            running: None,
            stopped_at_ms: START_MS,
            last_id: 0,
            tickets: 0,
            on_their_way: BTreeSet::new(),
            kept: BTreeMap::new(),
            ledger: BTreeMap::new(),
            closed_rounds: BTreeSet::new(),
            channels: BTreeMap::new(),
            closed: BTreeSet::new(),
            promises: BTreeMap::new(),
            starts: BTreeMap::new(),
            host_ahead_ms: 0,
            discord_clock: None,
            trace: Vec::new(),
            tables: BTreeMap::new(),
        })))
    }

    /// A world with one table, whose channel the bot may post in.
    pub fn with_table(games_left: u32) -> Self {
        let world = Self::new(7);
        let table = Table {
            games_left,
            may_post: true,
            newest: None,
        };
        world.lock().tables.insert(1, table);
        world
    }

    pub fn lock(&self) -> MutexGuard<'_, World> {
        // A broken invariant panics; the trace is still wanted.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    pub fn now_ms(&self) -> i64 {
        match self.running {
            Some((since, at_ms)) => {
                at_ms + i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX)
            }
            None => self.stopped_at_ms,
        }
    }

    /// The time on the host's clock.
    pub fn host_ms(&self) -> i64 {
        self.now_ms() + self.host_ahead_ms
    }

    /// The host's clock is set, by seconds or by hours.
    pub fn jump_clock(&mut self) {
        let most = [10_000, 10_000_000][usize::from(self.draw(4) == 0)];
        self.host_ahead_ms =
            i64::try_from(self.draw(2 * most)).unwrap() - i64::try_from(most).unwrap();
        self.note("host", &format!("is {} ms ahead", self.host_ahead_ms));
    }

    /// A process starts, within its runtime.
    pub fn start_process(&mut self) {
        self.running = Some((Instant::now(), self.stopped_at_ms));
        self.on_their_way.clear();
        self.note("process", "starts");
    }

    /// The process is gone; the next one starts after `away_ms`.
    pub fn end_process(&mut self, away_ms: i64) {
        self.note("process", "is gone");
        self.stopped_at_ms = self.now_ms() + away_ms;
        self.running = None;
    }

    /// A request is sent: its number.
    pub fn sets_out(&mut self, arrives: bool) -> u64 {
        self.tickets += 1;
        if arrives {
            self.on_their_way.insert(self.tickets);
        }
        self.tickets
    }

    /// Whether a request may still be carried out. After a crash only the oldest may: tokio drops
    /// tasks in an order that depends on the process's other runtimes, and a seed must lead to the
    /// same steps each time.
    pub fn lands(&mut self, ticket: u64) -> bool {
        if self.running.is_some() {
            self.on_their_way.remove(&ticket);
            return true;
        }
        self.on_their_way.first() == Some(&ticket)
    }

    pub fn note(&mut self, who: &str, what: &str) {
        let line = format!("{:>9} {who} {what}", self.now_ms() - START_MS);
        self.trace.push(line);
    }

    pub fn draw(&mut self, below: u64) -> u64 {
        self.luck.random_range(0..below.max(1))
    }

    /// Whether something with a rate of `rate` in a thousand happens now.
    pub fn strikes(&mut self, rate: u32) -> bool {
        rate > 0 && self.luck.random_range(0..1000) < rate
    }

    /// A new id for the current time.
    pub fn new_id(&mut self) -> u64 {
        let ms = (self.now_ms() - DISCORD_EPOCH_MS).cast_unsigned();
        self.last_id = (ms << 22).max(self.last_id + 1);
        self.last_id
    }

    pub fn made_at_ms(id: u64) -> i64 {
        (id >> 22).cast_signed() + DISCORD_EPOCH_MS
    }

    // The store.

    pub fn commit(&mut self, write: &Write) -> Result<(), StoreError> {
        if let Some(new) = &write.create {
            self.create(write, new);
        }
        let Some(kept) = self.kept.get_mut(&write.game.0) else {
            return Err(StoreError::Conflict {
                game: write.game,
                reason: "there is no such game".to_owned(),
            });
        };
        if !write.events.is_empty() && write.first_seq != kept.stored.next_seq {
            return Err(StoreError::Conflict {
                game: write.game,
                reason: format!("{} after {}", write.first_seq, kept.stored.next_seq),
            });
        }
        for text in &write.events {
            let event: Event = serde_json::from_str(text).unwrap();
            check_event(&kept.events, &kept.game, &event);
            if let Event::Closed { round, .. } = event {
                self.closed_rounds.insert((write.game.0, round));
            }
            kept.events.push(event);
            kept.stored.events.push(text.clone());
        }
        kept.stored.next_seq = kept.stored.events.len().try_into().unwrap();
        kept.game = Game::replay(kept.events.clone()).unwrap();
        if let Some(route) = &write.route {
            kept.stored.route = Some(route.clone());
        }
        kept.stored.ended |= write.ended;
        let is_over = matches!(kept.game.phase(), Phase::Ended(_));
        assert!(
            kept.game.deadline().is_some() != is_over,
            "a game has a deadline until it is over: {:?}",
            kept.game.phase()
        );
        for row in &write.answers {
            let key = (write.game.0, row.round, row.user.0);
            let before = self.ledger.insert(key, row.points);
            assert_eq!(before, None, "a second line for {key:?}");
        }
        self.check_points(write.game.0);
        let names: Vec<_> = write
            .events
            .iter()
            .map(|e| e.get(..60).unwrap_or(e))
            .collect();
        self.note(
            "store",
            &format!("{} {names:?} {}", write.game, write.ended),
        );
        Ok(())
    }

    fn create(&mut self, write: &Write, new: &NewGame) {
        let Event::Started {
            settings,
            rounds,
            first_at_ms,
            seed,
        } = serde_json::from_str(&write.events[0]).unwrap()
        else {
            panic!("the first event starts the game");
        };
        let kept = Kept {
            stored: StoredGame {
                id: write.game,
                meta: new.clone(),
                route: None,
                ended: false,
                events: Vec::new(),
                next_seq: 0,
            },
            events: Vec::new(),
            game: Game::new(settings, rounds, first_at_ms, seed),
        };
        let before = self.kept.insert(write.game.0, kept);
        assert!(before.is_none(), "a game created twice");
    }

    /// The ledger's points of every round whose answers are final are those of the game. A host's
    /// bonus is not in the ledger.
    fn check_points(&self, id: u64) {
        let kept = &self.kept[&id];
        let mut sums: BTreeMap<u64, u32> = BTreeMap::new();
        let lines = self.ledger.range((id, 0, 0)..(id + 1, 0, 0));
        for ((_, _, user), points) in lines {
            *sums.entry(*user).or_default() += points;
        }
        for (user, player) in kept.game.players() {
            let open = matches!(kept.game.phase(), Phase::Open { .. });
            let sum = sums.get(&user.0).copied().unwrap_or(0);
            let given = kept
                .game
                .answers()
                .get(user)
                .map_or(0, |given| given.points);
            let to_judge = kept.game.unconfirmed().map_or(0, |_| given);
            let settled = player.points - kept.game.bonus_of(*user) - to_judge;
            assert!(
                sum == settled || (open && sum <= settled),
                "user {user}: {sum} points in the ledger, {settled} in the game"
            );
        }
    }

    pub fn game(&self, id: u64) -> Option<StoredGame> {
        self.kept.get(&id).map(|kept| kept.stored.clone())
    }

    pub fn live_games(&self) -> Vec<StoredGame> {
        let live = self.kept.values().filter(|kept| !kept.stored.ended);
        live.map(|kept| kept.stored.clone()).collect()
    }

    pub fn state(&self, id: u64) -> Option<&Game> {
        self.kept.get(&id).map(|kept| &kept.game)
    }

    pub fn games(&self) -> usize {
        self.kept.len()
    }

    /// A member was told that an answer counts.
    pub fn promise(&mut self, key: Key, response: &Response) {
        self.note("member", &format!("{key:?} is promised {response:?}"));
        assert_eq!(
            self.answer(key).as_ref(),
            Some(response),
            "{key:?} was promised what is not stored"
        );
        let first = self.promises.entry(key).or_insert_with(|| response.clone());
        assert_eq!(first, response, "{key:?} was promised two things");
    }

    fn answer(&self, key: Key) -> Option<Response> {
        let events = &self.kept.get(&key.0)?.events;
        events.iter().find_map(|event| match event {
            Event::Answered {
                round,
                user,
                response,
                ..
            } if (*round, user.0) == (key.1, key.2) => Some(response.clone()),
            _ => None,
        })
    }

    // Discord.

    pub fn close_channel(&mut self, channel: u64) {
        self.note("discord", &format!("closes {channel}"));
        self.closed.insert(channel);
    }

    pub fn is_closed(&self, channel: u64) -> bool {
        self.closed.contains(&channel)
    }

    pub fn post(
        &mut self,
        channel: u64,
        message: &Message,
        nonce: Option<&str>,
        posted_with: Option<InteractionToken>,
    ) -> Posted {
        let id = self.new_id();
        let standing = self.channels.entry(channel).or_default();
        let first = nonce.and_then(|n| standing.iter().find(|m| m.nonce.as_deref() == Some(n)));
        let id = if let Some(first) = first {
            first.id
        } else {
            standing.push(Standing::new(id, nonce, message));
            self.note("discord", &format!("shows {id} {nonce:?}"));
            id
        };
        self.check_tells_nothing(message);
        Posted {
            id: heat_core::game::MessageId(id),
            at_ms: Self::made_at_ms(id),
            posted_with,
        }
    }

    pub fn edit(&mut self, channel: u64, id: u64, message: &Message) {
        self.note("discord", &format!("changes {id}"));
        self.check_tells_nothing(message);
        let standing = self.channels.entry(channel).or_default();
        let old = standing.iter_mut().find(|m| m.id == id);
        let old = old.expect("only what stands in the channel is edited");
        *old = Standing::new(id, old.nonce.clone().as_deref(), message);
    }

    /// Replaces what a member was told privately, or the message that announced a game.
    pub fn tell(&mut self, with: &InteractionToken, message: &Message) {
        self.check_tells_nothing(message);
        let started = with.0.strip_prefix("start-").map(str::parse);
        if let Some(Ok(game)) = started {
            self.note("discord", &format!("changes the start of {game}"));
            self.starts.insert(game, message.clone());
        }
        let mut parts = with.0.strip_prefix("answer-").into_iter();
        let mut parts = parts.by_ref().flat_map(|rest| rest.split('-'));
        let mut number = || parts.next()?.parse::<u64>().ok();
        if let (Some(game), Some(round)) = (number(), number()) {
            let is_closed = u16::try_from(round).map(|round| (game, round));
            let is_closed = is_closed.is_ok_and(|round| self.closed_rounds.contains(&round));
            assert!(is_closed, "a result before the close: {message:?}");
        }
    }

    /// While a round is open, no message about it has a bar, a mark, a future clue, or an answer
    /// that is to be typed. A right choice is marked only once the round is finally closed.
    fn check_tells_nothing(&self, message: &Message) {
        let text = format!("{message:?}");
        for (press, _) in buttons(message) {
            let (GameButton::Skip { game, round } | GameButton::Type { game, round }) = press
            else {
                continue;
            };
            if self.closed_rounds.contains(&(game.0, round)) {
                continue;
            }
            let Some(state) = self.state(game.0) else {
                continue;
            };
            let secrets = ["█", "✅", "❌", "✓", "picked"].map(str::to_owned);
            let asked = state.rounds().get(usize::from(round));
            let hidden = asked.map(|asked| {
                let typed = &asked.question.answer.text;
                let is_typed = matches!(press, GameButton::Type { .. });
                // A short answer may occur in any sentence.
                let typed = (is_typed && typed.len() > 8).then(|| typed.clone());
                let clues = asked.clues.iter().skip(state.clues_open(round)).cloned();
                clues.chain(typed).collect::<Vec<_>>()
            });
            for secret in secrets.into_iter().chain(hidden.unwrap_or_default()) {
                assert!(!text.contains(&secret), "{secret} in {text}");
            }
        }
        for (press, label) in buttons(message) {
            if let GameButton::Answer { game, round, .. } = press
                && label.starts_with('✓')
            {
                let closed = self.closed_rounds.contains(&(game.0, round));
                assert!(
                    closed,
                    "round {round} of {game} is revealed before it is closed"
                );
            }
        }
    }

    /// A game that is over leaves no countdown and no button in the message that announced it.
    fn check_start(&self, id: u64, kept: &Kept) {
        let is_undone = kept.events.len() == 1 || self.is_closed(ANSWERS);
        let start = self.starts.get(&id);
        let is_settled = |start: &Message| {
            let text = format!("{start:?}");
            start.rows.is_empty() && !text.contains("<t:")
        };
        assert!(
            is_undone || start.is_some_and(is_settled),
            "the start of {id} was left as it was: {start:?}"
        );
    }

    /// What must be true once everything has settled.
    pub fn check_end(&self) {
        for (id, kept) in &self.kept {
            assert!(
                kept.stored.ended,
                "game {id} has not ended: {:?}",
                kept.game.phase()
            );
            // A start that was stored although the store reported failure is silently undone.
            let is_over = matches!(kept.game.phase(), Phase::Ended(_)) || kept.events.len() == 1;
            assert!(is_over, "game {id} ended without a reason");
            self.check_start(*id, kept);
        }
        for (key, response) in &self.promises {
            assert_eq!(
                self.answer(*key).as_ref(),
                Some(response),
                "{key:?} is lost"
            );
        }
        for (channel, standing) in &self.channels {
            if !self.tables[channel].may_post {
                continue;
            }
            let mut questions: Vec<_> = standing.iter().filter_map(|m| m.question).collect();
            let all = questions.len();
            questions.dedup();
            assert_eq!(
                questions.len(),
                all,
                "a question was posted twice in {channel}"
            );
        }
    }
}

impl Standing {
    fn new(id: u64, nonce: Option<&str>, message: &Message) -> Self {
        let presses: Vec<GameButton> = buttons(message).map(|(press, _)| press).collect();
        let question = presses.iter().find_map(|press| match press {
            GameButton::Skip { game, round } | GameButton::Answer { game, round, .. } => {
                Some((game.0, *round))
            }
            _ => None,
        });
        Self {
            id,
            nonce: nonce.map(str::to_owned),
            presses,
            question,
        }
    }
}

/// The buttons of a message that can be pressed or that mark a choice, with their labels.
fn buttons(message: &Message) -> impl Iterator<Item = (GameButton, &str)> {
    let rows = message.rows.iter().filter_map(|row| match row {
        Row::Buttons(buttons) => Some(buttons),
        Row::Select(_) => None,
    });
    rows.flatten()
        .filter_map(|b| match CustomId::parse(&b.custom_id) {
            Some(CustomId::Game(button)) => Some((button, b.label.as_str())),
            _ => None,
        })
}

/// An event must follow from those before it.
fn check_event(before: &[Event], game: &Game, event: &Event) {
    let ended = before.iter().any(|e| matches!(e, Event::Ended { .. }));
    assert!(!ended, "{event:?} after the end");
    match event {
        Event::Answered { round, user, .. } => {
            let again = before.iter().any(|e| {
                matches!(e, Event::Answered { round: r, user: u, .. } if (r, u) == (round, user))
            });
            assert!(!again, "{user} answers round {round} twice");
            let closed = before
                .iter()
                .any(|e| matches!(e, Event::Closed { round: r, .. } if r == round));
            assert!(!closed, "{user} answers round {round} after it closed");
            assert_ne!(game.host(), Some(*user), "the host answers");
        }
        Event::Confirmed { round } | Event::Judged { round, .. } => {
            let is_it = |e: &&Event| matches!(e, Event::Confirmed { round: r } if r == round);
            let again = before.iter().find(is_it);
            assert_eq!(again, None, "{event:?} after its answers are final");
        }
        Event::Closed { round, .. } => {
            let again = before
                .iter()
                .any(|e| matches!(e, Event::Closed { round: r, .. } if r == round));
            assert!(!again, "round {round} closes twice");
        }
        Event::Started { .. } => assert!(before.is_empty(), "{game:?} starts twice"),
        _ => {}
    }
}

/// The game of a question's button.
pub fn game_of(press: GameButton) -> Option<GameId> {
    match press {
        GameButton::Answer { game, .. }
        | GameButton::Type { game, .. }
        | GameButton::Hint { game, .. }
        | GameButton::Skip { game, .. }
        | GameButton::Pause { game }
        | GameButton::Resume { game }
        | GameButton::Stop { game }
        | GameButton::Join { game } => Some(game),
        _ => None,
    }
}
