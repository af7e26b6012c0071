//! Paths of files, as references name them: only ever inside of one folder.

use percent_encoding::percent_decode_str;

/// Why a reference names no file that may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It has a scheme such as `https`, or names a host.
    Elsewhere,
    /// It is absolute, or climbs out of the folder.
    Outside,
}

/// The file that a reference names, by its path in the folder; `None` where it names a place in the same text.
///
/// `path` is that of the text with the reference.
pub(super) fn file_of(path: &str, reference: &str) -> Result<Option<String>, Refusal> {
    let file = reference.split('#').next().unwrap_or_default();
    if file.is_empty() {
        return Ok(None);
    }
    if has_scheme(file) || file.starts_with("//") {
        return Err(Refusal::Elsewhere);
    }
    let file = percent_decode_str(file).decode_utf8().map_err(|_| Refusal::Outside)?;
    // A backslash or a colon is a separator or a drive on some systems.
    if file.starts_with('/') || file.contains(['\\', ':', '\0']) {
        return Err(Refusal::Outside);
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or(Refusal::Outside)?),
            part => parts.push(part),
        }
    }
    Ok(Some(parts.join("/")))
}

/// Whether a reference starts like `https:`.
pub(super) fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    // A single letter is the drive of a path.
    scheme.len() > 1
        && scheme.starts_with(|char: char| char.is_ascii_alphabetic())
        && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
}

/// The last part of a path without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    ending.map_or(name, |(stem, _)| stem)
}
