//! When a request is sent again, and how long that waits.

use std::time::Duration;

use http::Method;

use crate::{
    Error, ErrorKind,
    rate::{self, Refusal},
};

/// When a request is sent again, and how long that waits.
///
/// Requests are repeated where that does no harm:
/// - after a failure to connect, and after a refusal of a rate limit (429, or 403 that says so): any request,
///   because the server has carried nothing out;
/// - after 408, 5xx but 501 and 505, a broken connection, a timeout or a body that broke off: only requests whose
///   method is idempotent (RFC 9110, 9.2.2), so no POST and no PATCH, unless [`any_method`](Self::any_method) allows it.
///
/// A DELETE that is repeated can be answered with 404 because the first one had been carried out without an answer:
/// [`Error::attempts`] is more than 1 then.
///
/// A request is never repeated if its body cannot be sent again from its beginning, and never beyond the total timeout.
///
/// Where the server names a time (`Retry-After`, or `x-ratelimit-reset` when `x-ratelimit-remaining` is 0), the request
/// waits that long and not less; if that is longer than [`longest_wait`](Self::longest_wait), the error is given at
/// once. Otherwise the delay doubles from [`first_delay`](Self::first_delay) to [`longest_delay`](Self::longest_delay),
/// less a random part of up to a half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    first_delay: Duration,
    longest_delay: Duration,
    longest_wait: Duration,
    limit_delay: Duration,
    any_method: bool,
}

impl Default for RetryPolicy {
    /// Four attempts; delays from 500 ms to 20 s; waits up to 2 minutes where the server asks for that; a minute where
    /// a limit names no time.
    fn default() -> Self {
        Self {
            attempts: 4,
            first_delay: Duration::from_millis(500),
            longest_delay: Duration::from_secs(20),
            longest_wait: Duration::from_secs(120),
            limit_delay: Duration::from_secs(60),
            any_method: false,
        }
    }
}

impl RetryPolicy {
    /// No request is sent twice, and none waits for a limit. What a crate builds on several requests can still have
    /// attempts of its own.
    pub fn off() -> Self {
        Self { attempts: 1, ..Self::default() }
    }

    /// How often a request is sent at most, the first time included.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The delay before the second attempt.
    #[must_use]
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// What the delay grows to at most.
    #[must_use]
    pub fn longest_delay(mut self, delay: Duration) -> Self {
        self.longest_delay = delay;
        self
    }

    /// How long to wait at most because the server asked for it.
    #[must_use]
    pub fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// How long to wait when a limit was hit that names no time; it doubles each time. GitHub asks for
    /// [a minute at least](https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit).
    #[must_use]
    pub fn limit_delay(mut self, delay: Duration) -> Self {
        self.limit_delay = delay;
        self
    }

    /// Whether POST and PATCH are repeated also when nobody knows whether the server has carried them out. That is
    /// right only where doing it twice is as good as once.
    #[must_use]
    pub fn any_method(mut self, any_method: bool) -> Self {
        self.any_method = any_method;
        self
    }

    /// How long to wait after so many attempts have failed: the delay grows with each, less a random part of it.
    pub fn delay(&self, failed: u32) -> Duration {
        // Not all who failed together shall come back together.
        growing(self.first_delay, failed).min(self.longest_delay).mul_f64(1.0 - fastrand::f64() / 2.0)
    }

    /// Whether no request is sent twice.
    pub fn is_off(&self) -> bool {
        self.attempts <= 1
    }

    /// How long a wait that the server asked for is, if it is not too long.
    pub(crate) fn permits(&self, wait: Duration) -> Option<Duration> {
        (wait <= self.longest_wait).then_some(wait)
    }

    /// How long to wait after this error, the last of so many, for a program that tries again by itself: as long as the
    /// server asks for, else a delay that grows. `None` if the server asks for more than the longest wait.
    pub fn wait_after(&self, error: &Error, failed: u32) -> Option<Duration> {
        if let Some(refusal) = rate::refusal(error) {
            return self.permits(self.limit_wait(error, refusal, failed));
        }
        match error.headers().and_then(rate::retry_after) {
            Some(wait) => self.permits(wait),
            None => Some(self.delay(failed)),
        }
    }

    /// How long to wait before a request is sent again, if it is, after so many failed attempts.
    pub(crate) fn again(&self, method: &Method, error: &Error, failed: u32) -> Option<Duration> {
        let is_refusal = rate::refusal(error).is_some();
        let may_repeat = failed < self.attempts && (is_refusal || self.is_repeatable(method, error));
        may_repeat.then(|| self.wait_after(error, failed)).flatten()
    }

    /// How long the refusal of a limit has to be waited for.
    fn limit_wait(&self, error: &Error, refusal: Refusal, failed: u32) -> Duration {
        let headers = error.headers();
        let named = match refusal {
            Refusal::TooFast => headers.and_then(rate::retry_after),
            Refusal::Exhausted => headers.and_then(rate::until_reset),
        };
        named.unwrap_or_else(|| growing(self.limit_delay, failed))
    }

    fn is_repeatable(&self, method: &Method, error: &Error) -> bool {
        let is_unknown = match error.kind() {
            ErrorKind::Connect => return true,
            ErrorKind::Transport | ErrorKind::Timeout | ErrorKind::Truncated => true,
            ErrorKind::Status => {
                matches!(error.status(), Some(408 | 500 | 502..=504 | 506..=599))
            }
            _ => false,
        };
        is_unknown && (self.any_method || method.is_idempotent())
    }
}

/// A delay that doubles with each failed attempt.
fn growing(first: Duration, failed: u32) -> Duration {
    let factor = 2_u32.saturating_pow(failed.saturating_sub(1));
    first.saturating_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_a_limit_and_differ() {
        let policy = RetryPolicy::default()
            .first_delay(Duration::from_millis(100))
            .longest_delay(Duration::from_millis(350));
        for (failed, most) in [(1, 100), (2, 200), (3, 350), (40, 350), (u32::MAX, 350)] {
            let delays: Vec<_> = (0..50).map(|_| policy.delay(failed)).collect();
            let most = Duration::from_millis(most);
            assert!(delays.iter().all(|delay| *delay <= most && *delay >= most / 2), "{failed}: {delays:?}");
            assert!(delays.iter().any(|delay| *delay != delays[0]));
        }
    }

    #[test]
    fn a_delay_without_end_is_no_panic() {
        let policy = RetryPolicy::default().first_delay(Duration::MAX).longest_delay(Duration::from_secs(1));
        assert!(policy.delay(3) <= Duration::from_secs(1));
    }
}
