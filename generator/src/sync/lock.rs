//! `spec/upstream.lock`: what the sources were when the description was last brought up to date.
//!
//! Only the data; reading and writing the file is the caller's business.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::upstream::{Kind, Prose, Upstream};

/// The contents of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The sources, by name.
    #[serde(default, rename = "source", skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<LockedSource>,
    /// The parts of the description, and which sources state something of each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub provenance: BTreeMap<String, Vec<String>>,
}

/// A source as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedSource {
    /// The name of its file.
    pub name: String,
    /// The form that it is written in.
    pub kind: Kind,
    /// What it calls itself.
    pub title: String,
    /// The SHA-256 of its text, in hexadecimal digits.
    pub sha256: String,
    /// The day on which it was fetched, as the caller said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The fingerprints of the sentences about each operation: the beginning of their SHA-256, so that a change of
    /// words is seen and the words themselves are not kept.
    #[serde(default)]
    pub prose: BTreeMap<String, Vec<String>>,
}

impl Lock {
    /// What was recorded of the words of a kind of source about an operation.
    pub fn prose(&self, kind: Kind, operation: &str) -> Option<&[String]> {
        self.of_kind(kind).find_map(|source| source.prose.get(operation)).map(Vec::as_slice)
    }

    /// The operations that sources of a kind told of.
    pub fn operations(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.of_kind(kind).flat_map(|source| source.prose.keys().map(String::as_str))
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &LockedSource> {
        self.sources.iter().filter(move |source| source.kind == kind)
    }

    /// The source that this one is a newer form of: it has its name, or tells of the same operations in the same form.
    pub fn predecessor(&self, kind: Kind, name: &str, operations: &[String]) -> Option<&LockedSource> {
        self.of_kind(kind).find(|source| source.name == name).or_else(|| {
            self.of_kind(kind).find(|source| operations.iter().any(|id| source.prose.contains_key(id)))
        })
    }
}

/// The fingerprint of a source's text.
pub(super) fn sha256(upstream: &Upstream) -> String {
    hex(&Sha256::digest(upstream.source.text.as_bytes()))
}

/// The fingerprints of the sentences about an operation, in their order.
pub(super) fn fingerprints(prose: &Prose) -> Vec<String> {
    prose.sentences.iter().map(|sentence| fingerprint(&sentence.text)).collect()
}

/// The fingerprint of a sentence: 48 bits are enough for a page and short enough to read past.
pub(super) fn fingerprint(sentence: &str) -> String {
    hex(&Sha256::digest(sentence.as_bytes())[..6])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
