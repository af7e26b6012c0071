//! The repository itself: what is committed is what would be generated, and the rules of the house hold.

mod command_line;
mod corpus;
mod diff;
mod sync;

use std::fs;
use std::process::ExitCode;

use generator::File;
use xtask::console::{Console, Status};

/// What a command did: how it ended, and what it wrote.
pub(crate) struct Ran {
    pub(crate) status: Status,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs a command line of `cargo xtask` in this workspace.
pub(crate) fn xtask(arguments: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console { out: &mut out, err: &mut err, color: false };
    let arguments = ["cargo xtask"].iter().chain(arguments).map(|argument| (*argument).into());
    let status = xtask::run(arguments, &mut console);
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ran { status, out: text(out), err: text(err) }
}

#[test]
fn the_committed_client_is_what_the_description_gives() {
    let ran = xtask(&["codegen", "--check"]);
    assert_eq!((ran.status, ran.err.as_str()), (Status::Fine, ""), "run `cargo xtask codegen`:\n{}", ran.out);
    assert!(ran.out.ends_with("up to date\n"), "{}", ran.out);
}

#[test]
fn the_rules_of_the_house_hold() {
    let findings = xtask::tidy::check(&xtask::workspace_root()).expect("a readable workspace");
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

/// What a reviewer reads to see how the client's public API changes.
#[test]
fn the_public_api_of_the_client_is_reviewed() {
    let source = xtask::workspace_root().join("generated-client/src");
    let paths = xtask::tree::files(&source).expect("a readable folder");
    let paths = paths.into_iter().filter(|path| path.ends_with(".rs"));
    let files: Vec<File> = paths
        .map(|path| File { contents: fs::read_to_string(source.join(&path)).expect("a text"), path })
        .collect();
    let surface = generator::surface::surface(&files).expect("valid Rust");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(xtask::workspace_root().join("tests"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("surface", surface));
}

#[test]
fn a_status_is_an_exit_code() {
    let code = |status: Status| format!("{:?}", ExitCode::from(status));
    let expected = |code: u8| format!("{:?}", ExitCode::from(code));
    assert_eq!(code(Status::Fine), expected(0));
    assert_eq!(code(Status::Differs), expected(1));
    assert_eq!(code(Status::Bad), expected(2));
}
