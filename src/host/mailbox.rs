//! The mailbox of one game: many may send, one task reads.
//!
//! A tokio channel would do the same, but takes more than a kilobyte even when empty, and every
//! live game has one. This one takes a tenth of that, and allocates only for waiting items.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use tokio::sync::Semaphore;
use tokio::task::coop::cooperative;

/// How many items may wait; further senders wait themselves.
const LIMIT: usize = 256;
/// How many items are taken at once.
const BATCH: usize = 64;

/// The two ends of an empty mailbox.
pub(super) fn mailbox<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        inside: Mutex::new(Inside {
            waiting: Vec::new(),
            reader: None,
            senders: 1,
            is_read: true,
        }),
        room: Semaphore::new(LIMIT),
    });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

/// The sending end, of which there may be several. When the last one is dropped, the reader
/// notices.
pub(super) struct Sender<T>(Arc<Shared<T>>);

/// The receiving end. When it is dropped, every sender notices, and unread items are dropped.
pub(super) struct Receiver<T>(Arc<Shared<T>>);

/// The mailbox no longer has a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closed;

struct Shared<T> {
    inside: Mutex<Inside<T>>,
    /// A permit for each free slot; closed once there is no reader.
    room: Semaphore,
}

/// Locked only briefly. Nothing is woken or dropped while it is locked: that may run other code,
/// which may need this lock.
struct Inside<T> {
    /// Oldest first.
    waiting: Vec<T>,
    /// Wakes the reader, if it is waiting.
    reader: Option<Waker>,
    senders: usize,
    is_read: bool,
}

impl<T> Shared<T> {
    fn inside(&self) -> MutexGuard<'_, Inside<T>> {
        // It is consistent at every moment, so a panic elsewhere does no harm.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Sender<T> {
    /// Adds an item as soon as there is room. Waiting senders are served in order.
    ///
    /// # Errors
    /// [`Closed`] if the mailbox no longer has a reader.
    pub(super) async fn send(&self, piece: T) -> Result<(), Closed> {
        let room = self.0.room.acquire().await.map_err(|_| Closed)?;
        // The reader frees the slot.
        room.forget();
        let mut inside = self.0.inside();
        if !inside.is_read {
            return Err(Closed);
        }
        inside.waiting.push(piece);
        let reader = inside.reader.take();
        drop(inside);
        wake(reader);
        Ok(())
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.inside().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut inside = self.0.inside();
        inside.senders -= 1;
        if inside.senders == 0 {
            let reader = inside.reader.take();
            drop(inside);
            wake(reader);
        }
    }
}

impl<T> Receiver<T> {
    /// Waits for an item, then takes all that are waiting, oldest first, at most [`BATCH`]. None
    /// only if it is empty and has no senders. Cancel safe: if dropped early, it has taken nothing.
    pub(super) async fn receive(&mut self) -> Vec<T> {
        // A game whose mailbox is never empty must still let others run.
        cooperative(poll_fn(|context| self.poll(context))).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Vec<T>> {
        let mut inside = self.0.inside();
        if inside.waiting.is_empty() {
            if inside.senders == 0 {
                return Poll::Ready(Vec::new());
            }
            let before = inside.reader.replace(context.waker().clone());
            drop(inside);
            drop(before);
            return Poll::Pending;
        }
        let taken = inside.take();
        drop(inside);
        self.0.room.add_permits(taken.len());
        Poll::Ready(taken)
    }
}

impl<T> Inside<T> {
    /// Takes a batch together with its memory: an empty mailbox holds none.
    fn take(&mut self) -> Vec<T> {
        let left = self.waiting.split_off(self.waiting.len().min(BATCH));
        std::mem::replace(&mut self.waiting, left)
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let mut inside = self.0.inside();
        inside.is_read = false;
        let unread = std::mem::take(&mut inside.waiting);
        let reader = inside.reader.take();
        drop(inside);
        self.0.room.close();
        drop((unread, reader));
    }
}

fn wake(reader: Option<Waker>) {
    if let Some(reader) = reader {
        reader.wake();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests;
