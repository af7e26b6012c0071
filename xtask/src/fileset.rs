//! A folder that belongs to the generator: compared with what it should hold, then brought up to it.
//!
//! Everything is in memory before the first write. Only files that differ are written, each through a
//! temporary file in its own folder and a rename; files that should not be there are removed last.

mod disk;
mod plan;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) use disk::write as write_file;
pub(crate) use plan::join;
pub use plan::{Change, ChangeKind, Obstacle, Plan};

use disk::Entry;

/// What a file says in its first lines when it belongs to the generator.
pub const MARKER: &str = "@generated";

/// How many of its first lines are searched for [`MARKER`].
const MARKED_LINES: usize = 5;

/// What can go wrong with a folder of generated files.
#[derive(Debug, thiserror::Error)]
pub enum FilesetError {
    /// A path that is empty, absolute, or leads out of the folder.
    #[error("`{0}` is not a path inside of the generated folder")]
    Path(String),
    /// A file that could not be told from a hand-written one later.
    #[error("`{0}` does not carry `@generated` in its first lines")]
    Unmarked(String),
    /// A plan that has obstacles.
    #[error("something in `{0}` stands in the way")]
    Obstructed(String),
    /// The file system refused.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl FilesetError {
    fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }
}

/// The files that a folder should hold, and no others.
#[derive(Debug, Clone)]
pub struct Fileset {
    base: PathBuf,
    folder: PathBuf,
    files: BTreeMap<PathBuf, String>,
}

impl Fileset {
    /// A set for the folder `base/folder`; of the way from `base` to it, nothing may be a symbolic link.
    pub fn new(base: impl Into<PathBuf>, folder: impl Into<PathBuf>) -> Self {
        Self { base: base.into(), folder: folder.into(), files: BTreeMap::new() }
    }

    /// Adds a file at a path with `/`, relative to the folder.
    pub fn insert(&mut self, path: &str, contents: String) -> Result<(), FilesetError> {
        let is_inside =
            path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']));
        if !is_inside {
            return Err(FilesetError::Path(path.to_owned()));
        }
        if !is_marked(contents.as_bytes()) {
            return Err(FilesetError::Unmarked(path.to_owned()));
        }
        self.files.insert(path.split('/').collect(), contents);
        Ok(())
    }

    /// Finds what has to change on disk; writes nothing.
    pub fn compare(self) -> Result<Plan, FilesetError> {
        let root = self.base.join(&self.folder);
        let mut plan = Plan::new(self.base, self.folder, self.files.len());
        if let Some(link) = plan.linked_folder()? {
            plan.obstacles.push(link);
            return Ok(plan);
        }
        let mut found = disk::walk(&root)?;
        for (path, contents) in self.files {
            let folders: Vec<&Path> =
                path.ancestors().skip(1).filter(|it| !it.as_os_str().is_empty()).collect();
            if let Some(file) = folders.into_iter().find(|it| matches!(found.get(*it), Some(Entry::File(_))))
            {
                plan.obstruct(file, "is a file where a folder has to be");
                continue;
            }
            match found.remove(&path) {
                None => plan.change(&path, None, Some(contents)),
                Some(Entry::File(old)) if old == contents.as_bytes() => {}
                Some(Entry::File(old)) => {
                    // An empty file has nothing to lose; any other without the marker may be somebody's work.
                    if !old.is_empty() && !is_marked(&old) {
                        plan.obstruct(&path, UNMARKED);
                    }
                    plan.change(&path, Some(old), Some(contents));
                }
                Some(Entry::Folder) => plan.obstruct(&path, "is a folder where a file has to be"),
                Some(Entry::Link) => plan.obstruct(&path, LINK),
            }
        }
        for (path, entry) in found {
            match entry {
                Entry::Folder => {}
                Entry::Link => plan.obstruct(&path, LINK),
                Entry::File(old) if is_marked(&old) || disk::is_temporary(&path) => {
                    plan.change(&path, Some(old), None);
                }
                Entry::File(_) => plan.obstruct(&path, UNMARKED),
            }
        }
        plan.changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(plan)
    }
}

const LINK: &str = "is a symbolic link, which is not followed";
const UNMARKED: &str = "does not carry `@generated` in its first lines, so it may be hand-written";

/// Whether a file says that it is generated.
pub fn is_marked(contents: &[u8]) -> bool {
    let marker = MARKER.as_bytes();
    contents
        .split(|byte| *byte == b'\n')
        .take(MARKED_LINES)
        .any(|line| line.windows(marker.len()).any(|window| window == marker))
}

#[cfg(test)]
mod tests;
