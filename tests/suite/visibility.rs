//! Who sees the answer to every command and button, both when the work is done at once and when it
//! is so slow that every answer is deferred: the same in both cases.

use crate::common::evening::Evening;
use crate::common::message::{choice, title};
use crate::common::{Discord, Member, Transport, component, components, over_both_transports};
use heat_check::discord::DEFER_AFTER;
use serde_json::{Value, json};
use std::time::Duration;

over_both_transports!(
    lookups,
    lookups_deferred,
    puzzles,
    puzzles_deferred,
    a_game,
    a_game_deferred,
    hosts_and_lobbies,
    hosts_and_lobbies_deferred,
);

async fn lookups(transport: Transport) {
    looked_up(transport, DEFER_AFTER).await;
}

async fn lookups_deferred(transport: Transport) {
    looked_up(transport, Duration::ZERO).await;
}

async fn puzzles(transport: Transport) {
    puzzled_over(transport, DEFER_AFTER).await;
}

async fn puzzles_deferred(transport: Transport) {
    puzzled_over(transport, Duration::ZERO).await;
}

async fn a_game(transport: Transport) {
    through_a_game(transport, DEFER_AFTER).await;
}

async fn a_game_deferred(transport: Transport) {
    through_a_game(transport, Duration::ZERO).await;
}

async fn hosts_and_lobbies(transport: Transport) {
    hosted_and_gathered(transport, DEFER_AFTER).await;
}

async fn hosts_and_lobbies_deferred(transport: Transport) {
    hosted_and_gathered(transport, Duration::ZERO).await;
}

/// Where an answer went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    ByAll,
    ByOne,
    /// In the message whose button was pressed.
    InPlace,
}

use Seen::{ByAll, ByOne, InPlace};

struct Watch<'a> {
    discord: &'a Discord,
}

impl Watch<'_> {
    /// The answer to an interaction, and where it went. `pressed` is given where the answer may
    /// change the message that was pressed.
    async fn answer(&self, interaction: &str, pressed: Option<&Value>) -> (Seen, Value) {
        self.discord
            .wait_for("an answer", |state| {
                let was_late = state.interaction_state(interaction) == Some("failed");
                assert!(!was_late, "no answer in time\n{}", state.dump());
                let mut all = state.messages.values().flatten();
                let is_answer = |m: &&Value| {
                    m["interaction_metadata"]["id"] == interaction && m["thinking"] != true
                };
                if let Some(answer) = all.clone().find(is_answer) {
                    let seen = if answer["visible_to"].is_null() {
                        ByAll
                    } else {
                        ByOne
                    };
                    return Some((seen, answer.clone()));
                }
                let pressed = pressed?;
                let now = all.find(|m| m["id"] == pressed["id"])?;
                (now != pressed).then(|| (InPlace, now.clone()))
            })
            .await
    }

    async fn command(
        &self,
        (who, channel): (&Member<'_>, &str),
        name: &str,
        options: Value,
        expect: Seen,
    ) -> Value {
        let shown = format!("/{name} {options}");
        let used = who.slash(channel, name, options).await;
        let (seen, answer) = self.answer(&used, None).await;
        assert_eq!(seen, expect, "{shown}: {answer:#}");
        answer
    }

    /// A button whose answer never changes its own message.
    async fn press(&self, who: &Member<'_>, on: &Value, button: &str, expect: Seen) -> Value {
        let pressed = who.click(on, button).await;
        let (seen, answer) = self.answer(&pressed, None).await;
        assert_eq!(seen, expect, "{button}: {answer:#}");
        answer
    }

    /// A button whose answer may change it.
    async fn turn(&self, who: &Member<'_>, on: &Value, button: &str, expect: Seen) -> Value {
        let pressed = who.click(on, button).await;
        let (seen, answer) = self.answer(&pressed, Some(on)).await;
        assert_eq!(seen, expect, "{button}: {answer:#}");
        answer
    }

    async fn select(&self, who: &Member<'_>, on: &Value, value: &str, expect: Seen) -> Value {
        let mut all = components(on);
        let menu = all.find(|c| c["type"] == 3).expect("a menu");
        let id = menu["custom_id"].as_str().unwrap();
        let selected = who.select(on, id, &[value]).await.unwrap();
        let (seen, answer) = self.answer(&selected, Some(on)).await;
        assert_eq!(seen, expect, "{id} {value}: {answer:#}");
        answer
    }
}

async fn looked_up(transport: Transport, defer_after: Duration) {
    let evening = Evening::begin_deferring(transport, defer_after).await;
    let watch = Watch {
        discord: &evening.discord,
    };
    between_games(&evening, &watch).await;
    evening.end().await;
}

async fn puzzled_over(transport: Transport, defer_after: Duration) {
    let evening = Evening::begin_deferring(transport, defer_after).await;
    let watch = Watch {
        discord: &evening.discord,
    };
    a_daily_puzzle(&evening, &watch).await;
    a_chain(&evening, &watch).await;
    help_and_panel(&evening, &watch).await;
    evening.end().await;
}

async fn hosted_and_gathered(transport: Transport, defer_after: Duration) {
    let evening = Evening::begin_deferring(transport, defer_after).await;
    let watch = Watch {
        discord: &evening.discord,
    };
    a_host(&evening, &watch).await;
    gathering(&evening, &watch).await;
    evening.end().await;
}

async fn a_chain(evening: &Evening, watch: &Watch<'_>) {
    let [foley, grip] = evening.members(["Foley", "Grip"]);
    let heat = || json!({ "film": "work:heat-1995" });
    watch
        .command((&foley, "general"), "chain", heat(), ByAll)
        .await;
    watch
        .command((&foley, "general"), "chain", heat(), ByOne)
        .await;
    let link = json!({ "film": "work:the-insider" });
    watch
        .command((&grip, "general"), "chain", link, ByAll)
        .await;
}

async fn between_games(evening: &Evening, watch: &Watch<'_>) {
    let [foley, grip, gaffer] = evening.members(["Foley", "Grip", "Gaffer"]);
    let here = (&foley, "general");
    let by = |option: &str, value: &str| json!({ option: value });
    let sub = |name: &str| json!([{ "name": name, "options": [] }]);
    watch.command(here, "help", json!({}), ByOne).await;
    watch.command(here, "privacy", sub("export"), ByOne).await;
    let sure = watch.command(here, "privacy", sub("delete"), ByOne).await;
    watch.turn(&foley, &sure, "Keep it", InPlace).await;
    watch.command(here, "packs", sub("list"), ByOne).await;
    watch.command(here, "stats", json!({}), ByOne).await;
    let manager = (&gaffer, "general");
    watch.command(manager, "settings", sub("show"), ByOne).await;
    watch.command(manager, "reports", json!({}), ByOne).await;
    watch.command(manager, "schedule", sub("list"), ByOne).await;
    seasons(watch, here, manager).await;

    let found = by("name", "Vincent Hanna");
    watch.command(here, "cast", found, ByAll).await;
    let nothing = by("name", "Zorro Quixote");
    watch.command(here, "cast", nothing, ByOne).await;
    let pacino = by("name", "Robert De Niro");
    let long = watch.command(here, "cast", pacino, ByAll).await;
    let more = components(&long).find(|c| c["label"].as_str().unwrap_or("").ends_with(" more"));
    if let Some(more) = more {
        let more = more["label"].as_str().unwrap().to_owned();
        watch.turn(&grip, &long, &more, ByOne).await;
        watch.turn(&foley, &long, &more, InPlace).await;
    }
    let news = watch.command(here, "news", json!({}), ByAll).await;
    watch.select(&grip, &news, "casting", ByOne).await;
    watch.select(&foley, &news, "studio", InPlace).await;
    let nothing = by("about", "Zorro Quixote");
    watch.command(here, "news", nothing, ByOne).await;

    let board = watch.command(here, "leaderboard", json!({}), ByAll).await;
    watch
        .select(&grip, &board, "board:server:week:0", ByOne)
        .await;
    watch
        .select(&foley, &board, "board:server:week:0", InPlace)
        .await;
    let daily = watch
        .command(here, "leaderboard", by("period", "daily"), ByAll)
        .await;
    watch.turn(&grip, &daily, "All servers", ByOne).await;
    watch.turn(&foley, &daily, "All servers", InPlace).await;

    let csv = b"question,answer,wrong 1,wrong 2,wrong 3\nWho is at the door?,The crew,A,B,C\n";
    let file = gaffer.upload("crew.csv", csv).await.unwrap();
    let add = json!([{ "name": "add", "options": [{ "name": "file", "value": file }] }]);
    let preview = watch.command(manager, "packs", add, ByOne).await;
    watch.turn(&gaffer, &preview, "Cancel", InPlace).await;
}

async fn seasons(watch: &Watch<'_>, here: (&Member<'_>, &str), manager: (&Member<'_>, &str)) {
    let sub = |name: &str| json!([{ "name": name, "options": [] }]);
    let open = json!([{ "name": "open", "options": [{ "name": "name", "value": "Autumn" }] }]);
    let this = json!({ "period": "season" });
    watch.command(here, "season", open.clone(), ByOne).await;
    watch
        .command(here, "leaderboard", this.clone(), ByOne)
        .await;
    watch.command(here, "season", sub("show"), ByOne).await;
    watch.command(manager, "season", open.clone(), ByAll).await;
    watch.command(manager, "season", open, ByOne).await;
    let board = watch.command(here, "leaderboard", this, ByAll).await;
    watch
        .select(manager.0, &board, "board:server:week:0", ByOne)
        .await;
    watch
        .select(here.0, &board, "board:server:week:0", InPlace)
        .await;
    watch.command(here, "season", sub("show"), ByAll).await;
    watch.command(manager, "season", sub("close"), ByOne).await;
    watch.command(here, "season", sub("hall"), ByAll).await;
}

async fn through_a_game(transport: Transport, defer_after: Duration) {
    let evening = Evening::begin_deferring(transport, defer_after).await;
    let discord = &evening.discord;
    let watch = Watch { discord };
    let [foley, grip, clapper] = evening.members(["Foley", "Grip", "Clapper"]);
    let gaffer = evening.member("Gaffer");
    let (here, other) = ((&foley, "trivia"), (&grip, "trivia"));
    let options = json!({ "rounds": 1, "seconds": 30, "pack": "heat-1995" });
    watch.command(here, "quiz", options.clone(), ByAll).await;
    let question = discord.question("trivia", 1).await;
    watch.command(other, "quiz", options, ByOne).await;
    let spoiler = json!({ "name": "Vincent Hanna" });
    watch.command(other, "cast", spoiler, ByOne).await;
    watch.command(other, "news", json!({}), ByOne).await;

    watch.press(&clapper, &question, "Hint −50 %", ByOne).await;
    watch.press(&clapper, &question, "Stop", ByOne).await;
    watch.press(&clapper, &question, "Skip", ByOne).await;
    let first = choice(&question, 0);
    watch.press(&grip, &question, &first, ByOne).await;
    watch.press(&grip, &question, &first, ByOne).await;
    watch.press(&foley, &question, "Skip", ByOne).await;
    let reveal = discord.reveal(&question).await;
    if component(&reveal, "Look it up").is_some() {
        watch.press(&grip, &reveal, "Look it up", ByOne).await;
    }

    let menu = watch.press(&grip, &reveal, "Report", ByOne).await;
    let noted = watch.select(&grip, &menu, "wrong", InPlace).await;
    let note = components(&noted).next().expect("a button")["label"]
        .as_str()
        .unwrap()
        .to_owned();
    let opened = grip.click(&noted, &note).await;
    let text = json!({ "text": "See the end" });
    let sent = grip.submit_modal(&opened, &text).await.unwrap();
    let (seen, answer) = watch.answer(&sent, Some(&noted)).await;
    assert_eq!(seen, InPlace, "{answer:#}");
    let manager = (&gaffer, "general");
    let list = watch.command(manager, "reports", json!({}), ByOne).await;
    watch.turn(&gaffer, &list, "Dismiss 1", InPlace).await;

    let scoreboard = discord.scoreboard("trivia").await;
    watch.press(&grip, &scoreboard, "My misses", ByOne).await;
    watch.press(&grip, &scoreboard, "Leaderboard", ByOne).await;
    watch.command(other, "stats", json!({}), ByAll).await;
    watch.press(&grip, &scoreboard, "Play again", ByAll).await;
    watch.press(&foley, &scoreboard, "Play again", ByOne).await;
    let question = discord.question("trivia", 1).await;
    let asked = watch.press(&grip, &question, "Stop", ByOne).await;
    watch.turn(&grip, &asked, "Stop the game", InPlace).await;
    let ended = |m: &Value| m["id"] != scoreboard["id"] && component(m, "Play again").is_some();
    discord.wait_for_message("trivia", "the end", ended).await;

    let typed = json!({ "rounds": 1, "seconds": 30, "answers": "typed", "pack": "heat-1995" });
    watch.command((&foley, "quiz"), "quiz", typed, ByAll).await;
    let question = discord.question("quiz", 1).await;
    let opened = foley.click(&question, "Answer").await;
    let text = json!({ "text": "nobody" });
    let sent = foley.submit_modal(&opened, &text).await.unwrap();
    let (seen, answer) = watch.answer(&sent, None).await;
    assert_eq!(seen, ByOne, "{answer:#}");
    evening.end().await;
}

async fn a_host(evening: &Evening, watch: &Watch<'_>) {
    let discord = &evening.discord;
    let [foley, clapper] = evening.members(["Foley", "Clapper"]);
    let options = json!({
        "rounds": 3, "seconds": 5, "answers": "typed", "pack": "heat-1995", "host": true,
    });
    let start = watch
        .command((&foley, "trivia"), "quiz", options, ByAll)
        .await;
    watch.turn(&clapper, &start, "First question", ByOne).await;
    watch.turn(&foley, &start, "First question", InPlace).await;
    let question = discord.question("trivia", 1).await;
    clapper.type_answer(&question, "nobody at all").await;
    let reveal = discord.reveal(&question).await;
    watch.turn(&clapper, &reveal, "Next question", ByOne).await;
    for button in ["Judge answers", "Bonus"] {
        watch.press(&clapper, &reveal, button, ByOne).await;
    }
    watch.turn(&foley, &reveal, "Break", InPlace).await;
    let panel = watch.press(&foley, &reveal, "Judge answers", ByOne).await;
    watch.select(&foley, &panel, "0", InPlace).await;
    let panel = watch.press(&foley, &reveal, "Bonus", ByOne).await;
    watch
        .select(&foley, &panel, &clapper.user_id, InPlace)
        .await;
    let question = watch.press(&foley, &reveal, "Stop", ByOne).await;
    watch
        .turn(&foley, &question, "Stop the game", InPlace)
        .await;
}

async fn gathering(evening: &Evening, watch: &Watch<'_>) {
    let discord = &evening.discord;
    let [foley, grip, clapper] = evening.members(["Foley", "Grip", "Clapper"]);
    let here = (&foley, "stage-2");
    let options = json!({ "mode": "elimination", "rounds": 1, "seconds": 5 });
    let lobby = watch.command(here, "quiz", options, ByAll).await;
    let lobby = watch.turn(&grip, &lobby, "Join", InPlace).await;
    watch.turn(&clapper, &lobby, "Begin", ByOne).await;
    watch.turn(&foley, &lobby, "Begin", InPlace).await;
    discord.question("stage-2", 1).await;

    let here = (&foley, "stage-1");
    let options = json!({ "opponent": grip.user_id, "rounds": 1, "seconds": 5 });
    let challenge = watch.command(here, "quiz", options, ByAll).await;
    assert_eq!(challenge["mentions"][0]["id"], grip.user_id.as_str());
    assert!(title(&challenge).contains("Duel"), "{challenge:#}");
    watch.turn(&clapper, &challenge, "Accept", ByOne).await;
    watch.turn(&grip, &challenge, "Accept", InPlace).await;
}

async fn a_daily_puzzle(evening: &Evening, watch: &Watch<'_>) {
    let clapper = evening.member("Clapper");
    let here = (&clapper, "general");
    let mut puzzle = watch.command(here, "daily", json!({}), ByOne).await;
    for _ in 0..5 {
        let first = components(&puzzle).next().expect("a choice");
        let first = first["custom_id"].as_str().unwrap().to_owned();
        puzzle = watch.turn(&clapper, &puzzle, &first, InPlace).await;
        let next = components(&puzzle).next().expect("a way on");
        let next = next["label"].as_str().unwrap().to_owned();
        puzzle = watch.turn(&clapper, &puzzle, &next, InPlace).await;
    }
    watch.press(&clapper, &puzzle, "Who did best", ByOne).await;
    watch.press(&clapper, &puzzle, "Share here", ByAll).await;
    watch.press(&clapper, &puzzle, "Share here", ByOne).await;
}

async fn help_and_panel(evening: &Evening, watch: &Watch<'_>) {
    let [foley, grip] = evening.members(["Foley", "Grip"]);
    let here = (&foley, "general");
    let help = watch.command(here, "help", json!({}), ByOne).await;
    for button in ["Daily", "How points work", "Modes", "Privacy"] {
        watch.press(&foley, &help, button, ByOne).await;
    }
    let bare = (&grip, "general");
    watch.command(bare, "quiz", json!({}), ByOne).await;
    let panel = watch.press(&foley, &help, "Play", ByOne).await;
    let panel = watch.select(&foley, &panel, "race", InPlace).await;
    let started = watch.press(&foley, &panel, "Start now", ByAll).await;
    assert!(title(&started).starts_with("Race"), "{started:#}");
    watch.press(&foley, &panel, "Start now", ByOne).await;
}
