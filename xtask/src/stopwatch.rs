//! Runs a program as a process of its own, and says how it ended and what the system says it took.

use std::fs::File;
use std::io::{Read, Seek};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use wait4::Wait4;

/// How a program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: ExitStatus,
    /// From start to end.
    pub(crate) wall: Duration,
    /// Processor time in the program and in what it waited for, without the system's for it.
    pub(crate) user: Duration,
    /// The most memory that was resident in its largest process, in bytes.
    pub(crate) peak: u64,
    /// What it wrote to standard output.
    pub(crate) out: File,
    /// What it wrote to standard error.
    pub(crate) err: File,
}

/// What `timeout` ends with when it has ended the program.
const TIMED_OUT: i32 = 124;

impl Ran {
    /// Why it failed: the first line that says something of an error, or the first that says anything.
    pub(crate) fn failure(&mut self) -> anyhow::Result<Option<String>> {
        if self.status.success() {
            return Ok(None);
        }
        if self.status.code() == Some(TIMED_OUT) {
            return Ok(Some("it took too long".to_owned()));
        }
        let text = text(&mut self.err)? + "\n" + &text(&mut self.out)?;
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let is_error = |line: &&str| -> bool {
            let line = line.to_ascii_lowercase();
            ["error", "panicked", "exception"].iter().any(|word| line.contains(word))
        };
        let first = lines.iter().position(is_error).unwrap_or(0);
        // A panic says where it was, and on the next line why.
        let count = if lines.get(first).is_some_and(|line| line.contains("panicked at")) { 2 } else { 1 };
        let why = lines.into_iter().skip(first).take(count).collect::<Vec<_>>().join(" ");
        Ok(Some(if why.is_empty() { format!("it ended with {}", self.status) } else { why }))
    }
}

/// All that a file holds.
pub(crate) fn text(file: &mut File) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Runs a program; one that takes longer than the limit is ended together with what it started.
///
/// The peak of a process counts from its start, when it is as large as we are: so stay small.
pub(crate) fn run(program: &Command, limit: Duration) -> anyhow::Result<Ran> {
    // Files, because a pipe that nobody reads stops who writes into it.
    let (out, err) = (tempfile::tempfile()?, tempfile::tempfile()?);
    let mut command = Command::new("timeout");
    command.arg("--kill-after=5").arg(limit.as_secs().to_string());
    command.arg(program.get_program()).args(program.get_args());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    if let Some(folder) = program.get_current_dir() {
        command.current_dir(folder);
    }
    command.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(err.try_clone()?);
    let start = Instant::now();
    let ended = command.spawn().and_then(|mut child| child.wait4()).context("cannot run `timeout`")?;
    Ok(Ran {
        wall: start.elapsed(),
        status: ended.status,
        user: ended.rusage.utime,
        peak: ended.rusage.maxrss,
        out,
        err,
    })
}
