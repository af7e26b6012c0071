//! How long a request may take.

use std::{pin::pin, time::Duration};

use tokio::time::{Instant, timeout_at};

use crate::{Error, ErrorKind, upload::Watch};

/// How long one request may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// How long nothing may move in either direction.
    idle: Duration,
    /// When everything must be over.
    deadline: Option<Instant>,
}

impl Limits {
    pub(crate) fn start(idle: Duration, total: Option<Duration>) -> Self {
        Self { idle, deadline: total.and_then(|total| Instant::now().checked_add(total)) }
    }

    /// When to give up if nothing has moved since `moved`.
    pub(crate) fn until(&self, moved: Instant) -> Instant {
        self.after(moved, self.idle)
    }

    fn after(&self, moved: Instant, patience: Duration) -> Instant {
        // An idle timeout without end is a century.
        let century = Duration::from_secs(100 * 365 * 24 * 60 * 60);
        let idle = moved + patience.min(century);
        self.deadline.map_or(idle, |deadline| deadline.min(idle))
    }

    /// How long nothing may be seen to move. What drains unseen adds twice the idle timeout at most: who sets a short
    /// one does not want to wait for minutes.
    fn patience(&self, draining: Duration) -> Duration {
        self.idle.saturating_add(draining.min(self.idle.saturating_mul(2)))
    }

    /// Waits for a future as long as the watch sees bytes move.
    pub(crate) async fn wait<F: Future>(&self, watch: &Watch, future: F) -> Result<F::Output, Error> {
        let mut future = pin!(future);
        loop {
            let moved = watch.moved();
            let patience = self.patience(moved.draining);
            let until = self.after(moved.at, patience);
            if let Ok(output) = timeout_at(until, &mut future).await {
                return Ok(output);
            }
            if self.is_over() || watch.moved().at == moved.at {
                return Err(self.expired_after(patience));
            }
        }
    }

    /// Waits for a future as long as the total time is not over.
    pub(crate) async fn within<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        match self.deadline {
            Some(deadline) => timeout_at(deadline, future).await.map_err(|_| self.expired()),
            None => Ok(future.await),
        }
    }

    /// Waits for something that moves no bytes here as long as nothing may move.
    pub(crate) async fn within_idle<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        timeout_at(self.until(Instant::now()), future).await.map_err(|_| self.expired())
    }

    /// Whether there is time for a wait and something after it.
    pub(crate) fn allows(&self, wait: Duration) -> bool {
        let over = Instant::now().checked_add(wait);
        self.deadline.is_none_or(|deadline| over.is_some_and(|over| over < deadline))
    }

    /// Whether the total time is over.
    pub(crate) fn is_over(&self) -> bool {
        self.deadline.is_some_and(|deadline| deadline <= Instant::now())
    }

    pub(crate) fn expired(&self) -> Error {
        self.expired_after(self.idle)
    }

    fn expired_after(&self, patience: Duration) -> Error {
        match self.is_over() {
            true => Error::new(ErrorKind::Timeout, "timed out: not done in the time allowed"),
            false => Error::new(ErrorKind::Timeout, format!("timed out: no byte moved for {patience:?}")),
        }
    }
}
