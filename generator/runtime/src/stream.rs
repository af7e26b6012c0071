//! The bytes of a response as they arrive.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::Body as _;
use tokio::{
    io::{AsyncWrite, AsyncWriteExt},
    sync::OwnedSemaphorePermit,
    time::{Instant, Sleep, sleep_until},
};

use crate::{
    Error, ErrorKind, Headers, Progress, error::root_cause, limits::Limits, progress::OnProgress,
    response::Head,
};

/// The bytes of a response. It ends well only if all announced bytes have come.
///
/// It is a [`Stream`] of chunks; [`write_to`](Self::write_to) and [`bytes`](Self::bytes) take all of it.
pub struct ByteStream {
    head: Arc<Head>,
    /// `None` after the end.
    body: Option<reqwest::Body>,
    /// How many bytes must come, if the server said so.
    announced: Option<u64>,
    received: u64,
    limits: Limits,
    /// Runs while a chunk is waited for.
    timer: Pin<Box<Sleep>>,
    waiting: bool,
    on_progress: Option<OnProgress>,
    /// The client's permission to have this request under way, given back with the stream.
    permit: Option<OwnedSemaphorePermit>,
}

impl ByteStream {
    /// `has_body` is false for the answer to HEAD, which announces the length of what it leaves out.
    pub(crate) fn new(head: Arc<Head>, body: reqwest::Body, has_body: bool, limits: Limits) -> Self {
        let timer = Box::pin(sleep_until(limits.until(Instant::now())));
        let mut stream = Self {
            head,
            body: Some(body),
            announced: None,
            received: 0,
            limits,
            timer,
            waiting: false,
            on_progress: None,
            permit: None,
        };
        stream.announced = stream.content_length().filter(|_| has_body);
        stream
    }

    /// The bytes of a response that were read.
    pub(crate) fn whole(head: Arc<Head>, bytes: Bytes) -> Self {
        Self::new(head, bytes.into(), false, Limits::start(Duration::MAX, None))
    }

    /// The same bytes, after another head.
    pub(crate) fn with_head(mut self, head: Arc<Head>) -> Self {
        self.head = head;
        self
    }

    /// Keeps a permit as long as bytes may come.
    pub(crate) fn keep(&mut self, permit: Option<OwnedSemaphorePermit>) {
        self.permit = permit;
    }

    /// Calls a function whenever bytes were received, with their number so far. It is called while the stream is
    /// read, so it should not block; it replaces one that was given before.
    #[must_use]
    pub fn on_progress(mut self, on_progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(on_progress));
        self
    }

    /// The status of the response, which is 2xx.
    pub fn status(&self) -> u16 {
        self.head.status.as_u16()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &Headers {
        &self.head.headers
    }

    /// The length of the body in bytes, if the server announced it.
    pub fn content_length(&self) -> Option<u64> {
        self.head.headers.get("content-length")?.parse().ok()
    }

    /// The media type.
    pub fn content_type(&self) -> Option<&str> {
        self.head.headers.get("content-type")
    }

    /// Waits for the next bytes; `None` at the end.
    ///
    /// # Errors
    /// The body broke off ([`ErrorKind::Truncated`]), or nothing came for the idle
    /// timeout ([`ErrorKind::Timeout`]).
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|cx| self.poll_chunk(cx)).await.transpose()
    }

    /// Writes all bytes, flushes, and gives their number.
    ///
    /// # Errors
    /// As with [`chunk`](Self::chunk); or the writer failed ([`ErrorKind::Write`]).
    pub async fn write_to<W: AsyncWrite + Unpin + ?Sized>(&mut self, writer: &mut W) -> Result<u64, Error> {
        let head = self.head.clone();
        let failed = |error: std::io::Error| {
            Error::new(ErrorKind::Write, format!("cannot write the body: {error}"))
                .with_head(&head)
                .because(error)
        };
        let mut written = 0;
        while let Some(chunk) = self.chunk().await? {
            writer.write_all(&chunk).await.map_err(failed)?;
            written += chunk.len() as u64;
        }
        writer.flush().await.map_err(failed)?;
        Ok(written)
    }

    /// Reads all bytes into memory.
    ///
    /// # Errors
    /// As with [`chunk`](Self::chunk).
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }

    /// Reads `limit` bytes at most, whatever happens; also says whether there is more.
    pub(crate) async fn read_some(&mut self, limit: usize) -> (Bytes, bool) {
        let mut bytes = BytesMut::new();
        loop {
            match self.chunk().await {
                Ok(Some(chunk)) => {
                    let room = limit - bytes.len();
                    bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
                    if chunk.len() > room {
                        return (bytes.freeze(), true);
                    }
                }
                Ok(None) => return (bytes.freeze(), false),
                Err(_) => return (bytes.freeze(), true),
            }
        }
    }

    /// What came before the bytes.
    pub(crate) fn head(&self) -> Arc<Head> {
        self.head.clone()
    }

    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        if self.limits.is_over() {
            return self.expire();
        }
        let end = loop {
            match Pin::new(&mut *body).poll_frame(cx) {
                Poll::Pending => return self.poll_timer(cx),
                Poll::Ready(Some(Ok(frame))) => {
                    // Trailers are not for us.
                    if let Some(data) = frame.into_data().ok().filter(|data| !data.is_empty()) {
                        self.waiting = false;
                        self.received += data.len() as u64;
                        if let Some(on_progress) = &self.on_progress {
                            on_progress(Progress::new(self.received, self.announced));
                        }
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Poll::Ready(Some(Err(error))) => break Some(error),
                Poll::Ready(None) => break None,
            }
        };
        self.end();
        Poll::Ready(self.truncation(end).map(Err))
    }

    /// What is wrong with the end of the body, if anything is.
    fn truncation(&self, failure: Option<reqwest::Error>) -> Option<Error> {
        let complete = self.announced.is_none_or(|announced| announced == self.received);
        if complete && failure.is_none() {
            return None;
        }
        let announced = self.announced.map(|announced| format!(" of {announced} announced"));
        let text =
            format!("the body broke off after {} bytes{}", self.received, announced.unwrap_or_default());
        let error = match failure {
            Some(failure) => {
                let text = format!("{text}: {}", root_cause(&failure));
                Error::new(ErrorKind::Truncated, text).because(failure.without_url())
            }
            None => Error::new(ErrorKind::Truncated, text),
        };
        Some(error.with_head(&self.head))
    }

    /// The time that a slow reader takes is not the server's: the timer starts when it is first waited for.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if !self.waiting {
            self.waiting = true;
            self.timer.as_mut().reset(self.limits.until(Instant::now()));
        }
        match self.timer.as_mut().poll(cx) {
            Poll::Ready(()) => self.expire(),
            Poll::Pending => Poll::Pending,
        }
    }

    fn end(&mut self) {
        self.body = None;
        self.permit = None;
    }

    fn expire(&mut self) -> Poll<Option<Result<Bytes, Error>>> {
        self.end();
        Poll::Ready(Some(Err(self.limits.expired().with_head(&self.head))))
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("ByteStream");
        out.field("announced", &self.announced).field("received", &self.received).finish_non_exhaustive()
    }
}
