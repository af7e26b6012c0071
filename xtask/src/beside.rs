//! The files that the references of a description lead to: found in its folder, and nowhere else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, ensure};
use generator::{Files, Source, wanted_files};

/// How many files a description may consist of.
const MAX_FILES: usize = 5_000;

/// How many bytes all of them may have.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Reads what the references of a description and its overlays lead to, and what those of these files do.
///
/// `description` is the path of the description as `read` takes paths: with `/`, in the folder that references stay in.
pub fn collect(
    description: &str,
    spec: &Source,
    overlays: &[Source],
    mut read: impl FnMut(&str) -> Result<Source, String>,
) -> Files {
    let mut files = Files { description: description.to_owned(), ..Files::default() };
    let mut wanted: BTreeSet<String> =
        std::iter::once(spec).chain(overlays).flat_map(|source| wanted_files(description, source)).collect();
    let mut bytes = 0;
    while let Some(path) = wanted.pop_first() {
        let mut text = if files.texts.len() < MAX_FILES {
            read(&path)
        } else {
            Err(format!("there are more than {MAX_FILES} files"))
        };
        bytes += text.as_ref().map_or(0, |source| source.text.len() as u64);
        if bytes > MAX_BYTES {
            text = Err(format!("all files together have more than {MAX_BYTES} bytes"));
        }
        if let Ok(source) = &text {
            let more = wanted_files(&path, source).into_iter();
            wanted.extend(more.filter(|more| more != description && !files.texts.contains_key(more)));
        }
        files.texts.insert(path, text);
    }
    files
}

/// A folder on disk that references stay in.
#[derive(Debug)]
pub struct Folder {
    /// Where it is, without links.
    real: PathBuf,
    /// What it is called in diagnostics.
    shown: PathBuf,
    /// The path of the description in it.
    description: String,
}

impl Folder {
    /// The folder of a description at a path, or another one around it.
    ///
    /// Fails when the description is not in the folder, or either cannot be found.
    pub fn of(spec: &Path, root: Option<&Path>) -> anyhow::Result<Self> {
        let parent = spec.parent().unwrap_or(Path::new(""));
        let shown = root.unwrap_or(parent).to_owned();
        let find = |path: &Path| {
            let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
            fs::canonicalize(path).with_context(|| format!("cannot find {}", path.display()))
        };
        let real = find(&shown)?;
        let folder = find(parent)?;
        let inner = folder.strip_prefix(&real).ok();
        ensure!(inner.is_some(), "{} is not in {}", spec.display(), shown.display());
        let parts =
            inner.into_iter().flat_map(Path::components).chain(spec.file_name().map(Component::Normal));
        let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        Ok(Self { real, shown, description: parts.join("/") })
    }

    /// Reads what the references of its description and of overlays lead to.
    pub fn files(&self, spec: &Source, overlays: &[Source]) -> Files {
        collect(&self.description, spec, overlays, |path| self.read(path))
    }

    /// Reads a file, or says in a few words why not.
    fn read(&self, path: &str) -> Result<Source, String> {
        let Ok(real) = fs::canonicalize(self.real.join(path)) else {
            return Err("there is no such file".to_owned());
        };
        if !real.starts_with(&self.real) {
            return Err("it is a link that leads out of the folder".to_owned());
        }
        match fs::metadata(&real) {
            Ok(found) if !found.is_file() => return Err("it is no file".to_owned()),
            Ok(found) if found.len() > MAX_BYTES => {
                return Err(format!("it has more than {MAX_BYTES} bytes"));
            }
            _ => {}
        }
        let text = fs::read(&real).map_err(|error| error.to_string())?;
        let text = String::from_utf8(text).map_err(|_| "it is not UTF-8".to_owned())?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Ok(Source { name: self.shown.join(path).to_string_lossy().into_owned(), text })
    }
}

#[cfg(test)]
mod tests;
