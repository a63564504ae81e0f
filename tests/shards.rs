//! Several shards, in one process and in several that share one `PostgreSQL` database: the program
//! itself, as it is started in earnest.
//!
//! Where no `PostgreSQL` is installed, what needs it says that it was skipped.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod common;

use common::process::Home;
use common::{Discord, postgres};
use heat_check::sandbox::{Options, Sandbox};
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

const TOKEN: &str = "the-bot-token";

/// A sandbox that recommends so many shards. Processes start at any time here, and so identifies
/// need no distance unless a test is about that.
async fn sandbox(shards: u16, identify_interval: Duration) -> Sandbox {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let options = Options {
        shards,
        identify_interval,
        ..Options::new(address, TOKEN)
    };
    Sandbox::start(options).await.unwrap()
}

/// Waits until the gateway has let in so many shards, and says which.
async fn let_in(sandbox: &Sandbox, discord: &Discord, count: usize) -> Vec<(u64, u64)> {
    let identified = || {
        let identifies = sandbox.identifies().into_iter().filter(|i| i.accepted);
        identifies.map(|i| (i.shard, i.total)).collect::<Vec<_>>()
    };
    let begin = std::time::Instant::now();
    while identified().len() < count {
        assert!(begin.elapsed() < common::DEADLINE, "{:?}", identified());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    discord
        .wait_for("a connected bot", |s| {
            (s.bot["online"] == true).then_some(())
        })
        .await;
    identified()
}

/// serenity takes the end of a range for its last shard; whoever gives it the one after runs a
/// shard of the next process, or one that does not exist.
#[tokio::test(flavor = "multi_thread")]
async fn each_shard_is_run_by_one_process() {
    let Some(server) = postgres::shared() else {
        return;
    };
    let sandbox = sandbox(4, Duration::ZERO).await;
    let discord = Discord::connect(&sandbox.url()).await;
    let home = Home::on(&server.schema("read committed"));
    let start = |shards| {
        let variables = [("SHARDS", shards)];
        home.start_with(&sandbox.url(), TOKEN, &[], &variables)
    };
    let _first = start("0-0/4");
    let_in(&sandbox, &discord, 1).await;
    let _third = start("3-3/4");
    let_in(&sandbox, &discord, 2).await;
    // Its two shards come five seconds apart, and so after whatever else the others would start.
    let _second = start("1-2/4");
    let mut identified = let_in(&sandbox, &discord, 4).await;
    assert_eq!(identified.len(), 4, "{identified:?}");
    identified.sort_unstable();
    assert_eq!(identified, [(0, 4), (1, 4), (2, 4), (3, 4)]);
    let online: BTreeSet<_> = sandbox.shards_online().into_iter().collect();
    assert_eq!(online, identified.into_iter().collect());
    let log = home.log();
    assert_eq!(log.matches("commands.registered").count(), 1, "{log}");
}

/// Without `SHARDS`: as many as Discord recommends, in this process, and no sooner than it allows.
#[tokio::test(flavor = "multi_thread")]
async fn the_recommended_shards_identify_with_distance() {
    let sandbox = sandbox(2, Duration::from_secs(5)).await;
    let discord = Discord::connect(&sandbox.url()).await;
    let home = Home::new();
    let _bot = home.start(&sandbox.url(), TOKEN, &[]);
    let identified = let_in(&sandbox, &discord, 2).await;
    assert_eq!(identified, [(0, 2), (1, 2)]);
    let refused = sandbox.identifies().len() - 2;
    println!("{refused} identifies were too early");
}
