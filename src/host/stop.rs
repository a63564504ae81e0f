//! An orderly stop of the process. Every game continues in the next one.

use super::mailbox::Sender;
use super::protocol::ActorMessage;
use super::{Host, Journal, Messenger};
use futures_util::StreamExt as _;
use futures_util::stream;
use std::time::Duration;
use tokio::sync::oneshot;

/// How long telling all the channels may take.
const NOTIFY_MAX: Duration = Duration::from_secs(5);
/// How many channels are told at once: Discord's limits apply to the whole bot.
const NOTIFIED_AT_ONCE: usize = 16;
/// How long the tasks may take to finish their current work.
const FINISH_MAX: Duration = Duration::from_secs(2);

/// The result of stopping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// Games that were live.
    pub games: usize,
    /// Channels that were told that their game continues after a restart.
    pub notified: usize,
}

impl<S: Messenger, J: Journal> Host<S, J> {
    /// Accepts no more games, ends the tasks of all games and, if `notify` is set, tells as many
    /// channels as time allows that their game continues after a restart. Clicks are accepted and
    /// stored until the end. Limited in time.
    pub async fn stop(&self, notify: bool) -> Stopped {
        let mailboxes: Vec<_> = {
            let mut live = self.shared.live();
            live.stopping = true;
            let senders = live.games.values().map(|seat| seat.mailbox.clone());
            senders.collect()
        };
        let games = mailboxes.len();
        let notified = if notify {
            notify_all(mailboxes).await
        } else {
            0
        };
        self.shared.tasks.close();
        // A task whose mailbox has no senders reads the rest of it, and ends.
        self.shared.live().games.clear();
        let finished = tokio::time::timeout(FINISH_MAX, self.shared.tasks.wait()).await;
        if finished.is_err() {
            tracing::warn!(left = self.shared.tasks.len(), "shutdown.games_left");
        }
        Stopped { games, notified }
    }

    /// Whether the process is stopping.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.shared.live().stopping
    }
}

/// Has every game tell its channel, as time allows. Returns how many did.
async fn notify_all(mailboxes: Vec<Sender<ActorMessage>>) -> usize {
    let mut notified = 0;
    let mut answers = stream::iter(mailboxes)
        .map(notify)
        .buffer_unordered(NOTIFIED_AT_ONCE);
    let notifying = async {
        while let Some(was_notified) = answers.next().await {
            notified += usize::from(was_notified);
        }
    };
    // Channels that were not told in time see nothing, but their game continues as well.
    let _ = tokio::time::timeout(NOTIFY_MAX, notifying).await;
    notified
}

/// Has a game tell its channel. Also false if the game has just ended.
async fn notify(mailbox: Sender<ActorMessage>) -> bool {
    let (reply, notified) = oneshot::channel();
    let sent = mailbox.send(ActorMessage::Leave(reply)).await;
    // Dropped at once: a mailbox with a sender keeps its task alive.
    drop(mailbox);
    sent.is_ok() && notified.await.unwrap_or(false)
}
