//! Whether the version and the changelog say what the changes are.

use std::collections::BTreeSet;

use generator::diff::Level;
use semver::Version;
use serde::Serialize;

/// The version and the changelog at one time.
#[derive(Debug, Clone)]
pub struct State {
    /// The version of the client.
    pub version: Version,
    /// The path of the manifest that holds it.
    pub manifest: String,
    /// The text of CHANGELOG.md; empty where there is none.
    pub changelog: String,
}

/// What the changes ask of the version and the changelog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Release {
    /// The version at the base.
    pub old: Version,
    /// The version now.
    pub new: Version,
    /// The last version that was released: the highest with a heading of its own in the changelog of the base.
    pub released: Option<Version>,
    /// The lowest version that the changes may be released as.
    pub required: Version,
    /// What is still to do; nothing when all fits. Code is in backticks.
    pub todo: Vec<String>,
}

impl Release {
    /// Checks the version and the changelog against what the changes are.
    pub fn check(old: &State, new: &State, level: Level) -> Self {
        let released =
            headings(&old.changelog).filter_map(version_of).filter(|version| version.pre.is_empty()).max();
        // What is already on its way may have asked for more than these changes do.
        let required = match &released {
            Some(released) => raised(released, level).max(old.version.clone()),
            None => old.version.clone(),
        };
        let mut todo = Vec::new();
        if numbers(&new.version) < numbers(&required) {
            todo.push(format!("raise `version` in `{}` from {} to {required}", new.manifest, new.version));
        }
        if level != Level::None && !has_entry(old, new) {
            todo.push(if new.changelog.is_empty() {
                "write a `CHANGELOG.md` with an entry below `## [Unreleased]`".to_owned()
            } else {
                "add an entry below `## [Unreleased]` in `CHANGELOG.md`".to_owned()
            });
        }
        Self { old: old.version.clone(), new: new.version.clone(), released, required, todo }
    }
}

/// The lowest version after this one for changes of a level, by Cargo's rules: the first number that is not 0 is the
/// one that breaks.
pub(super) fn raised(version: &Version, level: Level) -> Version {
    let Version { major, minor, patch, .. } = *version;
    match (major, minor, if major == 0 { level.below_one() } else { level }) {
        (_, _, Level::None) => version.clone(),
        (_, _, Level::Major) => Version::new(major + 1, 0, 0),
        // Below 0.1, each version is a world of its own.
        (0, 0, _) | (_, _, Level::Patch) => Version::new(major, minor, patch + 1),
        (_, _, Level::Minor) => Version::new(major, minor + 1, 0),
    }
}

/// Whether there is a line below `[Unreleased]`, or below a heading that is new, that was nowhere before.
fn has_entry(old: &State, new: &State) -> bool {
    let known: BTreeSet<&str> = old.changelog.lines().map(str::trim).collect();
    let names_new = |heading: &str| version_of(heading).is_some_and(|version| version == new.version);
    let is_new = !headings(&old.changelog).any(names_new);
    let mut counts = false;
    for line in new.changelog.lines().map(str::trim) {
        if line.starts_with("## ") {
            counts = is_unreleased(line) || is_new && names_new(line);
        } else if counts && !line.is_empty() && !line.starts_with('#') && !known.contains(line) {
            return true;
        }
    }
    false
}

fn headings(changelog: &str) -> impl Iterator<Item = &str> {
    changelog.lines().map(str::trim).filter(|line| line.starts_with("## "))
}

fn is_unreleased(heading: &str) -> bool {
    heading.to_lowercase().contains("unreleased")
}

/// The version that a heading says is released: `## [1.2.3]` or `## 1.2.3 - 2026-01-01`.
fn version_of(heading: &str) -> Option<Version> {
    if is_unreleased(heading) {
        return None;
    }
    let word = heading.trim_start_matches('#').split_whitespace().next().unwrap_or_default();
    let word = word.trim_start_matches('[').split(']').next().unwrap_or_default();
    word.trim_start_matches('v').parse().ok()
}

fn numbers(version: &Version) -> (u64, u64, u64) {
    (version.major, version.minor, version.patch)
}

#[cfg(test)]
mod tests;
