//! The writing task and its group commit: all waiting writes share one transaction and one sync. It
//! also renews the lease, so that "alive" means able to write.

use super::address::Address;
use super::batch::{self, Author, Results};
use super::connection::{Connection, Params};
use super::error::Fault;
use super::lease_expiry::{LeaseExpiry, now_ms};
use super::retry::Backoff;
use super::{asked_history, lease, rebuild, standings};
use crate::{StoreError, StoreMeter, Write};
use heat_core::shard::ShardRange;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep, timeout};

/// Jobs that may queue before callers have to wait.
pub(super) const QUEUE_MAX: usize = 1024;
/// The most writes in one transaction, so that the first in a long queue does not wait for the
/// last.
const BATCH_MAX: usize = 256;
/// The most bytes of text in one transaction: batches of large writes are shorter.
const BATCH_BYTES_MAX: usize = 4 * crate::WRITE_BYTES_MAX;
/// A try that takes longer has lost its server.
const TRY_MAX: Duration = Duration::from_secs(15);
/// Stripes of the tally: this many processes can count without waiting for each other.
const STRIPES: u32 = 16;

pub(super) type Reply = oneshot::Sender<Result<(), StoreError>>;

/// A job for the writer.
pub(super) enum Job {
    /// Store this, then reply.
    Write(Box<Write>, Reply),
    /// Make these shards this process's own.
    Claim(ShardRange, Reply),
    /// Make a write that changes nothing, to test whether writes succeed.
    Probe(Reply),
    /// Rebuild the leaderboards from the ledger.
    Rebuild(Reply),
    /// Finish the queue, then stop.
    Close(Reply),
}

/// The writer's state.
pub(super) struct Writer {
    address: Arc<Address>,
    /// None after it broke, until it is needed again.
    conn: Option<Connection>,
    author: Author,
    lost: watch::Sender<bool>,
    held: Arc<LeaseExpiry>,
    meter: Arc<StoreMeter>,
}

type Batch = Vec<(Box<Write>, Reply)>;

impl Writer {
    /// A writer for the process `id`, on a connection made with [`statements`].
    pub(super) fn new(
        address: Arc<Address>,
        conn: Connection,
        id: i64,
        lease: Duration,
        lost: watch::Sender<bool>,
        held: Arc<LeaseExpiry>,
        meter: Arc<StoreMeter>,
    ) -> Self {
        let author = Author {
            id,
            batch: 0,
            lease_ms: i64::try_from(lease.as_millis()).unwrap_or(i64::MAX),
            stripe: 0,
        };
        Self {
            address,
            conn: Some(conn),
            author,
            lost,
            held,
            meter,
        }
    }

    /// Works until it is told to stop, then releases everything.
    pub(super) async fn work(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut closing = None;
        // Often enough that one or two renewals may fail.
        let beat = self.lease() / 4;
        let mut next_beat = Instant::now() + beat;
        let mut batch = Batch::new();
        loop {
            let job = tokio::select! {
                job = jobs.recv() => job,
                () = tokio::time::sleep_until(next_beat) => {
                    let pause = match self.renew().await {
                        Ok(()) => beat,
                        Err(error) => {
                            tracing::warn!(%error, "store.lease_not_renewed");
                            self.pause()
                        }
                    };
                    next_beat = Instant::now() + pause;
                    continue;
                }
            };
            let Some(first) = job else { break };
            let mut next = Some(first);
            let mut bytes = 0;
            while let Some(job) = next {
                match job {
                    Job::Write(write, reply) => {
                        bytes += write.bytes();
                        batch.push((write, reply));
                    }
                    Job::Close(reply) => {
                        jobs.close();
                        closing = Some(reply);
                    }
                    other => {
                        self.store(&mut batch).await;
                        self.serve(other).await;
                    }
                }
                let full = batch.len() >= BATCH_MAX || bytes >= BATCH_BYTES_MAX;
                next = if full { None } else { jobs.try_recv().ok() };
            }
            if self.store(&mut batch).await {
                next_beat = Instant::now() + beat;
            }
        }
        let left = self.leave().await;
        match (closing, left) {
            (Some(reply), left) => drop(reply.send(left)),
            (None, Err(error)) => tracing::warn!(%error, "store.close"),
            (None, Ok(())) => {}
        }
    }

    /// The number of this process.
    pub(super) fn id(&self) -> i64 {
        self.author.id
    }

    /// The pause between two tries to claim, or to renew after a failure.
    fn pause(&self) -> Duration {
        self.lease() / 20
    }

    fn lease(&self) -> Duration {
        Duration::from_millis(self.author.lease_ms.unsigned_abs())
    }

    async fn serve(&mut self, job: Job) {
        match job {
            Job::Claim(shards, reply) => drop(reply.send(self.claim(shards).await)),
            Job::Probe(reply) => drop(reply.send(self.renew().await)),
            Job::Rebuild(reply) => {
                let rebuilt = rebuild::run(&self.address, self.author).await;
                drop(reply.send(rebuilt.map_err(StoreError::from)));
            }
            Job::Write(..) | Job::Close(_) => {}
        }
    }

    /// Stores a batch and replies to all its callers. Leaves it empty. Returns whether that renewed
    /// the lease.
    async fn store(&mut self, batch: &mut Batch) -> bool {
        if batch.is_empty() {
            return false;
        }
        self.meter
            .batch
            .observe(f64::from(u32::try_from(batch.len()).unwrap_or(u32::MAX)));
        let (writes, replies): (Vec<Write>, Vec<_>) = batch
            .drain(..)
            .map(|(write, reply)| (*write, reply))
            .unzip();
        let committed = self.commit(&writes).await;
        let renewed = committed.is_ok();
        let results = match committed {
            Ok(results) => results,
            // One write may have made the whole batch fail: retry each alone, so the others do not
            // suffer.
            Err(StoreError::Damaged { .. }) if writes.len() > 1 => {
                let mut results = Results::new();
                for write in writes.chunks(1) {
                    let result = self.commit(write).await;
                    results.extend(result.unwrap_or_else(|error| vec![Err(error)]));
                }
                results
            }
            Err(error) => vec![Err(error); writes.len()],
        };
        for (reply, result) in replies.into_iter().zip(results) {
            // A caller that has gone away does not matter: the write was made.
            let _ = reply.send(result);
        }
        renewed
    }

    /// One transaction for all, retried for as long as that makes sense.
    async fn commit(&mut self, writes: &[Write]) -> Result<Results, StoreError> {
        if *self.lost.borrow() {
            return Err(StoreError::LeaseLost);
        }
        self.author.batch += 1;
        let author = self.author;
        let mut backoff = Backoff::of_batch();
        let mut unsure = None;
        loop {
            let sent_ms = now_ms();
            let result = match self.connection().await {
                Ok(conn) => {
                    let run = batch::run(conn, author, writes, &mut unsure);
                    timeout(TRY_MAX, run)
                        .await
                        .unwrap_or_else(|_| Err(no_answer()))
                }
                Err(fault) => Err(fault),
            };
            let fault = match result {
                Ok(results) => {
                    self.held.renewed(sent_ms, self.lease());
                    return Ok(results);
                }
                Err(fault) => fault,
            };
            self.clear(&fault).await;
            if backoff.wait(&fault).await {
                tracing::debug!(?fault, "store.again");
                continue;
            }
            return Err(self.note(fault));
        }
    }

    /// Claims shards, waiting for the lease of a dead process to expire.
    async fn claim(&mut self, shards: ShardRange) -> Result<(), StoreError> {
        // Longer than a lease: a live process renews its own in that time.
        let deadline = Instant::now() + self.lease() * 3 / 2;
        let mut silent = lease::ExpiredProcesses::new();
        let mut told = false;
        loop {
            let author = self.author;
            let sent_ms = now_ms();
            let result = match self.connection().await {
                Ok(conn) => {
                    let claim = lease::claim(conn, author.id, author.lease_ms, shards, &mut silent);
                    timeout(TRY_MAX, claim)
                        .await
                        .unwrap_or_else(|_| Err(no_answer()))
                }
                Err(fault) => Err(fault),
            };
            let Err(fault) = result else {
                let stripe = shards.first() * STRIPES / shards.total();
                self.author.stripe = i64::from(stripe);
                self.held.renewed(sent_ms, self.lease());
                return Ok(());
            };
            self.clear(&fault).await;
            if self.conn.is_none() {
                // While the server was away, its clock ran on and no process could renew.
                silent.clear();
            }
            let waits = match &fault {
                Fault::Final(error) => matches!(
                    error,
                    StoreError::ShardsTaken { .. } | StoreError::Unavailable { .. }
                ),
                Fault::Again(_) | Fault::Gone(_) | Fault::Unsure(_) => true,
            };
            if !waits || Instant::now() > deadline {
                return Err(self.note(fault));
            }
            if !told {
                told = true;
                let error = StoreError::from(fault);
                tracing::info!(%shards, %error, "store.waits_for_shards");
            }
            sleep(self.pause()).await;
        }
    }

    /// Renews the lease while there is nothing to write.
    async fn renew(&mut self) -> Result<(), StoreError> {
        let author = self.author;
        // Early enough to leave time for another connection.
        let patience = self.lease() / 3;
        let lease: Params<'_> = &[&author.id, &author.lease_ms];
        let sent_ms = now_ms();
        let renewed = match self.connection().await {
            Ok(conn) => timeout(patience, conn.execute(lease::RENEW, lease))
                .await
                .unwrap_or_else(|_| Err(no_answer())),
            Err(fault) => Err(fault),
        };
        let fault = match renewed {
            Ok(0) => Fault::Final(StoreError::LeaseLost),
            Ok(_) => {
                self.held.renewed(sent_ms, self.lease());
                return Ok(());
            }
            Err(fault) => fault,
        };
        self.clear(&fault).await;
        Err(self.note(fault))
    }

    async fn leave(&mut self) -> Result<(), StoreError> {
        let id = self.author.id;
        let leaving = async { lease::leave(self.connection().await?, id).await };
        let left = timeout(TRY_MAX, leaving).await;
        Ok(left.unwrap_or_else(|_| Err(no_answer()))?)
    }

    async fn connection(&mut self) -> Result<&Connection, Fault> {
        if self.conn.as_ref().is_none_or(Connection::is_closed) {
            self.conn = Some(Connection::open(&self.address, &statements()).await?);
        }
        match &self.conn {
            Some(conn) => Ok(conn),
            None => Err(no_answer()),
        }
    }

    /// Leaves no transaction open after a fault.
    async fn clear(&mut self, fault: &Fault) {
        let Some(conn) = self.conn.take() else {
            return;
        };
        if matches!(fault, Fault::Gone(_) | Fault::Unsure(_)) {
            return;
        }
        if let Ok(Ok(())) = timeout(TRY_MAX, conn.run("ROLLBACK")).await {
            self.conn = Some(conn);
        }
    }

    /// Converts the fault to the caller's error, and tells everyone if the lease is lost.
    fn note(&self, fault: Fault) -> StoreError {
        let error = StoreError::from(fault);
        if error == StoreError::LeaseLost && !self.lost.send_replace(true) {
            tracing::error!(%error, "store.lease_lost");
        }
        error
    }
}

/// The statements prepared on the writer's connection.
pub(super) fn statements() -> Vec<&'static str> {
    [
        batch::STATEMENTS,
        asked_history::WRITE_STATEMENTS,
        super::questions::WRITE_STATEMENTS,
        standings::WRITE_STATEMENTS,
        &[lease::RENEW],
    ]
    .concat()
}

fn no_answer() -> Fault {
    Fault::Gone("the server does not answer".to_owned())
}
