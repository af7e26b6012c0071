//! Where a link leads.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// How many links may lead from one to the next, as on Linux.
const MOST: usize = 40;

/// The file that a path leads to if it is a symbolic link, and the path itself otherwise. The file need not be there.
pub(super) fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST {
        // Whatever else is in the way is told by the one who opens the file.
        if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Ok(path);
        }
        let target = fs::read_link(&path)?;
        path.pop();
        path.push(target);
    }
    Err(io::Error::other("its links lead in a circle"))
}
