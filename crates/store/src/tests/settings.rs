//! The settings of servers.

use super::*;

on_every_database!(settings_belong_to_their_server);

async fn settings_belong_to_their_server(scratch: Scratch) {
    let store = scratch.open();
    assert_eq!(store.settings(GuildId(1)).await.unwrap(), None);
    for (guild, body) in [(1, "{}"), (u64::MAX, r#"{"b":"ß✓'"}"#), (1, r#"{"c":1}"#)] {
        store.put_settings(GuildId(guild), body).await.unwrap();
        let found = store.settings(GuildId(guild)).await.unwrap();
        assert_eq!(found.as_deref(), Some(body));
    }
    store.close().await.unwrap();
    let store = scratch.open();
    let found = store.settings(GuildId(1)).await.unwrap();
    assert_eq!(found.as_deref(), Some(r#"{"c":1}"#));
    assert_eq!(store.settings(GuildId(2)).await.unwrap(), None);
}
