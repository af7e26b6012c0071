//! Where a download goes.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{digest, size};
use crate::{Digest, TransferError, digest::Running, types::ReleaseAsset};

/// The file that an asset is to be: the destination, or the one with the asset's name in it if it is a folder.
pub(crate) async fn file_of(destination: &Path, name: &str) -> Result<PathBuf, TransferError> {
    if is_folder(destination).await {
        let file = destination.join(safe(name, cfg!(windows))?);
        if is_folder(&file).await {
            let source = io::Error::new(io::ErrorKind::IsADirectory, "there is a folder of that name");
            return Err(TransferError::WriteFile { path: file, source });
        }
        return Ok(file);
    }
    let says_folder =
        destination.as_os_str().as_encoded_bytes().last().is_some_and(|last| is_separator(*last));
    let folder = match destination.parent() {
        _ if says_folder || destination.file_name().is_none() => destination,
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => destination,
    };
    check_folder(folder).await?;
    Ok(destination.to_owned())
}

/// Makes sure that a folder is there.
pub(crate) async fn check_folder(folder: &Path) -> Result<(), TransferError> {
    if is_folder(folder).await {
        return Ok(());
    }
    let text = "there is no such folder: make it first";
    let source = io::Error::new(io::ErrorKind::NotFound, text);
    Err(TransferError::WriteFile { path: folder.to_owned(), source })
}

/// The digest of a file that has the size and the digest of the asset.
pub(super) async fn equal(path: &Path, asset: &ReleaseAsset) -> Result<Option<Digest>, TransferError> {
    let Some(expected) = digest(asset) else { return Ok(None) };
    match tokio::fs::metadata(path).await {
        Ok(metadata) if metadata.is_file() && metadata.len() == size(asset) => {}
        _ => return Ok(None),
    }
    let running = Running::default();
    let unreadable = |source| TransferError::ReadFile { path: path.to_owned(), source };
    running.read_all(path).await.map_err(unreadable)?;
    Ok((running.so_far() == (size(asset), expected.clone())).then_some(expected))
}

async fn is_folder(path: &Path) -> bool {
    tokio::fs::metadata(path).await.is_ok_and(|metadata| metadata.is_dir())
}

fn is_separator(byte: u8) -> bool {
    std::path::is_separator(char::from(byte))
}

/// A name from a server as that of a file in a folder, which it must not lead out of.
fn safe(name: &str, is_windows: bool) -> Result<&str, TransferError> {
    let unusable = |reason| Err(TransferError::NameUnusable { name: name.to_owned(), reason });
    if matches!(name, "" | "." | "..") || name.contains(['/', '\\', '\0']) {
        return unusable("it is none of a file in a folder: say what the file is to be called");
    }
    if is_windows && is_special_on_windows(name) {
        return unusable("Windows has no files of that name: say what the file is to be called");
    }
    Ok(name)
}

/// Whether Windows takes a name for a stream (`a:b`) or a device (`NUL`), or changes it (`a.`).
fn is_special_on_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let is_numbered = |device: &str| {
        let number = stem.strip_prefix(device).map(str::as_bytes);
        matches!(number, Some([b'1'..=b'9']))
    };
    let is_device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL");
    is_device
        || is_numbered("COM")
        || is_numbered("LPT")
        || name.ends_with(['.', ' '])
        || name.contains(|c: char| c.is_control() || "<>:\"|?*".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_does_not_lead_out_of_the_folder() {
        for name in ["", ".", "..", "/etc/passwd", "../x", "a/b", "..\\x", "C:\\x", "a\0"] {
            let error = safe(name, false).unwrap_err();
            assert!(matches!(&error, TransferError::NameUnusable { name: of, .. } if of == name), "{error}");
        }
        for name in ["tool.tar.gz", "..a", "-0.1.dmg", "a b", "a:b", "nul"] {
            assert_eq!(safe(name, false).unwrap(), name);
        }
    }

    #[test]
    fn windows_has_names_of_its_own() {
        for name in ["C:x", "a:b", "NUL", "nul.txt", "Com1.tar.gz", "lpt9", "aux ", "a.", "a ", "a?", "a\n"] {
            assert!(safe(name, true).is_err(), "{name:?}");
        }
        for name in ["tool.tar.gz", "com0", "com10.txt", "null", "console.log", "@a+b"] {
            assert_eq!(safe(name, true).unwrap(), name);
        }
    }
}
