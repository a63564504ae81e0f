//! What an evening costs: how many requests eight players and ten questions cause in each mode, and
//! how close together they are.

use super::members::request;
use super::outside::{SimJournal, hear};
use super::world::{Shared, World};
use super::{hear_discord, questions};
use heat_check::host::{Host, InteractionToken, Messenger, MessengerError, Posted, Route};
use heat_core::game::{Asks, GameId, Input, Mode, Players, Response};
use heat_core::id::{ChannelId, MessageId, UserId};
use heat_view::message::Message;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Discord allows five edits of a channel's messages in five seconds:
/// <https://discord.com/developers/docs/topics/rate-limits>. Half of that is two and a half.
const WINDOW_MS: i64 = 5_000;
const EDITS_MAX: usize = 2;
/// The whole bot may send fifty requests a second:
/// <https://discord.com/developers/docs/topics/rate-limits#global-rate-limit>. Half of that.
const REQUESTS_A_SECOND_MAX: usize = 25;
const MEMBERS: u64 = 8;
const ROUNDS: u16 = 10;

/// What was sent, and when.
#[derive(Clone, Default)]
struct Sent {
    posts: Vec<(i64, u64)>,
    edits: Vec<(i64, String)>,
    answers_edited: Vec<(i64, String, String)>,
    /// Each press is acknowledged by one response.
    presses: Vec<i64>,
}

impl Sent {
    /// When members' private results were sent.
    fn own_results(&self) -> Vec<i64> {
        let own = self.answers_edited.iter();
        let own = own.filter(|(_, with, _)| !with.starts_with("start"));
        own.map(|(at, ..)| *at).collect()
    }

    /// When anything was sent.
    fn requests(&self) -> Vec<i64> {
        let posts = self.posts.iter().map(|(at, _)| *at);
        let edits = self.edits.iter().map(|(at, _)| *at);
        let answers = self.answers_edited.iter().map(|(at, ..)| *at);
        let all = posts.chain(edits).chain(answers);
        all.chain(self.presses.iter().copied()).collect()
    }
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
        let edit = (self.now_ms(), with.0.to_string(), all_text(it));
        self.sent.lock().unwrap().answers_edited.push(edit);
        Ok(())
    }
}

/// A game on the simulated stage.
struct Evening<'a> {
    world: &'a Shared,
    host: &'a Host<Counting, SimJournal>,
    stage: &'a Counting,
    game: GameId,
}

impl Evening<'_> {
    async fn press(&self, input: Input, token: String) {
        let now_ms = self.world.lock().now_ms();
        hear(self.world, now_ms);
        self.stage.sent.lock().unwrap().presses.push(now_ms);
        let token = InteractionToken(token.into());
        // A race may already have been decided.
        let _ = self.host.send(self.game, ChannelId(1), input, token).await;
    }

    /// They join one after another, and the first one begins.
    async fn gather(&self, mode: Mode, members: u64) {
        for member in 1..members {
            let user = UserId(100 + member);
            let input = match mode.rules().players {
                Players::Anyone => return,
                Players::Invited => Input::Accept { user },
                Players::Lobby if mode.rules().teams => Input::EnterTeam {
                    user,
                    team: u8::try_from(member % 4).unwrap(),
                },
                Players::Lobby => Input::Enter { user },
            };
            tokio::time::sleep(Duration::from_millis(700)).await;
            self.press(input, format!("start-{member}")).await;
        }
        if mode.rules().players == Players::Lobby {
            let begin = Input::Begin { user: UserId(100) };
            self.press(begin, "start-0".to_owned()).await;
        }
    }
}

/// Eight members (two in a duel), about a second apart, play ten questions of this mode.
async fn an_evening(mode: Mode) -> Sent {
    let world = Shared::with_table(1);
    world.lock().start_process();
    let clock = hear_discord(&world);
    let stage = Counting {
        world: world.clone(),
        sent: Arc::default(),
    };
    let host = Host::new(SimJournal(world.clone()), stage.clone(), clock);
    let mut request = request(&mut world.lock(), 1);
    let is_duel = mode.rules().players == Players::Invited;
    request.settings.mode = mode;
    request.settings.starter = UserId(100);
    request.settings.opponent = is_duel.then_some(UserId(101));
    request.settings.seconds = 20;
    request.settings.rounds = ROUNDS;
    request.rounds = questions(0, u64::from(ROUNDS));
    if mode.rules().asks == Asks::Films {
        for round in &mut request.rounds {
            round.clues = (1..=6).map(|clue| format!("Clue {clue}")).collect();
        }
    }
    let right: Vec<u8> = request
        .rounds
        .iter()
        .map(heat_core::bank::Round::correct)
        .collect();
    let game = request.id;
    hear(&world, World::made_at_ms(game.0));
    host.start(request).await.expect("the store is sound");
    let members = if is_duel { 2 } else { MEMBERS };
    let evening = Evening {
        world: &world,
        host: &host,
        stage: &stage,
        game,
    };
    evening.gather(mode, members).await;
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
        for member in 0..members {
            let pause_ms = 300 + 170 * ((member + u64::from(round) * 3) % 7);
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
            let clicked_at_ms = world.lock().now_ms();
            // In modes with lives everyone is right, so that the game runs to its end.
            let choice = match mode.rules().lives {
                Some(_) => right[usize::from(round)],
                None => u8::try_from(member % 4).unwrap(),
            };
            let answer = Input::Answer {
                round,
                user: UserId(100 + member),
                response: Response::Choice { choice },
                message: MessageId(posted),
                posted_at_ms: World::made_at_ms(posted),
                clicked_at_ms,
            };
            evening.press(answer, format!("{round}-{member}")).await;
        }
    }
    while host.live_games() > 0 {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    stage.sent.lock().unwrap().clone()
}

fn most_in_a_window(times: &[i64], window_ms: i64) -> usize {
    let within = |from: i64| {
        times
            .iter()
            .filter(move |at| (from..from + window_ms).contains(at))
    };
    let counts = times.iter().map(|from| within(*from).count());
    counts.max().unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn a_game_of_eight_stays_under_half_of_discords_limits() {
    for mode in Mode::ALL {
        let sent = an_evening(mode).await;
        let edits: Vec<i64> = sent.edits.iter().map(|(at, _)| *at).collect();
        let posts: Vec<i64> = sent.posts.iter().map(|(at, _)| *at).collect();
        let (own, requests) = (sent.own_results().len(), sent.requests());
        let most = |times: &[i64]| most_in_a_window(times, WINDOW_MS);
        let a_second = most_in_a_window(&requests, 1_000);
        println!(
            "{mode:?}: {} posts, {} edits ({} at most within five seconds), {} presses, {own} private results, {} requests ({a_second} at most within a second)",
            posts.len(),
            edits.len(),
            most(&edits),
            sent.presses.len(),
            requests.len(),
        );
        assert_eq!(
            posts.len(),
            usize::from(ROUNDS) + 1,
            "the questions and the scores of {mode:?}"
        );
        assert!(most(&edits) <= EDITS_MAX, "{mode:?}: {edits:?}");
        assert!(most(&posts) <= EDITS_MAX, "{mode:?}: {posts:?}");
        assert!(a_second <= REQUESTS_A_SECOND_MAX, "{mode:?}: {a_second}");
        // A reveal, its last change, and at most two counts for each question.
        let clues = if mode.rules().asks == Asks::Films {
            5
        } else {
            0
        };
        assert!(
            edits.len() <= (4 + clues) * usize::from(ROUNDS),
            "{mode:?}: {}",
            edits.len()
        );
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

/// While a question is open, messages show how many have answered and nothing else, in every mode; a
/// member learns their result only after the public reveal.
#[tokio::test(start_paused = true)]
async fn counts_and_own_results_reveal_nothing_early() {
    for mode in Mode::ALL {
        let sent = an_evening(mode).await;
        for (_, with, text) in &sent.answers_edited {
            let is_told = ["✅", "❌", "☑️"].iter().any(|mark| text.contains(mark));
            assert!(is_told || with.starts_with("start"), "{mode:?}: {text}");
        }
        let open = sent.edits.iter();
        let open = open.filter(|(_, text)| text.contains("Closes <t:"));
        for (_, text) in open {
            // In modes with lives the question names the players still in, which was known before.
            let names = if mode.rules().lives.is_some() {
                "✓"
            } else {
                "<@"
            };
            for secret in ["✅", "❌", "✓", "Why", "Right", "picked", "█", names] {
                assert!(
                    !text.contains(secret),
                    "an open question of {mode:?} says {secret}: {text}"
                );
            }
        }
    }
}
