//! A request body on its way to the server.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use tokio::time::Instant;

use crate::{Error, ErrorKind, Progress, error::BoxError, progress::OnProgress};

/// How many bytes are read from a source, and handed to the connection, at once.
pub(crate) const CHUNK: usize = 64 * 1024;

/// Where a body that is not in memory comes from.
pub(crate) type Source = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// What became of an upload: the connection owns the body, so this is how its sender hears of it.
pub(crate) struct Watch(Mutex<State>);

struct State {
    moved: Moved,
    failure: Option<Error>,
}

/// When bytes were last seen to move.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moved {
    pub(crate) at: Instant,
    /// How long bytes may go on moving where nobody sees it.
    pub(crate) draining: Duration,
}

impl Moved {
    fn now() -> Self {
        Self { at: Instant::now(), draining: Duration::ZERO }
    }
}

impl Watch {
    pub(crate) fn start() -> Arc<Self> {
        Arc::new(Self(Mutex::new(State { moved: Moved::now(), failure: None })))
    }

    /// When bytes were last handed to the connection, at first when the watch was started.
    pub(crate) fn moved(&self) -> Moved {
        self.lock().moved
    }

    /// What went wrong with the source, if anything did.
    pub(crate) fn take_failure(&self) -> Option<Error> {
        self.lock().failure.take()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A body, of a known length unless a part of it has none.
///
/// HTTP would cut a source that is longer than announced, and the server would take the part for the whole.
/// So the last bytes are held back until the source has said that it is at its end.
pub(crate) struct Upload {
    /// `None` once it is at its end. The mutex is never locked: it makes a source that is only `Send` `Sync`.
    source: Option<Mutex<Source>>,
    /// What was read and not yet sent.
    ready: Bytes,
    /// `None` where a part of the body has no length.
    announced: Option<u64>,
    read: u64,
    sent: u64,
    watch: Arc<Watch>,
    on_progress: Option<OnProgress>,
}

/// How long the last bytes may be on their way out of the system's buffers, where nobody sees them move: as much as
/// such a buffer holds, at the pace of a slow line.
fn draining(length: u64) -> Duration {
    const BUFFER: u64 = 4 * 1024 * 1024;
    const BYTES_A_SECOND: u64 = 16 * 1024;
    Duration::from_millis(length.min(BUFFER) * 1000 / BYTES_A_SECOND)
}

/// What the connection hears of a source that fails; the [`Watch`] has the reason.
#[derive(Debug, thiserror::Error)]
#[error("the request body failed")]
pub(crate) struct Aborted;

/// What a body fails with that is part of another one.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct LinkFailure(pub(crate) Error);

impl Upload {
    pub(crate) fn from_bytes(bytes: Bytes, watch: Arc<Watch>) -> Self {
        let length = bytes.len() as u64;
        Self {
            source: None,
            ready: bytes,
            announced: Some(length),
            read: length,
            sent: 0,
            watch,
            on_progress: None,
        }
    }

    pub(crate) fn from_source(source: Source, announced: Option<u64>, watch: Arc<Watch>) -> Self {
        let (source, ready) = (Some(Mutex::new(source)), Bytes::new());
        Self { source, ready, announced, read: 0, sent: 0, watch, on_progress: None }
    }

    /// Tells how many bytes were handed to the connection, after each part.
    pub(crate) fn telling(mut self, on_progress: Option<OnProgress>) -> Self {
        self.on_progress = on_progress;
        self
    }

    /// Reads on until something can be sent, or until the source is at its end.
    pub(crate) fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        // What completes the length waits for the end of the source.
        while self.ready.is_empty() || self.announced == Some(self.read) {
            let Some(source) = &mut self.source else { break };
            let source = source.get_mut().unwrap_or_else(PoisonError::into_inner);
            match ready!(source.as_mut().poll_next(cx)) {
                Some(Ok(chunk)) if chunk.is_empty() => {}
                Some(Ok(chunk)) => {
                    self.watch.lock().moved = Moved::now();
                    self.read += chunk.len() as u64;
                    if let Some(announced) = self.announced.filter(|announced| self.read > *announced) {
                        let text = format!("it is longer than the {announced} bytes announced");
                        return Poll::Ready(Err(wrong_length(&text)));
                    }
                    self.ready = chunk;
                }
                Some(Err(source)) => {
                    return Poll::Ready(Err(failed(source)));
                }
                None => {
                    if let Some(announced) = self.announced.filter(|announced| self.read < *announced) {
                        let text = format!("it ended after {} bytes of {announced} announced", self.read);
                        return Poll::Ready(Err(wrong_length(&text)));
                    }
                    self.source = None;
                }
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// The failure of a source; that of a part of a body says itself what it is.
fn failed(source: BoxError) -> Error {
    match source.downcast::<LinkFailure>() {
        Ok(link) => link.0,
        Err(source) => {
            let text = format!("the source of the request body failed: {source}");
            Error::new(ErrorKind::BodySource, text).because(source)
        }
    }
}

fn wrong_length(text: &str) -> Error {
    Error::new(ErrorKind::BodyLength, format!("the request body has another length: {text}"))
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = Aborted;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Err(failure) = ready!(self.poll_ready(cx)) {
            self.watch.lock().failure = Some(failure);
            return Poll::Ready(Some(Err(Aborted)));
        }
        if self.ready.is_empty() {
            return Poll::Ready(None);
        }
        // Small parts, also of a large buffer, show that bytes move.
        let length = self.ready.len().min(CHUNK);
        let part = self.ready.split_to(length);
        self.sent += part.len() as u64;
        let is_last = match self.announced {
            Some(announced) => self.sent == announced,
            None => self.source.is_none() && self.ready.is_empty(),
        };
        let draining = if is_last { draining(self.sent) } else { Duration::ZERO };
        self.watch.lock().moved = Moved { draining, ..Moved::now() };
        if let Some(on_progress) = &self.on_progress {
            on_progress(Progress::new(self.sent, self.announced));
        }
        Poll::Ready(Some(Ok(Frame::data(part))))
    }

    fn is_end_stream(&self) -> bool {
        self.source.is_none() && self.ready.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.announced.map_or_else(SizeHint::default, |announced| SizeHint::with_exact(announced - self.sent))
    }
}
