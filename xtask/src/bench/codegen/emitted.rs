//! What a generator has written: how much it is, and whether it is the same as another time.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::Read;
use std::path::Path;

use anyhow::Context;

use crate::tree;

/// A crate that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Emitted {
    pub(super) files: usize,
    pub(super) bytes: u64,
    /// Of the paths and the bytes of all files.
    fingerprint: u64,
}

impl Emitted {
    /// Looks at all files of a folder, a piece at a time.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        let mut hasher = DefaultHasher::new();
        let mut emitted = Self::default();
        for path in tree::files(folder)? {
            hasher.write(path.as_bytes());
            let full = folder.join(&path);
            let mut file = File::open(&full).with_context(|| format!("cannot read {}", full.display()))?;
            hasher.write_u64(file.metadata()?.len());
            let mut piece = [0; 1 << 14];
            loop {
                let length = file.read(&mut piece)?;
                if length == 0 {
                    break;
                }
                hasher.write(&piece[..length]);
                emitted.bytes += length as u64;
            }
            emitted.files += 1;
        }
        emitted.fingerprint = hasher.finish();
        Ok(emitted)
    }
}

/// The tags with the least, the middle and the most code, of those that the manifest of our crate has features for.
///
/// How much code a tag has is how often the code names its feature.
pub(super) fn tags(folder: &Path, features: &[String]) -> anyhow::Result<Vec<String>> {
    let mut counts = vec![0_usize; features.len()];
    let generated = folder.join("src/generated");
    for path in tree::files(&generated)? {
        let text =
            fs::read_to_string(generated.join(&path)).with_context(|| format!("cannot read {path}"))?;
        for part in text.split("feature = \"").skip(1) {
            let name = part.split('"').next().unwrap_or_default();
            if let Some(index) = features.iter().position(|feature| feature == name) {
                counts[index] += 1;
            }
        }
    }
    let mut order: Vec<usize> = (0..features.len()).filter(|index| counts[*index] > 0).collect();
    order.sort_by_key(|index| (counts[*index], *index));
    let Some(last) = order.len().checked_sub(1) else { return Ok(Vec::new()) };
    let mut places = vec![0, last / 2, last];
    places.dedup();
    Ok(places.into_iter().map(|place| features[order[place]].clone()).collect())
}
