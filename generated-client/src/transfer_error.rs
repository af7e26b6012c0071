//! The one error type of the recipes.

use std::{fmt, io, path::PathBuf};

use crate::{
    Digest, Error,
    types::{ReleaseAsset, ReleaseAssetState},
};

/// Why a file was not transferred. Each variant holds what a program needs, and its text tells a person what to do
/// next.
///
/// ```no_run
/// use github_release_assets::{Client, TransferError};
///
/// # async fn example(client: Client) -> Result<(), TransferError> {
/// match client.release("octo", "demo", 1).upload_file("tool.tar.gz").await {
///     Ok(uploaded) => println!("asset {}", uploaded.asset.id),
///     Err(TransferError::NameTaken { asset }) => println!("asset {} is in the way", asset.id),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransferError {
    /// GitHub refused a request, or it failed in a way that trying again does not mend.
    #[error(transparent)]
    Api(#[from] Error),

    /// Every attempt failed in a way that trying again can mend. What GitHub may have kept of it is recognised when
    /// the transfer is run again.
    #[error("gave up after {attempts} attempts, run it again later; the last failed with: {source}")]
    GaveUp {
        /// How often the file was sent.
        attempts: u32,
        /// Why the last attempt failed.
        source: Box<TransferError>,
    },

    /// GitHub takes no empty files. Nothing was sent.
    #[error("{} is empty, and GitHub takes no empty files: leave it out, or put something into it", path.display())]
    EmptyFile {
        /// The file.
        path: PathBuf,
    },

    /// GitHub takes files of 2 GiB at most. Nothing was sent.
    #[error("{} has {size} bytes, and GitHub takes {limit} at most: split it or compress it", path.display(), limit = TransferError::MAX_SIZE)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
    },

    /// The path leads to a folder or a device. Nothing was sent.
    #[error("{} is no regular file: pack a folder into an archive first", path.display())]
    NotAFile {
        /// What the path leads to.
        path: PathBuf,
    },

    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    ReadFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },

    /// A file cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    WriteFile {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },

    /// The name cannot be that of an asset, or of a file on this system. Nothing was transferred.
    #[error("the name {name:?} cannot be used: {reason}")]
    NameUnusable {
        /// The name.
        name: String,
        /// Why not, and what would do.
        reason: &'static str,
    },

    /// Two files would have one name at GitHub. Neither was transferred.
    #[error("{} and {} would both be called {name:?}: give one of them another name", first.display(), second.display())]
    SameName {
        /// The one file.
        first: PathBuf,
        /// The other file.
        second: PathBuf,
        /// The name that both would have.
        name: String,
    },

    /// The release has no room: GitHub takes 1,000 assets. Nothing was sent.
    #[error("the release has {count} assets, {adding} more are needed, and GitHub takes {limit} at most: delete some, or pack files together", limit = TransferError::MAX_ASSETS)]
    ReleaseFull {
        /// How many assets the release has.
        count: usize,
        /// How many more it would have to take.
        adding: usize,
    },

    /// The release has a complete asset of this name that is another file. It was left as it is.
    #[error("the release has another file called {:?} (asset {}, {} bytes): replace it with `replace_file`, or choose another name", asset.name, asset.id, asset.size)]
    NameTaken {
        /// The asset in the way.
        asset: Box<ReleaseAsset>,
    },

    /// No asset of the release has this name.
    #[error("the release has no asset called {name:?}{}", NearNames(near))]
    NoSuchAsset {
        /// The name.
        name: String,
        /// Names of assets that look like it, the likest first.
        near: Vec<String>,
    },

    /// A download broke off again and again. What has arrived was kept: the next download to the same file goes on
    /// from there if it can.
    #[error("the download to {} broke off at {bytes} of {size} bytes, after {attempts} attempts that did not get further; run it again to go on from there: {source}", path.display())]
    BrokenOff {
        /// The file that was not written; what has arrived is beside it, in a file that ends in `.part`.
        path: PathBuf,
        /// How many bytes have arrived.
        bytes: u64,
        /// How many there are.
        size: u64,
        /// How many attempts in a row did not get further.
        attempts: u32,
        /// Why the last attempt failed.
        source: Error,
    },

    /// Another download, of this program or another one, is writing the same file. Nothing was transferred.
    #[error("another download to {} is under way: wait until it has ended, or choose another file", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },

    /// An asset is not complete: its upload failed, or is still under way.
    #[error("asset {id} ({name:?}) is not complete, its state is `{}`: upload the file again, or wait for the upload that is under way", state.as_str())]
    NotComplete {
        /// The id of the asset.
        id: i64,
        /// Its name.
        name: String,
        /// How far it has come.
        state: ReleaseAssetState,
    },

    /// GitHub has other bytes than were sent, or sent other bytes than it has.
    #[error("asset {id} ({name:?}): the digest should be {expected} and is {actual}: {direction}")]
    DigestMismatch {
        /// The id of the asset.
        id: i64,
        /// Its name.
        name: String,
        /// The digest where the bytes came from.
        expected: Digest,
        /// The digest where they arrived.
        actual: Digest,
        /// Which way they went.
        direction: Direction,
    },

    /// GitHub has more or fewer bytes than were sent, or sent more or fewer than it has.
    #[error("asset {id} ({name:?}): the size should be {expected} bytes and is {actual}: {direction}")]
    LengthMismatch {
        /// The id of the asset.
        id: i64,
        /// Its name.
        name: String,
        /// The number of bytes where they came from.
        expected: u64,
        /// The number of bytes that arrived.
        actual: u64,
        /// Which way they went.
        direction: Direction,
    },

    /// A replacement was interrupted between its two renames and could not be undone: both files are at GitHub,
    /// complete, and neither has the name.
    #[error(
        "no asset is called {name:?} now: the old file is asset {old}, the new one is asset {new}, both complete under names of their own; run `replace_file` again to mend it ({source})"
    )]
    SwapInterrupted {
        /// The name that no asset has for now.
        name: String,
        /// The id of the asset with the old content.
        old: i64,
        /// The id of the asset with the new content.
        new: i64,
        /// What failed.
        source: Box<TransferError>,
    },

    /// A replacement is done, but for the old asset, which could not be deleted.
    #[error("the new file is in place as asset {}, but the old one could not be deleted: run `replace_file` again, or delete asset {old} ({source})", asset.id)]
    OldRemains {
        /// The asset with the new content.
        asset: Box<ReleaseAsset>,
        /// The id of the asset with the old content.
        old: i64,
        /// What failed.
        source: Error,
    },

    /// The tokio runtime was shut down while work that must not be interrupted was under way in it.
    #[error("the tokio runtime was shut down in the middle of a transfer: run it again")]
    ShutDown,
}

impl TransferError {
    /// The size in bytes of the largest file that GitHub takes: 2 GiB.
    pub const MAX_SIZE: u64 = 2_147_483_648;

    /// How many assets a release can have.
    pub const MAX_ASSETS: usize = 1000;

    /// The error of the request that failed, if it was a request.
    ///
    /// ```
    /// # fn example(error: github_release_assets::TransferError) {
    /// if let Some(id) = error.api_error().and_then(|error| error.request_id()) {
    ///     eprintln!("GitHub Support can find it as {id}");
    /// }
    /// # }
    /// ```
    pub fn api_error(&self) -> Option<&Error> {
        match self {
            Self::Api(error)
            | Self::OldRemains { source: error, .. }
            | Self::BrokenOff { source: error, .. } => Some(error),
            Self::GaveUp { source, .. } | Self::SwapInterrupted { source, .. } => source.api_error(),
            _ => None,
        }
    }
}

/// The end of a sentence about a name that is not there.
struct NearNames<'a>(&'a [String]);

impl fmt::Display for NearNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => f.write_str(": see the names with `Release::assets`"),
            near => write!(f, ", but {}", near.join(", ")),
        }
    }
}

/// Which way a file went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Direction {
    /// To GitHub.
    Upload,
    /// From GitHub.
    Download,
}

/// What to do where the bytes have changed on this way.
impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Upload => "the file changed on its way; put it there anew with `replace_file`",
            Self::Download => "the file changed on its way; download it again",
        })
    }
}
