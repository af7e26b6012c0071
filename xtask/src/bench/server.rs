//! The server as a process that ends with its owner.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Context;
use serde::Deserialize;

/// A running server; dropping it stops it.
#[derive(Debug)]
pub(super) struct Server {
    process: Child,
    said: Said,
}

/// What the server says when it is ready.
#[derive(Debug, Deserialize)]
struct Said {
    api: String,
    digest: String,
}

impl Server {
    /// Starts the program, which writes a test file of a size, and waits until it is ready.
    pub(super) fn start(program: &Path, file: &Path, size: u64) -> anyhow::Result<Self> {
        let mut process = Command::new(program)
            .arg("--file")
            .arg(file)
            .args(["--size", &size.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot run the server")?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        match serde_json::from_str(&line) {
            Ok(said) => Ok(Self { process, said }),
            Err(error) => {
                process.kill().ok();
                let status = process.wait()?;
                Err(error).with_context(|| format!("the server did not start: {status}"))
            }
        }
    }

    /// The URL of the API, without a `/` at the end.
    pub(super) fn api(&self) -> &str {
        &self.said.api
    }

    /// The digest of the test file: 64 hexadecimal digits.
    pub(super) fn sha256(&self) -> &str {
        self.said.digest.trim_start_matches("sha256:")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
