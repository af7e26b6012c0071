//! What a fault does to a request.

use std::time::Duration;

use crate::asset::AssetState;
use crate::wire::{Cut, Pace};

use super::Reply;

/// How a truncated download says where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Framing {
    /// `Content-Length` promises the rest, and the connection is closed.
    Promised,
    /// `Content-Length` is that of the truncated body: all looks well.
    Consistent,
    /// Chunked, with a last chunk: all looks well.
    Chunked,
    /// Neither a length nor chunks: the end of the connection is the end of the body.
    Unannounced,
}

/// Everything that a fault does; the default does nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effect {
    pub(crate) request_cut: Option<(u64, Cut)>,
    pub(crate) before_body: bool,
    pub(crate) deed: Deed,
    pub(crate) reply: Option<Reply>,
    pub(crate) delay: Duration,
    pub(crate) response_cut: Option<(u64, Cut)>,
    pub(crate) pace: Option<Pace>,
    pub(crate) stored_as: Option<StoredAs>,
    pub(crate) served: Option<Served>,
    pub(crate) expired_location: bool,
}

/// What becomes of the operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Deed {
    #[default]
    CarryOut,
    Nothing,
    Leave(AssetState),
    Late(Duration),
}

/// What becomes of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StoredAs {
    WrongDigest,
    NullDigest,
    Flipped,
    Short(u64),
}

/// What becomes of a download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Served {
    Truncated(u64, Framing),
    Extra(u64),
    Flipped(u64),
    IgnoredRange,
    ChangedEtag,
    RefusedRange,
    WrongContentRange,
}
