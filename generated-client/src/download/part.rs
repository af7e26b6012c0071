//! The file that a download is written to until it is complete, and the note beside it.

mod link;
mod lock;
mod writer;

use std::{
    fs::{self, File},
    io::{self, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;

use super::{answer::strong, digest, size};
use crate::{Digest, TransferError, digest::Running, types::ReleaseAsset};

pub(super) use writer::Writer;

/// How often a file that somebody else writes is tried for, and how long that waits in between. A download that was
/// dropped a moment ago writes its last bytes still.
const TRIES: u32 = 40;
const BETWEEN_TRIES: Duration = Duration::from_millis(25);

/// The first bytes of a file that is being downloaded. Nobody else writes to it as long as this lives.
#[derive(Debug)]
pub(super) struct Part {
    /// The file that it is to become, as it was given.
    destination: PathBuf,
    /// Where that leads, if it is a link: the part is beside this.
    target: PathBuf,
    file: Arc<File>,
    length: u64,
    /// Of the bytes so far, if there is a digest to compare with.
    running: Option<Running>,
    note: Note,
}

/// What is written beside the part: which file the bytes are of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    asset_id: i64,
    size: u64,
    digest: Option<String>,
    /// A strong one.
    etag: Option<String>,
}

impl Part {
    /// Opens the part of a file. What is in it is kept if it is of this asset and can be gone on with.
    pub(super) async fn open(
        destination: &Path,
        target: PathBuf,
        asset: &ReleaseAsset,
    ) -> Result<Self, TransferError> {
        let wanted = Note { asset_id: asset.id, size: size(asset), digest: asset.digest.clone(), etag: None };
        let Some((file, length, note)) = locked(&target, wanted).await? else {
            return Err(TransferError::Busy { path: destination.to_owned() });
        };
        let running = digest(asset).map(|_| Running::default());
        let (destination, path) = (destination.to_owned(), part_path(&target));
        let part = Self { destination, target, file: Arc::new(file), length, running, note };
        if let Some(running) = part.running.as_ref().filter(|_| length > 0) {
            let unreadable = |source| TransferError::ReadFile { path: path.clone(), source };
            running.read_all(&path).await.map_err(unreadable)?;
        }
        Ok(part)
    }

    pub(super) fn destination(&self) -> &Path {
        &self.destination
    }

    /// How many bytes there are.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// The strong entity tag of the file that the bytes are of.
    pub(super) fn etag(&self) -> Option<&str> {
        self.note.etag.as_deref()
    }

    /// The digest of the bytes, if there is one to compare with.
    pub(super) fn digest(&self) -> Option<Digest> {
        self.running.as_ref().map(|running| running.so_far().1)
    }

    /// Throws the bytes away, and takes note of what the next ones are of.
    pub(super) async fn restart(&mut self, etag: Option<&str>) -> Result<(), TransferError> {
        self.length = 0;
        self.note.etag = strong(etag).map(str::to_owned);
        self.running = self.running.take().map(|_| Running::default());
        let (file, note) = (self.file.clone(), serde_json::to_vec(&self.note));
        let note_path = note_path(&self.target);
        let path = part_path(&self.target);
        blocking(path, move || {
            // In this order, so that the note is never of other bytes than those that are there.
            empty(&file)?;
            fs::write(note_path, note?)
        })
        .await
    }

    /// Starts writing at the end.
    pub(super) fn writer(&self) -> Writer {
        Writer::start(self.file.clone(), self.running.clone())
    }

    /// Waits until all is written.
    pub(super) async fn written(&mut self, writer: Writer) -> Result<(), TransferError> {
        let (written, result) = writer.end().await?;
        self.length += written;
        let path = part_path(&self.target);
        result.map_err(|source| TransferError::WriteFile { path, source })
    }

    /// Gives the file its name.
    pub(super) async fn finish(self) -> Result<PathBuf, TransferError> {
        let (part, note) = (part_path(&self.target), note_path(&self.target));
        blocking(self.destination.clone(), move || {
            if !lock::is_at(&self.file, &part)? {
                return Err(io::Error::other("somebody has moved its `.part` file: download it again"));
            }
            fs::rename(part, &self.target)?;
            // Without a part it means nothing; that it is there still is no reason to fail.
            fs::remove_file(note).ok();
            Ok(self.destination)
        })
        .await
    }

    /// Leaves nothing behind.
    pub(super) async fn discard(self) -> Result<(), TransferError> {
        let (part, note) = (part_path(&self.target), note_path(&self.target));
        blocking(part.clone(), move || {
            fs::remove_file(note).ok();
            if lock::is_at(&self.file, &part)? { fs::remove_file(part) } else { Ok(()) }
        })
        .await
    }
}

/// The file that a destination leads to if it is a link, and the destination itself otherwise.
pub(super) async fn target(destination: &Path) -> Result<PathBuf, TransferError> {
    let link = destination.to_owned();
    blocking(destination.to_owned(), move || link::followed(&link)).await
}

/// Removes what an earlier download to a file has left, unless somebody is writing to it.
pub(super) async fn clear(target: &Path) -> Result<(), TransferError> {
    let (part, note) = (part_path(target), note_path(target));
    blocking(part.clone(), move || {
        if !part.try_exists()? {
            // Whoever gave the part its name may not have come to the note.
            fs::remove_file(note).ok();
        } else if let Some(_held) = lock::open(&part)? {
            fs::remove_file(note).ok();
            fs::remove_file(part)?;
        }
        Ok(())
    })
    .await
}

/// Opens the part when nobody else writes to it; `None` if somebody does all the time.
async fn locked(target: &Path, wanted: Note) -> Result<Option<(File, u64, Note)>, TransferError> {
    let path = part_path(target);
    for attempt in 1.. {
        let (part, note, wanted) = (path.clone(), note_path(target), wanted.clone());
        let opened = blocking(path.clone(), move || {
            let Some(file) = lock::open(&part)? else { return Ok(None) };
            let (length, note) = kept(&file, &note, wanted)?;
            Ok(Some((file, length, note)))
        });
        match opened.await? {
            Some(opened) => return Ok(Some(opened)),
            None if attempt >= TRIES => break,
            None => tokio::time::sleep(BETWEEN_TRIES).await,
        }
    }
    Ok(None)
}

/// How many bytes are there that can be gone on with, and what they are of. Others are thrown away.
fn kept(file: &File, note: &Path, wanted: Note) -> io::Result<(u64, Note)> {
    let length = file.metadata()?.len();
    let found = fs::read(note).ok().and_then(|note| serde_json::from_slice::<Note>(&note).ok());
    let found = found.filter(|found| *found == Note { etag: found.etag.clone(), ..wanted.clone() });
    match found {
        Some(found)
            if length <= found.size && (length == found.size || strong(found.etag.as_deref()).is_some()) =>
        {
            let mut file = file;
            file.seek(SeekFrom::End(0))?;
            Ok((length, found))
        }
        _ => {
            empty(file)?;
            Ok((0, wanted))
        }
    }
}

fn empty(mut file: &File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()
}

fn part_path(target: &Path) -> PathBuf {
    beside(target, ".part")
}

fn note_path(target: &Path) -> PathBuf {
    beside(target, ".part.json")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Works with files where that blocks nobody.
async fn blocking<T: Send + 'static>(
    path: PathBuf,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, TransferError> {
    let result = spawn_blocking(work).await.map_err(|_| TransferError::ShutDown)?;
    result.map_err(|source| TransferError::WriteFile { path, source })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_disk_is_an_error_with_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let (destination, file) = (folder.path().join("file"), File::options().write(true).open("/dev/full"));
        let note = Note { asset_id: 1, size: 3, digest: None, etag: None };
        let file = Arc::new(file.unwrap());
        let (target, running) = (destination.clone(), None);
        let mut part = Part { destination, target, file, length: 0, running, note };
        let writer = part.writer();
        assert!(writer.write("abc".into()).await);
        // The writer has given up by then, or will not take any more.
        while writer.write("def".into()).await {}
        let error = part.written(writer).await.unwrap_err();
        let TransferError::WriteFile { path, source } = error else { panic!("{error}") };
        assert_eq!(source.kind(), io::ErrorKind::StorageFull);
        assert_eq!(path, folder.path().join("file.part"));
        assert_eq!(part.length(), 0);
    }
}
