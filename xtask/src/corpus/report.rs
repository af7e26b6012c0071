//! The table, and what is said below it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::outcome::{Compiled, Outcome, join_codes};
use crate::bench::machine;
use crate::cli::CorpusArgs;
use crate::table::{self, Side};

/// How many messages of a compiler are shown of one document.
const SHOWN: usize = 3;

/// Everything as a machine reads it.
#[derive(Serialize)]
pub(super) struct Summary<'a> {
    documents: &'a [Outcome],
    /// How many are as they should be.
    green: usize,
    /// How often each code says why there is no method, or no crate, in all documents.
    reasons: BTreeMap<&'a str, Tally>,
    /// How many warnings of each code the generator gave in all documents.
    warnings: BTreeMap<&'a str, Tally>,
}

/// How often something is said.
#[derive(Debug, Default, Serialize)]
pub(super) struct Tally {
    times: usize,
    documents: usize,
}

impl<'a> Summary<'a> {
    /// Sums up.
    pub(super) fn of(documents: &'a [Outcome]) -> Self {
        Self {
            documents,
            green: documents.iter().filter(|one| one.faults.is_empty()).count(),
            reasons: tally(documents.iter().map(|one| &one.reasons)),
            warnings: tally(documents.iter().map(|one| &one.warnings)),
        }
    }
}

fn tally<'a>(codes: impl Iterator<Item = &'a BTreeMap<String, usize>>) -> BTreeMap<&'a str, Tally> {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for (code, count) in codes.flatten() {
        let tally = tallies.entry(code).or_default();
        tally.times += count;
        tally.documents += 1;
    }
    tallies
}

/// For a terminal.
pub(super) fn text(outcomes: &[Outcome]) -> String {
    let (rows, sides) = table_of(outcomes, false);
    table::plain(&rows, |column| sides[column]) + "\n" + &below(outcomes, false)
}

/// For a page.
pub(super) fn markdown(outcomes: &[Outcome]) -> String {
    let (rows, sides) = table_of(outcomes, true);
    table::markdown(&rows, |column| sides[column]) + "\n" + &below(outcomes, true)
}

/// The section of a page, with what the figures depend on.
pub(super) fn section(outcomes: &[Outcome], args: &CorpusArgs) -> String {
    let mut text = "## A corpus of descriptions\n\nWritten by `cargo xtask corpus DIR".to_owned();
    for (flag, is_set) in [("--clippy", args.clippy), ("--doc", args.doc), ("--no-check", args.no_check)] {
        if is_set {
            _ = write!(text, " {flag}");
        }
    }
    if let Some(jobs) = args.jobs {
        _ = write!(text, " --jobs {jobs}");
    }
    text.push_str(" --write BENCHMARKS.md`.\n\n");
    for fact in machine::host() {
        _ = writeln!(text, "- {fact}");
    }
    let built = if cfg!(debug_assertions) { "development" } else { "release" };
    _ = writeln!(text, "- the generator as a {built} build\n");
    text + &markdown(outcomes) + "\n" + READING
}

/// How the table is to be read.
const READING: &str = "\
An operation is emitted when it has a method, and refused when it has none and a diagnostic says why. Lines are those of
generated code. Check is `cargo check` with the dependencies compiled, and the peak that of its largest
process; † is with a copy of the runtime, as users get it. Warnings are the generator's; rustc counts errors and warnings.
";

/// The errors and warnings of compilers, a few of each document.
pub(super) fn messages(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    for outcome in outcomes {
        let compiled = [&outcome.check, &outcome.clippy, &outcome.doc].into_iter().flatten();
        for message in compiled.flat_map(|compiled| compiled.messages.iter().take(SHOWN)) {
            _ = writeln!(text, "{}:\n{message}", outcome.document);
        }
    }
    text
}

/// A column: its title, its side, and its text of a document.
type Column = (&'static str, Side, fn(&Outcome) -> String);

const COLUMNS: [Column; 14] = [
    ("document", Side::Left, |one| one.document.clone()),
    ("operations", Side::Right, |one| one.operations.map_or_else(|| "?".to_owned(), |it| it.to_string())),
    ("emitted", Side::Right, |one| one.emitted.to_string()),
    ("refused", Side::Right, |one| one.refused.to_string()),
    ("because of", Side::Left, |one| join_codes(&one.reasons)),
    ("types", Side::Right, |one| one.types.to_string()),
    ("lines", Side::Right, |one| one.lines.to_string()),
    ("generate s", Side::Right, |one| format!("{:.3}", one.generate_seconds)),
    ("check s", Side::Right, |one| of_check(one, |it| format!("{:.1}", it.seconds))),
    ("peak MiB", Side::Right, |one| of_check(one, |it| format!("{:.0}", it.peak_mib))),
    ("warnings", Side::Right, |one| one.warnings.values().sum::<usize>().to_string()),
    ("rustc", Side::Right, |one| messages_of(one.check.as_ref())),
    ("clippy", Side::Right, |one| messages_of(one.clippy.as_ref())),
    ("rustdoc", Side::Right, |one| messages_of(one.doc.as_ref())),
];

fn of_check(outcome: &Outcome, shown: impl Fn(&Compiled) -> String) -> String {
    outcome.check.as_ref().map(shown).unwrap_or_default()
}

fn messages_of(compiled: Option<&Compiled>) -> String {
    compiled.map(|it| it.messages.len().to_string()).unwrap_or_default()
}

/// The rows, the titles first, and the sides of the columns; those that say nothing of any document are left out.
fn table_of(outcomes: &[Outcome], is_markdown: bool) -> (Vec<Vec<String>>, Vec<Side>) {
    let said = |column: &&Column| outcomes.iter().any(|one| !column.2(one).is_empty());
    let columns: Vec<&Column> = COLUMNS.iter().filter(said).collect();
    let mut titles: Vec<String> = columns.iter().map(|column| column.0.to_owned()).collect();
    titles.push("result".to_owned());
    let mut rows = vec![titles];
    for outcome in outcomes {
        let mut row: Vec<String> = columns.iter().map(|column| column.2(outcome)).collect();
        if is_markdown && outcome.check.as_ref().is_some_and(|check| check.own_runtime) {
            row[0].push_str(" †");
        }
        row.push(result(outcome));
        rows.push(row);
    }
    let sides = columns.iter().map(|column| column.1).chain([Side::Left]).collect();
    (rows, sides)
}

fn result(outcome: &Outcome) -> String {
    if !outcome.faults.is_empty() {
        return "not green".to_owned();
    }
    match (&outcome.expected, outcome.is_generated()) {
        (None, _) if outcome.numbered => "green, names numbered".to_owned(),
        (None, _) => "green".to_owned(),
        (Some(_), true) => "green, taken as expected".to_owned(),
        (Some(_), false) => "green, refused as expected".to_owned(),
    }
}

/// Sums, codes, and what is not green.
fn below(outcomes: &[Outcome], is_markdown: bool) -> String {
    let summary = Summary::of(outcomes);
    let sum = |value: fn(&Outcome) -> usize| outcomes.iter().map(value).sum::<usize>();
    let mut text = format!(
        "{} of {} documents are green: {} operations, of which {} are emitted, {} refused and {} missing.\n",
        summary.green,
        outcomes.len(),
        sum(|one| one.operations.unwrap_or_default()),
        sum(|one| one.emitted),
        sum(|one| one.refused),
        sum(|one| one.missing.len()),
    );
    for (title, tallies) in [("Refusals", &summary.reasons), ("Warnings", &summary.warnings)] {
        if !tallies.is_empty() {
            _ = write!(text, "\n{title} by code:\n\n{}", tallied(tallies, is_markdown));
        }
    }
    for outcome in outcomes {
        for fault in &outcome.faults {
            _ = write!(text, "\n{}: {fault}", outcome.document);
        }
    }
    if summary.green < outcomes.len() { text + "\n" } else { text }
}

fn tallied(tallies: &BTreeMap<&str, Tally>, is_markdown: bool) -> String {
    let mut rows = vec![["code", "times", "documents"].map(str::to_owned).to_vec()];
    for (code, tally) in tallies {
        rows.push(vec![(*code).to_owned(), tally.times.to_string(), tally.documents.to_string()]);
    }
    let side = |column| if column == 0 { Side::Left } else { Side::Right };
    if is_markdown { table::markdown(&rows, side) } else { table::plain(&rows, side) }
}
