//! What can be set for the upload of a file.

use std::{fmt, path::Path, sync::Arc};

use super::{Delivery, asset_name::AssetName, local_file::LocalFile};
use crate::{Release, TransferError, runtime::Progress};

/// How often an upload is tried.
const ATTEMPTS: u32 = 5;

/// What can be set for the upload of a file.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) name: Option<String>,
    pub(crate) label: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) on_progress: Option<OnProgress>,
}

impl Default for Options {
    fn default() -> Self {
        Self { name: None, label: None, content_type: None, attempts: ATTEMPTS, on_progress: None }
    }
}

impl Options {
    /// The name that these options give the asset of a file.
    pub(crate) fn name_of(&self, path: &Path) -> Result<AssetName, TransferError> {
        self.name.as_deref().map_or_else(|| AssetName::of_path(path), AssetName::new)
    }

    /// Checks a file and its name, and prepares to send it.
    pub(crate) async fn delivery(self, release: Release, path: &Path) -> Result<Delivery, TransferError> {
        let file = LocalFile::check(path).await?;
        let name = self.name_of(path)?;
        Ok(Delivery::new(release, file, name, self))
    }
}

/// Hears how far an upload has come.
#[derive(Clone)]
pub(crate) struct OnProgress(Arc<dyn Fn(Progress) + Send + Sync>);

impl OnProgress {
    pub(crate) fn new(on_progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Arc::new(on_progress))
    }

    pub(crate) fn tell(&self, progress: Progress) {
        (self.0)(progress);
    }
}

impl fmt::Debug for OnProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnProgress")
    }
}
