//! How often questions are answered correctly: once for each answer, at the reveal, and without
//! members.

use super::*;
use crate::{Anonymised, Forgotten, QuestionCount};
use heat_core::id::{GameId, UserId};

on_every_database!(
    answers_count_with_their_reveal_and_once,
    counts_outlast_whoever_is_forgotten,
);

fn count(question: &str, answered: u64, correct: u64) -> QuestionCount {
    QuestionCount {
        question: question.to_owned(),
        answered,
        correct,
    }
}

async fn answers_count_with_their_reveal_and_once(scratch: Scratch) {
    let store = scratch.open();
    store.commit(start(1)).await.unwrap();
    let high = u64::MAX - 3;
    let answers = vec![answer(1, high, 100, 5), answer(1, 2, 0, 6)];
    let open = Write {
        game: GameId(1),
        answers: answers.clone(),
        ..Write::default()
    };
    store.commit(open).await.unwrap();
    assert_eq!(store.question_counts(1).await.unwrap(), []);
    for _ in 0..2 {
        store.commit(played(1, answers.clone())).await.unwrap();
        assert_eq!(store.question_counts(1).await.unwrap(), [count("q1", 2, 1)]);
    }
    // An answer that comes after the reveal counts at once, and a repeat does not count.
    for _ in 0..2 {
        let late = Write {
            game: GameId(1),
            answers: vec![answer(1, 7, 50, 9)],
            ..Write::default()
        };
        store.commit(late).await.unwrap();
    }
    store
        .commit(played(1, vec![answer(2, 2, 0, 9)]))
        .await
        .unwrap();
    store.close().await.unwrap();

    let store = scratch.open();
    let all = [count("q1", 3, 2), count("q2", 1, 0)];
    assert_eq!(store.question_counts(1).await.unwrap(), all);
    assert_eq!(store.question_counts(2).await.unwrap(), all[..1]);
    let among = ["q2", "q9", "it's \"q1\""].map(str::to_owned).to_vec();
    assert_eq!(store.counts_of(among).await.unwrap(), all[1..]);
    store.close().await.unwrap();
    let read = crate::read_question_counts(&scratch.url).await.unwrap();
    assert_eq!(read, all);
}

async fn counts_outlast_whoever_is_forgotten(scratch: Scratch) {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the signature that the store calls"
    )]
    fn anonymise(events: &[(u32, String)], _member: UserId) -> Result<Anonymised, String> {
        Ok(Anonymised {
            events: events.to_vec(),
            stand_in: UserId(u64::MAX - 9),
        })
    }
    let store = scratch.open();
    store.commit(start(1)).await.unwrap();
    let played = Write {
        ended: true,
        ..played(1, vec![answer(1, 5, 100, 5), answer(1, 6, 0, 5)])
    };
    store.commit(played).await.unwrap();
    assert_eq!(
        store.forget(UserId(5), anonymise).await.unwrap(),
        Forgotten::Done
    );
    assert_eq!(store.question_counts(1).await.unwrap(), [count("q1", 2, 1)]);
    assert_sound(&store).await;
}
