//! Comparing digests as a careful user does who has no recipe for it: what passes by is hashed on the way.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, ensure};
use bench_clients::digest_text;
use sha2::{Digest, Sha256};

/// The digest of what has passed by so far. Clones add to the same one.
#[derive(Clone, Default)]
pub(crate) struct Passing(Arc<Mutex<Sha256>>);

impl Passing {
    pub(crate) fn add(&self, bytes: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).update(bytes);
    }

    /// Compares it with what the API says, once all has passed by.
    pub(crate) fn compare(&self, expected: Option<&str>) -> anyhow::Result<()> {
        let hash = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let digest = digest_text(&hash.finalize());
        let expected = expected.context("the asset has no digest")?;
        ensure!(digest == expected, "the digest is {digest}, not {expected}");
        Ok(())
    }
}
