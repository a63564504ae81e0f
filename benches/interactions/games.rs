//! The memory of live games, each with ten questions of the bundled packs, the first of them open
//! and answered by three members. Each number of games runs in a separate process, with a channel
//! that accepts every message at once and a journal that keeps nothing, so that only the games are
//! measured.

use super::Outcome;
use heat_check::host::{
    Host, InteractionToken, Journal, Messenger, MessengerError, Posted, Route, StartRequest,
};
use heat_core::asked_history::AskedHistory;
use heat_core::bank::QuestionQuery;
use heat_core::game::{
    AnswerStyle, GameId, Input, MessageId, Mode, Pace, Response, Settings, UserId,
};
use heat_core::id::{ChannelId, GuildId};
use heat_core::lang::Lang;
use heat_core::library::Library;
use heat_core::shard::ShardRange;
use heat_core::standing::Zone;
use heat_store::{StoreError, StoredGame, Write};
use heat_view::message::Message;
use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const NUMBERS: [u64; 3] = [1_000, 10_000, 100_000];
const PLAYERS: u64 = 3;

pub fn measure() -> Outcome<()> {
    println!("live games of ten rounds, a question open, {PLAYERS} answers in");
    for number in NUMBERS {
        let mut child = Command::new(std::env::current_exe()?);
        child.env("BENCH_ROLE", "games");
        let status = child.env("GAMES", number.to_string()).status()?;
        if !status.success() {
            return Err(format!("{number} games: {status}").into());
        }
    }
    Ok(())
}

/// The child process.
pub fn main() -> Outcome<()> {
    let games: u64 = std::env::var("GAMES")?.parse()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(play(games))
}

async fn play(games: u64) -> Outcome<()> {
    let library = Library::build(&[]).map_err(|faults| format!("{:?}", faults[0]))?;
    let posted = Arc::new(AtomicU64::new(0));
    let host = Host::new(
        Nothing,
        CountingMessenger(Arc::clone(&posted)),
        Arc::new(now_ms),
    );
    let before = resident()?;
    for game in 1..=games {
        host.start(request(&library, game)?).await?;
    }
    let started = resident()?;
    while posted.load(Ordering::Relaxed) < games {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for game in 1..=games {
        for user in 1..=PLAYERS {
            let input = Input::Answer {
                round: 0,
                user: UserId(user),
                response: Response::Choice { choice: 1 },
                message: MessageId(1),
                posted_at_ms: now_ms(),
                clicked_at_ms: now_ms(),
            };
            host.send(GameId(game), ChannelId(game), input, token())
                .await?;
        }
    }
    let open = resident()?;
    println!(
        "  {games:>7} games: {:>3} MiB resident, {} bytes a game; {} before the first question",
        open >> 20,
        (open - before) / games,
        (started - before) / games
    );
    // Neither the tasks nor the runtime need an orderly shutdown.
    std::process::exit(0);
}

fn request(library: &Library, game: u64) -> Outcome<StartRequest> {
    let query = QuestionQuery {
        rounds: 10,
        ..QuestionQuery::default()
    };
    let token = token();
    Ok(StartRequest {
        id: GameId(game),
        guild: Some(GuildId(game)),
        zone: Zone::default(),
        route: Route {
            channel: ChannelId(game),
            may_post: true,
            may_attach: false,
            in_place: false,
            lang: Lang::English,
            token: token.clone(),
            posted_with: None,
            started_with: Some(token),
            announced_by: None,
            pack_title: None,
            thread: None,
        },
        settings: Settings {
            packs: heat_core::bank::PackList::default(),
            about: None,
            rounds: query.rounds,
            seconds: Settings::SECONDS_MAX,
            difficulty: None,
            pace: Pace::Usual,
            starter: UserId(PLAYERS + 1),
            solo: false,
            mode: Mode::Classic,
            answers: AnswerStyle::Buttons,
            opponent: None,
            rematch: false,
            finale: true,
            hosted: false,
        },
        rounds: library
            .bank
            .choose(&query, &AskedHistory::default(), &BTreeSet::new(), game)?,
        code: "ABCDEFGH".to_owned(),
        pack_title: "All packs".to_owned(),
        seed: game,
    })
}

/// As long as Discord's own.
fn token() -> InteractionToken {
    InteractionToken("x".repeat(180).into())
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0))
}

/// Resident memory of this process, in bytes.
fn resident() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    Ok(kib.ok_or("no VmRSS")?.parse::<u64>()? << 10)
}

/// A journal that keeps nothing.
struct Nothing;

impl Journal for Nothing {
    async fn commit(&self, _: Write) -> Result<(), StoreError> {
        Ok(())
    }

    async fn game(&self, _: GameId) -> Result<Option<StoredGame>, StoreError> {
        Ok(None)
    }

    async fn live_games(&self, _: ShardRange) -> Result<Vec<StoredGame>, StoreError> {
        Ok(Vec::new())
    }
}

/// A channel that accepts everything at once, and counts what was posted.
struct CountingMessenger(Arc<AtomicU64>);

impl Messenger for CountingMessenger {
    async fn post(&self, _: &Route, _: &Message, _: &str) -> Result<Posted, MessengerError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(Posted {
            // Any message will do: the game uses the first one.
            id: MessageId(1),
            at_ms: now_ms(),
            posted_with: None,
        })
    }

    async fn edit(&self, _: &Route, _: MessageId, _: &Message) -> Result<(), MessengerError> {
        Ok(())
    }

    async fn edit_answer(&self, _: &InteractionToken, _: &Message) -> Result<(), MessengerError> {
        Ok(())
    }
}
