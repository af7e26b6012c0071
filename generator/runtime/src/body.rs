//! Request bodies of known length.

use std::{
    collections::VecDeque,
    fmt, io, mem,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use tokio::{fs::File, io::AsyncRead};
use tokio_util::io::ReaderStream;

use crate::{
    Error, ErrorKind, FileStream, Progress,
    error::BoxError,
    progress::OnProgress,
    upload::{CHUNK, LinkFailure, Source, Upload, Watch},
};

/// The bytes of a request body. Their number is known before they are read, so that a request always has an
/// exact `Content-Length`; a source that turns out to hold fewer or more fails the request.
///
/// A body from a file, reader or stream is never held in memory.
pub struct Body {
    content: Content,
    /// `None` only inside of a body of several parts.
    length: Option<u64>,
    /// The media type that the caller gave.
    said_type: Option<String>,
    /// The media type that the path suggests.
    guessed_type: Option<&'static str>,
    /// The name of the file that the path leads to.
    file_name: Option<String>,
    on_progress: Option<OnProgress>,
}

enum Content {
    Bytes(Bytes),
    /// Bodies one after the other.
    Chain(Vec<Body>),
    File(PathBuf),
    Opened(Box<dyn Fn() -> Source + Send + Sync>),
    /// The mutex is never locked: it makes a source that is only `Send` `Sync`.
    Source(Mutex<Source>),
    /// A source that was read.
    Spent,
}

impl Body {
    /// The content of a file, which is opened when it is sent and read while it is sent. `Content-Type` is
    /// guessed from the extension, unless the request gives the file a name whose extension says more.
    ///
    /// # Errors
    /// The path names no regular file, or one that cannot be opened.
    pub async fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let metadata = tokio::fs::metadata(path).await?;
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        // To hear of missing permissions here and not in the middle of a request.
        File::open(path).await?;
        let guessed_type = mime_guess::from_path(path).first_raw();
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let body = Self::new(Content::File(path.to_owned()), Some(metadata.len()));
        Ok(Self { guessed_type, file_name, ..body })
    }

    /// What a reader gives up to its end, which must come after `length` bytes. It is read once: a request
    /// that is redirected cannot send it again.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static, length: u64) -> Self {
        Self::from_stream(ReaderStream::with_capacity(reader, CHUNK), length)
    }

    /// What a stream gives up to its end, which must come after `length` bytes. It is read once: a request
    /// that is redirected cannot send it again.
    pub fn from_stream<S, B, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::new(Content::Source(Mutex::new(source(stream))), Some(length))
    }

    /// What the streams give that a function opens, each up to its end, which must come after `length` bytes. The
    /// function is called each time the body is sent, so that a redirected or repeated request can send it again.
    pub fn from_fn<S, B, E>(open: impl Fn() -> S + Send + Sync + 'static, length: u64) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::new(Content::Opened(Box::new(move || source(open()))), Some(length))
    }

    /// What a stream gives up to its end, wherever that is. Only a part of a body can be so.
    pub(crate) fn from_endless<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Self::new(Content::Source(Mutex::new(source(stream))), None)
    }

    /// Bodies one after the other. The whole has a length if each of them has one, and can be sent again if each can.
    pub(crate) fn chain(bodies: Vec<Self>) -> Self {
        let length = bodies.iter().try_fold(0_u64, |sum, body| sum.checked_add(body.length?));
        Self::new(Content::Chain(bodies), length)
    }

    fn new(content: Content, length: Option<u64>) -> Self {
        Self { content, length, said_type: None, guessed_type: None, file_name: None, on_progress: None }
    }

    /// The length in bytes.
    pub fn len(&self) -> u64 {
        self.length.unwrap_or_default()
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.length == Some(0)
    }

    /// The length, unless a part of the body has none.
    pub(crate) fn known_length(&self) -> Option<u64> {
        self.length
    }

    /// The name of the file that the path leads to.
    pub(crate) fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type, if it was said or can be guessed from the path.
    pub fn content_type(&self) -> Option<&str> {
        self.said_type().or(self.guessed_type)
    }

    /// The media type that the caller gave.
    pub(crate) fn said_type(&self) -> Option<&str> {
        self.said_type.as_deref()
    }

    /// Says what the media type is, whatever a name suggests.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.said_type = Some(content_type.into());
        self
    }

    /// Calls a function whenever bytes were handed to the connection, with their number so far: at last the
    /// [length](Self::len), and never for an empty body. The server may not have received them yet.
    ///
    /// The count starts again where the body is sent again, after a redirect or a failure. The function is called
    /// while the request is sent, so it should not block; it replaces one that was given before.
    #[must_use]
    pub fn on_progress(mut self, on_progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(on_progress));
        self
    }

    /// Whether the body can no longer be sent.
    pub(crate) fn is_spent(&self) -> bool {
        match &self.content {
            Content::Spent => true,
            Content::Chain(bodies) => bodies.iter().any(Self::is_spent),
            _ => false,
        }
    }

    /// Starts sending the body. Bytes and files can be sent again.
    pub(crate) async fn open(&mut self, watch: Arc<Watch>) -> Result<Upload, Error> {
        let upload = match &mut self.content {
            Content::Bytes(bytes) => Upload::from_bytes(bytes.clone(), watch),
            Content::File(path) => {
                let unreadable = |error: io::Error| {
                    let text = format!("cannot open {}: {error}", path.display());
                    Error::new(ErrorKind::BodySource, text).because(error)
                };
                File::open(&*path).await.map_err(unreadable)?;
                Upload::from_source(source(FileStream::open(&*path)), self.length, watch)
            }
            Content::Opened(open) => Upload::from_source(open(), self.length, watch),
            Content::Chain(bodies) => {
                let mut links = VecDeque::new();
                for body in bodies {
                    // Each link has a watch of its own: what it fails with becomes the failure of the chain.
                    let watch = Watch::start();
                    links.push_back((Box::pin(body.open(watch.clone())).await?, watch));
                }
                Upload::from_source(Box::pin(Chain(links)), self.length, watch)
            }
            Content::Source(_) | Content::Spent => Upload::from_source(self.spend()?, self.length, watch),
        };
        Ok(upload.telling(self.on_progress.clone()))
    }

    fn spend(&mut self) -> Result<Source, Error> {
        match mem::replace(&mut self.content, Content::Spent) {
            Content::Source(source) => Ok(source.into_inner().unwrap_or_else(PoisonError::into_inner)),
            _ => Err(Error::new(ErrorKind::BodySource, "the request body was read and cannot be sent again")),
        }
    }
}

fn source<S, B, E>(stream: S) -> Source
where
    S: Stream<Item = Result<B, E>> + Send + 'static,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    Box::pin(Converted(Box::pin(stream)))
}

/// A stream whose items are converted to those of a [`Source`].
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = self.0.as_mut().poll_next(cx);
        item.map(|item| item.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}

/// What several bodies give, one after the other; each is checked against its own length.
struct Chain(VecDeque<(Upload, Arc<Watch>)>);

impl Stream for Chain {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some((upload, watch)) = self.0.front_mut() {
            match ready!(Pin::new(upload).poll_frame(cx)) {
                Some(Ok(frame)) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
                Some(Err(aborted)) => {
                    let failure = watch.take_failure().map(LinkFailure);
                    return Poll::Ready(Some(Err(failure.map_or_else(|| aborted.into(), BoxError::from))));
                }
                None => drop(self.0.pop_front()),
            }
        }
        Poll::Ready(None)
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        let length = bytes.len() as u64;
        Self::new(Content::Bytes(bytes), Some(length))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Body");
        out.field("length", &self.length).field("content_type", &self.content_type()).finish_non_exhaustive()
    }
}
