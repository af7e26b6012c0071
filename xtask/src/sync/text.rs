//! The report for a terminal of 80 columns.

mod conflict;

use generator::sync::{Aspect, Decision, Drift, Fact, NewOperation, Rewording, Statement, words};
use generator::upstream::{Kind, Upstream};

use crate::cli::SyncArgs;
use crate::diff;

use super::Run;

/// The width of the report.
const COLUMNS: usize = 80;
/// How many characters of a line of a source are quoted.
const MOST_OF_A_LINE: usize = 200;
/// How many new sentences of an operation, and how many new operations, are shown unless all are wanted.
const SHOWN: usize = 5;

/// The whole report.
pub(super) fn report(run: &Run<'_>, args: &SyncArgs) -> String {
    let mut report = Report { run, text: String::new(), verbose: args.verbose };
    report.sources();
    report.drift();
    report.conflicts();
    report.idle();
    report.rewordings();
    report.new_operations();
    report.meaning();
    report.end(&command(args));
    report.text
}

/// The report on a description that was made from nothing.
pub(super) fn creation(run: &Run<'_>, name: &str) -> String {
    let mut report = Report { run, text: String::new(), verbose: false };
    report.sources();
    report.conflicts();
    let count = run.outcome.report.covered.iter().flatten().collect::<std::collections::BTreeSet<_>>().len();
    report.line(&format!("created {name}: {}", plural(count, "operation")));
    if !run.is_readable {
        report.line("Not all of it could be read; what is missing stands above.");
    }
    if run.is_open() {
        report.line("Where the sources disagree, it says what the first one says.");
    }
    report.text
}

/// The word for a form.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::ReferencePage => "reference page",
        Kind::EndpointPage => "endpoint page",
        Kind::Description => "OpenAPI description",
    }
}

struct Report<'r> {
    run: &'r Run<'r>,
    text: String,
    verbose: bool,
}

impl Report<'_> {
    fn sources(&mut self) {
        for (index, upstream) in self.run.request.upstreams.iter().enumerate() {
            let covered = self.run.outcome.report.covered.get(index).map_or(0, Vec::len);
            let operations = plural(covered, "operation");
            let title = &upstream.title;
            let ours = if self.run.is_new { "" } else { " of ours" };
            self.wrapped(
                &format!("{}: {} \"{title}\", {operations}{ours}", upstream.name(), kind_name(upstream.kind)),
                0,
                2,
            );
        }
    }

    fn drift(&mut self) {
        let drift = &self.run.outcome.report.drift;
        if drift.is_empty() {
            return;
        }
        self.heading(&format!("{} drifted", has(drift.len(), "fact")));
        drift.iter().for_each(|drift| self.one_drift(drift));
    }

    fn one_drift(&mut self, Drift { fact, says }: &Drift) {
        let stating: Vec<&Statement> =
            fact.statements.iter().filter(|statement| statement.says == *says).collect();
        let detail = stating.first().map(|statement| statement.detail.as_str()).unwrap_or_default();
        match (fact.aspect, says == &Some(true.into())) {
            (Aspect::Presence, true) if detail.is_empty() => {
                self.wrapped(&format!("{} is new", fact.subject), 2, 4);
            }
            (Aspect::Presence, true) => self.wrapped(&format!("{} is new: {detail}", fact.subject), 2, 4),
            (Aspect::Presence, false) => self.wrapped(&format!("{} is gone", fact.subject), 2, 4),
            _ => {
                let (ours, theirs) = (words(fact.aspect, &fact.ours), words(fact.aspect, says));
                self.wrapped(&format!("{}: here {ours}; there {theirs}", fact.name()), 2, 4);
            }
        }
        stating.into_iter().for_each(|statement| self.place(statement));
    }

    /// Where a source says something, with the line.
    fn place(&mut self, statement: &Statement) {
        let (place, line) = place(self.run.request.upstreams, statement);
        self.wrapped(&format!("{place}: {line}"), 4, 6);
    }

    fn idle(&mut self) {
        let idle = &self.run.outcome.report.idle;
        if idle.is_empty() {
            return;
        }
        self.heading(&format!(
            "{} no fact of these sources",
            if idle.len() == 1 { "1 decision is about" } else { "Decisions are about" }
        ));
        for Decision { fact, .. } in idle {
            self.wrapped(&format!("{fact}: remove it from spec/codegen.toml, or correct its name"), 2, 4);
        }
    }

    fn rewordings(&mut self) {
        let (first, changed): (Vec<&Rewording>, Vec<&Rewording>) =
            self.run.outcome.report.rewordings.iter().partition(|rewording| rewording.is_first);
        for (index, upstream) in self.run.request.upstreams.iter().enumerate() {
            let count = first.iter().filter(|rewording| rewording.source == index).count();
            if count > 0 {
                let (words, name) = (plural(count, "operation"), upstream.name());
                self.heading(&format!(
                    "the prose of {words} in {name} is not recorded yet, so nothing can be said of changes"
                ));
            }
        }
        changed.into_iter().for_each(|rewording| self.rewording(rewording));
    }

    fn rewording(&mut self, rewording: &Rewording) {
        let name = self.run.request.upstreams.get(rewording.source).map(Upstream::name).unwrap_or_default();
        let operation = &rewording.operation;
        let new = rewording.new.len();
        let gone = if rewording.gone == 0 { String::new() } else { format!(", {} gone", rewording.gone) };
        let sentences = plural(new.max(rewording.gone), "sentence");
        self.heading(&format!("prose of {operation} changed, {sentences}: {new} new{gone} ({name})"));
        let shown = if self.verbose { new } else { SHOWN };
        for sentence in rewording.new.iter().take(shown) {
            self.wrapped(&format!("line {}: {}", sentence.location.line, sentence.text), 2, 4);
        }
        self.hidden(new, shown);
    }

    fn new_operations(&mut self) {
        let (taken, left): (Vec<&NewOperation>, Vec<&NewOperation>) =
            self.run.outcome.report.new_operations.iter().partition(|new| new.is_taken);
        for (heading, list) in [("taken in", taken), ("not selected", left)] {
            if list.is_empty() {
                continue;
            }
            self.heading(&format!(
                "{}, {heading} (--select ID takes one in)",
                plural(list.len(), "new operation")
            ));
            let shown = if self.verbose { list.len() } else { SHOWN };
            for new in list.iter().take(shown) {
                let line = new.location.as_ref().map(|location| location.line).unwrap_or_default();
                let name = self.run.request.upstreams.get(new.source).map(Upstream::name).unwrap_or_default();
                self.wrapped(&format!("{}: {} {} ({name}:{line})", new.id, new.method, new.path), 2, 4);
            }
            self.hidden(list.len(), shown);
        }
    }

    fn hidden(&mut self, all: usize, shown: usize) {
        if let Some(hidden @ 1..) = all.checked_sub(shown) {
            self.wrapped(&format!("… and {hidden} more (--verbose shows all)"), 2, 4);
        }
    }

    /// What the drift means for users of the client.
    fn meaning(&mut self) {
        let Some(comparison) = self.run.means else { return };
        self.heading("what the drift means for users of the client:");
        let options = diff::Options { verbose: self.verbose, ..diff::Options::default() };
        self.text.push_str(&diff::text::render(comparison, &options));
    }

    fn end(&mut self, command: &str) {
        let run = self.run;
        let spec = &run.request.spec.name;
        self.text.push('\n');
        if !run.is_readable {
            let names: Vec<&str> = run.unreadable.iter().map(Upstream::name).collect();
            let names = if names.is_empty() { "A source".to_owned() } else { names.join(" and ") };
            self.wrapped(&format!("{names} could not be read as a whole and was not compared: see the errors. Nothing is written."), 0, 0);
        } else if let Some(error) = &run.outcome.by_hand {
            self.wrapped(&format!("This cannot be taken in by itself: {error}"), 0, 0);
        } else if !run.is_open() && !run.outcome.left.is_empty() {
            let names: Vec<String> = run.outcome.left.iter().map(Fact::name).collect();
            self.wrapped(
                "This cannot be taken in by itself; make the change by hand, or correct the decision:",
                0,
                0,
            );
            names.iter().for_each(|name| self.wrapped(name, 2, 4));
        } else if run.is_open() {
            let todo = if run.check { "" } else { " Nothing is written before." };
            self.wrapped(&format!("Decide first, as said at each fact.{todo}"), 0, 0);
        } else if run.is_clean() && run.outcome.text == run.request.spec.text {
            let recorded = run.writes() && run.outcome.lock != *run.request.lock;
            let lock = if recorded { "; spec/upstream.lock is written" } else { "" };
            self.wrapped(&format!("{spec} says what its sources say{lock}."), 0, 0);
        } else if run.check {
            self.wrapped(&format!("To take it in: {command}"), 0, 2);
        } else if run.outcome.text == run.request.spec.text {
            self.wrapped("spec/upstream.lock is written.", 0, 0);
        } else {
            self.wrapped(&format!("{spec} is changed, spec/upstream.lock is written. Next: words of our own for parts that are new, if there are any, then cargo xtask codegen, then cargo xtask diff --base HEAD"), 0, 2);
        }
    }

    fn heading(&mut self, text: &str) {
        self.text.push('\n');
        self.wrapped(text, 0, 2);
    }

    fn line(&mut self, text: &str) {
        self.wrapped(text, 0, 2);
    }

    fn wrapped(&mut self, text: &str, first: usize, rest: usize) {
        // What a page says must not control the terminal.
        let text: String =
            text.chars().map(|char| if char.is_control() && char != '\n' { ' ' } else { char }).collect();
        let (first, rest) = (" ".repeat(first), " ".repeat(rest));
        let options = textwrap::Options::new(COLUMNS)
            .initial_indent(&first)
            .subsequent_indent(&rest)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        self.text.push_str(&textwrap::fill(&text, options));
        self.text.push('\n');
    }
}

/// Where a statement stands, as `FILE:LINE`, and the text of that line.
pub(super) fn place(upstreams: &[Upstream], statement: &Statement) -> (String, String) {
    let Some(upstream) = upstreams.get(statement.source) else { return Default::default() };
    let name = &upstream.source.name;
    match &statement.location {
        Some(location) => {
            let line = upstream.source.text.lines().nth(location.line.saturating_sub(1)).unwrap_or_default();
            let mut shown: String = line.trim().chars().take(MOST_OF_A_LINE).collect();
            if shown.len() < line.trim().len() {
                shown.push('…');
            }
            let line = shown;
            (format!("{name}:{}", location.line), line)
        }
        None => (name.clone(), String::new()),
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn has(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun} has") } else { format!("{count} {noun}s have") }
}

/// The command that takes in what was found.
fn command(args: &SyncArgs) -> String {
    let mut command = "cargo xtask sync".to_owned();
    for path in &args.from {
        command = format!("{command} --from {}", path.display());
    }
    for pattern in &args.select {
        command = format!("{command} --select '{pattern}'");
    }
    command
}
