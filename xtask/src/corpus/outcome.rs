//! What came of a document, and whether that is as it should be.

use std::collections::BTreeMap;

use generator::{Diagnostic, Diagnostics, Output, Severity};
use serde::Serialize;

use super::count::Counted;
use super::document::Expectation;

/// What came of a document.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Outcome {
    /// Its path in the folder.
    pub(super) document: String,
    /// What an invalid document should get, in the words of its first line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expected: Option<String>,
    /// How many operations it has; nothing for one that cannot be read.
    pub(super) operations: Option<usize>,
    /// How many of them have a method.
    pub(super) emitted: usize,
    /// How many have none, and a diagnostic that says why.
    pub(super) refused: usize,
    /// The operations that have neither.
    pub(super) missing: Vec<String>,
    /// How often each code says why there is no method, or no crate.
    pub(super) reasons: BTreeMap<String, usize>,
    /// How many warnings of each code the generator gave.
    pub(super) warnings: BTreeMap<String, usize>,
    /// How many types the crate has beside those of its requests.
    pub(super) types: usize,
    /// How many lines of generated code it has.
    pub(super) lines: usize,
    /// Whether names had to be numbered, because they collide.
    pub(super) numbered: bool,
    /// How long generating took.
    pub(super) generate_seconds: f64,
    /// What compiling gave; nothing where there was nothing to compile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) check: Option<Compiled>,
    /// What clippy gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) clippy: Option<Compiled>,
    /// What rustdoc gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) doc: Option<Compiled>,
    /// What is not as it should be; empty if all is.
    pub(super) faults: Vec<String>,
}

/// What a run of a compiler gave.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Compiled {
    /// How long it took.
    pub(super) seconds: f64,
    /// The memory of its largest process.
    pub(super) peak_mib: f64,
    /// Its errors and warnings as it shows them, each once.
    pub(super) messages: Vec<String>,
    /// Whether the crate has a copy of the runtime.
    pub(super) own_runtime: bool,
}

impl Outcome {
    /// Whether there is a crate.
    pub(super) fn is_generated(&self) -> bool {
        self.lines > 0
    }

    /// Takes in what the generator gave, and compares it with the operations that were counted in the text.
    pub(super) fn take(
        &mut self,
        output: &Output,
        counted: Option<&[Counted]>,
        expected: Option<&Expectation>,
    ) {
        let diagnostics = &output.diagnostics;
        self.warnings = by_code(of_severity(diagnostics, Severity::Warning));
        self.reasons = by_code(of_severity(diagnostics, Severity::Error));
        self.types = output.types.len();
        self.lines = output.files.iter().map(|file| file.contents.lines().count()).sum();
        self.emitted = output.operations.len();
        self.operations = counted.map(<[Counted]>::len);
        for operation in counted.into_iter().flatten().filter(|one| !is_emitted(one, output)) {
            self.explain(operation, diagnostics);
        }
        self.judge(diagnostics, expected);
    }

    /// Finds out why an operation has no method.
    fn explain(&mut self, operation: &Counted, diagnostics: &Diagnostics) {
        let explains = |one: &&Diagnostic| one.location.is_some() && explains(operation, one);
        let reasons: Vec<&Diagnostic> = diagnostics.0.iter().filter(explains).collect();
        if reasons.is_empty() && !diagnostics.has_errors() {
            self.missing.push(format!("{} {}", operation.http_method, operation.path));
            return;
        }
        self.refused += 1;
        if !diagnostics.has_errors() {
            for (code, count) in by_code(reasons.into_iter()) {
                *self.reasons.entry(code).or_default() += count;
            }
        }
    }

    fn judge(&mut self, diagnostics: &Diagnostics, expected: Option<&Expectation>) {
        let placeless = diagnostics.0.iter().filter(|one| one.location.is_none() && !one.is_elsewhere);
        let mut faults: Vec<String> =
            placeless.map(|one| format!("`{}` has no place: {}", one.code, one.message)).collect();
        let codes = join_codes(&self.reasons);
        let is_generated = self.is_generated();
        match expected {
            None if !is_generated => faults.push(format!("it is refused: {codes}")),
            Some(expected) if is_generated && !expected.may_be_generated => {
                faults.push("it should be refused, and there is a crate".to_owned());
            }
            Some(expected) if !is_generated && !expected.may_be_refused => {
                faults.push(format!("it should be taken, and is refused: {codes}"));
            }
            Some(expected) if is_generated && expected.has_to_warn && self.warnings.is_empty() => {
                faults.push("it should get a warning, and gets none".to_owned());
            }
            _ => {}
        }
        if is_generated {
            match self.operations {
                None => faults.push("its operations cannot be counted".to_owned()),
                Some(operations) if operations != self.emitted + self.refused + self.missing.len() => {
                    let emitted = self.emitted;
                    faults.push(format!("it has {operations} operations, of which {emitted} have methods"));
                }
                Some(_) => {}
            }
        }
        faults.extend(self.missing.iter().map(|operation| format!("{operation} is gone without a word")));
        self.faults.extend(faults);
    }

    /// Adds what a compiler found to the faults.
    pub(super) fn judge_compiled(&mut self, tool: &str, compiled: &Compiled) {
        if !compiled.messages.is_empty() {
            let first = compiled.messages[0].lines().next().unwrap_or_default();
            self.faults.push(format!("{tool} says {} things, such as: {first}", compiled.messages.len()));
        }
    }
}

/// Codes with how often each occurs: `bad-path ×2, no-responses`.
pub(super) fn join_codes(codes: &BTreeMap<String, usize>) -> String {
    let code = |(code, count): (&String, &usize)| match count {
        1 => code.clone(),
        count => format!("{code} ×{count}"),
    };
    codes.iter().map(code).collect::<Vec<_>>().join(", ")
}

fn of_severity(diagnostics: &Diagnostics, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
    diagnostics.0.iter().filter(move |one| one.severity == severity)
}

fn by_code<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> BTreeMap<String, usize> {
    let mut codes = BTreeMap::new();
    for one in diagnostics {
        *codes.entry(one.code.to_owned()).or_default() += 1;
    }
    codes
}

/// Whether an operation has a method: the one that stands there, or, where the generator took it from another file,
/// the one of its path.
fn is_emitted(operation: &Counted, output: &Output) -> bool {
    output.operations.iter().any(|one| {
        let is_there = operation.places.contains(&one.pointer) || one.path == operation.path;
        one.http_method == operation.http_method && is_there
    })
}

/// Whether a diagnostic speaks of an operation: of something in it, or of its path item as a whole.
fn explains(operation: &Counted, diagnostic: &Diagnostic) -> bool {
    operation.places.iter().any(|place| {
        let item = place.parent();
        diagnostic.pointer.strip_prefix(place).is_some()
            || item.as_ref() == Some(&diagnostic.pointer)
            || item.map(|item| item.join("$ref")) == Some(diagnostic.pointer.clone())
    })
}
