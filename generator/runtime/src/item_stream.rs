//! The items of a response that are decoded as they arrive.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_core::Stream;

use crate::{
    ByteStream, Error, Headers,
    framing::{Framing, Record},
    response::Head,
};

/// An event of an event stream (`text/event-stream`).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What kind of event it is, if the server says so.
    pub name: Option<String>,
    /// The last id that the server gave, for a request that goes on after it.
    pub id: Option<String>,
    /// How long to wait before asking again after the stream has broken off, if the server says so.
    pub retry: Option<Duration>,
    /// What has happened.
    pub data: T,
}

impl Record {
    /// The event with its data decoded.
    pub(crate) fn event<T>(self, data: T) -> Event<T> {
        Event { name: self.name, id: self.id, retry: self.retry, data }
    }
}

/// The items of a response: a [`Stream`] that decodes each when it has arrived.
///
/// It ends after the first error.
#[must_use = "nothing is read until the items are taken"]
pub struct ItemStream<T> {
    bytes: ByteStream,
    framing: Framing,
    decode: fn(&Head, Record) -> Result<T, Error>,
    /// Whether no more bytes will be read.
    is_over: bool,
}

impl<T> ItemStream<T> {
    pub(crate) fn new(
        bytes: ByteStream,
        framing: Framing,
        decode: fn(&Head, Record) -> Result<T, Error>,
    ) -> Self {
        Self { bytes, framing, decode, is_over: false }
    }

    /// The status of the response, which is 2xx.
    pub fn status(&self) -> u16 {
        self.bytes.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &Headers {
        self.bytes.headers()
    }

    /// Waits for the next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// All items.
    ///
    /// # Errors
    /// The first error of any item.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(record) = self.framing.record() {
                let item = (self.decode)(&self.bytes.head(), record);
                if item.is_err() {
                    self.end();
                }
                return Poll::Ready(Some(item));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            match ready!(self.bytes.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.framing.feed(&chunk),
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.is_over = true;
                    self.framing.finish();
                }
            }
        }
    }

    fn end(&mut self) {
        self.is_over = true;
        self.framing = Framing::lines();
    }
}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}
