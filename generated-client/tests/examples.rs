//! The example programs as their users run them: arguments, output, exit codes, and what is left on disk.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may stop at once")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use fault_server::{AssetState, Fault, Github, Operation, Reply, Repository};
use tempfile::TempDir;

const TOKEN: &str = "t0ken";

/// A GitHub with a release, and the folder that programs run in.
struct Stage {
    github: Github,
    repository: Repository,
    release: i64,
    folder: TempDir,
}

impl Stage {
    fn new() -> Self {
        let github = Github::start_on_thread().unwrap();
        let repository = github.repository("octo", "demo");
        repository.require_token(TOKEN);
        let release = repository.add_release("v1.0.0");
        Self { github, repository, release, folder: tempfile::tempdir().unwrap() }
    }

    /// Runs an example, which cargo has built beside the tests.
    fn run(&self, example: &str, arguments: &[&str]) -> Output {
        let tests = std::env::current_exe().unwrap();
        let built: PathBuf = tests.parent().unwrap().parent().unwrap().join("examples").join(example);
        let built = built.with_extension(std::env::consts::EXE_EXTENSION);
        assert!(built.exists(), "{} is not built: run `cargo test`, not the test by itself", built.display());
        let mut command = Command::new(built);
        command.arg("octo/demo").args(arguments);
        command.args(["--api-url", self.github.api_url(), "--uploads-url", self.github.uploads_url()]);
        command.env("GITHUB_TOKEN", TOKEN).current_dir(self.folder.path()).output().unwrap()
    }

    /// What a run that is successful writes to standard output.
    fn success(&self, example: &str, arguments: &[&str]) -> String {
        let output = self.run(example, arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(!text(&output.stderr).contains('\r'), "no progress bar without a terminal");
        text(&output.stdout).to_owned()
    }

    /// What a run that fails writes to standard error.
    fn failure(&self, example: &str, arguments: &[&str]) -> String {
        let output = self.run(example, arguments);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
        text(&output.stderr).to_owned()
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.folder.path().join(name), content).unwrap();
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.folder.path().join(name)).ok()
    }

    fn asset(&self, name: &str) -> Option<Vec<u8>> {
        self.repository.asset(self.release, name)?.bytes.map(Into::into)
    }
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

#[test]
fn list_shows_leftovers_too() {
    let stage = Stage::new();
    stage.repository.add_asset(stage.release, "tool.zip", "abc");
    stage.repository.add_leftover(stage.release, "rest.zip", AssetState::Starter);
    let output = stage.success("list", &["latest"]);
    let lines: Vec<Vec<_>> = output.lines().map(|line| line.split_whitespace().skip(1).collect()).collect();
    assert_eq!(lines, [["3", "B", "uploaded", "tool.zip"], ["0", "B", "starter", "rest.zip"]]);
}

#[test]
fn upload_survives_a_failure_and_tells_the_name_that_github_gave() {
    let stage = Stage::new();
    stage.write("a tool.zip", "abc");
    let failure = Fault::reply(Reply::bad_gateway_html()).leaving(AssetState::Starter);
    stage.repository.inject(failure.on(Operation::UploadAsset));
    let output = stage.run("upload", &["v1.0.0", "a tool.zip", "--label", "Linux"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("GitHub has renamed a tool.zip to a.tool.zip"), "{output:?}");
    assert!(text(&output.stderr).contains("2 attempts; left behind and deleted: 1"), "{output:?}");
    let asset = stage.repository.asset(stage.release, "a.tool.zip").unwrap();
    assert_eq!((asset.bytes.unwrap(), asset.label.as_deref()), ("abc".into(), Some("Linux")));
}

#[test]
fn upload_replaces_only_when_it_is_told_to() {
    let stage = Stage::new();
    stage.repository.add_asset(stage.release, "a.zip", "old");
    stage.write("a.zip", "new");
    let error = stage.failure("upload", &["v1.0.0", "a.zip"]);
    assert!(error.starts_with("error: the release has another file called \"a.zip\""), "{error}");
    assert_eq!(stage.asset("a.zip").unwrap(), b"old");
    stage.success("upload", &["v1.0.0", "a.zip", "--replace"]);
    assert_eq!(stage.asset("a.zip").unwrap(), b"new");
    assert_eq!(stage.repository.assets(stage.release).len(), 1);
}

#[test]
fn upload_all_reports_each_file() {
    let stage = Stage::new();
    stage.write("a.zip", "a");
    stage.write("empty.zip", "");
    let error = stage.failure("upload_all", &["v1.0.0", "a.zip", "empty.zip"]);
    assert!(error.contains("empty.zip is empty") && error.contains("1 of 2 files are not there"), "{error}");
    assert_eq!(stage.asset("a.zip").unwrap(), b"a");
}

#[test]
fn download_leaves_a_verified_file_or_none() {
    let stage = Stage::new();
    stage.repository.add_asset(stage.release, "tool.zip", "content");
    stage.repository.inject(Fault::flipped_byte(3).always());
    let error = stage.failure("download", &["latest", "tool.zip"]);
    assert_eq!(error.matches("sha256:").count(), 2, "both digests: {error}");
    assert_eq!(fs::read_dir(stage.folder.path()).unwrap().count(), 0, "nothing is left of a failure");
    stage.repository.clear_faults();
    let output = stage.success("download", &["latest", "tool.zip", "--output", "out.zip"]);
    assert!(output.contains("verified: sha256:"), "{output}");
    assert_eq!(stage.read("out.zip").unwrap(), "content");
    let error = stage.failure("download", &["v9", "tool.zip"]);
    assert!(error.starts_with("error: repos/get-release-by-tag: 404 "), "{error}");
}

#[test]
fn download_all_fills_a_folder() {
    let stage = Stage::new();
    for name in ["a.zip", "b.zip", "notes.txt"] {
        stage.repository.add_asset(stage.release, name, name);
    }
    stage.success("download_all", &["v1.0.0", ".", "--matching", ".zip"]);
    assert_eq!(stage.read("a.zip").unwrap(), "a.zip");
    assert_eq!(stage.read("b.zip").unwrap(), "b.zip");
    assert_eq!(stage.read("notes.txt"), None);
}
