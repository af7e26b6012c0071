//! Reading and writing single files: links are not followed, and no file is ever half written.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::FilesetError;

/// How the names of our temporary files start: one that a killed run left behind may be removed.
const TEMPORARY: &str = ".codegen-";

/// Something found in a folder.
#[derive(Debug)]
pub(super) enum Entry {
    /// A file and its contents.
    File(Vec<u8>),
    /// A folder.
    Folder,
    /// A symbolic link, or another thing that is neither a file nor a folder.
    Link,
}

/// Everything below a folder, by its path relative to it; nothing when the folder does not exist.
pub(super) fn walk(root: &Path) -> Result<BTreeMap<PathBuf, Entry>, FilesetError> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let full = root.join(&folder);
        let entries = match fs::read_dir(&full) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder.as_os_str().is_empty() => break,
            entries => entries.map_err(FilesetError::io("list", &full))?,
        };
        for entry in entries {
            let entry = entry.map_err(FilesetError::io("list", &full))?;
            let path = folder.join(entry.file_name());
            let kind = entry.file_type().map_err(FilesetError::io("look at", &entry.path()))?;
            let entry = if kind.is_dir() {
                folders.push(path.clone());
                Entry::Folder
            } else if kind.is_file() {
                Entry::File(fs::read(entry.path()).map_err(FilesetError::io("read", &entry.path()))?)
            } else {
                Entry::Link
            };
            found.insert(path, entry);
        }
    }
    Ok(found)
}

/// Whether a file is one that [`write()`] was writing when it was stopped.
pub(super) fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(TEMPORARY))
}

/// Writes a file through a temporary one beside it, making its folders.
pub(crate) fn write(path: &Path, contents: &str) -> Result<(), FilesetError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(FilesetError::io("create", folder))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    // Temporary files are private by default; these are to be as readable as any other source.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(FilesetError::io("create a file in", folder))?;
    file.write_all(contents.as_bytes()).map_err(FilesetError::io("write", file.path()))?;
    file.persist(path).map_err(|error| error.error).map_err(FilesetError::io("replace", path))?;
    Ok(())
}

/// Removes a file, then its folders as far as they are empty, up to `root`.
pub(super) fn remove(root: &Path, path: &Path) -> Result<(), FilesetError> {
    fs::remove_file(path).map_err(FilesetError::io("remove", path))?;
    for folder in path.ancestors().skip(1).take_while(|folder| *folder != root) {
        match fs::remove_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => break,
            result => result.map_err(FilesetError::io("remove", folder))?,
        }
    }
    Ok(())
}
