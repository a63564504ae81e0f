//! Reports of questions, and members' control over their own data: the real bot on the simulated
//! Discord. Any refused request fails a test.

use crate::common::evening::Evening;
use crate::common::message::{choice, description, fields, footer};
use crate::common::process::Home;
use crate::common::{Discord, Member, Transport, component, components, stage, text};
use discord_sandbox::Options;
use serde_json::{Value, json};

/// Two questions, so that it is visible when one is removed.
const PACK: &str = r#"{"id":"pair","title":"A pair","description":"Two.","questions":[
 {"id":"pair-1","prompt":"Which is the first?","answer":"One","distractors":["Two","Three","Four"],"reason":"It is."},
 {"id":"pair-2","prompt":"Which is the second?","answer":"Zwei","distractors":["Eins","Drei","Vier"],"reason":"So."}]}"#;

/// An evening with the pair, and a channel for every quiz.
async fn begin() -> Evening {
    let options = Options {
        extra_channels: 5,
        ..stage::options()
    };
    Evening::begin_with(Home::new().with_pack(PACK), options, Transport::Gateway).await
}

fn pair() -> Value {
    json!({ "pack": "pair", "rounds": 2, "seconds": 5 })
}

/// A subcommand without options.
fn of(name: &str) -> Value {
    json!([{ "name": name, "type": 1, "options": [] }])
}

/// The share code of the last quiz that started in this channel.
fn code(discord: &Discord, channel: &str) -> String {
    let newest = discord
        .state()
        .newest(channel, |m| footer(m).starts_with("Share code "));
    let footer = footer(&newest.expect("the start of a quiz"));
    footer.rsplit(' ').next().unwrap().to_owned()
}

/// The newest message in a channel that only this member sees.
fn private(discord: &Discord, channel: &str, who: &Member<'_>) -> Value {
    let newest = discord.state().newest(channel, |m| {
        m["visible_to"] == who.user_id.as_str() && m["thinking"] != true
    });
    newest.expect("a private answer")
}

/// Starts a quiz and returns how many questions it will ask.
async fn offered(who: &Member<'_>, channel: &str, options: Value) -> usize {
    let started = who.ask(channel, "quiz", options).await;
    let said = description(&started);
    let (count, _) = said.split_once(" question").unwrap();
    count.parse().unwrap()
}

/// Plays a quiz of the pair to its end, with everyone choosing A: the reveals, in order.
async fn play(discord: &Discord, channel: &str, by: &[&Member<'_>], options: Value) -> Vec<Value> {
    let start = by[0].ask(channel, "quiz", options).await;
    let newer = |m: &Value| text(m, "id") > text(&start, "id") && m["visible_to"].is_null();
    let is_next = |m: &Value| {
        newer(m) && (component(m, "Skip").is_some() || component(m, "Play again").is_some())
    };
    let mut reveals = Vec::new();
    loop {
        let what = "a question or the end";
        let question = discord.wait_for_message(channel, what, is_next).await;
        if component(&question, "Play again").is_some() {
            return reveals;
        }
        for member in by {
            member.press(&question, &choice(&question, 0)).await;
        }
        reveals.push(discord.reveal(&question).await);
    }
}

/// Reports the question of a reveal.
async fn report(discord: &Discord, who: &Member<'_>, reveal: &Value, reason: &str) -> Value {
    who.press(reveal, "Report").await;
    let menu = private(discord, "trivia", who);
    let menu_id = text(components(&menu).next().unwrap(), "custom_id");
    let selected = who.select(&menu, &menu_id, &[reason]).await.unwrap();
    discord.wait_for_answer(&selected).await;
    let is_it = |m: &Value| {
        m["visible_to"] == who.user_id.as_str()
            && text(m, "content").starts_with("Noted")
            && m["id"] == menu["id"]
    };
    discord
        .wait_for_message("trivia", "a thank-you", is_it)
        .await
}

/// The contents of `/privacy export`.
async fn export(who: &Member<'_>) -> Value {
    let message = who.ask("general", "privacy", of("export")).await;
    let url = text(&message["attachments"][0], "url");
    let content = reqwest::get(url).await.unwrap().text().await.unwrap();
    serde_json::from_str(&content).unwrap()
}

/// Asks for deletion until it succeeds: a game may take a moment to end.
async fn delete(discord: &Discord, who: &Member<'_>) {
    loop {
        let sure = who.ask("general", "privacy", of("delete")).await;
        who.press(&sure, "Delete everything").await;
        let said = |m: &Value| m["id"] == sure["id"] && component(m, "Keep it").is_none();
        let answer = discord.wait_for_message("general", "an answer", said).await;
        if text(&answer, "content").starts_with("Done") {
            return;
        }
    }
}

/// Where a member's id is found: which columns of which tables, and which files.
fn traces(home: &Home, id: &str) -> Vec<String> {
    let file = home.database();
    let conn = rusqlite::Connection::open(&file).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut statement = conn.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let bytes = format!("{:016x}", id.parse::<u64>().unwrap());
    let mut found = Vec::new();
    for table in list("SELECT name FROM sqlite_master WHERE type = 'table'") {
        for column in list(&format!("SELECT name FROM pragma_table_info('{table}')")) {
            let values = format!(
                "SELECT CASE typeof({column}) WHEN 'blob' THEN lower(hex({column}))
                         ELSE coalesce(CAST({column} AS TEXT), '') END FROM {table}"
            );
            let has = |value: &String| value.contains(id) || value.contains(&bytes);
            if list(&values).iter().any(has) {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    let number = id.parse::<u64>().unwrap().to_be_bytes();
    for ending in ["", "-wal"] {
        let bytes = std::fs::read(format!("{}{ending}", file.display())).unwrap_or_default();
        let has = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
        if has(id.as_bytes()) || has(&number) {
            found.push(format!("the file{ending}"));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_three_members_report_is_hidden_until_a_manager_dismisses_it() {
    let evening = begin().await;
    let discord = &evening.discord;
    let [gaffer, foley, grip, clapper] = evening.members(["Gaffer", "Foley", "Grip", "Clapper"]);
    let reveals = play(discord, "trivia", &[&foley], pair()).await;
    assert_eq!(reveals.len(), 2);
    let code = code(discord, "trivia");

    // Repeated reports by one member count once; the note is stored.
    report(discord, &grip, &reveals[0], "unclear").await;
    let noted = report(discord, &grip, &reveals[0], "wrong").await;
    let opened = grip.click(&noted, "Add a note").await;
    let note = json!({ "text": "See **page 3** @everyone" });
    grip.send(&opened, &note).await;
    let told = text(&private(discord, "trivia", &grip), "content");
    assert!(told.contains(r"See \*\*page 3\*\*"), "{told}");
    report(discord, &clapper, &reveals[0], "two-right").await;
    assert_eq!(offered(&foley, "stage-1", pair()).await, 2);

    // The third report removes it, but not in another server, and not from a share code.
    report(discord, &gaffer, &reveals[0], "other").await;
    assert_eq!(offered(&foley, "stage-2", pair()).await, 1);
    assert_eq!(offered(&foley, "quiz", pair()).await, 2);
    let as_given = json!({ "code": code });
    assert_eq!(offered(&foley, "stage-3", as_given).await, 2);
    for member in [&foley, &clapper, &gaffer] {
        report(discord, member, &reveals[1], "wrong").await;
    }
    let told = text(&foley.ask("trivia", "quiz", pair()).await, "content");
    assert!(told.contains("is hidden here"), "{told}");

    // Only members who manage the server see and dismiss them.
    let refused = grip.try_slash("trivia", "reports", json!({})).await;
    refused.expect_err("the client hides the command");
    let list = gaffer.ask("trivia", "reports", json!({})).await;
    let shown = list.to_string();
    for expected in [
        "2 reported questions",
        "**hidden**",
        "3 members",
        "page 3",
        "A pair",
    ] {
        assert!(shown.contains(expected), "{expected}: {list:#}");
    }
    let fields = fields(&list);
    assert!(!fields.contains(&grip.user_id), "names are kept: {fields}");
    gaffer.press(&list, "Dismiss 1").await;
    let list = gaffer.told("trivia", "1 reported question\"").await;
    assert_eq!(offered(&foley, "stage-4", pair()).await, 1);
    gaffer.press(&list, "Dismiss 1").await;
    gaffer.told("trivia", "No question is reported here").await;
    assert_eq!(offered(&foley, "stage-5", pair()).await, 2);
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_direct_message_has_no_report_button() {
    let evening = begin().await;
    let discord = &evening.discord;
    let foley = evening.member("Foley");
    let reveals = play(discord, &foley.dm_id, &[&foley], pair()).await;
    assert_eq!(reveals.len(), 2);
    for reveal in &reveals {
        assert!(component(reveal, "Report").is_none(), "{reveal:#}");
    }
    let refused = foley.try_slash("dm", "reports", json!({})).await;
    refused.expect_err("the command is of servers");
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_exports_their_data_and_deletes_it() {
    let evening = begin().await;
    let discord = &evening.discord;
    let [gaffer, foley, grip] = evening.members(["Gaffer", "Foley", "Grip"]);
    let reveals = play(discord, "trivia", &[&foley, &grip], pair()).await;
    play(discord, &foley.dm_id, &[&foley], pair()).await;
    report(discord, &foley, &reveals[0], "unclear").await;
    let code = code(discord, "trivia");

    // Everything of theirs as a file, and nothing of others.
    let file = export(&foley).await;
    let games = file["games"].as_array().unwrap();
    assert_eq!(games.len(), 2, "{file:#}");
    assert!(games[0]["server"].is_null() && games[1]["server"].is_string());
    for game in games {
        let answers = game["answers"].as_array().unwrap();
        assert_eq!(answers.len(), 2);
        for answer in answers {
            for told in [
                "question",
                "asked",
                "answered",
                "right_answer",
                "at",
                "topic",
            ] {
                assert!(answer[told].is_string(), "{told}: {answer:#}");
            }
            assert_eq!(
                answer["right"],
                answer["answered"] == answer["right_answer"]
            );
            assert_eq!(answer["right"] == true, answer["points"] != 0);
        }
    }
    assert_eq!(games[1]["share_code"], code);
    assert_eq!(games[1]["started_by_you"], true);
    assert_eq!(file["reports"][0]["reason"], "unclear");
    assert_eq!(file["standings"][0]["answered"], 4);
    assert!(!file.to_string().contains(&grip.user_id), "{file:#}");

    // While they play, the open question's answer is not exported, and nothing is deleted.
    let options = json!({ "pack": "pair", "rounds": 2, "seconds": 60 });
    gaffer.quiz("stage-1", options).await;
    let question = discord.question("stage-1", 1).await;
    foley.press(&question, &choice(&question, 0)).await;
    let file = export(&foley).await;
    let open = &file["games"][0]["answers"][0];
    assert!(open["answered"].is_string(), "{open:#}");
    for secret in ["right", "right_answer", "points"] {
        assert!(open[secret].is_null(), "{open:#}");
    }
    let sure = foley.ask("general", "privacy", of("delete")).await;
    foley.press(&sure, "Delete everything").await;
    foley.told("general", "still running").await;
    assert!(!traces(&evening.home, &foley.user_id).is_empty());
    gaffer.press(&question, "Stop").await;
    let asked = gaffer.told("stage-1", "Stop the game for everyone").await;
    gaffer.press(&asked, "Stop the game").await;
    discord.scoreboard("stage-1").await;

    let sure = foley.ask("general", "privacy", of("delete")).await;
    foley.press(&sure, "Keep it").await;
    foley.told("general", "Nothing was deleted.").await;
    delete(discord, &foley).await;
    assert_eq!(traces(&evening.home, &foley.user_id), [""; 0]);

    // The other member's data is unchanged; the code still plays the same; a member who returns is
    // new.
    assert!(!traces(&evening.home, &grip.user_id).is_empty());
    let board = grip.ask("general", "leaderboard", json!({})).await;
    let board = description(&board);
    assert!(
        board.contains(&grip.user_id) && !board.contains(&foley.user_id),
        "{board}"
    );
    assert_eq!(offered(&grip, "stage-2", json!({ "code": code })).await, 2);
    let file = export(&foley).await;
    assert_eq!(file["games"], json!([]), "{file:#}");
    assert_eq!(file["standings"], json!([]));
    play(discord, "stage-3", &[&foley], pair()).await;
    let file = export(&foley).await;
    assert_eq!(file["standings"][0]["answered"], 2);
    evening.end().await;
}
