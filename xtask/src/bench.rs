//! `cargo xtask bench client`: our client beside others, each in a process of its own, on loopback.
//!
//! The programs are the package in `xtask/bench-clients`, a workspace of its own. What measures the generator is in
//! `codegen`.

pub mod codegen;
mod figures;
pub(crate) mod machine;
mod programs;
mod report;
mod server;
mod subject;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, bail, ensure};

use crate::cli::BenchClientArgs;
use crate::console::{Console, Status};
use crate::section;

use figures::{Results, Sample};
use programs::Programs;
use server::Server;
pub use subject::Task;
use subject::{Job, SUBJECTS, Subject};

/// Where the table is written.
const PAGE: &str = "BENCHMARKS.md";

/// Measures, prints the tables, and writes them if asked to.
pub fn run(root: &Path, args: &BenchClientArgs, console: &mut Console<'_>) -> anyhow::Result<Status> {
    ensure!(cfg!(target_os = "linux"), "the server and the stopwatch need Linux");
    let programs = Programs::build(root)?;
    let folder = tempfile::tempdir().context("there is no place for the test files")?;
    let results = measure(&programs, folder.path(), args, console)?;
    let machine = machine::facts(root, folder.path())?;
    let page = report::page(&results, args, &machine);
    console.out.write_all(page.as_bytes())?;
    if args.write {
        let path = root.join(PAGE);
        // Other commands have sections of their own on the page.
        let old = fs::read_to_string(&path).unwrap_or_default();
        fs::write(&path, section::carried_over(&old, page))
            .with_context(|| format!("cannot write {}", path.display()))?;
        writeln!(console.err, "{PAGE} is written")?;
    }
    Ok(Status::Fine)
}

/// Runs all subjects one after another, round by round, so that what disturbs the machine for a while disturbs all.
fn measure(
    programs: &Programs,
    folder: &Path,
    args: &BenchClientArgs,
    console: &mut Console<'_>,
) -> anyhow::Result<Results> {
    let source = folder.join("data.bin");
    let server = Server::start(&programs.server, &source, args.size)?;
    let job = Job::new(&server, &source, &folder.join("out.bin"), args.count);
    let mut results = Results::default();
    let is_watched = std::io::stderr().is_terminal();
    for round in 0..=args.rounds {
        for task in args.tasks() {
            for subject in SUBJECTS {
                if is_watched {
                    writeln!(console.err, "round {round} of {}: {}, {}", args.rounds, task, subject)?;
                }
                let sample = run_once(programs, subject, task, &job)
                    .with_context(|| format!("{subject} failed at this: {task}"))?;
                check(task, &job, round == 0)
                    .with_context(|| format!("{subject} did not do this: {task}"))?;
                // Round 0 warms up: it brings programs and files into the caches.
                if round > 0 {
                    results.add(task, subject, sample);
                }
            }
        }
    }
    Ok(results)
}

fn run_once(programs: &Programs, subject: Subject, task: Task, job: &Job) -> anyhow::Result<Sample> {
    let mut command = subject.command(programs, task, job);
    let output = command.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "it ended with {}", output.status);
    serde_json::from_slice(&output.stdout).context("the stopwatch prints something else")
}

/// Makes sure that a download is all there, and takes it away. The warm-up compares every byte.
fn check(task: Task, job: &Job, is_thorough: bool) -> anyhow::Result<()> {
    if !task.is_download() {
        return Ok(());
    }
    let [got, wanted] =
        [&job.output, &job.source].map(|path| Ok::<_, std::io::Error>(path.metadata()?.len()));
    let (got, wanted) = (got?, wanted?);
    ensure!(got == wanted, "the file has {got} bytes, not {wanted}");
    if is_thorough && !have_same_bytes(&job.output, &job.source)? {
        bail!("the file has other bytes");
    }
    fs::remove_file(&job.output)?;
    Ok(())
}

/// Whether two files of one length are the same.
fn have_same_bytes(one: &Path, other: &Path) -> std::io::Result<bool> {
    let mut one = BufReader::with_capacity(1 << 20, File::open(one)?);
    let mut other = BufReader::with_capacity(1 << 20, File::open(other)?);
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let length = left.len().min(right.len());
        if length == 0 {
            return Ok(left.len() == right.len());
        }
        if left[..length] != right[..length] {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
}

#[cfg(test)]
mod tests;
