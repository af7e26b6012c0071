//! Downloading the assets of a release into a folder, several at a time.

use std::{
    collections::HashMap,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::task::{JoinError, JoinSet};

use crate::{
    Downloaded, Release, TransferError,
    download::{self, Download},
    runtime::{BoxFuture, Progress},
    types::ReleaseAsset,
    upload::{OnProgress, Pace},
};

/// How many downloads are under way at a time.
const CONCURRENCY: usize = 4;

impl Release {
    /// Downloads all complete assets of this release into a folder, which must exist. What [`Download`] says of one
    /// file holds for each of them.
    ///
    /// ```no_run
    /// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
    /// let reports = release.download_all("out").filter(|asset| asset.name.ends_with(".tar.gz")).await?;
    /// for report in reports {
    ///     match report.result {
    ///         Ok(got) => println!("{} is there", got.path.display()),
    ///         Err(error) => println!("{} failed: {error}", report.asset.name),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn download_all(&self, folder: impl Into<PathBuf>) -> DownloadAll {
        DownloadAll {
            release: self.clone(),
            folder: folder.into(),
            filter: None,
            concurrency: CONCURRENCY,
            pace: Duration::ZERO,
            attempts: None,
            on_progress: None,
        }
    }
}

/// Downloads of the assets of a release, made by [`Release::download_all`]: set what is optional, then await it. That
/// gives a report of each asset, in the order of the list. A failure of one does not touch the others.
///
/// Assets whose names are the same where upper and lower case are, or of which one would be the `.part` file of
/// another, are not downloaded; their reports say so.
///
/// Dropping the future stops all downloads, and leaves what has arrived for the next ones.
///
/// # Errors
/// The folder is not there ([`WriteFile`](TransferError::WriteFile)), or the list of the assets cannot be had
/// ([`Api`](TransferError::Api)).
#[must_use = "downloads do nothing until they are awaited"]
pub struct DownloadAll {
    release: Release,
    folder: PathBuf,
    filter: Option<Filter>,
    concurrency: usize,
    pace: Duration,
    attempts: Option<u32>,
    on_progress: Option<OnAssetProgress>,
}

/// Says whether an asset is downloaded.
type Filter = Box<dyn FnMut(&ReleaseAsset) -> bool + Send>;

/// Hears how far the download of an asset has come.
type OnAssetProgress = Arc<dyn Fn(&ReleaseAsset, Progress) + Send + Sync>;

/// What has become of the download of an asset.
#[derive(Debug)]
#[non_exhaustive]
pub struct DownloadReport {
    /// What GitHub says of the asset.
    pub asset: ReleaseAsset,
    /// The file, or why there is none.
    pub result: Result<Downloaded, TransferError>,
}

impl DownloadAll {
    /// Downloads only the assets for which a function says so. Only complete ones are shown to it.
    ///
    /// ```no_run
    /// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
    /// let reports = release.download_all("out").filter(|asset| asset.name.contains("linux")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn filter(mut self, filter: impl FnMut(&ReleaseAsset) -> bool + Send + 'static) -> Self {
        self.filter = Some(Box::new(filter));
        self
    }

    /// How many downloads are under way at a time at most; 4 by default, 1 at least.
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// How long to wait from the beginning of one download to that of the next; not at all by default.
    pub fn pace(mut self, interval: Duration) -> Self {
        self.pace = interval;
        self
    }

    /// As [`Download::attempts`], for each asset.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = Some(attempts);
        self
    }

    /// As [`Download::on_progress`], with the asset that it is about.
    ///
    /// ```no_run
    /// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::TransferError> {
    /// let downloads = release.download_all("out").concurrency(2);
    /// downloads.on_progress(|asset, progress| println!("{}: {} bytes", asset.name, progress.bytes)).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_progress(
        mut self,
        on_progress: impl Fn(&ReleaseAsset, Progress) + Send + Sync + 'static,
    ) -> Self {
        self.on_progress = Some(Arc::new(on_progress));
        self
    }

    async fn run(mut self) -> Result<Vec<DownloadReport>, TransferError> {
        download::check_folder(&self.folder).await?;
        let mut assets: Vec<ReleaseAsset> = self.release.assets().try_collect().await?;
        assets.retain(download::is_complete);
        if let Some(filter) = &mut self.filter {
            assets.retain(filter);
        }
        let mut results: Vec<_> = collisions(&assets).into_iter().map(|error| error.map(Err)).collect();
        let pace = Arc::new(Pace::new(self.pace));
        // Dropped, it aborts what runs in it.
        let mut running = JoinSet::new();
        for (index, asset) in assets.iter().enumerate() {
            if results.get(index).is_some_and(Option::is_some) {
                continue;
            }
            if running.len() >= self.concurrency {
                settle(&mut results, running.join_next().await);
            }
            let (download, pace) = (self.download(asset), pace.clone());
            running.spawn(async move {
                pace.turn().await;
                (index, download.await)
            });
        }
        while !running.is_empty() {
            settle(&mut results, running.join_next().await);
        }
        let reports = assets.into_iter().zip(results).map(|(asset, result)| DownloadReport {
            asset,
            // A download without a result did not come to its end.
            result: result.unwrap_or(Err(TransferError::ShutDown)),
        });
        Ok(reports.collect())
    }

    fn download(&self, asset: &ReleaseAsset) -> BoxFuture<Result<Downloaded, TransferError>> {
        let on_progress = self.on_progress.clone().map(|on_progress| {
            let asset = asset.clone();
            OnProgress::new(move |progress| on_progress(&asset, progress))
        });
        let download = Download::of(self.release.clone(), asset.clone(), self.folder.clone());
        let download = self.attempts.into_iter().fold(download, Download::attempts);
        download.telling(on_progress).into_future()
    }
}

impl IntoFuture for DownloadAll {
    type Output = Result<Vec<DownloadReport>, TransferError>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for DownloadAll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("DownloadAll");
        out.field("release", &self.release)
            .field("folder", &self.folder)
            .field("concurrency", &self.concurrency);
        out.finish_non_exhaustive()
    }
}

type Ended = (usize, Result<Downloaded, TransferError>);

/// Takes down what a download has led to.
fn settle(
    results: &mut [Option<Result<Downloaded, TransferError>>],
    ended: Option<Result<Ended, JoinError>>,
) {
    match ended {
        Some(Ok((index, result))) => {
            if let Some(place) = results.get_mut(index) {
                *place = Some(result);
            }
        }
        // A panic of the caller's own function is the caller's.
        Some(Err(error)) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        _ => {}
    }
}

/// For each asset, why it and another one cannot be in one folder, if they cannot.
fn collisions(assets: &[ReleaseAsset]) -> Vec<Option<TransferError>> {
    let mut errors: Vec<_> = assets.iter().map(|_| None).collect();
    let mut files: HashMap<String, usize> = HashMap::new();
    for (index, asset) in assets.iter().enumerate() {
        let name = asset.name.to_lowercase();
        for file in [format!("{name}.part"), format!("{name}.part.json"), name] {
            let first = *files.entry(file.clone()).or_insert(index);
            if first == index {
                continue;
            }
            for index in [first, index] {
                if let (Some(error), Some(other)) = (errors.get_mut(index), assets.get(first)) {
                    *error = Some(same_name(other, asset, &file));
                }
            }
        }
    }
    errors
}

fn same_name(first: &ReleaseAsset, second: &ReleaseAsset, name: &str) -> TransferError {
    let path = |asset: &ReleaseAsset| Path::new(&asset.name).to_owned();
    TransferError::SameName { first: path(first), second: path(second), name: name.to_owned() }
}
