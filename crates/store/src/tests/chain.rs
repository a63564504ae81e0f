//! Film chains: one per channel, each film once, and a server's longest.

use super::*;
use crate::StoredChain;
use heat_core::id::{ChannelId, GuildId, InteractionId, UserId};

on_every_database!(
    a_chain_goes_on_from_where_it_was_and_only_once,
    the_longest_chain_of_a_server_is_kept,
    a_chain_ends_once_and_no_film_goes_on_with_it_then,
);

const CHANNEL: u64 = (1 << 63) + 77;

fn chain(turn: u64, films: u32) -> StoredChain {
    StoredChain {
        channel: ChannelId(CHANNEL),
        guild: GuildId(GUILD),
        turn: InteractionId(turn),
        user: UserId((1 << 63) + turn),
        rival: turn.is_multiple_of(2).then_some(UserId((1 << 63) + 9)),
        at_ms: 1_000 + i64::from(films),
        films,
        body: format!("{{\"films\":{films}}}"),
        route: Some(format!("{{\"token\":{turn}}}")),
        ending_at_ms: None,
    }
}

async fn a_chain_goes_on_from_where_it_was_and_only_once(scratch: Scratch) {
    let store = scratch.open();
    assert_eq!(store.chain(ChannelId(CHANNEL)).await.unwrap(), None);
    assert!(store.put_chain(chain(1, 1), None).await.unwrap());
    assert_eq!(
        store.chain(ChannelId(CHANNEL)).await.unwrap(),
        Some(chain(1, 1))
    );
    assert_eq!(store.chain(ChannelId(CHANNEL + 1)).await.unwrap(), None);
    // Two members name a film at once; the second does not count, nor does a chain started at the
    // same time.
    assert!(
        store
            .put_chain(chain(2, 2), Some(&chain(1, 1)))
            .await
            .unwrap()
    );
    assert!(
        !store
            .put_chain(chain(3, 2), Some(&chain(1, 1)))
            .await
            .unwrap()
    );
    assert!(!store.put_chain(chain(4, 1), None).await.unwrap());
    // A repeat gets the same result.
    assert!(
        store
            .put_chain(chain(2, 2), Some(&chain(1, 1)))
            .await
            .unwrap()
    );
    assert_eq!(
        store.chain(ChannelId(CHANNEL)).await.unwrap(),
        Some(chain(2, 2))
    );
}

async fn the_longest_chain_of_a_server_is_kept(scratch: Scratch) {
    let store = scratch.open();
    assert_eq!(longest_of(&store, GUILD).await, (0, 0));
    let mut before: Option<StoredChain> = None;
    for (turn, films, longest) in [(1, 1, 1), (2, 7, 7), (3, 1, 7), (4, 8, 8)] {
        assert!(
            store
                .put_chain(chain(turn, films), before.as_ref())
                .await
                .unwrap()
        );
        assert_eq!(
            longest_of(&store, GUILD).await,
            (longest, 1_000 + i64::from(longest))
        );
        before = Some(chain(turn, films));
    }
    // Refused films set no record.
    assert!(
        !store
            .put_chain(chain(5, 99), Some(&chain(1, 1)))
            .await
            .unwrap()
    );
    assert_eq!(longest_of(&store, GUILD).await, (8, 1_008));
    assert_eq!(longest_of(&store, GUILD + 1).await, (0, 0));
}

async fn longest_of(store: &Store, guild: u64) -> (u32, i64) {
    let longest = store.longest_chain(GuildId(guild)).await.unwrap();
    (longest.films, longest.at_ms)
}

async fn a_chain_ends_once_and_no_film_goes_on_with_it_then(scratch: Scratch) {
    let store = scratch.open();
    let whole = ShardRange::WHOLE;
    assert!(store.put_chain(chain(1, 1), None).await.unwrap());
    assert_eq!(
        store.unannounced_chains(whole).await.unwrap(),
        [chain(1, 1)]
    );
    let elsewhere = ShardRange::new(0, 0, 2).unwrap();
    let other = ShardRange::new(1, 1, 2).unwrap();
    let mut parts = store.unannounced_chains(elsewhere).await.unwrap();
    parts.extend(store.unannounced_chains(other).await.unwrap());
    assert_eq!(parts, [chain(1, 1)], "one process each");
    // Another try, as after a crash, returns the first time.
    for _ in 0..2 {
        assert_eq!(
            store
                .end_chain(ChannelId(CHANNEL), InteractionId(9), 5_000)
                .await
                .unwrap(),
            None
        );
    }
    assert_eq!(
        store
            .end_chain(ChannelId(CHANNEL), InteractionId(1), 5_000)
            .await
            .unwrap(),
        Some(5_000)
    );
    assert_eq!(
        store
            .end_chain(ChannelId(CHANNEL), InteractionId(1), 9_000)
            .await
            .unwrap(),
        Some(5_000)
    );
    let ending = StoredChain {
        ending_at_ms: Some(5_000),
        ..chain(1, 1)
    };
    assert_eq!(
        store.unannounced_chains(whole).await.unwrap(),
        std::slice::from_ref(&ending)
    );
    // A film that was in time when it was read is now too late.
    let late = store.put_chain(chain(2, 2), Some(&chain(1, 1))).await;
    assert!(!late.unwrap());
    store
        .mark_chain_announced(ChannelId(CHANNEL), InteractionId(1))
        .await
        .unwrap();
    assert_eq!(store.unannounced_chains(whole).await.unwrap(), []);
    assert_eq!(
        store
            .end_chain(ChannelId(CHANNEL), InteractionId(1), 9_000)
            .await
            .unwrap(),
        None
    );
    let announced = StoredChain {
        route: None,
        ..ending
    };
    assert_eq!(
        store.chain(ChannelId(CHANNEL)).await.unwrap(),
        Some(announced.clone())
    );
    // The channel's next chain is announced, too.
    assert!(
        store
            .put_chain(chain(3, 1), Some(&announced))
            .await
            .unwrap()
    );
    assert_eq!(
        store.unannounced_chains(whole).await.unwrap(),
        [chain(3, 1)]
    );
}
