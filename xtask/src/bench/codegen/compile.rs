//! `cargo check` of what a generator wrote: what it depends on first, so that the figures are of the crate alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;
use toml::{Table, Value};

use super::emitted;
use super::figures::mib;
use super::generator::{CRATE, Generator};
use crate::ci::cargo;
use crate::corpus::messages;
use crate::stopwatch;

/// What the compiler says of a crate.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    /// What was switched on.
    pub(super) what: String,
    /// What cargo was told.
    pub(super) arguments: Vec<String>,
    /// How it went, or why not.
    pub(super) result: Result<Figures, String>,
}

/// How a check went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figures {
    pub(super) seconds: f64,
    /// Of the largest process, in MiB.
    pub(super) peak: f64,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

/// Checks the crate in a folder, ours also with one tag at a time.
pub(super) fn check(
    generator: &Generator,
    folder: &Path,
    root: &Path,
    limit: Duration,
) -> anyhow::Result<Vec<Checked>> {
    complete(folder)?;
    let runs = if generator.is_ours() {
        // The workspace's versions are there already.
        let lock = root.join("Cargo.lock");
        if lock.exists() {
            fs::copy(lock, folder.join("Cargo.lock")).context("cannot copy the Cargo.lock")?;
        }
        of_ours(folder)?
    } else {
        vec![("everything".to_owned(), vec!["--all-features".to_owned()])]
    };
    let target = tempfile::tempdir().context("there is no place for what is compiled")?;
    let mut checks = Vec::new();
    for (what, arguments) in runs {
        let place = Place { folder, target: target.path(), arguments: &arguments, limit };
        let result = place.check()?;
        checks.push(Checked { what, arguments, result });
    }
    Ok(checks)
}

/// Makes a crate of modules that come with the list of what they need, and not with a manifest.
fn complete(folder: &Path) -> anyhow::Result<()> {
    let manifest = folder.join("Cargo.toml");
    if manifest.exists() {
        return Ok(());
    }
    let needed = fs::read_to_string(folder.join("src/generated/REQUIRED_DEPS.toml")).unwrap_or_default();
    let needed = if needed.contains("[dependencies]") { needed } else { format!("[dependencies]\n{needed}") };
    let package =
        format!("[package]\nname = \"{CRATE}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{needed}");
    fs::write(manifest, package).context("cannot write a manifest")?;
    fs::write(folder.join("src/lib.rs"), "pub mod generated;\n").context("cannot write src/lib.rs")
}

/// What of our crate is compiled: everything, and what the smallest, the middle and the largest tag need.
fn of_ours(folder: &Path) -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let path = folder.join("Cargo.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let manifest: Table = toml::from_str(&text).context("the manifest cannot be read")?;
    let features = manifest.get("features").and_then(Value::as_table);
    let list = |name: &str| -> Vec<String> {
        let list = features.and_then(|features| features.get(name)).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let mut everything = Vec::new();
    // The others choose between ways to do TLS.
    if features.is_some_and(|features| features.contains_key("blocking")) {
        everything = vec!["--features".to_owned(), "blocking".to_owned()];
    }
    let mut runs = vec![("everything".to_owned(), everything)];
    let mut default = list("default");
    default.retain(|feature| feature != "every-tag");
    for tag in emitted::tags(folder, &list("every-tag"))? {
        let features = [vec![tag.clone()], default.clone()].concat().join(",");
        let arguments = ["--no-default-features", "--features", &features].map(str::to_owned);
        runs.push((format!("the tag `{tag}`"), arguments.to_vec()));
    }
    Ok(runs)
}

/// One check.
struct Place<'a> {
    folder: &'a Path,
    target: &'a Path,
    arguments: &'a [String],
    limit: Duration,
}

impl Place<'_> {
    /// Compiles what the crate depends on together with an empty crate, and then the crate.
    fn check(&self) -> anyhow::Result<Result<Figures, String>> {
        let library = match self.library()? {
            Ok(library) => library,
            Err(why) => return Ok(Err(why)),
        };
        let code = fs::read(&library).with_context(|| format!("cannot read {}", library.display()))?;
        fs::write(&library, "")?;
        let prepared = stopwatch::run(&self.cargo(), self.limit);
        fs::write(&library, code)?;
        if let Some(why) = prepared?.failure()? {
            return Ok(Err(why));
        }
        let mut ran = stopwatch::run(&self.cargo(), self.limit)?;
        let failure = ran.failure()?;
        let messages = messages(ran.out)?;
        let errors = messages.iter().filter(|message| message.starts_with("error")).count();
        match failure {
            Some(why) if errors == 0 => Ok(Err(why)),
            _ => Ok(Ok(Figures {
                seconds: ran.wall.as_secs_f64(),
                peak: mib(ran.peak),
                errors,
                warnings: messages.len() - errors,
            })),
        }
    }

    fn cargo(&self) -> Command {
        let mut command = cargo();
        command.current_dir(self.folder).args(["check", "--message-format", "json"]).args(self.arguments);
        command.arg("--target-dir").arg(self.target).env("CARGO_INCREMENTAL", "0");
        command
    }

    /// The file that the library starts with.
    fn library(&self) -> anyhow::Result<Result<PathBuf, String>> {
        let mut command = cargo();
        command.current_dir(self.folder).args(["metadata", "--no-deps", "--format-version", "1"]);
        let mut ran = stopwatch::run(&command, self.limit)?;
        if let Some(why) = ran.failure()? {
            return Ok(Err(why));
        }
        let metadata: Metadata = serde_json::from_str(&stopwatch::text(&mut ran.out)?)
            .context("cargo says something else of the crate")?;
        let mut targets = metadata.packages.into_iter().flat_map(|package| package.targets);
        let library = targets.find(|target| target.kind.iter().any(|kind| kind == "lib"));
        Ok(library.map(|target| target.src_path).ok_or_else(|| "it is no library".to_owned()))
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    src_path: PathBuf,
}
