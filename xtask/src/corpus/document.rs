//! Which files of a folder are descriptions, and what the invalid ones say that they should get.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use generator::Source;

use super::tree::Node;
use crate::beside::Folder;
use crate::cli::CorpusArgs;
use crate::scaffold::PackageName;
use crate::tree;

/// The folder of descriptions that are expected to be refused.
const INVALID: &str = "invalid";

/// A file that may be a description.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The path in the folder, with `/`.
    pub(super) path: String,
    /// The path on disk.
    pub(super) full: PathBuf,
    /// The name of the crate that is made of it.
    pub(super) crate_name: PackageName,
}

/// All files in YAML or JSON below a folder that the arguments leave in, sorted by path.
pub(super) fn candidates(folder: &Path, args: &CorpusArgs) -> anyhow::Result<Vec<Candidate>> {
    let mut names = BTreeSet::new();
    let mut candidates = Vec::new();
    for path in tree::files(folder)? {
        let is_data = ["json", "yaml", "yml"].iter().any(|ending| path.ends_with(&format!(".{ending}")));
        let contains = |text: &String| path.contains(text.as_str());
        let is_wanted = args.only.is_empty() || args.only.iter().any(contains);
        if is_data {
            // Names are given before files are left out, so that a document has the same one in every run.
            let crate_name = crate_name(&path, &mut names)?;
            if is_wanted && !args.skip.iter().any(contains) {
                candidates.push(Candidate { full: folder.join(&path), path, crate_name });
            }
        }
    }
    Ok(candidates)
}

/// A name for a crate that no other one has; the beginning of a long path is cut off.
fn crate_name(path: &str, taken: &mut BTreeSet<String>) -> anyhow::Result<PackageName> {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    let end = &words[words.len().saturating_sub(50)..];
    let name = format!("of-{}", end.trim_matches('-'));
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name));
    let free = free.context("there is no name left")?;
    taken.insert(free.clone());
    free.parse().map_err(anyhow::Error::msg)
}

/// Whether a text is a description and not a part of one. One that cannot be read is one if it looks like it.
pub(super) fn is_description(text: &str, value: Option<&Node>, is_invalid: bool) -> bool {
    let keys = ["openapi", "swagger"];
    match value {
        _ if is_invalid && first_comment(text).is_some() => true,
        Some(value) => keys.iter().any(|key| value.get(key).is_some()),
        None => {
            let starts = |line: &str| keys.iter().any(|key| line.trim_matches(['"', '\'']).starts_with(key));
            text.lines().map(|line| line.trim_start_matches(['{', ' ', '\u{feff}'])).any(starts)
        }
    }
}

/// The smallest folder inside of `folder` that the description at a path and all files that it consists of are in.
pub(super) fn smallest_root(folder: &Path, full: &Path, spec: &Source) -> anyhow::Result<PathBuf> {
    let files = Folder::of(full, Some(folder))?.files(spec, &[]);
    let parents = |path: &str| -> Vec<String> {
        path.rsplit_once('/')
            .map(|(parent, _)| parent.split('/').map(str::to_owned).collect())
            .unwrap_or_default()
    };
    let mut common = parents(&files.description);
    for (path, _) in files.texts.iter().filter(|(_, text)| text.is_ok()) {
        let shared = common.iter().zip(parents(path)).take_while(|(one, other)| *one == other).count();
        common.truncate(shared);
    }
    let root = common.iter().fold(folder.to_owned(), |root, part| root.join(part));
    ensure!(full.starts_with(&root), "{} is not in {}", full.display(), root.display());
    Ok(root)
}

/// What an invalid description should get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expectation {
    /// The words of its first line.
    pub(super) words: String,
    /// Whether errors are fine.
    pub(super) may_be_refused: bool,
    /// Whether a crate is fine.
    pub(super) may_be_generated: bool,
    /// Whether a crate without a warning is not.
    pub(super) has_to_warn: bool,
}

impl Expectation {
    /// What the first line of a description says, if it is in a folder for invalid ones.
    ///
    /// `an error` alone wants it refused; without that word it is to be generated; with other words such as
    /// `or`, `warning` or `accepted` beside it, either will do. Nothing said wants it refused.
    pub(super) fn of(path: &str, text: &str) -> Option<Self> {
        let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
        folders.split('/').any(|folder| folder == INVALID).then(|| {
            let words = first_comment(text).unwrap_or_default().to_owned();
            let says = |wanted: &[&str]| {
                let mut words = words.split(|c: char| !c.is_alphabetic());
                words.any(|word| wanted.contains(&word.to_ascii_lowercase().as_str()))
            };
            let may_be_refused = says(&["error", "errors"]) || words.is_empty();
            let warns = says(&["warning", "warnings", "warns"]);
            let may_be_generated = !may_be_refused || warns || says(&["accepted", "or"]);
            Self { has_to_warn: warns, may_be_refused, may_be_generated, words }
        })
    }
}

/// The text of the first line, if it is a comment; what stands before a colon is left out.
fn first_comment(text: &str) -> Option<&str> {
    let comment = text.lines().next()?.strip_prefix('#')?.trim();
    Some(comment.strip_prefix("expected:").unwrap_or(comment).trim())
}
