//! `/healthz`: does the bot work now? `/readyz`: has it started?

use super::Monitored;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// What was found, and whether all is well.
pub(super) struct Report {
    pub well: bool,
    pub body: Value,
}

/// Whether every shard of this process is connected and the store accepts writes.
pub(super) async fn health(watched: &Monitored) -> Report {
    let shards = watched.meters.gateway.shards();
    let lost: Vec<u32> = shards
        .iter()
        .filter(|(_, shard)| !shard.connected)
        .map(|(id, _)| *id)
        .collect();
    let gateway = if lost.is_empty() {
        json!({ "ok": true, "shards": shards.len() })
    } else {
        json!({ "ok": false, "shards": shards.len(), "not_connected": shown(&lost) })
    };
    // The cause may name files or hosts, so it goes to the log and not to the page.
    let written = watched.store.probe().await;
    if let Err(error) = &written {
        tracing::warn!(%error, "health.store_not_writable");
    }
    Report {
        well: lost.is_empty() && written.is_ok(),
        body: json!({ "gateway": gateway, "store": { "ok": written.is_ok() } }),
    }
}

/// Whether the previous process's games were resumed and the packs read, and every shard has been
/// READY once.
pub(super) fn readiness(watched: &Monitored) -> Report {
    let stopping = watched.host.is_stopping();
    let recovered = watched.recovered.load(Ordering::Relaxed);
    let shards = watched.meters.gateway.shards();
    let waits: Vec<u32> = shards
        .iter()
        .filter(|(_, shard)| !shard.was_ready)
        .map(|(id, _)| *id)
        .collect();
    Report {
        well: recovered && waits.is_empty() && !stopping,
        body: json!({
            "stopping": stopping,
            "games_recovered": recovered,
            "shards": shards.len(),
            "not_ready": shown(&waits),
        }),
    }
}

/// Names a few of these shards; a list of thousands would help nobody.
fn shown(shards: &[u32]) -> &[u32] {
    &shards[..shards.len().min(20)]
}
