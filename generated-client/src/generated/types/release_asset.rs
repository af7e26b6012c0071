// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `ReleaseAsset`, `ReleaseAssetState`.

use client_runtime as rt;

/// A file that is attached to a release.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ReleaseAsset {
    /// The address of the asset in the API.
    pub url: String,
    /// The address where a browser downloads the file.
    pub browser_download_url: String,
    /// The number that identifies the asset.
    pub id: i64,
    /// The identifier of the asset in GitHub's GraphQL API.
    pub node_id: Option<String>,
    /// The asset's file name, which may be another than was asked for at upload.
    pub name: String,
    /// A short description, shown in place of the file name.
    pub label: Option<String>,
    /// How far the upload of the asset has come.
    ///
    /// `starter` and `new` mark what a failed upload left behind: an empty asset, which can safely be
    /// deleted and must be before the same file name can be uploaded again. The list of release assets
    /// shows such assets; the `assets` inside a release do not.
    pub state: ReleaseAssetState,
    /// The media type of the file, as it was given at upload.
    pub content_type: String,
    /// The size of the file in bytes.
    pub size: i64,
    /// A checksum of the file, as the algorithm's name and hexadecimal digits: `sha256:…`. Not every asset
    /// has one.
    pub digest: Option<String>,
    /// How often the file was downloaded.
    pub download_count: i64,
    /// When the asset was created.
    pub created_at: rt::DateTime,
    /// When the asset was last changed.
    pub updated_at: rt::DateTime,
    /// Who uploaded the file.
    pub uploader: Option<super::SimpleUser>,
}

rt::object! {
    ReleaseAsset {
        url required "url",
        browser_download_url required "browser_download_url",
        id required "id",
        node_id required "node_id",
        name required "name",
        label required "label",
        state required "state",
        content_type required "content_type",
        size required "size",
        digest required "digest",
        download_count required "download_count",
        created_at required "created_at",
        updated_at required "updated_at",
        uploader required "uploader",
    }
}

/// How far the upload of the asset has come.
///
/// `starter` and `new` mark what a failed upload left behind: an empty asset, which can safely be
/// deleted and must be before the same file name can be uploaded again. The list of release assets
/// shows such assets; the `assets` inside a release do not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReleaseAssetState {
    /// `uploaded`.
    Uploaded,
    /// `open`.
    Open,
    /// `starter`.
    Starter,
    /// `new`.
    New,
    /// Any text that this version of the client does not know.
    Unknown(String),
}

impl ReleaseAssetState {
    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Uploaded => "uploaded",
            Self::Open => "open",
            Self::Starter => "starter",
            Self::New => "new",
            Self::Unknown(text) => text,
        }
    }
}

impl From<String> for ReleaseAssetState {
    fn from(text: String) -> Self {
        match text.as_str() {
            "uploaded" => Self::Uploaded,
            "open" => Self::Open,
            "starter" => Self::Starter,
            "new" => Self::New,
            _ => Self::Unknown(text),
        }
    }
}

rt::string_enum!(ReleaseAssetState);
