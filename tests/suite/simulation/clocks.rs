//! A host clock that is wrong, or jumps, changes nothing: the same members at the same instants
//! make the same game, event for event and millisecond for millisecond.

use super::members::request;
use super::outside::{SimJournal, SimStage, hear};
use super::world::{Shared, World};
use super::{hear_discord, questions};
use heat_check::host::{Host, InteractionToken, Messenger, MessengerError, Posted, Route};
use heat_core::game::{Event, Input, MessageId, Mode, Response, UserId};
use heat_core::id::ChannelId;
use heat_view::message::Message;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How far the host's clock is ahead of Discord's: when the process starts, as a question opens,
/// and while it is open.
type Skews = [i64; 3];

/// Plays a game of two questions; who answers first does so two seconds after the question.
async fn play([at_start, at_open, while_open]: Skews) -> Vec<Event> {
    let world = Shared::with_table(1);
    world.lock().start_process();
    world.lock().host_ahead_ms = at_start;
    let clock = hear_discord(&world);
    let host = Host::new(SimJournal(world.clone()), SimStage(world.clone()), clock);
    let mut request = request(&mut world.lock(), 1);
    request.settings.mode = Mode::Classic;
    request.settings.opponent = None;
    request.settings.seconds = 20;
    request.rounds = questions(0, 2);
    let (game, starter) = (request.id, request.settings.starter);
    hear(&world, World::made_at_ms(game.0));
    host.start(request).await.expect("the store is sound");
    let mut answered = 0;
    while host.live_games() > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        let open = {
            let world = world.lock();
            let standing = world.channels.get(&1).and_then(|all| all.last().cloned());
            standing.filter(|m| m.question.is_some_and(|(_, round)| round == answered))
        };
        let Some(question) = open else { continue };
        world.lock().host_ahead_ms = at_open;
        tokio::time::sleep(Duration::from_secs(2)).await;
        world.lock().host_ahead_ms = while_open;
        let posted_at_ms = World::made_at_ms(question.id);
        let answer = |user, after_ms| Input::Answer {
            round: answered,
            user,
            response: Response::Choice { choice: 1 },
            message: MessageId(question.id),
            posted_at_ms,
            clicked_at_ms: posted_at_ms + after_ms,
        };
        let now_ms = world.lock().now_ms();
        hear(&world, now_ms);
        let token = || InteractionToken("click".into());
        let first = host
            .send(game, ChannelId(1), answer(starter, 2_000), token())
            .await;
        first.expect("the game is on");
        tokio::time::sleep(Duration::from_secs(3)).await;
        let late = answer(UserId(4_711), 5_000);
        // Accepted or too late: the game decides, and always in the same way.
        let _ = host.send(game, ChannelId(1), late, token()).await;
        answered += 1;
    }
    let stored = world.lock().game(game.0).expect("it is stored");
    let events = stored.events.iter();
    events
        .map(|event| serde_json::from_str(event).expect("an event"))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_wrong_or_jumping_host_clock_changes_nothing() {
    let right = play([0, 0, 0]).await;
    assert!(matches!(right.last(), Some(Event::Ended { .. })));
    let skews: [Skews; 5] = [
        [4_000, 4_000, 4_000],
        [-30_000, -30_000, -30_000],
        [0, 0, -30_000],
        [0, 90_000, -86_400_000],
        [3_600_000, -3_600_000, 3_600_000],
    ];
    for skew in skews {
        let played = play(skew).await;
        assert_eq!(played.len(), right.len(), "host clock {skew:?} ahead");
        for (event, expected) in played.iter().zip(&right) {
            assert_eq!(event, expected, "host clock {skew:?} ahead");
        }
    }
}

/// Posts after many seconds, as after several retries, and records every message of the question.
#[derive(Clone)]
struct Hesitant {
    world: Shared,
    seen: Arc<Mutex<Vec<(i64, Message)>>>,
}

impl Hesitant {
    fn note(&self, message: &Message) {
        let now_ms = self.world.lock().now_ms();
        self.seen.lock().unwrap().push((now_ms, message.clone()));
    }
}

impl Messenger for Hesitant {
    async fn post(&self, _: &Route, message: &Message, _: &str) -> Result<Posted, MessengerError> {
        tokio::time::sleep(Duration::from_secs(12)).await;
        self.note(message);
        let id = self.world.lock().new_id();
        Ok(Posted {
            id: MessageId(id),
            at_ms: World::made_at_ms(id),
            posted_with: None,
        })
    }

    async fn edit(&self, _: &Route, _: MessageId, message: &Message) -> Result<(), MessengerError> {
        self.note(message);
        Ok(())
    }

    async fn edit_answer(&self, _: &InteractionToken, _: &Message) -> Result<(), MessengerError> {
        Ok(())
    }
}

/// When a question's countdown ends.
fn countdown_ms(message: &Message) -> i64 {
    let said = &message.embeds[0].description;
    let (_, from) = said.split_once("Closes <t:").expect("a countdown");
    let (seconds, _) = from.split_once(':').expect("a timestamp");
    seconds.parse::<i64>().expect("seconds") * 1_000
}

#[tokio::test(start_paused = true)]
async fn a_question_that_took_long_to_post_gets_a_new_countdown() {
    let world = Shared::with_table(1);
    world.lock().start_process();
    let clock = hear_discord(&world);
    let stage = Hesitant {
        world: world.clone(),
        seen: Arc::default(),
    };
    let host = Host::new(SimJournal(world.clone()), stage.clone(), clock);
    let mut request = request(&mut world.lock(), 1);
    request.settings.mode = Mode::Classic;
    request.settings.opponent = None;
    request.settings.seconds = 10;
    request.rounds = questions(0, 1);
    hear(&world, World::made_at_ms(request.id.0));
    host.start(request).await.expect("the store is sound");
    let seen = || stage.seen.lock().unwrap().clone();
    while seen().len() < 2 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let (posted_ms, posted) = seen()[0].clone();
    assert!(countdown_ms(&posted) < posted_ms, "it was over as it came");
    let (edited_ms, renewed) = seen()[1].clone();
    let left_ms = countdown_ms(&renewed) - posted_ms;
    assert!(edited_ms - posted_ms < 100, "at once");
    assert!((10_000..=11_500).contains(&left_ms), "{left_ms} ms");
}
