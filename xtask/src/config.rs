//! `spec/codegen.toml`: what the workspace's own client is generated from.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, ensure};
use generator::pointer::Pointer;
use generator::sync::Decision;
use generator::{Diagnostic, Location, Options, Source};
use serde::Deserialize;

/// Where the file is, relative to the root of the workspace.
pub const PATH: &str = "spec/codegen.toml";

/// The contents of the file; its paths are made relative to the root of the workspace.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The description.
    pub spec: PathBuf,
    /// Overlays to apply to it, in order.
    #[serde(default)]
    pub overlays: Vec<PathBuf>,
    /// The folder of the generated crate.
    pub output: PathBuf,
    /// The name of the generated crate.
    #[serde(rename = "crate")]
    pub crate_name: String,
    /// A prefix of operation ids that method names leave out.
    pub strip_prefix: Option<String>,
    /// Patterns of the operation ids to keep; all when empty.
    #[serde(default)]
    pub include: Vec<String>,
    /// Whether names that collide are numbered instead of refused.
    #[serde(default)]
    pub number_collisions: bool,
    /// Whether everything is compiled always, and there are no features for tags.
    #[serde(default)]
    pub no_tag_features: bool,
    /// Whether schemas that no operation reaches become types too.
    #[serde(default)]
    pub all_schemas: bool,
    /// Names decided by hand.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// What was decided where the sources of `cargo xtask sync` disagree.
    #[serde(default)]
    pub decisions: Vec<Decision>,
}

/// A text that is not a configuration, with the text to show it in.
#[derive(Debug)]
pub struct ConfigError {
    /// What is wrong and where.
    pub diagnostic: Diagnostic,
    /// The text.
    pub source: Source,
}

impl Config {
    /// Reads the configuration from its text; `name` is its path relative to the root of the workspace.
    pub fn parse(name: &str, text: String) -> Result<Self, Box<ConfigError>> {
        match toml::from_str::<Self>(&text) {
            Ok(config) => Ok(config.relative_to(Path::new(name).parent().unwrap_or(Path::new("")))),
            Err(error) => {
                let span = error.span().unwrap_or_default();
                let message = error.message().lines().collect::<Vec<_>>().join("; ");
                let diagnostic = Diagnostic::error(&Pointer::root(), "invalid-config", message).at(location(
                    name,
                    &text,
                    span.start,
                    span.len(),
                ));
                Err(Box::new(ConfigError { diagnostic, source: Source { name: name.to_owned(), text } }))
            }
        }
    }

    /// How to generate.
    pub fn options(&self) -> Options {
        Options {
            crate_name: self.crate_name.clone(),
            include: self.include.clone(),
            strip_prefix: self.strip_prefix.clone(),
            number_collisions: self.number_collisions,
            tell_collisions: false,
            tag_features: !self.no_tag_features,
            all_schemas: self.all_schemas,
            names: self.names.clone(),
        }
    }

    fn relative_to(mut self, folder: &Path) -> Self {
        let paths = [&mut self.spec, &mut self.output].into_iter().chain(&mut self.overlays);
        for path in paths {
            *path = normalize(&folder.join(&*path));
        }
        self
    }
}

/// How many bytes a text may have; a device can have any number.
const MAX_BYTES: u64 = 1 << 30;

/// Reads a whole text, without the byte order mark that some editors put before it.
///
/// Fails when the file cannot be read, is too large, or is not UTF-8.
pub fn read(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(bytes.len() as u64 <= MAX_BYTES, "{} has more than {MAX_BYTES} bytes", path.display());
    let text = String::from_utf8(bytes).map_err(|error| {
        anyhow::anyhow!(
            "{} is not UTF-8: byte {} is odd; save it as UTF-8",
            path.display(),
            error.utf8_error().valid_up_to() + 1
        )
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Takes `.` and `..` out of a path as far as it can be done without looking at the disk.
fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

fn location(name: &str, text: &str, offset: usize, length: usize) -> Location {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    Location {
        source: name.to_owned(),
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
        offset,
        length,
    }
}

#[cfg(test)]
mod tests;
