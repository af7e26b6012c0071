//! The programs that a measurement needs, built as they are released.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, ensure};
use serde::Deserialize;

use crate::ci::cargo;

/// Where the package is, from the root of the workspace.
pub(super) const PACKAGE: &str = "xtask/bench-clients";

/// Where the programs are.
#[derive(Debug)]
pub(super) struct Programs {
    /// Serves.
    pub(super) server: PathBuf,
    /// Does a task with one of the clients in Rust.
    pub(super) subject: PathBuf,
    /// Runs a program and says what it took.
    pub(super) measure: PathBuf,
}

impl Programs {
    /// Builds the package; cargo shows its progress.
    pub(super) fn build(root: &Path) -> anyhow::Result<Self> {
        let mut command = cargo();
        command
            .args(["build", "--release", "--message-format=json-render-diagnostics"])
            .arg("--manifest-path")
            .arg(root.join(PACKAGE).join("Cargo.toml"));
        if std::env::var_os("CARGO_TARGET_DIR").is_none() {
            command.arg("--target-dir").arg(root.join("target/bench-clients"));
        }
        let output = command.stderr(Stdio::inherit()).output().context("cannot run cargo")?;
        ensure!(output.status.success(), "{PACKAGE} does not build");
        Self::find(&String::from_utf8_lossy(&output.stdout))
    }

    /// Finds the programs in what cargo says, a JSON document on each line.
    pub(super) fn find(messages: &str) -> anyhow::Result<Self> {
        let mut paths = executables(messages);
        let mut take =
            |name: &str| paths.remove(name).with_context(|| format!("cargo has built no program `{name}`"));
        Ok(Self { server: take("server")?, subject: take("subject")?, measure: take("measure")? })
    }
}

/// Where cargo says that the programs are, by their names.
pub(super) fn executables(messages: &str) -> HashMap<String, PathBuf> {
    let built = messages.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok());
    built.filter_map(|built| Some((built.target.name, built.executable?))).collect()
}

/// A message about something that was built.
#[derive(Deserialize)]
struct Message {
    target: Target,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}
