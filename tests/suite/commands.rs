//! What members and managers do between games: lookups, news, settings, stats and packs, with the
//! real bot on the simulated Discord. Any refused request fails a test.

use crate::common::evening::Evening;
use crate::common::message::{choice, description, embed, footer, points, title};
use crate::common::{Member, text};
use crate::common::{Transport, over_both_transports};
use serde_json::{Value, json};

over_both_transports!(
    lookups_news_and_help,
    wrong_input_gets_a_private_sentence,
    a_server_has_its_quizzes_as_it_likes,
    stats_come_in_words_and_as_a_card,
    a_pack_is_uploaded_looked_up_and_played_over_a_restart,
);

async fn lookups_news_and_help(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let foley = evening.member("Foley");
    let answer = async |name: &str, options: Value| foley.ask("general", name, options).await;
    let hanna = answer("cast", json!({ "name": "Vincent Hanna" })).await;
    let shown = hanna.to_string();
    for expected in [
        "Al Pacino",
        "Christian Bale",
        "Scott Plank",
        "Heat",
        "Heat 2",
        "1995",
        "1989",
        "confirmed",
        "reported",
        "final",
    ] {
        assert!(
            shown.contains(expected),
            "{expected} is missing in {hanna:#}"
        );
    }
    let typo = answer("cast", json!({ "name": "vincent hana" })).await;
    assert!(typo.to_string().contains("Vincent Hanna"), "{typo:#}");
    let nobody = answer("cast", json!({ "name": "Zorro Quixote" })).await;
    assert!(nobody["embeds"][0]["description"].is_string(), "{nobody:#}");

    let offered = foley
        .autocomplete("general", "cast", "name", json!({ "name": "hann" }))
        .await
        .unwrap();
    assert!(
        offered
            .iter()
            .any(|c| text(c, "name").contains("Vincent Hanna")),
        "{offered:?}"
    );
    let picked = answer("cast", json!({ "name": offered[0]["value"] })).await;
    assert!(embed(&picked)["title"].is_string(), "{picked:#}");

    for topic in [
        "headlines",
        "casting",
        "production",
        "novel",
        "studio",
        "analysis",
    ] {
        let news = answer("news", json!({ "topic": topic })).await;
        assert!(
            news.to_string().contains('¶'),
            "a line without its place: {news:#}"
        );
    }
    let casting = answer("news", json!({ "topic": "casting" }))
        .await
        .to_string();
    assert!(
        casting.contains("TheWrap") && casting.contains("Graham"),
        "{casting}"
    );
    let help = answer("help", json!({})).await;
    assert_eq!(help["visible_to"], foley.user_id.as_str());
    foley.press(&help, "How points work").await;
    foley.told("general", "100 points").await;
    evening.end().await;
}

async fn wrong_input_gets_a_private_sentence(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let foley = evening.member("Foley");
    let wrong = [
        (
            json!({ "pack": "the-godfather" }),
            "I know no pack called “the-godfather”",
        ),
        (json!({ "pack": "**@everyone**" }), "I know no pack called"),
        (
            json!({ "code": "ABCD2345" }),
            "No game has the code “ABCD2345”",
        ),
        (json!({ "code": "what?" }), "No game has the code “what?”"),
    ];
    for (options, sentence) in wrong {
        foley.quiz("trivia", options).await;
        foley.told("trivia", sentence).await;
    }
    // The bot never sees what the client itself would not send.
    let refused = foley
        .try_slash("trivia", "quiz", json!({ "rounds": 51 }))
        .await;
    refused.expect_err("Discord checks the range");
    evening.end().await;
}

/// `/settings set` with these options.
async fn set(who: &Member<'_>, options: Value) -> String {
    let options = options.as_object().unwrap().iter();
    let options = options.map(|(name, value)| json!({ "name": name, "value": value }));
    let options: Vec<_> = options.collect();
    settings(who, json!([{ "name": "set", "options": options }])).await
}

/// `/settings` with a subcommand, and what it said.
async fn settings(who: &Member<'_>, options: Value) -> String {
    let answer = who.ask("general", "settings", options).await;
    assert_eq!(answer["visible_to"], who.user_id.as_str(), "{answer:#}");
    text(&answer, "content") + &embed(&answer).to_string()
}

async fn a_server_has_its_quizzes_as_it_likes(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let [gaffer, grip, clapper] = evening.members(["Gaffer", "Grip", "Clapper"]);
    // The client shows the command only to members who manage the server.
    let show = json!([{ "name": "show" }]);
    let hidden = clapper.try_slash("general", "settings", show.clone()).await;
    let hidden = hidden.unwrap_err();
    assert!(hidden.contains("may not use /settings"), "{hidden}");
    let shown = settings(&gaffer, show.clone()).await;
    assert!(shown.contains("**Channels**: everywhere"), "{shown}");

    // The member chooses the zone from the suggestions.
    let typing = json!([{ "name": "set", "options": [
        { "name": "time-zone", "value": "kirit", "focused": true },
    ]}]);
    let zones = gaffer.autocomplete("general", "settings", "", typing).await;
    let zone = zones.unwrap()[0]["value"].clone();
    assert_eq!(zone, "Pacific/Kiritimati");
    let options = json!({ "rounds": 1, "seconds": 5, "pack": "heat-1995", "extended-time": "2",
        "stop": "moderators", "time-zone": zone });
    let reply = set(&gaffer, options).await;
    for says in ["**Rounds**: 10 → 1", "5 seconds become 10", "Kiritimati"] {
        assert!(reply.contains(says), "{reply}");
    }
    let trivia = evening.discord.state().channel("trivia").unwrap();
    let allow = json!([{ "name": "channels", "options": [{ "name": "allow", "options": [
        { "name": "channel", "value": trivia },
    ]}]}]);
    let reply = settings(&gaffer, allow).await;
    assert!(
        reply.contains(&format!("everywhere → <#{trivia}>")),
        "{reply}"
    );

    // Discord says that the bot may not post in this channel.
    let allow = json!([{ "name": "channels", "options": [{ "name": "allow" }] }]);
    let forbid = json!([{ "name": "channels", "options": [{ "name": "forbid" }] }]);
    let reply = gaffer.ask("announcements", "settings", allow).await;
    assert!(reply.to_string().contains("I may not post in"), "{reply:#}");
    gaffer.ask("announcements", "settings", forbid).await;

    clapper.quiz("general", json!({})).await;
    let not_here = format!("Quizzes are not allowed in this channel. Start one in <#{trivia}>.");
    clapper.told("general", &not_here).await;
    // An empty code names no game: the server's default game starts at once.
    clapper.quiz("trivia", json!({ "code": " " })).await;
    let start = evening
        .discord
        .wait_for_message("trivia", "the start", |m| title(m).starts_with("Quiz: "))
        .await;
    let said = description(&start);
    assert!(
        said.contains("1 question · 10 seconds each (extended time, 2×)"),
        "{said}"
    );
    let question = evening.discord.question("trivia", 1).await;
    clapper.press(&question, "Stop").await;
    clapper
        .told("trivia", "only members who can manage messages")
        .await;
    clapper.press(&question, &choice(&question, 0)).await;
    // A change applies to the running game.
    set(&gaffer, json!({ "stop": "players" })).await;
    clapper.press(&question, "Stop").await;
    let asked = clapper.told("trivia", "Stop the game for everyone").await;
    clapper.press(&asked, "Stop the game").await;
    clapper.told("trivia", "Stopped").await;
    let scoreboard = evening.discord.scoreboard("trivia").await;
    assert!(points(&scoreboard).contains_key(&clapper.user_id));

    // The board uses the server's day, and the answer counts in it.
    let today = json!({ "period": "today" });
    let board = grip.ask("trivia", "leaderboard", today).await;
    assert!(title(&board).starts_with("Leaderboard of this server · today"));
    let footer = footer(&board);
    assert!(footer.ends_with("time zone Pacific/Kiritimati"), "{footer}");
    assert!(points(&board).contains_key(&clapper.user_id), "{board:#}");

    let everywhere = json!([{ "name": "reset" }]);
    let reply = settings(&gaffer, everywhere).await;
    assert!(reply.contains("**Rounds**: 1 → 10"), "{reply}");
    clapper.quiz("general", json!({ "rounds": 1 })).await;
    evening.discord.question("general", 1).await;
    evening.end().await;
}

async fn stats_come_in_words_and_as_a_card(transport: Transport) {
    let evening = Evening::begin_over(transport).await;
    let [foley, grip] = evening.members(["Foley", "Grip"]);
    let stats = async |asked: Value| foley.ask("general", "stats", asked).await;
    let none = stats(json!({})).await;
    assert_eq!(none["visible_to"], foley.user_id.as_str());
    assert!(text(&none, "content").contains("no stats yet"), "{none:#}");

    let options = json!({ "rounds": 2, "seconds": 5, "pack": "heat-2" });
    foley.quiz("trivia", options).await;
    for number in 1..=2 {
        let question = evening.discord.question("trivia", number).await;
        grip.press(&question, &choice(&question, 0)).await;
        if number == 1 {
            let hidden = stats(json!({ "member": grip.user_id })).await;
            let said = text(&hidden, "content");
            assert!(
                said.contains("has not answered"),
                "before the reveal: {hidden:#}"
            );
        }
        evening.discord.reveal(&question).await;
    }
    let scoreboard = evening.discord.scoreboard("trivia").await;
    let shown = stats(json!({ "member": grip.user_id })).await;
    assert!(shown["visible_to"].is_null(), "{shown:#}");
    let embed = embed(&shown);
    let points = points(&scoreboard)[&grip.user_id];
    // The text does not repeat what the card says.
    assert_eq!(text(embed, "description"), format!("<@{}>", grip.user_id));
    let fields = embed["fields"].as_array();
    assert!(fields.is_none_or(Vec::is_empty), "{shown:#}");

    let card = &shown["attachments"][0];
    assert_eq!(card["url"], embed["image"]["url"], "{shown:#}");
    assert_eq!(
        (&card["width"], &card["content_type"]),
        (&json!(1000), &json!("image/png"))
    );
    let alt = text(card, "description");
    assert!(alt.starts_with("Stats card of Grip: "), "{alt}");
    let said = [
        format!("{points} points"),
        "rank 1 of 1 here".to_owned(),
        "of 2".to_owned(),
    ];
    assert!(said.iter().all(|part| alt.contains(part)), "{alt}");
    assert_eq!(embed["image"]["description"], alt);
    let png = reqwest::get(text(card, "url")).await.unwrap();
    assert_eq!(png.headers()["content-type"], "image/png");
    assert!(png.bytes().await.unwrap().starts_with(b"\x89PNG"));

    let bot = stats(json!({ "member": evening.sandbox.application_id().to_string() })).await;
    assert!(
        text(&bot, "content").contains("Bots do not play"),
        "{bot:#}"
    );
    let other = json!({ "member": grip.user_id });
    let reply = foley.ask("dm", "stats", other).await;
    assert!(
        text(&reply, "content").contains("your own stats"),
        "{reply:#}"
    );
    evening.end().await;
}

/// A pack with its own fact, about people whom no other pack knows.
const OWN_PACK: &str = r#"{
 "id": "our-film", "title": "Our film", "description": "What we shot ourselves.",
 "sources": [{ "id": "notes", "title": "Our notes" }],
 "people": [{ "id": "zora-quill", "name": "Zora Quill" }],
 "characters": [{ "id": "the-usher", "name": "The Usher" }],
 "works": [{ "id": "backlot-blues", "name": "Backlot Blues", "form": "film" }],
 "facts": [{ "id": "zora-usher", "kind": "cast", "person": "zora-quill",
   "character": "the-usher", "work": "backlot-blues", "status": "confirmed", "topic": "cast",
   "difficulty": "easy", "cites": [{ "source": "notes" }],
   "summary": "Zora Quill plays the usher in Backlot Blues." }],
 "questions": [{ "id": "our-film-1", "prompt": "Where did we shoot our film?",
   "answer": "Behind the cinema", "distractors": ["On the roof", "In the park", "At the harbour"],
   "reason": "Nobody minded us there." }]}"#;

async fn a_pack_is_uploaded_looked_up_and_played_over_a_restart(transport: Transport) {
    let mut evening = Evening::begin_over(transport).await;
    let gaffer = evening.member("Gaffer");
    let add = async |name: &str, bytes: &[u8]| {
        let file = gaffer.upload(name, bytes).await.unwrap();
        let options = json!([{ "name": "file", "value": file }]);
        let sub = json!([{ "name": "add", "options": options }]);
        gaffer.ask("trivia", "packs", sub).await
    };
    let broken = add(
        "broken.json",
        OWN_PACK
            .replace("On the roof", "Behind the cinema")
            .as_bytes(),
    )
    .await;
    assert_eq!(title(&broken), "This pack cannot be stored", "{broken:#}");
    let faults = reqwest::get(text(&broken["attachments"][0], "url"))
        .await
        .unwrap();
    let faults = faults.text().await.unwrap();
    assert!(faults.contains("questions[0].distractors[0]"), "{faults}");

    let preview = add("our-film.json", OWN_PACK.as_bytes()).await;
    gaffer.press(&preview, "Add pack").await;
    let is_stored = |m: &Value| m["id"] == preview["id"] && embed(m)["title"] == "Stored";
    let discord = &evening.discord;
    discord
        .wait_for_message("trivia", "the pack to be stored", is_stored)
        .await;

    let cast = async |channel: &str| {
        let name = json!({ "name": "zora quill" });
        let answer = gaffer.ask(channel, "cast", name).await;
        embed(&answer).to_string()
    };
    assert!(cast("trivia").await.contains("The Usher"));
    assert!(!cast("quiz").await.contains("The Usher"), "another server");

    let options = json!({ "rounds": 1, "seconds": 20, "pack": "our-film" });
    gaffer.quiz("trivia", options).await;
    let question = evening.discord.question("trivia", 1).await;
    evening.stop_bot().await;
    evening.start_bot().await;
    let gaffer = evening.member("Gaffer");
    gaffer.press(&question, &choice(&question, 0)).await;
    let reveal = evening.discord.reveal(&question).await;
    let footer = footer(&reveal);
    assert!(footer.starts_with("Our film"), "{footer}");
    evening.end().await;
}
