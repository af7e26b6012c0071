//! The one error type, and how documented errors are read from it.

mod summary;

use std::{fmt, io, time::Duration};

use bytes::Bytes;
use http::StatusCode;

use serde::de::DeserializeOwned;

use crate::{FromJson, Headers, rate, response::Head};
use summary::{MAX_TEXT, one_line};

pub(crate) use summary::root_cause;

/// How much of a body an error keeps, in bytes.
pub(crate) const KEPT_BODY: usize = 64 * 1024;

pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a request failed.
///
/// `Display` tells all on one line: the operation, the status, what the server said, and the request id. It
/// shows neither credentials nor the query of a URL, which can hold a signature.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<&'static str>,
    text: String,
    reply: Option<Reply>,
    source: Option<BoxError>,
    /// How often the request was sent.
    attempts: u32,
}

/// What is kept of a response that led to an error.
struct Reply {
    status: StatusCode,
    headers: Headers,
    body: ErrorBody,
    truncated: bool,
    message: Option<String>,
}

/// What kind of failure an [`Error`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client was built with something that cannot work.
    Configuration,
    /// The request cannot be sent as it was made; nothing was sent.
    InvalidRequest,
    /// No connection to the server came about, also because it took too long.
    Connect,
    /// No byte moved for the idle timeout, or the total timeout has passed.
    Timeout,
    /// The connection failed before a response arrived.
    Transport,
    /// The server redirected to where the request must not or cannot follow.
    Redirect,
    /// The server answered with a status other than 2xx.
    Status,
    /// A conditional request was answered with 304: what the caller has is still right.
    NotModified,
    /// The [`TokenProvider`](crate::TokenProvider) gave no token.
    Token,
    /// The body of a response is not what the operation promises.
    Decode,
    /// The body of a response broke off, or its length is not the announced one.
    Truncated,
    /// The source of a request body holds fewer or more bytes than it was announced with.
    BodyLength,
    /// The source of a request body failed.
    BodySource,
    /// A list names a next page that must not be asked for.
    Pagination,
    /// The writer that a response was being written to failed.
    Write,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, text: impl AsRef<str>) -> Self {
        let text = one_line(text.as_ref(), MAX_TEXT);
        Self(Box::new(Inner { kind, operation: None, text, reply: None, source: None, attempts: 1 }))
    }

    /// The error for a status that is not 2xx.
    pub(crate) fn from_status(head: &Head, body: Bytes, truncated: bool) -> Self {
        let summary = summary::summarise(head.headers.get("content-type"), &body);
        let kind =
            if head.status == StatusCode::NOT_MODIFIED { ErrorKind::NotModified } else { ErrorKind::Status };
        let mut error = Self::new(kind, summary.text).with_body(head, body, truncated);
        if let Some(reply) = &mut error.0.reply {
            reply.message = summary.message;
        }
        error
    }

    pub(crate) fn of(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    pub(crate) fn because(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_head(self, head: &Head) -> Self {
        self.with_body(head, Bytes::new(), false)
    }

    /// Says how often the request was sent.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Keeps the response, and [`KEPT_BODY`] bytes of its body at most.
    pub(crate) fn with_body(mut self, head: &Head, body: Bytes, truncated: bool) -> Self {
        let truncated = truncated || body.len() > KEPT_BODY;
        // A slice would keep the whole of a large body in memory.
        let bytes = if body.len() > KEPT_BODY { Bytes::copy_from_slice(&body[..KEPT_BODY]) } else { body };
        let content_type = head.headers.get("content-type").map(str::to_owned);
        self.0.operation = Some(head.operation);
        self.0.reply = Some(Reply {
            status: head.status,
            headers: head.headers.clone(),
            body: ErrorBody { bytes, content_type },
            truncated,
            message: None,
        });
        self
    }

    /// What kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The id of the operation that failed.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.reply.as_ref().map(|reply| reply.status.as_u16())
    }

    /// The headers of the response, if there was one.
    pub fn headers(&self) -> Option<&Headers> {
        self.0.reply.as_ref().map(|reply| &reply.headers)
    }

    /// The id under which the server logged the request, from `x-github-request-id` or `x-request-id`.
    pub fn request_id(&self) -> Option<&str> {
        self.headers()?.request_id()
    }

    /// The body of the response as received, 64 KiB of it at most; empty if there was none.
    pub fn body(&self) -> &[u8] {
        self.0.reply.as_ref().map_or(&[], |reply| &reply.body.bytes)
    }

    /// Whether [`body`](Self::body) is only a part of what the server sent.
    pub fn body_truncated(&self) -> bool {
        self.0.reply.as_ref().is_some_and(|reply| reply.truncated)
    }

    /// What the server said was wrong, in its own words: the `message` of a JSON body, else its `error`,
    /// `detail`, `title` or `error_description`. It may hold any characters.
    pub fn message(&self) -> Option<&str> {
        self.0.reply.as_ref()?.message.as_deref()
    }

    /// The body read as JSON; `None` if it is not JSON or not of this shape.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.0.reply.as_ref()?.body.as_bytes()).ok()
    }

    /// The error as the operation documents it; `None` if the server did not answer with a status that this
    /// operation documents.
    pub fn documented<E: DocumentedError>(&self) -> Option<E> {
        let reply = self.0.reply.as_ref().filter(|_| self.0.kind == ErrorKind::Status)?;
        if self.0.operation != Some(E::OPERATION) {
            return None;
        }
        E::decode(reply.status.as_u16(), &reply.body)
    }

    /// How often the request was sent, redirects not counted.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the server asks to wait before the request is sent again: what `Retry-After` says, or the time until
    /// a used-up rate limit is reset.
    pub fn retry_after(&self) -> Option<Duration> {
        let headers = self.headers()?;
        rate::retry_after(headers).or_else(|| rate::until_reset(headers))
    }

    /// Whether the server refused the request because of a rate limit.
    pub fn is_rate_limit(&self) -> bool {
        rate::refusal(self).is_some()
    }

    /// Whether the server says that nothing has changed since the `ETag` of `If-None-Match` (RFC 9110, 15.4.5).
    pub fn is_not_modified(&self) -> bool {
        self.0.kind == ErrorKind::NotModified
    }

    /// Whether a timeout passed while a request was under way.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether no connection came about, so that the server has seen nothing of the request.
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.0.reply.as_ref().map(|reply| {
            let reason = reply.status.canonical_reason().unwrap_or_default();
            format!("{} {reason}", reply.status.as_u16()).trim_end().to_owned()
        });
        let parts = [self.0.operation, status.as_deref(), Some(self.0.text.as_str())];
        let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        f.write_str(&parts.join(": "))?;
        if self.0.attempts > 1 {
            write!(f, " ({} attempts)", self.0.attempts)?;
        }
        match self.request_id() {
            Some(id) => write!(f, " (request {})", one_line(id, MAX_TEXT)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.0.kind).field("text", &format_args!("{self}"));
        if let Some(source) = &self.0.source {
            out.field("source", source);
        }
        out.finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        let kind = match error.kind() {
            ErrorKind::Timeout => io::ErrorKind::TimedOut,
            ErrorKind::Truncated => io::ErrorKind::UnexpectedEof,
            _ => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

/// The errors that an operation documents, one variant per status.
pub trait DocumentedError: Sized {
    /// The id of the operation.
    const OPERATION: &'static str;

    /// The error of a status; `None` if the operation does not document the status. A body that is not as
    /// documented loses its payload, never its status.
    fn decode(status: u16, body: &ErrorBody) -> Option<Self>;
}

/// The body of a response whose status is an error.
#[derive(Clone)]
pub struct ErrorBody {
    bytes: Bytes,
    content_type: Option<String>,
}

impl ErrorBody {
    /// The body read as JSON; `None` if it is not JSON or not of this shape.
    pub fn json<T: FromJson>(&self) -> Option<T> {
        let value = serde_json::from_slice(&self.bytes).ok()?;
        T::from_json(&value).ok()
    }

    /// The body as received, 64 KiB of it at most.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The `Content-Type` of the response.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }
}

impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("ErrorBody");
        out.field("length", &self.bytes.len()).field("content_type", &self.content_type).finish()
    }
}
