//! How far a transfer has come.

use std::sync::Arc;

/// How far a transfer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes have been handed over so far.
    pub bytes: u64,
    /// How many there will be, if that is known.
    pub total: Option<u64>,
}

impl Progress {
    /// So many bytes of so many.
    pub fn new(bytes: u64, total: Option<u64>) -> Self {
        Self { bytes, total }
    }
}

/// Hears how far a transfer has come.
pub(crate) type OnProgress = Arc<dyn Fn(Progress) + Send + Sync>;
