//! `/daily` from interaction to reply, under a clock that the test sets: midnight, and buttons used
//! at the wrong place and time.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::clock::DiscordClock;
use crate::discord::tests::test_bot::{
    Answer, COMMAND, MEMBER, PRESS, Sender, TYPING, TestBot as Commands, bundled_library, said,
};
use heat_core::daily::Day;
use heat_core::daily::film::FilmAttempt;
use heat_core::id::{GuildId, UserId};
use heat_core::library::Library;
use heat_store::{DailyKind, Store};
use heat_view::escape::escape;
use heat_view::message::{Button, Message, Row};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const DAY: Day = Day(20_778);
const MINUTE_MS: i64 = 60_000;
const ANN: u64 = 7;
const BO: u64 = 8;

/// The flag of a message that only one member sees.
const EPHEMERAL: u64 = 64;

struct TestBot {
    commands: Commands,
    now_ms: Arc<AtomicI64>,
}

impl TestBot {
    fn up(store: Store, packs: &[(String, String)]) -> Self {
        let noon_ms = DAY.starts_at_ms() + 12 * 60 * MINUTE_MS;
        let now_ms = Arc::new(AtomicI64::new(noon_ms));
        let read = Arc::clone(&now_ms);
        let clock = Arc::new(move || read.load(Ordering::Relaxed));
        let library = if packs.is_empty() {
            bundled_library()
        } else {
            Arc::new(Library::build(packs).unwrap())
        };
        let commands = Commands::with("http://127.0.0.1:9", store, library, clock);
        Self { commands, now_ms }
    }

    fn store(&self) -> &Store {
        &self.commands.app.store
    }

    fn set_clock(&self, day: Day, minutes: i64) {
        let at_ms = day.starts_at_ms() + minutes * MINUTE_MS;
        self.now_ms.store(at_ms, Ordering::Relaxed);
    }

    async fn send(&self, kind: u8, user: u64, flags: u64, data: Value) -> Answer {
        let by = Sender {
            guild: 500,
            channel: 600,
            thread_of: None,
            user,
            permissions: MEMBER,
        };
        self.commands.send_from(kind, by, flags, data).await
    }

    /// The private reply to `/daily`.
    async fn daily(&self, user: u64) -> Message {
        let data = json!({"id": "800", "name": "daily", "type": 1});
        private(self.send(COMMAND, user, 0, data).await)
    }

    /// Presses a button of a private message.
    async fn press(&self, user: u64, custom_id: &str) -> Answer {
        let data = json!({"custom_id": custom_id, "component_type": 2});
        self.send(PRESS, user, EPHEMERAL, data).await
    }

    /// The same, where the message changes.
    async fn go(&self, user: u64, custom_id: &str) -> Message {
        match self.press(user, custom_id).await {
            Answer::Update(message) => message,
            other => panic!("no update: {other:?}"),
        }
    }

    /// Answers this many questions from the current message, each with its first button.
    async fn answer(&self, user: u64, mut message: Message, count: usize) -> Message {
        for _ in 0..count {
            let reply = self.go(user, &buttons(&message)[0].custom_id).await;
            message = self.go(user, &buttons(&reply)[0].custom_id).await;
        }
        message
    }
}

fn private(reply: Answer) -> Message {
    match reply {
        Answer::Say {
            message,
            private: true,
        } => message,
        other => panic!("not private: {other:?}"),
    }
}

fn buttons(message: &Message) -> Vec<Button> {
    let rows = message.rows.iter().flat_map(|row| match row {
        Row::Buttons(buttons) => buttons.clone(),
        Row::Select(_) => Vec::new(),
    });
    rows.collect()
}

fn title(message: &Message) -> &str {
    message
        .embeds
        .first()
        .map_or(&message.content, |e| &e.title)
}

fn memory() -> Store {
    Store::open("sqlite::memory:").unwrap()
}

#[tokio::test]
async fn midnight_brings_a_new_puzzle_and_lets_the_old_one_be_finished() {
    let bot = TestBot::up(memory(), &[]);
    bot.set_clock(DAY, 24 * 60 - 2);
    let first = bot.daily(ANN).await;
    assert_eq!(title(&first), "Heat Check daily #325 · question 1 of 5");
    let third = bot.answer(ANN, first.clone(), 2).await;
    assert_eq!(title(&third), "Heat Check daily #325 · question 3 of 5");
    let of_bo = bot.daily(BO).await;
    assert_eq!(buttons(&of_bo)[0].label, buttons(&first)[0].label);

    bot.set_clock(DAY.next(), 30);
    assert_eq!(bot.daily(ANN).await, third, "where it was");
    let result = bot.answer(ANN, third.clone(), 3).await;
    assert!(title(&result).starts_with("Heat Check daily #325: "));
    assert!(result.embeds[0].description.contains("Streak: **1 day**"));
    let next = bot.daily(ANN).await;
    assert_eq!(title(&next), "Heat Check daily #326 · question 1 of 5");
    assert_ne!(next.embeds[0].description, first.embeds[0].description);

    // Bo had started, but came back too late: yesterday's puzzle is closed.
    bot.set_clock(DAY.next(), 60);
    let late = private(bot.press(BO, &buttons(&of_bo)[0].custom_id).await);
    assert!(
        late.content.starts_with("That puzzle is closed"),
        "{late:?}"
    );
    let late = private(bot.press(BO, "daily:next:20778").await);
    assert!(
        late.content.starts_with("That puzzle is closed"),
        "{late:?}"
    );
    let today = bot.daily(BO).await;
    assert_eq!(title(&today), "Heat Check daily #326 · question 1 of 5");
    let result = bot.answer(BO, today, 5).await;
    assert!(result.embeds[0].description.contains("Streak: **1 day**"));
    let result = bot.answer(ANN, next, 5).await;
    assert!(result.embeds[0].description.contains("Streak: **2 days**"));
    bot.set_clock(Day(DAY.0 + 3), 0);
    bot.daily(ANN).await;
    let streak = bot
        .store()
        .daily_streak(UserId(ANN))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(streak.current_on(Day(DAY.0 + 3)), 0, "a day was missed");
}

#[tokio::test]
async fn forged_and_replayed_buttons_change_nothing() {
    let bot = TestBot::up(memory(), &[]);
    let refused = async |custom_id: &str| private(bot.press(ANN, custom_id).await).content;
    for forged in ["daily:a:20778:0:0", "daily:next:20778", "daily:share:20778"] {
        let said = refused(forged).await;
        assert!(said.contains("`/daily` takes you to"), "{forged}: {said}");
    }
    let first = bot.daily(ANN).await;
    for (forged, expect) in [
        ("daily:a:20779:0:0", "That puzzle is closed"),
        ("daily:a:20777:0:0", "That puzzle is closed"),
        ("daily:a:2147483647:0:0", "That puzzle is closed"),
        ("daily:a:20778:1:0", "You have not reached that question"),
        ("daily:a:20778:4:0", "You have not reached that question"),
        ("daily:a:20778:5:0", "I do not know that one"),
        ("daily:a:20778:0:4", "I do not know that one"),
        ("daily:share:20778", "Answer all five first"),
        ("daily:nonsense:20778", "I do not know that one"),
    ] {
        let said = refused(forged).await;
        assert!(said.starts_with(expect), "{forged}: {said}");
    }
    assert_eq!(bot.daily(ANN).await, first);

    // The second of two clicks on different choices is told what the first one was.
    let ids: Vec<String> = buttons(&first).into_iter().map(|b| b.custom_id).collect();
    let reply = bot.go(ANN, &ids[1]).await;
    assert_eq!(bot.go(ANN, &ids[1]).await, reply);
    let again = bot.go(ANN, &ids[2]).await;
    let said = &again.embeds[0].description;
    assert!(said.contains("your first answer counts"), "{said}");
    assert_eq!(again.embeds[0].footer, reply.embeds[0].footer);

    // On a public message, nothing of the puzzle replaces it.
    let second = bot.daily(ANN).await;
    for custom_id in [&buttons(&second)[0].custom_id, "daily:next:20778"] {
        let data = json!({"custom_id": custom_id, "component_type": 2});
        private(bot.send(PRESS, ANN, 0, data).await);
    }
    let rest = bot.daily(ANN).await;
    bot.answer(ANN, rest, 3).await;
    let before = bot.daily(ANN).await;
    for position in 0..5 {
        for choice in 0..4 {
            bot.go(ANN, &format!("daily:a:20778:{position}:{choice}"))
                .await;
        }
    }
    assert_eq!(
        bot.daily(ANN).await,
        before,
        "one attempt, whatever is pressed"
    );
    let page = bot
        .store()
        .daily_board(DAY, Some(GuildId(500)), 0)
        .await
        .unwrap();
    assert_eq!(page.players, 1);
}

#[tokio::test]
async fn operators_packs_change_no_puzzle_and_a_stored_one_stays() {
    let pack = r#"{"id":"mine","title":"Mine","description":"D.","questions":[
        {"id":"mine-1","prompt":"Which is it?","answer":"A","distractors":["B","C","D"],"reason":"So."}]}"#;
    let mine = [("mine.json".to_owned(), pack.to_owned())];
    let (plain, own) = (TestBot::up(memory(), &[]), TestBot::up(memory(), &mine));
    for days in 0..4 {
        let day = Day(DAY.0 + days);
        plain.set_clock(day, 0);
        own.set_clock(day, 0);
        assert_eq!(plain.daily(ANN).await, own.daily(BO).await, "{day:?}");
    }
    // A later release finds a puzzle stored by an earlier one.
    let store = memory();
    let other_day = heat_core::library::puzzle(DAY.0 + 50).unwrap();
    let body = serde_json::to_string(&other_day).unwrap();
    store
        .keep_daily_puzzle(DailyKind::Questions, DAY, &body)
        .await
        .unwrap();
    let later = TestBot::up(store, &[]);
    let asked = later.daily(ANN).await.embeds[0].description.clone();
    let expect = heat_view::escape::escape(&other_day[0].question.prompt);
    assert!(asked.contains(&expect), "{asked}");
}

/// The day is Discord's, whatever the host's clock shows and however it jumps.
#[tokio::test]
async fn a_jumping_host_clock_changes_neither_the_day_nor_a_board() {
    let noon_ms = DAY.starts_at_ms() + 12 * 60 * MINUTE_MS;
    let host_ms = Arc::new(AtomicI64::new(noon_ms + 40 * 60 * MINUTE_MS));
    let read = Arc::clone(&host_ms);
    let clock = Arc::new(DiscordClock::new(
        || 0,
        move || read.load(Ordering::Relaxed),
    ));
    clock.heard_id(noon_ms);
    let library = bundled_library();
    let commands = Commands::with("http://127.0.0.1:9", memory(), library, clock.reader());
    let bot = TestBot {
        commands,
        now_ms: Arc::clone(&host_ms),
    };
    let mut shown = bot.daily(ANN).await;
    for (days, so_far) in [(1, 1), (-1, 2), (400, 3), (-9_000, 4), (0, 5)] {
        bot.set_clock(Day(DAY.0 + days), 60 * 23);
        shown = bot.answer(ANN, shown, 1).await;
        let attempt = bot
            .store()
            .daily_attempt(DAY, UserId(ANN))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(attempt.answers.len(), so_far, "{days} days off");
    }
    let options = json!([{"name": "period", "type": 3, "value": "daily"}]);
    let data = json!({"id": "800", "name": "leaderboard", "type": 1, "options": options});
    for days in [-2, 2] {
        bot.set_clock(Day(DAY.0 + days), 5);
        let Answer::Say { message, .. } = bot.send(COMMAND, BO, 0, data.clone()).await else {
            panic!("no board");
        };
        assert!(said(&message).contains("<@7>"), "{message:?}");
    }
    assert_eq!(clock.skew_ms().map(|skew| skew > 86_400_000), Some(true));
}

#[tokio::test]
async fn a_result_is_shared_once_and_boards_show_no_answer() {
    let bot = TestBot::up(memory(), &[]);
    let first = bot.daily(ANN).await;
    let prompt = first.embeds[0].description.clone();
    let result = bot.answer(ANN, first, 5).await;
    let ids: Vec<String> = buttons(&result).into_iter().map(|b| b.custom_id).collect();
    assert_eq!(
        ids,
        ["daily:share:20778", "daily:board:20778", "daily:film"]
    );
    let Answer::Say {
        message,
        private: false,
    } = bot.press(ANN, &ids[0]).await
    else {
        panic!("not shared");
    };
    assert!(
        message.content.starts_with("<@7>\nHeat Check daily #325: "),
        "{message:?}"
    );
    assert!(message.embeds.is_empty());
    let play = &buttons(&message)[0];
    assert_eq!(play.label, "Play today's");
    let data = json!({"custom_id": play.custom_id, "component_type": 2});
    let of_bo = private(bot.send(PRESS, BO, 0, data).await);
    assert!(title(&of_bo).ends_with("question 1 of 5"), "{of_bo:?}");
    let again = private(bot.press(ANN, &ids[0]).await);
    assert!(
        again.content.starts_with("You have already shared"),
        "{again:?}"
    );
    // Sharing is refused to a member who has not finished, even with another member's button.
    let other = private(bot.press(BO, &ids[0]).await);
    assert!(other.content.starts_with("Answer all five"), "{other:?}");

    let board = private(bot.press(ANN, &ids[1]).await);
    assert_eq!(title(&board), "Heat Check daily #325 · this server");
    assert!(board.embeds[0].description.contains("<@7>"));
    assert!(!prompt.is_empty() && !board.embeds[0].description.contains(&prompt));
    let global = &buttons(&board)[0];
    assert_eq!(global.label, "All servers");
    let board = private(bot.press(BO, &global.custom_id).await);
    assert!(board.embeds[0].description.contains("has not finished it"));
    // `/leaderboard` shows it to the channel, and the games' own board is not affected.
    for (period, expect) in [("daily", "<@7>"), ("all", "Nobody has scored yet")] {
        let options = json!([{"name": "period", "type": 3, "value": period}]);
        let data = json!({"id": "800", "name": "leaderboard", "type": 1, "options": options});
        let Answer::Say {
            message,
            private: false,
        } = bot.send(COMMAND, BO, 0, data).await
        else {
            panic!("not public");
        };
        let said = &message.embeds[0].description;
        assert!(said.contains(expect), "{period}: {said}");
    }
}

/// The options of a message's menu.
fn menu(message: &Message) -> Vec<String> {
    let rows = message.rows.iter().filter_map(|row| match row {
        Row::Select(menu) => Some(menu.options.iter().map(|o| o.value.clone())),
        Row::Buttons(_) => None,
    });
    rows.flatten().collect()
}

#[tokio::test]
async fn past_films_are_played_for_fun_and_future_ones_are_never_shown() {
    let bot = TestBot::up(memory(), &[]);
    let list = bot.go(ANN, "daily:film:past:0").await;
    let offered = menu(&list);
    assert_eq!(offered.len(), 10);
    assert_eq!(offered[0], "daily:film:day:20777", "not today's");
    let older = bot.go(ANN, "daily:film:past:1").await;
    assert_eq!(menu(&older)[0], "daily:film:day:20767");
    let oldest = bot.go(ANN, "daily:film:past:255").await;
    assert_eq!(menu(&oldest).last().unwrap(), "daily:film:day:20718");

    // Chosen in the menu and missed to the end: no rank, no streak, nothing to share.
    let data = json!({"custom_id": "daily:film:pick", "component_type": 3, "values": [offered[0]]});
    let Answer::Update(first) = bot.send(PRESS, ANN, EPHEMERAL, data).await else {
        panic!("not in place");
    };
    assert!(title(&first).ends_with("#324 · clue 1 of 6"), "{first:?}");
    let mut shown = first;
    for position in 0..6 {
        let next = format!("daily:film:clue:20777:{position}");
        shown = bot.go(ANN, &next).await;
    }
    assert_eq!(title(&shown), "Film of the day #324: not found");
    let ids: Vec<String> = buttons(&shown).into_iter().map(|b| b.custom_id).collect();
    assert_eq!(ids, ["daily:film", "daily:film:past:0"]);
    assert_eq!(
        bot.store().daily_film_streak(UserId(ANN)).await.unwrap(),
        None
    );
    let list = bot.go(ANN, "daily:film:past:0").await;
    assert!(said(&list).contains("not found"), "{list:?}");

    for closed in [
        "daily:film:day:20779",
        "daily:film:day:20453",
        "daily:film:day:20717",
        "daily:film:day:-5",
        "daily:film:clue:20779:0",
        "daily:film:guess:20779",
    ] {
        let answer = private(bot.press(ANN, closed).await);
        assert!(answer.content.contains("not in the archive"), "{closed}");
    }
    let today = bot.press(ANN, "daily:film:guess:20778").await;
    assert!(matches!(today, Answer::Ask), "{today:?}");

    // Yesterday's film joins the archive when nobody can finish it any more.
    bot.set_clock(DAY.next(), 59);
    let list = bot.go(ANN, "daily:film:past:0").await;
    assert_eq!(menu(&list)[0], "daily:film:day:20777");
    bot.set_clock(DAY.next(), 60);
    let list = bot.go(ANN, "daily:film:past:0").await;
    assert_eq!(menu(&list)[0], "daily:film:day:20778");
}

/// Before a letter is typed, there are films to choose from, the same every day.
#[tokio::test]
async fn an_empty_guess_offers_well_known_films_and_gives_nothing_away() {
    let bot = TestBot::up(memory(), &[]);
    let mut offers = Vec::new();
    for days in 0..3 {
        bot.set_clock(Day(DAY.0 + days), 0);
        let option = json!({"name": "guess", "type": 3, "value": "", "focused": true});
        let data = json!({"id": "800", "name": "daily", "type": 1, "options": [option]});
        let Answer::Suggest(offered) = bot.send(TYPING, ANN, 0, data).await else {
            panic!("nothing offered");
        };
        assert_eq!(offered.len(), 25);
        assert!(offered.iter().all(|film| film.value.starts_with("work:")));
        offers.push(offered);
    }
    assert!(offers.windows(2).all(|days| days[0] == days[1]));
}

/// Seeded days: members open, guess, press old and forged buttons, twice, and share, over midnight.
/// One press opens one clue at most; nobody sees the title or a clue before they have it; and what
/// everybody sees, once for each member and day, has neither.
#[tokio::test]
async fn a_film_gives_itself_away_to_nobody_early() {
    for seed in 0..8 {
        println!("seed {seed}");
        let mut luck = ChaCha8Rng::seed_from_u64(seed);
        let bot = TestBot::up(memory(), &[]);
        let films = &bot.commands.app.daily_films;
        let today = films.of(bot.store(), DAY).await.unwrap();
        let tomorrow = films.of(bot.store(), DAY.next()).await.unwrap();
        let mut shared = BTreeSet::new();
        let mut minute = 23 * 60;
        for _ in 0..80 {
            minute += luck.random_range(0..3);
            bot.set_clock(DAY, minute);
            let user = [ANN, BO][luck.random_range(0..2)];
            let day = Day(DAY.0 + luck.random_range(0..2));
            let had = attempts(&bot, user).await;
            let position = luck.random_range(0..7);
            let custom_id = match luck.random_range(0..8) {
                0 => "daily:film".to_owned(),
                1..4 => format!("daily:film:clue:{}:{position}", day.0),
                4 => format!("daily:film:share:{}", day.0),
                5 => format!("daily:film:day:{}", day.0),
                _ => {
                    let film = if day == DAY { &today } else { &tomorrow };
                    match luck.random_range(0..4) {
                        0 => format!("work:{}", film.film),
                        1 => "Heat".to_owned(),
                        2 => "The Insider".to_owned(),
                        _ => "work:jaws-1975".to_owned(),
                    }
                }
            };
            let answer = if custom_id.starts_with("daily:") {
                bot.press(user, &custom_id).await
            } else {
                let option = json!({"name": "guess", "type": 3, "value": custom_id});
                let data = json!({"id": "800", "name": "daily", "type": 1, "options": [option]});
                bot.send(COMMAND, user, 0, data).await
            };
            let has = attempts(&bot, user).await;
            for (before, after) in had.iter().zip(&has) {
                let more = after.guesses.len() - before.guesses.len();
                assert!(more <= 1 && after.guesses.starts_with(&before.guesses));
            }
            let (message, is_public) = match answer {
                Answer::Say { message, private } => (message, !private),
                Answer::Update(message) => (message, false),
                other => panic!("{custom_id}: {other:?}"),
            };
            let text = said(&message);
            if is_public {
                assert!(has.iter().any(FilmAttempt::is_over), "{text}");
                let number = text.split('#').nth(1).unwrap_or_default();
                let number = number.split(':').next().unwrap_or_default().to_owned();
                assert!(shared.insert((user, number)), "twice: {text}");
            }
            for (film, attempt) in [&today, &tomorrow].into_iter().zip(&has) {
                let typed_it = custom_id.ends_with(film.film.as_str());
                let knows = !is_public && (attempt.is_over() || typed_it);
                let title = format!("**{}** ({})", escape(&film.title), film.year);
                assert!(knows || !text.contains(&title), "{custom_id}: {text}");
                let open = if is_public {
                    0
                } else {
                    usize::from(attempt.opened())
                };
                for clue in film.clues.iter().skip(open).filter(|_| !knows) {
                    let clue = format!("** {}", escape(clue));
                    assert!(!text.contains(&clue), "{custom_id}: {text}");
                }
            }
        }
    }
}

/// A member's attempts at both films.
async fn attempts(bot: &TestBot, user: u64) -> [FilmAttempt; 2] {
    let store = bot.store();
    let of = async |day| store.daily_film_attempt(day, UserId(user)).await.unwrap();
    [of(DAY).await, of(DAY.next()).await]
}
