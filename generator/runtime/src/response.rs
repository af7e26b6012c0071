//! Responses: status, headers and a decoded value.

use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

use crate::{
    BoxFuture, ByteStream, Error, ErrorKind, Event, FromJson, Headers, ItemStream, RateLimit,
    error::KEPT_BODY,
    framing::{Framing, Record},
};

/// What came before the body.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) headers: Headers,
}

/// A value with the status and headers that it came with.
#[derive(Debug, Clone)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: Headers,
}

impl<T> Response<T> {
    fn new(head: &Head, value: T) -> Self {
        Self { value, status: head.status, headers: head.headers.clone() }
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value by itself.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same response with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { value: change(self.value), status: self.status, headers: self.headers }
    }

    /// The status, which is 2xx.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The id under which the server logged the request, from `x-github-request-id` or `x-request-id`.
    pub fn request_id(&self) -> Option<&str> {
        self.headers.request_id()
    }

    /// The `ETag`, for a later request with `If-None-Match`.
    pub fn etag(&self) -> Option<&str> {
        self.headers.etag()
    }

    /// The state of the rate limit, if the server tells it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.headers.rate_limit()
    }

    /// The target of the first `Link` with this relation, such as `next` or `last`.
    pub fn link(&self, relation: &str) -> Option<String> {
        self.headers.link(relation)
    }
}

/// A response whose body was not read yet: an operation with several shapes of success decides by the status.
#[derive(Debug)]
pub struct RawResponse {
    pub(crate) head: Arc<Head>,
    pub(crate) body: ByteStream,
}

impl RawResponse {
    /// The status, which is 2xx.
    pub fn status(&self) -> u16 {
        self.head.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &Headers {
        &self.head.headers
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    /// The body breaks off ([`ErrorKind::Truncated`]) or is not of this shape ([`ErrorKind::Decode`]).
    pub async fn json<T: FromJson>(self) -> Result<Response<T>, Error> {
        let (head, body) = self.collect().await?;
        Ok(Response::new(&head, json(&head, &body)?))
    }

    /// Ignores the body, whatever it is.
    ///
    /// # Errors
    /// None today.
    pub async fn empty(mut self) -> Result<Response<()>, Error> {
        // What is read to its end leaves a connection that can be used again.
        self.body.read_some(KEPT_BODY).await;
        Ok(Response::new(&self.head, ()))
    }

    /// Reads the body as UTF-8 text.
    ///
    /// # Errors
    /// The body breaks off ([`ErrorKind::Truncated`]) or is not UTF-8 ([`ErrorKind::Decode`]).
    pub async fn text(self) -> Result<Response<String>, Error> {
        let (head, body) = self.collect().await?;
        match str::from_utf8(&body) {
            Ok(text) => Ok(Response::new(&head, text.to_owned())),
            Err(error) => Err(undecodable(&head, &body, "the body is not UTF-8".to_owned()).because(error)),
        }
    }

    /// The body as a stream.
    pub fn bytes(self) -> Response<ByteStream> {
        Response { status: self.head.status, headers: self.head.headers.clone(), value: self.body }
    }

    /// The body as a stream of items.
    pub(crate) fn items<T>(
        self,
        framing: Framing,
        decode: fn(&Head, Record) -> Result<T, Error>,
    ) -> Response<ItemStream<T>> {
        self.bytes().map(|bytes| ItemStream::new(bytes, framing, decode))
    }

    /// The body as a stream of JSON values: one on each line (`application/x-ndjson`, `application/jsonl`), or each
    /// after a record separator (`application/json-seq`, RFC 7464).
    pub fn json_items<T: FromJson>(self) -> Response<ItemStream<T>> {
        self.items(Framing::lines(), |head, record| json(head, &record.data))
    }

    /// The body as a stream of events (`text/event-stream`) whose data is JSON. One of `[DONE]`, with which servers of
    /// language models end, is the end.
    pub fn json_events<T: FromJson>(self) -> Response<ItemStream<Event<T>>> {
        self.items(Framing::events(Some("[DONE]")), |head, record| {
            let data = json(head, &record.data)?;
            Ok(record.event(data))
        })
    }

    /// The body as a stream of events (`text/event-stream`) whose data is text.
    pub fn text_events(self) -> Response<ItemStream<Event<String>>> {
        self.items(Framing::events(None), |_, record| {
            let data = String::from_utf8_lossy(&record.data).into_owned();
            Ok(record.event(data))
        })
    }

    /// The error of a 2xx status for which the operation documents no shape; its body is not read.
    pub fn undocumented(self) -> Error {
        let text = "the operation documents no body for this status".to_owned();
        undecodable(&self.head, &Bytes::new(), text)
    }

    /// The same response, after a redirect that an API has answered with these headers.
    pub(crate) fn after(self, redirect: &Headers) -> Self {
        let Head { operation, status, ref headers } = *self.head;
        let head = Arc::new(Head { operation, status, headers: headers.clone().after(redirect) });
        Self { body: self.body.with_head(head.clone()), head }
    }

    /// The same response with its body in memory.
    pub(crate) async fn whole(self) -> Result<Self, Error> {
        let (head, body) = self.collect().await?;
        Ok(Self { body: ByteStream::whole(head.clone(), body), head })
    }

    /// Reads the whole body. Boxed, so that this code exists once and not in every operation.
    pub(crate) fn collect(self) -> BoxFuture<Result<(Arc<Head>, Bytes), Error>> {
        Box::pin(async move { Ok((self.head, self.body.bytes().await?)) })
    }
}

/// Decodes a JSON body.
pub(crate) fn json<T: FromJson>(head: &Head, body: &Bytes) -> Result<T, Error> {
    let value = value(head, body)?;
    T::from_json(&value).map_err(|mismatch| {
        let place =
            if mismatch.path().is_empty() { String::new() } else { format!(" at {}", mismatch.path()) };
        let text = format!("cannot decode the body{place}: {}", mismatch.reason());
        undecodable(head, body, text).because(mismatch)
    })
}

fn value(head: &Head, body: &Bytes) -> Result<Value, Error> {
    serde_json::from_slice(body).map_err(|error| {
        let reason = if body.is_empty() { "it is empty".to_owned() } else { error.to_string() };
        undecodable(head, body, format!("cannot decode the body: {reason}")).because(error)
    })
}

fn undecodable(head: &Head, body: &Bytes, mut text: String) -> Error {
    let content_type = head.headers.get("content-type");
    if let Some(other) = content_type.filter(|it| !it.contains("json") && !body.is_empty()) {
        text.push_str(&format!(" (its content type is {other})"));
    }
    Error::new(ErrorKind::Decode, text).with_body(head, body.clone(), false)
}
