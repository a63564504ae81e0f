//! The threads that read. Each has a connection of its own, so that a reader waits neither for the
//! writer nor for another reader.

use crate::StoreError;
use rusqlite::Connection;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use tokio::sync::mpsc;

/// How many: a slow query must not hold up the quick ones.
pub(super) const READERS: usize = 2;
/// Reads that may wait before callers do.
const QUEUE_MAX: usize = 256;

/// Work to be done with a connection.
pub(super) type Task = Box<dyn FnOnce(&mut Connection) + Send>;

/// The way to the readers. They end when the last clone is dropped.
#[derive(Debug, Clone)]
pub(super) struct Readers {
    /// None tells the readers to stop.
    tasks: mpsc::Sender<Option<Task>>,
}

impl Readers {
    pub(super) async fn send(&self, task: Task) -> Result<(), StoreError> {
        let sent = self.tasks.send(Some(task)).await;
        sent.map_err(|_| StoreError::Closed)
    }

    /// Lets what is queued be done, and nothing after it.
    pub(super) async fn stop(&self) {
        // An error means that they have stopped already.
        let _ = self.tasks.send(None).await;
    }
}

/// Starts one thread per connection, all fed from one queue.
pub(super) fn start(
    connections: Vec<Connection>,
) -> std::io::Result<(Readers, Vec<JoinHandle<()>>)> {
    let (sender, receiver) = mpsc::channel(QUEUE_MAX);
    let queue = Arc::new(Mutex::new(receiver));
    let mut threads = Vec::new();
    for conn in connections {
        let queue = Arc::clone(&queue);
        let builder = thread::Builder::new().name("store-reader".to_owned());
        threads.push(builder.spawn(move || run(conn, &queue))?);
    }
    Ok((Readers { tasks: sender }, threads))
}

fn run(mut conn: Connection, queue: &Mutex<mpsc::Receiver<Option<Task>>>) {
    loop {
        // Whoever holds the queue waits for work; the others wait for the queue. It is free again
        // before the work begins.
        let mut receiver = queue.lock().unwrap_or_else(PoisonError::into_inner);
        match receiver.blocking_recv() {
            Some(Some(task)) => {
                drop(receiver);
                task(&mut conn);
            }
            Some(None) => receiver.close(),
            None => return,
        }
    }
}
