//! What has to change on disk, ready to be shown or carried out.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::{FilesetError, LINK, disk};

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is missing on disk.
    Created,
    /// It is stale on disk.
    Updated,
    /// It is on disk and should not be.
    Removed,
}

/// A file that differs from what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The path relative to the base, with `/`.
    pub path: String,
    /// What happens to it.
    pub kind: ChangeKind,
    /// What is on disk.
    old: Option<Vec<u8>>,
    /// What should be.
    new: Option<String>,
}

impl Change {
    /// A unified diff from what is on disk to what should be; `shown_base` is put before the path.
    pub fn diff(&self, shown_base: &str) -> String {
        let name = |side: &str, exists: bool| {
            if exists { format!("{side}/{}", join(shown_base, &self.path)) } else { "/dev/null".to_owned() }
        };
        let old = String::from_utf8_lossy(self.old.as_deref().unwrap_or_default());
        let new = self.new.as_deref().unwrap_or_default();
        TextDiff::from_lines(old.as_ref(), new)
            .unified_diff()
            .header(&name("a", self.old.is_some()), &name("b", self.new.is_some()))
            .to_string()
    }
}

/// Something on disk that is in the way and not ours to remove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// The path relative to the base, with `/`.
    pub path: String,
    /// What is the matter with it, to be read after the path.
    pub reason: &'static str,
}

/// What has to change below a folder.
#[derive(Debug, Clone)]
pub struct Plan {
    base: PathBuf,
    folder: PathBuf,
    /// How many files there should be.
    pub total: usize,
    /// The files that differ, sorted by path.
    pub changes: Vec<Change>,
    /// What stands in the way; while there is any, nothing is written.
    pub obstacles: Vec<Obstacle>,
}

impl Plan {
    /// A plan without changes, for `total` files in `base/folder`.
    pub(super) fn new(base: PathBuf, folder: PathBuf, total: usize) -> Self {
        Self { base, folder, total, changes: Vec::new(), obstacles: Vec::new() }
    }

    /// A plan that creates those of the files that do not exist in `base`, and leaves the others alone.
    pub fn create_absent(base: &Path, files: Vec<(&str, String)>) -> Result<Self, FilesetError> {
        let mut plan = Self::new(base.to_owned(), PathBuf::new(), files.len());
        for (path, contents) in files {
            let full = base.join(path);
            match fs::symlink_metadata(&full) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    plan.change(Path::new(path), None, Some(contents));
                }
                Err(error) => return Err(FilesetError::io("look at", &full)(error)),
            }
        }
        Ok(plan)
    }

    /// A plan that changes one file in `base`.
    pub fn update(base: &Path, path: &str, old: String, new: String) -> Self {
        let mut plan = Self::new(base.to_owned(), PathBuf::new(), 1);
        plan.change(Path::new(path), Some(old.into_bytes()), Some(new));
        plan
    }

    /// The folder relative to the base, with `/`.
    pub fn folder(&self) -> String {
        slashed(&self.folder)
    }

    /// How many files change in this way.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }

    /// Writes what differs, then removes what should not be there.
    pub fn carry_out(&self) -> Result<(), FilesetError> {
        if !self.obstacles.is_empty() {
            return Err(FilesetError::Obstructed(self.folder()));
        }
        for change in &self.changes {
            if let Some(contents) = &change.new {
                disk::write(&self.base.join(&change.path), contents)?;
            }
        }
        let root = self.base.join(&self.folder);
        for change in self.changes.iter().filter(|change| change.kind == ChangeKind::Removed) {
            disk::remove(&root, &self.base.join(&change.path))?;
        }
        Ok(())
    }

    /// Adds a change of the file at a path relative to the folder.
    pub(super) fn change(&mut self, path: &Path, old: Option<Vec<u8>>, new: Option<String>) {
        let kind = match (&old, &new) {
            (None, _) => ChangeKind::Created,
            (Some(_), Some(_)) => ChangeKind::Updated,
            (Some(_), None) => ChangeKind::Removed,
        };
        self.changes.push(Change { path: slashed(&self.folder.join(path)), kind, old, new });
    }

    /// Adds an obstacle at a path relative to the folder.
    pub(super) fn obstruct(&mut self, path: &Path, reason: &'static str) {
        let path = slashed(&self.folder.join(path));
        if !self.obstacles.iter().any(|known| known.path == path) {
            self.obstacles.push(Obstacle { path, reason });
        }
    }

    /// The first symbolic link on the way from the base to the folder.
    pub(super) fn linked_folder(&self) -> Result<Option<Obstacle>, FilesetError> {
        let mut way = PathBuf::new();
        for part in self.folder.components() {
            way.push(part);
            let full = self.base.join(&way);
            match fs::symlink_metadata(&full) {
                Ok(metadata) if metadata.is_symlink() => {
                    return Ok(Some(Obstacle { path: slashed(&way), reason: LINK }));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => break,
                Err(error) => return Err(FilesetError::io("look at", &full)(error)),
            }
        }
        Ok(None)
    }
}

/// A path put behind a folder, which may be empty.
pub(crate) fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{}/{path}", folder.trim_end_matches('/')) }
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
