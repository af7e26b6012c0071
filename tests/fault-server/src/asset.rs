//! Assets and releases: what tests put in, and what they look at.

use bytes::Bytes;
use jiff::Timestamp;

use crate::content::{Content, sha256_hex};

/// The `id` of a release.
pub type ReleaseId = i64;

/// The `state` of an asset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum AssetState {
    /// Complete.
    #[default]
    Uploaded,
    /// Documented, never seen.
    Open,
    /// The empty rest of a failed upload.
    Starter,
    /// The same, rarer.
    New,
    /// Some other text.
    Other(String),
}

impl AssetState {
    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Uploaded => "uploaded",
            Self::Open => "open",
            Self::Starter => "starter",
            Self::New => "new",
            Self::Other(text) => text,
        }
    }

    /// Whether this is what a failed upload left behind.
    #[must_use]
    pub fn is_leftover(&self) -> bool {
        matches!(self, Self::Starter | Self::New)
    }
}

/// An asset as the server has it at some moment.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Asset {
    /// Its `id`, beyond 2³².
    pub id: i64,
    /// The release that it belongs to.
    pub release: ReleaseId,
    /// Its name, rewritten.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Its state.
    pub state: AssetState,
    /// Its size in bytes.
    pub size: u64,
    /// What the server says its digest is; a fault can make that untrue.
    pub digest: Option<String>,
    /// The SHA-256 of what is stored, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its media type.
    pub content_type: String,
    /// What is stored; nothing if only size and digest were kept.
    pub bytes: Option<Bytes>,
    /// How often its bytes were asked for.
    pub download_count: u64,
}

/// An asset to put into a release without an upload.
#[derive(Debug, Clone)]
#[must_use]
pub struct NewAsset {
    pub(crate) name: String,
    pub(crate) label: Option<String>,
    pub(crate) state: AssetState,
    pub(crate) content_type: String,
    pub(crate) content: Content,
    pub(crate) digest: Option<Option<String>>,
    pub(crate) has_uploader: bool,
}

impl NewAsset {
    /// A complete asset; the name stays as it is here.
    pub fn new(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            name: name.into(),
            label: None,
            state: AssetState::Uploaded,
            content_type: "application/octet-stream".to_owned(),
            content: Content::Bytes(bytes.into()),
            digest: None,
            has_uploader: true,
        }
    }

    /// A complete asset of this size that repeats a pattern and takes no more memory than that.
    pub fn repeating(name: impl Into<String>, pattern: &[u8], size: u64) -> Self {
        Self { content: Content::repeating(pattern, size), ..Self::new(name, Bytes::new()) }
    }

    /// Sets the state; what a failed upload left behind is empty and has no digest.
    pub fn state(mut self, state: AssetState) -> Self {
        if state.is_leftover() {
            self.content = Content::Bytes(Bytes::new());
            self.digest = Some(None);
        }
        self.state = state;
        self
    }

    /// Sets the digest, true or not; `None` is `null`.
    pub fn digest(mut self, digest: Option<&str>) -> Self {
        self.digest = Some(digest.map(ToOwned::to_owned));
        self
    }

    /// Sets the label.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets the media type.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = media_type.into();
        self
    }

    /// Has `uploader` be `null`.
    pub fn without_uploader(mut self) -> Self {
        self.has_uploader = false;
        self
    }
}

/// A release to create.
#[derive(Debug, Clone)]
#[must_use]
pub struct NewRelease {
    pub(crate) tag: String,
    pub(crate) draft: bool,
    pub(crate) prerelease: bool,
    pub(crate) immutable: bool,
}

impl NewRelease {
    /// A published release of this tag.
    pub fn new(tag: impl Into<String>) -> Self {
        Self { tag: tag.into(), draft: false, prerelease: false, immutable: false }
    }

    /// Makes it a draft: not found by its tag, never the latest.
    pub fn draft(mut self) -> Self {
        self.draft = true;
        self
    }

    /// Makes it a prerelease: never the latest.
    pub fn prerelease(mut self) -> Self {
        self.prerelease = true;
        self
    }

    /// Makes it immutable: its assets stay as they are.
    pub fn immutable(mut self) -> Self {
        self.immutable = true;
        self
    }
}

impl<T: Into<String>> From<T> for NewRelease {
    fn from(tag: T) -> Self {
        Self::new(tag)
    }
}

/// A release in the state of the server.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    pub(crate) id: ReleaseId,
    pub(crate) new: NewRelease,
    pub(crate) created_at: Timestamp,
}

/// An asset in the state of the server.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) id: i64,
    pub(crate) release: ReleaseId,
    pub(crate) name: String,
    pub(crate) label: Option<String>,
    pub(crate) state: AssetState,
    pub(crate) content_type: String,
    pub(crate) content: Content,
    pub(crate) sha256: String,
    pub(crate) digest: Option<String>,
    pub(crate) has_uploader: bool,
    pub(crate) download_count: u64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl Stored {
    /// Puts an asset in; works its digest out unless that is given.
    pub(crate) fn new(id: i64, release: ReleaseId, new: NewAsset) -> Self {
        let sha256 = new.content.sha256();
        Self::with_sha256(id, release, new, sha256)
    }

    /// Puts an asset in whose SHA-256 is known.
    pub(crate) fn with_sha256(id: i64, release: ReleaseId, new: NewAsset, sha256: String) -> Self {
        let now = Timestamp::now();
        Self {
            id,
            release,
            name: new.name,
            label: new.label,
            state: new.state,
            content_type: new.content_type,
            content: new.content,
            digest: new.digest.unwrap_or_else(|| Some(format!("sha256:{sha256}"))),
            sha256,
            has_uploader: new.has_uploader,
            download_count: 0,
            created_at: now,
            updated_at: now,
        }
    }

    /// The strong entity tag of the bytes at the store.
    pub(crate) fn etag(&self) -> String {
        let tag = sha256_hex(format!("{}/{}", self.id, self.sha256).as_bytes());
        format!("\"0x{}\"", tag[..16].to_uppercase())
    }

    pub(crate) fn snapshot(&self) -> Asset {
        Asset {
            id: self.id,
            release: self.release,
            name: self.name.clone(),
            label: self.label.clone(),
            state: self.state.clone(),
            size: self.content.size(),
            digest: self.digest.clone(),
            sha256: self.sha256.clone(),
            content_type: self.content_type.clone(),
            bytes: self.content.bytes(),
            download_count: self.download_count,
        }
    }
}
