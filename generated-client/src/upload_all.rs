//! `upload_all`: many files at once, with one report for each.

mod item;
mod plan;

use std::{
    collections::HashMap,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::task::{Id, JoinError, JoinSet};

use crate::{
    Release, Replaced, TransferError, Uploaded,
    replace::replace,
    runtime::{BoxFuture, Progress},
    types::ReleaseAsset,
    upload::{Delivery, OnProgress, Options, Pace},
};
use plan::Plan;

pub use item::UploadItem;

/// How many files are uploaded at the same time.
const CONCURRENCY: usize = 4;

/// How far apart uploads begin.
const PACE: Duration = Duration::from_secs(1);

impl Release {
    /// Uploads many files, each as [`upload_file`](Self::upload_file) does, or as
    /// [`replace_file`](Self::replace_file) if [`replace`](UploadAll::replace) says so.
    ///
    /// A path is enough: the asset is called as the file then. An [`UploadItem`] sets the name, the label and the media
    /// type of one. Awaiting gives one report for each file, in the order of the files; one that fails does not stop the
    /// others. Files that GitHub would not take get their reports without anything being sent for them, and so do those
    /// that would have one name at GitHub. The assets are listed once for all files.
    ///
    /// Dropping the future stops all transfers.
    ///
    /// # Errors
    /// Nothing was sent for any file: the assets could not be listed, or the release has no room for all files
    /// ([`TransferError::ReleaseFull`]). What goes wrong with a file is in its report.
    ///
    /// ```no_run
    /// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
    /// for report in release.upload_all(["dist/tool.tar.gz", "dist/tool.zip"]).await? {
    ///     match report.result {
    ///         Ok(done) => println!("{}: asset {}", report.path.display(), done.asset.id),
    ///         Err(error) => eprintln!("{}: {error}", report.path.display()),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Files of one name in different folders need names of their own:
    ///
    /// ```no_run
    /// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
    /// use github_release_assets::UploadItem;
    ///
    /// let tools = ["linux", "mac"].map(|system| {
    ///     UploadItem::from(format!("{system}/tool")).name(format!("tool-{system}")).label(format!("For {system}"))
    /// });
    /// release.upload_all(tools).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload_all<T: Into<UploadItem>>(&self, items: impl IntoIterator<Item = T>) -> UploadAll {
        UploadAll {
            release: self.clone(),
            items: items.into_iter().map(Into::into).collect(),
            concurrency: CONCURRENCY,
            pace: PACE,
            replace: false,
            attempts: Options::default().attempts,
            on_progress: None,
        }
    }
}

/// The uploads that [`Release::upload_all`] prepares: set what is optional, then await them.
///
/// ```no_run
/// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
/// let reports = release
///     .upload_all(["dist/tool.tar.gz", "dist/tool.zip"])
///     .replace(true)
///     .concurrency(2)
///     .on_progress(|path, progress| eprintln!("{}: {}", path.display(), progress.bytes))
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "nothing is uploaded until this is awaited"]
pub struct UploadAll {
    release: Release,
    items: Vec<UploadItem>,
    concurrency: usize,
    pace: Duration,
    replace: bool,
    attempts: u32,
    on_progress: Option<OnProgressOf>,
}

/// Hears how far the upload of a file has come.
type OnProgressOf = Arc<dyn Fn(&Path, Progress) + Send + Sync>;

impl UploadAll {
    /// Sets how many files are uploaded at the same time; the default is 4.
    pub fn concurrency(mut self, files: usize) -> Self {
        self.concurrency = files;
        self
    }

    /// Sets how long after the beginning of one upload the next may begin; the default is a second. GitHub
    /// [asks for that](https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests).
    /// Files that are there already do not count.
    pub fn pace(mut self, interval: Duration) -> Self {
        self.pace = interval;
        self
    }

    /// Sets whether assets that the release has under these names are replaced, as
    /// [`replace_file`](Release::replace_file) does; by default they are errors, unless they are the files already.
    pub fn replace(mut self, replace: bool) -> Self {
        self.replace = replace;
        self
    }

    /// Sets how often each file is sent at most; the default is 5.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Calls a function with the path of a file whenever bytes of it were handed to the connection. The count of a
    /// file starts again with each attempt. The function is called in the middle of the transfers and must not block.
    pub fn on_progress(mut self, on_progress: impl Fn(&Path, Progress) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(on_progress));
        self
    }

    async fn run(self) -> Result<Vec<UploadReport>, TransferError> {
        let mut plan = Plan::of(&self.release, &self.items).await;
        let listed: Arc<[ReleaseAsset]> = match plan.is_empty() {
            true => Arc::default(),
            false => self.release.assets().try_collect().await?.into(),
        };
        plan.check_room(&listed)?;
        let pace = Arc::new(Pace::new(self.pace));
        let mut uploads = Uploads::default();
        for (index, mut delivery) in plan.take() {
            delivery.attempts = self.attempts.max(1);
            delivery.pace = Some(pace.clone());
            delivery.on_progress = self.on_progress_of(&self.items[index].path);
            if uploads.tasks.len() >= self.concurrency.max(1) {
                uploads.join(&mut plan).await;
            }
            let task = uploads.tasks.spawn(upload(delivery, listed.clone(), self.replace));
            uploads.indices.insert(task.id(), index);
        }
        while !uploads.tasks.is_empty() {
            uploads.join(&mut plan).await;
        }
        Ok(plan.reports(self.items))
    }

    fn on_progress_of(&self, path: &Path) -> Option<OnProgress> {
        let (on_progress, path) = (self.on_progress.clone()?, path.to_owned());
        Some(OnProgress::new(move |progress| on_progress(&path, progress)))
    }
}

impl IntoFuture for UploadAll {
    type Output = Result<Vec<UploadReport>, TransferError>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for UploadAll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("UploadAll");
        out.field("release", &self.release).field("items", &self.items);
        out.field("concurrency", &self.concurrency).field("pace", &self.pace).field("replace", &self.replace);
        out.field("attempts", &self.attempts).finish_non_exhaustive()
    }
}

/// What became of one of many files.
#[derive(Debug)]
#[non_exhaustive]
pub struct UploadReport {
    /// The file, as it was given.
    pub path: PathBuf,
    /// What became of it.
    pub result: Result<Uploaded, TransferError>,
}

/// The uploads that are under way. Dropping them stops them.
#[derive(Default)]
struct Uploads {
    tasks: JoinSet<Result<Uploaded, TransferError>>,
    /// Which file each of them uploads.
    indices: HashMap<Id, usize>,
}

impl Uploads {
    /// Waits until one of them has ended.
    async fn join(&mut self, plan: &mut Plan) {
        let (id, result) = match self.tasks.join_next_with_id().await {
            Some(Ok(joined)) => joined,
            Some(Err(error)) => (error.id(), Err(stopped(error))),
            None => return,
        };
        if let Some(index) = self.indices.remove(&id) {
            plan.settle(index, result);
        }
    }
}

/// A panic goes on to the caller.
fn stopped(error: JoinError) -> TransferError {
    match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => TransferError::ShutDown,
    }
}

async fn upload(
    delivery: Delivery,
    listed: Arc<[ReleaseAsset]>,
    is_replacement: bool,
) -> Result<Uploaded, TransferError> {
    if is_replacement {
        return replace(&delivery, listed.to_vec()).await.map(Uploaded::from);
    }
    delivery.run(&listed).await
}

impl From<Replaced> for Uploaded {
    fn from(replaced: Replaced) -> Self {
        Self {
            asset: replaced.asset,
            verified: replaced.verified,
            attempts: replaced.attempts,
            cleaned_up: replaced.cleaned_up,
            renamed_from: replaced.renamed_from,
            recognised: replaced.recognised,
            already_there: replaced.already_there,
            replaced: replaced.old,
        }
    }
}
