//! The files of a folder, without those that nobody wrote by hand.

use std::fs;
use std::path::Path;

use anyhow::Context;

/// Folders that hold what was built or downloaded.
const SKIPPED: [&str; 2] = ["target", "node_modules"];

/// The paths of all files below a folder, relative to it, with `/`, sorted.
///
/// Leaves out hidden files and folders except `.ci` and `.github`, and what tools put there. Links are not
/// followed.
pub fn files(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let full = root.join(&folder);
        let entries = fs::read_dir(&full).with_context(|| format!("cannot list {}", full.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot list {}", full.display()))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_hidden = name.starts_with('.') && ![".ci", ".github"].contains(&name.as_str());
            let kind = entry.file_type()?;
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if kind.is_dir() && !is_hidden && !SKIPPED.contains(&name.as_str()) {
                folders.push(path);
            } else if kind.is_file() && !is_hidden {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
