//! `cargo xtask corpus`: the generator over a folder of descriptions, and the compiler over what it gives.

mod check;
mod count;
mod document;
mod generate;
mod outcome;
mod report;
mod tree;

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, absolute};

use anyhow::{Context, ensure};
use generator::{Input, Output};

use crate::cli::{CorpusArgs, TableFormat};
use crate::console::{Console, Status};
use crate::section;

pub(crate) use check::messages;
use check::{Tool, Workshop};
use document::Candidate;
use generate::Places;
use outcome::Outcome;

/// The folder of descriptions that the workspace has.
const OWN: &str = "tests/corpus";

/// The name of the section that `--write` replaces.
const SECTION: &str = "corpus";

/// Generates, compiles, prints the table, and writes it if asked to.
pub fn run(root: &Path, args: &CorpusArgs, console: &mut Console<'_>) -> anyhow::Result<Status> {
    run_with(&generator::generate, root, args, console)
}

/// Like [`run`], with another generator.
pub fn run_with(
    generate: &(dyn Fn(&Input) -> Output + Sync),
    root: &Path,
    args: &CorpusArgs,
    console: &mut Console<'_>,
) -> anyhow::Result<Status> {
    let documents = args.dir.clone().unwrap_or_else(|| root.join(OWN));
    ensure!(documents.is_dir(), "there is no folder {}", documents.display());
    let candidates = document::candidates(&documents, args)?;
    let crates = args.out.clone().unwrap_or_else(|| check::target_folder(root).join("corpus"));
    let places = Places { generate, root, documents: &documents, crates: absolute(crates)? };
    let jobs = generate::jobs(args);
    let mut outcomes = generate::all(&places, &candidates, jobs)?;
    ensure!(!outcomes.is_empty(), "there is no description in {} that is asked for", documents.display());
    if !args.no_check {
        compile(&places, args, &mut outcomes, console)?;
    }
    let outcomes: Vec<Outcome> = outcomes.into_iter().map(|(_, outcome)| outcome).collect();
    show(&outcomes, args, console)?;
    if let Some(path) = &args.write {
        let page = if path.exists() { fs::read_to_string(path) } else { Ok(String::new()) };
        let page = page.with_context(|| format!("cannot read {}", path.display()))?;
        let page = section::put(&page, SECTION, &report::section(&outcomes, args));
        fs::write(path, page).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let is_green = outcomes.iter().all(|outcome| outcome.faults.is_empty());
    Ok(if is_green { Status::Fine } else { Status::Differs })
}

/// Compiles all crates that there are; the smallest with a copy of the runtime, as users get it.
fn compile(
    places: &Places<'_>,
    args: &CorpusArgs,
    outcomes: &mut [(&Candidate, Outcome)],
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let workshop = Workshop::new(places.root, generate::jobs(args));
    let sizes = outcomes.iter().enumerate().filter(|(_, (_, outcome))| outcome.is_generated());
    let smallest = sizes.min_by_key(|(_, (_, outcome))| outcome.lines).map(|(index, _)| index);
    let count = outcomes.len();
    for (index, (candidate, outcome)) in outcomes.iter_mut().enumerate() {
        if !outcome.is_generated() {
            continue;
        }
        if std::io::stderr().is_terminal() {
            writeln!(console.err, "compiling {} of {count}: {}", index + 1, candidate.path)?;
        }
        let own_runtime = smallest == Some(index);
        if own_runtime {
            generate::one(places, candidate, false)?;
        }
        let folder = places.crate_folder(candidate);
        if let Err(errors) = workshop.prepare(&folder)? {
            outcome.faults.push(format!("what it depends on does not compile: {}", errors.trim()));
            continue;
        }
        let mut run = |tool: Tool| -> anyhow::Result<_> {
            let compiled = workshop.run(tool, &folder, own_runtime)?;
            outcome.judge_compiled(tool.name(), &compiled);
            Ok(Some(compiled))
        };
        let check = run(Tool::Check)?;
        let clippy = if args.clippy { run(Tool::Clippy)? } else { None };
        let doc = if args.doc { run(Tool::Doc)? } else { None };
        (outcome.check, outcome.clippy, outcome.doc) = (check, clippy, doc);
    }
    Ok(())
}

/// Prints the table; for people, what compilers said goes to standard error.
fn show(outcomes: &[Outcome], args: &CorpusArgs, console: &mut Console<'_>) -> anyhow::Result<()> {
    match args.format {
        TableFormat::Json => {
            serde_json::to_writer_pretty(&mut *console.out, &report::Summary::of(outcomes))?;
            writeln!(console.out)?;
        }
        TableFormat::Markdown => console.out.write_all(report::markdown(outcomes).as_bytes())?,
        TableFormat::Text => {
            console.err.write_all(report::messages(outcomes).as_bytes())?;
            console.out.write_all(report::text(outcomes).as_bytes())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
