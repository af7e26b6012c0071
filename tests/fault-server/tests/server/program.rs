//! The program that somebody starts by hand.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::raw::{ask, get};

struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fault-server"));
        let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    /// What stands after the name at the beginning of the next line.
    fn value(&mut self, name: &str) -> String {
        self.line().strip_prefix(name).unwrap().trim().to_owned()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn it_prints_its_addresses_and_what_arrives() {
    let mut program =
        Program::start(&["--repo", "a/b", "--tag", "v2", "--token", "t", "--fault", "upload-fails"]);
    let (api, uploads) = (program.value("api"), program.value("uploads"));
    program.value("store");
    program.value("elsewhere");
    let release = program.value("release");
    let release = release.strip_suffix(" (v2 in a/b)").unwrap();

    assert_eq!(get(format!("{api}/repos/a/b/releases/latest")).await.status, 401);
    assert_eq!(program.line(), "#1 api: GET /repos/a/b/releases/latest -> 401");
    let path = format!("/repos/a/b/releases/{release}/assets?name=x");
    let upload = ask("POST", format!("{uploads}{path}"))
        .header("authorization", "Bearer t")
        .header("content-type", "text/plain")
        .body("four");
    for (number, status) in [(2, 502), (3, 201)] {
        assert_eq!(upload.send().await.status, status);
        assert_eq!(program.line(), format!("#{number} uploads: POST {path}, 4 bytes -> {status}"));
    }
    get(format!("{api}/nothing")).await;
    assert_eq!(program.line(), "#4 api: GET /nothing -> 404");
}

#[test]
fn it_says_what_it_does_not_understand() {
    for arguments in [["--repo", "octo"], ["--repo", "a/b/c"], ["--fault", "none"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_fault-server")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}
