//! What the server remembers of each request.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::operation::{Operation, Origin};
use crate::sync::lock;
use crate::wire::Cut;

/// A request that arrived.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Recorded {
    /// The position among all requests of the server.
    pub number: u64,
    /// Where it arrived.
    pub origin: Origin,
    /// What it asked for.
    pub operation: Operation,
    /// Its method.
    pub method: Method,
    /// Its path and query, as sent.
    pub target: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// How many bytes of its body were read.
    pub body_length: u64,
    /// The SHA-256 of those bytes, in lower-case hexadecimal digits.
    pub body_sha256: String,
    /// Those bytes, except for uploads.
    pub body: Bytes,
    /// When its head had arrived.
    pub arrived: Instant,
    /// The `x-github-request-id` of its answer.
    pub request_id: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The answer is not decided yet.
    Pending,
    /// It was answered with this status.
    Answered(u16),
    /// A fault broke the exchange off.
    Cut {
        /// How.
        cut: Cut,
        /// The status of the answer, where it was the answer that was cut.
        status: Option<u16>,
    },
    /// The client went away before there was an answer.
    Abandoned,
}

impl Recorded {
    /// The status of the answer, also of one that was cut.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self.outcome {
            Outcome::Answered(status) => Some(status),
            Outcome::Cut { status, .. } => status,
            Outcome::Pending | Outcome::Abandoned => None,
        }
    }

    /// The value of a header, if it is there and text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether a text stands in the target or in a header.
    #[must_use]
    pub fn mentions(&self, text: &str) -> bool {
        let has = |bytes: &[u8]| bytes.windows(text.len().max(1)).any(|window| window == text.as_bytes());
        has(self.target.as_bytes()) || self.headers.values().any(|value| has(value.as_bytes()))
    }
}

/// A record that is still being written.
#[derive(Debug, Clone)]
pub(crate) struct Entry(Arc<Mutex<Recorded>>);

impl Entry {
    pub(crate) fn new(recorded: Recorded) -> Self {
        Self(Arc::new(Mutex::new(recorded)))
    }

    pub(crate) fn snapshot(&self) -> Recorded {
        lock(&self.0).clone()
    }

    pub(crate) fn outcome(&self) -> Outcome {
        lock(&self.0).outcome
    }

    pub(crate) fn ends(&self, outcome: Outcome) {
        lock(&self.0).outcome = outcome;
    }

    pub(crate) fn receives(&self, length: u64, sha256: String, body: Bytes) {
        let mut recorded = lock(&self.0);
        recorded.body_length = length;
        recorded.body_sha256 = sha256;
        recorded.body = body;
    }
}
