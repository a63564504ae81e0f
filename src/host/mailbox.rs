//! The mailbox of one game: many may send, one task reads.
//!
//! A channel of tokio's would do the same, but takes more than a kilobyte though nothing is in it,
//! and every live game has one. This takes a tenth of that, and holds room only for what waits.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use tokio::sync::Semaphore;
use tokio::task::coop::cooperative;

/// Pieces that may wait; a sender beyond that waits itself.
const LIMIT: usize = 256;
/// Pieces taken together.
const BATCH: usize = 64;

/// An empty mailbox, by its two ends.
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

/// The end that takes pieces in, of which there may be several. When the last is gone the reader
/// learns it.
pub(super) struct Sender<T>(Arc<Shared<T>>);

/// The end that gives them out. When it is gone every sender learns it, and what was not read is
/// let go of.
pub(super) struct Receiver<T>(Arc<Shared<T>>);

/// The mailbox has no reader any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closed;

struct Shared<T> {
    inside: Mutex<Inside<T>>,
    /// A permit for each free place; closed once there is no reader.
    room: Semaphore,
}

/// Held for moments only. Nothing is woken or let go of meanwhile: that may run code of others,
/// which may want to come in here too.
struct Inside<T> {
    /// The oldest first.
    waiting: Vec<T>,
    /// Wakes the reader, if it waits.
    reader: Option<Waker>,
    senders: usize,
    is_read: bool,
}

impl<T> Shared<T> {
    fn inside(&self) -> MutexGuard<'_, Inside<T>> {
        // It is whole at every instant, so a panic elsewhere does not spoil it.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Sender<T> {
    /// Puts a piece in, as soon as there is room. Those that wait are let in in order.
    ///
    /// # Errors
    /// [`Closed`] if the mailbox has no reader any more.
    pub(super) async fn send(&self, piece: T) -> Result<(), Closed> {
        let room = self.0.room.acquire().await.map_err(|_| Closed)?;
        // The reader makes room again.
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
        // A game that always finds something in it must let others run all the same.
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
    /// A batch, with the room it takes: an empty mailbox holds none.
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
