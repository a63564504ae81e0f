//! Questions that members write: kept until someone decides, and put into a pack once.

use super::*;
use crate::{Draft, PackEdit, REMOVED_KEPT_MS, StoredPack};
use futures_util::future::join_all;
use heat_core::id::InteractionId;

on_every_database!(
    drafts_belong_to_their_server_and_old_ones_go,
    a_member_has_no_more_suggestions_than_they_may,
    a_draft_goes_into_a_pack_once_and_no_edit_is_lost,
    a_removed_pack_comes_back_within_a_week,
);

const ID: InteractionId = InteractionId(u64::MAX - 3);
const HERE: GuildId = GuildId(GUILD);
const DAY_MS: i64 = 86_400_000;

fn draft(id: InteractionId, author: u64, is_suggested: bool, at_ms: i64) -> Draft {
    Draft {
        id,
        guild: HERE,
        author: UserId(author),
        body: format!("{{\"n\":{id}}}"),
        is_suggested,
        at_ms,
    }
}

fn pack(body: &str, added_at_ms: i64) -> StoredPack {
    StoredPack {
        id: "p".to_owned(),
        body: body.to_owned(),
        added_by: UserId(u64::MAX),
        added_at_ms,
    }
}

async fn drafts_belong_to_their_server_and_old_ones_go(scratch: Scratch) {
    let store = scratch.open();
    let first = draft(ID, u64::MAX, false, 5);
    let suggested = draft(InteractionId(3), 7, true, 6);
    for draft in [&first, &suggested, &first] {
        assert!(store.put_draft(draft.clone(), 5).await.unwrap());
    }
    store.close().await.unwrap();
    let store = scratch.open();
    assert_eq!(store.draft(HERE, ID).await.unwrap(), Some(first.clone()));
    assert_eq!(store.draft(GuildId(GUILD - 1), ID).await.unwrap(), None);
    assert!(!store.remove_draft(GuildId(GUILD - 1), ID).await.unwrap());
    let again = Draft {
        is_suggested: true,
        body: "{}".to_owned(),
        ..first
    };
    assert!(store.put_draft(again.clone(), 5).await.unwrap());
    assert_eq!(store.suggestions(HERE).await.unwrap(), [again, suggested]);
    assert!(store.remove_draft(HERE, ID).await.unwrap());
    assert!(!store.remove_draft(HERE, ID).await.unwrap());
    // A day later, unfinished drafts are gone and suggestions are still there.
    assert!(
        store
            .put_draft(draft(InteractionId(8), 7, false, 7), 5)
            .await
            .unwrap()
    );
    assert!(
        store
            .put_draft(draft(InteractionId(9), 7, false, 8 + DAY_MS), 5)
            .await
            .unwrap()
    );
    assert_eq!(store.draft(HERE, InteractionId(8)).await.unwrap(), None);
    assert!(store.draft(HERE, InteractionId(3)).await.unwrap().is_some());
}

async fn a_member_has_no_more_suggestions_than_they_may(scratch: Scratch) {
    let store = scratch.open();
    let adding = (1..=8).map(|id| store.put_draft(draft(InteractionId(id), 7, true, 5), 3));
    let added = join_all(adding).await;
    assert_eq!(
        added
            .into_iter()
            .filter(|added| *added.as_ref().unwrap())
            .count(),
        3
    );
    assert!(
        store
            .put_draft(draft(InteractionId(20), 8, true, 5), 3)
            .await
            .unwrap()
    );
    assert!(
        store
            .put_draft(draft(InteractionId(21), 7, false, 5), 3)
            .await
            .unwrap()
    );
    let waiting = store.suggestions(HERE).await.unwrap();
    assert_eq!(waiting.len(), 4);
    // A waiting suggestion may be rewritten.
    assert!(store.put_draft(waiting[0].clone(), 3).await.unwrap());
}

async fn a_draft_goes_into_a_pack_once_and_no_edit_is_lost(scratch: Scratch) {
    let store = scratch.open();
    store
        .put_draft(draft(InteractionId(3), 7, true, 5), 5)
        .await
        .unwrap();
    let edit = |was: Option<&str>, body: &str, draft| PackEdit {
        guild: HERE,
        pack: pack(body, 9),
        was: was.map(str::to_owned),
        draft,
    };
    assert!(
        !store
            .edit_pack(edit(Some("a"), "b", Some(InteractionId(3))))
            .await
            .unwrap()
    );
    assert!(
        store.draft(HERE, InteractionId(3)).await.unwrap().is_some(),
        "both or neither"
    );
    assert!(
        store
            .edit_pack(edit(None, "a", Some(InteractionId(3))))
            .await
            .unwrap()
    );
    assert_eq!(store.draft(HERE, InteractionId(3)).await.unwrap(), None);
    // Of many that read the same pack, one changes it.
    let bodies: Vec<String> = (0..6).map(|n| format!("b{n}")).collect();
    let changing = bodies
        .iter()
        .map(|body| store.edit_pack(edit(Some("a"), body, None)));
    let changed = join_all(changing).await;
    assert_eq!(
        changed
            .into_iter()
            .filter(|done| *done.as_ref().unwrap())
            .count(),
        1
    );
}

async fn a_removed_pack_comes_back_within_a_week(scratch: Scratch) {
    let store = scratch.open();
    store.put_pack(HERE, pack("a", 5)).await.unwrap();
    assert!(!store.restore_pack(HERE, "q").await.unwrap());
    assert!(store.remove_pack(HERE, "p", 100).await.unwrap());
    assert_eq!(store.packs(HERE).await.unwrap(), []);
    assert_eq!(store.removed_packs(HERE).await.unwrap(), [pack("a", 5)]);
    store.purge_packs(100 + REMOVED_KEPT_MS).await.unwrap();
    for _ in 0..2 {
        assert!(store.restore_pack(HERE, "p").await.unwrap());
    }
    assert_eq!(store.packs(HERE).await.unwrap(), [pack("a", 5)]);
    assert!(store.remove_pack(HERE, "p", 100).await.unwrap());
    store.purge_packs(101 + REMOVED_KEPT_MS).await.unwrap();
    assert!(!store.restore_pack(HERE, "p").await.unwrap());
    // A pack with the same name starts again.
    store.put_pack(HERE, pack("b", 6)).await.unwrap();
    assert!(store.remove_pack(HERE, "p", 100).await.unwrap());
    store.put_pack(HERE, pack("c", 7)).await.unwrap();
    assert_eq!(store.packs(HERE).await.unwrap(), [pack("c", 7)]);
}
