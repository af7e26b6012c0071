//! A shared interval between uploads.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

/// A shared interval between uploads.
#[derive(Debug)]
pub(crate) struct Pace {
    interval: Duration,
    /// When the next upload may begin.
    next: Mutex<Option<Instant>>,
}

impl Pace {
    pub(crate) fn new(interval: Duration) -> Self {
        Self { interval, next: Mutex::new(None) }
    }

    /// Waits until it is the caller's turn; the first does not wait.
    pub(crate) async fn turn(&self) {
        if let Some(turn) = self.reserve() {
            sleep_until(turn).await;
        }
    }

    fn reserve(&self) -> Option<Instant> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let turn = next.map_or(now, |next| next.max(now));
        // An interval without end leaves nobody waiting for ever.
        *next = turn.checked_add(self.interval);
        (turn > now).then_some(turn)
    }
}
