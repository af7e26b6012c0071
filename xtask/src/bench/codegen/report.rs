//! The tables, and what is said around them.

use std::fmt::Write;

use super::figures::{Document, Outcome, mib};
use super::generator::Generator;
use crate::bench::machine;
use crate::cli::BenchCodegenArgs;
use crate::table::{self, Side};

/// What is said in any case.
const READING: &str = include_str!("reading.md");

/// How long a reason may be in a table.
const REASON: usize = 120;

/// The name of the section of the page.
pub(super) fn section(args: &BenchCodegenArgs) -> String {
    match args.spec.as_deref().and_then(std::path::Path::file_name) {
        Some(name) => format!("codegen {}", name.to_string_lossy()),
        None => "codegen".to_owned(),
    }
}

/// Everything that is printed and written.
pub(super) fn text(
    generators: &[Generator],
    missing: &[&str],
    documents: &[Document],
    args: &BenchCodegenArgs,
) -> String {
    let title = match args.spec {
        Some(_) => "Generating from a description",
        None => "Generating from descriptions of growing size",
    };
    let rounds = if args.rounds == 1 { "1 round" } else { &format!("{} rounds", args.rounds) };
    let mut text =
        format!("## {title}\n\nWritten by `{}`: {rounds} counted after one to warm up.\n\n", args.command());
    for fact in machine::host() {
        _ = writeln!(text, "- {fact}");
    }
    if args.spec.is_none() {
        text += &format!("\n{}", growth(documents, args));
    }
    for document in documents {
        if args.spec.is_some() || args.peers {
            _ = write!(text, "\n{}:\n\n{}", name(document), comparison(generators, document, args));
        }
        if args.check {
            let what = "`cargo check` of what comes of";
            _ = write!(
                text,
                "\n{what} {}, one run each, with the dependencies compiled:\n\n",
                name(document)
            );
            text += &checks(generators, document);
        }
    }
    text += &format!("\n{READING}");
    if args.instructions
        && documents.iter().flat_map(|one| one.outcomes.first()).any(|ours| ours.instructions.is_none())
    {
        text += "Instructions are not measured where there is no valgrind.\n";
    }
    text += "\nThe commands, with `SPEC` for the description and `OUT` for the folder:\n\n";
    for generator in generators {
        _ = writeln!(text, "- `{}`", generator.typed());
    }
    if !missing.is_empty() {
        _ = write!(text, "\nNot installed: {}.\n", missing.join(", "));
    }
    text
}

fn name(document: &Document) -> String {
    let name = document.path.file_name().unwrap_or_default().to_string_lossy();
    format!("{name} ({:.1} MiB)", mib(document.bytes))
}

/// How time and memory of our generator grow with the number of operations.
fn growth(documents: &[Document], args: &BenchCodegenArgs) -> String {
    let titles = [
        "operations",
        "description MiB",
        "seconds",
        "fastest–slowest",
        "ms per operation",
        "ms per operation more",
    ];
    let titles = titles.into_iter().chain(["user s", "peak MiB", "KiB per operation more"]).chain(WRITTEN);
    let mut titles: Vec<String> = titles.map(str::to_owned).collect();
    if args.instructions {
        titles.push("M instructions".to_owned());
    }
    let mut rows = vec![titles];
    let mut before: Option<(f64, f64, f64)> = None;
    for document in documents {
        let (Some(ours), Some(operations)) = (document.outcomes.first(), document.operations) else {
            continue;
        };
        let count = operations as f64;
        let mut row = vec![operations.to_string(), format!("{:.2}", mib(document.bytes))];
        if let (Some(wall), Some(peak)) = (ours.median(|one| one.wall), ours.median(|one| one.peak)) {
            let more = before.filter(|(less, ..)| count > *less).map(|(less, then, held)| {
                (1e3 * (wall - then) / (count - less), 1024.0 * (peak - held) / (count - less))
            });
            let [time, memory] = [more.map(|more| more.0), more.map(|more| more.1)];
            row.extend([seconds(wall), spread(ours), format!("{:.3}", 1e3 * wall / count)]);
            row.push(time.map_or_else(String::new, |time| format!("{time:.3}")));
            row.extend([ours.median(|one| one.user).map_or_else(String::new, seconds), format!("{peak:.1}")]);
            row.push(memory.map_or_else(String::new, |memory| format!("{memory:.1}")));
            row.extend(written(ours));
            before = Some((count, wall, peak));
        } else {
            row.push(failed(ours));
        }
        row.resize(9 + WRITTEN.len(), String::new());
        if args.instructions {
            row.push(instructions(ours));
        }
        rows.push(row);
    }
    table::markdown(&rows, |_| Side::Right)
}

/// What became of one description in all generators.
fn comparison(generators: &[Generator], document: &Document, args: &BenchCodegenArgs) -> String {
    let titles = ["generator", "version", "seconds", "fastest–slowest", "× ours", "user s", "peak MiB"];
    let mut titles: Vec<String> = titles.into_iter().chain(WRITTEN).map(str::to_owned).collect();
    if args.instructions {
        titles.push("M instructions".to_owned());
    }
    let columns = titles.len();
    let mut rows = vec![titles];
    for (generator, outcome) in generators.iter().zip(&document.outcomes) {
        let mut row = vec![generator.name.to_owned(), generator.version.clone()];
        if let (Some(wall), None) = (outcome.median(|one| one.wall), &outcome.failure) {
            let ratio = document.outcomes.first().and_then(|ours| outcome.ratio(ours));
            let figure = |value: Option<f64>| value.map_or_else(String::new, seconds);
            row.extend([seconds(wall), spread(outcome)]);
            row.push(ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}")));
            row.push(figure(outcome.median(|one| one.user)));
            row.push(outcome.median(|one| one.peak).map_or_else(String::new, |peak| format!("{peak:.1}")));
            row.extend(written(outcome));
        } else {
            row.push(failed(outcome));
        }
        if args.instructions && generator.is_ours() {
            row.resize(columns - 1, String::new());
            row.push(instructions(outcome));
        }
        row.resize(columns, String::new());
        rows.push(row);
    }
    table::markdown(&rows, |column| if column < 2 { Side::Left } else { Side::Right })
}

/// What the compiler says of each crate.
fn checks(generators: &[Generator], document: &Document) -> String {
    let titles = ["generator", "compiled", "seconds", "peak MiB", "errors", "warnings", "`cargo check`"];
    let mut rows = vec![titles.map(str::to_owned).to_vec()];
    for (generator, outcome) in generators.iter().zip(&document.outcomes) {
        for checked in &outcome.checks {
            let mut row = vec![generator.name.to_owned(), checked.what.clone()];
            match &checked.result {
                Ok(figures) => row.extend([
                    seconds(figures.seconds),
                    format!("{:.0}", figures.peak),
                    figures.errors.to_string(),
                    figures.warnings.to_string(),
                ]),
                Err(why) => row.push(format!("failed: {}", reason(why))),
            }
            row.resize(6, String::new());
            row.push(checked.arguments.join(" "));
            rows.push(row);
        }
    }
    table::markdown(&rows, |column| if column < 2 || column == 6 { Side::Left } else { Side::Right })
}

const WRITTEN: [&str; 3] = ["files", "MiB written", "same bytes"];

fn written(outcome: &Outcome) -> [String; 3] {
    let emitted = outcome.emitted.last().copied().unwrap_or_default();
    let is_stable = if outcome.is_stable() { "yes" } else { "no" };
    [emitted.files.to_string(), format!("{:.2}", mib(emitted.bytes)), is_stable.to_owned()]
}

fn seconds(seconds: f64) -> String {
    format!("{seconds:.3}")
}

fn spread(outcome: &Outcome) -> String {
    outcome.spread().map_or_else(String::new, |(least, most)| format!("{least:.3}–{most:.3}"))
}

fn instructions(outcome: &Outcome) -> String {
    let count = outcome.instructions;
    count.map_or_else(|| "not measured".to_owned(), |count| format!("{:.0}", count as f64 / 1e6))
}

fn failed(outcome: &Outcome) -> String {
    format!("failed: {}", reason(outcome.failure.as_deref().unwrap_or("nothing was measured")))
}

/// A line of somebody else's without colours, without the folders of this machine, and not too long.
pub(super) fn reason(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    let words = plain.split_whitespace().map(|word| {
        let is_path = word.trim_start_matches(['\'', '"', '`', '(']).starts_with('/');
        if is_path { word.rsplit('/').next().unwrap_or_default() } else { word }
    });
    let text = words.collect::<Vec<_>>().join(" ");
    if text.chars().count() <= REASON { text } else { text.chars().take(REASON - 1).chain(['…']).collect() }
}
