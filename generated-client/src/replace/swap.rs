//! The two renames that put a new asset in the place of an old one.

use super::{
    change::Change,
    scene::{new_name, old_name},
    turn::Turn,
};
use crate::{
    Direction, Release, TransferError,
    types::ReleaseAsset,
    upload::{self, Comparison, LocalFile, is_passing},
};

/// How often the new asset is looked at again because GitHub shows it otherwise than it was verified.
const LOOKS: u32 = 3;

/// The two renames that put a new asset in the place of an old one.
#[derive(Debug)]
pub(super) struct Swap {
    pub(super) release: Release,
    pub(super) file: LocalFile,
    pub(super) name: String,
    pub(super) old: ReleaseAsset,
    pub(super) new: ReleaseAsset,
    pub(super) label: Option<String>,
    pub(super) attempts: u32,
}

/// What the new asset looks like under its name.
enum InPlace {
    /// It is what was verified.
    Verified(Box<ReleaseAsset>),
    /// It is something else.
    Other,
    /// It does not have the name, as far as can be seen.
    No,
}

impl Swap {
    /// Renames both, and deletes the old asset. It is a task of its own, so that it is not stopped in between because
    /// nobody waits for it any more, and keeps its turn until it is done.
    pub(super) async fn make(self, turn: Turn) -> Result<ReleaseAsset, TransferError> {
        let run = async move {
            let result = self.run().await;
            drop(turn);
            result
        };
        match tokio::spawn(run).await {
            Ok(result) => result,
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => Err(TransferError::ShutDown),
        }
    }

    async fn run(self) -> Result<ReleaseAsset, TransferError> {
        if let Err(error) = self.rename(&self.old, &old_name(&self.name), None).await {
            // A refusal is that of the last try, and an earlier one may have been carried out.
            let is_refused = error.api_error().is_some_and(|error| !is_passing(error));
            let is_untouched =
                is_refused && self.look_at(self.old.id).await.is_some_and(|asset| asset.name == self.name);
            return if is_untouched { Err(error) } else { self.undo(error).await };
        }
        match self.bring_in().await {
            Ok(asset) => self.delete_old(asset).await,
            Err(error) => self.undo(error).await,
        }
    }

    /// Gives the new asset its name, and makes sure that it is still what was verified.
    async fn bring_in(&self) -> Result<ReleaseAsset, TransferError> {
        let asset = self.rename(&self.new, &self.name, self.label.as_deref()).await?;
        self.verify(&asset).await?;
        Ok(asset)
    }

    async fn verify(&self, asset: &ReleaseAsset) -> Result<(), TransferError> {
        let (id, name, direction) = (asset.id, asset.name.clone(), Direction::Upload);
        match self.file.compare(asset).await? {
            Comparison::Equal(_) | Comparison::SameSize => Ok(()),
            Comparison::OtherDigest { expected, actual } => {
                Err(TransferError::DigestMismatch { id, name, expected, actual, direction })
            }
            Comparison::OtherSize(actual) => {
                let expected = self.file.size();
                Err(TransferError::LengthMismatch { id, name, expected, actual, direction })
            }
            Comparison::Incomplete | Comparison::Unknown => {
                Err(TransferError::NotComplete { id, name, state: asset.state.clone() })
            }
        }
    }

    async fn delete_old(self, asset: ReleaseAsset) -> Result<ReleaseAsset, TransferError> {
        let old = ReleaseAsset { name: old_name(&self.name), ..self.old };
        match upload::remove_own(&self.release, &old).await {
            Ok(_) => Ok(asset),
            Err(source) => Err(TransferError::OldRemains { asset: Box::new(asset), old: old.id, source }),
        }
    }

    /// Gives the old asset its name back, unless the new one has it after all.
    async fn undo(self, cause: TransferError) -> Result<ReleaseAsset, TransferError> {
        match self.in_place().await {
            // A rename without an answer can be carried out late.
            InPlace::Verified(asset) => return self.delete_old(*asset).await,
            InPlace::Other => {
                self.rename(&self.new, &new_name(&self.name), None).await.ok();
            }
            InPlace::No => {}
        }
        let Err(_) = self.rename(&self.old, &self.name, None).await else { return Err(cause) };
        if let InPlace::Verified(asset) = self.in_place().await {
            return self.delete_old(*asset).await;
        }
        let (old, new) = (self.old.id, self.new.id);
        Err(TransferError::SwapInterrupted { name: self.name, old, new, source: Box::new(cause) })
    }

    /// Whether the new asset has the name. Then it is looked at again if it is not shown as it was verified.
    async fn in_place(&self) -> InPlace {
        let policy = self.release.client().runtime().retry_policy();
        for look in 1..=LOOKS {
            match self.look_at(self.new.id).await.filter(|asset| asset.name == self.name) {
                None => return InPlace::No,
                Some(asset) if self.verify(&asset).await.is_ok() => {
                    return InPlace::Verified(Box::new(asset));
                }
                Some(_) => tokio::time::sleep(policy.delay(look)).await,
            }
        }
        InPlace::Other
    }

    async fn look_at(&self, id: i64) -> Option<ReleaseAsset> {
        self.release.client().get_release_asset(self.release.owner(), self.release.repo(), id).await.ok()
    }

    async fn rename(
        &self,
        asset: &ReleaseAsset,
        name: &str,
        label: Option<&str>,
    ) -> Result<ReleaseAsset, TransferError> {
        Change { name: Some(name), label }.make(&self.release, asset.id, self.attempts).await
    }
}
