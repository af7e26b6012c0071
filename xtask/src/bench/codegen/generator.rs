//! The generators that are measured: where they are, and how they are called.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};

use super::super::programs::executables;
use crate::ci::cargo;
use crate::cli::BenchCodegenArgs;
use crate::stopwatch;

/// The name of what is generated.
pub(super) const CRATE: &str = "measured";

/// Stand in arguments for the description and for the folder of the crate.
const SPEC: &str = "SPEC";
const OUT: &str = "OUT";

/// A generator.
#[derive(Debug)]
pub(super) struct Generator {
    /// What it is called.
    pub(super) name: &'static str,
    /// What it says its version is.
    pub(super) version: String,
    pub(super) program: PathBuf,
    arguments: &'static [&'static str],
    /// How to type it before its arguments.
    typed: &'static str,
    /// The folder that the program takes for the workspace, if it is ours.
    pub(super) workspace: Option<PathBuf>,
}

/// The name of ours.
const OURS: &str = "this generator";

/// A generator of others.
struct Peer {
    program: &'static str,
    version: &'static str,
    arguments: &'static [&'static str],
}

const PEERS: [Peer; 5] = [
    Peer {
        program: "oas3-gen",
        version: "--version",
        arguments: &["generate", "client-mod", "--workspace", "-i", SPEC, "-o", OUT],
    },
    Peer {
        program: "ploidy",
        version: "--version",
        arguments: &["generate", "rust", SPEC, "-o", OUT, "--name", CRATE],
    },
    Peer {
        program: "cargo-progenitor",
        version: "--version",
        arguments: &["progenitor", "-i", SPEC, "-o", OUT, "-n", CRATE, "-v", "0.1.0"],
    },
    Peer {
        program: "openapi-generator-cli",
        version: "version",
        arguments: &[
            "generate",
            "-g",
            "rust",
            "--skip-validate-spec",
            "-i",
            SPEC,
            "-o",
            OUT,
            "--package-name",
            CRATE,
        ],
    },
    Peer {
        program: "openapi-to-rust",
        version: "--version",
        arguments: &["generate", SPEC, "--output-dir", "OUT/src/generated"],
    },
];

impl Generator {
    /// Ours, the program `xtask` of the workspace at `root`.
    pub(super) fn ours(program: PathBuf, root: &Path) -> Self {
        Self {
            name: OURS,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            program,
            arguments: &["codegen", "--number-collisions", "--spec", SPEC, "--out", OUT, "--name", CRATE],
            typed: "cargo run --release -p xtask --",
            workspace: Some(root.to_owned()),
        }
    }

    pub(super) fn is_ours(&self) -> bool {
        self.workspace.is_some()
    }

    /// The call that makes a crate of a description.
    pub(super) fn command(&self, spec: &Path, out: &Path) -> Command {
        let mut command = Command::new(&self.program);
        if let Some(workspace) = &self.workspace {
            // What cargo would tell it.
            command.env("CARGO_MANIFEST_DIR", workspace.join("xtask"));
        }
        command.args(self.arguments.iter().map(|argument| match *argument {
            SPEC => spec.as_os_str().to_owned(),
            argument => match argument.strip_prefix(OUT) {
                Some(rest) => out.join(rest.trim_start_matches('/')).into_os_string(),
                None => argument.into(),
            },
        }));
        command
    }

    /// The call as it can be typed.
    pub(super) fn typed(&self) -> String {
        format!("{} {}", self.typed, self.arguments.join(" "))
    }
}

/// Builds ours as it is released, and gives its program.
pub(super) fn build(root: &Path) -> anyhow::Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--release", "--package", "xtask", "--message-format=json-render-diagnostics"]);
    let output = command.current_dir(root).stderr(Stdio::inherit()).output().context("cannot run cargo")?;
    ensure!(output.status.success(), "the generator does not build");
    let mut programs = executables(&String::from_utf8_lossy(&output.stdout));
    programs.remove("xtask").context("cargo has built no program `xtask`")
}

/// The other generators that are installed, and the names of those that are not.
pub(super) fn peers(args: &BenchCodegenArgs) -> (Vec<Generator>, Vec<&'static str>) {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = args.peer_dir.iter().cloned().chain(env::split_paths(&path)).collect();
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for peer in PEERS {
        let mut programs = folders.iter().map(|folder| folder.join(peer.program));
        match programs.find(|program| program.is_file()) {
            Some(program) => found.push(Generator {
                name: peer.program,
                version: version(&program, peer.version),
                program,
                arguments: peer.arguments,
                typed: peer.program,
                workspace: None,
            }),
            None => missing.push(peer.program),
        }
    }
    (found, missing)
}

/// The first word of a program's answer that starts with a digit.
fn version(program: &Path, argument: &str) -> String {
    let mut command = Command::new(program);
    command.arg(argument);
    let text = stopwatch::run(&command, Duration::from_secs(60))
        .and_then(|mut ran| stopwatch::text(&mut ran.out))
        .unwrap_or_default();
    let mut words = text.split_whitespace().map(|word| word.trim_start_matches('v'));
    words.find(|word| word.starts_with(|c: char| c.is_ascii_digit())).unwrap_or("?").to_owned()
}
