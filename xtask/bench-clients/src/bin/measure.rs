//! Runs a program and prints what the system says it took, as one JSON line: wall clock and processor time in
//! microseconds, peak resident memory in KiB.
//!
//! The wait for the child is all that this process does, so the figures of "all children" are those of the program and
//! of what it started itself. A small process is needed for that: a child's peak counts from the fork, so that it is at
//! least what its parent held.
#![forbid(unsafe_code)]

use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::Context;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

fn main() -> anyhow::Result<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let program = arguments.next().context("usage: measure PROGRAM [ARGUMENT]...")?;
    let mut command = Command::new(&program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status().with_context(|| format!("cannot run {}", program.display()))?;
    let wall = start.elapsed();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let report = serde_json::json!({
        "wall": wall.as_micros() as u64,
        "cpu": micros(usage.user_time()) + micros(usage.system_time()),
        "peak": usage.max_rss(),
    });
    println!("{report}");
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn micros(time: TimeVal) -> i64 {
    time.tv_sec() * 1_000_000 + time.tv_usec()
}
