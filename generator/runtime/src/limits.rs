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
        // An idle timeout without end is a century.
        let century = Duration::from_secs(100 * 365 * 24 * 60 * 60);
        let idle = moved + self.idle.min(century);
        self.deadline.map_or(idle, |deadline| deadline.min(idle))
    }

    /// Waits for a future as long as the watch sees bytes move.
    pub(crate) async fn wait<F: Future>(&self, watch: &Watch, future: F) -> Result<F::Output, Error> {
        let mut future = pin!(future);
        loop {
            let until = self.until(watch.moved_at());
            if let Ok(output) = timeout_at(until, &mut future).await {
                return Ok(output);
            }
            if self.until(watch.moved_at()) <= Instant::now() {
                return Err(self.expired());
            }
        }
    }

    /// Whether the total time is over.
    pub(crate) fn is_over(&self) -> bool {
        self.deadline.is_some_and(|deadline| deadline <= Instant::now())
    }

    pub(crate) fn expired(&self) -> Error {
        match self.is_over() {
            true => Error::new(ErrorKind::Timeout, "timed out: not done in the time allowed"),
            false => Error::new(ErrorKind::Timeout, format!("timed out: no byte moved for {:?}", self.idle)),
        }
    }
}
