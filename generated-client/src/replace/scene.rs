//! What a release has under the name of a replacement, and mending what an interrupted one has left.

use super::change::Change;
use crate::{
    TransferError, Verified,
    types::ReleaseAsset,
    upload::{self, Comparison, Delivery, Removal},
};

/// What a release has under the name of a replacement.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) delivery: &'a Delivery,
    /// The name as GitHub has it.
    pub(super) name: String,
    /// The asset under the name, and how it was verified if it is the file already.
    pub(super) current: Option<(ReleaseAsset, Option<Verified>)>,
    /// The new asset of an interrupted replacement, if it is the file.
    pub(super) new: Option<(ReleaseAsset, Verified)>,
    /// All assets of the release.
    pub(super) listed: Vec<ReleaseAsset>,
    pub(super) cleaned_up: Vec<i64>,
    pub(super) mended: bool,
}

/// The name that a new asset has until it is verified.
pub(crate) fn new_name(name: &str) -> String {
    format!("{name}.replacement-new")
}

/// The name that an old asset has until it is deleted.
pub(super) fn old_name(name: &str) -> String {
    format!("{name}.replacement-old")
}

impl<'a> Scene<'a> {
    pub(super) fn new(delivery: &'a Delivery, listed: Vec<ReleaseAsset>) -> Self {
        let has = |name: &str| listed.iter().any(|asset| asset.name == name);
        let is_used = |name: &&str| has(name) || has(&old_name(name)) || has(&new_name(name));
        // GitHub may have kept the name as it was asked for, although that was not expected.
        let names = [delivery.name.predicted(), delivery.name.requested()];
        let name = names.into_iter().find(is_used).unwrap_or(names[0]).to_owned();
        Self { delivery, name, current: None, new: None, listed, cleaned_up: Vec::new(), mended: false }
    }

    /// Finds the assets, and leaves none but a complete one under the name and a verified one that is new.
    pub(super) async fn mend(&mut self) -> Result<(), TransferError> {
        self.look_at_current().await?;
        self.look_at_old().await?;
        self.look_at_new().await
    }

    async fn look_at_current(&mut self) -> Result<(), TransferError> {
        let mut current = self.named(&self.name);
        while let Some(asset) = current.take() {
            match self.compare(&asset).await? {
                // It can have been completed in the meantime.
                None => current = self.remove_leftover(&asset).await?,
                Some(verified) => self.current = Some((asset, verified)),
            }
        }
        Ok(())
    }

    async fn look_at_old(&mut self) -> Result<(), TransferError> {
        let Some(old) = self.named(&old_name(&self.name)) else { return Ok(()) };
        if self.current.is_some() {
            // The exchange had been made.
            self.mended = true;
            return self.remove_own(&old).await;
        }
        let Some(verified) = self.compare(&old).await? else { return self.remove_own(&old).await };
        let change = Change { name: Some(&self.name), label: None };
        let asset = change.make(&self.delivery.release, old.id, self.delivery.attempts).await?;
        self.mended = true;
        self.current = Some((asset, verified));
        Ok(())
    }

    async fn look_at_new(&mut self) -> Result<(), TransferError> {
        let is_done = matches!(self.current, Some((_, Some(_))));
        let mut found = self.named(&new_name(&self.name));
        while let Some(new) = found.take() {
            match self.compare(&new).await? {
                // It can have been completed in the meantime.
                None => found = self.remove_leftover(&new).await?,
                Some(Some(verified)) if !is_done => self.new = Some((new, verified)),
                Some(_) => self.remove_own(&new).await?,
            }
        }
        Ok(())
    }

    /// Deletes what stands in the way of the new asset: an upload that was given up can be completed late.
    pub(super) async fn clear_new(&mut self, new: &ReleaseAsset) -> Result<(), TransferError> {
        self.remove_own(new).await
    }

    fn named(&self, name: &str) -> Option<ReleaseAsset> {
        self.listed.iter().find(|asset| asset.name == name).cloned()
    }

    /// `None` for an asset that is not complete; otherwise how it was verified, if it is the file.
    async fn compare(&self, asset: &ReleaseAsset) -> Result<Option<Option<Verified>>, TransferError> {
        match self.delivery.file.compare(asset).await? {
            Comparison::Incomplete => Ok(None),
            Comparison::Equal(digest) => Ok(Some(Some(Verified::Digest(digest)))),
            Comparison::Unknown => {
                let (name, state) = (asset.name.clone(), asset.state.clone());
                Err(TransferError::NotComplete { id: asset.id, name, state })
            }
            _ => Ok(Some(None)),
        }
    }

    /// Deletes an incomplete asset; gives it if it is complete and still has its name.
    async fn remove_leftover(&mut self, asset: &ReleaseAsset) -> Result<Option<ReleaseAsset>, TransferError> {
        let removal = upload::remove(&self.delivery.release, asset).await?;
        Ok(self.note(asset.id, removal).filter(|now| now.name == asset.name))
    }

    /// Deletes an asset that only a replacement can have given its name.
    async fn remove_own(&mut self, asset: &ReleaseAsset) -> Result<(), TransferError> {
        let removal = upload::remove_own(&self.delivery.release, asset).await?;
        self.note(asset.id, removal);
        Ok(())
    }

    fn note(&mut self, id: i64, removal: Removal) -> Option<ReleaseAsset> {
        if let Removal::Deleted = removal {
            self.cleaned_up.push(id);
        }
        if let Removal::Changed(asset) = removal {
            return Some(*asset);
        }
        self.listed.retain(|asset| asset.id != id);
        None
    }
}
