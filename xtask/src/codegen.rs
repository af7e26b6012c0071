//! `cargo xtask codegen`: descriptions in, crates out.

mod job;
mod report;

use std::path::Path;

use generator::{Diagnostics, Input, Output, Source};

use crate::cli::{CodegenArgs, Format};
use crate::config::Config;
use crate::console::{Console, Status};
use crate::fileset::Plan;
use crate::{config, render};

pub(crate) use job::Job;
use report::{Mode, Report};

/// Generates what the arguments name in the workspace at `root`.
///
/// Nothing is written when there are errors.
pub fn run(root: &Path, args: &CodegenArgs, console: &mut Console<'_>) -> anyhow::Result<Status> {
    run_with(generator::generate, root, args, console)
}

fn run_with(
    generate: impl Fn(&Input) -> Output,
    root: &Path,
    args: &CodegenArgs,
    console: &mut Console<'_>,
) -> anyhow::Result<Status> {
    let job = match &args.spec {
        Some(spec) => Job::of_arguments(spec, args)?,
        None => match Config::parse(config::PATH, config::read(&root.join(config::PATH))?) {
            Ok(config) => Job::of_workspace(root, config)?,
            Err(error) => {
                let output = Output { diagnostics: Diagnostics(vec![error.diagnostic]), ..Output::default() };
                return finish(None, &output, &[error.source], args, console);
            }
        },
    };
    let output = generate(&job.input);
    let plans = if output.diagnostics.has_errors() { Vec::new() } else { job.plans(root, &output)? };
    let report = Report { shown: &job.shown, plans: &plans, mode: Mode::of(args) };
    finish(Some(&report), &output, &job.sources(), args, console)
}

/// Shows what was found, and writes what differs if that is wanted.
fn finish(
    report: Option<&Report<'_>>,
    output: &Output,
    sources: &[Source],
    args: &CodegenArgs,
    console: &mut Console<'_>,
) -> anyhow::Result<Status> {
    let diagnostics = &output.diagnostics;
    let report = report.filter(|_| !diagnostics.has_errors());
    if args.format == Format::Text {
        let render = if args.verbose { render::render } else { render::render_some };
        console.err.write_all(render(diagnostics, sources, console.color).as_bytes())?;
    }
    if let Some(report) = report.filter(|report| report.writes()) {
        report.plans.iter().try_for_each(Plan::carry_out)?;
    }
    match args.format {
        Format::Json => report::write_json(report, diagnostics, console)?,
        Format::Text => {
            if let Some(report) = report {
                report.write_text(&args.writing_command(), console)?;
                if output.unreached > 0 {
                    let (schemas, them) =
                        if output.unreached == 1 { ("schema is", "it") } else { ("schemas are", "them") };
                    let hint = format!("no operation reaches {them} (--all-schemas emits {them} too)");
                    writeln!(console.out, "{} named {schemas} left out: {hint}", output.unreached)?;
                }
            }
        }
    }
    Ok(report.map_or(Status::Bad, Report::status))
}

#[cfg(test)]
mod tests;
