//! What clones of a client share so that they do not ask too much of a server.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use http::Method;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep_until},
};
use url::Origin;

use crate::RetryPolicy;

/// What a server asked to be left alone for: everything, or one operation.
type Place = (Origin, Option<&'static str>);

/// The cap on requests, the pace of writes, and what servers have asked for.
#[derive(Default)]
pub(crate) struct Throttle {
    permits: Option<Arc<Semaphore>>,
    write_interval: Duration,
    /// When the next write may be sent.
    next_write: Mutex<Option<Instant>>,
    closed: Mutex<HashMap<Place, Instant>>,
}

impl Throttle {
    pub(crate) fn new(concurrent: Option<usize>, write_interval: Duration) -> Self {
        let permits = concurrent.map(|most| Arc::new(Semaphore::new(most.clamp(1, Semaphore::MAX_PERMITS))));
        Self { permits, write_interval, ..Self::default() }
    }

    /// Waits until a request may be sent; gives what it has to keep as long as it is under way.
    pub(crate) async fn enter(
        &self,
        policy: &RetryPolicy,
        method: &Method,
        operation: &'static str,
        origin: &Origin,
    ) -> Option<OwnedSemaphorePermit> {
        loop {
            self.pass(policy, operation, origin).await;
            let permit = match &self.permits {
                // The semaphore is never closed.
                Some(permits) => permits.clone().acquire_owned().await.ok(),
                None => None,
            };
            if !method.is_safe() && !self.write_interval.is_zero() {
                sleep_until(self.reserve_write()).await;
            }
            // What was asked for while this request waited for its turn counts, too.
            if self.obstacle(policy, operation, origin).is_none() {
                return permit;
            }
        }
    }

    /// Keeps requests away from a server, or from one operation of it, for a while.
    pub(crate) fn close(&self, origin: Origin, operation: Option<&'static str>, wait: Duration) {
        let Some(until) = Instant::now().checked_add(wait) else { return };
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.retain(|_, until| *until > Instant::now());
        let place = closed.entry((origin, operation)).or_insert(until);
        *place = (*place).max(until);
    }

    /// Waits for what the server has asked for before.
    async fn pass(&self, policy: &RetryPolicy, operation: &'static str, origin: &Origin) {
        while let Some(until) = self.obstacle(policy, operation, origin) {
            sleep_until(until).await;
        }
    }

    /// Until when a request has to wait, unless that is longer than its policy allows: then the server shall say so
    /// itself.
    fn obstacle(&self, policy: &RetryPolicy, operation: &'static str, origin: &Origin) -> Option<Instant> {
        let until = self.closed_until(operation, origin).filter(|_| !policy.is_off())?;
        policy.permits(until.saturating_duration_since(Instant::now())).map(|_| until)
    }

    fn closed_until(&self, operation: &'static str, origin: &Origin) -> Option<Instant> {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let until = |operation| closed.get(&(origin.clone(), operation)).copied();
        until(None).max(until(Some(operation))).filter(|until| *until > Instant::now())
    }

    fn reserve_write(&self) -> Instant {
        let mut next = self.next_write.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let mine = next.map_or(now, |next| next.max(now));
        *next = mine.checked_add(self.write_interval);
        mine
    }
}
