//! `cargo xtask bench codegen`: what the generator takes, alone over descriptions of growing size, or beside others.

mod compile;
mod emitted;
mod figures;
mod generator;
mod report;
mod synthetic;

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};

use super::PAGE;
use crate::cli::BenchCodegenArgs;
use crate::console::{Console, Status};
use crate::{section, stopwatch};

use emitted::Emitted;
use figures::{Document, Outcome, Sample};
use generator::{CRATE, Generator};

/// Builds the generator, measures, prints the tables, and writes them if asked to.
///
/// # Errors
/// The generator does not build, the description cannot be read, or there is no place for what is written.
pub fn run(root: &Path, args: &BenchCodegenArgs, console: &mut Console<'_>) -> anyhow::Result<Status> {
    ensure!(cfg!(target_os = "linux"), "the stopwatch needs Linux");
    let ours = Generator::ours(generator::build(root)?, root);
    run_with(ours, root, args, console)
}

fn run_with(
    ours: Generator,
    root: &Path,
    args: &BenchCodegenArgs,
    console: &mut Console<'_>,
) -> anyhow::Result<Status> {
    let (peers, missing) = if args.peers { generator::peers(args) } else { Default::default() };
    let generators: Vec<Generator> = std::iter::once(ours).chain(peers).collect();
    let folder = tempfile::tempdir().context("there is no place for what is generated")?;
    let bench = Bench { generators: &generators, root, args };
    let mut documents = documents(args, folder.path())?;
    for document in &mut documents {
        // A folder that was just emptied slows the file system down: each run has a new one, all go at the end.
        let place = tempfile::tempdir_in(folder.path())?;
        bench.measure(document, place.path(), console)?;
    }
    let text = report::text(&generators, &missing, &documents, args);
    console.out.write_all(text.as_bytes())?;
    if args.write {
        let path = root.join(PAGE);
        let page = fs::read_to_string(&path).unwrap_or_default();
        fs::write(&path, section::put(&page, &report::section(args), &text))
            .with_context(|| format!("cannot write {}", path.display()))?;
        writeln!(console.err, "{PAGE} is written")?;
    }
    let is_fine =
        documents.iter().all(|document| document.outcomes.first().is_some_and(|ours| ours.failure.is_none()));
    Ok(if is_fine { Status::Fine } else { Status::Differs })
}

/// What is generated from, written down if we make it ourselves.
fn documents(args: &BenchCodegenArgs, folder: &Path) -> anyhow::Result<Vec<Document>> {
    let document = |path: PathBuf, operations| -> anyhow::Result<Document> {
        let bytes = fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?.len();
        Ok(Document { path, operations, bytes, outcomes: Vec::new() })
    };
    if let Some(spec) = &args.spec {
        let spec = std::path::absolute(spec).context("cannot find the description")?;
        return Ok(vec![document(spec, None)?]);
    }
    let made = args.operations.iter().map(|count| {
        let path = folder.join(format!("{count}-operations.json"));
        synthetic::write(&path, *count).context("cannot write a description")?;
        document(path, Some(*count))
    });
    made.collect()
}

/// Who is measured, and how.
struct Bench<'a> {
    generators: &'a [Generator],
    root: &'a Path,
    args: &'a BenchCodegenArgs,
}

impl Bench<'_> {
    /// Runs all generators one after another, round by round, so that what disturbs the machine disturbs all.
    fn measure(
        &self,
        document: &mut Document,
        place: &Path,
        console: &mut Console<'_>,
    ) -> anyhow::Result<()> {
        let is_watched = std::io::stderr().is_terminal();
        let mut outcomes: Vec<Outcome> = self.generators.iter().map(|_| Outcome::default()).collect();
        for round in 0..=self.args.rounds {
            for (index, generator) in self.generators.iter().enumerate() {
                let outcome = &mut outcomes[index];
                if outcome.failure.is_some() {
                    continue;
                }
                if is_watched {
                    let rounds = self.args.rounds;
                    writeln!(console.err, "round {round} of {rounds}: {}", generator.name)?;
                }
                let out = place.join(format!("{index}-{round}")).join(CRATE);
                fs::create_dir_all(out.parent().unwrap_or(place))?;
                self.generate(generator, &document.path, &out, round > 0, outcome)?;
            }
        }
        for (index, generator) in self.generators.iter().enumerate() {
            let outcome = &mut outcomes[index];
            if outcome.failure.is_some() {
                continue;
            }
            if self.args.instructions && generator.is_ours() {
                let out = place.join("counted").join(CRATE);
                outcome.instructions = instructions(&generator.command(&document.path, &out), self.limit())?;
            }
            if self.args.check {
                if is_watched {
                    writeln!(console.err, "compiling what comes from {}", generator.name)?;
                }
                let crate_folder = place.join(format!("{index}-{}", self.args.rounds)).join(CRATE);
                outcome.checks = compile::check(generator, &crate_folder, self.root, self.limit())?;
            }
        }
        document.outcomes = outcomes;
        Ok(())
    }

    /// Runs a generator once. The first time warms up: it brings programs and files into the caches.
    fn generate(
        &self,
        generator: &Generator,
        spec: &Path,
        out: &Path,
        counts: bool,
        outcome: &mut Outcome,
    ) -> anyhow::Result<()> {
        let mut ran = stopwatch::run(&generator.command(spec, out), self.limit())?;
        outcome.failure = ran.failure()?;
        if outcome.failure.is_none() && !out.is_dir() {
            outcome.failure = Some("it wrote nothing".to_owned());
        }
        if outcome.failure.is_none() {
            outcome.emitted.push(Emitted::read(out)?);
            if counts {
                outcome.samples.push(Sample::of(&ran));
            }
        }
        Ok(())
    }

    fn limit(&self) -> Duration {
        Duration::from_secs(self.args.timeout as u64)
    }
}

/// How many instructions a run takes, in all threads; `None` where there is no valgrind.
fn instructions(command: &Command, limit: Duration) -> anyhow::Result<Option<u64>> {
    let mut counted = Command::new("valgrind");
    counted.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    counted.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        counted.envs(value.map(|value| (name, value)));
    }
    let mut ran = stopwatch::run(&counted, limit)?;
    if !ran.status.success() {
        return Ok(None);
    }
    Ok(figures::collected(&stopwatch::text(&mut ran.err)?))
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;
