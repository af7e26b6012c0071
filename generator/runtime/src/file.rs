//! The bytes of a file as a stream.

use std::{
    collections::VecDeque,
    fmt,
    fs::File,
    io::{self, Read},
    path::PathBuf,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// How many bytes are read at once.
const CHUNK: usize = 256 * 1024;

/// How many chunks are read ahead.
const AHEAD: usize = 4;

/// The bytes of a file, which is read ahead on a thread of its own: about a mebibyte of it is in memory.
///
/// The file is opened when the stream is first polled; an error to open it is the first item.
pub struct FileStream(State);

enum State {
    /// What reads, once it is started.
    Idle(Box<dyn FnOnce(Sender<io::Result<Bytes>>) + Send>),
    Reading(Receiver<io::Result<Bytes>>),
}

impl FileStream {
    /// The bytes of a file.
    pub fn open(path: impl Into<PathBuf>) -> Self {
        Self::inspected(path, |_| {})
    }

    /// The bytes of a file, and a function that sees each chunk before it is given out; it is called on the thread
    /// that reads, so it may take its time, for a checksum for example.
    pub fn inspected(path: impl Into<PathBuf>, inspect: impl FnMut(&[u8]) + Send + 'static) -> Self {
        let path = path.into();
        Self::new(move || File::open(path), inspect)
    }

    /// The bytes of a reader that blocks.
    #[cfg(feature = "blocking")]
    pub(crate) fn of(reader: impl Read + Send + 'static) -> Self {
        Self::new(move || Ok(reader), |_| {})
    }

    fn new<R: Read>(
        open: impl FnOnce() -> io::Result<R> + Send + 'static,
        inspect: impl FnMut(&[u8]) + Send + 'static,
    ) -> Self {
        Self(State::Idle(Box::new(move |sender| {
            if let Err(error) = open().and_then(|reader| read(reader, inspect, &sender)) {
                // A receiver that has gone away does not want to know.
                sender.blocking_send(Err(error)).ok();
            }
        })))
    }
}

fn read(
    mut reader: impl Read,
    mut inspect: impl FnMut(&[u8]),
    sender: &Sender<io::Result<Bytes>>,
) -> io::Result<()> {
    // Memory that nobody needs any more is used again: fresh memory is slow, because the system clears it.
    let mut given_out: VecDeque<Bytes> = VecDeque::new();
    loop {
        let is_free = given_out.front().is_some_and(Bytes::is_unique);
        let free = if is_free { given_out.pop_front() } else { None };
        let mut chunk = free.map_or_else(|| Vec::with_capacity(CHUNK), Vec::from);
        chunk.clear();
        reader.by_ref().take(CHUNK as u64).read_to_end(&mut chunk)?;
        if chunk.is_empty() {
            return Ok(());
        }
        inspect(&chunk);
        let chunk = Bytes::from(chunk);
        given_out.push_back(chunk.clone());
        given_out.truncate(AHEAD + 2);
        if sender.blocking_send(Ok(chunk)).is_err() {
            return Ok(());
        }
    }
}

impl Stream for FileStream {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let State::Reading(receiver) = &mut self.0 {
                return receiver.poll_recv(cx);
            }
            let (sender, receiver) = channel(AHEAD);
            if let State::Idle(start) = std::mem::replace(&mut self.0, State::Reading(receiver)) {
                tokio::task::spawn_blocking(move || start(sender));
            }
        }
    }
}

impl fmt::Debug for FileStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileStream").finish_non_exhaustive()
    }
}
