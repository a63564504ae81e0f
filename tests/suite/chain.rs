//! A film chain with the real program on the simulated Discord: killed in the middle and at its end.

use crate::common::message::description;
use crate::common::stage::Stage;
use crate::common::{Discord, Member};
use serde_json::{Value, json};

/// Names a film, and waits for the bot's reply.
async fn name(member: &Member<'_>, film: &str) -> Value {
    let asked = member.slash("general", "chain", json!({ "film": film }));
    member.answer("general", &asked.await).await
}

/// How many messages announce the end of a chain.
fn ends(discord: &Discord) -> usize {
    let seen = discord.state();
    let said = seen.messages_in("general").iter().map(description);
    said.filter(|said| said.contains("Time is up")).count()
}

/// A film that Discord sends twice counts once. After a kill, the end is still announced, and only
/// once. There is no kill between two films, because a slow machine may need the twenty seconds to
/// start.
#[tokio::test(flavor = "multi_thread")]
async fn a_film_counts_once_and_a_chain_ends_once_over_kills() {
    let stage = Stage::new().await;
    let mut bot = stage.start(&[]).await;
    let discord = &stage.discord;
    let [foley, grip] = ["Foley", "Grip"].map(|name| discord.member(name));
    let begun = name(&foley, "work:heat-1995").await;
    assert!(begun["visible_to"].is_null(), "{begun:#}");
    discord.inject(&json!({ "duplicate_dispatches": 1 })).await;
    let linked = name(&grip, "work:the-insider").await;
    assert!(description(&linked).contains("**2 films**"), "{linked:#}");
    let refused = name(&grip, "work:collateral").await;
    assert_eq!(refused["visible_to"], grip.user_id.as_str());
    stage.kill(&mut bot).await;

    let mut bot = stage.start(&[]).await;
    let is_over = |m: &Value| description(m).contains("Time is up after 2 films");
    let over = discord.wait_for_message("general", "the end", is_over);
    assert!(over.await["visible_to"].is_null());
    stage.kill(&mut bot).await;
    let _bot = stage.start(&[]).await;
    name(&foley, "work:heat-1995").await;
    assert_eq!(ends(discord), 1, "{}", discord.state().dump());
    discord.assert_no_rejections().await;
}
