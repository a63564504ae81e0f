//! Several shards, in one process and in several that share one `PostgreSQL` database: the real
//! program, started as in production.
//!
//! All of it is marked ignored: it keeps Discord's real intervals, and some of it needs
//! `PostgreSQL`.

use crate::common::crowd::Crowd;
use crate::common::given::number_from;
use crate::common::process::{Home, Process};
use crate::common::stage::{self, Stage};
use crate::common::tables::{gone_on, live_channels, play, seed, settle, some_game};
use crate::common::{ledger, postgres};
use discord_sandbox::{Options, Shard};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Where they play: three servers' channels on the first of two shards, two on the second.
const CHANNELS: [&str; 5] = ["trivia", "stage-1", "lot-1", "quiz", "lot-2"];
/// The channels on each of the two shards.
const OF_SHARD: [&[&str]; 2] = [&["trivia", "stage-1", "lot-1"], &["quiz", "lot-2"]];
/// The default number of deaths: one of each kind.
const DEATHS: u64 = 4;
/// How soon after READY every game must continue.
const GOES_ON: Duration = Duration::from_secs(2);
/// How soon after a death another process must be READY: a lease and a second or two.
const TAKEN_OVER: Duration = Duration::from_secs(10);

/// A sandbox that recommends this many shards and requires this distance between identifies: none
/// unless a test is about that; the processes keep theirs anyway.
async fn stage(home: Home, shards: u16, identify_interval: Duration) -> Stage {
    let options = Options {
        shards,
        identify_interval,
        extra_members: 16,
        extra_channels: 1,
        ..stage::options()
    };
    Stage::with(home, options).await
}

fn all(total: u16) -> Vec<Shard> {
    let shards = 0..total;
    shards.map(|number| Shard { number, total }).collect()
}

/// Waits until the gateway has accepted this many shards, and returns them.
async fn let_in(stage: &Stage, count: usize) -> Vec<Shard> {
    let identified = || {
        let identifies = stage.sandbox.identifies().into_iter();
        let accepted = identifies.filter(|i| i.accepted);
        accepted.map(|i| i.shard).collect::<Vec<_>>()
    };
    let begin = Instant::now();
    while identified().len() < count {
        assert!(
            begin.elapsed() < crate::common::DEADLINE,
            "{:?}",
            identified()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stage.discord.wait_until_online().await;
    identified()
}

/// Waits until it is true, and returns the time.
async fn until(what: &str, limit: Duration, mut is_true: impl FnMut() -> bool) -> Instant {
    let begin = Instant::now();
    while !is_true() {
        assert!(begin.elapsed() < limit, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Instant::now()
}

/// serenity treats the end of a range as its last shard; passing the one after would run a shard of
/// the next process, or one that does not exist.
#[ignore = "starts processes at Discord's own intervals, some on PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn each_shard_is_run_by_one_process() {
    let server = postgres::shared();
    let stage = stage(Home::on(server), 4, Duration::ZERO).await;
    let start = |shards| stage.spawn(&stage.home, &[("SHARDS", shards)]);
    let _first = start("0-0/4");
    let_in(&stage, 1).await;
    let _third = start("3-3/4");
    let_in(&stage, 2).await;
    // Its two shards connect five seconds apart, so after anything else the others would start.
    let _second = start("1-2/4");
    let mut identified = let_in(&stage, 4).await;
    assert_eq!(identified.len(), 4, "{identified:?}");
    identified.sort_unstable();
    assert_eq!(identified, all(4));
    let online: BTreeSet<_> = stage.sandbox.shards_online().into_iter().collect();
    assert_eq!(online, identified.into_iter().collect());
    let log = stage.home.log();
    assert_eq!(log.matches("commands.registered").count(), 1, "{log}");
}

/// Without `SHARDS`: as many as Discord recommends, in this process, and no sooner than it allows.
#[ignore = "starts processes at Discord's own intervals, some on PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn the_recommended_shards_identify_with_distance() {
    let stage = stage(Home::new(), 2, Duration::from_secs(5)).await;
    let _bot = stage.spawn(&stage.home, &[]);
    let identified = let_in(&stage, 2).await;
    assert_eq!(identified, all(2));
    let times: Vec<Instant> = stage.sandbox.identifies().iter().map(|i| i.at).collect();
    println!(
        "identifies: {} after {:?}",
        times.len(),
        times[times.len() - 1] - times[0]
    );
}

/// A process for each of three shards.
fn three_at_once(stage: &Stage) -> [Process; 3] {
    ["0-0/3", "1-1/3", "2-2/3"].map(|shards| stage.spawn(&stage.home, &[("SHARDS", shards)]))
}

/// They agree on turns through the database, so that none is too early and sent back.
#[ignore = "starts processes at Discord's own intervals, some on PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_together_connect_one_after_another() {
    let server = postgres::shared();
    let stage = stage(Home::on(server), 3, Duration::from_secs(5)).await;
    let _bots = three_at_once(&stage);
    let mut online = let_in(&stage, 3).await;
    online.sort_unstable();
    assert_eq!(online, all(3));
    let identifies = stage.sandbox.identifies();
    let distances: Vec<Duration> = identifies.windows(2).map(|i| i[1].at - i[0].at).collect();
    println!("identifies {distances:?} apart");
    assert!(identifies.iter().all(|i| i.accepted), "{identifies:?}");
    let log = stage.home.log();
    assert_eq!(log.matches("gateway.waits_for_turn").count(), 2, "{log}");
}

/// Shards of different buckets need no distance; those of one keep theirs.
#[ignore = "starts processes at Discord's own intervals, some on PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn processes_use_all_buckets_at_once() {
    let server = postgres::shared();
    let options = Options {
        shards: 3,
        max_concurrency: 2,
        identify_interval: Duration::from_secs(5),
        ..stage::options()
    };
    let stage = Stage::with(Home::on(server), options).await;
    let _bots = three_at_once(&stage);
    let_in(&stage, 3).await;
    let identifies = stage.sandbox.identifies();
    assert!(identifies.iter().all(|i| i.accepted), "{identifies:?}");
    let log = stage.home.log();
    assert_eq!(log.matches("gateway.waits_for_turn").count(), 1, "{log}");
}

/// A process told to stop before its turn stops at once.
#[ignore = "starts processes at Discord's own intervals, some on PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_process_waiting_for_its_turn_stops_when_told() {
    let server = postgres::shared();
    let stage = stage(Home::on(server), 5, Duration::from_secs(5)).await;
    // Its shards take so long that the other waits for more than twenty seconds.
    let _first = stage.spawn(&stage.home, &[("SHARDS", "0-3/5")]);
    let_in(&stage, 1).await;
    let home = stage.home.beside();
    let mut second = stage.spawn(&home, &[("SHARDS", "4-4/5")]);
    until("a process that waits", crate::common::DEADLINE, || {
        home.log().contains("gateway.waits_for_turn")
    })
    .await;
    second.signal("TERM");
    let status = second.wait(crate::common::DEADLINE).await;
    assert!(status.success(), "{}", home.log());
    let identifies = stage.sandbox.identifies();
    assert!(
        identifies.iter().all(|i| i.shard.number != 4),
        "{identifies:?}"
    );
}

/// A bot that starts more sessions than Discord allows loses its token, so none is started.
#[ignore = "starts processes at Discord's own intervals, some on PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn no_session_is_started_if_too_few_are_left() {
    let options = Options {
        shards: 4,
        session_starts: 3,
        ..stage::options()
    };
    let stage = Stage::with(Home::new(), options).await;
    let mut bot = stage.spawn(&stage.home, &[]);
    let status = bot.wait(crate::common::DEADLINE).await;
    let log = stage.home.log();
    assert!(!status.success(), "{log}");
    let sentence = "Discord allows the bot only 3 more new sessions for now, but it needs 4, one \
                    for each shard; start it again in 1440 minutes";
    assert!(log.contains(sentence), "{log}");
    assert_eq!(stage.sandbox.identifies(), []);
}

/// How a process dies, or seems to, and which process takes over its games.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Death {
    /// Killed, and started again at once.
    Restarted,
    /// Killed while a third process stands by for its shards.
    StoodByFor,
    /// Paused for so long that a third process takes its shards, then resumed.
    Paused,
    /// Killed together with the other, and a third process takes all.
    Both,
}

/// Two processes on one database, each with its log.
struct Pair<'a> {
    stage: &'a Stage,
    /// Shards and processes; one process has all after [`Death::Both`].
    bots: Vec<(&'static str, Home, Process)>,
}

/// What was measured.
#[derive(Debug, Default)]
struct Measured {
    /// From the death to READY of the successor.
    taken_over: Vec<Duration>,
    /// From READY until every game continued.
    went_on: Duration,
    games: usize,
}

impl Pair<'_> {
    fn start(&self, shards: &'static str) -> (&'static str, Home, Process) {
        let home = self.stage.home.beside();
        let process = self.stage.spawn(&home, &[("SHARDS", shards)]);
        (shards, home, process)
    }

    /// Waits until sessions of these shards have started since then.
    async fn ready(&self, shards: &[usize], since: Instant) -> Instant {
        until("READY", crate::common::DEADLINE, || {
            let identifies = self.stage.sandbox.identifies();
            shards.iter().all(|shard| {
                identifies
                    .iter()
                    .any(|i| i.accepted && i.at > since && usize::from(i.shard.number) == *shard)
            })
        })
        .await
    }

    /// One or both processes die, and another takes over.
    async fn suffer(&mut self, death: Death, luck: &mut ChaCha8Rng, measured: &mut Measured) {
        let victim = luck.random_range(0..2);
        let (victims, shards, channels): (Vec<usize>, Vec<usize>, Vec<&str>) = match death {
            Death::Both => (vec![0, 1], vec![0, 1], CHANNELS.to_vec()),
            _ => (vec![victim], vec![victim], OF_SHARD[victim].to_vec()),
        };
        let range = self.bots[victim].0;
        let stand_by = (death == Death::StoodByFor).then(|| self.start(range));
        if let Some((_, home, _)) = &stand_by {
            until("the stand-by", crate::common::DEADLINE, || {
                home.log().contains("store.waits_for_shards")
            })
            .await;
        }
        for victim in &victims {
            match death {
                Death::Paused => self.bots[*victim].2.signal("STOP"),
                _ => self.bots[*victim].2.kill(),
            }
        }
        let died = Instant::now();
        let live = live_channels(&self.stage.discord, &channels);
        let successor = match death {
            Death::Both => self.start("0-1/2"),
            _ => stand_by.unwrap_or_else(|| self.start(range)),
        };
        // All shards of a process connect five seconds apart; the games need none of them.
        let ready = self.ready(&shards[..1], died).await;
        gone_on(&self.stage.discord, &live, died).await;
        let went_on = ready.elapsed();
        println!(
            "{death:?} of {range}: READY after {:?}, {} games went on {went_on:?} later",
            ready - died,
            live.len()
        );
        assert!(ready - died < TAKEN_OVER, "{death:?}: {:?}", ready - died);
        assert!(went_on < GOES_ON, "{death:?}: {went_on:?}");
        measured.taken_over.push(ready - died);
        measured.went_on = measured.went_on.max(went_on);
        measured.games += live.len();
        if death == Death::Both {
            self.ready(&shards, died).await;
            // Then split again after a clean stop, which frees the shards at once.
            let (_, _, mut whole) = successor;
            whole.signal("TERM");
            assert!(whole.wait(crate::common::DEADLINE).await.success());
            let again = Instant::now();
            self.bots = vec![self.start("0-0/2"), self.start("1-1/2")];
            self.ready(&shards, again).await;
            return;
        }
        let (_, home, mut old) = std::mem::replace(&mut self.bots[victim], successor);
        if death == Death::Paused {
            old.signal("CONT");
            let status = old.wait(crate::common::DEADLINE).await;
            let log = home.log();
            assert!(!status.success(), "{log}");
            assert!(
                log.contains("another process has taken over this one's shards"),
                "{log}"
            );
            assert!(!log.contains("shutdown.interactions_left"), "{log}");
        }
    }
}

/// Leaderboards are shared, games belong to their shard; whatever happens to the processes, nothing
/// that members were told is lost or counted twice.
#[ignore = "starts processes at Discord's own intervals, some on PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn games_outlive_their_process() {
    let server = postgres::shared();
    let seed = seed();
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let mut stage = stage(Home::on(server), 4, Duration::ZERO).await;
    // An answer whose acknowledgement was lost may be sent again, and is then refused as a repeat.
    stage.discord.allow_rejections();
    let discord = &stage.discord;
    let mut pair = Pair {
        stage: &stage,
        bots: Vec::new(),
    };
    let begin = Instant::now();
    pair.bots = vec![pair.start("0-0/2"), pair.start("1-1/2")];
    pair.ready(&[0, 1], begin).await;
    discord.wait_for_command("quiz").await;
    let crowd = Crowd::default();
    let options = json!({ "rounds": 2, "seconds": 5 });
    let deaths = number_from("HEAT_CHECK_DEATHS", DEATHS);
    let trouble = async {
        let mut measured = Measured::default();
        let kinds = [
            Death::Restarted,
            Death::StoodByFor,
            Death::Paused,
            Death::Both,
        ];
        for death in kinds.into_iter().cycle().take(deaths.try_into().unwrap()) {
            some_game(discord, &CHANNELS).await;
            let pause = Duration::from_millis(luck.random_range(0..3_000));
            tokio::time::sleep(pause).await;
            pair.suffer(death, &mut luck, &mut measured).await;
        }
        println!("{measured:?}");
    };
    play(discord, &crowd, &CHANNELS, seed, &options, trouble).await;

    // Both processes show the same global board.
    let member = discord.member("Gaffer");
    let mut boards = Vec::new();
    for channel in ["trivia", "quiz"] {
        let options = json!({ "period": "all", "scope": "global" });
        let board = member.ask(channel, "leaderboard", options).await;
        boards.push(ledger::shown_points(&board));
    }
    assert_eq!(boards[0], boards[1]);
    assert!(boards[0].len() > 4, "players of both: {boards:?}");
    let logs: Vec<String> = pair.bots.iter().map(|(_, home, _)| home.log()).collect();
    let bots = pair.bots.drain(..).map(|(_, _, process)| process).collect();
    settle(&stage, &crowd, bots).await;
    assert!(!logs.concat().contains("panicked"), "{logs:?}");
    for rejection in discord.rejections().await {
        // A paused process comes too late, or after its successor.
        let code = rejection["code"].as_u64();
        assert!(matches!(code, Some(40_060 | 10_062)), "{rejection:#}");
    }
}
