//! A file on its way to a release: what is sent, and the attempts to send it.

use std::{collections::HashSet, sync::Arc, time::Duration};

use super::{
    Uploaded,
    asset_name::AssetName,
    course::{Course, Step},
    local_file::LocalFile,
    options::{OnProgress, Options},
    pace::Pace,
};
use crate::{Error, Release, TransferError, runtime::RetryPolicy, types::ReleaseAsset};

/// What is sent for a file of an unknown kind.
const ANY_TYPE: &str = "application/octet-stream";

/// A file that is to be an asset of a release.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    pub(crate) release: Release,
    pub(crate) file: LocalFile,
    pub(crate) name: AssetName,
    pub(crate) label: Option<String>,
    pub(crate) content_type: String,
    pub(crate) attempts: u32,
    pub(crate) on_progress: Option<OnProgress>,
    /// The names of files that are uploaded at the same time, whose assets are not this one's.
    pub(crate) others: Arc<HashSet<String>>,
    pub(crate) pace: Option<Arc<Pace>>,
}

impl Delivery {
    pub(crate) fn new(release: Release, file: LocalFile, name: AssetName, options: Options) -> Self {
        let guess = |name: &str| mime_guess::from_path(name).first_raw();
        let guessed = guess(name.requested()).or_else(|| mime_guess::from_path(file.path()).first_raw());
        Self {
            content_type: options.content_type.unwrap_or_else(|| guessed.unwrap_or(ANY_TYPE).to_owned()),
            release,
            file,
            name,
            label: options.label,
            attempts: options.attempts.max(1),
            on_progress: options.on_progress,
            others: Arc::default(),
            pace: None,
        }
    }

    /// Uploads the file exactly once to a release that has the `listed` assets.
    pub(crate) async fn run(&self, listed: &[ReleaseAsset]) -> Result<Uploaded, TransferError> {
        let mut course = Course::new(self, listed);
        if let Some(there) = course.begin(listed).await? {
            return Ok(there);
        }
        loop {
            if let Some(pace) = &self.pace {
                pace.turn().await;
            }
            let failure = match course.attempt().await? {
                Step::Done(uploaded) => return Ok(*uploaded),
                Step::Again(failure) => failure,
            };
            let attempts = course.attempts();
            let Some(pause) = self.pause(&failure, attempts).filter(|_| attempts < self.attempts) else {
                return Err(TransferError::GaveUp { attempts, source: Box::new(failure) });
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Sends the file once.
    pub(super) async fn send(&self) -> Result<ReleaseAsset, Error> {
        let release = &self.release;
        let mut body = self.file.body();
        if let Some(on_progress) = self.on_progress.clone() {
            body = body.on_progress(move |progress| on_progress.tell(progress));
        }
        let (client, name) = (release.client(), self.name.requested());
        let mut request = client
            .upload_release_asset(release.owner(), release.repo(), release.id(), name, body)
            .content_type(&self.content_type)
            // What to do after an unknown outcome is decided here, whatever holds for the client.
            .retry(self.policy().clone().any_method(false));
        if let Some(label) = &self.label {
            request = request.label(label);
        }
        if let Some(details) = release.details() {
            request = request.upload_url(&details.upload_url);
        }
        request.await
    }

    pub(crate) fn policy(&self) -> &RetryPolicy {
        self.release.client().runtime().retry_policy()
    }

    /// How long to wait after so many attempts have failed; `None` if the server asks for more than the policy allows.
    fn pause(&self, failure: &TransferError, failed: u32) -> Option<Duration> {
        match failure.api_error() {
            Some(error) => self.policy().wait_after(error, failed),
            None => Some(self.policy().delay(failed)),
        }
    }
}
