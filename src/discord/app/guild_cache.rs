//! Caches values of servers for a while.

use heat_core::id::GuildId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How long a cached value is used: another process may have changed it.
pub const FRESH_MS: i64 = 60_000;

/// One value per server, as last read.
///
/// A value that changed while it was being read is not cached, because the read may show the old
/// one.
#[derive(Debug)]
pub struct GuildCache<T> {
    capacity: usize,
    known: Mutex<CachedValues<T>>,
}

#[derive(Debug)]
struct CachedValues<T> {
    values: HashMap<GuildId, Kept<T>>,
    /// Counts changes of any value.
    changes: u64,
    /// Counts uses, to find the least recently used value.
    uses: u64,
}

#[derive(Debug)]
struct Kept<T> {
    value: Arc<T>,
    read_at_ms: i64,
    used: u64,
}

impl<T> GuildCache<T> {
    /// A cache of at most this many values. The least recently used ones are dropped first.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        let known = CachedValues {
            values: HashMap::new(),
            changes: 0,
            uses: 0,
        };
        Self {
            capacity,
            known: Mutex::new(known),
        }
    }

    /// The value of a server: the cached one if it is fresh and `is_current`, otherwise the result
    /// of `read`, which gets the cached one, however old, in case it can be reused.
    ///
    /// # Errors
    /// Those of `read`.
    pub async fn get<E>(
        &self,
        guild: GuildId,
        now_ms: i64,
        is_current: impl Fn(&T) -> bool,
        read: impl AsyncFnOnce(Option<Arc<T>>) -> Result<Arc<T>, E>,
    ) -> Result<Arc<T>, E> {
        let (last, changes) = {
            let mut known = self.lock();
            let kept = known.use_kept(guild);
            let is_fresh = kept.as_ref().is_some_and(|(value, read_at_ms)| {
                now_ms - read_at_ms < FRESH_MS && is_current(value)
            });
            match kept {
                Some((value, _)) if is_fresh => return Ok(value),
                kept => (kept.map(|(value, _)| value), known.changes),
            }
        };
        let value = read(last).await?;
        let mut known = self.lock();
        if known.changes == changes {
            known.keep(guild, Arc::clone(&value), now_ms, self.capacity);
        }
        Ok(value)
    }

    /// Records that a server's value has changed, so that it is read again when next needed.
    pub fn changed(&self, guild: GuildId) {
        let mut known = self.lock();
        known.changes += 1;
        known.values.remove(&guild);
    }

    /// Records that a server's value has changed to this one.
    pub fn changed_to(&self, guild: GuildId, value: Arc<T>, now_ms: i64) {
        let mut known = self.lock();
        known.changes += 1;
        known.keep(guild, value, now_ms, self.capacity);
    }

    fn lock(&self) -> MutexGuard<'_, CachedValues<T>> {
        // It is consistent at every moment, so a panic elsewhere does no harm.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> CachedValues<T> {
    fn use_kept(&mut self, guild: GuildId) -> Option<(Arc<T>, i64)> {
        let kept = self.values.get_mut(&guild)?;
        self.uses += 1;
        kept.used = self.uses;
        Some((Arc::clone(&kept.value), kept.read_at_ms))
    }

    fn keep(&mut self, guild: GuildId, value: Arc<T>, now_ms: i64, capacity: usize) {
        if self.values.len() >= capacity && !self.values.contains_key(&guild) {
            self.values
                .retain(|_, kept| now_ms - kept.read_at_ms < FRESH_MS);
        }
        if self.values.len() >= capacity && !self.values.contains_key(&guild) {
            let idle = self.values.iter().min_by_key(|(_, kept)| kept.used);
            if let Some(idle) = idle.map(|(guild, _)| *guild) {
                self.values.remove(&idle);
            }
        }
        self.uses += 1;
        let kept = Kept {
            value,
            read_at_ms: now_ms,
            used: self.uses,
        };
        self.values.insert(guild, kept);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use tokio::sync::oneshot;

    const HERE: GuildId = GuildId(1);

    async fn get(cache: &GuildCache<u32>, guild: GuildId, now_ms: i64, stored: u32) -> u32 {
        let read = async |_| Ok::<_, Infallible>(Arc::new(stored));
        *cache.get(guild, now_ms, |_| true, read).await.unwrap()
    }

    #[tokio::test]
    async fn a_value_is_read_once_a_minute_and_after_each_change() {
        let cache = GuildCache::new(10);
        assert_eq!(get(&cache, HERE, 0, 1).await, 1);
        assert_eq!(get(&cache, HERE, FRESH_MS - 1, 2).await, 1);
        assert_eq!(get(&cache, HERE, FRESH_MS, 2).await, 2);
        cache.changed(HERE);
        assert_eq!(get(&cache, HERE, FRESH_MS, 3).await, 3);
        cache.changed_to(HERE, Arc::new(4), FRESH_MS);
        assert_eq!(get(&cache, HERE, FRESH_MS, 5).await, 4);
        let other = GuildId(2);
        assert_eq!(get(&cache, other, FRESH_MS, 6).await, 6, "another server");
    }

    /// A pack is added during a read that began before it and ends after it.
    #[tokio::test]
    async fn a_value_read_before_a_change_is_not_cached() {
        let cache = Arc::new(GuildCache::new(10));
        let (arrives, read_arrives) = oneshot::channel();
        let (begins, read_begins) = oneshot::channel();
        let reader = {
            let cache = Arc::clone(&cache);
            tokio::spawn(async move {
                let read = async |_| {
                    begins.send(()).unwrap();
                    Ok::<_, Infallible>(read_arrives.await.unwrap())
                };
                *cache.get(HERE, 0, |_| true, read).await.unwrap()
            })
        };
        read_begins.await.unwrap();
        cache.changed(HERE);
        arrives.send(Arc::new(1)).unwrap();
        assert_eq!(reader.await.unwrap(), 1, "it asked before the change");
        assert_eq!(get(&cache, HERE, 1, 2).await, 2);
    }

    #[tokio::test]
    async fn the_least_recently_used_value_is_dropped() {
        let cache = GuildCache::new(3);
        for guild in 1..=3 {
            get(&cache, GuildId(guild), 0, 1).await;
        }
        get(&cache, GuildId(1), 1, 2).await;
        get(&cache, GuildId(4), 1, 1).await;
        for (guild, value) in [(1, 1), (3, 1), (4, 1), (2, 2)] {
            assert_eq!(get(&cache, GuildId(guild), 2, 2).await, value, "{guild}");
        }
        assert_eq!(cache.lock().values.len(), 3);
    }

    #[tokio::test]
    async fn an_outdated_value_is_rebuilt_from_the_last_one() {
        let cache = GuildCache::new(3);
        get(&cache, HERE, 0, 1).await;
        let read = async |last: Option<Arc<u32>>| Ok::<_, Infallible>(last.unwrap());
        let again = cache.get(HERE, 1, |value| *value != 1, read).await;
        assert_eq!(*again.unwrap(), 1);
    }
}
