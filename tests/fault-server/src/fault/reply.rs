//! Replies that take the place of the true answer.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use serde_json::{Value, json};

/// A reply that takes the place of the true answer. Beside what is set here it carries an
/// `x-github-request-id`, and no rate limit.
#[derive(Debug, Clone)]
#[must_use]
pub struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: ReplyBody,
    pub(crate) location: Option<Location>,
}

#[derive(Debug, Clone)]
pub(crate) enum ReplyBody {
    Bytes(Bytes),
    /// So many bytes that are made as they are sent.
    Filler(u64),
    /// The JSON of the asset that the failed upload left, or would have.
    PartialAsset,
}

#[derive(Debug, Clone)]
pub(crate) enum Location {
    Itself,
    To(String),
}

impl Reply {
    /// A reply of this status without a body.
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: ReplyBody::Bytes(Bytes::new()), location: None }
    }

    /// A reply in JSON.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status).header("content-type", "application/json; charset=utf-8").body(body.to_string())
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: impl ToString) -> Self {
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = ReplyBody::Bytes(body.into());
        self
    }

    /// Sets the status, for limits that come as 429 instead of 403.
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}

/// Failures behind the API.
impl Reply {
    /// A 502 with a page for people.
    pub fn bad_gateway_html() -> Self {
        let page = "<!DOCTYPE html>\n<html><head><title>Unicorn! &middot; GitHub</title></head>\
                    <body><p>This page is taking too long to load.</p></body></html>\n";
        Self::new(502).header("content-type", "text/html; charset=utf-8").body(page)
    }

    /// A 502 with an error in JSON.
    pub fn bad_gateway_json() -> Self {
        Self::json(502, &json!({ "message": "Server Error" }))
    }

    /// A 502 with the JSON of an asset in the state `starter`: the one that was left behind, if one was.
    pub fn bad_gateway_partial_asset() -> Self {
        let reply = Self::new(502).header("content-type", "application/json; charset=utf-8");
        Self { body: ReplyBody::PartialAsset, ..reply }
    }

    /// A reply in JSON that breaks off in the middle of a text.
    pub fn malformed_json(status: u16) -> Self {
        Self::new(status)
            .header("content-type", "application/json; charset=utf-8")
            .body(r#"{"url":"https://api.github.com/repos/octo/demo","id":301502,"name":"to"#)
    }

    /// A 500 with a body of this many bytes, which are made as they are sent.
    pub fn error_body(bytes: u64) -> Self {
        let reply = Self::new(500).header("content-type", "text/plain; charset=utf-8");
        Self { body: ReplyBody::Filler(bytes), ..reply }
    }
}

/// Limits.
impl Reply {
    /// A 403 of the primary limit, which is lifted after so many seconds.
    pub fn rate_limited_primary(reset_in_seconds: u64) -> Self {
        let body = json!({
            "message": "API rate limit exceeded for user ID 4711. If you reach out to GitHub Support \
                        for help, please include the request ID.",
            "documentation_url": "https://docs.github.com/rest/using-the-rest-api/\
                                  rate-limits-for-the-rest-api",
        });
        Self::json(403, &body)
            .header("x-ratelimit-limit", 5000)
            .header("x-ratelimit-remaining", 0)
            .header("x-ratelimit-used", 5000)
            .header("x-ratelimit-resource", "core")
            .header("x-ratelimit-reset", unix_time() + reset_in_seconds)
    }

    /// A 403 of a secondary limit, with or without `retry-after` in seconds.
    pub fn secondary_limit(retry_after: Option<u64>) -> Self {
        let body = json!({
            "message": "You have exceeded a secondary rate limit. Please wait a few minutes \
                        before you try again.",
            "documentation_url": "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api\
                                  #about-secondary-rate-limits",
        });
        let reply = Self::json(403, &body)
            .header("x-ratelimit-limit", 5000)
            .header("x-ratelimit-remaining", 4321)
            .header("x-ratelimit-used", 679)
            .header("x-ratelimit-resource", "core")
            .header("x-ratelimit-reset", unix_time() + 3600);
        match retry_after {
            Some(seconds) => reply.header("retry-after", seconds),
            None => reply,
        }
    }

    /// A 429 that says nothing of when to come again.
    pub fn too_many_requests() -> Self {
        Self::new(429)
    }
}

/// Redirects.
impl Reply {
    /// A 302 to this address.
    pub fn redirect_to(url: impl Into<String>) -> Self {
        Self { location: Some(Location::To(url.into())), ..Self::new(302) }
    }

    /// A 302 to the address that was asked for.
    pub fn redirect_to_itself() -> Self {
        Self { location: Some(Location::Itself), ..Self::new(302) }
    }
}

/// The seconds since 1970.
pub(crate) fn unix_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed: Duration| elapsed.as_secs())
}
