//! What the failure of a request says about what the server has done.

use crate::{Error, ErrorKind, is_already_exists};

/// What the failure of an upload says about what GitHub has of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// Nothing, and trying again changes nothing.
    Refused,
    /// Nothing, because no connection came about.
    NotSent,
    /// An asset of this name, which may be ours.
    Taken,
    /// Nobody knows: nothing, an empty asset, or all of it.
    Unknown,
    /// Nothing or an empty asset, because the file could not be read as it was announced.
    Unreadable,
}

impl Failure {
    pub(super) fn of(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::BodySource | ErrorKind::BodyLength => Self::Unreadable,
            ErrorKind::Connect => Self::NotSent,
            ErrorKind::Status if is_already_exists(error) => Self::Taken,
            _ if is_passing(error) => Self::Unknown,
            _ => Self::Refused,
        }
    }
}

/// Whether nobody knows what a request has led to, so that it is worth another try.
pub(crate) fn is_passing(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport | ErrorKind::Truncated => true,
        // Something on the way has put an answer of its own in the place of GitHub's.
        ErrorKind::Decode => true,
        ErrorKind::Status => matches!(error.status(), Some(408 | 500..=599)),
        _ => false,
    }
}
