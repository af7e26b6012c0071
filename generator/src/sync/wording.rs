//! Whether the words of a source about an operation have changed.

use serde::Serialize;

use crate::pointer::Pointer;
use crate::upstream::{Prose, Sentence};

use super::lock;
use super::walk::Pair;

/// A change of words, which changes no fact and may mean one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rewording {
    /// The operation, by our name.
    pub operation: String,
    /// The index of the source.
    pub source: usize,
    /// Where the operation stands in the source.
    #[serde(skip)]
    pub at: Pointer,
    /// The sentences that are new or have changed.
    #[serde(skip)]
    pub new: Vec<Sentence>,
    /// How many sentences are gone or have changed.
    pub gone: usize,
    /// Whether there is nothing to compare with.
    pub is_first: bool,
}

/// Compares the words of a source with the fingerprints of those it had.
pub(super) fn compare(
    pair: &Pair,
    source: usize,
    prose: &Prose,
    before: Option<&[String]>,
) -> Option<Rewording> {
    let Some(before) = before else {
        return Some(Rewording {
            operation: pair.name.clone(),
            source,
            at: pair.theirs.at.clone(),
            new: prose.sentences.clone(),
            gone: 0,
            is_first: true,
        });
    };
    let mut left = before.to_vec();
    let mut new = Vec::new();
    for sentence in &prose.sentences {
        match left.iter().position(|known| *known == lock::fingerprint(&sentence.text)) {
            Some(index) => drop(left.remove(index)),
            None => new.push(sentence.clone()),
        }
    }
    let changed = !new.is_empty() || !left.is_empty();
    changed.then(|| Rewording {
        operation: pair.name.clone(),
        source,
        at: pair.theirs.at.clone(),
        new,
        gone: left.len(),
        is_first: false,
    })
}
