//! The primary rate limit.

use std::time::Duration;

use crate::answer::Answer;
use crate::fault::unix_time;

const LIMIT: u64 = 5000;

/// The primary rate limit of a repository. GitHub's is one of an account; here tests must not share one.
#[derive(Debug)]
pub(crate) struct Rate {
    used: u64,
    /// When the window ends, in seconds since 1970.
    reset: u64,
    /// Whether the limit is enforced; otherwise at least one request remains.
    is_enforced: bool,
}

impl Default for Rate {
    fn default() -> Self {
        Self { used: 0, reset: unix_time() + 3600, is_enforced: false }
    }
}

impl Rate {
    pub(crate) fn restrict(&mut self, remaining: u64, reset_in: Duration) {
        let reset = unix_time() + reset_in.as_secs();
        *self = Self { used: LIMIT.saturating_sub(remaining), reset, is_enforced: true };
    }

    /// Whether a request has to be refused; begins anew when the window is over.
    pub(crate) fn is_exhausted(&mut self) -> bool {
        if unix_time() >= self.reset {
            *self = Self::default();
        }
        self.is_enforced && self.used >= LIMIT
    }

    /// Counts a request.
    pub(crate) fn count(&mut self) {
        let most = if self.is_enforced { LIMIT } else { LIMIT - 1 };
        self.used = most.min(self.used + 1);
    }

    /// Says in an answer how things stand.
    pub(crate) fn write(&self, answer: &mut Answer) {
        answer.set("x-ratelimit-limit", LIMIT);
        answer.set("x-ratelimit-remaining", LIMIT - self.used);
        answer.set("x-ratelimit-used", self.used);
        answer.set("x-ratelimit-reset", self.reset);
        answer.set("x-ratelimit-resource", "core");
    }
}
