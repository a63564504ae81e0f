//! The reading threads. Each has its own connection, so that a reader waits neither for the writer
//! nor for another reader.

use crate::StoreError;
use rusqlite::Connection;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use tokio::sync::mpsc;

/// How many threads: a slow query must not hold up quick ones.
pub(super) const READERS: usize = 2;
/// Reads that may queue before callers have to wait.
const QUEUE_MAX: usize = 256;

/// Work for a connection.
pub(super) type Task = Box<dyn FnOnce(&mut Connection) + Send>;

/// Sends work to the readers. They end when the last clone is dropped.
#[derive(Debug, Clone)]
pub(super) struct ReaderPool {
    /// `None` stops the readers.
    tasks: mpsc::Sender<Option<Task>>,
}

impl ReaderPool {
    pub(super) async fn send(&self, task: Task) -> Result<(), StoreError> {
        let sent = self.tasks.send(Some(task)).await;
        sent.map_err(|_| StoreError::Closed)
    }

    /// Finishes what is queued and accepts nothing more.
    pub(super) async fn stop(&self) {
        // An error means that they have stopped already.
        let _ = self.tasks.send(None).await;
    }
}

/// Starts one thread per connection, all reading from one queue.
pub(super) fn start(
    connections: Vec<Connection>,
) -> std::io::Result<(ReaderPool, Vec<JoinHandle<()>>)> {
    let (sender, receiver) = mpsc::channel(QUEUE_MAX);
    let queue = Arc::new(Mutex::new(receiver));
    let mut threads = Vec::new();
    for conn in connections {
        let queue = Arc::clone(&queue);
        let builder = thread::Builder::new().name("store-reader".to_owned());
        threads.push(builder.spawn(move || run(conn, &queue))?);
    }
    Ok((ReaderPool { tasks: sender }, threads))
}

fn run(mut conn: Connection, queue: &Mutex<mpsc::Receiver<Option<Task>>>) {
    loop {
        // The thread that holds the queue waits for work, the others for the queue. It is released
        // before the work starts.
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
