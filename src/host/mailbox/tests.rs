use super::*;
use futures_util::{FutureExt as _, poll};
use proptest::prelude::*;
use std::collections::VecDeque;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Wake;
use std::time::Duration;
use tokio::task::{unconstrained, yield_now};

/// Long enough for any of these on a busy machine: anything slower is stuck.
const HANGS: Duration = Duration::from_secs(60);

#[tokio::test]
async fn items_arrive_in_order_and_in_batches() {
    let (sender, mut receiver) = mailbox();
    for piece in 0..200 {
        sender.send(piece).await.unwrap();
    }
    let mut sizes = Vec::new();
    let mut come = Vec::new();
    while come.len() < 200 {
        let batch = receiver.receive().await;
        sizes.push(batch.len());
        come.extend(batch);
    }
    assert_eq!(sizes, [64, 64, 64, 8]);
    assert!(come.into_iter().eq(0..200));
}

#[tokio::test]
async fn an_empty_mailbox_holds_no_memory_for_items() {
    let (sender, mut receiver) = mailbox();
    for piece in 0..LIMIT {
        sender.send(piece).await.unwrap();
    }
    while sender.0.room.available_permits() < LIMIT {
        receiver.receive().await;
    }
    assert_eq!(sender.0.inside().waiting.capacity(), 0);
}

#[tokio::test]
async fn a_full_mailbox_makes_senders_wait_until_there_is_room() {
    let (sender, mut receiver) = mailbox();
    for piece in 0..LIMIT {
        sender.send(piece).await.unwrap();
    }
    // That many at once would also exhaust its budget and make it yield.
    yield_now().await;
    let mut first = pin!(sender.send(LIMIT));
    let mut given_up = Box::pin(sender.send(LIMIT + 9));
    let mut second = pin!(sender.send(LIMIT + 1));
    assert!(poll!(first.as_mut()).is_pending());
    assert!(poll!(given_up.as_mut()).is_pending());
    assert!(poll!(second.as_mut()).is_pending());
    drop(given_up);
    let mut come = receiver.receive().await;
    assert_eq!(poll!(second.as_mut()), Poll::Ready(Ok(())));
    assert_eq!(poll!(first.as_mut()), Poll::Ready(Ok(())));
    while come.len() < LIMIT + 2 {
        come.extend(receiver.receive().await);
    }
    // Both were let in; their order depends on which runs first.
    come[LIMIT..].sort_unstable();
    assert!(come.into_iter().eq(0..LIMIT + 2));
}

#[tokio::test]
async fn the_reader_gets_the_rest_and_then_learns_that_all_senders_are_gone() {
    let (sender, mut receiver) = mailbox();
    let other = sender.clone();
    other.send(1).await.unwrap();
    drop(other);
    assert_eq!(receiver.receive().await, [1]);
    let mut waiting = Box::pin(receiver.receive());
    assert!(poll!(waiting.as_mut()).is_pending());
    sender.send(2).await.unwrap();
    drop(sender);
    assert_eq!(waiting.as_mut().await, [2]);
    drop(waiting);
    assert!(receiver.receive().await.is_empty());
    assert!(receiver.receive().await.is_empty());
}

#[tokio::test]
async fn senders_learn_that_the_reader_is_gone() {
    let (sender, receiver) = mailbox();
    let piece = Arc::new(());
    for _ in 0..LIMIT {
        sender.send(Arc::clone(&piece)).await.unwrap();
    }
    yield_now().await;
    let mut late = Box::pin(sender.send(Arc::clone(&piece)));
    assert!(poll!(late.as_mut()).is_pending());
    drop(receiver);
    assert_eq!(late.as_mut().await, Err(Closed));
    drop(late);
    assert_eq!(Arc::strong_count(&piece), 1, "what was not read is let go");
    assert_eq!(sender.clone().send(piece).await, Err(Closed));
}

#[tokio::test]
async fn a_reader_that_gives_up_has_taken_nothing() {
    let (sender, mut receiver) = mailbox::<u8>();
    assert!(receiver.receive().now_or_never().is_none());
    sender.send(1).await.unwrap();
    assert_eq!(receiver.receive().await, [1]);
}

#[tokio::test]
async fn a_reader_that_always_finds_something_lets_others_run() {
    let (sender, mut receiver) = mailbox();
    let others = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&others);
    tokio::spawn(async move { others.fetch_add(1, Ordering::SeqCst) });
    for _ in 0..10_000 {
        let sent = unconstrained(sender.send(())).now_or_never();
        assert_eq!(sent, Some(Ok(())));
        receiver.receive().await;
        if seen.load(Ordering::SeqCst) > 0 {
            return;
        }
    }
    panic!("nobody else came to run");
}

/// Counts how often it wakes.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[derive(Debug, Clone)]
enum Step {
    Send,
    Clone,
    DropSender,
    Receive,
    DropReceiver,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        60 => Just(Step::Send),
        4 => Just(Step::Clone),
        4 => Just(Step::DropSender),
        8 => Just(Step::Receive),
        1 => Just(Step::DropReceiver),
    ]
}

proptest! {
    #[test]
    fn it_behaves_like_a_queue(steps in prop::collection::vec(step(), 0..2_000)) {
        let (sender, receiver) = mailbox();
        let mut senders = vec![sender];
        let mut receiver = Some(receiver);
        let mut model = VecDeque::new();
        // Wakes that the reader has seen, if it is waiting.
        let mut waits_since = None;
        let count = Arc::new(Count::default());
        let waker = Waker::from(Arc::clone(&count));
        for (piece, step) in steps.into_iter().enumerate() {
            match step {
                Step::Send => {
                    let Some(sender) = senders.last() else { continue };
                    let sent = sender.send(piece).now_or_never();
                    if receiver.is_none() {
                        prop_assert_eq!(sent, Some(Err(Closed)));
                    } else if model.len() < LIMIT {
                        prop_assert_eq!(sent, Some(Ok(())));
                        model.push_back(piece);
                    } else {
                        prop_assert_eq!(sent, None);
                    }
                }
                Step::Clone => senders.extend(senders.last().cloned()),
                Step::DropSender => drop(senders.pop()),
                Step::Receive => {
                    let Some(receiver) = &mut receiver else { continue };
                    let got = receiver.poll(&mut Context::from_waker(&waker));
                    if model.is_empty() && !senders.is_empty() {
                        prop_assert_eq!(got, Poll::Pending);
                        waits_since = Some(count.0.load(Ordering::SeqCst));
                        continue;
                    }
                    let batch: Vec<_> = model.drain(..model.len().min(BATCH)).collect();
                    prop_assert_eq!(got, Poll::Ready(batch));
                    waits_since = None;
                }
                Step::DropReceiver => {
                    receiver = None;
                    waits_since = None;
                }
            }
            if let Some(seen) = waits_since {
                let has_cause = !model.is_empty() || senders.is_empty();
                let woken = count.0.load(Ordering::SeqCst) > seen;
                prop_assert_eq!(woken, has_cause);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_threads_lose_nothing() {
    const SENDERS: usize = 32;
    const EACH: usize = 2_000;
    let (sender, mut receiver) = mailbox();
    for who in 0..SENDERS {
        let sender = sender.clone();
        tokio::spawn(async move {
            for piece in 0..EACH {
                sender.send((who, piece)).await.unwrap();
                // From time to time the mailbox runs empty, so that the reader sleeps and is woken.
                if piece % 97 == who {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
        });
    }
    drop(sender);
    let reading = async {
        let mut next = [0; SENDERS];
        loop {
            // Like the game's task: it cancels a wait and starts it again.
            let batch = tokio::select! {
                biased;
                () = yield_now() => continue,
                batch = receiver.receive() => batch,
            };
            if batch.is_empty() {
                return next;
            }
            assert!(batch.len() <= BATCH);
            for (who, piece) in batch {
                assert_eq!(piece, next[who]);
                next[who] += 1;
            }
        }
    };
    let next = tokio::time::timeout(HANGS, reading).await.unwrap();
    assert_eq!(next, [EACH; SENDERS]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_waiting_reader_is_woken_without_polling_again() {
    for _ in 0..500 {
        let (ask, mut asked) = mailbox();
        let (answer, mut answered) = mailbox();
        let echo = tokio::spawn(async move {
            loop {
                let batch: Vec<u32> = asked.receive().await;
                if batch.is_empty() {
                    return;
                }
                for piece in batch {
                    answer.send(piece).await.unwrap();
                }
            }
        });
        let talk = async {
            for piece in 0..20 {
                ask.send(piece).await.unwrap();
                assert_eq!(answered.receive().await, [piece]);
            }
            drop(ask);
            echo.await.unwrap();
            assert!(answered.receive().await.is_empty());
        };
        tokio::time::timeout(HANGS, talk).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn senders_never_wait_for_a_reader_that_is_gone() {
    for round in 0..200 {
        let (sender, mut receiver) = mailbox();
        let piece = Arc::new(());
        let senders: Vec<_> = (0..8)
            .map(|_| {
                let (sender, piece) = (sender.clone(), Arc::clone(&piece));
                tokio::spawn(async move { while sender.send(Arc::clone(&piece)).await.is_ok() {} })
            })
            .collect();
        for _ in 0..round % 5 {
            receiver.receive().await;
        }
        drop(receiver);
        for sending in senders {
            tokio::time::timeout(HANGS, sending).await.unwrap().unwrap();
        }
        assert_eq!(Arc::strong_count(&piece), 1);
    }
}

#[test]
fn it_is_small() {
    assert!(size_of::<Shared<super::super::protocol::ActorMessage>>() <= 128);
}
