//! A file on this machine that is to be an asset.

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    Body, Digest, TransferError,
    digest::Running,
    types::{ReleaseAsset, ReleaseAssetState},
};

/// A file that GitHub would take. It is read when it is sent, and what is read is hashed on the way.
#[derive(Clone)]
pub(crate) struct LocalFile {
    path: PathBuf,
    size: u64,
    /// What was read the last time.
    latest: Arc<Mutex<Running>>,
}

/// How an asset compares with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// Complete, with this digest and the same size.
    Equal(Digest),
    /// Complete and of the same size; GitHub has no digest that could be compared.
    SameSize,
    /// Complete, and of another size.
    OtherSize(u64),
    /// Complete, and of another digest.
    OtherDigest { expected: Digest, actual: Digest },
    /// What a failed upload left behind, or one that is under way.
    Incomplete,
    /// In a state that this version of the client does not know.
    Unknown,
}

impl LocalFile {
    /// Makes sure that GitHub would take a file, and that it can be read.
    pub(crate) async fn check(path: &Path) -> Result<Self, TransferError> {
        let unreadable = |source| TransferError::ReadFile { path: path.to_owned(), source };
        let metadata = tokio::fs::metadata(path).await.map_err(unreadable)?;
        let size = metadata.len();
        if !metadata.is_file() {
            return Err(TransferError::NotAFile { path: path.to_owned() });
        }
        if size == 0 {
            return Err(TransferError::EmptyFile { path: path.to_owned() });
        }
        if size > TransferError::MAX_SIZE {
            return Err(TransferError::TooLarge { path: path.to_owned(), size });
        }
        // To hear of missing permissions here and not in the middle of a request.
        tokio::fs::File::open(path).await.map_err(unreadable)?;
        Ok(Self { path: path.to_owned(), size, latest: Arc::default() })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The content, to be sent as often as it takes.
    pub(crate) fn body(&self) -> Body {
        let file = self.clone();
        let open = move || {
            let running = Running::default();
            file.remember(running.clone());
            running.read(&file.path)
        };
        Body::from_fn(open, self.size)
    }

    /// The digest of what was sent. The file is read for it only if it was not read to its end yet.
    pub(crate) async fn digest(&self) -> Result<Digest, TransferError> {
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (length, digest) = latest.so_far();
        if length == self.size {
            return Ok(digest);
        }
        let unreadable = |source| TransferError::ReadFile { path: self.path.clone(), source };
        let running = Running::default();
        running.read_all(&self.path).await.map_err(unreadable)?;
        let (length, digest) = running.so_far();
        if length != self.size {
            let text = format!("it had {} bytes, and has {length} now", self.size);
            return Err(unreadable(io::Error::other(text)));
        }
        self.remember(running);
        Ok(digest)
    }

    /// Compares an asset with this file.
    pub(crate) async fn compare(&self, asset: &ReleaseAsset) -> Result<Comparison, TransferError> {
        match &asset.state {
            ReleaseAssetState::Uploaded | ReleaseAssetState::Open => {}
            ReleaseAssetState::Starter | ReleaseAssetState::New => return Ok(Comparison::Incomplete),
            ReleaseAssetState::Unknown(_) => return Ok(Comparison::Unknown),
        }
        let size = u64::try_from(asset.size).unwrap_or_default();
        if size != self.size {
            return Ok(Comparison::OtherSize(size));
        }
        let Some(actual) = Digest::of_asset(asset).filter(Digest::can_be_checked) else {
            return Ok(Comparison::SameSize);
        };
        let expected = self.digest().await?;
        Ok(match actual == expected {
            true => Comparison::Equal(actual),
            false => Comparison::OtherDigest { expected, actual },
        })
    }

    fn remember(&self, running: Running) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = running;
    }
}

impl fmt::Debug for LocalFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalFile")
            .field("path", &self.path)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of zeros that takes no room on the disk.
    fn sparse(folder: &Path, size: u64) -> PathBuf {
        let path = folder.join(format!("of {size} bytes"));
        std::fs::File::create(&path).unwrap().set_len(size).unwrap();
        path
    }

    #[tokio::test]
    async fn github_takes_from_one_byte_to_two_gib() {
        let folder = tempfile::tempdir().unwrap();
        for size in [1, 2_147_483_648] {
            assert_eq!(LocalFile::check(&sparse(folder.path(), size)).await.unwrap().size(), size);
        }
        let empty = LocalFile::check(&sparse(folder.path(), 0)).await.unwrap_err();
        assert!(matches!(empty, TransferError::EmptyFile { .. }), "{empty}");
        let large = LocalFile::check(&sparse(folder.path(), 2_147_483_649)).await.unwrap_err();
        assert!(matches!(large, TransferError::TooLarge { size: 2_147_483_649, .. }), "{large}");
    }

    #[tokio::test]
    async fn folders_and_missing_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let error = LocalFile::check(folder.path()).await.unwrap_err();
        assert!(matches!(error, TransferError::NotAFile { .. }), "{error}");
        let error = LocalFile::check(&folder.path().join("none")).await.unwrap_err();
        let TransferError::ReadFile { source, .. } = error else { panic!("{error}") };
        assert_eq!(source.kind(), io::ErrorKind::NotFound);
    }

    #[tokio::test]
    async fn a_file_is_hashed_once_and_a_changed_one_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "abc").unwrap();
        let file = LocalFile::check(&path).await.unwrap();
        let other = LocalFile::check(&path).await.unwrap();
        assert_eq!(file.digest().await.unwrap(), Digest::of_bytes(b"abc"));
        std::fs::write(&path, "abcd").unwrap();
        assert_eq!(file.digest().await.unwrap(), Digest::of_bytes(b"abc"), "what was read is what counts");
        let error = other.digest().await.unwrap_err();
        assert!(error.to_string().contains("it had 3 bytes, and has 4 now"), "{error}");
    }
}
