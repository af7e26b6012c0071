//! From a file to a crate, with the options and by the code of `cargo xtask codegen`.

use std::fs;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Context, ensure};
use generator::{Input, Output, Source};

use super::count;
use super::document::{self, Candidate, Expectation};
use super::outcome::Outcome;
use super::tree::Node;
use crate::cli::{CodegenArgs, CorpusArgs};
use crate::codegen::Job;
use crate::config;
use crate::fileset;

/// Where documents are, what makes crates of them, and where these go.
pub(super) struct Places<'a> {
    /// The generator.
    pub(super) generate: &'a (dyn Fn(&Input) -> Output + Sync),
    /// The workspace, which has the runtime.
    pub(super) root: &'a Path,
    /// The folder of the documents.
    pub(super) documents: &'a Path,
    /// The folder of the crates.
    pub(super) crates: PathBuf,
}

impl Places<'_> {
    /// The folder of the crate that is made of a document.
    pub(super) fn crate_folder(&self, candidate: &Candidate) -> PathBuf {
        self.crates.join(candidate.crate_name.to_string())
    }
}

/// How many jobs there are to be at a time.
pub(super) fn jobs(args: &CorpusArgs) -> usize {
    args.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// What comes of each file that is a description, in the order of the files.
pub(super) fn all<'a>(
    places: &Places<'_>,
    candidates: &'a [Candidate],
    jobs: usize,
) -> anyhow::Result<Vec<(&'a Candidate, Outcome)>> {
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(candidate) = candidates.get(index) else { return done };
            done.push((index, one(places, candidate, true)));
        }
    };
    let mut done: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(take_turns)).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, Vec<_>>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().flat_map(join).collect()
    });
    done.sort_by_key(|(index, _)| *index);
    let mut outcomes = Vec::new();
    for (index, outcome) in done {
        let candidate = &candidates[index];
        let outcome = outcome.with_context(|| format!("cannot deal with {}", candidate.full.display()))?;
        outcomes.extend(outcome.map(|outcome| (candidate, outcome)));
    }
    Ok(outcomes)
}

/// Generates a crate of a file, unless it is no description. The crate shares the workspace's runtime or has its own.
///
/// Fails when the crate cannot be written.
pub(super) fn one(
    places: &Places<'_>,
    candidate: &Candidate,
    shares_runtime: bool,
) -> anyhow::Result<Option<Outcome>> {
    let mut outcome = Outcome { document: candidate.path.clone(), ..Outcome::default() };
    let text = match config::read(&candidate.full) {
        Ok(text) => text,
        // It may be a description, and somebody has to look at it.
        Err(error) => {
            outcome.faults.push(format!("{error:#}"));
            return Ok(Some(outcome));
        }
    };
    let value = Node::read(&text);
    let expected = Expectation::of(&candidate.path, &text);
    if !document::is_description(&text, value.as_ref(), expected.is_some()) {
        return Ok(None);
    }
    let spec = Source { name: candidate.full.to_string_lossy().into_owned(), text };
    let root = document::smallest_root(places.documents, &candidate.full, &spec)?;
    let folder = cleared(places.crate_folder(candidate))?;
    let args = CodegenArgs {
        root: Some(root),
        out: Some(folder.clone()),
        name: Some(candidate.crate_name.clone()),
        runtime: shares_runtime.then(|| places.root.join("generator/runtime")),
        ..CodegenArgs::default()
    };
    let job = Job::of_arguments(&candidate.full, &args)?;
    outcome.expected = expected.as_ref().map(|expected| expected.words.clone());
    let output = generated(places, &job, &mut outcome);
    outcome.numbered = output.diagnostics.0.iter().any(|one| one.code == "numbered-name");
    let counted = value.map(|root| count::operations(&root, &job.input.files));
    outcome.take(&output, counted.as_deref(), expected.as_ref());
    if outcome.is_generated() {
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        job.plans(places.root, &output)?.iter().try_for_each(fileset::Plan::carry_out)?;
    }
    Ok(Some(outcome))
}

/// Takes away what an earlier run left in a folder, and nothing else.
fn cleared(folder: PathBuf) -> anyhow::Result<PathBuf> {
    if folder.exists() {
        let marked =
            fs::read(folder.join("src/generated/mod.rs")).is_ok_and(|text| fileset::is_marked(&text));
        ensure!(marked, "{} is in the way: it is no crate of an earlier run", folder.display());
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(folder)
}

/// Runs the generator, and notes how long it took. A panic is a fault of it, and no reason to stop.
fn generated(places: &Places<'_>, job: &Job, outcome: &mut Outcome) -> Output {
    let start = Instant::now();
    let output = catch_unwind(AssertUnwindSafe(|| (places.generate)(&job.input)));
    outcome.generate_seconds = start.elapsed().as_secs_f64();
    output.unwrap_or_else(|_| {
        outcome.faults.push("the generator panics".to_owned());
        Output::default()
    })
}
