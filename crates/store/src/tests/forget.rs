//! A member is deleted: no trace of them is left, and nothing of others has changed.

use super::*;
use crate::{
    Anonymised, DailyAnswer, DailyFilmGuess, DailyKind, Forgotten, Report, StoreError, StoredChain,
    StoredPack,
};
use heat_core::bank::{Answer, Question, Round};
use heat_core::daily::{Day, QUESTIONS};
use heat_core::facts::{Difficulty, Topic};
use heat_core::game::{
    AnswerStyle, CloseReason, EndReason, Event, Game, Hint, Mark, MessageId, Mode, Response,
    Settings, UserId,
};
use heat_core::id::{
    ChannelId, EntryId, GameId, GuildId, InteractionId, PlaceId, RoleId, SeasonId,
};
use heat_core::standing::Standing;
use std::sync::Arc;

on_every_database!(
    nothing_of_a_deleted_member_is_left,
    a_member_of_a_live_game_is_not_deleted,
    a_deletion_that_was_cut_off_is_finished_by_the_next,
    many_leave_the_same_games_at_once,
    an_answer_while_its_member_is_deleted_leaves_everything_sound,
);

const ANN: u64 = 1_100_200_300_400_500_601;
/// As a signed number it is negative.
const BO: u64 = u64::MAX - 7_777_777;
const CY: u64 = 1_100_200_300_400_500_603;
const NOW: &str = "2026-07-15T10:00:00Z";

fn round(n: usize) -> Round {
    let choice = |text: &str| Answer {
        text: text.to_owned(),
        entity: None,
    };
    Round {
        question: Arc::new(Question {
            id: format!("q{n}"),
            pack: "p".to_owned(),
            facts: Vec::new(),
            tells: Vec::new(),
            topic: Topic::Casting,
            difficulty: Difficulty::Easy,
            template: "written".to_owned(),
            about: Vec::new(),
            prompt: "Who?".to_owned(),
            answer: choice("A"),
            accept: Vec::new(),
            distractors: ["B", "C", "D"].map(choice).to_vec(),
            reason: "So.".to_owned(),
            citation: String::new(),
            url: None,
            lookup: None,
        }),
        choices: [None, Some(0), Some(1), Some(2)],
        clues: Vec::new(),
        typed: None,
    }
}

/// Every kind of event that names a member.
fn events(starter: u64, other: u64) -> Vec<Event> {
    let asked = asked(starter, other);
    let (starter, other) = (UserId(starter), UserId(other));
    [asked, hosted(starter, other), ended(starter, other)].concat()
}

fn asked(starter: u64, other: u64) -> Vec<Event> {
    let settings = Settings {
        starter: UserId(starter),
        mode: Mode::Duel,
        answers: AnswerStyle::Typed,
        opponent: Some(UserId(other)),
        ..serde_json::from_value(serde_json::json!({
            "pack": null, "rounds": 2, "seconds": 20, "difficulty": null, "starter": 1, "solo": false,
        }))
        .unwrap()
    };
    let (starter, other) = (UserId(starter), UserId(other));
    let answered = |user, text: &str, points| Event::Answered {
        round: 0,
        user,
        response: Response::Typed {
            text: text.to_owned(),
        },
        correct: points > 0,
        points,
        streak: 0,
        elapsed_ms: 900,
        at_ms: ms(NOW),
    };
    vec![
        Game::started(settings, vec![round(0), round(1)], 1_000, 7),
        Event::Seated {
            user: other,
            team: None,
        },
        Event::Unseated { user: other },
        Event::Seated {
            user: other,
            team: None,
        },
        Event::Begun { first_at_ms: 2_000 },
        Event::Asking {
            round: 0,
            give_up_at_ms: 3_000,
        },
        Event::Opened {
            round: 0,
            message: MessageId(5),
            opened_at_ms: 2_500,
            closes_at_ms: 9_000,
            extended: false,
        },
        Event::Joined {
            round: 0,
            user: other,
        },
        Event::Hinted {
            round: 0,
            user: other,
            hint: Hint::Letters {
                shown: "A••".to_owned(),
            },
        },
        answered(starter, &format!("is it <@{other}>?"), 100),
        answered(other, "my own words", 0),
        Event::Scored {
            round: 0,
            user: starter,
            points: 5,
        },
        Event::SkipVoted {
            round: 0,
            user: other,
        },
        Event::PauseAsked { by: other },
        Event::Closed {
            round: 0,
            reason: CloseReason::Everyone,
            next_at_ms: 10_000,
        },
    ]
}

fn hosted(starter: UserId, other: UserId) -> Vec<Event> {
    vec![
        Event::Judged {
            round: 0,
            by: other,
            marks: vec![Mark {
                user: starter,
                correct: true,
                points: 100,
                streak: 1,
            }],
        },
        Event::Bonus {
            round: 0,
            user: other,
            points: 50,
            by: starter,
        },
        Event::BonusUndone {
            round: 0,
            nth: 0,
            by: starter,
        },
        Event::LastCalled {
            round: 0,
            by: other,
        },
    ]
}

fn ended(starter: UserId, other: UserId) -> Vec<Event> {
    vec![
        Event::LivesLost {
            round: 0,
            users: vec![starter, other],
        },
        Event::Paused {
            next: 1,
            until_ms: 99_000,
            by: other,
        },
        Event::Unpaused {
            next: 1,
            next_at_ms: 11_000,
        },
        Event::Ended {
            reason: EndReason::Finished,
            by: Some(other),
        },
    ]
}

/// Stores a game of two members, with their answers in its one revealed round.
async fn game(store: &Store, id: u64, guild: Option<u64>, [starter, other]: [u64; 2], over: bool) {
    let events = events(starter, other);
    let members = events.iter().flat_map(Event::members).map(|m| m.0);
    let mut write = start(id);
    let create = write.create.as_mut().unwrap();
    create.guild = guild.map(GuildId);
    create.place = PlaceId(guild.unwrap_or(id));
    create.channel = ChannelId(id);
    create.starter = UserId(starter);
    let at = ms(NOW);
    store
        .commit(Write {
            members: members.map(UserId).collect(),
            events: events
                .iter()
                .map(|e| serde_json::to_string(e).unwrap())
                .collect(),
            answers: vec![
                answer(0, starter, 105, at),
                answer(0, other, 0, at),
                answer(1, other, 9, at),
            ],
            revealed: vec![0],
            asked: vec!["q0".to_owned()],
            route: Some(format!(r#"{{"token":"of {other}"}}"#)),
            ended: over,
            ..write
        })
        .await
        .unwrap();
}

async fn daily(store: &Store, user: u64, day: u16) {
    let day = Day(day.into());
    store
        .keep_daily_puzzle(DailyKind::Questions, day, "{}")
        .await
        .unwrap();
    store.begin_daily(day, UserId(user), 1).await.unwrap();
    for position in 0..QUESTIONS {
        let answer = DailyAnswer {
            day,
            user: UserId(user),
            position,
            choice: 1,
            correct: position % 2 == 0,
            at_ms: 2,
            guild: Some(GuildId(GUILD)),
        };
        store.answer_daily(answer).await.unwrap();
    }
    store
        .share_daily(DailyKind::Questions, day, UserId(user), ChannelId(77))
        .await
        .unwrap();
    let guess = DailyFilmGuess {
        day,
        user: UserId(user),
        guess: "work:jaws-1975".into(),
        position: None,
        correct: true,
        counts: true,
        guild: Some(GuildId(GUILD)),
        at_ms: 3,
    };
    store.guess_daily_film(guess).await.unwrap();
    store
        .share_daily(DailyKind::Film, day, UserId(user), ChannelId(77))
        .await
        .unwrap();
    for (channel, last, rival) in [(user, user, None), (user + 1, 7, Some(user))] {
        let chain = StoredChain {
            channel: ChannelId(channel % 1_000_000),
            guild: GuildId(GUILD),
            turn: InteractionId(1),
            user: UserId(last),
            rival: rival.map(UserId),
            at_ms: 4,
            films: 1,
            body: "{}".to_owned(),
            route: None,
            ending_at_ms: None,
        };
        store.put_chain(chain, None).await.unwrap();
    }
}

/// Everything a member can leave behind, for two who do the same; games 1 to 60.
async fn fill(store: &Store) {
    for id in 1..=60 {
        let who = if id % 2 == 0 { [ANN, BO] } else { [BO, ANN] };
        let guild = match id % 3 {
            0 => Some(GUILD),
            1 => Some(GUILD + 1),
            _ => None,
        };
        game(store, id, guild, who, true).await;
    }
    for (member, at_ms) in [(ANN, 1), (BO, 2)] {
        store.hide_typed(UserId(member), Some(at_ms)).await.unwrap();
        daily(store, member, 20_000).await;
        daily(store, member, 20_001).await;
        let day = Day(20_002);
        store.begin_daily(day, UserId(member), 1).await.unwrap();
        let report = Report {
            guild: GuildId(GUILD),
            question: "q0".to_owned(),
            member: UserId(member),
            reason: "wrong".to_owned(),
            note: "a note".to_owned(),
            at_ms,
        };
        store.put_report(report).await.unwrap();
        let pack = StoredPack {
            id: format!("of-{at_ms}"),
            body: "{}".to_owned(),
            added_by: UserId(member),
            added_at_ms: 5,
        };
        store.put_pack(GuildId(GUILD), pack).await.unwrap();
        let draft = crate::Draft {
            id: InteractionId(member ^ 5),
            guild: GuildId(GUILD),
            author: UserId(member),
            body: "{}".to_owned(),
            is_suggested: true,
            at_ms,
        };
        assert!(store.put_draft(draft, 5).await.unwrap());
    }
    for (member, id) in [(ANN, 31), (BO, 32)] {
        let planned = crate::NewEntry {
            id: EntryId(id),
            guild: GuildId(GUILD),
            body: "{}".into(),
            host: Some(UserId(member)),
            next_at_ms: 9,
            has_event: true,
            entries_max: 5,
        };
        assert!(store.add_entry(planned).await.unwrap());
    }
    let season = crate::NewSeason {
        id: SeasonId(3),
        guild: GuildId(GUILD),
        name: "Autumn".into(),
        role: Some(RoleId(11)),
        winners: 2,
        opened_at_ms: 0,
        seasons_max: 5,
    };
    store.open_season(season).await.unwrap();
    let end = crate::SeasonEnd {
        guild: GuildId(GUILD),
        by: InteractionId(4),
        at_ms: i64::MAX,
        route: "{}".into(),
        holders_max: 5,
    };
    assert!(store.close_season(end).await.unwrap().is_some());
}

/// The whole database as text, from every table.
fn everything(scratch: &Scratch) -> String {
    let Some(file) = scratch.url.strip_prefix("sqlite://") else {
        return everything_on_server(&scratch.url);
    };
    let conn = rusqlite::Connection::open(file).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut statement = conn.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let mut found = String::new();
    for table in list("SELECT name FROM sqlite_master WHERE type = 'table'") {
        for column in list(&format!("SELECT name FROM pragma_table_info('{table}')")) {
            let values = list(&format!(
                "SELECT CASE typeof({column}) WHEN 'blob' THEN lower(hex({column}))
                     ELSE coalesce(CAST({column} AS TEXT), '') END FROM {table}"
            ));
            found.extend([&table, ".", &column, ": ", &values.join("|"), "\n"]);
        }
    }
    found
}

/// The same without the processes' own rows, which change on their own.
fn of_members(scratch: &Scratch) -> Vec<String> {
    let found = everything(scratch);
    let lines = found.lines().filter(|line| !line.starts_with("writers."));
    lines.map(str::to_owned).collect()
}

fn everything_on_server(url: &str) -> String {
    let server = crate::tests::postgres::server::shared();
    let columns = "SELECT table_name || ' ' || column_name FROM information_schema.columns
         WHERE table_schema = current_schema() ORDER BY 1";
    let columns = server.sql(url, columns);
    let lines = columns.lines().map(|line| {
        let (table, column) = line.split_once(' ').unwrap();
        let values = server.sql(url, &format!("SELECT {column}::text FROM {table}"));
        format!("{table}.{column}: {}\n", values.replace('\n', "|"))
    });
    lines.collect()
}

/// The ways an id may be stored: as a number, as the signed one with the same bits, and among
/// bytes, which the search shows in hexadecimal.
fn spellings(id: u64) -> [String; 4] {
    [
        id.to_string(),
        id.cast_signed().to_string(),
        format!("{id:016x}"),
        format!("{:016x}", id.swap_bytes()),
    ]
}

#[track_caller]
fn assert_gone(scratch: &Scratch, id: u64) {
    let found = everything(scratch);
    assert!(
        found.contains("games.starter"),
        "the search finds the tables"
    );
    for line in found.lines() {
        for spelling in spellings(id) {
            assert!(!line.contains(&spelling), "{line:.2000}");
        }
    }
    assert!(
        !is_in_the_files(scratch, id),
        "between the rows, or in the log"
    );
}

/// Whether the bytes of a file database, or of its log, have an id in any form.
fn is_in_the_files(scratch: &Scratch, id: u64) -> bool {
    let Some(file) = scratch.url.strip_prefix("sqlite://") else {
        return false;
    };
    ["", "-wal", "-shm"].into_iter().any(|ending| {
        let bytes = std::fs::read(format!("{file}{ending}")).unwrap_or_default();
        let has = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
        has(id.to_string().as_bytes()) || has(&id.to_be_bytes())
    })
}

fn replayed(stored: &crate::StoredGame) -> Game {
    let events = stored.events.iter();
    Game::replay(events.map(|event| serde_json::from_str(event).unwrap())).unwrap()
}

async fn board_of(store: &Store, member: u64) -> Vec<Option<Standing>> {
    let mut found = Vec::new();
    for scope in [Scope::Global, Scope::Guild(GuildId(GUILD))] {
        for period in Period::ALL {
            found.push(
                store
                    .standing(board(scope, period, NOW), UserId(member))
                    .await
                    .unwrap(),
            );
        }
    }
    found
}

/// The member to be deleted has rows in every table that names members.
async fn has_rows_everywhere(store: &Store) {
    let rows = store.member_rows(UserId(ANN)).await.unwrap();
    let questions = 2 * usize::from(QUESTIONS);
    for (table, count) in [
        ("reports", 1),
        ("packs", 1),
        ("drafts", 1),
        ("schedule", 1),
        ("daily_attempts", 3),
        ("daily_answers", questions),
        ("daily_streaks", 1),
        ("daily_shares", 2),
        ("daily_film_attempts", 2),
        ("daily_film_guesses", 2),
        ("daily_film_shares", 2),
        ("typed_hidden", 1),
        ("season_places", 1),
        ("season_roles", 1),
        ("chains", 2),
    ] {
        assert_eq!(rows[table].len(), count, "{table}");
    }
}

async fn nothing_of_a_deleted_member_is_left(scratch: Scratch) {
    let store = scratch.open();
    fill(&store).await;
    let before = replayed(&store.game(GameId(3)).await.unwrap().unwrap());
    let bos = board_of(&store, BO).await;
    has_rows_everywhere(&store).await;
    let is_file = scratch.url.starts_with("sqlite");
    assert_eq!(
        is_in_the_files(&scratch, ANN),
        is_file,
        "the search finds ids"
    );
    let games = store.member_games(UserId(ANN), None, 7).await.unwrap();
    assert!(
        games
            .iter()
            .map(|game| game.id)
            .eq((54..=60).rev().map(GameId))
    );
    let games = store
        .member_games(UserId(ANN), Some(GameId(3)), 7)
        .await
        .unwrap();
    assert!(games.iter().map(|game| game.id).eq([2, 1].map(GameId)));

    assert_eq!(
        store.forget(UserId(ANN), anonymise).await.unwrap(),
        Forgotten::Done
    );
    assert_gone(&scratch, ANN);
    assert_sound(&store).await;
    assert!(board_of(&store, ANN).await.iter().all(Option::is_none));
    assert!(
        store
            .member_rows(UserId(ANN))
            .await
            .unwrap()
            .values()
            .all(Vec::is_empty)
    );
    assert!(
        store
            .member_games(UserId(ANN), None, 9)
            .await
            .unwrap()
            .is_empty()
    );

    // The other member's points, answers and days are unchanged; a place ahead of theirs is free.
    let points = |standings: &[Option<Standing>]| -> Vec<_> {
        standings
            .iter()
            .flatten()
            .map(|s| (s.points, s.correct, s.answered))
            .collect()
    };
    assert_eq!(points(&board_of(&store, BO).await), points(&bos));
    let day = Day(20_001);
    let placing = store
        .daily_placing(day, Some(GuildId(GUILD)), UserId(BO))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            placing.rank,
            store.daily_board(day, None, 0).await.unwrap().rows.len()
        ),
        (1, 1)
    );
    assert_eq!(
        store
            .daily_streak(UserId(BO))
            .await
            .unwrap()
            .unwrap()
            .current,
        2
    );
    assert_eq!(store.daily_streak(UserId(ANN)).await.unwrap(), None);
    assert_eq!(store.packs(GuildId(GUILD)).await.unwrap().len(), 2);
    the_game_is_complete(&store, &before).await;
    deleting_the_other_too_leaves_empty_boards(&scratch, &store, before.players().len()).await;
}

/// With a number in their place, and its code works.
async fn the_game_is_complete(store: &Store, before: &Game) {
    let stored = store.game_by_code("CODE-3").await.unwrap().unwrap();
    let after = replayed(&stored);
    assert_eq!(after.rounds(), before.rounds());
    assert_eq!(after.phase(), before.phase());
    assert_eq!(after.settings().starter, UserId(BO));
    let stand_in = after.settings().opponent.unwrap();
    assert!(stand_in.is_nobody());
    assert_eq!(after.players()[&UserId(BO)], before.players()[&UserId(BO)]);
    assert_eq!(after.players()[&stand_in], before.players()[&UserId(ANN)]);
    let own = store.game(GameId(2)).await.unwrap().unwrap();
    assert_eq!(own.meta.starter, replayed(&own).settings().starter);
    assert!(UserId(own.meta.starter.0).is_nobody());
    assert!(!stored.events.concat().contains("my own words"));
}

/// And two distinct numbers in their games.
async fn deleting_the_other_too_leaves_empty_boards(
    scratch: &Scratch,
    store: &Store,
    players: usize,
) {
    assert_eq!(
        store.forget(UserId(BO), anonymise).await.unwrap(),
        Forgotten::Done
    );
    assert_gone(scratch, BO);
    assert_gone(scratch, ANN);
    let both = replayed(&store.game(GameId(3)).await.unwrap().unwrap());
    assert_ne!(Some(both.settings().starter), both.settings().opponent);
    assert_eq!(both.players().len(), players);
    assert_eq!(
        whole(store, board(Scope::Global, Period::All, NOW)).await,
        []
    );
    assert_sound(store).await;
    store.rebuild_standings().await.unwrap();
    assert_sound(store).await;

    comes_back(scratch, store).await;
}

/// A member who returns starts from nothing, and may be deleted again.
async fn comes_back(scratch: &Scratch, store: &Store) {
    game(store, 99, Some(GUILD), [ANN, CY], true).await;
    let all = store
        .standing(board(Scope::Global, Period::All, NOW), UserId(ANN))
        .await
        .unwrap();
    assert_eq!(all.map(|s| (s.points, s.answered)), Some((105, 1)));
    assert_eq!(
        store.forget(UserId(ANN), anonymise).await.unwrap(),
        Forgotten::Done
    );
    assert_gone(scratch, ANN);
    assert_eq!(
        store.forget(UserId(ANN), anonymise).await.unwrap(),
        Forgotten::Done
    );
    assert_sound(store).await;
}

async fn a_member_of_a_live_game_is_not_deleted(scratch: Scratch) {
    let store = scratch.open();
    game(&store, 1, Some(GUILD), [ANN, BO], true).await;
    game(&store, 2, Some(GUILD), [CY, ANN], false).await;
    let before = of_members(&scratch);
    let refused = store.forget(UserId(ANN), anonymise).await.unwrap();
    assert_eq!(
        refused,
        Forgotten::Playing {
            channels: vec![ChannelId(2)]
        }
    );
    assert!(of_members(&scratch) == before, "nothing was done");
    assert_eq!(
        store.forget(UserId(BO), anonymise).await.unwrap(),
        Forgotten::Done
    );
    let over = Write {
        game: GameId(2),
        ended: true,
        ..Write::default()
    };
    store.commit(over).await.unwrap();
    assert_eq!(
        store.forget(UserId(ANN), anonymise).await.unwrap(),
        Forgotten::Done
    );
    assert_gone(&scratch, ANN);
    assert_sound(&store).await;
}

fn anonymise(events: &[(u32, String)], member: UserId) -> Result<Anonymised, String> {
    let anonymised = heat_core::game::anonymise(events, member);
    let (events, stand_in) = anonymised.map_err(|error| error.to_string())?;
    Ok(Anonymised { events, stand_in })
}

/// Fails at the last game of the second fifty, like a process that dies.
fn break_off(events: &[(u32, String)], member: UserId) -> Result<Anonymised, String> {
    use std::sync::atomic::{AtomicU32, Ordering};
    thread_local!(static DONE: AtomicU32 = const { AtomicU32::new(0) });
    if DONE.with(|done| done.fetch_add(1, Ordering::Relaxed)) % 60 == 59 {
        return Err("the power is gone".to_owned());
    }
    anonymise(events, member)
}

async fn a_deletion_that_was_cut_off_is_finished_by_the_next(scratch: Scratch) {
    let store = scratch.open();
    fill(&store).await;
    let broken = store.forget(UserId(ANN), break_off).await.unwrap_err();
    assert!(matches!(broken, StoreError::Damaged { .. }), "{broken}");
    // Consistent at every moment: some games are done, the others unchanged.
    assert_sound(&store).await;
    let left = store.member_games(UserId(ANN), None, 100).await.unwrap();
    assert_eq!(left.len(), 10);
    let standing = store
        .standing(board(Scope::Global, Period::All, NOW), UserId(ANN))
        .await
        .unwrap();
    assert_eq!(standing.unwrap().answered, 10);
    store.close().await.unwrap();

    let store = scratch.open();
    assert_eq!(
        store.forget(UserId(ANN), anonymise).await.unwrap(),
        Forgotten::Done
    );
    assert_gone(&scratch, ANN);
    assert_sound(&store).await;
}

async fn many_leave_the_same_games_at_once(scratch: Scratch) {
    let store = scratch.open();
    fill(&store).await;
    let tasks = [ANN, BO, ANN, BO].map(|member| {
        let store = store.clone();
        tokio::spawn(async move { store.forget(UserId(member), anonymise).await })
    });
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap(), Forgotten::Done);
    }
    assert_gone(&scratch, ANN);
    assert_gone(&scratch, BO);
    for id in 1..=60 {
        let game = replayed(&store.game(GameId(id)).await.unwrap().unwrap());
        assert_ne!(Some(game.settings().starter), game.settings().opponent);
    }
    assert_sound(&store).await;
}

async fn an_answer_while_its_member_is_deleted_leaves_everything_sound(scratch: Scratch) {
    let store = scratch.open();
    fill(&store).await;
    let playing = store.clone();
    let play = tokio::spawn(async move {
        for id in 101..130 {
            game(&playing, id, Some(GUILD), [ANN, BO], true).await;
        }
    });
    let forgotten = store.forget(UserId(ANN), anonymise).await.unwrap();
    assert_eq!(forgotten, Forgotten::Done);
    play.await.unwrap();
    assert_sound(&store).await;
    assert_eq!(
        store.forget(UserId(ANN), anonymise).await.unwrap(),
        Forgotten::Done
    );
    assert_gone(&scratch, ANN);
    assert_sound(&store).await;
}
