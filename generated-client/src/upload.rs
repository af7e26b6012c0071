//! `upload_file`: a file becomes an asset of a release, exactly once.

mod asset_name;
mod course;
mod delivery;
mod failure;
mod leftover;
mod local_file;
mod options;
mod pace;

use std::path::PathBuf;

pub(crate) use asset_name::AssetName;
pub(crate) use delivery::Delivery;
pub(crate) use failure::is_passing;
pub(crate) use leftover::{Removal, remove, remove_own};
pub(crate) use local_file::{Comparison, LocalFile};
pub(crate) use options::{OnProgress, Options};
pub(crate) use pace::Pace;

use crate::{
    Release, TransferError, Verified,
    runtime::{BoxFuture, Progress},
    types::ReleaseAsset,
};

impl Release {
    /// Uploads a file exactly once, whatever happens on the way, and makes sure that GitHub has the same bytes.
    ///
    /// Awaiting what this returns does the following:
    /// 1. The file and the limits that are known beforehand are checked, before anything is sent: from 1 byte to 2 GiB,
    ///    1,000 assets in a release, one asset of a name. If the release has a complete asset of this name with the
    ///    same size and digest, the file is there already, and that is it. If an upload that failed has left an empty
    ///    asset of this name behind, that is deleted.
    /// 2. The file is sent as it is read, with a digest computed on the way.
    /// 3. Where nobody knows what has come of that (the status is 5xx, the connection broke, nothing was heard for the
    ///    idle timeout, or the name is said to be taken), the assets of the release are listed. If the file is there,
    ///    it is recognised; if an empty asset is there, it is deleted; and unless the file is there, it is sent again,
    ///    after a delay of the client's [`RetryPolicy`](crate::runtime::RetryPolicy).
    /// 4. Size and digest of what GitHub has are compared with what was read.
    ///
    /// An asset that is complete is never deleted. Each one is looked at again right before it is deleted, but GitHub
    /// has no way to delete an asset only if it is incomplete: an upload of the same name by another program that ends
    /// in this very moment is lost. One that is still under way can look like a leftover, and is deleted: do not upload
    /// one name from two programs at once.
    ///
    /// Where the release was looked up, the file goes to its `upload_url`, otherwise to the client's uploads URL.
    /// Dropping the future stops the transfer, and may leave an empty asset, which the next call deletes.
    ///
    /// # Errors
    /// [`TransferError`] says for each what to do about it. A refusal (400, 401, 403, 404, 413, and 422 for other
    /// reasons than the name) is an error at once.
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let release = client.find_release("octo", "demo", "v1.2.0").await?;
    /// let done = release.upload_file("dist/tool.tar.gz").label("Linux x86-64").await?;
    /// println!("{} is asset {} after {} attempts", done.asset.name, done.asset.id, done.attempts);
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload_file(&self, path: impl Into<PathBuf>) -> UploadFile {
        UploadFile { release: self.clone(), path: path.into(), options: Options::default() }
    }
}

/// The upload that [`Release::upload_file`] prepares: set what is optional, then await it.
///
/// ```no_run
/// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
/// let done = release
///     .upload_file("target/release/tool")
///     .name("tool-x86_64-linux")
///     .label("Linux x86-64")
///     .content_type("application/x-executable")
///     .attempts(3)
///     .on_progress(|progress| eprintln!("{} of {:?} bytes", progress.bytes, progress.total))
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is uploaded until this is awaited"]
pub struct UploadFile {
    release: Release,
    path: PathBuf,
    options: Options,
}

impl UploadFile {
    /// Sets the name of the asset, which otherwise is that of the file.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.options.name = Some(name.into());
        self
    }

    /// Sets the label, a short description that is shown in place of the name. An asset that is there already keeps
    /// the one it has.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.options.label = Some(label.into());
        self
    }

    /// Sets the media type, which is otherwise guessed from the extension of the name, or of the file.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.options.content_type = Some(media_type.into());
        self
    }

    /// Sets how often the file is sent at most; the default is 5. That the client itself repeats what was refused
    /// because of a rate limit, or did not reach the server, does not count.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.options.attempts = attempts;
        self
    }

    /// Calls a function whenever bytes were handed to the connection. The count starts again with each attempt. The
    /// function is called in the middle of the transfer and must not block.
    pub fn on_progress(mut self, on_progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.options.on_progress = Some(OnProgress::new(on_progress));
        self
    }

    async fn run(self) -> Result<Uploaded, TransferError> {
        let delivery = self.options.delivery(self.release, &self.path).await?;
        let listed = delivery.release.assets().try_collect().await?;
        delivery.run(&listed).await
    }
}

impl IntoFuture for UploadFile {
    type Output = Result<Uploaded, TransferError>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// A file that GitHub has, complete and compared with the file here.
///
/// ```
/// # fn example(done: github_release_assets::Uploaded) {
/// if let Some(wanted) = &done.renamed_from {
///     println!("GitHub has renamed {wanted} to {}", done.asset.name);
/// }
/// if done.verified.digest().is_none() {
///     println!("GitHub has no digest to compare with");
/// }
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Uploaded {
    /// The asset as GitHub has it.
    pub asset: ReleaseAsset,
    /// How it was compared with the file.
    pub verified: Verified,
    /// How often the file was sent: 0 if it was there already.
    pub attempts: u32,
    /// The ids of the incomplete assets that failed uploads had left behind, earlier ones or attempts of this one,
    /// and that were deleted.
    pub cleaned_up: Vec<i64>,
    /// The name that was asked for, if GitHub gave the asset another one.
    pub renamed_from: Option<String>,
    /// Whether GitHub never answered that the upload was successful, and the asset was found to be the file.
    pub recognised: bool,
    /// Whether the release had the file before, so that nothing was sent.
    pub already_there: bool,
    /// The id of the asset in whose place this one is, if [`upload_all`](Release::upload_all) was told to replace it.
    pub replaced: Option<i64>,
}
