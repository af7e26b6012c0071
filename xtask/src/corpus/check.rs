//! Crates through cargo: without the network, with the workspace's versions, one after another.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use anyhow::Context;
use serde::Deserialize;
use wait4::Wait4;

use super::outcome::Compiled;
use crate::ci;

/// What looks at a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    Check,
    Clippy,
    Doc,
}

impl Tool {
    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Check => "rustc",
            Self::Clippy => "clippy",
            Self::Doc => "rustdoc",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Clippy => &["clippy"],
            Self::Doc => &["doc", "--no-deps"],
        }
    }
}

/// Where crates are compiled.
#[derive(Debug)]
pub(super) struct Workshop {
    target: PathBuf,
    lock: PathBuf,
    jobs: usize,
}

impl Workshop {
    /// Compiles in the folder where the tests compile emitted code, too, so that dependencies are compiled once.
    pub(super) fn new(root: &Path, jobs: usize) -> Self {
        Self { target: target_folder(root).join("fixtures"), lock: root.join("Cargo.lock"), jobs }
    }

    /// Compiles all that a crate depends on, so that later figures are of the crate alone.
    ///
    /// The workspace's versions are there already; no other needs to be fetched.
    /// Gives what cargo says when that fails.
    pub(super) fn prepare(&self, folder: &Path) -> anyhow::Result<Result<(), String>> {
        fs::copy(&self.lock, folder.join("Cargo.lock")).context("cannot copy the Cargo.lock")?;
        let ran = self.cargo(folder, &["check", "--package", "client-runtime"])?;
        Ok(if ran.success { Ok(()) } else { Err(ran.errors) })
    }

    /// Lets a tool look at a crate.
    pub(super) fn run(&self, tool: Tool, folder: &Path, own_runtime: bool) -> anyhow::Result<Compiled> {
        let mut ran = self.cargo(folder, tool.arguments())?;
        if !ran.success && ran.messages.is_empty() {
            ran.messages.insert(ran.errors);
        }
        Ok(Compiled {
            seconds: ran.seconds,
            peak_mib: ran.peak_bytes as f64 / f64::from(1 << 20),
            messages: ran.messages.into_iter().collect(),
            own_runtime,
        })
    }

    fn cargo(&self, folder: &Path, arguments: &[&str]) -> anyhow::Result<Ran> {
        // Files, because a pipe that nobody reads stops who writes into it.
        let (out, mut err) = (tempfile::tempfile()?, tempfile::tempfile()?);
        let mut command = ci::cargo();
        command.current_dir(folder).args(arguments);
        command.args(["--offline", "--message-format", "json", "--jobs", &self.jobs.to_string()]);
        command.arg("--target-dir").arg(&self.target);
        command.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(err.try_clone()?);
        let start = Instant::now();
        let ended = command.spawn().and_then(|mut child| child.wait4()).context("cannot run cargo")?;
        let seconds = start.elapsed().as_secs_f64();
        let mut errors = String::new();
        err.rewind()?;
        err.read_to_string(&mut errors)?;
        let messages = messages(out)?;
        Ok(Ran {
            seconds,
            peak_bytes: ended.rusage.maxrss,
            success: ended.status.success(),
            messages,
            errors,
        })
    }
}

/// Where cargo puts what it builds.
pub(super) fn target_folder(root: &Path) -> PathBuf {
    root.join(env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from))
}

/// How a run of cargo ended.
struct Ran {
    seconds: f64,
    /// Of its largest process.
    peak_bytes: u64,
    success: bool,
    messages: BTreeSet<String>,
    errors: String,
}

#[derive(Deserialize)]
struct Line {
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    rendered: Option<String>,
    spans: Vec<serde_json::Value>,
    code: Option<serde_json::Value>,
}

/// The errors and warnings in what cargo prints, each once: a library is compiled for its tests, too.
pub(crate) fn messages(mut out: File) -> anyhow::Result<BTreeSet<String>> {
    out.rewind()?;
    let mut messages = BTreeSet::new();
    for line in BufReader::new(out).lines() {
        let Ok(Line { message: Some(message) }) = serde_json::from_str(&line?) else { continue };
        // What has neither a place nor a code counts the others.
        let is_finding = ["error", "warning"].contains(&message.level.as_str())
            && (message.code.is_some() || !message.spans.is_empty());
        messages.extend(message.rendered.filter(|_| is_finding));
    }
    Ok(messages)
}
