//! A hosted evening: the host opens each question, judges what was typed, gives a bonus, calls a break
//! and the last question; others are refused in private; a kill at any step changes nothing.

use crate::common::evening::Evening;
use crate::common::ledger::{shown_points, totals};
use crate::common::message::{choice, description, fields, points, title};
use crate::common::process::{Home, Process};
use crate::common::stage::{self, Stage};
use crate::common::{
    Discord, Member, Transport, component, components, over_both_transports, text,
};
use crate::modes::pack;
use heat_store::Store;
use serde_json::{Value, json};
use std::time::Duration;

over_both_transports!(
    a_hosted_evening,
    a_bonus_after_a_restart_names_its_players,
    a_hosted_team_game,
    a_host_where_none_can_be
);

fn options(rounds: u16) -> Value {
    json!({
        "pack": "known", "answers": "typed", "rounds": rounds, "seconds": 5, "host": true,
    })
}

/// The reveal of a question once it shows this.
async fn shows(discord: &Discord, question: &Value, what: &str) -> Value {
    let channel = text(question, "channel_id");
    let is_it = |m: &Value| m["id"] == question["id"] && m.to_string().contains(what);
    discord.wait_for_message(&channel, what, is_it).await
}

/// The menu of a message whose `custom_id` begins with this, and the value of its line with this
/// label.
fn line(message: &Value, menu: &str, label: &str) -> (String, String) {
    let mut menus = components(message).filter(|c| text(c, "custom_id").starts_with(menu));
    let found = menus.next();
    let menu = found.unwrap_or_else(|| panic!("there is no menu {menu}: {message:#}"));
    let mut lines = menu["options"].as_array().into_iter().flatten();
    let line = lines.find(|line| text(line, "label").contains(label));
    let line = line.unwrap_or_else(|| panic!("no line has {label}: {menu:#}"));
    (text(menu, "custom_id"), text(line, "value"))
}

/// Chooses a line of a menu, and waits until that is answered.
async fn pick(discord: &Discord, who: &Member<'_>, on: &Value, (menu, label): (&str, &str)) {
    let (menu, value) = line(on, menu, label);
    let picked = who.select(on, &menu, &[&value]).await.unwrap();
    discord.wait_for_answer(&picked).await;
}

async fn a_hosted_evening(transport: Transport) {
    let home = Home::new().with_pack(&pack());
    let evening = Evening::begin_at(home, transport).await;
    let discord = &evening.discord;
    let [foley, grip, clapper] = evening.members(["Foley", "Grip", "Clapper"]);
    let start = foley.ask("trivia", "quiz", options(4)).await;
    assert!(description(&start).contains("hosts"), "{start:#}");
    clapper.press(&start, "First question").await;
    clapper.told("trivia", "who hosts this game").await;
    foley.press(&start, "First question").await;

    let question = discord.question("trivia", 1).await;
    foley.press(&question, "Answer").await;
    foley.told("trivia", "the host does not play").await;
    grip.type_answer(&question, &crate::modes::answer(&question))
        .await;
    clapper.type_answer(&question, "the loud one").await;
    let reveal = discord.reveal(&question).await;
    assert!(!fields(&reveal).contains("Judged"), "{reveal:#}");
    clapper.told("trivia", "❌ It was").await;

    // Others see nothing of the panel, whatever they press.
    for button in ["Judge answers", "Bonus", "Next question", "Break"] {
        clapper.press(&reveal, button).await;
    }
    let told = discord.look(|state| {
        state
            .messages
            .values()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
    });
    let panels = told
        .iter()
        .filter(|m| title(m).contains("Judge the answers"));
    assert_eq!(panels.count(), 0);

    foley.press(&reveal, "Judge answers").await;
    let panel = foley.told("trivia", "Judge the answers").await;
    pick(discord, &foley, &panel, ("host:right", "the loud one")).await;
    foley.told("trivia", "You accepted “the loud one”").await;
    let reveal = shows(discord, &question, "The host also accepted “the loud one”").await;
    let own = format!("<@{}> +", clapper.user_id);
    assert!(fields(&reveal).contains(&own), "{reveal:#}");
    clapper.told("trivia", "✅ +").await;

    foley.press(&reveal, "Bonus").await;
    let panel = foley.told("trivia", "Bonus points").await;
    let bonus = format!("host:give:{}:0:100", game_of(&panel));
    pick(discord, &foley, &panel, (&bonus, "Grip")).await;
    shows(discord, &question, "Bonus from the host").await;

    // It was meant for another member.
    let panel = foley.told("trivia", "Left for this game: 900").await;
    foley.press(&panel, "Take back the last bonus").await;
    let panel = foley.told("trivia", "taken back").await;
    let bonus = format!("host:give:{}:1:100", game_of(&panel));
    pick(discord, &foley, &panel, (&bonus, "Clapper")).await;
    let given = format!("<@{}> +100", clapper.user_id);
    let reveal = shows(discord, &question, &given).await;
    assert!(
        !fields(&reveal).contains(&format!("🎁 <@{}>", grip.user_id)),
        "{reveal:#}"
    );

    foley.press(&reveal, "Break").await;
    let reveal = shows(discord, &question, "Break!").await;
    foley.press(&reveal, "One last question").await;
    let reveal = shows(discord, &question, "worth double").await;
    foley.press(&reveal, "Last question").await;

    let last = discord.question("trivia", 2).await;
    assert!(title(&last).contains("worth double"), "{last:#}");
    let settled = shows(discord, &question, "Bonus from the host").await;
    assert!(
        component(&settled, "Judge answers").is_none(),
        "{settled:#}"
    );
    let reveal = discord.reveal(&last).await;
    foley.press(&reveal, "Final scores").await;
    let scoreboard = discord.scoreboard("trivia").await;
    assert!(
        description(&scoreboard).contains("Bonus from the host"),
        "{scoreboard:#}"
    );
    let scores = points(&scoreboard);
    assert_eq!(scores.len(), 2, "the host is not on the board: {scores:?}");

    // The judged answer counts on the server's board, the bonus does not.
    let board = grip.ask("general", "leaderboard", json!({})).await;
    let board = points(&board);
    assert_eq!(board[&clapper.user_id] + 100, scores[&clapper.user_id]);
    assert_eq!(board[&grip.user_id], scores[&grip.user_id]);

    // The panel of `/quiz` without options begins a hosted game, too.
    let panel = foley.ask("general", "quiz", json!({})).await;
    let asked = foley.click(&panel, "Start as host").await;
    let start = foley.answer("general", &asked).await;
    let hosts = format!("<@{}> hosts", foley.user_id);
    assert!(description(&start).contains(&hosts), "{start:#}");
    foley.press(&start, "Stop").await;
    evening.end().await;
}

/// A new process has met nobody, and asks Discord for their names.
async fn a_bonus_after_a_restart_names_its_players(transport: Transport) {
    let home = Home::new().with_pack(&pack());
    let mut evening = Evening::begin_at(home, transport).await;
    let reveal = {
        let [foley, grip] = evening.members(["Foley", "Grip"]);
        let start = foley.ask("trivia", "quiz", options(3)).await;
        foley.press(&start, "First question").await;
        let question = evening.discord.question("trivia", 1).await;
        grip.type_answer(&question, &crate::modes::answer(&question))
            .await;
        evening.discord.reveal(&question).await
    };
    evening.stop_bot().await;
    evening.start_bot().await;
    let foley = evening.member("Foley");
    foley.press(&reveal, "Bonus").await;
    let panel = foley.told("trivia", "Bonus points").await;
    let bonus = format!("host:give:{}:0:50", game_of(&panel));
    line(&panel, &bonus, "Grip");
    assert!(!description(&panel).contains("Number"), "{panel:#}");
    foley.press(&reveal, "Stop").await;
    evening.end().await;
}

async fn a_hosted_team_game(transport: Transport) {
    let home = Home::new().with_pack(&pack());
    let evening = Evening::begin_at(home, transport).await;
    let discord = &evening.discord;
    let [foley, grip, clapper] = evening.members(["Foley", "Grip", "Clapper"]);
    let options = json!({
        "pack": "known", "mode": "teams", "rounds": 1, "seconds": 5, "host": true,
    });
    let lobby = foley.ask("trivia", "quiz", options).await;
    foley.press(&lobby, "🎥 Camera").await;
    foley.told("trivia", "the host does not play").await;
    grip.press(&lobby, "🎥 Camera").await;
    clapper.press(&lobby, "🎙️ Sound").await;
    foley.press(&lobby, "Begin").await;
    let question = discord.question("trivia", 1).await;
    grip.press(&question, &crate::modes::choice(&question, true))
        .await;
    clapper.press(&question, &choice(&question, 0)).await;
    let reveal = discord.reveal(&question).await;
    assert!(component(&reveal, "Judge answers").is_none(), "{reveal:#}");
    foley.press(&reveal, "Final scores").await;
    let scoreboard = discord.scoreboard("trivia").await;
    assert!(
        !scoreboard.to_string().contains(&foley.user_id),
        "{scoreboard:#}"
    );
    evening.end().await;
}

async fn a_host_where_none_can_be(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let foley = evening.member("Foley");
    foley
        .ask(
            "trivia",
            "quiz",
            json!({ "host": true, "mode": "elimination" }),
        )
        .await;
    foley.told("trivia", "cannot have a host").await;
    foley.ask("dm", "quiz", json!({ "host": true })).await;
    foley.told("dm", "A host needs an audience").await;
    foley
        .ask("announcements", "quiz", json!({ "host": true }))
        .await;
    foley
        .told("announcements", "Choose a channel where I may post")
        .await;
    evening.end().await;
}

/// The game that a panel's menus name.
fn game_of(panel: &Value) -> String {
    let menu = components(panel).next().expect("a menu");
    let id = text(menu, "custom_id");
    id.split(':').nth(2).expect("a game").to_owned()
}

/// How long after a press the kill comes: before, while and after it is stored and answered.
const KILLS_MS: [u64; 3] = [0, 4, 60];

/// The bot on its stage.
struct Victim<'a> {
    stage: &'a Stage,
    bot: Process,
}

impl Victim<'_> {
    async fn start(stage: &Stage) -> Process {
        let packs = stage.home.packs().expect("a folder of packs");
        let packs = packs.display().to_string();
        stage.start(&[("PACK_DIR", &packs)]).await
    }

    /// Kills the bot this long after a press, and starts it again.
    async fn dies_after(&mut self, pressed: Result<String, String>, after_ms: u64) {
        pressed.expect("the client sends it");
        tokio::time::sleep(Duration::from_millis(after_ms)).await;
        self.stage.kill(&mut self.bot).await;
        self.bot = Self::start(self.stage).await;
    }
}

/// SIGKILL around each press of the host, which is then pressed once more: every one counts exactly
/// once, in the game, in the ledger and on the boards.
#[ignore = "kills real processes"]
#[tokio::test(flavor = "multi_thread")]
async fn killed_around_each_press_it_counts_once() {
    let home = Home::new().with_pack(&pack());
    let mut stage = Stage::with(home, stage::options()).await;
    stage.discord.allow_rejections();
    let discord = &stage.discord;
    let [foley, grip, clapper] = ["Foley", "Grip", "Clapper"].map(|name| discord.member(name));
    let bot = Victim::start(&stage).await;
    let mut victim = Victim { stage: &stage, bot };
    let mut scores = Vec::new();
    for after_ms in KILLS_MS {
        // A question must outlast a restart beside other tests.
        let mut options = options(2);
        options["seconds"] = json!(8);
        let asked = foley.slash("trivia", "quiz", options).await;
        let start = foley.answer("trivia", &asked).await;
        victim
            .dies_after(foley.try_click(&start, "First question").await, after_ms)
            .await;
        // A press that was stored cannot be pressed again, or is refused.
        let _ = foley.try_click(&start, "First question").await;
        let question = discord.question("trivia", 1).await;
        grip.type_answer(&question, &crate::modes::answer(&question))
            .await;
        clapper.type_answer(&question, "the loud one").await;
        let reveal = discord.reveal(&question).await;

        foley.press(&reveal, "Judge answers").await;
        let panel = foley.told("trivia", "Judge the answers").await;
        let (menu, value) = line(&panel, "host:right", "the loud one");
        victim
            .dies_after(foley.select(&panel, &menu, &[&value]).await, after_ms)
            .await;
        let _ = foley.select(&panel, &menu, &[&value]).await;
        let reveal = shows(discord, &question, "The host also accepted").await;

        foley.press(&reveal, "Bonus").await;
        let panel = foley.told("trivia", "Left for this game: 1,000").await;
        let bonus = format!("host:give:{}:0:100", game_of(&panel));
        let (menu, value) = line(&panel, &bonus, "points");
        victim
            .dies_after(foley.select(&panel, &menu, &[&value]).await, after_ms)
            .await;
        let _ = foley.select(&panel, &menu, &[&value]).await;
        let reveal = shows(discord, &question, "Bonus from the host").await;

        foley.press(&reveal, "Bonus").await;
        let panel = foley.told("trivia", "Left for this game: 900").await;
        let take_back = "Take back the last bonus";
        victim
            .dies_after(foley.try_click(&panel, take_back).await, after_ms)
            .await;
        let _ = foley.try_click(&panel, take_back).await;
        foley.press(&reveal, "Bonus").await;
        let panel = foley.told("trivia", "taken back").await;
        let bonus = format!("host:give:{}:1:100", game_of(&panel));
        pick(discord, &foley, &panel, (&bonus, "points")).await;
        let reveal = shows(discord, &question, "Bonus from the host").await;

        victim
            .dies_after(foley.try_click(&reveal, "Last question").await, after_ms)
            .await;
        let reveal = shows(discord, &question, "Bonus from the host").await;
        let _ = foley.try_click(&reveal, "Last question").await;
        let last = discord.question("trivia", 2).await;
        let reveal = discord.reveal(&last).await;
        victim
            .dies_after(foley.try_click(&reveal, "Final scores").await, after_ms)
            .await;
        let _ = foley.try_click(&reveal, "Final scores").await;
        let count = scores.len() + 1;
        let boards = |state: &crate::common::State| {
            let all = state.messages.values().flatten();
            let boards = all.filter(|m| component(m, "My misses").is_some());
            let boards: Vec<Value> = boards.cloned().collect();
            (boards.len() >= count).then_some(boards)
        };
        let boards = discord.wait_for("the scoreboard", boards).await;
        assert_eq!(boards.len(), count, "one scoreboard for each game");
        scores = boards;
    }
    stage.kill(&mut victim.bot).await;

    let store = Store::open(&stage.home.url()).expect("the database opens");
    let audit = store.verify_standings().await.unwrap();
    assert_eq!(audit.faults, 0, "{audit:#?}");
    store.close().await.unwrap();
    let mut shown = std::collections::BTreeMap::new();
    for board in &scores {
        let bonuses = description(board).matches("+100").count();
        assert_eq!(bonuses, 1, "{board:#}");
        for (user, points) in shown_points(board) {
            *shown.entry(user).or_insert(0) += points;
        }
    }
    let ledger = totals(&stage.home);
    assert_eq!(ledger.len(), 2, "two members answered: {ledger:?}");
    assert!(ledger.values().all(|points| *points > 0), "{ledger:?}");
    let bonuses = 100 * KILLS_MS.len() as u64;
    let sum = |of: &std::collections::BTreeMap<u64, u64>| of.values().sum::<u64>();
    assert_eq!(sum(&ledger) + bonuses, sum(&shown));
}
