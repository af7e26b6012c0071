//! Digests of files: those that GitHub tells, those that are computed here, and how sure a transfer is.

use std::{
    convert::Infallible,
    fmt,
    future::poll_fn,
    io,
    path::Path,
    pin::Pin,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
};

use sha2::Digest as _;

use crate::{
    runtime::{FileStream, Stream},
    types::ReleaseAsset,
};

/// A checksum of a file's content, as GitHub writes it in the [`digest`](ReleaseAsset::digest) of an asset:
/// `sha256:` and 64 hexadecimal digits.
///
/// ```
/// use github_release_assets::Digest;
///
/// let digest = Digest::of_bytes(b"abc");
/// let told = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
/// assert_eq!(Digest::parse(told), digest);
/// assert_eq!(digest.to_string(), told);
/// assert!(!Digest::parse("blake3:0af1").can_be_checked());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Digest {
    /// The 32 bytes of a SHA-256.
    Sha256([u8; 32]),
    /// The text of a digest that this version of the client cannot compute, so that it cannot be checked.
    Unknown(String),
}

impl Digest {
    /// Reads the text that GitHub has for an asset. Text of another form is kept as [`Unknown`](Self::Unknown).
    pub fn parse(text: &str) -> Self {
        let sha256 = text.strip_prefix("sha256:").and_then(bytes_of_hex);
        sha256.map_or_else(|| Self::Unknown(text.to_owned()), Self::Sha256)
    }

    /// The SHA-256 of bytes in memory.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::Sha256(sha2::Sha256::digest(bytes).into())
    }

    /// The SHA-256 of a file, which is read on a thread of its own, in constant memory.
    ///
    /// # Errors
    /// The file cannot be opened or read.
    ///
    /// ```no_run
    /// # async fn example() -> std::io::Result<()> {
    /// println!("{}", github_release_assets::Digest::of_file("tool.tar.gz").await?); // sha256:…
    /// # Ok(())
    /// # }
    /// ```
    pub async fn of_file(path: impl AsRef<Path>) -> io::Result<Self> {
        let running = Running::default();
        running.read_all(path.as_ref()).await?;
        Ok(running.so_far().1)
    }

    /// The digest that GitHub has for an asset; `None` if it has none, as for assets of before June 2025.
    pub fn of_asset(asset: &ReleaseAsset) -> Option<Self> {
        asset.digest.as_deref().map(Self::parse)
    }

    /// Whether this is a digest that can be compared with a file's.
    pub fn can_be_checked(&self) -> bool {
        matches!(self, Self::Sha256(_))
    }
}

/// As [`Digest::parse`], which never fails.
impl FromStr for Digest {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::parse(text))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sha256(bytes) => {
                f.write_str("sha256:")?;
                bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
            Self::Unknown(text) => f.write_str(text),
        }
    }
}

/// How a transfer was verified. The number of bytes is compared in any case.
///
/// ```
/// use github_release_assets::{Digest, Verified};
///
/// let verified = Verified::Digest(Digest::of_bytes(b"abc"));
/// assert!(verified.digest().is_some());
/// assert!(Verified::SizeOnly.digest().is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verified {
    /// The digest that GitHub has is the one of the bytes that were sent or received.
    Digest(Digest),
    /// GitHub has no digest for this asset, or one that cannot be computed here.
    SizeOnly,
}

impl Verified {
    /// The digest that both sides agree on, if there is one.
    pub fn digest(&self) -> Option<&Digest> {
        match self {
            Self::Digest(digest) => Some(digest),
            Self::SizeOnly => None,
        }
    }
}

/// The SHA-256 of bytes that come one after the other. Clones add to the same digest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Running(Arc<Mutex<(u64, sha2::Sha256)>>);

impl Running {
    /// Adds bytes.
    pub(crate) fn update(&self, bytes: &[u8]) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.0 += bytes.len() as u64;
        running.1.update(bytes);
    }

    /// How many bytes there were so far, and their digest.
    pub(crate) fn so_far(&self) -> (u64, Digest) {
        let (length, hasher) = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        (length, Digest::Sha256(hasher.finalize().into()))
    }

    /// Reads a file, and adds what is read.
    pub(crate) fn read(&self, path: &Path) -> FileStream {
        let running = self.clone();
        FileStream::inspected(path, move |chunk| running.update(chunk))
    }

    /// Reads a file to its end for its digest alone.
    pub(crate) async fn read_all(&self, path: &Path) -> io::Result<()> {
        let mut stream = self.read(path);
        while let Some(chunk) = poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await {
            chunk?;
        }
        Ok(())
    }
}

fn bytes_of_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digest of no bytes at all, as FIPS 180-4's test vectors have it.
    const OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn upper_and_lower_case_are_the_same() {
        let digest = Digest::of_bytes(b"");
        assert_eq!(Digest::parse(&format!("sha256:{OF_NOTHING}")), digest);
        assert_eq!(Digest::parse(&format!("sha256:{}", OF_NOTHING.to_uppercase())), digest);
    }

    #[test]
    fn what_cannot_be_checked_keeps_its_text() {
        let short = format!("sha256:{}", &OF_NOTHING[1..]);
        let signed = format!("sha256:+{}", &OF_NOTHING[1..]);
        let wide = format!("sha256:é{}", &OF_NOTHING[2..]);
        let bare = OF_NOTHING.to_owned();
        for text in [String::new(), "sha512:00".to_owned(), short, signed, wide, bare] {
            let digest = Digest::parse(&text);
            assert!(!digest.can_be_checked(), "{text}");
            assert_eq!(digest.to_string(), text);
        }
    }

    #[tokio::test]
    async fn a_file_is_read_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a file");
        let content = vec![7; 1_000_001];
        std::fs::write(&path, &content).unwrap();
        assert_eq!(Digest::of_file(&path).await.unwrap(), Digest::of_bytes(&content));
        assert_eq!(
            Digest::of_file(folder.path().join("none")).await.unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }
}
