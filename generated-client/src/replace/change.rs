//! A change of an asset's name or label, made once whatever happens to the request.

use crate::{Error, Release, TransferError, types::ReleaseAsset, upload::is_passing};

/// A change of an asset's name or label. Making it twice is as good as once, for the asset is named by its id.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) label: Option<&'a str>,
}

impl Change<'_> {
    /// Makes the change, and gives the asset after it.
    pub(super) async fn make(
        self,
        release: &Release,
        id: i64,
        attempts: u32,
    ) -> Result<ReleaseAsset, TransferError> {
        let policy = release.client().runtime().retry_policy();
        let mut failed = 0;
        loop {
            let error = match self.request(release, id).await {
                Ok(asset) => return self.check(asset),
                Err(error) => error,
            };
            // The change can have been made although there was no answer, or by an earlier try than the one that
            // was answered.
            let now = release.client().get_release_asset(release.owner(), release.repo(), id).await;
            if let Some(asset) = now.ok().filter(|asset| self.is_made(asset)) {
                return Ok(asset);
            }
            failed += 1;
            if !is_passing(&error) {
                return Err(error.into());
            }
            if failed >= attempts {
                return Err(TransferError::GaveUp { attempts: failed, source: Box::new(error.into()) });
            }
            tokio::time::sleep(policy.delay(failed)).await;
        }
    }

    async fn request(self, release: &Release, id: i64) -> Result<ReleaseAsset, Error> {
        let client = release.client();
        let policy = client.runtime().retry_policy().clone().any_method(true);
        let mut request = client.update_release_asset(release.owner(), release.repo(), id).retry(policy);
        if let Some(name) = self.name {
            request = request.name(name);
        }
        if let Some(label) = self.label {
            request = request.label(label);
        }
        request.await
    }

    fn is_made(self, asset: &ReleaseAsset) -> bool {
        let has_label = self.label.is_none_or(|label| asset.label.as_deref().unwrap_or_default() == label);
        has_label && self.name.is_none_or(|name| asset.name == name)
    }

    /// Makes sure that GitHub has given the asset this name and no other one.
    fn check(self, asset: ReleaseAsset) -> Result<ReleaseAsset, TransferError> {
        match self.name {
            Some(name) if asset.name != name => {
                let reason =
                    "GitHub gives the asset another name; choose one of letters, digits and single dots";
                Err(TransferError::NameUnusable { name: name.to_owned(), reason })
            }
            _ => Ok(asset),
        }
    }
}
