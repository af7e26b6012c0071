//! The example programs as their users run them: arguments, output, exit codes, and what is left on disk.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may stop at once")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[path = "../src/test_server.rs"]
mod test_server;

use test_server::answering;

const ASSET: &str = r#"{"url":"u","browser_download_url":"https://example.com/tool.zip","id":7,"node_id":"n","name":"tool.zip",
    "label":null,"state":"uploaded","content_type":"application/zip","size":3,"digest":null,"download_count":0,
    "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z","uploader":null}"#;

/// Runs an example, which cargo has built beside the tests, in a folder.
fn run(example: &str, origin: &str, folder: &Path, arguments: &[&str]) -> Output {
    let tests = std::env::current_exe().unwrap();
    let built: PathBuf = tests.parent().unwrap().parent().unwrap().join("examples").join(example);
    let built = built.with_extension(std::env::consts::EXE_EXTENSION);
    assert!(built.exists(), "{} is not built: run `cargo test`, not the test by itself", built.display());
    let mut command = Command::new(built);
    command.args(arguments).args(["--api-url", origin, "--uploads-url", origin]);
    command.env("GITHUB_TOKEN", "t0ken").current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

#[test]
fn list_writes_a_line_for_each_asset() {
    let (origin, server) = answering(vec![(200, Box::leak(format!("[{ASSET}]").into_boxed_str()))]);
    let folder = tempfile::tempdir().unwrap();
    let output = run("list", &origin, folder.path(), &["octo/demo", "1"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout).split_whitespace().collect::<Vec<_>>(),
        ["7", "3", "B", "uploaded", "tool.zip"]
    );
    assert_eq!(server.join().unwrap(), ["GET /repos/octo/demo/releases/1/assets?per_page=100 HTTP/1.1"]);
}

#[test]
fn upload_tells_the_name_that_github_gave() {
    let (origin, server) = answering(vec![(201, ASSET)]);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a tool.zip"), "abc").unwrap();
    let output = run("upload", &origin, folder.path(), &["octo/demo", "1", "a tool.zip", "--label", "Linux"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains("GitHub has renamed a tool.zip to tool.zip"),
        "{}",
        text(&output.stdout)
    );
    assert!(output.stderr.is_empty(), "no progress bar without a terminal");
    let request = "POST /repos/octo/demo/releases/1/assets?name=a%20tool.zip&label=Linux HTTP/1.1";
    assert_eq!(server.join().unwrap(), [request]);
}

#[test]
fn what_the_server_says_is_the_error() {
    let taken = r#"{"message":"Validation Failed","errors":[{"field":"name","code":"already_exists"}]}"#;
    let (origin, server) = answering(vec![(422, taken)]);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.zip"), "abc").unwrap();
    let output = run("upload", &origin, folder.path(), &["octo/demo", "1", "a.zip"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).starts_with("error: repos/upload-release-asset: 422 "),
        "{}",
        text(&output.stderr)
    );
    assert!(text(&output.stderr).contains("already_exists"));
    server.join().unwrap();
}

#[test]
fn download_leaves_a_whole_file_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.bin");
    let arguments = ["octo/demo", "7", "--output", "out.bin"];
    let (origin, server) = answering(vec![(404, "<html>gone</html>"), (200, "abc")]);
    let failed = run("download", &origin, folder.path(), &arguments);
    assert_eq!(failed.status.code(), Some(1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left of a failure");
    let done = run("download", &origin, folder.path(), &arguments);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(fs::read(&target).unwrap(), b"abc");
    server.join().unwrap();

    let refused = run("download", "http://127.0.0.1:9", folder.path(), &arguments);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("--force"), "{}", text(&refused.stderr));
    assert_eq!(fs::read(&target).unwrap(), b"abc");
}
