//! No game is ever stuck, however its stage behaves.

use super::members::request;
use super::outside::SimJournal;
use super::questions;
use super::world::{Shared, Table, World};
use heat_check::host::{
    Clock, Host, InteractionToken, Messenger, MessengerError, Posted, Route, StartRequest,
};
use heat_core::game::{Event, MessageId, Mode};
use heat_core::id::ChannelId;
use heat_view::message::Message;
use std::sync::Arc;
use std::time::Duration;

/// How long a game may hold its channel when nothing at all gets through: three tries of its
/// first question, three of its scoreboard, and the pauses between them.
const STUCK_MAX: Duration = Duration::from_secs(5 * 60);

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

fn world_with_a_table() -> Shared {
    let world = Shared::new(7);
    let table = Table {
        games_left: 2,
        may_post: true,
        newest: None,
    };
    world.lock().tables.insert(1, table);
    world
}

fn classic(world: &mut World) -> StartRequest {
    let mut request = request(world, 1);
    request.settings.mode = Mode::Classic;
    request.settings.opponent = None;
    request.rounds = questions(0, 2);
    request
}

/// Plays a game on this stage until its channel is free, and says how it ended in the store.
async fn play_on<S: Messenger>(stage: S) -> (bool, Option<Event>) {
    let world = world_with_a_table();
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
    assert_eq!(host.live_games(), 0);
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
