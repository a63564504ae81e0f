//! Reports of questions: one per member, counted once, and deleted only after they were seen.

use super::*;
use crate::{REPORTED_PAGE_ROWS, Report};
use heat_core::id::{GuildId, UserId};
use std::collections::BTreeSet;

on_every_database!(
    a_member_has_one_report_for_a_question,
    a_question_is_hidden_where_enough_members_report_it,
    dismissing_takes_only_what_was_seen,
    the_most_reported_come_first,
    members_who_report_at_once_count_once_each,
);

fn report(question: &str, member: u64, at_ms: i64) -> Report {
    Report {
        guild: GuildId(GUILD),
        question: question.to_owned(),
        member: UserId(member),
        reason: "wrong".to_owned(),
        note: String::new(),
        at_ms,
    }
}

async fn put(store: &Store, question: &str, members: std::ops::RangeInclusive<u64>) {
    for member in members {
        let at_ms = i64::try_from(member).unwrap();
        store
            .put_report(report(question, member, at_ms))
            .await
            .unwrap();
    }
}

async fn hidden_questions(store: &Store, guild: u64, members: u32) -> Vec<String> {
    let among = ["a", "b", "c", "it's \"c\""].map(str::to_owned).to_vec();
    let hidden_questions = store
        .hidden_questions(GuildId(guild), among, members)
        .await
        .unwrap();
    hidden_questions.into_iter().collect()
}

async fn a_member_has_one_report_for_a_question(scratch: Scratch) {
    let store = scratch.open();
    let high = u64::MAX - 3;
    store.put_report(report("a", high, 10)).await.unwrap();
    let again = Report {
        reason: "two-right".to_owned(),
        note: "it is “b”, too".to_owned(),
        ..report("a", high, 20)
    };
    store.put_report(again.clone()).await.unwrap();
    store.close().await.unwrap();

    let store = scratch.open();
    let page = store.reports(GuildId(GUILD), 0).await.unwrap();
    assert_eq!((page.all, page.pages, page.questions.len()), (1, 1, 1));
    let found = &page.questions[0];
    assert_eq!((found.members, found.newest_ms), (1, 20));
    assert_eq!(found.reasons, [("two-right".to_owned(), 1)].into());
    assert_eq!(found.notes, [again.note]);
    assert_eq!(store.reports(GuildId(GUILD + 1), 0).await.unwrap().all, 0);
    assert_eq!(
        store
            .reports(GuildId(GUILD), u32::MAX)
            .await
            .unwrap()
            .questions,
        []
    );
}

async fn a_question_is_hidden_where_enough_members_report_it(scratch: Scratch) {
    let store = scratch.open();
    put(&store, "a", 1..=2).await;
    put(&store, "a", 2..=2).await;
    put(&store, "it's \"c\"", 1..=3).await;
    assert_eq!(
        hidden_questions(&store, GUILD, 1).await,
        ["a", "it's \"c\""]
    );
    assert_eq!(
        hidden_questions(&store, GUILD, 2).await,
        ["a", "it's \"c\""]
    );
    assert_eq!(hidden_questions(&store, GUILD, 3).await, ["it's \"c\""]);
    assert!(hidden_questions(&store, GUILD, 4).await.is_empty());
    assert!(hidden_questions(&store, GUILD + 1, 1).await.is_empty());
    let none = store
        .hidden_questions(GuildId(GUILD), Vec::new(), 1)
        .await
        .unwrap();
    assert_eq!(none, BTreeSet::new());
}

async fn dismissing_takes_only_what_was_seen(scratch: Scratch) {
    let store = scratch.open();
    put(&store, "a", 1..=3).await;
    put(&store, "b", 1..=3).await;
    // Member 2 says more, member 4 joins in, while a manager looks at the first three.
    store.put_report(report("a", 2, 9)).await.unwrap();
    store.put_report(report("a", 4, 10)).await.unwrap();
    assert!(store.dismiss_reports(GuildId(GUILD), "a", 3).await.unwrap());
    assert!(!store.dismiss_reports(GuildId(GUILD), "a", 3).await.unwrap());
    assert!(
        !store
            .dismiss_reports(GuildId(GUILD + 1), "b", 3)
            .await
            .unwrap()
    );
    let page = store.reports(GuildId(GUILD), 0).await.unwrap();
    let left: Vec<_> = page
        .questions
        .iter()
        .map(|q| (&*q.question, q.members))
        .collect();
    assert_eq!(left, [("b", 3), ("a", 2)]);
    assert!(
        store
            .dismiss_reports(GuildId(GUILD), "a", 10)
            .await
            .unwrap()
    );
    assert_eq!(
        store.reported_questions(GuildId(GUILD)).await.unwrap(),
        ["b"]
    );
    assert_eq!(hidden_questions(&store, GUILD, 1).await, ["b"]);
}

async fn the_most_reported_come_first(scratch: Scratch) {
    let store = scratch.open();
    let ids: Vec<String> = (0..=2 * REPORTED_PAGE_ROWS)
        .map(|n| format!("q{n}"))
        .collect();
    // The n-th is reported by n + 1 members; the last by as many as the one before it, but later.
    for (id, members) in ids.iter().zip(1_u64..) {
        put(&store, id, 1..=members.min(ids.len() as u64 - 1)).await;
    }
    let last = report(&ids[ids.len() - 1], 1, 1_000);
    let noted = Report {
        note: "late".to_owned(),
        reason: "other".to_owned(),
        ..last
    };
    store.put_report(noted).await.unwrap();
    let mut seen = Vec::new();
    for page in 0..4 {
        let page = store.reports(GuildId(GUILD), page).await.unwrap();
        assert_eq!((page.all, page.pages), (ids.len() as u64, 3));
        assert!(page.questions.len() <= REPORTED_PAGE_ROWS as usize);
        seen.extend(page.questions);
    }
    assert!(seen.iter().map(|q| &q.question).eq(ids.iter().rev()));
    assert_eq!(seen[0].notes, ["late"]);
    let others = seen[0].members - 1;
    let reasons = [("other".to_owned(), 1), ("wrong".to_owned(), others)];
    assert_eq!(seen[0].reasons, reasons.into());
}

async fn members_who_report_at_once_count_once_each(scratch: Scratch) {
    let store = scratch.open();
    let tasks = (0..24).map(|n: u64| {
        let store = store.clone();
        tokio::spawn(async move { store.put_report(report("a", n % 3, 1)).await })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap().unwrap();
    }
    let page = store.reports(GuildId(GUILD), 0).await.unwrap();
    assert_eq!(page.questions[0].members, 3);
    assert_eq!(hidden_questions(&store, GUILD, 3).await, ["a"]);
}
