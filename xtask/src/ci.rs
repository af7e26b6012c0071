//! `cargo xtask ci`: what a change has to pass, step by step.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use clap::ValueEnum;

use crate::console::{Console, Status};

/// A step, in the order they are run: the quick ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// The code is formatted.
    Fmt,
    /// So are the fuzz targets, which are a workspace of their own.
    FmtFuzz,
    /// The lints are content.
    Clippy,
    /// The client builds with other features than those that are on by default.
    Features,
    /// The generated client is what the generator gives.
    Codegen,
    /// The rules of this repository are kept.
    Tidy,
    /// The tests pass.
    Test,
    /// The docs have no broken links.
    Doc,
}

impl Step {
    fn heading(self) -> &'static str {
        match self {
            Self::Fmt => "the code is formatted",
            Self::FmtFuzz => "the fuzz targets are formatted",
            Self::Clippy => "the lints are content",
            Self::Features => "the client builds with other features",
            Self::Codegen => "the generated client is up to date",
            Self::Tidy => "the rules of this repository are kept",
            Self::Test => "the tests pass",
            Self::Doc => "the docs are sound",
        }
    }

    /// The command as it is typed: variables, program, arguments.
    fn command(self) -> &'static str {
        match self {
            Self::Fmt => "cargo fmt --all -- --check",
            Self::FmtFuzz => "cargo fmt --manifest-path generator/fuzz/Cargo.toml -- --check",
            Self::Clippy => "cargo clippy --workspace --all-targets -- -D warnings",
            Self::Features => {
                "cargo check --package github-release-assets --no-default-features --features blocking,rustls-no-provider"
            }
            Self::Codegen => "cargo xtask codegen --check",
            Self::Tidy => "cargo xtask tidy",
            Self::Test => "cargo test --workspace",
            Self::Doc => "RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps",
        }
    }
}

/// Runs the steps that are not skipped, up to the first that fails.
pub fn run(root: &Path, skip: &[Step], console: &mut Console<'_>) -> anyhow::Result<Status> {
    for step in Step::value_variants().iter().filter(|step| !skip.contains(step)) {
        heading(step.heading(), step.command(), console)?;
        if !passes(root, step.command(), console)? {
            writeln!(console.err, "\nfailed: {}\nto repeat it: {}", step.heading(), step.command())?;
            return Ok(Status::Differs);
        }
    }
    writeln!(console.out, "\nall passed")?;
    Ok(Status::Fine)
}

/// Says what is about to be run.
pub(crate) fn heading(text: &str, command: &str, console: &mut Console<'_>) -> anyhow::Result<()> {
    writeln!(console.out, "\n== {text}\n   {command}")?;
    // The command writes to the same terminal by itself.
    console.out.flush()?;
    Ok(())
}

/// Runs a command line of words without quotes; one of our own runs in this process.
fn passes(root: &Path, line: &str, console: &mut Console<'_>) -> anyhow::Result<bool> {
    if let Some(arguments) = line.strip_prefix("cargo xtask ") {
        let arguments = std::iter::once("cargo xtask").chain(arguments.split(' ')).map(OsString::from);
        return Ok(crate::run(arguments, console) == Status::Fine);
    }
    let status = command(line).current_dir(root).status().with_context(|| format!("cannot run {line}"))?;
    Ok(status.success())
}

/// A command from its line: `NAME=value` words before the program become variables.
fn command(line: &str) -> Command {
    let is_variable = |word: &&str| word.split_once('=').is_some_and(|(name, _)| !name.contains('-'));
    let variables = line.split(' ').take_while(is_variable);
    let mut rest = line.split(' ').skip_while(is_variable);
    let mut command = match rest.next().unwrap_or_default() {
        "cargo" => cargo(),
        program => Command::new(program),
    };
    command.args(rest).envs(variables.filter_map(|word| word.split_once('=')));
    command
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_stand_before_the_program() {
        let command = command("A=-Dx rustup --flag=y B=z");
        assert_eq!(command.get_program(), "rustup");
        assert_eq!(command.get_args().collect::<Vec<_>>(), ["--flag=y", "B=z"]);
        assert_eq!(command.get_envs().collect::<Vec<_>>(), [("A".as_ref(), Some("-Dx".as_ref()))]);
    }

    #[test]
    fn a_step_that_fails_says_how_to_repeat_it() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("Cargo.toml"), "no manifest, so cargo fails at once").unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console { out: &mut out, err: &mut err, color: false };
        assert_eq!(
            run(
                folder.path(),
                &[Step::Fmt, Step::FmtFuzz, Step::Clippy, Step::Features, Step::Codegen, Step::Tidy],
                &mut console
            )
            .unwrap(),
            Status::Differs
        );
        assert_eq!(String::from_utf8(out).unwrap(), "\n== the tests pass\n   cargo test --workspace\n");
        let err = String::from_utf8(err).unwrap();
        assert!(err.ends_with("failed: the tests pass\nto repeat it: cargo test --workspace\n"), "{err}");
    }
}
