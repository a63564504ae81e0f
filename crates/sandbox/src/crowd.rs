//! A crowd of simulated members who play by themselves, so that one person at the page sees the bot
//! as in a busy server: boards get several pages, questions close early.
//!
//! They do what any member can do: look at the bot's public messages and press a button after a
//! while. Each has its own speed and skill. The sandbox knows no bot, so it does not know which
//! button is right; a program that does can provide a [`Coach`], and the skilled members are then
//! right more often. Without one they guess.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde::Deserialize as _;
use serde_json::Value;
use tokio::sync::broadcast::error::RecvError;

use super::{
    hub::{self, Hub},
    id::{ChannelId, MessageId, UserId},
};

/// The most members in a crowd.
pub const CROWD_MAX: u16 = 40;
/// The most messages remembered as already handled.
const SEEN_MAX: usize = 2_000;
/// The fastest and the slowest answer, in milliseconds.
const FASTEST_MS: u64 = 1_200;
const SLOWEST_MS: u64 = 9_000;
/// The percentage of questions a member answers at all.
const KEENNESS: u32 = 90;

/// Returns the `custom_id` of a message's right button, if the coach knows it.
pub type Coach = Arc<dyn Fn(&Value) -> Option<String> + Send + Sync>;

/// One member's traits.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Traits {
    /// The chance of pressing the right button, if it is known.
    skill: f64,
    /// Its fastest answer, in milliseconds.
    from_ms: u64,
}

impl Traits {
    /// A member has the same traits in every run.
    fn of(number: u16) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(u64::from(number) ^ 0x00C0_FFEE);
        Self {
            skill: rng.random_range(0.25..0.95),
            from_ms: rng.random_range(FASTEST_MS..SLOWEST_MS / 2),
        }
    }
}

/// A button that one member presses after a while.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Press {
    user_id: UserId,
    after: Duration,
    custom_id: String,
}

/// Plays once the crowd has a member, until the sandbox stops.
pub fn start(hub: &Arc<Hub>) {
    let hub = Arc::clone(hub);
    tokio::spawn(async move {
        let mut stopping = hub.stopping.subscribe();
        tokio::select! {
            () = hub::stopped(&mut stopping) => {}
            () = play(&hub) => {}
        }
    });
}

async fn play(hub: &Arc<Hub>) {
    let mut size = hub.crowd.subscribe();
    let mut rng = ChaCha8Rng::seed_from_u64(hub.options.seed);
    let mut seen = BTreeSet::new();
    loop {
        // Nothing is read or kept while there is no crowd.
        if size.wait_for(|size| *size > 0).await.is_err() {
            return;
        }
        let mut events = hub.pages.subscribe();
        while *size.borrow_and_update() > 0 {
            let event = tokio::select! {
                event = events.recv() => event,
                changed = size.changed() => match changed {
                    Ok(()) => continue,
                    Err(_) => return,
                },
            };
            match event {
                Ok(text) => look_at(hub, &text, &mut seen, &mut rng),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    }
}

fn look_at(hub: &Arc<Hub>, text: &str, seen: &mut BTreeSet<String>, rng: &mut ChaCha8Rng) {
    // Most events do not concern the crowd and are not worth parsing.
    if !text.contains("\"message_create\"") && !text.contains("\"message_update\"") {
        return;
    }
    let Ok(event) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let message = &event["message"];
    let buttons = answers(&event);
    let mark = format!("{} {}", message["id"], buttons.join(" "));
    if buttons.is_empty() || !seen.insert(mark) {
        return;
    }
    if seen.len() > SEEN_MAX {
        seen.pop_first();
    }
    let right = hub.options.coach.as_ref().and_then(|coach| coach(message));
    let crowd = hub.with(|inner, _| inner.world.crowd(*hub.crowd.borrow()));
    for press in presses(&crowd, &buttons, right.as_deref(), rng) {
        press_later(hub, message, press);
    }
}

/// The buttons a member may press on a public message of the bot: one that lets a member join, or
/// the first row of a new message if that offers three or more similar choices. Buttons styled as
/// dangerous, separate ones and page buttons are left alone.
fn answers(event: &Value) -> Vec<String> {
    let message = &event["message"];
    let is_public = message["visible_to"].is_null() && message["author"]["bot"] == true;
    let rows = message["components"].as_array();
    let rows: Vec<&Vec<Value>> = rows
        .into_iter()
        .flatten()
        .filter_map(|row| row["components"].as_array())
        .collect();
    let id = |part: &Value| part["custom_id"].as_str().map(str::to_owned);
    let is_join = |part: &&Value| {
        let label = part["label"].as_str().unwrap_or_default().to_lowercase();
        is_pressable(part) && label.starts_with("join")
    };
    let join = rows.iter().copied().flatten().find(is_join);
    match (join, rows.first()) {
        (Some(join), _) if is_public => Vec::from_iter(id(join)),
        (None, Some(row)) if is_public && event["type"] == "message_create" && is_choice(row) => {
            row.iter().filter_map(id).collect()
        }
        _ => Vec::new(),
    }
}

fn is_choice(row: &[Value]) -> bool {
    row.len() >= 3
        && row
            .iter()
            .all(|part| is_pressable(part) && part["style"] == row[0]["style"])
}

/// An enabled button in one of the three ordinary styles.
fn is_pressable(part: &Value) -> bool {
    part["type"] == 2 && part["disabled"] != true && matches!(part["style"].as_i64(), Some(1..=3))
}

/// Which member presses what, and when.
fn presses(
    crowd: &[(u16, UserId)],
    buttons: &[String],
    right: Option<&str>,
    rng: &mut ChaCha8Rng,
) -> Vec<Press> {
    let mut out = Vec::with_capacity(crowd.len());
    for (number, user_id) in crowd {
        if !rng.random_ratio(KEENNESS, 100) {
            continue;
        }
        let traits = Traits::of(*number);
        let knows = right.filter(|_| rng.random_bool(traits.skill));
        let guess = rng.random_range(0..buttons.len());
        let custom_id = knows.map_or_else(|| buttons[guess].clone(), str::to_owned);
        let after_ms = rng.random_range(traits.from_ms..SLOWEST_MS);
        out.push(Press {
            user_id: *user_id,
            after: Duration::from_millis(after_ms),
            custom_id,
        });
    }
    out
}

fn press_later(hub: &Arc<Hub>, message: &Value, press: Press) {
    let (Ok(channel_id), Ok(message_id)) = (
        ChannelId::deserialize(&message["channel_id"]),
        MessageId::deserialize(&message["id"]),
    ) else {
        return;
    };
    let hub = Arc::clone(hub);
    tokio::spawn(async move {
        tokio::time::sleep(press.after).await;
        let pressed = hub.with(|inner, now_ms| {
            let place = (channel_id, message_id);
            let world = &mut inner.world;
            world.use_component(press.user_id, place, &press.custom_id, &[], now_ms)
        });
        // Too late, as happens to people: the button is gone or disabled.
        if let Ok(interaction_id) = pressed {
            hub.expire_in_time(interaction_id);
        }
    });
}

/// Sets how many members play from now on.
///
/// # Errors
/// A sentence: the crowd's size is limited.
pub fn set(hub: &Arc<Hub>, size: u16) -> Result<(), String> {
    if size > CROWD_MAX {
        return Err(format!("A crowd has at most {CROWD_MAX} members."));
    }
    hub.with(|inner, now_ms| inner.world.gather_crowd(size, now_ms));
    hub.crowd.send_replace(size);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn button(label: &str, style: i64) -> Value {
        json!({ "type": 2, "label": label, "style": style, "custom_id": label })
    }

    fn event(kind: &str, rows: &[Vec<Value>]) -> Value {
        let rows: Vec<Value> = rows
            .iter()
            .map(|parts| json!({ "type": 1, "components": parts }))
            .collect();
        let message = json!({
            "id": "1", "author": { "bot": true }, "visible_to": null, "components": rows,
        });
        json!({ "type": kind, "message": message })
    }

    #[test]
    fn the_crowd_answers_and_joins_but_stops_nothing() {
        let choices: Vec<Value> = ["A", "B", "C", "D"].map(|l| button(l, 2)).into();
        let controls = vec![button("Hint", 2), button("Skip", 2), button("Stop", 4)];
        let mut question = event("message_create", &[choices.clone(), controls]);
        assert_eq!(answers(&question), ["A", "B", "C", "D"]);
        let lobby = [vec![
            button("Join", 3),
            button("Start", 1),
            button("Cancel", 4),
        ]];
        assert_eq!(answers(&event("message_create", &lobby)), ["Join"]);
        assert_eq!(answers(&event("message_update", &lobby)), ["Join"]);
        let over = [vec![
            button("Play again", 1),
            button("My misses", 2),
            button("Leaderboard", 2),
        ]];
        assert_eq!(answers(&event("message_create", &over)), [""; 0]);
        // A board with another page.
        assert_eq!(answers(&event("message_update", &[choices])), [""; 0]);
        question["message"]["visible_to"] = json!("5");
        assert_eq!(answers(&question), [""; 0]);
    }

    #[test]
    fn the_skilled_are_right_more_often_but_not_always() {
        let crowd: Vec<_> = (0..CROWD_MAX).map(|n| (n, u64::from(n).into())).collect();
        let buttons = ["A", "B", "C", "D"].map(str::to_owned);
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut right = vec![0_u32; crowd.len()];
        for _ in 0..400 {
            for press in presses(&crowd, &buttons, Some("C"), &mut rng) {
                let is_right = press.custom_id == "C";
                right[usize::try_from(u64::from(press.user_id)).unwrap_or_default()] +=
                    u32::from(is_right);
                assert!(press.after >= Duration::from_millis(FASTEST_MS));
            }
        }
        let by_skill = |a: &u16, b: &u16| Traits::of(*a).skill.total_cmp(&Traits::of(*b).skill);
        let count = |n: Option<u16>| right[usize::from(n.unwrap_or_default())];
        let best = count((0..CROWD_MAX).max_by(by_skill));
        let worst = count((0..CROWD_MAX).min_by(by_skill));
        assert!(best > worst + 100, "{best} and {worst}");
        assert!(right.iter().all(|n| (60..360).contains(n)), "{right:?}");
    }
}
