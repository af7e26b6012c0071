//! `cargo xtask sync`: documentation pages and official descriptions in, the description up to date.
//!
//! Reads and writes files; what they mean is the generator's `upstream` and `sync`.

mod json;
mod lockfile;
mod new;
mod status;
mod text;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use generator::diff::{self, Comparison};
use generator::sync::{Lock, Outcome, Request, SyncError};
use generator::upstream::{self, Upstream};
use generator::{Diagnostics, Files, Input, Source};

use crate::cli::{Format, SyncArgs};
use crate::config::{self, Config};
use crate::console::{Console, Status};
use crate::{fileset, render};

/// Compares the description of the workspace at `root` with its sources, and brings it up to date.
///
/// Nothing is written when a source cannot be read as a whole, or when something has to be decided first.
pub fn run(root: &Path, args: &SyncArgs, console: &mut Console<'_>) -> anyhow::Result<Status> {
    if let Some(out) = &args.out {
        let upstreams = read_sources(&args.from)?;
        let is_readable = show_problems(&upstreams, args, console)?;
        return new::run(out, &upstreams, is_readable, args, console);
    }
    let config = match Config::parse(config::PATH, config::read(&root.join(config::PATH))?) {
        Ok(config) => config,
        Err(error) => return refuse(&Diagnostics(vec![error.diagnostic]), &[error.source], console),
    };
    check_decisions(&config)?;
    let lock = lockfile::read(root)?;
    if args.from.is_empty() {
        return status::run(root, &config, &lock, args.format, console);
    }
    compare(root, args, &config, &lock, console)
}

/// Compares the description with the sources that can be read, reports, and writes what is to be written.
fn compare(
    root: &Path,
    args: &SyncArgs,
    config: &Config,
    lock: &Lock,
    console: &mut Console<'_>,
) -> anyhow::Result<Status> {
    let upstreams = read_sources(&args.from)?;
    let is_readable = show_problems(&upstreams, args, console)?;
    // What could not be read as a whole would seem to have lost what it says.
    let (upstreams, unreadable): (Vec<Upstream>, Vec<Upstream>) =
        upstreams.into_iter().partition(|upstream| !upstream.diagnostics.has_errors());
    let workspace = Workspace::read(root, config)?;
    let request = Request {
        spec: &workspace.spec,
        overlays: &workspace.overlays,
        upstreams: &upstreams,
        lock,
        decisions: &config.decisions,
        select: &args.select,
        id_prefix: config.strip_prefix.as_deref().unwrap_or_default(),
        with_words: false,
        date: args.date.as_deref(),
    };
    let outcome = match generator::sync::sync(&request) {
        Ok(outcome) => outcome,
        Err(SyncError::Unreadable(error)) => {
            return refuse(&Diagnostics(vec![*error]), std::slice::from_ref(&workspace.spec), console);
        }
    };
    let unmatched = outcome.report.unmatched.join("`, `");
    ensure!(unmatched.is_empty(), "no operation of these sources has an id like `{unmatched}`");
    let means = if is_readable { workspace.meaning(config, &outcome) } else { None };
    let run = Run {
        request: &request,
        outcome: &outcome,
        means: means.as_ref(),
        unreadable: &unreadable,
        is_readable,
        check: args.check,
        is_new: false,
    };
    match args.format {
        Format::Text => console.out.write_all(text::report(&run, args).as_bytes())?,
        Format::Json => writeln!(console.out, "{:#}", json::report(&run))?,
    }
    let mut sources = workspace.overlays.clone();
    sources.insert(0, Source { text: outcome.text.clone(), ..workspace.spec.clone() });
    if args.format == Format::Text {
        let problems = render::render(&outcome.overlay_problems, &sources, console.color);
        console.err.write_all(problems.as_bytes())?;
    }
    if run.writes() {
        write(root, &workspace.spec, &outcome, lock)?;
    }
    Ok(run.status())
}

/// Checks that no fact is decided twice.
fn check_decisions(config: &Config) -> anyhow::Result<()> {
    let mut facts = BTreeSet::new();
    for decision in &config.decisions {
        ensure!(
            facts.insert(&decision.fact),
            "two decisions in {} are about `{}`: remove one of them",
            config::PATH,
            decision.fact
        );
    }
    Ok(())
}

/// One comparison, and what is to become of it.
pub(crate) struct Run<'a> {
    pub(crate) request: &'a Request<'a>,
    pub(crate) outcome: &'a Outcome,
    /// What taking it in would mean for users of the client; none where nothing would change or it cannot be told.
    pub(crate) means: Option<&'a Comparison>,
    /// The sources that are not compared, because something in them could not be read.
    pub(crate) unreadable: &'a [Upstream],
    /// Whether every line of the sources was understood.
    pub(crate) is_readable: bool,
    pub(crate) check: bool,
    /// Whether there was no description before.
    pub(crate) is_new: bool,
}

impl Run<'_> {
    /// Whether somebody has to decide something first.
    pub(crate) fn is_open(&self) -> bool {
        let report = &self.outcome.report;
        !report.conflicts.is_empty() || !report.idle.is_empty()
    }

    /// Whether all drift can be written into the description by itself.
    fn can_be_taken_in(&self) -> bool {
        self.outcome.by_hand.is_none() && self.outcome.left.is_empty()
    }

    pub(crate) fn writes(&self) -> bool {
        !self.check && self.is_readable && !self.is_open() && self.can_be_taken_in()
    }

    /// Whether the lock says what it would say after a run that writes, but for the bytes of sources that say the same.
    pub(crate) fn is_clean(&self) -> bool {
        self.outcome.report.is_clean()
    }

    pub(crate) fn status(&self) -> Status {
        let can_be_done = self.is_readable && (self.check || self.is_open() || self.can_be_taken_in());
        match (can_be_done, self.is_open() || self.check && !self.is_clean()) {
            (false, _) => Status::Bad,
            (true, true) => Status::Differs,
            (true, false) => Status::Fine,
        }
    }
}

/// What is ours.
struct Workspace {
    spec: Source,
    overlays: Vec<Source>,
}

impl Workspace {
    fn read(root: &Path, config: &Config) -> anyhow::Result<Self> {
        let source = |path: &PathBuf| -> anyhow::Result<Source> {
            Ok(Source { name: path.to_string_lossy().into_owned(), text: config::read(&root.join(path))? })
        };
        Ok(Self {
            spec: source(&config.spec)?,
            overlays: config.overlays.iter().map(source).collect::<anyhow::Result<_>>()?,
        })
    }

    /// Compares the description as it is with what it becomes.
    fn meaning(&self, config: &Config, outcome: &Outcome) -> Option<Comparison> {
        if outcome.text == self.spec.text {
            return None;
        }
        let input = |text: &str| Input {
            spec: Source { name: self.spec.name.clone(), text: text.to_owned() },
            overlays: self.overlays.clone(),
            files: Files::default(),
            options: config.options(),
        };
        diff::compare(&input(&self.spec.text), &input(&outcome.text)).ok()
    }
}

/// Reads the sources. They are told apart later by the names of their files, so no two may have the same.
fn read_sources(paths: &[PathBuf]) -> anyhow::Result<Vec<Upstream>> {
    let mut names = BTreeSet::new();
    let mut upstreams = Vec::new();
    for path in paths {
        let source = Source { name: path.to_string_lossy().into_owned(), text: config::read(path)? };
        let upstream = upstream::read(&source);
        ensure!(
            names.insert(upstream.name().to_owned()),
            "two sources are called `{}`: give one of the files another name",
            upstream.name()
        );
        upstreams.push(upstream);
    }
    Ok(upstreams)
}

/// Shows what could not be read; whether nothing is missing.
fn show_problems(upstreams: &[Upstream], args: &SyncArgs, console: &mut Console<'_>) -> anyhow::Result<bool> {
    let sources: Vec<Source> = upstreams.iter().map(|upstream| upstream.source.clone()).collect();
    let diagnostics = upstreams.iter().flat_map(|upstream| upstream.diagnostics.0.clone());
    let diagnostics = Diagnostics(diagnostics.collect());
    if args.format == Format::Text {
        let render = if args.verbose { render::render } else { render::render_some };
        console.err.write_all(render(&diagnostics, &sources, console.color).as_bytes())?;
    }
    Ok(!diagnostics.has_errors())
}

fn refuse(
    diagnostics: &Diagnostics,
    sources: &[Source],
    console: &mut Console<'_>,
) -> anyhow::Result<Status> {
    console.err.write_all(render::render(diagnostics, sources, console.color).as_bytes())?;
    Ok(Status::Bad)
}

/// Writes the description and the lock, as far as they change. The lock comes last: should the description not be
/// written, the lock does not say that it was.
fn write(root: &Path, spec: &Source, outcome: &Outcome, before: &Lock) -> anyhow::Result<()> {
    if outcome.text != spec.text {
        fileset::write_file(&root.join(&spec.name), &outcome.text)
            .context("the description is not written")?;
    }
    if outcome.lock != *before {
        lockfile::write(root, &outcome.lock)?;
    }
    Ok(())
}
