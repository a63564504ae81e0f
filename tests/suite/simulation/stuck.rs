//! No game gets stuck, however its stage behaves.

use super::members::request;
use super::outside::SimJournal;
use super::world::{Rates, Shared, World};
use super::{hear_discord, questions};
use heat_check::host::{
    Clock, Host, InteractionToken, Messenger, MessengerError, Posted, Route, StartRequest,
};
use heat_core::game::{Event, MessageId, Mode};
use heat_core::id::ChannelId;
use heat_view::message::Message;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

/// How long a game may hold its channel if nothing can be posted: some ten minutes for its first
/// question, and about a quarter of an hour for its scoreboard.
const STUCK_MAX: Duration = Duration::from_secs(45 * 60);

/// A stage that never answers.
struct Silent;

impl Messenger for Silent {
    async fn post(&self, _: &Route, _: &Message, _: &str) -> Result<Posted, MessengerError> {
        std::future::pending().await
    }

    async fn edit(&self, _: &Route, _: MessageId, _: &Message) -> Result<(), MessengerError> {
        std::future::pending().await
    }

    async fn edit_answer(&self, _: &InteractionToken, _: &Message) -> Result<(), MessengerError> {
        std::future::pending().await
    }
}

/// A stage with a bug.
struct Broken;

impl Messenger for Broken {
    async fn post(&self, _: &Route, _: &Message, _: &str) -> Result<Posted, MessengerError> {
        panic!("a bug in the stage, on purpose")
    }

    async fn edit(&self, _: &Route, _: MessageId, _: &Message) -> Result<(), MessengerError> {
        panic!("a bug in the stage, on purpose")
    }

    async fn edit_answer(&self, _: &InteractionToken, _: &Message) -> Result<(), MessengerError> {
        panic!("a bug in the stage, on purpose")
    }
}

/// A messenger that is down for a while, and what it delivered.
#[derive(Clone)]
struct Away {
    from: Instant,
    until: Instant,
    next_id: Arc<AtomicU64>,
    said: Arc<Mutex<Vec<String>>>,
}

impl Away {
    fn new(begins_after: Duration, lasts: Duration) -> Self {
        let from = Instant::now() + begins_after;
        Self {
            from,
            until: from + lasts,
            next_id: Arc::new(AtomicU64::new(1)),
            said: Arc::default(),
        }
    }

    fn say(&self, what: &str) -> Result<(), MessengerError> {
        if (self.from..self.until).contains(&Instant::now()) {
            return Err(MessengerError::Failed("simulated".to_owned()));
        }
        let mut said = self.said.lock().unwrap();
        // A reveal changes once more when the next question is posted.
        if !said.iter().any(|before| before == what) {
            said.push(what.to_owned());
        }
        Ok(())
    }
}

impl Messenger for Away {
    async fn post(&self, _: &Route, _: &Message, nonce: &str) -> Result<Posted, MessengerError> {
        let (_, what) = nonce.split_once('-').unwrap();
        self.say(what)?;
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        Ok(Posted {
            id: MessageId(id),
            at_ms: 0,
            posted_with: None,
        })
    }

    async fn edit(
        &self,
        _: &Route,
        id: MessageId,
        message: &Message,
    ) -> Result<(), MessengerError> {
        let title = &message.embeds[0].title;
        let is_open = title.starts_with("Question") && !format!("{message:?}").contains('✅');
        // A renewed countdown does not matter here.
        if is_open {
            Ok(())
        } else {
            self.say(&format!("reveal of {}", id.0))
        }
    }

    async fn edit_answer(&self, _: &InteractionToken, _: &Message) -> Result<(), MessengerError> {
        Ok(())
    }
}

fn classic(world: &mut World) -> StartRequest {
    let mut request = request(world, 1);
    request.settings.mode = Mode::Classic;
    request.settings.opponent = None;
    request.rounds = questions(0, 2);
    request
}

/// Plays a game on this stage until its channel is free, and returns how it ended in the store.
async fn play_on<S: Messenger>(stage: S) -> (bool, Option<Event>) {
    let world = Shared::with_table(2);
    world.lock().start_process();
    let clock: Clock = {
        let world = world.clone();
        Arc::new(move || world.lock().now_ms())
    };
    let host = Host::new(SimJournal(world.clone()), stage, clock);
    let request = classic(&mut world.lock());
    let id = request.id.0;
    host.start(request).await.expect("the store is sound");
    assert!(host.is_playing(ChannelId(1)));
    let free = async {
        while host.is_playing(ChannelId(1)) {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let freed = tokio::time::timeout(STUCK_MAX, free).await;
    assert!(freed.is_ok(), "the channel is stuck");
    let told = async {
        while host.live_games() > 0 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let told = tokio::time::timeout(STUCK_MAX, told).await;
    assert!(told.is_ok(), "its end is stuck");
    // A game that panicked is marked as over after its channel is free.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let request = classic(&mut world.lock());
    host.start(request).await.expect("the channel is free");
    let stored = world.lock().game(id).expect("it is stored");
    let last = stored
        .events
        .last()
        .map(|event| serde_json::from_str(event));
    (stored.ended, last.and_then(Result::ok))
}

#[tokio::test(start_paused = true)]
async fn a_stage_that_never_answers_does_not_hold_a_channel() {
    let (ended, last) = play_on(Silent).await;
    assert!(ended);
    assert!(matches!(last, Some(Event::Ended { .. })), "{last:?}");
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_a_game_frees_its_channel() {
    let (ended, last) = play_on(Broken).await;
    assert!(ended, "the next start must not run into it again");
    assert!(matches!(last, Some(Event::Asking { .. })), "{last:?}");
}

/// The store kept a start but reported failure: the member was told so, and a stop right afterwards
/// leaves no game for the next process to resume.
#[tokio::test(start_paused = true)]
async fn a_stop_waits_until_a_refused_start_is_undone() {
    let world = Shared::with_table(1);
    world.lock().start_process();
    let clock = hear_discord(&world);
    let host = Host::new(SimJournal(world.clone()), Silent, clock);
    let request = classic(&mut world.lock());
    world.lock().rates.commit_lies = 1_000;
    let started = host.start(request).await;
    assert!(started.is_err(), "the store reports failure");
    world.lock().rates = Rates::default();
    host.stop(false).await;
    assert_eq!(world.lock().live_games().len(), 0);
}

/// Minutes without Discord cost a game only time.
#[tokio::test(start_paused = true)]
async fn a_game_outlasts_an_outage() {
    let whole = ["0", "reveal of 1", "1", "reveal of 2", "end"];
    for begins_after_s in [0, 10, 20, 25, 30, 40, 50, 55] {
        let messenger = Away::new(
            Duration::from_secs(begins_after_s),
            Duration::from_secs(8 * 60),
        );
        let said = Arc::clone(&messenger.said);
        let (ended, last) = play_on(messenger).await;
        assert!(ended);
        assert!(matches!(last, Some(Event::Ended { .. })), "{last:?}");
        let said = said.lock().unwrap().clone();
        // The next game has begun by then.
        let said = &said[..whole.len().min(said.len())];
        let mut in_order = said.to_vec();
        in_order.sort();
        let mut expected = whole.map(str::to_owned).to_vec();
        expected.sort();
        assert_eq!(
            in_order, expected,
            "away after {begins_after_s} s: {said:?}"
        );
    }
}
