//! Downloading an asset into a file: gone on with where it breaks off, verified, and in place only when it is complete.

mod answer;
mod destination;
mod part;
mod transfer;
mod wanted;

use std::path::PathBuf;

use crate::{
    Client, Digest, Release, TransferError, Verified,
    runtime::{BoxFuture, Progress},
    types::{ReleaseAsset, ReleaseAssetState},
    upload::OnProgress,
};
use part::Part;
use transfer::Transfer;
use wanted::Wanted;

pub(crate) use destination::{check_folder, file_of};

/// How many attempts in a row may fail without getting further.
const ATTEMPTS: u32 = 5;

impl Client {
    /// Downloads an asset, known by its id, to a file or into a folder. See [`Download`] for what can be relied on.
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::TransferError> {
    /// let got = client.download_to("octo", "demo", 7654321, "out/tool.tar.gz").await?;
    /// println!("{} is {} bytes", got.path.display(), got.asset.size);
    /// # Ok(())
    /// # }
    /// ```
    pub fn download_to(
        &self,
        owner: &str,
        repo: &str,
        asset_id: i64,
        destination: impl Into<PathBuf>,
    ) -> Download {
        // Which release the asset belongs to does not matter.
        Download::new(self.release(owner, repo, 0), Wanted::Id(asset_id), destination.into())
    }
}

impl Release {
    /// Downloads an asset of this release, known by its name, to a file or into a folder. The name may be that of the
    /// file that was uploaded, where GitHub has [rewritten](crate::file_name) it. See [`Download`] for what can be
    /// relied on.
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let release = client.find_release("octo", "demo", "v1.2.0").await?;
    /// let got = release
    ///     .download_to("tool.tar.gz", "out/tool.tar.gz")
    ///     .on_progress(|progress| println!("{} of {:?}", progress.bytes, progress.total))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn download_to(&self, name: &str, destination: impl Into<PathBuf>) -> Download {
        Download::new(self.clone(), Wanted::Name(name.to_owned()), destination.into())
    }
}

/// A download to a file, made by [`Client::download_to`] and [`Release::download_to`]: set what is optional, then await
/// it.
///
/// The destination is a file, or a folder that exists; the file is called as the asset then. Whatever happens, the file
/// has that name only once it is complete and verified, in one step; a file that had the name before is there until
/// then. Folders are not made. If the destination is a symbolic link to a file, that file is written, with everything
/// beside it, and the link stays; in a folder, where the name is the asset's, a file takes the place of a link.
///
/// - The bytes go to `NAME.part` beside it, and `NAME.part.json` says which asset they are of. Where the connection
///   breaks off, GitHub is asked again and the download goes on from there, also when another program run does so
///   later, if the server has that very file still. Both files are gone after success.
/// - The size is compared, and the digest that GitHub has of the asset; a file that is there and has both already is
///   not downloaded again. A mismatch is tried once more from the beginning where a file was put together from several
///   answers, and then an error; nothing is left of it.
/// - Two downloads to one file at the same time do not spoil it: one of them fails with [`TransferError::Busy`].
///
/// Dropping the future stops the download, and leaves what has arrived for the next one. The file is not flushed to the
/// disk before it gets its name: after a power failure compare it once more, which a second download does.
///
/// # Errors
/// Any of [`TransferError`], among them: [`NotComplete`](TransferError::NotComplete),
/// [`DigestMismatch`](TransferError::DigestMismatch) and [`LengthMismatch`](TransferError::LengthMismatch),
/// [`BrokenOff`](TransferError::BrokenOff), [`WriteFile`](TransferError::WriteFile), and
/// [`Api`](TransferError::Api) where GitHub refuses.
#[derive(Debug, Clone)]
#[must_use = "a download does nothing until it is awaited"]
pub struct Download {
    release: Release,
    wanted: Wanted,
    destination: PathBuf,
    attempts: u32,
    on_progress: Option<OnProgress>,
}

/// What a download has led to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Downloaded {
    /// The file.
    pub path: PathBuf,
    /// What GitHub says of the asset.
    pub asset: ReleaseAsset,
    /// How many bytes of the file came over the network: fewer than its size where a part was there already, more
    /// where some came twice.
    pub bytes_transferred: u64,
    /// How often the download went on from where another, or an earlier one, had broken off.
    pub resumed: u32,
    /// How often what had arrived was thrown away, because it could not be gone on with or was not right.
    pub restarted: u32,
    /// Whether the file was there already, complete, so that nothing was downloaded.
    pub already_there: bool,
    /// How the file was verified.
    pub verified: Verified,
}

impl Download {
    fn new(release: Release, wanted: Wanted, destination: PathBuf) -> Self {
        Self { release, wanted, destination, attempts: ATTEMPTS, on_progress: None }
    }

    /// The download of an asset of which everything is known.
    pub(crate) fn of(release: Release, asset: ReleaseAsset, file: PathBuf) -> Self {
        Self::new(release, Wanted::Asset(Box::new(asset)), file)
    }

    /// How often in a row it may fail without getting further before it is given up; 5 by default, 1 at least. As long
    /// as each attempt brings some bytes more, there is no end. What is waited in between is for the
    /// [`RetryPolicy`](crate::runtime::RetryPolicy) of the client to say.
    ///
    /// ```no_run
    /// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
    /// release.download_to("tool.tar.gz", "out/").attempts(20).await?; // The line is bad.
    /// # Ok(())
    /// # }
    /// ```
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Calls a function when bytes have arrived, with their number so far and that of all; what was there from before
    /// counts, and the number goes back where the download starts over. The function is called while the bytes arrive,
    /// so it should not block.
    ///
    /// ```no_run
    /// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
    /// let show = |progress: github_release_assets::Progress| eprint!("\r{} bytes", progress.bytes);
    /// release.download_to("tool.tar.gz", "out/tool.tar.gz").on_progress(show).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_progress(mut self, on_progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(OnProgress::new(on_progress));
        self
    }

    pub(crate) fn telling(mut self, on_progress: Option<OnProgress>) -> Self {
        self.on_progress = on_progress;
        self
    }

    async fn run(self) -> Result<Downloaded, TransferError> {
        let asset = self.wanted.find(&self.release).await?;
        if !is_complete(&asset) {
            return Err(TransferError::NotComplete { id: asset.id, name: asset.name, state: asset.state });
        }
        let path = file_of(&self.destination, &asset.name).await?;
        // A name that GitHub says leads out of the folder by no link either.
        let target = if path == self.destination { part::target(&path).await? } else { path.clone() };
        let size = size(&asset);
        if let Some(digest) = destination::equal(&path, &asset).await? {
            if let Some(on_progress) = &self.on_progress {
                on_progress.tell(Progress::new(size, Some(size)));
            }
            // That it is there is what counts, whatever is beside it.
            part::clear(&target).await.ok();
            let verified = Verified::Digest(digest);
            let there = Downloaded { already_there: true, ..Downloaded::new(path, asset, verified) };
            return Ok(there);
        }
        let part = Part::open(&path, target, &asset).await?;
        Transfer::new(self.release, asset, part, self.attempts, self.on_progress).run().await
    }
}

impl Downloaded {
    fn new(path: PathBuf, asset: ReleaseAsset, verified: Verified) -> Self {
        let (bytes_transferred, resumed, restarted) = (0, 0, 0);
        Self { path, asset, bytes_transferred, resumed, restarted, already_there: false, verified }
    }
}

impl IntoFuture for Download {
    type Output = Result<Downloaded, TransferError>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Whether all bytes of an asset are at GitHub.
pub(crate) fn is_complete(asset: &ReleaseAsset) -> bool {
    matches!(asset.state, ReleaseAssetState::Uploaded | ReleaseAssetState::Open)
}

fn size(asset: &ReleaseAsset) -> u64 {
    u64::try_from(asset.size).unwrap_or_default()
}

/// The digest of an asset, if a file can be compared with it.
fn digest(asset: &ReleaseAsset) -> Option<Digest> {
    Digest::of_asset(asset).filter(Digest::can_be_checked)
}
