//! All automation of this workspace: what `cargo xtask` does.
//!
//! The only crate that touches files, processes and the network; the generator is a function of texts.
#![forbid(unsafe_code)]

pub mod bench;
pub mod beside;
pub mod ci;
pub mod cli;
pub mod codegen;
pub mod config;
pub mod console;
pub mod corpus;
pub mod diff;
pub mod fileset;
pub mod recorded;
pub mod render;
pub mod scaffold;
pub mod section;
mod stopwatch;
pub mod sync;
pub mod table;
pub mod tidy;
pub mod tree;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Parser;

use cli::{Bench, Cli, Command};
use console::{Console, Status};

/// Runs a command line, the first argument of which is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> Status {
    run_in(&workspace_root(), arguments, console)
}

/// Like [`run`], in the workspace at `root`.
pub fn run_in(
    root: &Path,
    arguments: impl IntoIterator<Item = OsString>,
    console: &mut Console<'_>,
) -> Status {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) => return show_usage(&usage, console),
    };
    let result = match cli.command {
        Command::Codegen(args) => codegen::run(root, &args, console),
        Command::Diff(args) => diff::run(root, &args, console),
        Command::Sync(args) => sync::run(root, &args, console),
        Command::Corpus(args) => corpus::run(root, &args, console),
        Command::Tidy => tidy::run(root, console),
        Command::Ci(args) if args.recorded => recorded::run(root, console),
        Command::Ci(args) => ci::run(root, &args.skip, console),
        Command::Bench(Bench::Client(args)) => bench::run(root, &args, console),
        Command::Bench(Bench::Codegen(args)) => bench::codegen::run(root, &args, console),
    };
    result.unwrap_or_else(|error| {
        // When not even this can be written, the exit code has to do.
        writeln!(console.err, "error: {error:#}").ok();
        Status::Bad
    })
}

/// The root of the workspace that cargo runs this crate from.
///
/// Cargo says at run time where that is; where the crate was built is not the same when two checkouts share a
/// target folder, and only the answer without cargo.
pub fn workspace_root() -> PathBuf {
    let member = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    member.parent().map_or(member.clone(), Path::to_owned)
}

/// Shows a usage error, or the help that was asked for.
fn show_usage(usage: &clap::Error, console: &mut Console<'_>) -> Status {
    let text = usage.render();
    let text = if console.color { text.ansi().to_string() } else { text.to_string() };
    let is_error = usage.use_stderr();
    let written = if is_error {
        console.err.write_all(text.as_bytes())
    } else {
        console.out.write_all(text.as_bytes())
    };
    if is_error || written.is_err() { Status::Bad } else { Status::Fine }
}
