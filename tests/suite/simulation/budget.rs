//! What an evening costs: how many requests eight players and ten questions cause, and how close
//! together the edits in a channel are.

use super::members::request;
use super::outside::{SimJournal, hear};
use super::world::{Shared, Table, World};
use super::{hear_discord, questions};
use heat_check::host::{Host, InteractionToken, Messenger, MessengerError, Posted, Route};
use heat_core::game::{Input, Mode, Response};
use heat_core::id::{ChannelId, MessageId, UserId};
use heat_view::message::Message;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Discord allows five edits of a channel's messages in five seconds:
/// <https://discord.com/developers/docs/topics/rate-limits>. Half of that is two and a half.
const WINDOW_MS: i64 = 5_000;
const EDITS_MAX: usize = 2;
const MEMBERS: u64 = 8;
const ROUNDS: u16 = 10;

/// What was sent, and when.
#[derive(Clone, Default)]
struct Sent {
    posts: Vec<(i64, u64)>,
    edits: Vec<(i64, String)>,
    answers_edited: Vec<(String, String)>,
}

/// A stage where everything works, which records its calls.
#[derive(Clone)]
struct Counting {
    world: Shared,
    sent: Arc<Mutex<Sent>>,
}

impl Counting {
    fn now_ms(&self) -> i64 {
        self.world.lock().now_ms()
    }
}

fn all_text(message: &Message) -> String {
    serde_json::to_string(message).expect("a message is JSON")
}

impl Messenger for Counting {
    async fn post(&self, _: &Route, _: &Message, _: &str) -> Result<Posted, MessengerError> {
        tokio::time::sleep(Duration::from_millis(120)).await;
        let id = self.world.lock().new_id();
        let now_ms = self.now_ms();
        self.sent.lock().unwrap().posts.push((now_ms, id));
        Ok(Posted {
            id: MessageId(id),
            at_ms: World::made_at_ms(id),
            posted_with: None,
        })
    }

    async fn edit(&self, _: &Route, _: MessageId, message: &Message) -> Result<(), MessengerError> {
        let edit = (self.now_ms(), all_text(message));
        self.sent.lock().unwrap().edits.push(edit);
        tokio::time::sleep(Duration::from_millis(120)).await;
        Ok(())
    }

    async fn edit_answer(
        &self,
        with: &InteractionToken,
        it: &Message,
    ) -> Result<(), MessengerError> {
        let edit = (with.0.to_string(), all_text(it));
        self.sent.lock().unwrap().answers_edited.push(edit);
        Ok(())
    }
}

/// Eight members, each a second or so after the other, play ten questions of this mode.
async fn an_evening(mode: Mode) -> Sent {
    let world = Shared::new(7);
    let table = Table {
        games_left: 1,
        may_post: true,
        newest: None,
    };
    world.lock().tables.insert(1, table);
    world.lock().start_process();
    let clock = hear_discord(&world);
    let stage = Counting {
        world: world.clone(),
        sent: Arc::default(),
    };
    let host = Host::new(SimJournal(world.clone()), stage.clone(), clock);
    let mut request = request(&mut world.lock(), 1);
    request.settings.mode = mode;
    request.settings.opponent = None;
    request.settings.seconds = 20;
    request.settings.rounds = ROUNDS;
    request.rounds = questions(0, u64::from(ROUNDS));
    let game = request.id;
    hear(&world, World::made_at_ms(game.0));
    host.start(request).await.expect("the store is sound");
    for round in 0..ROUNDS {
        let posted = loop {
            let posts = stage.sent.lock().unwrap().posts.clone();
            if let Some((_, id)) = posts.get(usize::from(round)) {
                break *id;
            }
            if !host.is_playing(ChannelId(1)) {
                return stage.sent.lock().unwrap().clone();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        for member in 0..MEMBERS {
            let pause_ms = 300 + 170 * ((member + u64::from(round) * 3) % 7);
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
            let clicked_at_ms = world.lock().now_ms();
            let answer = Input::Answer {
                round,
                user: UserId(100 + member),
                response: Response::Choice {
                    choice: u8::try_from(member % 4).unwrap(),
                },
                message: MessageId(posted),
                posted_at_ms: World::made_at_ms(posted),
                clicked_at_ms,
            };
            hear(&world, clicked_at_ms);
            let token = InteractionToken(format!("{round}-{member}").into());
            // A race may have been decided before.
            let _ = host.send(game, ChannelId(1), answer, token).await;
        }
    }
    while host.live_games() > 0 {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    stage.sent.lock().unwrap().clone()
}

fn most_in_a_window(times: &[i64]) -> usize {
    let within = |from: i64| {
        times
            .iter()
            .filter(move |at| (from..from + WINDOW_MS).contains(at))
    };
    let counts = times.iter().map(|from| within(*from).count());
    counts.max().unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn an_evening_of_eight_stays_under_half_of_what_discord_takes() {
    for mode in [Mode::Classic, Mode::Race] {
        let sent = an_evening(mode).await;
        let edits: Vec<i64> = sent.edits.iter().map(|(at, _)| *at).collect();
        let posts: Vec<i64> = sent.posts.iter().map(|(at, _)| *at).collect();
        let own = sent
            .answers_edited
            .iter()
            .filter(|(with, _)| !with.starts_with("start"));
        let own = own.count();
        println!(
            "{mode:?}: {} posts, {} edits ({} at most within five seconds), {own} private results",
            posts.len(),
            edits.len(),
            most_in_a_window(&edits),
        );
        assert_eq!(
            posts.len(),
            usize::from(ROUNDS) + 1,
            "the questions and the scores"
        );
        assert!(most_in_a_window(&edits) <= EDITS_MAX, "{mode:?}: {edits:?}");
        assert!(most_in_a_window(&posts) <= EDITS_MAX, "{mode:?}: {posts:?}");
        // A reveal, its last change, and at most two counts for each question.
        assert!(edits.len() <= 4 * usize::from(ROUNDS), "{}", edits.len());
        assert!(own <= usize::from(ROUNDS) * 8, "one for each answer: {own}");
        if mode == Mode::Classic {
            assert_eq!(own, usize::from(ROUNDS) * 8);
            let counts = sent
                .edits
                .iter()
                .filter(|(_, text)| text.contains(" answered**"));
            assert!(
                counts.count() >= usize::from(ROUNDS) / 2,
                "the channel sees who is in"
            );
        }
    }
}

/// While a question is open, messages show how many have answered and nothing else; a member learns
/// their result only after the public reveal.
#[tokio::test(start_paused = true)]
async fn counts_and_own_results_tell_nothing_early() {
    let sent = an_evening(Mode::Classic).await;
    let mut told_in: BTreeMap<String, usize> = BTreeMap::new();
    for (with, text) in &sent.answers_edited {
        if let Some((round, _)) = with.split_once('-') {
            assert!(text.contains('✅') || text.contains('❌') || with.starts_with("start"));
            *told_in.entry(round.to_owned()).or_default() += 1;
        }
    }
    for (_, text) in sent
        .edits
        .iter()
        .filter(|(_, text)| text.contains("Closes <t:"))
    {
        for secret in ["✅", "❌", "✓", "Why", "Right", "picked", "<@", "█"] {
            assert!(
                !text.contains(secret),
                "an open question says {secret}: {text}"
            );
        }
    }
}
