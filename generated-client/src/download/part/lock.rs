//! Files that one writes to and nobody else.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

/// Opens a file to write it, and makes it if it is not there; `None` if somebody else has it open so.
pub(super) fn open(path: &Path) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    // Whoever had the file may have given it its name, and the lock is on the file, not on its name.
    for _ in 0..10 {
        let Some(file) = exclusive(&mut options, path)? else { return Ok(None) };
        if is_at(&file, path)? {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

#[cfg(not(windows))]
fn exclusive(options: &mut OpenOptions, path: &Path) -> io::Result<Option<File>> {
    use std::fs::TryLockError;

    let file = options.open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        // Some file systems have no locks.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Some(file)),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Others may read, rename and delete the file, but not open it to write it. Locks would keep us from reading it too.
#[cfg(windows)]
fn exclusive(options: &mut OpenOptions, path: &Path) -> io::Result<Option<File>> {
    use std::os::windows::fs::OpenOptionsExt;

    const FILE_SHARE_READ: u32 = 1;
    const FILE_SHARE_DELETE: u32 = 4;
    const ERROR_SHARING_VIOLATION: i32 = 32;
    match options.share_mode(FILE_SHARE_READ | FILE_SHARE_DELETE).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a path leads to this very file.
#[cfg(unix)]
pub(super) fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;

    let here = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(there) => Ok((here.dev(), here.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// A file that nobody else can open to write it is not given another name by anybody else either.
#[cfg(not(unix))]
pub(super) fn is_at(_file: &File, path: &Path) -> io::Result<bool> {
    path.try_exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_opened_by_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let first = open(&path).unwrap().unwrap();
        assert!(open(&path).unwrap().is_none());
        drop(first);
        assert!(open(&path).unwrap().is_some());
    }

    /// One opens the file, another one gives it another name and lets go of it, and the first one gets the lock.
    #[test]
    fn a_file_is_the_one_at_its_path_when_it_is_locked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let take = |own: &Path| {
            for _ in 0..2000 {
                if let Some(file) = open(&path).unwrap() {
                    assert!(is_at(&file, &path).unwrap());
                    std::fs::rename(&path, own).unwrap();
                }
            }
        };
        std::thread::scope(|scope| {
            for name in ["a", "b", "c", "d"] {
                let own = folder.path().join(name);
                scope.spawn(move || take(&own));
            }
        });
    }

    #[test]
    fn a_file_that_was_moved_is_not_the_one_at_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("file"), folder.path().join("other"));
        let file = open(&path).unwrap().unwrap();
        assert!(is_at(&file, &path).unwrap());
        std::fs::rename(&path, &other).unwrap();
        assert!(!is_at(&file, &path).unwrap());
        std::fs::write(&path, "another").unwrap();
        #[cfg(unix)]
        assert!(!is_at(&file, &path).unwrap());
    }
}
