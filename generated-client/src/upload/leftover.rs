//! Deleting assets that are not complete, and never others.

use crate::{
    Error, Release, is_not_found,
    types::{ReleaseAsset, ReleaseAssetState},
};

/// What has become of an asset that was to be removed.
#[derive(Debug)]
pub(crate) enum Removal {
    /// It was deleted.
    Deleted,
    /// It was not there any more.
    Gone,
    /// It was left alone, because it is not what it was.
    Changed(Box<ReleaseAsset>),
}

/// Deletes what a failed upload has left behind, after looking at it once more: an upload that was given up can be
/// completed late, and another program can have changed the asset.
pub(crate) async fn remove(release: &Release, leftover: &ReleaseAsset) -> Result<Removal, Error> {
    let is_leftover = |asset: &ReleaseAsset| {
        asset.name == leftover.name
            && matches!(asset.state, ReleaseAssetState::Starter | ReleaseAssetState::New)
    };
    remove_if(release, leftover.id, is_leftover).await
}

/// Deletes an asset whatever its state is, if it still has the name that it is known under. Only for names that the
/// recipes have made up themselves.
pub(crate) async fn remove_own(release: &Release, own: &ReleaseAsset) -> Result<Removal, Error> {
    remove_if(release, own.id, |asset| asset.name == own.name).await
}

async fn remove_if(
    release: &Release,
    id: i64,
    condition: impl Fn(&ReleaseAsset) -> bool + Send,
) -> Result<Removal, Error> {
    let (client, owner, repo) = (release.client(), release.owner(), release.repo());
    match client.get_release_asset(owner, repo, id).await {
        Ok(asset) if condition(&asset) => {}
        Ok(asset) => return Ok(Removal::Changed(Box::new(asset))),
        Err(error) if is_not_found(&error) => return Ok(Removal::Gone),
        Err(error) => return Err(error),
    }
    match client.delete_release_asset(owner, repo, id).await {
        Ok(()) => Ok(Removal::Deleted),
        // An earlier try of this request can have been carried out without an answer.
        Err(error) if is_not_found(&error) => Ok(Removal::Deleted),
        Err(error) => Err(error),
    }
}
