//! The page that is printed and written: tables, and what they compare.

use std::fmt::Write;

use super::figures::{Results, Sample, median};
use super::subject::{SUBJECTS, Subject, Task};
use crate::cli::BenchClientArgs;
use crate::table::{self, Side};

/// What is said in any case.
const READING: &str = include_str!("reading.md");

/// What ratios are taken to.
const BASELINES: [Subject; 2] = [Subject::Reqwest, Subject::Curl];

/// The whole page. `machine` is a list of facts.
pub(super) fn page(results: &Results, args: &BenchClientArgs, machine: &[String]) -> String {
    let mut page = format!("# Benchmarks\n\nWritten by `{}`", args.command());
    _ = write!(page, ": {} counted after one to warm up.\n\n", counted(args.rounds, "round", "rounds"));
    for fact in machine {
        _ = writeln!(page, "- {fact}");
    }
    for task in args.tasks() {
        _ = write!(page, "\n## {}\n\n{}", heading(task, args), table(results, task, args));
    }
    page + "\n" + READING
}

fn heading(task: Task, args: &BenchClientArgs) -> String {
    let size = size(args.size);
    match task {
        Task::Upload => format!("Upload of {size}"),
        Task::UploadVerified => format!("Upload of {size}, digest compared"),
        Task::Download => format!("Download of {size}"),
        Task::DownloadVerified => format!("Download of {size}, digest compared"),
        Task::Gets => counted(args.count, "get of one asset", "gets of one asset"),
        Task::Lists => counted(args.count, "page of 30 assets", "pages of 30 assets"),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A size in the largest unit that it is a whole number of.
fn size(bytes: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let unit = units.into_iter().find(|(bits, _)| bytes >= 1 << bits && bytes.is_multiple_of(1 << bits));
    unit.map_or_else(|| format!("{bytes} bytes"), |(bits, name)| format!("{} {name}", bytes >> bits))
}

/// The table of a task: who takes part has a line.
fn table(results: &Results, task: Task, args: &BenchClientArgs) -> String {
    let speed = if task.is_repeated() { "requests/s" } else { "MiB/s" };
    let mut titles = ["client", "seconds", "fastest–slowest", speed, "CPU seconds", "peak MiB"]
        .map(str::to_owned)
        .to_vec();
    let baselines = baselines(results, task);
    titles.extend(baselines.iter().map(|(of, baseline)| match *of == task {
        true => format!("× {baseline}"),
        false => format!("× {baseline}, nothing compared"),
    }));
    let mut rows = vec![titles];
    for subject in SUBJECTS {
        let samples = results.samples(task, subject);
        if let Some(mut row) = figures(task, samples, args) {
            row.insert(0, subject.to_string());
            row.extend(baselines.iter().map(|baseline| {
                results
                    .ratio((task, subject), *baseline)
                    .map_or_else(String::new, |ratio| format!("{ratio:.2}"))
            }));
            rows.push(row);
        }
    }
    if rows.len() == 1 {
        "Nobody took part.\n".to_owned()
    } else {
        table::markdown(&rows, |column| if column == 0 { Side::Left } else { Side::Right })
    }
}

/// The baselines that were measured, those of the task itself first.
fn baselines(results: &Results, task: Task) -> Vec<(Task, Subject)> {
    let tasks = [Some(task), task.unverified()].into_iter().flatten();
    let all = tasks.flat_map(|task| BASELINES.map(|subject| (task, subject)));
    all.filter(|(task, subject)| !results.samples(*task, *subject).is_empty()).collect()
}

/// The medians of one line; `None` if there is nothing to tell.
fn figures(task: Task, samples: &[Sample], args: &BenchClientArgs) -> Option<Vec<String>> {
    let wall = median(samples.iter().map(Sample::wall_seconds))?;
    let cpu = median(samples.iter().map(Sample::cpu_seconds))?;
    let peak = median(samples.iter().map(Sample::peak_mib))?;
    let fastest = samples.iter().map(Sample::wall_seconds).reduce(f64::min)?;
    let slowest = samples.iter().map(Sample::wall_seconds).reduce(f64::max)?;
    let done = if task.is_repeated() { args.count as f64 } else { args.size as f64 / f64::from(1 << 20) };
    Some(vec![
        format!("{wall:.3}"),
        format!("{fastest:.3}–{slowest:.3}"),
        format!("{:.0}", done / wall),
        format!("{cpu:.3}"),
        format!("{peak:.1}"),
    ])
}
