//! Film chains: one a channel, each film once, and the longest of a server.

use super::*;
use crate::StoredChain;
use heat_core::id::{ChannelId, GuildId, InteractionId, UserId};

on_every_database!(
    a_chain_goes_on_from_where_it_was_and_only_once,
    the_longest_chain_of_a_server_is_kept,
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
    // Two name a film at once; the second one's does not count, nor does a chain begun beside it.
    assert!(
        store
            .put_chain(chain(2, 2), Some(InteractionId(1)))
            .await
            .unwrap()
    );
    assert!(
        !store
            .put_chain(chain(3, 2), Some(InteractionId(1)))
            .await
            .unwrap()
    );
    assert!(!store.put_chain(chain(4, 1), None).await.unwrap());
    // The same again is told the same.
    assert!(
        store
            .put_chain(chain(2, 2), Some(InteractionId(1)))
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
    assert_eq!(store.longest_chain(GuildId(GUILD)).await.unwrap(), 0);
    let mut before = None;
    for (turn, films, longest) in [(1, 1, 1), (2, 7, 7), (3, 1, 7), (4, 8, 8)] {
        assert!(store.put_chain(chain(turn, films), before).await.unwrap());
        assert_eq!(store.longest_chain(GuildId(GUILD)).await.unwrap(), longest);
        before = Some(InteractionId(turn));
    }
    // What was refused is no record.
    assert!(
        !store
            .put_chain(chain(5, 99), Some(InteractionId(1)))
            .await
            .unwrap()
    );
    assert_eq!(store.longest_chain(GuildId(GUILD)).await.unwrap(), 8);
    assert_eq!(store.longest_chain(GuildId(GUILD + 1)).await.unwrap(), 0);
}
