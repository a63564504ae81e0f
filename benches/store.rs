//! What durable writes and leaderboards cost: `cargo bench --bench store`.
//!
//! Works on a real file below `target/`, so the disk's own sync is part of every figure; or on the
//! server that `DATABASE_URL` names, in a disposable database. Prints one line per measurement.
//! `PLAYERS` sets the size of the large board (one million).

use heat_core::id::{ChannelId, GameId, GuildId, PlaceId, UserId};
use heat_core::shard::ShardRange;
use heat_core::standing::{Board, Period, Scope, Zone};
use heat_store::{AnswerRow, NewGame, Store, Write};
use std::time::{Duration, Instant, SystemTime};

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const NOW_MS: i64 = 1_784_000_000_000;

/// A part of the id space that no other measurement has used, because on a server they share one
/// database.
fn fresh() -> Outcome<u64> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    Ok(u64::try_from(since.as_millis())? << 20)
}

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let server = std::env::var("DATABASE_URL").ok();
    let url = |name: String| match &server {
        Some(url) => url.clone(),
        None => format!("sqlite://{}/{name}.db", folder.path().display()),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        for callers in [1, 32, 256] {
            answers(&url(callers.to_string()), callers).await?;
        }
        for players in [1, 20] {
            reveals(&url(format!("reveal-{players}")), players).await?;
        }
        if server.is_some() {
            for claimed in [false, true] {
                processes(&url(String::new()), claimed).await?;
            }
        }
        record(&url("record".to_owned())).await?;
        great_board(&url("great".to_owned())).await
    })
}

/// Each caller plays its own game: one event and one answer per write.
async fn answers(url: &str, callers: u64) -> Outcome<()> {
    let store = Store::open(url)?;
    let first = fresh()?;
    for game in first..first + callers {
        store.commit(start(game, first)).await?;
    }
    let writes = 2_000 + 20_000 / callers.max(8);
    let cpu = cpu_time();
    let begin = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for game in first..first + callers {
        let store = store.clone();
        tasks.spawn(async move {
            let mut times = Vec::new();
            for n in 1..=u32::try_from(writes)? {
                let write = Write {
                    game: GameId(game),
                    first_seq: n,
                    events: vec![format!(
                        r#"{{"answer":{{"round":1,"user":{n},"choice":2}}}}"#
                    )],
                    answers: vec![answer(1, u64::from(n), 100)],
                    ..Write::default()
                };
                let sent = Instant::now();
                store.commit(write).await?;
                times.push(sent.elapsed());
            }
            Outcome::Ok(times)
        });
    }
    let mut times = Vec::new();
    for result in tasks.join_all().await {
        times.extend(result?);
    }
    report(
        &format!("answer, {callers} callers"),
        times,
        begin.elapsed(),
        cpu,
    );
    Ok(store.close().await?)
}

/// One game after the other reveals a round that `players` have answered; the answers were stored
/// before.
async fn reveals(url: &str, players: u64) -> Outcome<()> {
    const ROUNDS: u16 = 500;
    let store = Store::open(url)?;
    let game = fresh()?;
    store.commit(start(game, game)).await?;
    for round in 0..ROUNDS {
        let answers = (0..players).map(|user| answer(round, user, 100 + u32::from(round)));
        store
            .commit(Write {
                game: GameId(game),
                answers: answers.collect(),
                ..Write::default()
            })
            .await?;
    }
    let cpu = cpu_time();
    let begin = Instant::now();
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let write = Write {
            game: GameId(game),
            revealed: vec![round],
            ..Write::default()
        };
        let sent = Instant::now();
        store.commit(write).await?;
        times.push(sent.elapsed());
    }
    report(
        &format!("reveal of {players} answers"),
        times,
        begin.elapsed(),
        cpu,
    );
    Ok(store.close().await?)
}

/// One player with a hundred thousand answers in ten thousand games, each shared with nine others.
async fn record(url: &str) -> Outcome<()> {
    const GAMES: u64 = 10_000;
    let store = Store::open(url)?;
    let first = fresh()?;
    let mut commits = tokio::task::JoinSet::new();
    for game in first..first + GAMES {
        let players = std::iter::once(first).chain((1..10).map(|n| game * 10 + n));
        let answers = players.flat_map(|player| {
            let at_ms = NOW_MS + i64::try_from(game - first).unwrap_or(0) * 60_000;
            (0..10).map(move |round| AnswerRow {
                at_ms: at_ms + i64::from(round),
                ..answer(round, player, 100 * u32::from(round % 4 != 0))
            })
        });
        let write = Write {
            answers: answers.collect(),
            revealed: (0..10).collect(),
            ended: true,
            ..start(game, first)
        };
        let store = store.clone();
        commits.spawn(async move { store.commit(write).await });
        if commits.len() > 64 {
            commits.join_next().await.ok_or("no commit")???;
        }
    }
    while let Some(done) = commits.join_next().await {
        done??;
    }
    let (cpu, begin, mut times) = (cpu_time(), Instant::now(), Vec::new());
    for _ in 0..20 {
        let sent = Instant::now();
        let record = store.record(UserId(first)).await?.ok_or("no record")?;
        times.push(sent.elapsed());
        assert_eq!((record.games, record.answered), (GAMES, GAMES * 10));
    }
    report("record of 100,000 answers", times, begin.elapsed(), cpu);
    Ok(store.close().await?)
}

/// Two processes on one server, each with 32 callers who reveal rounds of new players, all starting
/// in the same slots of the tally. Without claims both count in the same stripe.
async fn processes(url: &str, claimed: bool) -> Outcome<()> {
    const CALLERS: u64 = 32;
    const ROUNDS: u16 = 150;
    let begin = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    let mut stores = Vec::new();
    for process in 0..2 {
        let store = Store::open(url)?;
        if claimed {
            store.claim(ShardRange::new(process, process, 2)?).await?;
        }
        stores.push(store.clone());
        let first = fresh()?;
        for game in first..first + CALLERS {
            let store = store.clone();
            tasks.spawn(async move {
                store.commit(start(game, first)).await?;
                let mut times = Vec::new();
                for round in 0..ROUNDS {
                    let users = (0..3).map(|n| (game << 10) + u64::from(round) * 3 + n);
                    let write = Write {
                        game: GameId(game),
                        answers: users.map(|user| answer(round, user, 100)).collect(),
                        revealed: vec![round],
                        ..Write::default()
                    };
                    let sent = Instant::now();
                    store.commit(write).await?;
                    times.push(sent.elapsed());
                }
                Outcome::Ok(times)
            });
        }
    }
    let mut times = Vec::new();
    for result in tasks.join_all().await {
        times.extend(result?);
    }
    let stripes = if claimed { "two stripes" } else { "one stripe" };
    report(
        &format!("reveal by two processes, {stripes}"),
        times,
        begin.elapsed(),
        None,
    );
    for store in stores {
        store.close().await?;
    }
    Ok(())
}

async fn great_board(url: &str) -> Outcome<()> {
    const PART: u64 = 5_000;
    let players: u64 = std::env::var("PLAYERS").map_or(Ok(1_000_000), |n| n.parse())?;
    let store = Store::open(url)?;
    let guild = fresh()?;
    let begin = Instant::now();
    for part in 0..players.div_ceil(PART) {
        let game = guild + part;
        store.commit(start(game, guild)).await?;
        let users = part * PART..((part + 1) * PART).min(players);
        store
            .commit(Write {
                game: GameId(game),
                answers: users.map(|user| answer(1, user, points(user))).collect(),
                revealed: vec![1],
                ..Write::default()
            })
            .await?;
    }
    println!("{players} players entered in {:.1?}", begin.elapsed());

    for (name, scope) in [
        ("server", Scope::Guild(GuildId(guild))),
        ("global", Scope::Global),
    ] {
        let board = Board {
            scope,
            period: Period::Week,
            now_ms: NOW_MS,
            zone: Zone::UTC,
        };
        let (begin, mut times) = (Instant::now(), Vec::new());
        for n in 0..5_000_u64 {
            let user = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) % players;
            let sent = Instant::now();
            store
                .standing(board, UserId(user))
                .await?
                .ok_or("not on the board")?;
            times.push(sent.elapsed());
        }
        report(&format!("own rank, {name}"), times, begin.elapsed(), None);
        let pages = store.leaderboard(board, 0).await?.pages;
        for (which, page) in [("first", 0), ("middle", pages / 2), ("last", pages - 1)] {
            let (begin, mut times) = (Instant::now(), Vec::new());
            for _ in 0..500 {
                let sent = Instant::now();
                store.leaderboard(board, page).await?;
                times.push(sent.elapsed());
            }
            report(
                &format!("{which} page, {name}"),
                times,
                begin.elapsed(),
                None,
            );
        }
    }
    let begin = Instant::now();
    let audit = store.verify_standings().await?;
    println!("audit in {:.1?}: {} faults", begin.elapsed(), audit.faults);
    let begin = Instant::now();
    store.rebuild_standings().await?;
    println!("rebuilt in {:.1?}", begin.elapsed());
    Ok(store.close().await?)
}

/// A few have many points, a tenth have none, as on a real board.
fn points(user: u64) -> u32 {
    let mixed = user.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 40;
    let share = f64::from(u32::try_from(mixed).unwrap_or(0)) / f64::from(1 << 24);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 2,000,000"
    )]
    let points = ((share - 0.1).max(0.0).powi(4) * 2_000_000.0) as u32;
    points
}

fn start(game: u64, guild: u64) -> Write {
    Write {
        game: GameId(game),
        create: Some(NewGame {
            guild: Some(GuildId(guild)),
            place: PlaceId(guild),
            channel: ChannelId(2),
            starter: UserId(3),
            code: format!("C{game}"),
            started_at_ms: NOW_MS,
            zone: Zone::UTC,
        }),
        events: vec!["{}".to_owned()],
        ..Write::default()
    }
}

fn answer(round: u16, user: u64, points: u32) -> AnswerRow {
    AnswerRow {
        round,
        question: "bale-role-hanna/cast-who".to_owned(),
        user: UserId(user),
        choice: 2,
        correct: true,
        points,
        elapsed_ms: 2_345,
        at_ms: NOW_MS,
        topic: "casting".to_owned(),
    }
}

/// Processor time of this process so far, in clock ticks of 10 ms; none where there is no `/proc`.
fn cpu_time() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<u64>().ok();
    Some(next()? + next()?)
}

fn report(what: &str, mut times: Vec<Duration>, whole: Duration, cpu_before: Option<u64>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    #[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
    let (count, cpu_ticks) = (
        times.len() as f64,
        cpu_before.zip(cpu_time()).map(|(a, b)| (b - a) as f64),
    );
    let cpu = cpu_ticks.map_or(String::new(), |ticks| {
        format!(", cpu {:.2} s per 10,000", ticks / 100.0 / count * 10_000.0)
    });
    println!(
        "{what}: p50 {:.1?}, p99 {:.1?}, {:.0}/s{cpu}",
        at(50),
        at(99),
        count / whole.as_secs_f64()
    );
}
