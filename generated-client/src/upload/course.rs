//! The course of one upload: what each attempt has led to at GitHub.

use std::{collections::HashSet, io};

use serde::Deserialize;

use super::{
    Delivery, Uploaded,
    failure::{Failure, is_passing},
    leftover::{self, Removal},
    local_file::Comparison,
};
use crate::{Direction, Error, TransferError, Verified, is_not_found, types::ReleaseAsset};

/// How often an asset is looked at again because GitHub has not told everything of it yet.
const LOOKS_AT_AN_ASSET: u32 = 3;

/// How often the list is looked at again because GitHub says that a name is taken and does not show what has it.
const LOOKS_AT_THE_LIST: u32 = 5;

/// Where an attempt has led.
#[derive(Debug)]
pub(super) enum Step {
    /// The file is there.
    Done(Box<Uploaded>),
    /// The file is not there, and may be sent again.
    Again(TransferError),
}

/// The course of one upload.
#[derive(Debug)]
pub(super) struct Course<'a> {
    delivery: &'a Delivery,
    /// The ids of the assets that the release had before anything was sent.
    before: HashSet<i64>,
    attempts: u32,
    cleaned_up: Vec<i64>,
}

/// How it is known that an asset is the one of this upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// GitHub answered that it was created.
    Created,
    /// GitHub named it while it answered that something went wrong.
    Named,
    /// It was found in the list.
    Found,
}

/// What has become of an asset that was looked at.
enum Settled {
    Step(Step),
    /// It was to be deleted as a leftover, and is none any more.
    Completed(Box<ReleaseAsset>),
}

/// What the answer to a failed upload can tell of the asset that it leaves.
#[derive(Deserialize)]
struct Partial {
    id: i64,
}

impl<'a> Course<'a> {
    pub(super) fn new(delivery: &'a Delivery, listed: &[ReleaseAsset]) -> Self {
        let before = listed.iter().map(|asset| asset.id).collect();
        Self { delivery, before, attempts: 0, cleaned_up: Vec::new() }
    }

    /// How often the file was sent.
    pub(super) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Clears the way for the first attempt; gives the asset if the file is there already.
    pub(super) async fn begin(&mut self, listed: &[ReleaseAsset]) -> Result<Option<Uploaded>, TransferError> {
        let mut named: Vec<ReleaseAsset> =
            listed.iter().filter(|asset| self.delivery.name.is_of(asset)).cloned().collect();
        while let Some(asset) = named.pop() {
            match self.delivery.file.compare(&asset).await? {
                Comparison::Equal(digest) => {
                    let there = self.uploaded(asset, Verified::Digest(digest));
                    return Ok(Some(Uploaded { already_there: true, ..there }));
                }
                Comparison::Incomplete => {
                    let changed = self.remove(&asset).await?;
                    named.extend(changed.filter(|changed| self.delivery.name.is_of(changed)));
                }
                Comparison::Unknown => return Err(not_complete(asset)),
                _ => return Err(TransferError::NameTaken { asset: Box::new(asset) }),
            }
        }
        let count = listed.len().saturating_sub(self.cleaned_up.len());
        if count >= TransferError::MAX_ASSETS {
            return Err(TransferError::ReleaseFull { count, adding: 1 });
        }
        Ok(None)
    }

    /// Sends the file, and finds out what has become of it.
    pub(super) async fn attempt(&mut self) -> Result<Step, TransferError> {
        self.attempts += 1;
        let error = match self.delivery.send().await {
            Ok(asset) => return self.settle(asset, Known::Created).await,
            Err(error) => error,
        };
        match Failure::of(&error) {
            Failure::Refused => Err(error.into()),
            Failure::NotSent => Ok(Step::Again(error.into())),
            Failure::Taken | Failure::Unknown => self.look(error).await,
            Failure::Unreadable => {
                // That the file cannot be read is what has to be told, whatever comes of this.
                self.sweep().await.ok();
                Err(self.unreadable(error))
            }
        }
    }

    /// Looks for what a failed attempt has led to.
    async fn look(&mut self, error: Error) -> Result<Step, TransferError> {
        let partial = error.json::<Partial>().map(|partial| partial.id);
        let is_taken = Failure::of(&error) == Failure::Taken;
        for look in 1.. {
            let assets = match self.delivery.release.assets().try_collect().await {
                Ok(assets) => assets,
                Err(error) => return again(error),
            };
            if let Some((asset, known)) = self.find(assets, partial, is_taken).await? {
                return self.settle(asset, known).await;
            }
            if !is_taken || look > LOOKS_AT_THE_LIST {
                break;
            }
            self.wait(look).await;
        }
        if is_taken { Err(error.into()) } else { Ok(Step::Again(error.into())) }
    }

    /// Finds the asset that a failed attempt has led to: the one that its answer named, else one with the name, else
    /// a new one with the content and a name that GitHub could have made of this one.
    ///
    /// If GitHub says that the name is taken and no asset has it, GitHub has made another name of it than expected.
    /// Then an older asset can be the file, too, and one that is incomplete and has such a name is what takes it.
    async fn find(
        &self,
        assets: Vec<ReleaseAsset>,
        partial: Option<i64>,
        is_taken: bool,
    ) -> Result<Option<(ReleaseAsset, Known)>, TransferError> {
        let Delivery { name, file, others, .. } = self.delivery;
        // What was deleted can be in the list for a moment longer.
        let assets: Vec<_> =
            assets.into_iter().filter(|asset| !self.cleaned_up.contains(&asset.id)).collect();
        let is_new = |asset: &ReleaseAsset| !self.before.contains(&asset.id);
        if let Some(asset) = assets.iter().find(|asset| Some(asset.id) == partial && is_new(asset)) {
            return Ok(Some((asset.clone(), Known::Named)));
        }
        let mut named: Vec<_> = assets.iter().filter(|asset| name.is_of(asset)).collect();
        named.sort_by_key(|asset| !is_new(asset));
        if let Some(asset) = named.first() {
            return Ok(Some(((*asset).clone(), Known::Found)));
        }
        for asset in assets {
            if !(is_taken || is_new(&asset)) || !name.resembles(&asset) || others.contains(&asset.name) {
                continue;
            }
            let comparison = file.compare(&asset).await?;
            if matches!(comparison, Comparison::Equal(_)) || is_taken && comparison == Comparison::Incomplete
            {
                return Ok(Some((asset, Known::Found)));
            }
        }
        Ok(None)
    }

    /// Makes sure that an asset is the file. A leftover is deleted.
    async fn settle(&mut self, mut asset: ReleaseAsset, known: Known) -> Result<Step, TransferError> {
        for _ in 0..LOOKS_AT_AN_ASSET {
            if let Some(missing) = self.await_all(&mut asset, known).await? {
                return Ok(Step::Again(missing.into()));
            }
            match self.conclude(asset, known).await? {
                Settled::Step(step) => return Ok(step),
                Settled::Completed(now) => asset = *now,
            }
        }
        Ok(Step::Again(not_complete(asset)))
    }

    /// Looks at an asset again while GitHub has not told everything of it; gives the error if it is not there.
    async fn await_all(
        &self,
        asset: &mut ReleaseAsset,
        known: Known,
    ) -> Result<Option<Error>, TransferError> {
        let release = &self.delivery.release;
        let mut missing = None;
        for look in 1..=LOOKS_AT_AN_ASSET {
            match self.delivery.file.compare(asset).await? {
                Comparison::Equal(_) => break,
                // Only where GitHub said that the upload was successful is there anything to wait for.
                Comparison::Incomplete if known != Known::Created => break,
                _ => self.wait(look).await,
            }
            match release.client().get_release_asset(release.owner(), release.repo(), asset.id).await {
                Ok(now) => (*asset, missing) = (now, None),
                Err(error) if is_not_found(&error) => missing = Some(error),
                // What is known of the asset remains true.
                Err(_) => {}
            }
        }
        Ok(missing)
    }

    /// Says what an asset means that will not change any more.
    async fn conclude(&mut self, asset: ReleaseAsset, known: Known) -> Result<Settled, TransferError> {
        let is_new = !self.before.contains(&asset.id);
        let is_ours = known != Known::Found;
        let (id, name) = (asset.id, asset.name.clone());
        let verified = match self.delivery.file.compare(&asset).await? {
            Comparison::Equal(digest) => Verified::Digest(digest),
            Comparison::SameSize if is_new => Verified::SizeOnly,
            Comparison::Incomplete => return self.clear(asset).await,
            Comparison::Unknown => return Err(not_complete(asset)),
            Comparison::OtherDigest { expected, actual } if is_ours => {
                let direction = Direction::Upload;
                return Err(TransferError::DigestMismatch { id, name, expected, actual, direction });
            }
            Comparison::OtherSize(actual) if is_ours => {
                let (expected, direction) = (self.delivery.file.size(), Direction::Upload);
                return Err(TransferError::LengthMismatch { id, name, expected, actual, direction });
            }
            _ => return Err(TransferError::NameTaken { asset: Box::new(asset) }),
        };
        let recognised = known != Known::Created;
        let uploaded = Uploaded { recognised, ..self.uploaded(asset, verified) };
        Ok(Settled::Step(Step::Done(Box::new(uploaded))))
    }

    /// Deletes a leftover, so that the file can be sent again.
    async fn clear(&mut self, leftover: ReleaseAsset) -> Result<Settled, TransferError> {
        match self.remove(&leftover).await {
            Ok(None) => Ok(Settled::Step(Step::Again(not_complete(leftover)))),
            Ok(Some(now)) => Ok(Settled::Completed(Box::new(now))),
            Err(error) => again(error).map(Settled::Step),
        }
    }

    /// Deletes what an attempt that broke off has left behind.
    async fn sweep(&mut self) -> Result<(), TransferError> {
        let assets = self.delivery.release.assets().try_collect().await?;
        for asset in assets.iter().filter(|asset| self.delivery.name.is_of(asset)) {
            self.remove(asset).await?;
        }
        Ok(())
    }

    /// Deletes a leftover; gives the asset if it is none any more.
    async fn remove(&mut self, leftover: &ReleaseAsset) -> Result<Option<ReleaseAsset>, Error> {
        match leftover::remove(&self.delivery.release, leftover).await? {
            Removal::Deleted => self.cleaned_up.push(leftover.id),
            Removal::Gone => {}
            Removal::Changed(asset) => return Ok(Some(*asset)),
        }
        Ok(None)
    }

    /// The error for a file that could not be read while it was sent, or was not as long as it had been.
    fn unreadable(&self, error: Error) -> TransferError {
        let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        let mut kind = None;
        while let (None, Some(cause)) = (kind, source) {
            kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
            source = cause.source();
        }
        let source = io::Error::new(kind.unwrap_or(io::ErrorKind::Other), error);
        TransferError::ReadFile { path: self.delivery.file.path().to_owned(), source }
    }

    async fn wait(&self, look: u32) {
        tokio::time::sleep(self.delivery.policy().delay(look)).await;
    }

    fn uploaded(&self, asset: ReleaseAsset, verified: Verified) -> Uploaded {
        let requested = self.delivery.name.requested();
        Uploaded {
            renamed_from: (asset.name != requested).then(|| requested.to_owned()),
            asset,
            verified,
            attempts: self.attempts,
            cleaned_up: self.cleaned_up.clone(),
            recognised: false,
            already_there: false,
            replaced: None,
        }
    }
}

fn not_complete(asset: ReleaseAsset) -> TransferError {
    TransferError::NotComplete { id: asset.id, name: asset.name, state: asset.state }
}

/// What to do when a request fails that was to find out about an attempt.
fn again(error: Error) -> Result<Step, TransferError> {
    if is_passing(&error) { Ok(Step::Again(error.into())) } else { Err(error.into()) }
}
