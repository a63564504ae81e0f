//! The packs of servers.

use super::*;
use crate::StoredPack;

on_every_database!(packs_belong_to_their_server);

async fn packs_belong_to_their_server(scratch: Scratch) {
    let store = scratch.open();
    let pack = |id: &str, body: &str, added_at_ms| StoredPack {
        id: id.to_owned(),
        body: body.to_owned(),
        added_by: UserId(u64::MAX),
        added_at_ms,
    };
    let (old, new) = (pack("b", "{}", 5), pack("b", r#"{"title":"ß"}"#, 9));
    let other = pack("a", "{}", 7);
    store.put_pack(GuildId(1), old.clone()).await.unwrap();
    store.put_pack(GuildId(1), other.clone()).await.unwrap();
    store.put_pack(GuildId(2), other.clone()).await.unwrap();
    assert_eq!(store.packs(GuildId(1)).await.unwrap(), [old, other.clone()]);
    store.put_pack(GuildId(1), new.clone()).await.unwrap();
    assert_eq!(store.packs(GuildId(1)).await.unwrap(), [other.clone(), new]);
    assert_eq!(store.remove_pack(GuildId(1), "a", 9).await, Ok(true));
    assert_eq!(store.remove_pack(GuildId(1), "a", 9).await, Ok(false));
    assert_eq!(store.packs(GuildId(1)).await.unwrap().len(), 1);
    assert_eq!(store.packs(GuildId(2)).await.unwrap(), [other]);
}
