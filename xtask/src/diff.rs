//! `cargo xtask diff`: two descriptions in, what their differences mean out.

mod git;
pub mod json;
mod layout;
pub mod markdown;
mod release;
mod subject;
pub mod text;

use std::io::IsTerminal;
use std::path::Path;

use generator::diff::{Comparison, Level};
use generator::{Diagnostics, Severity};

use crate::cli::{DiffArgs, ReportFormat};
use crate::console::{Console, Status};
use crate::render;

pub use release::Release;

use subject::{Subject, Unreadable};

/// How a comparison is reported; what [`text::render`], [`markdown::render`] and [`json::render`] take.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// What the old side is called.
    pub old: &'a str,
    /// What the new side is called.
    pub new: &'a str,
    /// What the version and the changelog have to say, where they are known.
    pub release: Option<&'a Release>,
    /// Whether everything is shown: all operations, all notes, all signatures.
    pub verbose: bool,
    /// Whether a text is for a terminal that shows ANSI colours.
    pub color: bool,
}

/// Compares what the arguments name, in the workspace at `root`.
///
/// # Errors
///
/// Files that cannot be read, and what git refuses.
pub fn run(root: &Path, args: &DiffArgs, console: &mut Console<'_>) -> anyhow::Result<Status> {
    match Subject::of(root, args) {
        Ok(subject) => report(&subject, args, console),
        Err(Unreadable::Config(error)) => {
            let diagnostics = Diagnostics(vec![error.diagnostic]);
            console.err.write_all(render::render(&diagnostics, &[error.source], console.color).as_bytes())?;
            Ok(Status::Bad)
        }
        Err(Unreadable::Other(error)) => Err(error),
    }
}

fn report(subject: &Subject, args: &DiffArgs, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let comparison = match generator::diff::compare(&subject.old.input, &subject.new.input) {
        Ok(comparison) => comparison,
        Err(incomparable) => {
            show(&[&incomparable.old, &incomparable.new], subject, args, console)?;
            return Ok(Status::Bad);
        }
    };
    show(&[&comparison.old_diagnostics, &comparison.new_diagnostics], subject, args, console)?;
    let release =
        subject.state.as_ref().map(|state| Release::check(&state.old, &state.new, comparison.verdict.level));
    let options = Options {
        old: &subject.old.name,
        new: &subject.new.name,
        release: release.as_ref(),
        verbose: args.verbose,
        // The console knows of the terminal that errors go to, and whether colours are wanted.
        color: console.color && std::io::stdout().is_terminal(),
    };
    let text = match args.format {
        ReportFormat::Text => text::render(&comparison, &options),
        ReportFormat::Markdown => markdown::render(&comparison, &options),
        ReportFormat::Json => json::render(&comparison, &options)?,
    };
    console.out.write_all(text.as_bytes())?;
    Ok(status(&comparison, release.as_ref()))
}

/// How a comparison ends: what breaks is fine once the version and the changelog say so, where they are known.
fn status(comparison: &Comparison, release: Option<&Release>) -> Status {
    let is_fine = match release {
        Some(release) => release.todo.is_empty(),
        None => comparison.verdict.level != Level::Major,
    };
    if is_fine { Status::Fine } else { Status::Differs }
}

/// Shows what is wrong with the descriptions; warnings, which `codegen` is there for, only where all is wanted.
fn show(
    found: &[&Diagnostics; 2],
    subject: &Subject,
    args: &DiffArgs,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    for (diagnostics, side) in found.iter().zip([&subject.old, &subject.new]) {
        let shown = diagnostics.0.iter().filter(|found| args.verbose || found.severity == Severity::Error);
        let shown = Diagnostics(shown.cloned().collect());
        let render = if args.verbose { render::render } else { render::render_some };
        console.err.write_all(render(&shown, &side.sources(), console.color).as_bytes())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
