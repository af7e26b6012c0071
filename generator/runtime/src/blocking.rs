//! The same calls without async, for programs that have no runtime (feature `blocking`).
//!
//! Wherever there is an `.await`, call [`.wait()`](Wait::wait) instead. A list can be iterated over, and a
//! [`ByteStream`] becomes a reader:
//!
//! ```no_run
//! use std::{fs::File, io};
//!
//! use client_runtime::{Body, ByteStream, Error, Items, Request, Response, Value, blocking::Wait};
//!
//! fn upload(mut request: Request) -> io::Result<Response<Value>> {
//!     request.body("application/gzip", Body::from_path("tool.tar.gz").wait()?);
//!     Ok(request.send_json().wait()?)
//! }
//!
//! fn list(items: Items<Value>) -> Result<(), Error> {
//!     for item in items {
//!         println!("{}", item?);
//!     }
//!     Ok(())
//! }
//!
//! fn download(bytes: ByteStream) -> io::Result<u64> {
//!     io::copy(&mut bytes.into_read(), &mut File::create("tool.tar.gz.part")?)
//! }
//! ```
//!
//! All of it runs on one tokio runtime with a thread of its own, which is started by the first call.

use std::{
    fmt,
    io::{self, Read},
    sync::OnceLock,
};

use bytes::{Buf, Bytes};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::{Body, ByteStream, Error, ErrorKind, FileStream, FromJson, ItemStream, Items};

/// What can be waited for: requests and everything else that could be awaited and gives a [`Result`].
pub trait Wait {
    /// What it gives.
    type Value;
    /// How it fails.
    type Failure;

    /// Waits for the end, and blocks the thread until then.
    ///
    /// # Errors
    /// Those of what is waited for. In code that runs on tokio it fails with [`ErrorKind::Configuration`]: such code
    /// has to await instead.
    fn wait(self) -> Result<Self::Value, Self::Failure>;
}

impl<F, T, E> Wait for F
where
    F: IntoFuture<Output = Result<T, E>>,
    E: From<Error>,
{
    type Value = T;
    type Failure = E;

    fn wait(self) -> Result<T, E> {
        // Here and not above: some futures want to be made where a runtime is.
        runtime()?.block_on(async { self.await })
    }
}

/// The runtime of all that is waited for.
fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();
    if Handle::try_current().is_ok() {
        let text = "`wait` was called in code that runs on tokio: await there";
        return Err(Error::new(ErrorKind::Configuration, text));
    }
    let start =
        || Builder::new_multi_thread().worker_threads(1).thread_name("client-runtime").enable_all().build();
    RUNTIME.get_or_init(start).as_ref().map_err(|error| {
        Error::new(ErrorKind::Configuration, format!("the thread for requests cannot be started: {error}"))
    })
}

impl Body {
    /// What a reader gives up to its end, which must come after `length` bytes. It is read once: a request that is
    /// redirected or repeated cannot send it again. Needs the feature `blocking`.
    pub fn from_read(reader: impl Read + Send + 'static, length: u64) -> Self {
        Self::from_stream(FileStream::of(reader), length)
    }
}

impl ByteStream {
    /// The bytes as a reader that blocks. Needs the feature `blocking`.
    ///
    /// An error of reading holds the [`Error`] that tells more.
    pub fn into_read(self) -> Reader {
        Reader { stream: self, chunk: Bytes::new() }
    }
}

/// The bytes of a response as a reader; see [`ByteStream::into_read`].
pub struct Reader {
    stream: ByteStream,
    chunk: Bytes,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() && !buffer.is_empty() {
            match self.stream.chunk().wait()? {
                Some(chunk) => self.chunk = chunk,
                None => return Ok(0),
            }
        }
        let length = self.chunk.len().min(buffer.len());
        self.chunk.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reader").field(&self.stream).finish()
    }
}

impl<T> IntoIterator for ItemStream<T> {
    type Item = Result<T, Error>;
    type IntoIter = StreamIter<T>;

    fn into_iter(self) -> StreamIter<T> {
        StreamIter(self)
    }
}

/// The items of a stream, each waited for; see [`ItemStream`].
#[derive(Debug)]
pub struct StreamIter<T>(ItemStream<T>);

impl<T> Iterator for StreamIter<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = async { Ok::<_, Error>(self.0.next().await) };
        next.wait().unwrap_or_else(|error| Some(Err(error)))
    }
}

impl<T: FromJson> IntoIterator for Items<T> {
    type Item = Result<T, Error>;
    type IntoIter = Iter<T>;

    fn into_iter(self) -> Iter<T> {
        Iter(self)
    }
}

/// The items of a list, each waited for; see [`Items`].
#[derive(Debug)]
pub struct Iter<T>(Items<T>);

impl<T: FromJson> Iterator for Iter<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = async { Ok::<_, Error>(self.0.next().await) };
        next.wait().unwrap_or_else(|error| Some(Err(error)))
    }
}
