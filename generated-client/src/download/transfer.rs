//! How the bytes of an asset come, however often the connection breaks off.

use super::{
    Downloaded,
    answer::{Answer, Asked},
    digest,
    part::{Part, Writer},
    size,
};
use crate::{
    ByteStream, Direction, Error, ErrorKind, Release, Response, TransferError, Verified,
    runtime::{Progress, RetryPolicy},
    types::ReleaseAsset,
    upload::OnProgress,
};

/// The download of an asset to its part, and of that to a file.
#[derive(Debug)]
pub(super) struct Transfer {
    release: Release,
    asset: ReleaseAsset,
    size: u64,
    part: Part,
    attempts: u32,
    on_progress: Option<OnProgress>,
    tally: Tally,
    /// Whether the bytes are from more than one answer.
    is_pieced: bool,
    /// Whether it was started over because of the digest.
    was_other_digest: bool,
    /// Whether it was started over because of the size.
    was_other_size: bool,
}

/// What is told in the end.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    bytes: u64,
    resumed: u32,
    restarted: u32,
}

/// How an attempt has ended.
#[derive(Debug)]
enum End {
    /// All bytes are there.
    Complete,
    /// Something failed.
    Broken(Error),
    /// All went well, but bytes are missing.
    Short,
    /// The rest cannot be had, only the whole.
    NoRest,
    /// The server has a file of another size.
    OtherSize(u64),
}

impl Transfer {
    pub(super) fn new(
        release: Release,
        asset: ReleaseAsset,
        part: Part,
        attempts: u32,
        on_progress: Option<OnProgress>,
    ) -> Self {
        let (size, is_pieced) = (size(&asset), part.length() > 0);
        let (tally, was_other_digest, was_other_size) = (Tally::default(), false, false);
        Self {
            release,
            asset,
            size,
            part,
            attempts,
            on_progress,
            tally,
            is_pieced,
            was_other_digest,
            was_other_size,
        }
    }

    pub(super) async fn run(mut self) -> Result<Downloaded, TransferError> {
        self.tell(self.part.length());
        let verified = loop {
            if let Err(error) = self.fill().await {
                return Err(self.abandon(error).await);
            }
            let (expected, actual) = (digest(&self.asset), self.part.digest());
            match (expected, actual) {
                (Some(expected), Some(actual)) if expected == actual => break Verified::Digest(expected),
                (Some(_), Some(_)) if self.is_pieced && !self.was_other_digest => {
                    self.was_other_digest = true;
                    self.restart(None).await?;
                }
                (Some(expected), Some(actual)) => {
                    let (id, name, direction) = (self.asset.id, self.asset.name.clone(), Direction::Download);
                    let error = TransferError::DigestMismatch { id, name, expected, actual, direction };
                    return Err(self.abandon(error).await);
                }
                _ => break Verified::SizeOnly,
            }
        };
        let path = self.part.finish().await?;
        let Tally { bytes, resumed, restarted } = self.tally;
        let downloaded = Downloaded::new(path, self.asset, verified);
        Ok(Downloaded { bytes_transferred: bytes, resumed, restarted, ..downloaded })
    }

    /// Leaves nothing behind that is of no use to a later download.
    async fn abandon(self, error: TransferError) -> TransferError {
        if matches!(error, TransferError::DigestMismatch { .. }) || self.part.length() == 0 {
            // What went wrong in the first place is what has to be told.
            self.part.discard().await.ok();
        }
        error
    }

    /// Gets all bytes.
    async fn fill(&mut self) -> Result<(), TransferError> {
        let (mut furthest, mut failed) = (self.part.length(), 0);
        while self.part.length() < self.size {
            let end = self.attempt(self.attempts.saturating_sub(failed)).await?;
            let is_further = self.part.length() > furthest;
            furthest = furthest.max(self.part.length());
            failed = if is_further { 0 } else { failed };
            match end {
                End::Complete => return Ok(()),
                End::NoRest => {
                    self.restart(None).await?;
                    continue;
                }
                End::OtherSize(actual) => {
                    self.restart(None).await?;
                    if self.was_other_size {
                        return Err(self.other_size(actual));
                    }
                    self.was_other_size = true;
                    continue;
                }
                End::Broken(error) if is_final(&error) => return Err(error.into()),
                // Further with it than without is no failure in a row.
                _ if is_further => {}
                End::Broken(error) => {
                    failed += error.attempts();
                    if failed >= self.attempts {
                        return Err(self.broken_off(failed, error));
                    }
                }
                End::Short => {
                    failed += 1;
                    if failed >= self.attempts {
                        return Err(self.other_size(self.part.length()));
                    }
                }
            }
            tokio::time::sleep(self.policy().delay(failed.max(1))).await;
        }
        Ok(())
    }

    /// Asks for what is missing and takes what comes.
    async fn attempt(&mut self, attempts: u32) -> Result<End, TransferError> {
        // Without a strong entity tag nobody knows what the rest is of: all of it has to come again.
        let from = self.part.etag().map_or(0, |_| self.part.length());
        let response = match self.ask(from, attempts).await {
            Ok(response) => response,
            Err(error) if from > 0 && error.status() == Some(416) => return Ok(End::NoRest),
            Err(error) => return Ok(End::Broken(error)),
        };
        match (Asked { from, etag: self.part.etag(), size: self.size }).judge(&response) {
            Answer::OtherSize(size) => return Ok(End::OtherSize(size)),
            Answer::OtherPart if from > 0 => return Ok(End::NoRest),
            Answer::OtherPart => return Ok(End::Short),
            Answer::Whole => self.restart(response.etag()).await?,
            Answer::Rest => {
                self.tally.resumed += 1;
                self.is_pieced = true;
            }
        }
        let writer = self.part.writer();
        let end = self.copy(response.into_value(), &writer).await;
        self.part.written(writer).await?;
        Ok(end)
    }

    /// Asks the API for a location, and the store that it leads to for what is missing.
    async fn ask(&self, from: u64, attempts: u32) -> Result<Response<ByteStream>, Error> {
        let (client, owner, repo) = (self.release.client(), self.release.owner(), self.release.repo());
        let mut request = client.download_release_asset(owner, repo, self.asset.id);
        if let Some(etag) = self.part.etag().filter(|_| from > 0) {
            let range = format!("bytes={from}-");
            request = request.with_header("Range", &range).with_header("If-Range", etag);
        }
        if !self.policy().is_off() {
            request = request.retry(self.policy().clone().attempts(attempts));
        }
        request.send_full().await
    }

    /// Takes what comes, up to the size of the asset.
    async fn copy(&mut self, mut stream: ByteStream, writer: &Writer) -> End {
        let mut position = self.part.length();
        loop {
            let chunk = match stream.chunk().await {
                Ok(Some(chunk)) => chunk,
                // What comes after the last byte does not matter.
                _ if position == self.size => return End::Complete,
                Ok(None) => return End::Short,
                Err(error) => return End::Broken(error),
            };
            let length = chunk.len() as u64;
            self.tally.bytes += length;
            if length > self.size - position {
                return End::OtherSize(position + length);
            }
            // If nothing can be written, the writer says why.
            if !writer.write(chunk).await {
                return End::Short;
            }
            position += length;
            self.tell(position);
        }
    }

    /// Throws away what is there; the next bytes are those of a file with this entity tag.
    async fn restart(&mut self, etag: Option<&str>) -> Result<(), TransferError> {
        if self.part.length() > 0 {
            self.tally.restarted += 1;
            self.tell(0);
        }
        self.is_pieced = false;
        self.part.restart(etag).await
    }

    fn tell(&self, bytes: u64) {
        if let Some(on_progress) = &self.on_progress {
            on_progress.tell(Progress::new(bytes, Some(self.size)));
        }
    }

    fn policy(&self) -> &RetryPolicy {
        self.release.client().runtime().retry_policy()
    }

    fn other_size(&self, actual: u64) -> TransferError {
        let (id, name, direction) = (self.asset.id, self.asset.name.clone(), Direction::Download);
        TransferError::LengthMismatch { id, name, expected: self.size, actual, direction }
    }

    fn broken_off(&self, attempts: u32, source: Error) -> TransferError {
        let path = self.part.destination().to_owned();
        TransferError::BrokenOff { path, bytes: self.part.length(), size: self.size, attempts, source }
    }
}

/// Whether asking again is of no use, or not allowed yet.
fn is_final(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport | ErrorKind::Truncated => false,
        ErrorKind::Status => match error.status() {
            // The runtime has waited for as long as its policy allows.
            _ if error.is_rate_limit() || error.retry_after().is_some() => true,
            Some(401) => true,
            Some(408 | 500..) => false,
            // The API says in JSON why it refuses. The stores say it otherwise, and a location that has expired, or a
            // file that they have moved, is found again by asking the API.
            _ => error.message().is_some(),
        },
        _ => true,
    }
}
