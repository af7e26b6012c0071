//! What a change of a description means: on the wire, for Rust callers, and for the version of the client.
//!
//! Judges, and prints nothing: reports are the caller's business.

mod rust;
mod side;
mod verdict;
mod wire;

use std::collections::HashSet;
use std::thread::{self, ScopedJoinHandle};

use serde::Serialize;

use crate::pointer::Pointer;
use crate::{Diagnostics, Input, emit, parallel};

use side::Side;

pub use rust::RustChange;
pub use verdict::{Level, Verdict};

/// What a change does to those who use the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Impact {
    /// Callers have to change something, or what worked does not work any more.
    Breaking,
    /// There is more to use; nothing that worked changes.
    Addition,
    /// Worth knowing; nothing has to be done.
    Note,
    /// Only words changed.
    Prose,
}

/// One change between two descriptions, seen on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// A stable name of the kind, such as `request-parameter-became-required`.
    pub code: &'static str,
    /// What it does to those who use the client.
    pub impact: Impact,
    /// The operations that it is about, by id, sorted; empty when it is about the whole API.
    pub operations: Vec<String>,
    /// What changed: "query parameter `name`", "response 200, `uploader.login`".
    pub subject: String,
    /// How: "became required", "`open` is no longer accepted".
    pub message: String,
    /// Where it stood in the old description.
    pub old: Option<Pointer>,
    /// Where it stands in the new one.
    pub new: Option<Pointer>,
}

impl Change {
    /// What stands between the subject and the message: a space where they are one sentence, a colon where not.
    #[must_use]
    pub fn joint(&self) -> &'static str {
        wire::rules::joint(self.code)
    }
}

/// All that two descriptions differ in, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The changes on the wire and of the words.
    pub changes: Vec<Change>,
    /// The changes of the client's public API.
    pub rust: Vec<RustChange>,
    /// Why the public APIs could not be compared; the verdict then is by the wire alone.
    pub rust_missing: Option<String>,
    /// What a release with these changes is.
    pub verdict: Verdict,
    /// What is wrong with the old description.
    pub old_diagnostics: Diagnostics,
    /// What is wrong with the new one.
    pub new_diagnostics: Diagnostics,
}

/// Descriptions that cannot be compared: one of them cannot be read, an overlay does not fit, or no operation is
/// chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incomparable {
    /// What is wrong with the old description.
    pub old: Diagnostics,
    /// What is wrong with the new one.
    pub new: Diagnostics,
}

/// Compares two descriptions, each with its overlays and options.
///
/// Operations are those that the options of their side include; a pattern has to match on one side only. A
/// description of which no client can be generated is still compared on the wire.
///
/// # Errors
///
/// A side that cannot be read at all, with the reasons in its diagnostics.
pub fn compare(old: &Input, new: &Input) -> Result<Comparison, Incomparable> {
    let (mut old, mut new) = both(|| Side::load(old), || Side::load(new));
    let unchanged = match (old.api(), new.api()) {
        (Some(old), Some(new)) => emit::unchanged(old, new),
        _ => HashSet::new(),
    };
    let listed = both(|| old.list(&unchanged), || new.list(&unchanged));
    old.take(listed.0);
    new.take(listed.1);
    side::forgive_patterns(&mut old, &mut new);
    let (Some(before), Some(after)) = (old.root(), new.root()) else {
        return Err(Incomparable { old: old.located(), new: new.located() });
    };
    let rust_missing = old.why_no_client("old").or_else(|| new.why_no_client("new"));
    let rust = || match (old.client(), new.client()) {
        (Some(old), Some(new)) => rust::compare(old, new),
        _ => Vec::new(),
    };
    let (changes, rust) = both(|| wire::compare(before, after), rust);
    let verdict = Verdict::of(&changes, &rust);
    let (old_diagnostics, new_diagnostics) = both(|| old.located(), || new.located());
    Ok(Comparison { changes, rust, rust_missing, verdict, old_diagnostics, new_diagnostics })
}

/// Does two things at the same time, each with the stack that a description can need.
fn both<A: Send, B: Send>(one: impl Fn() -> A + Sync, other: impl Fn() -> B + Sync) -> (A, B) {
    let one = || parallel::with_stack(&one);
    thread::scope(|scope| {
        let first = thread::Builder::new().spawn_scoped(scope, one);
        let second = parallel::with_stack(other);
        let first = first.map(ScopedJoinHandle::join);
        match first {
            Ok(Ok(first)) => (first, second),
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // Where there are no threads, one thing comes after the other.
            Err(_) => (one(), second),
        }
    })
}

#[cfg(test)]
mod tests;
