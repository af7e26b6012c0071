//! `replace_file`: new content under the name of an asset, without losing the old one on the way.

mod change;
mod scene;
mod swap;
mod turn;

use std::path::PathBuf;

use crate::{
    Release, TransferError, Uploaded, Verified,
    runtime::{BoxFuture, Progress},
    types::ReleaseAsset,
    upload::{AssetName, Delivery, OnProgress, Options},
};
use change::Change;
use scene::Scene;
pub(crate) use scene::new_name;
use swap::Swap;
use turn::{Turn, turn};

impl Release {
    /// Puts a file in the place of the asset of its name; the old asset stays until the new one is complete and
    /// verified. If there is no such asset, the file is simply uploaded.
    ///
    /// GitHub cannot exchange the content of an asset, and a release has no two assets of one name. So this uploads
    /// the file under `NAME.replacement-new`, exactly once as [`upload_file`](Self::upload_file) does, and verifies
    /// it. Then it renames the old asset to `NAME.replacement-old` and the new one to `NAME`, looks at the result, and
    /// deletes the old asset.
    ///
    /// **Between the two renames, for about one round trip, no asset has the name.** Dropping the future does not stop
    /// there: the two renames are a task of their own in the tokio runtime. Where the second rename fails for good,
    /// the first is undone. Only if the process or its tokio runtime ends, or the connection is lost, in this moment
    /// does the release stay so: with both files, complete, under the two names above. Every call first mends what an
    /// interrupted one has left behind: it gives the old asset its name back, deletes the old asset where the exchange
    /// was made already, and uses the new one if it is this very file. A call that fails may leave
    /// `NAME.replacement-new`, for the next.
    ///
    /// The label of the old asset is kept unless another one is set. If the asset is this very file already, nothing
    /// is uploaded. For the moment in which both are there, the release needs room for one asset more. Replacements of
    /// one name go one after the other within a program; two programs must not replace the same name at once. The names
    /// `NAME.replacement-new` and `NAME.replacement-old` belong to this method, which deletes what it finds there.
    ///
    /// # Errors
    /// As for [`upload_file`](Self::upload_file), but for a name that is taken. Two are of this method only:
    /// [`TransferError::SwapInterrupted`] if no asset has the name now, and [`TransferError::OldRemains`] if the new
    /// asset is in place and the old one could not be deleted. Calling it again mends both.
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let nightly = client.find_release("octo", "demo", "nightly").await?;
    /// let done = nightly.replace_file("dist/tool.tar.gz").await?;
    /// println!("asset {} is in the place of {:?}", done.asset.id, done.old);
    /// # Ok(())
    /// # }
    /// ```
    pub fn replace_file(&self, path: impl Into<PathBuf>) -> ReplaceFile {
        ReplaceFile { release: self.clone(), path: path.into(), options: Options::default() }
    }
}

/// The replacement that [`Release::replace_file`] prepares: set what is optional, then await it.
///
/// ```no_run
/// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
/// let done = release.replace_file("target/release/tool").name("tool-x86_64-linux").attempts(3).await?;
/// if done.mended {
///     println!("an earlier replacement had been interrupted");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is replaced until this is awaited"]
pub struct ReplaceFile {
    release: Release,
    path: PathBuf,
    options: Options,
}

impl ReplaceFile {
    /// Sets the name of the asset, which otherwise is that of the file.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.options.name = Some(name.into());
        self
    }

    /// Sets the label, a short description that is shown in place of the name; otherwise that of the old asset is kept.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.options.label = Some(label.into());
        self
    }

    /// Sets the media type, which is otherwise guessed from the extension of the name, or of the file.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.options.content_type = Some(media_type.into());
        self
    }

    /// Sets how often the file is sent, and each rename is tried, at most; the default is 5.
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

    async fn run(self) -> Result<Replaced, TransferError> {
        let delivery = self.options.delivery(self.release, &self.path).await?;
        let (turn, _) = turn(&delivery.release, delivery.name.predicted()).await;
        let listed = delivery.release.assets().try_collect().await?;
        in_turn(&delivery, listed, turn).await
    }
}

impl IntoFuture for ReplaceFile {
    type Output = Result<Replaced, TransferError>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// A file that is under its name now, complete and compared with the file here.
///
/// ```
/// # fn example(done: github_release_assets::Replaced) {
/// match done.old {
///     Some(old) => println!("asset {old} was replaced by {}", done.asset.id),
///     None if done.already_there => println!("nothing has changed"),
///     None => println!("{} is new", done.asset.name),
/// }
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Replaced {
    /// The asset as GitHub has it.
    pub asset: ReleaseAsset,
    /// How it was compared with the file.
    pub verified: Verified,
    /// The id of the asset that was replaced and is deleted now.
    pub old: Option<i64>,
    /// How often the file was sent: 0 if it was there already, under its name or as the new asset of an interrupted
    /// replacement.
    pub attempts: u32,
    /// The ids of other assets that were deleted: incomplete ones, and those that an interrupted replacement had left.
    pub cleaned_up: Vec<i64>,
    /// The name that was asked for, if GitHub gave the asset another one.
    pub renamed_from: Option<String>,
    /// Whether GitHub never answered that the upload was successful, and the asset was found to be the file.
    pub recognised: bool,
    /// Whether the asset of this name was this very file, so that nothing had to be replaced.
    pub already_there: bool,
    /// Whether an earlier replacement had been interrupted around its renames and was undone or completed first.
    pub mended: bool,
}

/// Replaces an asset of a release that has the `listed` assets.
pub(crate) async fn replace(
    delivery: &Delivery,
    mut listed: Vec<ReleaseAsset>,
) -> Result<Replaced, TransferError> {
    let (turn, was_busy) = turn(&delivery.release, delivery.name.predicted()).await;
    if was_busy {
        listed = delivery.release.assets().try_collect().await?;
    }
    in_turn(delivery, listed, turn).await
}

async fn in_turn(
    delivery: &Delivery,
    listed: Vec<ReleaseAsset>,
    turn: Turn,
) -> Result<Replaced, TransferError> {
    let mut scene = Scene::new(delivery, listed);
    scene.mend().await?;
    match (scene.current.take(), scene.new.take()) {
        (Some((current, Some(verified))), _) => {
            let asset = relabelled(delivery, current).await?;
            Ok(Replaced { already_there: true, ..scene.replaced(asset, verified) })
        }
        (Some((old, None)), new) => exchange(delivery, scene, old, new, turn).await,
        (None, Some((new, verified))) => {
            let change = Change { name: Some(&scene.name), label: delivery.label.as_deref() };
            let asset = change.make(&delivery.release, new.id, delivery.attempts).await?;
            Ok(scene.replaced(asset, verified))
        }
        (None, None) => {
            let uploaded = delivery.run(&scene.listed).await?;
            Ok(scene.uploaded(uploaded))
        }
    }
}

/// Sets the label of an asset that is the file already.
async fn relabelled(delivery: &Delivery, asset: ReleaseAsset) -> Result<ReleaseAsset, TransferError> {
    let label = delivery.label.as_deref();
    if label.is_none() || label == asset.label.as_deref() {
        return Ok(asset);
    }
    Change { name: None, label }.make(&delivery.release, asset.id, delivery.attempts).await
}

/// Uploads the new asset unless it is there, and gives it the place of the old one.
async fn exchange(
    delivery: &Delivery,
    mut scene: Scene<'_>,
    old: ReleaseAsset,
    new: Option<(ReleaseAsset, Verified)>,
    turn: Turn,
) -> Result<Replaced, TransferError> {
    let label = delivery.label.clone().or_else(|| old.label.clone());
    let mut done = match new {
        Some((new, verified)) => scene.replaced(new, verified),
        None => {
            let name = AssetName::new(new_name(&scene.name))?;
            let delivery = Delivery { name, label: label.clone(), ..delivery.clone() };
            let uploaded = match delivery.run(&scene.listed).await {
                Err(TransferError::NameTaken { asset }) => {
                    scene.clear_new(&asset).await?;
                    delivery.run(&scene.listed).await?
                }
                uploaded => uploaded?,
            };
            scene.uploaded(uploaded)
        }
    };
    done.old = Some(old.id);
    let swap = Swap {
        release: delivery.release.clone(),
        file: delivery.file.clone(),
        name: scene.name,
        old,
        new: done.asset,
        label,
        attempts: delivery.attempts,
    };
    done.asset = swap.make(turn).await?;
    let requested = delivery.name.requested();
    done.renamed_from = (done.asset.name != requested).then(|| requested.to_owned());
    Ok(done)
}

impl Scene<'_> {
    fn replaced(&self, asset: ReleaseAsset, verified: Verified) -> Replaced {
        let requested = self.delivery.name.requested();
        Replaced {
            renamed_from: (asset.name != requested).then(|| requested.to_owned()),
            asset,
            verified,
            old: None,
            attempts: 0,
            cleaned_up: self.cleaned_up.clone(),
            recognised: false,
            already_there: false,
            mended: self.mended,
        }
    }

    fn uploaded(&self, uploaded: Uploaded) -> Replaced {
        let mut replaced = self.replaced(uploaded.asset, uploaded.verified);
        replaced.attempts = uploaded.attempts;
        replaced.recognised = uploaded.recognised;
        replaced.cleaned_up.extend(uploaded.cleaned_up);
        replaced
    }
}
