//! What servers say of their limits.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use jiff::Timestamp;

use crate::{Error, Headers};

/// The state of a rate limit, as the `x-ratelimit-…` headers of GitHub and others tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests are allowed in a window.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// How many were used.
    pub used: Option<u64>,
    /// When the next window begins.
    pub reset: Option<Timestamp>,
    /// Which limit this is, where a server has several.
    pub resource: Option<String>,
}

/// The state of the rate limit, if the headers have any.
pub(crate) fn state(headers: &Headers) -> Option<RateLimit> {
    let number = |name| headers.of_api(name)?.trim().parse::<u64>().ok();
    let state = RateLimit {
        limit: number("x-ratelimit-limit"),
        remaining: number("x-ratelimit-remaining"),
        used: number("x-ratelimit-used"),
        reset: number("x-ratelimit-reset")
            .and_then(|seconds| Timestamp::from_second(i64::try_from(seconds).ok()?).ok()),
        resource: headers.of_api("x-ratelimit-resource").map(str::to_owned),
    };
    (state.limit.is_some() || state.remaining.is_some() || state.reset.is_some()).then_some(state)
}

/// How long `Retry-After` asks to wait, as seconds or as a date (RFC 9110, 10.2.3).
pub(crate) fn retry_after(headers: &Headers) -> Option<Duration> {
    let value = headers.get("retry-after")?.trim();
    match value.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let date = httpdate::parse_http_date(value).ok()?;
            Some(date.duration_since(now(headers)).unwrap_or_default())
        }
    }
}

/// The time by the server's own clock, where it tells it: that of this machine can be wrong.
fn now(headers: &Headers) -> SystemTime {
    let date = headers.get("date").and_then(|date| httpdate::parse_http_date(date).ok());
    date.unwrap_or_else(SystemTime::now)
}

/// How long until the limit of a response that used it up is reset.
pub(crate) fn until_reset(headers: &Headers) -> Option<Duration> {
    let state = state(headers).filter(|state| state.remaining == Some(0))?;
    let left = SystemTime::from(state.reset?).duration_since(now(headers)).unwrap_or_default();
    // Clocks tell whole seconds here: a second more is never too early.
    Some(left + Duration::from_secs(1))
}

/// Why a server will not answer a request now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The requests of a window are used up.
    Exhausted,
    /// Too much at once: a limit that says less of itself.
    TooFast,
}

/// Whether a response is the refusal of a limit, which has carried nothing out.
pub(crate) fn refusal(error: &Error) -> Option<Refusal> {
    let headers = error.headers()?;
    let is_exhausted = state(headers).is_some_and(|state| state.remaining == Some(0));
    let names_limit = || {
        let message = error.message().unwrap_or_default().to_ascii_lowercase();
        message.contains("rate limit") || message.contains("abuse detection")
    };
    match error.status().and_then(|status| StatusCode::from_u16(status).ok())? {
        // Whoever names a time to come back has the limit in mind that lasts that long.
        StatusCode::TOO_MANY_REQUESTS | StatusCode::FORBIDDEN if headers.get("retry-after").is_some() => {
            Some(Refusal::TooFast)
        }
        StatusCode::TOO_MANY_REQUESTS | StatusCode::FORBIDDEN if is_exhausted => Some(Refusal::Exhausted),
        StatusCode::TOO_MANY_REQUESTS => Some(Refusal::TooFast),
        StatusCode::FORBIDDEN if names_limit() => Some(Refusal::TooFast),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> Headers {
        let pairs = pairs.iter().map(|(name, value)| {
            (HeaderName::try_from(*name).unwrap(), HeaderValue::try_from(*value).unwrap())
        });
        Headers::new(pairs.collect::<HeaderMap>())
    }

    #[test]
    fn retry_after_is_a_number_or_a_date() {
        let wait = |pairs: &[(&str, &str)]| retry_after(&headers(pairs)).map(|wait| wait.as_secs());
        assert_eq!(wait(&[("retry-after", " 7 ")]), Some(7));
        let now = ("date", "Sun, 06 Nov 1994 08:49:30 GMT");
        assert_eq!(wait(&[now, ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]), Some(7));
        assert_eq!(wait(&[now, ("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT")]), Some(7));
        assert_eq!(wait(&[now, ("retry-after", "Sun, 06 Nov 1994 08:49:20 GMT")]), Some(0));
        assert_eq!(wait(&[("retry-after", "soon")]), None);
        assert_eq!(wait(&[]), None);
    }

    #[test]
    fn the_state_is_what_the_headers_tell() {
        let state = state(&headers(&[
            ("x-ratelimit-limit", "60"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "784111777"),
            ("x-ratelimit-resource", "core"),
        ]));
        let state = state.unwrap();
        assert_eq!((state.limit, state.remaining, state.used), (Some(60), Some(0), None));
        assert_eq!(state.reset.unwrap().to_string(), "1994-11-06T08:49:37Z");
        assert_eq!(state.resource.as_deref(), Some("core"));
        assert_eq!(super::state(&headers(&[("x-ratelimit-resource", "core")])), None);
    }

    #[test]
    fn a_limit_is_waited_for_only_when_it_is_used_up() {
        let reset = (Timestamp::now().as_second() + 10).to_string();
        let wait = |remaining| {
            let pairs = [("x-ratelimit-remaining", remaining), ("x-ratelimit-reset", reset.as_str())];
            until_reset(&headers(&pairs))
        };
        assert_eq!(wait("1"), None);
        let wait = wait("0").unwrap();
        assert!(wait > Duration::from_secs(9) && wait <= Duration::from_secs(11), "{wait:?}");
        // The server's clock counts, whatever that of this machine says.
        let pairs = [
            ("date", "Sun, 06 Nov 1994 08:49:30 GMT"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "784111777"),
        ];
        assert_eq!(until_reset(&headers(&pairs)), Some(Duration::from_secs(8)));
    }
}
