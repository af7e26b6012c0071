//! Writing and hashing, each on a thread of its own.

use std::{
    fs::File,
    io::{self, Write},
    sync::Arc,
};

use tokio::{
    sync::mpsc::{Receiver, Sender, channel},
    task::{JoinHandle, spawn_blocking},
};

use crate::{Bytes, TransferError, digest::Running};

/// How many chunks, as they come from the connection, may wait to be written.
const WAITING: usize = 8;

/// Writes what is sent to it to the end of a file. If it is dropped, it stops after what it has.
#[derive(Debug)]
pub(in crate::download) struct Writer {
    writing: Lane<(u64, io::Result<()>)>,
    /// Which takes about as long as writing does, so that it is not done in between.
    hashing: Option<Lane<()>>,
}

impl Writer {
    pub(super) fn start(file: Arc<File>, running: Option<Running>) -> Self {
        let hashing = running.map(|running| Lane::start(move |chunks| hash(&running, chunks)));
        Self { writing: Lane::start(move |chunks| write(&file, chunks)), hashing }
    }

    /// Hands bytes over, when there is room for them; says whether they will be written.
    pub(in crate::download) async fn write(&self, bytes: Bytes) -> bool {
        if let Some(hashing) = &self.hashing
            && hashing.chunks.send(bytes.clone()).await.is_err()
        {
            return false;
        }
        self.writing.chunks.send(bytes).await.is_ok()
    }

    /// Waits until all is written and hashed; gives the number of bytes, and what went wrong.
    pub(super) async fn end(self) -> Result<(u64, io::Result<()>), TransferError> {
        if let Some(hashing) = self.hashing {
            hashing.end().await?;
        }
        self.writing.end().await
    }
}

/// Work with one chunk after the other, on a thread of its own.
#[derive(Debug)]
struct Lane<T> {
    chunks: Sender<Bytes>,
    work: JoinHandle<T>,
}

impl<T: Send + 'static> Lane<T> {
    fn start(work: impl FnOnce(Receiver<Bytes>) -> T + Send + 'static) -> Self {
        let (sender, receiver) = channel(WAITING);
        Self { chunks: sender, work: spawn_blocking(move || work(receiver)) }
    }

    async fn end(self) -> Result<T, TransferError> {
        drop(self.chunks);
        self.work.await.map_err(|_| TransferError::ShutDown)
    }
}

fn write(mut file: &File, mut chunks: Receiver<Bytes>) -> (u64, io::Result<()>) {
    let mut written = 0;
    while let Some(chunk) = chunks.blocking_recv() {
        if let Err(error) = file.write_all(&chunk) {
            return (written, Err(error));
        }
        written += chunk.len() as u64;
    }
    (written, Ok(()))
}

fn hash(running: &Running, mut chunks: Receiver<Bytes>) {
    while let Some(chunk) = chunks.blocking_recv() {
        running.update(&chunk);
    }
}
